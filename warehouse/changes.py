# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Where each change was published, over all days and revisions."""

from __future__ import annotations

import duckdb

from schemas.archive import ChangeRef
from warehouse.rows import fetch_rows

CHANGES = """
SELECT change_id, day, max(revision) AS revision, story, 'figure' AS subject_kind, indicator AS subject,
  arg_max(kind, revision) AS kind, arg_max(severity, revision) AS severity
FROM ledger.figure_changes GROUP BY ALL
UNION ALL
SELECT change_id, day, max(revision), story, 'position', actor || '/' || issue, arg_max(kind, revision),
  arg_max(severity, revision)
FROM ledger.position_changes GROUP BY ALL
"""
"""Every change once, with the last revision that says it."""


def change_refs(con: duckdb.DuckDBPyConnection, condition: str, args: list[object]) -> tuple[ChangeRef, ...]:
    """Return the changes a condition over the columns of :data:`CHANGES` picks, oldest first."""
    rows = fetch_rows(
        con,
        f"SELECT c.*, c.revision = l.revision AS is_current FROM ({CHANGES}) c"
        f" JOIN ledger.latest_editions l ON l.day = c.day WHERE {condition}"
        " ORDER BY c.day, c.severity, c.change_id",
        args,
    )
    return tuple(ChangeRef(**row) for row in rows)


def last_changes(
    con: duckdb.DuckDBPyConnection, condition: str, args: list[object], limit: int
) -> tuple[ChangeRef, ...]:
    """Return the changes of the days published or revised last, newest publication first.

    An old day that was revised comes back in front, so that whoever follows the changes learns of it.
    """
    rows = fetch_rows(
        con,
        f"SELECT c.*, c.revision = l.revision AS is_current FROM ({CHANGES}) c"
        " JOIN ledger.latest_editions l ON l.day = c.day"
        " JOIN ledger.editions e ON e.day = l.day AND e.revision = l.revision"
        f" WHERE {condition} ORDER BY e.publication DESC, c.day DESC, c.severity DESC, c.change_id"
        f" LIMIT {limit}",
        args,
    )
    return tuple(ChangeRef(**row) for row in rows)
