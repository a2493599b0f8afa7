"""Signals from the other quantities of the text: a number repeated, refined, or beside a rival count."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.extract.figures.matching.case import Signal
from newsledger.extract.figures.mentions import Mention
from newsledger.extract.numbers.digits import digits_of, is_exchanged, is_one_more, significant

LIKELY = 0.6
"""Probability from which another quantity counts as the indicator's at the first look."""
CLOSE = 1.25
WIDEST = 4.0
"""Times by which two sources' counts of the same thing differ at most."""

LEAST_DIGITS = 3
"""Significant digits from which two numbers that differ by a slip are hardly so by chance."""

Chances = dict[str, float]


def echo_signals(
    at: int, key: str, mentions: Sequence[Mention], chances: Sequence[Chances], aspect: str
) -> list[Signal]:
    """Return what the other quantities of a text tell of the one at a place for an indicator.

    Args:
        at: the place of the quantity.
        key: the indicator.
        mentions: the quantities of the text in order.
        chances: for each, the probability of every indicator by the signals of its own sentence.
        aspect: the indicator's aspect.
    """
    own = mentions[at]
    sums = [Signal("echo:part of a sum", "it is a part of a sum")] if _is_addend(at, mentions) else []
    likely = [n for n, found in enumerate(chances) if n != at and found.get(key, 0.0) >= LIKELY]
    if not likely:
        return [Signal("echo:alone"), *sums]
    found = sums
    if any(is_same(own, mentions[n]) for n in likely):
        found.append(Signal("echo:same value", "the text says it elsewhere too"))
    elif any(ratio(own, mentions[n]) <= CLOSE for n in likely):
        found.append(Signal("echo:close value"))
    elif all(ratio(own, mentions[n]) > WIDEST for n in likely):
        found.append(Signal("echo:far value", "the text's other values are far from it"))
    found.append(Signal(f"echo:{_size(own, [mentions[n] for n in likely])} for {aspect}"))
    before = [n for n in likely if n < at and _is_near(mentions[n], own)]
    if before and ratio(own, mentions[before[-1]]) <= WIDEST:
        found.append(Signal("echo:beside", "another count of the figure before"))
    if any(mentions[n].sentence == own.sentence and mentions[n].paragraph == own.paragraph for n in likely):
        found.append(Signal("echo:in the sentence", "its sentence has another value"))
    return found


def _is_addend(at: int, mentions: Sequence[Mention]) -> bool:
    """Return whether a value and others of its sentence add up to a value near them."""
    own = mentions[at]
    if own.number.value <= 0:
        return False
    around = [m for m in mentions[max(0, at - 5) : at + 5] if m is not own and m.paragraph == own.paragraph]
    around = [m for m in around if m.number.unit == own.number.unit]
    beside = [m.number.value for m in around if m.sentence == own.sentence and m.number.value > 0]
    sums = {own.number.value + value for value in beside} | {own.number.value + sum(beside)}
    return any(m.number.value in sums and m.number.value > own.number.value for m in around)


def _size(own: Mention, others: Sequence[Mention]) -> str:
    """Return how a value stands to the largest of the others: far below, below, like it or above."""
    if any(is_slip(own, other) for other in others):
        return "like the largest"
    largest = max(abs(o.number.value) for o in others)
    value = abs(own.number.value)
    if value < largest / 3:
        return "far below the largest"
    return (
        "below the largest"
        if value < largest * 0.8
        else "above the largest"
        if value > largest
        else "like the largest"
    )


def ratio(one: Mention, other: Mention) -> float:
    """Return how many times the larger of two values is the smaller (infinite beside 0)."""
    low, high = sorted((abs(one.number.value), abs(other.number.value)))
    return high / low if low > 0 else (1.0 if high == 0 else float("inf"))


def is_same(one: Mention, other: Mention) -> bool:
    """Return whether two quantities may state the same value: equal, or one the other rounded or bounded."""
    if one.number.value == other.number.value or is_slip(one, other):
        return True
    low = max(v for v in (one.qualified.low, other.qualified.low, float("-inf")) if v is not None)
    high = min(v for v in (one.qualified.high, other.qualified.high, float("inf")) if v is not None)
    return low <= high and ratio(one, other) <= 1.1


def is_slip(one: Mention, other: Mention) -> bool:
    """Return whether one value is the other with a slip of the pen: digits exchanged, dropped, thousands."""
    a, b = digits_of(one.number.value), digits_of(other.number.value)
    if min(significant(a), significant(b)) < LEAST_DIGITS or one.number.unit != other.number.unit:
        return False
    factor = ratio(one, other)
    return is_exchanged(a, b) or is_one_more(a, b) or is_one_more(b, a) or factor in (1e3, 1e6)


def _is_near(earlier: Mention, own: Mention) -> bool:
    """Return whether a quantity stands in the same sentence or the one before."""
    if earlier.paragraph == own.paragraph:
        return earlier.sentence[1] >= own.sentence[0]
    return earlier.paragraph == own.paragraph - 1 and own.sentence[0] == 0
