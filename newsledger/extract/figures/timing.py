"""Over what span a figure counts: its aspect. The day it held is found in ``days``."""

from __future__ import annotations

import re

from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.families import families_of
from newsledger.extract.language.tokens import Doc, Token
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.reporting import REPORTING_VERBS
from schemas.figure import Aspect

_DAY = (
    r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|this (?:week|month|morning|year)"
    r"|last (?:night|week|month|year)"
)
_PERIOD = re.compile(
    r"(?i)\b(?:overnight|(?:in|over|during|within) the (?:past|last|previous) (?:\S+ )?(?:hours?|"
    r"days?|weeks?|months?|year)"
    r"|in (?:a|one|24) (?:single )?(?:day|hours)|on \w+day alone|daily|(?:per|a) day\b|in the latest|"
    rf"new (?:cases|deaths|infections)|(?:{_DAY})\b)"
)
_ONE_DAY = re.compile(rf"(?i)(?:{_DAY})\Z")
_RATE = re.compile(
    r"(?i)overnight|\balone\b|\bthe (?:past|last|previous)\b|\bin (?:a|one|24)\b|daily|(?:per|a) day"
    r"|in the latest|\bnew\b"
)
_CUMULATIVE = re.compile(
    r"(?i)\b(?:since|so far|to date|in total|altogether|overall|cumulative|death toll|toll|tally|total of)\b"
)
_ONE_NIGHT = re.compile(
    r"(?i)\b(?:a|another|one) (?:night|day|evening|afternoon|weekend) of [^,.;\d]{1,40}"
    r"\b(?:in|during) which\b[^,.;]*\Z"
)
_STATES = words("missing held alive")
"""Families that say how things stand, not what happened."""


def stated_aspect(doc: Doc, mention: Mention) -> Aspect | None:
    """Return the aspect the figure's own clause states, or None where it says nothing.

    A day makes a period of what happened on it, not of how things stood on it, nor of what was merely said
    on it.
    """
    if _has_rate_behind(doc, mention) or _is_of_one_night(doc, mention):
        return Aspect.PERIOD
    text, offset = _own_text(doc, mention)
    if _CUMULATIVE.search(text):
        return Aspect.CUMULATIVE
    for found in _PERIOD.finditer(text):
        if not _ONE_DAY.match(found.group()):
            return Aspect.PERIOD
        if not _is_said_day(doc, offset + found.start(), mention) and not _stands(doc, mention):
            return Aspect.PERIOD
    return None


def is_rate(doc: Doc, mention: Mention) -> bool:
    """Return whether the clause names a span counted over ("in the past 24 hours"), not only a day."""
    if _has_rate_behind(doc, mention) or _is_of_one_night(doc, mention):
        return True
    text = _own_text(doc, mention)[0]
    found = None if _CUMULATIVE.search(text) else _PERIOD.search(text)
    return found is not None and _RATE.search(found.group()) is not None


def _has_rate_behind(doc: Doc, mention: Mention) -> bool:
    """Return whether a span counted over follows the number at once ("119 in the past seven days")."""
    behind = doc[mention.counted.end : max(mention.bounds[1], mention.counted.end)].text
    found = _PERIOD.match(behind)
    return found is not None and _RATE.search(found.group()) is not None


def _is_of_one_night(doc: Doc, mention: Mention) -> bool:
    """Return whether the clause tells of one night or day of many ("a night of clashes in which 40 ...")."""
    lead = doc[max(mention.sentence[0], mention.first - 12) : mention.first].text
    return _ONE_NIGHT.search(lead) is not None


def _own_text(doc: Doc, mention: Mention) -> tuple[str, int]:
    """Return the text from the first to the last token of the figure's clause, and where it starts."""
    own = sorted(mention.said.clause.union(range(mention.first, mention.counted.end)))
    own = [i for i in own if i < max(mention.bounds[1], mention.counted.end)]
    if not own:
        return "", 0
    return str(doc[own[0] : own[-1] + 1].text), int(doc[own[0]].idx)


def _is_said_day(doc: Doc, at: int, mention: Mention) -> bool:
    """Return whether the day at a character belongs to a verb of saying that is not the figure's own."""
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None:
        return False
    verb = _reporting_verb(span[0])
    return verb is not None and verb.i not in mention.said.strong[:2]


def _reporting_verb(token: Token) -> Token | None:
    """Return the verb of saying that a date depends on, or None."""
    for _ in range(4):
        if token.pos_ == "VERB":
            break
        token = token.head
    return token if token.pos_ == "VERB" and token.lower_ in REPORTING_VERBS else None


def _stands(doc: Doc, mention: Mention) -> bool:
    """Return whether the clause tells how things stand: "were missing", "were waiting", "is 41"."""
    for index in mention.said.strong[:3]:
        token = doc[index]
        if families_of(token.lower_) & _STATES and token.tag_ in ("JJ", "VBG", "VBN", "NN"):
            return True
        if any(c.dep_ == "cop" for c in token.children):
            return True
        if token.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in token.children):
            return True
    return False
