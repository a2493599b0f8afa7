"""What somebody makes his condition: who acts only if something is done wants it done.

"The union would suspend the strike only if the company withdraws its job cuts" says that the union wants the
withdrawal; "we will strike if they cut jobs" says that it does not want the cuts.
"""

from __future__ import annotations

from newsledger.extract.language.clauses import Predicate
from newsledger.extract.language.inflect import noun_table, verb_table
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.conditions import condition_end
from newsledger.extract.positions.path import Path
from newsledger.extract.positions.scope import Scope
from newsledger.extract.positions.stance import (
    COMMITTING,
    CONDITIONAL_MARKERS,
    FLIPPING_VERBS,
    Cue,
    is_either_way,
    is_flipping_phrase,
    phrase_at,
)
from newsledger.extract.positions.topic import Topic

_UNLESS = frozenset(("unless", "until", "before", "without"))
_OPEN = (("if",), ("once",), ("depending", "on"), ("assuming",))
"""Markers that by themselves only foresee: "will reopen once cases fall" demands nothing."""
_WISHES = words("want wish hope like prefer seek need")
_HARMS = verb_table("""
    strike walk quit resign leave sue veto block boycott close shut cut sack fire dismiss impose retaliate
    attack evict expel collapse topple escalate punish blockade invade bomb arrest
""")
_HARMFUL = noun_table("""
    strike walkout stoppage boycott lawsuit protest veto sanction resignation blockade action court offensive
    siege embargo
""")


