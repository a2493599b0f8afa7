# ruff: noqa: S608 - statements are put together from this module's own numbers
"""What recurs over an outlet's texts proves no reprint: newsletter lines, frames of live blogs and bulletins.

Learned at each promotion from the sketches alone, for the values the batch touches, so that any order of
arrival ends in the same tables.
"""

from __future__ import annotations

import duckdb

MIN_TEXTS, MIN_DAYS = 3, 3
"""Different texts of an outlet, and days of publication, over which a sketch value recurs when it is
standing text."""
MIN_CLEAR, CLEAR_SHARE = 2, 0.15
"""Values that are no standing text, and their share of the smaller sketch's, that two documents must
share."""

_TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched_values AS
SELECT DISTINCT d.outlet, v.hash
FROM (
  SELECT document_id, hash FROM ledger.sketches WHERE document_id IN (SELECT document_id FROM fresh_sketches)
  UNION ALL FROM replaced_sketches
) v
JOIN ledger.latest_documents d USING (document_id)
WHERE d.outlet IS NOT NULL
"""
# An exact copy under another address is no other text: texts are counted by their digest.
_RECURRING = f"""
CREATE OR REPLACE TEMP TABLE recurring_values AS
SELECT t.outlet, t.hash
FROM ledger.sketches s
JOIN touched_values t USING (hash)
JOIN ledger.latest_documents d ON d.document_id = s.document_id AND d.outlet = t.outlet
GROUP BY t.outlet, t.hash
HAVING count(DISTINCT d.text_sha256) >= {MIN_TEXTS} AND count(DISTINCT d.published_at::DATE) >= {MIN_DAYS}
"""
_MOVED = """
CREATE OR REPLACE TEMP TABLE moved_values AS
SELECT outlet, hash, true AS is_new FROM recurring_values ANTI JOIN ledger.standing USING (outlet, hash)
UNION ALL
SELECT outlet, hash, false FROM ledger.standing
  JOIN touched_values USING (outlet, hash) ANTI JOIN recurring_values USING (outlet, hash)
"""
# The links to look at: new ones, and those of documents with a value that has become standing
# text or is it no more.
_LINKS = """
CREATE OR REPLACE TEMP TABLE doubtful_links AS
WITH concerned AS (
  SELECT document_id FROM fresh_sketches
  UNION
  SELECT s.document_id FROM ledger.sketches s JOIN moved_values m USING (hash)
    JOIN ledger.latest_documents d ON d.document_id = s.document_id AND d.outlet = m.outlet
)
SELECT DISTINCT l.document_id, l.other_id
FROM ledger.links l
WHERE l.document_id IN (FROM concerned) OR l.other_id IN (FROM concerned)
"""
_IDLE = f"""
INSERT INTO ledger.idle_links
WITH facts AS (
  SELECT document_id, outlet, text_sha256 FROM ledger.latest_documents
  WHERE document_id IN (SELECT document_id FROM doubtful_links UNION SELECT other_id FROM doubtful_links)
),
pairs AS (
  SELECT l.document_id, l.other_id, a.outlet, b.outlet AS other_outlet
  FROM doubtful_links l
  JOIN facts a ON a.document_id = l.document_id JOIN facts b ON b.document_id = l.other_id
  WHERE a.text_sha256 <> b.text_sha256
    AND (a.outlet IN (SELECT outlet FROM ledger.standing) OR b.outlet IN (SELECT outlet FROM ledger.standing))
),
pieces AS (
  SELECT p.*, s.hash, true AS is_mine FROM pairs p JOIN ledger.sketches s ON s.document_id = p.document_id
  UNION ALL
  SELECT p.*, s.hash, false FROM pairs p JOIN ledger.sketches s ON s.document_id = p.other_id
),
clear AS (
  SELECT document_id, other_id, hash, bool_or(is_mine) AS in_mine, bool_or(NOT is_mine) AS in_other
  FROM pieces p
  WHERE NOT EXISTS (SELECT 1 FROM ledger.standing t WHERE t.hash = p.hash AND t.outlet = p.outlet)
    AND NOT EXISTS (SELECT 1 FROM ledger.standing t WHERE t.hash = p.hash AND t.outlet = p.other_outlet)
  GROUP BY document_id, other_id, hash
),
counted AS (
  SELECT document_id, other_id, count(*) FILTER (in_mine AND in_other) AS shared,
    least(count(*) FILTER (in_mine), count(*) FILTER (in_other)) AS smaller
  FROM clear GROUP BY document_id, other_id
)
SELECT p.document_id, p.other_id
FROM pairs p LEFT JOIN counted c USING (document_id, other_id)
WHERE coalesce(c.shared, 0) < greatest({MIN_CLEAR}, {CLEAR_SHARE} * coalesce(c.smaller, 0))
"""
# What of it changed: documents to place again, in the batch or not (warehouse/placing.py).
_IDLE_MOVED = """
CREATE OR REPLACE TEMP TABLE idle_moved AS
WITH now AS (FROM ledger.idle_links SEMI JOIN doubtful_links USING (document_id, other_id))
FROM (FROM now EXCEPT FROM idle_before) UNION ALL (FROM idle_before EXCEPT FROM now)
"""


def learn_standing(con: duckdb.DuckDBPyConnection) -> None:
    """Bring ``ledger.standing`` and ``ledger.idle_links`` up to date with the batch just added.

    Called inside the promotion's transaction, when the temporary tables ``fresh_sketches`` and
    ``replaced_sketches`` hold the documents whose sketches are new, and what the sketches were before.
    Leaves the links it changed in the temporary table ``idle_moved``.
    """
    con.execute(_TOUCHED)
    con.execute(_RECURRING)
    con.execute(_MOVED)
    con.execute(
        "DELETE FROM ledger.standing s WHERE EXISTS (SELECT 1 FROM moved_values m"
        " WHERE NOT m.is_new AND m.outlet = s.outlet AND m.hash = s.hash)"
    )
    con.execute("INSERT INTO ledger.standing SELECT outlet, hash FROM moved_values WHERE is_new")
    con.execute(_LINKS)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE idle_before AS"
        " FROM ledger.idle_links SEMI JOIN doubtful_links USING (document_id, other_id)"
    )
    con.execute(
        "DELETE FROM ledger.idle_links i USING idle_before b"
        " WHERE i.document_id = b.document_id AND i.other_id = b.other_id"
    )
    con.execute(_IDLE)
    con.execute(_IDLE_MOVED)
