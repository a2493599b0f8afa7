"""Signals from the words that an indicator's numbers never have near them, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from newsledger.extract.figures.matching.case import Case, Signal, Span


def never_signals(case: Case) -> Iterator[Signal]:
    """Yield how near a word of "never" and "never_context" stands to the number, if one does."""
    near = case.around.near
    spans = [s for s in case.spans(case.c.never) if near.intersection(range(*s)) and not _only_modifies(case, s)]
    if spans:
        places = {_place(case, s) for s in spans}
        name = next(p for p in ("said", "subject", "own", "clause") if p in places)
        yield Signal(f"never:{name}", f"its clause says {case.words(spans[0])!r}")
    found = case.spans(case.c.never_context)
    if found:
        yield Signal(
            "never:context" if _stands_alone(case) else "never:context of several numbers",
            f"the sentence says {case.words(found[0])!r}",
        )


def _place(case: Case, span: Span) -> str:
    """Return where in the clause a word stands: said of the number, its subject, nearest to it, or elsewhere."""
    own = set(range(*span))
    if own.intersection(case.m.said.strong) or own.intersection(range(case.m.first, case.m.counted.end)):
        return "said"
    if own.intersection(case.subject):
        return "subject"
    low, high = case.m.bounds
    return "own" if low <= span[0] and span[1] <= high and _stands_alone(case) else "clause"


def _stands_alone(case: Case) -> bool:
    """Return whether the sentence has no other figure."""
    return case.m.bounds == case.m.sentence


def _only_modifies(case: Case, span: Span) -> bool:
    """Return whether a word is part of the name of another thing than the counted ("a car ferry")."""
    last = case.doc[span[1] - 1]
    is_compound = last.dep_ == "compound" and last.head.i > last.i
    return bool(is_compound and last.head.i != case.m.counted.noun and last.tag_ in ("NN", "NNP", "NNS"))
