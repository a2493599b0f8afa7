"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser 6 does not read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from newsledger.feeds.dates import read_date
from newsledger.feeds.markup import one_line, plain_text
from newsledger.feeds.trouble import FeedError
from schemas.config import Feed
from schemas.item import Item


def looks_like_json(body: bytes, content_type: str | None) -> bool:
    """Return whether a body is JSON, by its first character; the header alone is not believed."""
    start = body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") or ("json" in (content_type or "") and not start.startswith(b"<"))


def read_json_feed(body: bytes, *, feed: Feed, url: str, home: ZoneInfo | None) -> Iterator[Item]:
    """Yield the items of a JSON Feed.

    Raises:
        FeedError: it is no JSON, or no feed.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError("malformed", f"not JSON: {error}") from error
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise FeedError("malformed", "JSON without a list of items")
    return (_item(entry, feed, url, home) for entry in entries if isinstance(entry, dict))


def _item(entry: dict[str, Any], feed: Feed, base: str, home: ZoneInfo | None) -> Item:
    link = urljoin(base, _text(entry, "url") or _text(entry, "external_url") or _text(entry, "id"))
    raw = _text(entry, "date_published") or _text(entry, "date_modified") or None
    texts = [plain_text(_text(entry, k)) for k in ("content_html", "content_text", "summary")]
    return Item(
        feed_id=feed.id,
        url=link,
        guid=_text(entry, "id") or link,
        title=one_line(_text(entry, "title")),
        published=raw,
        published_at=read_date(raw, home).at if raw else None,
        summary=max(texts, key=len),
        authors=_authors(entry),
    )


def _authors(entry: dict[str, Any]) -> str:
    authors = entry.get("authors")
    listed = authors if isinstance(authors, list) else [entry.get("author")]
    names = [one_line(_text(a, "name")) for a in listed if isinstance(a, dict)]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return str(value).strip() if isinstance(value, (str, int, float)) else ""
