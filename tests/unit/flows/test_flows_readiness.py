"""Before a run: is there room, is the ledger whole, is what a killed run left whole?"""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows import steps
from flows.project import Project, open_project
from flows.readiness import MARK, ready
from flows.report import Lines
from flows.work import working
from newsledger.publish.verify import broken_files
from schemas.errors import LedgerDamagedError, PublishError
from tests.unit.warehouse.newsroom import CLOCK, Article, Ledger, at
from warehouse.backup import check_file

CODEBOOK = """\
story: harbour
title: The harbour strike
version: "1"
match: {any: [strike], at_least: 1}
"""


class Told(Lines):
    """Words of a run, kept."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str) -> None:
        """Keep one line."""
        self.lines.append(line)


def publish(project: Project, words: Told) -> None:
    """Run with nothing to read."""
    with working(project, words, "ingest", "ingest", CLOCK) as work:
        steps.publish_pending(work)


@pytest.fixture
def words() -> Told:
    return Told()


@pytest.fixture
def project(tmp_path: Path, words: Told) -> Project:
    """A project of two days, the second in its second revision."""
    folder = tmp_path / "project"
    (folder / "codebooks").mkdir(parents=True)
    (folder / "codebooks" / "harbour.yml").write_text(CODEBOOK)
    opened = open_project(folder)
    ledger = Ledger(opened.state)
    ledger.add(Article("a", at(6)).figure("strikers", 48))
    ledger.add(Article("b", at(8), "Tern").figure("strikers", 47))
    ledger.add(Article("c", at(8), "Skua").figure("toll", 3))
    publish(opened, words)
    assert words.lines == []
    return opened


def test_a_run_that_ended_well_leaves_no_mark_and_one_that_was_killed_does(
    project: Project, words: Told
) -> None:
    mark = project.state / MARK
    assert not mark.exists()
    with pytest.raises(SystemExit):
        _die(project, words)
    assert mark.exists()
    with ready(project, words) as was_killed:
        assert was_killed
    assert not mark.exists()


def _die(project: Project, words: Told) -> None:
    with ready(project, words):
        assert (project.state / MARK).exists()
        raise SystemExit


def test_without_room_nothing_is_begun(
    project: Project, words: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.space.shutil.disk_usage", lambda _: SimpleNamespace(free=90_000_000))
    with pytest.raises(PublishError, match="100 MB must stay free, the disk has 90 MB; nothing was begun"):
        publish(project, words)
    assert not (project.state / MARK).exists()


@pytest.mark.parametrize("victim", ["changes.json", "index.html", "SHA256SUMS", "revisions/1/changes.json"])
def test_an_edition_a_killed_run_left_damaged_is_written_again_with_its_revisions(
    project: Project, words: Told, victim: str
) -> None:
    day = project.editions / "2031-05-08"
    before = {str(path): path.read_bytes() for path in project.editions.rglob("*") if path.is_file()}
    (project.state / MARK).touch()
    os.truncate(day / victim, 10)
    publish(project, words)
    assert broken_files(day) == []
    assert {str(p): p.read_bytes() for p in project.editions.rglob("*") if p.is_file()} == before
    assert "damaged by a run that was killed, and written again" in words.lines[0]


def test_the_newest_copy_and_the_list_of_days_are_mended_too(project: Project, words: Told) -> None:
    before = (project.editions / "index.html").read_bytes()
    (project.state / MARK).touch()
    os.truncate(project.editions / "index.html", 10)
    os.truncate(project.editions / "latest" / "index.html", 10)
    publish(project, words)
    assert (project.editions / "index.html").read_bytes() == before
    assert broken_files(project.editions / "latest") == []


def test_a_snapshot_a_killed_run_left_damaged_is_written_again(project: Project, words: Told) -> None:
    whole = check_file(project.snapshot)
    (project.state / MARK).touch()
    os.truncate(project.snapshot, project.snapshot.stat().st_size // 2)
    publish(project, words)
    assert check_file(project.snapshot) == whole


def test_a_damaged_ledger_is_restored_from_the_snapshot_and_said(project: Project, words: Told) -> None:
    whole = check_file(project.warehouse)
    os.truncate(project.warehouse, project.warehouse.stat().st_size // 2)
    (project.state / MARK).touch()
    publish(project, words)
    restored = check_file(project.warehouse)
    assert restored["readings"] == whole["readings"]
    assert restored["documents"] == whole["documents"]
    assert "restored from" in words.lines[0]
    assert "warehouse.duckdb.damaged" in words.lines[0]


def test_a_damaged_ledger_without_a_whole_copy_is_told_and_left_alone(project: Project, words: Told) -> None:
    for path in (project.warehouse, project.snapshot):
        os.truncate(path, path.stat().st_size // 2)
    (project.state / MARK).touch()
    with pytest.raises(LedgerDamagedError, match="no copy of it is whole"):
        publish(project, words)
    assert not project.warehouse.with_name("warehouse.duckdb.damaged").exists()


def test_a_ledger_damaged_before_anything_was_published_is_begun_anew(tmp_path: Path, words: Told) -> None:
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "harbour.yml").write_text(CODEBOOK)
    project = open_project(tmp_path)
    Ledger(project.state).add(Article("a", at(6)).figure("strikers", 48))
    os.truncate(project.warehouse, 5000)
    publish(project, words)
    assert "a new ledger is begun" in words.lines[0]
    assert project.warehouse.exists()
