"""What a statement is, and how its token spans become offsets of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.extract.language.text import Paragraph
from newsledger.extract.voices.content import (
    chars,
    content_kind,
    inside_own_quote,
    narrated_end,
    trimmed,
    whole_quote,
)
from newsledger.extract.voices.quotes import Quoted


@dataclass(frozen=True, slots=True)
class Statement:
    """Something somebody says, with absolute offsets.

    Attributes:
        source_start: start of the words that name the source ("a Verian official").
        source_end: their end, the start where no source is named. A continued
            quotation has the source of the one it continues.
        cue_start: start of the words that say that it is said ("said", "according to").
        cue_end: their end.
        cue_lemma: dictionary form of the cue ("say", "according to").
        content_start: start of what is said, quotation marks left out at the ends.
        content_end: its end.
        kind: ``direct`` (all quoted), ``indirect``, ``mixed`` (partly quoted) or ``according``.
    """

    source_start: int
    source_end: int
    cue_start: int
    cue_end: int
    cue_lemma: str
    content_start: int
    content_end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """Token spans of one attribution inside a paragraph: source, cue and the pieces of content."""

    source: tuple[int, int]
    cue: tuple[int, int]
    lemma: str
    contents: tuple[tuple[int, int], ...]
    kind: str = ""


def placed(paragraph: Paragraph, found: Found, quoted: list[Quoted]) -> Iterator[Statement]:
    """Yield one statement for every piece of content, in absolute offsets."""
    first = paragraph.start + paragraph.doc[found.source[0]].idx
    low, high = chars(paragraph, found.source) if found.source[1] > found.source[0] else (first, first)
    cue = chars(paragraph, found.cue)
    for piece in found.contents:
        start, end = trimmed(paragraph, *chars(paragraph, piece))
        if not any(q.start <= cue[0] < q.end for q in quoted):
            start, end = whole_quote(start, end, quoted)
        start, end = inside_own_quote(cue, start, end, quoted)
        end = narrated_end(paragraph, start, end, quoted)
        if end > start:
            kind = found.kind or content_kind(start, end, quoted)
            yield Statement(low, high, *cue, found.lemma, start, end, kind)
