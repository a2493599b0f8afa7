"""How fast articles are read, beside quantulum3 on the same texts: ``make bench``.

One process on one core, in seconds of its CPU time, since other work on the machine bends the clock on the
wall. Every article is read by all in turn, so that what bends the times bends them alike; loading is told
apart. The peer reads paragraph by paragraph, as we do, which suits it better than whole articles. It runs as
``pip install quantulum3[classifier]`` sets it up, and with its classifier switched off, which is what a plain
``pip install quantulum3`` runs. What the figures mean is told in ``docs/performance.md``.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from newsledger.extract.figures.reader import FigureReader
from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions.attendance import extract_attendance
from newsledger.extract.positions.reader import PositionReader
from schemas.codebook import Codebook
from tests.eval import labelled

PLAIN, CLASSIFIER = "quantulum3", "quantulum3[classifier]"
WARMING = "Two people died on Monday after 5 km, officials said."
OURS = ("parse", "figures", "positions", "attendance")

Spent = dict[str, float]
T = TypeVar("T")


@dataclass(frozen=True)
class Article:
    """An article with its codebook."""

    book: Codebook
    name: str
    text: str
    day: date


class Readers:
    """What reads the articles of one codebook, compiled once."""

    def __init__(self, book: Codebook) -> None:
        self.book = book
        self.positions = PositionReader(book)
        self.figures = FigureReader(book, self.positions.actors)

    def read(self, article: Article, spent: Spent) -> None:
        """Read an article and note what each step takes."""
        nlp, day = load_model(), article.day
        with_text = labelled.document(article.name, article.text, day)
        parsed = timed(spent, "parse", lambda: parse(article.text, nlp))
        timed(
            spent,
            "figures",
            lambda: self.figures.read(
                parsed,
                document_id=article.name,
                version=1,
                day=day,
                extractor="bench",
                codebook_version="1",
            ),
        )
        timed(spent, "positions", lambda: self.positions.read(with_text, parsed, day))
        actors = self.positions.actors
        timed(
            spent,
            "attendance",
            lambda: extract_attendance(with_text, self.book, parsed, day=day, actors=actors),
        )


def timed(spent: Spent, name: str, work: Callable[[], T]) -> T:
    """Return what some work returns, and note the CPU seconds it takes."""
    start = time.process_time()
    done = work()
    spent[name] = spent.get(name, 0.0) + time.process_time() - start
    return done


def articles() -> Iterator[Article]:
    """Yield the labelled articles that may be read while rules are written."""
    for _, book, rows in labelled.open_articles():
        for row in rows:
            yield Article(book, row["id"], labelled.text_of(row), date.fromisoformat(row["published"]))


def peer(spent: Spent) -> Any | None:
    """Return the peer's parser, loaded with all it needs, or None where it is not installed."""
    try:
        from quantulum3 import classifier, parser  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError:
        return None
    if not classifier.USE_CLF:
        return None
    timed(spent, "loading the peer", lambda: parser.parse(WARMING))
    return parser


def read_by_peer(parser: Any, article: Article, spent: Spent) -> None:
    """Let the peer read an article with its classifier and without."""
    paragraphs = [line for line in article.text.split("\n") if line]
    for name, has_classifier in ((PLAIN, False), (CLASSIFIER, True)):
        parser.dis.clf.USE_CLF = has_classifier
        timed(spent, name, lambda: [parser.parse(paragraph) for paragraph in paragraphs])


def report(spent: Spent, words: int, count: int) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{count} articles, {words} words; seconds of CPU time on one core"
    yield f"{'':26} {'seconds':>8} {'words/s':>9} {'articles/s':>11} {'share':>6}"
    everything = sum(spent[name] for name in OURS)
    rows = {name: spent[name] for name in OURS}
    rows["parse and figures"] = spent["parse"] + spent["figures"]
    rows["all"] = everything
    rows |= {name: spent[name] for name in (PLAIN, CLASSIFIER) if name in spent}
    for name, seconds in rows.items():
        share = f"{seconds / everything:6.0%}" if name in OURS else ""
        yield f"{name:26} {seconds:8.2f} {words / seconds:9,.0f} {count / seconds:11.1f} {share}"
    for name in (PLAIN, CLASSIFIER):
        if name in spent:
            figures, alone = spent["parse"] + spent["figures"], spent["figures"]
            yield (
                f"{name}: parse and figures {spent[name] / figures:.2f} times as fast, figures without the "
                f"parse {spent[name] / alone:.2f}, everything {spent[name] / everything:.2f}"
            )
    for name in ("loading the model", "loading the peer"):
        if name in spent:
            yield f"{name}: {spent[name]:.2f} s"


def main() -> None:
    """Print the speeds."""
    warnings.filterwarnings("ignore")
    spent: Spent = {}
    timed(spent, "loading the model", load_model)
    work = list(articles())
    readers = {article.book.story: Readers(article.book) for article in work}
    for one in readers.values():  # what is loaded at the first use is loaded now
        one.read(Article(one.book, "warm", WARMING, work[0].day), {})
    parser = peer(spent)
    for article in work:
        readers[article.book.story].read(article, spent)
        if parser is not None:
            read_by_peer(parser, article, spent)
    words = sum(len(article.text.split()) for article in work)
    print("\n".join(report(spent, words, len(work))))
    if parser is None:
        print("quantulum3[classifier] is not installed: no comparison; `make bench` installs it")


if __name__ == "__main__":
    main()
