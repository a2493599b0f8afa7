"""Articles from folders, single files and JSON dumps, by the day they were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from newsledger.fetch.files import read_files
from newsledger.fetch.sources.source import DayRange, Portion, Record, digest_of
from newsledger.fetch.sources.spool import Spool
from schemas.document import Draft
from schemas.errors import UsageError


class FilesSource:
    """Folders and files as ``newsledger ingest`` reads them, ``.jsonl`` dumps among them.

    Everything is read once, and handed out by day. What no day is known of, and what could not be read,
    comes last. Items of other days are left alone.
    """

    def __init__(
        self, kind: str, paths: Sequence[Path], *, outlet: str | None = None, published: str | None = None
    ) -> None:
        """Name the files; nothing is read yet.

        Args:
            kind: ``folder`` or ``jsonl``, for the name.
            paths: files and folders.
            outlet: the outlet of files that do not name theirs.
            published: the publication day of files that do not tell theirs.

        Raises:
            UsageError: a path does not exist.
        """
        missing = next((path for path in paths if not path.exists()), None)
        if missing is not None or not paths:
            raise UsageError(f"{missing or kind}: no such file or folder", hint="check the path")
        self._kind, self._paths = kind, list(paths)
        self._outlet, self._published = outlet, published
        self._spool = Spool()

    @property
    def name(self) -> str:
        """What the source is called in the ledger."""
        return f"{self._kind}:" + ",".join(path.as_posix() for path in self._paths)

    def portions(self, days: DayRange) -> Sequence[Portion]:
        """Return the days that have articles.

        Raises:
            ConfigError: a manifest does not hold.
        """
        self._spool.close()
        self._spool = Spool()
        marks: dict[date | None, list[str]] = defaultdict(list)
        for record in self._records(days):
            day = days.day_of_draft(record) if isinstance(record, Draft) else None
            if day is None or days.has(day):
                self._spool.add(day, record)
                marks[day].append(_mark(record))
        return [Portion(day, len(marks[day]), digest_of(marks[day])) for day in self._spool.days]

    def read(self, portion: Portion, days: DayRange) -> Iterator[Record]:
        """Yield the records of a day in the order of the files."""
        del days
        yield from self._spool.read(portion.day)

    def _records(self, days: DayRange) -> Iterator[Record]:
        found = read_files(
            self._paths,
            outlet=self._outlet,
            published=self._published,
            timezone=str(days.zone),
            now=days.now,
        )
        for record in found:
            yield replace(record, seen_at=_seen(record, days.now)) if isinstance(record, Draft) else record


def _seen(draft: Draft, now: datetime) -> datetime | None:
    """Return since when the publisher says the text has been so: what orders files of one article."""
    stated = [at for at in (draft.published_at, draft.modified_at) if at is not None]
    return min(max(stated), now) if draft.published_at else None


def _mark(record: Record) -> str:
    if not isinstance(record, Draft):
        return f"{record.item}|{record.outcome}|{record.reason}"
    text = sha256(record.text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{record.key}|{record.outlet}|{record.published_at}|{text}"
