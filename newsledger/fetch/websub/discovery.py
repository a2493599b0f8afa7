"""Which hub a feed names, and under which address it is known there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from newsledger.feeds.content import FeedContent

_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Push:
    """Where a feed can be subscribed to.

    Attributes:
        hub: the hub's address.
        topic: the feed's address as the hub knows it.
    """

    hub: str
    topic: str


def find_hub(headers: Mapping[str, str], content: FeedContent, url: str) -> Push | None:
    """Return the first hub a feed names and its topic, or None where it names none.

    The answer's ``Link`` headers go before the feed's own words (WebSub, 4); a feed that names no ``self``
    is known by the address that answered.

    Args:
        headers: the answer's, names in lower case.
        content: the feed.
        url: the address that answered.
    """
    links = list(_from_header(headers.get("link", "")))
    hubs = [href for rel, href in links if rel == "hub"] + list(content.hubs)
    topics = [href for rel, href in links if rel == "self"] + ([content.self_url] if content.self_url else [])
    usable = [full for hub in hubs if urlsplit(full := urljoin(url, hub)).scheme in ("http", "https")]
    return Push(usable[0], urljoin(url, topics[0]) if topics else url) if usable else None


def _from_header(value: str) -> Iterator[tuple[str, str]]:
    for target, parameters in _LINK.findall(value):
        rel = _REL.search(parameters)
        for name in (rel[1] or rel[2] or "").lower().split() if rel else ():
            yield name, target.strip()
