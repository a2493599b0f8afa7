"""Numbers a passage sets against each other in so many words: what it was and is, the whole and its part."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.extract.numbers.grammar import Number, find_numbers

MOST_TIMES = 100
"""Times by which two numbers of one clause differ before they are taken for a shorthand: in "fell from 3 to
1.2 million" the 3 is said in millions."""
MARKS = (5, 10, 20, 100)
"""Best marks of the usual scales: "12 out of 10" is praise, no part of ten things."""

_Q = (
    r"(?:(?:about|around|some|nearly|almost|at\s+least|more\s+than|over|just|only|roughly|an?\s+estimated|"
    r"approximately|an?\s+record|under|fewer\s+than|less\s+than|the|an?)\s+)*"
)
_WORD = r"(?:\s+(?!and\b|or\b|but\b|to\b|from\b|while\b|as\b)[\w’'-]+)"
_RISE = (
    r"rose|risen|ris(?:es?|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:es?|ed|ing)|soar(?:s|ed|ing)?|"
    r"increas(?:es?|ed|ing)|grew|grow(?:s|n|ing)?|swell(?:s|ed|ing)?|swollen|mount(?:s|ed|ing)|"
    r"rais(?:es?|ed|ing)|went\s+up|gone\s+up|goes\s+up"
)
_FALL = (
    r"fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|decreas(?:es?|ed|ing)|"
    r"plung(?:es?|ed|ing)|slump(?:s|ed|ing)?|tumbl(?:es?|ed|ing)|slid|slides?|shr[aiu]nk(?:s|ing)?|"
    r"dwindl(?:es?|ed|ing)|slipp(?:ed|ing)|slips|lower(?:s|ed|ing)|reduc(?:es?|ed|ing)|cut(?:s|ting)?|"
    r"went\s+down|gone\s+down|goes\s+down"
)
_MOVED = rf"\b(?:(?P<rise>{_RISE})|(?P<fall>{_FALL})){_WORD}{{0,3}}?"
_TO_BEFORE = re.compile(rf"(?i){_MOVED}\s+to\s+{_Q}\Z")
_FROM_GAP = re.compile(rf"(?i){_WORD}{{0,6}}?,?\s+from\s+{_Q}\Z")
_FROM_BEFORE = re.compile(rf"(?i){_MOVED}\s+from\s+{_Q}\Z")
_TO_GAP = re.compile(rf"(?i){_WORD}{{0,6}}?,?\s+to\s+{_Q}\Z")
_UP_FROM_GAP = re.compile(
    rf"(?i){_WORD}{{0,6}}?[,;:–—(-]?\s*\(?(?:(?P<rise>up)|(?P<fall>down))(?:\s+\w+ly)?\s+from\s+{_Q}\Z"
)
_NO_AMOUNT = re.compile(
    r"(?i)\b(?:rank\w*|places?|positions?|seed\w*|number(?!s?\s+of)|no\.|spots?|levels?|grades?|tiers?|categor\w+|stages?|"
    r"division|table|alert|odds|not|never)\b|n['’]t\b"
)
"""Words by which the numbers are ranks, where to climb is to fall, or the move is denied."""

_OF_BEFORE = re.compile(r"(?:\A|[.;:,—–]\s*|[“\"(]\s*)[Oo]f\s+(?:the|these|those|all|its|their)?\s*\Z")
_PART_GAP = re.compile(rf"(?i){_WORD}{{0,5}}?,\s+{_Q}\Z")
_WHOLE_GAP = re.compile(r"(?i)\s+(?:out\s+)?of\s+(?:the|these|those|all|its|their)\s+\Z|\s+out\s+of\s+\Z")
_INCLUDING_GAP = re.compile(
    rf"(?i){_WORD}{{0,4}}?,?\s+(?:including|among\s+them|among\s+whom|of\s+whom|of\s+them)\s+{_Q}\Z"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers of one clause; offsets are those of the passage.

    Attributes:
        kind: ``rise``, ``fall``, ``part`` (of the same things) or ``including`` (of the same things only if
            both count persons).
        now: the number now, or the part.
        before: the number before, or the whole.
    """

    kind: str
    now: Number
    before: Number


def pairs_in(text: str) -> Iterator[Pair]:
    """Yield the pairs of neighbouring numbers a passage sets against each other, in order."""
    for first, second in itertools.pairwise(find_numbers(text)):
        if first.unit != second.unit or not (_is_single(text, first) and _is_single(text, second)):
            continue
        before, gap = text[max(0, first.start - 60) : first.start], text[first.end : second.start]
        if len(gap) > 80 or max(first.value, second.value) > MOST_TIMES * min(first.value, second.value):
            continue
        pair = _moved(first, second, before, gap) or _divided(first, second, before, gap)
        if pair is not None:
            yield pair


def _is_single(text: str, number: Number) -> bool:
    """Return whether a number is one positive number, no range and no end of one ("3-1", "20-dollar")."""
    is_hyphened = text[number.end : number.end + 1] in ("-", "–", "/")
    return number.value > 0 and number.kind not in ("range", "vague") and not is_hyphened


def _moved(first: Number, second: Number, before: str, gap: str) -> Pair | None:
    if _NO_AMOUNT.search(before) or _NO_AMOUNT.search(gap):
        return None
    found = _TO_BEFORE.search(before) if _FROM_GAP.match(gap) else None
    found = found or _UP_FROM_GAP.match(gap)
    if found:
        return Pair("rise" if found["rise"] else "fall", first, second)
    found = _FROM_BEFORE.search(before) if _TO_GAP.match(gap) else None
    return Pair("rise" if found["rise"] else "fall", second, first) if found else None


def _divided(first: Number, second: Number, before: str, gap: str) -> Pair | None:
    if first.unit:
        return None
    if _OF_BEFORE.search(before) and _PART_GAP.match(gap):
        return Pair("part", second, first)
    if _WHOLE_GAP.match(gap):
        is_mark = second.value in MARKS and gap.strip().lower() == "out of"
        return None if is_mark else Pair("part", first, second)
    return Pair("including", second, first) if _INCLUDING_GAP.match(gap) else None
