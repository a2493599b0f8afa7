"""Articles from WARC files: CC-NEWS, an archive of one's own, the raw store of another newsledger."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import groupby
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newsledger.fetch.article import PageContext, read_page
from newsledger.fetch.sources.frames import Frame, read_frames
from newsledger.fetch.sources.source import DayRange, Portion, Record, digest_of
from schemas.document import Draft
from schemas.errors import UsageError
from schemas.item import ItemOutcome, Outcome

MAX_PAGE_BYTES = 10_000_000
"""Bytes of a page read at most, unpacked."""
_TOLD = frozenset({"response", "resource", "revisit"})
"""Records that stand for an item; requests, metadata and the file's own record do not."""
_STAMP = re.compile(r"(?<!\d)(20\d{12})(?!\d)")
_FILE_SPAN = timedelta(days=1)
"""A CC-NEWS file is named after the instant it was begun at and holds what was fetched in the hours after."""
_UNDATED = date.min


@dataclass
class _Index:
    """Where the records of a day lie in one file: offsets and places, in order."""

    offsets: array[int] = field(default_factory=lambda: array("Q"))
    places: array[int] = field(default_factory=lambda: array("L"))


class WarcSource:
    """WARC files, or folders with everything below them; a day is the day of capture.

    Files named as CC-NEWS names them (``CC-NEWS-20160930145031-00000.warc.gz``) are only opened when their
    instant can belong to the days asked for. Every response, and every damaged stretch, ends in one record.
    """

    def __init__(self, paths: Sequence[Path], *, outlet: str | None = None) -> None:
        """Find the files.

        Raises:
            UsageError: a path does not exist, or there is no WARC file.
        """
        self._given = [path.as_posix() for path in paths]
        self._files = sorted({file for path in paths for file in _files(path)})
        if not self._files:
            raise UsageError(
                f"{', '.join(self._given)}: no WARC file there", hint="files end in .warc or .warc.gz"
            )
        self._outlet = outlet
        self._index: dict[date, dict[int, _Index]] = {}

    @property
    def name(self) -> str:
        """What the source is called in the ledger."""
        return "warc:" + ",".join(self._given)

    def portions(self, days: DayRange) -> Sequence[Portion]:
        """Return the days of capture; what is too damaged to have an instant comes last.

        All files that can matter are read once for this, without looking at pages.
        """
        self._index = {}
        for number, path in enumerate(self._files):
            if _may_hold(path, days):
                self._scan(number, path, days)
        dated = sorted(day for day in self._index if day != _UNDATED)
        found = [self._portion(day) for day in dated]
        return [*found, *([self._portion(_UNDATED)] if _UNDATED in self._index else [])]

    def read(self, portion: Portion, days: DayRange) -> Iterator[Record]:
        """Yield the records of a day in the order of files and offsets."""
        for number, index in sorted(self._index[portion.day or _UNDATED].items()):
            path = self._files[number]
            wanted = zip(index.offsets, index.places, strict=True)
            for offset, places in groupby(wanted, key=lambda pair: pair[0]):
                chosen = {place for _, place in places}
                for frame in read_frames(path, start=offset, stop=offset + 1):
                    if frame.nth in chosen and (frame.damage or frame.kind in _TOLD):
                        yield self._record(path, frame, days)

    def _scan(self, number: int, path: Path, days: DayRange) -> None:
        for frame in read_frames(path):
            if not frame.damage and frame.kind not in _TOLD:
                continue
            at = instant_of(frame)
            day = days.day_of(at) if at else _UNDATED
            if day == _UNDATED or days.has(day):
                index = self._index.setdefault(day, {}).setdefault(number, _Index())
                index.offsets.append(frame.offset)
                index.places.append(frame.nth)

    def _portion(self, day: date) -> Portion:
        files = self._index[day]
        parts = [
            f"{self._files[number].name}|{index.offsets.tobytes().hex()}|{index.places.tobytes().hex()}"
            for number, index in files.items()
        ]
        items = sum(len(index.offsets) for index in files.values())
        return Portion(None if day == _UNDATED else day, items, digest_of(parts))

    def _record(self, path: Path, frame: Frame, days: DayRange) -> Record:
        place = f"{path.as_posix()}#{frame.offset}" + (f".{frame.nth}" if frame.nth else "")
        url = frame.headers.get("warc-target-uri", "").strip("<>") or None
        context = PageContext(url=url, outlet=self._outlet, source_path=place, key=place)
        if frame.damage:
            return _outcome(context, Outcome.FAILED, frame.damage, frame.detail)
        if frame.kind == "revisit":
            return _outcome(context, Outcome.UNCHANGED, "revisit record", "the archive saw no change")
        return read_capture(frame, context, days.now)


