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


def evidence_rules(key: str, *, failure_share: float, checks_offsets: bool = True) -> tuple[Rule, ...]:
    """Return the grounding rules of a table whose rows carry evidence.

    Args:
        key: the column with the row's id.
        failure_share: share of rows (0 to 1) that may be ungrounded before nothing is promoted.
        checks_offsets: whether the table has ``text_length``, so that offsets can be checked.
    """
    verbatim = _verbatim(key, checks_offsets=checks_offsets)
    offsets = (_offsets(key),) if checks_offsets else ()
    return (_share(failure_share, verbatim), *offsets, verbatim)


def vocabulary(column: str, key: str, words: type[StrEnum]) -> Rule:
    """Return the critical rule that a column holds only words of an enumeration.

    Another word is a programming error of the extractor, not a fact of the news, so nothing is promoted.
    """
    sql = """
        SELECT $key AS id, '$column is ' || coalesce('''' || $column || '''', 'missing') AS reason
        FROM batch
        WHERE $column IS NULL OR NOT list_contains($$allowed, $column)
    """
    allowed = [str(word) for word in words]
    return Rule(
        f"{column}_in_vocabulary",
        column,
        Severity.CRITICAL,
        f"{column} is one of {', '.join(allowed)}",
        Template(sql).substitute(key=key, column=column),
        {"allowed": allowed},
    )


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
        WHERE NOT coalesce(
            0 <= evidence_start AND evidence_start < evidence_end AND evidence_end <= text_length, false)
    """
    return Rule(
        "offsets_inside_text",
        "evidence_start, evidence_end",
        Severity.ROW,
        "the evidence's offsets lie inside the text",
        Template(sql).substitute(key=key),
    )


def _verbatim(key: str, *, checks_offsets: bool) -> Rule:
    sql = """
        SELECT $key AS id,
            'the text has "' || coalesce(left(text_slice, 80), '') || '" where the evidence "'
            || coalesce(left(evidence, 80), '') || '" should be' AS reason
        FROM batch
        WHERE ($broken) AND $inside
    """
    inside = (
        "coalesce(0 <= evidence_start AND evidence_end <= text_length, false)" if checks_offsets else "true"
    )
    return Rule(
        "evidence_verbatim",
        "evidence",
        Severity.ROW,
        "the evidence is, character for character, what the text has at its offsets",
        Template(sql).substitute(key=key, broken=_NOT_VERBATIM, inside=inside),
    )


def _share(failure_share: float, verbatim: Rule) -> Rule:
    """Return the critical rule that most evidence is verbatim: else the extractor itself is broken."""
    sql = """
        WITH broken AS ($rows)
        SELECT id, reason FROM broken
        WHERE (SELECT count(*) FROM broken) > $$failure_share * (SELECT count(*) FROM batch)
    """
    return Rule(
        "evidence_verbatim_share",
        "evidence",
        Severity.CRITICAL,
        f"at most {failure_share:.0%} of the rows have evidence that is not verbatim",
        Template(sql).substitute(rows=verbatim.sql),
        {"failure_share": failure_share},
    )
