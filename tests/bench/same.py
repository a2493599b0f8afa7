"""What two ledgers must have in common whatever came in first: every row, without runs and clocks."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.connect import open_warehouse

_LEFT_OUT = {"run_id", "recorded_at", "published_at_run", "publication"}
_OF_RUNS = {
    "runs", "publications", "batches", "outcomes", "checks", "polls", "migrations", "views_version",
    "exports", "codebooks", "lifted_holds", "backfills", "links", "sketches", "journals", "hosts",
    "site_files", "renumbered",
}  # fmt: skip
"""Tables about runs, not about the news. Links are compared below, whichever side they were noted from."""
_EDITIONS = "SELECT * EXCLUDE (publication, published_at, revised_because, run_id) FROM ledger.editions"
_LINKS = """
SELECT DISTINCT least(document_id, other_id) AS one, greatest(document_id, other_id) AS other
FROM ledger.links
"""
_SKETCHES = "SELECT document_id, count(*) AS n, bit_xor(hash) AS x FROM ledger.sketches GROUP BY ALL"


def ledger_rows(path: Path) -> dict[str, list[str]]:
    """Return every row of a ledger that must not depend on the order of arrival, as text, by table."""
    con = open_warehouse(path)
    try:
        names = [
            str(row[0])
            for row in con.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'ledger' ORDER BY 1"
            ).fetchall()
        ]
        told = {name: _rows(con, _plain(con, name)) for name in names if name not in _OF_RUNS | {"editions"}}
        for name, query in (("editions", _EDITIONS), ("links", _LINKS), ("sketches", _SKETCHES)):
            told[name] = _rows(con, query)
        return told
    finally:
        con.close()


def _plain(con: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = [row[0] for row in con.execute(f"DESCRIBE ledger.{table}").fetchall()]
    return f"SELECT {', '.join(c for c in columns if c not in _LEFT_OUT)} FROM ledger.{table}"


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return sorted(repr(row) for row in con.execute(query).fetchall())


def differences(first: dict[str, list[str]], second: dict[str, list[str]]) -> list[str]:
    """Return the rows that one ledger has and the other has not, each with its table."""
    told = []
    for name in sorted({*first, *second}):
        mine, theirs = first.get(name, []), second.get(name, [])
        if mine != theirs:
            told += [f"- {name}: {row}" for row in sorted(set(mine) - set(theirs))]
            told += [f"+ {name}: {row}" for row in sorted(set(theirs) - set(mine))]
            told += [f"= {name}: repeated rows"] if set(mine) == set(theirs) else []
    return told
