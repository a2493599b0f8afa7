"""The days a phrase speaks of: a normaliser of English dates in the manner of TIMEX3.

A phrase is anchored on the document's day, or on the day named last before it ("the day before", "two
days earlier"). ``since`` phrases say when a count began and never when it was taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from newsledger.extract.numbers.date_patterns import COUNT, DAY_NUMBER, MONTH_FIRST, RULES
from newsledger.extract.numbers.date_phrases import Setting, count_of, rank
from newsledger.extract.numbers.masks import MONTH
from newsledger.extract.numbers.stretches import Precision, Stretch, later

__all__ = ["Dated", "Precision", "find_dates"]

_SINCE = re.compile(
    r"(?i)\b(?:since|from|after|following|starting|beginning|effective)\s+(?:on\s+)?(?:the\s+)?(?:[a-z’'-]+\s+){0,3}\Z"
)
_LAST_WORD = re.compile(r"(?i)(?:since|from|after|starting|beginning|effective)\b")
_OR_LATER = re.compile(
    r"(?i)\s+(?:or|and)\s+(?:later|after|onwards?)\b(?!\s+(?:[a-z]+\s+)?(?:his|her|the|my)\b)"
)
_BETWEEN = re.compile(r"(?i)\bbetween\s+(?:the\s+)?\Z")
_OWN_YEAR = re.compile(r"(?i)\d{4}|\b(?:this|last|next|today|now|yesterday|tomorrow)\b|day\b")
_IN_YEAR = re.compile(MONTH)
_TO = re.compile(r"(?i)\s*(?:[-–~]|\b(?:to|through|until|till|and)\b)\s*(?:the\s+)?")
_SAYING = (
    r"sa(?:id|ys?)|told|tells?|announce[sd]?|report(?:s|ed)|wrote|writes|confirmed|added|adds|adding|"
    r"happened|warned|according"
)
_IS_AHEAD = re.compile(
    r"(?i)\b(?:will|shall|['’]ll|won['’]t|(?:is|are|was|were|be)\s+(?:due|set|scheduled|expected|planned|"
    r"to)|due|scheduled|plan(?:s|ned|ning)?|hopes?|expect(?:s|ed)?|going|ahead\s+of)\b"
    rf"(?:(?!\b(?:{_SAYING})\b)[^.;:,“”\"]){{0,60}}\Z"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date phrase.

    Attributes:
        start: offset of its first character.
        end: offset after its last.
        day: the day it points at: its first day, or the document's own where that lies inside.
        is_since: whether it says since when something is so.
        first: first day of the stretch it names.
        last: last day of it, included.
        precision: how exactly it tells.
    """

    start: int
    end: int
    day: date
    is_since: bool
    first: date
    last: date
    precision: Precision

    @property
    def is_day(self) -> bool:
        """Whether it is exact to the day."""
        return self.precision is Precision.DAY and self.first == self.last


def find_dates(text: str, anchor: date | None) -> list[Dated]:
    """Return the date phrases of one paragraph that can be placed, in order.

    Args:
        text: the paragraph.
        anchor: the document's day; None leaves out what depends on it.
    """
    return list(_found(text, anchor))


@lru_cache(maxsize=512)
def _found(text: str, anchor: date | None) -> tuple[Dated, ...]:
    """Return what ``find_dates`` does; the figures of one sentence all ask for its dates."""
    found: list[Dated] = []
    named: date | None = None
    end = 0
    for match_start, match_end, number, groups in sorted(_matches(text), key=lambda m: (m[0], -m[1], m[2])):
        if match_start < end:
            continue
        stretch = _placed(number, groups, Setting(anchor, named, _looks_ahead(text, match_start)))
        if stretch is None:
            continue
        dated = _dated(text, match_start, match_end, stretch, anchor)
        named = dated.day if dated.is_day else named
        end = match_end
        found.append(dated)
    return tuple(_joined(text, found))


def _matches(text: str) -> Iterator[tuple[int, int, int, dict[str, str]]]:
    """Return the start, end, rule and groups of everything that looks like a date phrase."""
    low = text.lower()
    for number, (pattern, _, needed) in enumerate(RULES):
        if needed and not any(word in low for word in needed):
            continue
        for match in pattern.finditer(text):
            groups = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield match.end("lead") if "lead" in groups else start, match.end(), number, groups


