"""Slips of the pen that one text shows by itself, flagged on the figure with the reason in words.

A pure function over the figures of one document: :func:`flag_slips`. What compares a figure with the last
reading or with other documents is an expectation (:mod:`expectations.slips`), and holds it; a flag only
says what an editor should look at. Precision is worth more here than recall: an editor who sees false
alarms stops looking. So a flag needs figures of the same tracked indicator (or words that set two numbers
against each other), and anything that explains the difference takes it away: a rounding, an old value, a
correction told as one, another day, place or aspect, a number that stands elsewhere in the text.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from newsledger.extract.figures.claims import backs, claim, is_compatible, rounding
from newsledger.extract.figures.pairs import Pair, pairs_in
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.digits import digits_of, is_exchanged, is_one_more, significant, spoken
from newsledger.extract.numbers.grammar import Number
from schemas.codebook import Codebook
from schemas.figure import Figure, Modality, Qualifier, Slip

LONG_NUMBER = 4
"""Significant digits one of two numbers needs before exchanged digits are hardly chance (the same constant
of :mod:`expectations.slips` tells why)."""
KEPT_DIGITS = 3
"""Significant digits both numbers need for "a digit dropped": 3 and 30, 120 and 1,200 may both be right."""
LEAST_DROPPED = 1_000
"""Smallest number a digit is dropped from: shorter ones differ by a digit by chance."""
UNIT_DIGITS = 2
"""Significant digits a number needs for "million for billion": 2 million and 2 billion may both be right,
2.1 million and 2.1 billion hardly."""
LEAST_SCALED = 1_000
"""Smallest number that may have lost a "thousand"; below, :data:`KEPT_DIGITS` digits must be the same."""
SCALES = {1e3: "thousand", 1e6: "million", 1e9: "billion", 1e12: "trillion"}
TABLE_SIZE = 12
"""Distinct values of one thing from which a text is a table: some digits fit by chance."""
FARTHEST_HEADLINE = 20
"""Times by which a headline may miss the text; what is farther off counts something else."""
FARTHEST_PART = 10
"""Times by which a part may exceed its total; what is farther off is a part of another total."""
OPEN_REACH = 0.5
"""How far "at least" of the text bears a headline out, as a share: of 41 nobody writes "at least 14"."""
LONGEST_SUM = 4
"""Figures in a row whose sum a headline may give ("two women and a child" are three dead)."""

_TOLD = re.compile(
    r"(?i)\b(?:earlier|previous(?:ly)?|initial(?:ly)?|original(?:ly)?|mistaken(?:ly)?|wrong(?:ly)?|incorrect(?:ly)?|"
    r"erroneous(?:ly)?|correct(?:s|ed|ion)|revis(?:es?|ed|ion)|last (?:week|month|year)|yesterday|"
    r"(?:an?|one|the) (?:day|week|month|year) (?:ago|earlier|before))\b"
)
"""Words by which a text itself says that a number is old or was wrong."""
_NEAR_TOLD = 48
"""Characters to each side in which such a word speaks of the number."""
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s")
_SPLIT = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})*,\d{4,}(?![\d,])")
_DAY_AND_YEAR = re.compile(r"\d{1,2},(?:19|20)\d\d\Z")
_WHOLE_BEHIND = re.compile(
    r"(?i)(?:\s*%|\s+per\s*cent)?\s+of\s+(?:(?:the|all|its|their|our|those|these|[a-z]+[’']s)\s+)?"
    r"(?:(?!last|previous|next|average|normal)[a-z’'-]+\s+){0,2}?(?P<noun>[a-z]+)\b(?![’'])"
)
_WHOLES = words(
    """
    people persons voters votes ballots electorate respondents residents population members workers
    employees teachers nurses doctors staff pupils students children adults women men girls boys patients
    households families homes houses buildings schools hospitals territory deaths dead victims casualties
    hostages prisoners refugees parents farmers drivers passengers citizens shareholders lawmakers seats
    """
)
"""Things of which a share can be no more than all."""
_WHOLE_BEFORE = re.compile(r"(?i)\b(?:turnout|majority|minority|approval(?:\s+rating)?)\b[^.;:\d]{0,30}\Z")
_CHANGE_BEFORE = re.compile(
    r"(?i)\b(?:by|up|down|rose|risen|rise[ns]?|rising|grew|grow\w*|increas\w*|jump\w*|surg\w*|soar\w*|climb\w*|fell|"
    r"fall\w*|gain\w*|more|extra|additional|equivalent|equal)\b[^.;:\d]{0,30}\Z"
)
_GROUPS = words("family families household households couple couples group groups crew crews team teams")
_SPLIT_WORDS = "{} is printed with a comma before four digits or more: a digit too many"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the text.

    Attributes:
        start: where it starts in the document's text, in characters.
        text: its words.
        is_headline: whether it is the headline.
    """

    start: int
    text: str
    is_headline: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def passages_of(parsed: ParsedText) -> tuple[Passage, ...]:
    """Return the paragraphs of a parsed text."""
    return tuple(Passage(p.start, p.doc.text, p.kind == "headline") for p in parsed.paragraphs)