def read_capture(frame: Frame, context: PageContext, now: datetime) -> Record:
    """Return the article a whole record holds, or why there is none; a draft knows its address alone."""
    if not context.url or not context.url.lower().startswith(("http://", "https://")):
        return _outcome(context, Outcome.NOT_AN_ARTICLE, "no web address", context.url or "")
    if frame.headers.get("warc-truncated"):
        return _outcome(context, Outcome.FAILED, "truncated record", frame.headers["warc-truncated"])
    page = _payload(frame, context)
    if isinstance(page, ItemOutcome):
        return page
    body, media_type = page
    at = instant_of(frame)
    if at is None:
        return _outcome(context, Outcome.FAILED, "no date", "the record does not say when it was made")
    own = replace(context, source_path=None)
    read = read_page(body, content_type=media_type, context=own, now=min(now, at + timedelta(days=1)))
    return replace(read, seen_at=min(at, now)) if isinstance(read, Draft) else read


def _payload(frame: Frame, context: PageContext) -> tuple[bytes, str | None] | ItemOutcome:
    """Return the page's bytes and media type, or the outcome of what is no page."""
    if frame.kind == "resource":
        return frame.block[:MAX_PAGE_BYTES], frame.headers.get("content-type")
    try:
        record = next(iter(ArchiveIterator(BytesIO(_rebuilt(frame)))))
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        if status not in ("200", "203"):
            return _outcome(context, Outcome.NOT_AN_ARTICLE, f"http {status or 'nothing'}")
        body = _read_all(record.content_stream())
        short = _missing(record.http_headers, frame.block)
        media_type = record.http_headers.get_header("content-type")
    except (ArchiveLoadFailed, StopIteration, ValueError, OSError, EOFError) as error:
        return _outcome(context, Outcome.FAILED, "damaged record", str(error) or type(error).__name__)
    if len(body) > MAX_PAGE_BYTES:
        return _outcome(context, Outcome.FAILED, "too large", f"more than {MAX_PAGE_BYTES} bytes")
    if short:
        return _outcome(context, Outcome.FAILED, "truncated body", short)
    return body, media_type


def _rebuilt(frame: Frame) -> bytes:
    """Return a record as its own file, for the library that undoes chunks and encodings."""
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in frame.headers.items()), "", ""]
    return "\r\n".join(lines).encode() + frame.block + b"\r\n\r\n"


def _read_all(stream: object) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= MAX_PAGE_BYTES:
        piece: bytes = stream.read(1 << 16)  # type: ignore[attr-defined]
        if not piece:
            break
        parts.append(piece)
        size += len(piece)
    return b"".join(parts)


def _missing(headers: object, block: bytes) -> str:
    """Return how much of a body is missing by the server's own word, or ""."""
    told: str = headers.get_header("content-length") or ""  # type: ignore[attr-defined]
    head, gap, raw = block.partition(b"\r\n\r\n")
    if not told.isdecimal() or not gap or b"transfer-encoding: chunked" in head.lower():
        return ""
    is_rewritten = (
        b"x-crawl-content-length" in head.lower() or b"x-archive-orig-content-length" in head.lower()
    )
    return f"{len(raw)} of {told} bytes" if len(raw) < int(told) and not is_rewritten else ""


def instant_of(frame: Frame) -> datetime | None:
    """Return when a record was captured, or None."""
    try:
        at = datetime.fromisoformat(frame.headers.get("warc-date", "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _outcome(context: PageContext, outcome: Outcome, reason: str, detail: str = "") -> ItemOutcome:
    """Return an outcome named after the address and, where that is not enough, the place in the file."""
    name = context.url if outcome is not Outcome.FAILED and context.url else context.source_path
    shown = f"{detail} ({context.url})" if outcome is Outcome.FAILED and context.url else detail
    return ItemOutcome(name or context.key, context.outlet, None, outcome, reason, shown.strip())


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return [p for p in path.rglob("*") if p.name.endswith((".warc", ".warc.gz")) and p.is_file()]
    if not path.exists():
        raise UsageError(f"{path}: no such file or folder", hint="check the path")
    return [path]


def _may_hold(path: Path, days: DayRange) -> bool:
    """Return whether a file can hold captures of the days, by the instant in its name if it has one."""
    stamp = _STAMP.search(path.name) if path.name.startswith("CC-NEWS-") else None
    if stamp is None:
        return True
    try:
        begun = datetime.strptime(stamp[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return True
    return days.first <= days.day_of(begun + _FILE_SPAN) and days.day_of(begun) <= days.last
