"""What a staged position must be."""

from __future__ import annotations

from expectations.grounding import (
    day_rule,
    evidence_rules,
    known_to_codebook,
    length_rule,
    record_rules,
    vocabulary,
)
from expectations.rule import Rule, Severity, Suite, columns_of
from schemas.config import Auditing
from schemas.position import Stance

COLUMNS = columns_of(
    text="position_id document_id story actor issue stance condition evidence text_slice",
    whole="version times evidence_start evidence_end text_length",
    flag="document_known story_known is_taken actor_known issue_known",
    day="said_on day",
)


def position_suite(thresholds: Auditing, *, failure_share: float) -> Suite:
    """Return the rules of ``positions``.

    Args:
        thresholds: those of the project.
        failure_share: share of rows (0 to 1) with ungrounded evidence above which nothing is promoted.
    """
    rules = (
        *vocabulary("stance", "position_id", Stance, failure_share),
        *record_rules("position_id"),
        *evidence_rules("position_id", failure_share=failure_share),
        known_to_codebook("actor", "actor_known", "position_id"),
        known_to_codebook("issue", "issue_known", "position_id"),
        _condition(),
        length_rule("position_id", thresholds.longest_evidence),
        day_rule("said_on", "position_id", "the day it was said"),
    )
    return Suite("positions", "position", COLUMNS, rules)


def _condition() -> Rule:
    sql = """
        SELECT position_id AS id,
            CASE WHEN coalesce(condition, '') = '' THEN 'the stance is conditional but names no condition'
                ELSE 'the condition "' || left(condition, 80) || '" is not in the evidence' END AS reason
        FROM batch
        WHERE stance = 'conditional'
            AND (coalesce(condition, '') = '' OR NOT coalesce(contains(evidence, condition), false))
    """
    return Rule(
        "condition_verbatim",
        "condition",
        Severity.ROW,
        "a conditional stance has its condition, word for word in the evidence",
        sql,
    )
