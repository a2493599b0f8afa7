"""Blocks of a page that are not the article: taken out before its text is looked for.

A number in a caption, a related headline or a table of results is a false figure when it is read as the
article's. What a block is shows in its element, its class names, and in how much of it leads elsewhere.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

Element = Any
"""An lxml element; the library has no types."""

LARGE = 0.3
"""A block with that share of all paragraphs' text is the article, whatever it is called."""
_FOREIGN_TAGS = frozenset({
    "figcaption", "nav", "button", "select", "dialog", "menu", "iframe", "object", "template",
    "script", "style", "svg", "video", "audio", "canvas", "map", "datalist",
})  # fmt: skip
_DOUBTFUL_TAGS = frozenset({"aside", "form", "footer", "noscript"})
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:"
    r"(?:wp-)?caption(?:-text)?|img-?caption|image-?caption|bildunterschrift|bildtext|imagedescription"
    r"|image-?desc\w*"
    r"|(?:image|photo|img|picture|media|video)-?(?:copyright|credits?|source|author|legend)|copyright|legende"
    r"|newsletters?(?:-\w+)*|nl-?signup|sign-?up|subscri(?:be|ption)(?:-\w+)*|abo-?(?:box|teaser)"
    r"|related(?:-\w+)*|relacionad\w+|verwandt\w*|weiterlesen|mehr-zum-thema"
    r"|read-?(?:more|also|next|on)|also-?read|lire-?aussi|leer-?mas|leggi-?anche"
    r"|more-?(?:about|from|on|stories|news|articles|links)(?:-\w+)*|you-?(?:may|might)(?:-\w+)*"
    r"|recommend\w*(?:-\w+)*|empfehlung\w*|outbrain|taboola|promos?(?:-\w+)*|promotion|sponsored(?:-\w+)*"
    r"|advert\w*|ad-?(?:container|wrapper|slot|unit|banner)|anzeige|werbung|affiliate(?:-\w+)*"
    r"|share(?:-\w+)*|sharing|social(?:-\w+)*|follow(?:-us)?|siguenos"
    r"|comments?(?:-(?:list|area|section|form|item|body|content|thread))?|kommentare?|disqus\w*|respond"
    r"|author-?(?:box|bio|info|card|description|profile)|about-?(?:the-?)?author|autor-?(?:box|info)|bio-?box"
    r"|disclaimer|disclosure(?:-\w+)*|toc|ez-toc-\w+|table-?of-?contents|inhaltsverzeichnis"
    r"|breadcrumbs?|pagination|pager|page-?nav\w*|next-?(?:story|post|article|up)"
    r"|prev(?:ious)?-?(?:story|post|article)"
    r"|post-?nav\w*|trending(?:-\w+)*|most-?(?:read|popular|viewed|shared)|popular-?(?:posts|stories|news)"
    r"|meist-?gelesen|top-?stories|latest-?(?:news|stories|posts)|cookie(?:-\w+)*|consent(?:-\w+)*|gdpr"
    r"|tags?-?(?:list|links|cloud|container)|post-?tags|keywords|inline-?teaser|teaser-?(?:list|box"
    r"|card|item|grid)"
    r"|card-?(?:list|grid)|print-?only|skip-?link|sr-?only|visually-?hidden|screen-?reader-?text|(?<![-_])hidden"
    r")(?=$|[\s_-])",
    re.IGNORECASE,
)
"""Class names and ids that editors' systems give to what stands around an article, in the common "
"languages."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
PIECE = 60
"""Characters of text without markup in it that are more than a label."""
_NO_TEXT = frozenset({
    "script", "style", "noscript", "template", "a", "button", "option", "textarea", "head", "title",
    "figcaption",
})  # fmt: skip
_ROOMS = frozenset({"html", "body", "main", "head"})
_DATA_CELL = re.compile(r"[\d.,%€$£+\-–/:\s()]{1,20}")
_LINK_TAGS = frozenset({"p", "div", "ul", "li", "section", "h2", "h3", "h4"})


def article_tree(tree: Element, *, by_name: bool = True) -> Element:
    """Return a copy of a page without the blocks that are not the article.

    Args:
        tree: the parsed page, left as it is.
        by_name: also take out what its class names call foreign; without, only what its element or its
            links show as such.
    """
    page = copy.deepcopy(tree)
    etree.strip_tags(page, etree.Comment, etree.ProcessingInstruction)  # they would cut a sentence in two
    for element in list(_foreign(_Weights(page), by_name=by_name)):
        parent = element.getparent()
        if parent is not None:
            _drop(element, parent)
    for table in list(page.iter("table")):
        if not is_data(table):
            _unwrap(table)
    return page


class _Weights:
    """How much running text each element holds, and which hold the headline; one pass over the page."""

    def __init__(self, page: Element) -> None:
        self.elements = list(page.iter())  # keeps them alive: they are the keys below
        self._held = dict.fromkeys(self.elements, 0)
        for element in reversed(self.elements):
            if element.tag == "p":
                self._held[element] += _size(element)
            parent = element.getparent()
            if parent is not None and parent in self._held:
                self._held[parent] += self._held[element]
        self._total = max(1, self._held[page])
        heads = [h for h in self.elements if h.tag == "h1"]
        self._above_headline = {a for h in heads[:3] for a in (h, *h.iterancestors())}

    def is_large(self, element: Element) -> bool:
        """Return whether an element holds the headline or a good part of the page's running text."""
        parent = element.getparent()
        if element.tag == "article" and parent is not None and parent.tag in ("main", "body"):
            return True
        return element in self._above_headline or self._held[element] > LARGE * self._total


