"""The audit of a day that is published already."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from expectations.engine import audit, audit_editions
from flows.project import read_settings
from schemas.audit import Audit, Check, Hold
from warehouse.connect import open_snapshot
from warehouse.frames import batch_frames, edition_frames
from warehouse.restage import restage_day


@dataclass(frozen=True, slots=True)
class DayAudit:
    """What the expectations say of a published day.

    Attributes:
        checks: every check, those of the records first, then those of what was derived.
        unheld: records that would be held today and are not, in words.
        overheld: records an expectation held that it would not hold today, in words.
        is_blocked: whether a critical expectation fails.
    """

    checks: tuple[Check, ...]
    unheld: tuple[str, ...]
    overheld: tuple[str, ...]
    is_blocked: bool


def audit_day(project: Path, day: date) -> DayAudit:
    """Return what the expectations say of the documents of a day and of its edition.

    Args:
        project: the project's folder; its snapshot is read, nothing is written.
        day: the edition day.

    Raises:
        UsageError: there is no edition of the day.
        NewsledgerError: a rule could not be run.
    """
    settings = read_settings(project)
    snapshot = project / settings.paths.snapshot
    with tempfile.TemporaryDirectory(prefix="newsledger-audit-") as folder:
        staging = Path(folder) / "staging.duckdb"
        day_of = restage_day(snapshot, staging, day)
        with closing(open_snapshot(snapshot)) as con:
            frames = batch_frames(con, staging)
            derived_frames = edition_frames(con, [(day, day_of.revision)])
    found = audit(frames, failure_share=day_of.failure_share, thresholds=settings.auditing)
    derived = audit_editions(derived_frames)
    checks = (*found.checks, *derived.checks)
    held, ruled = day_of.held, day_of.ruled
    unheld = tuple(_unheld(found, held, ruled))
    overheld = tuple(_overheld(found, held))
    return DayAudit(checks, unheld, overheld, Audit(checks, ()).is_blocked)


def _unheld(found: Audit, held: dict[tuple[str, str], str], ruled: set[str]) -> Iterator[str]:
    for hold in found.holds:
        if (hold.record_kind, hold.record_id) not in held and hold.record_id not in ruled:
            yield f"would be held today: {_words(hold)}"


def _overheld(found: Audit, held: dict[tuple[str, str], str]) -> Iterator[str]:
    now = {(hold.record_kind, hold.record_id) for hold in found.holds}
    for (kind, name), expectation in sorted(held.items()):
        if (kind, name) not in now:
            yield f"held by {expectation}, would not be today: {kind} {name} (newsledger held release {name})"


def _words(hold: Hold) -> str:
    return f"{hold.record_kind} {hold.record_id}: {hold.expectation}: {hold.reason}"
