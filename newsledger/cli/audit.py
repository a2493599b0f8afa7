"""``newsledger audit``: the expectations once more, over what the ledger holds of a day."""

from __future__ import annotations

import difflib
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, ProjectOption, emit
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode, UsageError

if TYPE_CHECKING:
    import duckdb

    from schemas.audit import Check

COLUMNS = ["suite", "expectation", "severity", "result", "failed", "checked", "sample", "detail"]
NAMED = 20
"""Records named one by one; the table has the numbers of all."""


def audit_(
    day: Annotated[
        str | None, Parameter(help="an edition day (YYYY-MM-DD); the latest when not given")
    ] = None,
    /,
    *,
    failing: Annotated[bool, Parameter(negative="", help="show the expectations that fail alone")] = False,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Hold a published day against the expectations again; leaves with 3 when a critical one fails.

    The documents, figures and positions of the day as the snapshot holds them, beside the days before, and
    the readings, stands and changes that were derived from them. Nothing is altered. What would be held
    today and is not, or is held and would not be, is named: thresholds and expectations change.
    """
    from expectations.engine import preload  # noqa: PLC0415 - the slow import goes on meanwhile
    from flows.auditing import audit_day  # noqa: PLC0415 - loads DuckDB

    preload()
    with open_snapshot(project) as con:
        wanted = _edition(con, day)
    found = audit_day(project, wanted)
    rows = [_row(check) for check in found.checks if not (failing and check.success)]
    emit(rows, COLUMNS, form)
    passed = sum(check.success for check in found.checks)
    sys.stderr.write(f"{wanted}: {passed} of {len(found.checks)} passed\n")
    for line in [*found.unheld[:NAMED], *found.overheld[:NAMED]]:
        sys.stderr.write(f"{line}\n")
    return ExitCode.AUDIT_BLOCKED if found.is_blocked else ExitCode.OK


def _edition(con: duckdb.DuckDBPyConnection, day: str | None) -> date:
    from warehouse.editions import edition_days  # noqa: PLC0415 - loads DuckDB

    known = edition_days(con)
    if not known:
        raise UsageError("nothing was published here yet", hint="newsledger ingest FOLDER")
    if day is None:
        return known[-1]
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"{day!r} is no day (YYYY-MM-DD)") from error
    if wanted not in known:
        near = difflib.get_close_matches(day, [str(d) for d in known], n=1, cutoff=0)
        raise UsageError(f"there is no edition of {wanted}", hint=f"newsledger audit {near[0]}")
    return wanted


def _row(check: Check) -> dict[str, object]:
    failed = {"critical": "FAILED", "row": "rows held", "warning": "warning"}[check.severity]
    return {
        **{name: getattr(check, name) for name in COLUMNS if name != "result"},
        "result": "passed" if check.success else failed,
    }
