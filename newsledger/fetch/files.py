"""Files and folders -> drafts, or the outcome of each file that holds no article."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from newsledger.feeds.dates import read_date
from newsledger.feeds.zones import zone_named
from newsledger.fetch.article import PageContext, read_page
from newsledger.fetch.charset import NotTextError, decode
from newsledger.fetch.manifest import NAME, Row, read_manifest
from newsledger.fetch.published import Statement
from newsledger.fetch.records import Words, draft_of, numbered, read_records
from schemas.document import DateSource, Draft
from schemas.errors import UsageError
from schemas.item import ItemOutcome, Outcome

MAX_FILE_BYTES = 20_000_000
"""An article is a thousand times smaller; a larger file is something else. JSONL has the limit per line."""
_TEXTS = frozenset({".txt", ".text"})
_LINES = frozenset({".jsonl", ".ndjson"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class _Found:
    """One file to read: where it lies, what it is called, what its manifest says.

    Attributes:
        path: the file on this machine.
        shown: the path as the user gave it, joined with the name, with forward slashes.
        key: the identity of a file without an address.
        row: the manifest's row, or None.
        problem: an outcome known before reading (a row without a file), or None.
    """

    path: Path
    shown: str
    key: str
    row: Row | None = None
    problem: tuple[Outcome, str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Options:
    """What the command line says of all files."""

    outlet: str | None
    first: tuple[Statement, ...]
    zone: ZoneInfo
    now: datetime
    manifests: dict[Path, dict[str, Row]] = field(default_factory=dict)


def read_files(
    paths: Sequence[Path | str],
    *,
    outlet: str | None = None,
    published: date | datetime | str | None = None,
    timezone: str = "UTC",
    only: Sequence[Path | str] | None = None,
    now: datetime,
) -> Iterator[Draft | ItemOutcome]:
    """Return an iterator over the articles in files and folders, each file in at least one record.

    Folders are read with their sub-folders, hidden files and links that lead out of them are skipped. The
    order is that of the paths as text. All manifests are read before the first file.

    Args:
        paths: files and folders as the user gave them.
        outlet: the publisher of files whose manifest names none.
        published: their publication date, where the manifest gives none.
        timezone: IANA name; the zone of a clock time without one in the manifest or the argument.
        only: the files to read of those folders, which keep their identity and their manifest's row; all when
            not given.
        now: the run's clock; a date more than a day after it is not believed.

    Raises:
        UsageError: a path that does not exist, a date or zone that cannot be read.
        ConfigError: a manifest that cannot be used as written.
    """
    try:
        zone = zone_named(timezone) or ZoneInfo("UTC")
    except ValueError as error:
        raise UsageError(f"--timezone: {error}") from error
    options = _Options(outlet, _argument(published, zone), zone, now)
    found: dict[Path, _Found] = {}
    for given in paths:
        for file in _files(Path(given), options):
            found.setdefault(_real(file.path), file)
    if only is not None:
        wanted = {_real(Path(path)) for path in only}
        found = {path: file for path, file in found.items() if path in wanted}
    ordered = sorted(found.values(), key=lambda file: file.shown)
    return (record for file in ordered for record in _read(file, options))


def _argument(published: date | datetime | str | None, zone: ZoneInfo) -> tuple[Statement, ...]:
    if published is None:
        return ()
    if isinstance(published, datetime):
        at = published if published.tzinfo else datetime.combine(published.date(), published.time(), zone)
        return (Statement(DateSource.ARGUMENT, at=at),)
    if isinstance(published, date):
        return (Statement(DateSource.ARGUMENT, day=published),)
    read = read_date(published, zone)
    if read.at is None and read.day is None:
        raise UsageError(
            f"--published: {published!r} is no date that can be read", hint="write it as 2025-10-06"
        )
    return (Statement(DateSource.ARGUMENT, published, home=zone),)


def _files(given: Path, options: _Options) -> Iterator[_Found]:
    """Yield the files a path stands for, and the manifest's rows that have none."""
    if given.is_dir():
        yield from _folder(given, options)
    elif given.name == NAME and given.is_file():
        yield from _folder(given.parent, options, only_listed=True)
    elif given.exists():
        row = _rows(given.parent, options).get(given.name)
        yield _Found(given, given.as_posix(), f"file:{_name(given.parent)}/{given.name}", row)
    else:
        raise UsageError(f"{given}: no such file or folder{_nearest(given)}", hint="check the path")