def _placed(number: int, groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return the stretch of a match; None where the calendar has no such day."""
    try:
        return RULES[number][1](groups, setting)
    except (ValueError, OverflowError):
        return None


def _looks_ahead(text: str, at: int) -> bool:
    """Return whether the verb before a phrase looks ahead ("will meet on Friday")."""
    return _IS_AHEAD.search(text, max(0, at - 90), at) is not None


def _dated(text: str, start: int, end: int, stretch: Stretch, anchor: date | None) -> Dated:
    is_inside = anchor is not None and stretch.first <= anchor <= stretch.last
    day = stretch.at or (anchor if is_inside and anchor else stretch.first)
    lead = text[max(0, start - 40) : start]
    is_since = bool(_SINCE.search(lead) or _LAST_WORD.match(text[start:end]) or _OR_LATER.match(text, end))
    return Dated(start, end, day, is_since, stretch.first, stretch.last, stretch.precision)


_DAYS_OF_ONE_MONTH = re.compile(
    rf"(?i)\b(?:from|between|on)?\s*\b(?:the\s+)?(?P<d>{DAY_NUMBER})\s*(?:[-–]|to|and|until|till|through)\s*"
    r"(?:the\s+)?\Z"
)
_MORE_DAYS = re.compile(
    rf"(?i)\s*(?:[-–]|to|and|through|until|till)\s*(?:the\s+)?(?P<d>{DAY_NUMBER})\b"
    r"(?![,.]?\d|%|:|\s*(?:[a-z]+s|people|of)\b)"
)
_COUNTED_FROM = re.compile(
    rf"(?i)\b{COUNT}\s+(?P<unit>day|week|month|year)s?\s+(?P<side>before|after|from|following|prior\s+to)\s+(?:the\s+)?\Z"
)


def _joined(text: str, found: list[Dated]) -> list[Dated]:
    """Return the phrases with ranges made one ("between May 1 and 5", "from Nov to March")."""
    joined: list[Dated] = []
    for dated in found:
        try:
            wide = _shifted(text, _widened(text, dated))
            is_range = bool(joined) and _are_range(text, joined[-1], wide)
            both = _range(text, joined[-1], wide) if is_range else None
        except (ValueError, OverflowError):  # the calendar has no such day: the phrase stays as it is
            wide, both = dated, None
        if both:
            joined[-1] = both
        else:
            joined.append(wide)
    return joined


def _shifted(text: str, dated: Dated) -> Dated:
    """Return a day that is counted from another ("two weeks before Christmas")."""
    match = _COUNTED_FROM.search(text, max(0, dated.start - 40), dated.start) if dated.is_day else None
    if match is None:
        return dated
    sign = -1 if match["side"].lower() in ("before", "prior to") else 1
    moved = later(dated.first, sign * count_of(match["count"]), match["unit"].lower())
    day = moved.at or moved.first
    return replace(dated, start=match.start(), day=day, first=day, last=day, is_since=False)


def _widened(text: str, dated: Dated) -> Dated:
    """Return a day with the other day of its month ("3 to 12 September", "November 19-20")."""
    if not dated.is_day or not _IN_YEAR.search(text, dated.start, dated.end):
        return dated
    before = _DAYS_OF_ONE_MONTH.search(text, max(0, dated.start - 30), dated.start)
    after = _MORE_DAYS.match(text, dated.end)
    if before and not MONTH_FIRST.match(text, dated.start) and rank(before["d"]) < dated.first.day:
        first = dated.first.replace(day=rank(before["d"]))
        return replace(dated, start=before.start(), first=first, day=first)
    if after and MONTH_FIRST.match(text, dated.start) and dated.first.day < rank(after["d"]):
        return replace(dated, end=after.end(), last=dated.last.replace(day=rank(after["d"])))
    return dated


def _are_range(text: str, first: Dated, second: Dated) -> bool:
    gap = text[first.end : second.start]
    if not _TO.fullmatch(gap):
        return False
    return gap.strip().lower() not in ("and", "and the") or _BETWEEN.search(text, 0, first.start) is not None


def _range(text: str, first: Dated, second: Dated) -> Dated:
    """Return the stretch from one phrase to another; a first month without a year takes the second's."""
    start, last, own = first.first, second.last, text[first.start : first.end]
    if _IN_YEAR.search(own) and not _OWN_YEAR.search(own):
        start = _in_year_of(start, last)
    if start > last and first.is_day and (start - last).days < 7:
        last += timedelta(days=7)  # "next week between Wednesday and Friday"
    if start > last:
        return second
    return Dated(
        first.start, second.end, start, is_since=False, first=start, last=last, precision=second.precision
    )


def _in_year_of(day: date, last: date) -> date:
    """Return a day in the year of another, or in the one before where it would be after it."""
    if (day.month, day.day) == (2, 29):
        return day
    moved = day.replace(year=last.year)
    return moved if moved <= last else day.replace(year=last.year - 1)
