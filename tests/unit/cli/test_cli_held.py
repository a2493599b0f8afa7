"""What an editor does about what is held: see it, decide, and find the decision published."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.corrections import add_correction, read_corrections
from newsledger.cli import run_cli
from schemas.audit import Hold
from schemas.corrections import Correction
from schemas.errors import ConfigError, ExitCode
from tests.unit.warehouse.newsroom import Article, Ledger, at
from warehouse.snapshot import write_snapshot

CODEBOOK = """\
story: harbour
title: The harbour strike
version: "1"
timezone: Africa/Cairo
match: {any: [strike], at_least: 1}
indicators:
  toll: {label: killed, counts: [people], aspect: cumulative}
  strikers: {label: dockers on strike, counts: [dockers]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "codebooks").mkdir(parents=True)
    (folder / "codebooks" / "harbour.yml").write_text(CODEBOOK)
    ledger = Ledger(folder / ".newsledger")
    ledger.add(Article("a", at(6)).figure("toll", 40, aspect="cumulative"))
    hold = Hold("figure", "fbee-1-0", "cumulative_fall", "30 is less than 40")
    ledger.add(
        Article("bee", at(8), "Tern").figure("toll", 30, aspect="cumulative").figure("strikers", 700),
        holds=[hold],
    )
    write_snapshot(ledger.path, folder / "newsledger.duckdb")
    return folder


def cli(project: Path, *words: str) -> int:
    return run_cli([*words, "-C", str(project)])


