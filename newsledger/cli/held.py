"""``newsledger held``: what is kept out of the editions, and what people decide about it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, ProjectOption, clean, emit
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode, LockedError, UsageError

if TYPE_CHECKING:
    from schemas.corrections import Correction
    from warehouse.lookup import Found

COLUMNS = ["day", "record_id", "record_kind", "expectation", "reason", "evidence"]
WHO = "NEWSLEDGER_WHO"
GUARDED = {
    "figure": ("value", "indicator"),
    "position": ("stance", "issue"),
    "attendance": ("name", "status"),
    "document": ("version",),
}
"""What a decision expects to find again, so that it does nothing once the record says something else."""

ReasonOption = Annotated[str, Parameter(help="why, for readers of the edition")]
WhoOption = Annotated[
    str | None, Parameter(help=f"who decides, as readers see it; ${WHO} when not given", env_var=WHO)
]
SourceOption = Annotated[str | None, Parameter(help="an address or a document that shows it")]
LaterOption = Annotated[
    bool, Parameter(negative="", help="only write it down; the next run applies it with its news")
]
IdArgument = Annotated[str, Parameter(help="the id of a record, or its beginning (newsledger held list)")]


def held_list(
    day: Annotated[str | None, Parameter(help="an edition day (YYYY-MM-DD); all days when not given")] = None,
    /,
    *,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Show what is held: by which expectation, why, and in which words; an undated document has no day."""
    from warehouse.corrections import held_rows  # noqa: PLC0415 - loads DuckDB

    with open_snapshot(project) as con:
        rows = held_rows(con, _day(day))
    emit(rows, COLUMNS, form)
    sys.stderr.write(f"{len(rows)} held" + (f" on {day}" if day else "") + "\n")
    return ExitCode.OK


def held_show(record_id: IdArgument, /, *, project: ProjectOption = Path()) -> int:
    """Show a record with its words, why it is held, and what people decided about it."""
    from newsledger.cli.show import as_text  # noqa: PLC0415
    from warehouse.corrections import decisions_about  # noqa: PLC0415 - loads DuckDB
    from warehouse.lookup import find_record  # noqa: PLC0415

    with open_snapshot(project) as con:
        found = find_record(con, record_id)
        decided = decisions_about(con, found.record_id)
    lines = [as_text(found), *(_told(row) for row in decided)]
    sys.stdout.write("\n".join(lines) + "\n")
    if found.holds and not decided:
        sys.stderr.write(f"  try: newsledger held release {found.record_id} --reason ... --who ...\n")
    return ExitCode.OK


def held_release(
    record_id: IdArgument,
    /,
    *,
    reason: ReasonOption,
    who: WhoOption = None,
    source: SourceOption = None,
    later: LaterOption = False,
    project: ProjectOption = Path(),
) -> int:
    """Let a held record count; written into corrections.yml and published with its reason and author."""
    with open_snapshot(project) as con:
        found = _found(con, record_id)
    if not found.holds:
        raise UsageError(f"{found.kind} {found.record_id} is not held", hint="newsledger held list")
    _refuse_unprovable(found)
    names = sorted({str(hold["expectation"]) for hold in found.holds if hold["record_id"] == found.record_id})
    guard = {"expectation": names[0]} if len(names) == 1 else {}
    return _decide(project, found, {"action": "release"}, guard, reason, who, source, later=later)


def held_reject(
    record_id: IdArgument,
    /,
    *,
    reason: ReasonOption,
    who: WhoOption = None,
    source: SourceOption = None,
    later: LaterOption = False,
    project: ProjectOption = Path(),
) -> int:
    """Keep a record out; written into corrections.yml and published with its reason and author."""
    with open_snapshot(project) as con:
        found = _found(con, record_id)
    return _decide(project, found, {"action": "reject"}, {}, reason, who, source, later=later)


def held_correct(
    record_id: IdArgument,
    field: Annotated[str, Parameter(help="what is corrected: value, indicator, stance ...")],
    value: Annotated[
        str, Parameter(help="what it is corrected to; `none` for nothing", allow_leading_hyphen=True)
    ],
    /,
    *,
    reason: ReasonOption,
    who: WhoOption = None,
    source: SourceOption = None,
    later: LaterOption = False,
    project: ProjectOption = Path(),
) -> int:
    """Put a corrected copy in the place of a figure or position; the record as read is kept, as held."""
    from schemas.corrections import fields_of, nearest  # noqa: PLC0415 - loads pydantic

    with open_snapshot(project) as con:
        found = _found(con, record_id)
    known = fields_of(found.kind)
    if field not in known:
        words = nearest(field, known) or "; figures and positions can be corrected"
        raise UsageError(f"a {found.kind} has no {field!r} to correct{words}")
    _refuse_unprovable(found)
    what = {"action": "correct", "field": field, "value": _value(field, value)}
    return _decide(project, found, what, {field: found.row.get(field)}, reason, who, source, later=later)


