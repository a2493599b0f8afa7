"""What a promotion derives must be: every published number stands on a figure that may speak.

These rules look at what readers get, before the promotion is committed. What they find is an error of the
software, so each is critical.
"""

from __future__ import annotations

from expectations.rule import Rule, Severity, Suite, columns_of

READING_COLUMNS = columns_of(
    text="reading_id qualifier figure_qualifier indicator figure_indicator",
    whole="texts outlets supports",
    real="value value_low value_high figure_value",
    flag="is_held is_verbatim is_of_day",
)
STAND_COLUMNS = columns_of(
    text="stand_id stance position_stance condition evidence",
    whole="texts outlets supports",
    flag="is_held is_verbatim is_of_day",
)
CHANGE_COLUMNS = columns_of(
    text="change_id kind before_said before_found after_said after_found", real="severity", flag="is_doubled"
)
EDITION_COLUMNS = columns_of(
    text="edition_id",
    whole="revision former_revision documents documents_found figure_changes figure_changes_found"
    " position_changes position_changes_found disagreements disagreements_found held held_found",
)


def edition_suites() -> tuple[Suite, ...]:
    """Return the suites of what a promotion derived, in the order in which the audit lists their checks."""
    return (
        Suite("readings", "reading", READING_COLUMNS, _reading_rules()),
        Suite("stands", "stand", STAND_COLUMNS, _stand_rules()),
        Suite("changes", "change", CHANGE_COLUMNS, _change_rules()),
        Suite("editions", "edition", EDITION_COLUMNS, _edition_rules()),
    )


def _rule(key: str, name: str, subject: str, detail: str, broken: str, reason: str) -> Rule:
    sql = f"SELECT {key} AS id, {reason} AS reason FROM batch WHERE {broken}"  # noqa: S608 - our own words
    return Rule(name, subject, Severity.CRITICAL, detail, sql)


def _carried(key: str, record: str) -> tuple[Rule, ...]:
    """Return the rules on the record that carries a reading or stand."""
    return (
        _rule(
            key,
            "not_held",
            record,
            f"no held {record} carries what is published",
            "is_held IS NULL OR is_held",
            f"'its {record} is held, or missing'",
        ),
        _rule(
            key,
            "evidence_verbatim",
            record,
            f"the words of the {record} are in the stored text",
            "NOT coalesce(is_verbatim, false)",
            f"'the words of its {record} are not in the text'",
        ),
        _rule(
            key,
            "of_the_day",
            record,
            f"the {record} belongs to a document of the day",
            "NOT coalesce(is_of_day, false)",
            f"'its {record} belongs to no document of the day'",
        ),
        _rule(
            key,
            "supported",
            "texts, outlets",
            "it is supported by at least one text, and by the words listed",
            "coalesce(texts, 0) < 1 OR coalesce(supports, 0) < texts",
            "coalesce(texts, 0) || ' texts, ' || coalesce(supports, 0) || ' records listed'",
        ),
    )


def _reading_rules() -> tuple[Rule, ...]:
    key = "reading_id"
    return (
        *_carried(key, "figure"),
        _rule(
            key,
            "value_of_figure",
            "value",
            "a reading has the value, qualifier and indicator of the figure that carries it",
            "value IS DISTINCT FROM figure_value OR qualifier IS DISTINCT FROM figure_qualifier"
            " OR indicator IS DISTINCT FROM figure_indicator",
            "value || ' is read, the figure says ' || coalesce(CAST(figure_value AS VARCHAR), 'nothing')",
        ),
        _rule(
            key,
            "interval_sane",
            "value_low, value_high",
            "a reading is a finite number inside its interval",
            "NOT coalesce(isfinite(value), false) OR value_low > value_high OR value < value_low"
            " OR value > value_high",
            "coalesce(CAST(value AS VARCHAR), 'nothing') || ' in '"
            " || coalesce(CAST(value_low AS VARCHAR), 'open')"
            " || ' to ' || coalesce(CAST(value_high AS VARCHAR), 'open')",
        ),
    )


def _stand_rules() -> tuple[Rule, ...]:
    key = "stand_id"
    return (
        *_carried(key, "position"),
        _rule(
            key,
            "stance_of_position",
            "stance",
            "a stand has the stance of the position that carries it",
            "stance IS DISTINCT FROM position_stance",
            "stance || ' is published, the position says ' || coalesce(position_stance, 'nothing')",
        ),
        _rule(
            key,
            "condition_verbatim",
            "condition",
            "a conditional stand has its condition",
            "stance = 'conditional' AND NOT coalesce(contains(evidence, condition), false)",
            "'its condition is not in the words'",
        ),
    )


def _change_rules() -> tuple[Rule, ...]:
    key = "change_id"
    return (
        _rule(
            key,
            "sides_found",
            "before, after",
            "a change goes from the reading before to the reading of the day",
            "before_said IS DISTINCT FROM before_found OR after_said IS DISTINCT FROM after_found",
            "'it says ' || coalesce(before_said, 'nothing') || ' to ' || coalesce(after_said, 'nothing')"
            " || ', the readings are ' || coalesce(before_found, 'nothing') || ' and '"
            " || coalesce(after_found, 'nothing')",
        ),
        _rule(
            key,
            "moves",
            "before, after",
            "a rise or a fall has two different values",
            "kind IN ('rise', 'fall', 'shifted') AND before_said = after_said",
            "'a ' || kind || ' from ' || before_said || ' to ' || after_said",
        ),
        _rule(
            key,
            "severity_in_unit",
            "severity",
            "severity lies between 0 and 1",
            "NOT coalesce(severity BETWEEN 0 AND 1, false)",
            "'severity ' || coalesce(CAST(severity AS VARCHAR), 'missing')",
        ),
        _rule(
            key,
            "told_once",
            "change_id",
            "a change is told once in an edition",
            "is_doubled",
            "'it is told more than once'",
        ),
    )


def _edition_rules() -> tuple[Rule, ...]:
    key = "edition_id"
    counted = ("documents", "figure_changes", "position_changes", "disagreements", "held")
    wrong = " OR ".join(f"{name} <> {name}_found" for name in counted)
    return (
        _rule(
            key,
            "counts_true",
            ", ".join(counted),
            "an edition's numbers are those of its rows",
            wrong,
            " || ', ' || ".join(f"'{n} ' || {n} || ' of ' || {n}_found" for n in counted),
        ),
        _rule(
            key,
            "revision_follows",
            "revision",
            "an edition's revision is the one after the last",
            "revision <> coalesce(former_revision, 0) + 1",
            "'revision ' || revision || ' after ' || coalesce(CAST(former_revision AS VARCHAR), 'none')",
        ),
    )
