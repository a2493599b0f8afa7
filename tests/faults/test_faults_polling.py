"""Runs over feeds that are killed, or fail in part, or meet the same again: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import polling, steps
from flows.project import open_project
from flows.work import working
from newsledger.fetch.raw.archive import Archive, keep_push
from newsledger.fetch.response import Response
from schemas.audit import Audit
from schemas.config import Feed
from schemas.item import Item, ItemOutcome, Outcome
from warehouse.promote import promote

NOW = datetime(2026, 3, 3, 20, tzinfo=UTC)
CODEBOOK = """\
story: fire
title: Fire
version: "1"
match: {any: [fire, Lorvane], at_least: 2}
indicators:
  dead: {label: People killed, aspect: cumulative, counts: [people], predicates: [killed]}
"""
WORDS = [
    "It broke out above a bakery on Monday and burned until dawn; neighbours carried water in pails to it.",
    "The mayor asked for tents and blankets. Two streets stay closed while engineers look at the walls.",
    "A school opened its hall for those who lost their homes, and the harbour lent its pumps to the brigade.",
]


def page(name: str) -> bytes:
    story = " ".join(f"{word}, said the {name} desk." for word in WORDS)
    head = f'{{"@type":"NewsArticle","headline":"Fire {name}","datePublished":"2026-03-03T10:00:00Z"}}'
    body = f"A fire in Lorvane killed 3 people, the brigade told {name}. {story}"
    return (
        f"<html lang='en'><head><title>Fire {name}</title><script type='application/ld+json'>{head}</script>"
        f"</head><body><article><h1>Fire {name}</h1><p>{body}</p></article></body></html>"
    ).encode()


class Newsroom(ThreadingHTTPServer):
    """Two feeds and their pages; what was asked, and a place where requests can be held up."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.items = {"north": ["n1", "n2", "n3"], "south": ["s1", "s2", "s3"]}
        self.status: dict[str, int] = {}
        self.held = threading.Event()
        self.go_on = threading.Event()
        self.holds: Callable[[str], bool] = lambda path: False
        self.sitemap: list[str] = []

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def feed(self, name: str) -> bytes:
        items = "".join(
            f"<item><title>Fire {i}</title><link>{self.origin}/a/{i}</link></item>" for i in self.items[name]
        )
        return f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()

    def news_sitemap(self) -> bytes:
        rows = "".join(
            f"<url><loc>{self.origin}/a/{i}</loc><n:news><n:publication_date>2026-03-03T19:30:00Z"
            f"</n:publication_date><n:title>Fire {i}</n:title></n:news></url>"
            for i in self.sitemap
        )
        space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
        news = "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
        return f"<urlset {space} {news}>{rows}</urlset>".encode()

    def handle_error(self, request: object, client_address: object) -> None:
        del request, client_address  # killed clients are part of these tests


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        room = self.server
        assert isinstance(room, Newsroom)
        room.asked.append(self.path)
        if room.holds(self.path):
            room.held.set()
            room.go_on.wait(60)
        status, body = self.answer(room)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, room: Newsroom) -> tuple[int, bytes]:
        name = self.path.rpartition("/")[2]
        if self.path in room.status:
            return room.status[self.path], b""
        if self.path == "/robots.txt" and room.sitemap:
            return 200, f"Sitemap: {room.origin}/news-sitemap.xml\n".encode()
        if self.path == "/news-sitemap.xml":
            return 200, room.news_sitemap()
        if self.path.startswith("/feed/"):
            return 200, room.feed(name)
        return (200, page(name)) if self.path.startswith("/a/") else (404, b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        del format, args


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with Newsroom() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.go_on.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def project(tmp_path: Path, room: Newsroom) -> Path:
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "fire.yml").write_text(CODEBOOK)
    (tmp_path / "feeds.yml").write_text(
        "feeds:\n"
        + "".join(f"  - {{id: {n}, url: '{room.origin}/feed/{n}', outlet: {n}}}\n" for n in room.items)
    )
    (tmp_path / "newsledger.toml").write_text(
        "[fetching]\nallow_private_addresses = true\ndelay_seconds = 0\nrequests_per_host = 1\n"
        "revisit_days = 0\n"
        "[scheduling]\njitter = 0\n"
    )
    return tmp_path


