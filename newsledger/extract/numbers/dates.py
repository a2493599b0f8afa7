"""The day a phrase speaks of: a small normaliser of English dates, anchored on the document's day.

Days that only a month or year is given for are their first day; ``since`` phrases say when a count
began and never when it was taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from newsledger.extract.numbers.lexicon import ONES, TENS
from newsledger.extract.numbers.masks import MONTH

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNT = rf"(?P<count>\d{{1,3}}|a|an|{'|'.join([*ONES, *TENS])}|several|a few|a couple of)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    (
        "dmy",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{MONTH})(?:,?\s+(?P<y>\d{{4}}))?(?!\w)",
    ),
    ("dmy", rf"\b(?P<month>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s+(?P<y>\d{{4}})\b)?"),
    ("my", rf"\b(?P<month>{MONTH}),?\s+(?:of\s+)?(?P<y>\d{{4}})\b"),
    (
        "weekday",
        (
            r"\b(?:(?P<which>last|next|this)\s+(?:week['’]s\s+)?)?(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|"
            r"Satur|Sun)day)\b(?:\s+(?P<after>last week|next week))?"
        ),
    ),
    (
        "named",
        (
            r"\b(?P<name>yesterday|today|tonight|tomorrow|overnight|last night|this morning|this evening|"
            r"this afternoon)\b"
        ),
    ),
    (
        "period",
        (
            r"\b(?P<which>last|this|next|previous|past)\s+(?P<unit>week|month|year|weekend|spring|summer|"
            r"autumn|fall|winter)\b"
        ),
    ),
    ("ago", rf"\b{_COUNT}\s+(?P<unit>day|week|month|year|decade)s?\s+(?:ago|earlier|before)\b"),
    (
        "month",
        (
            rf"(?:\b(?:in|since|during|by|until|from|of|last|this|next|late|early|"
            rf"mid)[\s-]+)(?P<month>{MONTH})(?!\s*\d|\w)"
        ),
    ),
    (
        "year",
        r"\b(?:in|since|during|by|until|from|of|late|early)\s+(?P<y>(?:19|20)\d\d)\b(?!\s*(?:people|%))",
    ),
)
_COMPILED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE if kind not in ("dmy", "my", "month", "weekday") else 0))
    for kind, pattern in _PATTERNS
)
_SINCE = re.compile(r"(?i)\b(?:since|from|after|following)\s+(?:the\s+)?(?:[a-z’'-]+\s+){0,3}\Z")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date phrase: its place, its day, whether it is exact to the day, whether it says since when."""

    start: int
    end: int
    day: date
    is_day: bool
    is_since: bool


def find_dates(text: str, anchor: date | None) -> list[Dated]:
    """Return the date phrases of one paragraph that can be placed, in order.

    Args:
        text: the paragraph.
        anchor: the document's day; None leaves out what depends on it.
    """
    found: list[Dated] = []
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            placed = _place(kind, match, anchor)
            if placed:
                lead = text[max(0, match.start() - 40) : match.start()]
                is_since = bool(_SINCE.search(lead)) or match.group().lower().startswith("since")
                found.append(Dated(match.start(), match.end(), placed[0], placed[1], is_since))
    return sorted(found, key=lambda dated: dated.start)


def _place(kind: str, match: re.Match[str], anchor: date | None) -> tuple[date, bool] | None:
    """Return the day a match means and whether it is exact to the day."""
    groups = match.groupdict()
    try:
        if kind == "iso":
            return date(int(groups["y"]), int(groups["m"]), int(groups["d"])), True
        if kind in ("dmy", "my", "month"):
            return _by_month(kind, groups, anchor)
        if kind == "year":
            return date(int(groups["y"]), 1, 1), False
        return _relative(kind, groups, anchor) if anchor else None
    except (ValueError, OverflowError):
        return None


def _by_month(kind: str, groups: dict[str, str | None], anchor: date | None) -> tuple[date, bool] | None:
    month = _MONTHS.index((groups["month"] or "")[:3].lower()) + 1
    day = int(groups["d"] or 1) if kind == "dmy" else 1
    year = groups.get("y")
    if year:
        return date(int(year), month, day), kind == "dmy"
    if anchor is None:
        return None
    candidate = date(anchor.year, month, day)
    if candidate > anchor + timedelta(days=60):
        candidate = date(anchor.year - 1, month, day)
    return candidate, kind == "dmy"


def _relative(kind: str, groups: dict[str, str | None], anchor: date) -> tuple[date, bool] | None:
    if kind == "weekday":
        return _weekday(groups, anchor), True
    if kind == "named":
        name = (groups["name"] or "").lower()
        shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(name, 0)
        return anchor + timedelta(days=shift), True
    if kind == "period":
        return _period((groups["which"] or "").lower(), (groups["unit"] or "").lower(), anchor)
    count = _count(groups["count"] or "a")
    unit = (groups["unit"] or "day").lower()
    days = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}[unit] * count
    return anchor - timedelta(days=days), unit == "day"


def _weekday(groups: dict[str, str | None], anchor: date) -> date:
    """Return the nearest such day up to the anchor; "next" and "this ... later" look ahead."""
    wanted = _DAYS.index((groups["day"] or "").lower())
    back = (anchor.weekday() - wanted) % 7
    which = groups["which"]
    if which == "next" or groups["after"] == "next week":
        return anchor + timedelta(days=7 - back if back else 7)
    if which == "last" and back == 0:
        back = 7
    return anchor - timedelta(days=back)


def _period(which: str, unit: str, anchor: date) -> tuple[date, bool] | None:
    if which == "this":
        return (anchor, False) if unit in ("week", "weekend") else None
    if which == "next":
        return None
    days = {"week": 7, "weekend": (anchor.weekday() - 5) % 7 or 7, "month": 30, "year": 365}.get(unit, 120)
    return (anchor - timedelta(days=days), False) if which != "past" else None


def _count(word: str) -> int:
    low = word.lower()
    if low.isdigit():
        return int(low)
    return (
        {"a": 1, "an": 1, "several": 3, "a few": 3, "a couple of": 2}.get(low)
        or ONES.get(low)
        or TENS.get(low, 1)
    )
