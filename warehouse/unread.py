"""What a snapshot's figures say that no codebook follows: numbers of no indicator, and sources as printed."""

from __future__ import annotations

from typing import Any

import duckdb

AROUND = 600
"""Characters of the line given before and after a figure: the sentence it stands in, as a rule."""

_FIGURES = """
SELECT f.counted, f.predicate, f.unit, f.aspect, f.value, f.indicator, f.modality, f.attributed_to,
  coalesce(d.reprint_of, d.document_id) AS text_id, coalesce(d.outlet, 'outlet unknown') AS outlet,
  coalesce(strftime(d.published_at AT TIME ZONE 'UTC', '%Y-%m-%d'), '') AS day,
  regexp_extract(
    substr(d.text, greatest(f.evidence_start - $around, 0) + 1, least(f.evidence_start, $around)),
    '[^\\n]*$'
  ) AS before,
  f.evidence || regexp_extract(substr(d.text, f.evidence_end + 1, $around), '^[^\\n]*') AS after
FROM figures f JOIN documents d USING (document_id, version)
WHERE f.is_latest AND NOT f.is_held AND f.story = $story
  AND ((f.indicator IS NULL AND f.modality = 'reported') OR f.attributed_to IS NOT NULL)
ORDER BY d.published_at, d.document_id, f.evidence_start, f.figure_id
"""


def load_unread(con: duckdb.DuckDBPyConnection, story: str) -> list[dict[str, Any]]:
    """Return the figures of a story that belong to no indicator or name a source, in the order of their day.

    Each row has ``counted``, ``predicate``, ``unit``, ``aspect``, ``value``, ``indicator``, ``modality``,
    ``attributed_to``, ``text_id`` (reprints carry the id of the text they repeat), ``outlet``, ``day``, and
    the line around the figure up to ``before`` it and from it (``after``).

    Args:
        con: an open connection to a snapshot.
        story: the story's key.
    """
    cursor = con.execute(_FIGURES, {"story": story, "around": AROUND})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
