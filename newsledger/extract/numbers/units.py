"""Units written as signs or measure words beside a number: currencies, shares, time, SI and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsledger.extract.language.people import PERSON_NOUNS, base_forms
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.currencies import currency_after, currency_before, singular, unit_named

__all__ = ["TIME_UNITS", "Unit", "unit_after", "unit_before", "unit_named"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found beside a number.

    Attributes:
        name: the unit's name, "" for none.
        factor: what the number is multiplied with (0.01 for percent and cents).
        end: offset after the unit.
        start: offset of a unit before the number.
    """

    name: str
    factor: float
    end: int
    start: int = -1


TIME_UNITS = words("second minute hour day week month year decade century age")
"""Units that make a number a duration or an age."""

_MEASURES = {
    "km": "kilometre", "kms": "kilometre", "kilometre": "kilometre", "kilometer": "kilometre",
    "mile": "mile", "mi": "mile", "metre": "metre", "meter": "metre", "cm": "centimetre",
    "centimetre": "centimetre", "centimeter": "centimetre", "mm": "millimetre", "millimetre": "millimetre",
    "millimeter": "millimetre", "foot": "foot", "feet": "foot", "ft": "foot", "inch": "inch",
    "inches": "inch", "yard": "yard", "kg": "kilogram", "kgs": "kilogram", "kilogram": "kilogram",
    "kilo": "kilogram", "gram": "gram", "tonne": "tonne", "ton": "ton", "lb": "pound mass",
    "lbs": "pound mass", "ounce": "ounce", "oz": "ounce", "litre": "litre", "liter": "litre",
    "gallon": "gallon", "barrel": "barrel", "acre": "acre", "hectare": "hectare", "ha": "hectare",
    "mph": "mile per hour", "km/h": "kilometre per hour", "kmh": "kilometre per hour",
    "kph": "kilometre per hour", "knot": "knot", "degree": "degree", "°": "degree", "°c": "degree",
    "°f": "degree", "watt": "watt", "kw": "kilowatt", "kilowatt": "kilowatt", "mw": "megawatt",
    "megawatt": "megawatt", "gw": "gigawatt", "gigawatt": "gigawatt", "mwh": "megawatt hour",
    "gwh": "gigawatt hour", "kwh": "kilowatt hour", "twh": "terawatt hour", "gigabyte": "gigabyte",
    "gb": "gigabyte", "megabyte": "megabyte", "mb": "megabyte", "tb": "terabyte", "terabyte": "terabyte",
    "horsepower": "horsepower", "bhp": "horsepower", "khz": "kilohertz", "mhz": "megahertz",
    "ghz": "gigahertz", "mbps": "megabit per second", "gbps": "gigabit per second", "wh": "watt hour",
    "mah": "milliampere hour", "ppm": "part per million", "ml": "millilitre", "mg": "milligram",
    "hp": "horsepower", "m": "metre", "rpm": "revolution per minute", "calorie": "calorie",
    "magnitude": "magnitude",
}  # fmt: skip
_TIME = {
    "second": "second", "sec": "second", "secs": "second", "minute": "minute", "min": "minute",
    "mins": "minute", "hour": "hour", "hr": "hour", "hrs": "hour", "day": "day", "week": "week",
    "month": "month", "year": "year", "yr": "year", "yrs": "year", "decade": "decade", "century": "century",
    "centuries": "century", "weekend": "week", "fortnight": "week", "night": "day",
}  # fmt: skip

