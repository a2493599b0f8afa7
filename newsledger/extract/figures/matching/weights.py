"""The weights of the signals, fitted to labelled articles, and what a sum of them means."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

BIAS = "bias"


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the weight of every signal by its name; a signal that is not in the table weighs nothing."""
    text = files("newsledger.extract.figures.matching").joinpath("weights.json").read_text(encoding="utf-8")
    table: dict[str, float] = json.loads(text)
    return table


def total(names: Iterable[str], table: dict[str, float]) -> float:
    """Return the sum of the weights of some signals, the bias included."""
    return table.get(BIAS, 0.0) + sum(table.get(name, 0.0) for name in names)


def shares(totals: Sequence[float]) -> list[float]:
    """Return the probability of each of several indicators, "none of them" standing at 0 beside them."""
    top = max(0.0, *totals) if totals else 0.0
    powers = [math.exp(value - top) for value in totals]
    whole = math.exp(-top) + sum(powers)
    return [power / whole for power in powers]
