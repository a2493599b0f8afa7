"""One poll of one feed: asking, and reading what came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from newsledger.feeds.content import FeedContent
from newsledger.feeds.isolation import shared_reader
from newsledger.feeds.parse import items_of, oddity
from newsledger.feeds.sitemap import walk_sitemap
from newsledger.feeds.trouble import FeedError
from newsledger.fetch.client import FEED_TYPES
from newsledger.fetch.response import FEED, Fetcher, Response
from newsledger.fetch.schedule.hints import asked_pause, skips_of
from newsledger.fetch.trouble import FetchFailed
from newsledger.fetch.websub.discovery import find_hub
from schemas.config import Feed
from schemas.feed_state import FeedState
from schemas.item import FeedPoll, Item

FULL_EVERY = timedelta(days=1)
"""Once a day a feed is asked without validators: some servers say "not modified" of what they changed."""
SITEMAP_WINDOW = timedelta(days=2)
"""How far before the last good poll a sitemap of an index may have changed and still be read."""
_WEAKER = {"both": "last-modified", "last-modified": "etag", "etag": "off", "off": "off"}
"""What is sent after validators did not help: some servers honour one of them alone."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll brought.

    Attributes:
        poll: the poll for the ledger; its ``items_new`` is 0 until the ledger was asked.
        items: the entries; none of an unchanged or failed feed.
        validators: which validators to send next time.
        is_whole: whether a whole body came.
        is_read: whether it was another one than last time, and was read.
        moved_to: the address it says it moved to for good, or None.
        hint_seconds: the pause the publisher asks for, or None.
        retry_after: the pause the server asks for, or None.
        hub: the WebSub hub it names, or None.
        topic: the address to subscribe to there, or None.
        skips: hours and days at which the publisher says nothing changes, as in
            :class:`schemas.feed_state.FeedState`, or None.
    """

    poll: FeedPoll
    items: tuple[Item, ...] = ()
    validators: str = "both"
    is_whole: bool = False
    is_read: bool = False
    moved_to: str | None = None
    hint_seconds: float | None = None
    retry_after: float | None = None
    hub: str | None = None
    topic: str | None = None
    skips: str | None = None


def poll(feed: Feed, client: Fetcher, state: FeedState | None, now: datetime) -> Polled:
    """Return what one poll brought; a bad feed is a poll with a reason, never an exception.

    Args:
        feed: the feed to ask.
        client: the way to the network.
        state: what is known of the feed, or None; its validators are sent.
        now: the run's clock.
    """
    return read_answer(feed, ask(feed, client, state, now), state, now, client)


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
    feed: Feed, answer: Response | FetchFailed, state: FeedState | None, now: datetime, client: Fetcher
) -> Polled:
    """Return what a feed's answer says. Only an index of sitemaps has more asked for.

    Args:
        feed: the feed asked.
        answer: what came.
        state: what is known of the feed, or None.
        now: the run's clock.
        client: the limits, and the way to the sitemaps of an index.

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
        return _read(feed, answer, asked, mode, state, client)
    except (FeedError, FetchFailed) as error:
        return Polled(_failed(asked, error), validators=mode)


def _failed(asked: FeedPoll, error: FetchFailed | FeedError) -> FeedPoll:
    return replace(asked, reason=error.reason, detail=error.detail[:300])


def _read(
    feed: Feed, response: Response, asked: FeedPoll, mode: str, state: FeedState | None, client: Fetcher
) -> Polled:
    kept = response.is_not_modified
    answered = replace(
        asked,
        status="unchanged",
        etag=response.headers.get("etag", asked.etag if kept else None),
        last_modified=response.headers.get("last-modified", asked.last_modified if kept else None),
    )
    found = Polled(answered, moved_to=response.moved_to, hint_seconds=asked_pause(None, response.headers))
    digest = sha256(response.body).hexdigest()
    if kept or digest == asked.body_sha256:
        was_sent = state is not None and validators_to_send(feed, state, asked.polled_at) != (None, None)
        weaker = _WEAKER[mode] if was_sent and not kept else mode
        return replace(found, validators=weaker, is_whole=not kept)
    content = _content(response, client.settings.max_items)
    is_index = bool(content.children) and not content.entries
    if is_index:
        since = (state.ok_at if state is not None and state.ok_at else asked.polled_at) - SITEMAP_WINDOW
        content = _walked(content, client, since)
    items = tuple(items_of(content, feed=feed))
    lied = asked.etag is not None and response.headers.get("etag") == asked.etag
    odd = _oddity(response, content)
    if odd.startswith("malformed") and not items:
        raise FeedError("malformed", odd.removeprefix("malformed: "))
    reason = "another body under the same etag" if lied else odd
    push = find_hub(response.headers, content, response.url)
    return replace(
        found,
        poll=replace(
            answered,
            status="ok",
            reason=reason,
            items_seen=len(items),
            body_sha256=None if is_index else digest,  # an index may stay as it is while its sitemaps change
        ),
        items=items,
        validators="off" if lied else mode,
        is_whole=True,
        is_read=True,
        hint_seconds=asked_pause(content.hints, response.headers),
        hub=push.hub if push else None,
        topic=push.topic if push else None,
        skips=skips_of(content.hints),
    )


def _content(response: Response, max_items: int) -> FeedContent:
    return shared_reader().read(
        response.body, url=response.url, content_type=response.content_type, max_items=max_items
    )


def _walked(index: FeedContent, client: Fetcher, since: datetime) -> FeedContent:
    """Return an index of sitemaps with the entries of those that changed since an instant.

    Raises:
        FetchFailed, FeedError: none of them could be read; that of the first.
    """
    troubles: list[FetchFailed | FeedError] = []

    def read(url: str) -> FeedContent | None:
        """Return a sitemap of the index, or None where that failed."""
        try:
            answer = client.get(url, limit=client.settings.max_feed_bytes, accept=FEED_TYPES, kind=FEED)
            return _content(answer, client.settings.max_items)
        except (FetchFailed, FeedError) as error:
            troubles.append(error)
            return None

    entries = tuple(walk_sitemap(index, read, since=since, max_items=client.settings.max_items))
    if troubles and not entries:
        raise troubles[0]
    return replace(index, entries=entries)


def _oddity(response: Response, content: FeedContent) -> str:
    """Return what is wrong with a feed that could still be read, or ""."""
    return oddity(response.body, response.content_type) or ("too many entries" if content.is_cut else "")
