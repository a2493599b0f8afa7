"""A second opinion on the act of a position: a linear model over the words, trained apart from the rules.

It never changes what the rules read; where it is sure of another PLOVER class, the record says so. How it was
trained, on what and how well it does: ``acts/LICENSE-NOTE.md`` beside this module.
"""

from __future__ import annotations

import itertools
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "acts" / "weights.npz"
DIMENSIONS = 1 << 13
"""Places for hashed features; twice as many gained 0.02 of macro-F1 and doubled the file."""
ACTOR = "ACTOR"
"""What stands for every actor, so that the model learns acts, not names."""
CLASSES = (
    "accuse", "agree", "aid", "assault", "coerce", "consult", "cooperate", "mobilize", "protest", "reject",
    "request", "sanction", "support", "threaten", "yield",
)  # fmt: skip
"""PLOVER root classes in lower case; concede and retreat are one, "yield", as in Zero-Shot-PLOVER."""
_AS_YIELD = frozenset(("concede", "retreat"))
SURE, EXCLUDED = 0.5, 0.15
"""A doubt needs at least this probability for another class, and at most that one for the rules' class."""
_WORD = re.compile(r"[a-z]+|ACTOR")


@dataclass(frozen=True, slots=True)
class Weights:
    """A multinomial logistic model: one column of weights and one offset for each of :data:`CLASSES`."""

    features: NDArray[np.float32]
    offsets: NDArray[np.float32]


def features(text: str) -> list[int]:
    """Return the hashed features of a text: words, pairs of neighbours, and pieces of longer words."""
    found = _WORD.findall(re.sub(r"\bACTOR\b|([A-Za-z]+)", _lowered, text))
    names = {f"w{word}" for word in found}
    names |= {f"b{one} {other}" for one, other in itertools.pairwise(found)}
    for word in found:
        framed = f"^{word}$"
        if len(word) > 4 and word != ACTOR:
            names |= {f"c{framed[i : i + n]}" for n in (4, 5) for i in range(len(framed) - n + 1)}
    return sorted({zlib.crc32(name.encode()) % DIMENSIONS for name in names})


def _lowered(match: re.Match[str]) -> str:
    return match[0] if match[0] == ACTOR else match[0].lower()


def probabilities(text: str, weights: Weights | None = None) -> dict[str, float]:
    """Return the probability of each class for a text in which :data:`ACTOR` stands for the actors."""
    import numpy as np  # noqa: PLC0415 - only where a position was read

    model = weights or load_weights()
    places = features(text)
    sums = model.offsets + model.features[places].sum(axis=0) / max(1.0, len(places)) ** 0.5
    powers = np.exp(sums - sums.max())
    return dict(zip(CLASSES, (float(p) for p in powers / powers.sum()), strict=True))


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Return the packaged weights, read once."""
    import numpy as np  # noqa: PLC0415 - only where a position was read

    with np.load(WEIGHTS) as file:
        found: Any = file
        return Weights(found["features"].astype(np.float32), found["offsets"].astype(np.float32))


def root_class(act: str) -> str:
    """Return the class of an act as the model names it."""
    return "yield" if act in _AS_YIELD else act


def doubt_of(act: str, text: str) -> str | None:
    """Return the class the model is sure of where it excludes that of the rules, else None.

    Args:
        act: the rules' PLOVER class in lower case.
        text: the words that tell the act, with :data:`ACTOR` for the actors.
    """
    told = probabilities(text)
    best = max(told, key=lambda name: told[name])
    own = told.get(root_class(act), 0.0)
    return best if best != root_class(act) and told[best] >= SURE and own <= EXCLUDED else None
