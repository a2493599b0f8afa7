"""The steps of a run, each a plain function over the work in hand. Flows wrap them as tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from expectations.engine import audit, audit_editions
from flows.report import RunReport
from flows.versions import Identifying, compare_all
from flows.work import Work
from newsledger.dedupe import Size, sketch
from newsledger.extract import Extractor, codebook_version
from newsledger.extract.language.text import load_model, parse
from newsledger.fetch.files import read_files
from newsledger.fetch.raw.retention import prune
from newsledger.publish import write_edition, write_latest, write_site
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.item import ItemOutcome, Outcome
from warehouse.archive import Archive
from warehouse.connect import warehouse
from warehouse.corrections import are_decisions_new, open_decisions
from warehouse.editions import edition_days, load_edition, load_tables, mark_exported, pending_exports
from warehouse.feeds import finished_journals, last_outcomes
from warehouse.frames import audit_frames
from warehouse.holdings import documents_without_sketch, put_sketches
from warehouse.promote import promote
from warehouse.recheck import due_day, settle_day, stage_day
from warehouse.snapshot import is_snapshot_current, write_snapshot
from warehouse.stage import stage
from warehouse.texts import load_texts

if TYPE_CHECKING:
    import duckdb

ASKED_AT_ONCE = 1_000
"""Documents that are looked up together: a scan of the index costs the same for one as for a thousand."""


def read_inputs(
    work: Work,
    paths: Sequence[str],
    outlet: str | None,
    published: str | None,
    only: Sequence[str] | None = None,
) -> None:
    """Read files and folders into drafts; what is no article gets its outcome at once.

    Raises:
        UsageError: a path does not exist, or ``published`` is no day.
        ConfigError: a manifest does not hold.
    """
    found = read_files(
        [Path(path) for path in paths],
        outlet=outlet,
        published=published,
        timezone=work.project.timezone,
        only=only,
        now=work.now,
    )
    work.take(list(found))


def identify_drafts(work: Work) -> None:
    """Decide of each draft whether it is held, a new version, a reprint or new; oldest first."""
    last = datetime.max.replace(tzinfo=work.now.tzinfo)
    drafts = sorted(
        work.drafts, key=lambda d: (d.published_at or last, d.seen_at or last, d.outlet or "", d.key)
    )
    with warehouse(work.project.warehouse) as con:
        _renew_sketches(con)
        identifying = Identifying(work, con)
        for nth, draft in enumerate(work.announcer.track(drafts, "comparing with what is held")):
            if nth % ASKED_AT_ONCE == 0:
                identifying.look_up(drafts[nth : nth + ASKED_AT_ONCE])
            identifying.take(draft)
        identifying.order()


def _renew_sketches(con: duckdb.DuckDBPyConnection) -> None:
    """Make the sketches of documents that have none: an upgrade changed how they are made."""
    while wanting := documents_without_sketch(con, ASKED_AT_ONCE):
        made = [(name, version, sketch(text)) for name, version, text in wanting]
        put_sketches(con, [(n, version, values, Size.of(values).sampled) for n, version, values in made])


def compare_versions(work: Work) -> None:
    """Note what outlets changed in the articles that have a new version."""
    if any(document.version > 1 for document in work.batch.documents):
        with warehouse(work.project.warehouse) as con:
            work.batch.version_changes.extend(compare_all(work, con))


def extract_documents(work: Work) -> None:
    """Read figures, positions and attendance in every new document, once for each of its stories."""
    books = {book.story: book for book in work.project.codebooks}
    model = load_model()
    readers = {story: Extractor(book, model) for story, book in books.items()}
    wanted = [document for document in work.batch.documents if document.stories]
    for document in work.announcer.track(wanted, "reading figures and positions"):
        parsed = parse(document.text, model)
        for story in document.stories:
            day = edition_day(document, books[story])
            read = readers[story].read(document, day=day, parsed=parsed)
            work.batch.figures.extend(read.figures)
            work.batch.positions.extend(read.positions)
            work.batch.attendance.extend(read.attendance)
            work.batch.refusals.extend(read.refusals)


def edition_day(document: Document, codebook: Codebook) -> date | None:
    """Return the day a document belongs to, or None when it is undated.

    An instant belongs to its day in the story's time zone; a bare day is that day, whatever the zone.
    """
    if document.published_at is None:
        return None
    zone = UTC if document.published_at_precision == "day" else ZoneInfo(codebook.timezone)
    return document.published_at.astimezone(zone).date()


def is_worth_promoting(work: Work) -> bool:
    """Return whether the batch says anything the ledger does not hold already."""
    if any((work.batch.documents, work.batch.polls, work.batch.journals, work.batch.done)):
        return True
    with warehouse(work.project.warehouse) as con:
        if are_decisions_new(con, work.project.decisions):
            return True
        news = [o for o in work.batch.outcomes if o.outcome is not Outcome.UNCHANGED]
        known = last_outcomes(con, (o.item for o in news))
    return any(known.get(o.item) != (o.outcome.value, o.reason) for o in news)


def stage_batch(work: Work) -> None:
    """Write the batch, with what people decided, into the run's own staging file."""
    work.staging.parent.mkdir(parents=True, exist_ok=True)
    work.batch.decisions = work.project.decisions
    books = [(book, codebook_version(book)) for book in work.project.codebooks]
    stage(work.staging, work.batch, books)


