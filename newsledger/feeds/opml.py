"""OPML: lists of feeds from other programs in, ours out. Groups and categories survive the way.

An outline with an ``xmlUrl`` is a feed, one without is a group; a feed listed in several groups is one feed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from pydantic import ValidationError

from newsledger.feeds.markup import one_line
from newsledger.feeds.trouble import FeedError
from schemas.config import Feed

MAX_DEPTH = 32
"""Groups within groups; deeper ones are a mistake or an attack."""
_PREFIX = re.compile(r"^feed:(?://)?(?=https?:)|^feed://", re.IGNORECASE)

_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
"""An ampersand that begins nothing XML knows: programs write addresses into OPML as they are."""


@dataclass(frozen=True, slots=True)
class Opml:
    """A list of feeds.

    Attributes:
        feeds: in the list's order, each address once.
        refused: (name, reason) of outlines that are no feed one could read.
    """

    feeds: tuple[Feed, ...]
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Listed:
    """One feed while the list is read: the same address may come again in another group."""

    name: str
    url: str
    home: str | None
    language: str
    groups: list[list[str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    sitemap: bool = False
    own: dict[str, str] = field(default_factory=dict)


def read_opml(body: bytes, *, taken: Sequence[str] = ()) -> Opml:
    """Return the feeds of an OPML file, versions 1.0 to 2.0.

    Args:
        body: the file's bytes.
        taken: ids that are in use already.

    Raises:
        FeedError: "malformed": no XML, or no outline in it.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(_BARE.sub(b"&amp;", body.lstrip()), parser)
    except etree.XMLSyntaxError as error:
        raise FeedError("malformed", str(error)[:200]) from error
    outlines = [] if root is None else list(root.iter("outline"))
    if root is None or (not outlines and str(root.tag).rpartition("}")[2].lower() != "opml"):
        raise FeedError("malformed", "no OPML: there is no outline element in it")
    listed: dict[str, _Listed] = {}
    refused: list[tuple[str, str]] = []
    for outline in outlines:
        _take(outline, listed, refused)
    return _as_feeds(listed, refused, set(taken))


def _take(outline: Any, listed: dict[str, _Listed], refused: list[tuple[str, str]]) -> None:  # noqa: ANN401
    values = {str(k).lower(): str(v).strip() for k, v in outline.attrib.items()}
    url, name = values.get("xmlurl", ""), one_line(values.get("title") or values.get("text") or "")
    if not url:
        if values.get("type", "").lower() in ("rss", "atom"):
            refused.append((name or "(no name)", "no xmlUrl"))
        return
    url = _PREFIX.sub(lambda m: "" if m[0].lower() != "feed://" else "http://", url)
    parts = urlsplit(url) if "[" not in url else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        refused.append((name or url, f"no http address: {url[:200]!r}"))
        return
    fresh = _Listed(name or parts.hostname, url, values.get("htmlurl") or None, values.get("language", ""))
    entry = listed.setdefault(url, fresh)
    entry.own = entry.own or {k[3:]: v for k, v in values.items() if k.startswith("nl-")}
    path = _path(outline)
    if path and path not in entry.groups:
        entry.groups.append(path)
    entry.tags += [tag for tag in _tags(values.get("category", "")) if tag not in entry.tags]


def _path(outline: Any) -> list[str]:  # noqa: ANN401 - an lxml element
    """Return the names of the groups around an outline, outermost first."""
    names = [
        one_line(parent.get("text") or parent.get("title") or "")
        for parent in outline.iterancestors("outline")
        if not parent.get("xmlUrl")
    ]
    return [name for name in reversed(names[:MAX_DEPTH]) if name]


def _tags(written: str) -> list[str]:
    """Return the categories of an outline: a list with commas; a slash makes a path (OPML 2.0)."""
    return [tag for piece in written.split(",") if (tag := piece.strip())]


def _as_feeds(listed: dict[str, _Listed], refused: list[tuple[str, str]], taken: set[str]) -> Opml:
    feeds = []
    for entry in listed.values():
        own = entry.own
        key = _free_id(own.get("id") or _slug(entry.name) or _slug(urlsplit(entry.url).hostname or ""), taken)
        values: dict[str, object] = {
            "id": key, "url": entry.url, "outlet": own.get("outlet") or entry.name, "home": entry.home,
            "groups": entry.groups, "tags": entry.tags, "kind": own.get("kind", "feed"),
            "country": own.get("country"), "timezone": own.get("timezone"),
            "enabled": own.get("enabled") != "false",
        }  # fmt: skip
        if re.fullmatch(r"[a-z]{2}(?:-.*)?", entry.language.lower()):
            values["language"] = entry.language[:2].lower()
        try:
            feeds.append(Feed.model_validate(values))
        except ValidationError as error:
            refused.append((entry.name, str(error.errors()[0]["msg"])))
            continue
        taken.add(key)
    return Opml(tuple(feeds), tuple(refused))


def _slug(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:40].strip("-")


def _free_id(wanted: str, taken: set[str]) -> str:
    base, number = wanted or "feed", 2
    key = base
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def write_opml(feeds: Sequence[Feed], *, title: str) -> bytes:
    """Return the feeds as OPML 2.0 in UTF-8, in their groups; a feed of several groups is listed in each.

    What OPML has no name for (id, outlet, country, kind, time zone) is kept in attributes of our own, which
    other programs pass over.
    """
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    groups: dict[tuple[str, ...], Any] = {(): body}
    for feed in feeds:
        for path in feed.groups or [[]]:
            etree.SubElement(_group(tuple(path), groups), "outline", dict(_attributes(feed)))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _group(path: tuple[str, ...], groups: dict[tuple[str, ...], Any]) -> Any:  # noqa: ANN401 - an lxml element
    if path not in groups:
        parent = _group(path[:-1], groups)
        groups[path] = etree.SubElement(parent, "outline", text=path[-1], title=path[-1])
    return groups[path]


def _attributes(feed: Feed) -> Iterator[tuple[str, str]]:
    yield from {"type": "rss", "text": feed.outlet, "title": feed.outlet, "xmlUrl": str(feed.url)}.items()
    if feed.home:
        yield "htmlUrl", feed.home
    yield "language", feed.language
    if feed.tags:
        yield "category", ",".join(feed.tags)
    yield "nl-id", feed.id
    own = {"country": feed.country, "timezone": feed.timezone}
    yield from ((f"nl-{name}", value) for name, value in own.items() if value)
    if feed.kind != "feed":
        yield "nl-kind", feed.kind
    if not feed.enabled:
        yield "nl-enabled", "false"
