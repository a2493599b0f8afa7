"""Write a batch into a staging file of its own, in the shapes of the ledger's tables.

The file is disposable: the audit and the promotion read it, a killed run leaves it behind harmlessly.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import duckdb

from schemas.codebook import Codebook
from schemas.figure import Figure
from schemas.item import ItemOutcome
from schemas.position import Attendance, Position
from schemas.run import Batch, Run
from warehouse.connect import migrate
from warehouse.corrections import decision_rows
from warehouse.frames import audit_frames
from warehouse.rows import insert_rows

__all__ = ["audit_frames", "stage"]

SAMPLED = 8
"""Values of a sketch that this divides are counted apart (schemas.document.HeldDocument.sketch_sampled)."""

Rows = list[dict[str, Any]]


def stage(path: Path, batch: Batch, codebooks: Sequence[tuple[Codebook, str]]) -> str:
    """Write a batch and the codebooks that read it into a new staging file; an older one is replaced.

    Args:
        path: the staging file.
        batch: what the run read. A record staged twice is kept once.
        codebooks: each codebook with the ``codebook_version`` its records carry.

    Returns:
        The batch's token: the digest of its content, by which promotion knows it again.
    """
    for old in (path, path.with_name(path.name + ".wal")):
        old.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = _tables(batch, codebooks)
    token = _token(tables)
    tables["batches"] = [{"token": token, "decides": batch.decisions is not None}]
    con = duckdb.connect(str(path))
    try:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con, path)
        for name, rows in tables.items():
            insert_rows(
                con, name, [{**row, "run_id": batch.run.run_id} for row in rows] if _owned(name) else rows
            )
    finally:
        con.close()
    return token


def _owned(table: str) -> bool:
    return table != "sketches"


def _tables(batch: Batch, codebooks: Sequence[tuple[Codebook, str]]) -> dict[str, Rows]:
    doubles: Rows = []
    documents = _named_once("document", _documents(batch), doubles, "document_id", "version")
    versions = {row["document_id"]: row["version"] for row in documents}
    links = [{**_plain(link), "version": versions.get(link.document_id)} for link in batch.links]
    return {
        "runs": [_plain(batch.run)],
        **_codebook_tables(codebooks),
        "documents": documents,
        "sketches": _sketches(batch),
        "links": _once(links, "document_id", "other_id"),
        "extractions": _extractions(batch, codebooks),
        "figures": _records("figure", batch.figures, doubles),
        "positions": _records("position", batch.positions, doubles),
        "attendance": _records("attendance", batch.attendance, doubles),
        "refusals": list(map(_plain, batch.refusals)),
        "outcomes": _outcomes(batch.outcomes, batch.run),
        "polls": list(map(_plain, batch.polls)),
        "feed_states": _once(map(_plain, batch.feed_states), "feed_id"),
        "hosts": _once(map(_plain, batch.hosts), "host"),
        "site_files": _once(map(_plain, batch.site_files), "url"),
        "quarantine": _once(map(_plain, batch.quarantine), "item", "feed_id"),
        "watched": _once(map(_plain, batch.watched), "item"),
        "opt_outs": _once(map(_plain, batch.opt_outs), "host", "kind", "source", "value"),
        "journals": [{"journal": name} for name in dict.fromkeys(batch.journals)],
        "sightings": _once(map(_plain, batch.sightings), "document_id", "seen_at", "text_sha256"),
        "renumbered": list(map(_plain, batch.renumbered)),
        "version_changes": _once(map(_plain, batch.version_changes), "document_id", "version", "nth"),
        "backfills": list(map(_plain, batch.done)),
        "decisions": decision_rows(batch.decisions or ()),
        "doubles": doubles,
    }


def _plain(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record of schemas
    """Return a record's fields; enumerations are strings already."""
    return {f.name: getattr(record, f.name) for f in fields(record)}


def _once(rows: Iterable[dict[str, Any]], *key: str) -> Rows:
    """Return the rows without those whose key came before."""
    kept: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        kept.setdefault(tuple(row[name] for name in key), row)
    return list(kept.values())


def _records(kind: str, records: Iterable[Figure | Position | Attendance], doubles: Rows) -> Rows:
    return _named_once(kind, map(_plain, records), doubles, f"{kind}_id", "codebook_version")


