"""An edition as plain JSON values: ``changes.json``, ``audit.json`` and the schema of the former."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from newsledger.publish import wording
from schemas.edition import (
    Disagreement,
    Edition,
    FigureChange,
    HeldRow,
    PositionChange,
    Side,
    StanceSide,
)
from schemas.reading import Quote

SCHEMA_VERSION = "1.1"
"""Of ``changes.json``: the first part moves when a field is renamed or removed, which breaks readers."""

SCHEMA_FILE = "changes.schema.json"

Json = dict[str, Any]
Languages = Mapping[str, str | None]
"""The language of each document of the day, by its id."""


def changes_record(edition: Edition, former: Json | None = None) -> Json:
    """Return what ``changes.json`` holds, as :data:`SCHEMA_FILE` describes it.

    Args:
        edition: the edition.
        former: the ``changes.json`` of the revision before, or None for a first revision.
    """
    languages = _languages(edition)
    changes = [_figure_change(c, languages) for c in edition.figure_changes]
    changes += [_position_change(c, languages) for c in edition.position_changes]
    changes.sort(key=lambda change: (-change["severity"], change["id"]))
    return {
        "schema_version": SCHEMA_VERSION,
        "day": edition.day.isoformat(),
        "previous_day": edition.previous_day.isoformat() if edition.previous_day else None,
        "revision": edition.revision,
        "revised_because": edition.revised_because,
        "revised": revised(former, changes) if former else None,
        "run_id": edition.run_id,
        "published_at": edition.published_at.isoformat(),
        "data_as_of": edition.data_as_of,
        "stories": [asdict(head) for head in edition.stories],
        "counts": counts(edition),
        "changes": changes,
        "disagreements": [_disagreement(d, languages) for d in edition.disagreements],
        "held": [_held(row, languages) for row in edition.held],
    }


def _languages(edition: Edition) -> Languages:
    return {row.document_id: row.language for row in edition.documents}


def counts(edition: Edition) -> dict[str, int]:
    """Return the numbers of the status line, each an integer."""
    return {
        "changes": len(edition.figure_changes) + len(edition.position_changes),
        "figure_changes": len(edition.figure_changes),
        "position_changes": len(edition.position_changes),
        "disagreements": len(edition.disagreements),
        "held": len(edition.held),
        "documents": len(edition.documents),
        "reprints": sum(1 for row in edition.documents if row.reprint_of),
        "outlets": len({row.outlet for row in edition.documents if row.outlet}),
        "readings": len(edition.readings),
        "stands": len(edition.stands),
        "attendance": len(edition.attendance),
        "feeds_polled": edition.feeds_polled,
        "feeds_failed": edition.feeds_failed,
        "audit_passed": sum(1 for check in edition.checks if check.success),
        "audit_total": len(edition.checks),
    }


def revised(former: Json, changes: Sequence[Json]) -> Json:
    """Return what a revision altered: ids added, removed and reworded since the revision before.

    Args:
        former: the ``changes.json`` of the revision before.
        changes: the changes of this revision as plain JSON values.
    """
    before: dict[str, Json] = {change["id"]: change for change in former["changes"]}
    after = {change["id"]: change for change in changes}
    return {
        "from_revision": former["revision"],
        "added": [_named(after[key]) for key in sorted(after.keys() - before.keys())],
        "removed": [_named(before[key]) for key in sorted(before.keys() - after.keys())],
        "altered": [
            {**_named(after[key]), "words_before": before[key]["words"]}
            for key in sorted(after.keys() & before.keys())
            if _said(before[key]) != _said(after[key])
        ],
    }


def _named(change: Json) -> Json:
    return {key: change[key] for key in ("id", "label", "words")}


def _said(change: Json) -> Json:
    """Return what a change says, without how many texts say it: more support is no revision of it."""
    return {key: change[key] for key in ("kind", "words")}


def audit_record(edition: Edition) -> Json:
    """Return what ``audit.json`` holds: every check, everything held, every outcome of the runs."""
    total = counts(edition)
    return {
        "schema_version": SCHEMA_VERSION,
        "day": edition.day.isoformat(),
        "revision": edition.revision,
        "run_id": edition.run_id,
        "passed": total["audit_passed"],
        "total": total["audit_total"],
        "checks": [asdict(check) for check in edition.checks],
        "held": [_held(row, _languages(edition)) for row in edition.held],
        "decisions": [asdict(row) for row in edition.decisions],
        "outcomes": [asdict(row) for row in edition.outcomes],
        "outlets": [asdict(row) for row in edition.outlets],
        "feeds_polled": edition.feeds_polled,
        "feeds_failed": edition.feeds_failed,
    }


def schema_text() -> str:
    """Return the JSON Schema (draft 2020-12) of ``changes.json``."""
    return (files("newsledger.publish") / SCHEMA_FILE).read_text(encoding="utf-8")


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """Return JSON as every file of an edition has it: UTF-8, sorted keys, two spaces, final newline."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def compact_bytes(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """Return JSON for machines alone: UTF-8, sorted keys, one line. Ten times as fast as for people too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return f"{text}\n".encode()


