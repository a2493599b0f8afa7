"""Floors under the positions of the four further stories that served for tuning, all articles of each."""

from __future__ import annotations

from pathlib import Path

from tests.eval.labelled import story, together

TUNED = ("budget-torvana", "election-kestria", "quake-tarvesh", "uprising-ondora")


def test_positions_reach_the_floor(shared: Path) -> None:
    precision, f1 = together(shared, TUNED, None)["positions/lenient"]
    assert precision >= 0.94
    assert f1 >= 0.83


def test_evidence_is_verbatim() -> None:
    for name in TUNED:
        labelled = story(name, None)
        for doc, read in labelled.read.items():
            for p in read.positions:
                assert labelled.texts[doc][p.evidence_start : p.evidence_end] == p.evidence
