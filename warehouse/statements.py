"""The positions of the latest documents as statements, with the names their codebooks give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb

from schemas.errors import UsageError
from schemas.statement import Statement

_QUERY = """
SELECT p.position_id, p.story, pl.day, p.said_on, p.document_id, pl.origin_id,
  coalesce(d.title, '') AS title, coalesce(d.byline, '') AS author, coalesce(d.outlet, '') AS source,
  d.published_at, p.actor, coalesce(a.name, p.actor) AS actor_name, coalesce(a.kind, 'group') AS actor_kind,
  CASE WHEN s.kind = 'person' THEN s.name WHEN a.kind = 'person' THEN a.name
       WHEN s.actor IS NULL THEN p.speaker END AS person,
  CASE WHEN a.kind = 'person' THEN b.name ELSE coalesce(a.name, p.actor) END AS organization,
  p.issue, coalesce(i.proposition, p.issue) AS proposition, p.stance, p.condition, p.act, p.evidence,
  p.evidence_start AS start, p.evidence_end AS stop
FROM positions p
JOIN documents d USING (document_id, version)
JOIN ledger.placements pl USING (document_id, version, story, codebook_version)
LEFT JOIN ledger.actors a USING (story, codebook_version, actor)
LEFT JOIN ledger.actors s
  ON s.story = p.story AND s.codebook_version = p.codebook_version AND s.actor = p.speaker
LEFT JOIN ledger.actors b
  ON b.story = p.story AND b.codebook_version = p.codebook_version AND b.actor = a.speaks_for
LEFT JOIN ledger.issues i USING (story, codebook_version, issue)
WHERE p.is_latest AND NOT p.is_held AND pl.day IS NOT NULL
  AND ($stories = [] OR list_contains($stories, p.story))
  AND ($first IS NULL OR pl.day >= $first) AND ($last IS NULL OR pl.day <= $last)
ORDER BY d.published_at, p.document_id, p.evidence_start, p.actor, p.issue, p.position_id
"""


def load_statements(
    con: duckdb.DuckDBPyConnection,
    *,
    stories: Sequence[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> list[Statement]:
    """Return the positions that are in no hold, of the latest version of each document, in order of time.

    Args:
        con: a snapshot.
        stories: the stories asked for; none means all.
        first: the first edition day, or None.
        last: the last edition day, or None.

    Raises:
        UsageError: a story is not in the snapshot.
    """
    known = [
        str(row[0])
        for row in con.execute("SELECT DISTINCT story FROM ledger.codebooks ORDER BY 1").fetchall()
    ]
    unknown = next((story for story in stories if story not in known), None)
    if unknown is not None:
        raise UsageError(
            f"no story {unknown!r} was published here", hint=f"stories: {', '.join(known) or 'none yet'}"
        )
    wanted = {"stories": list(stories), "first": first, "last": last}
    cursor = con.execute(_QUERY, wanted)
    names = [str(column[0]) for column in cursor.description or ()]
    return [Statement(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
