"""``newsledger disagree``: where outlets contradict each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from newsledger.cli.diff import editions_asked
from newsledger.cli.output import FormatOption, OneStoryOption, ProjectOption, emit
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode

if TYPE_CHECKING:
    from datetime import date

    from schemas.edition import Disagreement, Side, StanceSide

COLUMNS = ["day", "subject", "says", "texts", "outlets", "evidence"]


def disagree(
    day: Annotated[
        str | None, Parameter(help="an edition day (YYYY-MM-DD); the latest when not given")
    ] = None,
    /,
    *,
    since: Annotated[str | None, Parameter(help="show those of every day after this one")] = None,
    story: OneStoryOption = None,
    exit_code: Annotated[
        bool, Parameter(negative="", help="leave with 10 when outlets disagree, else 0")
    ] = False,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Show where outlets contradict each other: each side with its outlets and words, the strongest first."""
    from warehouse.editions import edition_days, load_edition  # noqa: PLC0415 - loads DuckDB

    with open_snapshot(project) as con:
        days = editions_asked(edition_days(con), day, since)
        found = [(one, row) for one in days for row in load_edition(con, one).disagreements]
    asked = [(one, row) for one, row in found if story in (None, row.story)]
    rows = [side for one, row in asked for side in _rows(one, row)]
    emit(rows, COLUMNS, form)
    sys.stderr.write(f"{len(asked)} disagreements on {', '.join(map(str, days)) or 'no day'}\n")
    return ExitCode.CHANGES if exit_code and rows else ExitCode.OK


def _rows(day: date, row: Disagreement) -> Iterator[dict[str, Any]]:
    from newsledger.publish.display import line  # noqa: PLC0415
    from newsledger.publish.wording import side_words, stance_words  # noqa: PLC0415

    sides: list[tuple[str, Side | StanceSide]] = [(side_words(side, row.unit), side) for side in row.sides]
    sides += [(line(stance_words(stance)), stance) for stance in row.stances]
    for says, side in sides:
        evidence = line(side.quotes[0].evidence) if side.quotes else ""
        yield {
            "day": day,
            "subject": line(row.label),
            "says": says,
            "texts": side.texts,
            "outlets": list(side.outlets),
            "evidence": evidence,
        }
