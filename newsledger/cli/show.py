"""``newsledger show``: one record, the words that prove it, and where they stand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from newsledger.cli.output import ProjectOption, clean
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode

if TYPE_CHECKING:
    from schemas.reading import Quote
    from warehouse.lookup import Found

NOT_SHOWN = {"text", "evidence", "evidence_start", "evidence_end", "text_sha256"}
"""Columns told by the quote, or too long for a list of fields."""


def show(
    record_id: Annotated[str, Parameter(help="an id, or the beginning of one, of any record or change")],
    /,
    *,
    project: ProjectOption = Path(),
    form: Annotated[
        Literal["text", "json"], Parameter(name=["--format", "-f"], help="how it is printed")
    ] = "text",
) -> int:
    """Show a figure, position, document, attendance or change with its evidence in context."""
    from warehouse.lookup import find_record  # noqa: PLC0415 - loads DuckDB

    with open_snapshot(project) as con:
        found = find_record(con, record_id)
    text = (
        json.dumps(asdict(found), indent=2, ensure_ascii=False, default=str)
        if form == "json"
        else as_text(found)
    )
    sys.stdout.write(text + "\n")
    return ExitCode.OK


def as_text(found: Found) -> str:
    """Return a record as lines for a person."""
    lines = [f"{found.kind} {found.record_id}", *_fields(found.row)]
    if found.document:
        lines += ["", "in the document", *_fields(found.document)]
    for quote in [found.quote, *found.sides]:
        lines += _quote(quote) if quote else []
    lines += [f"held by {hold['expectation']}: {clean(hold['reason'])}" for hold in found.holds]
    return "\n".join(lines)


def _fields(row: dict[str, object]) -> Iterator[str]:
    shown = {
        name: value for name, value in row.items() if name not in NOT_SHOWN and value not in (None, "", [])
    }
    width = max((len(name) for name in shown), default=0)
    for name, value in shown.items():
        yield f"  {name:{width}}  {clean(value)}"


def _quote(quote: Quote) -> list[str]:
    """Return the words with those around them, the evidence between square marks."""
    words = f"...{quote.before}[[{quote.evidence}]]{quote.after}..."
    where = f"{quote.outlet or 'unknown outlet'}, characters {quote.evidence_start} to {quote.evidence_end}"
    source = quote.url or quote.source_path or quote.document_id
    return ["", f"{clean(where)}, {clean(source)}", f"  {clean(' '.join(words.split()))}"]
