"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser 6 does not read."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from newsledger.feeds.content import MAX_TEXT, Entry, FeedContent, fit
from newsledger.feeds.markup import one_line, plain_text
from newsledger.feeds.trouble import FeedError


def looks_like_json(body: bytes, content_type: str | None) -> bool:
    """Return whether a body is JSON, by its first character; the header alone is not believed."""
    start = body[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") or ("json" in (content_type or "") and not start.startswith(b"<"))


def read_json_feed(body: bytes, *, url: str, max_items: int) -> FeedContent:
    """Return what a JSON Feed holds.

    Args:
        body: the bytes; UTF-8, or UTF-16 and UTF-32 as JSON allowed them.
        url: the address they came from, the base of relative links.
        max_items: entries read at most.

    Raises:
        FeedError: it is no JSON, or no feed.
    """
    try:
        data = json.loads(body.removeprefix(b"\xef\xbb\xbf"), strict=False)
    except (ValueError, RecursionError) as error:
        raise FeedError("malformed", f"not JSON: {error}") from error
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise FeedError("malformed", "JSON without a list of items")
    entries = [entry for entry in items if isinstance(entry, dict)]
    language, everyones = _text(data, "language"), _authors(data)
    return FeedContent(
        kind="json" + (_text(data, "version").rpartition("/")[2].replace(".", "") or "1"),
        title=one_line(_text(data, "title")),
        home=_link(url, _text(data, "home_page_url")),
        self_url=_link(url, _text(data, "feed_url")),
        hubs=_hubs(data.get("hubs")),
        language=language,
        entries=tuple(_entry(entry, url, language, everyones) for entry in entries[:max_items]),
        is_cut=len(entries) > max_items,
    )


def _entry(entry: dict[str, Any], base: str, language: str, everyones: tuple[str, ...]) -> Entry:
    link = _text(entry, "url") or _text(entry, "external_url")
    guid = _text(entry, "id")
    if not link and guid.startswith(("http://", "https://")):
        link = guid
    names = _authors(entry) or everyones  # version 1.1: the feed's authors are those of items without any
    texts = [
        plain_text(_text(entry, "content_html", MAX_TEXT)),
        _text(entry, "content_text", MAX_TEXT),
        plain_text(_text(entry, "summary", MAX_TEXT)),
    ]
    return Entry(
        url=_link(base, link),
        guid=guid or _link(base, link),
        title=one_line(_text(entry, "title")),
        published=_text(entry, "date_published"),
        updated=_text(entry, "date_modified"),
        summary=max(texts, key=len),
        authors=names,
        author=", ".join(names),
        language=_text(entry, "language") or language,
    )


def _link(base: str, written: str) -> str:
    """Return a link made absolute; one that cannot be joined stays as it is written."""
    try:
        return urljoin(base, written) if written else ""
    except ValueError:
        return written


def _hubs(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    hubs = value if isinstance(value, list) else []
    return tuple(u for h in hubs if isinstance(h, dict) and (u := _text(h, "url")))


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of version 1.1's ``authors`` or version 1.0's ``author``, each once.

    Somebody without a name goes by the mail address given as theirs, as authors of other formats do.
    """
    listed = entry.get("authors") or entry.get("author")
    people = [a for a in (listed if isinstance(listed, list) else [listed]) if isinstance(a, dict)]
    names = [one_line(_text(a, "name")) or _mail(_text(a, "url")) for a in people]
    return tuple(dict.fromkeys(name for name in names if name))


def _mail(url: str) -> str:
    scheme, _, address = url.partition(":")
    return address.partition("?")[0].strip() if scheme.lower() == "mailto" else ""


def _text(entry: dict[str, Any], key: str, limit: int = 2_000) -> str:
    value = entry.get(key)
    is_plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return fit(value, limit) if is_plain else ""
