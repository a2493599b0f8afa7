"""Connections that check the address they really reach, and that end with the request's deadline.

The host's name is resolved here and the socket goes to the address that was checked, so a name that
changes its address between check and connection (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from newsledger.fetch.trouble import FetchFailed
from schemas.errors import UsageError

Resolver = Callable[[str, int], list[str]]
"""Host name and port -> the addresses the name stands for, as text."""

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that carry an IPv4 address of their own (RFC 6052)."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host name, in the system's order, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Return whether an address is one of the open Internet.

    Private, loopback, link-local (cloud metadata among them), shared, multicast, reserved and
    unspecified addresses are not, nor are the IPv6 forms that lead to such an IPv4 address.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if ip.teredo is not None:
            return False
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_address(host: str) -> bool:
    """Return whether a host is an address itself, which the resolver only has to repeat."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Deadline(threading.local):
    """The instant at which the request of this thread must be over."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._end: float | None = None

    def start(self, seconds: float) -> None:
        """Begin a request that may take so many seconds, redirects included."""
        self._end = self._monotonic() + seconds

    def left(self, wanted: float | None = None) -> float:
        """Return the seconds left, at most those wanted.

        Raises:
            FetchFailed: "timeout" when none are left.
        """
        seconds = float("inf") if self._end is None else self._end - self._monotonic()
        if seconds <= 0:
            raise FetchFailed("timeout", "the deadline of the whole request has passed")
        return seconds if wanted is None else min(seconds, wanted)


class _Stream(httpcore.NetworkStream):
    """A socket whose every wait ends with the deadline, however slowly bytes drip in."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what arrives, at most ``max_bytes``."""
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close the socket."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the stream encrypted, under the same deadline."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's signature
        """Return what the socket knows of itself."""
        return self._inner.get_extra_info(info)


class VettingBackend(httpcore.NetworkBackend):
    """Opens sockets to checked addresses only."""

    def __init__(self, *, resolver: Resolver, allow_private: bool, deadline: Deadline) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()
        self._askers = _ASKERS

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers.

        Raises:
            FetchFailed: "address refused" when the name leads to no permitted address, "dns" when it
                leads nowhere, "timeout" when the deadline passed.
        """
        problem: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in self._vetted(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            return _Stream(stream, self._deadline)
        raise problem

    def _vetted(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolved(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchFailed("dns", f"{host} has no address: {error}") from error
        permitted = [a for a in addresses if self._allow_private or is_public(a)]
        if addresses and not permitted:
            raise FetchFailed("address refused", f"{host} leads to {addresses[0]}, which is not public")
        return permitted

    def _resolved(self, host: str, port: int) -> list[str]:
        """Return what the resolver says before the deadline; the system's has no time-out of its own."""
        seconds = self._deadline.left()
        if _is_address(host):
            return self._resolver(host, port)
        answers: Answers = Queue(1)
        self._askers.ask(self._resolver, host, port, answers)
        try:
            answer = answers.get(timeout=None if seconds == float("inf") else seconds)
        except Empty:
            raise FetchFailed("timeout", f"the name {host} was not resolved in time") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


Answers = Queue[list[str] | OSError | UnicodeError]


class _Askers:
    """Threads that ask the resolver. One that hangs is left to itself; another takes the next name."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[Resolver, str, int, Answers]] = SimpleQueue()
        self._idle = 0
        self._lock = threading.Lock()

    def ask(self, resolver: Resolver, host: str, port: int, answers: Answers) -> None:
        """Have a name resolved by a thread that is free, or by a new one."""
        with self._lock:
            is_free = self._idle > 0
            self._idle -= is_free
        if not is_free:
            threading.Thread(target=self._run, name="resolver", daemon=True).start()
        self._waiting.put((resolver, host, port, answers))

    def _run(self) -> None:
        while True:
            resolver, host, port, answers = self._waiting.get()
            try:
                answer: list[str] | OSError | UnicodeError = resolver(host, port)
            except (OSError, UnicodeError) as error:
                answer = error
            with self._lock:
                self._idle += 1
            answers.put(answer)


_ASKERS = _Askers()


class _Body(httpx.SyncByteStream):
    """A response body of httpcore as httpx wants it."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - httpcore promises an iterable with close()
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        """Give the connection back."""
        self._stream.close()


