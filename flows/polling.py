"""The feeds' part of a run: which are due, what they list, which pages are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

import duckdb

from flows.work import Work
from newsledger.dedupe import identity_key
from newsledger.feeds.parse import parse_feed
from newsledger.feeds.trouble import FeedError
from newsledger.fetch.article import fetch_article
from newsledger.fetch.client import PAGE_TYPES, Client
from newsledger.fetch.fleet import fetch_all
from newsledger.fetch.hosts import host_of
from newsledger.fetch.poll import Polled, ask, poll, read_answer
from newsledger.fetch.raw.archive import Archive, pending_journals, read_entry
from newsledger.fetch.raw.journal import Entry
from newsledger.fetch.raw.readback import Replay
from newsledger.fetch.response import ASKED, FILE, PUSH, Given, Response
from newsledger.fetch.schedule.after_poll import after_poll, is_due, known_state
from newsledger.fetch.schedule.pace import is_loss
from newsledger.fetch.schedule.retries import after_try, is_worth_a_retry, item_of, watched_of
from newsledger.fetch.schedule.revisits import next_look
from newsledger.fetch.site_files import GOOD
from newsledger.fetch.trouble import FetchFailed
from newsledger.fetch.websub.subscriptions import Subscriptions
from schemas.config import Feed
from schemas.document import Draft
from schemas.feed_state import FeedState, Quarantined
from schemas.host import SiteFile
from schemas.item import FeedPoll, Item, ItemOutcome, Outcome
from warehouse.connect import warehouse
from warehouse.feeds import (
    Known,
    feed_states,
    finished_journals,
    host_records,
    known_items,
    quarantine,
    site_files,
    watched,
)

DECIDED = {Outcome.NOT_AN_ARTICLE, Outcome.OTHER_LANGUAGE}
"""Outcomes of a page that a second look would not change: it is not asked for again."""
DECIDED_BEFORE = "decided before"
"""The reason given for such a page in later runs, which is why it decides them as well."""
LISTED_LATE = timedelta(hours=1)
"""Items of a catch-up are read when they are no older than the last good poll, less this much: publishers
list some articles late."""

Listed = tuple[Feed, Item]


@dataclass
class Round:
    """One run's dealings with the network.

    Attributes:
        work: the run.
        client: the way to the network.
        archive: the raw store.
        random: the source of orders and jitter, the same for the same run.
        states: what is known of each feed.
        waiting: the quarantine by item and feed.
        pushes: what hubs brought since the last run, by feed.
        answers: what each poll of this run brought, with its feed.
        pushed: what each push brought: its poll and the addresses.
        subscriptions: those at WebSub hubs, or None where there are none.
    """

    work: Work
    client: Client
    archive: Archive
    random: Random
    states: dict[str, FeedState]
    waiting: dict[tuple[str, str], Quarantined]
    pushes: dict[str, list[Entry]]
    answers: list[tuple[Feed, Polled]] = field(default_factory=list)
    pushed: list[tuple[FeedPoll, list[str]]] = field(default_factory=list)
    subscriptions: Subscriptions | None = None

    @property
    def pushed_urls(self) -> set[str]:
        """The addresses that pushes of this run brought."""
        return {url for _, urls in self.pushed for url in urls}


def read_feeds(work: Work, *, every: bool = False, replay: bool = False) -> None:
    """Poll the feeds that are due, fetch what is new or still fresh, and leave drafts and outcomes.

    Answers that a killed run had received are read without asking again.

    Args:
        work: the run.
        every: poll all feeds, those not due and those retired included.
        replay: ask nobody; read the articles of the quarantine again from the raw store.
    """
    if replay:
        _replay(work)
        return
    with _network(work) as round_:
        entries = _poll_due(round_, every=every)
        _fetch_pages(round_, _to_fetch(round_, entries))


def _replay(work: Work) -> None:
    """Read the pages of the quarantine that the raw store has; the others keep their place in it."""
    settings = work.project.settings.fetching
    with warehouse(work.project.warehouse) as con:
        waiting = quarantine(con)
    feeds = {feed.id: feed for feed in work.project.feeds}
    kept = Replay(work.project.raw, settings)
    found = [w for w in waiting if w.feed_id in feeds and kept.has(w.item)]
    work.announcer.say(
        f"{len(found)} of {len(waiting)} articles in the quarantine have a page in the raw store"
    )
    for held in work.announcer.track(found, "reading pages again"):
        item = item_of(held)
        read = fetch_article(item, feeds[held.feed_id], kept, work.now)
        work.take([read])
        if isinstance(read, Draft) or not is_worth_a_retry(read):
            work.batch.quarantine.append(replace(held, state="read", next_at=None, last_at=work.now))


@contextmanager
def _network(work: Work) -> Iterator[Round]:
    """Yield the means of a run; what was learnt of hosts and files goes into the batch at the end."""
    batch, settings = work.batch, work.project.settings.fetching
    archive = Archive(work.project.raw, batch.run.run_id, work.wall_now(), software=batch.run.software)
    with warehouse(work.project.warehouse) as con:
        journals = pending_journals(work.project.raw, finished_journals(con), work.wall_now())
        states, waiting = feed_states(con), quarantine(con)
        hosts, files = host_records(con), site_files(con, work.wall_now() - GOOD)
    path = work.project.subscriptions
    hubs = Subscriptions(path) if path.exists() else None
    with Client(settings, archive=archive) as client:
        client.hosts.remember(hosts)
        client.files.remember(files)
        left = archive.recover(journals, work.wall_now())
        client.files.remember(_site_files(work, left))
        for entry in left:
            client.hosts.asked_at(host_of(entry.final_url or entry.url), entry.fetched_at)
        ended = sum(entry.kind != ASKED for entry in left)
        if ended:
            work.announcer.say(f"taking up {ended} answers that no run has read to the end")
        try:
            yield Round(
                work, client, archive, Random(batch.run.run_id), states,  # noqa: S311 - orders and jitter
                {(w.item, w.feed_id): w for w in waiting}, _by_feed(left), subscriptions=hubs,
            )  # fmt: skip
        finally:
            archive.close()
            if hubs is not None:
                hubs.close()
        batch.hosts += client.hosts.records()
        batch.site_files += client.files.read_now()
        batch.opt_outs += client.opt_outs
        batch.journals += [*journals, *([archive.journal] if archive.is_begun else [])]


def _site_files(work: Work, entries: Sequence[Entry]) -> Iterator[SiteFile]:
    """Yield the robots.txt and tdmrep.json files that a killed run had received."""
    for entry in entries:
        if entry.kind == FILE:
            body = read_entry(work.project.raw, entry).body if entry.place is not None else b""
            yield SiteFile(entry.url, entry.fetched_at, entry.reason, body.decode("utf-8", "replace"))


def _by_feed(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == PUSH and entry.place is not None:
            found.setdefault(entry.feed_id, []).append(entry)
    return found


def _poll_due(round_: Round, *, every: bool) -> list[Listed]:
    """Poll what is due and return the entries of all feeds, in the order of ``feeds.yml``."""
    work = round_.work
    feeds = [f for f in work.project.feeds if every or is_due(round_.states.get(f.id), f, work.now)]
    if len(feeds) < len(work.project.feeds):
        work.announcer.say(_not_due(round_, len(feeds)))
    settings = work.project.settings.fetching
    answers = fetch_all(
        feeds,
        lambda feed: ask(feed, round_.client, known_state(round_.states.get(feed.id), feed), work.now),
        url_of=lambda feed: _address(round_, feed),
        hosts=round_.client.hosts,
        workers=settings.connections,
        random=round_.random,
    )
    polled: dict[int, Polled] = {}
    for _ in work.announcer.track(feeds, "polling feeds"):
        number, answer = next(answers)
        state = known_state(round_.states.get(feeds[number].id), feeds[number])
        polled[number] = read_answer(feeds[number], answer, state, work.now, round_.client)
    answers.close()
    entries = _pushed(round_)
    for number, feed in enumerate(feeds):
        round_.answers.append((feed, polled[number]))
        entries += [(feed, item) for item in polled[number].items]
        _tell(work, feed, polled[number].poll)
    return entries


def _address(round_: Round, feed: Feed) -> str:
    state = known_state(round_.states.get(feed.id), feed)
    return state.address if state is not None else str(feed.url)


def _not_due(round_: Round, due: int) -> str:
    feeds = round_.work.project.feeds
    times = [s.next_poll_at for f in feeds if (s := round_.states.get(f.id)) and s.next_poll_at]
    later = [t for t in times if t > round_.work.now]
    when = f"; the next at {min(later):%Y-%m-%d %H:%M} UTC" if later else ""
    return f"{due} of {len(feeds)} feeds are due{when} (--all polls all)"


def _tell(work: Work, feed: Feed, told: FeedPoll) -> None:
    if told.reason:
        words = f"{told.reason}" + (f" ({told.detail})" if told.detail and told.status == "failed" else "")
        work.announcer.say(f"feed {feed.id} ({feed.outlet}): {told.status}: {words}")


def _pushed(round_: Round) -> list[Listed]:
    """Return the entries that hubs brought; each push is a poll of its own in the ledger."""
    feeds = {feed.id: feed for feed in round_.work.project.feeds}
    entries: list[Listed] = []
    for feed_id, pushes in sorted(round_.pushes.items()):
        feed = feeds.get(feed_id)
        for entry in pushes if feed is not None else ():
            assert feed is not None, "checked above"
            told, items = _read_push(round_, feed, entry)
            round_.pushed.append((told, [item.url for item in items]))
            entries += [(feed, item) for item in items]
    return entries


def _read_push(round_: Round, feed: Feed, entry: Entry) -> tuple[FeedPoll, list[Item]]:
    answer = read_entry(round_.work.project.raw, entry)
    told = FeedPoll(feed.id, entry.url, entry.fetched_at, "ok", "pushed by its hub")
    limit = round_.work.project.settings.fetching.max_items
    try:
        items = parse_feed(
            answer.body, feed=feed, url=entry.url, content_type=answer.content_type, max_items=limit
        )
    except FeedError as error:
        return replace(told, status="failed", reason=error.reason, detail=error.detail[:300]), []
    return replace(told, items_seen=len(items)), list(items)


def _to_fetch(round_: Round, entries: Sequence[Listed]) -> list[Listed]:
    """Return the entries whose page is to be read; each of the others gets its outcome here."""
    work = round_.work
    seen: set[str] = set()
    with warehouse(work.project.warehouse) as con:
        wanted = [(item.url, identity_key(item.url)) for _, item in entries]
        known = known_items(con, wanted)
        fresh = _sorted_out(round_, entries, known, seen)
        by_url = {item.url: what for (_, item), what in zip(entries, known, strict=True)}
        _note_pushed(round_, by_url)
        _count(round_, by_url)
        late = _catch_up(round_)
        told = known_items(con, [(item.url, identity_key(item.url)) for _, item in late])
        fresh += _sorted_out(round_, late, told, seen)
        again = _to_revisit(round_, con, seen)
    return fresh + _due_again(round_, seen) + again


def _sorted_out(
    round_: Round, entries: Sequence[Listed], known: Sequence[Known], seen: set[str]
) -> list[Listed]:
    fresh: list[Listed] = []
    for (feed, item), what in zip(entries, known, strict=True):
        key = identity_key(item.url)
        reason = "in another feed of this run" if key in seen else _skip(round_, item, what)
        seen.add(key)
        if reason:
            skipped = ItemOutcome(item.url, feed.outlet, feed.id, Outcome.UNCHANGED, reason)
            round_.work.batch.outcomes.append(skipped)
        else:
            fresh.append((feed, item))
    return fresh


def _skip(round_: Round, item: Item, known: Known) -> str:
    """Return why an entry's page is not asked for, or "" when it is."""
    now = round_.work.now
    if known.first_seen_at is None:
        waits = round_.waiting.get((item.url, item.feed_id))
        if waits is not None and (waits.next_at is None or waits.next_at > now):
            return "given up" if waits.next_at is None else "tried again later"
        is_decided = known.outcome in DECIDED or known.reason == DECIDED_BEFORE
        return DECIDED_BEFORE if is_decided and waits is None else ""
    due = _next_look(round_, known)
    if due is None:
        return "held"
    return "seen lately" if due > now else ""


