"""Floors under how reprints are told from look-alikes; they may rise, never fall."""

from __future__ import annotations

from itertools import combinations

import pytest

from newsledger.dedupe import Shelf, identify
from tests.eval.labelled import open_articles, text_of
from tests.eval.reprint_scores import score
from tests.eval.reprint_set import all_pairs
from tests.unit.dedupe.articles import draft


@pytest.mark.parametrize("part", ["tuned", "apart"])
def test_labelled_pairs_reach_the_floors(part: str) -> None:
    found = score(pair for pair in all_pairs() if pair.part == part)
    assert found.precision >= 0.99, [f"{p.held.name} {p.new.name}" for p, _ in found.wrong]
    assert found.recall >= 0.99, [f"{p.held.name} {p.new.name}" for p, _ in found.wrong]
    assert found.relations >= 0.97, [f"{p.held.name} {p.new.name}: {got}" for p, got in found.wrong]
    assert found.asymmetric == 0


def test_the_set_is_large_enough_to_mean_something() -> None:
    pairs = all_pairs()
    positive = [pair for pair in pairs if pair.relations]
    assert len(pairs) >= 300
    assert len(positive) >= 150
    assert len({pair.held.name.partition("-")[0] for pair in positive}) >= 10
    assert {pair.part for pair in pairs} == {"tuned", "apart"}


def test_independent_articles_about_one_event_are_never_linked() -> None:
    """The labelled stories hold some 600 such pairs by many outlets, and eight copies."""
    linked = set()
    for _, _, articles in open_articles():
        texts = {str(article["id"]): text_of(article) for article in articles}
        for (one, first), (other, second) in combinations(sorted(texts.items()), 2):
            shelf = Shelf()
            held = identify(draft(first, key=one, outlet=one), shelf, _NOW).document
            assert held is not None
            shelf.add(held)
            if identify(draft(second, key=other, outlet=other), shelf, _NOW).links:
                linked.add((one, other))
    assert {(one[:-4], one[-3:], other[-3:]) for one, other in linked} == _COPIES


_NOW = draft("", key="").published_at or pytest.fail("the clock of the tests")
_COPIES = {
    ("aldermoor-bid", "002", "006"),
    ("aldermoor-bid", "005", "009"),
    ("clear-water", "003", "005"),
    ("ferry-halcyon", "001", "003"),
    ("measles-ulmar", "002", "006"),
    ("measles-ulmar", "005", "009"),
    ("sarn-talks", "001", "007"),
    ("teachers-veldt", "001", "005"),
}
"""Labelled as copies in the stories themselves."""
