"""``newsledger diff``: what changed, in a terminal or a pipe."""

from __future__ import annotations

import difflib
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, ProjectOption, emit, parse_day
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode, UsageError

COLUMNS = ["day", "kind", "subject", "before", "after", "outlets", "evidence", "change_id"]


def diff(
    day: Annotated[
        str | None, Parameter(help="an edition day (YYYY-MM-DD); the latest when not given")
    ] = None,
    /,
    *,
    since: Annotated[str | None, Parameter(help="show all changes after this day")] = None,
    exit_code: Annotated[
        bool, Parameter(negative="", help="leave with 10 when there are changes, else 0")
    ] = False,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Show what changed on a day, or on every day since another, each change with its evidence."""
    from newsledger.publish import summary  # noqa: PLC0415
    from warehouse.editions import edition_days, load_edition  # noqa: PLC0415 - loads DuckDB

    with open_snapshot(project) as con:
        days = editions_asked(edition_days(con), day, since)
        rows = [{"day": d, **asdict(line)} for d in days for line in summary(load_edition(con, d))]
    emit(rows, COLUMNS, form)
    sys.stderr.write(f"{len(rows)} changes on {', '.join(str(d) for d in days) or 'no day'}\n")
    return ExitCode.CHANGES if exit_code and rows else ExitCode.OK


def editions_asked(known: list[date], day: str | None, since: str | None) -> list[date]:
    """Return the edition days asked for, oldest first: one, or all after ``since`` up to it.

    Raises:
        UsageError: a text is no day, or there is no edition of the day.
    """
    if not known:
        return []
    last = _day(day, known) if day else known[-1]
    if since is None:
        return [last]
    first = parse_day(since)
    return [d for d in known if first < d <= last]


def _day(text: str, known: list[date]) -> date:
    wanted = parse_day(text)
    if wanted not in known:
        near = difflib.get_close_matches(text, [str(d) for d in known], n=1, cutoff=0)
        raise UsageError(f"there is no edition of {wanted}", hint=f"newsledger diff {near[0]}")
    return wanted
