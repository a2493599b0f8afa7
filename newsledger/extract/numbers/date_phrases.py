"""The readers of date phrases: what the groups of each pattern of :mod:`.date_patterns` mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from newsledger.extract.numbers.holidays import holiday
from newsledger.extract.numbers.lexicon import ONES, TENS
from newsledger.extract.numbers.stretches import (
    SEASONS,
    Precision,
    Stretch,
    half,
    later,
    month,
    months,
    one_day,
    part,
    quarter,
    season,
    week,
    week_of,
    weekday_of,
    weekend,
    years,
)

_THIRDS = {"beginning": 1, "start": 1, "middle": 5, "end": 9}
"""The first month of the thirds of a year ("the end of 2000"), as the Recognizers-Text has it."""
SLACK = timedelta(days=60)
"""How far ahead a day without a year may lie before it is taken for last year's."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RANKS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
_PARTS = {"beginning": "early", "start": "early", "end": "late", "middle": "mid", "remainder": "rest"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase hangs on: the document's day, the last day named before it, whether it lies ahead."""

    anchor: date | None
    named: date | None
    is_ahead: bool


Reader = Callable[[dict[str, str], Setting], Stretch | None]
"""Returns what the groups of a match mean, None where it cannot be placed; ValueError for no such day."""


def _nearest(make: Callable[[int], Stretch], setting: Setting) -> Stretch | None:
    """Return the stretch of the year that fits a phrase without one: the latest not far ahead."""
    if setting.anchor is None:
        return None
    found = make(setting.anchor.year)
    if setting.is_ahead:
        return found if found.last >= setting.anchor else make(setting.anchor.year + 1)
    return make(setting.anchor.year - 1) if found.first > setting.anchor + SLACK else found


def _in_year(groups: dict[str, str], setting: Setting, make: Callable[[int], Stretch]) -> Stretch | None:
    """Return a stretch of the year that a phrase names, else of the year that fits."""
    if groups.get("y"):
        return make(_year(groups["y"]))
    if not groups.get("which"):
        return _nearest(make, setting)
    if setting.anchor is None:
        return None
    return make(setting.anchor.year + {"last": -1, "next": 1}.get(groups["which"].lower(), 0))


def read_iso(groups: dict[str, str], _: Setting) -> Stretch:
    """Return a day written as year, month and day."""
    return one_day(date(int(groups["y"]), int(groups["m"]), int(groups["d"])))


def read_numeric(groups: dict[str, str], _: Setting) -> Stretch | None:
    """Return a day written in figures where only one order of day and month is possible, or dots say it."""
    first, second, year = int(groups["a"]), int(groups["b"]), int(groups["y"])
    if first > 12 or groups["sign"] == "." or first == second:
        return one_day(date(year, second, first))
    return one_day(date(year, first, second)) if second > 12 else None


def read_day_of_month(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "3 May", "May 3rd, 2024"; the 29th of February without a year is the last one."""
    number, day = _month(groups["month"]), rank(groups["d"])
    if number == 2 and day == 29 and not groups.get("y") and setting.anchor:
        leap = next(
            y for y in range(setting.anchor.year, setting.anchor.year - 9, -1) if month(y, 2).last.day == 29
        )
        return one_day(date(leap, 2, 29))
    return _in_year(groups, setting, lambda year: one_day(date(year, number, day)))


def read_month_phrase(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return a month, or its early or late part ("in late March", "last October", "June next year")."""
    number, anchor = _month(groups["month"]), setting.anchor
    which = (groups.get("rel") or "").lower()
    if which and anchor:
        year = anchor.year
        if which in ("last", "past", "this past") and number >= anchor.month:
            year -= 1
        if which in ("next", "coming", "this coming") and number <= anchor.month:
            year += 1
        found: Stretch | None = month(year, number)
    else:
        found = _in_year(groups, setting, lambda year: month(year, number))
    return _parted(found, groups, setting)


def _parted(found: Stretch | None, groups: dict[str, str], setting: Setting) -> Stretch | None:
    name = (groups.get("part") or "").lower()
    if found is None or not name:
        return found
    word = re.sub(r"^the\s+|\s+of$", "", name)
    if found.precision is Precision.YEAR and word in _THIRDS and found.first.year == found.last.year:
        return months(month(found.first.year, _THIRDS[word]), 4, Precision.YEAR)
    return part(found, _PARTS.get(word, word), setting.anchor)


def read_weekday(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return the nearest such day up to the anchor; "next", "coming" and a verb that looks ahead turn it."""
    anchor, wanted = setting.anchor, _DAYS.index(groups["day"][:3].lower())
    if anchor is None:
        return None
    of_week = (groups.get("week") or groups.get("after") or "").lower().split(" ")[0]
    if of_week:
        shift = {"last": -1, "next": 1}.get(of_week, 0)
        return one_day(week(anchor, shift).first + timedelta(days=wanted))
    which = " ".join((groups.get("which") or "").lower().split())
    ahead = (wanted - anchor.weekday()) % 7
    if which in ("next", "following", "previous"):
        return one_day(week(anchor, -1 if which == "previous" else 1).first + timedelta(days=wanted))
    if which in ("coming", "upcoming", "this coming", "this upcoming"):
        return one_day(anchor + timedelta(days=ahead or 7))
    if which == "this" or (not which and setting.is_ahead):
        return one_day(anchor + timedelta(days=ahead))
    back = -ahead % 7 or (7 if which in ("last", "past", "this past") else 0)
    return one_day(anchor - timedelta(days=back))


def read_weekday_number(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "Thursday the 21st": the nearest month in which that day is that weekday."""
    if setting.anchor is None:
        return None
    wanted, day = _DAYS.index(groups["day"][:3].lower()), rank(groups["d"])
    for shift in sorted(range(-12, 13), key=abs):
        whole = month(setting.anchor.year, setting.anchor.month, shift)
        if day <= whole.last.day and whole.first.replace(day=day).weekday() == wanted:
            return one_day(whole.first.replace(day=day))
    return None


_NAMED = {"yesterday": -1, "last night": -1, "yesterday evening": -1, "tomorrow": 1,
          "day before yesterday": -2, "day after tomorrow": 2}  # fmt: skip


def read_named(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "today", "yesterday", "last night", "the day after tomorrow"."""
    name = " ".join(groups["name"].lower().removeprefix("the ").split())
    return one_day(setting.anchor + timedelta(days=_NAMED.get(name, 0))) if setting.anchor else None


def read_beside(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return the day before or after the one named last ("the day before", "a day earlier")."""
    base = setting.named or setting.anchor
    is_before = groups["side"].lower() in ("before", "previous")
    return one_day(base + timedelta(days=-1 if is_before else 1)) if base else None


def read_counted(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "two days ago", "three weeks earlier", "in two months", "two weeks from tomorrow"."""
    side = groups["side"].lower()
    is_told = side in ("earlier", "before", "later", "after")
    base = setting.named if is_told and setting.named else setting.anchor
    name = (groups.get("base") or "").lower()
    if base is None:
        return None
    if name:
        base = (setting.anchor or base) + timedelta(days=_NAMED.get(name, 0))
    sign = -1 if side in ("ago", "earlier", "before", "back") else 1
    found = later(base, sign * count_of(groups["count"]), groups["unit"].lower())
    return _and_more(found, groups, sign)


def _and_more(found: Stretch, groups: dict[str, str], sign: int) -> Stretch:
    """Return a stretch moved on by a second count ("one year and two months ago")."""
    if not groups.get("more"):
        return found
    return later(found.at or found.first, sign * count_of(groups["more"]), groups["more_unit"].lower())


def read_ahead(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "in three weeks": a day ahead."""
    if setting.anchor is None or groups["unit"].lower() == "hour":
        return None
    return later(setting.anchor, count_of(groups["count"]), groups["unit"].lower())


def read_span(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return the stretch up to the anchor or after it ("the past two weeks", "within three months")."""
    anchor, which = setting.anchor, (groups.get("which") or "next").lower()
    if anchor is None:
        return None
    unit, count = groups["unit"].lower(), count_of(groups.get("count") or "1")
    precision = Precision(unit) if unit in ("day", "week", "month", "year", "quarter") else Precision.DAY
    sign = 1 if which in ("next", "coming", "upcoming", "following") else -1
    if unit == "quarter":
        return _quarters(anchor, sign * count)
    moved = _and_more(later(anchor, sign * count, unit), groups, sign)
    other = moved.at or moved.first
    if sign > 0:
        first = anchor if groups.get("within") else anchor + timedelta(days=1)
        return Stretch(first, max(first, other), precision)
    return Stretch(other, anchor, precision)


def _quarters(anchor: date, count: int) -> Stretch:
    """Return so many whole quarters after the anchor's, or before it where negative."""
    own = quarter(anchor.year, (anchor.month + 2) // 3)
    first = quarter(own.first.year, (own.first.month + 2) // 3, min(count, 0) or 1)
    return months(first, 3 * abs(count), Precision.QUARTER)


def read_so_far(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "so far this year", "year to date": up to the anchor."""
    anchor, unit = setting.anchor, groups["unit"].lower()
    if anchor is None:
        return None
    whole = _shifted(anchor, unit, 0)
    return Stretch(whole.first, anchor, whole.precision)


def read_period(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "last week", "this month", "early next year", "the previous quarter", "last summer"."""
    anchor, unit = setting.anchor, groups["unit"].lower()
    if anchor is None:
        return None
    which = " ".join((groups.get("which") or "this").lower().split())
    back = ("last", "previous", "past", "this past")
    shift = -1 if which in back else 1 if which in ("next", "coming", "following", "upcoming") else 0
    return _parted(_shifted(anchor, unit, shift), groups, setting)


def _shifted(anchor: date, unit: str, shift: int) -> Stretch:
    number = (anchor.month + 2) // 3
    if unit == "week":
        return week(anchor, shift)
    if unit == "weekend":
        return weekend(anchor, shift)
    if unit == "fortnight":
        other = anchor + timedelta(weeks=2 * shift)
        return Stretch(min(anchor, other), max(anchor, other), Precision.WEEK)
    if unit == "month":
        return month(anchor.year, anchor.month, shift)
    if unit == "quarter":
        return quarter(anchor.year, number, shift)
    if unit == "decade":
        return years(anchor.year // 10 * 10 + 10 * shift, 10)
    if unit in SEASONS:
        return _season(anchor, unit, shift)
    return years(anchor.year + shift)


def _season(anchor: date, unit: str, shift: int) -> Stretch:
    """Return the season that is on or was last ("last"), the one of this year, or the next to begin."""
    found = season(anchor.year, unit)
    if shift < 0:
        return found if found.last < anchor else season(anchor.year - 1, unit)
    return season(anchor.year + 1, unit) if shift > 0 and found.first <= anchor else found


def read_the_weekend(_: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "the weekend" of news: the last one, which on a Saturday or Sunday is the present one."""
    anchor = setting.anchor
    if anchor is None:
        return None
    return weekend(anchor, 0 if anchor.weekday() >= 5 or setting.is_ahead else -1)


def read_quarter(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return a quarter or half of a year ("the third quarter", "Q1 2016", "the first half of 2024")."""
    number = rank(groups["n"]) if groups["n"] != "final" else 4
    if groups.get("half"):
        number = min(number, 2)
        return _in_year(groups, setting, lambda year: half(year, number))
    if not 1 <= number <= 4:
        return None
    return _in_year(groups, setting, lambda year: quarter(year, number))


def read_week_of(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "the first week of October", "last week of 2015", "the second Monday of next month"."""
    whole = _whole(groups, setting)
    if whole is None:
        return None
    number = -1 if groups["n"].lower() in ("last", "final") else rank(groups["n"])
    if groups["what"].lower() == "week":
        return week_of(whole, number)
    day = weekday_of(whole, _DAYS.index(groups["what"][:3].lower()), number)
    return one_day(day) if day else None


def _whole(groups: dict[str, str], setting: Setting) -> Stretch | None:
    if groups.get("month"):
        number = _month(groups["month"])
        return _in_year(groups, setting, lambda year: month(year, number))
    if groups.get("unit"):
        return read_period({"which": groups["rel"], "unit": groups["unit"]}, setting)
    return years(int(groups["y"]))


def read_day_in(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "the 20th of next month" or "on the 18th", which is the last such day."""
    if setting.anchor is None:
        return None
    day = rank(groups["d"])
    shift = {"last": -1, "next": 1}.get((groups.get("rel") or "").lower(), 0)
    whole = month(setting.anchor.year, setting.anchor.month, shift)
    found = whole.first.replace(day=day)
    if not groups.get("rel") and found > setting.anchor and not setting.is_ahead:
        found = month(whole.first.year, whole.first.month, -1).first.replace(day=day)
    return one_day(found)


def read_days_of_month(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "4 to 22 next month"."""
    first, last = read_day_in(groups, setting), read_day_in({**groups, "d": groups["last"]}, setting)
    return (
        Stretch(first.first, last.last, Precision.DAY) if first and last and first.first < last.last else None
    )


def read_week_of_day(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "the week of September 16" or "the week of the 18th"."""
    day = (read_day_of_month if groups.get("month") else read_day_in)(groups, setting)
    return week(day.first) if day else None


def read_week_after_next(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return "the week after next"."""
    return _shifted(setting.anchor, groups["unit"].lower(), 2) if setting.anchor else None


def read_year_phrase(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return a year or a part of it."""
    return _parted(years(_year(groups["y"])), groups, setting)


DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
            "eighties": 80, "noughties": 0, "nineties": 90}  # fmt: skip


def read_decade(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return a decade; one without its century is of the 20th from the thirties on, else of the 21st."""
    if groups.get("full"):
        first = int(groups["full"])
    else:
        number = int(groups["short"]) if groups.get("short") else DECADES[groups["word"].lower().split()[-1]]
        first = (2000 if number < 30 else 1900) + number
    return _parted(years(first, 10), groups, setting)


def read_century(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return a century as it is spoken of: the 21st is 2000 to 2099."""
    return _parted(years(100 * (rank(groups["n"]) - 1), 100), groups, setting)


def read_season_of(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return a season of a named year."""
    name = groups["season"].lower()
    return _parted(_in_year(groups, setting, lambda year: season(year, name)), groups, setting)


def read_feast(groups: dict[str, str], setting: Setting) -> Stretch | None:
    """Return the day of a feast."""
    name = groups["feast"].lower().replace("’", "'")
    rel = (groups.get("rel") or "").lower()
    if rel in ("", "this") or setting.anchor is None:
        return _in_year(groups, setting, lambda year: one_day(holiday(name, year)))
    this = holiday(name, setting.anchor.year)
    if rel in ("last", "past"):
        return one_day(this if this < setting.anchor else holiday(name, setting.anchor.year - 1))
    return one_day(this if this > setting.anchor else holiday(name, setting.anchor.year + 1))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def rank(text: str) -> int:
    """Return the number of "21st", "21", "third" or "twenty-first"."""
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    parts = re.split(r"[\s-]+", text.lower())
    last = ONES.get(parts[-1]) or (30 if parts[-1] == "thirtieth" else RANKS.index(parts[-1]) + 1)
    return (TENS[parts[0]] if len(parts) > 1 else 0) + last


def _year(text: str) -> int:
    """Return a year in figures or as it is spoken ("nineteen seventy-eight", "two thousand and twenty")."""
    if text.isdigit():
        return int(text)
    parts = [p for p in re.split(r"[\s-]+", text.lower()) if p != "and"]
    rest = sum(TENS.get(word, ONES.get(word, 0)) for word in parts[2 if parts[1] == "thousand" else 1 :])
    return {"two": 2000, "nineteen": 1900, "twenty": 2000}[parts[0]] + rest


def count_of(word: str) -> int:
    """Return the number of "two", "a couple of", "several" (three)."""
    low = " ".join(word.lower().split())
    if low.isdigit():
        return int(low)
    if "few" in low or low == "several":
        return 3
    if "couple" in low:
        return 2
    return sum(TENS.get(w, ONES.get(w, 0)) for w in re.split(r"[\s-]", low)) or 1
