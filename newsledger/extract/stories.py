"""Which stories a text belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from newsledger.extract.language.phrases import Phrases
from schemas.codebook import Codebook


@lru_cache(maxsize=256)
def _compiled(words: tuple[str, ...]) -> Phrases:
    return Phrases(words)


def stories_of(text: str, codebooks: Iterable[Codebook]) -> tuple[str, ...]:
    """Return the stories whose codebook a text matches, sorted."""
    return tuple(sorted(codebook.story for codebook in codebooks if matches_story(text, codebook)))


def matches_story(text: str, codebook: Codebook) -> bool:
    """Return whether a text has as many different words as the story needs, and no forbidden one."""
    match = codebook.match
    found = _compiled(tuple(match.any)).words_in(text)
    if len(found) < match.at_least:
        return False
    return not (match.none and _compiled(tuple(match.none)).found_in(text))
