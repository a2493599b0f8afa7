"""The history of one indicator or issue, day by day, from the published views of a snapshot."""

from __future__ import annotations

import difflib
from datetime import date
from typing import Any

import duckdb

from schemas.errors import UsageError
from warehouse.rows import fetch_rows

Row = dict[str, Any]

_KEYS = """
SELECT DISTINCT 'indicator' AS kind, indicator AS key FROM readings WHERE $story IS NULL OR story = $story
UNION SELECT DISTINCT 'issue', issue FROM stands WHERE $story IS NULL OR story = $story ORDER BY ALL
"""

_READINGS = """
SELECT r.day, r.story, r.value, r.value_low, r.value_high, r.qualifier, r.unit, r.texts, r.outlets,
  r.is_disputed, c.kinds, coalesce(a.against, []) AS against, d.outlet, f.evidence, r.figure_id AS record_id
FROM readings r
JOIN figures f ON f.figure_id = r.figure_id AND f.story = r.story
JOIN documents d ON d.document_id = f.document_id AND d.version = f.version
LEFT JOIN (SELECT day, story, indicator, string_agg(kind, ', ' ORDER BY severity DESC, kind) AS kinds
           FROM figure_changes GROUP BY ALL) c
  ON c.day = r.day AND c.story = r.story AND c.indicator = r.indicator
LEFT JOIN (SELECT day, story, subject, list(DISTINCT value ORDER BY value) AS against
           FROM disagreements WHERE subject_kind = 'figure' GROUP BY ALL) a
  ON a.day = r.day AND a.story = r.story AND a.subject = r.indicator
WHERE r.indicator = $key AND ($story IS NULL OR r.story = $story)
  AND ($first IS NULL OR r.day >= $first) AND ($last IS NULL OR r.day <= $last)
UNION ALL
SELECT c.day, c.story, NULL, NULL, NULL, NULL, NULL, 0, 0, false, c.kind, [], NULL, NULL, c.change_id
FROM figure_changes c
WHERE c.kind = 'dropped' AND c.indicator = $key AND ($story IS NULL OR c.story = $story)
  AND ($first IS NULL OR c.day >= $first) AND ($last IS NULL OR c.day <= $last)
ORDER BY ALL
"""

_STANDS = """
SELECT s.day, s.story, s.actor, s.stance, s.condition, s.texts, s.outlets, s.is_disputed, c.kinds, d.outlet,
  p.evidence, s.position_id AS record_id
FROM stands s
JOIN positions p ON p.position_id = s.position_id AND p.story = s.story
JOIN documents d ON d.document_id = p.document_id AND d.version = p.version
LEFT JOIN (SELECT day, story, actor, issue, string_agg(kind, ', ' ORDER BY severity DESC, kind) AS kinds
           FROM position_changes GROUP BY ALL) c
  ON c.day = s.day AND c.story = s.story AND c.actor = s.actor AND c.issue = s.issue
WHERE s.issue = $key AND ($story IS NULL OR s.story = $story)
  AND ($first IS NULL OR s.day >= $first) AND ($last IS NULL OR s.day <= $last)
ORDER BY ALL
"""


def subject_kind(con: duckdb.DuckDBPyConnection, key: str, story: str | None = None) -> str:
    """Return ``indicator`` or ``issue``: what a key names among all that was ever read.

    Args:
        con: a snapshot.
        key: the key of an indicator or an issue, as its codebook has it.
        story: the story, where the key stands in several.

    Raises:
        UsageError: nothing was read under that key; the message names the nearest.
    """
    known = {str(name): str(kind) for kind, name in con.execute(_KEYS, {"story": story}).fetchall()}
    if key in known:
        return known[key]
    near = difflib.get_close_matches(key, known, n=1)
    if near:
        raise UsageError(f"nothing was read of {key!r}", hint=f"newsledger timeline {near[0]}")
    names = ", ".join(sorted(known)) or "nothing yet"
    raise UsageError(f"nothing was read of {key!r}; there are: {names}")


def readings_over_time(
    con: duckdb.DuckDBPyConnection,
    indicator: str,
    story: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Row]:
    """Return the readings of an indicator, oldest first, with what changed and the words that carry each.

    Rows have day, story, value, value_low, value_high, qualifier, unit, texts, outlets, is_disputed, kinds
    (changes of the day, joined by commas, or None), against (incompatible values of the day), outlet,
    evidence and record_id. A day on which the indicator was dropped has a row without a value.
    """
    given = {"key": indicator, "story": story, "first": first, "last": last}
    return fetch_rows(con, _READINGS, given)


def stands_over_time(
    con: duckdb.DuckDBPyConnection,
    issue: str,
    story: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[Row]:
    """Return every actor's stands on an issue, oldest first, with what changed and the words that carry each.

    Rows have day, story, actor, stance, condition, texts, outlets, is_disputed, kinds, outlet, evidence and
    record_id.
    """
    return fetch_rows(con, _STANDS, {"key": issue, "story": story, "first": first, "last": last})
