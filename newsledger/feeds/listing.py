"""``feeds.yml``: the feeds a project reads."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml

from newsledger.feeds.zones import zone_named
from schemas.config import Feed, FeedsFile
from schemas.errors import ConfigError
from schemas.yaml_file import read_yaml


def load_feeds(path: Path) -> FeedsFile:
    """Return the feeds of a ``feeds.yml``, disabled ones included.

    Raises:
        ConfigError: the file is missing or wrong; two feeds have one id; a time zone does not exist.
    """
    listed = read_yaml(path, FeedsFile)
    twice = [name for name, count in Counter(feed.id for feed in listed.feeds).items() if count > 1]
    if twice:
        raise ConfigError(
            f"{path}: feeds: two feeds have the id {twice[0]!r}", hint="give each feed an id of its own"
        )
    for feed in listed.feeds:
        try:
            zone_named(feed.timezone)
        except ValueError as error:
            raise ConfigError(f"{path}: feeds: {feed.id}: timezone: {error}") from error
    return listed


def listed_as_yaml(feeds: Sequence[Feed]) -> str:
    """Return feeds as the entries of a ``feeds.yml``, without what is a default anyway."""
    entries = [feed.model_dump(mode="json", exclude_defaults=True) for feed in feeds]
    return yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, default_flow_style=None, width=10_000)


def add_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Add feeds at the end of a ``feeds.yml``, made where it is missing. What stands in it stays as it is.

    The file is written beside and renamed over, after it was read back and found to hold all feeds.

    Raises:
        ConfigError: the file does not read, or its list does not end the file, so that nothing can be added
            without rewriting it.
    """
    before = load_feeds(path).feeds if path.exists() else []
    text = path.read_text(encoding="utf-8").rstrip("\n") if path.exists() else "feeds:"
    indent = "  " if not before else _indent(text)
    entries = "".join(f"{indent}{line}\n" for line in listed_as_yaml(feeds).splitlines())
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(f"{text}\n{entries}", encoding="utf-8")
    try:
        after = load_feeds(beside).feeds
    except ConfigError:
        after = []
    if [feed.id for feed in after] != [feed.id for feed in [*before, *feeds]]:
        beside.unlink()
        raise ConfigError(
            f"{path}: feeds: the list is not the last thing in the file, so nothing can be added to it",
            hint="print the entries with `newsledger feeds import FILE --dry-run` and paste them",
        )
    os.replace(beside, path)  # noqa: PTH105 - the call that is atomic by contract


def _indent(text: str) -> str:
    """Return the spaces before the last entry's dash."""
    last = next(line for line in reversed(text.splitlines()) if line.lstrip().startswith("- "))
    return last[: len(last) - len(last.lstrip())]
