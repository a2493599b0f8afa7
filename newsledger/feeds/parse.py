"""One feed body -> its items."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lxml import etree

from newsledger.feeds.content import MAX_ITEMS, Entry, FeedContent
from newsledger.feeds.dates import read_date
from newsledger.feeds.isolation import FeedReader, FeedReaders, shared_reader
from newsledger.feeds.json_feed import looks_like_json
from newsledger.feeds.trouble import FeedError
from newsledger.feeds.zones import zone_named
from schemas.config import Feed
from schemas.item import Item

MAX_URL = 2_048
"""Longer links are refused, as browsers and proxies do."""


def parse_feed(
    body: bytes,
    *,
    feed: Feed,
    url: str,
    content_type: str | None,
    max_items: int = MAX_ITEMS,
    reader: FeedReader | FeedReaders | None = None,
) -> list[Item]:
    """Return the items of an RSS, Atom, RDF, JSON Feed or Google-news sitemap body, in feed order.

    A feed that is damaged but still yields entries yields them; :func:`oddity` tells what was wrong.
    Items without a usable link, and second items with a link already seen, are left out.

    Args:
        body: the decoded body; it is never opened as a path or fetched.
        feed: the feed, whose ``timezone`` resolves dates without a zone.
        url: the address the body came from, the base of relative links.
        content_type: the answer's header, which may be wrong, or None.
        max_items: entries read at most.
        reader: the process that reads; the one this program shares when None.

    Raises:
        FeedError: "empty", "html instead of a feed", "malformed", "too large", "too slow", "reader died", or
            "sitemap index", whose sitemaps :func:`newsledger.feeds.sitemap.walk_sitemap` goes through.
    """
    reader = reader or shared_reader()
    content = reader.read(body, url=url, content_type=content_type, max_items=max_items)
    if content.children and not content.entries:
        raise FeedError("sitemap index", "it lists sitemaps, not articles; name the news sitemap itself")
    return items_of(content, feed=feed)


def items_of(content: FeedContent, *, feed: Feed) -> list[Item]:
    """Return a feed's entries as items: with a usable link, each link once, dates with their zone.

    Args:
        content: what the reader found.
        feed: the feed, whose ``timezone`` resolves dates without a zone.
    """
    home = zone_named(feed.timezone)
    return list(_usable(_item(entry, feed, home) for entry in content.entries))


def _usable(items: Iterator[Item]) -> Iterator[Item]:
    seen: set[str] = set()
    for item in items:
        if item.url not in seen and _is_link(item.url):
            seen.add(item.url)
            yield item


def _is_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL
    except ValueError:
        return False


def _item(entry: Entry, feed: Feed, home: ZoneInfo | None) -> Item:
    """Return the item; where a feed gives one date only, that date is taken for the publication's."""
    raw = entry.published or entry.updated or None
    return Item(
        feed_id=feed.id,
        url=entry.url,
        guid=entry.guid,
        title=entry.title,
        published=raw,
        published_at=read_date(raw, home).at if raw else None,
        summary=entry.summary,
        authors=", ".join(entry.authors),
        updated=entry.updated or None,
        updated_at=read_date(entry.updated, home).at if entry.updated else None,
    )


def oddity(body: bytes, content_type: str | None) -> str:
    """Return what is wrong with a feed that could still be read ("malformed: ..."), or ""."""
    if looks_like_json(body, content_type):
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=False)
    try:
        etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        return f"malformed: {str(error.msg)[:120]}"
    return ""
