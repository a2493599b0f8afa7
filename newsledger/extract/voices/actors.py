"""Who is meant: actors of the codebook in a text, by name, people, description or pronoun."""

from __future__ import annotations

from datetime import date

from newsledger.extract.language.text import ParsedText
from newsledger.extract.voices.actor_index import ActorIndex, Mention, Seen, people_in
from newsledger.extract.voices.reference import references

__all__ = ["ActorIndex", "Mention", "mentions"]


def _named_in_full(index: ActorIndex, parsed: ParsedText) -> set[str]:
    """Return the actors the body names in full; a headline may give their surnames before."""
    return {
        mention.actor
        for number, paragraph in enumerate(parsed.paragraphs)
        for mention in index.names_in(number, paragraph, Seen())
        if parsed.paragraphs[0].kind == "headline" and paragraph.kind != "headline"
    }


def mentions(index: ActorIndex, parsed: ParsedText, day: date | None = None) -> list[Mention]:
    """Return every mention of an actor in a text, in order (see :class:`Mention`).

    Those of the text read last are kept with the index: positions and attendance ask for the same.

    Args:
        index: the codebook's actors.
        parsed: the parsed text.
        day: the day of the text, which decides who holds an office; None when unknown.
    """
    index = index.on(day)
    if index.read_last is None or index.read_last[0] is not parsed:
        index.read_last = parsed, _read(index, parsed)
    return list(index.read_last[1])


def _read(index: ActorIndex, parsed: ParsedText) -> list[Mention]:
    seen = Seen()
    found: list[Mention] = []
    later = _named_in_full(index, parsed)
    for number, paragraph in enumerate(parsed.paragraphs):
        is_ahead = paragraph.kind == "headline"
        named = index.names_in(number, paragraph, Seen(set(later)) if is_ahead else seen)
        seen.actors |= {mention.actor for mention in named}
        found += named + people_in(index, number, paragraph, named)
    found += references(index, parsed, found)
    return sorted(found, key=lambda m: (m.start, m.end, m.actor, m.how))
