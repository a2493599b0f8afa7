"""Signals that are the same for every indicator: earlier times, plans, rates, scopes, bare claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.figures.matching.case import Around, Signal
from newsledger.extract.language.wordlist import words

LEAD = 3
"""Paragraphs after the headline that tell the news; further down stands the background."""
_COMPARED = re.compile(
    r"(?i)\b(?:compared (?:with|to)|versus|against|up from|down from|from|instead of|rather than|not|"
    r"(?:double|twice|triple|half|above|below|than) the(?: \w+)?)\s+(?:\w+\s+)?\Z"
)
_EARLIER = re.compile(
    r"(?i)[^.;,]{0,40}?\b(?:a (?:day|week|month|year) (?:earlier|ago|before)|"
    r"the (?:day|week|month|year) before|"
    r"the previous (?:day|week|month|year)|last (?:week|month|year|spring|summer|autumn|winter)|"
    r"in (?:19|20)\d\d|previously|initially|originally|at (?:its|the) peak|years ago|decades ago|"
    r"in the (?:outgoing|previous|last|old))\b"
)
_EARLIER_BEFORE = re.compile(
    r"(?i)\b(?:a (?:day|week|month|year) (?:earlier|ago|before)|the previous (?:day|week|month|year)|"
    r"last (?:month|year|spring|summer|autumn|winter)|in (?:19|20)\d\d|previously|initially|originally|"
    r"at first|at its peak|peaked|peaking|an earlier|at one (?:point|stage)|"
    r"earlier (?:report|count|figure|toll|estimate)s?|"
    r"(?:years|decades) ago)\b[^.;]{0,60}\Z"
)
_GOAL = words(
    """
    target goal aim capacity need require want plan forecast expect project predict could might may
    would should seek propose hope until limit cap ceiling threshold quota minimum maximum normally
    usually normal ordinary require enough demand ask urge call offer threaten refuse vow promise
    pledge intend
    """
)
_CLAIMED = words("claim allege accuse deny dismiss reject")
_PER = re.compile(
    r"(?i)\s*(?:[\w-]+\s+){0,3}?(?:per|a|each|every)\s+(?:day|week|month|year|hour|head|person|\d)"
)
_AVERAGE = re.compile(r"(?i)\b(?:average|median|typical|mean|per)\b[^.;,]{0,30}\Z")
_TO_COME = re.compile(
    r"(?i)\b(?:is|are|was|were|still|yet) to\b|\bto (?:go|follow|come)\b|\bdue to\b|\bset to\b"
)
_DIFFERENCE = re.compile(
    r"(?i)\b(?:gap|lead|margin|difference|majority|advantage|short of|ahead by|behind by|trail\w* by|"
    r"leads? by)\s+(?:of\s+|to\s+)?"
    r"(?:\w+\s+){0,3}\Z"
)
_BY = re.compile(r"(?i)\bby\s+(?:\w+\s+){0,3}\Z")
_DIFFERENCE_BEHIND = re.compile(
    r"(?i)(?:\s+[\w-]+){0,3}?\s+(?:ahead|behind|short|adrift|clear of|more than|fewer than)\b"
)
_RECORD = re.compile(r"(?i)\b(?:record|capacity|maximum|seats? for|room for|space for)\b[^.;,]{0,20}\Z")


_LOCAL = words("here our local district neighbourhood village town school branch shop plant")
_CLAIM = re.compile(
    r"(?i)\b(?:says?|said|speaks? of|spoke of|talks? of|talked of|puts? (?:it|them|the \w+(?: of \w+)?) at|"
    r"claim(?:s|ed)?|estimate[sd]?|reckon(?:s|ed)?|insist(?:s|ed)?|argue[sd]?|report(?:s|ed)?|count(?:s|ed)?|"
    r"(?:gave|gives) (?:a|the|their|its) (?:figure|number|count|estimate|total|toll) of)\s+"
    r"(?:that\s+)?(?:(?:it|there|the (?:true |real |actual )?(?:figure|number|total|toll|count))\s+"
    r"(?:is|was|are|were|stands at|stood at)\s+(?:closer to\s+|rather\s+)?)?\Z"
)
_CLAIM_ENDS = re.compile(r"\s*(?:[.,;:!?)”\"]|since\b|because\b|while\b|and\b|but\b|\Z)")


_SUBGROUP = re.compile(
    r"(?i)\b(?:among (?:the )?(?!them)\w+|women|men|under-?\d+s?|over-?\d+s?|men and women|"
    r"of them (?:women|men)|young people|"
    r"(?:women|men|children) made up)\b"
)


_ALONE = re.compile(r"(?i)\b(?:alone|each|apiece|in one|in a single|at one|the other)\b")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_IN_YEAR = frozenset(("in", "of", "during", "from", "the", "by", "war"))


def plain_signals(around: Around) -> tuple[Signal, ...]:
    """Return what the surroundings tell of a quantity whatever the indicator."""
    return (*_times(around), *_plans(around), *_scopes(around), *_claims(around), *_lines(around))


def _times(around: Around) -> Iterator[Signal]:
    year = _clause_year(around)
    if year is not None and around.year is not None and year < around.year:
        old = around.year - year >= 5
        yield Signal("time:years ago" if old else "time:another year", f"it is of {year}")
    days = around.days_old
    if days is not None:
        name = "today" if days <= 1 else "this week" if days <= 7 else "older" if days < 60 else "long ago"
        yield Signal(f"time:{name}")
    if _COMPARED.search(around.before):
        yield Signal("time:compared")
    if _EARLIER.match(around.after) or _EARLIER_BEFORE.search(around.before):
        yield Signal("time:earlier", "it is of an earlier time")


def _clause_year(around: Around) -> int | None:
    """Return the year in which the quantity's own clause is set, or None."""
    for index in sorted(around.near.union(range(*around.m.bounds))):
        text, is_own = around.doc[index].text, around.m.first <= index < around.m.last
        if index and not is_own and _YEAR.match(text) and around.doc[index - 1].lower_ in _IN_YEAR:
            return int(text)
    return None


