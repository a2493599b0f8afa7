"""When a feed is asked again, and what its answers say of its health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.feeds.content import Hints
from newsledger.fetch.poll import Polled
from newsledger.fetch.schedule.after_poll import after_poll, is_due
from newsledger.fetch.schedule.failures import failure_class
from newsledger.fetch.schedule.hints import after_skips, asked_pause, header_pause, skips_of
from newsledger.fetch.schedule.retries import after_try
from newsledger.fetch.schedule.revisits import next_look
from schemas.config import Feed, Scheduling
from schemas.feed_state import FeedState
from schemas.item import FeedPoll, Item, ItemOutcome, Outcome

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
URL = "http://gull.example/feed"
FEED = Feed.model_validate({"id": "gull", "url": URL, "outlet": "Gull"})
STEADY = Scheduling(jitter=0)


def polled(
    at: datetime = NOW, *, seen: int = 10, new: int = 0, status: str = "ok", reason: str = "", **more: Any
) -> Polled:
    poll = FeedPoll("gull", URL, at, status, reason, seen, new, '"1"', None, "aa")
    return Polled(poll, **more)


def step(
    state: FeedState | None, what: Polled, settings: Scheduling = STEADY, feed: Feed = FEED, seed: int = 1
) -> FeedState:
    return after_poll(state, feed, what, settings, Random(seed))


def failed(reason: str, at: datetime = NOW, **more: Any) -> Polled:
    return polled(at, status="failed", reason=reason, seen=0, **more)


def settled(**changes: Any) -> FeedState:
    """A feed read for some time, once an hour."""
    base = FeedState(
        "gull", URL, URL, NOW - HOUR, NOW, 3600, "ok", polls=9, streak=9, ok_at=NOW - HOUR, etag='"1"',
        body_sha256="aa", full_at=NOW - HOUR, new_at=NOW - HOUR,
    )  # fmt: skip
    return replace(base, **changes)


def pause(state: FeedState) -> timedelta:
    assert state.next_poll_at is not None
    return state.next_poll_at - state.polled_at


def test_a_new_feed_is_due_and_starts_at_an_hour() -> None:
    assert is_due(None, FEED, NOW)
    state = step(None, polled(new=10))
    assert (pause(state), state.losses, state.new_at) == (HOUR, 0, NOW)
    assert not is_due(state, FEED, NOW + timedelta(minutes=50))
    assert is_due(state, FEED, NOW + timedelta(minutes=56)), "a tenth early, at most five minutes"


def test_a_feed_whose_address_was_changed_is_new() -> None:
    other = FEED.model_copy(update={"url": "http://gull.example/other"})
    assert is_due(settled(next_poll_at=NOW + DAY), other, NOW)


@pytest.mark.parametrize(
    ("seen", "new", "factor"), [(10, 8, 0.6), (10, 5, 1.0), (10, 1, 1.1), (10, 0, 1.25), (0, 0, 1.25)]
)
def test_the_pause_follows_the_share_of_known_items(seen: int, new: int, factor: float) -> None:
    assert step(settled(), polled(seen=seen, new=new)).interval_seconds == pytest.approx(3600 * factor)


def test_one_success_after_a_failure_changes_nothing_yet() -> None:
    state = step(settled(streak=0), polled(seen=10, new=8))
    assert (state.interval_seconds, state.streak) == (3600, 1)


def test_all_new_is_a_loss_and_halves_the_pause_at_once_whatever_the_publisher_asks() -> None:
    state = step(settled(streak=0, hint_seconds=9000), polled(seen=10, new=10))
    assert (state.losses, pause(state)) == (1, HOUR / 2)
    first = step(None, polled(seen=10, new=10))
    assert first.losses == 0, "nothing was read before"
    assert step(settled(), polled(seen=1, new=1)).losses == 0, "one entry only, as ever"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=60))
def test_the_pause_stays_within_the_settings(counts: list[tuple[int, int]]) -> None:
    state, now = None, NOW
    settings = Scheduling()
    for seen, new in counts:
        state = after_poll(state, FEED, polled(now, seen=seen, new=min(new, seen)), settings, Random(1))
        assert 600 <= state.interval_seconds <= 86_400
        assert state.next_poll_at is not None
        assert timedelta(minutes=9) <= state.next_poll_at - now <= timedelta(hours=27)
        now = state.next_poll_at


def test_a_feed_is_never_asked_more_rarely_than_it_brings_news() -> None:
    state = settled(interval_seconds=20_000, gap_seconds=7200.0)
    assert step(state, polled(seen=0)).interval_seconds == 7200


def test_publisher_hints_lengthen_the_pause_up_to_the_cap() -> None:
    assert pause(step(settled(), polled(new=5, hint_seconds=7200.0, is_read=True))) == 2 * HOUR
    assert pause(step(settled(), polled(new=5, hint_seconds=604_800.0, is_read=True))) == 3 * HOUR


@pytest.mark.parametrize(
    ("skips", "hours"),
    [
        (None, 1),
        ("13,14;", 3),
        (";Sunday", 4),
        ("13;Monday", 2),
        (",".join(map(str, range(24))) + ";", 4),
        ("14;", 1),
    ],
)
def test_a_feed_is_not_asked_when_its_publisher_sleeps_up_to_the_cap(skips: str | None, hours: int) -> None:
    """12:00 on a Sunday, due at 13:00; a wish adds three hours at most."""
    read = step(settled(), polled(new=5, is_read=True, skips=skips))
    assert pause(read) == hours * HOUR
    later = step(
        settled(skips=skips), polled(new=0, status="unchanged"), Scheduling(jitter=0, start_minutes=60)
    )
    assert later.skips == skips, "what a body told holds until another tells otherwise"


def test_hours_of_sleep_do_not_hold_after_a_loss_or_against_a_fixed_pause() -> None:
    asleep = "13,14,15;"
    assert pause(step(settled(), polled(seen=10, new=10, is_read=True, skips=asleep))) == HOUR / 2
    fixed = FEED.model_copy(update={"minutes": 60})
    assert pause(step(settled(), polled(new=5, is_read=True, skips=asleep), feed=fixed)) == HOUR


@given(
    st.integers(0, 366 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.sets(st.integers(0, 23)),
    st.sets(st.sampled_from(["Monday", "Friday", "Sunday"])),
    st.integers(0, 72),
)
def test_sleep_only_ever_delays_and_ends_with_the_cap(
    at: datetime, hours: set[int], days: set[str], most: int
) -> None:
    skips = skips_of(Hints(None, None, tuple(sorted(hours)), tuple(sorted(days))))
    due = after_skips(at, skips, timedelta(hours=most))
    assert at <= due <= at + timedelta(hours=most)
    is_awake = due.hour not in hours and f"{due:%A}" not in days
    assert is_awake or due == at + timedelta(hours=most)


def test_a_fixed_pause_is_kept() -> None:
    fixed = FEED.model_copy(update={"minutes": 7.0})
    assert pause(step(settled(), polled(new=9), feed=fixed)) == timedelta(minutes=7)


def test_jitter_spreads_feeds_and_is_the_same_for_the_same_seed() -> None:
    ends = {pause(step(settled(), polled(new=5), Scheduling(), seed=seed)) for seed in range(50)}
    assert len(ends) == 50
    assert all(HOUR * 0.9 <= end <= HOUR * 1.1 for end in ends)
    again = [step(settled(), polled(new=5), Scheduling(), seed=3) for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.parametrize(
    ("reason", "name", "weight"),
    [
        ("http 404", "missing", 1), ("http 410", "gone", 1), ("html instead of a feed", "missing", 1),
        ("robots", "refused", 1), ("http 403", "blocked", 0.5), ("challenge", "blocked", 0.5),
        ("malformed", "unreadable", 0.5), ("too slow", "unreadable", 0.5), ("http 429", "overload", 0.5),
        ("http 500", "server", 0.5), ("http 599", "server", 0.5), ("tls", "server", 0.5),
        ("dns", "unreachable", 0.25), ("timeout", "unreachable", 0.25), ("http 418", "missing", 1),
    ],
)  # fmt: skip
def test_failures_have_classes_and_weights(reason: str, name: str, weight: float) -> None:
    assert (failure_class(reason).name, failure_class(reason).weight) == (name, weight)


def test_failures_lengthen_the_pause_by_their_weight_and_never_end_the_polling() -> None:
    state = step(settled(), failed("http 404"))
    assert pause(state) == 2 * HOUR
    assert pause(step(settled(), failed("dns"))) < timedelta(minutes=72)
    for _ in range(60):
        state = step(state, failed("http 404", state.polled_at + pause(state)))
    assert pause(state) == timedelta(days=30)
    well = step(state, polled(state.polled_at + pause(state)))
    assert (well.failures, well.failure_weight, pause(well)) == (0, 0, HOUR)


def test_the_pause_a_server_asks_for_is_the_least() -> None:
    assert pause(step(settled(), failed("http 429", retry_after=40_000.0))) == timedelta(seconds=40_000)


def test_gone_twice_a_day_apart_is_retired_and_nothing_less() -> None:
    once = step(settled(), failed("http 410"))
    assert (once.retired_at, once.gone_at) == (None, NOW)
    assert DAY <= pause(once) <= DAY * 1.1
    soon = step(once, failed("http 410", NOW + 2 * HOUR))
    assert soon.retired_at is None
    back = step(once, polled(NOW + DAY))
    assert back.gone_at is None
    other = step(once, failed("http 500", NOW + DAY))
    assert other.gone_at is None
    gone = step(once, failed("http 410", NOW + DAY))
    assert (gone.retired_at, gone.next_poll_at) == (NOW + DAY, None)
    assert not is_due(gone, FEED, NOW + 900 * DAY)
    assert step(gone, polled(NOW + 2 * DAY)).retired_at is None, "asked by hand, it may come back"


def test_a_new_address_is_believed_after_a_week() -> None:
    there = "http://gull.example/rss.xml"
    state = step(settled(), polled(moved_to=there))
    assert (state.address, state.moved_to, state.moved_at) == (URL, there, NOW)
    state = step(state, polled(NOW + 6 * DAY, moved_to=there))
    assert state.address == URL
    state = step(state, polled(NOW + 7 * DAY, moved_to=there))
    assert (state.address, state.moved_to, state.url) == (there, None, URL)


def test_a_new_address_that_changes_or_is_taken_back_starts_again() -> None:
    state = step(settled(), polled(moved_to="http://gull.example/a"))
    state = step(state, polled(NOW + 5 * DAY, moved_to="http://gull.example/b"))
    assert state.moved_at == NOW + 5 * DAY
    assert step(state, polled(NOW + 6 * DAY)).moved_to is None


def test_https_is_believed_at_once_but_only_for_the_same_page() -> None:
    assert (
        step(settled(), polled(moved_to=URL.replace("http:", "https:"))).address
        == "https://gull.example/feed"
    )
    assert step(settled(), polled(moved_to="https://gull.example/")).address == URL


def test_a_learned_address_that_is_missing_is_forgotten_at_once() -> None:
    state = step(settled(address="http://gull.example/new"), failed("http 404"))
    assert (state.address, pause(state)) == (URL, timedelta(minutes=10))
    kept = step(settled(address="http://gull.example/new"), failed("http 500"))
    assert kept.address == "http://gull.example/new"


def test_a_feed_that_answers_and_brings_nothing_is_silent_after_three_gaps() -> None:
    state = settled(new_at=NOW, gap_seconds=8 * 3600.0)
    assert not step(state, polled(NOW + 23 * HOUR)).is_silent
    silent = step(state, polled(NOW + 25 * HOUR))
    assert silent.is_silent
    assert not step(silent, polled(NOW + 26 * HOUR, new=1)).is_silent


def test_the_usual_gap_comes_from_the_dates_and_then_from_what_is_seen() -> None:
    items = tuple(Item("gull", f"u{h}", "", published_at=NOW - h * HOUR) for h in (1, 2, 8, 9))
    state = step(None, polled(new=4, items=items))
    assert state.gap_seconds == 6 * 3600
    later = step(state, polled(NOW + 10 * HOUR, new=1))
    assert later.gap_seconds == 10 * 3600
    faded = step(replace(later, polled_at=NOW), polled(NOW + 14 * DAY, new=1))
    assert faded.gap_seconds is not None
    assert faded.gap_seconds > 10 * 3600


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "no-cache, max-age=600"}, None), ({"cache-control": "private"}, None), ({}, None),
        ({"date": "Sun, 01 Mar 2026 12:00:00 GMT", "expires": "Sun, 01 Mar 2026 12:30:00 GMT"}, 1800),
        ({"date": "Sun, 01 Mar 2026 12:00:00 GMT", "expires": "0"}, None),
        ({"date": "Sun, 01 Mar 2026 12:00:00 GMT", "expires": "Sat, 01 Jan 2000 00:00:00 GMT"}, 0),
        ({"cache-control": "max-age=60", "date": "x", "expires": "y"}, 60),
    ],
)  # fmt: skip
def test_how_long_an_answer_stays_fresh(headers: Mapping[str, str], seconds: float | None) -> None:
    assert header_pause(headers) == seconds


def test_the_longest_wish_of_feed_and_headers_counts() -> None:
    assert asked_pause(Hints(ttl_minutes=30), {"cache-control": "max-age=60"}) == 1800
    assert asked_pause(None, {"cache-control": "max-age=60"}) == 60
    assert asked_pause(Hints(), {}) is None


def looks_at(changed_at: datetime, days: float) -> list[timedelta]:
    """Return when an article that never changes is looked at, since its last change."""
    looked: datetime | None = None
    found: list[timedelta] = []
    while (due := next_look(changed_at, looked, len(found), days=days)) is not None:
        found.append(due - changed_at)
        looked = due
    return found


def test_an_unchanged_article_is_looked_at_more_and_more_rarely_and_then_no_more() -> None:
    looks = looks_at(NOW, days=2)
    pauses = [b - a for a, b in pairwise([timedelta(), *looks])]
    assert pauses[0] == timedelta(minutes=15)
    assert pauses == sorted(pauses)
    assert looks[-1] <= timedelta(days=2)
    assert (len(looks), sum(at < timedelta(hours=13) for at in looks)) == (11, 8)


def test_the_pause_never_grows_beyond_half_a_day() -> None:
    looks = looks_at(NOW, days=30)
    assert looks[-1] - looks[-2] == timedelta(hours=12)


def test_an_edit_begins_the_schedule_anew() -> None:
    edited = NOW + timedelta(hours=30)
    assert next_look(edited, edited, 0, days=2) == edited + timedelta(minutes=15)


def test_with_no_days_nothing_is_looked_at_again() -> None:
    assert looks_at(NOW, days=0) == []


def outcome(kind: Outcome, reason: str = "") -> ItemOutcome:
    return ItemOutcome("http://gull.example/1", "Gull", "gull", kind, reason)


def test_a_failed_article_waits_longer_each_time_and_is_given_up_in_the_end() -> None:
    item, held, now = Item("gull", "http://gull.example/1", "1", "T"), None, NOW
    waits = []
    for _ in range(4):
        held = after_try(held, item, outcome(Outcome.FAILED, "timeout"), now, retries=3)
        assert held is not None
        waits.append(held.next_at and held.next_at - now)
        now += DAY
    assert waits == [HOUR / 2, HOUR, 2 * HOUR, None]
    assert held is not None
    assert (held.state, held.tries, held.first_at) == ("given up", 4, NOW)
    read = after_try(held, item, outcome(Outcome.STORED), now, retries=3)
    assert read is not None
    assert (read.state, read.next_at) == ("read", None)


@pytest.mark.parametrize(
    ("kind", "reason", "waits"),
    [
        (Outcome.STORED, "", False), (Outcome.NOT_AN_ARTICLE, "home page", False),
        (Outcome.BLOCKED_BY_ROBOTS, "robots", False), (Outcome.OTHER_LANGUAGE, "de", False),
        (Outcome.NOT_AN_ARTICLE, "challenge page", True), (Outcome.FAILED, "http 500", True),
    ],
)  # fmt: skip
def test_what_is_tried_again(kind: Outcome, reason: str, waits: bool) -> None:
    item = Item("gull", "http://gull.example/1", "1")
    assert (after_try(None, item, outcome(kind, reason), NOW, retries=3) is not None) is waits


def test_a_feed_without_dates_is_silent_too() -> None:
    """It is taken to rest a day at times, until its polls show more of it."""
    first = step(None, polled(NOW, new=10))
    state = step(first, polled(NOW + 4 * HOUR, new=1))
    assert state.gap_seconds == 86_400
    assert not step(state, polled(NOW + 70 * HOUR, status="unchanged", seen=0)).is_silent
    assert step(state, polled(NOW + 77 * HOUR, status="unchanged", seen=0)).is_silent
