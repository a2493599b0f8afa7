"""Drafts kept on disk by day, so that a folder of any size is read once and handed out day by day."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import IO, Any

from newsledger.fetch.sources.source import Record
from schemas.document import DateSource, Draft
from schemas.item import ItemOutcome, Outcome


class Spool:
    """Records in a temporary file of their own, which goes with the object."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="newsledger-")  # noqa: SIM115 - lives as long as the object
        self._places: dict[date | None, list[int]] = {}

    def add(self, day: date | None, record: Record) -> None:
        """Keep a record under a day."""
        self._places.setdefault(day, []).append(self._file.seek(0, 2))
        self._file.write(_line(record))

    @property
    def days(self) -> list[date | None]:
        """The days that have records, in order, what has none last."""
        return sorted(self._places, key=lambda day: (day is None, day or date.min))

    def read(self, day: date | None) -> Iterator[Record]:
        """Yield the records of a day in the order they were added."""
        for place in self._places.get(day, ()):
            self._file.seek(place)
            yield _record(self._file.readline())

    def close(self) -> None:
        """Remove the file."""
        self._file.close()


def _line(record: Record) -> bytes:
    kind = "draft" if isinstance(record, Draft) else "outcome"
    return json.dumps([kind, asdict(record)], default=_told).encode("utf-8", "surrogatepass") + b"\n"


def _told(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept")


def _record(line: bytes) -> Record:
    kind, data = json.loads(line.decode("utf-8", "surrogatepass"))
    return _draft(data) if kind == "draft" else ItemOutcome(**{**data, "outcome": Outcome(data["outcome"])})


def _draft(data: dict[str, Any]) -> Draft:
    instants = {
        name: datetime.fromisoformat(data[name])
        for name in ("published_at", "modified_at", "seen_at")
        if data[name]
    }
    source = DateSource(data["published_at_source"])
    return Draft(**{**data, **instants, "published_at_source": source, "notes": tuple(data["notes"])})
