"""One feed body -> its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree

from newsledger.feeds.dates import read_date
from newsledger.feeds.json_feed import looks_like_json, read_json_feed
from newsledger.feeds.markup import one_line, plain_text
from newsledger.feeds.sitemap import looks_like_sitemap, read_sitemap
from newsledger.feeds.trouble import FeedError
from newsledger.feeds.zones import zone_named
from schemas.config import Feed
from schemas.item import Item

MAX_ITEMS = 2_000
"""More entries in one feed are a mistake or an attack; Media Cloud's fetcher draws the line there too."""
MAX_URL = 2_048
"""Longer links are refused, as browsers and proxies do."""
MAX_SUMMARY = 200_000
"""Characters of one entry's own text that are kept."""
_HTML_START = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED_ROOT = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\b", re.IGNORECASE)

_PERSON = (
    rb"<(?:[A-Za-z]\w*:)?"
    rb"(?:author|creator|contributor|managingEditor|webMaster|publisher|name|email)\b[^<>]*>"
)
_LONG_NAME = re.compile(rb"(" + _PERSON + rb"[^<]{300})[^<]+", re.IGNORECASE)
_LONG_CDATA = re.compile(rb"(" + _PERSON + rb"\s*<!\[CDATA\[[^\]]{300})[^\]]+(\]\]>)", re.IGNORECASE)
"""Names of persons are cut after 300 bytes: feedparser searches them for an address in quadratic time, so
that 32 kB in one cost it seconds to minutes."""


def parse_feed(
    body: bytes, *, feed: Feed, url: str, content_type: str | None, max_items: int = MAX_ITEMS
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

    Raises:
        FeedError: "empty", "html instead of a feed" or "malformed".
    """
    refuse_what_is_no_feed(body)
    home = zone_named(feed.timezone)
    if looks_like_json(body, content_type):
        found = read_json_feed(body, feed=feed, url=url, home=home)
    elif looks_like_sitemap(body):
        found = read_sitemap(body, feed=feed, home=home)
    else:
        found = _read_xml(body, feed=feed, url=url, home=home, content_type=content_type)
    return list(_usable(found, max_items))


def refuse_what_is_no_feed(body: bytes) -> None:
    """Raise :class:`FeedError` for an empty body and for a web page in place of a feed."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FeedError("empty", "the answer has no body")
    start = body[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(start) and not _FEED_ROOT.search(start):
        raise FeedError("html instead of a feed", "the address answers with a web page")


def _usable(items: Iterator[Item], limit: int) -> Iterator[Item]:
    """Yield items with a usable link, each link once."""
    seen: set[str] = set()
    for item in items:
        if len(seen) >= limit:
            return
        if item.url not in seen and _is_link(item.url):
            seen.add(item.url)
            yield item


def _is_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL
    except ValueError:
        return False


def _read_xml(
    body: bytes, *, feed: Feed, url: str, home: ZoneInfo | None, content_type: str | None
) -> Iterator[Item]:
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    parsed = _parsed(body, headers)
    if not parsed.entries and not parsed.get("version"):
        raise FeedError("malformed", str(parsed.get("bozo_exception", "no feed in the body"))[:200])
    for entry in parsed.entries:
        yield _item(entry, feed, url, home)


def _parsed(body: bytes, headers: dict[str, str]) -> Any:  # noqa: ANN401 - feedparser's own dict
    """Return what feedparser makes of a body; what it stumbles over is a malformed feed, not our failure."""
    short = _LONG_CDATA.sub(rb"\1\2", _LONG_NAME.sub(rb"\1", body))
    try:
        return feedparser.parse(
            BytesIO(short), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # it raises whatever its parsers do on hostile bytes
        raise FeedError("malformed", f"{type(error).__name__}: {error}"[:200]) from error


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


def _item(entry: Any, feed: Feed, base: str, home: ZoneInfo | None) -> Item:  # noqa: ANN401 - feedparser's own dict
    link = urljoin(base, str(entry.get("link") or _permalink(entry)).strip())
    raw = next((str(entry[k]) for k in ("published", "updated", "created") if entry.get(k)), None)
    return Item(
        feed_id=feed.id,
        url=link,
        guid=str(entry.get("id") or link),
        title=one_line(str(entry.get("title", ""))),
        published=raw,
        published_at=read_date(raw, home).at if raw else None,
        summary=_summary(entry),
        authors=_authors(entry),
    )


def _permalink(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return the identifier where it is a link and the entry has no other."""
    guid = str(entry.get("id", ""))
    return guid if guid.startswith(("http://", "https://")) else ""


def _summary(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return the longest of the entry's own texts as plain text."""
    texts = [str(entry.get("summary", "")), *(str(c.get("value", "")) for c in entry.get("content", []))]
    return plain_text(max(texts, key=len)[:MAX_SUMMARY])


def _authors(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    names = [one_line(str(a.get("name") or "")) for a in entry.get("authors", []) if a]
    if not any(names):
        names = [one_line(str(entry.get("author", "")))]
    return ", ".join(dict.fromkeys(name for name in names if name))
