"""Signals from what a quantity counts or measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.figures.amounts import Amounts
from newsledger.extract.figures.compiled import is_money
from newsledger.extract.figures.matching.case import Case, Signal, Span
from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.families import EVENT_NOUNS, TOLL_NOUNS, families_of
from newsledger.extract.language.kinship import kin
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.reporting import REPORTING_VERBS

_SHARES = frozenset(("percent", "per cent", "%", "percentage"))


def noun_signals(case: Case) -> Iterator[Signal]:
    """Yield what the counted noun, or what stands for it, tells."""
    amounts = Amounts(case.c, case.m, case.around.parsed)
    if amounts.has_other_measure():
        yield Signal("noun:other measure", "it is of another measure")
        return
    if (
        is_unit_left_out(case.m)
        and case.c.indicator.unit not in ("person", "count")
        and not amounts.is_amount_of()
    ):
        yield Signal("unit:left out")
    found = case.spans(case.c.counts, case.m.counted.start, max(case.m.counted.start, case.m.counted.end))
    found = [s for s in found if not case.m.number.unit or not amounts.is_in_name(s)]
    own = _in_phrase(case, found)
    if own is not None:
        yield own
        return
    for index in stand_ins(case):
        at = case.spans(case.c.counts, index, index + 1)
        if at:
            yield Signal("noun:stand-in", f"counts {case.words(at[0])!r}")
            return
    if case.m.counted.noun is None and not case.m.counted.is_relative and not _is_claimed(case):
        named = [s for s in case.spans(case.c.counts) if not case.subject.isdisjoint(range(*s))]
        named = [s for s in named if not amounts.is_past(s)]
        if named and not is_generic(case, named[:1]):
            yield Signal("noun:subject", f"counts {case.words(named[0])!r}")
            return
    is_sum = is_money(case.c.indicator.unit) and amounts.is_amount_of()
    if case.m.number.unit or is_sum or _is_bare_measure(case):
        yield from _measured(case, amounts)
        return
    yield from _other_noun(case) if case.m.counted.noun is not None else _no_noun(case)


def _is_bare_measure(case: Case) -> bool:
    """Return whether the indicator is a measure and the number leaves the unit out."""
    return case.c.indicator.unit not in ("person", "count") and is_unit_left_out(case.m)


def is_unit_left_out(mention: Mention) -> bool:
    """Return whether a number has neither a unit nor a noun, as one has whose unit the text gave before."""
    return mention.number.unit == "" and mention.counted.noun is None and mention.unit == "count"


def _in_phrase(case: Case, found: list[Span]) -> Signal | None:
    """Return what the number's own noun phrase says, or None."""
    noun = case.m.counted.noun
    if not found or noun is None:
        return None
    reason = f"counts {case.words(found[-1])!r}"
    if any(a <= noun < b for a, b in found):
        shared = ", shared" if case.c.is_shared else ""
        return Signal(f"noun:people{shared}" if is_generic(case, found) else f"noun:same{shared}", reason)
    is_near = any(b <= noun for _, b in found) and not case.m.counted.is_person
    return Signal("noun:modifier", reason) if is_near else None


def is_generic(case: Case, found: list[Span]) -> bool:
    """Return whether only the word "people" of the codebook names what is counted."""
    return not any(m.word != "people" for a, b in found for m in case.c.counts.matches(case.doc, a, b))


def stand_ins(case: Case) -> list[int]:
    """Return tokens that name the counted when the number's own noun does not."""
    mention, doc = case.m, case.doc
    if mention.counted.noun is None:
        own = [i for i in (mention.borrowed, collective(case)) if i is not None]
        return [*own, *mention.said.strong]
    if is_event_noun(case):
        return list(mention.said.strong)
    head = doc[mention.counted.noun].head  # "the bodies of 10 people"
    is_bearer = head.lemma_.lower() in EVENT_NOUNS and mention.first - 5 <= head.i < mention.first
    return [head.i] if is_bearer else []


def collective(case: Case) -> int | None:
    """Return the noun a bare count is "of" ("a crowd of 25,000"), or None."""
    at = case.m.first - 1
    while at > case.m.sentence[0] and case.doc[at].lower_ in _HEDGES:
        at -= 1
    if at <= case.m.sentence[0] or case.doc[at].lower_ != "of" or case.m.counted.noun is not None:
        return None
    return at - 1 if case.doc[at - 1].tag_ in ("NN", "NNS") else None


_HEDGES = words("about around some nearly almost over more than at least up to only just roughly")


