"""The condition of a stance, verbatim, and the day something was said."""

from __future__ import annotations

from datetime import date, timedelta

from newsledger.extract.language.clauses import Predicate
from newsledger.extract.language.tokens import Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.path import Path
from newsledger.extract.positions.stance import CONDITIONAL_MARKERS, NEEDS_NEGATION, is_either_way, phrase_at
from newsledger.extract.voices.reporting import REPORTING_VERBS

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STOPS = frozenset(";—–")
_VERBAL = ("VBD", "VBZ", "VBP", "MD", "VBG", "VB", "VBN")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_NAMING = ("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$", "POS", "HYPH", ",")
_LEAVING = words("""
    but while though although as after because which who even despite amid adding according saying
    when following whereas
""")
_SPANS_OF_TIME = words("""
    minute minutes hour hours day days week weeks month months year years decade decades moments
    shortly soon just
""")


def condition_of(sentence: Span, path: Path, groups: list[Predicate]) -> tuple[int, int] | None:
    """Return the tokens of the condition that limits a stance, or None.

    "until", "before" and "without" are conditions only of what is negated ("will not sign until"); a marker
    behind a further joined clause belongs to that clause.
    """
    doc = sentence.doc
    for at in range(sentence.start, sentence.end):
        marker = phrase_at(doc, at, CONDITIONAL_MARKERS)
        if (
            marker is None
            or is_either_way(doc, at)
            or (path.low <= at < path.high and not _is_after_topic(path, at))
        ):
            continue
        if marker in (("as", "long", "as"), ("so", "long", "as")) and _is_open_end(sentence, at):
            continue
        if (
            marker[0] in NEEDS_NEGATION
            and not path.is_negated
            and (marker[0] not in ("as", "so") or (path.sign < 0 and not _is_agreed(path)))
        ):
            continue
        if (
            marker == ("if",)
            and at > sentence.start
            and doc[at - 1].lower_ in ("as", "even", "ask", "asked", "see")
        ):
            continue
        if marker in (("before",), ("once",), ("without",)) and not _opens_condition(sentence, at, path):
            continue
        if at < path.low and (not _leads(sentence, at, path.low) or _is_of_another(groups, path, at)):
            continue
        if at >= path.low and _is_divided(sentence, groups, path.high, at):
            continue
        return at, condition_end(sentence, at)
    return None


def _is_agreed(path: Path) -> bool:
    """Return whether a word of agreeing takes the stance ("agreed to keep every job as long as ...")."""
    return path.cue is not None and path.cue.sign > 0


_NO_END = ("it takes", "necessary", "needed", "possible", "is necessary", "is needed")


def _is_open_end(sentence: Span, at: int) -> bool:
    """Return whether "as long as" tells a time ("as long as it takes", "for as long as it lasts")."""
    if at > sentence.start and sentence.doc[at - 1].lower_ == "for":
        return True
    text: str = sentence.doc[at + 3 : min(at + 6, sentence.end)].text.lower()
    return text.startswith((*_NO_END, "it may take", "that may take", "that takes", "this takes"))


def _is_after_topic(path: Path, at: int) -> bool:
    return at >= path.high


def _opens_condition(sentence: Span, at: int, path: Path) -> bool:
    """Return whether a clause follows "before", "once" or "without" soon."""
    doc = sentence.doc
    if doc[at].lower_ == "without":
        return True
    if doc[at].lower_ == "once" and path.is_commitment and doc[at].tag_ == "IN" and at >= path.high:
        return bool(at + 2 < sentence.end)
    stop = min(at + 9, sentence.end)
    return any(doc[k].tag_ in ("VBZ", "VBP", "VBD", "VBG") for k in range(at + 1, stop))


def _is_of_another(groups: list[Predicate], path: Path, at: int) -> bool:
    """Return whether a leading condition belongs to another clause, or "only after" tells what happened.

    "Unless it rains, the roads stay shut, and X backs the plan"; "only after long talks did X agree".
    """
    own = path.predicate
    if own is None:
        return False
    between = [g for g in groups if at < g.start < own.start and g.form == "finite"]
    is_joined = own.opener in ("and", "but") and own.subject is not None
    return is_joined and len(between) > 1


