"""Rules every record with evidence must keep: its words are in the text, where it says they are."""

from __future__ import annotations

from enum import StrEnum
from string import Template

from expectations.rule import Rule, Severity

# Offsets that lie outside the text are another rule's business (`offsets_inside_text`): each defect
# is named once. An empty evidence proves nothing, so it counts as not verbatim.
_NOT_VERBATIM = """
    text_slice IS DISTINCT FROM evidence OR length(evidence) = 0
"""


def evidence_rules(key: str, *, failure_share: float) -> tuple[Rule, ...]:
    """Return the grounding rules of a table whose rows carry evidence.

    Args:
        key: the column with the row's id.
        failure_share: share of rows (0 to 1) that may be ungrounded before nothing is promoted.
    """
    verbatim = _verbatim(key)
    share = most(verbatim, "evidence_verbatim_share", failure_share, "evidence that is not verbatim")
    return (share, _offsets(key), verbatim)


def record_rules(key: str) -> tuple[Rule, ...]:
    """Return the rules on where a record comes from: its own name, a document, a version, a story.

    Args:
        key: the column with the row's id.
    """
    return (
        row_rule(
            "id_unique",
            key,
            "no two different records have one id",
            "times IS NOT NULL",
            "'the id is given to ' || times || ' different records; one of them is kept'",
            key,
        ),
        row_rule(
            "document_present",
            "document_id",
            "the record's document is in the batch or the ledger",
            "NOT coalesce(document_known, false)",
            "'there is no document ' || coalesce(document_id, '(none)') || ', version '"
            " || coalesce(CAST(version AS VARCHAR), '(none)')",
            key,
        ),
        row_rule(
            "story_known",
            "story",
            "the record's story has a codebook",
            "coalesce(document_known, false) AND NOT coalesce(story_known, false)",
            "'no codebook is of the story \"' || coalesce(story, '') || '\"'",
            key,
        ),
        row_rule(
            "version_follows",
            "version",
            "the record was read in a version that is the document's own",
            "coalesce(is_taken, false)",
            "'it was read in a text that claims to be version ' || version"
            " || ', which the ledger holds with another text'",
            key,
        ),
    )


def day_rule(column: str, key: str, words: str) -> Rule:
    """Return the row rule that nothing reported speaks of a day after its publication.

    One day is let pass: an outlet east of the story's zone is a day ahead.

    Args:
        column: the day the record speaks of.
        key: the column with the row's id.
        words: what the day is of, for the reason.
    """
    reported = " AND modality = 'reported'" if column == "as_of" else ""
    return row_rule(
        f"{column}_not_after_publication",
        column,
        f"{words} is not after the day of publication",
        f"{column} > day + 1{reported}",
        f"'{words} is ' || {column} || ', the document was published on ' || day",
        key,
    )


def length_rule(key: str, longest: int) -> Rule:
    """Return the row rule that evidence is no longer than what anybody would quote.

    Args:
        key: the column with the row's id.
        longest: characters (``auditing.longest_evidence`` of the settings).
    """
    return row_rule(
        "evidence_length",
        "evidence",
        f"the evidence has at most {longest:,} characters",
        "length(evidence) > $longest",
        "'the evidence has ' || length(evidence) || ' characters'",
        key,
        longest=longest,
    )


def row_rule(
    name: str, subject: str, detail: str, broken: str, reason: str, key: str, **parameters: object
) -> Rule:
    """Return a row rule from the condition that breaks it.

    Args:
        name: the expectation's name.
        subject: the column it looks at.
        detail: what is expected, in words.
        broken: the SQL condition of a row that breaks it.
        reason: the SQL expression of its reason.
        key: the column with the row's id.
        parameters: values of the condition's ``$name`` parameters.
    """
    sql = f"SELECT {key} AS id, {reason} AS reason FROM batch WHERE {broken}"  # noqa: S608 - our own words
    return Rule(name, subject, Severity.ROW, detail, sql, parameters)


def vocabulary(column: str, key: str, words: type[StrEnum], failure_share: float) -> tuple[Rule, Rule]:
    """Return the rules that a column holds only words of an enumeration: most rows (critical), and each row.

    Another word is a programming error of the extractor, not a fact of the news. One such row is held;
    where it is the rule rather than the exception, nothing is promoted.

    Args:
        column: the column.
        key: the column with the row's id.
        words: the enumeration.
        failure_share: share of rows (0 to 1) above which nothing is promoted.
    """
    allowed = [str(word) for word in words]
    each = row_rule(
        f"{column}_in_vocabulary",
        column,
        f"{column} is one of {', '.join(allowed)}",
        f"{column} IS NULL OR NOT list_contains($allowed, {column})",
        f"'{column} is ' || coalesce('\"' || {column} || '\"', 'missing')",
        key,
        allowed=allowed,
    )
    return most(each, f"{column}_in_vocabulary_share", failure_share, f"a {column} of no vocabulary"), each


def known_to_codebook(column: str, flag: str, key: str) -> Rule:
    """Return the row rule that a name the codebook must know (where there is one) is known to it."""
    sql = """
        SELECT $key AS id, 'the codebook has no $column ''' || $column || '''' AS reason
        FROM batch
        WHERE $column IS NOT NULL AND NOT coalesce($flag, false)
    """
    return Rule(
        f"{column}_known",
        column,
        Severity.ROW,
        f"the codebook knows the {column}",
        Template(sql).substitute(key=key, column=column, flag=flag),
    )


def _offsets(key: str) -> Rule:
    sql = """
        SELECT $key AS id,
            'the evidence is said to be at ' || coalesce(evidence_start, -1) || ' to '
            || coalesce(evidence_end, -1) || ', the text has ' || text_length || ' characters' AS reason
        FROM batch
        WHERE text_length IS NOT NULL AND NOT coalesce(
            0 <= evidence_start AND evidence_start < evidence_end AND evidence_end <= text_length, false)
    """
    return Rule(
        "offsets_inside_text",
        "evidence_start, evidence_end",
        Severity.ROW,
        "the evidence's offsets lie inside the text",
        Template(sql).substitute(key=key),
    )


def _verbatim(key: str) -> Rule:
    sql = """
        SELECT $key AS id,
            'the text has "' || coalesce(left(text_slice, 80), '') || '" where the evidence "'
            || coalesce(left(evidence, 80), '') || '" should be' AS reason
        FROM batch
        WHERE ($broken) AND coalesce(0 <= evidence_start AND evidence_end <= text_length, false)
    """
    return Rule(
        "evidence_verbatim",
        "evidence",
        Severity.ROW,
        "the evidence is, character for character, what the text has at its offsets",
        Template(sql).substitute(key=key, broken=_NOT_VERBATIM),
    )


def most(each: Rule, name: str, failure_share: float, broken: str) -> Rule:
    """Return the critical rule that most rows keep another rule: else what made them is broken.

    Args:
        each: the rule of the single row.
        name: the name of the rule of most rows.
        failure_share: share of rows (0 to 1) above which nothing is promoted.
        broken: what the rows have that break it, in words.
    """
    sql = f"""
        WITH broken AS ({each.sql})
        SELECT id, reason FROM broken
        WHERE (SELECT count(DISTINCT id) FROM broken) > $failure_share * (SELECT count(*) FROM batch)
    """  # noqa: S608 - our own words
    return Rule(
        name,
        each.subject,
        Severity.CRITICAL,
        f"at most {failure_share:.0%} of the rows have {broken}",
        sql,
        {"failure_share": failure_share, **each.parameters},
    )
