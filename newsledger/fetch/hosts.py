"""Manners towards hosts: how many requests at once, how far apart, and when to leave one alone."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from newsledger.fetch.trouble import FetchFailed
from schemas.config import Fetching
from schemas.host import HostRecord

MAX_CRAWL_DELAY = 120.0
"""Seconds; a longer Crawl-delay is taken for a ban in disguise or a mistake. Common Crawl's news crawler
draws the line there too."""
FIRST_BACK_OFF = 30.0
"""Seconds after a 429 or 503 that names no time; it doubles with each further one."""
MAX_BACK_OFF = 86_400.0
"""Seconds; longer waits named by a server are cut to a day, so that a mistake does not silence a feed."""
DOWN_SECONDS = 600.0
"""A host out of reach is left alone for ten minutes at first; that doubles up to six hours."""
MAX_DOWN_SECONDS = 21_600.0
DOWN_AFTER = 2
"""Failures in a row before a host counts as down: one may be an accident."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the network needs it: seconds that only grow, a way to wait, and the time of day."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _utc_now


def host_of(url: str) -> str:
    """Return the host an address belongs to (with its port where it is not the usual one)."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Return the seconds a ``Retry-After`` header asks to wait, or None where it says nothing.

    Both forms of RFC 9110 10.2.3 are read: a number of seconds and a date.
    """
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text), MAX_BACK_OFF)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max((when - now).total_seconds(), 0.0), MAX_BACK_OFF)


@dataclass(slots=True)
class _Host:
    """What is known of one host while a program runs; instants on the clock that only grows."""

    next_start: float = 0.0
    active: int = 0
    delay: float | None = None
    waits: int = 0
    wait_until: float = 0.0
    failures: int = 0
    down_until: float = 0.0
    is_changed: bool = False


@dataclass
class Hosts:
    """The hosts met so far. Several threads share one.

    Attributes:
        settings: delay and concurrency.
        clock: the time.
    """

    settings: Fetching
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self._known: dict[str, _Host] = defaultdict(_Host)
        self._lock = threading.Condition()

    def remember(self, records: Iterable[HostRecord]) -> None:
        """Take up what an earlier run knew: hosts to leave alone, and when each was last asked."""
        now, clock = self.clock.now(), self.clock.monotonic()
        for record in records:
            host = self._known[record.host]
            host.failures, host.waits, host.delay = record.failures, record.back_offs, record.crawl_delay
            if record.down_until and record.down_until > now:
                host.down_until = clock + (record.down_until - now).total_seconds()
            if record.back_off_until and record.back_off_until > now:
                host.wait_until = clock + (record.back_off_until - now).total_seconds()

    def asked_at(self, host: str, when: datetime) -> None:
        """Take up that a host was asked at an instant, so that the next request keeps its distance."""
        ago = (self.clock.now() - when).total_seconds()
        with self._lock:
            known = self._known[host]
            known.next_start = max(known.next_start, self.clock.monotonic() - ago + self._spacing(known))

    def records(self) -> list[HostRecord]:
        """Return what is worth keeping for the next run, by host."""
        now, clock = self.clock.now(), self.clock.monotonic()

        def at(until: float) -> datetime | None:
            """Return an instant of the growing clock as one of the day."""
            return now + timedelta(seconds=until - clock) if until > clock else None

        with self._lock:
            return [
                HostRecord(name, h.failures, at(h.down_until), h.waits, at(h.wait_until), h.delay)
                for name, h in sorted(self._known.items())
                if h.is_changed
            ]

    def set_crawl_delay(self, host: str, seconds: float | None) -> None:
        """Keep the ``Crawl-delay`` a site's robots.txt asks for, as far as it is credible."""
        with self._lock:
            known = self._known[host]
            wanted = min(seconds, MAX_CRAWL_DELAY) if seconds and seconds > 0 else None
            known.is_changed = known.is_changed or known.delay != wanted
            known.delay = wanted

    def ready_in(self, host: str) -> float:
        """Return the seconds until a host may be asked, infinity while too many requests run there."""
        with self._lock:
            known = self._known[host]
            if known.active >= self.settings.requests_per_host:
                return float("inf")  # nobody knows when
            return max(known.next_start, known.wait_until) - self.clock.monotonic()

    def spacing(self, host: str) -> float:
        """Return the seconds between the starts of two requests to a host."""
        with self._lock:
            return self._spacing(self._known[host])

    def is_suspect(self, host: str) -> bool:
        """Return whether a host failed or asked for rest lately: others go first."""
        known = self._known.get(host)
        return known is not None and (known.failures > 0 or known.waits > 0)

    def enter(self, host: str) -> float:
        """Wait for a host's turn and take it; return the seconds waited. :meth:`leave` gives it back.

        Raises:
            FetchFailed: "backing off" or "host down" when the wait would be longer than is worth it.
        """
        waited = 0.0
        while True:
            with self._lock:
                known = self._known[host]
                now = self.clock.monotonic()
                self._refuse_long_waits(host, known, now)
                wait = max(known.next_start, known.wait_until) - now
                if wait <= 0 and known.active < self.settings.requests_per_host:
                    known.active += 1
                    known.next_start = now + self._spacing(known)
                    return waited
                if wait <= 0:  # too many at once: whoever leaves wakes us
                    self._lock.wait()
                    waited += self.clock.monotonic() - now
                    continue
            self.clock.sleep(wait)
            waited += wait

    def leave(self, host: str) -> None:
        """Give a host's turn back."""
        with self._lock:
            self._known[host].active -= 1
            self._lock.notify_all()

    def answered(self, host: str) -> None:
        """Take up that a host is well: it answered, and not with a wish to be left alone."""
        with self._lock:
            known = self._known[host]
            if known.failures or known.waits:
                known.failures = known.waits = 0
                known.down_until = known.wait_until = 0.0
                known.is_changed = True

    def wants_rest(self, host: str, seconds: float | None) -> float:
        """Take up a 429 or 503; return the seconds for which the host is left alone.

        Args:
            host: the host.
            seconds: what it asked for in ``Retry-After``, or None.
        """
        with self._lock:
            known = self._known[host]
            own = min(FIRST_BACK_OFF * 2.0**known.waits, MAX_BACK_OFF)
            rest = own if seconds is None else min(max(seconds, self._spacing(known)), MAX_BACK_OFF)
            known.waits = min(known.waits + 1, 12)
            known.wait_until = max(known.wait_until, self.clock.monotonic() + rest)
            known.is_changed = True
            return rest

    def unreachable(self, host: str) -> None:
        """Take up that a host did not answer; after the second time in a row it is left alone."""
        with self._lock:
            known = self._known[host]
            known.failures += 1
            known.is_changed = True
            if known.failures >= DOWN_AFTER:
                rest = min(DOWN_SECONDS * 2.0 ** min(known.failures - DOWN_AFTER, 10), MAX_DOWN_SECONDS)
                known.down_until = self.clock.monotonic() + rest

    def _spacing(self, known: _Host) -> float:
        return max(self.settings.delay_seconds, known.delay or 0.0)

    def _refuse_long_waits(self, host: str, known: _Host, now: float) -> None:
        if known.down_until > now:
            seconds = known.down_until - now
            raise FetchFailed("host down", f"{host} was out of reach, asked again in {seconds:.0f} s")
        if known.wait_until - now > self.settings.patience_seconds:
            seconds = known.wait_until - now
            raise FetchFailed(
                "backing off", f"{host} asked for rest, {seconds:.0f} s of it", retry_after=seconds
            )
