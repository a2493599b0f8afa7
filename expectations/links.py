"""What a staged proof that two documents share text must be."""

from __future__ import annotations

from expectations.grounding import row_rule
from expectations.rule import Suite, columns_of

COLUMNS = columns_of(
    text="link_id document_id other_id relation", real="contained contains", flag="other_known"
)


def link_suite() -> Suite:
    """Return the rules of ``links``; a link that breaks one is not promoted, its document is."""
    rules = (
        row_rule(
            "not_itself",
            "other_id",
            "a document repeats another one, not itself",
            "document_id = other_id",
            "'the document is said to repeat itself'",
            "link_id",
        ),
        row_rule(
            "other_known",
            "other_id",
            "the document repeated is in the batch or the ledger",
            "NOT coalesce(other_known, false)",
            "'there is no document ' || coalesce(other_id, '(none)')",
            "link_id",
        ),
        row_rule(
            "share_in_unit",
            "contained, contains",
            "the shares of common text lie between 0 and 1",
            "NOT coalesce(contained BETWEEN 0 AND 1 AND contains BETWEEN 0 AND 1, false)",
            "'shares of ' || coalesce(CAST(contained AS VARCHAR), 'nothing') || ' and '"
            " || coalesce(CAST(contains AS VARCHAR), 'nothing')",
            "link_id",
        ),
    )
    return Suite("links", "link", COLUMNS, rules)
