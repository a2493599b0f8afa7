"""The web application that hubs talk to: it confirms subscriptions and takes pushes.

A push is put into the raw store before the hub is thanked; the next run reads it from there as if it had
been polled. Nothing here opens the warehouse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from newsledger.fetch.raw.archive import keep_push
from newsledger.fetch.response import Response
from newsledger.fetch.websub.signature import is_signed
from newsledger.fetch.websub.subscriptions import ACTIVE, LEAVING, REFUSED, Subscription, Subscriptions

MAX_PUSH_BYTES = 15_000_000
"""A push is a feed, and may be as large."""
LEAST_LEASE = 60.0
"""Seconds; a hub that names less is taken to mean this."""
_KEPT = ("content-type", "content-length", "link", "date")
"""Headers of a push that go into the raw store; the signature is not among them."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Receiver:
    """Answers hubs. :attr:`app` is the application, for any ASGI server."""

    def __init__(
        self,
        store: Subscriptions,
        raw: Path,
        *,
        prefix: str = "/websub",
        now: Callable[[], datetime] = _utc_now,
        on_push: Callable[[str], None] = lambda feed_id: None,
        max_bytes: int = MAX_PUSH_BYTES,
    ) -> None:
        """Keep what is needed to answer.

        Args:
            store: the subscriptions.
            raw: the folder of the raw stores.
            prefix: the path in front of the callbacks.
            now: the time.
            on_push: told the feed of each push that was taken, when it is safely stored.
            max_bytes: the largest push taken.
        """
        self._store = store
        self._raw = raw
        self._now = now
        self._on_push = on_push
        self._max_bytes = max_bytes
        path = prefix.rstrip("/") + "/{callback}"
        self.app = Starlette(
            routes=[
                Route(path, self._confirm, methods=["GET"]),
                Route(path, self._take, methods=["POST"]),
            ]
        )

    async def _confirm(self, request: Request) -> PlainTextResponse:
        held = self._store.by_callback(str(request.path_params["callback"]))
        asked = request.query_params
        mode, topic = asked.get("hub.mode", ""), asked.get("hub.topic", "")
        if held is None or topic != held.topic:
            return PlainTextResponse("no such subscription", 404)
        if mode == "denied":
            self._store.put(replace(held, state=REFUSED, reason=asked.get("hub.reason", "denied")[:200]))
            return PlainTextResponse("noted")
        challenge = asked.get("hub.challenge", "")
        if not challenge or (mode == "subscribe") == (held.state == LEAVING):
            return PlainTextResponse("that was not asked for", 404)
        if mode == "subscribe":
            self._store.put(self._confirmed(held, asked.get("hub.lease_seconds", "")))
        elif mode == "unsubscribe":
            self._store.remove(held.feed_id)
        else:
            return PlainTextResponse("no such mode", 404)
        return PlainTextResponse(challenge)

    def _confirmed(self, held: Subscription, lease: str) -> Subscription:
        seconds = max(float(lease), LEAST_LEASE) if lease.isascii() and lease.isdigit() else 864_000.0
        until = self._now() + timedelta(seconds=seconds)
        return replace(held, state=ACTIVE, lease_until=until, lease_seconds=seconds, misses=0, reason="")

    async def _take(self, request: Request) -> PlainTextResponse:
        held = self._store.by_callback(str(request.path_params["callback"]))
        if held is None or held.state == LEAVING:
            return PlainTextResponse("no such subscription", 410)  # hubs stop at that (WebSub, 7)
        body = await self._body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        # A wrong signature is answered like a right one: whoever guesses learns nothing (WebSub, 8.1).
        if is_signed(body, request.headers.get("x-hub-signature"), held.secret):
            await run_in_threadpool(self._store_push, held, request, body)
        else:
            self._store.put(replace(held, refusals=held.refusals + 1))
        return PlainTextResponse("taken", 202)

    async def _body(self, request: Request) -> bytes | None:
        """Return a push's body, or None where it is larger than a feed may be."""
        body = bytearray()
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > self._max_bytes:
                    return None
        except ClientDisconnect:
            return b""
        return bytes(body)

    def _store_push(self, held: Subscription, request: Request, body: bytes) -> None:
        now = self._now()
        headers = {name: request.headers[name] for name in _KEPT if name in request.headers}
        keep_push(self._raw, Response(held.topic, 200, headers, body), held.feed_id, now)
        fresh = self._store.by_callback(held.callback) or held
        self._store.put(replace(fresh, pushed_at=now, pushes=fresh.pushes + 1))
        self._on_push(held.feed_id)
