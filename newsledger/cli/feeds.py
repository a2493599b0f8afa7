"""``newsledger feeds list|check|quarantine|retry``: how the feeds are, and what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, ProjectOption, Row, emit
from schemas.errors import ExitCode, UsageError

if TYPE_CHECKING:
    import duckdb

    from newsledger.fetch.client import Client
    from newsledger.fetch.poll import Polled
    from newsledger.fetch.response import Response
    from newsledger.fetch.trouble import FetchFailed
    from schemas.config import Feed
    from schemas.feed_state import FeedState

LIST_COLUMNS = [
    "feed", "outlet", "state", "polled", "next", "minutes", "failures", "known", "losses", "push", "reason",
]  # fmt: skip
CHECK_COLUMNS = ["feed", "ok", "items", "newest", "charset", "seconds", "address", "said"]
QUARANTINE_COLUMNS = ["item", "feed", "state", "reason", "tries", "first", "next"]


def feeds_list(*, project: ProjectOption = Path(), form: FormatOption = "table") -> int:
    """Show every feed of the project: when it was polled, when it is due, how it is.

    States: `new` (never polled), `well`, `silent` (answers, but has brought nothing for three times its
    usual gap), `failing`, `retired` (gone for good; `newsledger run --all` asks once more). `losses` counts
    polls that saw new entries only, so that some were probably missed; `known` is the share of entries that
    were known at the last poll that had any.
    """
    from flows.project import open_project  # noqa: PLC0415 - loads pydantic

    opened = open_project(project)
    with _known(project) as con:
        states = _states(con)
    pushed = _pushed(opened.subscriptions)
    rows = [_listed(feed, states.get(feed.id), pushed.get(feed.id, "")) for feed in opened.feeds]
    emit(rows, LIST_COLUMNS, form)
    return ExitCode.OK


@contextmanager
def _known(project: Path) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Yield the snapshot, or None where nothing was published yet or it knows no feeds."""
    from newsledger.cli.snapshot import open_snapshot  # noqa: PLC0415
    from warehouse.feeds import knows_feeds  # noqa: PLC0415 - loads DuckDB

    try:
        with open_snapshot(project) as con:
            yield con if knows_feeds(con) else None
    except UsageError:
        yield None


def _states(con: duckdb.DuckDBPyConnection | None) -> dict[str, FeedState]:
    from warehouse.feeds import feed_states  # noqa: PLC0415 - loads DuckDB

    return feed_states(con) if con is not None else {}


def _pushed(path: Path) -> dict[str, str]:
    """Return the state of each feed's subscription at its hub."""
    from newsledger.fetch.websub.subscriptions import Subscriptions  # noqa: PLC0415

    if not path.exists():
        return {}
    store = Subscriptions(path)
    try:
        now = datetime.now(UTC)
        return {s.feed_id: "pushing" if s.is_pushing(now) else s.state for s in store.all()}
    finally:
        store.close()


def _listed(feed: Feed, state: FeedState | None, push: str) -> Row:
    blank: dict[str, object] = dict.fromkeys(LIST_COLUMNS)
    if state is None or state.url != str(feed.url):
        return {**blank, "feed": feed.id, "outlet": feed.outlet, "state": "new"}
    moved = f"moved to {state.moved_to}" if state.moved_to else ""
    if state.address != state.url:
        moved = f"read at {state.address}"
    return {
        "feed": feed.id,
        "outlet": feed.outlet,
        "state": state.condition,
        "polled": _minute(state.polled_at),
        "next": _minute(state.next_poll_at),
        "minutes": round(state.interval_seconds / 60),
        "failures": state.failures,
        "known": None if state.known_share is None else round(state.known_share, 2),
        "losses": state.losses,
        "push": push or ("offered" if state.hub else ""),
        "reason": "; ".join(part for part in (state.reason, moved) if part),
    }


def _minute(when: datetime | None) -> str | None:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ") if when is not None else None


