"""Signals from what is said of the counted."""

from __future__ import annotations

from collections.abc import Iterator

from newsledger.extract.figures.amounts import Amounts
from newsledger.extract.figures.counted import is_whole
from newsledger.extract.figures.matching.case import Case, Signal, Span, content
from newsledger.extract.language.families import EXCLUSIVE, FAMILIES, TOLL_NOUNS, families_of
from newsledger.extract.language.kinship import kin
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.reporting import REPORTING_VERBS


def predicate_signals(case: Case) -> tuple[list[Signal], int | None]:
    """Return what is said of the counted as far as the indicator asks for it, and the token that says it."""
    if not case.c.predicates:
        return [Signal("said:not asked"), *_unasked(case)], None
    if _is_left_out(case):
        return _left_out(case)
    strong = case.m.said.strong
    spans = [s for s in case.spans(case.c.predicates) if _may_say(case, s)]
    direct = [s for s in spans if not set(strong).isdisjoint(range(*s))]
    rival = _rival(case)
    noun = case.m.counted.noun
    if not direct and noun is not None and families_of(case.doc[noun].lower_) & case.c.families & _EVENTS:
        return [Signal("said:by the noun", f"said by {case.doc[noun].text!r}")], noun
    if direct and (rival is None or not _governs(case, rival)):
        best = min(direct, key=lambda s: min(_rank(case, i) for i in range(*s)))
        return _direct(case, best, direct), best[0]
    found: list[Signal] = []
    if rival is not None:
        found.append(Signal("said:rival", f"it is said {case.doc[rival].text!r}"))
    related = _related(case)
    if related is not None:
        return [*found, related[0]], related[1]
    return [*found, *_loose(case, spans)], None


_EVENTS = frozenset(FAMILIES) - words("held alive voted raised cut paid filed counted reached open")
"""Families whose nouns tell by themselves what happened ("41 deaths", "1,204 cases", "900 strikers")."""


def _direct(case: Case, best: Span, direct: list[Span]) -> list[Signal]:
    is_noun_only = all(s[0] == case.m.counted.noun for s in direct)
    reason = f"said {case.words(best)!r}"
    if is_noun_only:
        return [Signal("said:by the noun", reason)]
    is_first = min(_rank(case, i) for i in range(*best)) <= 1
    if best[1] - best[0] == 1 and case.doc[best[0]].lemma_.lower() in _LEVEL | _LIGHT:
        return [Signal("said:lightly", reason)]
    return [Signal("said:first" if is_first else "said:directly", reason)]


def _related(case: Case) -> tuple[Signal, int] | None:
    """Return a word said directly that is kin to a predicate: "strikers" for "strike", "shut" for "close"."""
    best: tuple[int, Signal, int] | None = None
    for index in content(case.doc, iter(case.m.said.strong[:6])):
        token = case.doc[index]
        relations = {kin(token.lower_, own) for own in case.c.predicate_words}
        for order, name in enumerate(("same", "made", "synonym")):
            if name in relations and (best is None or order < best[0]):
                best = order, Signal(f"said:kin {name}", f"said by {token.text!r}"), index
        if best is None and families_of(token.lower_) & case.c.families:
            best = 3, Signal("said:family", f"said by {token.text!r}"), index
        if best is None and not base_forms(token.lower_).isdisjoint(case.c.example_words):
            best = 3, Signal("said:as in examples", f"said by {token.text!r}"), index
    return (best[1], best[2]) if best else None


def _loose(case: Case, spans: list[Span]) -> Iterator[Signal]:
    """Yield where else a predicate is said."""
    clause = Amounts(case.c, case.m, case.around.parsed).clause()
    own = [s for s in spans if _is_own(case, s) and not _opens_whole(case, s)]
    inside = [s for s in own if clause.intersection(range(*s))]
    if any(not case.subject.isdisjoint(range(*s)) for s in spans):
        yield Signal("said:in the subject", f"its subject says {case.words(spans[0])!r}")
    elif inside and not is_whole(case.doc, case.m.first):
        yield Signal("said:in the clause", f"the clause says {case.words(inside[0])!r}")
    elif own:
        yield Signal("said:in the sentence", f"the sentence says {case.words(own[0])!r}")
    elif spans:
        yield Signal("said:of another number", f"{case.words(spans[0])!r} is said of another number")
    elif case.is_before(case.c.predicates):
        yield Signal("said:before", "said in the sentence before")
    elif case.is_above(case.c.predicates):
        yield Signal("said:above", "said in the heading")
    else:
        yield Signal("said:nothing", "nothing of its predicates is said")


