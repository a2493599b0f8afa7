"""Who wrote an article, from what its page says in JSON-LD, in meta elements and in its byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from trafilatura.metadata import extract_author

from newsledger.feeds.markup import one_line
from newsledger.fetch.page.blocks import Element

_META = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author",
)
"""Names of meta elements for the authors, most reliable first."""
_PREFIX = re.compile(
    r"^(?:(?:written |story |text |words |report |analysis )?by|von|par|por|di|door|av|af|przez)\s*:?\s+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:;|\s(?:and|und|et|og|och|&|with|mit)\s)\s*")
_IN_BRACKETS = re.compile(r"\s*\([^()]{1,40}\)")
_NO_NAME = re.compile(
    r"https?:|www\.|@|^\W*$|^\d+$|^[\w-]+\.(?:com|org|net|de|at|ch|fr|co\.uk|it|es|nl|pl|tv|eu)\b"
    r"|\b(?:gmbh|ltd|inc|llc|e\.\s?v)\b\.?|^(?:admin|administrator|editor|webmaster|staff|author"
    r"|unknown|null|none)$",
    re.IGNORECASE,
)
_LONGEST = 80
MAX_AUTHORS = 20


def authors_of(tree: Element, node: dict[str, Any], meta: dict[str, str], publisher: str) -> tuple[str, ...]:
    """Return the authors' names, each once, in the page's order.

    Persons go before organisations, and an organisation that is the publisher itself is no author while the
    byline names one.

    Args:
        tree: the parsed page.
        node: the article's object in JSON-LD, or {}.
        meta: the page's meta elements by lower-cased name.
        publisher: the outlet's name, or "".
    """
    stated = list(_people(node.get("author") or node.get("creator")))
    persons = _clean((name for name, is_person in stated if is_person), publisher)
    if persons:
        return persons
    named = next((found for key in _META if (found := _clean(_pieces(meta.get(key, "")), publisher))), ())
    printed = named or _clean(_pieces((extract_author(tree) or "").replace(";", " and ")), publisher)
    return printed or _clean((name for name, _ in stated), "")


def _people(value: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401 - JSON
    """Yield (name, whether it may be a person) of a JSON-LD value."""
    entries = value if isinstance(value, list) else [value]
    for entry in entries[:MAX_AUTHORS]:
        if isinstance(entry, str):
            yield from ((name, True) for name in _pieces(entry))
        elif isinstance(entry, dict):
            kind = str(entry.get("@type") or "").rpartition("/")[2]
            names = entry.get("name")
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str):
                    yield from ((piece, "Organization" not in kind) for piece in _pieces(name))


def _pieces(written: str) -> list[str]:
    """Return the names in a line: between "and", semicolons, or commas where each piece looks like a name."""
    text = one_line(written[:500])
    pieces = [p for p in _AND.split(text) if p]
    found: list[str] = []
    for piece in pieces:
        parts = [p.strip() for p in piece.split(",") if p.strip()]
        is_list = len(parts) > 1 and all(len(p.split()) >= 2 for p in parts)
        found += parts if is_list else [piece]
    return found


def _clean(names: Iterable[str], publisher: str) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for written in names:
        name = _IN_BRACKETS.sub("", _PREFIX.sub("", written.strip())).strip(" \t,;:|-–—•*")
        if publisher and name.casefold().endswith(f", {publisher.casefold()}"):
            name = name[: -len(publisher) - 2]
        if not name or len(name) > _LONGEST or _NO_NAME.search(name):
            continue
        if publisher and _same(name, publisher):
            continue
        kept.setdefault(name.casefold(), name)
    return tuple(kept.values())[:MAX_AUTHORS]


def _same(name: str, publisher: str) -> bool:
    mine, its = (re.sub(r"\W+|\b(?:the|die|der|das|le|la|el)\b", "", n.casefold()) for n in (name, publisher))
    return mine == its
