"""The service: what waits in the inbox, what is done next, what a failure does, what the web shows."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from starlette.testclient import TestClient

from flows.report import RunReport
from flows.serve import handover
from flows.serve.inbox import Inbox, watch_folder
from flows.serve.jobs import FIRST_PAUSE, LOOK_SECONDS, Desk, Job
from flows.serve.metrics import Metrics
from flows.serve.service import Service
from flows.serve.web import web_app
from schemas.errors import NewsledgerError
from schemas.item import ItemOutcome, Outcome
from tests.unit.warehouse.newsroom import Ledger
from warehouse.snapshot import write_snapshot

NOW = datetime(2031, 5, 20, 6, 0, tzinfo=UTC)
T = TypeVar("T")


def drop(path: Path, text: str = "words", age: float = 60.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (NOW.timestamp() - age,) * 2)
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox", settle_seconds=2.0)


def waiting(inbox: Inbox) -> list[str]:
    return [path.relative_to(inbox.folder).as_posix() for path in inbox.waiting(NOW.timestamp())[0]]


def test_a_file_is_read_once(inbox: Inbox) -> None:
    drop(inbox.folder / "a.txt")
    drop(inbox.folder / "deep" / "b.txt")
    drop(inbox.folder / ".hidden")
    files, _ = inbox.waiting(NOW.timestamp())
    assert waiting(inbox) == ["a.txt", "deep/b.txt"]
    inbox.done(files)
    assert waiting(inbox) == []


def test_a_changed_file_is_read_again(inbox: Inbox) -> None:
    drop(inbox.folder / "a.txt")
    inbox.done(inbox.waiting(NOW.timestamp())[0])
    drop(inbox.folder / "a.txt", "other words", age=30)
    assert waiting(inbox) == ["a.txt"]


def test_a_file_that_changed_while_it_was_read_waits_again(inbox: Inbox) -> None:
    drop(inbox.folder / "a.txt", age=60)
    files, _ = inbox.waiting(NOW.timestamp())
    drop(inbox.folder / "a.txt", "more", age=10)
    inbox.done(files)
    assert waiting(inbox) == ["a.txt"]


def test_a_file_still_being_written_is_left_alone(inbox: Inbox) -> None:
    drop(inbox.folder / "a.txt", age=0.5)
    drop(inbox.folder / "b.txt")
    files, unsettled = inbox.waiting(NOW.timestamp())
    assert [path.name for path in files] == ["b.txt"]
    assert unsettled


def test_a_changed_manifest_makes_its_folder_wait_and_an_unfinished_one_holds_everything(
    inbox: Inbox,
) -> None:
    drop(inbox.folder / "a.txt")
    drop(inbox.folder / "x" / "b.txt")
    inbox.done(inbox.waiting(NOW.timestamp())[0])
    drop(inbox.folder / "x" / "manifest.csv", "file\nb.txt\n")
    assert waiting(inbox) == ["x/b.txt", "x/manifest.csv"]
    drop(inbox.folder / "x" / "manifest.csv", "file\nb", age=0)
    assert waiting(inbox) == []


def test_an_inbox_that_is_not_there_is_empty(inbox: Inbox) -> None:
    assert inbox.waiting(NOW.timestamp()) == ({}, False)


def test_the_watcher_wakes_when_a_file_comes(tmp_path: Path) -> None:
    woken, stop = threading.Event(), threading.Event()
    thread = threading.Thread(target=watch_folder, args=(tmp_path / "inbox", woken.set, stop))
    thread.start()
    try:
        number = 0
        while not woken.wait(0.2):  # the watcher may not have begun to look
            number += 1
            assert number < 100
            drop(tmp_path / "inbox" / f"{number}.txt")
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def desk(tmp_path: Path, inbox: Inbox) -> Desk:
    (tmp_path / "feeds.yml").write_text("feeds: [{id: a, url: 'http://127.0.0.1:9/f', outlet: A}]\n")
    return Desk(tmp_path, [], inbox=inbox)


def done(desk: Desk, job: Job | None) -> Job:
    assert job is not None
    desk.begins(job)
    desk.done(job)
    return job


def test_files_come_first_then_the_feeds(desk: Desk) -> None:
    drop(desk.inbox.folder / "a.txt")
    assert done(desk, desk.next_job(NOW)).kind == "files"
    assert done(desk, desk.next_job(NOW)).kind == "feeds"


def test_without_feeds_and_files_there_is_nothing_to_do(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "feeds.yml").write_text("feeds: []\n")
    assert desk.next_job(NOW) is None
    assert desk.seconds_to_wait(NOW) == LOOK_SECONDS


def test_a_push_that_comes_during_a_run_needs_another_one(desk: Desk) -> None:
    job = desk.next_job(NOW)
    assert job is not None
    desk.begins(job)
    desk.pushed("a")
    desk.done(job)
    assert desk.wake.is_set()
    again = desk.next_job(NOW)
    assert again is not None
    assert again.kind == "feeds"


def test_what_failed_rests_longer_each_time_and_the_other_kind_goes_on(desk: Desk) -> None:
    drop(desk.inbox.folder / "a.txt")
    job = desk.next_job(NOW)
    assert job is not None
    assert desk.failed(job, NOW) == FIRST_PAUSE
    other = desk.next_job(NOW)
    assert other is not None
    assert other.kind == "feeds"
    later = NOW + timedelta(seconds=FIRST_PAUSE)
    again = desk.next_job(later)
    assert again is not None
    assert again.kind == "files"
    assert desk.failed(again, later) == 2 * FIRST_PAUSE
    assert max(desk.failed(again, later) for _ in range(20)) == 3600


@pytest.fixture
def handing(tmp_path: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> Desk:
    (tmp_path / "feeds.yml").write_text("feeds: []\n")
    monkeypatch.setattr(handover, "server_answers", lambda: None)
    monkeypatch.setattr(handover.events, "files_waiting", lambda folder, files: None)
    return Desk(tmp_path, [], inbox=inbox, hand_over=handover.HandOver(tmp_path, tmp_path / "x" / "s.duckdb"))


def tell(desk: Desk, now: datetime) -> list[str]:
    """Return the files a server is told of now."""
    job = desk.next_job(now)
    if job is None or desk.hand_over is None:
        return []
    desk.hand_over.tell(job, now)
    desk.done(job)
    return [path.name for path in job.files]


def test_a_server_is_told_again_until_the_ledger_has_the_file(handing: Desk, tmp_path: Path) -> None:
    drop(handing.inbox.folder / "a.txt")
    assert tell(handing, NOW) == ["a.txt"]
    assert tell(handing, NOW + timedelta(minutes=1)) == []
    drop(handing.inbox.folder / "b.txt")
    assert tell(handing, NOW + timedelta(minutes=1)) == ["b.txt"]
    assert tell(handing, NOW + timedelta(minutes=6)) == ["a.txt", "b.txt"]
    assert tell(handing, NOW + timedelta(minutes=12)) == []
    assert tell(handing, NOW + timedelta(minutes=17)) == ["a.txt", "b.txt"]


def test_a_file_the_ledger_has_is_told_of_no_more_until_it_changes(handing: Desk, tmp_path: Path) -> None:
    path = drop(handing.inbox.folder / "a.txt")
    tell(handing, NOW)
    ledger = Ledger(tmp_path)
    outcome = ItemOutcome("inbox/a.txt", None, None, Outcome.STORED, "", "", "da", 1)
    ledger.add(outcomes=[outcome], clock=NOW)
    (tmp_path / "x").mkdir()
    write_snapshot(ledger.path, tmp_path / "x" / "s.duckdb")
    assert tell(handing, NOW + timedelta(hours=3)) == []
    os.utime(path, (NOW.timestamp() + 60,) * 2)
    assert tell(handing, NOW + timedelta(hours=3)) == ["a.txt"]


@dataclass
class Words:
    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.lines.append(line)

    def track(self, things: list[T], label: str) -> list[T]:
        return things


def service(desk: Desk, run: Callable[[Job], RunReport]) -> Service:
    return Service(desk, Metrics(), run, desk.inbox.folder / "none.duckdb", Words(), now=lambda: NOW)  # type: ignore[arg-type]


def report() -> RunReport:
    return RunReport("run", (ItemOutcome("a", None, None, Outcome.STORED, "", "", "d", 1),))


def test_the_service_works_until_told_to_stop(desk: Desk) -> None:
    drop(desk.inbox.folder / "a.txt")
    kinds: list[str] = []

    def run(job: Job) -> RunReport:
        kinds.append(job.kind)
        if len(kinds) == 2:
            one.stopping.set()
        return report()

    one = service(desk, run)
    one.serve()
    assert kinds == ["files", "feeds"]
    assert one.health()["ok"]
    assert b'newsledger_items_total{outcome="stored"} 2.0' in one.metrics.text()


@pytest.mark.parametrize(
    "error", [NewsledgerError("the disk is full"), ZeroDivisionError("division by zero")]
)
def test_a_failed_run_is_told_and_the_service_goes_on(desk: Desk, error: Exception) -> None:
    def run(job: Job) -> RunReport:
        raise error

    one = service(desk, run)
    one.do(Job("files"))
    health = one.health()
    assert not health["ok"]
    assert str(error) in str(health["trouble"])
    assert b'newsledger_job_failing{kind="files"} 1.0' in one.metrics.text()
    one.run = lambda job: report()
    one.do(Job("files"))
    assert one.health()["ok"]


def test_a_project_file_that_does_not_hold_is_told_once_and_healed_by_itself(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "feeds.yml").write_text("feeds: [{id: a}]\n")
    looks: list[datetime] = []

    def between(now: datetime) -> None:
        looks.append(now)
        desk.wake.set()
        if len(looks) == 3:
            (tmp_path / "feeds.yml").write_text("feeds: []\n")
        if len(looks) == 4:
            one.stopping.set()

    one = service(desk, lambda job: report())
    one.serve(between)
    words = one.announcer
    assert isinstance(words, Words)
    assert sum("feeds.yml" in line for line in words.lines) == 1
    assert one.health()["ok"]


@pytest.fixture
def web(tmp_path: Path) -> TestClient:
    return TestClient(
        web_app(
            editions=tmp_path / "editions",
            snapshot=tmp_path / "newsledger.duckdb",
            receiver=None,
            health=lambda: {"ok": False, "trouble": {"feeds": "x"}},
            metrics=lambda: b"newsledger_runs_total 1\n",
        )
    )


def test_before_the_first_edition_the_page_says_so(web: TestClient) -> None:
    assert "No edition yet" in web.get("/").text
    assert web.get("/newsledger.duckdb").status_code == 404


def test_editions_are_served_and_nothing_beside_them(web: TestClient, tmp_path: Path) -> None:
    drop(tmp_path / "editions" / "index.html", "<p>days")
    drop(tmp_path / "editions" / "2031-05-20" / "index.html", "<p>day")
    drop(tmp_path / "newsledger.toml", "secret")
    assert web.get("/").text == "<p>days"
    assert web.get("/2031-05-20/").text == "<p>day"
    for path in (
        "/../newsledger.toml",
        "/%2e%2e/newsledger.toml",
        "/..%2fnewsledger.toml",
        "/newsledger.toml",
    ):
        assert web.get(path).status_code == 404, path


def test_the_snapshot_can_be_read_in_parts(web: TestClient, tmp_path: Path) -> None:
    drop(tmp_path / "newsledger.duckdb", "0123456789")
    answer = web.get("/newsledger.duckdb", headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.text) == (206, "234")


def test_every_answer_forbids_other_hosts(web: TestClient) -> None:
    for path in ("/", "/healthz", "/nowhere"):
        headers = web.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_failing_service_is_not_healthy(web: TestClient) -> None:
    assert web.get("/healthz").status_code == 503
    assert web.get("/metrics").text == "newsledger_runs_total 1\n"
