"""A source by its name on the command line."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsledger.fetch.response import Fetcher
from newsledger.fetch.sources.files import FilesSource
from newsledger.fetch.sources.sitemaps import SitemapSource
from newsledger.fetch.sources.source import Memory, Source
from newsledger.fetch.sources.warc import WarcSource
from newsledger.fetch.sources.wayback import ENDPOINT, WaybackSource
from schemas.errors import UsageError

KINDS = ("folder", "jsonl", "warc", "sitemap", "wayback")
NETWORK = frozenset({"sitemap", "wayback"})
"""Kinds that ask somebody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a backfill is asked to read.

    Attributes:
        kind: one of :data:`KINDS`.
        places: paths, or addresses.
        outlet: the outlet of what does not name its own, or None.
        published: the publication day of files that do not tell theirs, or None.
        endpoint: the archive of ``wayback``, or None for the Wayback Machine.
    """

    kind: str
    places: tuple[str, ...]
    outlet: str | None = None
    published: str | None = None
    endpoint: str | None = None

    @property
    def asks_network(self) -> bool:
        """Whether it is read over the network."""
        return self.kind in NETWORK


def wanted(spoken: Sequence[str], **more: str | None) -> Wanted:
    """Return what ``--source`` names: ``KIND:PLACE``, or a path alone whose kind its name tells.

    Args:
        spoken: one or more of the same kind.
        more: ``outlet``, ``published``, ``endpoint``.

    Raises:
        UsageError: no such kind, no place, or several kinds at once.
    """
    if not spoken:
        raise UsageError("no source is named", hint=f"--source KIND:PLACE; kinds: {', '.join(KINDS)}")
    pairs = [_pair(text) for text in spoken]
    kinds = sorted({kind for kind, _ in pairs})
    if len(kinds) > 1:
        raise UsageError(f"several kinds of source at once: {', '.join(kinds)}", hint="one backfill for each")
    return Wanted(kinds[0], tuple(place for _, place in pairs), **more)


def _pair(text: str) -> tuple[str, str]:
    kind, colon, place = text.partition(":")
    if kind in KINDS and colon and place:
        return kind, place
    path = Path(text)
    if path.exists():
        return _kind_of(path), text
    if text.lower().startswith(("http://", "https://")):
        return "sitemap", text
    near = difflib.get_close_matches(kind, KINDS, n=1)
    guess = f"; did you mean {near[0]!r}?" if near else ""
    raise UsageError(
        f"--source {text!r} is neither KIND:PLACE nor a path{guess}",
        hint=f"kinds: {', '.join(KINDS)}",
    )


def _kind_of(path: Path) -> str:
    if path.name.endswith((".warc", ".warc.gz")):
        return "warc"
    return "jsonl" if path.suffix.lower() in (".jsonl", ".ndjson") else "folder"


def make_source(what: Wanted, client: Fetcher | None, memory: Memory) -> Source:
    """Return the source.

    Args:
        what: what to read.
        client: the way to the network; only kinds that read files can do without.
        memory: what the ledger holds already.

    Raises:
        UsageError: a path does not exist.
    """
    paths = [Path(place) for place in what.places]
    if what.kind == "warc":
        return WarcSource(paths, outlet=what.outlet)
    if client is None or not what.asks_network:
        return FilesSource(what.kind, paths, outlet=what.outlet, published=what.published)
    if what.kind == "sitemap":
        return SitemapSource(what.places, client, memory, outlet=what.outlet)
    endpoint = what.endpoint or ENDPOINT
    return WaybackSource(what.places, client, memory, endpoint=endpoint, outlet=what.outlet)
