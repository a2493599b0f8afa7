"""The script behind ``make run``: what it says, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from examples.run_example import EXAMPLE, _show, main
from flows.report import RunReport


def edition(folder: Path, day: str, text: str) -> Path:
    path = folder / "editions" / day
    path.mkdir(parents=True)
    (path / "edition.md").write_text(text, encoding="utf-8")
    return path


def test_a_folder_without_a_newsroom_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--folder", str(tmp_path)])
    said = capsys.readouterr()

    assert code == 2
    assert said.out == ""
    assert str(tmp_path) in said.err
    assert "hint: name an example with --folder" in said.err


def test_a_foreign_folder_is_not_written_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    assert main(["--out", str(tmp_path), "--port", "0"]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert "--out" in capsys.readouterr().err


def test_the_last_edition_is_shown_with_the_address_of_its_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = edition(tmp_path, "2026-03-02", "# Monday")
    last = edition(tmp_path, "2026-03-03", "# Tuesday")
    # The second run publishes a new revision of the day before, after the day of its own.
    reports = [
        RunReport("a", edition_paths=(first,), editions=((date(2026, 3, 2), 1),)),
        RunReport("b", edition_paths=(last, first), editions=((date(2026, 3, 3), 1), (date(2026, 3, 2), 2))),
    ]
    code = _show(reports)
    shown = capsys.readouterr().out

    assert code == 0
    assert shown.startswith("# Tuesday\n")
    assert "Monday" not in shown
    assert f"{last / 'index.html'}\nfile://" in shown


def test_the_example_it_runs_by_default_is_complete() -> None:
    parts = {path.name for path in EXAMPLE.iterdir()}

    assert {"codebook.yml", "expected.yml", "feeds.yml", "newsroom"} <= parts
