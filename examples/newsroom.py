"""An invented newsroom served on loopback: real feeds and pages, as they stood at a settable instant."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from examples.newsroom_content import Article, Outlet, read_articles, read_outlets, read_programme
from examples.newsroom_feeds import break_feed, html_instead, last_change, write_feed
from examples.newsroom_pages import open_templates, write_front_page, write_page

HOST = "127.0.0.1"
DEFAULT_PORT = 8765
"""Documents are named after their addresses, so the same port each time makes runs comparable."""

ROBOTS = "User-agent: *\nDisallow: /account/\nDisallow: /search\n"


class Answer(NamedTuple):
    """What the newsroom answers to a path: body, media type and the instant it last changed."""

    body: bytes
    media_type: str
    changed: datetime


class Newsroom:
    """The newsroom of a folder at an instant.

    Attributes:
        programme: the days and faults.
        outlets: the outlets by key.
        articles: all articles, published yet or not, oldest first.
        requests: the paths asked so far, with the status answered.
    """

    def __init__(self, folder: Path) -> None:
        self.programme = read_programme(folder)
        self.outlets = {outlet.key: outlet for outlet in read_outlets(folder)}
        self.articles = read_articles(folder)
        self.requests: list[tuple[str, int]] = []
        self._templates = open_templates(folder)
        self._clock = datetime.min.replace(tzinfo=UTC)
        self._root = ""

    @property
    def root(self) -> str:
        """The server's address without a trailing slash; empty while nothing is served."""
        return self._root

    @property
    def now(self) -> datetime:
        """The instant shown, in UTC."""
        return self._clock

    def set_clock(self, instant: datetime) -> None:
        """Let the newsroom stand as it stood at an instant (with zone)."""
        self._clock = instant.astimezone(UTC)

    def published(self, outlet: str) -> list[Article]:
        """Return what an outlet has published by the clock, oldest first."""
        return [a for a in self.articles if a.outlet == outlet and a.published <= self._clock]

    def answer(self, path: str) -> Answer | None:
        """Return what a path shows at the clock, or None where there is nothing (404)."""
        key, _, slug = path.strip("/").partition("/")
        if key == "robots.txt":
            return Answer(ROBOTS.encode(), "text/plain; charset=utf-8", self.articles[0].published)
        outlet = self.outlets.get(key)
        if outlet is None:
            return None
        if slug == "feed.xml":
            return self._feed(outlet)
        return self._page(outlet, slug) if slug else self._front_page(outlet)

    def _feed(self, outlet: Outlet) -> Answer:
        articles = self.published(outlet.key)
        changed = last_change(articles, self._clock)
        fault = self._fault(outlet)
        if fault == "html":
            return Answer(html_instead(outlet).encode(), "text/html; charset=utf-8", changed)
        xml = write_feed(outlet, articles, self._root, self._clock)
        body = break_feed(xml) if fault == "malformed" else xml
        return Answer(body.encode(), f"application/{outlet.feed}+xml; charset=utf-8", changed)

    def _fault(self, outlet: Outlet) -> str | None:
        today = self._clock.astimezone(self.programme.run_instant(self.programme.days[0]).tzinfo).date()
        faults = self.programme.faults
        return next((f.kind for f in faults if f.outlet == outlet.key and f.day == today), None)

    def _page(self, outlet: Outlet, slug: str) -> Answer | None:
        article = next((a for a in self.published(outlet.key) if a.slug == slug), None)
        if article is None or "missing" in article.flags:
            return None
        html = write_page(self._templates, outlet, article, self._root, self._clock)
        return Answer(html.encode(), "text/html; charset=utf-8", article.version_at(self._clock).since)

    def _front_page(self, outlet: Outlet) -> Answer:
        articles = self.published(outlet.key)
        html = write_front_page(outlet, articles, self._root)
        return Answer(html.encode(), "text/html; charset=utf-8", last_change(articles, self._clock))

    @contextmanager
    def serve(self, clock: datetime, port: int = DEFAULT_PORT) -> Iterator[Newsroom]:
        """Yield the newsroom while it answers on loopback; ``root`` tells where.

        Args:
            clock: the instant it starts at.
            port: the port wanted; any free one is taken where another program has it, or for 0.
        """
        self.set_clock(clock)
        server = _bind(self, port)
        self._root = f"http://{HOST}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            self._root = ""


def _bind(newsroom: Newsroom, port: int) -> ThreadingHTTPServer:
    handler = type("NewsroomHandler", (_Handler,), {"newsroom": newsroom})
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except OSError:
        return ThreadingHTTPServer((HOST, 0), handler)


class _Handler(BaseHTTPRequestHandler):
    newsroom: Newsroom
    protocol_version = "HTTP/1.1"
    server_version = "InventedNewsroom"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with what the newsroom shows at its clock: 200, 304 or 404."""
        answer = self.newsroom.answer(self.path.partition("?")[0])
        if answer is None:
            not_found = b"<!doctype html><title>404</title><h1>Page not found</h1>"
            self._send(404, not_found, {"Content-Type": "text/html; charset=utf-8"})
            return
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        stamp = format_datetime(answer.changed.astimezone(UTC), usegmt=True)
        headers = {"ETag": etag, "Last-Modified": stamp, "Content-Type": answer.media_type}
        if self._is_known(etag, answer.changed):
            self._send(304, b"", headers)
        else:
            self._send(200, answer.body, headers)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def _is_known(self, etag: str, changed: datetime) -> bool:
        """Return whether the client holds this answer already. An ETag rules (RFC 9110, 13.2.2)."""
        if tags := self.headers.get("If-None-Match"):
            return etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        since = self.headers.get("If-Modified-Since")
        return since is not None and changed.replace(microsecond=0) <= parsedate_to_datetime(since)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.newsroom.requests.append((self.path, status))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the newsroom's own clock for the Date header, so that answers do not vary."""
        return format_datetime(self.newsroom.now, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Write nothing: the run's own words go to standard error."""