def flag_slips(
    figures: Sequence[Figure], passages: Sequence[Passage], codebook: Codebook
) -> tuple[Figure, ...]:
    """Return the figures of one document in the same order, each with its ``slip`` or None.

    The flag is the kind (:class:`schemas.figure.Slip`), a colon and the reason in words; a figure that looks
    wrong in several ways has the first kind's reason and the names of the others. The order of the figures
    decides nothing.

    Args:
        figures: all figures of one version of one document, tracked or not.
        passages: the document's paragraphs.
        codebook: the codebook the figures were read with, for tolerances, labels and ``part_of``.
    """
    if not figures:
        return ()
    return _Text(figures, passages, codebook).flagged()


Found = Iterator[tuple[Figure, Slip, str]]


class _Text:
    """The figures of one text with what is known of each."""

    def __init__(self, figures: Sequence[Figure], passages: Sequence[Passage], codebook: Codebook) -> None:
        self.figures, self.passages, self.codebook = tuple(figures), passages, codebook
        self.pairs = [(passage, pair) for passage in passages for pair in pairs_in(passage.text)]
        self.headline = next((p.end for p in passages if p.is_headline), 0)
        self.old = {
            f.figure_id
            for passage, pair in self.pairs
            if pair.kind in ("rise", "fall")
            for f in self._at(passage, pair.before)
        }
        self.fresh = [f for f in self.figures if self._is_fresh(f)]

    def flagged(self) -> tuple[Figure, ...]:
        """Return the figures in order, each with its flag or None."""
        found: dict[str, dict[Slip, str]] = defaultdict(dict)
        for rule in (self._digits, self._split, self._headline, self._order, self._parts, self._shares):
            for figure, kind, reason in rule():
                found[figure.figure_id].setdefault(kind, reason)
        return tuple(replace(f, slip=_told(found.get(f.figure_id, {}))) for f in self.figures)

    def _at(self, passage: Passage, number: Number) -> list[Figure]:
        """Return the figures read of a number that stands in a passage."""
        at = passage.start + number.start
        return [
            f for f in self.figures if f.value == number.value and f.evidence_start <= at < f.evidence_end
        ]

    def _is_fresh(self, figure: Figure) -> bool:
        """Return whether a figure is tracked, reported, and not told as an old or a wrong one."""
        if figure.indicator not in self.codebook.indicators or figure.modality is not Modality.REPORTED:
            return False
        return figure.figure_id not in self.old and not self._is_told(figure)

    def _is_told(self, figure: Figure) -> bool:
        passage = self._passage(figure)
        if passage is None:
            return False
        low, high = figure.evidence_start - passage.start, figure.evidence_end - passage.start
        before = _SENTENCE_END.split(passage.text[max(0, low - _NEAR_TOLD) : low])[-1]
        after = _SENTENCE_END.split(passage.text[low : high + _NEAR_TOLD])[0]
        return _TOLD.search(before + after) is not None

    def _passage(self, figure: Figure) -> Passage | None:
        return next((p for p in self.passages if p.start <= figure.evidence_start < p.end), None)

    def _tolerance(self, figure: Figure) -> float:
        return self.codebook.indicators[figure.indicator].tolerance if figure.indicator else 0.0

    def _groups(self) -> Iterator[list[Figure]]:
        """Yield the figures of one thing on one day, where they are no table."""
        groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        for f in self.fresh:
            if f.qualifier not in (Qualifier.RANGE, Qualifier.VAGUE) and f.value:
                groups[(f.story, f.indicator, f.unit, f.aspect, f.as_of)].append(f)
        for group in groups.values():
            if 1 < len({f.value for f in group}) <= TABLE_SIZE:
                yield group

    def _digits(self) -> Found:
        """Yield the figures whose digits are those of a better supported value, or of an equal one."""
        for group in self._groups():
            for figure, rival in itertools.permutations(group, 2):
                if not _is_same_place(figure, rival):
                    continue
                found = _written_wrongly(figure, rival)
                if found is None:
                    continue
                own, other = _support(figure, group), _support(rival, group)
                if own > other:
                    continue
                doubt = ", and nothing tells which of the two is right" if own == other else ""
                elsewhere = f"the same text states {spoken(rival.value, rival.unit)} elsewhere"
                yield figure, found[0], f"{found[1]}; {elsewhere}{doubt}"

    def _split(self) -> Found:
        """Yield the figures read of a token such as "67,1183", which is no number anybody writes."""
        for passage in self.passages:
            for match in _SPLIT.finditer(passage.text):
                if _DAY_AND_YEAR.match(match.group()):
                    continue
                low, high = passage.start + match.start(), passage.start + match.end()
                for f in self.figures:
                    if f.evidence_start < high and low < f.evidence_end and _is_printed(f, match.group()):
                        yield f, Slip.DIGIT, _SPLIT_WORDS.format(match.group())

    def _headline(self) -> Found:
        """Yield the figures of the headline that nothing in the text below bears out."""
        above = [f for f in self.fresh if f.evidence_start < self.headline]
        below = [f for f in self.figures if f.evidence_start >= self.headline]
        for figure in above:
            if figure.qualifier is Qualifier.VAGUE:
                continue
            same = [
                f
                for f in below
                if f.indicator == figure.indicator
                and (f.unit, f.aspect, f.modality) == (figure.unit, figure.aspect, figure.modality)
            ]
            beside = [f for f in above if f.indicator == figure.indicator]
            if not any(f.as_of == figure.as_of for f in same) or self._is_explained(figure, below):
                continue
            if any(_is_borne_out(a, b, self._tolerance(a)) for a in beside for b in same):
                continue
            if all(_times(figure.value, f.value) > FARTHEST_HEADLINE for f in same):
                continue
            yield figure, Slip.HEADLINE, _headline_words(figure, same)

    def _is_explained(self, figure: Figure, below: Sequence[Figure]) -> bool:
        """Return whether the text has the headline's value anywhere, as a number, a sum or a difference."""
        alike = [f for f in below if f.unit == figure.unit]
        for f in alike:
            if _is_within(f.value, figure):
                return True
        tracked = [f.value for f in alike if f.indicator == figure.indicator]
        if any(_is_within(abs(a - b), figure) for a, b in itertools.combinations(tracked, 2)):
            return True
        values = [f.value for f in sorted(alike, key=lambda f: f.evidence_start)]
        return any(
            _is_within(sum(values[i : i + n]), figure)
            for i in range(len(values))
            for n in range(2, LONGEST_SUM + 1)
        )

    def _order(self) -> Found:
        """Yield both figures of a rise that falls or a fall that rises: "rose to 41 from 48"."""
        for passage, pair in self.pairs:
            if pair.kind not in ("rise", "fall") or not _is_reversed(pair):
                continue
            now, before = self._at(passage, pair.now), self._at(passage, pair.before)
            if _is_open(pair.kind, now, before):
                continue
            for f in (*now, *before):
                old, new = (spoken(n.value, f.unit) for n in (pair.before, pair.now))
                yield f, Slip.ORDER, f"the text tells of a {pair.kind} from {old} to {new}"

    def _parts(self) -> Found:
        """Yield the parts that are more than the whole they are said to belong to."""
        for passage, pair in self.pairs:
            if pair.kind in ("rise", "fall") or pair.now.value <= pair.before.value:
                continue
            parts, wholes = self._at(passage, pair.now), self._at(passage, pair.before)
            persons = {f.unit for f in (*parts, *wholes)} == {"person"}
            if any(_GROUPS.intersection(f.counted.lower().split()) for f in wholes):
                continue
            for f in parts:
                if pair.kind == "part" or (persons and wholes):
                    whole = spoken(pair.before.value, f.unit)
                    yield f, Slip.PART, f"{spoken(f.value, f.unit)} is more than the {whole} it is a part of"
        yield from self._parts_of_indicators()

    def _parts_of_indicators(self) -> Found:
        for f in self.fresh:
            total = self.codebook.indicators[f.indicator or ""].part_of
            totals = [t for t in self.fresh if t.indicator == total and t.unit == f.unit]
            beside = [
                t
                for t in totals
                if (t.aspect, t.as_of) == (f.aspect, f.as_of) and self._passage(t) == self._passage(f)
            ]
            if not beside or any(not _exceeds(f, t, self._tolerance(t)) for t in totals):
                continue
            most = max(t.value for t in totals)
            if f.value <= FARTHEST_PART * most:
                label = self.codebook.indicators[total or ""].label
                told = f"{spoken(f.value, f.unit)} is more than {spoken(most, f.unit)}"
                yield f, Slip.PART, f"{told}, the total it is a part of ({label})"

    def _shares(self) -> Found:
        """Yield the shares of people, votes or homes that are more than all of them."""
        for f in self.figures:
            passage = self._passage(f)
            if f.unit != "share" or f.value <= 1 or passage is None or f.modality is not Modality.REPORTED:
                continue
            if f.qualifier in (Qualifier.LESS_THAN, Qualifier.UP_TO, Qualifier.NEARLY):
                continue
            if _is_of_whole(f, passage):
                yield f, Slip.SHARE, f"{spoken(f.value, f.unit)} is more than all there is"


