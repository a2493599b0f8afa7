"""Run the suites over a staged batch and say what they found."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from expectations.attendance import attendance_suite
from expectations.documents import document_suite
from expectations.editions import edition_suites
from expectations.figures import figure_suite
from expectations.flow import feed_suite, outlet_suite
from expectations.links import link_suite
from expectations.positions import position_suite
from expectations.rule import Rule, Severity, Suite
from schemas.audit import Audit, Check, Hold
from schemas.config import Auditing
from schemas.errors import NewsledgerError

if TYPE_CHECKING:
    from pandas import DataFrame

SAMPLE = 5
"""Failing ids a check names."""


def preload() -> threading.Thread:
    """Return a started thread that imports Great Expectations while the caller does something else.

    The import takes 8 s. :func:`audit` works without it, only later. An import that fails in the
    thread is tried again, and raises, in :func:`audit`.
    """
    thread = threading.Thread(
        target=importlib.import_module, args=("expectations.gx",), name="audit-preload", daemon=True
    )
    thread.start()
    return thread


def suites(*, failure_share: float, thresholds: Auditing | None = None) -> tuple[Suite, ...]:
    """Return all suites of a staged batch in the order in which the audit lists their checks.

    Args:
        failure_share: share of a table's rows (0 to 1) with ungrounded evidence above which nothing is
            promoted (``audit.critical_failure_share`` of the codebook).
        thresholds: those of the project (``auditing`` of the settings); None for the defaults.
    """
    limits = thresholds or Auditing()
    return (
        document_suite(limits),
        link_suite(),
        figure_suite(limits, failure_share=failure_share),
        position_suite(limits, failure_share=failure_share),
        attendance_suite(limits, failure_share=failure_share),
        feed_suite(limits),
        outlet_suite(limits),
    )


def audit(
    frames: Mapping[str, DataFrame], *, failure_share: float, thresholds: Auditing | None = None
) -> Audit:
    """Return the checks of all suites of a batch and the rows they hold.

    Every suite's checks are there, also for an empty frame (``checked`` 0, ``success``). A row that
    breaks several row rules is held once, for the first of them in the suite's order; the reason names
    the others. Checks come in the suites' order, holds in the order of table, rule and id.

    Args:
        frames: the staged batch, as :func:`warehouse.frames.audit_frames` returns it.
        failure_share: share of a table's rows (0 to 1) with ungrounded evidence above which nothing is
            promoted.
        thresholds: those of the project; None for the defaults.

    Raises:
        NewsledgerError: a frame or a column is missing, or a rule could not be run.
    """
    return _audit(frames, suites(failure_share=failure_share, thresholds=thresholds))


def audit_editions(frames: Mapping[str, DataFrame]) -> Audit:
    """Return the checks of what a promotion derived: readings, stands, changes and editions.

    All of them are critical: a derived row that is wrong is an error of the software, and nothing is
    published.

    Args:
        frames: what a promotion derived, as :func:`warehouse.frames.edition_frames` returns it.

    Raises:
        NewsledgerError: a frame or a column is missing, or a rule could not be run.
    """
    return _audit(frames, edition_suites())


def _audit(frames: Mapping[str, DataFrame], chosen: Sequence[Suite]) -> Audit:
    checks: list[Check] = []
    holds: list[Hold] = []
    for suite in chosen:
        frame = _frame_of(frames, suite)
        found = _found(suite, frame)
        checks.extend(_check(suite, rule, len(frame), found[rule.name]) for rule in suite.rules)
        holds.extend(_holds(suite, found))
    return Audit(tuple(checks), tuple(holds))


def _frame_of(frames: Mapping[str, DataFrame], suite: Suite) -> DataFrame:
    if suite.table not in frames:
        raise NewsledgerError(
            f"the staged batch has no frame {suite.table!r}, only {', '.join(sorted(frames))}"
        )
    frame = frames[suite.table]
    missing = [name for name in suite.columns if name not in frame.columns]
    if missing:
        raise NewsledgerError(f"the staged frame {suite.table!r} lacks the columns {', '.join(missing)}")
    return frame


def _found(suite: Suite, frame: DataFrame) -> dict[str, list[dict[str, str]]]:
    """Return the rows that break each rule of a suite; an empty frame needs no engine."""
    if frame.empty:
        return {rule.name: [] for rule in suite.rules}
    gx: Any = importlib.import_module("expectations.gx")
    results = gx.validate(suite, frame)
    return {rule.name: results[rule.name]["unexpected_index_list"] for rule in suite.rules}


def _check(suite: Suite, rule: Rule, checked: int, rows: list[dict[str, str]]) -> Check:
    ids = list(dict.fromkeys(row["id"] for row in rows))
    return Check(
        suite=suite.table,
        expectation=rule.name,
        subject=rule.subject,
        severity=str(rule.severity),
        success=not ids,
        checked=checked,
        failed=len(ids),
        sample=", ".join(ids[:SAMPLE]),
        detail=rule.detail,
    )


def _holds(suite: Suite, found: Mapping[str, list[dict[str, str]]]) -> Iterator[Hold]:
    """Yield one hold per row that breaks a row rule, in the order of rules and ids."""
    held: dict[str, list[tuple[str, str]]] = {}
    for rule in suite.rules:
        if rule.severity is Severity.ROW:
            for row in found[rule.name]:
                held.setdefault(row["id"], []).append((rule.name, row["reason"]))
    for record_id, broken in held.items():
        name, reason = broken[0]
        others = list(dict.fromkeys(other for other, _ in broken if other != name))
        also = f" (also: {', '.join(others).replace('_', ' ')})" if others else ""
        yield Hold(suite.record_kind, record_id, name, reason + also)