class Bargain(Scope):
    """The paths of one sentence, those from inside a condition to whoever makes it included."""

    def demand(self, topic: Topic) -> Path | None:
        """Return the path from a topic in a condition to whoever sets the condition, or None.

        Its sign says whether he wants the topic; ``holder`` is the subject of the clause he will act in.
        """
        found = None if topic.is_anaphor else self._condition_around(topic)
        if found is None:
            return None
        marker, at, end = found
        number = self._main(at, end)
        wanted = self._wanted(number, marker, at) if number is not None else 0
        if number is None or not wanted:
            return None
        path = self._within(topic, at + len(marker))
        path.holder = self.subject_of(number)
        if path.stop or path.holder is None:
            return None
        group = self.groups[number]
        path.sign *= wanted
        path.cover(min(at, group.start), max(group.end, min(end, self.sentence.end)))
        path.cue = Cue(" ".join(marker), "request", wanted, at, at + len(marker), "verb")
        path.act, path.predicate, path.is_threat = "request", group, True
        return path

    def _condition_around(self, topic: Topic) -> tuple[tuple[str, ...], int, int] | None:
        """Return the marker of the condition a topic stands in, its first token and the condition's end."""
        for at in range(topic.start - 1, self.sentence.start - 1, -1):
            if self.doc[at].text == ";":
                return None
            if phrase_at(self.doc, at, CONDITIONAL_MARKERS) is None or is_either_way(self.doc, at):
                continue
            first = next((k for k in (at - 2, at - 1) if self._reaches(k, at)), at)
            marker = phrase_at(self.doc, first, CONDITIONAL_MARKERS)
            end = condition_end(self.sentence, first)
            is_inside = first + len(marker or ()) <= topic.start and topic.end <= end
            return (marker, first, end) if marker and is_inside else None
        return None

    def _reaches(self, first: int, at: int) -> bool:
        """Return whether a longer marker starts before another and covers it ("only if")."""
        marker = phrase_at(self.doc, first, CONDITIONAL_MARKERS) if first >= self.sentence.start else None
        return marker is not None and first + len(marker) > at

    def _main(self, at: int, end: int) -> int | None:
        """Return the predicate a condition limits: the last one before it, or the next where it leads."""
        before = [n for n, g in enumerate(self.groups) if g.end <= at and self._binds(g)]
        last = max((n for n, g in enumerate(self.groups) if g.end <= at), default=None)
        if before:
            return before[-1] if before[-1] == last else None
        after = [n for n, g in enumerate(self.groups) if g.start >= end]
        is_leading = at == self.sentence.start or self.doc[at - 1].text in (",", "“", '"', "that")
        return after[0] if after and is_leading and self._binds(self.groups[after[0]]) else None

    def _binds(self, group: Predicate) -> bool:
        """Return whether a predicate says what its subject will do or agrees to."""
        return bool(group.modals & COMMITTING) or group.form == "infinitive" or self.cue_of(group) is not None

    def _wanted(self, number: int, marker: tuple[str, ...], at: int) -> int:
        """Return +1 where a condition is wanted, -1 where it is to be averted, 0 where that is not said."""
        group = self.groups[number]
        negated = self._is_refused(number)
        tone = self._tone(group, at)
        cue = self.cue_of(group)
        if marker in _OPEN and cue is not None and cue.word in _WISHES:
            return 0  # "wants to see it if she wins" demands nothing
        if marker[0] in _UNLESS or marker == ("not", "before"):
            if not negated and marker[0] != "unless" and marker != ("not", "before"):
                return 0
            if negated:
                return 1 if tone >= 0 else 0
            return -1 if tone > 0 else 1
        if not tone and marker in _OPEN:
            return 0
        return (tone or 1) * (-1 if negated else 1) if marker not in _OPEN[1:] else 0

    def _is_refused(self, number: int) -> bool:
        """Return whether a predicate is negated, by itself or by the one it hangs on ("refused to sign")."""
        group = self.groups[number]
        negated = group.is_negated or self._has_negative_subject(group)
        while group.form == "infinitive" and number:
            number, group = number - 1, self.groups[number - 1]
            cue = self.cue_of(group)
            negated ^= (cue is not None and cue.sign < 0) ^ group.is_negated
        return negated

    def _tone(self, group: Predicate, at: int) -> int:
        """Return +1 where a predicate gives way, -1 where it harms, 0 where its word does not say."""
        stop = at if at >= group.end else self.sentence.end
        harmful = any(t.lower_ in _HARMFUL for t in self.doc[group.start : stop])
        word = self.doc[group.main].lower_
        if word in FLIPPING_VERBS or is_flipping_phrase(self.doc, group.main):
            if harmful:
                return 1
        elif harmful:
            return -1
        cue = self.cue_of(group)
        if cue is not None:
            return cue.sign
        return -1 if word in _HARMS else 0

    def _within(self, topic: Topic, floor: int) -> Path:
        """Return the path from a topic to the top of the condition that starts at a token."""
        path = Path(topic.sign, topic.start, topic.end)
        number, role = self.place(topic)
        if self._is_detail(topic):
            path.stop = "detail"
            return path
        if number is None or self.groups[number].start < floor:
            self.scan(path, topic.start - 1, floor)
            return path
        if any(t.lower_ in ("and", "or", ",") for t in self.doc[self.groups[number].end : topic.start]):
            path.stop = "joined"  # perhaps another clause whose verb the tagger missed
            return path
        nominal = self.scan(path, topic.start - 1, max(floor, self._floor(number, role)))
        if nominal is None:
            self._enter(path, topic, number, role)
        group, cue = self.groups[number], self.cue_of(self.groups[number])
        if cue is not None and role == "object":
            self._apply(path, group, cue)
        elif nominal is not None:
            self._operate(path, group)
        self._rise(path, number, floor)
        if path.stop == "no holder":
            path.stop = ""
        return path

    def _rise(self, path: Path, number: int, floor: int) -> None:
        """Apply the predicates above the first one that stand in the condition ("drops its plan to")."""
        while self.groups[number].form != "finite" and number and self.groups[number - 1].start >= floor:
            number -= 1
            group, cue = self.groups[number], self.cue_of(self.groups[number])
            if cue is None:
                self._operate(path, group)
            else:
                self._apply(path, group, cue)
