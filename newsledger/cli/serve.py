"""``newsledger serve``: everything in one process, until it is told to end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from newsledger.cli.output import ProjectOption, StoryOption
from schemas.errors import ExitCode


def serve(
    *,
    story: StoryOption = None,
    host: Annotated[str | None, Parameter(help="address to listen on, instead of the settings'")] = None,
    port: Annotated[int | None, Parameter(help="port, instead of the settings'; 0 takes a free one")] = None,
    hand_over: Annotated[
        bool,
        Parameter(
            negative="",
            help="run nothing: tell the Prefect server of PREFECT_API_URL what waits, its workers run it",
        ),
    ] = False,
    project: ProjectOption = Path(),
) -> int:
    """Poll feeds when they are due, read files dropped into inbox/, take pushes of hubs, serve the editions.

    The editions are at /, newsledger.duckdb beside them, /healthz tells whether runs succeed, /metrics is
    for Prometheus, hubs reach /websub where `public_url` is set under [serving]. SIGTERM and Ctrl-C let the
    run at work end first; a second one breaks it off, and the next start takes up what was left.
    """
    from flows.serve.service import serve as serve_project  # noqa: PLC0415 - loads everything

    serve_project(project, story or [], host=host, port=port, hand_over=hand_over)
    return ExitCode.OK
