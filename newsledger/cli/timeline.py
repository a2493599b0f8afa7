"""``newsledger timeline``: one indicator or issue, day by day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, OneStoryOption, ProjectOption, emit, parse_day
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode, UsageError

Row = dict[str, Any]
FIGURE_COLUMNS = [
    "day",
    "reading",
    "change",
    "texts",
    "outlets",
    "against",
    "outlet",
    "evidence",
    "record_id",
]
STANCE_COLUMNS = ["day", "actor", "stance", "change", "texts", "outlets", "outlet", "evidence", "record_id"]
BARS = "▁▂▃▄▅▆▇█"


def timeline(
    key: Annotated[str, Parameter(help="an indicator or an issue, as its codebook names it")],
    /,
    *,
    story: OneStoryOption = None,
    first: Annotated[str | None, Parameter(name="--from", help="the first day (YYYY-MM-DD)")] = None,
    last: Annotated[str | None, Parameter(name="--to", help="the last day")] = None,
    actor: Annotated[str | None, Parameter(help="one actor's stands on the issue alone")] = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Show the readings of an indicator, or the stands on an issue, day by day with the words behind each."""
    from warehouse.timelines import readings_over_time, stands_over_time, subject_kind  # noqa: PLC0415

    days = (parse_day(first) if first else None, parse_day(last) if last else None)
    with open_snapshot(project) as con:
        if subject_kind(con, key, story) == "issue":
            rows = [_stance_row(row) for row in stands_over_time(con, key, story, *days)]
            emit(_of_actor(rows, actor), _columns(rows, STANCE_COLUMNS), form)
            return ExitCode.OK
        readings = readings_over_time(con, key, story, *days)
    if actor is not None:
        raise UsageError(f"{key} is an indicator, --actor goes with an issue")
    rows = [_figure_row(row) for row in readings]
    emit(rows, _columns(rows, FIGURE_COLUMNS), form)
    sys.stderr.write(f"{key}: {_spark([row['value'] for row in readings])}\n")
    return ExitCode.OK


def _columns(rows: list[Row], columns: list[str]) -> list[str]:
    """Return the columns to print: the story only where a key stands in several."""
    return ["story", *columns] if len({row["story"] for row in rows}) > 1 else columns


def _of_actor(rows: list[Row], actor: str | None) -> list[Row]:
    if actor is None:
        return rows
    known = sorted({str(row["actor"]) for row in rows})
    if actor not in known:
        raise UsageError(f"no stand of {actor!r} here; there are those of: {', '.join(known) or 'nobody'}")
    return [row for row in rows if row["actor"] == actor]


def _figure_row(row: Row) -> Row:
    from newsledger.publish.wording import number_words, value_words  # noqa: PLC0415 - after the snapshot

    unit = row["unit"] or "count"
    value = value_words(row["value"], row["value_low"], row["value_high"], row["qualifier"], unit)
    against = " or ".join(number_words(float(other), unit) for other in row["against"])
    reading = value if row["value"] is not None else "not reported"
    return row | {"reading": reading, "change": row["kinds"], "against": against}


def _stance_row(row: Row) -> Row:
    condition = f" (“{row['condition']}”)" if row["condition"] else ""
    disputed = ", disputed" if row["is_disputed"] else ""
    return row | {"stance": f"{row['stance']}{condition}{disputed}", "change": row["kinds"]}


def _spark(values: list[float | None]) -> str:
    """Return values as a line of bars, a blank for a day without one."""
    known = [value for value in values if value is not None]
    if not known:
        return "no reading"
    low, span = min(known), (max(known) - min(known)) or 1
    scale = (len(BARS) - 1) / span
    return "".join(" " if value is None else BARS[round((value - low) * scale)] for value in values)
