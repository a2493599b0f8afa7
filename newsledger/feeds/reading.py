"""One feed body -> what it holds, whatever its format. Bytes in, no network, no file.

Hostile bytes can make this slow; callers outside tests go through :mod:`newsledger.feeds.isolation`.
"""

from __future__ import annotations

import re
import zlib

from newsledger.feeds.content import MAX_ITEMS, FeedContent
from newsledger.feeds.json_feed import looks_like_json, read_json_feed
from newsledger.feeds.sitemap import looks_like_sitemap, read_sitemap
from newsledger.feeds.trouble import FeedError
from newsledger.feeds.xml_feed import read_xml_feed

MAX_UNPACKED = 52_428_800
"""Bytes of an unpacked ``.xml.gz``: the limit of sitemaps.org for one sitemap."""
_HTML_START = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEED_ROOT = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\b", re.IGNORECASE)


def read_feed(body: bytes, *, url: str, content_type: str | None, max_items: int = MAX_ITEMS) -> FeedContent:
    """Return what an RSS, RDF, Atom, CDF, JSON Feed or sitemap body holds.

    A feed that is damaged but still yields entries yields them.

    Args:
        body: the decoded body (a ``.gz`` file is unpacked); never opened as a path or fetched.
        url: the address the body came from, the base of relative links.
        content_type: the answer's header, which may be wrong, or None.
        max_items: entries read at most.

    Raises:
        FeedError: "empty", "html instead of a feed", "malformed" or "too large".
    """
    body = _unpacked(body)
    refuse_what_is_no_feed(body)
    if looks_like_json(body, content_type):
        return read_json_feed(body, url=url, max_items=max_items)
    if looks_like_sitemap(body):
        return read_sitemap(body, url=url, max_items=max_items)
    return read_xml_feed(body, url=url, content_type=content_type, max_items=max_items)


def refuse_what_is_no_feed(body: bytes) -> None:
    """Raise :class:`FeedError` for an empty body and for a web page in place of a feed."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FeedError("empty", "the answer has no body")
    start = body[:4096].removeprefix(b"\xef\xbb\xbf")
    if _HTML_START.match(start) and not _FEED_ROOT.search(start):
        raise FeedError("html instead of a feed", "the address answers with a web page")


def _unpacked(body: bytes) -> bytes:
    """Return a gzip file's content; other bodies as they are.

    Raises:
        FeedError: "too large", or "malformed" for a broken file.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = stream.decompress(body, MAX_UNPACKED)
    except zlib.error as error:
        raise FeedError("malformed", f"gzip: {error}") from error
    if stream.unconsumed_tail:
        raise FeedError("too large", f"unpacks to more than {MAX_UNPACKED:,} bytes")
    if not stream.eof:
        raise FeedError("malformed", "gzip: the file stops before its end")
    return plain