def asked(project: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(project / "newsledger.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def test_what_is_held_is_listed_by_day(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli(project, "held", "list", "2031-05-08", "-f", "json") == 0
    (row,) = json.loads(capfd.readouterr().out)
    assert (row["record_id"], row["expectation"], row["evidence"]) == (
        "fbee-1-0",
        "cumulative_fall",
        "exact 30 toll",
    )
    assert cli(project, "held", "list", "2031-05-06", "-f", "json") == 0
    assert json.loads(capfd.readouterr().out) == []


def test_a_held_figure_is_shown_with_what_to_do(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli(project, "held", "show", "fbee-1-0") == 0
    told = capfd.readouterr()
    assert "held by cumulative_fall: 30 is less than 40" in told.out
    assert "[[exact 30 toll]]" in told.out
    assert "held release fbee-1-0" in told.err


def test_a_released_figure_is_published_and_can_be_taken_back(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    done = cli(
        project, "held", "release", "fbee-1-0", "--reason", "Two were counted twice: the port", "--who", "Ada"
    )
    assert done == 0
    assert "published 2031-05-08 (revision 2)" in capfd.readouterr().err
    assert asked(project, "SELECT value FROM readings WHERE indicator = 'toll' AND day = '2031-05-08'") == [
        (30,)
    ]
    page = (project / "editions" / "2031-05-08" / "index.html").read_text()
    assert "Decided by people" in page
    assert "Two were counted twice: the port" in page
    assert "Two were counted twice" in (project / "editions" / "2031-05-08" / "edition.md").read_text()
    audit = json.loads((project / "editions" / "2031-05-08" / "audit.json").read_text())
    assert [(d["who"], d["action"], d["status"]) for d in audit["decisions"]] == [
        ("Ada", "release", "applied")
    ]
    (decision,) = read_corrections(project / "corrections.yml")
    assert decision.expect == {"value": 30, "indicator": "toll", "expectation": "cumulative_fall"}
    (project / "corrections.yml").write_text("corrections: []\n")
    assert cli(project, "held", "apply") == 0
    assert asked(
        project, "SELECT count(*) FROM readings WHERE indicator = 'toll' AND day = '2031-05-08'"
    ) == [(0,)]


def test_a_decision_may_wait_for_the_next_run(project: Path) -> None:
    words = (
        "held",
        "correct",
        "fbee-1-1",
        "value",
        "7,000",
        "--reason",
        "misread",
        "--who",
        "Ada",
        "--later",
    )
    assert cli(project, *words) == 0
    assert asked(project, "SELECT count(*) FROM decisions") == [(0,)]
    (decision,) = read_corrections(project / "corrections.yml")
    assert (decision.field, decision.value, decision.expect["value"]) == ("value", 7000, 700)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("release", "fbee-1-1", "--reason", "why not", "--who", "Ada"), "is not held"),
        (("release", "fnone", "--reason", "why not", "--who", "Ada"), "nothing has an id"),
        (("reject", "fbee-1-1", "--reason", "why not"), "nobody is named who decides"),
        (("reject", "fbee-1-1", "--reason", " ", "--who", "Ada"), "reason"),
        (("correct", "fbee-1-1", "valeu", "1", "--reason", "why", "--who", "Ada"), "did you mean 'value'?"),
        (("correct", "fbee-1-1", "value", "many", "--reason", "why", "--who", "Ada"), "must be a number"),
        (("correct", "fbee-1-1", "as_of", "May", "--reason", "why", "--who", "Ada"), "must be a day"),
        (
            ("correct", "fbee-1-1", "indicator", "tol", "--reason", "why", "--who", "Ada"),
            "no codebook has the indicator 'tol'; did you mean 'toll'?",
        ),
        (
            ("correct", "fbee-1-1", "qualifier", "exactly", "--reason", "why", "--who", "Ada"),
            "qualifier 'exactly' is unknown; did you mean 'exact'?",
        ),
    ],
)
def test_wrong_use_is_told_and_nothing_is_written(
    project: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.delenv("NEWSLEDGER_WHO", raising=False)
    assert cli(project, "held", *words) == ExitCode.USAGE
    assert told in capfd.readouterr().err
    assert not (project / "corrections.yml").exists()


def test_who_decides_may_be_set_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLEDGER_WHO", "The night desk")
    assert cli(project, "held", "reject", "fbee-1-1", "--reason", "another port", "--later") == 0
    assert [d.who for d in read_corrections(project / "corrections.yml")] == ["The night desk"]


def test_deciding_twice_is_refused_with_both_lines(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("held", "reject", "fbee-1-1", "--reason", "another port", "--who", "Ada", "--later")
    assert cli(project, *words) == 0
    before = (project / "corrections.yml").read_text()
    assert cli(project, *words) == ExitCode.USAGE
    assert "corrections 1 and 2 both decide" in capfd.readouterr().err
    assert (project / "corrections.yml").read_text() == before


HAND_WRITTEN = {
    "two spaces": """\
# ours
corrections:
  # the first one
  - target: f000001
    action: reject
    reason: another port   # see the mail
    who: Ada
""",
    "no indent": """\
corrections:
- target: f000001
  action: reject
  reason: another port
  who: Ada
""",
    "empty": "# nothing yet\ncorrections:\n",
    "empty list": "corrections: []\n",
}


@pytest.mark.parametrize("text", HAND_WRITTEN.values(), ids=HAND_WRITTEN.keys())
def test_a_decision_is_added_and_what_people_wrote_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text(text)
    before = read_corrections(path)
    made = Correction.model_validate(
        {
            "target": "f000002",
            "action": "correct",
            "field": "value",
            "value": 12,
            "reason": "misread: “12”",
            "who": "Zoë",
        }
    )
    add_correction(path, made, lock=tmp_path / "lock")
    assert read_corrections(path) == (*before, made)
    for line in text.splitlines():
        assert line.startswith("corrections:") or line in path.read_text()


def test_a_list_no_machine_can_add_to_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    text = "corrections: [{target: f000001, action: reject, reason: other port, who: Ada}]\n"
    path.write_text(text)
    made = Correction.model_validate({"target": "f000002", "action": "reject", "reason": "why", "who": "Ada"})
    with pytest.raises(ConfigError, match="add it by hand"):
        add_correction(path, made, lock=tmp_path / "lock")
    assert path.read_text() == text
    assert [p.name for p in tmp_path.iterdir() if "new" in p.name] == []


def test_the_audit_of_a_day_is_run_again(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli(project, "audit", "2031-05-08", "-f", "json") == 0
    told = capfd.readouterr()
    rows = {(r["suite"], r["expectation"]): r for r in json.loads(told.out)}
    assert rows["figures", "cumulative_fall"]["sample"] == "fbee-1-0"
    assert rows["readings", "value_of_figure"]["result"] == "passed"
    assert "2031-05-08: " in told.err
    assert cli(project, "audit", "--failing", "-f", "json") == 0
    assert {r["result"] for r in json.loads(capfd.readouterr().out)} == {"rows held"}
    assert cli(project, "audit", "2031-05-07") == ExitCode.USAGE
    assert "newsledger audit 2031-05-0" in capfd.readouterr().err


def test_a_ledger_that_was_tampered_with_fails_its_audit_with_3(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with duckdb.connect(str(project / "newsledger.duckdb")) as con:
        con.execute("UPDATE ledger.readings SET value = 41 WHERE day = '2031-05-08'")
    assert cli(project, "audit", "2031-05-08", "--failing", "-f", "json") == ExitCode.AUDIT_BLOCKED
    rows = json.loads(capfd.readouterr().out)
    assert ("readings", "value_of_figure", "FAILED") in {
        (r["suite"], r["expectation"], r["result"]) for r in rows
    }


def test_what_would_be_held_today_is_named(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / "newsledger.toml").write_text("[auditing]\nlongest_evidence = 10\n")
    assert cli(project, "audit", "2031-05-08", "-f", "csv") == 0
    assert "would be held today: figure fbee-1-1: evidence_length" in capfd.readouterr().err


def test_looking_at_what_is_held_imports_no_audit(project: Path) -> None:
    code = (
        "import sys; from newsledger.cli import run_cli;"
        f"project = {str(project)!r};"
        "run_cli(['held', 'list', '-C', project]); run_cli(['held', 'show', 'fbee-1-0', '-C', project]);"
        "run_cli(['held', 'reject', 'fbee-1-1', '--reason', 'why', '--who', 'A', '--later', '-C', project]);"
        "run_cli(['diff', '-C', project]); run_cli(['sql', 'select 1', '-C', project]);"
        "run_cli(['show', 'fbee-1-0', '-C', project]);"
        "slow = {'great_expectations', 'prefect', 'spacy'} & set(sys.modules);"
        "sys.exit(str(slow) if slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
