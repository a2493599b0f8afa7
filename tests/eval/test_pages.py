"""The page reader against the best single library, on our own pages: floors that only rise."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
import trafilatura

from newsledger.fetch.page.reading import PageArticle, read_article
from tests.eval.page_set import AnnotatedPage, page_set

NOW = datetime(2025, 11, 1, tzinfo=UTC)
FOREIGN = re.compile(r"\b90\d\d\b")
PAGES = tuple(page_set())


@pytest.fixture(scope="module")
def read() -> dict[str, PageArticle]:
    found = {p.name: read_article(p.html, url=p.url, now=NOW, content_type="text/html") for p in PAGES}
    return {name: article for name, article in found.items() if article is not None}


def overlap(true: str, found: str) -> tuple[float, float]:
    """Return precision and recall of a text's runs of four words."""
    mine, its = (
        Counter(zip(*(w[i:] for i in range(4)), strict=False)) for w in (found.split(), true.split())
    )
    both = sum((mine & its).values())
    return both / max(1, sum(mine.values())), both / max(1, sum(its.values()))


def f1(texts: dict[str, str]) -> float:
    pairs = [overlap(p.text, texts[p.name]) for p in PAGES]
    precision, recall = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    return float(2 * precision * recall / (precision + recall))


def leaks(texts: dict[str, str]) -> list[str]:
    return sorted({f"{name}: {n}" for name, text in texts.items() for n in FOREIGN.findall(text)})


def test_text_is_better_than_the_best_librarys(read: dict[str, PageArticle]) -> None:
    ours = {name: article.text for name, article in read.items()}
    peer = {
        p.name: trafilatura.extract(p.html, favor_precision=True, include_comments=False) or "" for p in PAGES
    }
    assert len(ours) == len(PAGES) == 72
    assert f1(ours) >= 0.99
    assert f1(ours) > f1(peer)
    assert leaks(ours) == []
    assert leaks(peer), "the set would prove nothing if the library leaked nothing"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_what_a_page_says_of_itself(page: AnnotatedPage, read: dict[str, PageArticle]) -> None:
    article = read[page.name]
    assert article.title == page.story.title
    assert article.published.at == page.story.instant
    assert article.published.precision == "second"
    assert article.authors == (page.story.author,)
    assert article.problem is None
