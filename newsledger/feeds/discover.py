"""The feeds of a site: what its page declares, what it links to, and guesses as the last resort."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html

from newsledger.feeds.content import FeedContent, fit
from newsledger.feeds.trouble import FeedError

FEED_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/rss+xml": "rss",
    "application/x-rss+xml": "rss",
    "application/x-atom+xml": "atom",
}
"""Types a page's ``link rel=alternate`` may carry, and the kind of feed they stand for."""
GUESSES = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feeds/all.rss.xml", "/index.xml", "/feed.json",
    "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml",
)  # fmt: skip
"""Paths at which the common content systems put their feeds; asked for only when a page names none."""
_NO_FEED = re.compile(r"/wp-json/|oembed|manifest\.json|/comments/feed", re.IGNORECASE)
_LOOKS_LIKE_FEED = re.compile(
    r"(?:/(?:feeds?|rss|atom)/?$|\.(?:rss|atom|rdf)$|/(?:rss|feed|atom|index)[\w-]*\.(?:xml|json)$|feedburner\.com/)",
    re.IGNORECASE,
)
MAX_LINKED = 20
"""Links of a page that are tried."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed, or an address that may be one.

    Attributes:
        url: its address, absolute.
        title: what it calls itself, or the page calls it, or "".
        kind: ``rss``, ``atom``, ``rdf``, ``json``, ``xml``, ``sitemap``, or "" where only a look can tell.
        how: ``itself``, ``declared``, ``linked`` or ``guessed``.
    """

    url: str
    title: str = ""
    kind: str = ""
    how: str = "declared"


def feeds_in_page(page: str, url: str) -> list[FoundFeed]:
    """Return the feeds a page declares with ``link rel=alternate``, each address once, in the page's order.

    Args:
        page: the page's markup.
        url: its address; ``<base href>`` in the page goes before it.
    """
    tree = _tree(page)
    if tree is None:
        return []
    base = _base(tree, url)
    return _each_once(_declared(tree, base))


def links_in_page(page: str, url: str) -> list[FoundFeed]:
    """Return the links of a page whose address looks like a feed's; a look must tell whether they are."""
    tree = _tree(page)
    if tree is None:
        return []
    base = _base(tree, url)
    found = (
        FoundFeed(link, title=" ".join(a.text_content().split())[:200], how="linked")
        for a in tree.iter("a")
        if (link := _link(base, a.get("href"))) and _LOOKS_LIKE_FEED.search(urlsplit(link).path or link)
    )
    return _each_once(found)[:MAX_LINKED]


def guesses(url: str) -> list[FoundFeed]:
    """Return the addresses at which a site of this address might have feeds."""
    return [FoundFeed(urljoin(url, path), how="guessed") for path in GUESSES]


def discover(
    url: str,
    get: Callable[[str], tuple[bytes, str | None, str] | None],
    read: Callable[[bytes, str, str | None], FeedContent],
) -> list[FoundFeed]:
    """Return the feeds behind an address: itself, those its page declares, links to, or hides.

    Each is fetched and read before it is returned. Linked addresses are tried only when the page declares no
    feed that reads, guesses only when there are none of those either.

    Args:
        url: the address of a site, a page or a feed.
        get: fetches an address: body, content type and final address, or None where that fails.
        read: reads a body as a feed (body, address, content type); raises FeedError when it is none.
    """
    answer = get(url)
    if answer is None:
        return []
    body, content_type, final = answer
    itself = _read(read, body, final, content_type)
    if itself is not None:
        return [_named(FoundFeed(final, how="itself"), itself)]
    page = body.decode("utf-8", errors="replace")
    for candidates in (feeds_in_page(page, final), links_in_page(page, final), guesses(final)):
        found = _each_once(_confirmed(candidates, get, read))
        if found:
            return found
    return []


def _confirmed(
    candidates: Iterable[FoundFeed],
    get: Callable[[str], tuple[bytes, str | None, str] | None],
    read: Callable[[bytes, str, str | None], FeedContent],
) -> Iterator[FoundFeed]:
    for candidate in candidates:
        answer = get(candidate.url)
        content = None if answer is None else _read(read, answer[0], answer[2], answer[1])
        if content is not None:
            yield _named(candidate, content)


def _read(
    read: Callable[[bytes, str, str | None], FeedContent], body: bytes, url: str, content_type: str | None
) -> FeedContent | None:
    try:
        content = read(body, url, content_type)
    except FeedError:
        return None  # it is no feed, which is what was asked
    return content if content.kind or content.entries else None


def _named(found: FoundFeed, content: FeedContent) -> FoundFeed:
    kind = re.sub(r"\d+$", "", content.kind) or found.kind
    return FoundFeed(found.url, content.title or found.title, kind, found.how)


def _declared(tree: Any, base: str) -> Iterator[FoundFeed]:  # noqa: ANN401 - an lxml element
    for link in tree.iter("link"):
        kind = FEED_TYPES.get((link.get("type") or "").partition(";")[0].strip().lower())
        rels = (link.get("rel") or "").lower().split()
        if kind is None or not {"alternate", "feed"} & set(rels) or "stylesheet" in rels:
            continue
        address = _link(base, link.get("href"))
        if address and not _NO_FEED.search(address):
            yield FoundFeed(address, fit(" ".join((link.get("title") or "").split())), kind)


def _tree(page: str) -> Any:  # noqa: ANN401 - an lxml element
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        return lxml_html.document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except (ValueError, lxml_html.etree.LxmlError):
        return None  # no markup, no feeds


def _base(tree: Any, url: str) -> str:  # noqa: ANN401 - an lxml element
    written = next((b.get("href") for b in tree.iter("base") if b.get("href")), "")
    return _link(url, written) or url


def _link(base: str, written: str | None) -> str:
    """Return an absolute http address without its fragment, or ""."""
    bare = re.sub(r"[\t\r\n]", "", (written or "").strip())
    bare = re.sub(r"^feed:(?://)?(?=https?:)", "", re.sub(r"^feed://", "http://", bare))
    try:
        full = urljoin(base, bare).partition("#")[0] if bare else ""
        parts = urlsplit(full)
    except ValueError:
        return ""
    return full if parts.scheme in ("http", "https") and parts.hostname else ""


def _each_once(found: Iterable[FoundFeed]) -> list[FoundFeed]:
    kept: dict[str, FoundFeed] = {}
    for feed in found:
        kept.setdefault(feed.url, feed)
    return list(kept.values())