def _told(found: Mapping[Slip, str]) -> str | None:
    kinds = [kind for kind in Slip if kind in found]
    if not kinds:
        return None
    also = f" (also: {', '.join(kinds[1:])})" if kinds[1:] else ""
    return f"{kinds[0]}: {found[kinds[0]]}{also}"


def _is_same_place(one: Figure, other: Figure) -> bool:
    return one.place is None or other.place is None or one.place == other.place


def _support(figure: Figure, group: Sequence[Figure]) -> int:
    """Return what speaks for a value inside the text: care in wording, and figures that back it."""
    same = [f for f in group if f.value == figure.value]
    words_for = max((f.qualifier is not Qualifier.EXACT) + (f.attributed_to is not None) for f in same)
    return words_for + sum(backs(f.value, figure.value) for f in group)


def _written_wrongly(figure: Figure, rival: Figure) -> tuple[Slip, str] | None:
    """Return how a value is another one written wrongly, or None."""
    value, other = digits_of(figure.value), digits_of(rival.value)
    said, known = spoken(figure.value, figure.unit), spoken(rival.value, rival.unit)
    counts = significant(value), significant(other)
    if is_exchanged(value, other) and max(counts) >= LONG_NUMBER:
        return Slip.EXCHANGE, f"{said} is {known} with two digits exchanged"
    is_long = min(counts) >= KEPT_DIGITS and max(abs(figure.value), abs(rival.value)) >= LEAST_DROPPED
    if is_long and "." not in value + other:
        if is_one_more(other, value):
            return Slip.DIGIT, f"{said} is {known} with a digit dropped"
        if is_one_more(value, other):
            return Slip.DIGIT, f"{said} is {known} with a digit too many"
    return _wrong_unit(figure, rival, said, known)


