"""Take WARC files apart, record by record, damaged ones too, to the end.

Readers of WARC stop at the first damage. An archive of a day has thousands of records, and one that was
cut short by a full disk or hurt by a bad sector should cost only the records it hurt. Here every stretch
of a file ends in a record or in a damage with its place and reason.

A ``.warc.gz`` has a gzip member for each record (ISO 28500, annex D); some tools write one member for all.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

MAX_RECORD_BYTES = 60_000_000
"""Bytes of one record, unpacked; an article's page is a thousand times smaller, a bomb is larger."""
_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b\x08"
_VERSION = re.compile(rb"WARC/\d\.\d+\r?\n")
_RESYNC = re.compile(rb"WARC/\d\.\d+\r?\n(?=WARC-|Content-)", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_MAX_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Frame:
    """One record, or one damaged stretch.

    Attributes:
        offset: the byte of the file its gzip member, or itself, begins at.
        nth: its place among the records of that member, from 0.
        headers: the record's own headers, names in lower case; what could be read of them when damaged.
        block: the record's block; empty when damaged.
        damage: why there is no whole record ("damaged record", "truncated record", "too large"), or "".
        detail: that in words.
    """

    offset: int
    nth: int
    headers: dict[str, str]
    block: bytes = b""
    damage: str = ""
    detail: str = ""

    @property
    def kind(self) -> str:
        """The WARC-Type, or ""."""
        return self.headers.get("warc-type", "")


def read_frames(path: Path, *, start: int = 0, stop: int | None = None) -> Iterator[Frame]:
    """Yield the records of a WARC file in order, and a damage for each stretch that is none.

    Args:
        path: a ``.warc`` or ``.warc.gz`` file; which one is told from its bytes.
        start: the offset of a member or record to begin at.
        stop: members or records from there on are not read; None: to the end.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        stream.seek(start)
        is_packed = stream.read(len(_MAGIC)) == _MAGIC
        stream.seek(start)
        yield from (_packed if is_packed else _plain)(stream, start, stop)


def _plain(stream: BinaryIO, start: int, stop: int | None) -> Iterator[Frame]:
    """Yield the records of a file that is not packed."""
    end = stream.seek(0, 2)
    at, broken = start, False
    while at < end and (stop is None or at < stop):
        stream.seek(at)
        frame, used = _Reader(stream.read, at).take(0)
        if frame is not None and not _is_rest(frame, broken=broken):
            yield frame
        broken = frame is not None and bool(frame.damage)
        at += used


def _is_rest(frame: Frame, *, broken: bool) -> bool:
    """Return whether a damage is what is left of the record before, which was told of."""
    return broken and bool(frame.damage) and not frame.kind


def _packed(stream: BinaryIO, start: int, stop: int | None) -> Iterator[Frame]:
    """Yield the records of the gzip members of a file; after a damaged one, look for the next."""
    at: int | None = start
    while at is not None and (stop is None or at < stop):
        member = _Member(stream, at)
        reader, nth, broken = _Reader(member.read, at), 0, False
        while True:
            frame, _ = reader.take(nth)
            if frame is None:
                break
            if member.damage and not frame.damage:  # all bytes are there, and their checksum is another
                frame = replace(
                    frame, block=b"", damage="damaged record", detail=f"byte {at}: {member.damage}"
                )
            if not _is_rest(frame, broken=broken):
                nth += 1
                yield frame
            broken = bool(frame.damage)
        if member.damage and not broken:  # the record that was being read told of it already
            yield Frame(at, nth, {}, damage="damaged record", detail=f"byte {at}: {member.damage}")
        at = _next_member(stream, at + 1) if member.damage else member.end
        if at is not None and not _starts_member(stream, at):
            lost = at
            at = _next_member(stream, at)
            if _has_bytes(stream, lost, at):
                yield Frame(
                    lost, 0, {}, damage="damaged record", detail=f"byte {lost}: no gzip member begins here"
                )


def _has_bytes(stream: BinaryIO, start: int, stop: int | None) -> bool:
    """Return whether a stretch holds anything but padding."""
    stream.seek(start)
    return bool(stream.read(min(_CHUNK, (stop or start + _CHUNK) - start)).strip(b"\x00\r\n"))


def _starts_member(stream: BinaryIO, at: int) -> bool:
    stream.seek(at)
    return stream.read(len(_MAGIC)) == _MAGIC


def _next_member(stream: BinaryIO, start: int) -> int | None:
    """Return where the next gzip member with a WARC record begins, or None."""
    at, kept = start, b""
    stream.seek(start)
    while piece := stream.read(_CHUNK):
        window = kept + piece
        found = window.find(_MAGIC)
        while found >= 0:
            place = at - len(kept) + found
            if _opens_record(stream, place):
                return place
            found = window.find(_MAGIC, found + 1)
        at += len(piece)
        kept = window[-(len(_MAGIC) - 1) :]
        stream.seek(at)
    return None


def _opens_record(stream: BinaryIO, at: int) -> bool:
    """Return whether a WARC record is packed at an offset; three bytes alone occur by chance."""
    stream.seek(at)
    try:
        begins = zlib.decompressobj(31).decompress(stream.read(4096), 16)
    except zlib.error:
        return False
    return bool(_VERSION.match(begins))


class _Member:
    """One gzip member, unpacked as it is read.

    Attributes:
        damage: what is wrong with it, or "".
        end: where it ends, once it was read to the end; None at the end of the file.
    """

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream, self._at = stream, start
        self._inflater = zlib.decompressobj(31)
        self._packed = b""
        self.damage = ""
        self.end: int | None = None

    def read(self, size: int) -> bytes:
        """Return up to so many bytes, fewer only at the end or before a damage."""
        parts: list[bytes] = []
        while size > 0 and not self._inflater.eof and not self.damage:
            piece = self._more(size)
            parts.append(piece)
            size -= len(piece)
        return b"".join(parts)

    def _more(self, size: int) -> bytes:
        if not self._packed:
            self._stream.seek(self._at)
            self._packed = self._stream.read(_CHUNK)
            self._at += len(self._packed)
            if not self._packed:
                self.damage = "the file ends inside the record"
                return b""
        try:
            piece = self._inflater.decompress(self._packed, size)
        except zlib.error as error:
            self.damage = str(error)
            return b""
        self._packed = self._inflater.unconsumed_tail
        if self._inflater.eof:
            place = self._at - len(self._inflater.unused_data)
            self.end = place if self._inflater.unused_data or self._is_more() else None
        return piece

    def _is_more(self) -> bool:
        self._stream.seek(self._at)
        return bool(self._stream.read(1))


class _Reader:
    """Reads records one after the other from unpacked bytes."""

    def __init__(self, read: Callable[[int], bytes], offset: int) -> None:
        self._read = read
        self._offset = offset
        self._kept = b""

    def take(self, nth: int) -> tuple[Frame | None, int]:
        """Return the next record or damage with the bytes it took, or None at the end."""
        skipped = self._skip_gap()
        head, used = self._head()
        if not head:
            return (None, skipped + used)
        headers = headers_of(head)
        length = headers.get("content-length", "")
        if not _VERSION.match(head) or not length.isdecimal() or "warc-type" not in headers:
            return self._lost(nth, headers, head), skipped + self._resync(head)
        size = int(length)
        if size > MAX_RECORD_BYTES:
            passed = self._pass_over(size)
            return self._damage(nth, headers, "too large", f"{size} bytes"), skipped + used + passed
        block = self._exactly(size)
        return self._record(nth, headers, size, block, skipped + used)

    def _record(
        self, nth: int, headers: dict[str, str], size: int, block: bytes, before: int
    ) -> tuple[Frame, int]:
        """Return a record whose block is whole, or the damage; what follows a wrong length is read again."""
        wrong = "" if len(block) == size else f"{len(block)} of {size} bytes are there"
        digest = "" if wrong else _wrong_digest(headers, block)
        if not self._is_followed() or wrong or digest:
            inside = _RESYNC.search(block + self._kept[:64])
            if inside and inside.start() < len(block):  # cut short: the next records were taken for its end
                self._kept = block[inside.start() :] + self._kept
                wrong = wrong or f"{inside.start()} of {size} bytes are there"
                return self._damage(nth, headers, "truncated record", wrong), before + inside.start()
        if wrong:
            return self._damage(nth, headers, "truncated record", wrong), before + len(block)
        if digest:
            return self._damage(nth, headers, "damaged record", digest), before + size
        return Frame(self._offset, nth, headers, block), before + size

    def _is_followed(self) -> bool:
        """Return whether after the block comes the end, or another record."""
        self._fill(256)
        rest = self._kept.lstrip(b"\r\n")
        return not rest or bool(_VERSION.match(rest))

    def _damage(self, nth: int, headers: dict[str, str], reason: str, words: str) -> Frame:
        return Frame(self._offset, nth, headers, damage=reason, detail=f"byte {self._offset}: {words}")

    def _lost(self, nth: int, headers: dict[str, str], head: bytes) -> Frame:
        words = "no WARC record begins here" if not _VERSION.match(head) else "its headers are damaged"
        return self._damage(nth, headers, "damaged record", words)

    def _fill(self, size: int) -> None:
        if len(self._kept) < size:
            self._kept += self._read(size - len(self._kept))

    def _skip_gap(self) -> int:
        """Pass over the empty lines between records."""
        skipped = 0
        while True:
            self._fill(256)
            gap = len(self._kept) - len(self._kept.lstrip(b"\r\n"))
            self._kept = self._kept[gap:]
            skipped += gap
            if self._kept or not gap:
                return skipped

    def _head(self) -> tuple[bytes, int]:
        """Return the record's headers with the empty line, and how many bytes they are."""
        for size in (1024, 8192, _MAX_HEAD):
            self._fill(size)
            found = _HEAD_END.search(self._kept)
            if found:
                head, self._kept = self._kept[: found.end()], self._kept[found.end() :]
                return head, len(head)
        head, self._kept = self._kept, b""
        return head, len(head)

    def _exactly(self, size: int) -> bytes:
        self._fill(size)
        block, self._kept = self._kept[:size], self._kept[size:]
        return block

    def _pass_over(self, size: int) -> int:
        passed = 0
        while passed < size:
            piece = self._exactly(min(_CHUNK, size - passed))
            if not piece:
                break
            passed += len(piece)
        return passed

    def _resync(self, head: bytes) -> int:
        """Look for the next record after a damaged head; return the bytes passed over."""
        window, passed = head[1:] + self._kept, 1
        self._kept = b""
        while True:
            found = _RESYNC.search(window)
            if found:
                self._kept = window[found.start() :]
                return passed + found.start()
            more = self._read(_CHUNK)
            if not more:
                return passed + len(window)
            keep = window[-64:]
            passed += len(window) - len(keep)
            window = keep + more


def headers_of(head: bytes) -> dict[str, str]:
    """Return the headers of a record, names in lower case; lines that are none are left out."""
    lines = head.decode("utf-8", "replace").splitlines()[1:]
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _wrong_digest(headers: dict[str, str], block: bytes) -> str:
    """Return what is wrong with a block's own digest, or ""; those of payloads are made in many ways."""
    algorithm, _, told = headers.get("warc-block-digest", "").partition(":")
    if algorithm.lower() != "sha1" or not told:
        return ""
    digest = hashlib.sha1(block, usedforsecurity=False)
    found = {base64.b32encode(digest.digest()).decode(), digest.hexdigest().upper()}
    return "" if told.upper() in found else "the block is not the one its digest was made of"
