"""What two texts have in common, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from newsledger.dedupe.body import LEAD_WORDS, Body, body_of

MIN_RUN = 6
"""Fewer words in a row are a phrase that anybody writes."""
MAX_GAP = 2
"""Words that another house's style changes within a row."""
LEAD_KNOWN = 0.5
"""Share of a first paragraph found in the other text from which it is not new."""


@dataclass(frozen=True, slots=True)
class Side:
    """How much of one text is in the other. Furniture counts nowhere.

    Attributes:
        words: its words.
        shared: those found in the other, in runs.
        prose: its words outside quotations.
        shared_prose: those of them found in the other, in runs.
        lead: share of its first paragraph, outside quotations, found in the other.
        before: words before the first shared run.
        after: words after the last shared run.
        inside: words between the first and the last shared run that are not shared.
        stretches: in how many places, outside quotations, something is shared.
        topic: share of the long words of what is not shared, each once, that the other has too.
        is_collection: whether it looks like a live blog or a round-up.
    """

    words: float
    shared: float
    prose: float
    shared_prose: float
    lead: float
    before: float
    after: float
    inside: float
    stretches: int
    topic: float
    is_collection: bool

    @property
    def share(self) -> float:
        """Share of the words found in the other text, 0 to 1."""
        return self.shared / self.words if self.words else 0.0

    @property
    def prose_share(self) -> float:
        """Share of the words outside quotations found in the other text, 0 to 1."""
        return self.shared_prose / self.prose if self.prose else 0.0

    @property
    def rest(self) -> float:
        """Words that are not in the other text."""
        return self.words - self.shared


@dataclass(frozen=True, slots=True)
class Common:
    """What two texts have in common: ``mine`` of the first text, ``other`` of the second."""

    mine: Side
    other: Side


def common(first: str, second: str) -> Common:
    """Return what two texts have in common; lengths are in words, also for scripts without spaces."""
    mine, other = body_of(first), body_of(second)
    return Common(_side(mine, other), _side(other, mine))


def _known(body: Body, other: Body) -> list[bool]:
    """Return for each word whether it is part of a piece the other text has."""
    pieces, size = other.pieces, body.piece
    known = [False] * len(body.words)
    for start in range(len(body.words) - size + 1):
        if body.words[start : start + size] in pieces:
            known[start : start + size] = [True] * size
    return known


def _runs(known: Sequence[bool], shortest: float, gap: float) -> list[range]:
    """Return the stretches of shared words that hold at least so many of them.

    A few words that are not shared do not end a stretch: house style changes single words.
    """
    found: list[range] = []
    for mark, group in groupby(range(len(known)), key=known.__getitem__):
        if mark:
            places = list(group)
            start = found.pop().start if found and places[0] - found[-1].stop <= gap else places[0]
            found.append(range(start, places[-1] + 1))
    return [run for run in found if sum(known[at] for at in run) >= shortest]


def _side(body: Body, other: Body) -> Side:
    grain, known = body.grain, _known(body, other)
    stretches = _runs(known, MIN_RUN * grain, MAX_GAP * grain)
    runs = [False] * len(known)
    for at in (at for stretch in stretches for at in stretch):
        runs[at] = known[at]
    busy = [not idle for idle in body.is_idle]
    prose = [is_busy and not quoted for is_busy, quoted in zip(busy, body.is_quoted, strict=True)]
    marks = [at for at, mark in enumerate(runs) if mark and busy[at]]
    first, last = (marks[0], marks[-1]) if marks else (len(busy), len(busy))
    shared = sum(a and b for a, b in zip(runs, busy, strict=True))
    return Side(
        words=sum(busy) / grain,
        shared=shared / grain,
        prose=sum(prose) / grain,
        shared_prose=sum(a and b for a, b in zip(runs, prose, strict=True)) / grain,
        lead=_lead_share(body, runs, prose),
        before=sum(busy[:first]) / grain,
        after=sum(busy[last + 1 :]) / grain,
        inside=(sum(busy[first : last + 1]) - shared) / grain,
        stretches=sum(any(prose[at] and runs[at] for at in stretch) for stretch in stretches),
        topic=_topic(body, known, other),
        is_collection=body.is_collection,
    )


def _lead_share(body: Body, runs: Sequence[bool], prose: Sequence[bool]) -> float:
    """Return the share of the first paragraph found in the other text."""
    lines = Counter(line for line, is_idle in zip(body.lines, body.is_idle, strict=True) if not is_idle)
    lead = next((line for line in sorted(lines) if lines[line] >= LEAD_WORDS * body.grain), None)
    marks = [runs[at] for at, line in enumerate(body.lines) if line == lead and prose[at]]
    return sum(marks) / len(marks) if marks else 0.0


def _topic(body: Body, known: Sequence[bool], other: Body) -> float:
    """Return the share of the rest's long words, each once, that the other text has."""
    rest = {
        word
        for word, is_known, idle in zip(body.words, known, body.is_idle, strict=True)
        if not is_known and not idle and len(word) >= 6 and word.isalpha()
    }
    return len(rest & set(other.words)) / len(rest) if rest else 0.0
