"""Feeds of changes: Atom (RFC 4287) and JSON Feed 1.1, from the same entries.

An entry's id is made from its change and the site's address alone, so that a revision updates it in a
reader's list instead of adding a second one; ``updated`` moves only when what the change says moves.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from newsledger.publish import wording
from newsledger.publish.display import clipped, excerpt, line, quote_address, shown, web_address
from newsledger.publish.record import Json, compact_bytes
from newsledger.publish.site.entries import FOLDER, Voice, languages, voices
from newsledger.publish.ways import anchor
from schemas.config import Site
from schemas.reading import Quote

LENGTH = 60
"""Entries of a feed: a month of a busy story; older ones have their pages."""
_ATOM = "http://www.w3.org/2005/Atom"
_SPACE = uuid.UUID("6c1f2c57-3f44-5b2e-9d0a-5d8f4c0e8a11")
"""Namespace of the names of entries where the site has no address; drawn once at random."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written.

    Attributes:
        path: its path from the root of the site, without extension.
        title: its title.
        page: the page of the same matter, from the root.
        entries: its changes, newest first.
    """

    path: str
    title: str
    page: str
    entries: Sequence[Json]


Contents = dict[str, str]
"""The content of entries already made, by change: one change is in several feeds."""


def feed_files(feed: Feed, site: Site, made: Contents | None = None) -> dict[str, bytes]:
    """Return both files of a feed by their path from the root of the site.

    Args:
        feed: the feed.
        site: title and address of the site.
        made: contents made before for other feeds; grows.
    """
    contents = {} if made is None else made
    entries = sorted(feed.entries, key=lambda e: (e["updated_at"], e["severity"], e["id"]), reverse=True)
    newest = Feed(feed.path, feed.title, feed.page, entries[:LENGTH])
    for entry in newest.entries:
        if entry["id"] not in contents:
            contents[entry["id"]] = _fit(entry_html(entry))
    files = atom(newest, site, contents), json_feed(newest, site, contents)
    return {f"{feed.path}.atom": files[0], f"{feed.path}.feed.json": files[1]}


def entry_id(entry: Json, site: Site) -> str:
    """Return the lasting id of an entry: a ``tag:`` (RFC 4151), or a name-based UUID without a host."""
    host = urlsplit(web_address(site.url) or "").hostname
    if host:
        return f"tag:{host},{entry['day']}:change/{anchor(entry['id'])}"
    return f"urn:uuid:{uuid.uuid5(_SPACE, entry['id'])}"


def atom(feed: Feed, site: Site, contents: Contents) -> bytes:
    """Return a feed as Atom."""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _child(root, "title", f"{line(site.title)}: {line(feed.title)}")
    _child(root, "id", _feed_id(feed, site))
    _child(root, "updated", max((e["updated_at"] for e in feed.entries), default="1970-01-01T00:00:00+00:00"))
    ET.SubElement(ET.SubElement(root, "author"), "name").text = line(site.title) or "newsledger"
    ET.SubElement(
        root,
        "link",
        {"rel": "self", "type": "application/atom+xml", "href": _href(feed, site, f"{feed.path}.atom")},
    )
    ET.SubElement(
        root, "link", {"rel": "alternate", "type": "text/html", "href": _href(feed, site, feed.page)}
    )
    for entry in feed.entries:
        _atom_entry(
            ET.SubElement(root, "entry"), _href(feed, site, _page(entry)), entry, site, contents[entry["id"]]
        )
    ET.indent(root, " ")
    return (
        b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
    )


def _atom_entry(element: ET.Element, href: str, entry: Json, site: Site, html: str) -> None:
    _child(element, "id", entry_id(entry, site))
    _child(element, "title", entry_title(entry))
    _child(element, "published", entry["published_at"])
    _child(element, "updated", entry["updated_at"])
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": href})
    for term in (entry["kind"], entry["story"]):
        ET.SubElement(element, "category", {"term": line(term)})
    _child(element, "summary", clipped(entry["words"], 300))
    ET.SubElement(element, "content", {"type": "html"}).text = html


def json_feed(feed: Feed, site: Site, contents: Contents) -> bytes:
    """Return a feed as JSON Feed 1.1; ``_newsledger`` carries the change as data."""
    record = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{line(site.title)}: {line(feed.title)}",
        "home_page_url": _href(feed, site, feed.page),
        "feed_url": _href(feed, site, f"{feed.path}.feed.json"),
        "language": "en",
        "authors": [{"name": line(site.title) or "newsledger"}],
        "items": [_item(feed, entry, site, contents[entry["id"]]) for entry in feed.entries],
    }
    return compact_bytes(record)


def _item(feed: Feed, entry: Json, site: Site, html: str) -> Json:
    return {
        "id": entry_id(entry, site),
        "url": _href(feed, site, _page(entry)),
        "title": entry_title(entry),
        "summary": clipped(entry["words"], 300),
        "content_html": html,
        "date_published": entry["published_at"],
        "date_modified": entry["updated_at"],
        "tags": [entry["kind"], entry["story"], entry["subject_kind"]],
        "_newsledger": {
            "change_id": entry["id"],
            "day": entry["day"],
            "revision": entry["revision"],
            "stands": entry["is_current"],
            "kind": entry["kind"],
            "subject": entry["subject"],
            "unit": entry["unit"],
            "before": entry["before"],
            "after": entry["after"],
            "against": entry["against"],
        },
    }


def entry_title(entry: Json) -> str:
    """Return what an entry is called: its subject and what happened, "Taken back" before it where it is."""
    title = f"{clipped(entry['label'], 160)}: {clipped(entry['words'], 200)}"
    return title if entry["is_current"] else f"Taken back: {title}"


def entry_html(entry: Json) -> Markup:
    """Return an entry's content: before and after, then each side's first words with outlet and time."""
    said = languages(entry)
    parts = []
    if not entry["is_current"]:
        parts.append(Markup("<p><strong>Taken back</strong> by a later revision of its day.</p>"))
    before = entry["before"]["words"] if entry["before"] else None
    after = entry["after"]["words"] if entry["after"] else "no longer reported"
    others = [side["words"] for side in entry["against"]] if entry["kind"] == "disputed" else []
    now = wording.alternatives([after, *others])
    moved = Markup("<del>{}</del> → ").format(clipped(before, 300)) if before else Markup("")
    parts.append(Markup("<p>{}<ins>{}</ins></p>").format(moved, clipped(now, 300)))
    parts += [_voice(voice, entry["timezone"], said) for voice in voices(entry)]
    return Markup("").join(parts)


def _voice(voice: Voice, zone: str, said: dict[str, str]) -> Markup:
    if not voice.quotes:
        return Markup("")
    head = {"after": "Now", "against": "Against it", "before": "Before"}[voice.role]
    others = [name for name in voice.outlets if name != voice.quotes[0].outlet]
    also = f" Also reported by {clipped(wording.listing(others), 300)}." if others else ""
    text = Markup("<p>{}, {}:</p>{}").format(
        head, clipped(voice.words, 200), _quote(voice.quotes[0], zone, said)
    )
    return text + (Markup("<p>{}</p>").format(also.strip()) if also else Markup(""))


def _quote(quote: Quote, zone: str, said: dict[str, str]) -> Markup:
    part = excerpt(quote)
    number = (
        Markup("<strong>{}</strong>").format(part.number) if quote.value is not None else escape(part.number)
    )
    lang = said.get(quote.document_id, "")
    attributes = Markup(' lang="{}"').format(lang) if lang else Markup("")
    words = Markup('<blockquote dir="auto"{}>{}{}{}</blockquote>').format(
        attributes, part.head, number, part.tail
    )
    address = quote_address(quote)
    outlet = clipped(quote.outlet or "outlet unknown", 80)
    source = Markup('<a href="{}">{}</a>').format(address, outlet) if address else escape(outlet)
    when = (
        wording.instant_words(quote.published_at, zone, quote.published_at_precision)
        if quote.published_at
        else "undated"
    )
    return words + Markup("<p>{}, {} ({})</p>").format(source, when, zone)


def _page(entry: Json) -> str:
    return f"{FOLDER}/{anchor(entry['id'])}.html"


def _feed_id(feed: Feed, site: Site) -> str:
    host = urlsplit(web_address(site.url) or "").hostname
    return (
        f"tag:{host},2026:feed/{feed.path}" if host else f"urn:uuid:{uuid.uuid5(_SPACE, 'feed/' + feed.path)}"
    )


def _href(feed: Feed, site: Site, path: str) -> str:
    """Return an address of the site: whole where the site has one, else as seen from the feed."""
    base = web_address(site.url)
    return urljoin(base.rstrip("/") + "/", path) if base else "../" * feed.path.count("/") + path


def _child(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _fit(text)


def _fit(text: str) -> str:
    """Return text without what XML 1.0 cannot hold."""
    return str(shown(text))
