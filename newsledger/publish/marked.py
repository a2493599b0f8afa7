"""A text cut where marks begin and end, so that nested and overlapping spans can all be shown in HTML."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` of a text that a record of some name stands for."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters inside the same spans.

    Attributes:
        text: the characters; never across a newline.
        inside: names of the spans it belongs to, the one that begins first named first.
        begins: those of them whose first piece this is.
        ends: those of them whose last piece this is.
    """

    text: str
    inside: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]


def marked_lines(text: str, spans: Sequence[Span]) -> list[list[Piece]]:
    """Return the lines of a text as pieces; all pieces together are the text without its newlines.

    Every span that holds a character other than a newline begins in exactly one piece and ends in exactly
    one, wherever others begin or end; a span outside the text is in no piece.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.name))
    runs = list(_runs(text, ordered))
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for at, (_, _, _, inside) in enumerate(runs):
        for name in inside:
            first.setdefault(name, at)
            last[name] = at
    lines: list[list[Piece]] = [[] for _ in range(text.count("\n") + 1)]
    for at, (line, start, end, inside) in enumerate(runs):
        begins = tuple(name for name in inside if first[name] == at)
        ends = tuple(name for name in inside if last[name] == at)
        lines[line].append(Piece(text[start:end], inside, begins, ends))
    return lines


def _runs(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, int, tuple[str, ...]]]:
    """Yield line number, start, end and the spans around it of every run of characters."""
    bodies = text.split("\n")
    starts = list(itertools.accumulate((len(body) + 1 for body in bodies[:-1]), initial=0))
    near: list[list[Span]] = [[] for _ in bodies]
    for span in spans:
        first = max(0, bisect_right(starts, span.start) - 1)
        for line in range(first, bisect_left(starts, span.end) if span.end > span.start else first):
            near[line].append(span)
    for line, (start, body) in enumerate(zip(starts, bodies, strict=True)):
        end = start + len(body)
        cuts = {start, end, *(cut for s in near[line] for cut in (s.start, s.end) if start < cut < end)}
        for low, high in itertools.pairwise(sorted(cuts)):
            inside = tuple(span.name for span in near[line] if span.start <= low and high <= span.end)
            yield line, low, high, inside
