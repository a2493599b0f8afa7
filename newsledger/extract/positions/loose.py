"""Stances no rule is sure of: who says or does something about an issue, and what speaks for it.

Each comes with signals; whether they are enough is weighed in :mod:`newsledger.extract.positions.trust`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsledger.extract.language.clauses import CONDITIONS, Predicate
from newsledger.extract.language.inflect import noun_table
from newsledger.extract.language.text import Paragraph
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.conditions import condition_of
from newsledger.extract.positions.demands import Bargain
from newsledger.extract.positions.holders import Holder
from newsledger.extract.positions.near import Recent
from newsledger.extract.positions.path import Path
from newsledger.extract.positions.record import Reading, Recorder
from newsledger.extract.positions.stance import ANAPHORS, FLIPPING_VERBS, OPAQUE_VERBS, REALISING, cues
from newsledger.extract.positions.topic import Topic

_MATTERS = frozenset(ANAPHORS) | frozenset(noun_table("""
    law draft bill offer motion call request ban order deal scheme reform cut rise hike increase levy package
    bid resolution amendment compromise ultimatum appeal invitation policy step proposition plea cancellation
"""))  # fmt: skip
"""Nouns by which a text takes up what it argued about before."""
WANTING = noun_table("demand call request appeal ultimatum plea bid motion petition")
"""Nouns for what somebody wanted: it may be that a thing is not done."""
_POINTING = words("the this that these those such its his her their any both")
_LEMMAS = words(
    "say tell warn announce confirm argue believe insist think add hope demand vow promise declare"
)
_AUXILIARIES = words("will would wo can ca could did does do is are was were has have had should must")
_LEFT_OUT = words(
    "refuse refuses refused agree agrees agreed decline declines declined promised vowed intends"
)
_MARKS = frozenset('.,;”"!—–')


def taken_up(sentence: Span, recent: Recent, taken: frozenset[str]) -> list[Topic]:
    """Return the words of a sentence that may take up a topic of the sentences before.

    ``taken`` are the issues it speaks of by itself.
    """
    pool = [(age, t) for age, t in recent.topics if t.issue not in taken]
    if not pool or taken:
        return []
    age, last = pool[0]
    issues = {t.issue for n, t in pool if n == age}
    shared = (f"taken:age {age}", f"taken:of {min(len(issues), 3)}")
    out = []
    for start, end, kind in _places(sentence):
        if not kind.startswith("noun") and len(issues) > 1:
            continue
        signals = (f"taken:{kind}", *shared)
        sign = last.sign
        if sentence.doc[end - 1].lower_ in WANTING:
            sign = recent.signs.get(last.issue, sign)
        new = replace(last, start=start, end=end, sign=sign, is_anaphor=True, signals=signals)
        out.append(new)
    return out[:2]


def _places(sentence: Span) -> Iterator[tuple[int, int, str]]:
    doc = sentence.doc
    ends = {c.end for c in cues(doc, sentence.start, sentence.end)}
    for token in sentence:
        low, at = token.lower_, token.i
        after = doc[at + 1] if at + 1 < sentence.end else None
        if low in _MATTERS and at > sentence.start and not (after is not None and after.lower_ == "of"):
            start = _noun_start(doc, at, sentence.start)
            if start < at and doc[start].lower_ in _POINTING:
                yield start, at + 1, f"noun {doc[start].lower_}"
        elif low in ("it", "them", "so", "one") and (
            at in ends or doc[at - 1].lower_ in ("do", "did", "done")
        ):
            is_object = after is None or after.text in _MARKS or after.tag_ in ("IN", "RB", "CC")
            if at > sentence.start and is_object:
                yield at, at + 1, f"word {low}"
        elif low in _AUXILIARIES and _is_left_out(doc, at, sentence):
            yield at, at + 1, "verb"
        elif low in _LEFT_OUT and after is not None and after.lower_ == "to" and _ends(doc, at + 2, sentence):
            yield at + 1, at + 2, "verb to"


def _noun_start(doc: Doc, at: int, floor: int) -> int:
    start = at
    while (
        start > floor and doc[start - 1].tag_ in ("JJ", "DT", "PRP$", "PDT", "NN", "VBN") and at - start < 3
    ):
        start -= 1
        if doc[start].tag_ in ("DT", "PRP$"):
            break
    return start


def _is_left_out(doc: Doc, at: int, sentence: Span) -> bool:
    """Return whether the main verb behind an auxiliary is left out ("She has said she will not.")."""
    k = at + 1
    while k < sentence.end and doc[k].lower_ in ("not", "n't", "n’t", "never"):
        k += 1
    return at > sentence.start and doc[at - 1].tag_ in ("PRP", "NNP", "NN", "NNS") and _ends(doc, k, sentence)


def _ends(doc: Doc, at: int, sentence: Span) -> bool:
    return at >= sentence.end or doc[at].text in _MARKS


@dataclass(frozen=True, slots=True)
class Loose:
    """A stance read loosely and the signals that came with it."""

    reading: Reading
    signals: tuple[str, ...]


class LooseReader(Recorder):
    """Reads what may be a stance in a document."""

    def _loosely(self, number: int, paragraph: Paragraph, scope: Bargain, topic: Topic) -> Loose | None:
        """Return the stance that may be taken on a topic on which no rule reads one, or None."""
        if topic.is_stance or scope.is_non_answer:
            return None
        path = scope.path(topic)
        offset = paragraph.start + scope.doc[topic.start].idx
        if path.stop == "no holder" and path.cue is not None:
            return self._orphan(number, scope, path, offset)
        if path.stop == "no predicate":
            return self._fragment(scope, path, offset)
        if path.stop or path.cue is not None:
            return None
        found = self.holders.speaker(offset)
        if found is not None and found[1]:
            if self._is_anothers(number, path, found[1], offset):
                return None
            return self._asserted(scope, path, found[0].cue_lemma, found[1])
        return self._done(number, scope, path, offset) if found is None else None

    def _is_anothers(self, number: int, path: Path, holders: tuple[Holder, ...], offset: int) -> bool:
        """Return whether the clause tells what somebody else does or will do."""
        if path.subject is None:
            return False
        others = self.holders.at(number, path.subject, path.predicate, offset)
        same = self.holders.index.same_side
        return bool(others) and not any(same(a.actor, b.actor) for a in others for b in holders)

    def _orphan(self, number: int, scope: Bargain, path: Path, offset: int) -> Loose | None:
        """Return the stance of a word whose holder is not plain: the subject before it, or who says it."""
        assert path.cue is not None
        subjects = [g for g in scope.groups if g.subject is not None and g.start <= path.cue.start]
        for group in reversed(subjects):
            assert group.subject is not None
            holders = self.holders.at(number, group.subject, group, offset)
            if holders:
                return self._loose(scope, path, holders, ("loose:orphan", f"loose:{path.cue.kind}"))
        found = self.holders.speaker(offset)
        if found is not None and found[1]:
            return self._loose(scope, path, found[1], ("loose:orphan said", f"loose:{path.cue.kind}"))
        return None

    def _fragment(self, scope: Bargain, path: Path, offset: int) -> Loose | None:
        """Return the stance of who says a bare noun phrase ("An independent inquiry, with judges.")."""
        found = self.holders.speaker(offset)
        if found is None or found[0].kind != "direct" or not found[1] or scope.groups:
            return None
        return self._loose(scope, path, found[1], ("loose:fragment",))

    def _asserted(self, scope: Bargain, path: Path, lemma: str, holders: tuple[Holder, ...]) -> Loose | None:
        """Return the stance of who asserts something of the topic that judges nothing plainly."""
        group = path.predicate
        signals = ["loose:said", f"loose:{lemma if lemma in _LEMMAS else 'other'}"]
        if lemma == "warn":
            path.flip("warn")
        return self._loose(scope, path, holders, (*signals, *_of_group(scope, group)))

    def _done(self, number: int, scope: Bargain, path: Path, offset: int) -> Loose | None:
        """Return the stance of who, the reporter tells, does something about the topic."""
        group = path.predicate
        if group is None or path.subject is None or group.opener in CONDITIONS:
            return None
        holders = self.holders.at(number, path.subject, group, offset)
        return (
            self._loose(scope, path, holders, ("loose:does", *_of_group(scope, group))) if holders else None
        )

    def _loose(
        self, scope: Bargain, path: Path, holders: tuple[Holder, ...], signals: tuple[str, ...]
    ) -> Loose:
        condition = None if path.is_threat else condition_of(scope.sentence, path, scope.groups)
        rule = " > ".join([*path.trail, signals[0].partition(":")[2]])
        act = path.act or ("support" if path.sign > 0 else "reject")
        reading = Reading(holders, path.sign, act, path.low, path.high, condition, rule)
        own = ["loose:negated"] if path.is_negated else []
        own += ["loose:flagged"] if path.is_flagged else []
        return Loose(reading, (*signals, *own))


def _of_group(scope: Bargain, group: Predicate | None) -> Iterator[str]:
    """Yield what the topic's predicate is like."""
    if group is None:
        yield "loose:no verb"
        return
    modal = min(group.modals, default="none")
    yield "loose:modal " + modal.replace("’", "'")
    yield "loose:passive" if group.is_passive else "loose:copula" if group.is_copula else "loose:active"
    low = scope.doc[group.main].lower_
    for name, table in (("realising", REALISING), ("flipping", FLIPPING_VERBS), ("opaque", OPAQUE_VERBS)):
        if low in table:
            yield f"loose:{name}"
    tag = scope.doc[group.start].tag_
    yield f"loose:{'past' if tag in ('VBD', 'VBN') else 'now'}"
