"""What the audit looks at: the staged batch, and what a promotion derived, beside what is compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.connect import sql_files, warehouse
from warehouse.rows import quoted_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import duckdb
    import pandas as pd

_STEPS = ("all_documents", "staged_days", "day_values", "kin", "earlier")
_FRAMES = ("documents", "links", "figures", "positions", "attendance", "feeds", "outlets")
_DERIVED = ("readings", "stands", "changes", "editions")


def audit_frames(
    warehouse_path: Path, staging_path: Path, *, wait_seconds: float = 0.0
) -> dict[str, pd.DataFrame]:
    """Return the staged batch for the expectations.

    These are ``documents``, ``links``, ``figures``, ``positions``, ``attendance``, ``feeds`` and ``outlets``.

    Each frame has the columns of the record, and what ``views/audit/<name>.sql`` adds: the words at the
    offsets, what the codebook knows, and for figures the reading before (``previous_*``) and the values
    independent documents report on the same day (``others_same_day``, a list). Dates are Python dates.

    Args:
        warehouse_path: the ledger's file; made when missing.
        staging_path: the file :func:`warehouse.stage.stage` wrote.
        wait_seconds: how long to wait for another process that has the ledger open.

    Raises:
        LockedError: another process has the ledger open.
    """
    with warehouse(warehouse_path, wait_seconds=wait_seconds) as con:
        return batch_frames(con, staging_path)


def batch_frames(con: duckdb.DuckDBPyConnection, staging_path: Path) -> dict[str, pd.DataFrame]:
    """Return the frames of :func:`audit_frames` by an open connection to the warehouse or a snapshot."""
    queries = _queries("audit")
    con.execute(f"ATTACH {quoted_path(staging_path)} AS staging (READ_ONLY)")
    try:
        for name in _STEPS:
            con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {queries[name]}")
        return {name: _frame(con.execute(queries[name]).df()) for name in _FRAMES}
    finally:
        con.execute("DETACH staging")


def edition_frames(
    con: duckdb.DuckDBPyConnection, revised: Sequence[tuple[date, int]]
) -> dict[str, pd.DataFrame]:
    """Return the ``readings``, ``stands``, ``changes`` and ``editions`` of revised days for the expectations.

    Args:
        con: an open connection to the warehouse (before or after a promotion is committed) or a snapshot.
        revised: the days with their revisions.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE revised (day DATE, revision INTEGER)")
    if revised:
        con.executemany("INSERT INTO revised VALUES (?, ?)", [list(pair) for pair in revised])
    queries = _queries("derived")
    return {name: _frame(con.execute(queries[name]).df()) for name in _DERIVED}


def _queries(folder: str) -> dict[str, str]:
    return {name.removesuffix(".sql"): text for name, text in sql_files(f"views/{folder}")}


def _frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose days are dates or None: pandas would make instants of them."""
    for column in ("day", "previous_day", "as_of", "said_on"):
        if column in frame:
            days = frame[column].astype("object")
            frame[column] = days.where(days.notna(), None).map(
                lambda d: d.date() if hasattr(d, "date") else d
            )
    return frame
