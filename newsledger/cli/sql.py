"""``newsledger sql``: read-only questions to the published snapshot."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, ProjectOption, emit
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode


def sql(
    query: Annotated[
        str, Parameter(help="one SQL query, or - for standard input", allow_leading_hyphen=True)
    ],
    /,
    *,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Query the published snapshot; it is opened read-only and may be asked while a run works.

    The views and their columns are in docs/data-dictionary.md; `newsledger sql "show tables"` lists them.
    """
    from warehouse.lookup import run_sql  # noqa: PLC0415 - loads DuckDB

    words = sys.stdin.read() if query == "-" else query
    with open_snapshot(project) as con:
        columns, rows = run_sql(con, words)
    emit([dict(zip(columns, row, strict=True)) for row in rows], columns, form)
    return ExitCode.OK
