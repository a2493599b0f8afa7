"""Who is meant: actors of the codebook in a text, by name, people, description or pronoun."""

from __future__ import annotations

from newsledger.extract.actor_index import ActorIndex, Mention, people_in
from newsledger.extract.reference import references
from newsledger.extract.text import ParsedText

__all__ = ["ActorIndex", "Mention", "mentions"]


def mentions(index: ActorIndex, parsed: ParsedText) -> list[Mention]:
    """Return every mention of an actor in a text, in order (see :class:`Mention`)."""
    seen: set[str] = set()
    found: list[Mention] = []
    for number, paragraph in enumerate(parsed.paragraphs):
        named = index.names_in(number, paragraph, seen)
        found += named + people_in(index, number, paragraph, named)
    found += references(index, parsed, found)
    return sorted(found, key=lambda m: (m.start, m.end, m.actor, m.how))
