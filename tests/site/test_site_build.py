"""Building the site: made bit by bit is made at once, a kill leaves old or new, a day costs a day."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from newsledger.publish.site.files import STATE, Writer
from tests.site.example_site import Newsroom, build_site, many_days
from tests.unit.warehouse.newsroom import Article, at


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return build_site(tmp_path_factory.mktemp("plain"))


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_pages_made_day_by_day_are_those_made_at_once(room: Newsroom) -> None:
    by_and_by = snapshot(room.editions)
    report = room.publish(whole=True)
    at_once = snapshot(room.editions)
    assert [name for name in at_once if at_once[name] != by_and_by.get(name)] == []
    assert report.written == 0
    assert report.kept > 80


def test_the_same_news_gives_the_same_bytes_in_another_folder(room: Newsroom, tmp_path: Path) -> None:
    assert snapshot(build_site(tmp_path).editions) == snapshot(room.editions)


def test_nothing_is_written_when_nothing_moved(room: Newsroom) -> None:
    before = {path: path.stat().st_mtime_ns for path in room.editions.rglob("*")}
    assert room.publish().written == 0
    assert {path: path.stat().st_mtime_ns for path in room.editions.rglob("*")} == before


def test_a_ledger_without_an_edition_has_no_site(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    room.print_news(Article("undated", None))
    with pytest.raises(Exception, match="no edition there yet"):
        room.publish()
    assert not (room.editions / STATE).exists()


def test_a_new_day_touches_its_own_pages_only(tmp_path: Path) -> None:
    room = many_days(tmp_path, 45)
    before = {path: path.stat().st_mtime_ns for path in room.editions.rglob("*") if path.is_file()}
    room.print_news(Article("next", at(20)).figure("strikers", 7), change=lambda made: made)
    room.publish()
    touched = {
        str(p.relative_to(room.editions))
        for p, then in before.items()
        if p.exists() and p.stat().st_mtime_ns != then
    }
    old_pages = {
        name for name in touched if name.startswith(("changes/c", "days/2031-01", "changes/2031-01"))
    }
    # The change before the new one leads to it; the months are named by their neighbours.
    assert len([name for name in old_pages if name.endswith(".html")]) <= 3
    assert "stories/harbour/indicators/strikers.html" in touched


class Killed(BaseException):
    """Stands for a kill."""


@pytest.fixture
def killed_after(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let a build die after so many files; the list holds the number left."""
    left = [10**9]
    put = Writer.put

    def dying(self: Writer, name: str, data: bytes | str) -> None:
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        put(self, name, data)

    monkeypatch.setattr(Writer, "put", dying)
    return left


def test_a_kill_leaves_each_page_old_or_new_and_the_next_run_finishes(
    tmp_path: Path, killed_after: list[int]
) -> None:
    room = Newsroom(tmp_path)
    for day in (10, 11):
        room.print_news(
            Article(f"k{day}", at(day)).figure("strikers", 40 * day).position("union", "pay", "supports")
        )
        room.publish()
    old = snapshot(room.editions)
    room.print_news(Article("k12", at(12)).figure("strikers", 7).position("union", "pay", "opposes"))
    for files in (0, 1, 7, 19, 31):
        killed_after[0] = files
        with pytest.raises(Killed):
            room.publish()
        assert snapshot(room.editions)[STATE] == old[STATE]
    half = snapshot(room.editions)
    killed_after[0] = 10**9
    room.publish()
    new = snapshot(room.editions)
    assert {name for name in half if half[name] not in (old.get(name), new.get(name))} == set()
    report = room.publish(whole=True)
    assert report.written == 0


def test_a_change_taken_back_stays_readable_and_says_so(room: Newsroom) -> None:
    entries = [json.loads(path.read_bytes()) for path in sorted((room.editions / "changes").glob("c*.json"))]
    gone = [entry for entry in entries if not entry["is_current"]]
    assert gone
    for entry in gone:
        page = (room.editions / "changes" / f"{entry['id']}.html").read_text()
        assert "Taken back." in page
        assert f"revisions/{entry['revision']}/index.html#{entry['id']}" in page
        assert entry["history"][-1]["words"] == "taken back"


def test_old_editions_do_not_change_when_the_site_is_built(tmp_path: Path) -> None:
    room = Newsroom(tmp_path)
    for day in (10, 11, 12):
        room.print_news(Article(f"o{day}", at(day)).figure("strikers", 40 * day))
        room.publish()
    before = snapshot(room.editions / "2031-05-10")
    room.print_news(Article("o13", at(13) + timedelta(hours=1)).figure("strikers", 3))
    room.publish()
    assert snapshot(room.editions / "2031-05-10") == before
