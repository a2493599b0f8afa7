"""Signals from the subject of the number's verb, the scope of its clause and whose claim it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.figures.matching.case import Case, Signal
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.reporting import REPORTING_VERBS

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
    r"(?i)\b(?:among (?:the )?(?!them)\w+|women|men|under-?\d+s?|over-?\d+s?|men and women|of them (?:women|men)|young people|"
    r"(?:women|men|children) made up)\b"
)


def subject_signals(case: Case) -> Iterator[Signal]:
    """Yield what the subject of the number's verb names."""
    tokens = case.subject
    if not tokens:
        return
    own = (case.c.counts, case.c.predicates, case.c.context)
    low, high = min(tokens), max(tokens) + 1
    if low <= case.m.first < high:
        return
    for name, phrases in (("counts", case.c.counts), ("said", case.c.predicates), ("context", case.c.context)):
        if any(not tokens.isdisjoint(range(*s)) for s in case.spans(phrases, low, high)):
            yield Signal(f"subject:{name}", f"its subject is {case.doc[low:high].text!r}")
    if any(not base_forms(case.doc[i].lower_).isdisjoint(case.c.label_words) for i in tokens):
        yield Signal("subject:label")
    elif not any(case.spans(phrases, low, high) for phrases in own):
        kind = "share" if case.m.unit == "share" else "amount" if case.m.number.unit else "count"
        yield Signal(f"subject:other for {kind}")
        verb = case.m.said.verb
        is_saying = verb is not None and case.doc[verb].lower_ in REPORTING_VERBS
        if any(case.doc[i].tag_ == "NNP" for i in tokens):
            yield Signal("subject:name, saying" if is_saying else "subject:name")


def scope_signals(case: Case) -> Iterator[Signal]:
    """Yield that the clause is about a part of the world only, or that the number is somebody's bare claim."""
    near = case.near()
    if any(case.doc[i].lower_ in _LOCAL for i in near) and not case.spans(case.c.counts, *_bounds(case)):
        yield Signal("scope:local")
    if _SUBGROUP.search(case.doc[slice(*case.m.bounds)].text):
        yield Signal("scope:subgroup")
    first, stop = case.m.sentence
    offset = case.doc[first].idx
    text = case.doc[first:stop].text
    before, after = text[: case.m.qualified.start - offset], text[case.m.qualified.end - offset :]
    if _CLAIM.search(before):
        yield Signal("claim:bare" if _CLAIM_ENDS.match(after) else "claim:some")


def _bounds(case: Case) -> tuple[int, int]:
    found = [i for i in case.near() if case.doc[i].lower_ in _LOCAL]
    return min(found), max(found) + 1
