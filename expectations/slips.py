"""Slips of the pen: figures that look like another figure written wrongly, and falls and leaps.

A figure's *rivals* are the other values it can be weighed against: other figures of the same indicator
in the same article, the last reading, and the values of other independent documents of the day. A slip
needs two things. The digits must fit (exchanged, one too many or too few, thousand for million, percent
for share), and the rival must be better supported. Support is compared in this order:

1. outside: the last reading, when it is within a twentieth of the value, and each other document of
   the day that agrees with it;
2. inside: whether the value has a qualifier, whether it is attributed, and how many figures of the
   article agree with it ("more than 67,000" agrees with 67,183, not with 76,183).

Two values of one article with equal support are both held: one is wrong and nothing tells which. One
document against one other is a disagreement for readers to see, not a slip: there the rival needs more
voices than the figure. Against the last reading one agreeing document is enough to keep the figure.

Digits also fit by chance, so a rival must differ by a twentieth (a hundredth within an article), and a
number of fewer than four significant digits is held only if something else contradicts it. A fall or a
leap that two other independent documents of the day report too is no slip and is not held. Planned,
denied and hypothetical figures, other aspects than the indicator's, and figures that speak of a day
before the last reading's are never weighed against reported ones of today.
"""

from __future__ import annotations

from expectations.rule import Rule, Severity

NEAR = 0.05
"""Relative difference within which a value is still the last reading's, and below which the exchange of
digits against another document is too likely a real change (the digits of 67,138 -> 67,183 fit too)."""
GAP_INSIDE = 0.01
"""The same within one article, where nobody states two nearly equal values of one thing by chance."""
LONG_NUMBER = 4
"""Significant digits from which an exchange is hardly chance: a number of four digits has six exchanges
among some thousand near values, a number of two has one among dozens."""
TENFOLD_DIGITS = 3
"""Significant digits both numbers need for "a digit too many": 3 -> 30 and 120 -> 1,200 happen."""
LEAP_UNSTEPPED = 0.5
"""Leap, as a share, that contradicts the last reading where the codebook gives no step."""
TABLE_SIZE = 12
"""Distinct values of one thing from which an article is taken for a table: among its many pairs some digits
fit by chance, and its values are no rivals of each other."""
CORROBORATION = 2
"""Other independent documents of the day that make a fall or a leap credible."""

