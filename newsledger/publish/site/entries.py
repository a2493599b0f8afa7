"""A change as the site keeps it: what the editions said of it, over all revisions of its day.

An entry is the change as ``changes.json`` has it, with when it was first said, when it last became another
and whether it still stands. It lies in ``changes/<id>.json`` beside its page; feeds and lists are made from
these files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from newsledger.publish.folder import REVISIONS, read_changes
from newsledger.publish.page import language_tag
from newsledger.publish.record import SCHEMA_VERSION, Json, compact_bytes
from newsledger.publish.site.files import Writer
from newsledger.publish.ways import anchor
from schemas.reading import Quote

FOLDER = "changes"
_QUOTE_FIELDS = tuple(field.name for field in fields(Quote))


def day_entries(folder: Path) -> list[Json]:
    """Return the entries of all changes that any revision of a day says, in the order they were first said.

    Args:
        folder: the day's folder among the editions.

    Raises:
        PublishError: a ``changes.json`` in it is none.
    """
    entries: dict[str, Json] = {}
    for record in _revisions(folder):
        said = {change["id"]: change for change in record["changes"]}
        for change in said.values():
            _say(entries, record, change)
        for name, entry in entries.items():
            if name not in said and entry["is_current"]:
                entry.update(is_current=False, updated_at=record["published_at"])
                entry["history"].append(_told(record, "taken back"))
    return list(entries.values())


def _revisions(folder: Path) -> Iterator[Json]:
    """Yield the ``changes.json`` of every revision of a day, oldest first."""
    former = [path for path in (folder / REVISIONS).glob("*") if path.name.isdigit()]
    for path in sorted(former, key=lambda path: int(path.name)):
        yield read_changes(path)
    yield read_changes(folder)


def _say(entries: dict[str, Json], record: Json, change: Json) -> None:
    """Take over what a revision says of a change; it is updated where it says something else."""
    former = entries.get(change["id"])
    same = former is not None and former["is_current"] and _said(former) == _said(change)
    history = list(former["history"]) if former else []
    if not same:
        history.append(_told(record, change["words"]))
    heads = {head["story"]: head for head in record["stories"]}
    head = heads.get(change["story"], {})
    entries[change["id"]] = {
        "schema_version": SCHEMA_VERSION,
        **change,
        "day": record["day"],
        "revision": record["revision"],
        "is_current": True,
        "published_at": former["published_at"] if former else record["published_at"],
        "updated_at": former["updated_at"] if former and same else record["published_at"],
        "story_title": head.get("title", change["story"]),
        "timezone": head.get("timezone", "UTC"),
        "history": history,
    }


def _said(change: Json) -> tuple[str, str]:
    return change["kind"], change["words"]


def _told(record: Json, words: str) -> Json:
    return {"revision": record["revision"], "published_at": record["published_at"], "words": words}


class Entries:
    """The entries of the site: those just made, and those that lie in its folder."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._made: dict[str, Json] = {}

    def put(self, entry: Json) -> None:
        """Keep an entry and write its file."""
        self._made[entry["id"]] = entry
        self._writer.put(f"{FOLDER}/{anchor(entry['id'])}.json", compact_bytes(entry))

    def get(self, change_id: str) -> Json | None:
        """Return an entry, or None where no edition in the folder says it."""
        if change_id not in self._made:
            data = self._writer.read(f"{FOLDER}/{anchor(change_id)}.json")
            if data is None:
                return None
            self._made[change_id] = json.loads(data)
        return self._made[change_id]


@dataclass(frozen=True, slots=True)
class Voice:
    """One side of a change with its quotes: ``role`` is ``before``, ``after`` or ``against``."""

    role: str
    words: str
    texts: int
    outlets: tuple[str, ...]
    quotes: tuple[Quote, ...]


def voices(entry: Json) -> list[Voice]:
    """Return the sides of an entry with their words: now, what stands against it, before."""
    sides = [("after", entry["after"]), *(("against", side) for side in entry["against"])]
    sides.append(("before", entry["before"]))
    return [_voice(entry, role, side) for role, side in sides if side]


def _voice(entry: Json, role: str, side: Json) -> Voice:
    named = set(side["records"])
    quotes = [e for e in entry["evidence"] if e["role"] == role and e["record_id"] in named]
    return Voice(
        role=role,
        words=side["words"],
        texts=side["texts"],
        outlets=tuple(side["outlets"]),
        quotes=tuple(_quote(row) for row in quotes),
    )


def _quote(row: Mapping[str, Any]) -> Quote:
    return Quote(**{name: row[name] for name in _QUOTE_FIELDS})


def languages(entry: Json) -> dict[str, str]:
    """Return the language of each quoted document that has a known one."""
    return {row["document_id"]: language_tag(row["language"]) for row in entry["evidence"]}