def _plans(around: Around) -> Iterator[Signal]:
    own = around.doc[slice(*around.m.bounds)]
    lemmas = {around.doc[i].lemma_.lower() for i in around.m.said.clause if around.doc[i].tag_ != "NNP"}
    if _TO_COME.search(around.own):
        yield Signal("plan:to come", "it is yet to come")
    if lemmas & _GOAL or any(t.lower_ == "will" for t in own):
        yield Signal("plan:in the clause")
    if lemmas & _CLAIMED:
        yield Signal("plan:claimed")
    if any(t.lower_ in ("if", "unless") for t in own):
        yield Signal("plan:if")
    if _RECORD.search(around.before):
        yield Signal("plan:capacity")


def _scopes(around: Around) -> Iterator[Signal]:
    if any(around.doc[i].lower_ in _LOCAL for i in around.near):
        yield Signal("scope:local")
    if _SUBGROUP.search(around.own):
        yield Signal("scope:subgroup")
    if _ALONE.search(around.own):
        yield Signal("scope:alone")
    if _PER.match(around.after) or _AVERAGE.search(around.before):
        yield Signal("scope:per", "it is a rate")
    if _DIFFERENCE.search(around.before) or _DIFFERENCE_BEHIND.match(around.after):
        yield Signal("difference", "it is a difference")
    if _BY.search(around.before):
        yield Signal("difference:by")


def _claims(around: Around) -> Iterator[Signal]:
    if _CLAIM.search(around.before):
        behind = around.sentence[around.m.qualified.end - around.doc[around.m.sentence[0]].idx :]
        yield Signal("claim:bare" if _CLAIM_ENDS.match(behind) else "claim:some")


def _lines(around: Around) -> Iterator[Signal]:
    yield Signal(f"line:{around.kind}")
    if around.m.paragraph <= LEAD:
        yield Signal("line:lead")
