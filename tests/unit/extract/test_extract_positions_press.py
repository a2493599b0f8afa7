"""Passages in the manner of newspapers: of a third of them only the scores were looked at."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from schemas.codebook import Codebook
from tests.unit.extract.position_cases import stances
from tests.unit.extract.press_cases import SEEN, UNSEEN

Cases = Sequence[tuple[Codebook, str, list[str]]]


def _rates(cases: Cases) -> tuple[float, float]:
    """Return precision and recall of "actor issue stance"."""
    right = given = wanted = 0
    for book, text, gold in cases:
        read = {" ".join(s) for s in stances(book, text)}
        right, given, wanted = right + len(read & set(gold)), given + len(read), wanted + len(gold)
    return right / given, right / wanted


@pytest.mark.parametrize(
    ("cases", "precision", "recall"),
    [(SEEN, 0.95, 0.77), (UNSEEN, 0.85, 0.58)],
    ids=["seen", "unseen"],
)
def test_passages_are_read(cases: Cases, precision: float, recall: float) -> None:
    measured = _rates(cases)
    assert measured[0] >= precision, measured
    assert measured[1] >= recall, measured
