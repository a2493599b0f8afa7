# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Look things up in a snapshot: a record by its id, a query of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from schemas.errors import UsageError
from schemas.reading import Quote
from warehouse.quotes import load_quotes
from warehouse.rows import fetch_rows
from warehouse.snapshot import publication_number

Row = dict[str, Any]

_KINDS = (
    ("figure", "figures", "figure_id"),
    ("position", "positions", "position_id"),
    ("document", "documents", "document_id"),
    ("attendance", "attendance", "attendance_id"),
    ("figure change", "figure_changes", "change_id"),
    ("position change", "position_changes", "change_id"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A record and what belongs to it.

    Attributes:
        kind: figure, position, document, attendance, figure change or position change.
        record_id: its full id.
        row: its row of the published view.
        document: its document's row without the text; None for a change.
        quote: its words in context; None for a document or a change.
        sides: for a change the words of the record before and after; for a document those of its records.
        holds: the expectations that keep it out of the editions.
    """

    kind: str
    record_id: str
    row: Row
    document: Row | None
    quote: Quote | None
    sides: tuple[Quote, ...]
    holds: tuple[Row, ...]


def find_record(con: duckdb.DuckDBPyConnection, record_id: str) -> Found:
    """Return the record an id or the beginning of one names.

    Raises:
        UsageError: nothing, or more than one record, begins so; the message lists the first ones.
    """
    if not record_id:
        raise UsageError("an id is expected", hint="newsledger diff shows the ids of the changes")
    matches = _matches(con, record_id)
    exact = [match for match in matches if match[1] == record_id]
    if exact:
        matches = exact[:1]
    if not matches:
        raise UsageError(
            f"nothing has an id that begins with {record_id!r}", hint="newsledger diff shows ids"
        )
    if len(matches) > 1:
        names = ", ".join(name for _, name in matches[:5])
        raise UsageError(f"{record_id!r} begins {len(matches)} ids: {names}", hint="give more of the id")
    return _found(con, *matches[0])


def _matches(con: duckdb.DuckDBPyConnection, beginning: str) -> list[tuple[str, str]]:
    found = []
    for kind, view, key in _KINDS:
        query = f"SELECT DISTINCT {key} FROM {view} WHERE starts_with({key}, ?) ORDER BY 1"
        found += [(kind, str(row[0])) for row in con.execute(query, [beginning]).fetchall()]
    return found


def _found(con: duckdb.DuckDBPyConnection, kind: str, record_id: str) -> Found:
    view, key = next((view, key) for name, view, key in _KINDS if name == kind)
    newest = "version DESC" if kind == "document" else "ALL"
    row = fetch_rows(con, f"SELECT * FROM {view} WHERE {key} = ? ORDER BY {newest} LIMIT 1", [record_id])[0]
    ids = [record_id] if "evidence" in row else _ids_behind(con, kind, row)
    quotes = load_quotes(con, ids, publication_number(con))
    holds = fetch_rows(
        con,
        "SELECT * FROM held WHERE record_id = ? OR (record_kind = 'document' AND record_id = ?) ORDER BY ALL",
        [record_id, row.get("document_id")],
    )
    own = quotes.get(record_id)
    sides = () if own else tuple(quotes[name] for name in ids if name in quotes)
    return Found(kind, record_id, row, _document(con, row), own, sides, tuple(holds))


def _document(con: duckdb.DuckDBPyConnection, row: Row) -> Row | None:
    if "document_id" not in row:
        return None
    query = "SELECT * EXCLUDE (text) FROM documents WHERE document_id = ? AND version = ?"
    return next(iter(fetch_rows(con, query, [row["document_id"], row["version"]])), None)


def _ids_behind(con: duckdb.DuckDBPyConnection, kind: str, row: Row) -> list[str]:
    """Return the ids of the records a change compares, or a document states, in their order."""
    if kind == "document":
        query = (
            "SELECT figure_id, evidence_start FROM figures WHERE document_id = $id AND version = $version"
            " UNION ALL SELECT position_id, evidence_start FROM positions WHERE document_id = $id"
            " AND version = $version ORDER BY 2, 1"
        )
        found = con.execute(query, {"id": row["document_id"], "version": row["version"]}).fetchall()
        return [str(name) for name, _ in found]
    names = ("figure_id_before", "figure_id_after", "position_id_before", "position_id_after")
    ids = [str(row[name]) for name in names if row.get(name)]
    subject = row.get("indicator") or f"{row.get('actor')}/{row.get('issue')}"
    against = con.execute(
        "SELECT record_id FROM disagreements WHERE day = ? AND story = ? AND subject = ? ORDER BY ALL",
        [row["day"], row["story"], subject],
    ).fetchall()
    return ids + [str(name) for (name,) in against]


def files_read(con: duckdb.DuckDBPyConnection, items: Sequence[str]) -> dict[str, datetime]:
    """Return when each of these files was last read, by its path as the run was given it."""
    rows = con.execute(
        "SELECT item, max(recorded_at) FROM outcomes WHERE feed_id IS NULL AND list_contains(?, item)"
        " GROUP BY item",
        [list(items)],
    ).fetchall()
    return {str(item): read_at for item, read_at in rows}


def run_sql(con: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the column names and the rows of a query's answer; both are empty where it has none.

    The query can reach the database alone, no other files.

    Raises:
        UsageError: the query is wrong, or tries to write; the message is DuckDB's.
    """
    con.execute("SET enable_external_access = false")
    try:
        cursor = con.execute(query)
        names = [str(column[0]) for column in cursor.description or ()]
        return names, cursor.fetchall() if names else []
    except duckdb.Error as error:
        raise UsageError(f"the query failed: {error}", hint='newsledger sql "SHOW TABLES"') from error
