"""Words that an indicator's numbers never have near them: a refusal; where numbers share them, a signal."""

from __future__ import annotations

from collections.abc import Iterator

from newsledger.extract.figures.matching.case import Case, Signal, Span


def never_refusal(case: Case) -> str:
    """Return that a word of "never" or "never_context" stands with the number and no other figure, or ""."""
    spans = _never(case)
    if spans and (_stands_alone(case) or any(_is_close(case, s) for s in spans)):
        return f"its clause says {case.words(spans[0])!r}"
    found = case.spans(case.c.never_context) if _stands_alone(case) else []
    return f"the sentence says {case.words(found[0])!r}" if found else ""


def never_signals(case: Case) -> Iterator[Signal]:
    """Yield that such a word stands in the clause or the sentence, where another figure may be meant."""
    for name, spans in (("clause", _never(case)), ("context", case.spans(case.c.never_context))):
        if spans:
            yield Signal(f"never:{name} of several numbers", f"its {name} says {case.words(spans[0])!r}")


def _never(case: Case) -> list[Span]:
    near = case.around.near
    found = case.spans(case.c.never)
    return [s for s in found if near.intersection(range(*s)) and not _only_modifies(case, s)]


def _is_close(case: Case, span: Span) -> bool:
    """Return whether a word belongs to the number's own phrase or to what is said of it."""
    own = frozenset(range(*span))
    return bool(
        own.intersection(case.m.said.strong) or own.intersection(range(case.m.first, case.m.counted.end))
    )


def _stands_alone(case: Case) -> bool:
    """Return whether the sentence has no other figure."""
    return case.m.bounds == case.m.sentence


def _only_modifies(case: Case, span: Span) -> bool:
    """Return whether a word is part of the name of another thing than the counted ("a car ferry")."""
    last = case.doc[span[1] - 1]
    is_compound = last.dep_ == "compound" and last.head.i > last.i
    return bool(is_compound and last.head.i != case.m.counted.noun and last.tag_ in ("NN", "NNP", "NNS"))
