"""Quotation marks: which words of a text are quoted, over several paragraphs where they go on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsledger.extract.language.text import ParsedText

_DOUBLE_OPEN, _DOUBLE_CLOSE = "“«„", "”»"
_SINGLE = re.compile(r"(?<![\w])[‘']([^‘\n]{2,400}?)(?:(?<=[.,?!])[’'](?!\w)|[’'](?=[\s,.;:)—–]|$))")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quoted words, marks left out.

    Attributes:
        start: absolute offset of the first quoted character.
        end: absolute offset after the last.
        paragraph: index of the paragraph.
        continues: whether the quotation goes on in the next paragraph (no closing mark here).
        resumes: whether it continues the paragraph before.
    """

    start: int
    end: int
    paragraph: int
    continues: bool
    resumes: bool


def quotations(parsed: ParsedText) -> list[Quoted]:
    """Return the quoted stretches of a text in order; single quotes inside double ones are left out."""
    found: list[Quoted] = []
    open_before = False
    for number, paragraph in enumerate(parsed.paragraphs):
        line = parsed.text[paragraph.start : paragraph.end]
        spans, is_open = _spans(line)
        resumes = open_before and line[:1] in _DOUBLE_OPEN + '"'
        for order, (a, b) in enumerate(spans):
            is_last = order == len(spans) - 1
            found.append(
                Quoted(
                    paragraph.start + a,
                    paragraph.start + b,
                    number,
                    is_open and is_last,
                    resumes and order == 0,
                )
            )
        open_before = is_open
    return found


def _spans(line: str) -> tuple[list[tuple[int, int]], bool]:
    """Return the quoted spans of one line and whether the last one is left open."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    printed = line
    if "''" in line:  # a doubled apostrophe is one mark; the first half becomes a space
        line = line.replace("''", ' "')
    for at, char in enumerate(line):
        if start is None and (char in _DOUBLE_OPEN or (char == '"' and _may_open(line, at))):
            start = at + 1
        elif start is not None and (char in _DOUBLE_CLOSE or char == '"'):
            spans.append((start, at - (at > 0 and printed[at - 1 : at + 1] == "''")))
            start = None
    if start is not None and start < len(line):
        spans.append((start, len(line)))
        return spans, True
    return spans or _single(line), False


def _may_open(line: str, at: int) -> bool:
    """Return whether a straight mark opens: an inch mark after a digit does not."""
    return at + 1 < len(line) and not line[at + 1].isspace() and not (at and line[at - 1].isdigit())


def _single(line: str) -> list[tuple[int, int]]:
    """Return spans in single marks, where a line has no double ones (British style)."""
    return [(m.start(1), m.end(1)) for m in _SINGLE.finditer(line)]
