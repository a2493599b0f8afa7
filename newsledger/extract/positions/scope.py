"""From a topic up to whoever takes a stance on it: what lies between decides for, against or nothing.

The path runs from the topic over the nouns and predicates above it. Every negation, stance
word, verb or noun of ending on the way multiplies the sign; a noun like "mechanism", a hypothetical or a
past stance ends it.
"""

from __future__ import annotations

from newsledger.extract.language.clauses import CONDITIONS, Predicate, is_noun, phrase_start
from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.verb_groups import NEGATIONS
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.frame import has_comma
from newsledger.extract.positions.judged import GOING_ON, phrase_end
from newsledger.extract.positions.nominal import Nominal
from newsledger.extract.positions.path import Path
from newsledger.extract.positions.stance import (
    FLIPPING_NOUNS,
    INCLUDING,
    OBLIGING,
    OPAQUE_NOUNS,
    TRANSPARENT_NOUNS,
    Cue,
    is_either_way,
)
from newsledger.extract.positions.topic import Topic
from newsledger.extract.voices.reporting import REPORTING_VERBS

_INFINITIVE_ONLY = words("tell work move need sue")
"""Words that take a stance only with an infinitive: "told them to stop", not "told them that"."""
_CIRCUMSTANCES = words("""
    after before during despite amid following since under because result ahead regardless until
""")
"""Words that make what follows a time or cause ("no layoffs as a result of the merger")."""
_UNSURE = words("may might")
_DELAYS = words("delay hesitation haste")
_MEANS = words("pressure pressurise")
"""What somebody is said to be about: "aimed to pressure the council" tells a purpose, no stance of his."""
_PROPOSING = verb_table("propose introduce table submit draft unveil sponsor put")
_ANYTHING_BUT = ("anything but", "far from", "not at all", "less than")
_BEFORE_A_CLAUSE = frozenset(("that", "and", "but", ",", ";", ":", "—"))
_MAKING = verb_table("make get persuade convince force induce bring compel")
_NOBODY = words("nothing nobody none")


