"""The ways to a host: TLS, HTTP/2, proxies, cookies, manners; and what is kept of it all."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import h2.config
import h2.connection
import h2.events
import pytest
from warcio.archiveiterator import ArchiveIterator

from newsledger.fetch.article import fetch_article
from newsledger.fetch.client import FEED, Client, Clock
from newsledger.fetch.fleet import fetch_all
from newsledger.fetch.hosts import Hosts, host_of, retry_after_seconds
from newsledger.fetch.poll import poll
from newsledger.fetch.raw.archive import Archive, pending_journals
from newsledger.fetch.raw.readback import Replay, kept_entries, read_responses
from newsledger.fetch.schedule.after_poll import after_poll
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Feed, Fetching, Scheduling
from schemas.document import Draft
from schemas.feed_state import FeedState
from schemas.host import HostRecord
from schemas.item import Item
from tests.faults.hostile.certificate import make_certificate
from tests.faults.test_faults_inputs import PAGE, RSS, Server, feed_at, fixed, server, settings

__all__ = ["server"]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@contextmanager
def answering(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """Hand each connection to a function in a thread of its own; yield the port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def accept() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:  # the test is over
                    return
                threading.Thread(target=guarded, args=(connection,), daemon=True).start()

        def guarded(connection: socket.socket) -> None:
            with closing(connection):
                try:
                    serve(connection)
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]


def serve_h2(certificate: tuple[Path, Path], seen: list[str]) -> Callable[[socket.socket], None]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    context.set_alpn_protocols(["h2", "http/1.1"])

    def serve(raw: socket.socket) -> None:
        tls = context.wrap_socket(raw, server_side=True)
        seen.append(tls.selected_alpn_protocol() or "")
        state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        state.initiate_connection()
        tls.sendall(state.data_to_send())
        while data := tls.recv(65536):
            for event in state.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    assert event.stream_id is not None
                    state.send_headers(
                        event.stream_id, [(":status", "200"), ("content-length", str(len(RSS)))]
                    )
                    state.send_data(event.stream_id, RSS, end_stream=True)
            tls.sendall(state.data_to_send())

    return serve


def test_http_2_over_a_certificate_of_an_authority_that_was_named(tmp_path: Path) -> None:
    certificate, seen = make_certificate(tmp_path, "localhost"), list[str]()
    with answering(serve_h2(certificate, seen)) as port:
        url = f"https://localhost:{port}/feed"
        trusting = settings().model_copy(update={"ca_file": str(certificate[0])})
        with Client(trusting) as client:
            assert client.get(url, limit=10_000, kind=FEED).body == RSS
        with Client(settings()) as client, pytest.raises(FetchFailed, match="tls"):
            client.get(url, limit=10_000, kind=FEED)
    assert seen[0] == "h2"


def test_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, "other.example")
    with answering(serve_h2(certificate, [])) as port:
        trusting = settings().model_copy(update={"ca_file": str(certificate[0])})
        with Client(trusting) as client, pytest.raises(FetchFailed, match="tls"):
            client.get(f"https://localhost:{port}/feed", limit=10_000, kind=FEED)


def test_cookies_end_with_the_request_that_got_them(server: Server) -> None:
    server.answers["/set"] = fixed(200, b"x", Set_Cookie="id=1; Path=/")
    server.answers["/next"] = fixed(200, b"x")
    with Client(settings()) as client:
        client.get(f"{server.origin}/set", limit=10, kind=FEED)
        client.get(f"{server.origin}/next", limit=10, kind=FEED)
    assert all("cookie" not in headers for _, headers in server.asked)


