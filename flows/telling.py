"""What a Prefect server is told of a run: events, and a page with the outcomes and the editions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect.artifacts import create_markdown_artifact

from flows import events
from flows.embedded import is_embedded
from flows.notify import tell_failure
from flows.project import Project, open_project
from flows.report import RunReport


def tell_server(project: Project, report: RunReport) -> None:
    """Tell a server of a run that ended well; an engine of our own is told nothing, nobody looks at it."""
    if is_embedded():
        return
    events.editions_published(report.run_id, report.editions)
    events.records_held(report.run_id, report.holds)
    events.run_finished(report.run_id, report.counts, changed=report.is_changed)
    create_markdown_artifact(key="newsledger-run", markdown=page(project, report), description=report.line)


def page(project: Project, report: RunReport) -> str:
    """Return a run as Markdown: outcomes, editions with links, what is held, feeds that failed."""
    lines = [f"## {report.run_id}", "", "| outcome | items |", "| --- | ---: |"]
    lines += [f"| {name} | {number} |" for name, number in report.counts.items()] or ["| nothing seen | 0 |"]
    lines += ["", *(_edition(project, str(day), revision) for day, revision in report.editions)]
    lines += ["", f"{len(report.holds)} records held"] if report.holds else []
    lines += (
        ["", "Feeds that failed:", *(f"- {feed}" for feed in report.feeds_failed)]
        if report.feeds_failed
        else []
    )
    return "\n".join(lines) + "\n"


def _edition(project: Project, day: str, revision: int) -> str:
    url = project.settings.site.url
    name = f"edition of {day}, revision {revision}"
    return f"- [{name}]({url.rstrip('/')}/{day}/)" if url else f"- {name}"


def failed(flow: object, flow_run: Any, state: Any) -> None:  # noqa: ANN401 - Prefect's own types
    """Tell server and subscribers that a run of a deployment failed (a hook of the flows)."""
    given: Mapping[str, Any] = flow_run.parameters or {}
    folder = Path(str(given.get("project", ".")))
    why = f"{flow_run.name}: {state.message or 'failed'}"
    if is_embedded():
        return  # whoever called it sees the error
    events.run_failed(folder, why)
    tell_failure(open_project(folder, given.get("stories") or []), why)
