"""An edition's folder is there whole or not at all, and its history stays."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from newsledger.publish import folder as publish_folder
from newsledger.publish import swap, write_edition, write_latest
from schemas.config import Site
from schemas.edition import Edition
from schemas.errors import PublishError
from tests.conftest import ROOT
from tests.unit.publish.sample_edition import DAY, FIGURE_CHANGES, sample_edition, sample_tables

SITE = Site(title="Norvia Ledger")
FILES = {
    "SHA256SUMS",
    "audit.json",
    "changes.csv",
    "changes.json",
    "changes.parquet",
    "changes.schema.json",
    "croissant.json",
    "datapackage.json",
    "edition.md",
    "figures.csv",
    "figures.parquet",
    "index.html",
    "positions.csv",
    "positions.parquet",
}


def publish(editions: Path, edition: Edition | None = None) -> Path:
    return write_edition(edition or sample_edition(), sample_tables(), site=SITE, editions_dir=editions)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def fewer() -> Edition:
    return replace(sample_edition(), figure_changes=FIGURE_CHANGES[1:])


def test_a_day_has_all_its_files_and_right_checksums(tmp_path: Path) -> None:
    place = publish(tmp_path / "editions")
    assert place == tmp_path / "editions" / DAY.isoformat()
    assert {path.name for path in place.iterdir()} == FILES
    for row in (place / "SHA256SUMS").read_text().splitlines():
        digest, name = row.split("  ")
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest
    assert [path.name for path in place.parent.iterdir()] == [DAY.isoformat()]


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path) -> None:
    first = snapshot(publish(tmp_path / "a"))
    publish(tmp_path / "b", fewer())
    assert snapshot(publish(tmp_path / "b")) == first


def test_a_revision_keeps_the_former_one_and_says_what_it_altered(tmp_path: Path) -> None:
    former = snapshot(publish(tmp_path, fewer()))
    place = publish(tmp_path, sample_edition(2, "1 late document"))
    kept = snapshot(place / "revisions" / "1")
    assert {name for name in former if former[name] != kept[name]} == {"index.html", "SHA256SUMS"}
    page = (place / "index.html").read_text()
    assert "Because of: <bdi>1 late document</bdi>" in page
    assert 'Added: <a href="#c-refined-killed">' in page
    assert f'href="../{DAY}/revisions/1/index.html"' in page
    assert "Superseded" in kept["index.html"].decode()
    assert 'href="../../../2031-03-13/index.html"' in kept["index.html"].decode()
    assert "- added: People killed by the floods" in (place / "edition.md").read_text()


def test_a_third_revision_keeps_both_and_a_second_writing_changes_nothing(tmp_path: Path) -> None:
    for edition in (fewer(), sample_edition(2), sample_edition(3)):
        place = publish(tmp_path, edition)
    assert sorted(path.name for path in (place / "revisions").iterdir()) == ["1", "2"]
    before = snapshot(place)
    publish(tmp_path, sample_edition(3))
    assert snapshot(place) == before
    assert json.loads(before["changes.json"])["revised"]["from_revision"] == 2


def test_an_older_revision_does_not_undo_a_later_one(tmp_path: Path) -> None:
    before = snapshot(publish(tmp_path, sample_edition(2)))
    with pytest.raises(PublishError, match="holds revision 2, revision 1 would undo it"):
        publish(tmp_path)
    assert snapshot(tmp_path / DAY.isoformat()) == before


def fail_at(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Let the disk be full at the n-th sync to disk."""
    calls = iter(range(1, 1000))
    real = os.fsync

    def full(handle: int) -> None:
        if next(calls) == count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)


@pytest.mark.parametrize("count", [1, 6, 12, 13, 14, 20, 26, 27])
def test_a_full_disk_leaves_the_last_edition_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    before = snapshot(publish(tmp_path))
    fail_at(monkeypatch, count)
    with pytest.raises(PublishError, match=r"2031-03-14.*[Nn]o space left") as caught:
        publish(tmp_path, sample_edition(2))
    assert "free some space" in caught.value.hint
    assert snapshot(tmp_path) == {f"{DAY}/{name}": data for name, data in before.items()}


def test_a_full_disk_on_the_first_day_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, 3)
    with pytest.raises(PublishError):
        publish(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_reads_back_wrong_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = swap.write_file

    def torn(path: Path, data: bytes) -> None:
        real(path, data[:-10] if path.name == "figures.parquet" else data)

    monkeypatch.setattr(swap, "write_file", torn)
    with pytest.raises(PublishError, match=r"figures\.parquet"):
        publish(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "editions").write_text("a file is in the way")
    with pytest.raises(PublishError, match="editions: "):
        publish(tmp_path / "editions")


def test_what_a_killed_run_left_is_cleaned(tmp_path: Path) -> None:
    place = publish(tmp_path)
    before = snapshot(place)
    (tmp_path / f"{swap.NEW}2031-03-15").mkdir()
    (tmp_path / f"{swap.NEW}index.html").write_text("half a li")
    place.rename(tmp_path / f"{swap.FORMER}{DAY}")
    write_latest(tmp_path)
    assert snapshot(place) == before
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_without_an_exchange_of_names_the_folder_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "other")
    publish(tmp_path, fewer())
    place = publish(tmp_path, sample_edition(2))
    assert json.loads((place / "changes.json").read_text())["revision"] == 2
    assert [path.name for path in tmp_path.iterdir()] == [DAY.isoformat()]