def _unasked(case: Case) -> Iterator[Signal]:
    """Yield how what is said fits the label and the examples of an indicator without predicates."""
    named = [i for i in content(case.doc, iter(case.m.said.strong[:6])) if i != case.m.counted.noun]
    forms = [base_forms(case.doc[i].lower_) for i in named]
    if any(not f.isdisjoint(case.c.label_words | case.c.example_words) for f in forms):
        yield Signal("said:as in examples")


def label_signals(case: Case) -> Iterator[Signal]:
    """Yield how many words of the label the sentence, else the heading, says."""
    wanted = case.c.label_words
    if not wanted:
        return
    said = wanted & case.around.index.forms(case.m.paragraph, *case.m.sentence)
    share = len(said) / len(wanted)
    if share >= 0.99:
        yield Signal("label:all")
    elif share >= 0.5:
        yield Signal("label:half")
    elif said:
        yield Signal("label:some")


def _is_left_out(case: Case) -> bool:
    """Return whether the number is who the predicate does not speak of ("all but four were found")."""
    at = case.m.first
    return at >= 2 and case.doc[at - 2].lower_ == "all" and case.doc[at - 1].lower_ == "but"


def _left_out(case: Case) -> tuple[list[Signal], int | None]:
    """Return that who is not accounted for is missing; of others left out nothing is said."""
    behind = [t for t in case.doc[case.m.counted.end : case.m.sentence[1]] if t.lower_ == "accounted"]
    if behind and "missing" in case.c.families:
        return [Signal("said:first", "said of all but these 'accounted for'")], behind[0].i
    return [Signal("said:left out", "it is who the predicate leaves out")], None


def _may_say(case: Case, span: Span) -> bool:
    return not _names_whole(case, span) and not _ends_state(case, span)


def _ends_state(case: Case, span: Span) -> bool:
    """Return whether a past release ends the state an indicator of who is held counts."""
    token = case.doc[span[0]]
    if "held" not in case.c.families or "released" not in families_of(token.lower_):
        return False
    is_planned = token.i > 0 and case.doc[token.i - 1].lower_ == "be"
    return token.tag_ in ("VBD", "VBN") and not is_planned


def _names_whole(case: Case, span: Span) -> bool:
    """Return whether a word says something of the whole of which this is a part ("11 of the dead")."""
    counted = case.m.counted
    return counted.is_partitive and counted.start <= span[0] < counted.end


def _opens_whole(case: Case, span: Span) -> bool:
    """Return whether a word belongs to the whole that is named first ("Of 31 killed, 12 were women")."""
    first = case.m.sentence[0]
    head = case.doc[first : min(first + 4, case.m.first)]
    return span[1] <= case.m.first and case.doc[first].lower_ == "of" and any(t.like_num for t in head)


def _is_own(case: Case, span: Span) -> bool:
    """Return whether no other figure stands between the words and this number."""
    return case.m.bounds[0] <= span[0] and span[1] <= case.m.bounds[1]


def _rank(case: Case, index: int) -> int:
    strong = case.m.said.strong
    return strong.index(index) if index in strong else 99


def _governs(case: Case, index: int) -> bool:
    """Return whether a word is the verb right before the number ("trapped 16 workers")."""
    return case.m.first - 4 <= index < case.m.first and case.doc[index].tag_.startswith("VB")


def _rival(case: Case) -> int | None:
    """Return the token of a word said of the group that excludes this indicator's predicates."""
    for index in case.m.said.strong:
        own = families_of(case.doc[index].lower_)
        if own & EXCLUSIVE and own.isdisjoint(case.c.families):
            return index
    return None


def toll_signals(case: Case) -> Iterator[Signal]:
    """Yield that a noun stands for the count ("the toll rose to"), and whether it is this one's."""
    toll = case.m.said.toll
    if toll is None:
        return
    lemma = case.doc[toll].lemma_.lower()
    if families_of(case.doc[toll].lower_) & case.c.families:
        yield Signal("toll:own")
    elif lemma in TOLL_NOUNS:
        yield Signal("toll:some")


_LEVEL = words(
    """
    be have stand reach rise fall climb total number hit pass top exceed remain stay grow drop
    increase decrease count record report register confirm list give put include bring take see get
    come go make
    """
)
"""Verbs that only say that a number is so or how it moved."""

_LIGHT = words("raise cut lower hold pay run work call open close leave lose move send lead launch")
"""Verbs that say little without their object."""


def verb_signals(case: Case) -> Iterator[Signal]:
    """Yield whether the verb of the number says a thing of its own that is none of the indicator's."""
    verb = case.m.said.verb
    if verb is None:
        yield Signal("verb:none")
        return
    token = case.doc[verb]
    if token.lemma_.lower() in _LEVEL or token.lower_ in REPORTING_VERBS:
        yield Signal("verb:level")
    elif case.spans(case.c.predicates, verb, verb + 1) or case.spans(case.c.counts, verb, verb + 1):
        yield Signal("verb:own")
    else:
        yield Signal("verb:other")
