"""The number cases of Microsoft's Recognizers-Text (English), every second one, read by the grammar.

A case is right when the numbers read are exactly the expected ones, in order. The rules by which a case
is no case of news, or asks for what the grammar does otherwise on purpose, are in ``_RULES``. In the set's
terms:

- a percentage is in points, cents and pence are whole, and a unit beside a number is not looked at;
- of a sum of money only the sums count, not other numbers of its sentence nor a currency without a number;
- a dollar, franc or pound whose country is not told may be any;
- ends of a range are compared without whether they belong to it ("more than 5" and "5 or more").
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from newsledger.extract.numbers.grammar import Number, find_numbers
from newsledger.extract.numbers.ordinals import find_ordinals
from newsledger.extract.numbers.qualifiers import qualify
from tests.eval.quantity_sets import Case, is_close, load

FILES = {
    "Number": "Number-English-NumberModel",
    "Percent": "Number-English-PercentModel",
    "Ordinal": "Number-English-OrdinalModel",
    "Currency": "NumberWithUnit-English-CurrencyModel",
    "NumberRange": "Number-English-NumberRangeModel",
}
_RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "Number": (
        (r"\^|\de\+", "powers and the notation of science"),
        (r"(?i)\bover (?:\d|three|twenty|one hundred)", "arithmetic: over is a qualifier in news"),
        (r"(?i)\d(?:ml|km)\b", "a unit glued to its number hides it there, and is read here"),
        (
            (
                r"(?i)(?:thousand trillionths|(?:hundred|thousand|thirty|thirty-two|twenty|one) (?:hundred "
                r")?fifths?|"
                r"twenty-firsts?|-four hundredths)\b"
            ),
            (
                "fractions whose parts or whole take several words (three twenty-firsts, one hundred "
                "thirty fifths)"
            ),
        ),
        (r"\+1-222", "parts of a telephone number"),
        (r"(?i)isn't a number|^10G$", "a bare 1m or 10G: a million in news, no number there"),
        (r"(?i)version two", "a number inside a name"),
    ),
    "Percent": ((r"the % of", "a percent sign without a number"),),
    "Ordinal": (
        (
            r"(?i)\b(?:last|next|previous|current|penultimate|antepenultimate)\b",
            "relative places (last, next, previous), which are no numbers",
        ),
    ),
    "Currency": (
        (r"(?i)\bc \$", "tokenised text: the sign's parts stand apart (c $)"),
        (r"(?i)\b(?:kuai|satoshis?|sen)\b", "coins that news does not count with"),
    ),
    "NumberRange": (
        (r"(?i)[xy][<>]|=>|find sales greater", "formulas and queries"),
        (r"(?i)equals to|equaling to|equal to 5000 or less than", "equality, which is no range here"),
        (r"(?i)more than 2 in 5", "a share, which the set leaves to another parser"),
    ),
}


def number_cases(shared: Path, name: str) -> list[Case]:
    """Return the cases of one of ``FILES``."""
    return [_case(name, entry) for entry in load(shared, f"recognizers/{FILES[name]}.json")]


def left_out(name: str, entry: dict[str, Any]) -> str:
    """Return the rule by which a case does not count, "" for one that does."""
    return next((why for pattern, why in _RULES[name] if re.search(pattern, entry["Input"])), "")


def _case(name: str, entry: dict[str, Any]) -> Case:
    expected = list(_EXPECTED[name](entry["Results"]))
    read = list(_READ[name](entry["Input"]))
    is_right = all(
        e is not None and r is not None and _agree(e, r)
        for e, r in zip_longest(expected, read, fillvalue=None)
    )
    return Case(entry["Input"], expected, read, is_right, left_out(name, entry))


def _agree(expected: Any, read: Any) -> bool:
    if isinstance(expected, tuple):
        return all(_agree(e, r) for e, r in zip(expected, read, strict=True))
    if isinstance(expected, float) and isinstance(read, float):
        return is_close(expected, read)
    return bool(expected == read) or expected == "any"


def _plain(results: list[dict[str, Any]]) -> Iterator[float]:
    for result in results:
        value = result["Resolution"]["value"].removesuffix("%")
        yield math.nan if value == "null" else float(value)


def _ranks(results: list[dict[str, Any]]) -> Iterator[float]:
    for result in results:
        yield float(result["Resolution"]["offset"])


def _money(results: list[dict[str, Any]]) -> Iterator[tuple[float, str]]:
    for result in results:
        found = result["Resolution"]
        if found["value"] is not None:
            yield float(found["value"]), found.get("isoCurrency") or "any"


def _bounds(results: list[dict[str, Any]]) -> Iterator[tuple[float | None, float | None]]:
    for result in results:
        low, high = re.sub(r"[\[\]()]", "", result["Resolution"]["value"]).split(",")
        yield float(low) if low else None, float(high) if high else None


def _values(text: str) -> Iterator[float]:
    for number in find_numbers(text):
        ends = (number.low, number.high) if number.kind in ("range", "vague") else (number.value,)
        yield from (_in_points(text, number, value) for value in ends)


def _percentages(text: str) -> Iterator[float]:
    for number in find_numbers(text):
        yield _in_points(text, number, number.value)


def _in_points(text: str, number: Number, value: float) -> float:
    unit = text[number.core_end : number.end].lower()
    return value * 100 if number.unit == "share" and re.search(r"%|cent", unit) else value


def _sums(text: str) -> Iterator[tuple[float, str]]:
    for number in find_numbers(text):
        if re.fullmatch(r"[A-Z]{3}", number.unit):
            unit = text[number.core_end : number.end].lower()
            is_small = re.search(r"^[\s-]*(?:cents?|pence)\b", unit) is not None
            yield number.value * (100 if is_small else 1), number.unit


def _intervals(text: str) -> Iterator[tuple[float | None, float | None]]:
    for number in find_numbers(text):
        found = qualify(text, number)
        if found.low is None or found.high is None or found.low != found.high:
            yield found.low, found.high


_EXPECTED: dict[str, Callable[[list[dict[str, Any]]], Iterator[Any]]] = {
    "Number": _plain, "Percent": _plain, "Ordinal": _ranks, "Currency": _money, "NumberRange": _bounds,
}  # fmt: skip
_READ: dict[str, Callable[[str], Iterator[Any]]] = {
    "Number": _values,
    "Percent": _percentages,
    "Ordinal": lambda text: (float(ordinal.rank) for ordinal in find_ordinals(text)),
    "Currency": _sums,
    "NumberRange": _intervals,
}
