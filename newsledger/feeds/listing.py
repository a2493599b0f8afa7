"""``feeds.yml``: the feeds a project reads."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from newsledger.feeds.zones import zone_named
from schemas.config import FeedsFile
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