def test_a_redirect_to_a_forbidden_page_is_not_followed(server: Server) -> None:
    server.answers["/robots.txt"] = fixed(200, b"User-agent: *\nDisallow: /secret\n")
    server.answers["/open"] = fixed(302, b"", Location="/secret")
    with Client(settings()) as client, pytest.raises(FetchFailed, match="robots"):
        client.get(f"{server.origin}/open", limit=10, kind=FEED)
    assert [path for path, _ in server.asked] == ["/robots.txt", "/open"]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"tdm_reservation": "1"}, "tdm reserved"), ({"X_Robots_Tag": "noai"}, "ai opt-out"),
        ({"X_Robots_Tag": "otherbot: noai"}, None),
        ({"X_Robots_Tag": "noindex, newsledger: noai"}, "ai opt-out"),
        ({"tdm_reservation": "0"}, None), ({}, None),
    ],
)  # fmt: skip
def test_wishes_in_headers_are_obeyed_where_the_settings_say_so(
    server: Server, headers: dict[str, str], reason: str | None
) -> None:
    server.answers["/a"] = fixed(200, b"<html></html>", **headers)
    obeying = settings().model_copy(update={"obey_ai": True})
    with Client(obeying) as client:
        assert failure_of(client, f"{server.origin}/a") == reason
    recording = settings().model_copy(update={"obey_tdm": False})
    with Client(recording) as client:
        assert failure_of(client, f"{server.origin}/a") is None
        assert bool(client.opt_outs) is (reason is not None)


def failure_of(client: Client, url: str) -> str | None:
    try:
        client.get(url, limit=10_000)
    except FetchFailed as error:
        return error.reason
    return None


@pytest.mark.parametrize(
    ("meta", "reason"),
    [
        ("<meta name='tdm-reservation' content='1'>", "tdm reserved"),
        ('<META CONTENT="noai, noimageai" NAME="robots">', "ai opt-out"),
        ("<meta name=tdm-reservation content=0>", None),
        ("<meta name=robots content=noindex>", None),
    ],
)
def test_wishes_in_the_page_are_obeyed(server: Server, meta: str, reason: str | None) -> None:
    server.answers["/a"] = fixed(200, f"<html><head>{meta}</head></html>".encode())
    with Client(settings().model_copy(update={"obey_ai": True})) as client:
        assert failure_of(client, f"{server.origin}/a") == reason


def test_the_pages_own_word_on_mining_goes_before_the_sites_file(server: Server) -> None:
    server.answers["/.well-known/tdmrep.json"] = fixed(200, b'[{"location": "/", "tdm-reservation": 1}]')
    server.answers["/free"] = fixed(200, b"<html></html>", tdm_reservation="0")
    server.answers["/other"] = fixed(200, b"<html></html>")
    with Client(settings()) as client:
        assert failure_of(client, f"{server.origin}/free") is None
        assert failure_of(client, f"{server.origin}/other") == "tdm reserved"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), (" 0 ", 0), ("Sun, 01 Mar 2026 12:10:00 GMT", 600),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("999999999", 86_400), ("soon", None), ("-5", None), (None, None),
    ],
)  # fmt: skip
def test_retry_after_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


