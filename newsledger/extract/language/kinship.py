"""How two English words are related: made of one another, synonyms, one a kind of the other.

The relations are those of WordNet 3.0 (``wordnet/LICENSE-NOTE.md``), packaged by
:mod:`newsledger.extract.training.wordnet`. They are weak evidence: a word has several senses.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from newsledger.extract.language.people import base_forms

KIND_DEPTH = 4
"""Sets below the root at least of what a word is a kind of: "person" and "thing" say nothing."""
NEAR_DEPTH = 6
"""... and of the set two words that are neither's kind have above them ("house", "apartment": housing)."""


@dataclass(frozen=True, slots=True)
class _Relations:
    persons: frozenset[str]
    above: tuple[tuple[int, ...], ...]
    nouns: dict[str, tuple[int, ...]]
    verbs: dict[str, tuple[int, ...]]
    made: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _relations() -> _Relations:
    packed = files("newsledger.extract.language").joinpath("wordnet", "relations.txt.xz").read_bytes()
    lines = [line.split() for line in lzma.decompress(packed).decode("ascii").splitlines()]
    made: dict[str, set[str]] = {}
    for line in lines:
        if line[0] == "d":
            for other in line[2:]:
                made.setdefault(line[1], set()).add(other)
                made.setdefault(other, set()).add(line[1])
    return _Relations(
        persons=frozenset(lines[0][1:]),
        above=tuple(tuple(map(int, line[1:])) for line in lines if line[0] == "s"),
        nouns={line[1]: tuple(map(int, line[2:])) for line in lines if line[0] == "n"},
        verbs={line[1]: tuple(map(int, line[2:])) for line in lines if line[0] == "v"},
        made={word: frozenset(others) for word, others in made.items()},
    )


@lru_cache(maxsize=16_384)
def names_person(word: str) -> bool:
    """Return whether a word (lower case, any inflection) is first of all a noun for a person."""
    return not _relations().persons.isdisjoint(base_forms(word))


@lru_cache(maxsize=16_384)
def kin(word: str, other: str) -> str:
    """Return how two words (lower case, any inflection) are related, or "".

    ``same`` (inflections of one word), ``made`` (one is made of the other: sign, signature), ``synonym``,
    ``kind`` (the first is a kind of the second: miner, worker), ``near`` (the second is a kind of the first,
    or both of something narrow).
    """
    one, two = _facts(word), _facts(other)
    if not one.forms.isdisjoint(two.forms):
        return "same"
    if not one.family.isdisjoint(two.family):
        return "made"
    if not (one.nouns.isdisjoint(two.nouns) and one.verbs.isdisjoint(two.verbs)):
        return "synonym"
    return _kind(one, two)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a word: its base forms, what is made of them, and sets of synonyms they stand in."""

    forms: frozenset[str]
    family: frozenset[str]
    nouns: frozenset[int]
    verbs: frozenset[int]
    first: frozenset[int]
    above: frozenset[int]


@lru_cache(maxsize=16_384)
def _facts(word: str) -> _Facts:
    forms, relations = base_forms(word), _relations()
    first = _first_senses(forms)
    return _Facts(
        forms,
        _family(forms),
        frozenset(s for form in forms for s in relations.nouns.get(form, ())),
        frozenset(s for form in forms for s in relations.verbs.get(form, ())),
        first,
        frozenset().union(*map(_above, first)),
    )


def _family(forms: frozenset[str]) -> frozenset[str]:
    made = _relations().made
    return forms.union(*(made[form] for form in forms if form in made))


def _kind(one: _Facts, two: _Facts) -> str:
    if any(s in one.above and depth(s) >= KIND_DEPTH for s in two.first):
        return "kind"
    if any(s in two.above and depth(s) >= KIND_DEPTH for s in one.first):
        return "near"
    return "near" if any(depth(s) >= NEAR_DEPTH for s in one.above & two.above) else ""


def _first_senses(forms: frozenset[str]) -> frozenset[int]:
    nouns = _relations().nouns
    return frozenset(nouns[form][0] for form in forms if form in nouns)


@lru_cache(maxsize=16_384)
def _above(synset: int) -> frozenset[int]:
    """Return a set of synonyms and all above it."""
    above = _relations().above[synset]
    return frozenset((synset,)).union(*map(_above, above))


@lru_cache(maxsize=16_384)
def depth(synset: int) -> int:
    """Return how many sets stand above a set of synonyms, by the shortest way."""
    above = _relations().above[synset]
    return 1 + min(map(depth, above)) if above else 0


MOST_KINDS = 300
"""Kinds of one thing that are listed at most; a word with more of them is too general to tell anything."""


@dataclass(frozen=True, slots=True)
class _Reverse:
    """The words of every set of synonyms, and the sets right below each set."""

    nouns: dict[int, list[str]]
    verbs: dict[int, list[str]]
    below: dict[int, list[int]]


@lru_cache(maxsize=1)
def _reverse() -> _Reverse:
    relations = _relations()
    found = _Reverse({}, {}, {})
    for table, members in ((relations.nouns, found.nouns), (relations.verbs, found.verbs)):
        for word, senses in table.items():
            for sense in senses:
                members.setdefault(sense, []).append(word)
    for synset, above in enumerate(relations.above):
        for upper in above:
            found.below.setdefault(upper, []).append(synset)
    return found


@lru_cache(maxsize=4096)
def relatives(word: str) -> dict[str, str]:
    """Return dictionary forms -> how they are related to a word: what :func:`kin` says, "near" left out.

    Synonyms are those of the two first senses, as later ones are rare.
    """
    relations, reverse = _relations(), _reverse()
    forms = base_forms(word)
    found: dict[str, str] = {}
    for sense in [s for form in forms for s in relations.nouns.get(form, ())[:1] if depth(s) >= KIND_DEPTH]:
        kinds = _words_below(sense, reverse)
        found |= dict.fromkeys(kinds if len(kinds) <= MOST_KINDS else (), "kind")
    tables = ((relations.nouns, reverse.nouns), (relations.verbs, reverse.verbs))
    for table, members in tables:
        senses = [s for form in forms for s in table.get(form, ())[:2]]
        found |= dict.fromkeys((w for s in senses for w in members.get(s, ())), "synonym")
    found |= dict.fromkeys((w for form in forms for w in relations.made.get(form, ())), "made")
    return found | dict.fromkeys(forms, "same")


def _words_below(synset: int, reverse: _Reverse) -> list[str]:
    """Return the words of the sets up to three levels below a set of synonyms."""
    level, found = [synset], []
    for _ in range(3):
        level = [lower for one in level for lower in reverse.below.get(one, ())]
        found += [word for one in level for word in reverse.nouns.get(one, ())]
    return found
