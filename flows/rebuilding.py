"""Read stored documents again after a codebook or the extractor changed. Nobody is asked for anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from flows.project import Project
from flows.report import Announcer, RunReport
from flows.work import Work, new_run
from newsledger.extract import codebook_version
from newsledger.extract.stories import matches_story
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.errors import UsageError
from warehouse.connect import warehouse
from warehouse.history import days_of_documents, load_versions, readings_of


@dataclass(frozen=True, slots=True)
class Stale:
    """The documents of one day that were read otherwise than they would be now.

    Attributes:
        day: the day they were published (UTC), or None for undated ones.
        documents: their names.
        readings: how many readings of a version for a story are stale, by what read them ("" for nothing).
    """

    day: date | None
    documents: tuple[str, ...]
    readings: dict[str, int] = field(default_factory=dict)


@dataclass
class Rebuild:
    """One rebuilding in hand.

    Attributes:
        project: where it reads and writes, with the stories to read for.
        words: where its words go.
        first: the first day, or None for all days before as well.
        last: the last day, or None.
        clock: the clock of every batch, or None for the time of day.
        reports: what each batch did.
        blocked: days the audit stopped.
    """

    project: Project
    words: Announcer
    first: date | None = None
    last: date | None = None
    clock: datetime | None = None
    reports: list[RunReport] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The clock of the next batch."""
        return self.clock or datetime.now(UTC)


def day_or_none(text: str | None, option: str) -> date | None:
    """Return a day of the command line.

    Raises:
        UsageError: it is none.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no day", hint="write it as 2026-03-02") from error


def stale_days(job: Rebuild) -> list[Stale]:
    """Return the days that have something to read again, oldest first, what has no day last.

    A version is stale for a story when the codebook matches it and another codebook, another extractor or
    nobody read it, or when it was read and is not matched any more.
    """
    with warehouse(job.project.warehouse) as con:
        days = days_of_documents(con, job.first, job.last)
        found = []
        for day, names in job.words.track(days, "looking for what is read otherwise now"):
            versions = load_versions(con, names)
            read = readings_of(con, names)
            stale = _stale(job.project.codebooks, versions, read)
            if stale:
                counts: dict[str, int] = {}
                for _, reader in stale:
                    counts[reader] = counts.get(reader, 0) + 1
                found.append(Stale(day, tuple(sorted({name for name, _ in stale})), counts))
    return found


def _stale(
    books: Sequence[Codebook],
    versions: dict[str, list[Document]],
    read: dict[tuple[str, int, str], tuple[str, bool]],
) -> list[tuple[str, str]]:
    """Return the documents to read again, once for each version and story, with what read them so far."""
    found = []
    for book in books:
        version = codebook_version(book)
        for name, own in versions.items():
            for document in own:
                reader, matched = read.get((name, document.version, book.story), ("", False))
                matches = matches_story(document.text, book)
                if (matches or matched) and (reader, matched) != (version, matches):
                    found.append((name, reader))
    return found


def read_again(job: Rebuild, stale: Stale) -> Work:
    """Return the work of one day, its documents taken from the ledger; the lock must be held."""
    what = str(stale.day or "without a day")
    run = new_run(job.project, "rebuild", f"extract --rebuild {what}", job.now)
    work = Work(job.project, job.words, run)
    with warehouse(job.project.warehouse) as con:
        held = load_versions(con, stale.documents)
    for versions in held.values():
        for document in versions:
            stories = tuple(b.story for b in job.project.codebooks if matches_story(document.text, b))
            work.batch.documents.append(replace(document, stories=stories))
    return work


def whole_report(job: Rebuild, published: RunReport) -> RunReport:
    """Return what all batches of a rebuilding did, as one report."""
    reports = [*job.reports, published]
    editions = {day: revision for report in reports for day, revision in report.editions}
    return RunReport(
        run_id=reports[0].run_id,
        holds=tuple(h for report in reports for h in report.holds),
        editions=tuple(sorted(editions.items())),
        edition_paths=published.edition_paths,
        is_changed=any(report.is_changed for report in reports),
        blocked=tuple(job.blocked),
    )
