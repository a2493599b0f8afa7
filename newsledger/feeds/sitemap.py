"""Google-news sitemaps, with the dates and titles they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from newsledger.feeds.dates import read_date
from newsledger.feeds.markup import one_line
from newsledger.feeds.trouble import FeedError
from schemas.config import Feed
from schemas.item import Item

_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)


def looks_like_sitemap(body: bytes) -> bool:
    """Return whether the body is a sitemap or an index of sitemaps."""
    return bool(_ROOT.search(body[:4096]))


def read_sitemap(body: bytes, *, feed: Feed, home: ZoneInfo | None) -> Iterator[Item]:
    """Return the items of a sitemap, in its order.

    Raises:
        FeedError: no XML, or an index of sitemaps, which lists no articles itself.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(body, parser)
    if root is None:
        raise FeedError("malformed", "no XML element in the body")
    if etree.QName(root).localname == "sitemapindex":
        raise FeedError("malformed", "an index of sitemaps; name the news sitemap itself")
    return (_item(entry, feed, home) for entry in root if isinstance(entry.tag, str))


def _item(entry: Any, feed: Feed, home: ZoneInfo | None) -> Item:  # noqa: ANN401 - an lxml element
    values: dict[str, str] = {}
    for element in entry.iter("{*}loc", "{*}publication_date", "{*}title", "{*}lastmod"):
        values.setdefault(str(element.tag).rpartition("}")[2], (element.text or "").strip())
    raw = values.get("publication_date") or None
    return Item(
        feed_id=feed.id,
        url=values.get("loc", ""),
        guid=values.get("loc", ""),
        title=one_line(values.get("title", "")),
        published=raw,
        published_at=read_date(raw, home).at if raw else None,
    )
