# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""The words behind the records of an edition, with their context and where they stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import duckdb

from schemas.reading import Quote
from warehouse.rows import fetch_rows

CONTEXT_CHARACTERS = 160
"""Text shown before and after a quote (schemas.reading.Quote)."""

_QUERY = """
WITH records AS (
  SELECT figure_id AS record_id, document_id, version, evidence, evidence_start, evidence_end,
    CASE WHEN isfinite(value) THEN value END AS value, qualifier, attributed_to, slip FROM ledger.figures
    WHERE list_contains($ids, figure_id)
  UNION ALL
  SELECT p.position_id, p.document_id, p.version, p.evidence, p.evidence_start, p.evidence_end, NULL, NULL,
    coalesce(a.name, p.speaker), NULL
  FROM ledger.positions p LEFT JOIN ledger.actors a
    ON a.story = p.story AND a.codebook_version = p.codebook_version AND a.actor = p.speaker
  WHERE list_contains($ids, p.position_id)
  UNION ALL
  SELECT attendance_id, document_id, version, evidence, evidence_start, evidence_end, NULL, NULL, NULL, NULL
  FROM ledger.attendance WHERE list_contains($ids, attendance_id)
),
reprints AS (
  SELECT ed.document_id, arg_max(ed.reprint_of IS NOT NULL, e.publication) AS is_reprint
  FROM ledger.edition_documents ed JOIN ledger.editions e USING (day, revision)
  WHERE e.publication <= $publication
  GROUP BY ed.document_id
)
SELECT r.record_id, r.document_id, d.outlet, coalesce(d.title, '') AS title,
  coalesce(d.url, d.canonical_url) AS url,
  d.source_path, d.published_at, d.published_at_precision, r.evidence, r.evidence_start, r.evidence_end,
  substr(d.text, greatest(r.evidence_start - $context, 0) + 1, least(r.evidence_start, $context)) AS before,
  substr(d.text, r.evidence_end + 1, $context) AS after,
  r.value, r.qualifier, r.attributed_to, r.slip, coalesce(p.is_reprint, false) AS is_reprint
FROM records r JOIN ledger.documents d USING (document_id, version)
LEFT JOIN reprints p USING (document_id)
ORDER BY r.record_id, r.evidence
"""


def load_quotes(con: duckdb.DuckDBPyConnection, ids: Collection[str], publication: int) -> dict[str, Quote]:
    """Return the words of figures, positions and attendance by record id.

    Args:
        con: a connection to the warehouse or a snapshot.
        ids: record ids; unknown ones are left out.
        publication: whether a document is a reprint is told as of this publication.
    """
    if not ids:
        return {}
    args = {"ids": sorted(ids), "publication": publication, "context": CONTEXT_CHARACTERS}
    cursor = con.execute(_QUERY, args)
    names = [column[0] for column in cursor.description or ()]
    quotes: dict[str, Quote] = {}
    for row in cursor.fetchall():
        data = dict(zip(names, row, strict=True))
        data["published_at"] = iso(data["published_at"])
        quotes.setdefault(str(data["record_id"]), Quote(**data))
    return quotes


def iso(instant: datetime | None) -> str | None:
    """Return an instant in ISO 8601 and UTC, or None."""
    return instant.astimezone(UTC).isoformat() if instant else None


def load_labels(con: duckdb.DuckDBPyConnection, publication: int) -> Labels:
    """Return the names readers see, from the newest codebooks a publication knew."""
    newest = (
        "SELECT story, codebook_version FROM ledger.codebooks WHERE publication <= ?"
        " QUALIFY row_number() OVER (PARTITION BY story ORDER BY publication DESC, codebook_version) = 1"
    )
    query = "SELECT t.* FROM ledger.{} t JOIN (" + newest + ") USING (story, codebook_version)"
    tables = {
        t: fetch_rows(con, query.format(t), [publication])
        for t in ("codebooks", "indicators", "issues", "actors")
    }
    return Labels(tables)


class Labels:
    """Names for readers; a name the codebook no longer has is shown by its key."""

    def __init__(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        self.stories = {row["story"]: row for row in tables["codebooks"]}
        self._indicators = {(row["story"], row["indicator"]): row for row in tables["indicators"]}
        self._issues = {(row["story"], row["issue"]): str(row["proposition"]) for row in tables["issues"]}
        self._actors = {(row["story"], row["actor"]): str(row["name"]) for row in tables["actors"]}

    def indicator(self, story: str, indicator: str) -> str:
        """Return an indicator's label."""
        row = self._indicators.get((story, indicator))
        return str(row["label"]) if row else indicator

    def unit(self, story: str, indicator: str) -> str:
        """Return an indicator's unit, or "" when the codebook no longer has it."""
        row = self._indicators.get((story, indicator))
        return str(row["unit"]) if row else ""

    def proposition(self, story: str, issue: str) -> str:
        """Return an issue's proposition."""
        return self._issues.get((story, issue), issue)

    def actor(self, story: str, actor: str) -> str:
        """Return an actor's name."""
        return self._actors.get((story, actor), actor)
