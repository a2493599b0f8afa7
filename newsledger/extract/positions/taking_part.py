"""Verbs of taking part, and the status each gives: expected, confirmed, arrived, left or absent."""

from __future__ import annotations

from newsledger.extract.language.clauses import Predicate
from newsledger.extract.language.inflect import noun_table, verb_table
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.attenders import NAME_TAGS

MOVES = {
    "arrived": verb_table("arrive land reach enter"),
    "confirmed": verb_table("attend join participate meet convene gather testify appear"),
    "left": verb_table("leave depart return quit"),
    "expected": verb_table("travel fly head"),
    "absent": verb_table("skip boycott miss"),
}
"""Verbs of taking part; the status each gives when it is told as done."""
_WITH_PARTICLE = {
    ("take", "part"): "confirmed", ("sit", "down"): "confirmed", ("pull", "up"): "arrived",
    ("touch", "down"): "arrived", ("fly", "in"): "arrived", ("walk", "out"): "left",
    ("storm", "out"): "left",
    ("pull", "out"): "absent", ("drop", "out"): "absent", ("stay", "away"): "absent",
    ("back", "out"): "absent",
    ("show", "up"): "arrived", ("turn", "up"): "arrived",
}  # fmt: skip
"""Verbs that tell it with a word behind them."""
_PARTICLE_VERBS = verb_table("take sit pull touch fly walk storm drop stay back show turn")
_REFUSING = verb_table("refuse decline fail")
_CANCELLING = verb_table("cancel scrap")
_MEETING = verb_table("meet convene gather sit join")
SENDING = verb_table("send dispatch")
SETTINGS = noun_table(
    """
    talk negotiation summit meeting conference session round ceremony hearing delegation discussion
    gathering congress debate forum consultation team party panel inquiry court trial tribunal table
    """
)
"""What one takes part in; "joined the army" or "left the room" is no attendance."""
_VENUES = noun_table("""
    ministry airport palace capital city resort building headquarters hotel venue courthouse embassy residence
    parliament hall island border town port station country site
""")
"""Where one arrives, besides what has a name."""
_FORECASTS = frozenset(["expected", "due", "set", "scheduled", "slated", "planning", "likely"])
_FUTURE = frozenset(["will", "would", "'ll", "’ll", "shall"])
_DOUBTFUL = frozenset(["may", "might", "could", "should"])
_OPEN = frozenset(("if", "unless", "whether", "who", "which"))
_STOPS = words("that who which because after before while as whether if said says")
"""Words behind which a noun is no longer what the verb speaks of."""
_WINDOW = 9
"""Tokens behind a verb in which what it speaks of is looked for."""


def status_of(sentence: Span, groups: list[Predicate], group: Predicate, *, of_group: bool = False) -> str:
    """Return the status a predicate gives its subject, or "" where it is none of taking part.

    Args:
        sentence: the sentence.
        groups: its predicates.
        group: the predicate.
        of_group: whether a delegation is the subject, so that no setting need be named.
    """
    doc = sentence.doc
    still = _being(sentence, group)
    if still or group.opener in _OPEN or group.modals & _DOUBTFUL:
        return still if group.opener not in _OPEN and not group.modals & _DOUBTFUL else ""
    target, is_future, forecasts = _target(sentence, groups, group)
    if forecasts and target is group:
        return "expected" if _has_setting(sentence, group.end) and not group.is_negated else ""
    status = _moved(doc, target)
    if not status or target.form == "gerund" or target.opener in _OPEN:
        return ""
    if not of_group and not _is_about(sentence, target, status, is_future=is_future):
        return ""
    is_refused = doc[group.main].lower_ in _REFUSING and target is not group
    if group.is_negated or target.is_negated or is_refused:
        return "absent" if status in ("confirmed", "arrived") else ""
    return "expected" if is_future and status in ("arrived", "confirmed", "expected") else status


def _being(sentence: Span, group: Predicate) -> str:
    """Return the status of "was absent from the talks", "is already in X for the talks", or ""."""
    doc = sentence.doc
    if doc[group.main].lower_ in _CANCELLING and not group.is_negated:
        return "absent" if _has_setting(sentence, group.end) else ""
    if (
        not {t.lower_ for t in doc[group.start : group.end]} & {"is", "was", "are", "were"}
        or group.is_negated
    ):
        return ""
    low = [t.lower_ for t in doc[group.main : min(group.main + 4, sentence.end)]]
    if not _has_setting(sentence, group.end):
        return ""
    if "absent" in low:
        return "absent"
    if "present" in low:
        return "confirmed"
    after = [
        t for t in doc[group.end : min(group.end + 3, sentence.end)] if t.lower_ not in ("already", "also")
    ]
    is_there = len(after) > 1 and after[0].lower_ in ("in", "at") and after[1].tag_ in NAME_TAGS
    return (
        "arrived" if is_there and doc[group.end - 1].lower_ in ("is", "was", "are", "were", "already") else ""
    )