class VettingTransport(httpx.BaseTransport):
    """httpx over a connection pool that uses :class:`VettingBackend`. Certificates are verified."""

    def __init__(
        self,
        backend: httpcore.NetworkBackend,
        *,
        connections: int = 20,
        ca_file: str | None = None,
        proxy: httpx.Proxy | None = None,
    ) -> None:
        """Prepare a pool.

        Args:
            backend: opens the sockets.
            connections: sockets open at once, at most.
            ca_file: certificates of authorities trusted beside the known ones, in PEM, or None.
            proxy: the HTTP or SOCKS5 proxy every request goes through, or None.
        """
        trusted = httpx.create_ssl_context()
        if ca_file:
            trusted.load_verify_locations(ca_file)
        common: dict[str, Any] = {
            "ssl_context": trusted,
            "max_connections": connections,
            "max_keepalive_connections": connections // 2,
            "keepalive_expiry": 15.0,
            "http1": True,
            "http2": True,
            "network_backend": backend,
        }
        self._pool = _pool(proxy, common)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body is read by the caller, piece by piece."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=_plain_url(request.url),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close the connections that are still open."""
        self._pool.close()


def _pool(proxy: httpx.Proxy | None, common: dict[str, Any]) -> httpcore.ConnectionPool:
    """Return the connections, direct or through a proxy; a SOCKS proxy is given names, not addresses."""
    if proxy is None:
        return httpcore.ConnectionPool(**common)
    kind = httpcore.SOCKSProxy if proxy.url.scheme.startswith("socks5") else httpcore.HTTPProxy
    return kind(proxy_url=_plain_url(proxy.url), proxy_auth=proxy.raw_auth, **common)


def _proxy(address: str) -> httpx.Proxy:
    """Return a proxy to go through.

    Raises:
        UsageError: it is of a kind that is not known.
    """
    try:
        return httpx.Proxy(address)
    except ValueError as error:
        known = "known are http://, https:// and socks5://"
        raise UsageError(f"proxy {address!r} cannot be used: {known}") from error


def _plain_url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


class Proxies:
    """Which proxy a request goes through.

    Args:
        setting: an address (``http://proxy.example:3128``, ``socks5://localhost:1080``), ``environment`` for
            what ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` say, or None for no proxy.
    """

    def __init__(self, setting: str | None) -> None:
        self._found: dict[str, str] = {}
        self._is_environment = setting == "environment"
        if self._is_environment:
            self._found = {
                k: v for k, v in urllib.request.getproxies().items() if k in ("http", "https", "all")
            }
        elif setting:
            self._found = {"all": setting}

    @property
    def addresses(self) -> list[str]:
        """Every proxy that may be used, each once."""
        return list(dict.fromkeys(self._found.values()))

    def of(self, url: str) -> str | None:
        """Return the address of the proxy for an address, or None where it is asked directly."""
        parts = urlsplit(url)
        if self._is_environment and urllib.request.proxy_bypass(parts.hostname or ""):
            return None
        return self._found.get(parts.scheme) or self._found.get("all")


def vet_target(url: str, resolver: Resolver) -> None:
    """Refuse an address inside before it is handed to a proxy, which resolves the name itself.

    Weaker than a direct connection's check, which is why a proxy must be asked for: the proxy may see
    another address than we do. A name that only the proxy can resolve is left to it.

    Raises:
        FetchFailed: "address refused".
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        addresses = resolver(host, parts.port or (443 if parts.scheme == "https" else 80))
    except (OSError, UnicodeError):
        return
    if addresses and not any(is_public(address) for address in addresses):
        raise FetchFailed("address refused", f"{host} leads to {addresses[0]}, which is not public")


class RoutedTransport(httpx.BaseTransport):
    """Sends each request directly or through its proxy; addresses inside are refused on either way."""

    def __init__(
        self,
        *,
        resolver: Resolver,
        deadline: Deadline,
        allow_private: bool,
        proxies: Proxies,
        connections: int,
        ca_file: str | None,
    ) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._proxies = proxies
        backend = VettingBackend(resolver=resolver, allow_private=allow_private, deadline=deadline)
        self._direct = VettingTransport(backend, connections=connections, ca_file=ca_file)
        # The proxy itself was named by the user and usually stands inside.
        trusted = VettingBackend(resolver=resolver, allow_private=True, deadline=deadline)
        self._through = {
            address: VettingTransport(
                trusted, connections=connections, ca_file=ca_file, proxy=_proxy(address)
            )
            for address in proxies.addresses
        }

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request on its way."""
        url = str(request.url)
        proxy = self._proxies.of(url)
        if proxy is None:
            return self._direct.handle_request(request)
        if not self._allow_private:
            vet_target(url, self._resolver)
        return self._through[proxy].handle_request(request)

    def close(self) -> None:
        """Close the connections that are still open."""
        for transport in (self._direct, *self._through.values()):
            transport.close()
