"""One way to print rows, the same flags on every command: table, json, jsonl, csv or md."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from schemas.errors import UsageError

Format = Literal["table", "json", "jsonl", "csv", "md"]
FormatOption = Annotated[Format, Parameter(name=["--format", "-f"], help="how rows are printed")]
ProjectOption = Annotated[Path, Parameter(name=["--project", "-C"], help="the project's folder")]
StoryOption = Annotated[
    list[str] | None,
    Parameter(
        name=["--story", "-s"], negative="", help="a story's name or its codebook's path; may be repeated"
    ),
]
NowOption = Annotated[
    str | None, Parameter(name="--now", help="the run's clock (ISO 8601), for runs that can be repeated")
]

OneStoryOption = Annotated[str | None, Parameter(name=["--story", "-s"], help="the story's name")]

Row = Mapping[str, object]
ESCAPE = {c: None for c in range(32) if c not in (9, 10)} | {127: None} | dict.fromkeys(range(128, 160))
"""Control characters never reach a terminal: text from the web could move its cursor or colour it."""


def emit(rows: Sequence[Row], columns: Sequence[str], form: Format) -> None:
    """Print rows to standard output.

    Args:
        rows: mappings that have every column.
        columns: the columns to print, in order; also the header when there are no rows.
        form: ``table`` for people, the others for programs.
    """
    text = render(rows, columns, form)
    sys.stdout.buffer.write(text.encode("utf-8"))  # bytes: no newline is rewritten, no locale matters
    sys.stdout.buffer.flush()


def render(rows: Sequence[Row], columns: Sequence[str], form: Format) -> str:
    """Return rows as text that ends with a newline (see :func:`emit`)."""
    if form == "json":
        return json.dumps([_plain(row, columns) for row in rows], indent=2, ensure_ascii=False) + "\n"
    if form == "jsonl":
        return "".join(json.dumps(_plain(row, columns), ensure_ascii=False) + "\n" for row in rows)
    if form == "csv":
        return _csv(rows, columns)
    return _markdown(rows, columns) if form == "md" else _table(rows, columns)


def clean(value: object) -> str:
    """Return a value as text that is safe on a terminal."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    if isinstance(value, (list, tuple)):
        return ", ".join(clean(part) for part in value)
    return str(value).translate(ESCAPE)


def _plain(row: Row, columns: Sequence[str]) -> dict[str, object]:
    return {name: _json_value(row[name]) for name in columns}


def _json_value(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_json_value(part) for part in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)  # RFC 4180: lines end in CRLF, so a lone CR in a cell is quoted
    writer.writerow(columns)
    writer.writerows([_csv_value(row[name]) for name in columns] for row in rows)
    return buffer.getvalue()


def _csv_value(value: object) -> object:
    plain = _json_value(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, list) else plain


def _markdown(rows: Sequence[Row], columns: Sequence[str]) -> str:
    lines = [columns, ["---"] * len(columns)]
    lines += [[clean(row[name]).replace("|", "\\|").replace("\n", " ") for name in columns] for row in rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def _table(rows: Sequence[Row], columns: Sequence[str]) -> str:
    from rich import box  # noqa: PLC0415 - 0.2 s that programs reading JSON need not wait for
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in columns:
        numeric = bool(rows) and all(isinstance(row[name], (int, float)) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(row[name])) for name in columns))
    buffer = io.StringIO()
    Console(file=buffer, force_terminal=sys.stdout.isatty(), width=_width()).print(table)
    return buffer.getvalue()


def _width() -> int | None:
    """Return None (the terminal's own width) on a terminal; wide lines for a pipe or a file."""
    return None if sys.stdout.isatty() else 160


def parse_day(text: str) -> date:
    """Return the day of an argument.

    Raises:
        UsageError: the text is no day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no day (YYYY-MM-DD)") from error
