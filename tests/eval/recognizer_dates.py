"""The date cases of Microsoft's Recognizers-Text (English), every second one, read by ``find_dates``.

A case is right when every expected date is found at its place with the same first and last day, and no date
is found beside. Of a date that may be of this year or the last, either is right. The set gives the end of
a stretch as the day after it or, of ranges of days, as the day itself: both are taken.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from newsledger.extract.numbers.dates import Dated, Precision, find_dates
from tests.eval.quantity_sets import Case, load

Span = tuple[date, date | None]
_KINDS = ("date", "daterange", "datetimeV2.date", "datetimeV2.daterange")
_SHORT_NUMERIC = re.compile(
    r"(?<![\d/.-])(?<!ember )\d{1,2}\s?[/.-]\s?\d{1,2}(?:(?:[/.,-]\s?\d{2,4})?(?!\d))|"
    r"(?<![\d/.-])(?:\d{4}\s?[/.-]\s?\d{1,2}"
    r"|\d{1,2}\s?[/.-]\s?\d{4})(?![\d/.-])|\b(?i:jan|oct|nov|jun)[/-]?\d"
)
_WHOLE_NUMERIC = re.compile(
    r"(?:(?:1[3-9]|2\d|3[01])[/-]\d\d?|\d\d?[/-](?:1[3-9]|2\d|3[01])|\d\d?\.\d\d?\.)[/-]?\d{4}"
)
_NAMES = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|jan|feb|mar|apr|"
    r"jun|jul|aug|sept?|oct|nov|dec|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tue|wed|thu|thur|fri)\b"
)
"""Names that news writes with a capital and the chats of this set without."""
_BARE_DAY = re.compile(r"(?i)(?:the\s+)?(?:\d{1,2}|twenty second)|[a-z]+day (?:the fifteen|\d\d)")


def date_cases(shared: Path, name: str) -> list[Case]:
    """Return the cases of one file (``DateParser``, ``DatePeriodParser`` or ``DateTimeModel``)."""
    return [_case(entry) for entry in load(shared, f"recognizers/DateTime-English-{name}.json")]


def _case(entry: dict[str, Any]) -> Case:
    results = entry["Results"]
    day = date.fromisoformat(entry.get("Context", {}).get("ReferenceDateTime", "2016-11-07")[:10])
    text = _NAMES.sub(lambda name: name.group().capitalize(), entry["Input"])
    found = find_dates(text, day)
    expected = [((r["Text"], r["Start"]), _spans(r)) for r in results]
    read = [(entry["Input"][d.start : d.end], d.first, d.last, d.is_since) for d in found]
    is_right = len(found) == len(expected) and all(
        _agrees(d, spans, *printed) for d, (printed, spans) in zip(found, expected, strict=True)
    )
    return Case(entry["Input"], expected, read, is_right, left_out(entry))


def left_out(entry: dict[str, Any]) -> str:
    """Return the rule by which a case is no date of news, "" for one that counts."""
    results = entry["Results"]
    if not results:
        return "a case without a date: it tells what is left to another of the set's parsers"
    if any(r.get("TypeName", r.get("Type")) not in _KINDS for r in results):
        return "clock times, durations or repetitions are asked for, which find_dates does not read"
    if any(not _spans(r) for r in results):
        return "the set itself gives no calendar day"
    texts = " ".join(r["Text"] for r in results)
    if _SHORT_NUMERIC.search(_WHOLE_NUMERIC.sub("", texts)):
        return "figures and strokes without a whole date: day and month may change places, or it is a score"
    if any(_BARE_DAY.fullmatch(r["Text"]) for r in results):
        return "a bare number is the day of a month (chat, not news)"
    if re.search(r"(?i)\bweek \d|\bcy ?\d|~|> =|\d{4}/[a-z]|\d{4} ?,? ?(?:june|nov|may)", texts):
        return "calendar software's notation: numbered weeks, cy18, a tilde, the year first"
    if any(_mod(r) in ("before", "after", "after-mid") for r in results):
        return "an open side is asked for, of which find_dates tells only since"
    return ""


def _mod(result: dict[str, Any]) -> str:
    values = result.get("Resolution", {}).get("values", [{}])
    return str(values[0].get("Mod", ""))


def _spans(result: dict[str, Any]) -> list[Span]:
    """Return the stretches a result may be, the last day as the set gives it (None where open)."""
    found = (
        [result["Value"][f"{t}Resolution"] for t in ("Future", "Past")]
        if "Value" in result
        else result["Resolution"]["values"]
    )
    spans: list[Span] = []
    for item in found:
        first = item.get("date") or item.get("value") or item.get("startDate") or item.get("start")
        last = item.get("endDate") or item.get("end") or (None if item.get("start") else first)
        if first and re.match(r"\d{4}-", first) and not first.startswith("0001"):
            spans.append((date.fromisoformat(first[:10]), date.fromisoformat(last[:10]) if last else None))
    return spans


def _agrees(dated: Dated, spans: list[Span], printed: str, start: int) -> bool:
    overlaps = dated.start < start + len(printed) and start < dated.end
    return overlaps and any(_is(dated, first, last) for first, last in spans)


def _is(dated: Dated, first: date, last: date | None) -> bool:
    if last is None:
        return dated.is_since and dated.first == first
    if first == last:
        return dated.day == first
    return dated.first == first and (
        dated.last in (last, last - timedelta(days=1)) or _ends_with(dated, last)
    )


def _ends_with(dated: Dated, last: date) -> bool:
    """Return whether the set ends a range of months or years where its last one begins ("2014 to 2018")."""
    if dated.precision is Precision.YEAR:
        return last == date(dated.last.year, 1, 1)
    back = (dated.last.month - 1) % 3 if dated.precision is Precision.QUARTER else 0
    return dated.precision is not Precision.DAY and last == dated.last.replace(
        day=1, month=dated.last.month - back
    )
