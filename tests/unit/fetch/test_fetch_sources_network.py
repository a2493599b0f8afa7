"""Sitemaps and captures, asked of a server on loopback with all manners."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest

from newsledger.fetch.client import Client
from newsledger.fetch.sources.sitemaps import SitemapSource
from newsledger.fetch.sources.source import DayRange, ListingFailedError, NoMemory, Record
from newsledger.fetch.sources.wayback import WaybackSource
from schemas.config import Fetching
from schemas.document import Draft
from schemas.item import ItemOutcome, Outcome
from tests.unit.fetch.test_fetch_sources_warc import page

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAY = date(2026, 3, 2)
Answer = tuple[int, str, bytes]
Answering = Callable[[str, dict[str, list[str]]], Answer]


class Site(ThreadingHTTPServer):
    """Answers paths with what a test gives it, and notes what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.answer: Callable[[str, dict[str, list[str]]], Answer] = lambda path, query: (404, "", b"")

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def pages(self) -> list[str]:
        return [p for p in self.asked if not p.startswith(("/robots", "/.well-known"))]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = self.server
        assert isinstance(site, Site)
        site.asked.append(self.path)
        parts = urlsplit(self.path)
        status, kind, body = site.answer(parts.path, parse_qs(parts.query))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        del format, args


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(Fetching(allow_private_addresses=True, delay_seconds=0)) as made:
        yield made


def days(first: date = DAY, last: date = DAY + timedelta(days=1)) -> DayRange:
    return DayRange(first, last, ZoneInfo("Europe/Lisbon"), NOW)


def html(name: str, day: str = "2026-03-02") -> Answer:
    return 200, "text/html; charset=utf-8", page(name, day)


class Kept:
    """A memory of given answers."""

    def __init__(self, urls: Sequence[str] = (), sights: Sequence[tuple[str, datetime]] = ()) -> None:
        self.urls, self.sights = set(urls), set(sights)

    def answered(self, urls: Sequence[str]) -> set[str]:
        return self.urls & set(urls)

    def sighted(self, urls: Sequence[str]) -> set[tuple[str, datetime]]:
        del urls
        return self.sights


def news(origin: str, entries: dict[str, str]) -> bytes:
    rows = "".join(
        f"<url><loc>{origin}/a/{name}</loc><n:news><n:publication_date>{at}</n:publication_date>"
        f"<n:title>Fire {name}</n:title></n:news></url>"
        for name, at in entries.items()
    )
    spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    return (
        f"<urlset {spaces} xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>{rows}</urlset>".encode()
    )


def index(origin: str, children: dict[str, str]) -> bytes:
    rows = "".join(
        f"<sitemap><loc>{origin}{path}</loc><lastmod>{at}</lastmod></sitemap>"
        for path, at in children.items()
    )
    return f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</sitemapindex>".encode()


ENTRIES = {
    "one": "2026-03-02T10:00:00Z", "two": "2026-03-02T23:30:00Z", "next": "2026-03-03T00:10:00Z",
    "old": "2026-02-20T10:00:00Z",
}  # fmt: skip


def newsroom(site: Site) -> Callable[[str, dict[str, list[str]]], Answer]:
    def answer(path: str, query: dict[str, list[str]]) -> Answer:
        del query
        if path == "/index.xml":
            found = {
                "/2026-03/map.xml": "2026-03-05", "/2025-11/map.xml": "2026-03-05",
                "/stale.xml": "2026-02-27", "/gone.xml": "2026-03-05",
            }  # fmt: skip
            return 200, "text/xml", index(site.origin, found)
        if path == "/2026-03/map.xml":
            return 200, "text/xml", news(site.origin, ENTRIES)
        return html(path.rpartition("/")[2]) if path.startswith("/a/") else (404, "text/plain", b"")

    return answer


def test_the_entries_of_a_day_are_read_from_the_sitemaps_that_can_hold_it(site: Site, client: Client) -> None:
    site.answer = newsroom(site)
    source = SitemapSource([f"{site.origin}/index.xml"], client, NoMemory(), outlet="The Post")
    portions = source.portions(days())
    assert [(p.day, p.items) for p in portions] == [(DAY, 2), (DAY + timedelta(days=1), 1), (None, 1)]
    assert site.pages() == ["/index.xml", "/2026-03/map.xml", "/gone.xml"]
    found = [r for p in portions for r in source.read(p, days())]
    assert [(r.url, r.outlet) for r in found if isinstance(r, Draft)] == [
        (f"{site.origin}/a/{name}", "The Post") for name in ("one", "two", "next")
    ]
    assert [(r.reason, r.item) for r in found if isinstance(r, ItemOutcome)] == [
        ("http 404", f"{site.origin}/gone.xml")
    ]


def test_pages_that_were_read_are_not_asked_for_again(site: Site, client: Client) -> None:
    site.answer = newsroom(site)
    source = SitemapSource([f"{site.origin}/index.xml"], client, Kept([f"{site.origin}/a/one"]))
    portion = source.portions(days())[0]
    found = list(source.read(portion, days()))
    assert [isinstance(r, Draft) or r.outcome for r in found] == [Outcome.UNCHANGED, True]
    assert "/a/one" not in site.asked


def test_a_sitemap_that_is_none_is_an_error_that_says_so(site: Site, client: Client) -> None:
    source = SitemapSource([f"{site.origin}/nowhere.xml"], client, NoMemory())
    with pytest.raises(ListingFailedError, match="http 404"):
        source.portions(days())


