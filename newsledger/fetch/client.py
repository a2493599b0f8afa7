"""The one way newsledger reaches the network."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from urllib.parse import urldefrag, urljoin, urlsplit

import httpcore
import httpx

from newsledger.fetch.connect import Deadline, Proxies, Resolver, RoutedTransport, resolve
from newsledger.fetch.hosts import Clock, Hosts, host_of, retry_after_seconds
from newsledger.fetch.inflate import ACCEPTED, Inflater
from newsledger.fetch.optouts import (
    TDMREP,
    Wish,
    header_wishes,
    in_force,
    meta_wishes,
    robots_wishes,
    tdmrep_wishes,
)
from newsledger.fetch.raw.archive import Archive
from newsledger.fetch.raw.journal import entry_of
from newsledger.fetch.response import FEED, FILE, PAGE, Hop, Response
from newsledger.fetch.robots import MAX_ROBOTS_BYTES, PRODUCT, Robots
from newsledger.fetch.site_files import SiteFiles
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Fetching
from schemas.host import OptOut

__all__ = ["FEED", "FEED_TYPES", "FILE", "PAGE", "PAGE_TYPES", "Client", "Clock", "Response", "user_agent"]

MAX_REDIRECTS = 10
"""Hops of one request; the Fetch standard allows 20, news sites need three."""
FEED_TYPES = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
)
PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.5"
MAX_ERROR_BYTES = 100_000
"""Decoded bytes kept of an error's body: it is looked at for the marks of a challenge and archived."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REST = frozenset({429, 503})
"""Answers that ask for rest (RFC 6585 4, RFC 9110 15.6.4)."""
_CHALLENGE = re.compile(
    rb"_cf_chl_opt|cf-challenge|challenge-platform/h|captcha-delivery\.com|px-captcha|distil_r_captcha"
    rb"|<title>\s*(?:just a moment|attention required|are you (?:a )?(?:human|robot)|pardon our interr)",
    re.IGNORECASE,
)


def user_agent(settings: Fetching) -> str:
    """Return the name newsledger goes by: software, version and, where configured, whom to write to."""
    try:
        number = version("newsledger")
    except PackageNotFoundError:
        number = "0"
    contact = settings.contact.strip() if settings.contact else ""
    return f"{PRODUCT}/{number} ({f'+{contact}; ' if contact else ''}news ledger, obeys robots.txt)"


