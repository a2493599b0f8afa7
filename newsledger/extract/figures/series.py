"""What the figures of one text say about each other: repeats, rival counts, increments, parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsledger.extract.figures.indicators import IndicatorIndex, Verdict
from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.text import ParsedText
from newsledger.extract.numbers.units import TIME_UNITS
from schemas.figure import Aspect

OLDEST = 5
"""Years before the article from which what happened in a year is history, not a figure of the story."""
WIDEST = 4.0
"""Times by which two sources' counts of the same thing differ at most."""
LEAST_REPEATED = 10
"""Smallest count a headline may repeat without a word on what it counts."""

_CLAIMS = re.compile(
    r"(?i)\b(?:says?|said|speaks? of|spoke of|talks? of|talked of|puts? (?:it|them|the \w+) at|"
    r"claim(?:s|ed)?|estimate[sd]?|reckon(?:s|ed)?|insist(?:s|ed)?|argue[sd]?|report(?:s|ed)?|count(?:s|ed)?)\s+"
    r"(?:that\s+)?(?:(?:it|the (?:true |real |actual )?(?:figure|number|total|toll|count))\s+"
    r"(?:is|was|stands at|stood at)\s+)?\Z"
)
_CLAIM_ENDS = re.compile(r"\s*(?:[.,;:!?)”\"]|since\b|because\b|while\b|and\b|but\b|\Z)")
_TOTAL_GAP = re.compile(
    r"(?i)\b(?:for|to|at|taking|takes|took|bringing|brings|brought|making|makes|raising|raises|pushing)\b"
    r"[^.;]*\b(?:total|number|toll|tally|count)\b"
)
_HOW_MANY = re.compile(r"(?i)\s*how many\b[^.!]*\?\s*\Z")
_YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
_IN_YEAR = frozenset(("in", "of", "during", "from", "the", "by", "war"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity with its stated aspect and what the codebook made of it."""

    mention: Mention
    aspect: Aspect | None
    verdict: Verdict


def settle(
    readings: Sequence[Reading], parsed: ParsedText, indicators: IndicatorIndex, year: int | None
) -> list[Reading]:
    """Return the readings in order, each judged again by those around it.

    Args:
        readings: the quantities of one text in order.
        parsed: the text.
        indicators: the codebook's indicators.
        year: the year of the article, or None.
    """
    settled: list[Reading] = []
    for reading in readings:
        settled.append(_followed(reading, settled, parsed, indicators))
    settled = [_without(r, _history(r, parsed, year)) for r in settled]
    settled = [_without(r, _added_or_part(r, settled, parsed, indicators)) for r in settled]
    return [_repeated(r, settled, parsed) for r in settled]


def _without(reading: Reading, refusal: str) -> Reading:
    if not refusal:
        return reading
    rule = f"not {reading.verdict.indicator}: {refusal}"
    return replace(reading, verdict=Verdict(None, reading.verdict.score, rule))


def _is_bare(reading: Reading) -> bool:
    """Return whether a count tells neither what it counts nor what happened."""
    mention = reading.mention
    is_count = not mention.number.unit and mention.number.kind == "plain"
    return reading.verdict.indicator is None and is_count and mention.counted.noun is None


def _followed(
    reading: Reading, earlier: Sequence[Reading], parsed: ParsedText, indicators: IndicatorIndex
) -> Reading:
    """Return a bare count that a source sets beside the one before, as a figure of the same indicator."""
    mention = reading.mention
    if not _is_bare(reading):
        return reading
    doc = parsed.paragraphs[mention.paragraph].doc
    floor, stop = doc[mention.sentence[0]].idx, doc[mention.sentence[1] - 1]
    before = doc.text[floor : mention.qualified.start]
    after = doc.text[mention.qualified.end : stop.idx + len(stop)]
    if _CLAIMS.search(before) is None or _CLAIM_ENDS.match(after) is None:
        return reading
    rivals = [r for r in earlier if _is_near(r, mention)]
    if not rivals:
        key = _asked(mention, parsed, indicators)
    else:
        is_one = len({r.verdict.indicator for r in rivals}) == 1 and _is_alike(rivals[-1].mention, mention)
        key = rivals[-1].verdict.indicator if is_one else None
    if key is None:
        return reading
    return replace(reading, verdict=Verdict(key, 1.0, "another count of the figure before"))


def _is_near(reading: Reading, mention: Mention) -> bool:
    """Return whether a tracked count stands in the same sentence or the one before."""
    other = reading.mention
    if reading.verdict.indicator is None or other.number.unit or other.paragraph != mention.paragraph:
        return False
    return other.sentence[1] >= mention.sentence[0]


def _is_alike(one: Mention, other: Mention) -> bool:
    low, high = sorted((one.number.value, other.number.value))
    return low > 0 and high <= WIDEST * low


def _asked(mention: Mention, parsed: ParsedText, indicators: IndicatorIndex) -> str | None:
    """Return the indicator the question before asks for ("How many are missing? The police say 40")."""
    doc, start = parsed.paragraphs[mention.paragraph].doc, mention.sentence[0]
    if start > 0:
        question = doc[start - 1].sent.text
    elif mention.paragraph > 0:
        question = parsed.paragraphs[mention.paragraph - 1].doc.text
    else:
        return None
    return indicators.asked(question) if _HOW_MANY.match(question) else None


def _history(reading: Reading, parsed: ParsedText, year: int | None) -> str:
    """Return why a figure is history: its own clause sets it in a year long before the article."""
    mention = reading.mention
    if reading.verdict.indicator is None or year is None:
        return ""
    doc = parsed.paragraphs[mention.paragraph].doc
    own = mention.said.clause.union(mention.said.strong)
    for index in sorted(own.union(range(*mention.bounds))):
        token = doc[index]
        if index == 0 or not _YEAR.match(token.text) or int(token.text) > year - OLDEST:
            continue
        if doc[index - 1].lower_ in _IN_YEAR and not mention.first <= index < mention.last:
            return f"it is of {token.text}"
    return ""


def _added_or_part(
    reading: Reading, readings: Sequence[Reading], parsed: ParsedText, indicators: IndicatorIndex
) -> str:
    """Return why a count is only an increment or a part of another of its sentence, or ""."""
    mention, key = reading.mention, reading.verdict.indicator
    if key is None or mention.number.unit or indicators.aspect_of(key) == "period":
        return ""
    text = parsed.paragraphs[mention.paragraph].doc.text
    for other in readings:
        fellow = other.mention
        is_same = other.verdict.indicator == key and fellow.sentence == mention.sentence
        if not is_same or fellow.paragraph != mention.paragraph:
            continue
        if fellow.number.value <= mention.number.value:
            continue
        if mention.last <= fellow.first:
            if _TOTAL_GAP.search(text[mention.number.end : fellow.number.start]):
                return "it is what was added to the total named behind it"
        elif ":" in text[fellow.number.end : mention.number.start]:
            return "it is a part of the figure before the colon"
    return ""


def _repeated(reading: Reading, readings: Sequence[Reading], parsed: ParsedText) -> Reading:
    """Return a bare number of a headline as the figure of the text below that has the same value."""
    mention = reading.mention
    if parsed.paragraphs[mention.paragraph].kind not in ("heading", "headline"):
        return reading
    if reading.verdict.indicator is not None or mention.counted.noun is not None:
        return reading
    number, is_large = mention.number, mention.number.value >= LEAST_REPEATED
    if number.unit in TIME_UNITS or number.kind in ("old", "added") or not (is_large or number.unit):
        return reading
    keys = {
        other.verdict.indicator
        for other in readings
        if other.mention.paragraph > mention.paragraph
        and other.mention.number.value == number.value
        and other.mention.number.unit == number.unit
    }
    key = keys.pop() if len(keys) == 1 else None
    if key is None:
        return reading
    return replace(reading, verdict=Verdict(key, 1.0, "the headline repeats a figure of the text"))
