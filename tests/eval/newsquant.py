"""NewsQuant (the test set of CQE, EMNLP 2023), its first half, read by the number grammar.

Matched by CQE's own rule: a sentence's expected values are taken in turn and each uses up the first equal
value that was read. Where the set only writes a quantity in another form, its form is made of ours:

- a percentage is in points (19 percent is 19, not 0.19), cents and pence are whole; a fraction stays one;
- vague plurals are "dozens" 12 to 120, else ten to a hundred times the step ("thousands": 1,000 to 10,000);
- what a value was and is ("from 13.5 to 14.0 mm") is one range; two values with "or" are two, not a range;
- the signs are ``=``, ``~``, ``>`` ("at least" too) and ``<`` ("nearly" and "up to" too);
- "PS" before digits is the pound sign that the set lost when it was turned into ASCII.

Everything else counts as wrong: that "one of the best" counts one there, that a five-year award has no
duration there, that scores are ranges there, and the set's own slips. The set marks 39 of its quantities
``up`` or ``down``, for which the grammar has no sign (the predicate tells it): ``value+change`` takes their
value alone, ``value+change (strict)`` counts all 39 as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsledger.extract.numbers.grammar import Number, find_numbers
from newsledger.extract.numbers.qualifiers import qualify
from schemas.figure import Qualifier
from tests.eval.quantity_sets import Case, Value, is_close, load

_SIGNS = {
    Qualifier.EXACT: "=", Qualifier.ABOUT: "~", Qualifier.AT_LEAST: ">", Qualifier.MORE_THAN: ">",
    Qualifier.NEARLY: "<", Qualifier.LESS_THAN: "<", Qualifier.UP_TO: "<", Qualifier.RANGE: "=",
    Qualifier.VAGUE: "=",
}  # fmt: skip
_DIRECTIONS = ("up", "down")


def newsquant(shared: Path) -> dict[str, tuple[float, list[Case]]]:
    """Return F1 and the sentences that are not right, for values and for values with their sign."""
    entries = load(shared, "newsquant/newsquant-first-half.json")
    return {
        "value": _score(entries, lambda _expected, _read: True),
        "value+change": _score(entries, lambda expected, read: expected in (read, *_DIRECTIONS)),
        "value+change (strict)": _score(entries, lambda expected, read: expected == read),
    }


def _score(entries: list[dict[str, Any]], is_sign: Any) -> tuple[float, list[Case]]:
    right, total, wrong = 0, 0, []
    for entry in entries:
        expected = [(_value(q["value"]), q["change"]) for q in entry["quantities"]]
        read = list(read_values(entry["text"]))
        total += len(expected) + len(read)
        matched = list(_matched(expected, read, is_sign))
        right += len(matched)
        if not len(matched) == len(expected) == len(read):
            wrong.append(Case(entry["text"], expected, read, is_right=False))
    return 2 * right / total, wrong


def _matched(
    expected: list[tuple[Value, str]], read: list[tuple[Value, str]], is_sign: Any
) -> Iterator[Value]:
    left = list(read)
    for value, sign in expected:
        found = next((r for r in left if is_close(value, r[0])), None)
        if found is not None:
            left.remove(found)
            if is_sign(sign, found[1]):
                yield value


def _value(text: str) -> Value:
    if "-" in text[1:]:
        low, high = text.split("-")
        return float(low), float(high)
    return float(text)


def read_values(text: str) -> Iterator[tuple[Value, str]]:
    """Yield the values and signs the grammar reads, in the form of the set."""
    text = re.sub(r"\bPS(?=\d)", "£", text)
    numbers = find_numbers(text)
    at = 0
    while at < len(numbers):
        number = numbers[at]
        sign = _SIGNS[qualify(text, number).qualifier]
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        if following and (number.kind, following.kind) == ("old", "new"):
            yield (_scaled(text, number, number.value), _scaled(text, following, following.value)), sign
            at += 1
        elif number.kind == "range" and re.search(r"\bor\b", text[number.start : number.end]):
            yield _scaled(text, number, number.low), sign
            yield _scaled(text, number, number.high), "="
        elif number.kind == "range":
            yield (_scaled(text, number, number.low), _scaled(text, number, number.high)), sign
        elif number.kind == "vague":
            is_dozens = text[number.core_start : number.core_end].lower() == "dozens"
            yield (12.0, 120.0) if is_dozens else (number.low, number.high + 1), sign
        else:
            yield _scaled(text, number, number.value), sign
        at += 1


def _scaled(text: str, number: Number, value: float) -> float:
    unit = text[number.core_end : number.end].lower()
    is_percent = number.unit == "share" and re.search(r"%|cent|pct|pc\b", unit) is not None
    return value * 100 if is_percent or re.search(r"\b(?:cents?|pence|penny)\b", unit) else value
