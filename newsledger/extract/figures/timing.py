"""When a figure held and over what span it counts: its day and its aspect."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Doc, Token

from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.families import families_of
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.dates import Dated, find_dates
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
_WHEN = re.compile(r"\b(?:in|since|on)\s+(?:\w+\s+){0,2}\d{4},?\s+(?:when|in which)(?:\s[^.;]{0,60})?$")
"""A past year whose event the number belongs to ("since 1999, when 17,000 died")."""
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
        if token.pos_ == "VERB" or token.head is token:
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


def as_of(doc: Doc, mention: Mention, predicate: int | None, day: date | None) -> Dated | None:
    """Return the date phrase that tells when the figure held, or None.

    It belongs to the figure's predicate; where that has none, the day on which the figure was said is it.
    """
    chosen = predicate if predicate is not None else next(iter(mention.said.strong), None)
    governing = {index for index in (chosen, mention.said.verb) if index is not None}
    first, stop = mention.sentence
    related = _WHEN.search(doc[first : mention.first].text)
    if related:
        inside = [d for d in find_dates(related.group(), day) if d.day]
        if inside:
            return inside[-1]
    offset = doc[first].idx
    dates = [d for d in find_dates(doc[first:stop].text, day) if not d.is_since]
    own = [d for d in dates if _is_of_clause(doc, offset, d, mention, governing)]
    said = [d for d in dates if d.is_day and _is_day_of_saying(doc, offset, d, mention)]
    return min(own or said, key=lambda d: abs(offset + d.start - mention.number.start), default=None)


def _is_of_clause(doc: Doc, offset: int, dated: Dated, mention: Mention, governing: set[int]) -> bool:
    span = doc.char_span(offset + dated.start, offset + dated.end, alignment_mode="expand")
    if span is None or not mention.bounds[0] <= span.start < mention.bounds[1]:
        return False
    return _is_adverbial(doc, span.start, span.end, governing)


def _is_adverbial(doc: Doc, start: int, end: int, governing: set[int]) -> bool:
    root = next((t for t in doc[start:end] if not start <= t.head.i < end), doc[start])
    return root.dep_.startswith(("obl", "nmod:tmod", "nmod:unmarked", "advmod")) and root.head.i in governing


def _is_day_of_saying(doc: Doc, offset: int, dated: Dated, mention: Mention) -> bool:
    """Return whether a day belongs to the verb that reports this figure ("..., police said on Monday")."""
    span = doc.char_span(offset + dated.start, offset + dated.end, alignment_mode="expand")
    if span is None:
        return False
    root = next((t for t in span if not span.start <= t.head.i < span.end), span[0])
    if not root.dep_.startswith(("obl", "nmod:tmod", "nmod:unmarked", "advmod")):
        return False
    verb = root.head
    if verb.lower_ not in REPORTING_VERBS or verb.pos_ != "VERB" or verb.i in mention.said.strong[:1]:
        return False
    return verb.is_ancestor(doc[mention.first]) or verb.dep_ in ("parataxis", "ROOT")
