"""Floors under the positions read in our own labelled articles, half of them at first kept out of the tuning.

The errors in that half were looked at once, later, so that it tells less than it did.
"""

from __future__ import annotations

import pytest

from tests.eval.own_positions import HELD_OUT, TUNED, Article
from tests.unit.extract.position_cases import read


def _rates(articles: tuple[Article, ...]) -> tuple[float, float]:
    """Return precision and recall of (actor, issue, stance) over articles."""
    right = found = labelled = 0
    for article in articles:
        stances = {(p.actor, p.issue, p.stance.value) for p in read(article.codebook, article.text)[0]}
        right += len(stances & article.gold)
        found += len(stances)
        labelled += len(article.gold)
    return right / found, right / labelled


@pytest.mark.parametrize(
    ("articles", "precision", "recall"),
    [(TUNED, 0.97, 0.90), (HELD_OUT, 0.89, 0.78)],
    ids=["tuned", "held out"],
)
def test_own_articles_reach_the_floor(articles: tuple[Article, ...], precision: float, recall: float) -> None:
    measured = _rates(articles)
    assert measured[0] >= precision, measured
    assert measured[1] >= recall, measured


@pytest.mark.parametrize("article", [*TUNED, *HELD_OUT], ids=lambda a: a.name)
def test_labels_name_what_the_codebook_knows(article: Article) -> None:
    assert {actor for actor, _, _ in article.gold} <= set(article.codebook.actors)
    assert {issue for _, issue, _ in article.gold} <= set(article.codebook.issues)
    assert {stance for _, _, stance in article.gold} <= {"supports", "opposes", "conditional"}
