"""``newsledger serve`` as a process: a file dropped into the inbox becomes an edition on the web."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsledger.cli import run_cli

COMMAND = [sys.executable, "-c", "from newsledger.cli import main; main()"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run_cli(["init", str(tmp_path), "--example"])
    (tmp_path / "articles").rename(tmp_path / "inbox")
    (tmp_path / "inbox" / "gazette-tuesday.txt").rename(tmp_path / "late.txt")
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.wait()


def wait_for(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """Return the match in the next line that has one; the end of the process is a failure."""
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if found := re.search(pattern, line):
            return found
    raise AssertionError("".join(seen))


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_a_dropped_file_becomes_an_edition_and_the_service_ends_in_good_order(
    folder: Path, served: subprocess.Popen[str]
) -> None:
    home = wait_for(served, r"serving (http://[\d.:]+/)")[1]
    wait_for(served, r"files: 3 stored.*published 2026-05-11, 2026-05-12")
    assert "Households without water" in get(f"{home}latest/")
    (folder / "late.txt").rename(folder / "inbox" / "gazette-tuesday.txt")
    wait_for(served, r"files: 1 stored; published 2026-05-12 \(revision 2\)")
    assert "410" in get(f"{home}latest/")
    assert json.loads(get(f"{home}healthz")) == {"ok": True, "working": None, "trouble": {}}
    assert 'newsledger_items_total{outcome="stored"} 4.0' in get(f"{home}metrics")
    assert run_cli(["status", "-C", str(folder)]) == 0
    assert run_cli(["status", "-C", str(folder), "--max-age", "1", "--now", "2026-05-14T00:00Z"]) == 4
    served.send_signal(signal.SIGTERM)
    assert served.wait(60) == 0
