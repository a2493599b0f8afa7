"""The publication instant, from whatever states it, in a fixed order of trust."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from newsledger.feeds.dates import ReadDate, noon, read_date
from schemas.document import DateSource

FUTURE = timedelta(days=1)
"""A date further ahead of the clock than that is a mistake of whoever wrote it."""
CONFLICT = timedelta(hours=36)
"""Statements further apart than that, or than the days they name, contradict each other."""
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication instant.

    Attributes:
        at: the instant, or None where it cannot be known.
        source: what stated it.
        precision: ``second``, ``minute``, ``day`` or ``unknown``.
        notes: conflicts and refusals, for the ledger.
    """

    at: datetime | None
    source: DateSource
    precision: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One date as written, and who wrote it.

    Attributes:
        source: who states it.
        raw: the date as written, or "" where it is known already.
        at: the instant, where it is known already.
        day: the day, where it is known already.
        home: the zone of its clock time, where the writer's is not the page's.
    """

    source: DateSource
    raw: str = ""
    at: datetime | None = None
    day: date | None = None
    home: ZoneInfo | None = None


def decide(statements: Iterable[Statement], *, home: ZoneInfo | None, now: datetime) -> Published:
    """Return the first statement with an instant, else the first with a day, else nothing.

    A day alone is its noon in UTC. A date in the future is not believed; a later statement
    then decides. Nothing usable leaves the instant unknown, and says so.

    Args:
        statements: in the order of trust.
        home: the publisher's own zone, for clock times without one, or None where unknown.
        now: the run's clock.
    """
    notes: list[str] = []
    found = [(s.source, r) for s in statements if (r := _read(s, home, notes, now)) is not None]
    certain = [(source, read) for source, read in found if read.at is not None] or found
    if not certain:
        return Published(None, DateSource.UNKNOWN, "unknown", (*notes, *([] if notes else ["no date"])))
    source, chosen = _trusted(found, certain)
    at = chosen.at or noon(chosen.day or _EARLIEST)
    if chosen.note:
        notes.append(f"{chosen.note}: only the day is kept")
    notes.extend(_conflicts(source, at, found))
    return Published(at, source, chosen.precision, tuple(notes))


def _trusted(
    found: list[tuple[DateSource, ReadDate]], certain: list[tuple[DateSource, ReadDate]]
) -> tuple[DateSource, ReadDate]:
    """Return the first instant; but what the user says comes first even as a bare day."""
    by_user = [pair for pair in found if pair[0] in (DateSource.ARGUMENT, DateSource.FILE)]
    return by_user[0] if by_user else certain[0]


def _read(statement: Statement, home: ZoneInfo | None, notes: list[str], now: datetime) -> ReadDate | None:
    read = _as_read(statement, home)
    if read.at is None and read.day is None:
        notes.append(f"unreadable date from {statement.source}: {statement.raw[:40]!r}")
        return None
    start = read.at or noon(read.day or _EARLIEST)
    if start > now + FUTURE:
        notes.append(f"future date {start.date().isoformat()} from {statement.source}")
        return None
    if start.date() < _EARLIEST:
        notes.append(f"impossible date {start.date().isoformat()} from {statement.source}")
        return None
    return read


def _as_read(statement: Statement, home: ZoneInfo | None) -> ReadDate:
    if statement.at is not None:
        return ReadDate(statement.at, None, "second")
    if statement.day is not None:
        return ReadDate(None, statement.day, "day")
    return read_date(statement.raw, statement.home or home)


def _conflicts(source: DateSource, at: datetime, found: list[tuple[DateSource, ReadDate]]) -> list[str]:
    far = [
        (other, when)
        for other, read in found
        if other != source and abs((when := read.at or noon(read.day or _EARLIEST)) - at) > CONFLICT
    ]
    mine = f"{source} {at.astimezone(UTC).date().isoformat()}"
    return [
        f"date conflict: {mine}, {other} {when.astimezone(UTC).date().isoformat()}" for other, when in far
    ]
