"""The next state of a feed, from its last one and what a poll brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlsplit

from newsledger.fetch.poll import Polled
from newsledger.fetch.schedule.failures import GONE, MISSING, failure_class
from newsledger.fetch.schedule.hints import after_skips
from newsledger.fetch.schedule.pace import adapted, is_loss, is_silent, usual_gap
from schemas.config import Feed, Scheduling
from schemas.feed_state import FeedState

A_DAY = timedelta(days=1)
BELIEVED_AFTER = timedelta(days=7)
"""How long a feed must say that it moved for good before its new address is used at once: a wrong setting
of a server is usually noticed within days."""
MAX_WEIGHT = 20.0
"""Beyond that the pause is at its longest anyway."""
EARLY = 0.1
MAX_EARLY = timedelta(minutes=5)
"""A feed is due a tenth of its pause early, at most five minutes: a run every half hour must not miss one
due a minute later by half an hour."""


def is_due(state: FeedState | None, feed: Feed, now: datetime) -> bool:
    """Return whether a feed is to be asked now; a new one, or one whose address was changed, always is."""
    if state is None or state.url != str(feed.url):
        return True
    if state.retired_at is not None or state.next_poll_at is None:
        return False
    return state.next_poll_at - min(timedelta(seconds=EARLY * state.interval_seconds), MAX_EARLY) <= now


def known_state(state: FeedState | None, feed: Feed) -> FeedState | None:
    """Return the state where it belongs to the feed as it is configured now, else None."""
    return state if state is not None and state.url == str(feed.url) else None


def after_poll(
    state: FeedState | None,
    feed: Feed,
    polled: Polled,
    settings: Scheduling,
    random: Random,
    *,
    is_pushed: bool = False,
) -> FeedState:
    """Return what is known of a feed after a poll whose new items have been counted.

    Args:
        state: what was known before, or None for a new feed.
        feed: the feed as configured.
        polled: the poll; its ``items_new`` counts.
        settings: the bounds of the pauses.
        random: the source of the jitter.
        is_pushed: whether a living hub brings this feed's news, so that polling only makes sure.
    """
    held = known_state(state, feed) or _new_state(feed, polled.poll.polled_at, settings)
    held = replace(
        held, polled_at=polled.poll.polled_at, status=polled.poll.status, reason=polled.poll.reason,
        polls=held.polls + 1,
    )  # fmt: skip
    if polled.poll.status == "failed":
        return _after_failure(held, feed, polled, settings, random)
    return _after_success(held, state, feed, polled, settings, random, is_pushed=is_pushed)


def _new_state(feed: Feed, now: datetime, settings: Scheduling) -> FeedState:
    return FeedState(feed.id, str(feed.url), str(feed.url), now, now, settings.start_minutes * 60)


def _after_failure(
    state: FeedState, feed: Feed, polled: Polled, settings: Scheduling, random: Random
) -> FeedState:
    now, kind = polled.poll.polled_at, failure_class(polled.poll.reason)
    weight = min(state.failure_weight + kind.weight, MAX_WEIGHT)
    failed = replace(state, streak=0, failures=state.failures + 1, failure_weight=weight)
    if kind is GONE:
        return _after_gone(failed, now, random)
    failed = replace(failed, gone_at=None)
    if kind is MISSING and state.address != state.url:  # the new address is no good: back to the old one
        failed = replace(
            failed, address=state.url, moved_to=None, moved_at=None, etag=None, last_modified=None
        )
        return replace(failed, next_poll_at=now + timedelta(minutes=settings.least_minutes))
    pause = min(_pause(failed, feed, settings) * 2.0**weight, settings.failing_days * 86_400)
    pause = max(_jittered(pause, settings.jitter, random), polled.retry_after or 0.0)
    return replace(failed, next_poll_at=now + timedelta(seconds=pause))


def _after_gone(state: FeedState, now: datetime, random: Random) -> FeedState:
    """A second 410 a day after the first ends the polling; the feed stays in the list and can be revived."""
    if state.gone_at is not None and now - state.gone_at >= A_DAY:
        return replace(state, retired_at=now, next_poll_at=None)
    first = state.gone_at or now
    return replace(state, gone_at=first, next_poll_at=first + A_DAY * (1 + 0.1 * random.random()))


def _after_success(
    held: FeedState,
    before: FeedState | None,
    feed: Feed,
    polled: Polled,
    settings: Scheduling,
    random: Random,
    *,
    is_pushed: bool,
) -> FeedState:
    now = polled.poll.polled_at
    lost = is_loss(polled.poll.items_seen, polled.poll.items_new, is_followed=held.new_at is not None)
    since = (now - before.polled_at).total_seconds() if before is not None else 0.0
    well = _moved(_healed(_body_known(held, polled), now), polled.moved_to, now)
    paced = _paced(well, polled, settings, lost=lost, since=since)
    pause = _pause(paced, feed, settings, has_loss=lost)
    if is_pushed:
        pause = max(pause, settings.push_minutes * 60)
    due = now + timedelta(seconds=_jittered(pause, settings.jitter, random))
    if feed.minutes is None and not lost:
        due = after_skips(due, paced.skips, timedelta(minutes=settings.hint_minutes))
    return replace(paced, next_poll_at=due)


def _healed(state: FeedState, now: datetime) -> FeedState:
    """Take up that a feed is well: what failed before counts no more."""
    return replace(
        state,
        streak=state.streak + 1,
        failures=0,
        failure_weight=0.0,
        ok_at=now,
        gone_at=None,
        retired_at=None,
    )


def _body_known(state: FeedState, polled: Polled) -> FeedState:
    """Take up validators, and what only a whole body tells: hub, topic, the publisher's wish."""
    poll = polled.poll
    known = replace(
        state,
        etag=poll.etag,
        last_modified=poll.last_modified,
        body_sha256=poll.body_sha256,
        validators=polled.validators,
    )
    if polled.is_whole:
        known = replace(known, full_at=poll.polled_at)
    if polled.is_read:
        known = replace(
            known, hint_seconds=polled.hint_seconds, hub=polled.hub, topic=polled.topic, skips=polled.skips
        )
    return known