def feeds_check(
    names: Annotated[
        list[str] | None,
        Parameter(help="ids of feeds, or addresses; all of the project's if none", negative=""),
    ] = None,
    /,
    *,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Ask feeds now and show what they answer; nothing is stored. Leaves with 4 when one fails.

    Shows entries, the newest, charset, seconds, the address that answered, and what the feed says of itself:
    a new address, the pause it asks for, its hub, its site's wishes about data mining and training.
    """
    feeds = _chosen(project, names or [])
    from flows.project import read_settings  # noqa: PLC0415
    from newsledger.fetch.client import Client  # noqa: PLC0415

    with Client(read_settings(project).fetching) as client:
        rows = _checked(feeds, client)
    emit(rows, CHECK_COLUMNS, form)
    return ExitCode.OK if all(row["ok"] == "yes" for row in rows) else ExitCode.DEGRADED


def _chosen(project: Path, names: list[str]) -> list[Feed]:
    from difflib import get_close_matches  # noqa: PLC0415

    from flows.project import open_project  # noqa: PLC0415
    from schemas.config import Feed  # noqa: PLC0415

    held = {feed.id: feed for feed in open_project(project).feeds}
    chosen: list[Feed] = []
    for name in names:
        if name.startswith(("http://", "https://")):
            chosen.append(
                Feed.model_validate({"id": f"address-{len(chosen) + 1}", "url": name, "outlet": name})
            )
        elif name in held:
            chosen.append(held[name])
        else:
            near = get_close_matches(name, held, n=1)
            guess = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"feeds.yml: no feed {name!r}{guess}", hint="newsledger feeds list")
    return chosen or list(held.values())


def _checked(feeds: list[Feed], client: Client) -> list[Row]:
    """Return a line for each feed, in their order; all are asked at once, as politely as in a run."""
    from random import Random  # noqa: PLC0415
    from time import monotonic  # noqa: PLC0415

    from newsledger.fetch.fleet import fetch_all  # noqa: PLC0415
    from newsledger.fetch.poll import ask, read_answer  # noqa: PLC0415

    now = datetime.now(UTC)

    def timed(feed: Feed) -> tuple[Response | FetchFailed, float]:
        """Return a feed's answer and the seconds it took."""
        started = monotonic()
        return ask(feed, client, None, now), monotonic() - started

    workers = client.settings.connections
    order = Random()  # noqa: S311 - the order of requests
    answers = fetch_all(
        feeds, timed, url_of=lambda f: str(f.url), hosts=client.hosts, workers=workers, random=order
    )
    rows: dict[int, Row] = {}
    for number, (answer, seconds) in answers:
        polled = read_answer(feeds[number], answer, None, now, client)
        rows[number] = _check_row(feeds[number], polled, answer, seconds, client)
    return [rows[number] for number in range(len(feeds))]


def _check_row(
    feed: Feed, polled: Polled, answer: Response | FetchFailed, seconds: float, client: Client
) -> Row:
    from newsledger.fetch.trouble import FetchFailed  # noqa: PLC0415

    dates = [item.published_at for item in polled.items if item.published_at is not None]
    answered = None if isinstance(answer, FetchFailed) else answer
    decoded = answered.decoded() if answered is not None else None
    address = answered.url if answered is not None else str(feed.url)
    return {
        "feed": feed.id,
        "ok": "no" if polled.poll.status == "failed" else "yes",
        "items": polled.poll.items_seen,
        "newest": _minute(max(dates, default=None)),
        "charset": f"{decoded.charset} ({decoded.source})" if decoded is not None else None,
        "seconds": round(seconds, 2),
        "address": address,
        "said": "; ".join(_said(polled, client, address)),
    }


def _said(polled: Polled, client: Client, address: str) -> Iterator[str]:
    poll = polled.poll
    if poll.reason:
        yield f"{poll.reason}: {poll.detail}" if poll.detail else poll.reason
    if polled.moved_to:
        yield f"moved for good to {polled.moved_to}"
    if polled.hint_seconds:
        yield f"asks for {polled.hint_seconds / 60:.0f} minutes between polls"
    if polled.hub:
        yield f"hub {polled.hub}"
    for wish in client.wishes_of(address):
        yield f"{wish.kind} opt-out in {wish.source}: {wish.value}"


def quarantine_(*, project: ProjectOption = Path(), form: FormatOption = "table") -> int:
    """Show the articles that could not be read: why, how often they were tried, when they are tried again."""
    from warehouse.feeds import quarantine  # noqa: PLC0415 - loads DuckDB

    with _known(project) as con:
        held = quarantine(con) if con is not None else []
    rows: list[Row] = [
        {
            "item": q.item,
            "feed": q.feed_id,
            "state": q.state,
            "reason": q.reason,
            "tries": q.tries,
            "first": _minute(q.first_at),
            "next": _minute(q.next_at),
        }
        for q in held
    ]
    emit(rows, QUARANTINE_COLUMNS, form)
    return ExitCode.OK


def retry_(
    items: Annotated[
        list[str] | None, Parameter(help="addresses of articles; all of the quarantine if none", negative="")
    ] = None,
    /,
    *,
    project: ProjectOption = Path(),
) -> int:
    """Have the next run try the articles of the quarantine again, those given up included.

    `newsledger run --replay` reads them from the raw store instead, without asking anybody.
    """
    from flows.project import LOCK, open_project  # noqa: PLC0415
    from warehouse.connect import warehouse  # noqa: PLC0415 - loads DuckDB
    from warehouse.feeds import try_again  # noqa: PLC0415
    from warehouse.lock import writer_lock  # noqa: PLC0415

    opened, now = open_project(project), datetime.now(UTC)
    if not opened.warehouse.exists():
        raise UsageError(f"{opened.warehouse}: no ledger yet", hint="newsledger run")
    with (
        writer_lock(opened.state / LOCK, command="feeds retry", since=now),
        warehouse(opened.warehouse) as con,
    ):
        count = try_again(con, items or [], now)
    sys.stderr.write(f"tried again by the next newsledger run: {count}\n")
    return ExitCode.OK