def _next_look(round_: Round, known: Known) -> datetime | None:
    """Return when a held article is looked at again, or None when it no longer is."""
    days = round_.work.project.settings.fetching.revisit_days
    if known.changed_at is None or round_.work.now > known.changed_at + timedelta(days=days):
        return None
    return next_look(known.changed_at, known.read_at, known.looks, days=days)


def _to_revisit(round_: Round, con: duckdb.DuckDBPyConnection, seen: set[str]) -> list[Listed]:
    """Return the held articles that are due to be looked at again, whether their feed lists them or not."""
    feeds = {feed.id: feed for feed in round_.work.project.feeds}
    waiting = [w for w in watched(con) if w.feed_id in feeds and identity_key(w.item) not in seen]
    known = known_items(con, [(w.item, identity_key(w.item)) for w in waiting])
    found: list[Listed] = []
    for kept, what in zip(waiting, known, strict=True):
        due = _next_look(round_, what)
        if due is not None and due <= round_.work.now and (kept.item, kept.feed_id) not in round_.waiting:
            seen.add(identity_key(kept.item))
            found.append((feeds[kept.feed_id], item_of(kept)))
    return found


def _count(round_: Round, known: Mapping[str, Known]) -> None:
    """Fill in how many items of each poll were new, and make the next state of each feed."""
    settings, pushed = round_.work.project.settings.scheduling, round_.pushed_urls
    for number, (feed, polled) in enumerate(round_.answers):
        state = known_state(round_.states.get(feed.id), feed)
        new = sum(known[i.url].is_new and i.url not in pushed for i in polled.items)
        followed = state is not None and state.new_at is not None
        lost = is_loss(polled.poll.items_seen, new, is_followed=followed)
        counted = replace(polled, poll=replace(polled.poll, items_new=new, is_loss=lost))
        round_.answers[number] = (feed, counted)
        round_.work.batch.polls.append(counted.poll)
        after = after_poll(
            state, feed, counted, settings, round_.random, is_pushed=_is_pushed(round_, feed, counted)
        )
        round_.work.batch.feed_states.append(after)
        _warn(round_.work, feed, after, lost=lost)


