"""Signals from around: parts and increments, aspect, time, place, plans, the kind of line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.figures.counted import is_whole
from newsledger.extract.figures.matching.case import Case, Signal
from newsledger.extract.figures.matching.noun import is_generic
from newsledger.extract.figures.places import locatives
from newsledger.extract.language.wordlist import words
from schemas.figure import Aspect

_MORE_THAN_BEFORE = re.compile(
    r"(?i)(?:\s+[^\W\d]+)?\s+(?:more|fewer|less|higher|lower)\s+than\s+(?:on|in|at|the|their|its|his|her|a|an|"
    r"last|yesterday|before|previously|first|initially|expected|originally)\b"
)
"""Behind a number that only tells how far a count is from another ("three more than on Sunday")."""
_COMPARED = re.compile(
    r"(?i)\b(?:compared (?:with|to)|versus|against|up from|down from|from|instead of|rather than|not|"
    r"(?:double|twice|triple|half|above|below|than) the(?: \w+)?)\s+(?:\w+\s+)?\Z"
)
_EARLIER = re.compile(
    r"(?i)[^.;,]{0,40}?\b(?:a (?:day|week|month|year) (?:earlier|ago|before)|the (?:day|week|month|year) before|"
    r"the previous (?:day|week|month|year)|last (?:week|month|year|spring|summer|autumn|winter)|in (?:19|20)\d\d|"
    r"previously|initially|originally|at (?:its|the) peak|years ago|decades ago|in the (?:outgoing|previous|last|old))\b"
)
_EARLIER_BEFORE = re.compile(
    r"(?i)\b(?:a (?:day|week|month|year) (?:earlier|ago|before)|the previous (?:day|week|month|year)|"
    r"last (?:month|year|spring|summer|autumn|winter)|in (?:19|20)\d\d|previously|initially|originally|"
    r"at first|at its peak|peaked|peaking|an earlier|at one (?:point|stage)|earlier (?:report|count|figure|toll|estimate)s?|"
    r"(?:years|decades) ago)\b[^.;]{0,60}\Z"
)
_GOAL = words(
    """
    target goal aim capacity need require want plan forecast expect project predict could might may would should
    seek propose hope until limit cap ceiling threshold quota minimum maximum normally usually normal ordinary
    require enough demand ask urge call offer threaten refuse vow promise pledge intend
    """
)
_CLAIMED = words("claim allege accuse deny dismiss reject")
_PER = re.compile(r"(?i)\s*(?:[\w-]+\s+){0,3}?(?:per|a|each|every)\s+(?:day|week|month|year|hour|head|person|\d)")
_AVERAGE = re.compile(r"(?i)\b(?:average|median|typical|mean|per)\b[^.;,]{0,30}\Z")
_TO_COME = re.compile(r"(?i)\b(?:is|are|was|were|still|yet) to\b|\bto (?:go|follow|come)\b|\bdue to\b|\bset to\b")
_DIFFERENCE = re.compile(
    r"(?i)\b(?:gap|lead|margin|difference|majority|advantage|short of|ahead by|behind by|trail\w* by|leads? by)\s+(?:of\s+|to\s+)?"
    r"(?:\w+\s+){0,3}\Z"
)
_BY = re.compile(r"(?i)\bby\s+(?:\w+\s+){0,3}\Z")
_DIFFERENCE_BEHIND = re.compile(r"(?i)(?:\s+[\w-]+){0,3}?\s+(?:ahead|behind|short|adrift|clear of|more than|fewer than)\b")
_RECORD = re.compile(r"(?i)\b(?:record|capacity|maximum|seats? for|room for|space for)\b[^.;,]{0,20}\Z")


def setting_signals(case: Case) -> Iterator[Signal]:
    """Yield what the surroundings tell of a quantity for an indicator."""
    yield from _part_signals(case)
    yield from _aspect_signals(case)
    yield from _time_signals(case)
    yield from _place_signals(case)
    yield from _plan_signals(case)
    yield Signal(f"line:{case.kind}")
    if case.c.indicator.part_of:
        yield Signal("part of another")
        if case.m.counted.is_partitive:
            yield Signal("part of another, said so")


def refusal(case: Case) -> str:
    """Return why the surroundings rule an indicator out, or "": an increment, an old value, a span, another place."""
    after = case.doc.text[case.m.number.end :]
    if case.m.number.kind == "added" or _MORE_THAN_BEFORE.match(after):
        return "what was added to a count"
    if case.m.number.kind == "old":
        return "the value before a change"
    if case.c.indicator.event_on is None and case.setting.is_rate and case.c.indicator.aspect == "cumulative":
        return "it counts a span, not all since a start"
    if case.c.places and (other := _other_place(case)):
        return f"it is in {other!r}"
    return ""


def _other_place(case: Case) -> str:
    """Return the place named in the quantity's clause where none of the indicator's is, or ""."""
    near = case.near()
    others = [s for s in locatives(case.doc, *case.m.sentence) if near.intersection(range(*s))]
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
    if case.setting.is_rate and case.c.indicator.aspect == "period":
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
    aspect, wanted = case.setting.aspect, case.c.indicator.aspect
    if case.c.indicator.event_on is not None:
        yield Signal("aspect:event")
        return
    if case.setting.is_rate:
        yield Signal(f"aspect:rate for {wanted}", f"it counts a span, not {wanted}" if wanted != "period" else "")
    elif aspect is Aspect.PERIOD:
        yield Signal(f"aspect:day for {wanted}")
    elif aspect is Aspect.CUMULATIVE:
        yield Signal(f"aspect:total for {wanted}", f"it is {aspect.value}" if wanted == "period" else "")
    else:
        yield Signal(f"aspect:none for {wanted}")


def _time_signals(case: Case) -> Iterator[Signal]:
    if case.c.indicator.event_on is not None:
        return
    year = _clause_year(case)
    if year is not None and case.setting.year is not None and year < case.setting.year:
        old = case.setting.year - year >= 5
        yield Signal("time:years ago" if old else "time:another year", f"it is of {year}")
    days = case.setting.days_old
    if days is not None:
        name = "today" if days <= 1 else "this week" if days <= 7 else "older" if days < 60 else "long ago"
        yield Signal(f"time:{name}")
    text, offset = _sentence(case)
    before, after = text[: case.m.qualified.start - offset], text[case.m.number.end - offset :]
    if _COMPARED.search(before):
        yield Signal("time:compared")
    if _EARLIER.match(after) or _EARLIER_BEFORE.search(before):
        yield Signal("time:earlier", "it is of an earlier time")


def _sentence(case: Case) -> tuple[str, int]:
    span = case.doc[case.m.sentence[0] : case.m.sentence[1]]
    return str(span.text), int(span.start_char)


_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_IN_YEAR = frozenset(("in", "of", "during", "from", "the", "by", "war"))


def _clause_year(case: Case) -> int | None:
    """Return the year in which the quantity's own clause is set, or None."""
    for index in sorted(case.near().union(range(*case.m.bounds))):
        token = case.doc[index]
        if index and _YEAR.match(token.text) and not case.m.first <= index < case.m.last:
            if case.doc[index - 1].lower_ in _IN_YEAR:
                return int(token.text)
    return None


