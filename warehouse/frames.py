"""What the audit looks at: the staged batch as data frames, each row beside what it is compared with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.connect import sql_files, warehouse
from warehouse.rows import quoted_path

if TYPE_CHECKING:
    import pandas as pd

_STEPS = ("all_documents", "staged_days", "day_values", "kin", "earlier")
_FRAMES = ("documents", "figures", "positions", "attendance")


def audit_frames(
    warehouse_path: Path, staging_path: Path, *, wait_seconds: float = 0.0
) -> dict[str, pd.DataFrame]:
    """Return the staged ``documents``, ``figures``, ``positions`` and ``attendance`` for the expectations.

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
    queries = {name.removesuffix(".sql"): text for name, text in sql_files("views/audit")}
    with warehouse(warehouse_path, wait_seconds=wait_seconds) as con:
        con.execute(f"ATTACH {quoted_path(staging_path)} AS staging (READ_ONLY)")
        try:
            for name in _STEPS:
                con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {queries[name]}")
            return {name: _frame(con.execute(queries[name]).df()) for name in _FRAMES}
        finally:
            con.execute("DETACH staging")


def _frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose days are dates or None: pandas would make instants of them."""
    for column in ("day", "previous_day", "as_of", "said_on"):
        if column in frame:
            days = frame[column].astype("object")
            frame[column] = days.where(days.notna(), None).map(
                lambda d: d.date() if hasattr(d, "date") else d
            )
    return frame
