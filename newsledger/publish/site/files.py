"""Files of the site: each put in place whole, none touched that says the same; what is known to be right."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from newsledger.publish import swap
from newsledger.publish.record import Json, compact_bytes
from schemas.config import Site

STATE = ".site.json"
"""Says up to which publication of the ledger the pages are right; written when all of them are."""


@dataclass(frozen=True, slots=True)
class State:
    """What the pages were made from.

    Attributes:
        publication: the ledger's last publication then; 0 where nothing is known.
        look: digest of the software and settings that made them.
        siblings: digest of each list whose members name their neighbours, by the list's name.
        stories: what lists say of each story, by its key.
    """

    publication: int = 0
    look: str = ""
    siblings: Mapping[str, str] = field(default_factory=dict)
    stories: Mapping[str, Json] = field(default_factory=dict)


def read_state(root: Path) -> State:
    """Return what the pages in a folder were made from; an unknown state when no file tells it."""
    try:
        data = json.loads((root / STATE).read_bytes())
        return State(
            int(data["publication"]), str(data["look"]), dict(data["siblings"]), dict(data["stories"])
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return State()  # not written yet, or cut short: everything is made anew


def forget_state(root: Path) -> None:
    """Have every page made anew the next time; those that are right are kept as they are."""
    (root / STATE).unlink(missing_ok=True)


def write_state(root: Path, state: State) -> None:
    """Remember that the pages are right, after all of them reached the disk."""
    os.sync()
    swap.replace_file(root / STATE, compact_bytes(asdict(state)))


def look_of(site: Site) -> str:
    """Return the digest of everything but the ledger that pages depend on: settings, templates and code."""
    digest = hashlib.sha256(site.model_dump_json().encode())
    for room in ("newsledger.publish", "schemas"):
        _add(digest, files(room))
    return digest.hexdigest()[:16]


def _add(digest: hashlib._Hash, folder: Traversable) -> None:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            _add(digest, item)
        elif item.name.endswith((".py", ".j2", ".css", ".js", ".json")):
            digest.update(item.name.encode())
            digest.update(item.read_bytes())


class Writer:
    """Puts files below a folder, each in one step; a file that already says the same is left alone."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        self.kept = 0
        self._made: set[Path] = set()

    def put(self, name: str, data: bytes | str) -> None:
        """Put a file named by its path below the folder."""
        path = self.root / name
        content = data.encode() if isinstance(data, str) else data
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        if _holds(path, content):
            self.kept += 1
            return
        beside = path.with_name(f"{swap.NEW}{path.name}")
        beside.write_bytes(content)
        beside.replace(path)
        self.written += 1

    def read(self, name: str) -> bytes | None:
        """Return a file below the folder, or None where there is none."""
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return None


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False