def _place_signals(case: Case) -> Iterator[Signal]:
    near = case.near()
    others = [s for s in locatives(case.doc, *case.m.sentence) if near.intersection(range(*s))]
    if not case.c.places:
        known = case.index.story_places
        strange = [s for s in others if known and not known.found_in(case.words(s))]
        if strange:
            yield Signal("place:unlisted", "")
        return
    spans = case.spans(case.c.places)
    if any(near.intersection(range(*span)) for span in spans):
        yield Signal("place:own", f"in {case.words(spans[0])!r}")
    elif spans:
        yield Signal("place:in the sentence", f"in {case.words(spans[0])!r}")
    elif case.c.places.found_in(case.before()) or case.c.places.found_in(case.heading()):
        yield Signal("place:before", "place in the sentence before or the heading")
    elif case.c.places.found_in(case.parsed.text):
        yield Signal("place:of the story")
    else:
        yield Signal("place:nowhere", "none of its places is named")


def _plan_signals(case: Case) -> Iterator[Signal]:
    doc, mention = case.doc, case.m
    lemmas = {doc[i].lemma_.lower() for i in mention.said.clause if doc[i].tag_ != "NNP"}
    if _TO_COME.search(doc[slice(*mention.bounds)].text):
        yield Signal("plan:to come", "it is yet to come")
    if lemmas & _GOAL or any(t.lower_ == "will" for t in doc[slice(*mention.bounds)]):
        yield Signal("plan:in the clause")
    if lemmas & _CLAIMED:
        yield Signal("plan:claimed")
    if any(t.lower_ in ("if", "unless") for t in doc[slice(*mention.bounds)]):
        yield Signal("plan:if")
    text, offset = _sentence(case)
    before, after = text[: mention.qualified.start - offset], text[mention.number.end - offset :]
    if _PER.match(after) or _AVERAGE.search(before):
        yield Signal("plan:per", "it is a rate")
    if _DIFFERENCE.search(before) or _DIFFERENCE_BEHIND.match(after):
        yield Signal("difference", "it is a difference")
    if _BY.search(before):
        yield Signal("difference:by")
    if _RECORD.search(before):
        yield Signal("plan:capacity")
