"""``codebook explain``: sentence by sentence, every number with the verdict of every indicator."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from newsledger.cli import run_cli

CODEBOOK = """\
story: quarry
title: The quarry
version: "1"
match: {any: [quarry, blast], at_least: 1}
actors:
  mine: {name: Quarry company, kind: organisation, aliases: [the company]}
indicators:
  hurt: {label: Workers hurt, counts: [worker], predicates: [injured]}
  homes: {label: Homes damaged, unit: count, counts: [home], predicates: [damaged]}
issues:
  closure: {proposition: The quarry closes., topics: [closure of the quarry, close the quarry]}
"""
TEXT = (
    "The blast injured 14 workers and damaged 60 homes, the fire service said. It was heard for miles. "
    "Nine trucks were damaged. The company opposes the closure of the quarry. A worker aged 34 was flown out."
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "quarry.yml").write_text(CODEBOOK)
    return tmp_path


def explain(project: Path, *arguments: str) -> int:
    return run_cli(["codebook", "explain", *arguments, "-C", str(project)])


def rows(project: Path, text: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert explain(project, text, "--format", "json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    sentences: list[dict[str, Any]] = found["sentences"]
    return sentences


def test_every_sentence_is_told_in_order_and_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentences = rows(project, TEXT, capsys)
    assert " ".join(str(sentence["text"]) for sentence in sentences) == TEXT
    assert all(TEXT[s["start"] : s["end"]] == s["text"] for s in sentences)


def test_each_number_has_a_verdict_of_every_indicator_with_the_reason(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentences = rows(project, TEXT, capsys)
    figures = [figure for sentence in sentences for figure in sentence["figures"]]
    by_value = {figure["figure"]["value"]: figure for figure in figures}
    hurt = by_value[14.0]
    assert hurt["figure"]["indicator"] == "hurt"
    assert [(v["indicator"], v["is_match"]) for v in hurt["verdicts"]] == [("hurt", True), ("homes", False)]
    trucks = by_value[9.0]
    assert trucks["figure"]["indicator"] is None
    assert {v["indicator"] for v in trucks["verdicts"]} == {"hurt", "homes"}
    assert all(v["reason"] and not v["is_match"] for v in trucks["verdicts"])
    nearness = [v["score"] for v in trucks["verdicts"]]
    assert nearness == sorted(nearness, reverse=True)


def test_what_is_no_count_was_shown_to_no_indicator(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentences = rows(project, TEXT, capsys)
    (age,) = sentences[-1]["figures"]
    assert age["figure"]["unit"] == "age"
    assert age["verdicts"] == []


def test_the_terminal_shows_verdicts_positions_and_sentences_without_any(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(project, TEXT) == 0
    shown = capsys.readouterr().out
    assert "yes  hurt" in shown
    assert "no   homes" in shown
    assert "mine opposes closure" in shown
    assert "It was heard for miles.\n  nothing read" in shown
    assert "a duration or an age" in shown


def test_a_file_of_any_kind_ingest_reads_is_explained(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "a.json"
    path.write_text(json.dumps({"@type": "NewsArticle", "headline": "Quarry", "articleBody": TEXT}))
    sentences = rows(project, str(path), capsys)
    assert any(sentence["figures"] for sentence in sentences)


def test_standard_input_is_read(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(TEXT))
    assert len(rows(project, "-", capsys)) == 5


def test_a_file_that_is_not_there_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(project, "nowhere.txt") == 2
    assert "nowhere.txt: no such file" in capsys.readouterr().err


def test_terminal_codes_in_a_text_do_not_pass(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(project, "The blast injured 14 workers\x1b[2J and [red]more[/red].") == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "[red]more[/red]" in shown
