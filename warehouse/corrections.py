# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""What people decided about records: kept with the ledger, applied at promotions, withdrawn when gone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from schemas.corrections import (
    UNRELEASABLE,
    Action,
    Correction,
    fields_of,
    nearest,
    plain,
)
from warehouse.rows import fetch_rows, insert_rows

Row = dict[str, Any]
EDITOR = "editor"
"""The extractor of a record that a correction made."""

_RECORDS = {
    "figure": ("figures", "figure_id"),
    "position": ("positions", "position_id"),
    "attendance": ("attendance", "attendance_id"),
    "document": ("documents", "document_id"),
}
_CODEBOOK_TABLES = {"indicator": "indicators", "actor": "actors", "issue": "issues"}
_DAYS = ("as_of", "said_on", "decided_on")
IN_FORCE = "SELECT * FROM ledger.decisions WHERE withdrawn_by IS NULL ORDER BY nth, decision_id"


def decision_rows(decisions: Sequence[Correction]) -> list[Row]:
    """Return decisions as rows of ``ledger.decisions``, in their order."""
    return [
        {
            "decision_id": decision.decision_id,
            "nth": nth,
            "target": decision.target,
            "action": str(decision.action),
            "field": decision.field,
            "value": plain(decision.value),
            "reason": decision.reason,
            "source": decision.source,
            "who": decision.who,
            "decided_on": decision.decided,
            "expected": json.dumps({k: plain(v) for k, v in decision.expect.items()}, sort_keys=True),
        }
        for nth, decision in enumerate(decisions, 1)
    ]


def are_decisions_new(con: duckdb.DuckDBPyConnection, decisions: Sequence[Correction]) -> bool:
    """Return whether the ledger follows other decisions than these."""
    held = con.execute("SELECT decision_id FROM ledger.decisions WHERE withdrawn_by IS NULL").fetchall()
    return {str(name) for (name,) in held} != {decision.decision_id for decision in decisions}


