"""What is read in one document becomes records: positions with their evidence, and refusals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Span
from newsledger.extract.positions.conditions import said_on
from newsledger.extract.positions.holders import Holder, Holders
from newsledger.extract.positions.reconcile import Mark
from newsledger.extract.positions.second_opinion import ACTOR, doubt_of
from newsledger.extract.positions.topic import Topic
from newsledger.extract.positions.trust import LEAST, probability
from newsledger.extract.voices.actors import ActorIndex, mentions
from newsledger.extract.voices.attribution import statements
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.position import Position, Refusal, Stance

EXTRACTOR = "rules-positions/2"
_LEAD = 4
"""Tokens before the words of a stance that the second opinion reads too: auxiliaries, and who acts."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One stance read: whose, which, and the tokens that show it."""

    holders: tuple[Holder, ...]
    sign: int
    act: str
    low: int
    high: int
    condition: tuple[int, int] | None
    rule: str
    is_past: bool = False
    how: str = ""
    """By which way it was read: "cue verb", "cue noun", "said", "will", "words"."""


class Recorder:
    """The positions and refusals of one document while it is read."""

    def __init__(
        self,
        book: tuple[Codebook, ActorIndex, str],
        document: Document,
        parsed: ParsedText,
        day: date | None,
    ) -> None:
        self.codebook, actors, self.version = book
        self.document, self.parsed, self.day = document, parsed, day
        self.mentions = mentions(actors, parsed, day)
        self.statements = statements(parsed)
        self.holders = Holders(actors.on(day), parsed, self.mentions, self.statements)
        self.positions: dict[str, Position] = {}
        self.marks: dict[str, Mark] = {}
        self.refusals: dict[tuple[str, int, int], Refusal] = {}
        self.doubtful: list[tuple[Position, tuple[str, ...]]] = []
        """Stances read loosely, each with its signals."""

    def _keep(self, paragraph: Paragraph, sentence: Span, topic: Topic, reading: Reading) -> None:
        """Add the positions of a reading."""
        for position in self._built(paragraph, sentence, topic, reading):
            name, start, end = position.position_id, position.evidence_start, position.evidence_end
            self.marks.setdefault(name, Mark(reading.is_past, self._is_hearsay(start, end)))
            self.positions.setdefault(name, position)

    def _doubt(
        self, paragraph: Paragraph, sentence: Span, topic: Topic, reading: Reading, signals: tuple[str, ...]
    ) -> None:
        """Add the positions of a reading that is only kept if its signals are enough."""
        for position in self._built(paragraph, sentence, topic, reading):
            stance = f"stance:{position.stance.value}"
            hearsay = (
                ("stance:hearsay",)
                if self._is_hearsay(position.evidence_start, position.evidence_end)
                else ()
            )
            past = ("stance:past",) if reading.is_past else ()
            self.doubtful.append((position, (*topic.signals, *signals, stance, *hearsay, *past)))

    def _trusted(self, table: dict[str, float]) -> Iterator[Position]:
        """Yield the stances read loosely that are trusted: of one actor on one issue only the likeliest.

        What the text says plainly of the same side and issue puts them aside.
        """
        side = self.holders.index.side
        taken = {(side(p.actor), p.issue) for p in self.positions.values()}
        ranked = sorted(self.doubtful, key=lambda d: (-probability(d[1], table), d[0].evidence_start))
        for position, signals in ranked:
            key = (side(position.actor), position.issue)
            chance = probability(signals, table)
            if key not in taken and chance >= LEAST:
                taken.add(key)
                yield replace(position, rule=f"{position.rule} (weighed {chance:.2f})")

    def _built(
        self, paragraph: Paragraph, sentence: Span, topic: Topic, reading: Reading
    ) -> Iterator[Position]:
        issue = self.codebook.issues[topic.issue]
        stance = Stance.SUPPORTS if reading.sign > 0 else Stance.OPPOSES
        condition = None
        if reading.condition is not None and not self._is_in_issue(paragraph, topic, reading):
            stance = Stance.CONDITIONAL
            first, last = sentence.doc[reading.condition[0]], sentence.doc[reading.condition[1] - 1]
            condition = self.parsed.text[paragraph.start + first.idx : paragraph.start + last.idx + len(last)]
        start, end = self._evidence(paragraph, sentence)
        doubt = doubt_of(reading.act, self._told(paragraph, sentence, reading))
        for holder in reading.holders:
            if issue.actors and holder.actor not in issue.actors:
                continue
            spoken = said_on(sentence, self.day)
            yield self._position(topic, reading, holder, stance, condition, (start, end), spoken, doubt)

    def _is_in_issue(self, paragraph: Paragraph, topic: Topic, reading: Reading) -> bool:
        """Return whether the condition is part of the proposition ("released in exchange for prisoners").

        A bare "in return" behind a rejection belongs to what is rejected.
        """
        condition = reading.condition
        assert condition is not None
        printed = self.parsed.text
        first, last = paragraph.doc[condition[0]], paragraph.doc[condition[1] - 1]
        text = printed[paragraph.start + first.idx : paragraph.start + last.idx + len(last)].lower()
        if not text.startswith(("in exchange", "in return")):
            return False
        if reading.act in ("reject", "accuse") or (reading.sign < 0 and text in ("in return", "in exchange")):
            return True
        proposition = self.codebook.issues[topic.issue].proposition.lower()
        return "in exchange" in proposition or "in return" in proposition

    def _told(self, paragraph: Paragraph, sentence: Span, reading: Reading) -> str:
        """Return the words that tell an act, a few before them, the actors masked."""
        first, last = max(sentence.start, reading.low - _LEAD), min(sentence.end, reading.high + 1)
        own = [m for m in self.mentions if paragraph.start <= m.start < paragraph.end and m.how != "pronoun"]
        masked = {k: m.first for m in own for k in range(m.first, m.last)}
        words = [
            ACTOR if masked.get(t.i) == t.i else t.text
            for t in paragraph.doc[first:last]
            if masked.get(t.i, t.i) == t.i
        ]
        return " ".join(words)

    def _evidence(self, paragraph: Paragraph, sentence: Span) -> tuple[int, int]:
        start = paragraph.start + sentence.start_char
        end = paragraph.start + sentence.end_char
        while end > start and self.parsed.text[end - 1].isspace():
            end -= 1
        return start, end

    def _position(
        self,
        topic: Topic,
        reading: Reading,
        holder: Holder,
        stance: Stance,
        condition: str | None,
        span: tuple[int, int],
        spoken: date | None,
        doubt: str | None,
    ) -> Position:
        document, (start, end) = self.document, span
        parts = (document.document_id, document.reading_key, self.codebook.story, start, end, holder.actor,
                 topic.issue, stance.value)  # fmt: skip
        name = "p" + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
        return Position(
            position_id=name,
            document_id=document.document_id,
            version=document.version,
            story=self.codebook.story,
            issue=topic.issue,
            actor=holder.actor,
            speaker=holder.speaker,
            stance=stance,
            act=reading.act,
            condition=condition,
            said_on=spoken,
            evidence=self.parsed.text[start:end],
            evidence_start=start,
            evidence_end=end,
            rule=f"{reading.rule}: {topic.word}",
            extractor=EXTRACTOR,
            codebook_version=self.version,
            act_doubt=doubt,
        )

    def _is_hearsay(self, start: int, end: int) -> bool:
        """Return whether a sentence gives somebody's stance as hearsay, or in a stranger's words."""
        if {"reportedly", "allegedly", "apparently", "rumoured"} & set(self.parsed.text[start:end].split()):
            return True
        around = [s for s in self.statements if start <= s.cue_start < end and s.kind != "direct"]
        return bool(around) and not any(self.holders.of_source(s) for s in around)

    def _refuse(self, paragraph: Paragraph, sentence: Span, reason: str) -> None:
        start, end = self._evidence(paragraph, sentence)
        document = self.document
        self.refusals.setdefault(
            (reason, start, end),
            Refusal(
                document.document_id, document.version, self.codebook.story, "position", reason,
                self.parsed.text[start:end], start, end,
            ),
        )  # fmt: skip
