"""Which hub a feed names, and under which address it is known there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from newsledger.fetch.schedule.hints import feed_head

_LINK_HEADER = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)
_ELEMENT = re.compile(rb"<(?:[A-Za-z]\w*:)?link\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ENTITIES = ((b"&amp;", b"&"), (b"&#38;", b"&"), (b"&quot;", b'"'))


@dataclass(frozen=True, slots=True)
class Push:
    """Where a feed can be subscribed to.

    Attributes:
        hub: the hub's address.
        topic: the feed's address as the hub knows it.
    """

    hub: str
    topic: str


def find_hub(headers: Mapping[str, str], body: bytes, url: str) -> Push | None:
    """Return the first hub a feed names and its topic, or None where it names none.

    The answer's ``Link`` headers go before the feed's own words (WebSub, 4); a feed that names no ``self``
    is known by the address that answered.

    Args:
        headers: the answer's, names in lower case.
        body: the feed.
        url: the address that answered.
    """
    links = [*_from_header(headers.get("link", "")), *(_from_json(body) or _from_markup(body))]
    hubs = [urljoin(url, href) for rel, href in links if rel == "hub"]
    topics = [urljoin(url, href) for rel, href in links if rel == "self"]
    usable = [hub for hub in hubs if urlsplit(hub).scheme in ("http", "https")]
    return Push(usable[0], topics[0] if topics else url) if usable else None


def _from_header(value: str) -> Iterator[tuple[str, str]]:
    for target, parameters in _LINK_HEADER.findall(value):
        rel = _REL.search(parameters)
        for name in (rel[1] or rel[2] or "").lower().split() if rel else ():
            yield name, target.strip()


def _from_markup(body: bytes) -> Iterator[tuple[str, str]]:
    for element in _ELEMENT.findall(feed_head(body)):
        found = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(element)}
        href = found.get(b"href", b"").strip()
        for written, meant in _ENTITIES:
            href = href.replace(written, meant)
        for name in found.get(b"rel", b"").lower().split():
            if href:
                yield name.decode("ascii", "replace"), href.decode("utf-8", "replace")


def _from_json(body: bytes) -> list[tuple[str, str]]:
    """Return the links of a JSON Feed 1.1: its ``hubs`` of type WebSub and its ``feed_url``."""
    if not body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return []
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return []
    hubs = data.get("hubs") if isinstance(data, dict) else None
    listed = hubs if isinstance(hubs, list) else []
    found = [("hub", str(h.get("url", ""))) for h in listed if isinstance(h, dict) and _is_websub(h)]
    return [*found, ("self", str(data["feed_url"]))] if found and data.get("feed_url") else found


def _is_websub(hub: dict[str, object]) -> bool:
    return str(hub.get("type", "")).lower() in ("websub", "pubsubhubbub")