def _is_pushed(round_: Round, feed: Feed, polled: Polled) -> bool:
    """Return whether a living hub brings a feed's news; one that let a poll find them is soon no more.

    What the first poll finds, or one after a pause without a hub, is nothing it could have brought.
    """
    held = round_.subscriptions.by_feed(feed.id) if round_.subscriptions else None
    if held is None or round_.subscriptions is None or polled.poll.status == "failed":
        return held is not None and held.is_pushing(round_.work.wall_now())
    state = round_.states.get(feed.id)
    since = state.ok_at if state is not None else None
    if held.asked_at < (since or held.asked_at):
        round_.subscriptions.polled(feed.id, polled.poll.items_new)
    fresh = round_.subscriptions.by_feed(feed.id)
    return fresh is not None and fresh.is_pushing(round_.work.wall_now())


def _note_pushed(round_: Round, known: Mapping[str, Known]) -> None:
    """Take up that hubs brought something new of feeds that were not polled."""
    polled = {feed.id for feed, _ in round_.answers}
    for told, urls in round_.pushed:
        state = round_.states.get(told.feed_id)
        new = sum(known[url].is_new for url in urls)
        round_.work.batch.polls.append(replace(told, items_new=new))
        if new and state is not None and told.feed_id not in polled:
            fresh = replace(state, new_at=told.polled_at, is_silent=False)
            round_.work.batch.feed_states.append(fresh)


