"""Floors under the statements found in PolNeAR's development texts; they may rise, never fall."""

from __future__ import annotations

from pathlib import Path

from tests.eval.polnear import score


def test_statements_reach_the_floors(shared: Path) -> None:
    found = score(shared, "dev")
    assert found.content[2] >= 0.62, found.content
    assert found.sourced[2] >= 0.57, found.sourced
