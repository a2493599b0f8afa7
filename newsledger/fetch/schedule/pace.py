"""How often a feed brings something new, and what follows for the pause between two polls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from schemas.item import Item

FEW_KNOWN, MOST_KNOWN = 1 / 3, 2 / 3
"""Below a third of known items a feed is asked more often, above two thirds less often: the thresholds of
Media Cloud's rss-fetcher."""
QUICKER, SLOWER, MUCH_SLOWER, AFTER_LOSS = 0.6, 1.1, 1.25, 0.5
"""What the pause is multiplied with: few known items, most known, nothing new, all new."""
SETTLED = 2
"""Successful polls in a row before the pause is changed; one is chance."""
GAP_HALF_LIFE = timedelta(days=14)
"""A long gap is forgotten by half in two weeks, so that nights and weekends stay in mind."""
UNDATED_GAP = 86_400.0
"""Seconds that a feed without dates is first taken to rest at times, as papers do by night; what its polls
show then takes the place of that."""
SILENT_GAPS = 3.0
"""Times its usual gap a feed may bring nothing before it counts as silent."""
LEAST_SILENCE = timedelta(hours=6)
"""Shorter silences are never told of."""
MIN_ITEMS_FOR_LOSS = 2
"""A feed of a single entry shows a new one every time and misses nothing by that."""


def is_loss(items_seen: int, items_new: int, *, is_followed: bool) -> bool:
    """Return whether a poll probably missed items: all it saw was new, though the feed was read before."""
    return is_followed and items_seen >= MIN_ITEMS_FOR_LOSS and items_new >= items_seen


def adapted(
    interval: float, *, streak: int, known_share: float | None, has_new: bool, has_loss: bool
) -> float:
    """Return the learned pause after a successful poll, in seconds, before any bound.

    Args:
        interval: the pause so far.
        streak: successful polls in a row, this one included.
        known_share: share of the items seen that were known, or None where none were seen.
        has_new: whether anything new came.
        has_loss: whether some items were probably missed.
    """
    if has_loss:
        return interval * AFTER_LOSS
    if streak < SETTLED:
        return interval
    if not has_new or known_share is None:
        return interval * MUCH_SLOWER
    if known_share < FEW_KNOWN:
        return interval * QUICKER
    return interval * SLOWER if known_share > MOST_KNOWN else interval


def longest_gap(items: Iterable[Item]) -> float | None:
    """Return the longest pause between two dated items of a feed in seconds, or None for fewer than three."""
    dates = sorted(item.published_at for item in items if item.published_at is not None)
    pauses = [(b - a).total_seconds() for a, b in pairwise(dates)]
    return max(pauses) if len(pauses) >= 2 else None


def usual_gap(
    held: float | None,
    items: Iterable[Item],
    *,
    new_at: datetime | None,
    has_new: bool,
    since: float,
    now: datetime,
) -> float | None:
    """Return the longest pause between new items lately, in seconds, or None while it is not known.

    Args:
        held: what it was.
        items: the feed's items, whose dates tell it at the first poll; without dates the polls tell it.
        new_at: when something new last came, or None.
        has_new: whether something new came now.
        since: seconds since the last poll, over which ``held`` fades.
        now: the run's clock.
    """
    watched = (now - new_at).total_seconds() if has_new and new_at is not None else None
    if held is None:
        told = longest_gap(items)
        return told if told is not None or watched is None else max(watched, UNDATED_GAP)
    faded: float = held * 0.5 ** (since / GAP_HALF_LIFE.total_seconds())
    if watched is not None:
        return max(faded, watched)
    return faded if has_new else held


def is_silent(gap: float | None, new_at: datetime | None, now: datetime) -> bool:
    """Return whether a feed that answers well has brought nothing for three times its usual gap."""
    if gap is None or new_at is None:
        return False
    return now - new_at > max(timedelta(seconds=SILENT_GAPS * gap), LEAST_SILENCE)
