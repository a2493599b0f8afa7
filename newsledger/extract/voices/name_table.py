"""The names of a codebook's actors, found by key, by short form, and by a spelling that differs a little."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from newsledger.extract.voices.names import fold_name, keys_of, likeness, loose_word, same_words, split_name
from newsledger.extract.voices.seats import SEATS
from schemas.codebook import Actor

Key = tuple[str, ...]
_SHORTENED = 0.97
"""Confidence of a name printed without its middle names, or with an initial more."""
_NOBODY: tuple[str | None, float] = (None, 0.0)


class NameTable:
    """Which actor a run of words names, if exactly one.

    Args:
        actors: the codebook's actors by key.
    """

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self.names: dict[Key, set[str]] = {}
        self.surnames: dict[str, set[str]] = {}
        self._short: dict[tuple[str, str], list[tuple[Key, str]]] = {}
        self._persons: dict[str, list[tuple[list[str], str]]] = {}
        self._read: dict[Key, tuple[str | None, float]] = {}
        for key, actor in actors.items():
            self._enter(key, actor)
        self.lower = {folded for folded, printed in _written(actors) if not printed[-1][:1].isupper()}
        self.seats: dict[Key, str] = dict(self._seats(actors))
        self.longest = max(map(len, itertools.chain(self.names, self.seats)), default=0)

    def _enter(self, key: str, actor: Actor) -> None:
        is_person = actor.kind == "person"
        for name in (actor.name, *actor.aliases):
            words = split_name(name)
            for folded in keys_of(words) if is_person else (plain_key(words),):
                if folded:
                    self.names.setdefault(folded, set()).add(key)
                if len(words) > 1 and words[0].lower() == "the" and words[1][:1].isupper():
                    self.names.setdefault(folded[1:], set()).add(key)
            if is_person:
                self._enter_spellings(key, words)
        surname = fold_name(split_name(actor.name))
        if is_person and len(surname) > 1:
            self.surnames.setdefault(surname[-1], set()).add(key)

    def _enter_spellings(self, key: str, words: list[str]) -> None:
        folded = fold_name(words)
        if len(folded) < 2:
            return
        for word in {folded[0], folded[-1]}:
            self._persons.setdefault(word, []).append((words, key))
        self._short.setdefault((loose_word(folded[0]), folded[-1]), []).append((folded[1:-1], key))

    def _seats(self, actors: Mapping[str, Actor]) -> Iterator[tuple[Key, str]]:
        """Yield the seats of the governments of the codebook's countries that no actor is called by."""
        for key, actor in actors.items():
            if actor.kind != "country":
                continue
            known = {plain_key(split_name(name)) for name in (actor.name, *actor.aliases)}
            for country, seats in SEATS.items():
                if plain_key(split_name(country)) in known:
                    yield from ((plain_key(split_name(s)), key) for s in seats)

    def named(self, words: list[str]) -> tuple[str | None, float]:
        """Return the one actor that words name and how sure that is, 0 to 1; nobody when none or several."""
        kept = tuple(words)
        if kept not in self._read:
            self._read[kept] = self._named(words)
        return self._read[kept]

    def _named(self, words: list[str]) -> tuple[str | None, float]:
        keys = set().union(
            self.names.get(plain_key(words), set()), *(self.names.get(k, ()) for k in keys_of(words))
        )
        if keys:
            return (next(iter(keys)), 1.0) if len(keys) == 1 else _NOBODY
        if len(words) < 2 or not (words[0][:1].isupper() and words[-1][:1].isupper()):
            return _NOBODY
        return self._shortened(fold_name(words)) or self._spelt(words) or _NOBODY

    def _shortened(self, folded: Key) -> tuple[str, float] | None:
        """Return the person whose first and last name stand here, middle names left out or initials added."""
        if len(folded) < 2:
            return None
        middle = set(folded[1:-1])
        bearers = {
            key
            for full, key in self._short.get((loose_word(folded[0]), folded[-1]), ())
            if middle <= set(full) or all(len(word) == 1 for word in middle - set(full))
        }
        return (next(iter(bearers)), _SHORTENED) if len(bearers) == 1 else None

    def _spelt(self, words: list[str]) -> tuple[str, float] | None:
        """Return the person whose name is spelt nearly so; the first or last name has the same key."""
        folded = fold_name(words)
        rivals = [*self._persons.get(folded[0], ()), *self._persons.get(folded[-1], ())] if folded else []
        found = {
            key: likeness(" ".join(words), " ".join(full)) for full, key in rivals if same_words(words, full)
        }
        return next(((key, like / 100) for key, like in found.items()), None) if len(found) == 1 else None


def plain_key(words: list[str]) -> Key:
    """Return the key of a name that is not spelt in several ways: lower case, without apostrophes."""
    return tuple(word.lower().replace("'", "").replace("’", "") for word in words)


def _written(actors: Mapping[str, Actor]) -> Iterator[tuple[Key, list[str]]]:
    for actor in actors.values():
        for name in (actor.name, *actor.aliases):
            words = split_name(name)
            if words:
                yield (fold_name(words) if actor.kind == "person" else plain_key(words)), words