def _warn(work: Work, feed: Feed, state: FeedState, *, lost: bool) -> None:
    if lost:
        work.announcer.say(
            f"feed {feed.id}: every entry is new, some were probably missed; it is asked more often"
        )
    if state.is_silent and state.new_at is not None:
        work.announcer.say(
            f"feed {feed.id}: answers, but has brought nothing new since {state.new_at:%Y-%m-%d %H:%M}"
        )
    if state.retired_at == work.now:
        work.announcer.say(f"feed {feed.id}: gone for good (410 twice, a day apart): it is asked no more")


def _catch_up(round_: Round) -> list[Listed]:
    """Return the articles the sitemaps of feeds that missed some list since their last good poll."""
    entries: list[Listed] = []
    for feed, polled in round_.answers:
        state = round_.states.get(feed.id)
        since = state.ok_at if state is not None else None
        url = _news_sitemap(round_.client, feed) if polled.poll.is_loss and since is not None else None
        if url is not None and since is not None:
            entries += _listed(round_, feed, url, since)
    return entries


def _news_sitemap(client: Client, feed: Feed) -> str | None:
    """Return the sitemap to catch up with: the one configured, else a news sitemap the site names."""
    if feed.sitemap is not None:
        return str(feed.sitemap)
    return next((url for url in client.sitemaps(str(feed.url)) if "news" in url.lower()), None)


