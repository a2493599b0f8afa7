"""Write every answer into a WARC file, and take up what a killed run had received already."""

from __future__ import annotations

import base64
import gzip
import hashlib
import secrets
import threading
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from newsledger.fetch.raw.journal import Entry, read_journal
from newsledger.fetch.response import ASKED, FILE, PUSH, Place, Response
from schemas.errors import NewsledgerError

REUSE = timedelta(days=1)
"""How long an answer that no run has read to its end stands in for asking again."""
_ENCODED = {
    "content-encoding": "X-Archive-Orig-Content-Encoding",
    "transfer-encoding": "X-Archive-Orig-Transfer-Encoding",
    "content-length": "X-Archive-Orig-Content-Length",
}
"""Headers of the transfer, which is undone in what is kept; their values stay under these names."""


class Archive:
    """The raw store of one run: ``<day>/<run>.warc.gz`` and its journal. Several threads share one."""

    def __init__(self, folder: Path, run: str, now: datetime, *, software: str = "newsledger") -> None:
        """Prepare a store; its files are made with the first answer.

        Args:
            folder: the folder of all raw stores.
            run: the run's name, unique among the runs.
            now: the instant whose day the files stand under.
            software: named in the WARC file's own record.
        """
        self._folder = folder
        self._name = f"{now.astimezone(UTC):%Y-%m-%d}/{run}"
        self._software = software
        self._lock = threading.Lock()
        self._warc: BinaryIO | None = None
        self._journal: BinaryIO | None = None
        self._recovered: dict[str, Entry] = {}

    @property
    def journal(self) -> str:
        """The journal's name, relative to the folder: what the ledger remembers as read."""
        return f"{self._name}.jsonl"

    @property
    def is_begun(self) -> bool:
        """Whether anything was written."""
        return self._journal is not None

    def keep(self, response: Response, when: datetime, *, has_journal: bool = True) -> Place:
        """Write an answer, whatever its status, and return where it lies.

        Args:
            response: the answer.
            when: when it was asked for.
            has_journal: whether the journal is opened with the first answer.
        """
        data = _warc_record(response, when)
        with self._lock:
            stream = self._open_warc()
            if has_journal:
                self._open_journal()
            offset = stream.tell()
            stream.write(data)
            stream.flush()
        return Place(f"{self._name}.warc.gz", offset)

    def note(self, entry: Entry) -> None:
        """Write down how a request ended; its answer must be kept already."""
        with self._lock:
            self._open_warc()
            journal = self._open_journal()
            journal.write(entry.line().encode())
            journal.flush()

    def asking(self, url: str, when: datetime) -> None:
        """Write down that a request is being sent, so that a run after a kill keeps its distance too."""
        self.note(Entry(url, ASKED, when))

    def recover(self, journals: Iterable[str], now: datetime) -> list[Entry]:
        """Take up the answers of runs that never came to their end, and return all their entries.

        Each stands in, once, for asking the same address again. Of several the latest counts.

        Args:
            journals: their journals, relative to the folder.
            now: answers older than a day before that are left alone.
        """
        found = []
        for name in journals:
            found += [e for e in read_journal(self._folder / name) if now - e.fetched_at < REUSE]
        found.sort(key=lambda entry: entry.fetched_at)
        self._recovered = {entry.url: entry for entry in found if entry.kind not in (ASKED, FILE, PUSH)}
        return found

    def take(self, url: str) -> Response | None:
        """Return what a killed run got from an address, once; None where it got nothing.

        Raises:
            FetchFailed: what it got was a failure.
        """
        with self._lock:
            entry = self._recovered.pop(url, None)
        if entry is None:
            return None
        self.note(entry)
        if entry.failure is not None:
            raise entry.failure
        return read_entry(self._folder, entry)

    def close(self) -> None:
        """Close the files."""
        for stream in (self._warc, self._journal):
            if stream is not None:
                stream.close()

    def _open_warc(self) -> BinaryIO:
        if self._warc is None:
            path = self._folder / f"{self._name}.warc.gz"
            path.parent.mkdir(parents=True, exist_ok=True)
            self._warc = path.open("ab")
            if self._warc.tell() == 0:
                self._warc.write(_head(path.name, self._software))
        return self._warc

    def _open_journal(self) -> BinaryIO:
        if self._journal is None:
            self._journal = (self._folder / self.journal).open("ab")
        return self._journal


