"""``newsledger run``: the feeds of the project."""

from __future__ import annotations

from pathlib import Path

from newsledger.cli.output import FormatOption, NowOption, ProjectOption, StoryOption
from newsledger.cli.reporting import print_report


def run(
    *,
    story: StoryOption = None,
    now: NowOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Poll the feeds of feeds.yml, read their articles and publish what moved."""
    from flows.engine import call_run  # noqa: PLC0415 - starts the workflow engine

    report = call_run(project=project, stories=story or [], now=now)
    print_report(report, form)
    return report.exit_code
