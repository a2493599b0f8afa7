"""The published snapshot, opened read-only for the commands that ask it something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import UsageError

if TYPE_CHECKING:
    import duckdb


@contextmanager
def open_snapshot(project: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a read-only connection to the project's snapshot.

    Raises:
        UsageError: nothing was published in this project yet.
    """
    from flows.project import read_settings  # noqa: PLC0415 - loads pydantic
    from warehouse.connect import open_snapshot as connect  # noqa: PLC0415 - loads DuckDB

    path = project / read_settings(project).paths.snapshot
    if not path.exists():
        raise UsageError(
            f"{path}: no snapshot, nothing was published here yet", hint="newsledger ingest FOLDER"
        )
    with closing(connect(path)) as con:
        yield con
