"""What a staged figure must be by itself; :mod:`expectations.slips` compares it with others."""

from __future__ import annotations

from expectations.grounding import (
    day_rule,
    evidence_rules,
    known_to_codebook,
    length_rule,
    record_rules,
    row_rule,
    vocabulary,
)
from expectations.numerals import NUMERALS
from expectations.rule import Rule, Severity, Suite, columns_of
from expectations.slips import RIVALS, slip_rules
from schemas.config import Auditing
from schemas.figure import Aspect, Modality, Qualifier

COLUMNS = columns_of(
    text="""figure_id document_id story indicator qualifier unit modality aspect attributed_to evidence
        text_slice indicator_aspect indicator_unit previous_qualifier slip""",
    whole="version times evidence_start evidence_end text_length",
    real="""value value_low value_high indicator_low indicator_high indicator_step previous_value previous_low
        previous_high""",
    reals="others_same_day",
    flag="document_known story_known is_taken indicator_known",
    day="as_of day previous_day",
)


def figure_suite(thresholds: Auditing, *, failure_share: float) -> Suite:
    """Return the rules of ``figures``, in the order that decides which one holds a figure.

    Grounding comes first (a figure that is not in the text needs no second look), then the record's own
    sense, then the slips, whose reasons say more than "too large", then falls and steps. What a text alone
    shows comes last: a warning that holds nothing.

    Args:
        thresholds: those of the project.
        failure_share: share of rows (0 to 1) with ungrounded evidence above which nothing is promoted.
    """
    rules = (
        *vocabulary("qualifier", "figure_id", Qualifier, failure_share),
        *vocabulary("modality", "figure_id", Modality, failure_share),
        *vocabulary("aspect", "figure_id", Aspect, failure_share),
        *record_rules("figure_id"),
        *evidence_rules("figure_id", failure_share=failure_share),
        length_rule("figure_id", thresholds.longest_evidence),
        _finite(),
        _interval(),
        known_to_codebook("indicator", "indicator_known", "figure_id"),
        _unit(),
        _count(),
        _share_of_all(),
        _plausible(),
        day_rule("as_of", "figure_id", "the day it speaks of"),
        *slip_rules(),
        _slip_in_text(),
    )
    return Suite("figures", "figure", COLUMNS, rules, (*NUMERALS, *RIVALS))


def _finite() -> Rule:
    sql = """
        SELECT figure_id AS id, 'the value is ' || coalesce(CAST(value AS VARCHAR), 'missing') AS reason
        FROM batch
        WHERE NOT coalesce(isfinite(value), false)
            OR NOT coalesce(isfinite(value_low), true) OR NOT coalesce(isfinite(value_high), true)
    """
    return Rule("value_finite", "value", Severity.ROW, "value and interval ends are finite numbers", sql)


def _interval() -> Rule:
    """Return the rule on what each qualifier asserts (docs of :class:`schemas.figure.Qualifier`)."""
    sql = """
        WITH judged AS (
            SELECT figure_id AS id, CASE
                WHEN value_low > value_high
                    THEN 'its interval is upside down: ' || said(value_low) || ' to ' || said(value_high)
                WHEN value < value_low OR value > value_high
                    THEN said(value) || ' lies outside its own interval ' || coalesce(said(value_low), 'open')
                        || ' to ' || coalesce(said(value_high), 'open')
                WHEN qualifier IN ('range', 'vague') AND (value_low IS NULL OR value_high IS NULL)
                    THEN 'a ' || qualifier || ' needs both ends'
                WHEN qualifier = 'exact'
                    AND (value_low IS DISTINCT FROM value OR value_high IS DISTINCT FROM value)
                    THEN 'an exact value must be both ends of its interval'
                WHEN qualifier IN ('at_least', 'more_than')
                    AND (value_low IS NULL OR value_high IS NOT NULL)
                    THEN '"' || replace(qualifier, '_', ' ') || '" must be closed below and open above'
                WHEN qualifier IN ('nearly', 'less_than', 'up_to')
                    AND (value_low IS NOT NULL OR value_high IS NULL)
                    THEN '"' || replace(qualifier, '_', ' ') || '" must be open below and closed above'
                END AS reason
            FROM batch
            WHERE isfinite(value)
        )
        SELECT id, reason FROM judged WHERE reason IS NOT NULL
    """
    return Rule(
        "interval_sane",
        "value, value_low, value_high",
        Severity.ROW,
        "the interval holds the value and is open where the qualifier says so",
        sql,
    )


def _unit() -> Rule:
    sql = """
        SELECT figure_id AS id,
            'counted in "' || coalesce(unit, '') || '", the indicator in "' || indicator_unit || '"' AS reason
        FROM batch
        WHERE indicator IS NOT NULL AND indicator_unit IS NOT NULL AND unit IS DISTINCT FROM indicator_unit
    """
    return Rule("unit_agrees", "unit", Severity.ROW, "the figure has the indicator's unit", sql)


def _count() -> Rule:
    return row_rule(
        "count_not_negative",
        "value",
        "nobody counts less than none",
        "unit IN ('person', 'count') AND value < 0",
        "said(value) || ' ' || CASE unit WHEN 'person' THEN 'persons' ELSE 'things' END"
        " || ': nobody counts less than none'",
        "figure_id",
    )


def _share_of_all() -> Rule:
    """Return the rule on shares above the whole.

    An indicator that can exceed it (a price rise of 140%) says so with its ``high`` in the codebook.
    """
    return row_rule(
        "share_within_whole",
        "value",
        "a share is at most the whole, unless the codebook's `high` says otherwise",
        "indicator IS NOT NULL AND unit = 'share' AND indicator_high IS NULL AND value > 1"
        " AND isfinite(value)",
        "said(round(100 * value, 4)) || '% is more than the whole;"
        " where the indicator can be, give it a `high`'",
        "figure_id",
    )


def _plausible() -> Rule:
    """Return the rule on the codebook's bounds; an open end is not judged, the stated value is."""
    sql = """
        SELECT figure_id AS id, CASE WHEN value < indicator_low
            THEN said(value) || ' is below ' || said(indicator_low)
                || ', the least the codebook finds plausible'
            ELSE said(value) || ' is above ' || said(indicator_high)
                || ', the most the codebook finds plausible'
            END AS reason
        FROM batch
        WHERE indicator IS NOT NULL AND isfinite(value) AND (value < indicator_low OR value > indicator_high)
    """
    return Rule(
        "within_bounds", "value", Severity.ROW, "the value is within the indicator's low and high", sql
    )


def _slip_in_text() -> Rule:
    """Return the rule on the extractor's flag (:class:`schemas.figure.Slip`).

    It warns: a headline against its text or a rise that falls tells that something is wrong, not which
    number. Exchanged and dropped digits and mixed up units are held too, by the rules that weigh them.
    """
    sql = """
        SELECT figure_id AS id, slip AS reason FROM batch WHERE slip IS NOT NULL
    """
    return Rule(
        "slip_in_text",
        "slip",
        Severity.WARNING,
        "no figure looks like a slip of the pen in its own text",
        sql,
    )
