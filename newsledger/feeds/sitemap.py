"""Google-news sitemaps, with the dates and titles they carry, and indexes of sitemaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from newsledger.feeds.content import Child, Entry, FeedContent, fit
from newsledger.feeds.dates import noon, read_date
from newsledger.feeds.markup import one_line
from newsledger.feeds.trouble import FeedError

MAX_DEPTH = 3
"""Indexes may not name indexes (sitemaps.org), but some do, one level deep."""
_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)


def looks_like_sitemap(body: bytes) -> bool:
    """Return whether the body is a sitemap or an index of sitemaps."""
    return bool(_ROOT.search(body[:4096]))


def read_sitemap(body: bytes, *, url: str, max_items: int) -> FeedContent:
    """Return the entries of a sitemap, or the sitemaps of an index, in its order.

    Entries without a news element are kept; ``lastmod`` is their date of change, never of publication.

    Args:
        body: the bytes, unpacked.
        url: the address they came from, the base of relative links (which the protocol forbids).
        max_items: entries read at most.

    Raises:
        FeedError: no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise FeedError("malformed", str(error)[:200]) from error
    if root is None:
        raise FeedError("malformed", "no XML element in the body")
    rows = [row for row in root if isinstance(row.tag, str)]
    if str(root.tag).rpartition("}")[2].lower() == "sitemapindex":  # QName refuses names read in recovery
        children = [_child(row, url) for row in rows[:max_items]]
        return FeedContent(
            "sitemap index", children=tuple(c for c in children if c.url), is_cut=len(rows) > max_items
        )
    entries = tuple(_entry(row, url) for row in rows[:max_items])
    return FeedContent("sitemap", entries=entries, is_cut=len(rows) > max_items)


def _entry(row: Any, base: str) -> Entry:  # noqa: ANN401 - an lxml element
    values = _values(row)
    link = _absolute(base, values.get("loc", ""))
    return Entry(
        url=link,
        guid=link,
        title=one_line(values.get("title", "")),
        published=values.get("publication_date", ""),
        updated=values.get("lastmod", ""),
        language=values.get("language", ""),
        source=one_line(values.get("name", "")),
    )


def _child(row: Any, base: str) -> Child:  # noqa: ANN401 - an lxml element
    values = _values(row)
    return Child(_absolute(base, values.get("loc", "")), values.get("lastmod", ""))


_NEWS = ("loc", "publication_date", "title", "lastmod", "language", "name")


def _values(row: Any) -> dict[str, str]:  # noqa: ANN401 - an lxml element
    """Return the first value of each element of interest; those of images and videos are not ours."""
    values: dict[str, str] = {}
    for element in row.iter(*(f"{{*}}{name}" for name in _NEWS)):
        kind = etree.QName(element)
        if "image" in (kind.namespace or "") or "video" in (kind.namespace or ""):
            continue
        values.setdefault(kind.localname, fit(element.text))
    return values


def _absolute(base: str, written: str) -> str:
    try:
        return urljoin(base, written) if written else ""
    except ValueError:
        return written


def walk_sitemap(
    content: FeedContent,
    read: Callable[[str], FeedContent | None],
    *,
    since: datetime,
    max_sitemaps: int = 50,
    max_items: int = 2_000,
) -> Iterator[Entry]:
    """Yield the entries of a sitemap and of the sitemaps it leads to, newest sitemap first.

    Sitemaps and entries that say they last changed before ``since`` are passed over; those that do not say
    are read. A sitemap is read once, however often it is named.

    Args:
        content: where to start.
        read: fetches and reads a sitemap by its address; None where that failed (and was recorded).
        since: the beginning of the window of discovery.
        max_sitemaps: sitemaps fetched at most.
        max_items: entries yielded at most.
    """
    waiting = [(content, 0)]
    seen: set[str] = set()
    left = max_items
    while waiting and left > 0:
        now, depth = waiting.pop(0)
        fresh = [e for e in now.entries if not _is_older(e.published or e.updated, since)][:left]
        left -= len(fresh)
        yield from fresh
        for child in _newest_first(now.children, since) if depth < MAX_DEPTH else ():
            if child.url in seen or len(seen) >= max_sitemaps:
                continue
            seen.add(child.url)
            found = read(child.url)
            if found is not None:
                waiting.append((found, depth + 1))


def _newest_first(children: tuple[Child, ...], since: datetime) -> list[Child]:
    fresh = [child for child in children if not _is_older(child.changed, since)]
    return sorted(fresh, key=lambda child: _when(child.changed) or since, reverse=True)


def _is_older(written: str, since: datetime) -> bool:
    when = _when(written)
    return when is not None and when < since


def _when(written: str) -> datetime | None:
    read = read_date(written) if written else None
    if read is None or (read.at is None and read.day is None):
        return None
    return read.at or (noon(read.day) if read.day else None)