class Time:
    """A clock that stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(round(seconds, 3))
        self.at += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep, lambda: NOW + timedelta(seconds=self.at - 1000))


def manners(time: Time, **changes: Any) -> Hosts:
    return Hosts(Fetching(**{"delay_seconds": 2, **changes}), time.clock)


def test_back_off_doubles_ends_with_a_good_answer_and_refuses_what_would_wait_too_long() -> None:
    time = Time()
    hosts = manners(time, patience_seconds=100)
    assert [hosts.wants_rest("a", None) for _ in range(3)] == [30, 60, 120]
    with pytest.raises(FetchFailed, match="backing off") as refused:
        hosts.enter("a")
    assert refused.value.retry_after == pytest.approx(120)
    hosts.answered("a")
    assert hosts.enter("a") == 0
    hosts.leave("a")
    assert hosts.wants_rest("a", 45.0) == 45
    assert hosts.enter("a") == 45


def test_a_host_that_does_not_answer_twice_is_left_alone_and_others_are_not() -> None:
    time = Time()
    hosts = manners(time)
    hosts.unreachable("a")
    hosts.enter("a")
    hosts.leave("a")
    hosts.unreachable("a")
    with pytest.raises(FetchFailed, match="host down"):
        hosts.enter("a")
    assert hosts.enter("b") == 0
    assert (hosts.is_suspect("a"), hosts.is_suspect("b")) == (True, False)
    time.at += 601
    assert hosts.enter("a") == 0


def test_what_is_known_of_hosts_outlives_the_run() -> None:
    time = Time()
    hosts = manners(time)
    hosts.wants_rest("slow", 5000.0)
    hosts.unreachable("dead")
    hosts.unreachable("dead")
    hosts.set_crawl_delay("strict", 9000)
    records = {record.host: record for record in hosts.records()}
    assert records["slow"].back_off_until == NOW + timedelta(seconds=5000)
    assert records["strict"] == HostRecord("strict", crawl_delay=120.0), "capped"
    later = manners(Time())
    later.remember(records.values())
    for host in ("slow", "dead"):
        with pytest.raises(FetchFailed):
            later.enter(host)
    later.enter("strict")
    later.leave("strict")
    assert later.enter("strict") == 120


def test_no_more_than_so_many_requests_run_at_one_host() -> None:
    hosts = Hosts(Fetching(delay_seconds=0, requests_per_host=2))
    now, most, lock = [0], [0], threading.Lock()

    def ask(url: str) -> str:
        hosts.enter(host_of(url))
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        with lock:
            now[0] -= 1
        hosts.leave(host_of(url))
        return url

    jobs = [f"http://one.example/{n}" for n in range(12)]
    found = list(fetch_all(jobs, ask, url_of=str, hosts=hosts, workers=12, random=Random(1)))
    assert sorted(number for number, _ in found) == list(range(12))
    assert most[0] == 2


def test_requests_to_one_host_are_spaced_and_others_do_not_wait_for_them() -> None:
    hosts = Hosts(Fetching(delay_seconds=0.1, requests_per_host=2))
    import time  # noqa: PLC0415

    started: dict[str, float] = {}

    def ask(url: str) -> None:
        hosts.enter(host_of(url))
        started[url] = time.monotonic()
        hosts.leave(host_of(url))

    jobs = [f"http://busy.example/{n}" for n in range(5)] + [f"http://h{n}.example/" for n in range(20)]
    list(fetch_all(jobs, ask, url_of=str, hosts=hosts, workers=8, random=Random(2)))
    busy = sorted(at for url, at in started.items() if "busy" in url)
    assert all(b - a >= 0.099 for a, b in pairwise(busy))
    others = [at for url, at in started.items() if "busy" not in url]
    assert max(others) < busy[-1]


def test_what_a_worker_cannot_handle_ends_the_batch() -> None:
    def ask(url: str) -> None:
        raise KeyError(url)

    with pytest.raises(KeyError):
        list(fetch_all(["http://a/"], ask, url_of=str, hosts=Hosts(Fetching()), workers=2, random=Random(1)))


def state_after(feed: Feed, client: Client, state: FeedState | None, now: datetime) -> FeedState:
    return after_poll(state, feed, poll(feed, client, state, now), Scheduling(), Random(1))


def test_validators_are_sent_as_the_server_honours_them(server: Server) -> None:
    def answer(handler: Any) -> None:
        known = handler.headers.get("If-Modified-Since") and not handler.headers.get("If-None-Match")
        body = b"" if known else RSS
        handler.reply(304 if known else 200, body, ETag='"x"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")

    server.answers["/feed"] = answer
    feed = feed_at(server)
    with Client(settings()) as client:
        state = state_after(feed, client, None, NOW)
        state = state_after(feed, client, state, NOW + timedelta(hours=1))
        assert (state.status, state.validators) == ("unchanged", "last-modified"), "both did not help"
        state = state_after(feed, client, state, NOW + timedelta(hours=2))
        assert (state.status, state.validators) == ("unchanged", "last-modified")
        state_after(feed, client, state, NOW + timedelta(hours=26))
    sent = [("if-none-match" in h, "if-modified-since" in h) for p, h in server.asked if p == "/feed"]
    assert sent == [(False, False), (True, True), (False, True), (False, False)], "once a day without"


@pytest.mark.parametrize(
    ("switch", "sent"),
    [
        ("both", (True, True)),
        ("etag", (True, False)),
        ("last-modified", (False, True)),
        ("off", (False,) * 2),
    ],
)
def test_the_switch_of_a_feed_decides_what_is_sent(
    server: Server, switch: str, sent: tuple[bool, bool]
) -> None:
    server.answers["/feed"] = fixed(200, RSS, ETag='"x"', Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")
    feed = feed_at(server).model_copy(update={"conditional": switch})
    with Client(settings()) as client:
        state = state_after(feed, client, None, NOW)
        state_after(feed, client, state, NOW + timedelta(hours=1))
    headers = server.asked[-1][1]
    assert ("if-none-match" in headers, "if-modified-since" in headers) == sent


def test_an_etag_that_stays_while_the_body_changes_is_trusted_no_more(server: Server) -> None:
    feed = feed_at(server)
    server.answers["/feed"] = fixed(200, RSS, ETag='"always"')
    with Client(settings()) as client:
        state = state_after(feed, client, None, NOW)
        server.answers["/feed"] = fixed(200, RSS.replace(b"/a/1", b"/a/2"), ETag='"always"')
        state = state_after(feed, client, state, NOW + timedelta(hours=1))
    assert (state.status, state.reason, state.validators) == ("ok", "another body under the same etag", "off")


def test_every_answer_is_kept_and_comes_back_without_network(server: Server, tmp_path: Path) -> None:
    server.answers["/go"] = fixed(301, b"", Location="/a/1")
    server.answers["/a/1"] = fixed(
        200, PAGE, Content_Type="text/html; charset=utf-8", X_Odd="ä".encode().decode("latin-1")
    )
    server.answers["/gone"] = fixed(410, b"It is gone.")
    archive = Archive(tmp_path, "run-1", datetime.now(UTC))
    feed, item = feed_at(server), Item("daily", f"{server.origin}/go", "1")
    with Client(settings(), archive=archive) as client:
        live = fetch_article(item, feed, client, NOW)
        assert failure_of(client, f"{server.origin}/gone") == "http 410"
    archive.close()
    before = len(server.asked)
    replay = Replay(tmp_path, settings())
    assert fetch_article(item, feed, replay, NOW) == live
    assert isinstance(live, Draft)
    with pytest.raises(FetchFailed, match="http 410"):
        replay.get(f"{server.origin}/gone", limit=10)
    with pytest.raises(FetchFailed, match="not kept"):
        replay.get(f"{server.origin}/never", limit=10)
    assert len(server.asked) == before
    (entry, answer), *_ = read_responses(tmp_path)
    assert (entry.charset, entry.charset_source, answer.body, answer.redirected) == (
        "utf-8",
        "header",
        PAGE,
        True,
    )
    assert [hop.status for hop in answer.hops] == [301]


def test_the_store_is_warc_that_others_read(server: Server, tmp_path: Path) -> None:
    server.answers["/feed"] = fixed(200, RSS, Content_Type="text/xml")
    archive = Archive(tmp_path, "run-1", datetime.now(UTC))
    with Client(settings(), archive=archive) as client:
        client.get(f"{server.origin}/feed", limit=10_000, kind=FEED)
    archive.close()
    (path,) = tmp_path.glob("*/run-1.warc.gz")
    with path.open("rb") as stream:
        records = [
            (r.rec_type, r.content_stream().read()) for r in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [kind for kind, _ in records] == ["warcinfo", "response", "response"]
    assert records[2][1] == RSS


def test_half_a_journal_is_read_up_to_where_it_was_cut(tmp_path: Path, server: Server) -> None:
    server.answers["/feed"] = fixed(200, RSS)
    archive = Archive(tmp_path, "run-1", datetime.now(UTC))
    with Client(settings(), archive=archive) as client:
        client.get(f"{server.origin}/feed", limit=10_000, kind=FEED)
    archive.close()
    (name,) = pending_journals(tmp_path, [], datetime.now(UTC))
    path = tmp_path / name
    path.write_bytes(path.read_bytes() + b'{"url": "http://half')
    assert [e.kind for e in kept_entries(tmp_path)] == ["file", "feed"]
    assert pending_journals(tmp_path, [name], datetime.now(UTC)) == []
