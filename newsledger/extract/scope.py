"""From a topic up to whoever takes a stance on it: what lies between decides for, against or nothing.

The path runs from the topic over the nouns and predicates above it. Every negation, verb or noun of ending
and stance word on the way multiplies the sign; a noun like "mechanism", a hypothetical or a past stance ends it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from newsledger.extract.clauses import CONDITIONS, Predicate, is_noun, phrase_start, predicates
from newsledger.extract.reporting import NON_ANSWERS, REPORTING_VERBS
from newsledger.extract.stance import (
    BAD,
    BAD_PHRASES,
    COMMITTING,
    DIRECTIVES,
    FLIPPING_NOUNS,
    FLIPPING_VERBS,
    GOOD,
    GOOD_PHRASES,
    HARMING,
    HELPING,
    OBLIGING,
    OPAQUE_NOUNS,
    PAST_MARKERS,
    TRANSPARENT_NOUNS,
    Cue,
    cues,
    is_flipping_phrase,
    phrase_at,
)
from newsledger.extract.text import ParsedText
from newsledger.extract.topics import Topic

_LINKS = frozenset("of on for about over regarding to that between concerning in around into".split())
_LIGHT = frozenset(
    "voice express show have share feel sound remain signal state cite make issue repeat reiterate renew give offer "
    "declare reaffirm maintain keep be seem appear look stress underline underscore restate add announce pledge".split()
)
_INFINITIVE_ONLY = frozenset(("tell", "work", "move", "need"))
"""Words that take a stance only with an infinitive: "told them to stop", not "told them that"."""
_UNSURE = frozenset("may might could".split())
_FORECAST = frozenset("expected likely due set poised believed thought said reported rumoured rumored unlikely".split())


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
    trail: list[str] = field(default_factory=list)

    def cover(self, start: int, end: int) -> None:
        """Widen the stretch of tokens that carries the stance."""
        self.low, self.high = min(self.low, start), max(self.high, end)

    def cue_offset(self, parsed: ParsedText, number: int) -> int:
        """Return the absolute offset of the stance word."""
        paragraph = parsed.paragraphs[number]
        at = self.cue.start if self.cue is not None else self.low
        return paragraph.start + paragraph.doc[at].idx

    def flip(self, word: str) -> None:
        """Turn the sign round, remembering the word that did it."""
        self.sign = -self.sign
        self.trail.append(word)


class Scope:
    """The predicates and stance cues of one sentence, read once for all its topics."""

    def __init__(self, sentence: Span) -> None:
        self.sentence = sentence
        self.doc: Doc = sentence.doc
        self.groups = predicates(sentence)
        self.cues = cues(self.doc, sentence.start, sentence.end)
        self.is_non_answer = [
            k for k in range(sentence.start, sentence.end) if phrase_at(self.doc, k, NON_ANSWERS)
        ]

    def path(self, topic: Topic) -> Path:
        """Return the path from a topic to the stance taken on it (``stop`` says why there is none)."""
        path = Path(topic.sign, topic.start, topic.end)
        number, role = self._place(topic)
        if self._is_detail(topic):
            path.stop = "detail"
            return path
        floor = self._floor(number, role)
        nominal = self._scan(path, topic.start - 1, floor)
        if nominal is not None and self._possessed(path, nominal):
            return path
        if path.stop or number is None:
            path.stop = path.stop or "no predicate"
            return path
        self._enter(path, topic, number, role)
        if not path.stop:
            self._climb(path, number, role)
        return path

    def _place(self, topic: Topic) -> tuple[int | None, str]:
        """Return the predicate that governs a topic and the topic's role in its clause."""
        if topic.is_anaphor:
            gap = self._gap(topic)
            if gap is not None:
                return gap
        for number, group in enumerate(self.groups):
            if topic.start <= group.main < topic.end:
                return number, "verb"
        for number, group in enumerate(self.groups):
            if group.start >= topic.end:
                below = self.groups[number - 1] if number else None
                is_object = below is not None and below.form == "infinitive" and 0 <= topic.start - below.end <= 4
                if is_object and below is not None and not _has_comma(self.doc, below.end, topic.start):
                    return number - 1, "object"
                if group.subject is not None and self._is_subject(topic, group):
                    return number, "subject"
                break
        before = [n for n, group in enumerate(self.groups) if group.end <= topic.start]
        before = [n for n in before if not self._is_closed_aside(n, topic.start)] or before
        return (before[-1], "object") if before else (None, "")

    def _gap(self, topic: Topic) -> tuple[int, str] | None:
        """Return the place of "a step" in "a step it has long resisted": object, or subject one clause down."""
        after = [n for n, group in enumerate(self.groups) if group.start >= topic.end]
        if not after:
            return None
        first = self.groups[after[0]]
        if self.doc[topic.end].lower_ in ("that", "which") and first.start == topic.end + 1:
            return after[0], "subject"
        if first.subject is None or first.subject < topic.end:
            return None
        lemma = REPORTING_VERBS.get(self.doc[first.main].lower_)
        if lemma and len(after) > 1 and self.groups[after[1]].start <= first.end + 1:
            return after[1], "subject"
        return after[0], "object"

    def _is_subject(self, topic: Topic, group: Predicate) -> bool:
        subject = group.subject
        if subject is None:
            return False
        start = phrase_start(self.doc, subject, self.sentence.start)
        return start <= topic.start <= subject or (subject < topic.start and not _has_comma(self.doc, subject, topic.start))

    def _is_closed_aside(self, number: int, at: int) -> bool:
        """Return whether a participle stands between commas before a place (", echoed in the plan, that ...")."""
        group = self.groups[number]
        opens = group.start > self.sentence.start and self.doc[group.start - 1].text in (",", "—", "–")
        return group.form == "participle" and opens and _has_comma(self.doc, group.end, at)

    def _floor(self, number: int | None, role: str) -> int:
        """Return the leftmost token at which operators over the topic's noun phrase can stand."""
        if number is None:
            return self.sentence.start
        group = self.groups[number]
        if role == "object":
            cue = self.cue_of(group)
            return group.end if cue is None else max(group.end, cue.end)
        previous = self.groups[number - 1].end if number else self.sentence.start
        return max(previous, group.opener_at + 1) if group.opener not in ("that", "") else previous

    def _is_detail(self, topic: Topic) -> bool:
        """Return whether the topic only modifies another noun ("ceasefire talks", "the plan's timetable")."""
        at = topic.end
        is_owner = at < self.sentence.end and self.doc[at].lower_ in ("'s", "’s", "'", "’")
        at += int(is_owner)
        if topic.is_anaphor or not is_noun(self.doc[topic.end - 1]):
            return False
        words = []
        while at < self.sentence.end and len(words) < 4 and self.doc[at].tag_ in ("JJ", "NN", "NNS"):
            if self.doc[at].tag_ == "JJ" and not is_owner and not words:
                break
            words.append(self.doc[at].lower_)
            at += 1
        if not words:
            return False
        return words[-1] in OPAQUE_NOUNS or (not is_owner and words[-1] not in TRANSPARENT_NOUNS)

    def _scan(self, path: Path, at: int, floor: int) -> Cue | None:
        """Apply the operators between a topic and its predicate, right to left; return a noun cue met."""
        crossed = False
        for k in range(at, floor - 1, -1):
            token = self.doc[k]
            low = token.lower_
            if low in (",", "and", "or", "—", ";"):
                crossed = True
                continue
            cue = self._cue_ending(k, "noun")
            if cue is not None and self._links(k):
                path.cover(cue.start, cue.end)
                path.sign *= cue.sign
                path.trail.append(cue.word)
                path.act = path.act or cue.act
                return cue
            if is_noun(token) and low in OPAQUE_NOUNS and self._links(k):
                path.stop = "detail"
                return None
            if is_noun(token) and low in FLIPPING_NOUNS and not crossed and self._links(k):
                path.cover(k, k + 1)
                path.flip(low)
            elif not crossed and self._negates(k):
                path.cover(k, k + 1)
                path.flip(low)
                path.is_negated = True
        return None

    def _links(self, k: int) -> bool:
        return k + 1 < len(self.doc) and (self.doc[k + 1].lower_ in _LINKS or self.doc[k + 1].text in (",", "—"))

    def _negates(self, k: int) -> bool:
        low = self.doc[k].lower_
        following = self.doc[k + 1].lower_ if k + 1 < len(self.doc) else ""
        if low in ("no", "without", "neither"):
            return following not in ("longer", "doubt", "delay", "less")
        if low in ("than", "of") and self.doc[k - 1].lower_ in ("rather", "instead"):
            return True
        if low == "against":
            return True
        return low in ("not", "never") and following not in ("just", "only", "even", "least") and not self._in_group(k)

    def _in_group(self, k: int) -> bool:
        return any(group.start <= k < group.end for group in self.groups)

    def _cue_ending(self, k: int, kind: str) -> Cue | None:
        return next((c for c in self.cues if c.start <= k < c.end and c.kind == kind), None)

    def cue_of(self, group: Predicate) -> Cue | None:
        """Return the stance cue of a predicate: its verb, or the adjective behind its "be"."""
        for cue in self.cues:
            if cue.kind == "verb" and cue.start == group.main:
                return cue
        if group.is_copula or self.doc[group.main].tag_ == "VBN":
            for cue in self.cues:
                if cue.kind == "adjective" and group.main <= cue.start <= group.end + 2:
                    return cue
        return None

    def _possessed(self, path: Path, cue: Cue) -> bool:
        """Set the holder from "X's demand for", "the X demand", "demands by X"; return whether one was found."""
        start = phrase_start(self.doc, cue.start, self.sentence.start)
        before = self.doc[start : cue.start]
        if any(t.lower_ == "no" for t in before):
            path.flip("no")
        owner = next((t for t in reversed(list(before)) if t.tag_ in ("PRP$", "NNP", "NNPS") or _is_people(t)), None)
        agent = self._agent(cue.end)
        if owner is None and agent is None:
            return self._carried(path, cue, start)
        path.holder = owner.i if owner is not None else agent
        path.cue, path.act = cue, cue.act
        path.cover(start, cue.end)
        path.predicate = next((g for g in self.groups if g.end <= start), None)
        if self._is_hypothetical_at(cue.start):
            path.stop = "hypothetical"
        return True

    def _carried(self, path: Path, cue: Cue, start: int) -> bool:
        """Set the holder from the subject of a verb that only carries the noun ("voiced opposition to")."""
        number = next((n for n in range(len(self.groups) - 1, -1, -1) if self.groups[n].end <= start), None)
        if number is None or start - self.groups[number].end > 2:
            return False
        group = self.groups[number]
        if not is_light(self.doc[group.main].lower_) or group.is_passive or group.is_copula:
            return False
        if group.modals & _UNSURE or group.form == "participle":
            return False
        if group.is_negated:
            path.flip("not")
            path.is_negated = True
        path.cue, path.act, path.predicate = cue, cue.act, group
        path.holder = self._subject_of(number)
        path.cover(group.start, cue.end)
        if path.holder is None:
            path.stop = "no holder"
        return True

    def _agent(self, at: int) -> int | None:
        """Return the head of "by X" or "from X" right behind a place."""
        if at + 1 >= self.sentence.end or self.doc[at].lower_ not in ("by", "from"):
            return None
        k = at + 1
        while k + 1 < self.sentence.end and self.doc[k + 1].tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ", "POS"):
            k += 1
        return k

    def _is_hypothetical_at(self, at: int) -> bool:
        group = next((g for g in self.groups if g.opener_at < at and g.end > at), None)
        return group is not None and group.opener in CONDITIONS and 0 <= group.opener_at < at

    def _enter(self, path: Path, topic: Topic, number: int, role: str) -> None:
        """Apply the predicate that governs the topic."""
        group = self.groups[number]
        path.predicate, path.subject = group, group.subject
        if role == "subject":
            below = self.groups[number - 1] if number else None
            if below is not None and below.form == "gerund" and below.end <= topic.start:
                if self._is_gerund_subject(below, topic):
                    self._operate(path, below)
            self._judge(path, group)
        elif role == "object" and self.cue_of(group) is None:
            self._operate(path, group)
        elif role == "verb":
            self._note_modality(path, group)
            if group.is_negated and not topic.start <= group.start:
                path.flip("not")
                path.is_negated = True

    def _is_gerund_subject(self, below: Predicate, topic: Topic) -> bool:
        """Return whether a gerund with the topic as its object is the subject ("ceasing the work would be ...")."""
        return not _has_comma(self.doc, below.end, topic.start)

    def _operate(self, path: Path, group: Predicate) -> None:
        """Apply a verb that takes no stance: it may end its object, and may be negated."""
        self._note_modality(path, group)
        if self.doc[group.main].lower_ in FLIPPING_VERBS or is_flipping_phrase(self.doc, group.main):
            path.cover(group.start, group.end)
            path.flip(self.doc[group.main].lower_)
        if group.is_negated:
            path.cover(group.start, group.end)
            path.flip("not")
            path.is_negated = True

    def _note_modality(self, path: Path, group: Predicate) -> None:
        path.cover(group.start, group.end)
        if group.modals & OBLIGING or self._is_obliged(group):
            path.is_flagged = True
        if group.modals & COMMITTING:
            path.is_commitment = True
        if path.subject is None:
            path.subject = group.subject

    def _is_obliged(self, group: Predicate) -> bool:
        before = self.doc[group.main - 1].lower_ if group.main > self.sentence.start else ""
        return self.doc[group.main].lower_ in ("need", "needs") or before == "to" and self.doc[
            max(group.start - 1, 0)
        ].lower_ in ("has", "have")

    def _judge(self, path: Path, group: Predicate) -> None:
        """Apply what is said of the topic: good, bad, harmful, ending, or accepted by somebody."""
        cue = self.cue_of(group)
        if group.is_passive and cue is not None:
            path.holder = self._agent(max(group.end, cue.end))
            path.cue, path.act = cue, cue.act
            path.cover(group.start, group.end + 2)
            path.sign *= cue.sign
            if path.holder is None:
                path.stop = "no holder"
            if group.is_negated:
                path.flip("not")
            return
        verdict = self._verdict(group)
        self._note_modality(path, group)
        if verdict:
            path.is_flagged = True
            path.sign *= verdict
        elif self.doc[group.main].lower_ in FLIPPING_VERBS and not self._has_object(group):
            path.flip(self.doc[group.main].lower_)
        elif self._has_object(group) or cue is not None:
            path.stop = "topic acts"
        if group.is_negated:
            path.flip("not")
            path.is_negated = True

    def _verdict(self, group: Predicate) -> int:
        """Return +1 or -1 where the predicate calls its subject good or bad, else 0."""
        low = self.doc[group.main].lower_
        if not group.is_copula:
            if self._has_object(group):
                return -1 if low in HARMING else 1 if low in HELPING else 0
            return 1 if low in ("succeed", "prevail", "proceed") else 0
        for k in range(group.end, min(group.end + 7, self.sentence.end)):
            if self.doc[k].text in ",.;—–" or self.doc[k].lower_ in ("and", "but", "if", "unless"):
                return 0
            if phrase_at(self.doc, k, BAD_PHRASES) or self.doc[k].lower_ in BAD:
                return -1
            if phrase_at(self.doc, k, GOOD_PHRASES) or self.doc[k].lower_ in GOOD:
                return 1
        return 0

    def _has_object(self, group: Predicate) -> bool:
        if group.end >= self.sentence.end or group.is_passive or group.is_copula:
            return False
        token = self.doc[group.end]
        if self.doc[group.main].lower_ in ("take", "takes", "took", "taken") and token.lower_ == "place":
            return False
        return token.tag_ in ("DT", "PRP$", "NN", "NNS", "NNP", "NNPS", "JJ", "PRP", "CD") and token.lower_ not in (
            "last", "next", "this", "today", "monday", "tuesday", "wednesday", "thursday", "friday", "tomorrow",
        )  # fmt: skip

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

    def _takes_stance(self, path: Path, at: int, cue: Cue) -> bool:
        """Apply a stance cue; return whether the stance is its subject's, so that the path ends here."""
        group = self.groups[at]
        if cue.word in _INFINITIVE_ONLY and path.predicate_below is not None and path.predicate_below.form == "finite":
            path.stop = "told"
            return True
        path.sign *= cue.sign
        path.is_negated |= cue.sign < 0
        path.trail.append(cue.word)
        path.cover(group.start, max(group.end, cue.end))
        if group.is_negated:
            path.flip("not")
            path.is_negated = True
        if group.modals & OBLIGING and cue.word not in ("need",):
            path.is_flagged = True
            return False
        if group.opener in CONDITIONS and group.form == "finite":
            return False
        if self._is_past(group):
            path.stop = "history"
            return True
        is_passive = group.is_passive or (group.form == "participle" and cue.kind == "verb")
        is_unsure = bool(group.modals & _UNSURE) and not (group.is_negated and "could" in group.modals)
        if is_unsure or (is_passive and cue.kind == "verb"):
            path.stop = "hypothetical" if is_unsure else "no holder"
            return True
        if group.form == "infinitive" and at and self._is_governed(at):
            return False
        if group.form == "gerund" and self.doc[group.start - 1].lower_ in ("of", "for", "from", "by", "about", "with"):
            path.stop = "ascribed"
            return True
        path.cue, path.act = cue, cue.act
        path.holder = self._subject_of(at)
        if path.holder is None:
            path.stop = "no holder"
        return True

    def _is_governed(self, at: int) -> bool:
        """Return whether an infinitive hangs on another stance or on a forecast ("is expected to reject")."""
        parent = self.groups[at - 1]
        return self.cue_of(parent) is not None or self._forecasts(parent)

    def _forecasts(self, group: Predicate) -> bool:
        words = {self.doc[group.main].lower_}
        if group.is_copula and group.end < self.sentence.end:
            words.add(self.doc[group.end].lower_)
        return bool(words & _FORECAST) and (group.is_passive or group.is_copula)

    def _subject_of(self, at: int) -> int | None:
        """Return the subject of a predicate, taken from the one it hangs on or is joined to if it has none."""
        group = self.groups[at]
        if group.subject is not None and group.form == "finite":
            return group.subject
        own = self._own_subject(group)
        if own is not None:
            return own
        for k in range(at - 1, -1, -1):
            if self.groups[k].form == "finite" and self.groups[k].subject is not None:
                return self.groups[k].subject
        return None

    def _own_subject(self, group: Predicate) -> int | None:
        """Return the subject of "with X demanding" or "X vowing to"."""
        if group.form != "gerund" or group.start - 1 < self.sentence.start:
            return None
        before = self.doc[group.start - 1]
        if not is_noun(before):
            return None
        start = phrase_start(self.doc, before.i, self.sentence.start)
        lead = self.doc[start - 1].lower_ if start > self.sentence.start else ""
        return before.i if lead in ("with", "and", "as") else None

    def _is_past(self, group: Predicate) -> bool:
        """Return whether the stance is told as one of the past ("had previously refused", "having long refused")."""
        low = max(self.sentence.start, group.start - 6)
        high = min(self.sentence.end, group.end + 2)
        if any(phrase_at(self.doc, k, PAST_MARKERS) for k in range(max(low, group.opener_at + 1), high)):
            return True
        if any(phrase_at(self.doc, k, PAST_MARKERS[6:]) for k in range(high, self.sentence.end)) and group.form == "finite":
            return not any(g.start > group.end and g.form == "finite" for g in self.groups)
        first = self.doc[group.start].lower_
        before = self.doc[group.start - 1].lower_ if group.start > self.sentence.start else ""
        return first == "having" or (group.form == "gerund" and before in ("after", "since", "despite", "before"))

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
        path.holder = self._subject_of(self.groups.index(threat))

    def _noun_above(self, path: Path, group: Predicate) -> Cue | None:
        """Return a noun cue right before an infinitive or a that-clause ("the demand that", "refusal to")."""
        before = self.doc[group.start - 1].lower_ if group.start > self.sentence.start else ""
        is_gerund = group.form == "gerund" and before in ("of", "to", "for", "in", "against")
        if not is_gerund and group.form != "infinitive" and (group.form != "finite" or group.opener != "that"):
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
            if cue is not None:
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
            if before in (",", "—", "–") or group.form == "participle":
                return None
            if before in ("by", "after", "before", "while", "when", "since", "despite"):
                path.stop = "circumstance"
                return None
            if before in ("without", "against", "from"):
                path.flip(before)
            return at - 1
        if group.opener in ("and", "but", "or") or (group.opener == "" and before == ","):
            return self._joined_parent(path, at)
        if group.opener in ("that", "", "so"):
            return at - 1 if self._takes_clause(at - 1, group) else None
        path.stop = "side clause" if group.opener in ("who", "which", "whose", "because", "than", "whom") else ""
        return None

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

    def _takes_clause(self, number: int, group: Predicate) -> bool:
        """Return whether a predicate has the clause as its object."""
        above = self.groups[number]
        word = self.doc[above.main].lower_
        return (
            self.cue_of(above) is not None
            or REPORTING_VERBS.get(word) is not None
            or group.opener == "so"
            or word in ("let", "ensure", "ensures", "ensuring", "make", "means")
        )


def _has_comma(doc: Doc, start: int, end: int) -> bool:
    return any(doc[k].text in (",", "—", "–") for k in range(start, end))


def _is_people(token: object) -> bool:
    """Return whether a capitalised adjective names a people or body ("Israeli")."""
    text = getattr(token, "text", "")
    tag = getattr(token, "tag_", "")
    return tag in ("JJ", "NN") and text[:1].isupper()


def is_light(word: str) -> bool:
    """Return whether a verb only carries the noun behind it ("voice optimism", "make demands")."""
    from newsledger.extract.inflect import verb_forms

    return any(word in verb_forms(verb) for verb in _LIGHT)


__all__ = ["DIRECTIVES", "Path", "Scope", "is_light"]