_RIVALS = (
    # What can be weighed at all; the last reading only where it speaks of the same thing.
    """
    CREATE MACRO has_previous(previous_value, previous_day, as_of) AS
        coalesce(isfinite(previous_value), false) AND previous_value <> 0
        AND (as_of IS NULL OR previous_day IS NULL OR as_of >= previous_day)
    """,
    """
    CREATE TEMP TABLE tracked AS
    SELECT figure_id, document_id, version, story, indicator, unit, aspect, as_of, value, qualifier,
        value_low, value_high, indicator_step, previous_day, previous_low, digits_of(value) AS digits,
        sorted_digits(digits_of(value)) AS same_digits,
        CAST(qualifier <> 'exact' AS INTEGER) + CAST(attributed_to IS NOT NULL AS INTEGER) AS words,
        CASE WHEN has_previous(previous_value, previous_day, as_of) THEN previous_value END AS previous,
        coalesce(list_histogram(others_same_day), map([]::DOUBLE[], []::UBIGINT[])) AS others
    FROM batch
    WHERE indicator IS NOT NULL AND indicator_known AND modality = 'reported'
        AND isfinite(value) AND value <> 0
        AND (indicator_aspect IS NULL OR aspect = indicator_aspect)
    """,
    # The distinct values of one article for one thing, and how many of its figures agree with each.
    """
    CREATE TEMP TABLE single AS
    SELECT document_id, version, story, indicator, aspect, as_of, value, any_value(digits) AS digits,
        any_value(same_digits) AS same_digits, rounding(value) AS rounded_to,
        max(words) AS words, count(*) AS mentions
    FROM tracked WHERE qualifier NOT IN ('range', 'vague')
    GROUP BY document_id, version, story, indicator, aspect, as_of, value
    QUALIFY count(*) OVER (PARTITION BY document_id, version, story, indicator, aspect, as_of) <= $TABLE_SIZE
    """,
    """
    CREATE TEMP TABLE stated AS
    SELECT a.*, sum(b.mentions) AS mates
    FROM single AS a JOIN single AS b
        ON a.document_id = b.document_id AND a.version = b.version AND a.story = b.story
        AND a.indicator = b.indicator AND a.aspect = b.aspect AND a.as_of IS NOT DISTINCT FROM b.as_of
        AND agree(a.value, a.rounded_to, b.value, b.rounded_to)
    GROUP BY ALL
    """,
    """
    CREATE TEMP TABLE weighed AS
    SELECT t.*, coalesce(s.mates, 1) AS mates
    FROM tracked AS t LEFT JOIN stated AS s
        ON t.document_id = s.document_id AND t.version = s.version AND t.story = s.story
        AND t.indicator = s.indicator AND t.aspect = s.aspect AND t.as_of IS NOT DISTINCT FROM s.as_of
        AND t.value = s.value
    WHERE t.qualifier NOT IN ('range', 'vague')
    """,
    # Any slip leaves the digits or the factor; what has neither is not worth weighing: a day with hundreds
    # of documents has millions of pairs.
    """
    CREATE MACRO off_by_a_factor(a, b) AS
        times(a, b) BETWEEN 5 AND 20 OR times(a, b) BETWEEN 900 AND 1100 OR times(a, b) BETWEEN 9e5 AND 1.1e6
    """,
    # 0.45 and 45 percent: what was printed as a share was read, or written, as percent.
    """
    CREATE MACRO percent_for_share(unit, a, b) AS unit = 'share' AND times(a, b) BETWEEN 95 AND 105
    """,
    """
    CREATE TEMP TABLE siblings AS
    SELECT a.document_id, a.version, a.story, a.indicator, a.aspect, a.as_of, a.value, b.value AS rival,
        b.digits AS rival_digits, b.words + b.mates AS rival_words
    FROM stated AS a JOIN stated AS b
        ON a.document_id = b.document_id AND a.version = b.version AND a.story = b.story
        AND a.indicator = b.indicator AND a.aspect = b.aspect AND a.as_of IS NOT DISTINCT FROM b.as_of
        AND a.same_digits = b.same_digits AND a.value <> b.value
    UNION ALL
    SELECT a.document_id, a.version, a.story, a.indicator, a.aspect, a.as_of, a.value, b.value,
        b.digits, b.words + b.mates
    FROM stated AS a JOIN stated AS b
        ON a.document_id = b.document_id AND a.version = b.version AND a.story = b.story
        AND a.indicator = b.indicator AND a.aspect = b.aspect AND a.as_of IS NOT DISTINCT FROM b.as_of
        AND off_by_a_factor(a.value, b.value)
    """,
    """
    CREATE TEMP TABLE candidates AS
    SELECT w.*, 1 AS rank, s.rival, s.rival_digits, s.rival_words
    FROM weighed AS w JOIN siblings AS s
        ON w.document_id = s.document_id AND w.version = s.version AND w.story = s.story
        AND w.indicator = s.indicator AND w.aspect = s.aspect AND w.as_of IS NOT DISTINCT FROM s.as_of
        AND w.value = s.value
    UNION ALL
    SELECT *, 2, previous, digits_of(previous), 0
    FROM weighed
    WHERE aspect <> 'period' AND value <> previous
        AND (off_by_a_factor(value, previous) OR percent_for_share(unit, value, previous)
            OR same_digits = sorted_digits(digits_of(previous)))
    UNION ALL
    SELECT * EXCLUDE (other), 3, other, digits_of(other), 0
    FROM (SELECT *, unnest(map_keys(others)) AS other FROM weighed)
    WHERE isfinite(other) AND other <> 0 AND value <> other
        AND (off_by_a_factor(value, other) OR percent_for_share(unit, value, other)
            OR same_digits = sorted_digits(digits_of(other)))
    """,
    """
    CREATE MACRO nears(previous, v) AS
        CAST(coalesce(abs(v - previous) <= $NEAR * abs(previous), false) AS INTEGER)
    """,
    """
    CREATE TEMP TABLE rivals AS
    WITH voiced AS (
        SELECT *, seconded(others, value) AS voices, seconded(others, rival) AS rival_voices FROM candidates
    )
    SELECT figure_id, unit, value, digits, previous, indicator_step, rival, rival_digits, rank,
        CASE rank WHEN 1 THEN $GAP_INSIDE ELSE $NEAR END AS gap,
        CASE rank
            WHEN 1 THEN [nears(previous, value) + voices, words + mates]
            WHEN 2 THEN [voices, 0]
            ELSE [1 + nears(previous, value) + voices, 0] END AS support,
        CASE rank
            WHEN 1 THEN [nears(previous, rival) + rival_voices, rival_words]
            WHEN 2 THEN [1 + rival_voices, 0]
            ELSE [nears(previous, rival) + rival_voices, 0] END AS rival_support,
        CASE
            WHEN rank = 1 THEN 'the same article states ' || said(rival) || ' elsewhere'
            WHEN rank = 2 THEN 'the last reading was ' || said(rival)
                || coalesce(' (' || strftime(previous_day, '%Y-%m-%d') || ')', '')
            WHEN rival_voices = 1 THEN 'another document of the day states ' || said(rival)
            ELSE rival_voices || ' other documents of the day state ' || said(rival) END AS witness
    FROM voiced
    """,
    # Only rivals that outweigh the figure; the best witness of each figure is decided by the rules.
    """
    CREATE TEMP TABLE outweighed AS
    SELECT *, rank = 1 AND support = rival_support AS tied,
        CASE rank
            WHEN 1 THEN support[1] < rival_support[1]
            WHEN 2 THEN rival_support[1] > 1
                OR abs(value - previous) > coalesce(indicator_step, $LEAP_UNSTEPPED) * abs(previous)
            ELSE true END AS contradicted
    FROM rivals
    WHERE support < rival_support OR (rank = 1 AND support = rival_support)
    """,
    """
    CREATE MACRO verdict(witness, tied) AS
        witness || CASE WHEN tied THEN ', and nothing tells which of the two is right' ELSE '' END
    """,
)


