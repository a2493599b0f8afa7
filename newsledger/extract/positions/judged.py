"""What a predicate says of a topic: that it is good or bad, owed, doubted, past, or done by its subject."""

from __future__ import annotations

import re

from newsledger.extract.language.clauses import (
    TIME_NOUNS,
    Predicate,
    is_noun,
)
from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.frame import LINKING, Frame
from newsledger.extract.positions.path import Path
from newsledger.extract.positions.stance import (
    CLAIM_NOUNS,
    COMMITTING,
    CONDITIONAL_MARKERS,
    FLIPPING_VERBS,
    HAPPENING,
    IDLE,
    JUDGING,
    OBLIGING,
    OPAQUE_VERBS,
    OPPOSING,
    PAST_MARKERS,
    REALISING,
    RENDERING,
    STATIVES,
    TRAILING_PAST,
    Cue,
    is_flipping_phrase,
    phrase_at,
)
from newsledger.extract.positions.topic import Topic
from newsledger.extract.positions.verdicts import (
    BAD,
    BAD_PHRASES,
    GOOD,
    GOOD_PHRASES,
    HARMING,
    HELPING,
    IF_NOT,
    VIEWING,
)

_DOUBTS = words("""
    possible likely unlikely unclear uncertain conceivable probable improbable doubtful doubt
    questionable open     chance risk danger possibility likelihood odds
""")
_SUPPOSING = words("suppose imagine assume assuming supposing say")
_DECADE = re.compile(r"(?:1[89]|20)\d0s")
_FORECAST = words("expected likely due set poised believed thought said reported rumoured rumored unlikely")
_OWED = words("has have had needs need needed deserves deserve deserved merits ought")
_TO_SOMEBODY = words(
    "acceptable unacceptable palatable unpalatable abhorrent intolerable welcome vital crucial"
)
"""Adjectives whose "to" names whose judgement it is."""
_PERMITTING = frozenset(["can", "cannot", "ca", "must", "should", "ought"])
GOING_ON = verb_table("go continue proceed stay remain resume last persist")
_DROPPING = verb_table(
    "drop abandon cancel withdraw axe ditch renounce rescind block veto obstruct thwart halt stop prevent "
    "overturn torpedo quash scupper outlaw forbid prohibit ban"
)
"""Ending one's own thing: who does it is against it now ("The company drops job cuts")."""


def phrase_end(doc: Doc, at: int, limit: int) -> int | None:
    """Return the last token of the noun phrase that starts at a token, or None where none does."""
    k = at
    while k < limit and doc[k].tag_ in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$", "POS", "PRP"):
        k += 1
    return k - 1 if k > at and is_noun(doc[k - 1]) else None


