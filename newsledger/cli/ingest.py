"""``newsledger ingest``: articles as files and folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, NowOption, ProjectOption, StoryOption
from newsledger.cli.reporting import print_report


def ingest(
    paths: list[Path],
    /,
    *,
    story: StoryOption = None,
    outlet: Annotated[str | None, Parameter(help="outlet of files that do not name theirs")] = None,
    published: Annotated[
        str | None, Parameter(help="publication day (YYYY-MM-DD) of files that do not tell theirs")
    ] = None,
    now: NowOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Read articles from files and folders and publish what moved.

    Plain text, HTML, JSON and JSON Lines with schema.org NewsArticle names. A `manifest.csv` beside the
    files (columns file, published, outlet, url, title; any of them) gives what the files lack. Files
    whose publication day nobody knows are stored, belong to no edition, and are named.

    Parameters
    ----------
    paths
        Files and folders.
    """
    from flows.engine import call_ingest  # noqa: PLC0415 - starts the workflow engine

    report = call_ingest(
        [str(path) for path in paths],
        project=project,
        stories=story or [],
        outlet=outlet,
        published=published,
        now=now,
    )
    print_report(report, form)
    return report.exit_code
