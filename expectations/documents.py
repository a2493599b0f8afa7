"""What a staged document must be."""

from __future__ import annotations

from expectations.grounding import row_rule
from expectations.rule import Rule, Severity, Suite, columns_of
from schemas.config import Auditing

COLUMNS = columns_of(
    text="document_id text_sha256 published_at_source source_path url outlet language opening",
    texts="story_languages unknown_stories",
    whole="version word_count text_length garbled held_version copies times",
    flag="has_text is_future is_digest_right is_taken is_reprint",
    instant="published_at",
)

CHALLENGE_WORDS = 120
"""Words above which a text is an article whatever it says of robots."""
_CHALLENGE = (
    "just a moment|attention required|checking your browser"
    "|(are|verify|prove) (that )?you.{0,12} (human|robot)|not a robot|pardon our interruption"
    "|access denied|request blocked|enable javascript and cookies"
    "|unusual traffic|ddos protection|captcha"
)
"""What the pages say that sites show to readers they take for robots."""


def document_suite(thresholds: Auditing) -> Suite:
    """Return the rules of ``documents``: critical ones first, then those that hold a document, then warnings.

    Args:
        thresholds: those of the project.
    """
    rules = (
        _identified(),
        _unique(),
        _named_once(),
        _version_follows(),
        _text_present(),
        _digest(),
        _word_count(),
        _not_future(),
        _not_epoch(),
        _outlet(),
        _language(),
        _story(),
        _clean(thresholds.garbled_share),
        _no_challenge(),
        _copies(thresholds.copies),
        _dated(thresholds.undated_share),
        _original(thresholds.reprint_share),
    )
    return Suite("documents", "document", COLUMNS, rules)


def _identified() -> Rule:
    sql = """
        SELECT coalesce(url, source_path, '(no address)') AS id,
            'it has no document_id or no version' AS reason
        FROM batch
        WHERE document_id IS NULL OR document_id = '' OR version IS NULL OR version < 1
    """
    return Rule(
        "id_present", "document_id, version", Severity.CRITICAL, "every document has id and version", sql
    )


def _unique() -> Rule:
    sql = """
        SELECT document_id AS id, 'version ' || version || ' is staged ' || count(*) || ' times' AS reason
        FROM batch
        WHERE document_id IS NOT NULL
        GROUP BY document_id, version
        HAVING count(*) > 1
    """
    return Rule(
        "id_and_version_unique", "document_id, version", Severity.CRITICAL, "no version is staged twice", sql
    )


def _text_present() -> Rule:
    sql = """
        SELECT document_id AS id, 'the document has no text' AS reason
        FROM batch
        WHERE NOT coalesce(has_text, false)
    """
    return Rule("text_present", "text", Severity.ROW, "the document has text", sql)


def _digest() -> Rule:
    sql = """
        SELECT document_id AS id, CASE
            WHEN coalesce(regexp_full_match(text_sha256, '[0-9a-f]{64}'), false)
                THEN 'the digest is that of another text'
            ELSE 'the digest of the text is no SHA-256: '
                || coalesce('''' || text_sha256 || '''', 'missing') END AS reason
        FROM batch
        WHERE coalesce(has_text, false) AND NOT (
            coalesce(regexp_full_match(text_sha256, '[0-9a-f]{64}'), false) AND coalesce(is_digest_right,
            false))
    """
    return Rule("text_digest", "text_sha256", Severity.ROW, "the digest is the SHA-256 of the text", sql)


def _word_count() -> Rule:
    sql = """
        SELECT document_id AS id, 'a document with text counts '
            || coalesce(CAST(word_count AS VARCHAR), 'no') || ' words' AS reason
        FROM batch
        WHERE coalesce(has_text, false) AND coalesce(word_count, 0) < 1
    """
    return Rule("word_count", "word_count", Severity.ROW, "a document with text has at least one word", sql)


def _not_future() -> Rule:
    sql = """
        SELECT document_id AS id,
            'published ' || strftime(timezone('UTC', published_at), '%Y-%m-%d %H:%M') || ' UTC (source: '
            || coalesce(published_at_source, 'unknown') || '), which lies in the future' AS reason
        FROM batch
        WHERE coalesce(is_future, false)
    """
    return Rule(
        "published_not_in_future", "published_at", Severity.ROW, "nothing is published in the future", sql
    )


