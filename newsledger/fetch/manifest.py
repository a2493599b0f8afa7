"""``manifest.csv``: what the files beside it do not say of themselves."""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from newsledger.feeds.dates import read_date
from newsledger.fetch.published import Statement
from schemas.document import DateSource
from schemas.errors import ConfigError

NAME = "manifest.csv"
COLUMNS = ("file", "published", "outlet", "url", "title")
MAX_BYTES = 20_000_000
"""A hundred thousand files need less."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the manifest says of one file; an empty cell says nothing.

    Attributes:
        file: the path relative to the manifest's folder, with forward slashes.
        line: the line of the manifest, from 1.
        published: the date, or None.
        outlet: the publisher, or "".
        url: the address, or "".
        title: the headline, or "".
    """

    file: str
    line: int
    published: Statement | None = None
    outlet: str = ""
    url: str = ""
    title: str = ""


def read_manifest(path: Path, zone: ZoneInfo) -> dict[str, Row]:
    """Return the rows of a manifest by file name.

    Args:
        path: the manifest; comma or semicolon separated, UTF-8.
        zone: the zone of clock times written without one.

    Raises:
        ConfigError: not readable, an unknown or missing column, a row without a file, a file listed
            twice or outside the folder, a date that cannot be read; file, line and column are named.
    """
    lines = _text(path).splitlines()
    delimiter = ";" if lines and ";" in lines[0] and "," not in lines[0] else ","
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_header(path, header)
        rows: dict[str, Row] = {}
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = _row(path, reader.line_num, header, cells, zone)
                _refuse_second(path, rows.get(row.file), row)
                rows[row.file] = row
    except csv.Error as error:
        raise ConfigError(f"{path}:{reader.line_num}: {error}", hint="save the manifest as CSV") from error
    return rows


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start})", hint="save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error


def _check_header(path: Path, header: list[str]) -> None:
    for name in header:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1, cutoff=0.5)
            guess = f"did you mean {near[0]!r}?" if near else f"valid columns: {', '.join(COLUMNS)}"
            raise ConfigError(f"{path}:1: unknown column {name!r}; {guess}", hint="correct the first line")
    if "file" not in header:
        raise ConfigError(f"{path}:1: no column 'file'", hint=f"the first line names {', '.join(COLUMNS)}")
    if len(set(header)) < len(header):
        raise ConfigError(f"{path}:1: a column is named twice", hint="correct the first line")


def _row(path: Path, line: int, header: list[str], cells: list[str], zone: ZoneInfo) -> Row:
    if len(cells) > len(header):
        raise ConfigError(
            f"{path}:{line}: {len(cells)} cells under {len(header)} columns",
            hint='a value that holds a comma needs quotation marks: "..."',
        )
    value = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    name = value.get("file", "").replace("\\", "/")
    parts = PurePosixPath(name).parts
    if not name:
        raise ConfigError(f"{path}:{line}: column file: empty", hint="name the file of this row")
    if PurePosixPath(name).is_absolute() or ".." in parts:
        raise ConfigError(f"{path}:{line}: column file: {name!r} lies outside the manifest's folder")
    return Row(
        file="/".join(parts),
        line=line,
        published=_published(path, line, value.get("published", ""), zone),
        outlet=value.get("outlet", ""),
        url=_url(path, line, value.get("url", "")),
        title=value.get("title", ""),
    )


def _published(path: Path, line: int, raw: str, zone: ZoneInfo) -> Statement | None:
    if not raw:
        return None
    read = read_date(raw, zone)
    if read.day is None and read.at is None:
        raise ConfigError(
            f"{path}:{line}: column published: {raw!r} is no date that can be read",
            hint="write it as 2025-10-06 or 2025-10-06T14:30+02:00",
        )
    return Statement(DateSource.FILE, raw, home=zone)


def _url(path: Path, line: int, url: str) -> str:
    if url and not url.lower().startswith(("http://", "https://")):
        raise ConfigError(f"{path}:{line}: column url: {url!r} does not start with https:// or http://")
    return url


def _refuse_second(path: Path, first: Row | None, row: Row) -> None:
    if first is not None:
        raise ConfigError(
            f"{path}:{row.line}: column file: {row.file!r} is already in line {first.line}",
            hint="keep one of the two lines",
        )
