"""Rows are printed the same way by every command, and never carry terminal codes from the web."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from newsledger.cli.output import clean, render

ROWS: list[dict[str, object]] = [{"a": 1, "b": "x|y", "c": [1.0, 2.5]}, {"a": 20_000.0, "b": None, "c": []}]
COLUMNS = ["a", "b", "c"]


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(render(ROWS, COLUMNS, "json")) == [
        {"a": 1, "b": "x|y", "c": [1.0, 2.5]},
        {"a": 20_000.0, "b": None, "c": []},
    ]


def test_jsonl_is_one_object_a_line() -> None:
    lines = render(ROWS, COLUMNS, "jsonl").splitlines()
    assert [json.loads(line)["a"] for line in lines] == [1, 20_000.0]


def test_markdown_escapes_the_column_mark() -> None:
    assert "x\\|y" in render(ROWS, COLUMNS, "md")


def test_csv_of_nothing_has_its_header() -> None:
    assert render([], COLUMNS, "csv") == "a,b,c\r\n"


def test_a_table_of_nothing_has_its_header() -> None:
    assert "a" in render([], COLUMNS, "table")


def test_large_whole_numbers_are_grouped_for_people() -> None:
    assert "20,000" in render(ROWS, COLUMNS, "table")


def test_terminal_codes_do_not_pass() -> None:
    assert clean("\x1b[31mred\x1b[0m \x9b2J") == "[31mred[0m 2J"


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.integers()}), min_size=1))
def test_csv_reads_back_as_written(rows: list[dict[str, object]]) -> None:
    read = list(csv.DictReader(io.StringIO(render(rows, ["a", "b"], "csv"), newline="")))
    assert [(row["a"], int(row["b"])) for row in read] == [(row["a"], row["b"]) for row in rows]


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in clean(text))
