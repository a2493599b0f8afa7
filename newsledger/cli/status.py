"""``newsledger status``: how a project is, on a page a person reads in the morning."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, NowOption, ProjectOption, Row, emit
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode

if TYPE_CHECKING:
    from warehouse.state import LedgerState


def status(
    *,
    max_age: Annotated[
        float | None, Parameter(help="hours; leave with 4 when the newest article is older")
    ] = None,
    now: NowOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Show how the ledger is: last run, newest edition and article, what is held, feeds by state, who writes.

    With --max-age it is an alarm for cron and monitors.
    """
    from flows.project import LOCK, read_settings  # noqa: PLC0415 - loads pydantic
    from flows.work import parse_now  # noqa: PLC0415
    from warehouse.lock import lock_holder  # noqa: PLC0415
    from warehouse.state import ledger_state  # noqa: PLC0415 - loads DuckDB

    with open_snapshot(project) as con:
        state = ledger_state(con)
    present = parse_now(now)
    holder = lock_holder(project / read_settings(project).paths.state / LOCK)
    emit([*_rows(state, present), _row("writer", holder or "nobody")], ["what", "is"], form)
    newest = state.newest_publication
    if max_age is None or (newest is not None and present - newest <= timedelta(hours=max_age)):
        return ExitCode.OK
    sys.stderr.write(f"stale: the newest article is older than {max_age:g} hours\n")
    return ExitCode.DEGRADED


def _row(what: str, value: object) -> Row:
    return {"what": what, "is": value}


def _rows(state: LedgerState, now: datetime) -> Iterator[Row]:
    yield _row("last run", f"{state.last_run} ({_ago(state.last_run_at, now)})")
    yield _row("newest edition", state.newest_edition or "none")
    yield _row("newest article", _ago(state.newest_publication, now))
    yield _row("editions", state.editions)
    yield _row("documents", state.documents)
    yield _row("held", state.held)
    yield _row("expectations that failed", state.audit_failed)
    yield _row("quarantine", state.quarantine)
    for name, number in sorted(Counter(state.feed_states.values()).items()):
        yield _row(f"feeds {name}", number)


def _ago(instant: datetime | None, now: datetime) -> str:
    """Return an instant with its distance from now: "2026-03-07 17:30Z, 2.5 hours ago"."""
    if instant is None:
        return "none"
    hours = (now - instant).total_seconds() / 3600
    distance = f"{hours / 24:.1f} days" if abs(hours) >= 48 else f"{hours:.1f} hours"
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%MZ}, {distance} ago"
