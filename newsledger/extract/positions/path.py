"""What is met between a topic and the word that takes a stance on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsledger.extract.language.clauses import Predicate
from newsledger.extract.language.text import ParsedText
from newsledger.extract.positions.stance import Cue


@dataclass(slots=True)
class Path:
    """What was met between a topic and the word that takes the stance.

    Attributes:
        sign: product of all signs, the topic's own included.
        holder: token that heads the words for whose stance it is, or None (then the statement's source).
        cue: the stance word, or None where only modality or evaluation shows the stance.
        act: PLOVER class.
        low: leftmost token that carries the stance.
        high: token after the rightmost one.
        is_flagged: whether an obligation, commitment or evaluation makes a bare assertion a stance.
        is_commitment: whether only "will" or "would" does: then the clause's subject must be the source.
        is_negated: whether a negation was met.
        subject: token of the subject of the topic's own clause, or None.
        predicate: the topmost predicate reached.
        predicate_below: the one below it on the path, or None.
        stop: why no stance can be read, or "".
        is_threat: whether the topic stands in the condition of a threat.
        is_rejection: whether a rejecting word was met: to refuse to reject is no answer.
        is_dropping: whether the topic's own predicate says that its subject gives the thing up.
        goes_on: whether the topic's own verb says that it goes on or ahead.
        is_act: whether the topic's own verb says that its subject does the thing ("X suspended the strike").
        tense: word class of the topic's own verb, or "".
        is_unsure: whether "could" makes it a stance only where a condition is named.
    """

    sign: int
    low: int
    high: int
    holder: int | None = None
    cue: Cue | None = None
    act: str = ""
    is_flagged: bool = False
    is_commitment: bool = False
    is_negated: bool = False
    subject: int | None = None
    predicate: Predicate | None = None
    predicate_below: Predicate | None = None
    stop: str = ""
    is_threat: bool = False
    is_unsure: bool = False
    is_rejection: bool = False
    goes_on: bool = False
    is_act: bool = False
    is_dropping: bool = False
    tense: str = ""
    trail: list[str] = field(default_factory=list)

    def cover(self, start: int, end: int) -> None:
        """Widen the stretch of tokens that carries the stance."""
        self.low, self.high = min(self.low, start), max(self.high, end)

    def cue_offset(self, parsed: ParsedText, number: int) -> int:
        """Return the absolute offset of the stance word."""
        paragraph = parsed.paragraphs[number]
        at = self.cue.start if self.cue is not None else self.low
        return int(paragraph.start + paragraph.doc[at].idx)

    def flip(self, word: str) -> None:
        """Turn the sign round, remembering the word that did it."""
        self.sign = -self.sign
        self.trail.append(word)
