"""How far a stance read loosely is to be trusted: the weights of its signals, fitted to labelled articles.

``python -m tests.eval.fit_trust`` fits them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

BIAS = "bias"
LEAST = 0.5
"""Probability from which a stance is kept: a wrong one is worse than one missed."""


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the packaged weights; a signal that is not among them weighs nothing."""
    text = files("newsledger.extract.positions").joinpath("trust.json").read_text(encoding="utf-8")
    table: dict[str, float] = json.loads(text)
    return table


def probability(signals: Iterable[str], table: dict[str, float]) -> float:
    """Return how likely a stance with these signals is right."""
    total = table.get(BIAS, 0.0) + sum(table.get(name, 0.0) for name in signals)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