def is_event_noun(case: Case) -> bool:
    """Return whether the noun is itself what happened: "41 deaths", "300 injuries"."""
    noun = case.m.counted.noun
    return noun is not None and case.doc[noun].lemma_.lower() in EVENT_NOUNS


def _is_claimed(case: Case) -> bool:
    """Return whether the subject of the number's verb is who vouches for it ("the port put it at 90")."""
    verb = case.doc[case.m.said.verb] if case.m.said.verb is not None else None
    return verb is not None and (verb.lemma_.lower() == "put" or verb.lower_ in REPORTING_VERBS)


def _measured(case: Case, amounts: Amounts) -> Iterator[Signal]:
    """Yield what money, a share or a measure is of."""
    spans = case.spans(case.c.counts)
    measured = [s for s in spans if amounts.measures(s)]
    in_subject = [s for s in spans if not case.subject.isdisjoint(range(*s))]
    in_subject = [s for s in in_subject if not amounts.is_in_name(s) and not amounts.is_past(s)]
    if measured or in_subject:
        measured = measured or in_subject
        yield Signal("noun:measured", f"measures {case.words(measured[0])!r}")
    elif amounts.is_bare():
        yield Signal("noun:bare amount", f"an amount of {case.m.unit}")
    elif case.m.unit == "share" and not _SHARES.isdisjoint(case.c.indicator.counts):
        yield Signal("noun:share", "a share")
    elif spans:
        yield Signal("noun:measured far", f"the sentence names {case.words(spans[0])!r}")
    elif case.is_before(case.c.counts) or case.is_above(case.c.counts):
        yield Signal("noun:measured before", "what is measured is named before")
    else:
        yield Signal("noun:not measured", "nothing of what it measures is named")
    yield from _amount_noun(case)


def _amount_noun(case: Case) -> Iterator[Signal]:
    """Yield how the noun behind an amount ("$5 million [in arms]") is related to what is measured."""
    noun = case.m.counted.noun
    if noun is None:
        return
    relation = _kinship(case, case.doc[noun].lower_)
    yield Signal(f"amount noun:{relation or 'other'}", "" if relation else f"it is of {case.doc[noun].text}")


def _other_noun(case: Case) -> Iterator[Signal]:
    """Yield how a counted noun that the codebook does not list is related to those it does."""
    noun = case.doc[case.m.counted.noun or 0]
    low = noun.lower_
    is_person = case.m.counted.is_person
    relation = _kinship(case, low)
    if is_event_noun(case) and families_of(low) & case.c.families:
        yield Signal("noun:event", f"counts {noun.text!r}")
    elif relation:
        yield Signal(f"noun:{relation}", f"counts {noun.text!r}")
    elif is_person and case.c.indicator.unit == "person":
        yield Signal("noun:other person", f"it counts {noun.text}")
    else:
        yield Signal("noun:other", f"it counts {noun.text}")


def _kinship(case: Case, word: str) -> str:
    """Return how a word is related to the codebook's nouns, nearest first, or ""."""
    forms = base_forms(word)
    if not forms.isdisjoint(case.c.label_words):
        return "label"
    if not forms.isdisjoint(case.c.example_nouns):
        return "example"
    found = {kin(word, own) for own in case.c.count_heads}
    return next((f"kin {name}" for name in ("same", "made", "synonym", "kind", "near") if name in found), "")


def _no_noun(case: Case) -> Iterator[Signal]:
    """Yield where a count without a noun has its noun from."""
    mention = case.m
    if mention.borrowed is not None:
        yield Signal("noun:borrowed other", f"it counts {case.doc[mention.borrowed].text}")
    elif case.c.counts_people and mention.unit == "person":
        yield Signal("noun:unsaid person", "what is counted is left unsaid")
    else:
        yield Signal("noun:unsaid", "what is counted is left unsaid")
    noun = collective(case)
    if noun is not None and case.doc[noun].lemma_.lower() not in TOLL_NOUNS:
        relation = _kinship(case, case.doc[noun].lower_)
        yield Signal(f"noun:of a {relation}" if relation else "noun:of another")
    if case.spans(case.c.counts, mention.sentence[0], mention.first):
        yield Signal("noun:named in sentence", "what is counted is named before")
    elif case.is_before(case.c.counts):
        yield Signal("noun:named before", "what is counted is named before")
    elif case.is_above(case.c.counts):
        yield Signal("noun:named above", "what is counted is named above")
    if re.match(r"\s*(?:more|others?)\b", case.doc.text[mention.number.end :]):
        yield Signal("noun:others")
