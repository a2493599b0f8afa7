"""Feeds, their items, and the one outcome every item ends in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What became of an item or a file. Every one seen ends in exactly one of these."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    REPRINT = "reprint"
    NEW_VERSION = "new version"
    NOT_AN_ARTICLE = "not an article"
    OTHER_LANGUAGE = "other language"
    BLOCKED_BY_ROBOTS = "blocked by robots"
    FAILED = "failed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, as the feed states it.

    Attributes:
        feed_id: the feed it came from.
        url: the entry's link, absolute.
        guid: the entry's own identifier, or its link where it has none.
        title: the entry's title as plain text, or an empty string.
        published: the publication date exactly as the feed wrote it, the date of the last change where it
            gives no other, or None.
        published_at: that date as an instant with zone, or None where it cannot be known.
        summary: the entry's own text (summary or content) as plain text, or an empty string.
        authors: names the feed gives, joined by ", ", or an empty string.
        updated: the date of the last change exactly as the feed wrote it, or None.
        updated_at: that date as an instant with zone, or None where it cannot be known.
    """

    feed_id: str
    url: str
    guid: str
    title: str = ""
    published: str | None = None
    published_at: datetime | None = None
    summary: str = ""
    authors: str = ""
    updated: str | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedPoll:
    """What one poll of one feed brought.

    Attributes:
        feed_id: the feed polled.
        url: the address asked.
        polled_at: the instant of the poll.
        status: ``ok``, ``unchanged`` (304 or the same body) or ``failed``.
        reason: why it failed or what was odd (``http 404``, ``timeout``, ``html instead of a feed``,
            ``malformed: ...``); empty when nothing was.
        items_seen: entries in the feed.
        items_new: entries whose URL was not known before.
        etag: validator to send next time, or None.
        last_modified: validator to send next time, or None.
        body_sha256: digest of the body, or None where there was none.
        detail: the reason in words, or "".
        is_loss: whether all items were new though the feed was read before: some were probably missed.
    """

    feed_id: str
    url: str
    polled_at: datetime
    status: str
    reason: str = ""
    items_seen: int = 0
    items_new: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    detail: str = ""
    is_loss: bool = False


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """The fate of one item or file in one run.

    Attributes:
        item: the URL, or the path of the file as the user gave it.
        outlet: the outlet, or None where nobody said.
        feed_id: the feed, or None for files.
        outcome: what became of it.
        reason: a short cause of low cardinality ("http 404", "empty", "no date", "too large"), or "".
        detail: free text for a person (the message, the file to fix), or "".
        document_id: the document it became or belongs to, or None.
        version: that document's version, or None.
    """

    item: str
    outlet: str | None
    feed_id: str | None
    outcome: Outcome
    reason: str = ""
    detail: str = ""
    document_id: str | None = None
    version: int | None = None
