"""The events newsledger tells a Prefect server: each with its name, its resource and what it carries.

An event only wakes something up. What there is to do stands in the ledger, the raw store and the inbox, so
one that is lost costs time, and one that comes twice costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schemas.audit import Hold


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event.

    Attributes:
        name: as automations expect it.
        resource: the form of its resource's id.
        payload: the keys of what it carries, with their meaning.
        when: when it is told.
    """

    name: str
    resource: str
    payload: dict[str, str]
    when: str


FILES_WAITING = Event(
    "newsledger.files.waiting",
    "newsledger.project.<folder>",
    {"files": "their paths in the project"},
    "files of the inbox changed and are written to no more",
)
FEED_PUSHED = Event(
    "newsledger.feed.pushed",
    "newsledger.feed.<feed id>",
    {"feed": "the feed's id"},
    "a hub brought news of a feed, which is in the raw store now",
)
EDITION_PUBLISHED = Event(
    "newsledger.edition.published",
    "newsledger.edition.<day>",
    {"day": "the edition day", "revision": "its revision", "run": "the run's id"},
    "an edition or a revision of one was published",
)
RECORDS_HELD = Event(
    "newsledger.records.held",
    "newsledger.run.<run id>",
    {"held": "how many", "expectations": "which expectations hold them"},
    "the audit kept records out of an edition",
)
RUN_FINISHED = Event(
    "newsledger.run.finished",
    "newsledger.run.<run id>",
    {"outcomes": "items by outcome", "changed": "whether anything was written"},
    "a run ended well",
)
RUN_FAILED = Event(
    "newsledger.run.failed",
    "newsledger.project.<folder>",
    {"why": "the error in words"},
    "a run of a deployment ended with an error",
)
EVENTS = (FILES_WAITING, FEED_PUSHED, EDITION_PUBLISHED, RECORDS_HELD, RUN_FINISHED, RUN_FAILED)
"""Every event, for the documentation and the tests."""


def project_resource(folder: Path) -> str:
    """Return the id of a project as a resource."""
    return f"newsledger.project.{folder.resolve().name}"


def files_waiting(folder: Path, files: Sequence[Path]) -> None:
    """Tell that files wait in the inbox of a project."""
    names = sorted(path.relative_to(folder).as_posix() for path in files)
    _tell(FILES_WAITING, project_resource(folder), {"files": names})


def feed_pushed(feed_id: str) -> None:
    """Tell that a hub brought news of a feed."""
    _tell(FEED_PUSHED, f"newsledger.feed.{feed_id}", {"feed": feed_id})


def editions_published(run_id: str, editions: Sequence[tuple[date, int]]) -> None:
    """Tell of every edition a run published."""
    for day, revision in editions:
        told = {"day": day.isoformat(), "revision": revision, "run": run_id}
        _tell(EDITION_PUBLISHED, f"newsledger.edition.{day.isoformat()}", told)


def records_held(run_id: str, holds: Sequence[Hold]) -> None:
    """Tell how many records a run's audit held, where it held any."""
    if holds:
        names = sorted({hold.expectation for hold in holds})
        _tell(RECORDS_HELD, f"newsledger.run.{run_id}", {"held": len(holds), "expectations": names})


def run_finished(run_id: str, outcomes: dict[str, int], *, changed: bool) -> None:
    """Tell that a run ended well."""
    _tell(RUN_FINISHED, f"newsledger.run.{run_id}", {"outcomes": outcomes, "changed": changed})


def run_failed(folder: Path, why: str) -> None:
    """Tell that a run ended with an error."""
    _tell(RUN_FAILED, project_resource(folder), {"why": why})


def _tell(event: Event, resource: str, payload: dict[str, Any]) -> None:
    from prefect.events import emit_event  # noqa: PLC0415 - slow, and reads its settings when imported

    emit_event(event.name, resource={"prefect.resource.id": resource}, payload=payload)
