"""Fixtures every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of labelled articles, which lies outside the project."""
    folder = Path(os.environ.get("NEWSLEDGER_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"the labelled articles are not here ({folder}); set NEWSLEDGER_SHARED to their folder")
    return folder
