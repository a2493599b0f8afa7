"""What is known of a feed between two polls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedState:
    """The schedule and the health of one feed, as its last poll left them.

    Attributes:
        feed_id: the feed.
        url: its address in ``feeds.yml``; another one there makes it a new feed.
        address: the address asked: ``url``, or where that has moved for good.
        polled_at: the last poll.
        next_poll_at: when it is due again, or None once it is retired.
        interval_seconds: the learned pause between two polls.
        status: how the last poll ended: ``ok``, ``unchanged``, ``failed``.
        reason: why it failed or what was odd, or "".
        polls: polls so far.
        streak: successful polls in a row.
        failures: failed polls in a row.
        failure_weight: the sum of their weights, which lengthens the pause.
        ok_at: the last successful poll, or None.
        etag: validator for the next poll, or None.
        last_modified: the other one, or None.
        validators: which are sent: ``both``, ``etag``, ``last-modified`` or ``off``.
        body_sha256: digest of the body held, or None.
        full_at: when it was last asked for without validators and answered, or None.
        gone_at: the first of the 410 answers in a row, or None.
        retired_at: when a second one, a day later, ended the polling, or None.
        moved_to: where it says it moved for good, not yet believed, or None.
        moved_at: since when it says so, or None.
        new_at: when a poll last brought new items, or None.
        gap_seconds: the longest pause between new items lately, or None while that is not known.
        is_silent: whether it answers well and has brought nothing for three times that long.
        known_share: the share of known items at the last poll that had any, or None.
        losses: polls at which all items were new, so that some were probably missed.
        hint_seconds: the pause its publisher asks for, or None.
        hub: the WebSub hub it names, or None.
        topic: the address to subscribe to there, or None.
    """

    feed_id: str
    url: str
    address: str
    polled_at: datetime
    next_poll_at: datetime | None
    interval_seconds: float
    status: str = ""
    reason: str = ""
    polls: int = 0
    streak: int = 0
    failures: int = 0
    failure_weight: float = 0.0
    ok_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    validators: str = "both"
    body_sha256: str | None = None
    full_at: datetime | None = None
    gone_at: datetime | None = None
    retired_at: datetime | None = None
    moved_to: str | None = None
    moved_at: datetime | None = None
    new_at: datetime | None = None
    gap_seconds: float | None = None
    is_silent: bool = False
    known_share: float | None = None
    losses: int = 0
    hint_seconds: float | None = None
    hub: str | None = None
    topic: str | None = None

    @property
    def condition(self) -> str:
        """The state in a word: ``well``, ``silent``, ``failing`` or ``retired``."""
        if self.retired_at is not None:
            return "retired"
        if self.failures:
            return "failing"
        return "silent" if self.is_silent else "well"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that could not be read, kept so that it is tried again and never lost silently.

    Attributes:
        item: its address.
        feed_id: the feed that listed it.
        guid: the entry's identifier.
        title: the entry's title.
        published: the entry's date as written, or None.
        published_at: that as an instant, or None.
        summary: the entry's own text.
        authors: the entry's authors.
        reason: why it last failed.
        tries: how often it was tried.
        first_at: when it first failed.
        last_at: when it last did.
        next_at: when it is tried again, or None when it is not: it was read, or given up.
        state: ``waiting``, ``given up`` or ``read``.
    """

    item: str
    feed_id: str
    guid: str
    title: str
    published: str | None
    published_at: datetime | None
    summary: str
    authors: str
    reason: str
    tries: int
    first_at: datetime
    last_at: datetime
    next_at: datetime | None
    state: str = "waiting"
