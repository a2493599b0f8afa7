"""One poll of one feed: asking, and reading what came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from newsledger.feeds.parse import oddity, parse_feed
from newsledger.feeds.trouble import FeedError
from newsledger.fetch.client import FEED_TYPES
from newsledger.fetch.response import FEED, Fetcher, Response
from newsledger.fetch.schedule.hints import asked_pause
from newsledger.fetch.trouble import FetchFailed
from newsledger.fetch.websub.discovery import find_hub
from schemas.config import Feed
from schemas.feed_state import FeedState
from schemas.item import FeedPoll, Item

FULL_EVERY = timedelta(days=1)
"""Once a day a feed is asked without validators: some servers say "not modified" of what they changed."""
_WEAKER = {"both": "last-modified", "last-modified": "etag", "etag": "off", "off": "off"}
"""What is sent after validators did not help: some servers honour one of them alone."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll brought.

    Attributes:
        poll: the poll for the ledger; its ``items_new`` is 0 until the ledger was asked.
        items: the entries; none of an unchanged or failed feed.
        validators: which validators to send next time.
        is_full: whether a whole body came.
        moved_to: the address it says it moved to for good, or None.
        hint_seconds: the pause the publisher asks for, or None.
        retry_after: the pause the server asks for, or None.
        hub: the WebSub hub it names, or None.
        topic: the address to subscribe to there, or None.
    """

    poll: FeedPoll
    items: tuple[Item, ...] = ()
    validators: str = "both"
    is_full: bool = False
    moved_to: str | None = None
    hint_seconds: float | None = None
    retry_after: float | None = None
    hub: str | None = None
    topic: str | None = None


def poll(feed: Feed, client: Fetcher, state: FeedState | None, now: datetime) -> Polled:
    """Return what one poll brought; a bad feed is a poll with a reason, never an exception.

    Args:
        feed: the feed to ask.
        client: the way to the network.
        state: what is known of the feed, or None; its validators are sent.
        now: the run's clock.
    """
    return read_answer(feed, ask(feed, client, state, now), state, now, client.settings.max_items)


def ask(feed: Feed, client: Fetcher, state: FeedState | None, now: datetime) -> Response | FetchFailed:
    """Return a feed's answer, or why there is none. Nothing is parsed: many can be asked at once."""
    etag, last_modified = validators_to_send(feed, state, now)
    try:
        return client.get(
            state.address if state is not None else str(feed.url),
            limit=client.settings.max_feed_bytes,
            accept=FEED_TYPES,
            etag=etag,
            last_modified=last_modified,
            kind=FEED,
        )
    except FetchFailed as error:
        return error


def validators_to_send(feed: Feed, state: FeedState | None, now: datetime) -> tuple[str | None, str | None]:
    """Return the ETag and Last-Modified to send, as the feed's switch and its habits have it."""
    if (
        state is None
        or state.body_sha256 is None
        or state.full_at is None
        or now - state.full_at >= FULL_EVERY
    ):
        return None, None
    mode = state.validators if feed.conditional == "auto" else feed.conditional
    etag = state.etag if mode in ("both", "etag") else None
    return etag, state.last_modified if mode in ("both", "last-modified") else None


def read_answer(
    feed: Feed, answer: Response | FetchFailed, state: FeedState | None, now: datetime, max_items: int
) -> Polled:
    """Return what a feed's answer says. No network.

    Args:
        feed: the feed asked.
        answer: what came.
        state: what is known of the feed, or None.
        now: the run's clock.
        max_items: entries read at most.

    Returns:
        The poll and its items. An unchanged feed (304, or the body of last time) and a failed one have
        none, and keep the validators of ``state``.
    """
    asked = FeedPoll(feed.id, state.address if state is not None else str(feed.url), now, "failed")
    if state is not None:
        asked = replace(
            asked, etag=state.etag, last_modified=state.last_modified, body_sha256=state.body_sha256
        )
    mode = state.validators if state is not None else "both"
    if isinstance(answer, FetchFailed):
        return Polled(_failed(asked, answer), validators=mode, retry_after=answer.retry_after)
    if answer.is_not_modified and validators_to_send(feed, state, now) == (None, None):
        return Polled(
            replace(asked, reason="http 304", detail="not modified, though nothing was asked"),
            validators=mode,
        )
    try:
        return _read(feed, answer, asked, mode, state, max_items)
    except FeedError as error:
        return Polled(_failed(asked, error), validators=mode)


def _failed(asked: FeedPoll, error: FetchFailed | FeedError) -> FeedPoll:
    return replace(asked, reason=error.reason, detail=error.detail[:300])


def _read(
    feed: Feed, response: Response, asked: FeedPoll, mode: str, state: FeedState | None, max_items: int
) -> Polled:
    kept = response.is_not_modified
    answered = replace(
        asked,
        status="unchanged",
        etag=response.headers.get("etag", asked.etag if kept else None),
        last_modified=response.headers.get("last-modified", asked.last_modified if kept else None),
    )
    found = Polled(
        answered, moved_to=response.moved_to, hint_seconds=asked_pause(response.body, response.headers)
    )
    digest = sha256(response.body).hexdigest()
    if kept or digest == asked.body_sha256:
        was_sent = state is not None and validators_to_send(feed, state, asked.polled_at) != (None, None)
        weaker = _WEAKER[mode] if was_sent and not kept else mode
        return _with_hub(replace(found, validators=weaker, is_full=not kept), response)
    items = parse_feed(
        response.body, feed=feed, url=response.url, content_type=response.content_type, max_items=max_items
    )
    lied = asked.etag is not None and response.headers.get("etag") == asked.etag
    reason = "another body under the same etag" if lied else oddity(response.body, response.content_type)
    done = replace(answered, status="ok", reason=reason, items_seen=len(items), body_sha256=digest)
    whole = replace(found, poll=done, items=tuple(items), validators="off" if lied else mode, is_full=True)
    return _with_hub(whole, response)


def _with_hub(found: Polled, response: Response) -> Polled:
    push = find_hub(response.headers, response.body, response.url) if found.is_full else None
    return replace(found, hub=push.hub, topic=push.topic) if push else found