def pending_journals(folder: Path, done: Iterable[str], now: datetime) -> list[str]:
    """Return the journals no finished run has read, oldest first.

    Args:
        folder: the folder of all raw stores.
        done: the journals finished runs have read.
        now: files of days that are too old to matter are not looked at.
    """
    read = set(done)
    first = f"{(now - REUSE - timedelta(days=1)).astimezone(UTC):%Y-%m-%d}"
    found = [
        p.relative_to(folder).as_posix() for p in folder.glob("????-??-??/*.jsonl") if p.parent.name >= first
    ]
    return sorted(name for name in found if name not in read)


def read_entry(folder: Path, entry: Entry) -> Response:
    """Return the answer an entry of a journal tells of.

    Raises:
        NewsledgerError: its WARC file is gone or damaged there.
    """
    if entry.place is None:
        raise NewsledgerError(f"{entry.url}: no answer was kept", hint="newsledger feeds check")
    path = folder / entry.place.warc
    try:
        with path.open("rb") as stream:
            stream.seek(entry.place.offset)
            record = next(iter(ArchiveIterator(stream)))
            body = record.content_stream().read()
            headers = {name.lower(): value for name, value in record.http_headers.headers}
    except (OSError, StopIteration, AttributeError) as error:
        raise NewsledgerError(
            f"{path}: no answer at byte {entry.place.offset}: {error}",
            hint="the file was damaged or removed; the next run asks again",
        ) from error
    return Response(
        url=entry.final_url or entry.url,
        status=entry.status,
        headers=_restored(headers),
        body=body,
        redirected=bool(entry.final_url) and entry.final_url != entry.url,
        hops=entry.hops,
        fetched_at=entry.fetched_at,
        place=entry.place,
    )


def _restored(headers: dict[str, str]) -> dict[str, str]:
    """Return the headers under the names they came with."""
    back = {kept.lower(): name for name, kept in _ENCODED.items()}
    plain = {name: value for name, value in headers.items() if name != "content-length" and name not in back}
    return plain | {back[name]: value for name, value in headers.items() if name in back}


def _warc_record(response: Response, when: datetime) -> bytes:
    """Return an answer as a gzip member with one WARC 1.1 record.

    Written by hand: warcio's writer, which is made for streams, takes longer than the whole exchange of an
    unchanged feed. That it reads the records back, digests and all, is tested.
    """
    phrase = HTTPStatus(response.status).phrase if response.status in _STATUSES else ""
    lines = [f"HTTP/1.1 {response.status} {phrase}".rstrip()]
    lines += [f"{_ENCODED.get(name, name)}: {value}" for name, value in response.headers.items()]
    lines += [f"Content-Length: {len(response.body)}", "", ""]
    block = "\r\n".join(lines).encode("utf-8", "surrogateescape") + response.body
    head = [
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
        f"WARC-Target-URI: {response.url}",
        f"WARC-Date: {when.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        f"WARC-Payload-Digest: {_digest(response.body)}",
        f"WARC-Block-Digest: {_digest(block)}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
        "",
        "",
    ]
    return gzip.compress("\r\n".join(head).encode() + block + b"\r\n\r\n", compresslevel=6, mtime=0)


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


_STATUSES = frozenset(status.value for status in HTTPStatus)


def _head(name: str, software: str) -> bytes:
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="WARC/1.1")
    writer.write_record(
        writer.create_warcinfo_record(name, {"software": software, "format": "WARC File Format 1.1"})
    )
    return buffer.getvalue()


def keep_push(folder: Path, response: Response, feed_id: str, now: datetime) -> str:
    """Store what a hub brought in files of its own and return their journal's name.

    The journal comes into being whole: a run that looks for journals must never find this one half
    written and take it for read.

    Args:
        folder: the folder of all raw stores.
        response: the push.
        feed_id: the feed it is of.
        now: when it came.
    """
    archive = Archive(folder, f"push-{now.astimezone(UTC):%H%M%S%f}-{secrets.token_hex(4)}", now)
    journal = folder / archive.journal
    try:
        place = archive.keep(response, now, has_journal=False)
    finally:
        archive.close()
    entry = Entry(response.url, PUSH, now, final_url=response.url, status=200, place=place, feed_id=feed_id)
    fresh = journal.with_name(journal.name + ".new")
    fresh.write_bytes(entry.line().encode())
    fresh.replace(journal)
    return archive.journal