class Scope(Nominal):
    """Paths from the topics of one sentence to the stances taken on them."""

    def path(self, topic: Topic, *, is_outer: bool = False) -> Path:
        """Return the path from a topic to the stance taken on it (``stop`` says why there is none).

        With ``is_outer`` a stance noun with an owner of its own is passed: "X rejected Y's demand for it"
        says what X thinks of it, too.
        """
        path = Path(topic.sign, topic.start, topic.end)
        number, role = self.place(topic)
        if self._is_detail(topic):
            path.stop = "detail"
            return path
        floor = self._floor(number, role)
        is_clause = role == "verb" and number is not None and self.groups[number].form == "finite"
        nominal = self.scan(path, topic.start - 1, floor, is_clause=is_clause)
        if nominal is not None and not is_outer and self._possessed(path, nominal):
            return path
        if path.stop or number is None:
            path.is_flagged = path.is_negated  # "X: no new taxes"
            path.stop = path.stop or ("" if path.is_negated else "no predicate")
            return path
        self._enter(path, topic, number, role)
        if not path.stop:
            self._climb(path, number, role)
        if not path.stop and self._is_negation_lost(path):
            path.stop = "clause cut"
        return path

    def _is_negation_lost(self, path: Path) -> bool:
        """Return whether a negation stands right before the stance and was not counted.

        The tree or the word classes may have cut it off; a stance read without it would be inverted.
        """
        at = path.low - 1
        while at >= self.sentence.start:
            token = self.doc[at]
            if token.lower_ in NEGATIONS and not self._in_group(at):
                return not self._is_only(at)
            is_between = (
                token.tag_ in ("RB", "MD", "TO") or token.is_quote or token.lower_ in ("have", "has", "be")
            )
            if not is_between:
                return False
            at -= 1
        return False

    def _opens(self, at: int) -> bool:
        """Return whether a word opens its sentence, a quotation or a clause behind "that"."""
        before = self.doc[at - 1] if at > self.sentence.start else None
        return (
            before is None or before.is_quote or before.lower_ in ("that", "and", "but", ",", ";", ":", "—")
        )

    def _is_only(self, at: int) -> bool:
        """Return whether a negation is "not only" or "not just"."""
        return at + 1 < len(self.doc) and self.doc[at + 1].lower_ in ("only", "just", "merely")

    def scan(self, path: Path, at: int, floor: int, *, is_clause: bool = False) -> Cue | None:
        """Apply the operators between a topic and its predicate, right to left; return a noun cue met.

        ``is_clause``: whether the topic holds its own finite verb, so that nouns before it cannot modify it.
        """
        crossed = False
        skip_to = at + 1
        for k in range(at, floor - 1, -1):
            if k >= skip_to:
                continue
            token = self.doc[k]
            low = token.lower_
            case = self._case_ending(k, floor)
            if case is not None and not crossed:
                skip_to = case[0]
                self._weigh_case(path, case, k)
                continue
            if low in (",", "and", "or", "—", ";"):
                crossed = True
                continue
            cue = self._cue_ending(k, "noun")
            if cue is not None and self._is_idle_noun(cue, k):
                continue
            if cue is not None and (self._links(k) or (cue.end - cue.start > 1 and cue.end == k + 1)):
                path.cover(cue.start, cue.end)
                path.sign *= cue.sign
                path.trail.append(cue.word)
                path.act = path.act or cue.act
                return cue
            path.stop = self._blocks(k, is_crossed=crossed)
            if path.stop == "detail" and is_clause:
                path.stop = ""  # the subject of the topic's own verb, or what stands before its clause
            if path.stop:
                return None
            if self.doc[k - 1].lower_ == "without" and low in _DELAYS:
                skip_to = k - 1
            elif is_noun(token) and low in FLIPPING_NOUNS and not crossed and self._links(k):
                path.cover(k, k + 1)
                path.flip(low)
            elif not crossed and self._negates(k):
                path.cover(k, k + 1)
                path.flip(low)
                path.is_negated = True
        return None

    def _is_idle_noun(self, cue: Cue, k: int) -> bool:
        """Return whether a noun takes no stance here: "plan" without "no", "opposition" for a party."""
        if cue.word == "opposition":
            return cue.end >= self.sentence.end or self.doc[cue.end].lower_ not in ("to", "by", "against")
        return cue.word == "plan" and bool(self.doc[k - 1].lower_ != "no")

    def _blocks(self, k: int, *, is_crossed: bool) -> str:
        """Return why a word between a topic and its predicate takes the stance away, or ""."""
        low = self.doc[k].lower_
        if low == "without" and self._opens(k):
            return "hypothetical"  # "Without a fence, he said, the war would go on"
        if is_either_way(self.doc, k):
            return "circumstance"
        if low in _CIRCUMSTANCES and not is_crossed and not self._in_group(k) and not self._goes_ahead(k):
            return "circumstance"
        return "detail" if is_noun(self.doc[k]) and low in OPAQUE_NOUNS and self._links(k) else ""

    def _goes_ahead(self, k: int) -> bool:
        return bool(self.doc[k].lower_ == "ahead" and self.doc[k + 1].lower_ != "of")

    def _enter(self, path: Path, topic: Topic, number: int, role: str) -> None:
        """Apply the predicate that governs the topic."""
        group = self.groups[number]
        path.predicate, path.subject = group, group.subject
        if role == "subject":
            below = self.groups[number - 1] if number else None
            is_gerund = below is not None and below.form == "gerund" and below.end <= topic.start
            if below is not None and is_gerund and self._is_gerund_subject(below, topic):
                self._operate(path, below)
            self._judge(path, group)
        elif role == "object" and self.cue_of(group) is None:
            if not self._passes_judgement(path, topic, number):
                self._operate(path, group)
        elif role == "verb":
            is_done = group.form == "finite" and not group.is_passive and not group.is_negated
            is_done = is_done and group.opener in ("", "and", "but", "that")
            path.is_act = is_done and not group.modals and topic.start <= group.main < topic.end - 1
            path.tense = self.doc[group.start].tag_
            path.goes_on = topic.start < group.start and self.doc[group.main].lower_ in GOING_ON
            self._note_modality(path, group)
            if group.is_negated and not topic.start <= group.start:
                path.flip("not")
                path.is_negated = True

    def _climb(self, path: Path, number: int, role: str) -> None:
        """Go up from the governing predicate until one takes a stance or the clause's root is reached."""
        if path.cue is not None:
            return
        at: int | None = number
        is_first = True
        for _ in range(6):
            if at is None or path.stop:
                return
            group = self.groups[at]
            path.predicate_below = None if is_first else path.predicate
            path.predicate = group
            cue = self.cue_of(group) if not (is_first and role in ("verb", "subject")) else None
            below = path.predicate_below
            if cue is not None and cue.word in _INFINITIVE_ONLY and below and below.form == "finite":
                cue = None
            if cue is not None and self._takes_stance(path, at, cue):
                return
            if cue is None and not is_first:
                self._pass(path, group)
            if group.opener in CONDITIONS and group.form == "finite":
                self._under_condition(path, at)
                return
            nominal = self._noun_above(path, group)
            if nominal is not None and (self._possessed(path, nominal)):
                return
            at, is_first = self._parent(path, at), False

    def _pass(self, path: Path, group: Predicate) -> None:
        """Apply a predicate on the way up that takes no stance itself."""
        word = self.doc[group.main].lower_
        if REPORTING_VERBS.get(word):
            return
        self._operate(path, group)

    def _apply(self, path: Path, group: Predicate, cue: Cue) -> None:
        """Multiply in the sign of a stance cue and of its negation."""
        path.sign *= cue.sign
        path.is_negated |= cue.sign < 0
        path.trail.append(cue.word)
        if (
            cue.kind == "adjective"
            and self.doc[max(0, cue.start - 2) : cue.start].text.lower() in _ANYTHING_BUT
        ):
            path.flip("anything but")
            path.is_negated = True
        path.cover(group.start, max(group.end, cue.end))
        after = self.doc[group.end : group.end + 2].text.lower().split()
        is_nothing = after[:1] == ["nothing"] and after[1:] not in (["less"], ["short"], ["but"], ["more"])
        if is_nothing or group.is_negated or self._has_negative_subject(group):
            path.flip("not")
            path.is_negated = True

    def _no_stance(self, group: Predicate, cue: Cue) -> str:
        """Return why a stance word shows no present stance of its subject, or ""."""
        if self._is_past(group):
            return "history"
        doubt = self._is_doubted(group)
        if doubt:
            return doubt
        if self._is_weak(group, cue):
            return "no answer"
        if cue.word in _MEANS and group.form == "infinitive":
            return "purpose"
        if group.modals & _UNSURE:
            return "hypothetical"
        is_passive = group.is_passive or group.form == "participle"
        return "no holder" if is_passive and cue.kind == "verb" else ""

    def _takes_stance(self, path: Path, at: int, cue: Cue) -> bool:
        """Apply a stance cue; return whether the stance is its subject's, so that the path ends here."""
        group = self.groups[at]
        if cue.sign < 0 and path.is_rejection:
            path.stop = "no answer"
            return True
        path.is_rejection |= cue.sign < 0
        self._apply(path, group, cue)
        if group.modals & OBLIGING and cue.word not in ("need",):
            path.is_flagged = True
            return False
        if (group.opener in CONDITIONS and group.form == "finite") or self._is_proposed(at):
            return False
        path.is_unsure |= "could" in group.modals and not group.is_negated
        path.stop = self._no_stance(group, cue)
        if path.stop:
            return True
        if group.form == "infinitive" and at and (self._is_governed(at) or self._is_supposed(at)):
            return False
        if self._is_made(path, at, cue):
            return True
        if not self._shares_subject(at):
            path.stop = "no holder"
            return True
        self._hold(path, at, cue)
        return True

    def _is_supposed(self, at: int) -> bool:
        """Return whether an infinitive hangs on a condition ("if X were to accept it")."""
        above = self.groups[at - 1]
        return above.form == "finite" and above.opener in CONDITIONS and above.is_copula

    def _is_made(self, path: Path, at: int, cue: Cue) -> bool:
        """Set the holder from "nothing would make X accept it"; return whether it is that."""
        above = self.groups[at - 1] if at else None
        if above is None or self.doc[above.main].lower_ not in _MAKING or above.subject is None:
            return False
        lead = self.doc[phrase_start(self.doc, above.subject, self.sentence.start)].lower_
        is_nothing = self.doc[above.subject].lower_ in _NOBODY or lead == "no"
        head = phrase_end(self.doc, above.end, self.groups[at].start)
        if not is_nothing or head is None:
            return False
        path.flip("nothing")
        path.is_negated = True
        path.cue, path.act, path.holder = cue, cue.act, head
        path.cover(above.start, self.groups[at].end)
        return True

    def _hold(self, path: Path, at: int, cue: Cue) -> None:
        """Give the stance of a cue to the subject of its predicate."""
        path.cue, path.act = cue, cue.act
        path.holder = self.subject_of(at)
        if path.holder is None:
            path.stop = "no holder"

    def _is_proposed(self, at: int) -> bool:
        """Return whether the subject is a bill or plan that somebody proposes in the same sentence."""
        group = self.groups[at]
        if group.subject is None or self.doc[group.subject].tag_ != "WDT" or not at:
            return False
        above, noun = self.groups[at - 1], self.doc[group.subject - 1].lower_
        is_near = 0 < group.subject - above.end <= 5
        return is_near and noun in TRANSPARENT_NOUNS and self.doc[above.main].lower_ in _PROPOSING

    def _under_condition(self, path: Path, at: int) -> None:
        """Read a topic inside a condition: a stance only where somebody threatens."""
        opener = self.groups[at].opener
        threat = next((g for g in self.groups if self.doc[g.main].lower_.startswith("threat")), None)
        if threat is None or (self.groups[at].opener_at < threat.start and opener not in ("if", "unless")):
            path.stop = "hypothetical"
            return
        path.sign *= -1 if opener in ("if", "once") else 1
        path.is_threat, path.act = True, "threaten"
        path.cue = Cue("threaten", "threaten", -1, threat.main, threat.main + 1, "verb")
        path.predicate = threat
        path.cover(threat.start, threat.end)
        path.holder = self.subject_of(self.groups.index(threat))

    def _noun_above(self, path: Path, group: Predicate) -> Cue | None:
        """Return a noun cue right before an infinitive or a that-clause ("the demand that", "refusal to")."""
        before = self.doc[group.start - 1].lower_ if group.start > self.sentence.start else ""
        is_gerund = group.form == "gerund" and before in ("of", "to", "for", "in", "against")
        if (
            not is_gerund
            and group.form != "infinitive"
            and (group.form != "finite" or group.opener != "that")
        ):
            return None
        number = self.groups.index(group)
        at = (group.opener_at if group.form == "finite" else group.start) - 1 - int(is_gerund)
        floor = self.groups[number - 1].end if number else self.sentence.start
        if at >= 0 and self.doc[at].text in (",", "—", "–"):
            mark = self.doc[at].text
            at = next((k - 1 for k in range(at - 1, self.sentence.start, -1) if self.doc[k].text == mark), at)
            floor = self.sentence.start
        for k in range(at, max(floor, at - 5) - 1, -1):
            cue = self._cue_ending(k, "noun")
            if cue is not None and (cue.word != "plan" or self.doc[k - 1].lower_ == "no"):
                path.sign *= cue.sign
                path.trail.append(cue.word)
                path.cover(cue.start, cue.end)
                path.act = cue.act
                return cue
            if k < at - 1 and self.doc[k].text == ",":
                return None
        return None

    def _parent(self, path: Path, at: int) -> int | None:
        """Return the predicate above one, or None at the root of a clause."""
        group = self.groups[at]
        if at == 0:
            return None
        before = self.doc[group.start - 1].lower_ if group.start > self.sentence.start else ""
        if group.form == "infinitive":
            while group.opener in ("and", "or") and at > 1 and self.groups[at - 1].form == "infinitive":
                at, group = at - 1, self.groups[at - 1]
            return self._forecast_or(path, at)
        if group.form in ("gerund", "participle"):
            return self._above_participle(path, at, before)
        if group.opener in ("and", "but", "or") or (group.opener == "" and before == ","):
            return self._joined_parent(path, at)
        if group.opener in ("that", "which") and self._insists(path, at):
            return None
        if group.opener in ("that", "", "so") and not self._is_led(at):
            return at - 1 if self._takes_clause(at - 1, group) else None
        path.stop = (
            "side clause" if group.opener in ("who", "which", "whose", "because", "than", "whom") else ""
        )
        return None

    def _insists(self, path: Path, at: int) -> bool:
        """Set the holder from "X will sign nothing that does not include it"; return whether it is that."""
        group, above = self.groups[at], self.groups[at - 1]
        if (
            group.opener not in ("that", "which")
            or not group.is_negated
            or self.doc[group.main].lower_ not in INCLUDING
        ):
            return False
        between = {t.lower_ for t in self.doc[above.start : group.start]}
        if not (above.is_negated or between & {"nothing", "no", "any", "none"}):
            return False
        path.flip("not")
        path.cue = Cue("demand", "request", 1, above.main, above.end, "verb")
        path.act, path.holder, path.predicate = "request", self.subject_of(at - 1), above
        path.cover(above.start, group.end)
        path.stop = "" if path.holder is not None else "no holder"
        return True

    def _is_led(self, at: int) -> bool:
        """Return whether a clause only follows a condition that leads it ("If X agrees, Y will ...")."""
        above, group = self.groups[at - 1], self.groups[at]
        is_side = above.opener in CONDITIONS or above.opener in ("while", "when", "although", "because")
        return is_side and group.opener == "" and has_comma(self.doc, above.end, group.start)

    def _above_participle(self, path: Path, at: int, before: str) -> int | None:
        """Return the predicate above a gerund: none behind a comma, none where it only says when or how."""
        above = self.groups[at - 1]
        is_wanted = 0 <= path.low - above.end <= 2 and path.low <= self.groups[at].start
        if is_wanted and self.cue_of(above) is not None:
            return at - 1  # "wants the plant closed"
        is_caused = self.doc[above.main].lower_ in ("have", "has", "had", "get", "see") and bool(above.modals)
        if is_caused and 0 < path.low - above.end + 1 <= 3:
            return at - 1  # "would have it extended"
        if before in (",", "—", "–") or self.groups[at].form == "participle":
            return None
        if before in ("by", "after", "before", "while", "when", "since", "despite"):
            path.stop = "circumstance"
            return None
        cue = self.cue_of(above)
        if before in ("without", "against", "from") and (cue is None or cue.end < self.groups[at].start):
            path.flip(before)
        return at - 1

    def _forecast_or(self, path: Path, at: int) -> int | None:
        parent = at - 1
        if self._forecasts(self.groups[parent]):
            path.stop = "forecast"
            return None
        between = self.doc[self.groups[parent].end : self.groups[at].start]
        if any(t.lower_ in OPAQUE_NOUNS for t in between):
            path.stop = "detail"
            return None
        return parent

    def _joined_parent(self, path: Path, at: int) -> int | None:
        """Return the predicate above the one this is joined to."""
        for k in range(at - 1, -1, -1):
            other = self.groups[k]
            if other.form == "finite":
                if path.subject is None:
                    path.subject = other.subject
                if other.opener in CONDITIONS:
                    self._under_condition(path, k)
                    return None
                if other.opener in ("that", "") and k and self._takes_clause(k - 1, other):
                    return k - 1
                return None
        return None
