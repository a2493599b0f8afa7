"""What kind of page an article stands on: a live blog, a text with corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from newsledger.feeds.dates import FULL_DATE, read_date
from newsledger.feeds.markup import one_line, plain_text
from newsledger.fetch.metadata import names_of, text_of
from newsledger.fetch.page.blocks import Element

MAX_POSTS = 1_000
_CORRECTION = re.compile(
    r"^\W{0,3}(?P<kind>corrections?(?: and clarifications?)?|clarification|corrected|editor.?s.? note"
    r"|editors.? note"
    r"|update[d]? (?:and|to) correct\w*)\b\s*(?:\([^)]{1,40}\))?\s*[:—–.-]"
    r"|^\W{0,3}(?:this (?:article|story|report|piece|post|headline) (?:was|has been|is) (?:\w+ ){0,2}"
    r"(?:amended|corrected|clarified|updated to (?:correct|clarify|reflect))"
    r"|an? (?:earlier|previous|original) (?:version|edition) of this (?:article|story|report|piece|post"
    r"|headline)"
    r"|(?:a|the) (?:picture|photo|headline|figure|graphic|quotation)\b[^.]{0,80}was (?:amended|corrected))\b",
    re.IGNORECASE,
)
_RETRACTION = re.compile(r"\b(?:retract(?:ed|ion)|withdrawn by|has been withdrawn)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """One post of a live blog.

    Attributes:
        title: its headline, or "".
        text: its text.
        at: when it was published, or None.
        author: who wrote it, or "".
        url: its address as written, or "".
        name: what tells it from the blog's other posts (an identifier, an element's ``id``), or "".
        precision: of the instant: ``second``, ``minute`` or ``unknown``.
        modified: when it was last changed, or None.
        is_stated: whether the page states it in JSON-LD; else its elements mark it.
    """

    title: str
    text: str
    at: datetime | None = None
    author: str = ""
    url: str = ""
    name: str = ""
    precision: str = "unknown"
    modified: datetime | None = None
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A note by which an outlet corrects its own article.

    Attributes:
        kind: ``correction``, ``clarification``, ``note`` or ``retraction``.
        text: the note, verbatim.
        day: the day it names as written, or "".
    """

    kind: str
    text: str
    day: str = ""


def posts_of(tree: Element, node: dict[str, Any], home: ZoneInfo | None) -> tuple[Post, ...]:
    """Return the posts of a live blog in the page's order; none where the page is no live blog.

    Args:
        tree: the parsed page.
        node: the object in JSON-LD that holds the posts, or {}.
        home: the publisher's zone, for clock times without one.
    """
    updates = node.get("liveBlogUpdate")
    entries = updates if isinstance(updates, list) else [updates]
    stated = [post for e in entries[:MAX_POSTS] if isinstance(e, dict) and (post := _stated(e, home))]
    return tuple(stated or _marked(tree, home))


def _stated(entry: dict[str, Any], home: ZoneInfo | None) -> Post | None:
    body = text_of(entry, "articleBody") or text_of(entry, "text") or text_of(entry, "description")
    text, title = plain_text(body), one_line(text_of(entry, "headline"))
    if not text and not title:
        return None
    published, changed = (read_date(text_of(entry, k), home) for k in ("datePublished", "dateModified"))
    return Post(
        title,
        text,
        published.at,
        names_of(entry.get("author")),
        text_of(entry, "url") or text_of(entry, "@id"),
        text_of(entry, "identifier"),
        published.precision if published.at else "unknown",
        changed.at if changed.at and published.at and changed.at > published.at else None,
        is_stated=True,
    )


def _marked(tree: Element, home: ZoneInfo | None) -> Iterator[Post]:
    """Yield the posts that the page's elements mark as a live blog's (schema.org microdata)."""
    for element in tree.xpath("//*[@itemprop='liveBlogUpdate']")[:MAX_POSTS]:
        heads = element.xpath(".//*[@itemprop='headline'] | .//h2 | .//h3")
        title = " ".join(heads[0].text_content().split()) if heads else ""
        paragraphs = [" ".join(p.text_content().split()) for p in element.iter("p", "li", "blockquote")]
        times = element.xpath(
            ".//*[@itemprop='datePublished']/@datetime | .//*[@itemprop='datePublished']/@content"
        ) or element.xpath(".//time/@datetime")
        read = read_date(str(times[0]) if times else "", home)
        text = "\n".join(dict.fromkeys(p for p in paragraphs if p))
        links = element.xpath("@itemid | .//*[@itemprop='url']/@href | .//*[@itemprop='url']/@content")
        if text or title:
            yield Post(
                title,
                text,
                read.at,
                url=str(links[0]).strip() if links else "",
                name=str(element.get("id") or element.get("data-post-id") or ""),
                precision=read.precision if read.at else "unknown",
            )


def corrections_of(text: str, node: dict[str, Any]) -> tuple[Correction, ...]:
    """Return the corrections an article carries, from its text and from JSON-LD's ``correction``.

    Args:
        text: the running text, one line per block.
        node: the article's object in JSON-LD, or {}.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    notes = [line for line in lines if 25 <= len(line) <= 1_500 and _CORRECTION.match(line)]
    stated = node.get("correction")
    for entry in stated if isinstance(stated, list) else [stated]:
        written = (
            entry if isinstance(entry, str) else text_of(entry, "text") if isinstance(entry, dict) else ""
        )
        if len(written) >= 25 and not written.startswith(("http://", "https://")):
            notes.append(one_line(written))
    return tuple(_correction(note) for note in dict.fromkeys(notes))


def _correction(note: str) -> Correction:
    head = note[:40].lower()
    kind = "clarification" if "clarif" in head else "note" if "note" in head else "correction"
    day = FULL_DATE.search(note)
    return Correction("retraction" if _RETRACTION.search(note) else kind, note, day[0] if day else "")
