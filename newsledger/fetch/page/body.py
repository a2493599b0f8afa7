"""The running text of an article page."""

from __future__ import annotations

import re
from dataclasses import dataclass

import trafilatura

from newsledger.fetch.page.agree import agreed
from newsledger.fetch.page.blocks import Element, article_tree, running_size
from newsledger.fetch.page.lead import standfirsts, with_standfirst
from newsledger.fetch.page.lines import without_foreign_lines

SHORT = 600
"""Characters; below that the careful reading is compared with bolder ones."""
COVERED = 0.5
"""Share of a page's running text below which it is compared, too: the article may have been taken for
something else. The rest of a page (teasers, comments, terms) is seldom as long as its article."""
BOLDER, LIGHTER = 1.3, 1.6
"""How many times as much the ordinary reading must find, and one of the page with all its named blocks."""
MAX_ELEMENTS = 20_000
"""Elements of a page the extractor is asked to read; real pages have 800 at the median, 10,000 at most."""
PARAGRAPH = 60
"""Characters a paragraph of such a page has at least."""
_ROW = re.compile(r"^\|.*\|\s*$")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page.

    Attributes:
        text: the standfirst and the paragraphs; no tables, because a number in a cell has no sentence that
            says what it counts.
        body: the paragraphs and the tables, rows as ``| a | b |``, without the standfirst: what other
            extractors call the body.
        standfirst: the paragraph between headline and body, or "".
        raw: the text before foreign lines left it, which shows whether it ends with an invitation to pay.
    """

    text: str = ""
    body: str = ""
    standfirst: str = ""
    raw: str = ""


def running_text(
    tree: Element,
    url: str | None,
    *,
    descriptions: tuple[str, ...] = (),
    title: str = "",
    second: tuple[str, ...] = (),
) -> Body:
    """Return the article's text: the extraction that leaks least, unless it finds too little.

    Args:
        tree: the parsed page, left as it is.
        url: its address, or None.
        descriptions: what the page says of itself in a sentence; finds the standfirst.
        title: the headline.
        second: second opinions, the article's text in JSON-LD or in the feed; "" where there is none.
    """
    page = article_tree(tree)
    leads = standfirsts(page, descriptions, title)
    found = raw = _found(tree, page, url)
    found = without_foreign_lines(found)
    for opinion in second:
        found = _lines(opinion) if _is_missed(found, opinion) else agreed(found, opinion)
    paragraphs = "\n".join(line for line in found.splitlines() if not _ROW.match(line))
    text = with_standfirst(paragraphs, leads, title)
    lead = text[: len(text) - len(paragraphs)].strip() if len(text) > len(paragraphs) else ""
    return Body(text, found, lead, raw)


def _found(tree: Element, page: Element, url: str | None) -> str:
    """Return the text of a page: the careful reading, or a bolder one where that leaves out too much.

    Args:
        tree: the page as it came.
        page: the page without foreign blocks.
        url: its address, or None.
    """
    if sum(1 for _ in page.iter()) > MAX_ELEMENTS:
        return _paragraphs(page)
    best = _extract(page, url, precise=True)
    if len(best) >= max(SHORT, COVERED * running_size(tree)):
        return best
    best = _fuller(best, _extract(page, url, precise=False), BOLDER)
    if len(best) >= max(SHORT, COVERED * running_size(tree)):
        return best
    return _fuller(best, _extract(article_tree(tree, by_name=False), url, precise=True), LIGHTER)


def _fuller(first: str, second: str, times: float) -> str:
    """Return the first text, or the second where its sentences are that many times as long."""
    return second if _sentences(second) > times * _sentences(first) else first


def _sentences(text: str) -> int:
    """Return the length of the lines that are no headings, links or items of a list."""
    return 1 + sum(len(line) for line in text.splitlines() if len(line) >= PARAGRAPH)


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _is_missed(found: str, opinion: str) -> bool:
    """Return whether a page's article was not found in it, and what it gives machines holds it."""
    return len(found) < SHORT and _sentences(opinion) > 2 * len(found)


def _paragraphs(page: Element) -> str:
    """Return the paragraphs of a page too large for the extractor, which would take many seconds for it."""
    texts = (" ".join(p.text_content().split()) for p in page.iter("p"))
    return "\n".join(dict.fromkeys(text for text in texts if len(text) >= PARAGRAPH))


def _extract(page: Element, url: str | None, *, precise: bool) -> str:
    found = trafilatura.extract(
        page,
        url=url,
        favor_precision=precise,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    return str(found or "")
