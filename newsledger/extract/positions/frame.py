"""One sentence laid out for the search of stances: its predicates, stance cues, and a topic's place."""

from __future__ import annotations

from newsledger.extract.language.clauses import (
    CONDITIONS,
    TIME_NOUNS,
    Predicate,
    is_noun,
    phrase_start,
    predicates,
)
from newsledger.extract.language.inflect import verb_forms
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.asides import labelled, without_asides
from newsledger.extract.positions.stance import (
    CARRYING,
    OPAQUE_NOUNS,
    TRANSPARENT_NOUNS,
    Cue,
    cues,
    phrase_at,
)
from newsledger.extract.positions.topic import Topic
from newsledger.extract.voices.reporting import NON_ANSWERS, REPORTING_VERBS

_LINKS = words("of on for about over regarding to that between concerning in around into")
_LIGHT = words("""
    voice express show have share feel sound remain signal state cite make issue repeat reiterate
    renew give offer declare reaffirm maintain keep be seem appear look stress underline underscore
    restate add announce pledge file submit lodge launch mount lead table bring start organise stage circulate
    hand sign stick face vent win deliver put mount begin run wage present collect
""")
LINKING = words(
    "remain remains remained stay stays stayed seem seems seemed appear appears appeared feel feels felt"
)
_REFLEXIVE = words("himself herself itself themselves")


