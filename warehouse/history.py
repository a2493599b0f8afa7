# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""The versions the ledger holds of documents, when each text was seen, and what backfills have read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import duckdb

from schemas.document import DateSource, Document, Sighting
from schemas.figure import Aspect, Figure, Modality, Qualifier
from warehouse.rows import fetch_rows

_NOT_OURS = ("sketch_size", "sketch_sampled", "run_id")
"""Columns of ``ledger.documents`` that a :class:`schemas.document.Document` has not."""


def load_versions(con: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> dict[str, list[Document]]:
    """Return all versions of documents by document, oldest first; their sketches are left empty.

    Args:
        con: an open connection to the warehouse.
        document_ids: the documents; unknown ones are not in the answer.
    """
    found: dict[str, list[Document]] = defaultdict(list)
    for row in _documents(con, "list_contains(?, document_id)", [sorted(set(document_ids))]):
        found[row["document_id"]].append(_document(row))
    return dict(found)


def _documents(
    con: duckdb.DuckDBPyConnection, condition: str, args: Sequence[object]
) -> list[dict[str, Any]]:
    return fetch_rows(
        con,
        "SELECT *, row_number() OVER (PARTITION BY document_id, text_sha256 ORDER BY version) - 1 AS nth"
        f" FROM ledger.documents WHERE {condition} ORDER BY document_id, version",
        args,
    )


def _document(row: dict[str, Any]) -> Document:
    told = {name: value for name, value in row.items() if name not in _NOT_OURS}
    source = DateSource(told["published_at_source"] or "unknown")
    plain = {name: told[name] or "" for name in ("title", "byline")}
    stories = tuple(told["stories"] or ())
    return Document(**{**told, **plain, "published_at_source": source, "stories": stories, "sketch": ()})


def sightings_of(con: duckdb.DuckDBPyConnection, document_ids: Iterable[str]) -> list[Sighting]:
    """Return when which text of the documents was seen, oldest first."""
    query = (
        "SELECT document_id, seen_at, text_sha256, modified_at FROM ledger.sightings"
        " WHERE list_contains(?, document_id) ORDER BY document_id, seen_at, text_sha256"
    )
    return [Sighting(**row) for row in fetch_rows(con, query, [sorted(set(document_ids))])]


def last_sighting(con: duckdb.DuckDBPyConnection, document_id: str) -> tuple[datetime, str] | None:
    """Return when a document was last seen, and the digest of the text it had, or None."""
    row = con.execute(
        "SELECT seen_at, text_sha256 FROM ledger.sightings WHERE document_id = ?"
        " ORDER BY seen_at DESC, text_sha256 DESC LIMIT 1",
        [document_id],
    ).fetchone()
    return (row[0], str(row[1])) if row else None


def sighted(con: duckdb.DuckDBPyConnection, urls: Sequence[str]) -> set[tuple[str, datetime]]:
    """Return which addresses are held as they were seen at which instants."""
    query = (
        "SELECT DISTINCT d.url, s.seen_at FROM ledger.documents d JOIN ledger.sightings s USING (document_id)"
        " WHERE list_contains(?, d.url)"
    )
    return {(str(url), at) for url, at in con.execute(query, [list(urls)]).fetchall()}


def figures_of(con: duckdb.DuckDBPyConnection, versions: Sequence[tuple[str, int]]) -> list[Figure]:
    """Return the figures read in versions given as (document, number), by the codebook that read last."""
    names = [name for name, _ in versions]
    numbers = [number for _, number in versions]
    rows = fetch_rows(
        con,
        "SELECT f.* EXCLUDE (run_id) FROM ledger.figures f"
        " JOIN ledger.current_extractions x USING (document_id, version, story, codebook_version)"
        " JOIN (SELECT unnest(?::VARCHAR[]) AS document_id, unnest(?::INTEGER[]) AS version) w"
        " USING (document_id, version) WHERE x.matches ORDER BY f.figure_id",
        [names, numbers],
    )
    return [_figure(row) for row in rows]


def _figure(row: dict[str, Any]) -> Figure:
    kinds = {
        "qualifier": Qualifier(row["qualifier"]),
        "modality": Modality(row["modality"]),
        "aspect": Aspect(row["aspect"]),
    }
    return Figure(**{**row, **kinds})


def done_portions(con: duckdb.DuckDBPyConnection, source: str) -> set[tuple[date | None, str]]:
    """Return the days of a source that backfills have read, each with the digest of what was there."""
    rows = con.execute("SELECT day, digest FROM ledger.backfills WHERE source = ?", [source]).fetchall()
    return {(row[0], str(row[1])) for row in rows}


def days_of_documents(
    con: duckdb.DuckDBPyConnection, first: date | None, last: date | None
) -> list[tuple[date | None, list[str]]]:
    """Return the documents by the day (UTC) their latest version was published, oldest first, undated last.

    Args:
        con: an open connection.
        first: the first day, or None.
        last: the last day, or None. Undated documents are given where neither bound is.
    """
    rows = con.execute(
        "SELECT published_at::DATE AS day, list(document_id ORDER BY document_id)"
        " FROM ledger.latest_documents"
        " WHERE (?::DATE IS NULL OR published_at::DATE >= ?) AND (?::DATE IS NULL OR published_at::DATE <= ?)"
        " GROUP BY day ORDER BY day NULLS LAST",
        [first, first, last, last],
    ).fetchall()
    return [(row[0], [str(name) for name in row[1]]) for row in rows]


def readings_of(
    con: duckdb.DuckDBPyConnection, document_ids: Sequence[str]
) -> dict[tuple[str, int, str], tuple[str, bool]]:
    """Return what last read each version for each story: the codebook, and whether it matched."""
    rows = con.execute(
        "SELECT document_id, version, story, codebook_version, matches FROM ledger.current_extractions"
        " WHERE list_contains(?, document_id)",
        [list(document_ids)],
    ).fetchall()
    return {(str(n), int(v), str(s)): (str(book), bool(matches)) for n, v, s, book, matches in rows}
