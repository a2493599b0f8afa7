"""How fast articles are read, beside quantulum3 on the same texts: ``make bench``.

Prints words a second of one process on one core (CPU time) for the parse, figures, positions, and the peer,
over the same articles, and how many times as fast figures with their parse are as the peer's quantities.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import date

os.environ.setdefault("OMP_NUM_THREADS", "1")

from newsledger.extract import Extractor
from newsledger.extract.figures.reader import FigureReader
from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions.reader import PositionReader
from tests.eval import labelled

PEER_ARTICLES = 12
"""Articles given to the peer, which is slow; its speed is that over these."""


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that some work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def peer(texts: Sequence[str]) -> float | None:
    """Return the CPU seconds that quantulum3 takes for some texts, or None where it is not installed."""
    try:
        from quantulum3 import parser  # type: ignore[import-not-found]  # noqa: PLC0415
    except ImportError:
        return None
    parser.parse("Ten people came.")
    return seconds(lambda: [parser.parse(paragraph) for text in texts for paragraph in text.split("\n")])


def main() -> None:
    """Print the speeds."""
    nlp = load_model()
    work = [
        (book, labelled.text_of(article), date.fromisoformat(article["published"]), article["id"])
        for _, book, articles in labelled.open_articles()
        for article in articles
    ]
    texts = [text for _, text, _, _ in work]
    words = sum(len(text.split()) for text in texts)
    for book in {book.story: book for book, *_ in work}.values():
        Extractor(book, nlp).read(
            labelled.document("warm", "Two people died on Monday.", work[0][2]), day=None
        )
    figures = {book.story: FigureReader(book) for book, *_ in work}
    positions = {book.story: PositionReader(book) for book, *_ in work}
    parsing = seconds(lambda: [parse(text, nlp) for text in texts])
    parsed = [parse(text, nlp) for text in texts]
    reading = seconds(
        lambda: [
            figures[book.story].read(
                p, document_id=name, version=1, day=day, extractor="bench", codebook_version="1"
            )
            for (book, _, day, name), p in zip(work, parsed, strict=True)
        ]
    )
    parsed = [parse(text, nlp) for text in texts]
    standing = seconds(
        lambda: [
            positions[book.story].read(labelled.document(name, text, day), p, day)
            for (book, text, day, name), p in zip(work, parsed, strict=True)
        ]
    )
    print(f"{len(texts)} articles, {words} words")
    for what, spent in (
        ("parse", parsing),
        ("figures", reading),
        ("positions", standing),
        ("parse and figures", parsing + reading),
        ("all", parsing + reading + standing),
    ):
        print(f"{what:18} {words / spent:8,.0f} words/s  {len(texts) / spent:6.1f} articles/s")
    other = peer(texts[:PEER_ARTICLES])
    if other is None:
        print("quantulum3 is not installed: no ratio")
        return
    peer_words = sum(len(text.split()) for text in texts[:PEER_ARTICLES]) / other
    ratio = words / (parsing + reading) / peer_words
    print(f"{'quantulum3':18} {peer_words:8,.0f} words/s  parse and figures are {ratio:.1f} times as fast")


if __name__ == "__main__":
    main()
