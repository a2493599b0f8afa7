"""A new project holds from its first minute, and nothing of anybody's is written over."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsledger.cli import run_cli
from schemas.codebook import Codebook
from schemas.config import Settings
from schemas.errors import ExitCode
from schemas.yaml_file import read_yaml


def test_a_new_project_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a" / "b"
    assert run_cli(["init", str(folder), "--story", "port-strike"]) == ExitCode.OK
    assert run_cli(["config", "validate", "-C", str(folder)]) == ExitCode.OK
    assert "3 of 3 files hold" in capsys.readouterr().err
    book = read_yaml(folder / "codebooks" / "port-strike.yml", Codebook)
    assert (book.story, book.title, book.match.any) == ("port-strike", "Port strike", ["port", "strike"])


def test_the_settings_written_are_the_defaults_with_every_key_named(tmp_path: Path) -> None:
    run_cli(["init", str(tmp_path)])
    text = (tmp_path / "newsledger.toml").read_text()
    assert Settings.model_validate(tomllib.loads(text)) == Settings()
    uncommented = "\n".join(line[2:] if " = " in line else line for line in text.splitlines())
    assert Settings.model_validate(tomllib.loads(uncommented)) == Settings()
    for section in Settings.model_fields.values():
        for key in section.default.model_fields_set | set(type(section.default).model_fields):
            assert f"# {key} =" in text or f"# not set: {key}" in text


def test_the_example_reads_as_its_codebook_says(tmp_path: Path) -> None:
    assert run_cli(["init", str(tmp_path), "--example"]) == ExitCode.OK
    assert run_cli(["codebook", "check", "-C", str(tmp_path)]) == ExitCode.OK


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feeds.yml").write_text("feeds: []  # mine\n")
    assert run_cli(["init", str(tmp_path)]) == ExitCode.USAGE
    assert "feeds.yml is there already, nothing was written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["feeds.yml"]
    assert (tmp_path / "feeds.yml").read_text() == "feeds: []  # mine\n"


@pytest.mark.parametrize("name", ["Port Strike", "../up", "", "a--b"])
def test_a_name_that_is_no_name_is_refused(name: str, tmp_path: Path) -> None:
    assert run_cli(["init", str(tmp_path / "x"), "--story", name]) == ExitCode.USAGE
    assert not (tmp_path / "x").exists()


def test_a_file_in_the_way_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert run_cli(["init", str(tmp_path / "file")]) == ExitCode.USAGE
    assert "is a file, no folder" in capsys.readouterr().err


def test_every_setting_says_where_it_comes_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "newsledger.toml").write_text('[fetching]\ncontact = "desk@example.org"\n')
    assert run_cli(["config", "show", "-C", str(tmp_path), "-f", "csv"]) == ExitCode.OK
    lines = capsys.readouterr().out.splitlines()
    assert any(
        line.startswith('fetching.contact,"""desk@example.org""",newsledger.toml,') for line in lines
    ), lines
    assert any(line.startswith("fetching.delay_seconds,1.0,default,") for line in lines)


def test_files_that_do_not_hold_are_all_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_cli(["init", str(tmp_path)])
    (tmp_path / "newsledger.toml").write_text("[fetching]\ndelay = 3\n")
    (tmp_path / "feeds.yml").write_text("feeds: none\n")
    capsys.readouterr()
    assert run_cli(["config", "validate", "-C", str(tmp_path), "-f", "csv"]) == ExitCode.USAGE
    told = capsys.readouterr()
    assert "1 of 3 files hold" in told.err
    assert "did you mean 'delay_seconds'" in told.out
    assert "feeds.yml" in told.out
