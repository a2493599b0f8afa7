"""Articles: as read (a draft), as held (a document with versions), and how they relate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable


class DateSource(StrEnum):
    """Where a publication instant was read."""

    JSON_LD = "json-ld"
    META = "meta"
    FEED = "feed"
    SITEMAP = "sitemap"
    TEXT = "text"
    FILE = "file"
    ARGUMENT = "argument"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """How a reprint's text relates to the text it repeats."""

    SAME = "same"
    ABRIDGED = "abridged"
    EXTENDED = "extended"
    EMBEDS = "embeds"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as a room of ``newsledger.fetch`` read it, before anything is known of its identity.

    Attributes:
        key: where it came from, as a stable name: the normalised URL, or ``file:folder/name`` for a
            file without one. The same key is the same article unless the texts prove otherwise.
        url: as given, or None.
        canonical_url: what the page calls itself, guarded, or None.
        outlet: the publisher's name, or None where nobody said.
        title: the headline, or "".
        byline: the authors line, or "".
        agency: the wire service whose text it is (AP, Reuters, AFP ...), or None.
        dateline: the dateline's place as printed, or None.
        language: ISO 639-1 code, or None where undecided.
        published_at: the publication instant, or None. A bare day is stored as its noon in UTC, which
            falls on that day in nearly every zone, with precision ``day``.
        published_at_source: where the instant was read.
        published_at_precision: ``second``, ``minute``, ``day`` or ``unknown``.
        text: the stored text, NFC, paragraphs separated by newlines, headline first where known.
        source_path: the file it came from as the user gave it, or None.
        feed_id: the feed it came from, or None.
        notes: what was odd and tolerated ("charset guessed", "date conflicts"), for the ledger.
        modified_at: when the outlet says it last changed the article, or None.
        is_free: whether the page says the article is free to read, or None where it does not say.
        corrections: the outlet's own corrections of it, each verbatim.
        posts: articles of their own on the same page: the posts of a live blog. They have none themselves.
        seen_at: when an archive saw this text, for what comes from one; None: seen by the run itself.
    """

    key: str
    url: str | None
    canonical_url: str | None
    outlet: str | None
    title: str
    byline: str
    agency: str | None
    dateline: str | None
    language: str | None
    published_at: datetime | None
    published_at_source: DateSource
    published_at_precision: str
    text: str
    source_path: str | None = None
    feed_id: str | None = None
    notes: tuple[str, ...] = ()
    modified_at: datetime | None = None
    is_free: bool | None = None
    corrections: tuple[str, ...] = ()
    posts: tuple[Draft, ...] = ()
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one article as the ledger holds it.

    Attributes are those of :class:`Draft`, and:
        document_id: stable name made from the key, the same on every machine.
        first_seen_at: when the ledger, or the archive it was read from, first saw this document.
        version: 1, 2, ... in the order in which they were seen (``seen_at``), whatever came in first.
        text_sha256: digest of ``text`` in UTF-8.
        word_count: words of ``text``.
        sketch: the FracMinHash values of ``text`` (see :mod:`newsledger.dedupe`).
        stories: the stories whose codebook the text matches, sorted.
        seen_at: when this version was first seen; None: at the run's clock.
        nth: how many earlier versions of the document had this very text (an edit may be taken back).
    """

    document_id: str
    key: str
    url: str | None
    canonical_url: str | None
    outlet: str | None
    title: str
    byline: str
    agency: str | None
    dateline: str | None
    language: str | None
    published_at: datetime | None
    published_at_source: DateSource
    published_at_precision: str
    first_seen_at: datetime
    version: int
    text: str
    text_sha256: str
    word_count: int
    source_path: str | None
    feed_id: str | None
    sketch: tuple[int, ...]
    stories: tuple[str, ...] = ()
    modified_at: datetime | None = None
    is_free: bool | None = None
    corrections: tuple[str, ...] = ()
    seen_at: datetime | None = None
    nth: int = 0

    @property
    def reading_key(self) -> int:
        """What stands for the version in the names of its figures and positions: they follow the text.

        A version's number moves up when an older version comes in late; the names of what was read in
        it must not.
        """
        return int(self.text_sha256[:12] or "0", 16) * 100 + self.nth


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a document had a text at an instant.

    Attributes:
        document_id: the document.
        seen_at: when it was seen, by a run or by the archive a run read.
        text_sha256: the digest of the text.
        modified_at: when the outlet said then that it last changed the article, or None.
    """

    document_id: str
    seen_at: datetime
    text_sha256: str
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Renumbered:
    """That a version of a document held already has another number, because an older one came in late.

    Attributes:
        document_id: the document.
        old_version: the number so far.
        version: the number now.
    """

    document_id: str
    old_version: int
    version: int


@dataclass(frozen=True, slots=True)
class Link:
    """Proof that two documents share text.

    Attributes:
        document_id: the document just identified.
        other_id: the document it shares text with.
        contained: share of this document's words found in the other, 0 to 1.
        contains: share of the other's words found in this one, 0 to 1.
        relation: what this document is, seen from the other.
    """

    document_id: str
    other_id: str
    contained: float
    contains: float
    relation: Relation


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """What identity needs to know of the latest version of a document already held.

    Attributes are those of :class:`Document`, and:
        sketch_size: values of its sketch.
        sketch_sampled: those of them that 8 divides; fewer than ``sketch_size`` only for short texts,
            whose sketch keeps every shingle. None where it was not counted.
    """

    document_id: str
    key: str
    url: str | None
    outlet: str | None
    version: int
    text_sha256: str
    published_at: datetime | None
    first_seen_at: datetime
    sketch_size: int
    sketch_sampled: int | None = None
    title: str = ""
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """A held document and how many sketch values it shares with a text in question."""

    held: HeldDocument
    shared: int


class Holdings(Protocol):
    """What is held already: the warehouse answers it, a dict can answer it in tests."""

    def by_key(self, key: str) -> HeldDocument | None:
        """Return the document held under an identity key, or None."""
        ...

    def by_text(self, text_sha256: str) -> Sequence[HeldDocument]:
        """Return the documents whose latest version has exactly this text, oldest first."""
        ...

    def sharing(self, sketch: Sequence[int]) -> Sequence[Overlap]:
        """Return the documents that share at least one sketch value, most shared first."""
        ...


@runtime_checkable
class TextHoldings(Holdings, Protocol):
    """Holdings that can also show the text, so that reprints are proved by their words and numbers."""

    def text(self, document_id: str) -> str | None:
        """Return the text of a document's latest version, or None for an unknown document."""
        ...


@runtime_checkable
class StandingHoldings(Holdings, Protocol):
    """Holdings that have learned what recurs over an outlet's texts, which proves no reprint."""

    def standing(self, outlet: str) -> frozenset[int]:
        """Return the sketch values that recur over an outlet's texts of several days."""
        ...
