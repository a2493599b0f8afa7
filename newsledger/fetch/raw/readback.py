"""Answers from the raw store, without network: for reading old pages again with newer rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from newsledger.fetch.raw.archive import read_entry
from newsledger.fetch.raw.journal import Entry, read_journal
from newsledger.fetch.response import ASKED, PAGE, Response
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Fetching


def kept_entries(
    folder: Path, *, since: datetime | None = None, until: datetime | None = None, kind: str | None = None
) -> Iterator[Entry]:
    """Yield what the journals of a raw store tell, by day and run.

    Args:
        folder: the folder of all raw stores.
        since: requests before that are left out.
        until: requests from then on are left out.
        kind: ``feed``, ``page``, ``file`` or ``push``; all where None.
    """
    for path in sorted(folder.glob("????-??-??/*.jsonl")):
        for entry in read_journal(path):
            is_early = since is not None and entry.fetched_at < since
            is_late = until is not None and entry.fetched_at >= until
            if not (is_early or is_late) and kind in (None, entry.kind) and entry.kind != ASKED:
                yield entry


def read_responses(
    folder: Path, *, since: datetime | None = None, until: datetime | None = None, kind: str = PAGE
) -> Iterator[tuple[Entry, Response]]:
    """Yield every usable answer of a raw store with the request it belongs to, in the order of the journals.

    Args:
        folder: the folder of all raw stores.
        since: answers asked for before that are left out.
        until: answers asked for from then on are left out.
        kind: what was asked for.

    Raises:
        NewsledgerError: a WARC file is gone or damaged.
    """
    for entry in kept_entries(folder, since=since, until=until, kind=kind):
        if entry.place is not None and not entry.reason:
            yield entry, read_entry(folder, entry)


class Replay:
    """Answers requests from a raw store as the network did: a :class:`newsledger.fetch.response.Fetcher`."""

    def __init__(self, folder: Path, settings: Fetching, *, until: datetime | None = None) -> None:
        """Read the journals.

        Args:
            folder: the folder of all raw stores.
            settings: limits, for those who ask for them.
            until: what was asked for from then on is not known; the latest answer before it counts.
        """
        self._folder = folder
        self._settings = settings
        self._latest: dict[str, Entry] = {}
        for entry in kept_entries(folder, until=until):
            held = self._latest.get(entry.url)
            if entry.status != 304 and (held is None or _is_better(entry, held)):
                self._latest[entry.url] = entry

    def has(self, url: str) -> bool:
        """Return whether a usable answer of an address is kept."""
        entry = self._latest.get(url)
        return entry is not None and not entry.reason

    @property
    def settings(self) -> Fetching:
        """The limits and manners."""
        return self._settings

    def get(
        self,
        url: str,
        *,
        limit: int,
        accept: str = "*/*",
        etag: str | None = None,
        last_modified: str | None = None,
        kind: str = PAGE,
    ) -> Response:
        """Return the latest answer kept of an address.

        Raises:
            FetchFailed: "not kept", or the failure the request ended with.
        """
        del accept, etag, last_modified, kind
        entry = self._latest.get(url)
        if entry is None:
            raise FetchFailed("not kept", f"the raw store has no answer of {url}")
        if entry.failure is not None:
            raise entry.failure
        answer = read_entry(self._folder, entry)
        if len(answer.body) > limit:
            raise FetchFailed("too large", f"more than {limit} bytes")
        return answer


def _is_better(entry: Entry, held: Entry) -> bool:
    """Return whether an entry goes before another: an answer before a failure, then the later one."""
    return (not entry.reason, entry.fetched_at) >= (not held.reason, held.fetched_at)
