"""What an amount of money, a share or a measure is of, where no noun of its own tells it."""

from __future__ import annotations

import re

from newsledger.extract.figures.compiled import CompiledIndicator, is_money
from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.units import unit_named

_NEUTRAL = words(
    "share rate total majority average proportion percentage level figure maximum minimum support"
)
"""Nouns that a share may be of without being another measure."""

_HOLDING = words("representing holding owning controlling")
"""Between holders and the share they have ("owners representing 21% have sold")."""


class Amounts:
    """Reads one amount for one indicator."""

    def __init__(self, compiled: CompiledIndicator, mention: Mention, parsed: ParsedText) -> None:
        self.c, self.m, self.parsed = compiled, mention, parsed
        self.doc: Doc = parsed.paragraphs[mention.paragraph].doc

    def is_amount_of(self) -> bool:
        """Return whether an amount leaves its currency out ("a hole of 640 million")."""
        at, mention = self.m.first - 1, self.m
        is_bare = mention.number.unit == "" and mention.number.value >= 1e6 and mention.counted.noun is None
        if not is_bare or at <= mention.sentence[0] or self.doc[at].lower_ != "of":
            return False
        return bool(self.c.counts.find(self.doc, max(mention.sentence[0], at - 2), at))

    def is_bare(self) -> bool:
        """Return whether an amount of the indicator's currency needs no noun.

        Either the currency itself is counted, or the indicator's predicate is said of money for which the
        text has no other name.
        """
        if not is_money(self.c.indicator.unit):
            return False
        printed = self.doc[self.m.first : self.m.last].text
        if self.c.counts.found_in(printed) or self.c.indicator.unit in self.c.indicator.counts:
            return True
        if unit_named(self.c.indicator.counts) == self.c.indicator.unit:
            return True
        if self.m.counted.noun is not None or not self.c.predicates:
            return False
        after = self.doc[self.m.last : min(self.m.sentence[1], self.m.last + 2)]
        if len(after) == 2 and after[0].lower_ in ("in", "of") and after[1].tag_ in ("NN", "NNS", "JJ"):
            return False
        spans = self.c.predicates.find(self.doc, *self.m.sentence)
        return any(set(self.m.said.strong).intersection(range(*s)) for s in spans)

    def measures(self, span: tuple[int, int]) -> bool:
        """Return whether a word of the clause is what money, a share or a measure is about."""
        own = self.m.said.clause.union(self.m.said.strong)
        verb = self.m.said.verb
        if verb is None or self.doc[verb - 1].tag_ == "HYPH":  # "an eye-watering 4bn": no verb of its own
            own = own.union(range(*self.m.bounds))
        elif self.doc[verb].dep_.startswith("acl") and self.m.number.unit:
            own = own.union((self.doc[verb].head.i,))  # "holders representing 21%"
        if self.doc[max(0, self.m.first - 1)].lower_ in _HOLDING:
            own = own.union((self.m.first - 2,))
        return bool(own.intersection(range(*span))) and not self.is_past(span) and not self.is_in_name(span)

    def is_past(self, span: tuple[int, int]) -> bool:
        """Return whether a measure is named as that of an earlier time ("last year's deficit")."""
        lead = self.doc[max(self.m.sentence[0], span[0] - 4) : span[0]].text.lower().replace("’", "'")
        return re.search(r"\b(?:last|previous) (?:year|quarter|month|week) ?'s(?: \w+)?\Z", lead) is not None

    def is_in_name(self, span: tuple[int, int]) -> bool:
        """Return whether a common word is part of a name ("Brightwater Holdings' offer")."""
        token = self.doc[span[0]]
        if token.i == self.m.sentence[0] or token.tag_ not in ("NNP", "NNPS") or token.is_lower:
            return False
        before = self.doc[token.i - 1]
        is_name = before.tag_ == "NNP" and before.text[:1].isupper() and not token.is_upper
        is_text = self.parsed.paragraphs[self.m.paragraph].kind not in ("heading", "headline")
        printed = self.doc[span[0] : span[1]].text
        return is_name and is_text and not any(word in printed for word in self.c.indicator.counts)

    def has_other_measure(self) -> bool:
        """Return whether a share is of another measure by its own noun ("a turnout of 76 percent")."""
        at = self.m.first - 1
        while at > self.m.sentence[0] and self.doc[at].lower_ in (
            "about",
            "around",
            "nearly",
            "some",
            "only",
        ):
            at -= 1
        if self.m.unit != "share" or at - 1 < self.m.sentence[0] or self.doc[at].lower_ != "of":
            return False
        noun = self.doc[at - 1]
        if noun.pos_ != "NOUN" or noun.lemma_.lower() in _NEUTRAL:
            return False
        own = (self.c.counts, self.c.predicates)
        return not any(p.find(self.doc, max(self.m.sentence[0], at - 3), at) for p in own)

    def clause(self) -> frozenset[int]:
        """Return the tokens of the clause; of an amount that describes a noun, the noun's verb as well."""
        clause, verb = self.m.said.clause, self.m.said.verb
        if verb is None or not self.m.number.unit:
            return clause
        if self.doc[verb - 1].tag_ == "HYPH":
            return clause.union(range(*self.m.bounds))
        token = self.doc[verb]
        if token.dep_.startswith("acl") and token.head.dep_.startswith("nsubj"):
            return clause.union((token.head.head.i,))
        return clause
