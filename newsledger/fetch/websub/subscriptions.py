"""The subscriptions at hubs and their leases.

They lie in a SQLite file of their own: the web application that hubs talk to runs beside the runs, and
while a run works nobody else can open the warehouse.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path

MISSES = 2
"""Polls that find what the hub did not bring before it counts as dead; one may have been quicker than it."""

ASKED, ACTIVE, REFUSED, DEAD, LEAVING = "asked", "active", "refused", "dead", "leaving"


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed at one hub.

    Attributes:
        feed_id: the feed.
        hub: the hub's address.
        topic: the feed's address as the hub knows it.
        callback: the last part of the address the hub calls: long, random, known to nobody else.
        secret: signs the pushes.
        state: ``asked``, ``active``, ``refused`` by the hub, ``dead`` (it does not push), or ``leaving``.
        asked_at: when the hub was last asked.
        lease_until: until when it pushes, or None before it has confirmed.
        lease_seconds: how long the lease was, for its renewal in time.
        pushed_at: the last push that was accepted, or None.
        pushes: pushes accepted.
        refusals: pushes with a wrong signature.
        misses: polls in a row that found what was not pushed.
        reason: why it was refused or is dead, or "".
    """

    feed_id: str
    hub: str
    topic: str
    callback: str
    secret: str
    state: str
    asked_at: datetime
    lease_until: datetime | None = None
    lease_seconds: float = 0.0
    pushed_at: datetime | None = None
    pushes: int = 0
    refusals: int = 0
    misses: int = 0
    reason: str = ""

    def is_pushing(self, now: datetime) -> bool:
        """Return whether the hub can be relied on now."""
        return self.state == ACTIVE and self.lease_until is not None and self.lease_until > now


_COLUMNS = [f.name for f in fields(Subscription)]
_INSTANTS = {"asked_at", "lease_until", "pushed_at"}


class Subscriptions:
    """All subscriptions of a project. Several threads and processes may have it open."""

    def __init__(self, path: Path) -> None:
        """Open the file, made where missing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._con = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        self._con.execute("PRAGMA journal_mode=WAL")
        columns = ", ".join(_COLUMNS)
        self._con.execute(f"CREATE TABLE IF NOT EXISTS subscriptions ({columns}, PRIMARY KEY (feed_id))")

    def close(self) -> None:
        """Close the file."""
        self._con.close()

    def all(self) -> list[Subscription]:
        """Return all subscriptions by feed."""
        return self._select("ORDER BY feed_id")

    def by_feed(self, feed_id: str) -> Subscription | None:
        """Return a feed's subscription, or None."""
        return next(iter(self._select("WHERE feed_id = ?", feed_id)), None)

    def by_callback(self, callback: str) -> Subscription | None:
        """Return the subscription a hub calls about, or None."""
        return next(iter(self._select("WHERE callback = ?", callback)), None)

    def put(self, subscription: Subscription) -> None:
        """Write a subscription; an earlier one of its feed is replaced."""
        values = [_plain(value) for value in asdict(subscription).values()]
        marks = ", ".join("?" * len(_COLUMNS))
        with self._lock:
            self._con.execute(f"INSERT OR REPLACE INTO subscriptions VALUES ({marks})", values)  # noqa: S608

    def remove(self, feed_id: str) -> None:
        """Forget a feed's subscription."""
        with self._lock:
            self._con.execute("DELETE FROM subscriptions WHERE feed_id = ?", [feed_id])

    def polled(self, feed_id: str, missed: int) -> None:
        """Take up that a poll found so many items the hub should have brought.

        After the second such poll the hub counts as dead and the feed is polled as if there were none.
        """
        held = self.by_feed(feed_id)
        if held is None or held.state != ACTIVE:
            return
        misses = held.misses + 1 if missed else 0
        if misses >= MISSES:
            words = f"{misses} polls in a row found items it had not pushed"
            self.put(replace(held, state=DEAD, misses=misses, reason=words))
        elif misses != held.misses:
            self.put(replace(held, misses=misses))

    def _select(self, rest: str, *values: str) -> list[Subscription]:
        with self._lock:
            rows = self._con.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM subscriptions {rest}",  # noqa: S608 - our own words
                values,
            ).fetchall()
        return [_subscription(row) for row in rows]


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _subscription(row: tuple[object, ...]) -> Subscription:
    values = {
        name: datetime.fromisoformat(str(value)) if name in _INSTANTS and value is not None else value
        for name, value in zip(_COLUMNS, row, strict=True)
    }
    return Subscription(**values)  # type: ignore[arg-type]