def _paced(state: FeedState, polled: Polled, settings: Scheduling, *, lost: bool, since: float) -> FeedState:
    """Take up how much was new: the learned pause, the usual gap, silence, losses."""
    poll, now = polled.poll, polled.poll.polled_at
    has_new = poll.items_new > 0
    share = 1 - poll.items_new / poll.items_seen if poll.items_seen else None
    gap = usual_gap(
        state.gap_seconds, polled.items, new_at=state.new_at, has_new=has_new, since=since, now=now
    )
    new_at = now if has_new or state.new_at is None else state.new_at
    interval = adapted(
        state.interval_seconds, streak=state.streak, known_share=share, has_new=has_new, has_loss=lost
    )
    return replace(
        state,
        new_at=new_at,
        gap_seconds=gap,
        is_silent=is_silent(gap, new_at, now),
        known_share=share if share is not None else state.known_share,
        losses=state.losses + lost,
        interval_seconds=_bounded(interval, gap, settings),
    )


def _bounded(interval: float, gap: float | None, settings: Scheduling) -> float:
    """Return the learned pause within the settings; a feed is never asked more rarely than it brings news."""
    least, most = settings.least_minutes * 60, settings.most_minutes * 60
    if gap is not None:
        most = min(most, max(least, gap))
    return min(max(interval, least), most)


def _pause(state: FeedState, feed: Feed, settings: Scheduling, *, has_loss: bool = False) -> float:
    """Return the seconds to the next poll: fixed, or learned and no shorter than the publisher asks for.

    The publisher's wish is capped, and set aside after a loss: who is asked too rarely loses items.
    """
    if feed.minutes is not None:
        return feed.minutes * 60
    hint = 0.0 if has_loss else min(state.hint_seconds or 0.0, settings.hint_minutes * 60)
    return max(state.interval_seconds, hint)


def _jittered(pause: float, share: float, random: Random) -> float:
    """Return the pause a little shorter or longer, so that feeds do not all fall due together."""
    return pause * random.uniform(1 - share, 1 + share)


def _moved(state: FeedState, target: str | None, now: datetime) -> FeedState:
    """Take up that a feed says it moved for good, or says so no longer.

    Only the step from http to https is believed at once; anything else must be said for a week.
    """
    if target is None or target == state.address:
        return replace(state, moved_to=None, moved_at=None)
    since = state.moved_at if state.moved_to == target and state.moved_at is not None else now
    if _is_secured(state.address, target) or now - since >= BELIEVED_AFTER:
        return replace(state, address=target, moved_to=None, moved_at=None)
    return replace(state, moved_to=target, moved_at=since)


def _is_secured(old: str, new: str) -> bool:
    """Return whether two addresses differ in http and https alone."""
    a, b = urlsplit(old), urlsplit(new)
    return (a.scheme, b.scheme) == ("http", "https") and (a.hostname, a.path, a.query) == (
        b.hostname,
        b.path,
        b.query,
    )
