"""``editions/<day>/``: every file of an edition, built beside its place, read back, put there in one step."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from newsledger.publish import swap, tables
from newsledger.publish.markdown import edition_markdown
from newsledger.publish.package import croissant, data_package
from newsledger.publish.page import Download, edition_page
from newsledger.publish.record import (
    SCHEMA_FILE,
    Json,
    audit_record,
    changes_record,
    compact_bytes,
    json_bytes,
    schema_text,
)
from newsledger.publish.texts import FOLDER as TEXTS
from newsledger.publish.texts import text_pages
from schemas.config import Site
from schemas.edition import Edition
from schemas.errors import PublishError
from schemas.evidence import MarkedText
from schemas.files import ABOUT

REVISIONS = "revisions"
SUMS = "SHA256SUMS"
ABOVE = "../../"
"""From a former revision's folder to the day's."""
_SUPERSEDED = "<!-- superseded -->"
"""Where the page of a former revision says that there is a newer one."""


@dataclass(frozen=True, slots=True)
class Former:
    """The revision an edition follows: its ``changes.json`` and the folder it lies in."""

    changes: Json
    folder: Path


def write_edition(
    edition: Edition,
    tables: Mapping[str, pa.Table],
    *,
    site: Site,
    editions_dir: Path,
    texts: Sequence[MarkedText] = (),
) -> Path:
    """Write ``editions/<day>/`` whole or not at all and return its path.

    The files are built in a folder beside, synced, read back and compared, then put in place in one
    step. A later revision keeps the former ones under ``revisions/<n>/``; the same revision written
    again gives the same bytes. What a killed run left behind is cleaned first.

    Args:
        edition: the day.
        tables: by name, at least ``figures`` and ``positions``; each becomes NAME.csv and NAME.parquet.
            ``changes`` is made from the edition and may not be given.
        site: title and address of the site.
        editions_dir: where the editions lie; made if it is not there.
        texts: the day's documents with everything read in them, each to become a page.

    Raises:
        PublishError: a file could not be written, read back wrong, or the folder holds a later revision.
    """
    place = editions_dir / edition.day.isoformat()
    built = editions_dir / f"{swap.NEW}{edition.day.isoformat()}"
    _check_names(tables, place)
    _check_stories(edition, place)
    with swap.failures_named(place):
        editions_dir.mkdir(parents=True, exist_ok=True)
        swap.recover(editions_dir)
        former = _former(place, edition.revision)
        changes = former.changes if former else None
        contents = edition_files(edition, tables, site=site, former=changes, texts=texts)
        try:
            swap.write_files(built, contents)
            _check_written(built, contents, _all_tables(edition, tables))
            _keep_revisions(place, built, edition.revision)
            swap.put_in_place(built, place)
        except BaseException:
            swap.discard(built)
            raise
    return place


def edition_files(
    edition: Edition,
    tables_given: Mapping[str, pa.Table],
    *,
    site: Site,
    former: Json | None = None,
    texts: Sequence[MarkedText] = (),
) -> dict[str, bytes]:
    """Return every file of an edition by name. No clock, no randomness: the same in, the same out.

    Args:
        edition: the day.
        tables_given: as for :func:`write_edition`.
        site: title and address of the site.
        former: the ``changes.json`` of the revision before, or None.
        texts: as for :func:`write_edition`.
    """
    record = changes_record(edition, former)
    contents = {
        "edition.md": edition_markdown(edition, site, record["revised"]).encode(),
        "changes.json": json_bytes(record),
    }
    rows: dict[str, int] = {}
    for name, table in _all_tables(edition, tables_given).items():
        contents[f"{name}.csv"] = tables.csv_bytes(table)
        contents[f"{name}.parquet"] = tables.parquet_bytes(table)
        rows[f"{name}.csv"] = rows[f"{name}.parquet"] = table.num_rows
    contents["audit.json"] = json_bytes(audit_record(edition))
    contents[SCHEMA_FILE] = schema_text().encode()
    described = data_package(edition, contents, site), croissant(edition, contents, site)
    contents["datapackage.json"], contents["croissant.json"] = map(compact_bytes, described)
    downloads = [_download(name, data, rows.get(name)) for name, data in contents.items()]
    pages, marks = text_pages(texts, edition, site)
    contents["index.html"] = edition_page(edition, site, downloads, record["revised"], marks).encode()
    contents |= pages
    contents[SUMS] = _sums(contents)
    return contents


def _all_tables(edition: Edition, given: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    return {
        "changes": tables.changes_table(edition),
        **{name: tables.in_utc(given[name]) for name in sorted(given)},
    }


def _check_names(given: Mapping[str, pa.Table], place: Path) -> None:
    missing = [name for name in ("figures", "positions") if name not in given]
    wrong = [name for name in given if name == "changes" or not name.isidentifier()]
    if missing:
        raise PublishError(f"{place}: the table {missing[0]!r} was not given")
    if wrong:
        raise PublishError(f"{place}: a table of an edition may not be called {wrong[0]!r}")


def _check_stories(edition: Edition, place: Path) -> None:
    """Refuse an edition with records of a story it does not name: page and Markdown would leave them out."""
    known = {head.story for head in edition.stories}
    used = {
        *(row.story for row in edition.figure_changes),
        *(row.story for row in edition.position_changes),
        *(row.story for row in edition.disagreements),
        *(row.story for row in edition.readings),
        *(row.story for row in edition.stands),
        *(row.story for row in edition.attendance),
    }
    strange = sorted(used - known)
    if strange:
        raise PublishError(f"{place}: records of the story {strange[0]!r}, which the edition does not name")


def _download(name: str, data: bytes, rows: int | None) -> Download:
    about = ABOUT.get(name) or name.partition(".")[0]
    return Download(name=name, about=about, size=len(data), rows=rows, sha256=_digest(data))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sums(contents: Mapping[str, bytes]) -> bytes:
    """Return checksums in the format of ``sha256sum --check``."""
    return "".join(
        f"{_digest(contents[name])}  {name}\n" for name in sorted(contents) if name != SUMS
    ).encode()


def _check_written(folder: Path, contents: Mapping[str, bytes], all_tables: Mapping[str, pa.Table]) -> None:
    """Read every file back and compare it: what is published is what a reader will get."""
    read = {name: (folder / name).read_bytes() for name in contents}
    problems = [name for name in contents if read.get(name) != contents[name]]
    if problems:
        raise PublishError(
            f"{folder / problems[0]}: reads back other than it was written",
            hint="check the disk, then run the same command again",
        )
    for name in (name for name in contents if name.endswith(".json")):
        json.loads(read[name])
    for name, table in all_tables.items():
        problems += tables.check_table(name, table, read[f"{name}.csv"], read[f"{name}.parquet"])
    if problems:
        raise PublishError(
            f"{folder}: {problems[0]}", hint="report this with the table: its values did not survive"
        )


def _former(place: Path, revision: int) -> Former | None:
    """Return the newest revision older than this one, from the folder or from its ``revisions``."""
    folders = [place, *sorted((place / REVISIONS).glob("[0-9]*"))] if place.exists() else []
    found = [Former(read_changes(folder), folder) for folder in folders]
    later = [former for former in found if former.changes["revision"] > revision]
    if later:
        raise PublishError(
            f"{place}: holds revision {later[0].changes['revision']}, revision {revision} would undo it",
            hint=f"move {place} away if it belongs to another ledger, then run `newsledger run` again",
        )
    older = [former for former in found if former.changes["revision"] < revision]
    return max(older, key=lambda former: int(former.changes["revision"]), default=None)


def read_changes(folder: Path) -> Json:
    """Return the ``changes.json`` of an edition's folder.

    Raises:
        PublishError: it is not there or no JSON of an edition.
    """
    path = folder / "changes.json"
    try:
        record: Json = json.loads(path.read_bytes())
        int(record["revision"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PublishError(
            f"{path}: not the changes.json of an edition ({error})",
            hint=f"move {folder} out of the editions, then run `newsledger run` again",
        ) from error
    return record


def _keep_revisions(place: Path, built: Path, revision: int) -> None:
    """Copy the revisions already there, and the one now replaced, into the folder being built.

    Their pages of marked texts, named after their content, stay in the one folder all revisions share.
    """
    if not place.exists():
        return
    kept = built / REVISIONS
    if (place / REVISIONS).exists():
        shutil.copytree(place / REVISIONS, kept)
    former = int(read_changes(place)["revision"])
    if former != revision:
        files = {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()}
        pages = {f"{ABOVE}{name}": (place / name).read_bytes() for name in text_names(place)}
        files["index.html"] = _superseded_page(files["index.html"], former, revision)
        files[SUMS] = _sums(files | pages)
        swap.write_files(kept / str(former), files)
        swap.sync_folder(kept)
    _keep_texts(place, built)


def _keep_texts(place: Path, built: Path) -> None:
    """Copy the pages of marked texts that former revisions link to into the folder being built."""
    wanted = {name for folder in sorted((built / REVISIONS).glob("[0-9]*")) for name in text_names(folder)}
    missing = sorted(name for name in wanted if not (built / name).exists())
    if missing:
        swap.write_files(built, {name: (place / name).read_bytes() for name in missing})


def text_names(folder: Path) -> list[str]:
    """Return the pages of marked texts one revision has, as paths from the day's folder."""
    rows = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    names = (row.partition("  ")[2].removeprefix(ABOVE) for row in rows)
    return [name for name in names if name.startswith(f"{TEXTS}/")]


def _superseded_page(page: bytes, former: int, revision: int) -> bytes:
    """Return a former page with a word that a newer one exists, its links right two folders deeper.

    The data files of a former revision stay byte for byte as they were published.
    """
    note = (
        '<p class="notice"><strong>Superseded.</strong> '
        f"This is revision {former}, replaced by "
        f'<a href="../../index.html">revision {revision} or a later one</a>.</p>'
    )
    text = page.decode().replace('href="../', 'href="../../../')
    text = text.replace(f'href="{TEXTS}/', f'href="{ABOVE}{TEXTS}/')
    return text.replace(_SUPERSEDED, note, 1).encode()


def edition_days(editions_dir: Path) -> Sequence[Path]:
    """Return the folders of all days, oldest first; anything else in the folder is left out."""
    pattern = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
    return sorted(path for path in editions_dir.glob(pattern) if (path / "changes.json").is_file())
