"""One indicator of a codebook with its words ready to be found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsledger.extract.language.families import families_of, families_said, with_families
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.wordlist import words
from schemas.codebook import Codebook, Indicator

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"\d[\d.,]*|[½⅓¼¾]")
_SMALL = words(
    """
    a an the of in on at to for from by with and or as than that this these those it its his her
    their our is are was were be been being has have had having do does did not no so far still now
    already about around some more most least over up under nearly almost only just all other others
    another new last first since per cent percent during after before into out people person man
    woman number total share rate figure said says say according one two three will would could may
    can who which whom what when where while also there they he she we you i
    """
)


class CompiledIndicator:
    """One indicator with its words ready to be found.

    Attributes:
        key: its key in the codebook.
        indicator: the indicator.
        families: families of events its predicates name or belong to.
        count_heads: last words of the counted nouns, for kinship.
        predicate_words: single words among the predicates, for kinship.
        label_words: content words of the label, in every form.
        is_shared: whether another indicator counts one of its nouns.
        example_nouns: words behind the value of an example that the indicator reads.
        example_words: other content words of those examples.
    """

    def __init__(self, key: str, indicator: Indicator, codebook: Codebook) -> None:
        self.key = key
        self.indicator = indicator
        self.counts = Phrases(indicator.counts)
        self.counts_people = any(word.strip() == "people" for word in indicator.counts)
        self.predicates = Phrases(with_families(indicator.predicates))
        self.families = {f for word in indicator.predicates for f in families_of(word) | families_said(word)}
        self.places = Phrases([*indicator.places, *codebook.places_inside(indicator.places)])
        self.context = Phrases(_with_names(indicator.context, codebook))
        self.is_shared = _shares_noun(key, indicator, codebook)
        self.never = Phrases(indicator.never)
        self.never_context = Phrases(indicator.never_context)
        self.count_heads = tuple(_last_word(w) for w in indicator.counts if w.strip() != "people")
        self.predicate_words = tuple(w.lower() for w in indicator.predicates if w.isalpha())
        self.label_words = _forms(_WORD.findall(indicator.label.lower()))
        positive = [e for e in indicator.examples if e.value is not None]
        nouns = [w for e in positive for w in _behind_number(e.text)]
        self.example_nouns = _forms(nouns)
        self.example_words = _forms(w for e in positive for w in _WORD.findall(e.text)) - self.example_nouns


def _with_names(context: Sequence[str], codebook: Codebook) -> tuple[str, ...]:
    """Return context words with the other names and the descriptions of the actors among them."""
    found = list(context)
    for actor in codebook.actors.values():
        names = [actor.name, *actor.aliases]
        if any(word in names for word in context):
            found += [*names, *actor.descriptions]
    return tuple(dict.fromkeys(found))


def _shares_noun(key: str, indicator: Indicator, codebook: Codebook) -> bool:
    """Return whether another indicator counts the same noun in a like unit."""
    own = {form for word in indicator.counts for form in base_forms(word.lower())}
    plain = ("person", "count")
    return any(
        (other.unit == indicator.unit or (other.unit in plain and indicator.unit in plain))
        and any(not own.isdisjoint(base_forms(word.lower())) for word in other.counts)
        for name, other in codebook.indicators.items()
        if name != key
    )


def _last_word(phrase: str) -> str:
    parts = _WORD.findall(phrase.lower())
    return parts[-1] if parts else ""


def _behind_number(text: str) -> list[str]:
    """Return the first three words behind the first number in digits of a sentence."""
    match = _NUMBER.search(text)
    return _WORD.findall(text[match.end() :])[:3] if match else []


def _forms(found: Iterable[str]) -> frozenset[str]:
    """Return the content words of some words in every form they may be an inflection of."""
    plain = [w.lower() for w in found if w.lower() not in _SMALL and not w[:1].isupper()]
    return frozenset(form for word in plain for form in base_forms(word))


def is_money(unit: str) -> bool:
    """Return whether a unit is an ISO 4217 code."""
    return len(unit) == 3 and unit.isupper()