def _foreign(weights: _Weights, *, by_name: bool) -> Iterator[Element]:
    for element in weights.elements:
        if (
            isinstance(element.tag, str)
            and element.tag not in _ROOMS
            and _is_foreign(element, weights, by_name=by_name)
        ):
            yield element


def _is_foreign(element: Element, weights: _Weights, *, by_name: bool) -> bool:
    if element.tag in _FOREIGN_TAGS or _is_hidden(element):
        return True
    is_named = by_name and _is_named_foreign(element)
    if (element.tag in _DOUBTFUL_TAGS or is_named) and not weights.is_large(element):
        return True
    return element.tag in _LINK_TAGS and _leads_elsewhere(element)


def _is_hidden(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _is_named_foreign(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and len(names) < 400 and bool(_NAMES.search(_CAMEL.sub("-", names)))


def _leads_elsewhere(element: Element) -> bool:
    """Return whether a short block is one link and little else: a headline of another article."""
    text = short_text(element, 200) if len(element) <= 3 else ""
    if not 25 <= len(text) <= 200 or text[-1:] in '.!?"”':
        return False
    links = list(element.iter("a"))
    linked = sum(len(" ".join(a.text_content().split())) for a in links)
    return 1 <= len(links) <= 3 and linked >= 0.8 * len(text)


def short_text(element: Element, limit: int) -> str:
    """Return an element's text on one line, or "" where it is longer; a large element costs no more."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > limit:
            return ""
    text = " ".join("".join(pieces).split())
    return text if len(text) <= limit else ""


def running_size(page: Element) -> int:
    """Return the characters of a page's running text: pieces of at least :data:`PIECE` that are no link."""
    size = 0
    for element in page.iter():
        if isinstance(element.tag, str) and element.tag not in _NO_TEXT:
            pieces = (element.text, *(child.tail for child in element))
            size += sum(len(text) for piece in pieces if piece and len(text := piece.strip()) >= PIECE)
    return size


def _size(element: Element) -> int:
    return len(element.text_content().strip())


def is_data(table: Element) -> bool:
    """Return whether a table holds data, not the layout of a page: rows of short cells, many of them numbers.

    Data tables are no running text: a number in a cell has no sentence that says what it counts.
    """
    cells = [" ".join(c.text_content().split()) for c in table.iter("td", "th")]
    cells = [c for c in cells if c]
    rows = sum(1 for _ in table.iter("tr"))
    if rows < 2 or len(cells) < 4 or len(cells) < 1.5 * rows:
        return False
    if sum(map(len, cells)) > 120 * len(cells):
        return False
    return sum(bool(_DATA_CELL.fullmatch(c)) for c in cells) >= 0.25 * len(cells)


def _unwrap(table: Element) -> None:
    for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
        if isinstance(part.tag, str):
            part.tag = "div"


def _drop(element: Element, parent: Element) -> None:
    """Take an element out and leave the text that follows it."""
    tail = element.tail or ""
    before = element.getprevious()
    if tail.strip() and before is not None:
        before.tail = f"{before.tail or ''} {tail}"
    elif tail.strip():
        parent.text = f"{parent.text or ''} {tail}"
    parent.remove(element)
