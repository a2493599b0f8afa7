"""Floors under who says a figure and when it held, in the labelled stories; they may rise, never fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.labelled import names, story
from tests.eval.provenance import same_source, tally

FLOORS = {"attribution": 0.75, "as_of": 0.9}


def test_tracked_figures_of_the_tuned_articles_reach_the_floors(shared: Path) -> None:
    shares = tally(shared, [(name, story(name, "open")) for name in names()], only_tracked=True).shares()
    assert {name: shares[name] for name, floor in FLOORS.items() if shares[name] < floor} == {}


@pytest.mark.parametrize(
    ("label", "ours", "is_same"),
    [
        (None, None, True),
        (None, "police", False),
        ("police", None, False),
        ("police", "The police", True),
        ("Police chief Hanno Brill", "Hanno Brill", True),
        ("Hanno Brill", "the police chief, Hanno Brill", True),
        ("Police chief Hanno Brill", "police", False),
        ("Health Ministry", "the ministry", True),
        ("Ministry of Health", "ministry", True),
        ("Health Ministry", "health", False),
        ("FDU", "the FDU union", True),
        ("education ministry", "an education ministry spokeswoman", True),
        ("the union", "the company", False),
        ("Ana Brusk", "Ana Moor", False),
        ("Rescue Agency", "NRA", True),
    ],
)
def test_when_two_sources_are_one(label: str | None, ours: str | None, is_same: bool) -> None:
    known = {"rescue agency": "nra", "nra": "nra"}
    folded = {" ".join(fold(name)): key for name, key in known.items()}
    assert same_source(label, ours, folded) is is_same


def fold(name: str) -> list[str]:
    from newsledger.extract.voices.names import fold_word  # noqa: PLC0415

    return [fold_word(word) for word in name.split()]
