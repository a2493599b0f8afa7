"""Rows as the warehouse stages them, good unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from expectations.engine import audit, suites
from schemas.audit import Audit, Check
from schemas.config import Auditing

Row = dict[str, Any]


def document(**changes: Any) -> Row:
    """Return a staged document with some values changed."""
    return {
        "document_id": "d1",
        "version": 1,
        "url": "https://paper.example/a",
        "source_path": None,
        "published_at": datetime(2026, 3, 7, 9, 30, tzinfo=UTC),
        "published_at_source": "json-ld",
        "text_sha256": "0f" * 32,
        "word_count": 320,
        "outlet": "The Paper",
        "language": "en",
        "story_languages": ["en"],
        "unknown_stories": [],
        "opening": "The river rose by two metres.",
        "text_length": 2000,
        "garbled": 0,
        "held_version": None,
        "copies": 0,
        "times": None,
        "has_text": True,
        "is_future": False,
        "is_digest_right": True,
        "is_taken": False,
        "is_reprint": False,
        **changes,
    }


def figure(value: float = 4512.0, **changes: Any) -> Row:
    """Return a staged figure: an exact, reported, tracked total, unless changed.

    The interval follows the qualifier, the evidence's slice follows the evidence.
    """
    qualifier = changes.get("qualifier", "exact")
    low, high = value, value
    if qualifier in {"at_least", "more_than"}:
        high = None  # type: ignore[assignment]
    if qualifier in {"nearly", "less_than", "up_to"}:
        low = None  # type: ignore[assignment]
    evidence = changes.get("evidence", f"{value:,.0f} people")
    start = changes.get("evidence_start", 40)
    return {
        "figure_id": "f1",
        "document_id": "d1",
        "version": 1,
        "story": "flood",
        "indicator": "displaced",
        "value": value,
        "value_low": low,
        "value_high": high,
        "qualifier": qualifier,
        "unit": "person",
        "modality": "reported",
        "aspect": "cumulative",
        "attributed_to": None,
        "as_of": None,
        "evidence": evidence,
        "text_slice": evidence,
        "evidence_start": start,
        "evidence_end": start + len(evidence),
        "text_length": 2000,
        "document_known": True,
        "story_known": True,
        "is_taken": False,
        "times": None,
        "indicator_known": changes.get("indicator", "displaced") is not None,
        "indicator_aspect": changes.get("aspect", "cumulative"),
        "indicator_unit": "person",
        "indicator_low": None,
        "indicator_high": None,
        "indicator_step": None,
        "day": date(2026, 3, 7),
        "outlet": "The Paper",
        "previous_day": None,
        "previous_value": None,
        "previous_low": None,
        "previous_high": None,
        "previous_qualifier": None,
        "others_same_day": [],
        "slip": None,
        **changes,
    }


def after(previous: float, **changes: Any) -> Row:
    """Return the columns of an exact last reading, the day before."""
    return {
        "previous_day": date(2026, 3, 6),
        "previous_value": previous,
        "previous_low": previous,
        "previous_high": previous,
        "previous_qualifier": "exact",
        **changes,
    }


def position(**changes: Any) -> Row:
    """Return a staged position with some values changed."""
    return {
        "position_id": "p1",
        "document_id": "d1",
        "version": 1,
        "story": "flood",
        "document_known": True,
        "story_known": True,
        "is_taken": False,
        "times": None,
        "said_on": None,
        "day": date(2026, 3, 7),
        "actor": "union",
        "issue": "pay-deal",
        "stance": "supports",
        "condition": None,
        "evidence": "the union welcomed the offer",
        "text_slice": "the union welcomed the offer",
        "evidence_start": 100,
        "evidence_end": 128,
        "text_length": 2000,
        "actor_known": True,
        "issue_known": True,
        **changes,
    }


def attendance(**changes: Any) -> Row:
    """Return a staged attendance with some values changed."""
    return {
        "attendance_id": "a1",
        "document_id": "d1",
        "version": 1,
        "story": "flood",
        "document_known": True,
        "story_known": True,
        "is_taken": False,
        "times": None,
        "status": "arrived",
        "evidence": "the mayor arrived",
        "text_slice": "the mayor arrived",
        "evidence_start": 10,
        "evidence_end": 27,
        "text_length": 2000,
        **changes,
    }


def audited(
    failure_share: float = 0.5, thresholds: Auditing | None = None, **tables: Sequence[Mapping[str, Any]]
) -> Audit:
    """Return the audit of some rows; tables not named are empty."""
    frames = {}
    for suite in suites(failure_share=failure_share):
        rows = tables.get(suite.table, ())
        frames[suite.table] = pd.DataFrame(rows, columns=None if rows else list(suite.columns))
    return audit(frames, failure_share=failure_share, thresholds=thresholds)


def failed(result: Audit) -> dict[str, list[str]]:
    """Return the failing ids by expectation, checks in their order."""
    return {c.expectation: c.sample.split(", ") for c in result.checks if not c.success}


def check(result: Audit, suite: str, expectation: str) -> Check:
    """Return one check of an audit."""
    return next(c for c in result.checks if (c.suite, c.expectation) == (suite, expectation))


def gathered(cases: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return the figures of many cases as one batch, kept apart by the case's name in their ids."""
    return [
        {**row, **{key: f"{name}:{row[key]}" for key in ("figure_id", "document_id")}}
        for name, rows in cases.items()
        for row in rows
    ]