_WORDS_AFTER = re.compile(
    r"(?P<gap>[ \u00a0\u202f]?|-)(?P<word>[^\W\d_]+(?:/[a-z])?|[%‰°€£]\s?[CF]?\b|[%‰°€£])"
)
_PERCENT = re.compile(
    r"[\s-]*(?:(?P<points>(?:percentage|per\s?cent(?:age)?|%)[-\s]points?|pps?\b|ppts?\b)|"
    r"(?P<basis>basis[-\s]points?|bps\b)|"
    r"(?P<share>%|per\s?cents?\b|percents?\b|percentages?\b|pct\b\.?|pc\b|p\.c\.))",
    re.IGNORECASE,
)
_SQUARE = re.compile(
    (
        r"[ -]?(?:(?P<kind>square|sq\.?|cubic|cu\.?)[ -]*)(?P<unit>kilomet(?:re|er)s?|km|met(?:re|er)s?|"
        r"m|miles?|feet|foot|ft|yards?|inch(?:es)?)\b"
    ),
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?:(?P<degree>(?:\s?[°º]\s?)?[CF])|p)(?![\w-])")
"""What is glued to a small number: degrees ("40C"), pence ("50p")."""
MAGNITUDE = re.compile(r"(?i)\bmagnitude(?:\s+of\s+|[\s-])(?:about\s+|around\s+|an?\s+estimated\s+)?\Z")
_TIME_AFTER = re.compile(
    r"(?:[\s-]+(?:(?:more|full|consecutive|straight|long|whole|further|additional|other|business|"
    r"working|calendar|"
    r"light|fiscal|school|of)\s+)?|(?<=\d))(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|"
    r"nights?|weeks?|weekends?|fortnights?|"
    r"months?|years?|yrs?|decades?|centur(?:y|ies))\b(?P<old>[\s-]+olds?\b|[\s-]+of[\s-]+age\b)?",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(r"\b(?:aged?|ages)(?:\s+(?:of|between|under|over|about|around))?\s*$", re.IGNORECASE)
_PERSON_OF = re.compile(
    r"(?i)\b(?:man|woman|boy|girl|child|teenager|teen|toddler|youth|baby|infant|pensioner|widow|widower|"
    r"grandmother|grandfather|youngster)\s+of\s+(?:about\s+|around\s+|only\s+|just\s+)?$"
)
"""One person and "of": what follows is an age ("a woman of 70"), unless it counts something."""
_COUNTED_BEHIND = re.compile(
    r"(?i)\s+(?!years?\b)(?:[a-z]+s|children|people|kilos?|stone)\b(?<!\bwas)(?<!\bhas)(?<!\bis)"
)
_WHO_COMMA = re.compile(r"\b([a-z]+),\s*$")
_AGE_COMMA = re.compile(r"[A-Z][\w.'’-]+(?:\s+\([^)]{1,30}\))?,\s*$")


def unit_before(text: str, at: int) -> Unit | None:
    """Return the currency sign or code written before a number, or None."""
    found = currency_before(text, at)
    return Unit(found.code, 1.0, at, found.start) if found else None


def unit_after(text: str, at: int, *, is_money: bool, value: float) -> Unit | None:
    """Return the unit written after a number, or None; an age is also known by what is before it."""
    percent = _PERCENT.match(text, at)
    if percent:
        name = "share" if percent["share"] else "percentage point"
        return Unit(name, 1.0 if percent["points"] else 0.01, percent.end())
    if is_money:
        return None
    time = _TIME_AFTER.match(text, at)
    if time:
        return Unit(_time_name(time), 1.0, time.end())
    if _is_age(text, at, value):
        return Unit("age", 1.0, at)
    short = _SHORT.match(text, at)
    if short and value < 100:
        return Unit("degree", 1.0, short.end()) if short["degree"] else Unit("GBP", 0.01, short.end())
    return _square_after(text, at) or _money_after(text, at) or _measure_after(text, at)


def _square_after(text: str, at: int) -> Unit | None:
    square = _SQUARE.match(text, at)
    if square is None:
        return None
    base = singular(square["unit"].lower())
    kind = "cubic" if square["kind"].lower().startswith("cu") else "square"
    return Unit(f"{kind} {'metre' if base == 'm' else _MEASURES.get(base, base)}", 1.0, square.end())


def _time_name(match: re.Match[str]) -> str:
    word = match["unit"].lower()
    if match["old"] and word.startswith(("year", "month", "week", "day", "yr")):
        return "age"
    return _TIME.get(word) or _TIME[singular(word)]


def _is_age(text: str, at: int, value: float) -> bool:
    """Return whether a number is an age: "aged 34", or a name, comma, number, comma."""
    if not 0 < value < 121 or value != int(value):
        return False
    digits = re.search(r"\d+$", text[max(0, at - 3) : at])
    if digits is None:
        lead = text[max(0, at - 40) : at].rpartition(" ")[0] + " "
        is_person = _PERSON_OF.search(lead) is not None and not _COUNTED_BEHIND.match(text, at)
        return is_person or _AGE_BEFORE.search(lead) is not None
    before = text[max(0, at - 50) : at - len(digits.group())]
    if _AGE_BEFORE.search(before):
        return True
    if _PERSON_OF.search(before) and not _COUNTED_BEHIND.match(text, at):
        return True
    who = _WHO_COMMA.search(before)
    is_person = who is not None and not PERSON_NOUNS.isdisjoint(base_forms(who.group(1)))
    return (is_person or bool(_AGE_COMMA.search(before))) and bool(
        re.match(r",|\.?$|\.\s|\)", text[at : at + 2])
    )


def _money_after(text: str, at: int) -> Unit | None:
    found = currency_after(text, at)
    return Unit(found.code, found.factor, found.end) if found else None


def _measure_after(text: str, at: int) -> Unit | None:
    match = _WORDS_AFTER.match(text, at)
    if match is None:
        return None
    word = match["word"].strip()
    low = word.lower()
    name = _MEASURES.get(low) or _MEASURES.get(singular(low))
    if name is None or (word in ("mi", "ha", "lb") and match["gap"] == "") or (low == "m" and match["gap"]):
        return None
    return Unit(name, 1.0, match.end())
