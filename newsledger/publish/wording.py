"""The words for values, stances, changes and days: one place, so that page, Markdown and terminal agree.

Every function is pure and returns plain text without markup; what comes from outside (labels, quotes)
is left as it is, see :mod:`newsledger.publish.display` for making that harmless.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from schemas.edition import FigureChange, PositionChange, Side, StanceSide
from schemas.figure import Qualifier
from schemas.reading import FigureChangeKind, PositionChangeKind

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_BREAK = "\u00a0"
MINUS = "\u2212"

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
"""Currencies whose sign English readers know; every other keeps its ISO 4217 code."""

_SCALES = (
    (Decimal(10) ** 12, "trillion"),
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)
_DURATIONS = {
    unit: f"{unit}s" for unit in ("second", "minute", "hour", "day", "week", "month", "year", "decade")
} | {"century": "centuries"}

_QUALIFIED = {
    Qualifier.ABOUT: "about",
    Qualifier.AT_LEAST: "at least",
    Qualifier.MORE_THAN: "more than",
    Qualifier.NEARLY: "nearly",
    Qualifier.LESS_THAN: "less than",
    Qualifier.UP_TO: "up to",
}

_MAGNITUDES = {
    10: "tens",
    24: "dozens",
    40: "scores",
    100: "hundreds",
    200: "several hundred",
    1_000: "thousands",
    2_000: "several thousand",
    10_000: "tens of thousands",
    24_000: "dozens of thousands",
    100_000: "hundreds of thousands",
    200_000: "several hundred thousand",
    1_000_000: "millions",
    2_000_000: "several million",
    10_000_000: "tens of millions",
    24_000_000: "dozens of millions",
    100_000_000: "hundreds of millions",
    1_000_000_000: "billions",
    2_000_000_000: "several billion",
    10_000_000_000: "tens of billions",
    100_000_000_000: "hundreds of billions",
    1_000_000_000_000: "trillions",
}
"""A plural of magnitude by the lower end of what it asserts ("tens of thousands" is [10000, 99999],
"dozens" from 24, "several hundred" from 200), as the number grammar of the extract room reads them."""

_KIND_MEANINGS = {
    FigureChangeKind.NEW: "read for the first time",
    FigureChangeKind.RISE: "the number went up",
    FigureChangeKind.FALL: "the number went down",
    FigureChangeKind.REFINED: "the same fact, said more precisely",
    FigureChangeKind.CORRECTED: "an outlet withdrew its own number",
    FigureChangeKind.DISPUTED: "outlets of the same day contradict each other",
    FigureChangeKind.SETTLED: "a dispute ended, outlets agree again",
    FigureChangeKind.DROPPED: "nobody has reported it for the time the codebook allows",
    PositionChangeKind.SHIFTED: "the stance is another one",
    PositionChangeKind.CONDITIONED: "a condition appeared",
    PositionChangeKind.UNCONDITIONED: "the condition fell away",
}

FIRST_DAY = "This is the first day of the ledger, so everything it read is new."
"""Said where there is no day before: otherwise a reader would take twenty "new" for twenty events."""


def number_words(value: float, unit: str = "count") -> str:
    """Return a number as an English newspaper prints it.

    Args:
        value: the number, in ``unit``.
        unit: as in :class:`schemas.figure.Figure`: ``person``, ``count``, ``share`` (0 to 1 becomes
            per cent), an ISO 4217 code, an SI name or a duration word.
    """
    exact = Decimal(repr(value))
    if unit == "share":
        return f"{_digits(exact * 100)}%"
    text = _scaled(exact)
    if unit in ("person", "count", ""):
        return text
    if unit == "age":
        return f"{text} {'year' if exact == 1 else 'years'} old"
    if unit in _SYMBOLS:
        return f"{MINUS if exact < 0 else ''}{_SYMBOLS[unit]}{text.lstrip(MINUS)}"
    if len(unit) == 3 and unit.isupper():
        return f"{unit}{NO_BREAK}{text}"
    return f"{text}{NO_BREAK}{unit if exact == 1 else _DURATIONS.get(unit, unit)}"


def _scaled(value: Decimal) -> str:
    """Return millions and above in words when two decimals say them without loss."""
    for size, name in _SCALES:
        if abs(value) >= size and value * 100 % size == 0:
            return f"{_digits(value / size)}{NO_BREAK}{name}"
    return _digits(value)


def _digits(value: Decimal) -> str:
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def value_words(
    value: float | None,
    low: float | None,
    high: float | None,
    qualifier: str | None,
    unit: str = "count",
) -> str:
    """Return what a statement says of its number: "48", "more than 67,000", "10 to 15".

    Args:
        value: the number as stated, or None where there is none.
        low: lower end of the asserted interval; None is open.
        high: its upper end; None is open.
        qualifier: a :class:`schemas.figure.Qualifier` value; None is read as exact.
        unit: the unit, see :func:`number_words`.
    """
    if value is None:
        return "no number"
    if qualifier == Qualifier.VAGUE:
        return _vague_words(value, low, high, unit)
    if qualifier == Qualifier.RANGE and low is not None and high is not None:
        return f"{number_words(low, unit)} to {number_words(high, unit)}"
    number = number_words(value, unit)
    return f"{_QUALIFIED[Qualifier(qualifier)]} {number}" if qualifier in _QUALIFIED else number


def _vague_words(value: float, low: float | None, high: float | None, unit: str) -> str:
    name = _MAGNITUDES.get(int(low)) if low is not None and float(low).is_integer() else None
    if name is not None and unit != "share":
        return f"{_magnitude(name, unit)}{' or more' if high is None else ''}"
    if low is not None and high is not None:
        return f"between {number_words(low, unit)} and {number_words(high, unit)}"
    return f"roughly {number_words(value, unit)}"


def _magnitude(name: str, unit: str) -> str:
    if unit in ("person", "count", ""):
        return name
    if len(unit) == 3 and unit.isupper():
        return f"{name} ({unit})"
    of = "" if name.startswith("several") else " of"
    return f"{name}{of} {_DURATIONS.get(unit, unit)}"


def side_words(side: Side | None, unit: str) -> str:
    """Return the value of one side of a change in words, or "not reported" for no side."""
    if side is None:
        return "not reported"
    return value_words(side.value, side.value_low, side.value_high, side.qualifier, unit)


def stance_words(side: StanceSide | None) -> str:
    """Return a stance in words, its condition with it: "conditional (“if the siege ends”)"."""
    if side is None:
        return "not known"
    return f"{side.stance} (“{side.condition}”)" if side.condition else side.stance


def figure_change_words(change: FigureChange) -> str:
    """Return what happened to an indicator: "refined: “more than 67,000” is now “at least 67,183”"."""
    before, after = side_words(change.before, change.unit), side_words(change.after, change.unit)
    values = [after, *(side_words(side, change.unit) for side in change.against)]
    texts = {
        FigureChangeKind.NEW: f"new: {after}",
        FigureChangeKind.RISE: f"rise: from {before} to {after}",
        FigureChangeKind.FALL: f"fall: from {before} to {after}",
        FigureChangeKind.REFINED: f"refined: “{before}” is now “{after}”",
        FigureChangeKind.CORRECTED: f"corrected: {before} is withdrawn, now {after}",
        FigureChangeKind.DISPUTED: f"disputed: {alternatives(values)}",
        FigureChangeKind.SETTLED: f"settled: {after}",
        FigureChangeKind.DROPPED: f"dropped: {before} is no longer reported",
    }
    return texts[FigureChangeKind(change.kind)]


def position_change_words(change: PositionChange) -> str:
    """Return what happened to a stance: "shifted from conditional to opposes"."""
    before = change.before.stance if change.before else "not known"
    after = change.after.stance
    values = [after, *(side.stance for side in change.against)]
    condition = f": “{change.after.condition}”" if change.after.condition else ""
    texts = {
        PositionChangeKind.NEW: f"new: {stance_words(change.after)}",
        PositionChangeKind.SHIFTED: f"shifted from {before} to {after}{condition}",
        PositionChangeKind.CONDITIONED: f"a condition appeared, from {before} to {after}{condition}",
        PositionChangeKind.UNCONDITIONED: f"the condition fell away, from {before} to {after}",
        PositionChangeKind.DISPUTED: f"disputed: {alternatives(values)}",
        PositionChangeKind.SETTLED: f"settled: {stance_words(change.after)}",
    }
    return texts[PositionChangeKind(change.kind)]


def position_subject(change: PositionChange) -> str:
    """Return whose stance on what changed: "Dockers’ union on “The port works night shifts”"."""
    return f"{change.actor_name} on “{change.proposition}”"


def kind_meanings() -> dict[str, str]:
    """Return every kind of change with its meaning, for the legend of the page."""
    return {str(kind): meaning for kind, meaning in _KIND_MEANINGS.items()}


def alternatives(values: Sequence[str]) -> str:
    """Return values that exclude each other, each once: "48 or 47", "48, 47 or 46"."""
    return _joined(list(dict.fromkeys(values)), "or")


def listing(values: Sequence[str], limit: int = 6) -> str:
    """Return names as running text, cut after ``limit``: "A, B and 4 more"."""
    if len(values) > limit:
        return f"{', '.join(values[:limit])} and {len(values) - limit} more"
    return _joined(list(values), "and")


def _joined(values: list[str], word: str) -> str:
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} {word} {values[-1]}"


def delta_words(change: FigureChange) -> str:
    """Return by how much a number rose or fell ("down 1 (2.1%)"), or "" where that means nothing.

    Only a rise, a fall and a correction have a distance; where a side is no plain number the
    distance is "about". A share differs by points, so that no percentage of a percentage appears.
    """
    before, after = change.before, change.after
    if change.kind not in ("rise", "fall", "corrected") or before is None or after is None:
        return ""
    if before.value is None or after.value is None or before.value == after.value:
        return ""
    distance = Decimal(repr(after.value)) - Decimal(repr(before.value))
    direction = "up" if distance > 0 else "down"
    exact = {before.qualifier or "exact", after.qualifier or "exact"} == {"exact"}
    about = "" if exact else "about "
    if change.unit == "share":
        return f"{direction} {about}{_digits(abs(distance) * 100)} points"
    percent = _percent(distance, Decimal(repr(before.value)))
    return f"{direction} {about}{number_words(float(abs(distance)), change.unit)}{percent}"


def _percent(distance: Decimal, base: Decimal) -> str:
    if base <= 0:
        return ""
    share = abs(distance) / base * 100
    return f" ({_digits(share.quantize(Decimal('0.1') if share < 10 else Decimal(1)))}%)"


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return a count with its noun: "1 change", "2 changes"."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def support_words(side: Side | StanceSide) -> str:
    """Return how many independent texts and outlets stand behind a side."""
    texts, outlets = counted(side.texts, "independent text"), counted(len(side.outlets), "outlet")
    return f"{texts}, {outlets}" if side.outlets else texts


def also_words(side: Side | StanceSide) -> str:
    """Return which outlets beyond the first quoted one report a side, or "" where none does."""
    first = side.quotes[0].outlet if side.quotes else None
    others = [outlet for outlet in side.outlets if outlet != first]
    return listing(others) if others else ""


def day_words(day: date, *, weekday: bool = True) -> str:
    """Return a day as "Wednesday 8 October 2025"."""
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def instant_words(iso: str, timezone: str, precision: str = "minute", year: int | None = None) -> str:
    """Return an instant in a zone, "8 October 2025, 14:05", or the day alone where no more is known.

    A bare day is that day in every zone: it is stored as its noon in UTC (:class:`schemas.document.Draft`).

    Args:
        iso: the instant in ISO 8601; one without an offset is read as UTC, one without a time is a day.
        timezone: the IANA name of the story's zone.
        precision: ``second``, ``minute`` or ``day``, as the document has it.
        year: the year the reader knows to be in, which is left out.
    """
    is_day = is_bare_day(iso, precision)
    local = local_instant(iso, "UTC" if is_day else timezone)
    day = day_words(local.date(), weekday=False).removesuffix(f" {year}")
    return day if is_day else f"{day}, {local:%H:%M}"


def is_bare_day(iso: str, precision: str) -> bool:
    """Return whether only the day of an instant is known."""
    return precision == "day" or "T" not in iso


def local_instant(iso: str, timezone: str) -> datetime:
    """Return an ISO 8601 instant as a datetime in a zone."""
    instant = datetime.fromisoformat(iso)
    zone = ZoneInfo(timezone)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo("UTC"))
    return instant.astimezone(zone)


def size_words(size: int) -> str:
    """Return a file's size as "812 B", "12 kB" or "1.4 MB" (powers of 1000)."""
    if size < 1000:
        return f"{size}{NO_BREAK}B"
    if size < 1_000_000:
        return f"{size / 1000:.0f}{NO_BREAK}kB"
    return f"{size / 1_000_000:.1f}{NO_BREAK}MB"
