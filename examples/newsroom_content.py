"""Read an invented newsroom from its folder: outlets, articles with their revisions, faults.

The folder holds ``newsroom.yml`` (the days, the clock of the run, what breaks when) and one folder for each
outlet: ``outlet.yml``, ``page.html`` (a Jinja template) and one Markdown file with front matter per article.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict

REVISED = re.compile(r"^--- revised (\S+) ---$", re.MULTILINE)
"""The line that opens a later version of the same article: its body replaces the one before."""

Flag = Literal["teaser", "no-date", "missing"]
"""``teaser``: behind a paywall; ``no-date``: no date anywhere; ``missing``: in the feed, but 404."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fault(_Data):
    """What is wrong with an outlet's feed on one day."""

    outlet: str
    day: date
    kind: Literal["malformed", "html"]


class Programme(_Data):
    """The days of the example and what breaks on them.

    Attributes:
        title: what the example is about, for the first line of ``make run``.
        timezone: the zone of the story; every article's instant is written with its offset.
        days: the days, in order.
        run_at: the wall clock time of each day's run.
        faults: feeds that are broken on some day.
    """

    title: str
    timezone: str
    days: list[date]
    run_at: time
    faults: list[Fault] = []

    def run_instant(self, day: date) -> datetime:
        """Return the instant of a day's run, in the story's zone."""
        return datetime.combine(day, self.run_at, tzinfo=ZoneInfo(self.timezone))


class Teaser(_Data):
    """A link to another story of the outlet, shown on every page: noise an extractor must leave out."""

    headline: str
    summary: str = ""


class Outlet(_Data):
    """One outlet: how it calls itself and what surrounds its articles."""

    key: str
    name: str
    tagline: str
    feed: Literal["rss", "atom"]
    sections: list[str]
    related: list[Teaser]
    newsletter: str
    footer: str


class _FrontMatter(_Data):
    headline: str
    published: AwareDatetime
    byline: str = ""
    section: str = "News"
    agency: str | None = None
    language: str = "en"
    caption: str = ""
    flags: list[Flag] = []


class Version(_Data):
    """What an article said from an instant on: paragraphs; those that open with ``## `` are crossheads."""

    since: AwareDatetime
    paragraphs: list[str]


class Article(_Data):
    """One article of one outlet with all its versions, oldest first."""

    outlet: str
    slug: str
    headline: str
    byline: str
    section: str
    agency: str | None
    language: str
    caption: str
    flags: list[Flag]
    published: AwareDatetime
    versions: list[Version]

    @property
    def path(self) -> str:
        """The path of its page on the server, without the leading slash."""
        return f"{self.outlet}/{self.slug}"

    def version_at(self, clock: datetime) -> Version:
        """Return what the article says at an instant after its publication."""
        return [version for version in self.versions if version.since <= clock][-1]


def read_programme(folder: Path) -> Programme:
    """Return the days and faults written in a newsroom folder's ``newsroom.yml``."""
    return Programme.model_validate(_read_yaml(folder / "newsroom.yml"))


def read_outlets(folder: Path) -> list[Outlet]:
    """Return the outlets of a newsroom folder in the order of their keys."""
    paths = sorted(folder.glob("*/outlet.yml"))
    return [Outlet.model_validate({"key": path.parent.name, **_read_yaml(path)}) for path in paths]


def read_articles(folder: Path) -> list[Article]:
    """Return the articles of a newsroom folder, oldest first."""
    articles = [read_article(path) for path in sorted(folder.glob("*/*.md"))]
    return sorted(articles, key=lambda article: (article.published, article.path))


def read_article(path: Path) -> Article:
    """Return one article from its Markdown file with front matter.

    Raises:
        ValueError: the file does not open with front matter, or a key or value is wrong.
    """
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    front = _FrontMatter.model_validate(yaml.safe_load(head))
    first, *rest = REVISED.split(body)
    versions = [_version(front.published, first)]
    for since, text in zip(rest[::2], rest[1::2], strict=True):
        versions.append(_version(datetime.fromisoformat(since), text))
    return Article(outlet=path.parent.name, slug=path.stem, versions=versions, **dict(front))


def _version(since: datetime, text: str) -> Version:
    paragraphs = [block.strip() for block in text.split("\n\n")]
    return Version(since=since, paragraphs=[block for block in paragraphs if block])


def _read_yaml(path: Path) -> dict[str, object]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise TypeError(f"{path}: a mapping of keys is expected")
    return data
