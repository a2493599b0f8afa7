"""Bad input over HTTP and from files: each ends in its own clear outcome."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest

from newsledger.fetch.article import fetch_article
from newsledger.fetch.client import FEED, Client, Clock
from newsledger.fetch.files import read_files
from newsledger.fetch.poll import poll
from newsledger.fetch.schedule.after_poll import after_poll
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Feed, Fetching, Scheduling
from schemas.document import DateSource, Draft
from schemas.feed_state import FeedState
from schemas.item import Item, ItemOutcome, Outcome

NOW = datetime(2025, 10, 9, 12, tzinfo=UTC)
Answer = Callable[["Handler"], None]

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>
<item><title>Talks resume</title><link>/a/1</link><pubDate>Mon, 06 Oct 2025 14:00:00 BST</pubDate></item>
</channel></rss>"""
PARAGRAPHS = [
    "The ferry company said on Monday that 48 passengers were rescued after the vessel struck a rock.",
    "Rescue crews worked through the night in heavy seas, and all of them were brought ashore off the cape.",
    "The harbour master said an inquiry would begin this week and that the crossing would stay closed.",
    "Relatives gathered at the terminal, where volunteers handed out blankets, hot drinks and chargers.",
]
PAGE = (
    "<html lang='en'><head><title>Ferry passengers rescued</title>"
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry passengers rescued",'
    '"datePublished":"2025-10-06T14:00:00Z"}</script></head><body><article><h1>Ferry passengers rescued</h1>'
    + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</article></body></html>"
).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers by the server's table of paths."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        answer = server.answers.get(self.path.partition("?")[0])
        if answer is None:
            self.reply(404, b"")
        else:
            answer(self)

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        del format, args


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.released = threading.Event()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        del request, client_address  # clients that hang up are part of these tests


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.released.set()
        running.shutdown()
        thread.join()


def settings(**changes: float) -> Fetching:
    values: dict[str, float] = {"timeout_seconds": 5, "delay_seconds": 0, **changes}
    return Fetching.model_validate({**values, "allow_private_addresses": True})


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(settings()) as made:
        yield made


def feed_at(server: Server) -> Feed:
    return Feed.model_validate({"id": "daily", "url": f"{server.origin}/feed", "outlet": "Daily"})


def fixed(status: int, body: bytes, **headers: str) -> Answer:
    return lambda handler: handler.reply(status, body, **headers)


def failure(client: Client, url: str, limit: int = 100_000) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        client.get(url, limit=limit)
    return caught.value


@pytest.mark.parametrize("status", [404, 410, 403, 500, 503])
def test_status_is_the_reason(server: Server, client: Client, status: int) -> None:
    server.answers["/feed"] = fixed(status, b"no")
    assert failure(client, f"{server.origin}/feed").reason == f"http {status}"


def test_feed_that_fails_is_a_poll_with_reason_and_keeps_its_validators(
    server: Server, client: Client
) -> None:
    server.answers["/feed"] = fixed(500, b"")
    feed = feed_at(server)
    before = FeedState("daily", str(feed.url), str(feed.url), NOW, NOW, 3600, etag='"1"', body_sha256="aa")
    found = poll(feed, client, before, NOW)
    assert (found.poll.status, found.poll.reason, found.items) == ("failed", "http 500", ())
    assert (found.poll.etag, found.poll.body_sha256) == ('"1"', "aa")


def test_feed_that_is_html(server: Server, client: Client) -> None:
    server.answers["/feed"] = fixed(200, PAGE, Content_Type="application/rss+xml")
    found = poll(feed_at(server), client, None, NOW)
    assert (found.poll.status, found.poll.reason, found.items) == ("failed", "html instead of a feed", ())


def test_empty_feed(server: Server, client: Client) -> None:
    server.answers["/feed"] = fixed(200, b"")
    assert poll(feed_at(server), client, None, NOW).poll.reason == "empty"