class Judged(Frame):
    """A sentence whose predicates are asked what they say of their subject or object."""

    def _verdict(self, group: Predicate) -> int:
        """Return +1 or -1 where the predicate calls its subject good or bad, else 0."""
        low = self.doc[group.main].lower_
        if not group.is_copula and low not in LINKING:
            if phrase_at(self.doc, group.main, GOOD_PHRASES):
                return 1
            if group.is_negated and self.doc[group.main].lower_ in (
                "happen",
                "happening",
                "fly",
                "work",
                "stand",
            ):
                return 1
            if (
                low in ("make", "makes", "made")
                and self.doc[group.end : group.end + 2].text.lower() == "no sense"
            ):
                return -1
            if self.doc[group.end - 1].lower_ == "nobody":
                return -1 if low in HARMING else 1 if low in HELPING else 0  # its negation is counted apart
            if self._has_object(group):
                turn = -1 if self.doc[group.end].lower_ in ("nobody", "no", "nothing", "none") else 1
                return turn * (-1 if low in HARMING else 1 if low in HELPING else 0)
            return 1 if low in ("succeed", "prevail", "proceed") else 0
        is_excluded = group.is_negated and any(
            phrase_at(self.doc, k, IF_NOT) for k in range(group.end, min(group.end + 3, self.sentence.end))
        )
        if is_excluded or self._is_possible_if(group):
            return 1
        return self.judgement(group.end, 7)

    def _is_possible_if(self, group: Predicate) -> bool:
        """Return whether a thing is called possible on a condition ("is possible if")."""
        at = group.end + int(group.end < self.sentence.end and self.doc[group.end].is_quote)
        is_open = at < self.sentence.end and self.doc[at].lower_ in ("possible", "conceivable", "thinkable")
        return is_open and not group.is_negated and self._is_conditioned(at + 1)

    def _is_conditioned(self, at: int) -> bool:
        """Return whether a condition follows at once ("possible if", "conceivable provided that")."""
        return any(
            phrase_at(self.doc, k, CONDITIONAL_MARKERS) for k in range(at, min(at + 3, self.sentence.end))
        )

    def _scorn(self, topic: Topic) -> int:
        """Return -1 where quoted words follow: what is called by a quoted figure of speech is scorned."""
        after = self.doc[topic.end].text if topic.end < self.sentence.end else ""
        return -1 if after in ("“", '"', "‘", "'") else 0

    def _alone_helps(self, low: int, group: Predicate) -> int:
        """Return +1 where nothing but the topic will do ("only an inquiry could restore trust"), else 0."""
        near = range(max(self.sentence.start, low - 3), low)
        only = any(self.doc[k].lower_ == "only" for k in near)
        return int(only and bool(group.modals & COMMITTING) and not group.is_negated)

    def judgement(self, start: int, width: int) -> int:
        """Return +1 or -1 where a word of praise or blame follows in the same clause, else 0."""
        for k in range(start, min(start + width, self.sentence.end)):
            if self.doc[k].text in ",.;—–" or self.doc[k].lower_ in ("and", "but", "if", "unless"):
                return 0
            if phrase_at(self.doc, k, BAD_PHRASES) or self.doc[k].lower_ in BAD:
                return -1
            if phrase_at(self.doc, k, GOOD_PHRASES) or self.doc[k].lower_ in GOOD:
                return 1
        return 0

    def _is_doubted(self, group: Predicate) -> str:
        """Return why a clause only supposes what it says ("It is possible that", "Suppose"), or ""."""
        at = group.opener_at
        if group.opener in ("that", "whether", "if") and at > self.sentence.start:
            before = self.doc[at - 1].lower_
            if before in _DOUBTS:
                return "forecast"
            if before in CLAIM_NOUNS and self.doc[at - 1].tag_ in ("NN", "NNS"):
                return "ascribed by another"
        lead = self.doc[self.sentence.start]
        if lead.lower_ in _SUPPOSING:
            return "hypothetical"
        is_first = not any(
            g.form == "finite" and g.start > self.sentence.start for g in self.groups if g.end <= group.start
        )
        is_inverted = lead.lower_ in ("should", "were") and is_first and group.subject != self.sentence.start
        return "hypothetical" if is_inverted else ""

    def _forecasts(self, group: Predicate) -> bool:
        words = {self.doc[group.main].lower_}
        if group.is_copula and group.end < self.sentence.end:
            words.add(self.doc[group.end].lower_)
        return bool(words & _FORECAST) and (group.is_passive or group.is_copula)

    def _is_governed(self, at: int) -> bool:
        """Return whether an infinitive hangs on another stance or on a forecast ("is expected to reject")."""
        parent = self.groups[at - 1]
        return self.cue_of(parent) is not None or self._forecasts(parent)

    def _is_weak(self, group: Predicate, cue: Cue) -> bool:
        """Return whether a negated stance word takes no stance ("has not agreed", "did not call for")."""
        inside = {t.lower_ for t in self.doc[group.start : min(group.end + 1, self.sentence.end)]}
        if not group.is_negated or "never" in inside:
            return False
        if "longer" in inside and cue.kind == "verb":
            return cue.sign < 0 and cue.word == "rule out"
        first = cue.word.split()[0]
        if cue.kind != "verb":
            return "yet" in inside
        if cue.sign < 0 and group.modals & {"can", "could", "ca"}:
            return True
        if cue.sign < 0:
            return first not in OPPOSING
        if inside & {"have", "has", "had", "yet", "having", "'ve", "’ve"}:
            return True
        return first not in STATIVES and not group.modals

    def _is_past(self, group: Predicate) -> bool:
        """Return whether the stance is told as past ("had previously refused", "having long refused")."""
        low = max(self.sentence.start, group.start - 6)
        high = min(self.sentence.end, group.end + 2)
        marks = range(max(low, group.opener_at + 1), high)
        if any(phrase_at(self.doc, k, PAST_MARKERS) and not self._is_aside(k, group) for k in marks):
            return True
        if (
            any(phrase_at(self.doc, k, TRAILING_PAST) for k in range(high, self.sentence.end))
            and group.form == "finite"
        ):
            return not any(g.start > group.end and g.form == "finite" for g in self.groups)
        if self._is_of_former_times(group):
            return True
        if any(_DECADE.fullmatch(t.text) for t in self.doc[low : group.start]):
            return True
        first = self.doc[group.start].lower_
        if first == "had" and group.opener in ("which", "who") and group.end - group.start > 1:
            return True
        before = self.doc[group.start - 1].lower_ if group.start > self.sentence.start else ""
        return first == "having" or (
            group.form == "gerund" and before in ("after", "since", "despite", "before")
        )

    def _is_of_former_times(self, group: Predicate) -> bool:
        """Return whether "before the war," opens a sentence, or "in the last parliament" closes a clause."""
        lead = self.doc[self.sentence.start]
        if lead.lower_ == "before" and self.doc[group.start].tag_ == "VBD":
            front = self.doc[self.sentence.start : group.start]
            return any(t.text == "," for t in front) and not any(
                g.end <= group.start and g is not group for g in self.groups
            )
        if group.opener not in ("who", "which"):
            return False
        for k in range(group.end, self.sentence.end):
            if self.doc[k].text == ",":
                return False
            if phrase_at(self.doc, k, TRAILING_PAST):
                return True
        return False

    def _is_aside(self, at: int, group: Predicate) -> bool:
        """Return whether a token stands in a relative clause that a comma closes before a predicate."""
        inner = [g for g in self.groups if g.end <= at and g.opener in ("who", "which", "whose", "that")]
        return bool(inner) and any(self.doc[k].text == "," for k in range(at, group.start))

    def _may_happen(self, group: Predicate) -> bool:
        """Return whether a predicate says that its subject takes place, is made or is something."""
        return group.is_passive or group.is_copula or self.doc[group.main].lower_ in HAPPENING

    def _is_obliged(self, group: Predicate) -> bool:
        before = self.doc[group.main - 1].lower_ if group.main > self.sentence.start else ""
        after = self.doc[group.end].lower_ if group.end < self.sentence.end else ""
        if self.doc[group.main].lower_ in ("has", "have", "had", "needed", "ought") and after == "to":
            return True
        return self.doc[group.main].lower_ in ("need", "needs") or (
            before == "to" and self.doc[max(group.start - 1, 0)].lower_ in ("has", "have")
        )

    def _has_object(self, group: Predicate) -> bool:
        if group.end >= self.sentence.end or group.is_passive or group.is_copula:
            return False
        token = self.doc[group.end]
        if self.doc[group.main].lower_ in ("take", "takes", "took", "taken") and token.lower_ == "place":
            return False
        starts = ("DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "PRP", "CD")
        return token.tag_ in starts and token.lower_ not in TIME_NOUNS | {"last", "next", "this"}

    def _passes_judgement(self, path: Path, topic: Topic, number: int) -> bool:
        """Set the holder from "X called the topic a mistake"; return whether it is such a judgement."""
        group = self.groups[number]
        if self.doc[group.main].lower_ in RENDERING and self._makes_conditional(path, topic, number):
            return True
        if self.doc[group.main].lower_ in RENDERING and not group.is_negated:
            return self._renders(path, topic)
        is_viewed = self.doc[group.main].lower_ in VIEWING
        if (
            (self.doc[group.main].lower_ not in JUDGING and not is_viewed)
            or group.is_passive
            or group.is_negated
        ):
            return False
        verdict = self.judgement(topic.end, 8) or (0 if is_viewed else self._scorn(topic))
        if not verdict:
            return False
        word = self.doc[group.main].lower_
        path.sign *= verdict
        path.cue = Cue(word, "support" if path.sign > 0 else "reject", verdict, group.main, group.end, "verb")
        path.act, path.holder = path.cue.act, self.subject_of(number)
        path.cover(group.start, min(topic.end + 5, self.sentence.end))
        path.stop = "" if path.holder is not None else "no holder"
        return True

    def _makes_conditional(self, path: Path, topic: Topic, number: int) -> bool:
        """Set the holder from "X made the topic conditional on"; return whether it is said."""
        after = self.doc[topic.end : topic.end + 2].text.lower().split()
        if after[:1] not in (["conditional"], ["contingent"], ["dependent"]) or after[1:] not in (
            ["on"],
            ["upon"],
        ):
            return False
        group = self.groups[number]
        path.cue = Cue("make conditional", "agree", 1, group.main, group.end, "verb")
        path.act, path.holder = "agree", self.subject_of(number)
        path.cover(group.start, topic.end)
        path.stop = "" if path.holder is not None else "no holder"
        return True

    def _renders(self, path: Path, topic: Topic) -> bool:
        """Flag "made the rise more necessary", whoever says it; return False, for nobody holds it yet."""
        verdict = self.judgement(topic.end, 4)
        if verdict:
            path.sign *= verdict
            path.is_flagged = True
            path.cover(topic.start, min(topic.end + 4, self.sentence.end))
        return False

    def _judge(self, path: Path, group: Predicate) -> None:
        """Apply what is said of the topic: good, bad, harmful, ending, or accepted by somebody."""
        cue = self.cue_of(group)
        if group.is_passive and cue is not None and self._is_due(path, group, cue):
            return
        if group.is_passive and cue is not None:
            self._accepted(path, group, cue)
            return
        if self._is_owed(path, group):
            return
        verdict = self._verdict(group) or self._alone_helps(path.low, group)
        self._note_modality(path, group)
        if self.doc[group.main].lower_ in GOING_ON:
            path.goes_on, path.tense = True, self.doc[group.start].tag_
        if verdict:
            path.is_flagged = True
            path.sign *= verdict
            self._to_whom(path, group)
        elif self._ends_itself(group):
            path.flip(self.doc[group.main].lower_)
        elif self._has_object(group) or not self._may_happen(group):
            path.stop = "topic acts"
        if group.is_negated:
            path.flip("not")
            path.is_negated = True
        joined = self._joined_to(group)
        if joined is not None and not verdict and not path.stop and not path.is_negated:
            self._judge(path, joined)  # "were an affront and must stop"

    def _to_whom(self, path: Path, group: Predicate) -> None:
        """Set the holder from "To X the topic is unacceptable" and "is acceptable to X"."""
        if not group.is_copula:
            return
        lead = self.doc[self.sentence.start].lower_
        head = None
        if lead in ("to", "for") and path.low > self.sentence.start + 1:
            head = phrase_end(self.doc, self.sentence.start + 1, path.low)
        for k in range(group.end, min(group.end + 4, self.sentence.end - 1)):
            if self.doc[k].lower_ == "to" and self.doc[k - 1].lower_ in _TO_SOMEBODY:
                head = phrase_end(self.doc, k + 1, self.sentence.end)
        if head is None:
            return
        path.holder, path.predicate = head, group
        path.cue = Cue(
            "is", "support" if path.sign > 0 else "reject", path.sign, group.main, group.end, "verdict"
        )
        path.act = path.cue.act

    def _ends_itself(self, group: Predicate) -> bool:
        """Return whether the topic comes to an end; what ends in something else does not."""
        after = self.doc[group.end].lower_ if group.end < self.sentence.end else ""
        is_ending = self.doc[group.main].lower_ in FLIPPING_VERBS and after not in ("in", "with", "up")
        return is_ending and not self._has_object(group)

    def _joined_to(self, group: Predicate) -> Predicate | None:
        """Return the predicate that "and" joins to one with the same subject, or None."""
        number = self.groups.index(group) + 1
        after = self.groups[number] if number < len(self.groups) else None
        is_joined = after is not None and after.form == "finite" and after.opener in ("and", "but")
        return after if is_joined and after is not None and after.subject is None else None

    def _is_due(self, path: Path, group: Predicate, cue: Cue) -> bool:
        """Apply "is needed", "can be supported", "must be refused": what the one who says it would do.

        Return whether the predicate is one of these: passive, without an agent.
        """
        is_wanted = cue.word in ("need", "require")
        if self._agent(max(group.end, cue.end)) is not None:
            return False
        if not is_wanted and not group.modals & _PERMITTING:
            return False
        path.cover(group.start, group.end)
        path.is_flagged, path.subject = True, group.subject
        path.sign *= cue.sign
        if group.is_negated:
            path.flip("not")
            path.is_negated = True
        return True

    def _is_owed(self, path: Path, group: Predicate) -> bool:
        """Apply "has to be", "needs to be", "deserves to be" said of the topic; return whether it is said."""
        number = self.groups.index(group)
        inner = self.groups[number + 1] if number + 1 < len(self.groups) else None
        if self.doc[group.main].lower_ not in _OWED or inner is None or inner.form != "infinitive":
            return False
        if inner.start > group.end + 1:
            return False
        self._note_modality(path, group)
        path.cover(inner.start, inner.end)
        path.is_flagged = True
        if self.doc[inner.main].lower_ in FLIPPING_VERBS:
            path.flip(self.doc[inner.main].lower_)
        if group.is_negated or inner.is_negated:
            path.flip("not")
            path.is_negated = True
        return True

    def _accepted(self, path: Path, group: Predicate, cue: Cue) -> None:
        """Apply a passive stance word: "the topic was rejected by X"."""
        path.holder = self._agent(max(group.end, cue.end))
        path.cue, path.act = cue, cue.act
        path.cover(group.start, group.end + 2)
        path.sign *= cue.sign
        if path.holder is None:
            path.stop = "no holder"
        if group.is_negated:
            path.flip("not")

    def _note_modality(self, path: Path, group: Predicate) -> None:
        is_idle = path.cue is None and self._is_idle(path, group)
        path.cover(group.start, group.end)
        if group.modals & OBLIGING or self._is_obliged(group):
            path.is_flagged = True
        if group.modals & COMMITTING and not is_idle:
            path.is_commitment = True
        if path.subject is None:
            path.subject = group.subject

    def _is_idle(self, path: Path, group: Predicate) -> bool:
        """Return whether a verb does nothing for or against its object ("will look at")."""
        if path.low <= group.main < path.high or group.main > path.low:
            return False
        word = self.doc[group.main].lower_
        is_flipping = word in FLIPPING_VERBS or is_flipping_phrase(self.doc, group.main)
        if group.is_negated:
            return word in IDLE
        return not (is_flipping or word in REALISING or group.is_copula or group.is_passive)

    def _operate(self, path: Path, group: Predicate) -> None:
        """Apply a verb that takes no stance: it may end its object, and may be negated."""
        self._note_modality(path, group)
        if self.doc[group.main].lower_ == "going" and path.predicate_below is not None:
            path.is_commitment = True
        is_yielding = self.doc[group.main : group.main + 2].text.lower() in ("submit to", "submitting to")
        if self.doc[group.main].lower_ in OPAQUE_VERBS and not is_yielding:
            path.stop = "detail"
        if self.doc[group.main].lower_ in FLIPPING_VERBS or is_flipping_phrase(self.doc, group.main):
            self._turn_round(path, group)
        if group.is_negated:
            path.cover(group.start, group.end)
            path.flip("not")
            path.is_negated = True

    def _turn_round(self, path: Path, group: Predicate) -> None:
        """Apply a verb of ending; note where its subject thereby gives up the thing itself."""
        path.cover(group.start, group.end)
        path.flip(self.doc[group.main].lower_)
        is_act = group.form == "finite" and not group.modals and not group.is_passive
        path.is_dropping = is_act and not group.is_negated and self.doc[group.main].lower_ in _DROPPING
