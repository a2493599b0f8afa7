"""``newsledger backfill``: past days from an archive, a dump, a folder or a site's sitemaps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, NowOption, ProjectOption, StoryOption
from newsledger.cli.reporting import print_report


def backfill(
    *,
    first: Annotated[str, Parameter(name="--from", help="the first day (YYYY-MM-DD)")],
    last: Annotated[str, Parameter(name="--to", help="the last day, included")],
    source: Annotated[
        list[str],
        Parameter(
            name="--source",
            negative="",
            help="KIND:PLACE, or a path: folder:FOLDER, jsonl:FILE, warc:FILE-OR-FOLDER, sitemap:ADDRESS,"
            " wayback:ADDRESS (harbour.example/news/*); may be repeated for places of one kind",
        ),
    ],
    story: StoryOption = None,
    outlet: Annotated[str | None, Parameter(help="outlet of what does not name its own")] = None,
    published: Annotated[
        str | None, Parameter(help="publication day (YYYY-MM-DD) of files that do not tell theirs")
    ] = None,
    endpoint: Annotated[
        str | None, Parameter(help="another archive than web.archive.org that answers as it does (wayback)")
    ] = None,
    now: NowOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Read past days from a source and publish what they say.

    Day by day: each is read, audited and brought into the ledger by itself, and other runs may come in
    between. A backfill that was stopped goes on where it was when the same is asked again; what is read
    already is not read twice. Days may come in any order: the ledger is the same.
    """
    from flows.engine import call_backfill  # noqa: PLC0415 - starts the workflow engine

    report = call_backfill(
        first,
        last,
        source,
        project=project,
        stories=story or [],
        outlet=outlet,
        published=published,
        endpoint=endpoint,
        now=now,
    )
    print_report(report, form)
    return report.exit_code
