"""Runs killed at random instants: nothing lost, nothing doubled, no half edition, no mixture seen.

Thirty kills here; ``python -m tests.faults.crash 300`` is the long run (docs/audits.md has its figures). It
is a process of its own, because it takes the workflow engine's wrapping off the steps.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = os.environ.get("NEWSLEDGER_KILLS", "30")


@pytest.mark.timeout(1500)
def test_runs_killed_at_any_instant_lose_double_and_mix_nothing() -> None:
    """Takes a minute and a half of the processor: it is runs that are killed, and each is a whole run."""
    command = [sys.executable, "-m", "tests.faults.crash", KILLS, "11"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-5000:]
    assert done.stdout.startswith(f"{KILLS} kills")
    assert "no row lost, none doubled, no half edition, no mixture" in done.stdout
