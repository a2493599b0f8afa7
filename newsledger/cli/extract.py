"""``newsledger extract``: read stored documents again after a codebook or the extractor changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, NowOption, ProjectOption, StoryOption, emit
from newsledger.cli.reporting import print_report
from schemas.errors import ExitCode


def extract(
    *,
    rebuild: Annotated[
        bool, Parameter(negative="", help="read them again; without it only tell what would be")
    ] = False,
    story: StoryOption = None,
    first: Annotated[str | None, Parameter(name="--from", help="first day of publication")] = None,
    last: Annotated[str | None, Parameter(name="--to", help="last day of publication, included")] = None,
    now: NowOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Read stored documents again that another codebook or extractor has read, or that match only now.

    No page is asked for: the texts lie in the ledger. Editions that differ get a new revision, which tells
    what it changed; the former stay readable.
    """
    if not rebuild:
        return _tell(project, story or [], first, last, form)
    from flows.engine import call_rebuild  # noqa: PLC0415 - starts the workflow engine

    report = call_rebuild(project=project, stories=story or [], first=first, last=last, now=now)
    print_report(report, form)
    return report.exit_code


def _tell(project: Path, stories: list[str], first: str | None, last: str | None, form: FormatOption) -> int:
    from flows.project import LOCK, open_project  # noqa: PLC0415 - loads DuckDB
    from flows.rebuilding import Rebuild, day_or_none, stale_days  # noqa: PLC0415
    from flows.report import announcer  # noqa: PLC0415
    from warehouse.lock import refuse_if_held  # noqa: PLC0415

    opened = open_project(project, stories)
    refuse_if_held(opened.state / LOCK)
    days = day_or_none(first, "--from"), day_or_none(last, "--to")
    found = stale_days(Rebuild(opened, announcer(), *days))
    rows = [
        {"day": s.day, "read_by": reader or "(nobody)", "readings": number}
        for s in found
        for reader, number in sorted(s.readings.items())
    ]
    emit(rows, ["day", "read_by", "readings"], form)
    if rows:
        sys.stderr.write("read them again with: newsledger extract --rebuild\n")
    return ExitCode.OK