def _with_constants(statement: str) -> str:
    """Return a statement with the constants above in the place of their ``$NAME``."""
    constants = {
        "GAP_INSIDE": GAP_INSIDE,
        "LEAP_UNSTEPPED": LEAP_UNSTEPPED,
        "NEAR": NEAR,
        "TABLE_SIZE": TABLE_SIZE,
    }
    for name, constant in constants.items():
        statement = statement.replace(f"${name}", str(constant))
    return statement


RIVALS = tuple(_with_constants(statement) for statement in _RIVALS)
"""Statements that make the tables the rules of this module read."""


def slip_rules() -> tuple[Rule, ...]:
    """Return the rules that compare a reported, tracked figure with its rivals, most telling first."""
    return (_digit_exchange(), _digit_count(), _unit_slip(), _cumulative_fall(), _implausible_step())


def _digit_exchange() -> Rule:
    sql = """
        SELECT figure_id AS id, min_by(
            said(value) || ' is ' || said(rival) || ' with digits exchanged; ' || verdict(witness, tied),
            [rank, rival]) AS reason
        FROM outweighed
        WHERE exchanged(digits, rival_digits)
            AND abs(value - rival) >= gap * greatest(abs(value), abs(rival))
            AND (significant(digits) >= $long_number OR contradicted)
        GROUP BY figure_id
    """
    return Rule(
        "digit_exchange",
        "value",
        Severity.ROW,
        "the value is not a better supported value with two digits exchanged",
        sql,
        {"long_number": LONG_NUMBER},
    )


def _digit_count() -> Rule:
    """Return the rule on 6,718 or 671,830 for 67,183: about ten times, with the same digits."""
    sql = """
        SELECT figure_id AS id, min_by(
            CASE
                WHEN one_more(rival_digits, digits)
                    THEN said(value) || ' is ' || said(rival) || ' with a digit dropped; '
                WHEN one_more(digits, rival_digits)
                    THEN said(value) || ' is ' || said(rival) || ' with a digit too many; '
                WHEN abs(value) < abs(rival)
                    THEN said(value) || ' is about a tenth of ' || said(rival) || '; '
                ELSE said(value) || ' is about ten times ' || said(rival) || '; ' END
            || verdict(witness, tied),
            [rank, rival]) AS reason
        FROM outweighed
        WHERE times(value, rival) BETWEEN 5 AND 20
            AND least(significant(digits), significant(rival_digits)) >= $tenfold_digits
            AND greatest(abs(value), abs(rival)) >= 1000
            AND (times(value, rival) BETWEEN 10 * (1 - $near) AND 10 * (1 + $near)
                OR (NOT contains(digits || rival_digits, '.')
                    AND (one_more(digits, rival_digits) OR one_more(rival_digits, digits))))
            AND coalesce(abs(value - rival) > indicator_step * abs(rival), true)
        GROUP BY figure_id
    """
    return Rule(
        "digit_dropped_or_doubled",
        "value",
        Severity.ROW,
        "the value is not a better supported value with a digit too few or too many",
        sql,
        {"tenfold_digits": TENFOLD_DIGITS, "near": NEAR},
    )


