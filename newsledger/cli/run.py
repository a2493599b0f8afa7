"""``newsledger run``: the feeds of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, NowOption, ProjectOption, StoryOption
from newsledger.cli.reporting import print_report


def run(
    *,
    story: StoryOption = None,
    every: Annotated[
        bool,
        Parameter(name="--all", negative="", help="poll all feeds, those not due yet and those retired too"),
    ] = False,
    replay: Annotated[
        bool,
        Parameter(
            negative="", help="ask nobody: read the articles of the quarantine again from the raw store"
        ),
    ] = False,
    now: NowOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Poll the feeds of feeds.yml that are due, read their articles and publish what moved.

    How often a feed is due is learnt from what it brings; `newsledger feeds list` shows it.
    """
    from flows.engine import call_run  # noqa: PLC0415 - starts the workflow engine

    report = call_run(project=project, stories=story or [], now=now, every=every, replay=replay)
    print_report(report, form)
    return report.exit_code
