"""Derive the days a change reaches, in their order."""

from __future__ import annotations

from datetime import date

import duckdb

from warehouse.days import Stamp, Subject, next_change, revise_day


def revise(
    con: duckdb.DuckDBPyConnection, affected: list[date], stamp: Stamp
) -> tuple[tuple[date, int], ...]:
    """Derive the affected days in order, and later days for as long as a change of theirs reaches them.

    A day is compared with the value that stands before it, so a late document can alter later days. Once an
    indicator or stand is read later exactly as before nothing of it reaches further, save the next change,
    which names the day since when the value stood.

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
    displaced: set[Subject] = set()
    due = set(affected)
    revised: list[tuple[date, int]] = []
    for day in sorted({*affected, *known}):
        if day in due or reaching:
            result = revise_day(con, day, stamp)
            later = (next_change(con, subject, day) for subject in displaced & result.restated)
            due.update(found for found in later if found)
            displaced = (displaced - result.settled) | result.moved
            reaching = (reaching - result.settled) | result.changed
            if result.revision is not None:
                revised.append((day, result.revision))
    return tuple(revised)
