"""The standfirst: the paragraph between headline and body, which extractors take for decoration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.fetch.page.blocks import Element, short_text

SHORTEST, LONGEST = 40, 900
"""Characters of a standfirst."""
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|intro(?:duction)?|standfirst|deck|dek|excerpt|sub-?(?:title|headline"
    r"|head|deck)"
    r"|teaser-?text|chapo|abstract|summary|bajada|entradilla|copete|sommario|occhiello|vorspann|art-lead"
    r"|hero-text|strapline|kicker-text|dachzeile|description)(?=$|[\s_-]|\d)",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TAGS = ("p", "div", "h2", "h3", "h4", "strong", "span", "section")


def standfirsts(page: Element, descriptions: tuple[str, ...], title: str) -> list[str]:
    """Return the texts that may be the standfirst, the first in the page first.

    A block is one when its class says so or when it says what the page's own description says, and no
    paragraph of the body came before it.

    Args:
        page: the page without foreign blocks.
        descriptions: the page's descriptions of itself (meta elements, JSON-LD).
        title: the headline; a block that holds it is a whole header.
    """
    starts = {_key(d)[:60] for d in descriptions if len(d) >= SHORTEST}
    head = _key(title)
    found = (text for text in _candidates(page, starts) if not head or head not in _key(text))
    return list(dict.fromkeys(found))[:2]


def _candidates(page: Element, starts: set[str]) -> Iterator[str]:
    paragraphs = 0
    for element in page.iter(*_TAGS):
        if len(element) > 6 or next(element.iter("h1"), None) is not None:
            continue
        text = short_text(element, LONGEST)
        if len(text) < SHORTEST:
            continue
        is_named = bool(_NAMES.search(_CAMEL.sub("-", _names(element))))
        if (is_named and _runs_on(element, text)) or _key(text)[:60] in starts:
            yield text
        paragraphs += element.tag == "p" and len(text) > 100
        if paragraphs > 3:
            return


def _names(element: Element) -> str:
    """Return the class names of an element and of the wrapper it fills."""
    parent = element.getparent()
    own = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
    return f"{own} {parent.get('class') or ''}" if parent is not None and len(parent) <= 2 else own


def _runs_on(element: Element, text: str) -> bool:
    """Return whether a block reads like a sentence and is not mostly links."""
    linked = sum(len(a.text_content()) for a in element.iter("a"))
    return len(text.split()) >= 7 and linked < 0.5 * len(text)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def with_standfirst(body: str, found: list[str], title: str) -> str:
    """Return a body that begins with its standfirst, unless it holds it already.

    Args:
        body: the running text.
        found: what :func:`standfirsts` returned.
        title: the headline, which is none.
    """
    held = _key(body)
    fresh = [text for text in found if (key := _key(text)) and key[:120] not in held and key != _key(title)]
    return "\n".join([*fresh[:1], body]) if fresh and body else body
