"""One poll of one feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from newsledger.feeds.parse import oddity, parse_feed
from newsledger.feeds.trouble import FeedError
from newsledger.fetch.client import FEED_TYPES, Client, Response
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Feed
from schemas.item import FeedPoll, Item


def poll(feed: Feed, client: Client, state: FeedPoll | None, now: datetime) -> tuple[FeedPoll, list[Item]]:
    """Return what one poll brought; a bad feed is a poll with a reason, never an exception.

    Args:
        feed: the feed to ask.
        client: the way to the network.
        state: the last poll whose items were kept, or None; its validators are sent.
        now: the run's clock.

    Returns:
        The poll and its items. An unchanged feed (304, or the body of last time) and a failed one have
        none, and keep the validators of ``state``. ``items_new`` is 0: only the ledger knows which
        items are new.
    """
    asked = FeedPoll(feed.id, str(feed.url), now, "failed")
    if state is not None:
        asked = replace(
            asked, etag=state.etag, last_modified=state.last_modified, body_sha256=state.body_sha256
        )
    try:
        response = client.get(
            str(feed.url),
            limit=client.settings.max_feed_bytes,
            accept=FEED_TYPES,
            etag=asked.etag,
            last_modified=asked.last_modified,
        )
        return _read(feed, response, asked, client.settings.max_items)
    except (FetchFailed, FeedError) as error:
        return replace(asked, reason=error.reason), []


def _read(feed: Feed, response: Response, asked: FeedPoll, max_items: int) -> tuple[FeedPoll, list[Item]]:
    answered = replace(
        asked,
        status="unchanged",
        etag=response.headers.get("etag", asked.etag if response.is_not_modified else None),
        last_modified=response.headers.get(
            "last-modified", asked.last_modified if response.is_not_modified else None
        ),
    )
    digest = sha256(response.body).hexdigest()
    if response.is_not_modified or digest == asked.body_sha256:
        return answered, []
    items = parse_feed(
        response.body, feed=feed, url=response.url, content_type=response.content_type, max_items=max_items
    )
    reason = oddity(response.body, response.content_type)
    done = replace(answered, status="ok", reason=reason, items_seen=len(items), body_sha256=digest)
    return done, items
