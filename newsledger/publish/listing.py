"""``editions/latest/`` and ``editions/index.html``: where readers enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from newsledger.publish import swap, wording
from newsledger.publish.folder import SUMS, edition_days, read_changes, text_names
from newsledger.publish.page import days_page
from schemas.config import Site
from schemas.errors import PublishError

LATEST = "latest"
LISTED = 40
"""Days on the first page of the site; older ones are reached by their month (``days/YYYY-MM.html``)."""


def write_latest(editions_dir: Path, *, site: Site | None = None) -> Path:
    """Make ``editions/latest/`` a copy of the newest day and list the days in ``editions/index.html``.

    Both are put in place in one step; when nothing is new, nothing is written. The copy leaves out the
    former revisions, which stay under their day. The list names the last days, and the months that have a
    page of their own.

    Args:
        editions_dir: where the editions lie.
        site: title and address of the site, for the list's heading.

    Returns:
        The path of ``latest``.

    Raises:
        PublishError: there is no edition yet, or a file could not be written.
    """
    place = editions_dir / LATEST
    with swap.failures_named(place):
        if editions_dir.exists():
            swap.recover(editions_dir)
        days = edition_days(editions_dir)
        if not days:
            raise PublishError(f"{editions_dir}: no edition there yet", hint="newsledger run")
        _copy_newest(days[-1], place)
        _write_list(days, editions_dir, site or Site())
    return place


def _copy_newest(newest: Path, place: Path) -> None:
    sums = newest / SUMS
    if (place / SUMS).is_file() and (place / SUMS).read_bytes() == sums.read_bytes():
        return
    built = place.with_name(f"{swap.NEW}{place.name}")
    try:
        files = {path.name: path.read_bytes() for path in sorted(newest.iterdir()) if path.is_file()}
        files |= {name: (newest / name).read_bytes() for name in text_names(newest)}
        swap.write_files(built, files)
        swap.put_in_place(built, place)
    except BaseException:
        swap.discard(built)
        raise


def _write_list(days: Sequence[Path], editions_dir: Path, site: Site) -> None:
    rows = [read_changes(folder) for folder in reversed(days[-LISTED:])]
    named = [{**row, "words": wording.day_words(date.fromisoformat(row["day"]))} for row in rows]
    names = dict.fromkeys(folder.name[:7] for folder in reversed(days))
    months = [
        (_month_words(name), name) for name in names if (editions_dir / "days" / f"{name}.html").is_file()
    ]
    page = days_page(named, site, len(days), months).encode()
    path = editions_dir / "index.html"
    if not path.is_file() or path.read_bytes() != page:
        swap.replace_file(path, page)


def _month_words(name: str) -> str:
    return f"{wording.MONTHS[int(name[5:]) - 1]} {name[:4]}"
