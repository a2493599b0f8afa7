"""Floors under the agencies read in bylines, datelines and credits; they may rise, never fall."""

from __future__ import annotations

import pytest

from tests.eval.agency_lines import PARTS, lines, score


@pytest.mark.parametrize("part", PARTS)
def test_agencies_reach_the_floors(part: str) -> None:
    found = score(part)
    assert found.precision >= 0.985, [line.words for line in found.wrong]
    assert found.recall >= 0.92, [line.words for line in found.wrong]


def test_the_set_is_large_and_half_of_it_was_kept_apart() -> None:
    numbers = [len(list(lines(part))) for part in PARTS]
    assert sum(numbers) >= 200
    assert min(numbers) >= 100