def _leads(sentence: Span, at: int, low: int) -> bool:
    """Return whether a condition stands in front of its main clause ("Unless X, Y will ...")."""
    doc = sentence.doc
    if doc[at].lower_ == "only" and at == sentence.start:
        # "Only after a survey would X support it"; "Only after long talks did X agree" tells what happened
        return not any(doc[k].lower_ == "did" for k in range(at, low + 1))
    if at <= sentence.start + 1 and any(doc[k].tag_ in _FINITE for k in range(at + 1, low)):
        return True
    opens = at == sentence.start or doc[at - 1].text in (",", "“", '"', "that", "said", "says")
    return opens and any(doc[k].text == "," for k in range(at, low))


def _is_divided(sentence: Span, groups: list[Predicate], start: int, at: int) -> bool:
    """Return whether another finite clause begins between the stance and a marker."""
    for group in groups:
        before = sentence.doc[group.start - 1].text if group.start > sentence.start else ""
        is_joined = group.form in ("finite", "infinitive") or before in (",", "—", "–")
        if start <= group.start < at and is_joined:
            return True
    return any(sentence.doc[k].text in (";",) for k in range(start, at))


def condition_end(sentence: Span, at: int) -> int:
    """Return the token after the condition that a marker at a token opens."""
    doc = sentence.doc
    for k in range(at + 1, sentence.end):
        if doc[k].text in _STOPS or (doc[k].text in ("”", "»") and k > at + 2):
            return k
        if doc[k].text == "," and k > at + 2 and (_ends_clause(sentence, k) or _is_aside(sentence, at, k)):
            return k
    last = sentence.end
    while last > at + 1 and doc[last - 1].text in (".", "”", '"', "!", "?", ",", "’", "'"):
        last -= 1
    return int(last)


def _is_aside(sentence: Span, at: int, comma: int) -> bool:
    """Return whether behind a comma the sentence goes on about something else than the condition.

    That is the attribution (", Quill told reporters", ", according to"), a time (", three days after"), or a
    clause of its own. "And" goes on with the condition.
    """
    doc = sentence.doc
    has_verb = any(doc[k].tag_ in _VERBAL for k in range(at + 1, comma))
    if not has_verb and comma - at < 4 and doc[at].lower_ != "in":
        return False  # "unless Corvane, its owner, says yes"
    first = doc[comma + 1].lower_ if comma + 1 < sentence.end else ""
    if first in _LEAVING:
        return True
    for k in range(comma + 1, min(comma + 12, sentence.end)):
        low = doc[k].lower_
        if doc[k].text in (",", ";") and not _is_source_aside(sentence, comma, k):
            return False
        if low in REPORTING_VERBS and doc[k].tag_ in ("VBD", "VBZ", "VBP"):
            return True
        if low in ("after", "before", "since", "later", "earlier"):
            return any(doc[j].lower_ in _SPANS_OF_TIME for j in range(comma + 1, k))
    return False


def _is_source_aside(sentence: Span, comma: int, at: int) -> bool:
    """Return whether a comma only sets off who speaks (", its leader, Rufus Pence, said")."""
    return all(sentence.doc[k].tag_ in _NAMING for k in range(comma + 1, at))


def _ends_clause(sentence: Span, comma: int) -> bool:
    """Return whether a comma ends the condition: attribution, participle or "but" follows."""
    doc = sentence.doc
    following = doc[comma + 1] if comma + 1 < sentence.end else None
    if following is None:
        return True
    has_verb = any(
        doc[k].tag_ in ("VBD", "VBZ", "VBP", "MD") for k in range(comma + 1, min(comma + 8, sentence.end))
    )
    return (
        following.lower_ in ("but", "while", "though", "a", "an", "the", "he", "she", "they", "it", "”")
        and has_verb
    )


def said_on(sentence: Span, day: date | None) -> date | None:
    """Return the day a sentence says it was said, counted back from the publication day, or None.

    A weekday is the last such day up to and with the publication day.
    """
    if day is None:
        return None
    for token in sentence:
        low = token.lower_
        if low in _WEEKDAYS and not _is_future(sentence, token.i):
            return day - timedelta(days=(day.weekday() - _WEEKDAYS.index(low)) % 7)
        if low == "yesterday":
            return day - timedelta(days=1)
        if low == "today":
            return day
    return None


def _is_future(sentence: Span, at: int) -> bool:
    doc = sentence.doc
    before = {doc[k].lower_ for k in range(max(sentence.start, at - 6), at)}
    return bool(before & {"will", "next", "by", "expected", "until", "due", "before", "from"})
