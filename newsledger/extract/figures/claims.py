"""What a figure covers when figures of one text are compared: generously, for a rounding is no slip."""

from __future__ import annotations

import math

from newsledger.extract.numbers.digits import last_place
from schemas.figure import Figure, Qualifier

NEARLY_REACH = 0.1
"""How far below its number "nearly" reaches, as a share (as ``ledger.claim_low`` has it)."""
CLOSE = 0.05
"""Relative gap within which a rounded value backs another (``agree`` in :mod:`expectations.numerals`)."""


def rounding(value: float) -> float:
    """Return how far a number's rounding reaches to each side: half its last place given, 500 for 67,000."""
    return last_place(value) / 2


def claim(figure: Figure, tolerance: float) -> tuple[float, float]:
    """Return the ends of what a figure asserts; infinite where it is open.

    Args:
        figure: the figure.
        tolerance: how far "about" reaches to each side, as a share of the value.
    """
    value = figure.value
    match figure.qualifier:
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return value, math.inf
        case Qualifier.NEARLY:
            return value - NEARLY_REACH * abs(value), value
        case Qualifier.LESS_THAN | Qualifier.UP_TO:
            return -math.inf, value
        case Qualifier.RANGE | Qualifier.VAGUE:
            low = figure.value_low if figure.value_low is not None else -math.inf
            return low, figure.value_high if figure.value_high is not None else math.inf
        case Qualifier.ABOUT:
            reach = max(last_place(value), tolerance * abs(value))
            return value - reach, value + reach
    return value, value


def is_compatible(one: Figure, other: Figure, tolerance: float) -> bool:
    """Return whether two figures can both be right of one thing: what they assert meets, or one is rounded.

    The coarser of the two numbers brings the rounding: 67,000 covers 67,183, but 48 does not cover 47, nor
    68,000 the 67,000.
    """
    (low, high), (other_low, other_high) = claim(one, tolerance), claim(other, tolerance)
    slack = max(rounding(one.value), rounding(other.value)) + 1e-9 * max(abs(one.value), abs(other.value))
    return low <= other_high + slack and other_low <= high + slack


def backs(one: float, other: float) -> bool:
    """Return whether a value of a text speaks for another: equal, or rounded within a twentieth of it."""
    gap = abs(one - other)
    return gap == 0 or (
        gap < max(last_place(one), last_place(other)) and gap <= CLOSE * max(abs(one), abs(other))
    )