def test_a_missing_or_reserved_table_is_named(tmp_path: Path) -> None:
    tables = sample_tables()
    with pytest.raises(PublishError, match="'positions' was not given"):
        write_edition(sample_edition(), {"figures": tables["figures"]}, site=SITE, editions_dir=tmp_path)
    tables["changes"] = tables["figures"]
    with pytest.raises(PublishError, match="may not be called 'changes'"):
        write_edition(sample_edition(), tables, site=SITE, editions_dir=tmp_path)


def test_records_of_a_story_the_edition_does_not_name_are_not_lost_silently(tmp_path: Path) -> None:
    edition = sample_edition()
    with pytest.raises(PublishError, match="records of the story 'alder-strike'"):
        publish(tmp_path, replace(edition, stories=edition.stories[:1]))


def test_a_reader_always_finds_a_whole_edition(tmp_path: Path) -> None:
    place = publish(tmp_path)
    whole = {name: (place / name).read_bytes() for name in FILES}
    seen: list[bool] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.extend((place / name).read_bytes() == whole[name] for name in sorted(FILES))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(15):
        publish(tmp_path)
    done.set()
    reader.join()
    assert seen
    assert all(seen)


KILLED = """
import os, sys
from pathlib import Path
from newsledger.publish import swap, write_edition
from schemas.config import Site
from tests.conftest import ROOT
from tests.unit.publish.sample_edition import sample_edition, sample_tables

def die_after(owner, name, count):
    real, calls = getattr(owner, name), iter(range(1, 1000))
    def dying(*args):
        result = real(*args)
        if next(calls) == count:
            os._exit(9)
        return result
    setattr(owner, name, dying)

if sys.argv[2] == "two-steps":
    sys.platform = "other"
    die_after(Path, "rename", int(sys.argv[3]))
else:
    die_after(swap if sys.argv[2] == "_exchange" else os, sys.argv[2], int(sys.argv[3]))
site = Site(title="Norvia Ledger")
write_edition(sample_edition(2), sample_tables(), site=site, editions_dir=Path(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("step", "count", "revision"),
    [("fsync", 6, 1), ("fsync", 20, 1), ("_exchange", 1, 2), ("two-steps", 1, 1), ("two-steps", 2, 2)],
)
def test_killed_at_any_step_the_day_is_one_revision_or_the_other(
    tmp_path: Path, step: str, count: int, revision: int
) -> None:
    publish(tmp_path)
    command = [sys.executable, "-c", KILLED, str(tmp_path), step, str(count)]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == 9
    swap.recover(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [DAY.isoformat()]
    place = tmp_path / DAY.isoformat()
    assert publish_folder.read_changes(place)["revision"] == revision
    for row in (place / "SHA256SUMS").read_text().splitlines():
        digest, name = row.split("  ")
        assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest
    publish(tmp_path, sample_edition(2))
    assert (place / "revisions" / "1" / "index.html").is_file()


def test_the_rows_of_the_terminal_load_neither_pyarrow_nor_jinja() -> None:
    code = "import sys; from newsledger.publish import summary; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert {"pyarrow", "jinja2", "pandas"}.isdisjoint(done.stdout.split())


def test_a_foreign_changes_file_is_not_overwritten(tmp_path: Path) -> None:
    place = tmp_path / DAY.isoformat()
    place.mkdir()
    (place / "changes.json").write_text("{}")
    with pytest.raises(PublishError, match=r"not the changes\.json of an edition"):
        publish(tmp_path)
    assert snapshot(place) == {"changes.json": b"{}"}


def test_latest_is_a_copy_of_the_newest_day_and_the_list_links_all(tmp_path: Path) -> None:
    older = replace(sample_edition(), day=date(2031, 3, 13), previous_day=None)
    newest = publish(tmp_path)
    publish(tmp_path, older)
    latest = write_latest(tmp_path, site=SITE)
    assert snapshot(latest) == snapshot(newest)
    page = (tmp_path / "index.html").read_text()
    assert page.index('href="2031-03-14/index.html"') < page.index('href="2031-03-13/index.html"')
    assert "2 editions" in page


def test_latest_follows_a_revision_and_rests_when_nothing_is_new(tmp_path: Path) -> None:
    publish(tmp_path)
    latest = write_latest(tmp_path)
    inode = latest.stat().st_ino
    assert write_latest(tmp_path).stat().st_ino == inode
    publish(tmp_path, sample_edition(2))
    write_latest(tmp_path)
    assert json.loads((latest / "changes.json").read_text())["revision"] == 2
    assert not (latest / publish_folder.REVISIONS).exists()


def test_a_latest_that_was_a_link_becomes_a_copy_and_its_target_stays(tmp_path: Path) -> None:
    place = publish(tmp_path)
    (tmp_path / "latest").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.txt").write_text("keep")
    latest = write_latest(tmp_path)
    assert not latest.is_symlink()
    assert snapshot(latest) == snapshot(place)
    assert (tmp_path / "elsewhere" / "mine.txt").read_text() == "keep"


def test_latest_without_an_edition_says_so(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="no edition there yet"):
        write_latest(tmp_path / "nowhere")


def test_a_full_disk_leaves_latest_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path)
    before = snapshot(write_latest(tmp_path))
    publish(tmp_path, sample_edition(2))
    fail_at(monkeypatch, 4)
    with pytest.raises(PublishError):
        write_latest(tmp_path)
    assert snapshot(tmp_path / "latest") == before
