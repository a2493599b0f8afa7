"""The one way newsledger reaches the network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from newsledger.fetch.connect import Deadline, Resolver, VettingBackend, VettingTransport, resolve
from newsledger.fetch.inflate import ACCEPTED, Inflater
from newsledger.fetch.robots import MAX_ROBOTS_BYTES, Robots
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Fetching

MAX_REDIRECTS = 10
"""Hops of one request; the Fetch standard allows 20, news sites need three."""
FEED_TYPES = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the client needs it: seconds that only grow, and a way to wait."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with a whole, decoded body.

    Attributes:
        url: the address that answered, after redirects.
        status: 200, or 304 when nothing changed since the validators sent.
        headers: names in lower case.
        body: the decoded bytes; empty for 304.
        redirected: whether another address answered than the one asked.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    redirected: bool = False

    @property
    def content_type(self) -> str | None:
        """The ``Content-Type`` header as sent, or None."""
        return self.headers.get("content-type")

    @property
    def is_not_modified(self) -> bool:
        """Whether the server says that nothing changed."""
        return self.status == 304


def user_agent(settings: Fetching) -> str:
    """Return the name newsledger goes by: software, version and, where configured, whom to write to."""
    try:
        number = version("newsledger")
    except PackageNotFoundError:
        number = "0"
    contact = settings.contact.strip() if settings.contact else ""
    return f"newsledger/{number} ({f'+{contact}; ' if contact else ''}news ledger, obeys robots.txt)"


class Client:
    """Fetches pages: verified TLS, one deadline, size limit, vetted addresses, robots.txt, spacing.

    Use it as a context manager. Several threads may share one; each request keeps its own deadline.
    """

    def __init__(
        self, settings: Fetching, *, clock: Clock | None = None, resolver: Resolver = resolve
    ) -> None:
        """Prepare a client; nothing is sent yet.

        Args:
            settings: limits and manners.
            clock: the time, replaceable in tests.
            resolver: names to addresses, replaceable in tests.
        """
        self._settings = settings
        self._clock = clock or Clock()
        self._deadline = Deadline(self._clock.monotonic)
        backend = VettingBackend(
            resolver=resolver, allow_private=settings.allow_private_addresses, deadline=self._deadline
        )
        self._http = httpx.Client(
            transport=VettingTransport(backend),
            timeout=httpx.Timeout(min(settings.timeout_seconds, 10.0)),
            headers={"user-agent": user_agent(settings), "accept-encoding": ACCEPTED},
        )
        self._robots = Robots(self._read_robots, self._clock.monotonic)
        self._next_start: dict[str, float] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are still open."""
        self._http.close()

    @property
    def settings(self) -> Fetching:
        """The limits and manners this client keeps."""
        return self._settings

    def get(
        self,
        url: str,
        *,
        limit: int,
        accept: str = "*/*",
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Response:
        """Return the page at an address, or the news that it did not change.

        Args:
            url: an http or https address.
            limit: decoded bytes read at most.
            accept: the media types wanted.
            etag: validator of the copy held, or None.
            last_modified: the other validator, or None.

        Raises:
            FetchFailed: nothing usable came; ``reason`` says why.
        """
        headers = {"accept": accept}
        if etag:
            headers["if-none-match"] = etag
        if last_modified:
            headers["if-modified-since"] = last_modified
        return self._follow(url, headers, limit, check_robots=True)

    def _follow(self, url: str, headers: dict[str, str], limit: int, *, check_robots: bool) -> Response:
        """Follow redirects by hand: each hop is checked like the first, all share one deadline."""
        self._deadline.start(self._settings.timeout_seconds)
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            _refuse_odd_address(here)
            if check_robots:
                self._obey_robots(here)
            self._wait_for(here)
            response = self._send(here, headers, limit)
            target = response.headers.get("location")
            if response.status not in _REDIRECTS or not target:
                return _checked(response, asked=url)
            here = urljoin(here, target)
        raise FetchFailed("redirects", f"more than {MAX_REDIRECTS} redirects")

    def _obey_robots(self, url: str) -> None:
        """Check robots.txt; fetching that file has a deadline of its own."""
        left = self._deadline.left()
        self._robots.allow(url, user_agent(self._settings))
        self._deadline.start(left)

    def _wait_for(self, url: str) -> None:
        """Wait until the host may be asked again; the wait does not count against the deadline."""
        host = urlsplit(url).netloc.lower()
        with self._lock:
            now = self._clock.monotonic()
            start = max(now, self._next_start.get(host, now))
            self._next_start[host] = start + self._settings.delay_seconds
        if start > now:
            left = self._deadline.left()
            self._clock.sleep(start - now)
            self._deadline.start(left)

    def _send(self, url: str, headers: dict[str, str], limit: int) -> Response:
        with (
            _named_failures(),
            self._http.stream("GET", url, headers=headers, follow_redirects=False) as answer,
        ):
            known = {name.lower(): value for name, value in answer.headers.items()}
            if answer.status_code in (204, 304) or answer.status_code in _REDIRECTS:
                return Response(url, answer.status_code, known, b"")
            return Response(url, answer.status_code, known, self._body(answer, limit))

    def _body(self, answer: httpx.Response, limit: int) -> bytes:
        if answer.status_code >= 400:
            return b""
        inflater = Inflater(answer.headers.get("content-encoding", ""), limit)
        for piece in answer.iter_raw():
            self._deadline.left()
            inflater.feed(piece)
        return inflater.finish()

    def _read_robots(self, url: str) -> bytes:
        headers = {"accept": "text/plain, */*;q=0.5"}
        return self._follow(url, headers, MAX_ROBOTS_BYTES, check_robots=False).body


def _refuse_odd_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        ok = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchFailed("bad address", f"{url}: {error}") from error
    if not ok:
        raise FetchFailed("bad address", f"{url} is no http or https address")


def _checked(response: Response, *, asked: str) -> Response:
    if response.status not in (200, 203, 304):
        raise FetchFailed(f"http {response.status}", f"{response.url} answered {response.status}")
    return Response(response.url, response.status, response.headers, response.body, response.url != asked)


@contextmanager
def _named_failures() -> Iterator[None]:
    """Turn what the network library raises into our few reasons."""
    try:
        yield
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise FetchFailed("timeout", type(error).__name__) from error
    except (httpcore.RemoteProtocolError, httpx.RemoteProtocolError) as error:
        is_cut = "without sending complete message body" in str(error)
        raise FetchFailed("truncated body" if is_cut else "connection", str(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL) as error:
        is_tls = "SSL" in str(error) or "certificate" in str(error).lower()
        raise FetchFailed("tls" if is_tls else "connection", str(error) or type(error).__name__) from error