def _wrong_unit(figure: Figure, rival: Figure, said: str, known: str) -> tuple[Slip, str] | None:
    small, large = sorted((abs(figure.value), abs(rival.value)))
    least = UNIT_DIGITS if small >= LEAST_SCALED or figure.unit == "share" else KEPT_DIGITS
    if min(significant(digits_of(v)) for v in (small, large)) < least:
        return None
    for factor in (100.0,) if figure.unit == "share" else (1e3, 1e6):
        if abs(small * factor - large) <= max(rounding(small) * factor, rounding(large)) and backs(
            small * factor, large
        ):
            times = f"{factor:,.0f} times {'more' if abs(figure.value) == large else 'less'} than {known}"
            mixed = (
                "percent and share mixed up" if factor == 100.0 else "thousand, million or billion mixed up"
            )
            return Slip.UNIT, f"{said} is {times} ({mixed})"
    return None


def _is_printed(figure: Figure, token: str) -> bool:
    """Return whether a figure's value is one of the pieces a split token falls into, or the whole."""
    pieces = (*token.split(","), token.replace(",", ""))
    return any(figure.value == float(piece) for piece in pieces) or token in figure.evidence


def _times(one: float, other: float) -> float:
    low, high = sorted((abs(one), abs(other)))
    return high / low if low else float("inf")


