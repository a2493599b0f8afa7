"""One workflow engine for all flow tests: it takes seconds to start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.engine import engine


@pytest.fixture(scope="session")
def workflow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep an embedded engine running while the flow tests do."""
    with engine(tmp_path_factory.mktemp("engine"), announce=lambda line: None):
        yield


@pytest.fixture
def project(tmp_path: Path, workflow: None) -> Path:
    """Return an empty project folder whose runs find the engine running."""
    folder = tmp_path / "project"
    folder.mkdir()
    return folder