class Client:
    """Fetches pages: verified TLS, one deadline, size limit, vetted addresses, robots.txt, spacing.

    Use it as a context manager. Several threads may share one; each request keeps its own deadline.

    Attributes:
        hosts: the manners towards each host, and their trouble.
        files: the robots.txt and tdmrep.json files met.
    """

    def __init__(
        self,
        settings: Fetching,
        *,
        clock: Clock | None = None,
        resolver: Resolver = resolve,
        archive: Archive | None = None,
    ) -> None:
        """Prepare a client; nothing is sent yet.

        Args:
            settings: limits and manners.
            clock: the time, replaceable in tests.
            resolver: names to addresses, replaceable in tests.
            archive: the raw store every answer is kept in, or None.
        """
        self._settings = settings
        self._clock = clock or Clock()
        self._deadline = Deadline(self._clock.monotonic)
        self._transport = RoutedTransport(
            resolver=resolver,
            deadline=self._deadline,
            allow_private=settings.allow_private_addresses,
            proxies=Proxies(settings.proxy),
            connections=settings.connections + 4,
            ca_file=settings.ca_file,
        )
        self._http = httpx.Client(
            transport=self._transport,
            timeout=httpx.Timeout(min(settings.timeout_seconds, settings.read_timeout_seconds)),
            headers={"user-agent": user_agent(settings), "accept-encoding": ACCEPTED},
        )
        self._archive = archive
        self.hosts = Hosts(settings, self._clock)
        self.files = SiteFiles(self._read_file, self._clock.now)
        self._robots = Robots(self.files)
        self._opt_outs: dict[tuple[str, str, str, str], OptOut] = {}
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

    @property
    def opt_outs(self) -> list[OptOut]:
        """The wishes about data mining and training that were met, each once."""
        with self._lock:
            return [self._opt_outs[key] for key in sorted(self._opt_outs)]

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps an address' site names in its robots.txt; none where it could not say."""
        rules = self._robots.known(url)
        return rules.sitemaps if rules else []

    def wishes_of(self, url: str) -> list[Wish]:
        """Return what an address' site says of data mining and training, in its two files; never raises."""
        rules = self._robots.known(url)
        file = self.files.get(urljoin(url, TDMREP))
        return [*(robots_wishes(rules, url) if rules else ()), *tdmrep_wishes(file.body, url)]

    def get(
        self,
        url: str,
        *,
        limit: int,
        accept: str = "*/*",
        etag: str | None = None,
        last_modified: str | None = None,
        kind: str = PAGE,
    ) -> Response:
        """Return the page at an address, or the news that it did not change.

        What a killed run had received already is returned as it came, once, without asking again.

        Args:
            url: an http or https address.
            limit: decoded bytes read at most.
            accept: the media types wanted.
            etag: validator of the copy held, or None.
            last_modified: the other validator, or None.
            kind: ``page`` (opt-outs are looked for), ``feed``, or ``file`` (robots.txt is not asked).

        Raises:
            FetchFailed: nothing usable came; ``reason`` says why.
        """
        headers = {"accept": accept}
        if etag:
            headers["if-none-match"] = etag
        if last_modified:
            headers["if-modified-since"] = last_modified
        if self._archive is None:
            return self._follow(url, headers, limit, kind)
        held = self._archive.take(url)
        return held if held is not None else self._get_noted(self._archive, url, headers, limit, kind)

    def post(self, url: str, form: Mapping[str, str]) -> Response:
        """Send a form and return the answer, whatever its status; redirects are not followed.

        Raises:
            FetchFailed: nothing answered, or the address may not be reached.
        """
        _refuse_odd_address(url)
        self._deadline.start(self._settings.timeout_seconds)
        request = self._http.build_request("POST", url, data=dict(form))
        return self._exchange(request, MAX_ERROR_BYTES)

    def _get_noted(
        self, archive: Archive, url: str, headers: dict[str, str], limit: int, kind: str
    ) -> Response:
        """Ask, and write down how it ended."""
        started = self._clock.now()
        try:
            answer = self._follow(url, headers, limit, kind)
        except FetchFailed as error:
            archive.note(entry_of(url, kind, error, started))
            raise
        archive.note(entry_of(url, kind, answer, started))
        return answer

    def _follow(self, url: str, headers: dict[str, str], limit: int, kind: str) -> Response:
        """Follow redirects by hand: each hop is checked like the first, all share one deadline.

        Cookies live for the length of one request: some sites send every newcomer in a circle for one.
        """
        self._deadline.start(self._settings.timeout_seconds)
        here, cookies = url, httpx.Cookies()
        hops: list[Hop] = []
        for _ in range(MAX_REDIRECTS + 1):
            _refuse_odd_address(here)
            if kind != FILE:
                self._obey_site(here, kind)
            request = self._http.build_request("GET", here, headers=headers)
            cookies.set_cookie_header(request)
            answer = self._exchange(request, limit, cookies, is_cut=kind == FILE)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                whole = replace(answer, hops=tuple(hops), redirected=here != url)
                return self._checked(whole, kind)
            hops.append(Hop(answer.status, here, _target(here, target)))
            here = hops[-1].target
        raise FetchFailed("redirects", f"more than {MAX_REDIRECTS} redirects", url=here)

    def _obey_site(self, url: str, kind: str) -> None:
        """Check robots.txt and, for pages, what the site says of mining; their files have own deadlines."""
        left = self._deadline.left()
        rules = self._robots.check(url)
        self.hosts.set_crawl_delay(host_of(url), rules.crawl_delay)
        if kind == PAGE:
            reserved = self.files.get(urljoin(url, TDMREP))
            file_says = list(tdmrep_wishes(reserved.body, url)) if reserved.body else []
            wishes = [*robots_wishes(rules, url), *file_says]
            self._obey(wishes, url, is_final=False)
        self._deadline.start(left)

    def _obey_page(self, answer: Response) -> None:
        """Check what a page itself says of mining and training."""
        own = [*header_wishes(answer.headers, PRODUCT), *meta_wishes(answer.body)]
        reserved = self.files.get(urljoin(answer.url, TDMREP))
        stated = list(tdmrep_wishes(reserved.body, answer.url)) if reserved.body else []
        self._obey([*own, *stated], answer.url, is_final=True)

    def _obey(self, wishes: list[Wish], url: str, *, is_final: bool) -> None:
        """Record wishes, and refuse the address where the settings say so.

        A reservation in the site's file is obeyed only once the page had its say, which goes before it.

        Raises:
            FetchFailed: "tdm reserved" or "ai opt-out".
        """
        chosen = {"tdm": self._settings.obey_tdm, "ai": self._settings.obey_ai}
        reasons = {"tdm": "tdm reserved", "ai": "ai opt-out"}
        for wish in in_force(wishes):
            if wish.kind == "tdm" and not is_final:
                continue
            met = OptOut(host_of(url), wish.kind, wish.source, wish.value, url, chosen[wish.kind])
            with self._lock:
                self._opt_outs.setdefault((met.host, met.kind, met.source, met.value), met)
            if chosen[wish.kind]:
                raise FetchFailed(reasons[wish.kind], f"{wish.source}: {wish.value}", url=url)

    def _exchange(
        self,
        request: httpx.Request,
        limit: int,
        cookies: httpx.Cookies | None = None,
        *,
        is_cut: bool = False,
    ) -> Response:
        """Send one request when the host's turn has come, keep the answer, take up how the host is."""
        url, left = str(request.url), self._deadline.left()
        host = host_of(url)
        self.hosts.enter(host)
        self._deadline.start(left)  # waiting for the turn does not count
        started = self._clock.now()
        if self._archive is not None:
            self._archive.asking(url, started)
        try:
            answer = self._send(request, limit, cookies, is_cut=is_cut)
        except FetchFailed as error:
            if error.is_unreachable and not error.url:
                self.hosts.unreachable(host)
            raise
        finally:
            self.hosts.leave(host)
        if answer.status in _REST:
            self.hosts.wants_rest(host, retry_after_seconds(answer.headers.get("retry-after"), started))
        else:
            self.hosts.answered(host)
        place = self._archive.keep(answer, started) if self._archive else None
        return replace(answer, fetched_at=started, place=place)

    def _send(
        self, request: httpx.Request, limit: int, cookies: httpx.Cookies | None, *, is_cut: bool
    ) -> Response:
        url = str(request.url)
        with _named_failures(url, self._transport, request) as answer:
            if cookies is not None and answer.status_code in _REDIRECTS:
                cookies.extract_cookies(answer)
            known = {name.lower(): value for name, value in answer.headers.items()}
            if answer.status_code in (204, 304) or answer.status_code in _REDIRECTS:
                return Response(url, answer.status_code, known, b"")
            if answer.status_code >= 400:
                return Response(url, answer.status_code, known, self._error_body(answer))
            return Response(url, answer.status_code, known, self._body(answer, limit, is_cut=is_cut))

    def _body(self, answer: httpx.Response, limit: int, *, is_cut: bool = False) -> bytes:
        inflater = Inflater(answer.headers.get("content-encoding", ""), limit, is_cut=is_cut)
        for piece in answer.iter_raw():
            self._deadline.left()
            inflater.feed(piece)
            if inflater.is_full:
                break
        return inflater.finish()

    def _error_body(self, answer: httpx.Response) -> bytes:
        """Return the beginning of an error's body. It is only looked at: the status is what counts."""
        try:
            return self._body(answer, MAX_ERROR_BYTES, is_cut=True)
        except (FetchFailed, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException):
            return b""

    def _checked(self, answer: Response, kind: str) -> Response:
        """Return an answer that is of use.

        Raises:
            FetchFailed: the status says that there is none, or the page's wishes forbid to read it.
        """
        if answer.status not in (200, 203, 304):
            raise _refused(answer, self._clock)
        if kind == PAGE and answer.status != 304:
            self._obey_page(answer)
        return answer

    def _read_file(self, url: str) -> bytes:
        headers = {"accept": "text/plain, application/json, */*;q=0.5"}
        if self._archive is None:
            return self._follow(url, headers, MAX_ROBOTS_BYTES, FILE).body
        return self._get_noted(self._archive, url, headers, MAX_ROBOTS_BYTES, FILE).body