def _named_once(kind: str, rows: Iterable[dict[str, Any]], doubles: Rows, *key: str) -> Rows:
    """Return the rows without those whose key came before; add to ``doubles`` the names of different rows."""
    given = list(rows)
    kept = _once(given, *key)
    if len(kept) == len(given):
        return kept
    first = {tuple(row[name] for name in key): row for row in kept}
    differing = Counter(
        (row[key[0]], row["version"]) for row in given if row != first[tuple(row[name] for name in key)]
    )
    doubles += [
        {"record_kind": kind, "record_id": name, "version": version, "times": times + 1}
        for (name, version), times in differing.items()
    ]
    return kept


def _documents(batch: Batch) -> Rows:
    rows = []
    for document in sorted(batch.documents, key=lambda d: (d.document_id, d.version)):
        row = _plain(document)
        sketch = row.pop("sketch")
        row["sketch_size"] = len(sketch)
        row["sketch_sampled"] = sum(value % SAMPLED == 0 for value in sketch)
        row |= {"stories": list(document.stories), "corrections": list(document.corrections)}
        del row["nth"]  # follows from the versions before
        rows.append({**row, "seen_at": document.seen_at or batch.run.started_at})
    return rows


def _sketches(batch: Batch) -> Rows:
    latest = {d.document_id: d for d in sorted(batch.documents, key=lambda d: d.version)}
    return [{"hash": value, "document_id": name} for name, d in latest.items() for value in d.sketch]


def _extractions(batch: Batch, codebooks: Sequence[tuple[Codebook, str]]) -> Rows:
    """Return which codebook read which document.

    The records say it; for documents without any the list of codebooks does, so that a document that no
    longer matches a story is known too.
    """
    read: dict[tuple[str, int, str], tuple[str, bool]] = {}
    for document in batch.documents:
        for codebook, version in codebooks:
            key = (document.document_id, document.version, codebook.story)
            read[key] = (version, codebook.story in document.stories)
    records: list[Figure | Position | Attendance] = [*batch.figures, *batch.positions, *batch.attendance]
    for record in records:
        read[(record.document_id, record.version, record.story)] = (record.codebook_version, True)
    names = ("document_id", "version", "story")
    return [
        {**dict(zip(names, key, strict=True)), "codebook_version": version, "matches": matches}
        for key, (version, matches) in sorted(read.items())
    ]


def _outcomes(outcomes: Iterable[ItemOutcome], run: Run) -> Rows:
    seen: Counter[tuple[str, str | None]] = Counter()
    rows = []
    for outcome in outcomes:
        seen[(outcome.item, outcome.feed_id)] += 1
        nth = seen[(outcome.item, outcome.feed_id)]
        rows.append({**_plain(outcome), "recorded_at": run.started_at, "nth": nth})
    return rows


def _codebook_tables(codebooks: Sequence[tuple[Codebook, str]]) -> dict[str, Rows]:
    tables: dict[str, Rows] = {
        "codebooks": [], "indicators": [], "apart_places": [], "issues": [], "actors": []
    }  # fmt: skip
    for book, version in codebooks:
        key = {"story": book.story, "codebook_version": version}
        head = {"version": book.version, "title": book.title, "timezone": book.timezone}
        tables["codebooks"].append({**key, **head, **book.audit.model_dump(), "languages": book.languages})
        tables["indicators"] += _children(key, "indicator", book.indicators, _INDICATOR)
        tables["apart_places"] += [
            {**key, "indicator": name, "place": place}
            for name in sorted(book.indicators)
            for place in book.places_apart(name)
        ]
        tables["issues"] += _children(key, "issue", book.issues, ("proposition",))
        tables["actors"] += _children(key, "actor", book.actors, ("name", "kind", "speaks_for"))
    return tables


_INDICATOR = (
    "label",
    "description",
    "unit",
    "aspect",
    "tolerance",
    "step",
    "low",
    "high",
    "drop_after_days",
    "event_on",
    "part_of",
)


def _children(key: dict[str, str], kind: str, models: Any, columns: tuple[str, ...]) -> Rows:  # noqa: ANN401
    return [
        {**key, kind: name, **{column: getattr(model, column) for column in columns}}
        for name, model in sorted(models.items())
    ]


def _token(tables: dict[str, Rows]) -> str:
    """Return a digest of everything staged, whatever the order it was read in."""
    parts = []
    for name, rows in sorted(tables.items()):
        lines = sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)
        parts.append(hashlib.sha256("\n".join([name, *lines]).encode()).hexdigest())
    return hashlib.sha256("".join(parts).encode()).hexdigest()
