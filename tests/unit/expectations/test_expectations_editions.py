"""What a promotion derives is looked at before it is committed: a wrong number never gets out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from expectations.engine import audit_editions
from schemas.audit import Audit
from schemas.corrections import UNRELEASABLE
from schemas.errors import AuditBlockedError
from tests.unit.expectations.rows import failed
from tests.unit.warehouse.newsroom import NO_AUDIT, Article, Ledger, at
from warehouse.frames import edition_frames
from warehouse.promote import promote


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = Ledger(tmp_path_factory.mktemp("editions"))
    made.add(Article("a", at(6)).figure("strikers", 48).position("union", "pay", "supports"))
    made.add(Article("b", at(8), "Tern").figure("strikers", 47).position("union", "pay", "opposes"))
    return made


BREAKING = {
    "a value nobody states": ("UPDATE ledger.readings SET value = 50 WHERE value = 47", "value_of_figure"),
    "a figure of nobody": ("UPDATE ledger.readings SET figure_id = 'fx' WHERE value = 47", "not_held"),
    "a held figure": (
        """INSERT INTO ledger.holds SELECT 'figure', figure_id, document_id, version, story, 'x', 'y',
        evidence, run_id FROM ledger.figures WHERE value = 47""",
        "not_held",
    ),
    "words that are not there": (
        "UPDATE ledger.figures SET evidence = 'exact 49 strikers' WHERE value = 47",
        "evidence_verbatim",
    ),
    "a document of another day": (
        "UPDATE ledger.placements SET day = '2031-05-07' WHERE document_id = 'db'",
        "of_the_day",
    ),
    "an interval upside down": (
        "UPDATE ledger.readings SET value_low = 60 WHERE value = 47",
        "interval_sane",
    ),
    "no support": ("DELETE FROM ledger.supports WHERE record_id = 'fb-1-0'", "supported"),
    "another stance": (
        "UPDATE ledger.stands SET stance = 'supports' WHERE stance = 'opposes'",
        "stance_of_position",
    ),
    "no condition": (
        "UPDATE ledger.stands SET stance = 'conditional' WHERE stance = 'opposes'",
        "condition_verbatim",
    ),
    "a change from elsewhere": (
        "UPDATE ledger.figure_changes SET value_before = 40 WHERE kind = 'fall'",
        "sides_found",
    ),
    "a change told twice": (
        "INSERT INTO ledger.figure_changes SELECT * FROM ledger.figure_changes WHERE kind = 'fall'",
        "told_once",
    ),
    "no severity": ("UPDATE ledger.figure_changes SET severity = 2 WHERE kind = 'fall'", "severity_in_unit"),
    "a count of nothing": ("UPDATE ledger.editions SET held = 9 WHERE day = '2031-05-08'", "counts_true"),
    "a revision left out": (
        "UPDATE ledger.editions SET revision = 3 WHERE day = '2031-05-08'",
        "revision_follows",
    ),
}


def derived(con: duckdb.DuckDBPyConnection) -> Audit:
    revised = con.execute("SELECT day, revision FROM ledger.editions ORDER BY ALL").fetchall()
    return audit_editions(edition_frames(con, [(row[0], int(row[1])) for row in revised]))


def test_what_was_derived_rightly_passes(ledger: Ledger) -> None:
    with ledger.open() as con:
        found = derived(con)
    assert failed(found) == {}
    assert {c.suite for c in found.checks} == {"readings", "stands", "changes", "editions"}
    assert {c.severity for c in found.checks} == {"critical"}
    assert all(c.checked for c in found.checks)


@pytest.mark.parametrize("name", BREAKING)
def test_what_was_derived_wrongly_is_found(ledger: Ledger, name: str) -> None:
    statement, expectation = BREAKING[name]
    with ledger.open() as con:
        con.execute("BEGIN")
        con.execute(statement)
        found = derived(con)
        con.execute("ROLLBACK")
    assert expectation in failed(found)
    assert found.is_blocked


def test_a_promotion_that_derived_a_wrong_number_is_undone(tmp_path: Path) -> None:
    made = Ledger(tmp_path)
    made.add(Article("a", at(6)).figure("strikers", 48))
    before = made.ask("SELECT * FROM ledger.publications")

    def tampered(frames: Mapping[str, pd.DataFrame]) -> Audit:
        return audit_editions({**frames, "readings": frames["readings"].assign(value=50.0)})

    staged = made.staged(Article("b", at(8)).figure("strikers", 47))
    with pytest.raises(AuditBlockedError, match=r"readings\.value_of_figure"):
        promote(made.path, staged, NO_AUDIT, inspect=tampered)
    assert made.ask("SELECT * FROM ledger.publications") == before
    assert made.ask("SELECT count(*) FROM ledger.documents") == [(1,)]
    promote(made.path, staged, NO_AUDIT, inspect=audit_editions)
    assert made.ask("SELECT max(day) FROM readings")[0][0].day == 8
    kept = made.ask("SELECT count(*) FROM audits WHERE suite = 'readings' AND success")
    assert kept != [(0,)], "what was looked at is told"


def test_what_nobody_can_overrule_are_expectations() -> None:
    from expectations.engine import suites  # noqa: PLC0415 - only this test needs them

    rules = {rule.name: rule for suite in suites(failure_share=0.5) for rule in suite.rules}
    assert {name for name in UNRELEASABLE if name not in rules} == set()
    assert {str(rules[name].severity) for name in UNRELEASABLE} == {"row"}