def test_entries_without_a_date_are_told_of(site: Site, client: Client) -> None:
    body = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/a/x</loc></url></urlset>"
    site.answer = lambda path, query: (200, "text/xml", body)
    source = SitemapSource([f"{site.origin}/map.xml"], client, NoMemory())
    portions = source.portions(days())
    (told,) = source.read(portions[0], days())
    assert isinstance(told, ItemOutcome)
    assert (portions[0].day, told.reason, told.detail) == (None, "entries without a date", "1 entries")


CAPTURES = [
    ("20260302090000", "https://harbour.example/a", "AAA"),
    ("20260302100000", "https://harbour.example/a", "AAA"),
    ("20260302110000", "https://harbour.example/b", "BBB"),
    ("20260302120000", "https://harbour.example/a", "CCC"),
    ("20260303120000", "https://harbour.example/c", "DDD"),
]


def archive(
    rows: Sequence[tuple[str, str, str]], size: int = 2
) -> Callable[[str, dict[str, list[str]]], Answer]:
    """Answer as a CDX server that lists a few captures at a time, and the captures themselves."""

    def answer(path: str, query: dict[str, list[str]]) -> Answer:
        if path == "/cdx/search/cdx":
            own = [r for r in rows if query["from"][0] <= r[0] <= query["to"][0]]
            start = int(query.get("resumeKey", ["0"])[0])
            table: list[list[str]] = [["timestamp", "original", "statuscode", "digest"]] if own else []
            table += [[at, url, "200", digest] for at, url, digest in own[start : start + size]]
            if start + size < len(own):
                table += [[], [str(start + size)]]
            return 200, "application/json", json.dumps(table).encode()
        return html(path.rpartition("/")[2]) if path.startswith("/web/") else (404, "text/plain", b"")

    return answer


def wayback(site: Site, client: Client, memory: Kept | NoMemory) -> WaybackSource:
    return WaybackSource(["harbour.example/*"], client, memory, endpoint=site.origin)


def read(source: WaybackSource, span: DayRange) -> list[Record]:
    return [r for p in source.portions(span) for r in source.read(p, span)]


def test_captures_are_listed_to_the_end_and_each_body_of_a_page_is_read_once(
    site: Site, client: Client
) -> None:
    site.answer = archive(CAPTURES)
    found = read(wayback(site, client, NoMemory()), days())
    drafts = [r for r in found if isinstance(r, Draft)]
    assert [(d.url, d.seen_at and f"{d.seen_at:%d %H}") for d in drafts] == [
        ("https://harbour.example/a", "02 09"), ("https://harbour.example/b", "02 11"),
        ("https://harbour.example/a", "02 12"), ("https://harbour.example/c", "03 12"),
    ]  # fmt: skip
    assert {d.key for d in drafts} == {f"https://harbour.example/{n}" for n in "abc"}
    assert sum("resumeKey" in path for path in site.asked) == 1
    asked = [p for p in site.asked if p.startswith("/web/")]
    assert asked[0] == "/web/20260302090000id_/https://harbour.example/a"


def test_captures_that_are_held_are_not_asked_for_again(site: Site, client: Client) -> None:
    site.answer = archive(CAPTURES)
    held = Kept(sights=[("https://harbour.example/b", datetime(2026, 3, 2, 11, tzinfo=UTC))])
    found = read(wayback(site, client, held), days(DAY, DAY))
    assert [r.reason for r in found if isinstance(r, ItemOutcome)] == ["held"]
    assert not any("20260302110000" in path for path in site.asked)


def test_the_day_is_the_storys_day(site: Site, client: Client) -> None:
    site.answer = archive([("20260301235900", "https://harbour.example/a", "A")])
    tokyo = DayRange(DAY, DAY, ZoneInfo("Asia/Tokyo"), NOW)
    assert len(read(wayback(site, client, NoMemory()), tokyo)) == 1
    assert read(wayback(site, client, NoMemory()), days(DAY, DAY)) == []


@pytest.mark.parametrize(
    "answer", [(503, "text/plain", b""), (200, "text/html", b"<html>"), (200, "", b"[[1],2]")]
)
def test_a_listing_that_fails_is_an_error_and_no_empty_day(
    site: Site, client: Client, answer: Answer
) -> None:
    site.answer = lambda path, query: answer if path.startswith("/cdx") else (404, "", b"")
    with pytest.raises(ListingFailedError):
        read(wayback(site, client, NoMemory()), days(DAY, DAY))


def test_a_capture_that_fails_has_its_outcome_and_the_others_are_read(site: Site, client: Client) -> None:
    whole = archive(CAPTURES)
    site.answer = lambda path, query: (404, "", b"") if path.endswith("/b") else whole(path, query)
    found = read(wayback(site, client, NoMemory()), days(DAY, DAY))
    assert [r.reason for r in found if isinstance(r, ItemOutcome)] == ["http 404"]
    assert sum(isinstance(r, Draft) for r in found) == 2


def test_an_archive_that_forbids_robots_is_left_alone(site: Site, client: Client) -> None:
    whole = archive(CAPTURES)
    rules = b"User-agent: *\nDisallow: /web/\n"
    site.answer = lambda path, query: (
        (200, "text/plain", rules) if path == "/robots.txt" else whole(path, query)
    )
    found = read(wayback(site, client, NoMemory()), days(DAY, DAY))
    assert {r.outcome for r in found if isinstance(r, ItemOutcome)} == {Outcome.BLOCKED_BY_ROBOTS}
    assert not any(path.startswith("/web/") for path in site.asked)
