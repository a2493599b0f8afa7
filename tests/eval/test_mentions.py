"""Floors under who is meant in the labelled mentions; a third of the articles was kept out of the tuning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.mentions import rates, verdicts


@pytest.mark.parametrize(
    ("part", "accuracy", "precision", "recall"),
    [("tuned", 0.93, 0.97, 0.90), ("unseen", 0.93, 0.94, 0.91)],
)
def test_mentions_reach_the_floor(
    shared: Path, part: str, accuracy: float, precision: float, recall: float
) -> None:
    found = list(verdicts(shared, part))
    measured = rates(found)
    assert measured.labels >= 130
    assert measured.accuracy >= accuracy, measured
    assert measured.precision >= precision, measured
    assert measured.recall >= recall, measured


def test_articles_of_at_least_six_stories_are_labelled(shared: Path) -> None:
    stories = {v.story for part in ("tuned", "unseen") for v in verdicts(shared, part)}
    assert len(stories) >= 6
