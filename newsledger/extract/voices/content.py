"""What exactly is said: the content of a statement trimmed to its words and to its quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.language.text import Paragraph
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.voices.quotes import Quoted

QUOTES = frozenset((*"“”\"«»„‘’'", "''", "``"))
"""Tokens that are quotation marks; wire texts double the apostrophe."""
OPENING = frozenset(("“", '"', "«", "„", "''", "``"))
"""Marks that can open a quotation."""
CLOSING = frozenset(("”", '"', "»", "''"))
"""Marks that can close one."""
_TRIM = "“”\"«»„‘’'` ,.;:—–-\n"


def whole_quote(start: int, end: int, quoted: list[Quoted]) -> tuple[int, int]:
    """Return the content widened to the quotation it begins or ends in, over sentences of one paragraph."""
    for quote in quoted:
        if quote.start <= start <= quote.end and end <= quote.end + 1:
            return quote.start, max(end, quote.end)
        if quote.start < end <= quote.end + 1 and start <= quote.start:
            return start, quote.end
        if quote.start <= start < quote.end < end:
            return quote.start, end
    return start, end


_DATELINE = re.compile(
    r"[A-Z][\w.'’-]*(?:,?\s[\w.'’-]+){0,6},?\s*\([^()\n]{2,40}\)\s*[-–—]{1,2}\s+(?=[\"“‘A-Z0-9])"
)
"""Place and agency before the first sentence, where the place is not in capitals ("Aldemar (LP) —")."""


def sentences(doc: Doc) -> Iterator[Span]:
    """Yield the sentences of a paragraph, the first without the dateline that opens it."""
    match = _DATELINE.match(doc.text)
    first = next((t.i for t in doc if match and t.idx >= match.end()), 0)
    for sentence in doc.sents:
        if sentence.end > first:
            yield doc[max(first, sentence.start) : sentence.end]


_NARRATED = re.compile(
    r",\s(?:even as|as|while|although|though|despite|but|whereas|following|amid|framing|defying|referring)\s"
    r"|[;—–]\s(?:but|and)\s|,\s(?:a|an)\s\w+\s(?:that|which|the)\s|,\s(?:according to|compared with)\s"
)


"""Where the reporter's own words go on behind what somebody is reported to have said."""


def narrated_end(paragraph: Paragraph, start: int, end: int, quoted: list[Quoted]) -> int:
    """Return where reported content ends and the reporter goes on; quoted words are never cut."""
    text = paragraph.doc.text
    for match in _NARRATED.finditer(text, start - paragraph.start + 12, end - paragraph.start):
        at = paragraph.start + match.start()
        if not any(q.start <= at < q.end for q in quoted):
            return at
    return end


def inside_own_quote(cue: tuple[int, int], start: int, end: int, quoted: list[Quoted]) -> tuple[int, int]:
    """Return the content cut at the end of the quotation in which its cue is spoken.

    Example: "I hope ...", she said.
    """
    for quote in quoted:
        if quote.start <= cue[0] < quote.end:
            return max(start, quote.start), min(end, quote.end)
    return start, end


def chars(paragraph: Paragraph, span: tuple[int, int]) -> tuple[int, int]:
    """Return the absolute offsets of tokens ``[i, j)`` of a paragraph."""
    first, last = paragraph.doc[span[0]], paragraph.doc[span[1] - 1]
    return paragraph.start + first.idx, paragraph.start + last.idx + len(last)


def trimmed(paragraph: Paragraph, start: int, end: int) -> tuple[int, int]:
    """Return absolute offsets without the marks and spaces at both ends."""
    text = paragraph.doc.text
    low, high = start - paragraph.start, end - paragraph.start
    while low < high and text[low] in _TRIM:
        low += 1
    while high > low and text[high - 1] in _TRIM:
        high -= 1
    return paragraph.start + low, paragraph.start + high


def content_kind(start: int, end: int, quoted: list[Quoted]) -> str:
    """Return ``direct``, ``mixed`` or ``indirect`` for a stretch of content."""
    for quote in quoted:
        if quote.start <= start and end <= quote.end + 1:
            return "direct"
    return "mixed" if any(q.start < end and q.end > start for q in quoted) else "indirect"


def closes(doc: Doc, at: int) -> bool:
    """Return whether a mark ends the words said before an attribution."""
    return doc[at].text in CLOSING or doc[at].text in (",", "’", "'", "?", "!", "—", "–")
