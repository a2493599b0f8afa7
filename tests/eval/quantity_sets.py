"""Two public banks of quantities and dates, read in their own terms: NewsQuant and Recognizers-Text.

Each case is a sentence with what its set expects and what the grammar reads, both brought to one form. Every
convention of a set that differs from ours is mapped or left out here, by a rule that is stated, so that
what is counted as wrong is wrong.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Value = float | tuple[float, float]
Read = tuple[Any, ...]


@dataclass(frozen=True)
class Case:
    """One sentence: what is expected of it, what is read, and why it is left out, "" where it counts."""

    text: str
    expected: list[Any]
    read: list[Any]
    is_right: bool
    left_out: str = ""


@dataclass
class Score:
    """How many cases of a bank are right, which are not, and how many each rule leaves out."""

    right: int = 0
    wrong: list[Case] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    right_of_all: int = 0
    """Right ones with those that are left out."""

    @property
    def share(self) -> float:
        """The share of the cases that count which are right."""
        return self.right / max(1, self.right + len(self.wrong))


def tally(cases: list[Case]) -> Score:
    """Return the score of some cases."""
    score = Score()
    for case in cases:
        score.right_of_all += case.is_right
        if case.left_out:
            score.left_out[case.left_out] = score.left_out.get(case.left_out, 0) + 1
        elif case.is_right:
            score.right += 1
        else:
            score.wrong.append(case)
    return score


def load(shared: Path, name: str) -> list[dict[str, Any]]:
    """Return the entries of one file of the banks."""
    entries: list[dict[str, Any]] = json.loads((shared / "data" / name).read_text(encoding="utf-8"))
    return entries


def is_close(one: Value, other: Value) -> bool:
    """Return whether two values or two ranges agree to one part in a hundred thousand (CQE's rule)."""
    if isinstance(one, tuple) or isinstance(other, tuple):
        if not (isinstance(one, tuple) and isinstance(other, tuple)):
            return False
        return is_close(one[0], other[0]) and is_close(one[1], other[1])
    return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-8)
