"""The command line as a process: data on stdout, words on stderr, exit codes that scripts can trust."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CODEBOOK = """\
story: fire
title: Fire
version: "1"
match: {any: [fire, Lorvane], at_least: 2}
indicators:
  dead: {label: People killed, aspect: cumulative, counts: [people], predicates: [killed]}
"""
TEXT = "A fire in the old town of Lorvane killed {} people on Monday, the brigade said. It burned all night."


def newsledger(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from newsledger.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=folder, input=stdin, capture_output=True, text=True, check=False, timeout=200
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, workflow: None) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "codebooks").mkdir()
    (folder / "codebooks" / "fire.yml").write_text(CODEBOOK)
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT.format(3))
    (folder / "in" / "b.txt").write_text("")
    (folder / "in" / "c.txt").write_text(TEXT.format("three").replace("A fire", "Fire"))
    (folder / "in" / "manifest.csv").write_text("file,published,outlet\na.txt,2026-03-02,The Post\n")
    return folder


@pytest.fixture(scope="module")
def ingested(folder: Path) -> subprocess.CompletedProcess[str]:
    return newsledger(folder, "ingest", "in", "--format", "json")


def test_stdout_is_data_alone(ingested: subprocess.CompletedProcess[str]) -> None:
    rows = json.loads(ingested.stdout)
    assert sum(row["items"] for row in rows) == 3
    assert {"outcome": "failed", "reason": "empty", "items": 1} in rows


def test_what_needs_a_person_is_said_on_stderr(ingested: subprocess.CompletedProcess[str]) -> None:
    assert "failed: in/b.txt: empty" in ingested.stderr
    assert "no publication day is known for 1 of the documents" in ingested.stderr
    assert "in/c.txt" in ingested.stderr
    assert "manifest.csv" in ingested.stderr


def test_nothing_else_is_said(ingested: subprocess.CompletedProcess[str]) -> None:
    for noise in ("Traceback", "nanobind", "Warning", "prefect"):
        assert noise not in ingested.stderr


def test_a_run_that_could_not_read_everything_leaves_with_4(
    ingested: subprocess.CompletedProcess[str],
) -> None:
    assert ingested.returncode == 4


def test_the_same_again_says_that_nothing_is_new(
    folder: Path, ingested: subprocess.CompletedProcess[str]
) -> None:
    assert "nothing new" in newsledger(folder, "ingest", "in").stderr


def test_diff_leaves_with_10_when_asked_and_changes_are_there(
    folder: Path, ingested: subprocess.CompletedProcess[str]
) -> None:
    done = newsledger(folder, "diff", "--exit-code", "--format", "jsonl")
    assert done.returncode == 10
    assert json.loads(done.stdout)["after"] == "3"


def test_show_finds_what_diff_names(folder: Path, ingested: subprocess.CompletedProcess[str]) -> None:
    change = json.loads(newsledger(folder, "diff", "--format", "jsonl").stdout)["change_id"]
    shown = newsledger(folder, "show", change[:8])
    assert shown.returncode == 0
    assert "[[" in shown.stdout
    assert "3 people" in shown.stdout


def test_sql_answers_from_the_snapshot(folder: Path, ingested: subprocess.CompletedProcess[str]) -> None:
    done = newsledger(folder, "sql", "select indicator, value from readings", "--format", "csv")
    assert done.stdout.splitlines() == ["indicator,value", "dead,3.0"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ingest", "nowhere"], "nowhere"),
        (["ingest", "in", "--story", "fir"], "did you mean 'fire'"),
        (["ingest", "in", "--now", "yesterday"], "no ISO 8601 instant"),
        (["sql", "select nonsense from nowhere"], "the query failed"),
        (["show", "zzz"], "nothing has an id that begins with 'zzz'"),
        (["diff", "1999-01-01"], "there is no edition of 1999-01-01"),
        (["wrong"], 'Unknown command "wrong"'),
    ],
)
def test_wrong_use_leaves_with_2_and_says_what_is_wrong(
    folder: Path, ingested: subprocess.CompletedProcess[str], arguments: list[str], says: str
) -> None:
    done = newsledger(folder, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_sql_reads_a_query_from_standard_input(
    folder: Path, ingested: subprocess.CompletedProcess[str]
) -> None:
    done = newsledger(folder, "sql", "-", "--format", "csv", stdin="select 1 as one")
    assert done.stdout.splitlines() == ["one", "1"]
