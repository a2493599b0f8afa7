"""RSS, RDF, Atom and CDF through feedparser, which gets bytes and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser

from newsledger.feeds.content import MAX_TEXT, Entry, FeedContent, Hints, fit
from newsledger.feeds.markup import one_line, plain_text
from newsledger.feeds.trouble import FeedError

_PERSON = (
    rb"<(?:[A-Za-z]\w*:)?"
    rb"(?:author|creator|contributor|managingEditor|webMaster|publisher|name|email)\b[^<>]*>"
)
_LONG_NAME = re.compile(rb"(" + _PERSON + rb"[^<]{300})[^<]+", re.IGNORECASE)
_LONG_CDATA = re.compile(rb"(" + _PERSON + rb"\s*<!\[CDATA\[[^\]]{300})[^\]]+(\]\]>)", re.IGNORECASE)
"""Names of persons are cut after 300 bytes: feedparser searches them for an address in quadratic time, so
that 32 kB in one cost it seconds to minutes."""
MAX_NAME = 300
_MAIL = re.compile(r"[^\s<>()\[\],;:@]{1,64}@[^\s<>()\[\],;:@]{1,253}")
_ENTRY_START = re.compile(rb"<(?:[A-Za-z]\w*:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_ROOT = re.compile(rb"<((?:[A-Za-z]\w*:)?(?:rss|feed|rdf|channel))(?=[\s>])", re.IGNORECASE)
_BEGIN = re.compile(
    rb"<\?xml\s|<!DOCTYPE\s|<(?:[A-Za-z]\w*:)?(?:rss|feed|rdf|channel)(?=[\s>])", re.IGNORECASE
)
_PREFACE = 4_096
"""Bytes before the first mark of XML that are passed over: blank lines, a server's warnings."""
_LATIN = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}encoding\s*=\s*["'](?!(?:iso-8859|windows-125|cp125|latin|us-ascii|utf-?8))""",
    re.IGNORECASE,
)
_ID = re.compile(rb"<(?:[A-Za-z]\w*:)?id(?:\s[^<>]*)?>\s*([^<\s]{1,2000})\s*</")
_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
"""Minutes of ``sy:updatePeriod`` (RSS 1.0 syndication module)."""
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*([A-Za-z]{6,9})\s*</day>", re.IGNORECASE)


def read_xml_feed(body: bytes, *, url: str, content_type: str | None, max_items: int) -> FeedContent:
    """Return what feedparser reads in a body, at most ``max_items`` entries of it.

    Args:
        body: the bytes, unpacked.
        url: the base of relative links where the feed gives no other.
        content_type: the answer's header, or None.
        max_items: entries read at most; what follows never reaches the parser.

    Raises:
        FeedError: "malformed".
    """
    clean = _without_preface(body)
    short, is_cut = _first_entries(clean, max_items)
    parsed = _parsed(short, _headers(clean, url, content_type))
    if not parsed.entries and not parsed.get("version") and not _ROOT.search(clean, 0, _PREFACE):
        raise FeedError("malformed", str(parsed.get("bozo_exception", "no feed in the body"))[:200])
    head = parsed.feed
    links = [link for link in head.get("links", []) if link.get("href")]
    kind = str(parsed.get("version") or "")
    everyones = tuple(_authors(head)) if kind.startswith("atom") else ()
    written = _ids_as_written(short, url) if kind.startswith("atom") else {}
    return FeedContent(
        kind=kind,
        title=_line(head, "title"),
        home=_joined(url, str(head.get("link") or "")),
        self_url=next(iter(_hrefs(links, "self", url)), ""),
        hubs=tuple(dict.fromkeys(_hrefs(links, "hub", url))),
        language=fit(head.get("language")),
        hints=_hints(head, clean),
        entries=tuple(
            replace(found, guid=written.get(found.guid, found.guid))
            for entry in parsed.entries[:max_items]
            if (found := _entry(entry, url, everyones))
        ),
        is_cut=is_cut,
    )


def _without_preface(body: bytes) -> bytes:
    """Return a body from its first mark of XML on, so that a blank line before it costs no strict parse."""
    start = _BEGIN.search(body, 0, _PREFACE)
    if start is None or b"<" in body[: start.start()].replace(b"<br", b"").replace(b"<b", b""):
        return body
    return body[start.start() :] if start.start() else body


def _first_entries(body: bytes, limit: int) -> tuple[bytes, bool]:
    """Return the part of a body with its first entries, closed again, and whether something is left out."""
    for number, start in enumerate(_ENTRY_START.finditer(body)):
        if number == limit:
            root = _ROOT.search(body)
            name = root[1] if root else b"rss"
            closing = b"</channel></" + name + b">" if name.lower().endswith(b"rss") else b"</" + name + b">"
            return body[: start.start()] + closing, True
    return body, False


def _headers(body: bytes, url: str, content_type: str | None) -> dict[str, str]:
    """Return the headers feedparser is told: what the bytes prove goes before what the server says."""
    headers = {"content-location": url}
    kind = _proved_utf8(body)
    if kind or content_type:
        headers["content-type"] = kind or str(content_type)
    return headers


def _proved_utf8(body: bytes) -> str:
    """Return the type of a body that is UTF-8 whatever its header says, or "" where nothing is proved.

    Text beyond ASCII in a Latin encoding is practically never valid UTF-8. A declaration of a non-Latin
    encoding is believed.
    """
    if body.isascii() or _LATIN.match(body[:300]):
        return ""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "application/xml; charset=utf-8"


