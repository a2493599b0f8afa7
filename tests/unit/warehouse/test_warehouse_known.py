"""What was known when: editions as a run left them, and what a revision changed, asked of the snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas.contract import MACROS
from tests.unit.warehouse.newsroom import Article, Ledger, at
from warehouse.connect import open_snapshot
from warehouse.snapshot import write_snapshot


def three_runs(folder: Path) -> Path:
    """Tuesday is read three times: at first, with late documents, and after an outlet corrected itself."""
    ledger = Ledger(folder)
    ledger.add(
        Article("a", at(6)).figure("strikers", 48).position("union", "pay", "supports"),
        clock=at(6, 12),
        run="first",
    )
    late = [Article(name, at(6), name).figure("strikers", 47) for name in ("b", "c")]
    late[0].position("union", "pay", "opposes").figure("toll", 3)
    ledger.add(*late, clock=at(7, 12), run="second")
    ledger.add(Article("b", at(6), "b", version=2).figure("strikers", 46), clock=at(8, 12), run="third")
    snapshot = folder / "newsledger.duckdb"
    write_snapshot(ledger.path, snapshot)
    return snapshot


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return three_runs(tmp_path_factory.mktemp("known"))


@pytest.fixture
def con(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_snapshot(snapshot)
    yield opened
    opened.close()


def ask(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return con.execute(query).fetchall()


@pytest.mark.parametrize(
    ("instant", "readings"),
    [
        ("2031-05-06 11:59:59+00", []),
        ("2031-05-06 12:00+00", [("strikers", 48, 1)]),
        ("2031-05-07 11:00+00", [("strikers", 48, 1)]),
        ("2031-05-07 15:00+03", [("strikers", 47, 2), ("toll", 3, 2)]),
        ("2031-05-09 00:00+00", [("strikers", 48, 3)]),
    ],
)
def test_readings_as_known_at_an_instant(
    con: duckdb.DuckDBPyConnection, instant: str, readings: list[tuple[Any, ...]]
) -> None:
    known = f"readings_known(known_at('{instant}'))"
    query = f"SELECT indicator, value, revision FROM {known} WHERE day = '2031-05-06'"
    assert sorted(ask(con, query)) == readings


@pytest.mark.parametrize(
    ("run", "stance", "disputed"), [("first", "supports", False), ("second", "opposes", True)]
)
def test_stands_as_known_by_a_run(
    con: duckdb.DuckDBPyConnection, run: str, stance: str, *, disputed: bool
) -> None:
    known = ask(con, f"SELECT stance, is_disputed FROM stands_known(known_by('{run}'))")
    assert known == [(stance, disputed)]


def test_what_is_known_by_the_last_run_is_what_the_views_say(con: duckdb.DuckDBPyConnection) -> None:
    for name in ("readings", "stands", "figure_changes", "position_changes", "disagreements"):
        now = ask(con, f"FROM {name} ORDER BY ALL")
        assert ask(con, f"FROM {name}_known(known_by('third')) ORDER BY ALL") == now
    editions = ask(con, "SELECT * EXCLUDE (is_latest) FROM editions WHERE is_latest ORDER BY ALL")
    known = ask(con, "FROM editions_known(known_by('third')) ORDER BY ALL")
    assert {frozenset(map(str, row)) for row in known} == {frozenset(map(str, row)) for row in editions}


def test_nothing_is_known_by_a_run_that_is_not_there(con: duckdb.DuckDBPyConnection) -> None:
    assert ask(con, "FROM readings_known(known_by('none'))") == []


def test_each_revision_says_what_it_changed(con: duckdb.DuckDBPyConnection) -> None:
    changed = ask(
        con,
        "SELECT revision, subject, value_before, value_after, stance_before, stance_after, changes_before,"
        " changes_after, revised_because FROM revisions WHERE day = '2031-05-06' ORDER BY revision, subject",
    )
    second, third = "2 late documents", "1 document edited by its outlet"
    by_subject = {(row[0], row[1]): row[2:] for row in changed}
    assert by_subject[2, "strikers"] == (48, 47, None, None, ["new"], ["new"], second)
    assert by_subject[2, "toll"] == (None, 3, None, None, [], ["new"], second)
    assert by_subject[3, "toll"] == (3, None, None, None, ["new"], [], third)
    assert by_subject[2, "union/pay"][2] == "supports"


def test_a_revision_names_no_subject_that_stayed(con: duckdb.DuckDBPyConnection) -> None:
    same = (
        "SELECT count(*) FROM revisions WHERE value_before IS NOT DISTINCT FROM value_after"
        " AND stance_before IS NOT DISTINCT FROM stance_after AND changes_before = changes_after"
        " AND is_disputed_before IS NOT DISTINCT FROM is_disputed_after AND texts_before = texts_after"
        " AND qualifier_before IS NOT DISTINCT FROM qualifier_after"
    )
    assert ask(con, same) == [(0,)]


def test_functions_answer_in_a_snapshot_attached_and_used(snapshot: Path) -> None:
    con = duckdb.connect()
    con.execute(f"ATTACH '{snapshot}' AS ledger_of_may (READ_ONLY)")
    con.execute("USE ledger_of_may")
    assert ask(con, "SELECT value FROM readings_known(known_by('first'))") == [(48,)]
    con.close()


def test_every_function_is_documented_in_the_file(con: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal"
    told = dict(ask(con, query + " AND schema_name = 'main'"))
    assert told == {macro.name: macro.comment for macro in MACROS}
