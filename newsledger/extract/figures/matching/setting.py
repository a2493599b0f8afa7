"""Signals from around that depend on the indicator: parts and increments, aspect, place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.figures.amounts import Amounts
from newsledger.extract.figures.counted import is_whole
from newsledger.extract.figures.matching.case import Case, Signal
from newsledger.extract.figures.matching.noun import is_generic
from schemas.figure import Aspect

_MORE_THAN_BEFORE = re.compile(
    r"(?i)(?:\s+[^\W\d]+)?\s+(?:more|fewer|less|higher|lower)\s+than\s+(?:on|in|at|the|their|its|his|her|a|an|"
    r"last|yesterday|before|previously|first|initially|expected|originally)\b"
)
"""Behind a number that only tells how far a count is from another ("three more than on Sunday")."""


def setting_signals(case: Case) -> Iterator[Signal]:
    """Yield what the surroundings tell of a quantity for an indicator."""
    yield from _part_signals(case)
    yield from _aspect_signals(case)
    yield from _place_signals(case)
    if case.c.indicator.part_of:
        yield Signal("part of another")
        if case.m.counted.is_partitive:
            yield Signal("part of another, said so")


def refusal(case: Case) -> str:
    """Return why the surroundings rule it out (increment, old value, span, another place), or ""."""
    if case.m.number.kind == "added" or _MORE_THAN_BEFORE.match(case.around.after):
        return "what was added to a count"
    if case.m.number.kind == "old":
        return "the value before a change"
    named = case.spans(case.c.counts) if case.m.number.unit else []
    amounts = Amounts(case.c, case.m, case.around.parsed)
    if named and all(amounts.is_past(span) for span in named):
        return "it is of an earlier time"
    if case.c.indicator.event_on is None and case.around.is_rate and case.c.indicator.aspect == "cumulative":
        return "it counts a span, not all since a start"
    if case.c.places and (other := _other_place(case)):
        return f"it is in {other!r}"
    return ""


def _other_place(case: Case) -> str:
    """Return the place named in the quantity's clause where none of the indicator's is, or ""."""
    near, others = case.around.near, case.around.places
    if not others or any(near.intersection(range(*span)) for span in case.spans(case.c.places)):
        return ""
    return case.words(others[0])


def _part_signals(case: Case) -> Iterator[Signal]:
    if case.c.indicator.unit not in ("person", "count"):
        return
    if is_increment(case):
        yield Signal("increment", "it is what was added to the count")
    if _is_part(case):
        found = case.spans(case.c.counts, case.m.counted.start, max(case.m.counted.start, case.m.counted.end))
        is_other = not found or is_generic(case, found)
        yield Signal("part" if is_other else "part, but named", "it is a part of the figure before it")
    if case.m.counted.is_relative:
        yield Signal("relative part")
    elif case.m.counted.is_partitive:
        yield Signal("partitive")
    if is_whole(case.doc, case.m.first):
        yield Signal("whole", "it is the whole of which a part is counted")


def _is_part(case: Case) -> bool:
    """Return whether the number is a part of a figure before it ("among them 19 children")."""
    if case.around.is_rate and case.c.indicator.aspect == "period":
        return False
    first = max(case.m.sentence[0], case.m.first - 6)
    before = [t.lower_ for t in case.doc[first : case.m.first]]
    return "among" in before or any(
        w in ("including", "includes", "included", "include") for w in before[-3:]
    )


def is_increment(case: Case) -> bool:
    """Return whether the number is what was added to a count ("three more bodies")."""
    doc, mention = case.doc, case.m
    around = doc[max(0, mention.first - 2) : min(len(doc), mention.counted.start + 1)]
    before = doc[max(mention.sentence[0], mention.first - 2) : mention.first]
    if any(t.lemma_.lower() == "add" for t in before):
        return True
    return any(
        t.lower_ in ("more", "further", "additional", "new", "another", "extra")
        and not (t.i + 1 < len(doc) and doc[t.i + 1].lower_ == "than")
        for t in around
    )


def _aspect_signals(case: Case) -> Iterator[Signal]:
    aspect, wanted = case.around.aspect, case.c.indicator.aspect
    if case.c.indicator.event_on is not None:
        yield Signal("aspect:event")
        return
    if case.around.is_rate:
        yield Signal(
            f"aspect:rate for {wanted}", f"it counts a span, not {wanted}" if wanted != "period" else ""
        )
    elif aspect is Aspect.PERIOD:
        yield Signal(f"aspect:day for {wanted}")
    elif aspect is Aspect.CUMULATIVE:
        yield Signal(f"aspect:total for {wanted}", f"it is {aspect.value}" if wanted == "period" else "")
    else:
        yield Signal(f"aspect:none for {wanted}")


def _place_signals(case: Case) -> Iterator[Signal]:
    near = case.around.near
    if not case.c.places:
        if case.around.index.is_elsewhere(case.m.paragraph, case.around.places):
            yield Signal("place:unlisted")
        return
    spans = case.spans(case.c.places)
    if any(near.intersection(range(*span)) for span in spans):
        yield Signal("place:own", f"in {case.words(spans[0])!r}")
    elif spans:
        yield Signal("place:in the sentence", f"in {case.words(spans[0])!r}")
    elif case.is_before(case.c.places) or case.is_above(case.c.places):
        yield Signal("place:before", "place in the sentence before or the heading")
    elif case.around.index.says(case.c.places):
        yield Signal("place:of the story")
    else:
        yield Signal("place:nowhere", "none of its places is named")
