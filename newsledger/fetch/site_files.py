"""Files about a whole site, robots.txt for one: asked for once a day, whoever wants to know."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from newsledger.fetch.trouble import FetchFailed
from schemas.host import SiteFile

GOOD = timedelta(days=1)
"""RFC 9309 2.4: a cached file should not be used for more than a day."""
BAD = timedelta(minutes=10)
"""A host that could not answer is asked again after ten minutes."""
MAX_KEPT = 100_000
"""Characters of a file kept for the next run; a longer one is asked for again."""


class SiteFiles:
    """The site files met so far, by address. Several threads share one; none is asked for twice at once."""

    def __init__(self, read: Callable[[str], bytes], now: Callable[[], datetime]) -> None:
        """Keep a reader of addresses (it raises :class:`FetchFailed`) and a clock."""
        self._read = read
        self._now = now
        self._known: dict[str, SiteFile] = {}
        self._fresh: set[str] = set()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._guard = threading.Lock()

    def remember(self, files: Iterable[SiteFile]) -> None:
        """Take up the files an earlier run read."""
        self._known.update({file.url: file for file in files})

    def read_now(self) -> list[SiteFile]:
        """Return the files read since the start, for the next run to remember, by address."""
        with self._guard:
            found = [self._known[url] for url in sorted(self._fresh)]
        return [file for file in found if len(file.body) <= MAX_KEPT]

    def get(self, url: str) -> SiteFile:
        """Return the file at an address, from memory where that is fresh enough."""
        known = self._known.get(url)
        if known is not None and self._holds(known):
            return known
        with self._guard:
            lock = self._locks[url]
        with lock:
            known = self._known.get(url)
            if known is None or not self._holds(known):
                known = self._ask(url)
            return known

    def _holds(self, file: SiteFile) -> bool:
        is_answer = not file.reason or is_absent(file)
        return self._now() - file.fetched_at < (GOOD if is_answer else BAD)

    def _ask(self, url: str) -> SiteFile:
        try:
            file = SiteFile(url, self._now(), "", self._read(url).decode("utf-8", errors="replace"))
        except FetchFailed as error:
            file = SiteFile(url, self._now(), error.reason)
        with self._guard:
            self._known[url] = file
            self._fresh.add(url)
        return file


def is_absent(file: SiteFile) -> bool:
    """Return whether the site answered and has no such file.

    4xx is "unavailable" by RFC 9309 2.3.1.3, more redirects than are followed too (2.3.1.2); 429 is none
    of it: the server said "not now".
    """
    is_4xx = file.reason.startswith("http 4") and file.reason not in ("http 429", "http 408")
    return is_4xx or file.reason in ("redirects", "http 204", "challenge")
