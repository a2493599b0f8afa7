"""One indicator of a codebook with its words ready to be found."""

from __future__ import annotations

from newsledger.extract.language.families import families_of, families_said, with_families
from newsledger.extract.language.phrases import Phrases
from schemas.codebook import Indicator


class CompiledIndicator:
    """One indicator with its words ready to be found."""

    def __init__(self, key: str, indicator: Indicator) -> None:
        self.key = key
        self.indicator = indicator
        self.counts = Phrases(indicator.counts)
        self.counts_people = any(word.strip() == "people" for word in indicator.counts)
        self.predicates = Phrases(with_families(indicator.predicates))
        self.families = {f for word in indicator.predicates for f in families_of(word) | families_said(word)}
        self.places = Phrases(indicator.places)
        self.context = Phrases(indicator.context)
        self.never = Phrases(indicator.never)
        self.never_context = Phrases(indicator.never_context)


def is_money(unit: str) -> bool:
    """Return whether a unit is an ISO 4217 code."""
    return len(unit) == 3 and unit.isupper()