def _is_within(value: float, figure: Figure) -> bool:
    """Return whether a value is the figure's own, one of them perhaps rounded."""
    return abs(value - figure.value) <= max(rounding(value), rounding(figure.value)) + 1e-9


def _is_borne_out(headline: Figure, body: Figure, tolerance: float) -> bool:
    """Return whether a figure of the text allows the headline's."""
    if not is_compatible(headline, body, tolerance):
        return False
    is_open = body.qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
    return not is_open or claim(headline, tolerance)[0] <= (1 + OPEN_REACH) * body.value


def _headline_words(figure: Figure, same: Sequence[Figure]) -> str:
    values = list(dict.fromkeys(spoken(f.value, f.unit) for f in same))
    return f"the headline says {spoken(figure.value, figure.unit)}, the text below {' and '.join(values[:3])}"


def _is_reversed(pair: Pair) -> bool:
    now, before = pair.now.value, pair.before.value
    return now < before if pair.kind == "rise" else now > before


def _is_open(kind: str, now: Sequence[Figure], before: Sequence[Figure]) -> bool:
    """Return whether the ends a statement leaves open may make it true ("rose to more than 41 from 48")."""
    above, below = (
        (Qualifier.AT_LEAST, Qualifier.MORE_THAN),
        (Qualifier.NEARLY, Qualifier.LESS_THAN, Qualifier.UP_TO),
    )
    upward, downward = (now, before) if kind == "rise" else (before, now)
    return any(f.qualifier in above for f in upward) or any(f.qualifier in below for f in downward)


def _exceeds(part: Figure, total: Figure, tolerance: float) -> bool:
    """Return whether a part is more than a total; of an open total its number, rounding included, counts.

    Who says "more than 40, among them 60 children" would have said more than 60.
    """
    low, high = claim(part, tolerance)[0], claim(total, tolerance)[1]
    most = total.value if high == float("inf") else high
    return low > most + 2 * rounding(total.value)


def _is_of_whole(figure: Figure, passage: Passage) -> bool:
    """Return whether a share is of something of which there is no more than all."""
    low, high = figure.evidence_start - passage.start, figure.evidence_end - passage.start
    number = re.search(r"\d[\d.,]*\d|\d", passage.text[low:high])
    if number is None:
        return False
    before = passage.text[max(0, low + number.start() - 40) : low + number.start()]
    if _CHANGE_BEFORE.search(before):
        return False
    behind = _WHOLE_BEHIND.match(passage.text, low + number.end())
    is_whole = behind is not None and behind["noun"].lower() in _WHOLES
    return is_whole or _WHOLE_BEFORE.search(before) is not None