def _refused(answer: Response, clock: Clock) -> FetchFailed:
    rest = (
        retry_after_seconds(answer.headers.get("retry-after"), clock.now())
        if answer.status in _REST
        else None
    )
    if answer.status in (401, 403, 429, 503) and (
        answer.headers.get("cf-mitigated") == "challenge" or _CHALLENGE.search(answer.body)
    ):
        words = f"{answer.url} asks for a proof of being human ({answer.status})"
        return FetchFailed("challenge", words, retry_after=rest, url=answer.url)
    words = f"{answer.url} answered {answer.status}"
    return FetchFailed(f"http {answer.status}", words, retry_after=rest, url=answer.url)


def _target(here: str, location: str) -> str:
    """Return where a redirect leads; its fragment is for people."""
    try:
        return urldefrag(urljoin(here, location.strip())).url
    except ValueError as error:
        raise FetchFailed("bad address", f"{location[:200]}: {error}") from error


def _refuse_odd_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        ok = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchFailed("bad address", f"{url[:200]}: {error}") from error
    if not ok:
        raise FetchFailed("bad address", f"{url[:200]} is no http or https address")


@contextmanager
def _named_failures(
    url: str, transport: httpx.BaseTransport, request: httpx.Request
) -> Iterator[httpx.Response]:
    """Yield the answer to a request; what the network library raises becomes one of our few reasons.

    The request goes to the transport as it is: redirects and cookies are followed by nobody but us.
    A failure that has an address happened after the answer began: the host itself is up.
    """
    where = ""
    answer: httpx.Response | None = None
    try:
        answer = transport.handle_request(request)
        answer.request = request
        where = url
        yield answer
    except FetchFailed as error:
        error.url = error.url or where
        raise
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise FetchFailed("timeout", type(error).__name__, url=where) from error
    except (httpcore.ProtocolError, httpx.ProtocolError) as error:
        raise FetchFailed(*_protocol_failure(str(error)), url=where) from error
    except (httpcore.NetworkError, httpcore.ProxyError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        is_tls = "SSL" in str(error) or "certificate" in str(error).lower()
        reason = "tls" if is_tls else "connection"
        raise FetchFailed(reason, str(error) or type(error).__name__, url=where) from error
    finally:
        if answer is not None:
            answer.close()


def _protocol_failure(words: str) -> tuple[str, str]:
    """Return reason and detail: a body cut short, a connection that closed, or no HTTP."""
    if "without sending complete message body" in words or "incomplete chunked read" in words:
        return "truncated body", words
    return ("connection" if "without sending a response" in words else "bad response"), words