def open_decisions(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return, in words, the decisions in force that do nothing and why, for whoever wrote them."""
    rows = fetch_rows(
        con,
        "SELECT DISTINCT d.nth, d.action, d.target, r.status, r.detail FROM ledger.rulings r"
        " JOIN ledger.decisions d USING (decision_id)"
        " WHERE d.withdrawn_by IS NULL AND r.status IN ('stale', 'invalid', 'unknown') ORDER BY ALL",
    )
    return [f"{row['action']} {row['target']}: {row['detail']}" for row in rows]


def apply_decisions(con: duckdb.DuckDBPyConnection, publication: int, run_id: str) -> frozenset[str]:
    """Take over a staged batch's decisions and apply all in force; return the documents they move.

    Rulings are restated: what a decision comes to depends on the records the ledger holds now. The caller
    holds the transaction, has added the batch's records and holds, and revises the days of the documents
    returned.
    """
    _take_over(con, publication)
    return renew_rulings(con, run_id)


def renew_rulings(con: duckdb.DuckDBPyConnection, run_id: str) -> frozenset[str]:
    """Apply the decisions in force to what the ledger holds now; return the documents they move.

    The caller holds the transaction, and revises the days of these documents.
    """
    before = _standing(con)
    if not before and con.execute(f"SELECT 1 FROM ({IN_FORCE}) LIMIT 1").fetchone() is None:
        return frozenset()
    rulings = _rulings(con)
    _add_replacements(con, rulings, run_id)
    con.execute("DELETE FROM ledger.rulings")
    insert_rows(con, "rulings", [ruling.row() for ruling in rulings])
    return frozenset(str(key[0]) for key in before ^ _standing(con) if key[0])


def _take_over(con: duckdb.DuckDBPyConnection, publication: int) -> None:
    """Add the staged decisions that are new, and withdraw those the project no longer has."""
    row = con.execute("SELECT bool_or(decides) FROM staging.ledger.batches").fetchone()
    if row is None or not row[0]:
        return
    con.execute(
        f"UPDATE ledger.decisions SET withdrawn_by = {publication} WHERE withdrawn_by IS NULL"
        " AND decision_id NOT IN (SELECT decision_id FROM staging.ledger.decisions)"
    )
    con.execute(
        f"INSERT INTO ledger.decisions BY NAME SELECT s.* REPLACE ({publication} AS publication)"
        " FROM staging.ledger.decisions s WHERE NOT EXISTS (SELECT 1 FROM ledger.decisions h"
        " WHERE h.decision_id = s.decision_id AND h.withdrawn_by IS NULL)"
    )


def _standing(con: duckdb.DuckDBPyConnection) -> set[tuple[Any, ...]]:
    """Return what the rulings say to readers, to see what moved."""
    return set(
        con.execute(
            "SELECT document_id, decision_id, status, record_id, version, codebook_version, before, after,"
            " replaced_by, detail FROM ledger.rulings"
        ).fetchall()
    )


@dataclass(slots=True)
class _Ruling:
    """What one decision comes to for one record."""

    decision: Row
    status: str
    detail: str = ""
    kind: str | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    expectation: str | None = None
    replaced_by: str | None = None

    def row(self) -> Row:
        """Return it as a row of ``ledger.rulings``."""
        record, decision = self.record, self.decision
        before = record.get(decision["field"]) if decision["field"] else None
        return {
            **{name: decision[name] for name in ("decision_id", "nth", "action", "field", "run_id")},
            **{name: record.get(name) for name in ("document_id", "version", "story", "codebook_version")},
            "status": self.status,
            "detail": self.detail,
            "record_kind": self.kind,
            "record_id": record.get(_RECORDS[self.kind][1]) if self.kind else None,
            "expectation": self.expectation,
            "evidence": record.get("evidence"),
            "before": plain(before),
            "after": decision["value"],
            "replaced_by": self.replaced_by,
            "words": _words(decision, before),
        }


def _words(decision: Row, before: object) -> str:
    told = f"{decision['reason']} ({decision['who']})"
    if decision["action"] == Action.CORRECT:
        after = "nothing" if decision["value"] is None else decision["value"]
        return f"{decision['field']} {plain(before) or 'nothing'} corrected to {after}: {told}"
    return told


def _rulings(con: duckdb.DuckDBPyConnection) -> list[_Ruling]:
    """Return what each decision in force comes to, in the order of decisions and records."""
    decisions = fetch_rows(con, IN_FORCE)
    records = _records(con, [row["target"] for row in decisions])
    holds = _holds(con)
    rulings = []
    for decision in decisions:
        found = records.get(decision["target"], [])
        if not found:
            rulings.append(_Ruling(decision, "unknown", "no record of the ledger has this id"))
        rulings += [_rule(con, decision, kind, record, holds) for kind, record in found]
    _name_replacements(rulings)
    return rulings


def _records(
    con: duckdb.DuckDBPyConnection, targets: Sequence[str]
) -> dict[str, list[tuple[str, Mapping[str, Any]]]]:
    """Return the records the targets name, by target: one for each codebook, or version of a document."""
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for kind, (table, key) in _RECORDS.items():
        text = " EXCLUDE (text)" if kind == "document" else ""
        query = f"SELECT *{text} FROM ledger.{table} WHERE list_contains(?, {key}) ORDER BY ALL"
        for row in fetch_rows(con, query, [sorted(set(targets))]):
            found.setdefault(row[key], []).append((kind, row))
    return found


def _holds(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, int | None], list[str]]:
    holds: dict[tuple[str, str, int | None], list[str]] = {}
    query = "SELECT DISTINCT record_kind, record_id, version, expectation FROM ledger.holds ORDER BY ALL"
    for kind, name, version, expectation in con.execute(query).fetchall():
        holds.setdefault((kind, name, version), []).append(expectation)
    return holds


def _rule(
    con: duckdb.DuckDBPyConnection,
    decision: Row,
    kind: str,
    record: Mapping[str, Any],
    holds: Mapping[tuple[str, str, int | None], list[str]],
) -> _Ruling:
    """Return what a decision comes to for a record."""
    broken = holds.get((kind, record[_RECORDS[kind][1]], record["version"]), [])
    ruling = _Ruling(decision, "applied", "", kind, record, ", ".join(broken) or None)
    ruling.detail = _missed(json.loads(decision["expected"] or "{}"), record, broken)
    if ruling.detail:
        ruling.status = "stale"
        return ruling
    final = sorted(UNRELEASABLE.intersection(broken))
    if decision["action"] == Action.REJECT:
        return ruling
    if final:
        ruling.status = "invalid"
        ruling.detail = (
            f"it is held by {', '.join(final)}, which nobody can overrule: read the document again"
        )
    elif decision["action"] == Action.RELEASE:
        if not broken:
            ruling.status, ruling.detail = "idle", "it is not held"
    else:
        ruling.status, ruling.detail = _correctable(con, decision, kind, record)
    return ruling


def _missed(expected: Mapping[str, str | None], record: Mapping[str, Any], broken: Sequence[str]) -> str:
    """Return what a decision expected and did not find, in words, or nothing."""
    for name, value in expected.items():
        if name == "expectation":
            if value not in broken:
                return f"it expects a hold by {value}, and is held by {', '.join(broken) or 'nothing'}"
        elif name not in record:
            return f"it expects {name} {value}, which such a record has not"
        elif plain(record[name]) != value:
            return f"it expects {name} {value}, and finds {plain(record[name]) or 'nothing'}"
    return ""


def _correctable(
    con: duckdb.DuckDBPyConnection, decision: Row, kind: str, record: Mapping[str, Any]
) -> tuple[str, str]:
    """Return the status of a correction and why."""
    name, value = decision["field"], decision["value"]
    if name not in fields_of(kind):
        allowed = ", ".join(fields_of(kind)) or "nothing"
        return "invalid", f"a {kind} has no {name} to correct; it has {allowed}"
    if plain(record[name]) == value:
        return "idle", f"its {name} is {value} already"
    table = _CODEBOOK_TABLES.get(name)
    if table and value is not None:
        known = [
            str(row[0])
            for row in con.execute(
                f"SELECT {name} FROM ledger.{table} WHERE story = ? AND codebook_version = ? ORDER BY 1",
                [record["story"], record["codebook_version"]],
            ).fetchall()
        ]
        if value not in known:
            near = nearest(value, known)
            return "invalid", f"the codebook of {record['story']} has no {name} {value!r}{near}"
    return "applied", ""


def _name_replacements(rulings: Iterable[_Ruling]) -> None:
    """Give the corrections of one record the id of the copy they make together; a rejected one has none."""
    groups: dict[tuple[str, Any, Any], list[_Ruling]] = {}
    rejected = set()
    for ruling in rulings:
        if ruling.status != "applied" or ruling.kind is None:
            continue
        key = (ruling.kind, ruling.record[_RECORDS[ruling.kind][1]], ruling.record.get("codebook_version"))
        if ruling.decision["action"] == Action.CORRECT:
            groups.setdefault(key, []).append(ruling)
        elif ruling.decision["action"] == Action.REJECT:
            rejected.add(key)
    for key, group in groups.items():
        if not _is_proved(group):
            for ruling in group:
                ruling.status, ruling.detail = "invalid", _UNPROVED
            continue
        said = json.dumps([key[1], *sorted((r.decision["field"], r.decision["value"]) for r in group)])
        name = str(key[1])[:1] + hashlib.sha256(said.encode()).hexdigest()[:15]
        for ruling in group:
            ruling.replaced_by = None if key in rejected else name


_UNPROVED = (
    "a conditional stance needs its condition, word for word from the evidence: correct `condition` as well"
)


def _is_proved(group: Sequence[_Ruling]) -> bool:
    """Return whether a corrected position still is what its words say: a condition stands in them."""
    record = dict(group[0].record)
    record |= {ruling.decision["field"]: ruling.decision["value"] for ruling in group}
    condition = record.get("condition")
    return record.get("stance") != "conditional" or bool(condition and condition in record["evidence"])


def _add_replacements(con: duckdb.DuckDBPyConnection, rulings: Sequence[_Ruling], run_id: str) -> None:
    """Add the corrected copies the ledger lacks."""
    groups: dict[tuple[str, str, str], list[_Ruling]] = {}
    for ruling in rulings:
        if ruling.replaced_by and ruling.kind:
            key = (ruling.kind, ruling.replaced_by, ruling.record["codebook_version"])
            groups.setdefault(key, []).append(ruling)
    known = set(
        con.execute(
            "SELECT record_kind, replacement_id, codebook_version FROM ledger.replacements"
        ).fetchall()
    )
    for named, group in groups.items():
        if named not in known:
            kind, replacement_id, _ = named
            table, name = _RECORDS[kind]
            copy = {**_corrected(group), name: replacement_id, "run_id": run_id}
            insert_rows(con, table, [copy])
            kept = ("document_id", "version", "story", "codebook_version", "evidence", "run_id")
            replacement = {
                "replacement_id": replacement_id,
                "record_kind": kind,
                **{n: copy[n] for n in kept},
            }
            insert_rows(con, "replacements", [{**replacement, "replaces": group[0].record[name]}])


def _corrected(group: Sequence[_Ruling]) -> Row:
    """Return a copy of a record with all its corrections."""
    record = dict(group[0].record)
    for ruling in group:
        record[ruling.decision["field"]] = _typed(ruling.decision["field"], ruling.decision["value"])
    record["rule"] = "; ".join(ruling.row()["words"] for ruling in group)
    record["extractor"] = EDITOR
    if group[0].kind == "figure":
        record["slip"] = None
        if {"value", "qualifier"} & {ruling.decision["field"] for ruling in group}:
            record |= _interval(record)
    if "stance" in record and record["stance"] != "conditional":
        record["condition"] = None
    return record


def _typed(name: str, value: str | None) -> object:
    if value is None:
        return None
    if name == "value":
        return float(value)
    return date.fromisoformat(value) if name in _DAYS else value


def _interval(record: Mapping[str, Any]) -> Row:
    """Return what a corrected figure asserts; a range whose value was corrected becomes that value."""
    value, qualifier = record["value"], record["qualifier"]
    if qualifier in ("range", "vague"):
        qualifier = "exact"
    low = None if qualifier in ("nearly", "less_than", "up_to") else value
    high = None if qualifier in ("at_least", "more_than") else value
    return {"qualifier": qualifier, "value_low": low, "value_high": high}


_HELD = """
SELECT DISTINCT p.day, h.record_id, h.record_kind, h.story, h.document_id, h.expectation, h.reason, h.evidence
FROM held h
LEFT JOIN (SELECT DISTINCT document_id, day FROM ledger.placements) p USING (document_id)
WHERE $day IS NULL OR p.day = $day
ORDER BY ALL
"""


def held_rows(con: duckdb.DuckDBPyConnection, day: date | None) -> list[Row]:
    """Return what a snapshot says is held, on one edition day or on all."""
    cursor = con.execute(_HELD, {"day": day})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def decisions_about(con: duckdb.DuckDBPyConnection, record_id: str) -> list[Row]:
    """Return what a snapshot says people decided about a record, those in force first."""
    query = "SELECT * FROM decisions WHERE target = ? ORDER BY is_in_force DESC, decision_id"
    return fetch_rows(con, query, [record_id])