def _not_epoch() -> Rule:
    return row_rule(
        "published_not_epoch",
        "published_at",
        "no publication date is the day computers count from",
        "CAST(timezone('UTC', published_at) AS DATE) BETWEEN DATE '1969-12-31' AND DATE '1970-01-02'",
        "'published ' || strftime(timezone('UTC', published_at), '%Y-%m-%d')"
        " || ': a missing date read as nought'",
        "document_id",
    )


def _named_once() -> Rule:
    return row_rule(
        "id_unique",
        "document_id, version",
        "no two different texts have one id and version",
        "times IS NOT NULL",
        "'the id and version ' || version || ' are given to ' || times"
        " || ' different texts; one of them is kept'",
        "document_id",
    )


def _version_follows() -> Rule:
    """Return the rule that versions go forward; the version the ledger holds is not touched."""
    return row_rule(
        "version_follows",
        "version",
        "a new text of a document is a version after those held",
        "coalesce(is_taken, false) OR version < held_version",
        "CASE WHEN is_taken THEN 'the ledger holds version ' || version || ' with another text'"
        " ELSE 'version ' || version || ' comes after version ' || held_version END",
        "document_id",
    )


def _outlet() -> Rule:
    return row_rule(
        "outlet_named",
        "outlet",
        "an outlet's name is not blank (a document may have none)",
        "outlet IS NOT NULL AND length(trim(outlet)) = 0",
        "'the name of its outlet is blank'",
        "document_id",
    )


def _language() -> Rule:
    return row_rule(
        "language_read",
        "language",
        "the document is in a language its story's codebook reads",
        "language IS NOT NULL AND len(story_languages) > 0 AND NOT list_contains(story_languages, language)",
        "'it is in ' || language || ', its story is read in '"
        " || array_to_string(list_sort(story_languages), ', ')",
        "document_id",
    )


def _story() -> Rule:
    return row_rule(
        "story_known",
        "stories",
        "every story of the document has a codebook",
        "len(unknown_stories) > 0",
        "'no codebook is of the story ' || array_to_string(unknown_stories, ', ')",
        "document_id",
    )


def _clean(garbled_share: float) -> Rule:
    return row_rule(
        "text_clean",
        "text",
        f"at most {garbled_share:.1%} of a text are control characters or wrongly decoded (two may be)",
        "garbled > greatest(2, $garbled_share * text_length)",
        "garbled || ' of its ' || text_length || ' characters are control characters or wrongly decoded'",
        "document_id",
        garbled_share=garbled_share,
    )


def _no_challenge() -> Rule:
    return row_rule(
        "no_challenge",
        "text",
        "the text is no page that asks whether its reader is a robot",
        "word_count <= $words AND regexp_matches(lower(opening), $challenge)",
        "'a page shown to robots: \"' || left(regexp_replace(opening, '\\s+', ' ', 'g'), 80) || '\"'",
        "document_id",
        words=CHALLENGE_WORDS,
        challenge=_CHALLENGE,
    )


def _copies(copies: int) -> Rule:
    return row_rule(
        "outlet_repeats_itself",
        "text_sha256",
        f"an outlet publishes the very same text under at most {copies} addresses",
        "copies >= $copies",
        "'its outlet has published this text under ' || copies || ' other addresses'",
        "document_id",
        copies=copies,
    )


def _dated(undated_share: float) -> Rule:
    """Return the warning on undated documents.

    A batch of feeds has next to none; many mean that a site's dates are not read, or files need a manifest.
    """
    sql = """
        SELECT document_id AS id, 'no publication date is known' AS reason
        FROM batch
        WHERE published_at IS NULL
            AND (SELECT avg(CAST(published_at IS NULL AS INTEGER)) FROM batch) > $undated_share
    """
    return Rule(
        "undated_share",
        "published_at",
        Severity.WARNING,
        f"at most {undated_share:.0%} of the documents have no publication date",
        sql,
        {"undated_share": undated_share},
    )


def _original(reprint_share: float) -> Rule:
    sql = """
        SELECT document_id AS id, 'it repeats another text' AS reason
        FROM batch
        WHERE coalesce(is_reprint, false)
            AND (SELECT avg(CAST(coalesce(is_reprint, false) AS INTEGER)) FROM batch) > $reprint_share
    """
    return Rule(
        "reprint_share",
        "links",
        Severity.WARNING,
        f"at most {reprint_share:.0%} of the documents repeat another text",
        sql,
        {"reprint_share": reprint_share},
    )
