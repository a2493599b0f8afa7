"""Chains on loopback: feed to hub to push to ledger, a live blog looked at again and again, a silent feed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import uvicorn

from flows.hubs import keep_up
from flows.project import open_project
from newsledger.fetch.websub.receiver import Receiver
from newsledger.fetch.websub.subscriptions import Subscriptions
from tests.faults.test_faults_polling import NOW, Newsroom, _Handler, ask, project, room, run, stored
from tests.faults.test_faults_websub import Hub, hub
from warehouse.snapshot import write_snapshot

__all__ = ["hub", "project", "room"]


@pytest.fixture
def receiver(project: Path) -> Iterator[str]:
    """The receiver, served; its public address."""
    opened = open_project(project)
    opened.subscriptions.parent.mkdir(parents=True, exist_ok=True)
    store = Subscriptions(opened.subscriptions)
    config = uvicorn.Config(Receiver(store, opened.raw).app, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/websub/"
    server.should_exit = True
    thread.join()
    store.close()


def with_hub(room: Newsroom, hub: Hub) -> None:
    """Have the northern feed name a hub."""
    plain = partial(Newsroom.feed, room)
    self_url = f"{room.origin}/feed/north"
    links = (
        f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='{hub.url}'/>"
        f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='{self_url}'/>"
    ).encode()

    def feed(name: str) -> bytes:
        return plain(name).replace(b"<item>", links + b"<item>", 1) if name == "north" else plain(name)

    room.feed = feed  # type: ignore[method-assign]


def publish(folder: Path) -> None:
    opened = open_project(folder)
    write_snapshot(opened.warehouse, opened.snapshot)


def test_from_the_feed_that_names_a_hub_to_the_push_that_is_stored_and_polls_when_the_hub_dies(
    project: Path, room: Newsroom, hub: Hub, receiver: str
) -> None:
    with_hub(room, hub)
    start = datetime.now(UTC)
    run(project, start)
    publish(project)
    (held,) = keep_up(open_project(project), receiver, datetime.now(UTC))
    assert (held.feed_id, held.state, hub.asked[0]["hub.topic"]) == (
        "north",
        "active",
        f"{room.origin}/feed/north",
    )

    room.asked.clear()
    room.items["north"] = ["n4", *room.items["north"]]
    assert hub.push(room.feed("north")) == 202
    assert hub.push(b"<rss/>", signature="sha256=" + "0" * 64) == 202, "one who guesses is told nothing"
    run(project, start + timedelta(minutes=1))
    assert room.asked == ["/a/n4"], "what was pushed is read, and no feed is asked"
    assert "n4" in stored(project)

    run(project, start + timedelta(hours=2))
    assert room.asked.count("/feed/north") == 1
    next_poll = ask(project, "SELECT next_poll_at FROM ledger.feed_states WHERE feed_id = 'north'")[0][0]
    assert next_poll >= start + timedelta(hours=6), "a living hub makes polls rare"

    hub.confirms = False  # it is dead: no push comes any more
    when = next_poll
    for name in ("n5", "n6"):
        room.items["north"] = [name, *room.items["north"]]
        run(project, when)
        assert name in stored(project), "the poll finds what was not pushed"
        when = ask(project, "SELECT next_poll_at FROM ledger.feed_states WHERE feed_id = 'north'")[0][0]
    last = ask(project, "SELECT polled_at, next_poll_at FROM ledger.feed_states WHERE feed_id = 'north'")[0]
    assert last[1] - last[0] <= timedelta(hours=2), "after two of them the feed is polled as before"
    store = Subscriptions(open_project(project).subscriptions)
    dead = store.by_feed("north")
    store.close()
    assert dead is not None
    assert dead.state == "dead"


BLOG = "/a/live"


def blog(posts: list[tuple[int, str]], summary: str) -> bytes:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Post {number}",
            "articleBody": text,
            "datePublished": f"2026-03-03T{number:02d}:00:00Z",
            "url": f"{BLOG}#post-{number}",
        }
        for number, text in posts
    ]
    data = {
        "@type": "LiveBlogPosting",
        "headline": "Lorvane on fire: live",
        "datePublished": "2026-03-03T05:00:00Z",
        "liveBlogUpdate": updates,
    }
    shown = "".join(f"<h2>Post {number}</h2><p>{text}</p>" for number, text in posts)
    return (
        "<html lang='en'><head><title>Lorvane on fire: live</title>"
        f"<script type='application/ld+json'>{json.dumps(data)}</script></head>"
        f"<body><article><h1>Lorvane on fire: live</h1><p>{summary}</p>{shown}</article></body></html>"
    ).encode()


SUMMARY = (
    "Firefighters from four towns are at work in the old quarter, and the mayor asks people to stay away."
)
MORNING = (
    8,
    "The brigade says 3 people were killed when the roof of a bakery came down on them this morning.",
)
NOON = (
    12,
    "The brigade now says 5 people were killed in the old quarter, two of them on their way to hospital.",
)
EVENING = (
    18,
    "The mayor says 6 people were killed, and that the last of the flames were put out before dark.",
)


def test_a_live_blogs_posts_are_documents_with_their_own_hours_and_later_looks_store_new_ones_alone(
    project: Path, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project / "newsledger.toml"
    settings.write_text(settings.read_text().replace("revisit_days = 0", "revisit_days = 7"))
    room.items = {"north": ["live"], "south": []}
    shown = {"posts": [NOON, MORNING]}
    plain = _Handler.answer
    monkeypatch.setattr(
        _Handler,
        "answer",
        lambda self, r: (200, blog(shown["posts"], SUMMARY)) if self.path == BLOG else plain(self, r),
    )
    run(project)
    rows = (
        "SELECT split_part(url, '/a/', 2), version, published_at, title FROM ledger.documents"
        " WHERE url LIKE '%live%' ORDER BY ALL"
    )
    hour = {n: datetime(2026, 3, 3, n, tzinfo=UTC) for n in (5, 8, 12, 18)}
    assert ask(project, rows) == [
        ("live", 1, hour[5], "Lorvane on fire: live"),
        ("live#post-12", 1, hour[12], "Post 12 | Lorvane on fire: live"),
        ("live#post-8", 1, hour[8], "Post 8 | Lorvane on fire: live"),
    ]
    assert ask(project, "SELECT DISTINCT stories FROM ledger.documents") == [(["fire"],)]

    shown["posts"] = [EVENING, (NOON[0], NOON[1].replace("5 people", "4 people")), MORNING]
    room.items = {"north": ["live", "n1"], "south": []}  # an unchanged feed lists nothing to look at again
    run(project, NOW + timedelta(hours=1), every=True)
    again = ask(project, rows)
    assert [(url, version, at) for url, version, at, _ in again] == [
        ("live", 1, hour[5]),
        ("live#post-12", 1, hour[12]),
        ("live#post-12", 2, hour[12]),
        ("live#post-18", 1, hour[18]),
        ("live#post-8", 1, hour[8]),
    ]
    room.items = {"north": ["live"], "south": []}
    run(project, NOW + timedelta(hours=2), every=True)
    assert ask(project, rows) == again
    outcomes = ask(project, "SELECT count(*) FROM ledger.outcomes WHERE item LIKE '%#post-8' GROUP BY run_id")
    assert all(count == 1 for (count,) in outcomes), "each post seen ends in one outcome"


def test_a_feed_that_falls_silent_is_told_of_at_every_run(project: Path, room: Newsroom) -> None:
    run(project)
    room.items["north"].append("n4")
    run(project, NOW + timedelta(hours=3), every=True)
    quiet = run(project, NOW + timedelta(hours=70), every=True)
    assert not any("has brought nothing new" in line for line in quiet.said)
    for hours in (76, 80):
        words = run(project, NOW + timedelta(hours=hours), every=True)
        told = [line for line in words.said if "has brought nothing new" in line]
        assert told == ["feed north: answers, but has brought nothing new since 2026-03-03 23:00"]
