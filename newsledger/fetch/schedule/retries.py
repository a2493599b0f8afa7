"""Articles that could not be read: when they are tried again, and when they are given up."""

from __future__ import annotations

from datetime import datetime, timedelta

from newsledger.fetch.schedule.failures import MISSING, failure_class
from schemas.feed_state import Quarantined, Watched
from schemas.item import Item, ItemOutcome, Outcome

FIRST_PAUSE = timedelta(minutes=30)
MOST_PAUSE = timedelta(hours=12)
MISSING_TRIES = 3
"""A page that is missing is asked for three times: publishers list articles minutes before they are there."""
PASSING = frozenset({"challenge page", "error page", "no article text"})
"""Pages that are no article now and may be one later."""


def is_worth_a_retry(outcome: ItemOutcome) -> bool:
    """Return whether an item's outcome may be another one later."""
    if outcome.outcome is Outcome.FAILED:
        return True
    return outcome.outcome is Outcome.NOT_AN_ARTICLE and outcome.reason in PASSING


def after_try(
    held: Quarantined | None, item: Item, outcome: ItemOutcome, now: datetime, *, retries: int
) -> Quarantined | None:
    """Return an item's place in the quarantine after a try, or None where it has none.

    Args:
        held: its place so far, or None.
        item: the entry as the feed stated it.
        outcome: how the try ended.
        now: the run's clock.
        retries: tries before an item is given up.
    """
    tries = (held.tries if held else 0) + 1
    is_read = not is_worth_a_retry(outcome)
    if is_read and held is None:
        return None
    limit = MISSING_TRIES if failure_class(outcome.reason) is MISSING else retries + 1
    pause = min(FIRST_PAUSE * 2.0 ** (tries - 1), MOST_PAUSE)
    state = "read" if is_read else "given up" if tries >= limit else "waiting"
    return Quarantined(
        item=item.url,
        feed_id=item.feed_id,
        guid=item.guid,
        title=item.title,
        published=item.published,
        published_at=item.published_at,
        summary=item.summary,
        authors=item.authors,
        reason="" if is_read else outcome.reason,
        tries=tries,
        first_at=held.first_at if held else now,
        last_at=now,
        next_at=now + pause if state == "waiting" else None,
        state=state,
    )


def watched_of(item: Item, now: datetime) -> Watched:
    """Return what is kept of a feed's entry whose page was read, for looking at it again."""
    return Watched(
        item=item.url,
        feed_id=item.feed_id,
        guid=item.guid,
        title=item.title,
        published=item.published,
        published_at=item.published_at,
        summary=item.summary,
        authors=item.authors,
        first_at=now,
    )


def item_of(entry: Quarantined | Watched) -> Item:
    """Return the feed's entry that what is kept of it was made of."""
    return Item(
        feed_id=entry.feed_id,
        url=entry.item,
        guid=entry.guid,
        title=entry.title,
        published=entry.published,
        published_at=entry.published_at,
        summary=entry.summary,
        authors=entry.authors,
    )
