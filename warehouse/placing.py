# ruff: noqa: S608 - statements are put together from this package's own names
"""Where documents stand: whose text each repeats and on which edition day it is, for those a batch moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import duckdb

from warehouse.connect import sql_files

_KEYS = {
    "origins": ("document_id",),
    "elders": ("document_id", "elder_id"),
    "placements": ("document_id", "story"),
}
"""The tables that hold the answer, and the key of each."""

_SEEDS = """
CREATE OR REPLACE TEMP TABLE placing_seeds AS
SELECT document_id FROM staging.ledger.documents
UNION SELECT document_id FROM staging.ledger.extractions
UNION SELECT document_id FROM staging.ledger.links
UNION SELECT other_id FROM staging.ledger.links
UNION SELECT h.document_id FROM ledger.holds h JOIN staging.ledger.runs USING (run_id)
UNION SELECT document_id FROM idle_moved
UNION SELECT other_id FROM idle_moved
UNION SELECT document_id FROM ledger.elders WHERE steps < 0
UNION SELECT unnest($others::VARCHAR[])
"""

_AFFECTED = """
WITH touched AS (
  SELECT document_id FROM placements_moved
  UNION SELECT document_id FROM staging.ledger.documents
  UNION SELECT h.document_id FROM ledger.holds h JOIN staging.ledger.runs USING (run_id)
  UNION SELECT unnest($others::VARCHAR[])
),
days AS (
  SELECT day FROM placements_moved
  UNION SELECT p.day FROM placing_placements p JOIN ledger.holds h USING (document_id, version)
    JOIN staging.ledger.runs r ON r.run_id = h.run_id
  UNION SELECT p.day FROM placing_placements p WHERE list_contains($others::VARCHAR[], p.document_id)
  UNION SELECT p.day FROM placing_placements p JOIN placing_elders e USING (document_id)
    JOIN touched ON touched.document_id = e.elder_id
  UNION SELECT p.day FROM placing_placements p JOIN elders_moved USING (document_id)
  UNION SELECT (d.seen_at AT TIME ZONE c.timezone)::DATE
    FROM ledger.documents d JOIN touched USING (document_id)
    JOIN ledger.extractions x USING (document_id, version)
    JOIN ledger.codebooks c USING (story, codebook_version)
    WHERE d.version > 1
)
SELECT DISTINCT day FROM days ORDER BY day
"""


@cache
def _queries() -> list[tuple[str, str]]:
    return [("placing_" + name[3:].removesuffix(".sql"), text) for name, text in sql_files("views/placing")]


def affected_days(con: duckdb.DuckDBPyConnection, others: Iterable[str] = ()) -> list[date]:
    """Bring origins, elders and placements up to date, and return the days that have to be derived again.

    The attached ``staging`` batch is in the ledger already. The work grows with the batch and the documents
    that share text with it, not with the ledger.

    Args:
        con: the warehouse, inside the promotion's transaction.
        others: documents outside the batch of which something changed (a record held or released).
    """
    named = {"others": sorted(set(others))}
    con.execute(_SEEDS, named)
    place(con)
    return [row[0] for row in con.execute(_AFFECTED, named).fetchall()]


def place(con: duckdb.DuckDBPyConnection) -> None:
    """Place the documents of ``placing_seeds`` and all that share text with them.

    What they were and are is left in the temporary tables ``<table>_moved``, one row each.
    """
    for name, query in _queries():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
    for table, key in _KEYS.items():
        _replace(con, table, key)


def _replace(con: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...]) -> None:
    """Make a table say of the documents in scope what was derived, writing only what differs."""
    held = f"(SELECT * FROM ledger.{table} SEMI JOIN placing_scope USING (document_id))"
    for name, one, other in (("gone", held, f"placing_{table}"), ("come", f"placing_{table}", held)):
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table}_{name} AS SELECT * FROM {one} EXCEPT SELECT * FROM {other}"
        )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_moved AS FROM {table}_gone UNION ALL FROM {table}_come"
    )
    same = " AND ".join(f"g.{name} = t.{name}" for name in key)
    con.execute(f"DELETE FROM ledger.{table} t WHERE EXISTS (SELECT 1 FROM {table}_gone g WHERE {same})")
    con.execute(f"INSERT INTO ledger.{table} SELECT * FROM {table}_come")
