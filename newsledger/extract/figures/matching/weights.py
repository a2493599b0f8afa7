"""The weights of the signals, fitted to labelled articles, and what a sum of them means."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

BIAS = "bias"


@dataclass(frozen=True)
class Tables:
    """The weight of every signal by its name, for the first look (a quantity by itself) and the second.

    A signal that is not in a table weighs nothing.
    """

    first: dict[str, float]
    second: dict[str, float]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the packaged weights."""
    text = files("newsledger.extract.figures.matching").joinpath("weights.json").read_text(encoding="utf-8")
    return Tables(**json.loads(text))


def total(names: Iterable[str], table: dict[str, float]) -> float:
    """Return the sum of the weights of some signals, the bias included."""
    return table.get(BIAS, 0.0) + sum(table.get(name, 0.0) for name in names)


def shares(totals: Sequence[float]) -> list[float]:
    """Return the probability of each of several indicators, "none of them" standing at 0 beside them."""
    top = max(0.0, *totals) if totals else 0.0
    powers = [math.exp(value - top) for value in totals]
    whole = math.exp(-top) + sum(powers)
    return [power / whole for power in powers]
