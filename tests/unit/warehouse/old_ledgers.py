"""Ledgers as earlier versions left them, with data: the migrations up to a number, and no more."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connect import sql_files

OWN = ("migrations", "views_version")
Rows = list[tuple[Any, ...]]


def shipped() -> list[int]:
    """Return the numbers of all migrations."""
    return sorted(int(name[:4]) for name, _ in sql_files("migrations"))


def make_earlier(path: Path, number: int) -> None:
    """Put in the place of a ledger one whose last migration has this number, with what it could hold then."""
    old = path.with_name("earlier.duckdb")
    with duckdb.connect(str(old)) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("CREATE SCHEMA ledger")
        con.execute("CREATE TABLE ledger.migrations (number INTEGER, name VARCHAR, sha256 VARCHAR)")
        for name, text in sql_files("migrations"):
            if int(name[:4]) <= number:
                con.execute(text)
                digest = hashlib.sha256(text.encode()).hexdigest()
                con.execute("INSERT INTO ledger.migrations VALUES (?, ?, ?)", [int(name[:4]), name, digest])
        con.execute(f"ATTACH '{path}' AS now (READ_ONLY)")
        for table, columns in columns_of(con, "earlier").items():
            names = ", ".join(columns)
            con.execute(f"INSERT INTO ledger.{table} BY NAME SELECT {names} FROM now.ledger.{table}")
    old.replace(path)


def columns_of(con: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of every table of a ledger that is data."""
    found: dict[str, list[str]] = {}
    rows = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'ledger'"
        " AND database_name = ? AND table_name IN (SELECT table_name FROM duckdb_tables())"
        " ORDER BY table_name, column_index",
        [database],
    ).fetchall()
    for table, column in rows:
        if table not in OWN:
            found.setdefault(str(table), []).append(str(column))
    return found


def content(path: Path, columns: dict[str, list[str]]) -> dict[str, Rows]:
    """Return the rows of some columns of every table, in a fixed order."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return {
            table: con.execute(f"SELECT {', '.join(names)} FROM ledger.{table} ORDER BY ALL").fetchall()
            for table, names in columns.items()
        }