def audit_batch(work: Work) -> None:
    """Run the expectations over the staged batch."""
    share = min(book.audit.critical_failure_share for book in work.project.codebooks)
    frames = audit_frames(work.project.warehouse, work.staging)
    work.audit = audit(frames, failure_share=share, thresholds=work.project.settings.auditing)


def promote_batch(work: Work) -> None:
    """Bring the audited batch into the ledger in one transaction, and drop its staging file.

    Raises:
        AuditBlockedError: a critical expectation failed; the ledger and the editions stand as before.
    """
    assert work.audit is not None, "a batch is promoted after its audit"
    work.publication = promote(work.project.warehouse, work.staging, work.audit, inspect=audit_editions)
    work.revised.update(work.publication.days)
    work.staging.unlink()


def recheck_days(work: Work) -> None:
    """Audit days again whose figures are now compared with something else, until none is due.

    What this run held and a later look lifts, or holds besides, is told as the run's own.
    """
    with warehouse(work.project.warehouse) as con:
        day = due_day(con)
    while day is not None:
        stage_day(work.project.warehouse, work.staging, day, work.batch.run)
        frames = audit_frames(work.project.warehouse, work.staging)
        again = audit(frames, failure_share=1.0)
        revised, fresh = settle_day(work.project.warehouse, day, work.batch.run, again)
        work.staging.unlink()
        work.revised.update(revised)
        work.rechecked += fresh
        with warehouse(work.project.warehouse) as con:
            following = due_day(con)
        assert following is None or following > day, "a day is settled before those after it"
        day = following


def publish_pending(work: Work) -> None:
    """Write editions, the pages beside them and the snapshot: what the ledger has and the folders have not.

    Called at the start of a run too: a run that was killed after its promotion is finished here.

    Raises:
        PublishError: the files could not be written; the former ones stand, the next run tries again.
    """
    project = work.project
    with warehouse(project.warehouse) as con:
        pending = pending_exports(con)
        for day, revision in work.announcer.track(pending, "writing editions"):
            edition = load_edition(con, day, revision)
            tables = load_tables(con, day, revision)
            site = project.settings.site
            texts = load_texts(con, day, revision) if site.texts else ()
            path = write_edition(edition, tables, site=site, editions_dir=project.editions, texts=texts)
            work.edition_paths.append(path)
            mark_exported(con, day, revision)
        write_site(Archive(con), editions_dir=project.editions, site=project.settings.site)
        days = edition_days(con)
    # Not only when something was pending: a run may have been killed just before this.
    if days:
        write_latest(project.editions, site=project.settings.site)
    if not is_snapshot_current(project.warehouse, project.snapshot):
        write_snapshot(project.warehouse, project.snapshot, keep=project.settings.keeping.snapshots)


def published_days(work: Work) -> list[date]:
    """Return the days whose editions this run published, oldest first."""
    return sorted(work.revised)


def clear_staging(work: Work) -> None:
    """Remove staging files of killed runs: what they read was not promoted and is read again."""
    for path in work.staging.parent.glob("*.duckdb*"):
        path.unlink()


def tidy_raw(work: Work) -> None:
    """Remove the raw answers that are older than the settings keep them."""
    with warehouse(work.project.warehouse) as con:
        done = finished_journals(con)
    keep = work.project.settings.fetching.keep_raw_days
    prune(work.project.raw, keep_days=keep, done=done, now=work.wall_now())


def report(work: Work) -> RunReport:
    """Return what the run did."""
    undated = [d for d in work.batch.documents if d.published_at is None]
    failed = [f"{p.feed_id}: {p.reason}" for p in work.batch.polls if p.status == "failed"]
    return RunReport(
        run_id=work.batch.run.run_id,
        outcomes=_final_outcomes(work),
        holds=(*(work.audit.holds if work.audit else ()), *work.rechecked),
        editions=tuple(sorted(work.revised.items())),
        edition_paths=tuple(work.edition_paths),
        is_changed=work.publication is not None or bool(work.revised),
        undated=tuple(d.source_path or d.url or d.document_id for d in undated),
        feeds_failed=tuple(failed),
        notes=_decision_notes(work),
    )


def _decision_notes(work: Work) -> tuple[str, ...]:
    """Return, in words, the decisions of people that do nothing, and why."""
    if not work.project.decisions:
        return ()
    with warehouse(work.project.warehouse) as con:
        return tuple(f"{work.project.corrections}: {words}" for words in open_decisions(con))


def _final_outcomes(work: Work) -> tuple[ItemOutcome, ...]:
    """Return the outcomes with the documents the audit held marked as such."""
    holds = work.audit.holds if work.audit else ()
    held = {hold.record_id: hold.expectation for hold in holds if hold.record_kind == "document"}
    return tuple(
        replace(o, outcome=Outcome.HELD, reason=held[o.document_id]) if o.document_id in held else o
        for o in work.batch.outcomes
    )
