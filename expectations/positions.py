"""What a staged position must be."""

from __future__ import annotations

from expectations.grounding import evidence_rules, known_to_codebook, vocabulary
from expectations.rule import Rule, Severity, Suite, columns_of
from schemas.position import Stance

COLUMNS = columns_of(
    text="position_id actor issue stance condition evidence text_slice",
    whole="evidence_start evidence_end text_length",
    flag="actor_known issue_known",
)


def position_suite(*, failure_share: float) -> Suite:
    """Return the rules of ``positions``.

    Args:
        failure_share: share of rows (0 to 1) with ungrounded evidence above which nothing is promoted.
    """
    rules = (
        vocabulary("stance", "position_id", Stance),
        *evidence_rules("position_id", failure_share=failure_share),
        known_to_codebook("actor", "actor_known", "position_id"),
        known_to_codebook("issue", "issue_known", "position_id"),
        _condition(),
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
