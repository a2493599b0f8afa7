"""Signals from the words that must be near: whose number it is, where several have one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsledger.extract.figures.matching.case import Case, Signal, Span


def context_signals(case: Case) -> Iterator[Signal]:
    """Yield how near the indicator's context stands."""
    if not case.c.context:
        yield Signal("context:not asked")
        return
    spans = case.spans(case.c.context)
    if spans:
        near = case.around.near
        inside = [s for s in spans if near.intersection(range(*s))]
        name = "in the clause" if inside else "in the sentence"
        yield Signal(f"context:{name}", f"context {case.words((inside or spans)[0])!r}")
        if _is_subject(case, spans):
            yield Signal("context:subject")
    elif case.is_before(case.c.context):
        yield Signal("context:before", "context in the sentence before")
    elif case.is_above(case.c.context):
        yield Signal("context:above", "context in the heading")
    elif case.spans(case.c.context, 0, case.m.sentence[0]):
        yield Signal("context:in the paragraph", "context in the paragraph")
    else:
        yield Signal("context:nowhere", "none of its context is near")


def _is_subject(case: Case, spans: Sequence[Span]) -> bool:
    """Return whether the context is the subject of the number's verb, its owner, or the label before it."""
    doc, verb = case.doc, case.m.said.verb
    subjects = [c for c in doc[verb].children if c.dep_.startswith("nsubj")] if verb is not None else []
    held = {t.i for subject in subjects for t in subject.subtree}
    first = case.m.first
    return any(
        held.intersection(range(*s)) or (s[1] < first and doc[s[1]].text in (":", "’s", "'s", "("))
        for s in spans
    )


def distance(case: Case) -> int | None:
    """Return the tokens between the number and the nearest context of its sentence; left counts less."""
    found = [
        case.m.first - b if b <= case.m.first else 2 * (a - case.m.last) + 1
        for a, b in case.spans(case.c.context)
        if b <= case.m.first or a >= case.m.last
    ]
    return min(found, default=None)
