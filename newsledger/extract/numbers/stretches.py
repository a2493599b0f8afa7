"""Stretches of the calendar: days, weeks, months, quarters, seasons, years, and parts of them.

Weeks begin on Monday (ISO 8601). The parts follow Microsoft's Recognizers-Text, whose test bank they are
checked with: the early part of a stretch is its first half, the late part its second, "mid" of a month the
10th to the 20th. Seasons are the meteorological ones of the northern hemisphere.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a phrase tells its time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``first`` to ``last``, both included.

    ``at`` is the day a phrase points at inside a stretch it leaves open ("two months ago"), else None.
    """

    first: date
    last: date
    precision: Precision
    at: date | None = None


def one_day(day: date) -> Stretch:
    """Return a day."""
    return Stretch(day, day, Precision.DAY)


def week(day: date, shift: int = 0) -> Stretch:
    """Return the week that holds a day, or the one so many weeks later."""
    first = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return Stretch(first, first + timedelta(days=6), Precision.WEEK)


def weekend(day: date, shift: int = 0) -> Stretch:
    """Return the Saturday and Sunday of the week that holds a day, or of one so many weeks later."""
    last = week(day, shift).last
    return Stretch(last - timedelta(days=1), last, Precision.WEEK)


def month(year: int, number: int, shift: int = 0) -> Stretch:
    """Return a month, or the one so many months later."""
    count = year * 12 + number - 1 + shift
    year, number = count // 12, count % 12 + 1
    return Stretch(date(year, number, 1), date(year, number, monthrange(year, number)[1]), Precision.MONTH)


def months(first: Stretch, count: int, precision: Precision) -> Stretch:
    """Return so many months from the first of one on."""
    last = month(first.first.year, first.first.month, count - 1).last
    return Stretch(first.first, last, precision)


def quarter(year: int, number: int, shift: int = 0) -> Stretch:
    """Return a quarter (1 to 4) of a year, or the one so many quarters later."""
    return months(month(year, 1, 3 * (number - 1 + shift)), 3, Precision.QUARTER)


def half(year: int, number: int) -> Stretch:
    """Return the first (1) or second (2) half of a year."""
    return months(month(year, 6 * number - 5), 6, Precision.QUARTER)


def years(first: int, count: int = 1) -> Stretch:
    """Return a year, or so many from one on."""
    return Stretch(date(first, 1, 1), date(first + count - 1, 12, 31), Precision.YEAR)


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The first month of each."""


def season(year: int, name: str) -> Stretch:
    """Return a season of a year; its winter is the one that begins in it."""
    return months(month(year, SEASONS[name]), 3, Precision.QUARTER)


def week_of(whole: Stretch, number: int) -> Stretch:
    """Return the nth week of a month or a year (-1 the last), of those whose Thursday is in it (ISO 8601)."""
    if number > 0:
        thursday = whole.first + timedelta(days=(3 - whole.first.weekday()) % 7 + 7 * (number - 1))
    else:
        thursday = whole.last - timedelta(days=(whole.last.weekday() - 3) % 7)
    return week(thursday)


def weekday_of(whole: Stretch, weekday: int, number: int) -> date | None:
    """Return the nth such weekday of a stretch (-1 the last), or None where it has not so many."""
    if number > 0:
        day = whole.first + timedelta(days=(weekday - whole.first.weekday()) % 7 + 7 * (number - 1))
    else:
        day = whole.last - timedelta(days=(whole.last.weekday() - weekday) % 7)
    return day if whole.first <= day <= whole.last else None


def later(day: date, count: int, unit: str) -> Stretch:
    """Return the day so many units after one (before it, where negative), as exact as its unit is."""
    if unit in ("hour", "minute"):
        return one_day(day + timedelta(days=round(count / (24 if unit == "hour" else 1440))))
    if unit in ("day", "night"):
        return one_day(day + timedelta(days=count))
    if unit in ("week", "fortnight"):
        at = day + timedelta(weeks=count * (2 if unit == "fortnight" else 1))
        return _at(week(at), at)
    if unit in ("month", "quarter"):
        whole = month(day.year, day.month, count * (3 if unit == "quarter" else 1))
        held = quarter(whole.first.year, (whole.first.month + 2) // 3) if unit == "quarter" else whole
        return _at(held, whole.first.replace(day=min(day.day, whole.last.day)))
    year = day.year + count * {"year": 1, "decade": 10, "century": 100}[unit]
    return _at(years(year), date(year, day.month, min(day.day, monthrange(year, day.month)[1])))


def _at(whole: Stretch, day: date) -> Stretch:
    return Stretch(whole.first, whole.last, whole.precision, day)


def part(whole: Stretch, name: str, anchor: date | None) -> Stretch:
    """Return the early, middle or late part of a stretch, or what of it is before or after the anchor.

    Args:
        whole: the stretch.
        name: ``early``, ``mid``, ``late``, ``earlier``, ``later`` or ``rest``.
        anchor: the document's day.
    """
    if anchor and name == "earlier" and whole.first <= anchor <= whole.last:
        return Stretch(whole.first, anchor, whole.precision)
    if anchor and name in ("later", "rest") and whole.first <= anchor <= whole.last:
        return Stretch(anchor, whole.last, whole.precision)
    first, last = _part_days(whole, {"earlier": "early", "later": "late", "rest": "late"}.get(name, name))
    return Stretch(whole.first + timedelta(days=first), whole.first + timedelta(days=last), whole.precision)


def _part_days(whole: Stretch, name: str) -> tuple[int, int]:
    """Return the first and last day of a part, counted from the stretch's first."""
    length = (whole.last - whole.first).days
    if whole.precision is Precision.WEEK:
        early, late, middle = min(2, length), min(3, length), (min(1, length), min(4, length))
    elif whole.precision is Precision.MONTH:
        early, late, middle = 14, 15, (9, 19)
    else:
        half_length = (
            month(whole.first.year, whole.first.month, _count(whole) // 2).first - whole.first
        ).days
        early, late, middle = half_length - 1, half_length, (length // 3, 2 * length // 3)
    return {"early": (0, early), "mid": middle, "late": (late, length)}[name]


def _count(whole: Stretch) -> int:
    """Return how many months a stretch has."""
    return 12 * (whole.last.year - whole.first.year) + whole.last.month - whole.first.month + 1
