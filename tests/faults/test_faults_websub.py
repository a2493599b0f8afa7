"""WebSub from end to end: a hub and the receiver on loopback, and what happens when the hub dies."""

from __future__ import annotations

import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest
import uvicorn

from newsledger.fetch.client import Client
from newsledger.fetch.poll import Polled
from newsledger.fetch.raw.readback import read_responses
from newsledger.fetch.schedule.after_poll import after_poll
from newsledger.fetch.websub.receiver import Receiver
from newsledger.fetch.websub.signature import METHODS, sign
from newsledger.fetch.websub.subscriber import Subscriber, Wanted
from newsledger.fetch.websub.subscriptions import Subscriptions
from schemas.config import Feed, Fetching, Scheduling
from schemas.item import FeedPoll

TOPIC = "https://daily.example/feed"
FEED = b"<rss version='2.0'><channel><title>D</title></channel></rss>"


@dataclass
class Hub:
    """A hub that confirms what it is asked, and what it was asked."""

    port: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    challenge: str = "tell me this"
    confirms: bool = True
    denies: bool = False
    status: int = 202
    lease: str | None = None
    answers: list[tuple[int, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def confirm(self, form: dict[str, str]) -> None:
        """Call back as the recommendation has it (5.3) and keep what is answered."""
        query = {
            "hub.mode": "denied" if self.denies else form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": self.challenge,
            "hub.lease_seconds": self.lease or form["hub.lease_seconds"],
        }
        self.answers.append(get(f"{form['hub.callback']}?{urllib.parse.urlencode(query)}"))

    def push(self, body: bytes = FEED, signature: str | None = None, method: str = "sha256") -> int:
        form = self.asked[-1]
        told = signature if signature is not None else sign(body, form["hub.secret"], method)
        headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": told}
        return post(form["hub.callback"], body, headers)


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = dict(urllib.parse.parse_qsl(raw))
            made.asked.append(form)
            if made.confirms and made.status < 300:
                made.confirm(form)
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield made
        server.shutdown()
        thread.join()


@dataclass
class Desk:
    """Our side: the store, the receiver behind a port, the subscriber, a clock."""

    store: Subscriptions
    subscriber: Subscriber
    raw: Path
    pushed: list[str]
    now: datetime


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    pushed: list[str] = []
    store = Subscriptions(tmp_path / "websub.sqlite")
    clock = [datetime(2026, 3, 1, 12, tzinfo=UTC)]
    receiver = Receiver(
        store, tmp_path / "raw", now=lambda: clock[0], on_push=pushed.append, max_bytes=10_000
    )
    config = uvicorn.Config(receiver.app, port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}/websub/"
    settings = Fetching(delay_seconds=0, allow_private_addresses=True, timeout_seconds=5)
    with Client(settings) as client:
        yield Desk(store, Subscriber(store, client, base), tmp_path / "raw", pushed, clock[0])
    server.should_exit = True
    thread.join()
    store.close()


def wanted(hub: Hub) -> list[Wanted]:
    return [Wanted("daily", hub.url, TOPIC)]


def test_subscription_is_asked_for_confirmed_and_pushed(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    held = desk.store.by_feed("daily")
    assert held is not None
    assert (held.state, held.lease_until) == ("active", desk.now + timedelta(days=10))
    assert hub.answers == [(200, "tell me this")]
    assert (hub.asked[0]["hub.mode"], hub.asked[0]["hub.topic"]) == ("subscribe", TOPIC)
    assert len(hub.asked[0]["hub.secret"]) >= 32
    assert hub.push() == 202
    assert desk.pushed == ["daily"]
    (entry, answer), *more = read_responses(desk.raw, kind="push")
    assert (entry.feed_id, answer.body, answer.content_type, more) == (
        "daily",
        FEED,
        "application/rss+xml",
        [],
    )


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_registered_signature_is_taken(desk: Desk, hub: Hub, method: str) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    assert hub.push(method=method) == 202
    assert desk.pushed == ["daily"]


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256",
        "sha256=",
        "sha256=" + "0" * 64,
        "md5=" + "0" * 32,
        "sha256=ünlaut".encode().decode("latin-1"),
    ],
)
def test_wrong_signature_is_answered_the_same_and_not_taken(desk: Desk, hub: Hub, signature: str) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    assert hub.push(signature=signature) == 202
    assert (desk.pushed, list(read_responses(desk.raw, kind="push"))) == ([], [])
    held = desk.store.by_feed("daily")
    assert held is not None
    assert (held.pushes, held.refusals) == (0, 1)


def test_signature_of_another_body_is_not_taken(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    hub.push(FEED, signature=sign(FEED + b" ", hub.asked[0]["hub.secret"]))
    assert desk.pushed == []


def test_push_beyond_the_limit_is_refused(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    assert hub.push(b"x" * 20_000) == 413
    assert desk.pushed == []


def test_callbacks_nobody_was_given_lead_nowhere(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    base = hub.asked[0]["hub.callback"].rpartition("/")[0]
    assert post(f"{base}/guessed", FEED, {"X-Hub-Signature": "sha256=00"}) == 410
    query = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "x"}
    assert get(f"{base}/guessed?{urllib.parse.urlencode(query)}")[0] == 404
    other = {**query, "hub.topic": "https://other.example/feed"}
    assert get(f"{hub.asked[0]['hub.callback']}?{urllib.parse.urlencode(other)}")[0] == 404


def test_an_unsubscription_nobody_asked_for_is_not_confirmed(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    query = {"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.challenge": "x"}
    assert get(f"{hub.asked[0]['hub.callback']}?{urllib.parse.urlencode(query)}")[0] == 404
    assert desk.store.by_feed("daily") is not None


def test_feed_no_longer_listed_is_unsubscribed(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    desk.subscriber.keep_up([], desk.now)
    assert hub.asked[-1]["hub.mode"] == "unsubscribe"
    assert (hub.answers[-1], desk.store.all()) == ((200, "tell me this"), [])


def test_lease_is_renewed_before_it_ends_with_the_same_callback(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    assert desk.subscriber.keep_up(wanted(hub), desk.now + timedelta(days=5)) == []
    desk.subscriber.keep_up(wanted(hub), desk.now + timedelta(days=9))
    assert len(hub.asked) == 2
    assert hub.asked[0]["hub.callback"] == hub.asked[1]["hub.callback"]
    assert hub.asked[0]["hub.secret"] == hub.asked[1]["hub.secret"]
    held = desk.store.by_feed("daily")
    assert held is not None
    assert held.state == "active"


def test_hub_that_refuses_is_asked_again_a_day_later(desk: Desk, hub: Hub) -> None:
    hub.status = 403
    desk.subscriber.keep_up(wanted(hub), desk.now)
    held = desk.store.by_feed("daily")
    assert held is not None
    assert (held.state, held.reason) == ("refused", "http 403")
    assert desk.subscriber.keep_up(wanted(hub), desk.now + timedelta(hours=2)) == []
    hub.status = 202
    (again,) = desk.subscriber.keep_up(wanted(hub), desk.now + timedelta(days=2))
    assert again.state == "active"


def test_hub_that_denies_is_refused(desk: Desk, hub: Hub) -> None:
    hub.denies = True
    desk.subscriber.keep_up(wanted(hub), desk.now)
    held = desk.store.by_feed("daily")
    assert held is not None
    assert held.state == "refused"


def test_hub_that_is_not_there_is_refused_and_the_feed_is_polled(desk: Desk, hub: Hub) -> None:
    gone = [Wanted("daily", "http://127.0.0.1:1/", TOPIC)]
    (held,) = desk.subscriber.keep_up(gone, desk.now)
    assert held.state == "refused"
    assert held.reason.startswith("connection")
    assert not held.is_pushing(desk.now)


def test_hub_at_a_private_address_is_not_reached(tmp_path: Path, hub: Hub) -> None:
    store = Subscriptions(tmp_path / "websub.sqlite")
    with Client(Fetching(delay_seconds=0)) as client:
        subscriber = Subscriber(store, client, "https://desk.example/websub")
        (held,) = subscriber.keep_up(wanted(hub), datetime.now(UTC))
    store.close()
    assert (held.state, hub.asked) == ("refused", [])
    assert held.reason.startswith("address refused")


def next_poll(*, is_pushed: bool) -> timedelta:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    feed = Feed.model_validate({"id": "daily", "url": TOPIC, "outlet": "Daily"})
    polled = Polled(FeedPoll("daily", TOPIC, now, "ok", items_seen=3))
    state = after_poll(None, feed, polled, Scheduling(jitter=0), Random(1), is_pushed=is_pushed)
    assert state.next_poll_at is not None
    return state.next_poll_at - now


def test_polls_are_rare_while_the_hub_lives_and_usual_again_when_it_dies(desk: Desk, hub: Hub) -> None:
    desk.subscriber.keep_up(wanted(hub), desk.now)
    desk.store.polled("daily", missed=1)
    held = desk.store.by_feed("daily")
    assert held is not None
    assert held.is_pushing(desk.now), "one poll may have been quicker than the hub"
    assert next_poll(is_pushed=held.is_pushing(desk.now)) == timedelta(hours=6)
    desk.store.polled("daily", missed=0)
    desk.store.polled("daily", missed=2)
    desk.store.polled("daily", missed=2)
    held = desk.store.by_feed("daily")
    assert held is not None
    assert (held.state, held.is_pushing(desk.now)) == ("dead", False)
    assert next_poll(is_pushed=held.is_pushing(desk.now)) == timedelta(hours=1)


def test_a_lease_that_ran_out_is_no_push(desk: Desk, hub: Hub) -> None:
    hub.lease = "120"
    desk.subscriber.keep_up(wanted(hub), desk.now)
    held = desk.store.by_feed("daily")
    assert held is not None
    assert held.is_pushing(desk.now + timedelta(seconds=110))
    assert not held.is_pushing(desk.now + timedelta(seconds=130))
    assert not replace(held, state="dead").is_pushing(desk.now)
