"""Floors under the positions read in the labelled real articles, and what their two days must say."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.eval.labelled import corpus, scores

DAY_BEFORE, DAY_AFTER = date(2025, 10, 6), date(2025, 10, 8)


def test_positions_reach_the_floor(shared: Path) -> None:
    precision, _, f1, missed, extra = scores(shared, corpus(shared))["positions/lenient"]
    assert f1 >= 0.95, (missed, extra)
    assert precision >= 0.97, extra


def test_evidence_is_verbatim(shared: Path) -> None:
    labelled = corpus(shared)
    for doc, read in labelled.read.items():
        for p in read.positions:
            assert labelled.texts[doc][p.evidence_start : p.evidence_end] == p.evidence


def _stances(shared: Path, day: date, issue: str) -> Counter[str]:
    """Return in how many texts of a day Hamas takes each stance."""
    labelled = corpus(shared)
    texts = {
        (doc, p.stance.value)
        for doc, read in labelled.read.items()
        for p in read.positions
        if labelled.days[doc] == day and p.issue == issue and p.actor == "hamas"
    }
    return Counter(stance for _, stance in texts)


@pytest.mark.parametrize("issue", ["war-end-guarantees", "israeli-withdrawal", "hamas-gives-up-governing"])
def test_talking_about_mechanisms_is_no_stance(shared: Path, issue: str) -> None:
    assert _stances(shared, DAY_BEFORE, issue) == {}
    assert _stances(shared, DAY_AFTER, issue).most_common(1)[0][0] == "supports"


def test_disarmament_hardens_from_conditional_to_opposed(shared: Path) -> None:
    assert set(_stances(shared, DAY_BEFORE, "hamas-disarmament")) == {"conditional"}
    assert set(_stances(shared, DAY_AFTER, "hamas-disarmament")) == {"opposes"}
