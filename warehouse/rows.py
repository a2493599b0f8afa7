# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Rows in and out of DuckDB through Arrow: row-by-row inserts are a hundred times slower."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

Row = Mapping[str, Any]


def quoted_path(path: object) -> str:
    """Return a path as an SQL string literal, for statements that take no parameters (ATTACH)."""
    return "'" + str(path).replace("'", "''") + "'"


def fetch_rows(
    con: duckdb.DuckDBPyConnection, query: str, args: Sequence[object] | Mapping[str, object] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a query as dictionaries keyed by column name, in the query's order.

    Args:
        con: the database.
        query: one query.
        args: values of its ``?``, or of its ``$name`` by name.
    """
    cursor = con.execute(query, dict(args) if isinstance(args, Mapping) else list(args))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Add rows to a table of schema ``ledger``; a column a row lacks is NULL, an unknown one an error."""
    if not rows:
        return
    import pyarrow as pa  # noqa: PLC0415 - 0.3 s

    types = _column_types(con, table)
    unknown = {name for row in rows for name in row} - types.keys()
    if unknown:
        raise KeyError(f"ledger.{table} has no column {sorted(unknown)}")
    columns = {
        name: pa.array([row.get(name) for row in rows], type=_arrow(kind)) for name, kind in types.items()
    }
    con.register("incoming_rows", pa.table(columns))
    con.execute(f"INSERT INTO ledger.{table} BY NAME SELECT * FROM incoming_rows")
    con.unregister("incoming_rows")


def _column_types(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    found = con.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'ledger' AND table_name = ?"
        " AND database_name = current_database() ORDER BY column_index",
        [table],
    ).fetchall()
    return {str(name): str(kind) for name, kind in found}


def _arrow(kind: str) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415 - 0.3 s

    if kind.endswith("[]"):
        return pa.list_(_arrow(kind.removesuffix("[]")))
    return {
        "VARCHAR": pa.string(),
        "INTEGER": pa.int32(),
        "BIGINT": pa.int64(),
        "UBIGINT": pa.uint64(),
        "DOUBLE": pa.float64(),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
        "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", "UTC"),
    }[kind]