class Words:
    """An announcer that keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, line: str) -> None:
        self.said.append(line)

    def track(self, things: Any, label: str) -> Any:
        del label
        return iter(things)


def run(project: Path, now: datetime = NOW, **how: bool) -> Words:
    """Poll, fetch and promote as a run does; the texts are not read for figures."""
    words = Words()
    with working(open_project(project), words, "run", "run", now) as work:
        polling.read_feeds(work, **how)
        steps.clear_staging(work)
        steps.identify_drafts(work)
        if steps.is_worth_promoting(work):
            steps.stage_batch(work)
            promote(work.project.warehouse, work.staging, Audit((), ()))
        steps.tidy_raw(work)
    return words


def ask(project: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(project / ".newsledger" / "warehouse.duckdb")) as con:
        return con.execute(query).fetchall()


def stored(project: Path) -> list[str]:
    rows = ask(
        project, "SELECT item FROM ledger.outcomes WHERE outcome IN ('stored', 'reprint') ORDER BY ALL"
    )
    return [str(item).rpartition("/")[2] for (item,) in rows]


CHILD = """
import sys
from datetime import datetime
from pathlib import Path
from tests.faults.test_faults_polling import run
run(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
"""


def run_killed_at(project: Path, room: Newsroom, path: str, now: datetime = NOW) -> None:
    """Start a run and kill it with SIGKILL while it waits for an answer."""
    room.holds = lambda asked: asked == path
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(project), now.isoformat()])
    assert room.held.wait(60), "the run never came so far"
    os.kill(child.pid, signal.SIGKILL)
    child.wait(30)
    room.holds = lambda asked: False
    room.go_on.set()


@pytest.mark.parametrize("path", ["/feed/south", "/a/n2"])
def test_a_poll_killed_at_any_request_goes_on_with_nothing_lost_and_nothing_asked_twice(
    project: Path, room: Newsroom, path: str
) -> None:
    run_killed_at(project, room, path)
    before = Counter(room.asked)
    had_feeds = {p for p in before if p.startswith("/feed/") and p != path}
    room.items = {"north": ["n9"], "south": ["s9"]}  # the old entries are gone from the feeds meanwhile
    words = run(project, NOW + timedelta(minutes=1))
    twice = {p for p, n in Counter(room.asked).items() if n > 1}
    assert twice <= {path}, "only the request that was never answered is made again"
    expected = [n for n in ("n1", "n2", "n3") if "/feed/north" in had_feeds] or ["n9"]
    expected += [s for s in ("s1", "s2", "s3") if "/feed/south" in had_feeds] or ["s9"]
    assert stored(project) == expected
    assert any("taking up" in line for line in words.said)
    assert ask(project, "SELECT count(*) FROM ledger.outcomes") == [(len(expected),)]


def test_a_run_after_a_kill_keeps_its_distance_from_the_request_that_was_never_answered(
    project: Path, room: Newsroom
) -> None:
    settings = project / "newsledger.toml"
    settings.write_text(settings.read_text().replace("delay_seconds = 0", "delay_seconds = 0.8"))
    room.items = {"north": [], "south": []}
    asked_at = datetime.now(UTC)
    killed = Archive(open_project(project).raw, "killed", asked_at)
    killed.asking(f"{room.origin}/feed/north", asked_at)
    killed.close()
    first = threading.Event()

    def note(path: str) -> bool:
        del path
        first.set()
        return False

    room.holds = note
    runner = threading.Thread(target=run, args=(project,))
    runner.start()
    assert first.wait(30)
    assert datetime.now(UTC) - asked_at >= timedelta(seconds=0.8)
    runner.join()


def test_a_second_run_asks_nobody_before_the_feeds_are_due(project: Path, room: Newsroom) -> None:
    run(project)
    room.asked.clear()
    words = run(project, NOW + timedelta(minutes=10))
    assert room.asked == []
    assert "0 of 2 feeds are due; the next at 2026-03-03 21:00 UTC (--all polls all)" in words.said
    run(project, NOW + timedelta(minutes=10), every=True)
    assert sorted(room.asked) == ["/feed/north", "/feed/south"], "robots.txt is known for a day"


def test_an_article_that_fails_is_tried_again_though_its_feed_does_not_change(
    project: Path, room: Newsroom
) -> None:
    room.status["/a/n2"] = 500
    run(project)
    assert stored(project) == ["n1", "n3", "s1", "s2", "s3"]
    assert ask(project, "SELECT reason, tries, state FROM ledger.quarantine") == [("http 500", 1, "waiting")]
    room.asked.clear()
    run(project, NOW + timedelta(minutes=10))
    assert room.asked == [], "it waits half an hour first"
    room.status.clear()
    run(project, NOW + timedelta(minutes=40))
    assert room.asked == ["/a/n2"]
    assert stored(project) == ["n1", "n2", "n3", "s1", "s2", "s3"]
    assert ask(project, "SELECT state, next_at FROM ledger.quarantine") == [("read", None)]


def test_an_article_that_stays_missing_is_given_up_and_can_be_taken_up_again(
    project: Path, room: Newsroom
) -> None:
    room.status["/a/n2"] = 404
    for hours in (0, 1, 3, 9):
        run(project, NOW + timedelta(hours=hours))
    assert ask(project, "SELECT reason, tries, state FROM ledger.quarantine") == [("http 404", 3, "given up")]
    assert Counter(room.asked)["/a/n2"] == 3


def test_a_feed_whose_entries_are_all_new_is_caught_up_with_from_its_sitemap(
    project: Path, room: Newsroom
) -> None:
    room.sitemap = ["n4", "n5", "n6", "n7"]
    run(project)
    room.items["north"] = ["n6", "n7"]
    words = run(project, NOW + timedelta(hours=1))
    assert {"n4", "n5", "n6", "n7"} <= set(stored(project))
    assert any("some were probably missed" in line for line in words.said)
    losses = ask(project, "SELECT losses, interval_seconds FROM ledger.feed_states WHERE feed_id = 'north'")
    assert losses == [(1, 1800.0)]
    told = ask(project, "SELECT feed_id, items_seen FROM ledger.polls WHERE feed_id LIKE '%:sitemap'")
    assert told == [("north:sitemap", 4)]


def test_what_a_hub_pushed_is_read_by_the_next_run_without_asking_the_feed(
    project: Path, room: Newsroom
) -> None:
    run(project)
    room.asked.clear()
    room.items["north"] = ["n8"]
    raw = open_project(project).raw
    answer = Response(f"{room.origin}/feed/north", 200, {"content-type": "text/xml"}, room.feed("north"))
    keep_push(raw, answer, "north", datetime.now(UTC))
    run(project, NOW + timedelta(minutes=5))
    assert room.asked == ["/a/n8"]
    assert "n8" in stored(project)
    pushed = ask(project, "SELECT items_seen, items_new FROM ledger.polls WHERE reason = 'pushed by its hub'")
    assert pushed == [(1, 1)]
    run(project, NOW + timedelta(minutes=6))
    assert room.asked == ["/a/n8"], "a push is read once"


def test_articles_of_the_quarantine_are_read_again_from_the_raw_store(
    project: Path, room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("not called: the page is asked for by its reader")

    with monkeypatch.context() as patch:
        patch.setattr(polling, "fetch_article", _cannot)
        run(project)
    assert stored(project) == []
    waiting = ask(project, "SELECT count(*), min(reason) FROM ledger.quarantine WHERE state = 'waiting'")
    assert waiting == [(6, "not text")]
    room.asked.clear()
    monkeypatch.setattr("newsledger.fetch.client.Client.get", broken)
    run(project, NOW + timedelta(minutes=1), replay=True)
    assert (room.asked, len(stored(project))) == ([], 6)
    assert ask(project, "SELECT count(*) FROM ledger.quarantine WHERE state = 'waiting'") == [(0,)]


def _cannot(item: Item, feed: Feed, client: object, now: datetime) -> ItemOutcome:
    """Read a page by an older rule, which does not understand it."""
    del client, now
    return ItemOutcome(item.url, feed.outlet, feed.id, Outcome.FAILED, "not text")


def test_raw_answers_go_when_the_settings_say_so(project: Path, room: Newsroom) -> None:
    run(project)
    raw = open_project(project).raw
    assert len(list(raw.glob("*/*.warc.gz"))) == 1
    settings = (project / "newsledger.toml").read_text()
    (project / "newsledger.toml").write_text(
        settings.replace("[fetching]\n", "[fetching]\nkeep_raw_days = 0\n")
    )
    run(project, NOW + timedelta(hours=2))
    assert list(raw.glob("*/*")) == []


def test_opt_outs_are_recorded_and_obeyed(project: Path, room: Newsroom) -> None:
    room.status["/a/n1"] = 200
    (project / "newsledger.toml").read_text()
    answers = {
        "/robots.txt": b"User-agent: GPTBot\nDisallow: /\n",
        "/.well-known/tdmrep.json": json.dumps([{"location": "/a/s*", "tdm-reservation": 1}]).encode(),
    }
    plain = _Handler.answer
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            _Handler,
            "answer",
            lambda self, r: (200, answers[self.path]) if self.path in answers else plain(self, r),
        )
        room.status.clear()
        run(project)
    assert stored(project) == ["n1", "n2", "n3"]
    blocked = ask(project, "SELECT DISTINCT outcome, reason FROM ledger.outcomes WHERE outcome <> 'stored'")
    assert ("blocked by robots", "tdm reserved") in blocked
    wishes = ask(project, "SELECT kind, source, value, is_obeyed FROM ledger.opt_outs ORDER BY ALL")
    assert wishes == [
        ("ai", "robots.txt", "GPTBot", False),
        ("tdm", "tdmrep.json", "tdm-reservation: 1 for /a/s*", True),
    ]
