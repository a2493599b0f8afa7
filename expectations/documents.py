"""What a staged document must be."""

from __future__ import annotations

from expectations.rule import Rule, Severity, Suite, columns_of

UNDATED_SHARE = 0.1
"""Share of documents without a publication date above which the audit warns. A tenth: a batch of feeds
has next to none; more than that means a site's dates are not being read, or files need a manifest."""

COLUMNS = columns_of(
    text="document_id text_sha256 published_at_source source_path url",
    whole="version word_count",
    flag="has_text is_future",
    instant="published_at",
)


def document_suite() -> Suite:
    """Return the rules of ``documents``: critical ones first, then those that hold a document."""
    rules = (
        _identified(),
        _unique(),
        _text_present(),
        _digest(),
        _word_count(),
        _not_future(),
        _dated(),
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
        SELECT document_id AS id,
            'the digest of the text is no SHA-256: '
            || coalesce('''' || text_sha256 || '''', 'missing') AS reason
        FROM batch
        WHERE NOT coalesce(regexp_full_match(text_sha256, '[0-9a-f]{64}'), false)
    """
    return Rule("text_digest", "text_sha256", Severity.ROW, "the text's digest is a SHA-256 in hex", sql)


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


def _dated() -> Rule:
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
        f"at most {UNDATED_SHARE:.0%} of the documents have no publication date",
        sql,
        {"undated_share": UNDATED_SHARE},
    )