def held_apply(*, project: ProjectOption = Path()) -> int:
    """Apply corrections.yml now, as it was written by hand: editions it changes get a new revision."""
    return _apply(project)


def _found(con: Any, record_id: str) -> Found:  # noqa: ANN401 - a DuckDB connection, imported late
    from warehouse.lookup import find_record  # noqa: PLC0415 - loads DuckDB

    found = find_record(con, record_id)
    if found.kind not in GUARDED:
        raise UsageError(
            f"{found.record_id} is a {found.kind}, which follows from records",
            hint=f"newsledger show {found.record_id} names the figures or positions behind it",
        )
    return found


def _refuse_unprovable(found: Found) -> None:
    from schemas.corrections import UNRELEASABLE  # noqa: PLC0415 - loads pydantic

    final = [hold for hold in found.holds if hold["expectation"] in UNRELEASABLE]
    if final:
        raise UsageError(
            f"{found.kind} {found.record_id} is held by {final[0]['expectation']}, which nobody can overrule:"
            f" {final[0]['reason']}",
            hint="its words do not prove it; mend the input or the codebook, and read the document again",
        )


def _decide(
    project: Path,
    found: Found,
    what: Mapping[str, object],
    guard: Mapping[str, object],
    reason: str,
    who: str | None,
    source: str | None,
    *,
    later: bool,
) -> int:
    """Write a decision and apply it."""
    from flows.corrections import add_correction, unknown_names  # noqa: PLC0415
    from flows.project import open_project  # noqa: PLC0415 - loads pydantic

    opened = open_project(project)
    decision = _correction(found, what, guard, reason, who or os.environ.get(WHO), source)
    wrong = unknown_names([decision], opened.codebooks)
    if wrong:
        raise UsageError(wrong[0].partition(": ")[2], hint="newsledger codebook list")
    add_correction(opened.corrections, decision, lock=opened.state / "corrections.lock")
    sys.stderr.write(f"{opened.corrections}: {decision.action} {decision.target} written\n")
    if later:
        return ExitCode.OK
    try:
        return _apply(project)
    except LockedError as error:
        sys.stderr.write(f"{error}\n  it is applied by the next run\n")
        return ExitCode.OK


def _correction(
    found: Found,
    what: Mapping[str, object],
    guard: Mapping[str, object],
    reason: str,
    who: str | None,
    source: str | None,
) -> Correction:
    from pydantic import ValidationError  # noqa: PLC0415 - 0.3 s

    from schemas.corrections import Correction  # noqa: PLC0415

    if not who:
        raise UsageError(
            "nobody is named who decides this", hint=f'add --who "Your name", or set {WHO} once for all'
        )
    expect = {name: _scalar(found.row.get(name)) for name in GUARDED[found.kind]}
    data: dict[str, object] = {"target": found.record_id, **what, "reason": reason, "who": who}
    data |= {"source": source} if source else {}
    data |= {
        "decided": datetime.now(UTC).date(),
        "expect": {**expect, **{k: _scalar(v) for k, v in guard.items()}},
    }
    try:
        return Correction.model_validate(data)
    except ValidationError as error:
        told = "; ".join(_problem(e["loc"], str(e["msg"])) for e in error.errors(include_url=False))
        raise UsageError(told) from error


def _problem(location: tuple[int | str, ...], message: str) -> str:
    where = f"{location[0]}: " if location and message[:1].isupper() and "Value error" not in message else ""
    return where + message.removeprefix("Value error, ")


def _scalar(value: object) -> object:
    return value if isinstance(value, str | int | float | date | type(None)) else str(value)


def _value(field: str, text: str) -> object:
    """Return a value as its field wants it.

    Raises:
        UsageError: it is no number or no day.
    """
    if text.lower() in ("none", "null"):
        return None
    try:
        if field == "value":
            return float(text.replace(",", ""))
        return date.fromisoformat(text) if field in ("as_of", "said_on") else text
    except ValueError as error:
        kind = "number (67183)" if field == "value" else "day (2026-03-07)"
        raise UsageError(f"{field} must be a {kind}, not {text!r}") from error


def _apply(project: Path) -> int:
    from flows.corrections import apply_corrections  # noqa: PLC0415 - loads the extractor

    report = apply_corrections(project, now=datetime.now(UTC))
    for note in report.notes:
        sys.stderr.write(f"{note}\n")
    days = ", ".join(f"{day} (revision {revision})" for day, revision in report.editions)
    sys.stderr.write(f"published {days}\n" if days else "no edition changed\n")
    return ExitCode.OK


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{text!r} is no day (YYYY-MM-DD)") from error


def _told(row: Mapping[str, object]) -> str:
    state = row["status"] if row["is_in_force"] else "withdrawn"
    detail = f" ({row['detail']})" if row["detail"] else ""
    to = f" {row['field']} to {row['value']}" if row["field"] else ""
    return clean(f"decided by {row['who']}: {row['action']}{to}, {state}{detail}: {row['reason']}")
