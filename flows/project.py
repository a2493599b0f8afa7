"""A project: the folder a run works in, its settings, its stories and its feeds."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from flows.corrections import read_corrections, unknown_names
from schemas.codebook import Codebook
from schemas.config import Feed, FeedsFile, Settings
from schemas.corrections import Correction
from schemas.errors import ConfigError, UsageError
from schemas.yaml_file import read_toml, read_yaml

LOCK = "run.lock"
"""The lock file of a project's runs, in its state folder."""
DEFAULT_STORY = "gaza-talks"
"""The shipped story a folder without codebooks uses; saying so is the caller's duty."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where a run reads and writes.

    Attributes:
        folder: the project's folder.
        settings: ``newsledger.toml``, or its defaults.
        codebooks: the stories in use, sorted by name.
        feeds: the feeds to poll; empty when no ``feeds.yml`` was found.
        notes: what was assumed ("no codebooks/ here: using the shipped story gaza-talks").
        feed_notes: the same of the feeds, for runs that poll them.
        decisions: what people decided about records, in the order of ``corrections.yml``.
    """

    folder: Path
    settings: Settings
    codebooks: tuple[Codebook, ...]
    feeds: tuple[Feed, ...] = ()
    notes: tuple[str, ...] = ()
    feed_notes: tuple[str, ...] = ()
    decisions: tuple[Correction, ...] = ()

    @property
    def state(self) -> Path:
        """The folder of the warehouse, the staging files and the engine's own database."""
        return self.folder / self.settings.paths.state

    @property
    def warehouse(self) -> Path:
        """The working DuckDB file, which only the run that holds the lock opens."""
        return self.state / "warehouse.duckdb"

    @property
    def raw(self) -> Path:
        """The folder of the raw answers."""
        return self.state / "raw"

    @property
    def raw_backfill(self) -> Path:
        """The folder of the raw answers of backfills, which run beside others and keep theirs apart."""
        return self.state / "raw-backfill"

    @property
    def subscriptions(self) -> Path:
        """The file of our own subscriptions at WebSub hubs."""
        return self.state / "websub.sqlite"

    @property
    def corrections(self) -> Path:
        """The file of what people decided about records."""
        return self.folder / self.settings.paths.corrections

    @property
    def snapshot(self) -> Path:
        """The published, read-only DuckDB file."""
        return self.folder / self.settings.paths.snapshot

    @property
    def editions(self) -> Path:
        """The folder of the published editions."""
        return self.folder / self.settings.paths.editions

    @property
    def inbox(self) -> Path:
        """The folder whose new files ``serve`` reads."""
        return self.folder / self.settings.paths.inbox

    @property
    def timezone(self) -> str:
        """The zone of a bare day in an input: that of the first story."""
        return self.codebooks[0].timezone if self.codebooks else "UTC"


def read_settings(folder: Path) -> Settings:
    """Return the folder's ``newsledger.toml``, or the defaults where there is none.

    Raises:
        ConfigError: the file is there and does not hold.
    """
    path = folder / "newsledger.toml"
    return read_toml(path, Settings) if path.exists() else Settings()


def open_project(folder: Path, stories: Sequence[str] = ()) -> Project:
    """Return the project in a folder, with the stories asked for or else all of its own.

    Args:
        folder: the project's folder; it must exist.
        stories: names of stories, or paths of codebooks.

    Raises:
        UsageError: the folder or a story does not exist.
        ConfigError: a file of the project does not hold.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder", hint="create it, or name another with -C")
    settings = read_settings(folder)
    paths, notes = _codebook_paths(folder / settings.paths.codebooks, stories)
    codebooks = sorted((read_yaml(path, Codebook) for path in paths), key=lambda book: book.story)
    _refuse_doubles(codebooks)
    feeds, feed_notes = _feeds(folder / settings.paths.feeds, paths)
    corrections = folder / settings.paths.corrections
    decisions = read_corrections(corrections)
    notes += (
        [f"{corrections}: {words}" for words in unknown_names(decisions, codebooks)] if not stories else []
    )
    return Project(folder, settings, tuple(codebooks), feeds, tuple(notes), tuple(feed_notes), decisions)


def shipped_stories() -> dict[str, Path]:
    """Return the codebooks packaged with newsledger by name."""
    root = Path(str(files("newsledger").joinpath("stories")))
    return {path.parent.name: path for path in sorted(root.glob("*/codebook.yml"))}


def _codebook_paths(own: Path, stories: Sequence[str]) -> tuple[list[Path], list[str]]:
    if stories:
        return [_find_story(own, name) for name in stories], []
    found = sorted([*own.glob("*.yml"), *own.glob("*.yaml")])
    if found:
        return found, []
    note = f"no codebook in {own}: using the shipped story {DEFAULT_STORY} (choose with --story)"
    return [shipped_stories()[DEFAULT_STORY]], [note]


def _find_story(own: Path, name: str) -> Path:
    if name.endswith((".yml", ".yaml")):
        return Path(name)
    shipped = shipped_stories()
    for candidate in (own / f"{name}.yml", own / f"{name}.yaml", shipped.get(name)):
        if candidate is not None and candidate.exists():
            return candidate
    known = sorted({*shipped, *(path.stem for path in own.glob("*.y*ml"))})
    near = difflib.get_close_matches(name, known, n=1)
    guess = f"; did you mean {near[0]!r}?" if near else f"; there are: {', '.join(known)}"
    raise UsageError(f"no story {name!r}{guess}", hint="newsledger codebook list")


def _refuse_doubles(codebooks: Sequence[Codebook]) -> None:
    names = [book.story for book in codebooks]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise ConfigError(f"two codebooks call their story {doubles[0]!r}", hint="rename one of them")


def _feeds(own: Path, codebooks: Sequence[Path]) -> tuple[tuple[Feed, ...], list[str]]:
    """Return the project's feeds, else those that lie beside the codebooks in use."""
    if own.exists():
        return _enabled(own), []
    beside = [path.with_name("feeds.yml") for path in codebooks if path.name == "codebook.yml"]
    found = [path for path in beside if path.exists()]
    notes = [f"no {own}: using the feeds of {path.parent.name}" for path in found]
    return tuple(feed for path in found for feed in _enabled(path)), notes


def _enabled(path: Path) -> tuple[Feed, ...]:
    feeds = read_yaml(path, FeedsFile).feeds
    ids = [feed.id for feed in feeds]
    doubles = sorted({name for name in ids if ids.count(name) > 1})
    if doubles:
        raise ConfigError(f"{path}: the feed id {doubles[0]!r} is given twice", hint="rename one of them")
    return tuple(feed for feed in feeds if feed.enabled)