def _listed(round_: Round, feed: Feed, url: str, since: datetime) -> list[Listed]:
    named = feed.model_copy(update={"url": url, "kind": "sitemap"})
    polled = poll(named, round_.client, None, round_.work.now)
    fresh = [i for i in polled.items if i.published_at is not None and i.published_at >= since - LISTED_LATE]
    told = replace(polled.poll, feed_id=f"{feed.id}:sitemap", items_seen=len(fresh))
    round_.work.batch.polls.append(told)
    _tell(round_.work, feed, told)
    return [(feed, item) for item in fresh]


def _due_again(round_: Round, seen: set[str]) -> list[Listed]:
    """Return the items of the quarantine that are due, those listed in this run left out."""
    feeds = {feed.id: feed for feed in round_.work.project.feeds}
    found: list[Listed] = []
    for waits in round_.waiting.values():
        is_ripe = waits.next_at is not None and waits.next_at <= round_.work.now
        key = identity_key(waits.item)
        if is_ripe and waits.feed_id in feeds and key not in seen:
            seen.add(key)
            found.append((feeds[waits.feed_id], item_of(waits)))
    return found


def _fetch_pages(round_: Round, entries: Sequence[Listed]) -> None:
    """Ask for the pages, many at once, and read each as it comes; the order of the entries is kept."""
    work, client = round_.work, round_.client

    def page(entry: Listed) -> Response | FetchFailed:
        """Return the answer of an entry's page."""
        try:
            return client.get(entry[1].url, limit=client.settings.max_page_bytes, accept=PAGE_TYPES)
        except FetchFailed as error:
            return error

    answers = fetch_all(
        entries,
        page,
        url_of=lambda entry: entry[1].url,
        hosts=client.hosts,
        workers=client.settings.connections,
        random=round_.random,
    )
    read: dict[int, Draft | ItemOutcome] = {}
    for _ in work.announcer.track(entries, "fetching articles"):
        number, answer = next(answers)
        feed, item = entries[number]
        read[number] = fetch_article(item, feed, Given(client, item.url, answer), work.now)
    answers.close()
    for number, (_, item) in enumerate(entries):
        work.take([read[number]])
        if isinstance(read[number], Draft):
            work.batch.watched.append(watched_of(item, work.now))
        _remember_try(round_, item, read[number])


def _remember_try(round_: Round, item: Item, read: Draft | ItemOutcome) -> None:
    outcome = (
        read if isinstance(read, ItemOutcome) else ItemOutcome(item.url, None, item.feed_id, Outcome.STORED)
    )
    held = round_.waiting.get((item.url, item.feed_id))
    retries = round_.client.settings.retries
    place = after_try(held, item, outcome, round_.work.now, retries=retries)
    if place is not None:
        round_.work.batch.quarantine.append(place)
