"""The web application of ``serve``: editions as files, the receiver of pushes, health and metrics."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

WEBSUB = "/websub"
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
"""Sent with everything: a page of an edition asks nobody else for anything, and is nobody's frame."""


def web_app(
    *,
    editions: Path,
    snapshot: Path | None,
    receiver: ASGIApp | None,
    health: Callable[[], dict[str, object]],
    metrics: Callable[[], bytes],
) -> ASGIApp:
    """Return the application.

    Args:
        editions: the folder of the editions, served at ``/``; only this folder is.
        snapshot: the published DuckDB file, served as ``/newsledger.duckdb``, or None.
        receiver: the application for hubs, at ``/websub``, or None.
        health: what ``/healthz`` says; its ``ok`` decides between 200 and 503.
        metrics: what ``/metrics`` says, in the text format of Prometheus.
    """

    async def _healthz(_: Request) -> JSONResponse:
        told = health()
        return JSONResponse(told, 200 if told.get("ok") else 503)

    def _measured(_: Request) -> Response:
        return PlainTextResponse(metrics(), media_type="text/plain; version=0.0.4")

    def _database(_: Request) -> Response:
        if snapshot is None or not snapshot.exists():
            return PlainTextResponse("nothing was published yet", 404)
        return FileResponse(snapshot, media_type="application/vnd.duckdb")

    def _home(_: Request) -> Response:
        return _front(editions)

    routes: list[BaseRoute] = [
        Route("/healthz", _healthz),
        Route("/metrics", _measured),
        Route("/newsledger.duckdb", _database),
        Route("/", _home),
    ]
    if receiver is not None:
        routes.append(Mount(WEBSUB, receiver))
    editions.mkdir(parents=True, exist_ok=True)
    routes.append(Mount("/", StaticFiles(directory=editions, html=True, follow_symlink=True)))
    return _with_headers(Starlette(routes=routes))


def _front(editions: Path) -> Response:
    """Return the front page: the list of editions, or the news that there is none yet."""
    page = editions / "index.html"
    if page.exists():
        return FileResponse(page)
    return PlainTextResponse("No edition yet: the first one appears here when a run has published it.\n")


def _with_headers(app: ASGIApp) -> ASGIApp:
    async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def _sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await app(scope, receive, _sent)

    return _answer
