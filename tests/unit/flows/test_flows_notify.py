"""Subscribers are told what they chose, once, again when it changed, and their addresses stay secret."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.notify import notify, send_by_apprise, subscriptions
from flows.project import open_project
from flows.work import Work
from schemas.errors import ConfigError
from schemas.run import Run
from tests.unit.flows.test_flows_serve import Words
from tests.unit.warehouse.newsroom import CLOCK, Article, Ledger, at

FILE = """\
subscriptions:
  - id: desk
    to: ["json://desk:${DESK_PASSWORD}@127.0.0.1:9/"]
    indicators: [strikers]
  - id: union-watch
    to: ["json://127.0.0.1:9/"]
    actors: [union]
  - id: alarms
    to: ["json://127.0.0.1:9/"]
    kinds: [rise, fall]
    at_least: 0.5
  - id: nobody
    to: ["json://127.0.0.1:9/"]
    enabled: false
"""


@dataclass
class Post:
    """A way that keeps what is sent, or fails."""

    works: bool = True
    sent: list[tuple[Sequence[str], str, str]] = field(default_factory=list)

    def __call__(self, addresses: Sequence[str], title: str, body: str) -> bool:
        self.sent.append((addresses, title, body))
        return self.works


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    monkeypatch.setenv("DESK_PASSWORD", "hunter2")
    (tmp_path / "subscriptions.yml").write_text(FILE)
    (tmp_path / ".newsledger").mkdir()
    ledger = Ledger(tmp_path / ".newsledger")
    ledger.add(
        Article("a", at(2)).figure("strikers", 300).figure("toll", 2).position("union", "pay", "supports")
    )
    ledger.add(
        Article("b", at(3)).figure("strikers", 900).figure("toll", 2).position("union", "pay", "opposes")
    )
    return ledger


def work(ledger: Ledger) -> Work:
    words = Words()
    project = open_project(ledger.folder.parent)
    return Work(project, words, Run("run9", "ingest", CLOCK, "x", "newsledger 0"))  # type: ignore[arg-type]


def bodies(post: Post) -> list[str]:
    return [body for _, _, body in post.sent]


def test_each_is_told_what_they_chose(ledger: Ledger) -> None:
    post = Post()
    notify(work(ledger), [date(2031, 5, 3)], post)
    desk, union, alarms = bodies(post)
    assert "dockers on strike" in desk
    assert "Pay should rise" not in desk
    assert "Pay should rise" in union
    assert "shifted from supports to opposes" in union
    assert "rise: from 300 to 900" in alarms
    assert post.sent[0][1] == "newsledger: 1 change, Saturday 3 May 2031"


def test_nothing_is_told_twice(ledger: Ledger) -> None:
    post = Post()
    notify(work(ledger), [date(2031, 5, 3)], post)
    notify(work(ledger), [date(2031, 5, 3)], post)
    assert len(post.sent) == 3


def test_a_change_that_was_revised_is_told_anew(ledger: Ledger) -> None:
    post = Post()
    notify(work(ledger), [date(2031, 5, 3)], post)
    ledger.add(
        Article("c", at(3, 12), outlet="The Tern").figure("strikers", 950),
        Article("d", at(3, 12), outlet="The Auk").figure("strikers", 950),
    )
    notify(work(ledger), [date(2031, 5, 3)], post)
    assert any("950" in body for body in bodies(post)[3:])
    assert not any("Pay should rise" in body for body in bodies(post)[3:])


def test_what_could_not_be_sent_is_sent_by_the_next_run(ledger: Ledger) -> None:
    failing, post = Post(works=False), Post()
    run = work(ledger)
    notify(run, [date(2031, 5, 3)], failing)
    words = run.announcer
    assert isinstance(words, Words)
    assert len(words.lines) == 3
    assert "hunter2" not in "\n".join(words.lines)
    notify(work(ledger), [], post)
    assert bodies(post) == bodies(failing)
    notify(work(ledger), [], post)
    assert len(post.sent) == 3


def test_without_subscriptions_nobody_is_told(ledger: Ledger) -> None:
    (ledger.folder.parent / "subscriptions.yml").unlink()
    post = Post()
    notify(work(ledger), [date(2031, 5, 3)], post)
    assert post.sent == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("subscriptions: [{id: a, to: ['json://${NOT_SET_ANYWHERE}/']}]", "NOT_SET_ANYWHERE is not set"),
        ("subscriptions: [{id: a, to: ['json://x'], kinds: [rises]}]", "no kind of change 'rises'"),
        ("subscriptions: [{id: a, to: ['x']}, {id: a, to: ['y']}]", "'a' is given twice"),
        ("subscriptions: [{id: a, too: ['x']}]", "did you mean 'to'"),
    ],
)
def test_a_file_that_does_not_hold_is_explained(ledger: Ledger, text: str, said: str) -> None:
    (ledger.folder.parent / "subscriptions.yml").write_text(text)
    with pytest.raises(ConfigError, match=said):
        subscriptions(open_project(ledger.folder.parent))


def test_a_message_arrives_by_the_real_way() -> None:
    taken: list[dict[str, str]] = []

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Desk) as server:
        threading.Thread(target=server.handle_request).start()
        assert send_by_apprise([f"json://127.0.0.1:{server.server_port}/"], "Two changes", "**48** now")
    assert taken[0]["title"] == "Two changes"
    assert "**48** now" in taken[0]["message"]
    assert not send_by_apprise(["nonsense"], "a", "b")
