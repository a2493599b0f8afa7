"""The tutorial does what it says: its commands, one after the other, in an empty folder."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial-codebook.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TUTORIAL, re.DOTALL)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the tutorial's blocks are for a POSIX shell")


@dataclass
class Walk:
    """A folder in which the tutorial's commands ran, with what each block printed."""

    folder: Path
    environment: dict[str, str]
    printed: list[str]

    def shell(self, script: str) -> str:
        """Return what a script prints; it must succeed and say nothing of an error."""
        done = subprocess.run(
            ["sh", "-e", "-c", script],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=250,
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout

    def after(self, command: str) -> str:
        """Return what the first block printed that begins with a command."""
        return next(out for block, out in zip(BLOCKS, self.printed, strict=True) if block.startswith(command))


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, workflow: None) -> Walk:
    root = tmp_path_factory.mktemp("tutorial")
    command = root / "bin" / "newsledger"
    command.parent.mkdir()
    code = "from newsledger.cli import main; main()"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "{code}" "$@"\n')
    command.chmod(0o755)
    folder = root / "empty"
    folder.mkdir()
    environment = dict(os.environ) | {
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    walk = Walk(folder, environment, [])
    for block in BLOCKS:
        walk.printed.append(walk.shell(block))
    return walk


def test_every_command_of_the_page_ran(walk: Walk) -> None:
    assert len(walk.printed) == len(BLOCKS) > 8
    for command in ("ingest", "suggest", "check", "test", "explain", "diff"):
        assert any(f"newsledger {command}" in b or f"codebook {command}" in b for b in BLOCKS), command


def test_what_the_page_says_is_suggested_is(walk: Walk) -> None:
    suggested = yaml.safe_load(walk.after("newsledger codebook suggest\n"))
    assert list(suggested["indicators"]) == ["houses-evacuated", "people-injured", "passengers-stranded"]
    assert {actor["name"] for actor in suggested["actors"].values()} == {"Fire service", "Edda Moen"}


def test_explain_tells_of_the_article_what_the_page_promises(walk: Walk) -> None:
    shown = walk.after("newsledger codebook explain")
    assert "yes  passengers-stranded" in shown
    assert "no   houses-evacuated" in shown
    assert "rail-operator conditional reopening" in shown


def test_the_changes_are_those_the_page_names(walk: Walk) -> None:
    rows = json.loads(walk.shell("newsledger diff --format json"))
    told = {(row["kind"], row["subject"], row["before"], row["after"]) for row in rows}
    assert {
        ("fall", "Passengers stranded", "about 340", "120"),
        ("rise", "Houses evacuated", "25", "41"),
        ("rise", "People injured", "6", "8"),
    } <= told
    shifted = next(row for row in rows if row["kind"] == "shifted")
    assert shifted["subject"].startswith("Rail operator")
    assert shifted["after"].startswith("conditional")


def test_what_the_codebook_follows_is_not_suggested_again(walk: Walk) -> None:
    assert yaml.safe_load(walk.shell("newsledger codebook suggest")) is None


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        if tag == "a" and (values.get("href") or "").startswith("texts/"):
            self.found.append(values["href"] or "")


def test_each_quote_of_the_page_leads_to_its_mark_in_the_whole_article(walk: Walk) -> None:
    latest = walk.folder / "editions" / "latest"
    links = [link for link in _Links((latest / "index.html").read_text()).found if "#" in link]
    assert len(links) >= 5
    for link in links:
        name, _, place = link.partition("#")
        assert place in _Links((latest / name).read_text()).ids
