"""Do the numbers agree where two texts say the same?

A daily bulletin repeats yesterday's sentences with today's figures. Word for word it is nearly a
reprint; for a ledger of figures it is the opposite of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from newsledger.dedupe.sketch import words_of

_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_VALUES = {word: str(value) for value, word in enumerate(_NUMBER_WORDS.split())} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_CONTEXT = 4
"""Words around a number that must be the same on both sides before the numbers are compared."""
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Numbers (and weekdays) at places that two texts have in common.

    Attributes:
        same: places with the same value.
        other: places with another value.
    """

    same: int
    other: int

    @property
    def disagreement(self) -> float:
        """The share of places whose values differ, 0 to 1; 0 where there is no such place."""
        return self.other / (self.same + self.other) if self.same + self.other else 0.0


def agreement(first: str, second: str) -> Agreement:
    """Return how far the numbers of two texts agree where the words around them are the same."""
    mine, others = _places(first), _places(second)
    same = other = 0
    for frame, values in mine.items():
        found = others.get(frame)
        if found:
            same += bool(values & found)
            other += not values & found
    return Agreement(same, other)


def _places(text: str) -> dict[tuple[str, ...], set[str]]:
    """Return the values of each number by the words before and after it, numbers in them masked."""
    words = words_of(text)
    values = [_value(word) for word in words]
    masked = ["#" if value is not None else word for word, value in zip(words, values, strict=True)]
    half = _CONTEXT // 2
    places: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for at, value in enumerate(values):
        if value is not None:
            places[(*masked[max(0, at - half) : at], "#", *masked[at + 1 : at + 1 + half])].add(value)
    return places


def _value(word: str) -> str | None:
    """Return the number or weekday a word is, in one spelling, or None."""
    if _DIGITS.match(word):
        return word.replace(",", "").rstrip(".")
    if word in _WEEKDAYS:
        return word
    return _VALUES.get(word)
