"""Do the numbers agree where two texts say the same?

A daily bulletin repeats yesterday's sentences with today's figures. Word for word it is nearly a
reprint; for a ledger of figures it is the opposite of one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from newsledger.dedupe.body import Body, body_of, number_of

_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_MONTHS = frozenset({
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december",
})  # fmt: skip
_CONTEXT = 2
"""Words before and after a number that must be the same on both sides before the numbers are compared."""
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Numbers, weekdays and months at places that two texts have in common.

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
    """Return how far the numbers of two texts agree where the words around them are the same.

    Furniture is left out: its numbers (years, prices, how many readers) stay the same for months.
    """
    mine, others = _places(body_of(first)), _places(body_of(second))
    same = other = 0
    for frame, values in mine.items():
        found = others.get(frame)
        if found:
            same += bool(values & found)
            other += not values & found
    return Agreement(same, other)


def _places(body: Body) -> dict[tuple[str, ...], set[str]]:
    """Return the values of each number by the words before and after it, numbers in them masked."""
    words = [word for word, is_idle in zip(body.words, body.is_idle, strict=True) if not is_idle]
    values = [_value(word) for word in words]
    masked = ["#" if value is not None else word for word, value in zip(words, values, strict=True)]
    half = round(_CONTEXT * body.grain)
    places: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for at, value in enumerate(values):
        if value is not None:
            places[(*masked[max(0, at - half) : at], "#", *masked[at + 1 : at + 1 + half])].add(value)
    return places


def _value(word: str) -> str | None:
    """Return the number, weekday or month a word is, in one spelling, or None."""
    if word in _WEEKDAYS or word in _MONTHS:
        return word
    return word if _DIGITS.match(word) else number_of(word)