def _parsed(body: bytes, headers: dict[str, str]) -> Any:  # noqa: ANN401 - feedparser's own dict
    """Return what feedparser makes of a body; what it stumbles over is a malformed feed, not our failure."""
    short = _LONG_CDATA.sub(rb"\1\2", _LONG_NAME.sub(rb"\1", body))
    try:
        return feedparser.parse(
            BytesIO(short), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:  # it raises whatever its parsers do on hostile bytes
        raise FeedError("malformed", f"{type(error).__name__}: {error}"[:200]) from error


def _ids_as_written(body: bytes, base: str) -> dict[str, str]:
    """Return the identifiers that feedparser changes ("HTTP://..."), each as written by what it becomes.

    They are compared letter by letter and never normalised (RFC 4287, 4.2.6.1).
    """
    raw = (fit(found.decode("utf-8", "replace")) for found in _ID.findall(body) if b"&" not in found)
    return {made: text for text in raw if ":" in text and (made := _joined(base, text)) != text}


def _entry(entry: Any, base: str, everyones: tuple[str, ...]) -> Entry:  # noqa: ANN401 - feedparser's own dict
    """Return an entry; ``everyones`` are the authors of an Atom feed, which hold where no other is named.

    Authors of an entry without its own are those of its source, then those of the feed (RFC 4287, 4.2.1).
    """
    link = _joined(base, str(entry.get("feedburner_origlink") or entry.get("link") or _permalink(entry)))
    detail = entry.get("title_detail") or {}
    source = entry.get("source")
    return Entry(
        url=link,
        guid=fit(entry.get("id")) or link,
        title=_title(str(entry.get("title") or ""), str(detail.get("type") or "")),
        published=_date(entry, "published", "created"),
        updated=_date(entry, "updated"),
        summary=_summary(entry),
        authors=tuple(_authors(entry)) or (tuple(_authors(source)) if source else ()) or everyones,
        author=fit(entry.get("author")),
        language=fit(detail.get("language")),
        source=_line(source, "title") if isinstance(source, dict) else "",
    )


def _title(value: str, kind: str) -> str:
    """Return a title on one line; one that says it is plain text keeps its angle brackets."""
    if kind == "text/plain":
        return fit(" ".join(unescape(value).split()))
    return fit(one_line(value))


def _date(entry: Any, *names: str) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return a date as written. Asked through ``dict``: feedparser answers "updated" with "published"."""
    return next((fit(v) for name in names if (v := dict.get(entry, name))), "")


def _joined(base: str, written: str) -> str:
    """Return a link made absolute; one that cannot be joined stays as it is written."""
    bare = "".join(fit(written, 10_000).split("\n")).strip()
    try:
        return urljoin(base, bare) if bare else ""
    except ValueError:
        return bare


def _permalink(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return the identifier where it is a link and the entry has no other."""
    guid = str(entry.get("id", ""))
    return guid if guid.startswith(("http://", "https://")) else ""


def _summary(entry: Any) -> str:  # noqa: ANN401 - feedparser's own dict
    """Return the longest of the entry's own texts as plain text."""
    texts = [str(entry.get("summary", "")), *(str(c.get("value", "")) for c in entry.get("content", []))]
    return fit(plain_text(max(texts, key=len)[:MAX_TEXT]), MAX_TEXT)


def _authors(entry: Any) -> Iterator[str]:  # noqa: ANN401 - feedparser's own dict
    """Yield the names of an entry's authors, each once; the author as written where no name is found.

    One author is taken apart here: feedparser knows no top-level domain of more than four letters and makes
    "ple" of "desk@daily.example".
    """
    people = [a for a in entry.get("authors", []) if a]
    written = fit(entry.get("author"), MAX_NAME)
    names = [fit(a.get("name"), MAX_NAME) for a in people] if len(people) > 1 else [_name(written)]
    yield from dict.fromkeys(name for n in names if (name := one_line(n)))


def _name(written: str) -> str:
    """Return the name in "desk@daily.example (Jane Doe)", "Jane Doe <desk@...>" and the like."""
    mail = _MAIL.search(written)
    if mail is None:
        return written
    rest = f"{written[: mail.start()]} {written[mail.end() :]}".replace("mailto:", "")
    return rest.strip(" \t\n()<>[],;:-\"'") or mail[0]


def _line(part: Any, key: str) -> str:  # noqa: ANN401 - feedparser's own dict
    return fit(one_line(str(part.get(key) or "")[:MAX_TEXT]))


def _hrefs(links: list[Any], rel: str, base: str) -> Iterator[str]:
    for link in links:
        if rel in str(link.get("rel") or "").lower().split():
            yield _joined(base, str(link["href"]))


def _hints(head: Any, body: bytes) -> Hints:  # noqa: ANN401 - feedparser's own dict
    hours = {int(h) % 24 for h in _HOUR.findall(_block(body, b"<skiphours"))}
    days = [d.decode().capitalize() for d in _DAY.findall(_block(body, b"<skipdays"))]
    return Hints(_count(head.get("ttl")), _period(head), tuple(sorted(hours)), tuple(dict.fromkeys(days)))


def _block(body: bytes, name: bytes) -> bytes:
    """Return what follows an element's start at the feed's head, as far as such a block can reach."""
    start = body[:65_536].lower().find(name)
    return body[start : start + 1_500] if start >= 0 else b""


def _count(value: object) -> int | None:
    """Return a whole number above zero, or None for anything else."""
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) else None


def _period(head: Any) -> int | None:  # noqa: ANN401 - feedparser's own dict
    name = str(head.get("sy_updateperiod") or "").strip().lower().replace("dayly", "daily")
    if name not in _PERIODS:
        return None
    return max(1, _PERIODS[name] // (_count(head.get("sy_updatefrequency")) or 1))