class Frame:
    """The predicates and stance cues of one sentence, read once for all its topics."""

    def __init__(self, sentence: Span) -> None:
        self.sentence = sentence
        self.doc: Doc = sentence.doc
        self.groups = labelled(sentence, without_asides(sentence, predicates(sentence)))
        self.cues = cues(self.doc, sentence.start, sentence.end)
        self.is_non_answer = [
            k for k in range(sentence.start, sentence.end) if phrase_at(self.doc, k, NON_ANSWERS)
        ]

    def is_unanswered(self, topic: Topic) -> bool:
        """Return whether words for giving no answer govern the topic ("would not be drawn on")."""
        if topic.is_anaphor:
            return False
        for k in self.is_non_answer:
            between = [g for g in self.groups if k + 2 < g.start < topic.start and g.form == "finite"]
            if k < topic.start and not between:
                return True
        return False

    def place(self, topic: Topic) -> tuple[int | None, str]:
        """Return the predicate that governs a topic and the topic's role in its clause."""
        if topic.is_anaphor and self.doc[topic.start].lower_ not in ("it", "one", "that", "this"):
            gap = self._gap(topic)
            if gap is not None:
                return gap
        for number, group in enumerate(self.groups):
            if topic.start <= group.main < topic.end:
                return number, "verb"
        for number, group in enumerate(self.groups):
            if group.start >= topic.end:
                below = self.groups[number - 1] if number else None
                is_object = (
                    below is not None and below.form == "infinitive" and 0 <= topic.start - below.end <= 4
                )
                if is_object and below is not None and not has_comma(self.doc, below.end, topic.start):
                    return number - 1, "object"
                if group.subject is not None and self._is_subject(topic, group):
                    return number, "subject"
                if not self._is_set_off(topic, group):
                    break
        before = [n for n, group in enumerate(self.groups) if group.end <= topic.start]
        fronted = self._fronting(topic) if not before else None
        if fronted is not None:
            return fronted, "object"
        before = [n for n in before if not self._is_closed_aside(n, topic.start)] or before
        return (before[-1], "object") if before else (None, "")

    def _fronting(self, topic: Topic) -> int | None:
        """Return the predicate whose object a topic in front is ("A higher tax she would accept")."""
        first = next((n for n, g in enumerate(self.groups) if g.start >= topic.end), None)
        if first is None:
            return None
        group = self.groups[first]
        has_own = group.subject is not None and topic.end <= group.subject < group.start
        is_open = group.end >= self.sentence.end or self.doc[group.end].tag_ not in (
            "DT",
            "PRP$",
            "PRP",
            "NN",
            "NNS",
        )
        is_near = has_own and group.start - topic.end <= 5 and not has_comma(self.doc, topic.end, group.start)
        cue = self.cue_of(group)
        is_plain = group.opener == "" or group.opener_at < topic.start
        return first if is_near and is_open and is_plain and cue is not None and cue.kind == "verb" else None

    def _is_set_off(self, topic: Topic, group: Predicate) -> bool:
        """Return whether a clause between commas parts a topic from its verb (", once it is declared,")."""
        at = group.opener_at
        return bool(at >= topic.end and at > 0 and self.doc[at - 1].text in (",", "—", "–"))

    def _gap(self, topic: Topic) -> tuple[int, str] | None:
        """Return the place of "a step" in "a step it has long resisted".

        Object, or subject one clause down.
        """
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
        if subject is None or (self.doc[subject].tag_ in ("WDT", "WP") and not topic.is_anaphor):
            return False
        if group.opener_at >= topic.end and group.opener in CONDITIONS | {
            "because",
            "when",
            "after",
            "before",
            "as",
        }:
            return False
        start = phrase_start(self.doc, subject, self.sentence.start)
        return start <= topic.start <= subject or (
            subject < topic.start and not has_comma(self.doc, subject, topic.start)
        )

    def _is_closed_aside(self, number: int, at: int) -> bool:
        """Return whether a participle stands between commas (", echoed in the plan, that ...")."""
        group = self.groups[number]
        opens = group.start > self.sentence.start and self.doc[group.start - 1].text in (",", "—", "–")
        return group.form == "participle" and opens and has_comma(self.doc, group.end, at)

    def _floor(self, number: int | None, role: str) -> int:
        """Return the leftmost token at which operators over the topic's noun phrase can stand."""
        if number is None:
            return int(self.sentence.start)
        group = self.groups[number]
        if role == "object":
            cue = self.cue_of(group)
            return group.end if cue is None else max(group.end, cue.end)
        previous = self.groups[number - 1].end if number else self.sentence.start
        above = self.cue_of(self.groups[number - 1]) if number else None
        if above is not None:
            previous = max(previous, min(above.end, group.start))
        return max(previous, group.opener_at + 1) if group.opener not in ("that", "") else previous

    def _is_detail(self, topic: Topic) -> bool:
        """Return whether the topic only modifies another noun ("ceasefire talks", "the plan's timetable")."""
        at = topic.end
        is_owner = at < self.sentence.end and self.doc[at].lower_ in ("'s", "’s", "'", "’")
        at += int(is_owner)
        if topic.is_anaphor or not is_noun(self.doc[topic.end - 1]):
            return False
        modified: list[str] = []
        while at < self.sentence.end and len(modified) < 4 and self.doc[at].tag_ in ("JJ", "NN", "NNS"):
            if self.doc[at].tag_ == "JJ" and not is_owner and not modified:
                break
            if self.doc[at].lower_ in TIME_NOUNS:
                break
            modified.append(self.doc[at].lower_)
            at += 1
        if not modified:
            return False
        return modified[-1] in OPAQUE_NOUNS or (not is_owner and modified[-1] not in TRANSPARENT_NOUNS)

    def _links(self, k: int) -> bool:
        return k + 1 < len(self.doc) and (
            self.doc[k + 1].lower_ in _LINKS or self.doc[k + 1].text in (",", "—")
        )

    def _negates(self, k: int) -> bool:
        low = self.doc[k].lower_
        following = self.doc[k + 1].lower_ if k + 1 < len(self.doc) else ""
        if low in ("no", "without", "neither", "nothing", "nobody"):
            return following not in ("longer", "doubt", "delay", "less", "short", "but", "about")
        if low in ("than", "of") and self.doc[k - 1].lower_ in ("rather", "instead"):
            return True
        if low == "against":
            return not any(c.start < k < c.end and c.kind != "adjective" for c in self.cues)
        return (
            low in ("not", "never")
            and following not in ("just", "only", "even", "least")
            and not self._in_group(k)
        )

    def _in_group(self, k: int) -> bool:
        return any(group.start <= k < group.end for group in self.groups)

    def _cue_ending(self, k: int, kind: str) -> Cue | None:
        return next((c for c in self.cues if c.start <= k < c.end and c.kind == kind), None)

    def _state_of(self, group: Predicate) -> Cue | None:
        """Return the adjective a participle is behind "be" or "remain" ("remained committed to")."""
        if self.doc[group.main].tag_ != "VBN":
            return None
        number = self.groups.index(group)
        is_linked = number > 0 and self.doc[self.groups[number - 1].main].lower_ in LINKING
        if not group.is_passive and not is_linked:
            return None
        return next((c for c in self.cues if c.kind == "adjective" and c.start == group.main), None)

    def cue_of(self, group: Predicate) -> Cue | None:
        """Return the stance cue of a predicate: its verb, or the adjective behind its "be"."""
        state = self._state_of(group)
        if state is not None:
            return state
        for cue in self.cues:
            if cue.kind == "verb" and cue.start == group.main:
                return cue
        is_self = group.end < self.sentence.end and self.doc[group.end].lower_ in _REFLEXIVE
        if (
            is_self
            or group.is_copula
            or self.doc[group.main].lower_ in LINKING
            or self.doc[group.main].tag_ == "VBN"
        ):
            for cue in self.cues:
                if cue.kind == "adjective" and group.main <= cue.start <= group.end + 2:
                    return cue
        return None

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

    def _shares_subject(self, at: int) -> bool:
        """Return whether a verb without a subject takes that of the verb before it.

        "decided to reject" and ", demanding" do; "talked about passing" and "a day to pass" do not.
        """
        group = self.groups[at]
        if group.form not in ("infinitive", "gerund") or self._own_subject(group) is not None:
            return True
        before = self.doc[group.start - 1].lower_ if group.start > self.sentence.start else ""
        if group.form == "gerund" and before in (",", "—", "–", "while", "by", ""):
            return True
        if at == 0:
            return bool(group.start == self.sentence.start)
        above = self.groups[at - 1]
        if group.opener in ("and", "or") and above.form == group.form:
            return self._shares_subject(at - 1)
        is_near = group.start - above.end <= 6
        is_carrying = above.is_copula or self.doc[above.main].lower_ in CARRYING
        return is_near and is_carrying and self._shares_subject(at - 1)

    def _has_negative_subject(self, group: Predicate) -> bool:
        """Return whether the subject is negated: "Neither X nor Y supports", "no minister backs"."""
        if group.subject is None:
            return False
        start = phrase_start(self.doc, group.subject, self.sentence.start)
        low = max(self.sentence.start, group.opener_at + 1, start - 4)
        low = next((k + 1 for k in range(start - 1, low - 1, -1) if self.doc[k].text == ","), low)
        region = [t.lower_ for t in self.doc[low : group.subject]]
        return bool({"neither", "none", "nobody", "no", "nor"} & set(region)) or self.doc[
            group.subject
        ].lower_ in ("none", "nobody", "neither")

    def _is_gerund_subject(self, below: Predicate, topic: Topic) -> bool:
        """Return whether a gerund with the topic is the subject ("ceasing the work would be ...")."""
        return not has_comma(self.doc, below.end, topic.start)

    def subject_of(self, at: int) -> int | None:
        """Return the subject of a predicate.

        That is, taken from the one it hangs on or is joined to if it has none.
        """
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


def has_comma(doc: Doc, start: int, end: int) -> bool:
    """Return whether a comma or dash stands among tokens."""
    return any(doc[k].text in (",", "—", "–") for k in range(start, end))


def is_people(token: object) -> bool:
    """Return whether a capitalised adjective names a people or body ("Verian")."""
    text = getattr(token, "text", "")
    tag = getattr(token, "tag_", "")
    return tag in ("JJ", "NN") and text[:1].isupper()


def is_light(word: str) -> bool:
    """Return whether a verb only carries the noun behind it ("voice optimism", "make demands")."""
    return any(word in verb_forms(verb) for verb in _LIGHT)
