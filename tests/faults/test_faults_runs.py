"""Runs that meet trouble on their way out: locks, full disks, kills. Nothing lost, nothing half."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import steps
from flows.engine import engine
from flows.ingest import ingest
from flows.report import RunReport
from schemas.errors import ConfigError, LockedError, PublishError

NOW = "2026-03-03T20:00:00+00:00"
CODEBOOK = """\
story: fire
title: Fire
version: "1"
match: {any: [fire, Lorvane], at_least: 2}
indicators:
  dead:
    label: People killed
    aspect: cumulative
    counts: [people]
    predicates: [killed]
"""
TEXTS = {
    3: "It broke out above a bakery on Monday and burned until dawn; neighbours carried water in pails.",
    5: "The mayor asked for tents and blankets. Two streets stay closed while engineers look at the walls.",
}


@pytest.fixture(scope="module", autouse=True)
def workflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with engine(tmp_path_factory.mktemp("engine"), announce=lambda line: None):
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "codebooks").mkdir(parents=True)
    (folder / "codebooks" / "fire.yml").write_text(CODEBOOK)
    return folder


def article(folder: Path, name: str, killed: int, day: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    told = TEXTS[killed].format(killed=killed)
    text = f"A fire in the old town of Lorvane killed {killed} people, the brigade said. {told}"
    path.write_text(
        json.dumps(
            {"headline": "Fire in Lorvane", "articleBody": text, "datePublished": day, "publisher": name}
        )
    )
    return path


def run(project: Path, *paths: Path) -> RunReport:
    return ingest([str(path) for path in paths], str(project), now=NOW)


def rows(project: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(project / "newsledger.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def full(*_: object, **__: object) -> None:
    raise PublishError("no space left on device") from OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_full_while_publishing_leaves_the_last_edition_and_the_next_run_writes_the_new_one(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project, article(tmp_path / "in", "a", 3, "2026-03-02"))
    with monkeypatch.context() as patch:
        patch.setattr(steps, "write_edition", full)
        with pytest.raises(PublishError, match="no space"):
            run(project, article(tmp_path / "in", "b", 5, "2026-03-03"))
    assert not (project / "editions" / "2026-03-03").exists()
    assert rows(project, "select count(*) from documents") == [(1,)]
    run(project, tmp_path / "in" / "b.json")
    assert (project / "editions" / "2026-03-03" / "index.html").exists()
    assert rows(project, "select count(*) from documents") == [(2,)]


def test_a_disk_full_while_writing_the_snapshot_leaves_the_last_one_and_is_mended(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project, article(tmp_path / "in", "a", 3, "2026-03-02"))
    with monkeypatch.context() as patch:
        patch.setattr(steps, "write_snapshot", full)
        with pytest.raises(PublishError):
            run(project, article(tmp_path / "in", "b", 5, "2026-03-03"))
    assert rows(project, "select count(*) from documents") == [(1,)]
    run(project, tmp_path / "in" / "b.json")
    assert rows(project, "select count(*) from documents") == [(2,)]


def test_a_snapshot_open_in_another_process_does_not_stop_a_run(project: Path, tmp_path: Path) -> None:
    run(project, article(tmp_path / "in", "a", 3, "2026-03-02"))
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(project / "newsledger.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout
    assert reader.stdin
    assert reader.stdout.readline() == "1\n"
    run(project, article(tmp_path / "in", "b", 5, "2026-03-03"))
    reader.stdin.write("again\n")
    reader.stdin.close()
    assert reader.stdout.readline() == "1\n", "an open reader keeps the snapshot it opened"
    assert reader.wait(30) == 0
    assert rows(project, "select count(*) from documents") == [(2,)]


READER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
count = lambda: print(con.execute("select count(*) from documents").fetchone()[0], flush=True)
count(); sys.stdin.readline(); count(); con.close()
"""

HOLDER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from warehouse.lock import writer_lock
with writer_lock(Path(sys.argv[1]) / "run.lock", command="ingest elsewhere", since=datetime.now(UTC)):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_run_is_told_who_holds_the_lock_and_changes_nothing(project: Path, tmp_path: Path) -> None:
    run(project, article(tmp_path / "in", "a", 3, "2026-03-02"))
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(project / ".newsledger")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout
    assert holder.stdin
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LockedError, match=rf"{holder.pid}.*ingest elsewhere|ingest elsewhere.*{holder.pid}"):
        run(project, article(tmp_path / "in", "b", 5, "2026-03-03"))
    holder.stdin.close()
    assert holder.wait(30) == 0
    assert run(project, tmp_path / "in" / "b.json").counts == {"stored": 1}


def test_a_run_killed_after_its_promotion_is_finished_by_the_next(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = article(tmp_path / "in", "a", 3, "2026-03-02")
    calls: list[str] = []

    def die_the_second_time(work: object) -> None:
        calls.append("publish")
        if len(calls) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("flows.tasks.publish", die_the_second_time)
        with pytest.raises(KeyboardInterrupt):
            run(project, path)
    assert not (project / "newsledger.duckdb").exists()
    report = run(project, path)
    assert report.counts == {"unchanged": 1}
    assert (project / "editions" / "2026-03-02" / "index.html").exists()
    assert rows(project, "select indicator, value from readings") == [("dead", 3)]


def test_a_malformed_codebook_stops_before_anything_is_written(project: Path, tmp_path: Path) -> None:
    (project / "codebooks" / "fire.yml").write_text(CODEBOOK.replace("predicates:", "predicate:"))
    with pytest.raises(ConfigError, match="did you mean 'predicates'"):
        run(project, article(tmp_path / "in", "a", 3, "2026-03-02"))
    assert not (project / ".newsledger").exists()
