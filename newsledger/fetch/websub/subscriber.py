"""Ask hubs for their pushes, and ask again before a lease ends."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from newsledger.fetch.response import Response
from newsledger.fetch.trouble import FetchFailed
from newsledger.fetch.websub.subscriptions import (
    ACTIVE,
    ASKED,
    DEAD,
    LEAVING,
    REFUSED,
    Subscription,
    Subscriptions,
)

LEASE = timedelta(days=10)
"""What hubs are asked for; most give what is asked up to ten days."""
RENEW_BEFORE = 0.2
"""The share of a lease that is left when it is renewed."""
ASK_AGAIN = timedelta(days=1)
"""After a refusal, a dead hub, or a hub that did not answer."""
CONFIRM_WITHIN = timedelta(hours=1)
"""A hub that has not come back by then has forgotten us."""


class Poster(Protocol):
    """Sends forms: :class:`newsledger.fetch.client.Client` does."""

    def post(self, url: str, form: Mapping[str, str]) -> Response:
        """Send a form and return the answer."""
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed that can be subscribed to."""

    feed_id: str
    hub: str
    topic: str


class Subscriber:
    """Keeps the subscriptions of a project's feeds alive."""

    def __init__(
        self,
        store: Subscriptions,
        poster: Poster,
        callback_base: str,
        *,
        token: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        """Keep what is needed to ask.

        Args:
            store: the subscriptions.
            poster: sends the forms.
            callback_base: the public address of the receiver (``https://news.example/websub/``).
            token: makes the random part of callbacks, and secrets.
        """
        self._store = store
        self._poster = poster
        self._base = callback_base.rstrip("/") + "/"
        self._token = token

    def keep_up(self, wanted: Iterable[Wanted], now: datetime) -> list[Subscription]:
        """Ask for what is new, due for renewal or due for another try; leave what is wanted no more.

        Args:
            wanted: the feeds that name a hub.
            now: the present instant.

        Returns:
            The subscriptions the hubs were asked about.
        """
        listed = {want.feed_id: want for want in wanted}
        asked = []
        for want in listed.values():
            held = self._store.by_feed(want.feed_id)
            if held is None or (held.hub, held.topic) != (want.hub, want.topic) or _is_due(held, now):
                asked.append(self.subscribe(want, now))
        for held in self._store.all():
            if held.feed_id not in listed:
                self.leave(held, now)
        return asked

    def subscribe(self, want: Wanted, now: datetime) -> Subscription:
        """Ask a hub for a feed's pushes and return the subscription as it stands then.

        The hub confirms by calling the receiver, perhaps before it has answered here.
        """
        held = self._store.by_feed(want.feed_id)
        is_same = held is not None and (held.hub, held.topic) == (want.hub, want.topic)
        if held is None or not is_same:
            held = Subscription(
                want.feed_id, want.hub, want.topic, self._token(), self._token(), ASKED, now
            )  # fmt: skip
        state = ACTIVE if held.is_pushing(now) else ASKED
        self._store.put(replace(held, asked_at=now, state=state, misses=0, reason=""))
        reason = self._ask(held, "subscribe")
        current = self._store.by_feed(want.feed_id)
        assert current is not None, "written above"
        if reason and not current.is_pushing(now):
            current = replace(current, state=REFUSED, reason=reason)
            self._store.put(current)
        return current

    def leave(self, held: Subscription, now: datetime) -> None:
        """Ask a hub to stop; what it still pushes is not taken."""
        if held.state == LEAVING and now - held.asked_at > CONFIRM_WITHIN:
            self._store.remove(held.feed_id)
        elif held.state != LEAVING:
            self._store.put(replace(held, state=LEAVING, asked_at=now))
            self._ask(held, "unsubscribe")

    def _ask(self, held: Subscription, mode: str) -> str:
        """Return why a hub did not take a request, or ""."""
        form = {
            "hub.mode": mode,
            "hub.topic": held.topic,
            "hub.callback": self._base + held.callback,
            "hub.lease_seconds": str(int(LEASE.total_seconds())),
            "hub.secret": held.secret,
        }
        try:
            answer = self._poster.post(held.hub, form)
        except FetchFailed as error:
            return f"{error.reason}: {error.detail}"[:200]
        return "" if 200 <= answer.status < 300 else f"http {answer.status}"


def _is_due(held: Subscription, now: datetime) -> bool:
    """Return whether a hub is to be asked (again) about a subscription."""
    if held.state == ACTIVE and held.lease_until is not None:
        early = timedelta(seconds=held.lease_seconds * RENEW_BEFORE)
        recently = timedelta(seconds=min(held.lease_seconds * RENEW_BEFORE / 4, ASK_AGAIN.total_seconds()))
        return held.lease_until - early <= now and now - held.asked_at >= recently
    if held.state == ASKED:
        return now - held.asked_at >= CONFIRM_WITHIN
    return held.state in (REFUSED, DEAD, LEAVING) and now - held.asked_at >= ASK_AGAIN
