"""The questions of docs/sql.md answer, and answer right, on a snapshot of a few days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.docs_sql import questions
from tests.unit.warehouse.newsroom import Article, Ledger, at, codebook
from warehouse.connect import open_snapshot
from warehouse.snapshot import write_snapshot

ASKED = {
    "story": "harbour", "indicator": "strikers", "issue": "pay", "day": "2031-05-08",
    "instant": "2031-05-07 00:00:00+00",
}  # fmt: skip
QUESTIONS = dict(questions(**ASKED))


def coverage(ledger: Ledger) -> None:
    """Four days: a wire and its reprint, a dispute, a plan, a part, a correction, a late text."""
    ledger.add(
        Article("wire", at(6, 8), "Wire", agency="AP").figure("strikers", 48)
        .position("union", "pay", "supports"),
        Article("copy", at(6, 10), "Gull").figure("strikers", 48).repeats("wire"),
        Article("other", at(6, 9), "Tern").figure("strikers", 48).figure(None, 7, counted="ships"),
        clock=at(6, 20), run="monday",
    )  # fmt: skip
    ledger.add(
        Article("more", at(8, 8), "Wire").figure("strikers", 60).figure("on-ships", 20)
        .position("union", "pay", "opposes"),
        Article("less", at(8, 12), "Tern").figure("strikers", 60),
        Article("same", at(8, 12, 30), "Gull").figure("strikers", 60),
        Article("lone", at(8, 13), "Skua").figure("strikers", 55),
        Article("plan", at(8, 14), "Skua").figure("strikers", 90, modality="planned"),
        clock=at(8, 20), run="wednesday",
    )  # fmt: skip
    ledger.add(
        Article("late", at(6, 11), "Skua").figure("strikers", 47),
        Article("end", at(9, 8), "Wire").figure("strikers", 60),
        Article("less", at(8, 12), "Tern", version=2).figure("strikers", 61),
        clock=at(9, 20), run="thursday",
    )  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    indicators = {
        "strikers": {"label": "dockers on strike", "counts": ["dockers"]},
        "on-ships": {"label": "of them on ships", "counts": ["dockers"], "part_of": "strikers"},
    }
    ledger = Ledger(folder, codebook(indicators=indicators))
    coverage(ledger)
    write_snapshot(ledger.path, folder / "newsledger.duckdb")
    return folder / "newsledger.duckdb"


@pytest.fixture
def con(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_snapshot(snapshot)
    yield opened
    opened.close()


def answer(con: duckdb.DuckDBPyConnection, title: str) -> list[dict[str, Any]]:
    cursor = con.execute(QUESTIONS[title])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_the_page_has_ten_questions_and_more() -> None:
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize("title", QUESTIONS)
def test_every_question_has_an_answer(con: duckdb.DuckDBPyConnection, title: str) -> None:
    assert answer(con, title)


def test_what_each_outlet_said(con: duckdb.DuckDBPyConnection) -> None:
    rows = answer(con, "What each outlet said of a number, day by day")
    said = {(str(row["day"])[-2:], row["outlet"]): (row["value"], row["is_reprint"]) for row in rows}
    assert said["06", "Gull"] == (48, True)
    assert said["06", "Skua"] == (47, False)
    assert said["08", "Tern"] == (61, False), "the outlet's newest version"
    assert ("08", "Skua") in said
    assert said["08", "Skua"][0] == 55, "a plan is nothing said of the number"


def test_who_moved(con: duckdb.DuckDBPyConnection) -> None:
    (first, second) = answer(con, "Who moved on an issue")
    assert (first["kind"], first["stance_after"]) == ("new", "supports")
    assert (second["kind"], second["stance_before"], second["stance_after"]) == (
        "shifted",
        "supports",
        "opposes",
    )
    assert second["said_after"] == "union opposes pay"


def test_what_was_known(con: duckdb.DuckDBPyConnection) -> None:
    rows = answer(con, "What was known at an instant")
    known = {(str(r["day"])[-2:], r["indicator"]): (r["revision_then"], r["revision_now"]) for r in rows}
    assert known["06", "strikers"] == (1, 2)
    assert known["08", "strikers"] == (None, 2)


def test_longest_disagreement(con: duckdb.DuckDBPyConnection) -> None:
    longest = answer(con, "The longest disagreements")[0]
    assert (longest["subject"], longest["days"], str(longest["first_day"])) == ("strikers", 2, "2031-05-06")


def test_corrections(con: duckdb.DuckDBPyConnection) -> None:
    (row,) = answer(con, "Corrections")
    assert (row["outlet"], row["value_before"], row["value_after"]) == ("Tern", 60, 61)
    assert row["said_before"] == "exact 60 strikers"


def test_lagging_outlets_and_reprint_chains(con: duckdb.DuckDBPyConnection) -> None:
    lag = {row["outlet"]: row for row in answer(con, "Which outlets lag")}
    assert lag["Wire"]["told_first"] >= 1
    assert lag["Gull"]["median_hours_behind"] == 3.25, "two hours behind with 48, four and a half with 60"
    (chain,) = answer(con, "Reprint chains")
    assert (chain["first_in"], chain["reprints"], chain["chain"]) == ("Wire", 1, ["Gull (same)"])


def test_plans_parts_and_the_untracked(con: duckdb.DuckDBPyConnection) -> None:
    (plan,) = answer(con, "What is planned, denied, or said of a part")
    assert (plan["series"], plan["value"]) == ("planned", 90)
    (part,) = answer(con, "Parts and their totals")
    assert (part["value"], part["total"], part["share"]) == (20, 60, 0.333)
    (untracked,) = answer(con, "Figures that no indicator tracks")
    assert (untracked["counted"], untracked["lowest"]) == ("ships", 7)


def test_the_words_behind_a_change(con: duckdb.DuckDBPyConnection) -> None:
    rows = answer(con, "The words behind a change")
    sides = {(row["side"], row["value"]) for row in rows if row["indicator"] == "strikers"}
    assert {("before", 48), ("after", 60), ("against", 55)} <= sides
    assert all(row["evidence"] in row["in_context"] for row in rows)
