"""What a staged attendance must be."""

from __future__ import annotations

from enum import StrEnum

from expectations.grounding import evidence_rules, length_rule, record_rules, vocabulary
from expectations.rule import Suite, columns_of
from schemas.config import Auditing

COLUMNS = columns_of(
    text="attendance_id document_id story status evidence text_slice",
    whole="version times evidence_start evidence_end text_length",
    flag="document_known story_known is_taken",
)


class Status(StrEnum):
    """Words of :class:`schemas.position.Attendance` for a participant's status."""

    EXPECTED = "expected"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    LEFT = "left"
    ABSENT = "absent"


def attendance_suite(thresholds: Auditing, *, failure_share: float) -> Suite:
    """Return the rules of ``attendance``.

    Args:
        thresholds: those of the project.
        failure_share: share of rows (0 to 1) with ungrounded evidence above which nothing is promoted.
    """
    key = "attendance_id"
    rules = (
        *vocabulary("status", key, Status, failure_share),
        *record_rules(key),
        *evidence_rules(key, failure_share=failure_share),
        length_rule(key, thresholds.longest_evidence),
    )
    return Suite("attendance", "attendance", COLUMNS, rules)
