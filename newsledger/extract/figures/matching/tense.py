"""Signals from the tense of what is said: what has happened so far, what happened once, how things stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.figures.matching.case import Case, Signal
from newsledger.extract.language.tokens import Token

_DAY = re.compile(
    r"\b(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|overnight|last (?:night|week|weekend)|"
    r"on \w+ \d{1,2}|on \d{1,2} \w+|at (?:the weekend|dawn|dusk|noon))\b"
)
_SO_FAR = re.compile(
    r"(?i)\b(?:so far|to date|since|now|already|in total|in all|altogether|at present|currently|still)\b"
)


def tense_signals(case: Case, token: int | None) -> Iterator[Signal]:
    """Yield the tense of the predicate that was found, else of the number's verb, and the days around."""
    wanted = case.c.indicator.aspect
    at = token if token is not None else case.m.said.verb
    tense = "none" if at is None else _tense(case.doc[at])
    yield Signal(f"tense:{tense} for {wanted}")
    if _SO_FAR.search(case.around.own):
        yield Signal(f"tense:so far for {wanted}")
    elif _DAY.search(case.around.sentence):
        yield Signal(f"tense:day for {wanted}")


def _tense(token: Token) -> str:
    """Return ``perfect``, ``past``, ``present``, ``gerund``, ``bare`` or ``noun``."""
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "aux:pass", "cop")}
    if helpers & {"have", "has", "had", "’ve", "'ve", "’s"} and token.tag_ in ("VBN", "VBD", "JJ"):
        return "pluperfect" if "had" in helpers else "perfect"
    if helpers & {"will", "would", "could", "might", "may", "should", "to", "can", "must"}:
        return "modal"
    if token.tag_ == "VBD" or helpers & {"was", "were"}:
        return "past"
    if token.tag_ in ("VBZ", "VBP") or helpers & {"is", "are", "’re", "'re"}:
        return "present"
    return {"VBG": "gerund", "VBN": "participle", "VB": "bare"}.get(token.tag_, "noun")
