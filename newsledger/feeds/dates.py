"""Publication dates as people and programs write them, read without guessing.

Feed and page libraries read a date without a known zone as UTC. Here such a date has no instant unless
somebody told the zone; its day is still known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from newsledger.feeds.zones import zone_of


@dataclass(frozen=True, slots=True)
class ReadDate:
    """What a written date says.

    Attributes:
        at: the instant with its zone, or None where the date alone does not give one.
        day: the calendar day as written, or None where it is no date.
        precision: ``second``, ``minute``, ``day`` or ``unknown``.
        note: what was odd ("no zone", "zone IST ambiguous"), or "".
    """

    at: datetime | None = None
    day: date | None = None
    precision: str = "unknown"
    note: str = ""


_LONGEST = 120
"""Characters of a date; longer ones are prose, or an attack on the patterns below."""
UNREADABLE = ReadDate(note="unreadable date")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_TIME = (
    r"(?:(?:,|\s|\bat\b|[-–—|]|T)*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|\(?[A-Za-z]{1,5}\)?(?:\s*[+\-]\d{1,2}:?\d{0,2})?|[A-Z][a-z]+/[A-Za-z_/]+"
    r"|[+\-\u2212]\d{1,2}:?(?:\d{2})?)?(?:\s*\([A-Za-z ]+\))?)?"
)
_NUMERIC = r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})"
_WEEK = r"(?P<year>\d{4})-?W(?P<week>\d{2})-?(?P<day>[1-7])"
_ORDINAL = r"(?P<year>\d{4})-(?P<ordinal>\d{3})"
_COMPACT = r"(?P<year>(?:19|20)\d{2})(?P<number>\d{2})(?P<day>\d{2})"
_COMPACT_TIME = r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<zone>Z|[+\-]\d{2}:?\d{2})?)?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        _NUMERIC + _TIME,
        _WEEK + _TIME,
        _ORDINAL + _TIME,
        _COMPACT + _COMPACT_TIME,
        _WEEKDAY + _DAY + r"(?:\s+of)?[\s\-.]*" + _MONTH + r"[\s\-.,]*(?P<year>\d{4}|\d{2})" + _TIME,
        _WEEKDAY + _MONTH + r"\s*" + _DAY + r",?\s+(?P<year>\d{4})" + _TIME,
        r"(?P<year>\d{4})/(?P<number>\d{1,2})/(?P<day>\d{1,2})" + _TIME,
        _WEEKDAY
        + _MONTH
        + r"\s+(?P<day>\d{1,2})\s+(?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
        + r"\s*(?P<zone>[A-Z]{2,5})?\s+(?P<year>\d{4})",
    )
)
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?$")
FULL_DATE = re.compile(
    rf"(?:{_WEEKDAY}{_DAY}[\s\-.]+{_MONTH}[\s\-.,]+(?P<year>(?:19|20)\d{{2}}))"
    + rf"|(?:{_WEEKDAY}{_MONTH}\s*{_DAY},?\s+(?P<year>(?:19|20)\d{{2}}))".replace("(?P<", "(?P<b_")
    + r"|(?:(?:19|20)\d{2}-\d{2}-\d{2})",
    re.IGNORECASE,
)
"""A day with month and year, somewhere in a line."""


def read_date(raw: str, home: ZoneInfo | None = None) -> ReadDate:
    """Return what a written date says.

    Understood are ISO 8601, RFC 822 and its many variants, "October 6, 2025 10:30 a.m. ET", the date of
    Unix programs and Unix seconds. Purely numeric dates in another order than year, month, day are
    ambiguous and not read.

    Args:
        raw: the date as written.
        home: the zone of whoever wrote it; used where the date names none, and to choose between the
            meanings of an ambiguous zone name.
    """
    text = " ".join(raw.split()) if len(raw) <= _LONGEST else ""
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return ReadDate(datetime.fromtimestamp(int(epoch[1]), UTC), None, "second")
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match:
            return _from_match(match.groupdict(), home)
    return UNREADABLE


def _from_match(part: dict[str, str | None], home: ZoneInfo | None) -> ReadDate:
    try:
        day = _calendar_day(part)
        if part.get("hour") is None:
            return ReadDate(None, day, "day")
        wall = datetime(day.year, day.month, day.day, *_clock(part))  # noqa: DTZ001 - zone follows
    except ValueError:
        return UNREADABLE
    precision = "second" if part.get("second") else "minute"
    return _zoned(wall, part.get("zone"), home, precision)


def _calendar_day(part: dict[str, str | None]) -> date:
    """Return the day of a calendar, week or ordinal date (ISO 8601).

    Raises:
        ValueError: there is no such day.
    """
    year = _year(part["year"] or "")
    if part.get("week"):
        return date.fromisocalendar(year, int(part["week"] or 0), int(part["day"] or 0))
    if part.get("ordinal"):
        day = date(year, 1, 1) + timedelta(days=int(part["ordinal"] or 0) - 1)
        if day.year != year:
            raise ValueError("no such day of the year")
        return day
    return date(year, _month(part), int(part["day"] or 0))


def _zoned(wall: datetime, written: str | None, home: ZoneInfo | None, precision: str) -> ReadDate:
    zone: tzinfo | None = home if not written else zone_of(written, wall, home)
    if zone is not None:
        return ReadDate(wall.replace(tzinfo=zone), wall.date(), precision)
    note = f"zone {written} ambiguous or unknown" if written else "date without zone"
    return ReadDate(None, wall.date(), "day", note)


def _year(written: str) -> int:
    """Return the year; two digits are read as RFC 2822 section 4.3 asks."""
    value = int(written)
    if len(written) > 2:
        return value
    return value + (2000 if value < 50 else 1900)


def _month(part: dict[str, str | None]) -> int:
    if part.get("number"):
        return int(part["number"] or 0)
    return _MONTHS.index((part["month"] or "")[:3].lower()) + 1


def _clock(part: dict[str, str | None]) -> tuple[int, int, int, int]:
    """Return hour, minute, second and microsecond."""
    hour, half = int(part["hour"] or 0), (part.get("half") or "").lower()
    if half and not 1 <= hour <= 12:
        raise ValueError("no hour of a twelve-hour clock")
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    micro = int(((part.get("fraction") or "") + "000000")[:6])
    return hour, int(part["minute"] or 0), min(int(part.get("second") or 0), 59), micro


def noon(day: date) -> datetime:
    """Return the instant that stands for a bare day: its noon in UTC.

    It falls on that day from 12 hours west to 11 hours east, so a reader of the data and the edition of a
    story in nearly any zone find the day that was written; a midnight would move it by one.
    """
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
