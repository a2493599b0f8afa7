"""Derive the days a change reaches, in their order."""

from __future__ import annotations

from datetime import date

import duckdb

from warehouse.days import Stamp, Subject, revise_day


def revise(
    con: duckdb.DuckDBPyConnection, affected: list[date], stamp: Stamp
) -> tuple[tuple[date, int], ...]:
    """Derive the affected days in order, and later days for as long as a change of theirs reaches them.

    A day is compared with the last reading before it, so a late document can alter later days; once an
    indicator or stand is read later exactly as before, nothing of it reaches further.

    Returns:
        Each day that has a new revision, with its number.
    """
    if not affected:
        return ()
    known = [
        row[0]
        for row in con.execute(
            "SELECT DISTINCT day FROM ledger.editions WHERE day > ?", affected[:1]
        ).fetchall()
    ]
    reaching: set[Subject] = set()
    revised: list[tuple[date, int]] = []
    for day in sorted({*affected, *known}):
        if day in affected or reaching:
            result = revise_day(con, day, stamp)
            reaching = (reaching - result.settled) | result.changed
            if result.revision is not None:
                revised.append((day, result.revision))
    return tuple(revised)