def _figure_change(change: FigureChange, languages: Languages) -> Json:
    return {
        "id": change.change_id,
        "kind": str(change.kind),
        "subject_kind": "figure",
        "subject": change.indicator,
        "label": change.label,
        "story": change.story,
        "unit": change.unit,
        "words": wording.figure_change_words(change),
        "delta": wording.delta_words(change),
        "previous_day": change.previous_day.isoformat() if change.previous_day else None,
        "before": _side(change.before, change.unit),
        "after": _side(change.after, change.unit),
        "against": [_side(side, change.unit) for side in change.against],
        "severity": change.severity,
        "evidence": _evidence(change, languages),
    }


def _position_change(change: PositionChange, languages: Languages) -> Json:
    return {
        "id": change.change_id,
        "kind": str(change.kind),
        "subject_kind": "position",
        "subject": f"{change.actor}/{change.issue}",
        "label": wording.position_subject(change),
        "story": change.story,
        "unit": "",
        "words": wording.position_change_words(change),
        "previous_day": change.previous_day.isoformat() if change.previous_day else None,
        "before": _stance(change.before),
        "after": _stance(change.after),
        "against": [_stance(side) for side in change.against],
        "severity": change.severity,
        "evidence": _evidence(change, languages),
    }


def _side(side: Side | None, unit: str) -> Json | None:
    if side is None:
        return None
    return {
        "words": wording.side_words(side, unit),
        "value": _plain(side.value),
        "value_low": _plain(side.value_low),
        "value_high": _plain(side.value_high),
        "qualifier": side.qualifier,
        "texts": side.texts,
        "outlets": list(side.outlets),
        "records": [quote.record_id for quote in side.quotes],
    }


def _stance(side: StanceSide | None) -> Json | None:
    if side is None:
        return None
    return {
        "words": wording.stance_words(side),
        "stance": str(side.stance),
        "condition": side.condition,
        "texts": side.texts,
        "outlets": list(side.outlets),
        "records": [quote.record_id for quote in side.quotes],
    }


def _evidence(change: FigureChange | PositionChange, languages: Languages) -> list[Json]:
    before, after = change.before, change.after
    rows = [{"role": "before", **_quote(q, languages)} for q in (before.quotes if before else ())]
    rows += [{"role": "after", **_quote(q, languages)} for q in (after.quotes if after else ())]
    quotes = (quote for side in change.against for quote in side.quotes)
    return rows + [{"role": "against", **_quote(quote, languages)} for quote in quotes]


def _quote(quote: Quote, languages: Languages) -> Json:
    language = languages.get(quote.document_id)
    return {**asdict(quote), "value": _plain(quote.value), "language": language}


def _disagreement(row: Disagreement, languages: Languages) -> Json:
    sides = [(_side(side, row.unit), side.quotes) for side in row.sides]
    sides += [(_stance(stance), stance.quotes) for stance in row.stances]
    return {
        "story": row.story,
        "subject_kind": row.subject_kind,
        "subject": row.subject,
        "label": row.label,
        "unit": row.unit,
        "sides": [
            {**(side or {}), "evidence": [_quote(q, languages) for q in quotes]} for side, quotes in sides
        ],
    }


def _held(row: HeldRow, languages: Languages) -> Json:
    return {**asdict(row), "quote": _quote(row.quote, languages) if row.quote else None}


def _plain(value: float | None) -> float | int | None:
    """Return a whole number without its ".0", which readers of JSON would take for a measurement."""
    return int(value) if value is not None and float(value).is_integer() else value
