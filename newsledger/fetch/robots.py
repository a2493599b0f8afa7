"""robots.txt by RFC 9309."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from protego import Protego

from newsledger.fetch.site_files import SiteFiles, is_absent
from newsledger.fetch.trouble import UNREACHABLE, FetchFailed
from schemas.host import SiteFile

MAX_ROBOTS_BYTES = 512_000
"""RFC 9309 2.5 asks for at least 500 KiB; what a longer file says after that is not read."""
PRODUCT = "newsledger"
"""The product token rules are matched with (RFC 9309 2.2.1); contact and version are none of it."""
_NAMED = re.compile(r"^[ \t]*user-agent[ \t]*:[ \t]*([^\s#/]+)", re.IGNORECASE | re.MULTILINE)
_OUTAGES = UNREACHABLE | {"host down", "backing off", "address refused", "bad address", "bad response"}


@dataclass(frozen=True, slots=True)
class Rules:
    """The robots.txt of one origin, read.

    Attributes:
        fetched_at: when it was asked for.
        text: the file, "" where the site has none.
        parsed: its rules, or None where there are none.
        named: the product tokens it names, in lower case.
    """

    fetched_at: datetime
    text: str
    parsed: Protego | None
    named: frozenset[str]

    def allows(self, url: str, product: str = PRODUCT) -> bool:
        """Return whether a crawler with this product token may read an address."""
        return self.parsed is None or bool(self.parsed.can_fetch(url, self._group(product)))

    def _group(self, product: str) -> str:
        """Return the name of the group that counts for a product.

        A group counts when it names the whole token (RFC 9309 2.2.1); the parser alone would let ``news``
        speak for ``newsledger``.
        """
        return product if product.lower() in self.named else "*"

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests that are asked for, or None."""
        if self.parsed is None:
            return None
        delay = self.parsed.crawl_delay(self._group(PRODUCT))
        rate = self.parsed.request_rate(self._group(PRODUCT))
        wanted = [float(delay)] if delay else []
        if rate is not None and rate.requests:
            wanted.append(rate.seconds / rate.requests)
        return max(wanted, default=None)

    @property
    def sitemaps(self) -> list[str]:
        """The addresses of the sitemaps the file names."""
        return [] if self.parsed is None else list(self.parsed.sitemaps)


class Robots:
    """The robots.txt files of the hosts met so far."""

    def __init__(self, files: SiteFiles) -> None:
        """Read the files through a cache."""
        self._files = files
        self._parsed: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def check(self, url: str) -> Rules:
        """Return the rules of an address' site when it may be fetched.

        Raises:
            FetchFailed: "robots" when the file forbids it or could not be served (5xx, RFC 9309
                2.3.1.4); the host's own failure ("timeout", "connection" ...) when it did not answer,
                for then the page would not have come either.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        file = self._files.get(f"{origin}/robots.txt")
        if file.reason and not is_absent(file):
            raise _unavailable(origin, file)
        rules = self._rules(file)
        if not rules.allows(url):
            raise FetchFailed("robots", f"{parts.netloc}/robots.txt forbids {parts.path or '/'}")
        return rules

    def known(self, url: str) -> Rules | None:
        """Return the rules of an address' site, or None where it could not say; never raises."""
        parts = urlsplit(url)
        file = self._files.get(f"{parts.scheme}://{parts.netloc}/robots.txt")
        return None if file.reason and not is_absent(file) else self._rules(file)

    def _rules(self, file: SiteFile) -> Rules:
        known = self._parsed.get(file.url)
        if known is None or known.fetched_at != file.fetched_at:
            named = frozenset(name.lower() for name in _NAMED.findall(file.body))
            known = Rules(
                file.fetched_at, file.body, Protego.parse(file.body) if file.body.strip() else None, named
            )
            with self._lock:
                self._parsed[file.url] = known
        return known


def _unavailable(origin: str, file: SiteFile) -> FetchFailed:
    if file.reason in _OUTAGES:
        return FetchFailed(file.reason, f"{origin}/robots.txt: the host did not answer")
    return FetchFailed("robots", f"{origin}/robots.txt: {file.reason}")
