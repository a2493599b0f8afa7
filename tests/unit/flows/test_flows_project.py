"""A project finds its stories and feeds, and says what it assumed."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.project import open_project, shipped_stories
from schemas.errors import ConfigError, UsageError

BOOK = 'story: {name}\ntitle: T\nversion: "1"\nmatch:\n  any: [a]\n'


def add_story(folder: Path, name: str, story: str | None = None) -> None:
    (folder / "codebooks").mkdir(exist_ok=True)
    (folder / "codebooks" / f"{name}.yml").write_text(BOOK.format(name=story or name))


def test_an_empty_folder_uses_the_shipped_story_and_says_so(tmp_path: Path) -> None:
    project = open_project(tmp_path)
    assert [book.story for book in project.codebooks] == ["gaza-talks"]
    assert "using the shipped story gaza-talks" in project.notes[0]


def test_all_codebooks_of_the_project_are_used_without_a_word(tmp_path: Path) -> None:
    add_story(tmp_path, "b-story")
    add_story(tmp_path, "a-story")
    project = open_project(tmp_path)
    assert [book.story for book in project.codebooks] == ["a-story", "b-story"]
    assert project.notes == ()


def test_a_story_is_chosen_by_name_or_path(tmp_path: Path) -> None:
    add_story(tmp_path, "a-story")
    add_story(tmp_path, "b-story")
    assert [b.story for b in open_project(tmp_path, ["b-story"]).codebooks] == ["b-story"]
    path = str(tmp_path / "codebooks" / "a-story.yml")
    assert [b.story for b in open_project(tmp_path, [path]).codebooks] == ["a-story"]


def test_a_misspelt_story_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean 'gaza-talks'"):
        open_project(tmp_path, ["gaza-talk"])


def test_two_codebooks_of_one_story_are_refused(tmp_path: Path) -> None:
    add_story(tmp_path, "one")
    add_story(tmp_path, "two", story="one")
    with pytest.raises(ConfigError, match="two codebooks call their story 'one'"):
        open_project(tmp_path)


def test_a_feed_id_given_twice_is_refused(tmp_path: Path) -> None:
    add_story(tmp_path, "one")
    feed = "  - {id: a, url: 'http://a.example/', outlet: A}\n"
    (tmp_path / "feeds.yml").write_text("feeds:\n" + feed + feed)
    with pytest.raises(ConfigError, match="the feed id 'a' is given twice"):
        open_project(tmp_path)


def test_a_disabled_feed_is_not_polled(tmp_path: Path) -> None:
    add_story(tmp_path, "one")
    (tmp_path / "feeds.yml").write_text(
        "feeds:\n  - {id: a, url: 'http://a.example/', outlet: A, enabled: false}\n"
        "  - {id: b, url: 'http://b.example/', outlet: B}\n"
    )
    assert [feed.id for feed in open_project(tmp_path).feeds] == ["b"]


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        open_project(tmp_path / "none")


@pytest.mark.parametrize("story", sorted(shipped_stories()))
def test_every_shipped_story_opens(tmp_path: Path, story: str) -> None:
    assert open_project(tmp_path, [story]).codebooks[0].story == story
