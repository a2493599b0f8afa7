"""The edition's tables as CSV and Parquet bytes, the same on every machine, and back again to check them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newsledger.publish import wording
from newsledger.publish.record import Json
from schemas.edition import Edition, FigureChange, PositionChange, Side, StanceSide
from schemas.files import CHANGES
from schemas.reading import Quote

_ARROW = {"VARCHAR": pa.string(), "DOUBLE": pa.float64(), "INTEGER": pa.int32(), "DATE": pa.date32()}

CHANGES_SCHEMA = pa.schema([(column.name, _ARROW[column.type]) for column in CHANGES.columns])
"""One row a change of either kind; ``outlets`` and ``against`` are lists joined by "; "."""


def changes_table(edition: Edition) -> pa.Table:
    """Return the changes of an edition, most severe first, one row each, as :data:`CHANGES_SCHEMA`."""
    rows = [_row(edition, change) for change in edition.figure_changes]
    rows += [_row(edition, change) for change in edition.position_changes]
    rows.sort(key=lambda row: (-row["severity"], row["change_id"]))
    return pa.Table.from_pylist(rows, schema=CHANGES_SCHEMA)


def _row(edition: Edition, change: FigureChange | PositionChange) -> Json:
    subject = _figure_subject(change) if isinstance(change, FigureChange) else _position_subject(change)
    return {
        "change_id": change.change_id,
        "day": edition.day,
        "previous_day": change.previous_day,
        "revision": edition.revision,
        "story": change.story,
        "kind": str(change.kind),
        "severity": float(change.severity),
        "run_id": edition.run_id,
        **subject,
    }


def _figure_subject(change: FigureChange) -> Json:
    return {
        "subject_kind": "figure",
        "subject": change.indicator,
        "label": change.label,
        "unit": change.unit,
        "words": wording.figure_change_words(change),
        **_figure_side("before", change.before, change.unit),
        **_figure_side("after", change.after, change.unit),
        "against": "; ".join(wording.side_words(side, change.unit) for side in change.against),
    }


def _position_subject(change: PositionChange) -> Json:
    return {
        "subject_kind": "position",
        "subject": f"{change.actor}/{change.issue}",
        "label": wording.position_subject(change),
        "unit": "",
        "words": wording.position_change_words(change),
        **_stance_side("before", change.before),
        **_stance_side("after", change.after),
        "against": "; ".join(wording.stance_words(side) for side in change.against),
    }


def _figure_side(name: str, side: Side | None, unit: str) -> Json:
    if side is None:
        return {}
    return {
        f"value_{name}": side.value,
        f"value_low_{name}": side.value_low,
        f"value_high_{name}": side.value_high,
        f"qualifier_{name}": side.qualifier,
        f"said_{name}": wording.side_words(side, unit),
        **_support(name, side),
    }


def _stance_side(name: str, side: StanceSide | None) -> Json:
    if side is None:
        return {}
    return {
        f"stance_{name}": str(side.stance),
        f"condition_{name}": side.condition,
        f"said_{name}": wording.stance_words(side),
        **_support(name, side),
    }


def _support(name: str, side: Side | StanceSide) -> Json:
    support = {f"texts_{name}": side.texts, f"outlets_{name}": "; ".join(side.outlets)}
    return support | (_first_quote(name, side.quotes[0]) if side.quotes else {})


def _first_quote(name: str, quote: Quote) -> Json:
    fields = (
        "record_id",
        "document_id",
        "outlet",
        "published_at",
        "url",
        "source_path",
        "evidence",
        "evidence_start",
        "evidence_end",
    )
    return {f"{field}_{name}": getattr(quote, field) for field in fields}


def in_utc(table: pa.Table) -> pa.Table:
    """Return a table with every instant in UTC: the zone of the machine that read it is no fact."""
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type) and field.type.tz not in (None, "UTC"):
            utc = field.with_type(pa.timestamp(field.type.unit, "UTC"))
            table = table.set_column(place, utc, table.column(place).cast(utc.type))
    return table


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as Parquet. No clock goes in, and no metadata of the program that made the table."""
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(None), sink, compression="zstd", version="2.6")
    return sink.getvalue()


def read_parquet(data: bytes) -> pa.Table:
    """Return the table that Parquet bytes hold."""
    return pq.read_table(io.BytesIO(data))


def csv_bytes(table: pa.Table) -> bytes:
    """Return a table as CSV: UTF-8, commas, a header, lines end in LF; lists are JSON, dates ISO 8601.

    A null is an empty field and an empty string is ``""``, so that readers who care can tell them apart.
    Quoting is our own because the standard library's leaves a lone carriage return bare, which its
    reader then takes for the end of the row.
    """
    rows = [table.column_names, *_cells(table)]
    return "".join(f"{','.join(_field(cell) for cell in row)}\n" for row in rows).encode()


def _field(cell: str | None) -> str:
    if cell is None:
        return ""
    if not cell or any(char in cell for char in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cells(table: pa.Table) -> Iterator[list[str | None]]:
    for batch in table.to_batches():
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            yield [_cell(value) for value in row]


def _cell(value: Any) -> str | None:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return str(value)


def csv_rows(data: bytes) -> list[list[str]]:
    """Return header and rows of CSV bytes; fields may be as large as a stored text."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        return list(csv.reader(io.StringIO(data.decode(), newline="")))
    finally:
        csv.field_size_limit(limit)


def check_table(name: str, table: pa.Table, csv_data: bytes, parquet_data: bytes) -> Sequence[str]:
    """Return what is wrong with the two files of a table as they were read back; empty when nothing is."""
    problems = []
    if not read_parquet(parquet_data).equals(table.replace_schema_metadata(None)):
        problems.append(f"{name}.parquet does not hold the table")
    expected = [[cell or "" for cell in row] for row in _cells(table)]
    if csv_rows(csv_data) != [table.column_names, *expected]:
        problems.append(f"{name}.csv does not hold the table")
    return problems