def _unit_slip() -> Rule:
    """Return the rule on thousand for million, percent for share: a factor no news makes in a day."""
    sql = """
        SELECT figure_id AS id, min_by(
            said(value) || ' is about '
            || CASE WHEN times(value, rival) > 1e5 THEN '1,000,000'
                WHEN percent_for_share(unit, value, rival) THEN '100' ELSE '1,000' END
            || CASE WHEN abs(value) < abs(rival) THEN ' times less than ' ELSE ' times ' END || said(rival)
            || CASE WHEN percent_for_share(unit, value, rival) THEN ' (percent and share mixed up); '
                ELSE ' (thousand, million or billion mixed up); ' END || verdict(witness, tied),
            [rank, rival]) AS reason
        FROM outweighed
        WHERE (times(value, rival) BETWEEN 1e3 * (1 - $near) AND 1e3 * (1 + $near)
                OR times(value, rival) BETWEEN 1e6 * (1 - $near) AND 1e6 * (1 + $near)
                OR percent_for_share(unit, value, rival))
            AND (least(abs(value), abs(rival)) >= 1000
                OR least(significant(digits), significant(rival_digits)) >= 2)
        GROUP BY figure_id
    """
    return Rule(
        "unit_slip",
        "value",
        Severity.ROW,
        "the value is not a better supported value with million and billion, or percent and share, mixed up",
        sql,
        {"near": NEAR},
    )


def _cumulative_fall() -> Rule:
    """Return the rule that what only grows does not shrink; rounding (half the last digit) is no fall."""
    sql = """
        SELECT figure_id AS id,
            said(value_high) || ' is less than ' || said(previous_low) || ', the last reading'
            || coalesce(' (' || strftime(previous_day, '%Y-%m-%d') || ')', '')
            || ', of a number that only grows' AS reason
        FROM tracked
        WHERE aspect = 'cumulative' AND previous IS NOT NULL
            AND value_high + greatest(
                least(0.5 * rounding(value_high), $near * abs(value_high)),
                CASE WHEN qualifier = 'about' THEN $near * abs(value_high) ELSE 0 END) < previous_low
            AND seconded(others, value) < $corroboration
    """
    return Rule(
        "cumulative_fall",
        "value_high",
        Severity.ROW,
        "a number that only grows does not fall, unless two other documents of the day say so",
        sql,
        {"near": NEAR, "corroboration": CORROBORATION},
    )


def _implausible_step() -> Rule:
    """Return the rule on the codebook's step; of an open or wide interval the nearer end is judged."""
    sql = """
        WITH edged AS (
            SELECT *, CASE
                WHEN value > previous AND qualifier IN ('less_than', 'up_to') THEN NULL
                WHEN value < previous AND qualifier IN ('at_least', 'more_than') THEN NULL
                WHEN qualifier IN ('range', 'vague') AND previous BETWEEN value_low AND value_high THEN NULL
                WHEN qualifier IN ('range', 'vague') AND value_low > previous THEN value_low
                WHEN qualifier IN ('range', 'vague') THEN value_high
                ELSE value END AS edge
            FROM tracked WHERE previous IS NOT NULL
        )
        SELECT figure_id AS id,
            said(edge) || ' is ' || CASE WHEN edge > previous THEN 'a rise' ELSE 'a fall' END || ' by '
            || said(round(100 * abs(edge - previous) / abs(previous))) || '% from ' || said(previous)
            || ', the last reading' || coalesce(' (' || strftime(previous_day, '%Y-%m-%d') || ')', '')
            || '; the codebook finds ' || said(round(100 * indicator_step)) || '% plausible' AS reason
        FROM edged
        WHERE abs(edge - previous) > indicator_step * abs(previous)
            AND seconded(others, value) < $corroboration
    """
    return Rule(
        "implausible_step",
        "value",
        Severity.ROW,
        "the step from the last reading is plausible, unless two other documents of the day report it too",
        sql,
        {"corroboration": CORROBORATION},
    )