def _nearest(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {(path.parent / near[0]).as_posix()!r}?" if near else ""


def _name(folder: Path) -> str:
    return folder.resolve().name


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _rows(folder: Path, options: _Options) -> dict[str, Row]:
    """Return the rows of a folder's manifest; no manifest has none."""
    path = folder / NAME
    if path not in options.manifests:
        options.manifests[path] = read_manifest(path, options.zone) if path.is_file() else {}
    return options.manifests[path]


def _folder(root: Path, options: _Options, *, only_listed: bool = False) -> Iterator[_Found]:
    top = _name(root)
    listed: set[Path] = set()
    names = sorted(_walk(root))
    for folder in [root, *sorted({(root / name).parent for name in names} - {root})]:
        listed |= {folder / row.file for row in _rows(folder, options).values()}
    for relative in names:
        path = root / relative
        if path in listed or not only_listed:
            yield _Found(path, path.as_posix(), f"file:{top}/{relative}", _row_of(root, path, options))
    present = {root / name for name in names}
    for path in sorted(listed - present):
        row = _row_of(root, path, options)
        where = f"line {row.line} of the manifest names it" if row else "the manifest names it"
        problem = (Outcome.FAILED, "missing file", f"{where}, but it cannot be read there")
        relative = path.relative_to(root).as_posix()
        yield _Found(path, path.as_posix(), f"file:{top}/{relative}", row, problem)


def _walk(root: Path) -> Iterator[str]:
    """Yield the files below a folder, relative, with forward slashes; hidden and escaping ones not."""
    home = _real(root)
    for folder, subfolders, names in os.walk(root, followlinks=False, onerror=_refuse):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in names:
            path = Path(folder) / name
            if name.startswith(".") or name == NAME or not _real(path).is_relative_to(home):
                continue
            yield path.relative_to(root).as_posix()


def _refuse(error: OSError) -> None:
    """Tell of a folder that cannot be listed instead of passing it over."""
    raise UsageError(f"{error.filename}: {error.strerror}", hint="check the folder's permissions") from error


def _row_of(root: Path, path: Path, options: _Options) -> Row | None:
    """Return the row for a file in the nearest manifest above it, inside the folder given."""
    folder = path.parent
    while True:
        row = _rows(folder, options).get(path.relative_to(folder).as_posix())
        if row is not None or folder == root:
            return row
        folder = folder.parent


def _context(file: _Found, options: _Options) -> PageContext:
    row = file.row
    first = ((row.published,) if row and row.published else ()) + options.first
    return PageContext(
        url=row.url or None if row else None,
        outlet=(row.outlet if row else "") or options.outlet,
        source_path=file.shown,
        key=file.key,
        first=first,
        title=row.title if row else "",
    )


def _read(file: _Found, options: _Options) -> Iterator[Draft | ItemOutcome]:
    """Yield what one file holds; a file that cannot be read is an outcome."""
    context = _context(file, options)
    if file.problem:
        yield context.outcome(*file.problem)
        return
    try:
        yield from _read_kind(file.path, context, options.now)
    except OSError as error:
        yield context.outcome(Outcome.FAILED, "not readable", error.strerror or str(error))


def _read_kind(path: Path, context: PageContext, now: datetime) -> Iterator[Draft | ItemOutcome]:
    suffix = path.suffix.lower()
    if not path.is_file():
        yield context.outcome(Outcome.FAILED, "not a file", "neither a file nor a folder")
        return
    if suffix in _LINES:
        yield from _json_lines(path, context, now)
        return
    if suffix not in _TEXTS | _PAGES | {".json"}:
        known = ", ".join(sorted(_TEXTS | _PAGES | {".json", ".jsonl"}))
        yield context.outcome(
            Outcome.NOT_AN_ARTICLE, "unknown file type", f"{suffix or 'no suffix'}; read are {known}"
        )
        return
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        yield context.outcome(Outcome.FAILED, "too large", f"{size} bytes, at most {MAX_FILE_BYTES}")
        return
    body = path.read_bytes()
    if not body.strip():
        yield context.outcome(Outcome.FAILED, "empty", "the file has no text")
    elif suffix in _PAGES:
        yield read_page(body, content_type=None, context=context, now=now)
    elif suffix in _TEXTS:
        yield _text(body, context, now)
    else:
        yield from _json(body, context, now)


def _text(body: bytes, context: PageContext, now: datetime) -> Draft | ItemOutcome:
    try:
        decoded = decode(body)
    except NotTextError as error:
        return context.outcome(Outcome.FAILED, "not text", f"{error}; save it as UTF-8 text")
    notes = (decoded.note,) if decoded.note else ()
    return draft_of(Words(decoded.text, notes=notes), context, now)


def _json(
    body: bytes, context: PageContext, now: datetime, line: int | None = None
) -> Iterator[Draft | ItemOutcome]:
    where = f"line {line}: " if line else ""
    try:
        data = json.loads(decode(body).text)
    except NotTextError as error:
        yield context.outcome(Outcome.FAILED, "not text", f"{where}{error}")
    except (ValueError, RecursionError) as error:
        yield context.outcome(Outcome.FAILED, "malformed json", f"{where}{error}")
    else:
        yield from read_records(data, context, now)


def _json_lines(path: Path, context: PageContext, now: datetime) -> Iterator[Draft | ItemOutcome]:
    """Yield one record for each line that is not empty, holding one line in memory at a time."""
    is_empty = True
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_FILE_BYTES + 1):
            number += 1
            here = _at_line(context, number)
            if len(line) > MAX_FILE_BYTES:
                yield here.outcome(
                    Outcome.FAILED, "too large", f"line {number}: more than {MAX_FILE_BYTES} bytes"
                )
                return
            if line.strip():
                is_empty = False
                yield from _json(line, here, now, number)
    if is_empty:
        yield context.outcome(Outcome.FAILED, "empty", "the file has no line")


def _at_line(context: PageContext, number: int) -> PageContext:
    """Return the context of one line: its own name in the ledger, its own key without an address."""
    return replace(numbered(context, number), url=None, title="")
