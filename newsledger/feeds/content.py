"""What a feed's body holds, before anybody asks which of it is an article.

These records cross the border of the reading process as JSON, so their fields are plain values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MAX_ITEMS = 2_000
"""More entries in one feed are a mistake or an attack; Media Cloud's fetcher draws the line there too."""
MAX_TEXT = 200_000
"""Characters of one entry's own text that are kept."""
MAX_LINE = 2_000
"""Characters of a title, a name, a date or an identifier that are kept."""
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters and lone surrogates: no database and no terminal takes them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as the feed states it; every field may be empty.

    Attributes:
        url: the link to the article, absolute.
        guid: the entry's own identifier, or its link where it has none.
        title: plain text on one line.
        published: the publication date as written.
        updated: the date of the last change as written.
        summary: the longest of the entry's own texts, as plain text.
        authors: names, without their addresses.
        author: the author as written ("desk@daily.example (Jane Doe)").
        language: as declared for the entry.
        source: the title of the feed it was taken from, where the entry names one.
    """

    url: str = ""
    guid: str = ""
    title: str = ""
    published: str = ""
    updated: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    author: str = ""
    language: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """How often a publisher asks to be read; nothing where it does not say.

    Attributes:
        ttl_minutes: RSS 2.0's ``ttl``.
        period_minutes: ``sy:updatePeriod`` divided by ``sy:updateFrequency``.
        skip_hours: hours of the day in GMT, 0 to 23, at which nothing changes.
        skip_days: days of the week in English on which nothing changes.
    """

    ttl_minutes: int | None = None
    period_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()

    @property
    def minutes(self) -> int | None:
        """The longest interval asked for, in minutes, or None."""
        return max((m for m in (self.ttl_minutes, self.period_minutes) if m), default=None)


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index of sitemaps names.

    Attributes:
        url: its address, absolute.
        changed: when it last changed, as written, or "".
    """

    url: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class FeedContent:
    """A feed's body.

    Attributes:
        kind: ``rss20``, ``rss10``, ``atom10``, ``json11``, ``sitemap``, ``sitemap index`` ... ; ``""`` where
            a damaged feed does not tell.
        title: the feed's own title.
        home: the site it belongs to.
        self_url: the address the feed calls its own (needed to subscribe at a hub).
        hubs: WebSub hubs, in the feed's order.
        language: as declared.
        hints: how often to read it.
        entries: in the feed's order, at most as many as asked for.
        children: sitemaps of an index.
        is_cut: whether entries were left out because there were too many.
    """

    kind: str
    title: str = ""
    home: str = ""
    self_url: str = ""
    hubs: tuple[str, ...] = ()
    language: str = ""
    hints: Hints = Hints()
    entries: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    is_cut: bool = False


def fit(value: object, limit: int = MAX_LINE) -> str:
    """Return a value as text without characters nobody can store, cut at ``limit``; "" for None."""
    return "" if value is None else _UNFIT.sub("", str(value)).strip()[:limit]


def to_plain(content: FeedContent) -> dict[str, Any]:
    """Return a feed's content as JSON values."""
    return asdict(content)


def from_plain(data: Mapping[str, Any]) -> FeedContent:
    """Return the content :func:`to_plain` wrote, after a way through JSON."""
    hints = data["hints"]
    return FeedContent(
        **{k: data[k] for k in ("kind", "title", "home", "self_url", "language", "is_cut")},
        hubs=tuple(data["hubs"]),
        hints=Hints(
            hints["ttl_minutes"],
            hints["period_minutes"],
            tuple(hints["skip_hours"]),
            tuple(hints["skip_days"]),
        ),
        entries=tuple(Entry(**{**e, "authors": tuple(e["authors"])}) for e in data["entries"]),
        children=tuple(Child(**c) for c in data["children"]),
    )
