"""``newsledger export``: positions for the tools of discourse and network analysis."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from newsledger.cli.output import Format, ProjectOption, render
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from schemas.statement import Statement

DayOption = Annotated[str | None, Parameter(help="one edition day (YYYY-MM-DD)")]
SinceOption = Annotated[str | None, Parameter(help="the first edition day")]
UntilOption = Annotated[str | None, Parameter(help="the last edition day")]
StoriesOption = Annotated[
    list[str] | None, Parameter(name=["--story", "-s"], negative="", help="a story's name; may be repeated")
]
OutputOption = Annotated[
    Path | None, Parameter(name=["--output", "-o"], help="the file to write, instead of standard output")
]


def statements(
    *,
    day: DayOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    story: StoriesOption = None,
    output: OutputOption = None,
    project: ProjectOption = Path(),
    form: Annotated[
        Literal["dna", "csv", "json", "jsonl"],
        Parameter(name=["--format", "-f"], help="dna and csv are one table; json, jsonl its rows"),
    ] = "dna",
) -> int:
    """Export positions as the statements of Discourse Network Analyzer, one row each.

    person, organization, concept and agreement are its variables (agreement 1: supports, or on a condition;
    0: opposes); stance, condition and the ids of this project follow. What is held, and versions that were
    replaced, is left out.
    """
    from newsledger.publish.discourse import DNA_COLUMNS, dna_rows  # noqa: PLC0415 - loads lxml

    rows = list(dna_rows(_asked(project, day, since, until, story)))
    plain: Format = "csv" if form == "dna" else form
    return _write(render(rows, DNA_COLUMNS, plain), output, f"{len(rows)} statements")


def network(
    *,
    day: DayOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    story: StoriesOption = None,
    output: OutputOption = None,
    project: ProjectOption = Path(),
) -> int:
    """Export the network of actors and issues as GraphML, for Gephi, visone, networkx or igraph.

    An edge leads from an actor to an issue; weight is the number of independent texts, support, opposition
    and conditional divide it, agreement (-1 to 1) sums it up, first_day and last_day bound it.
    """
    from newsledger.publish.discourse import network_graphml  # noqa: PLC0415 - loads lxml

    found = _asked(project, day, since, until, story)
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + network_graphml(found)
    return _write(text, output, f"a network of {len(found)} statements")


def _asked(
    project: Path, day: str | None, since: str | None, until: str | None, story: list[str] | None
) -> list[Statement]:
    """Return the statements of a day or range."""
    from warehouse.statements import load_statements  # noqa: PLC0415 - loads DuckDB

    if day and (since or until):
        raise UsageError("--day names one day; --since and --until a range: give one or the other")
    first, last = _parse(day or since), _parse(day or until)
    if first and last and last < first:
        raise UsageError(f"--until {last} is before --since {first}")
    with open_snapshot(project) as con:
        return load_statements(con, stories=story or [], first=first, last=last)


def _parse(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{text!r} is no day (YYYY-MM-DD)") from error


def _write(text: str, output: Path | None, what: str) -> int:
    """Write bytes to a file or standard output, and say on standard error what was written."""
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(text.encode("utf-8"))
    sys.stderr.write(f"{what}{f' in {output}' if output else ''}\n")
    return ExitCode.OK
