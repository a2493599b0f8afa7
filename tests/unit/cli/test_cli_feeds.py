"""The commands about feeds, over a small newsroom on loopback."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.project import open_project
from newsledger.cli import run_cli
from schemas.errors import ExitCode
from tests.faults.test_faults_polling import NOW, Newsroom, project, room, run
from warehouse.snapshot import write_snapshot

__all__ = ["project", "room"]


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    run_cli([*words, "--format", "json"])
    return list(json.loads(capsys.readouterr().out))


def publish(folder: Path) -> None:
    opened = open_project(folder)
    write_snapshot(opened.warehouse, opened.snapshot)


def test_list_shows_new_feeds_before_the_first_run_and_their_health_after(
    project: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(capsys, "feeds", "list", "-C", str(project))
    assert [(row["feed"], row["state"], row["polled"]) for row in before] == [
        ("north", "new", None),
        ("south", "new", None),
    ]
    room.status["/feed/south"] = 404
    run(project)
    publish(project)
    north, south = rows(capsys, "feeds", "list", "-C", str(project))
    assert (north["state"], north["next"], north["minutes"], north["failures"]) == (
        "well",
        "2026-03-03 21:00Z",
        60,
        0,
    )
    assert (south["state"], south["reason"], south["next"]) == ("failing", "http 404", "2026-03-03 22:00Z")


def test_check_asks_now_stores_nothing_and_fails_with_the_feed(
    project: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    room.status["/feed/south"] = 500
    code = run_cli(["feeds", "check", "-C", str(project), "--format", "json"])
    north, south = json.loads(capsys.readouterr().out)
    assert (north["ok"], north["items"], north["charset"]) == ("yes", 3, "utf-8 (utf-8)")
    assert (south["ok"], code) == ("no", ExitCode.DEGRADED)
    assert south["said"].startswith("http 500")
    assert not (project / ".newsledger").exists()
    assert run_cli(["feeds", "check", "north", "-C", str(project)]) == ExitCode.OK
    assert run_cli(["feeds", "check", f"{room.origin}/feed/north", "-C", str(project)]) == ExitCode.OK


def test_a_feed_nobody_knows_is_told_with_the_nearest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_cli(["feeds", "check", "noth", "-C", str(project)]) == ExitCode.USAGE
    assert "did you mean 'north'?" in capsys.readouterr().err


def test_quarantine_is_shown_and_its_articles_are_tried_again_when_asked(
    project: Path, room: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rows(capsys, "feeds", "quarantine", "-C", str(project)) == []
    room.status["/a/n2"] = 404
    for hours in (0, 1, 3):
        run(project, NOW + timedelta(hours=hours))
    publish(project)
    (held,) = rows(capsys, "feeds", "quarantine", "-C", str(project))
    assert (held["item"], held["state"], held["reason"], held["tries"]) == (
        f"{room.origin}/a/n2",
        "given up",
        "http 404",
        3,
    )
    room.status.clear()
    room.asked.clear()
    assert run_cli(["feeds", "retry", held["item"], "-C", str(project)]) == ExitCode.OK
    assert "tried again by the next newsledger run: 1" in capsys.readouterr().err
    run(project, NOW + timedelta(days=900))
    assert "/a/n2" in room.asked
