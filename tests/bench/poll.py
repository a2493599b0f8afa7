"""How much one poll of 1,000 feeds costs when none has changed, beside feedparser asked in a loop.

    python -m tests.bench.poll [FEEDS] [ROUNDS]

A server on loopback, in a process of its own, answers every conditional request with 304. Both sides send
the validators of an earlier poll. newsledger is measured with everything a run does for it: robots.txt
rules (known for the day), the raw store, the schedule, and in the second line reading and writing the
ledger too. CPU is that of the measured process.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import feedparser

from flows import polling, steps
from flows.project import open_project
from flows.work import working
from newsledger.fetch.client import Client
from newsledger.fetch.fleet import fetch_all
from newsledger.fetch.poll import ask, read_answer
from newsledger.fetch.raw.archive import Archive
from newsledger.fetch.schedule.after_poll import after_poll
from newsledger.fetch.trouble import FetchFailed
from schemas.audit import Audit
from schemas.config import Feed, Fetching, Scheduling
from schemas.feed_state import FeedState
from warehouse.promote import promote

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>One</title>
<link>http://news.example/1</link><pubDate>Mon, 02 Mar 2026 14:00:00 GMT</pubDate></item></channel></rss>"""
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if b" /robots.txt " in head.split(b"\r\n", 1)[0]:
                reply = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            elif b"if-none-match" in head:
                reply = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
            else:
                length = str(len(FEED)).encode()
                reply = b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: ' + length + b"\r\n\r\n" + FEED
            writer.write(reply)
            await writer.drain()
    writer.close()


def _serve(pipe: Connection) -> None:
    async def forever() -> None:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=500)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


@contextlib.contextmanager
def server() -> Iterator[int]:
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.Process(target=_serve, args=(theirs,), daemon=True)
    child.start()
    try:
        yield ours.recv()
    finally:
        child.terminate()
        child.join()


def feeds_at(port: int, count: int) -> list[Feed]:
    """Return feeds of as many hosts, all of which are this machine."""
    listed = [
        {"id": f"f{n}", "url": f"http://site{n}.test:{port}/feed", "outlet": str(n)} for n in range(count)
    ]
    return [Feed.model_validate(feed) for feed in listed]


SETTINGS = Fetching(allow_private_addresses=True, delay_seconds=0)


def poll_once(
    client: Client, feeds: list[Feed], states: dict[str, FeedState], now: datetime
) -> dict[str, FeedState]:
    """Return the states after one poll of all feeds."""
    after: dict[str, FeedState] = {}
    answers = fetch_all(
        feeds, lambda f: ask(f, client, states.get(f.id), now), url_of=lambda f: str(f.url),
        hosts=client.hosts, workers=client.settings.connections, random=Random(1),
    )  # fmt: skip
    for number, answer in answers:
        feed = feeds[number]
        polled = read_answer(feed, answer, states.get(feed.id), now, client)
        after[feed.id] = after_poll(states.get(feed.id), feed, polled, Scheduling(), Random(1))
    return after


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU seconds of something."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def peer(port: int, count: int) -> None:
    for n in range(count):
        found = feedparser.parse(f"http://127.0.0.1:{port}/feed{n}", etag='"1"')
        assert found.status == 304


def whole_run(project: Path, now: datetime) -> None:
    class Quiet:
        def say(self, line: str) -> None:
            del line

        def track(self, things: list[object], label: str) -> Iterator[object]:
            del label
            return iter(things)

    with working(open_project(project), Quiet(), "run", "run", now) as work:  # type: ignore[arg-type]
        polling.read_feeds(work)
        steps.stage_batch(work)
        promote(work.project.warehouse, work.staging, Audit((), ()))


def _project(folder: Path, feeds: list[Feed]) -> Path:
    rows = "".join(f"  - {{id: {f.id}, url: '{f.url}', outlet: '{f.outlet}'}}\n" for f in feeds)
    (folder / "feeds.yml").write_text("feeds:\n" + rows)
    text = "[fetching]\nallow_private_addresses = true\ndelay_seconds = 0\n[scheduling]\njitter = 0\n"
    (folder / "newsledger.toml").write_text(text)
    return folder


def _row(name: str, runs: list[tuple[float, float]], count: int) -> str:
    wall, cpu = (statistics.median(values) for values in zip(*runs, strict=True))
    return f"{name:44} {wall:7.2f} {cpu:7.2f} {count / wall:9.0f}"


class Unasked:
    """Limits without a network."""

    settings = SETTINGS


def schedule_memory(count: int) -> str:
    """Return the memory of a schedule of many feeds after one poll of each, and after ten."""
    feeds = feeds_at(1, count)
    tracemalloc.start()
    states: dict[str, FeedState] = {}
    sizes = []
    for day in range(10):
        now = NOW + timedelta(days=day)
        for feed in feeds:
            answer = FetchFailed("http 500", "")
            polled = read_answer(feed, answer, states.get(feed.id), now, Unasked())  # type: ignore[arg-type]
            states[feed.id] = after_poll(states.get(feed.id), feed, polled, Scheduling(), Random(1))
        sizes.append(tracemalloc.get_traced_memory()[0] / 1e6)
    tracemalloc.stop()
    first, last = sizes[0], sizes[-1]
    return f"{count} feeds in the schedule: {first:.1f} MB after one poll of each, {last:.1f} MB after ten"


def main(count: int = 1000, rounds: int = 3) -> None:
    with server() as port, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        feeds = feeds_at(port, count)
        ours: list[tuple[float, float]] = []
        theirs: list[tuple[float, float]] = []
        archive = Archive(folder / "raw", "bench", NOW)
        with Client(SETTINGS, resolver=lambda host, p: ["127.0.0.1"], archive=archive) as client:
            states = poll_once(client, feeds, {}, NOW)
            for _ in range(rounds):
                again = NOW + timedelta(hours=1)
                ours.append(measured(lambda: poll_once(client, feeds, states, again)))  # noqa: B023
                theirs.append(measured(lambda: peer(port, count)))
            assert all(s.status == "unchanged" for s in poll_once(client, feeds, states, NOW).values())
        archive.close()
        whole = _whole_runs(folder, feeds, rounds)
    print(f"{count} feeds, all answering 304 from loopback, median of {rounds} rounds")
    print(f"{'':44} {'wall s':>7} {'CPU s':>7} {'feeds/s':>9}")
    print(_row("newsledger, poll with raw store and schedule", ours, count))
    print(_row("newsledger, whole run with the ledger", whole, count))
    print(_row("feedparser in a loop", theirs, count))
    print(schedule_memory(10_000))


def _whole_runs(folder: Path, feeds: list[Feed], rounds: int) -> list[tuple[float, float]]:
    """Return wall and CPU of runs that find nothing new, after one that found all."""
    here = [
        f.model_copy(update={"url": str(f.url).replace(f"site{n}.test", f"127.0.{n // 250}.{n % 250 + 1}")})
        for n, f in enumerate(feeds)
    ]
    project = _project(folder, here)
    whole_run(project, NOW)
    return [
        measured(lambda hours=hours: whole_run(project, NOW + timedelta(hours=hours)))  # type: ignore[misc]
        for hours in range(2, 2 + 3 * rounds, 3)
    ]


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
