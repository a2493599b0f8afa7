"""The history of an indicator or an issue: one row a day, what changed, what stands against it, the words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from schemas.errors import UsageError
from tests.unit.warehouse.newsroom import Article, Ledger, at
from warehouse.timelines import readings_over_time, stands_over_time, subject_kind


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    ledger = Ledger(tmp_path_factory.mktemp("timelines"))
    ledger.add(
        Article("a", at(2)).figure("strikers", 300).figure("wounded", 7).position("union", "pay", "supports")
    )
    ledger.add(
        Article("b", at(4)).figure("strikers", 250).position("union", "pay", "opposes"),
        Article("c", at(4), outlet="The Tern").figure("strikers", 250).position("port", "pay", "opposes"),
        Article("d", at(4), outlet="The Auk").figure("strikers", 90),
    )
    ledger.add(Article("e", at(9)).figure("strikers", 250))
    with closing(ledger.open()) as opened:
        yield opened


def test_an_indicator_has_a_row_for_each_day_it_was_read(con: duckdb.DuckDBPyConnection) -> None:
    rows = readings_over_time(con, "strikers")
    assert [(row["day"].day, row["value"], row["kinds"], row["against"]) for row in rows] == [
        (2, 300, "new", []),
        (4, 250, "disputed", [90]),
        (9, 250, "settled", []),
    ]
    assert rows[1]["texts"] == 2
    assert rows[1]["evidence"] == "exact 250 strikers"
    assert rows[1]["record_id"].startswith("f")


def test_a_dropped_indicator_says_so(con: duckdb.DuckDBPyConnection) -> None:
    rows = readings_over_time(con, "wounded")
    assert [(row["value"], row["kinds"]) for row in rows] == [(7, "new"), (None, "dropped")]


def test_an_issue_has_every_actor(con: duckdb.DuckDBPyConnection) -> None:
    rows = stands_over_time(con, "pay")
    assert [(row["day"].day, row["actor"], row["stance"], row["kinds"]) for row in rows] == [
        (2, "union", "supports", "new"),
        (4, "port", "opposes", "new"),
        (4, "union", "opposes", "shifted"),
    ]
    assert rows[0]["evidence"] == "union supports pay"


def test_a_span_of_days_and_a_story_narrow_it(con: duckdb.DuckDBPyConnection) -> None:
    days = (date(2031, 5, 3), date(2031, 5, 8))
    assert [row["value"] for row in readings_over_time(con, "strikers", "harbour", *days)] == [250]
    assert readings_over_time(con, "strikers", "elsewhere") == []
    assert [row["day"].day for row in stands_over_time(con, "pay", None, None, days[0])] == [2]


def test_a_key_is_an_indicator_or_an_issue_and_else_the_nearest_is_named(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert subject_kind(con, "strikers") == "indicator"
    assert subject_kind(con, "pay") == "issue"
    with pytest.raises(UsageError) as error:
        subject_kind(con, "striker")
    assert error.value.hint == "newsledger timeline strikers"
    with pytest.raises(UsageError, match="there are: pay, strikers, wounded"):
        subject_kind(con, "zzz")


def test_an_empty_ledger_has_nothing_to_name(tmp_path: Path) -> None:
    with closing(Ledger(tmp_path).open()) as opened, pytest.raises(UsageError, match="nothing yet"):
        subject_kind(opened, "strikers")
