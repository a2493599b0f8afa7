"""Signals from the subject of the number's verb."""

from __future__ import annotations

from collections.abc import Iterator

from newsledger.extract.figures.matching.case import Case, Signal
from newsledger.extract.voices.reporting import REPORTING_VERBS


def subject_signals(case: Case) -> Iterator[Signal]:
    """Yield what the subject of the number's verb names."""
    tokens = case.subject
    if not tokens:
        return
    own = (case.c.counts, case.c.predicates, case.c.context)
    low, high = min(tokens), max(tokens) + 1
    if low <= case.m.first < high:
        return
    for name, phrases in (
        ("counts", case.c.counts),
        ("said", case.c.predicates),
        ("context", case.c.context),
    ):
        if any(not tokens.isdisjoint(range(*s)) for s in case.spans(phrases, low, high)):
            yield Signal(f"subject:{name}", f"its subject is {case.doc[low:high].text!r}")
    if not case.c.label_words.isdisjoint(case.around.index.forms(case.m.paragraph, low, high)):
        yield Signal("subject:label")
    elif not any(case.spans(phrases, low, high) for phrases in own):
        kind = "share" if case.m.unit == "share" else "amount" if case.m.number.unit else "count"
        yield Signal(f"subject:other for {kind}")
        verb = case.m.said.verb
        is_saying = verb is not None and case.doc[verb].lower_ in REPORTING_VERBS
        if any(case.doc[i].tag_ == "NNP" for i in tokens):
            yield Signal("subject:name, saying" if is_saying else "subject:name")