def test_feed_then_304_then_same_body(server: Server, client: Client) -> None:
    def answer(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"'
        handler.reply(304 if known else 200, b"" if known else RSS, ETag='"v1"')

    server.answers["/feed"] = answer
    feed = feed_at(server)
    first = poll(feed, client, None, NOW)
    assert (first.poll.status, first.poll.items_seen, first.poll.etag) == ("ok", 1, '"v1"')
    assert first.items[0].url == f"{server.origin}/a/1"
    assert first.items[0].published_at == datetime(2025, 10, 6, 13, tzinfo=UTC)
    state = after_poll(None, feed, first, Scheduling(), Random(1))
    second = poll(feed, client, state, NOW)
    assert (second.poll.status, second.items, second.poll.etag) == ("unchanged", (), '"v1"')
    assert second.poll.body_sha256 == first.poll.body_sha256
    server.answers["/feed"] = fixed(200, RSS)
    assert poll(feed, client, state, NOW).poll.status == "unchanged"


def test_feed_cut_in_the_middle_yields_what_it_has(server: Server, client: Client) -> None:
    server.answers["/feed"] = fixed(200, RSS[: RSS.index(b"</channel>")])
    found = poll(feed_at(server), client, None, NOW)
    assert (found.poll.status, len(found.items)) == ("ok", 1)
    assert found.poll.reason.startswith("malformed: ")


@pytest.mark.parametrize("part", ["headers", "body"])
def test_silence_ends_with_the_deadline(server: Server, part: str) -> None:
    def answer(handler: Handler) -> None:
        if part == "body":
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            handler.wfile.write(b"begin")
            handler.wfile.flush()
        assert isinstance(handler.server, Server)
        handler.server.released.wait(30)

    server.answers["/slow"] = answer
    with Client(settings(timeout_seconds=0.4)) as client:
        assert failure(client, f"{server.origin}/slow").reason == "timeout"


def test_dripping_headers_end_with_the_deadline(server: Server) -> None:
    def answer(handler: Handler) -> None:
        assert isinstance(handler.server, Server)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not handler.server.released.wait(0.05):
            handler.wfile.write(b"X: y\r\n")
            handler.wfile.flush()

    server.answers["/drip"] = answer
    with Client(settings(timeout_seconds=0.6)) as client:
        assert failure(client, f"{server.origin}/drip").reason == "timeout"


def test_truncated_gzip(server: Server, client: Client) -> None:
    packed = gzip.compress(RSS * 50)
    server.answers["/feed"] = fixed(200, packed[: len(packed) // 2], Content_Encoding="gzip")
    assert poll(feed_at(server), client, None, NOW).poll.reason == "truncated body"


def test_connection_closed_before_the_promised_length(server: Server, client: Client) -> None:
    def answer(handler: Handler) -> None:
        handler.reply(200, RSS, Content_Length=str(len(RSS) + 100))
        handler.close_connection = True

    server.answers["/feed"] = answer
    assert poll(feed_at(server), client, None, NOW).poll.reason == "truncated body"


def test_gzip_bomb_stops_at_the_limit(server: Server, client: Client) -> None:
    server.answers["/bomb"] = fixed(200, gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")
    assert failure(client, f"{server.origin}/bomb", limit=1_000_000).reason == "too large"


def test_gzip_and_deflate_arrive_whole(server: Server, client: Client) -> None:
    server.answers["/gzip"] = fixed(200, gzip.compress(RSS) + gzip.compress(b"tail"), Content_Encoding="gzip")
    server.answers["/zlib"] = fixed(200, zlib.compress(RSS), Content_Encoding="deflate")
    server.answers["/raw"] = fixed(200, zlib.compress(RSS)[2:-4], Content_Encoding="deflate")
    assert client.get(f"{server.origin}/gzip", limit=10_000).body == RSS + b"tail"
    assert client.get(f"{server.origin}/zlib", limit=10_000).body == RSS
    assert client.get(f"{server.origin}/raw", limit=10_000).body == RSS


def test_encoding_nobody_asked_for(server: Server, client: Client) -> None:
    server.answers["/packed"] = fixed(200, b"xx", Content_Encoding="compress")
    assert failure(client, f"{server.origin}/packed").reason == "bad encoding"


def test_redirects_are_followed_and_bounded(server: Server, client: Client) -> None:
    server.answers["/old"] = fixed(301, b"", Location="/new")
    server.answers["/new"] = fixed(200, b"here")
    server.answers["/loop"] = fixed(302, b"", Location="/loop")
    found = client.get(f"{server.origin}/old", limit=100)
    assert (found.body, found.url, found.redirected) == (b"here", f"{server.origin}/new", True)
    assert failure(client, f"{server.origin}/loop").reason == "redirects"


def test_redirect_to_another_scheme_is_refused(server: Server, client: Client) -> None:
    server.answers["/file"] = fixed(302, b"", Location="file:///etc/passwd")
    assert failure(client, f"{server.origin}/file").reason == "bad address"


def test_nobody_listens(client: Client) -> None:
    with Server() as gone:
        origin = gone.origin
    assert failure(client, f"{origin}/feed").reason == "connection"


def test_loopback_is_refused_unless_allowed(server: Server) -> None:
    server.answers["/a"] = fixed(200, b"secret")
    with Client(Fetching(delay_seconds=0)) as client:
        assert failure(client, f"{server.origin}/a").reason == "address refused"
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "0.0.0.0", "fd00::1"],
)
def test_names_that_lead_inside_are_refused(address: str) -> None:
    with Client(Fetching(delay_seconds=0), resolver=lambda host, port: [address]) as client:
        assert failure(client, "http://news.example/a").reason == "address refused"


def test_the_address_checked_is_the_address_reached(server: Server) -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    server.answers["/a"] = fixed(200, b"reached")
    with Client(settings(), resolver=resolver) as client:
        # No other resolver knows this name, so the socket can only go where this one said.
        url = f"http://news.invalid:{server.server_address[1]}/a"
        assert client.get(url, limit=100).body == b"reached"
    assert set(asked) == {"news.invalid"}


def test_robots_forbids(server: Server, client: Client) -> None:
    server.answers["/robots.txt"] = fixed(200, b"User-agent: newsledger\nDisallow: /a/\n")
    server.answers["/a/1"] = fixed(200, PAGE)
    item = Item("daily", f"{server.origin}/a/1", "1")
    result = fetch_article(item, feed_at(server), client, NOW)
    assert isinstance(result, ItemOutcome)
    assert (result.outcome, result.reason) == (Outcome.BLOCKED_BY_ROBOTS, "robots")
    assert [path for path, _ in server.asked] == ["/robots.txt"]


def test_robots_missing_allows_and_is_asked_once(server: Server, client: Client) -> None:
    server.answers["/a/1"] = fixed(200, b"x")
    client.get(f"{server.origin}/a/1", limit=10)
    client.get(f"{server.origin}/a/1", limit=10)
    once = ["/robots.txt", "/.well-known/tdmrep.json"]
    assert [path for path, _ in server.asked] == [*once, "/a/1", "/a/1"]


def test_robots_that_fails_forbids(server: Server, client: Client) -> None:
    server.answers["/robots.txt"] = fixed(503, b"")
    server.answers["/a/1"] = fixed(200, b"x")
    assert failure(client, f"{server.origin}/a/1").reason == "robots"


def test_user_agent_names_software_and_contact(server: Server) -> None:
    server.answers["/a"] = fixed(200, b"x")
    chosen = Fetching(delay_seconds=0, allow_private_addresses=True, contact="desk@daily.example")
    with Client(chosen) as client:
        client.get(f"{server.origin}/a", limit=10)
    agent = server.asked[-1][1]["user-agent"]
    assert agent.startswith("newsledger/")
    assert "desk@daily.example" in agent


def test_host_is_spaced() -> None:
    waited: list[float] = []
    time = [100.0]

    def sleep(seconds: float) -> None:
        waited.append(round(seconds, 3))
        time[0] += seconds

    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        server.answers["/a"] = fixed(200, b"x")
        clock = Clock(monotonic=lambda: time[0], sleep=sleep)
        with Client(settings(delay_seconds=2), clock=clock) as client:
            client.get(f"{server.origin}/a", limit=10, kind=FEED)
            client.get(f"{server.origin}/a", limit=10, kind=FEED)
        server.shutdown()
        thread.join()
    assert waited == [2.0, 2.0]


def test_article_page_becomes_a_draft(server: Server, client: Client) -> None:
    server.answers["/a/1"] = fixed(200, PAGE, Content_Type="text/html; charset=utf-8")
    asked = f"{server.origin}/a/1?utm_source=rss"
    result = fetch_article(Item("daily", asked, "1"), feed_at(server), client, NOW)
    assert isinstance(result, Draft)
    assert result.text == "Ferry passengers rescued\n\n" + "\n".join(PARAGRAPHS)
    assert result.published_at == datetime(2025, 10, 6, 14, tzinfo=UTC)
    assert (result.published_at_source, result.published_at_precision) == (DateSource.JSON_LD, "second")
    assert (result.outlet, result.feed_id, result.url) == ("Daily", "daily", asked)


def test_article_behind_a_redirect_keeps_the_address_asked(server: Server, client: Client) -> None:
    server.answers["/go"] = fixed(302, b"", Location="/a/1")
    server.answers["/a/1"] = fixed(200, PAGE)
    result = fetch_article(Item("daily", f"{server.origin}/go", "1"), feed_at(server), client, NOW)
    assert isinstance(result, Draft)
    assert (result.url, result.canonical_url) == (f"{server.origin}/go", f"{server.origin}/a/1")
    assert result.key == f"{server.origin}/a/1".replace("http:", "https:")


def test_a_resolver_that_never_answers_ends_with_the_deadline(server: Server) -> None:
    def resolver(host: str, port: int) -> list[str]:
        server.released.wait(30)
        return ["127.0.0.1"]

    with Client(settings(timeout_seconds=0.3), resolver=resolver) as client:
        assert failure(client, "http://news.invalid/a").reason == "timeout"


def test_article_that_is_gone_or_no_page(server: Server, client: Client) -> None:
    gone = fetch_article(Item("daily", f"{server.origin}/gone", "1"), feed_at(server), client, NOW)
    assert isinstance(gone, ItemOutcome)
    assert (gone.outcome, gone.reason, gone.item) == (Outcome.FAILED, "http 404", f"{server.origin}/gone")
    server.answers["/a.pdf"] = fixed(200, b"%PDF-1.4 ...", Content_Type="application/pdf")
    pdf = fetch_article(Item("daily", f"{server.origin}/a.pdf", "1"), feed_at(server), client, NOW)
    assert isinstance(pdf, ItemOutcome)
    assert (pdf.outcome, pdf.reason) == (Outcome.NOT_AN_ARTICLE, "not html")


# Files


def only(folder: Path) -> Draft | ItemOutcome:
    records = list(read_files([folder], now=NOW))
    assert len(records) == 1
    return records[0]


def failed(folder: Path) -> str:
    record = only(folder)
    assert isinstance(record, ItemOutcome)
    assert record.outcome is Outcome.FAILED
    assert record.item.startswith(folder.as_posix())
    return record.reason


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b" \n")
    assert failed(tmp_path) == "empty"


@pytest.mark.parametrize(
    "body", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), bytes(range(1, 32)) * 40]
)
def test_binary_file_named_txt(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(body)
    assert failed(tmp_path) == "not text"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl"])
def test_fifty_megabytes(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(50_000_000)
    assert failed(tmp_path) == "too large"


def test_wrong_charset_is_read_and_noted(tmp_path: Path) -> None:
    text = "The café’s owner said “no” – and 48 people left. " * 5
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    record = only(tmp_path)
    assert isinstance(record, Draft)
    assert record.text == text.strip()
    assert any(note.startswith("charset guessed") for note in record.notes)


def test_no_date_is_stored_without_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ".join(PARAGRAPHS))
    record = only(tmp_path)
    assert isinstance(record, Draft)
    assert (record.published_at, record.published_at_source) == (None, DateSource.UNKNOWN)
    assert record.notes == ("no date",)


def test_future_date_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ".join(PARAGRAPHS))
    (tmp_path / "manifest.csv").write_text("file,published\na.txt,2031-01-01\n")
    record = only(tmp_path)
    assert isinstance(record, Draft)
    assert (record.published_at, record.published_at_source) == (None, DateSource.UNKNOWN)
    assert record.notes == ("future date 2031-01-01 from file",)


def test_a_lying_header_does_not_spoil_the_page(server: Server, client: Client) -> None:
    body = PAGE.replace(b"the cape", "the cape of Ålesund".encode())
    server.answers["/a/1"] = fixed(200, body, Content_Type="text/html; charset=iso-8859-1")
    result = fetch_article(Item("daily", f"{server.origin}/a/1", "1"), feed_at(server), client, NOW)
    assert isinstance(result, Draft)
    assert "the cape of Ålesund" in result.text
    assert "charset utf-8 though iso-8859-1 declared" in result.notes
