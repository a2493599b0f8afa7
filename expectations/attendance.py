"""What a staged attendance must be."""

from __future__ import annotations

from expectations.grounding import evidence_rules
from expectations.rule import Suite, columns_of

COLUMNS = columns_of(text="attendance_id evidence text_slice")


def attendance_suite(*, failure_share: float) -> Suite:
    """Return the rules of ``attendance``.

    Args:
        failure_share: share of rows (0 to 1) with ungrounded evidence above which nothing is promoted.
    """
    rules = evidence_rules("attendance_id", failure_share=failure_share, checks_offsets=False)
    return Suite("attendance", "attendance", COLUMNS, rules)
