"""robots.txt by RFC 9309."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from newsledger.fetch.trouble import FetchFailed

MAX_ROBOTS_BYTES = 1_000_000
"""RFC 9309 2.5 asks for at least 500 KiB; a longer file counts as unreachable."""
GOOD_SECONDS = 86_400.0
"""RFC 9309 2.4: a cached file should not be used for more than a day."""
BAD_SECONDS = 600.0
"""A host that failed is asked again after ten minutes."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one host answered: rules, or why there are none."""

    until: float
    rules: Protego | None
    failure: FetchFailed | None


class Robots:
    """The robots.txt files of the hosts met so far."""

    def __init__(self, read: Callable[[str], bytes], monotonic: Callable[[], float]) -> None:
        """Keep a reader of addresses (it raises :class:`FetchFailed`) and a clock."""
        self._read = read
        self._monotonic = monotonic
        self._known: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def allow(self, url: str, agent: str) -> None:
        """Return when the address may be fetched by this user agent.

        Raises:
            FetchFailed: "robots" when the file forbids it or could not be served (5xx, RFC 9309
                2.3.1.4); the host's own failure ("timeout", "connection" ...) when it did not answer,
                for then the page would not have come either.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return  # refused as a bad address by the caller
        known = self._rules(f"{parts.scheme}://{parts.netloc}")
        if known.failure:
            raise FetchFailed(known.failure.reason, known.failure.detail)
        if known.rules is not None and not known.rules.can_fetch(url, agent):
            raise FetchFailed("robots", f"{parts.netloc}/robots.txt forbids {parts.path or '/'}")

    def _rules(self, origin: str) -> _Rules:
        with self._lock:
            known = self._known.get(origin)
        if known is None or known.until <= self._monotonic():
            known = self._ask(origin)
            with self._lock:
                self._known[origin] = known
        return known

    def _ask(self, origin: str) -> _Rules:
        try:
            body = self._read(f"{origin}/robots.txt")
        except FetchFailed as error:
            return self._unavailable(origin, error)
        rules = Protego.parse(body.decode("utf-8", errors="replace"))
        return _Rules(self._monotonic() + GOOD_SECONDS, rules, None)

    def _unavailable(self, origin: str, error: FetchFailed) -> _Rules:
        """Return free access for 4xx (RFC 9309 2.3.1.3), none for anything else."""
        if error.reason.startswith("http 4") and error.reason != "http 429":
            return _Rules(self._monotonic() + GOOD_SECONDS, None, None)
        if error.reason in ("redirects", "http 204"):
            return _Rules(self._monotonic() + GOOD_SECONDS, None, None)
        if error.reason in ("timeout", "connection", "tls", "address refused", "bad address"):
            failure = FetchFailed(error.reason, error.detail or f"{origin} did not answer")
        else:
            failure = FetchFailed("robots", f"{origin}/robots.txt: {error}")
        return _Rules(self._monotonic() + BAD_SECONDS, None, failure)
