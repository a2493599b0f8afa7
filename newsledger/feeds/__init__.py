"""Feeds: which there are, what they list, and the spelling of the addresses they name.

The names are looked up when they are asked for: the process that reads feeds starts without the settings'
models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.feeds.listing import load_feeds
    from newsledger.feeds.parse import parse_feed
    from newsledger.feeds.trouble import FeedError

__all__ = ["FeedError", "load_feeds", "parse_feed"]
_HOMES = {"FeedError": "trouble", "load_feeds": "listing", "parse_feed": "parse"}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415 - only where a name is asked for

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