def _target(sentence: Span, groups: list[Predicate], group: Predicate) -> tuple[Predicate, bool, bool]:
    """Return the predicate that tells the move, whether it is to come, and whether a forecast tells it."""
    doc, number = sentence.doc, groups.index(group)
    low = doc[group.main].lower_
    behind = range(group.end, min(group.end + 2, sentence.end))
    forecasts = low in _FORECASTS or (
        group.is_copula and any(doc[k].lower_ in _FORECASTS or doc[k].lower_ == "also" for k in behind)
    )
    following = groups[number + 1] if number + 1 < len(groups) else None
    is_next = following is not None and following.form == "infinitive"
    if is_next and following is not None and (forecasts or group.is_copula):
        return following, True, forecasts
    if is_next and following is not None and low in _REFUSING:
        return following, False, False
    return group, bool(group.modals & _FUTURE), forecasts


def _moved(doc: Doc, target: Predicate) -> str:
    """Return the status the verb of a predicate gives, or ""."""
    low = doc[target.main].lower_
    if low in _PARTICLE_VERBS:
        behind = [t.lower_ for t in doc[target.end : target.end + 2]]
        found = next(
            (
                _WITH_PARTICLE[_PARTICLE_VERBS[low], p]
                for p in behind
                if (_PARTICLE_VERBS[low], p) in _WITH_PARTICLE
            ),
            "",
        )
        if found:
            return found
    status = next((s for s, table in MOVES.items() if low in table), "")
    is_leaving_for = low in ("departed", "left", "departing") and target.end < len(doc)
    return "expected" if is_leaving_for and doc[target.end].lower_ == "for" else status


def _is_about(sentence: Span, target: Predicate, status: str, *, is_future: bool) -> bool:
    """Return whether a move is to or from something one takes part in."""
    doc, low = sentence.doc, sentence.doc[target.main].lower_
    if low in verb_table("return"):
        return _goes_home(sentence, target.end)
    if low in ("join", "joins", "joined", "attend") and is_future and _ends_soon(sentence, target.end):
        return True
    can_be_placed = status in ("arrived", "left", "expected") or (low in _MEETING and is_future)
    after = doc[target.end].lower_ if target.end < sentence.end else ""
    if low in MOVES["arrived"] and after in ("reach", "enter"):
        can_be_placed = False
    return (can_be_placed and has_place(sentence, target.end)) or _has_setting(sentence, target.end)


def _goes_home(sentence: Span, at: int) -> bool:
    doc = sentence.doc
    after = doc[at : min(at + 2, sentence.end)]
    return bool(after) and (after[0].lower_ == "home" or (len(after) > 1 and after[1].tag_ in NAME_TAGS))


def _ends_soon(sentence: Span, at: int) -> bool:
    """Return whether a verb has no object: its clause ends, or a time follows ("expected to join later")."""
    if at >= sentence.end or sentence.doc[at].tag_ in (",", ".", "RB", "RBR", "IN", "NNP", ":"):
        return True
    return sentence.doc[at].lower_ in ("this", "next", "later")


def _has_setting(sentence: Span, at: int) -> bool:
    for token in sentence.doc[at : min(at + _WINDOW, sentence.end)]:
        if token.lower_ in SETTINGS:
            return True
        if token.lower_ in _STOPS or token.text in (";", "—"):
            return False
    return False


def _until_stop(doc: Doc, first: int, last: int) -> Span:
    """Return the tokens from one to another, up to the first word that opens another clause."""
    stop = next((k for k in range(first, last) if doc[k].lower_ in _STOPS), last)
    return doc[first:stop]


def has_place(sentence: Span, at: int) -> bool:
    """Return whether a place follows a verb: a name, or a noun for a place, behind "in", "to" or "at"."""
    doc = sentence.doc
    for k in range(at, min(at + 8, sentence.end - 1)):
        if doc[k].lower_ in _STOPS:
            return False
        if doc[k].lower_ not in ("in", "to", "at", "for", "from"):
            continue
        if doc[k + 1].tag_ in NAME_TAGS:
            return True
        phrase = _until_stop(doc, k + 1, min(k + 6, sentence.end))
        if doc[k + 1].tag_ == "DT" and any(t.lower_ in _VENUES or t.lower_ in SETTINGS for t in phrase):
            return True
        if doc[k + 1].tag_ == "DT" and any(t.tag_ in NAME_TAGS for t in phrase):
            return True
    return False
