"""Whether a figure is reported, planned, denied or hypothetical."""

from __future__ import annotations

import re

from newsledger.extract.figures.indicators import Verdict
from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.families import families_of
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words
from schemas.codebook import Indicator
from schemas.figure import Modality

_PLANNED = words("will shall would 'll ’ll")
_PLANNING = words(
    """
    plan expect intend aim schedule due set propose pledge promise vow agree seek want hope call demand
    ask
    """
)
_DENYING = frozenset(("deny", "dismiss", "refute"))

_CLAIM = r"(?:claims?|reports?|rumou?rs?|allegations?|assertions?|suggestions?|accusations?|accounts?)"
_COUNT = r"(?:figures?|numbers?|counts?|tall(?:y|ies)|tolls?|totals?|estimates?|statements?)"
_WRONG = (
    r"(?:(?:is|are|was|were|be|being|been|proved|turned\s+out)\s+(?:to\s+be\s+)?(?:now\s+|since\s+|later\s+)?"
    r"(?:[a-z]+ly\s+)?(?:false|wrong|untrue|incorrect|inaccurate|fabricated|baseless|unfounded|mistaken|rubbish|nonsense|invented|"
    r"withdrawn|retracted|corrected|debunked|refuted|disproved|a\s+(?:lie|mistake|hoax|fabrication)|"
    r"an\s+(?:error|invention)|in\s+error|not\s+(?:true|correct)))\b"
)
_HAVE = r"(?:(?:has|have|had)\s+(?:now\s+|since\s+|later\s+)?)?"
_WRONG_BEHIND = re.compile(rf"(?i)(?:(?!\band\b|\bbut\b)[^.,;:]){{0,70}}?\b{_HAVE}{_WRONG}")
_CLAIM_BEFORE = re.compile(rf"(?i)\b(?:{_CLAIM}|{_COUNT})\b(?:(?!\bbut\b)[^.;:]){{0,60}}\Z")
_DENIED_BEFORE = re.compile(
    r"(?i)\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|"
    rf"rebut(?:s|ted|ting)?|withdr[ae]w(?:s|n|ing)?|retract(?:s|ed|ing)?)\s+(?:[^\W\d]+\s+){{0,3}}?"
    rf"(?:(?:{_CLAIM}|{_COUNT})\s+(?:that|of)|that)\b(?:(?!\b(?:but|that|which|who)\b)[^.;:]){{0,60}}\Z"
)
_WITHDRAWN_BEHIND = re.compile(
    rf"(?i)(?:(?!\b(?:that|which|who)\b)[^.;:\d]){{0,60}}?\b(?:before|but|and|only to)\s+"
    rf"(?:[a-z]+\s+){{0,2}}?"
    rf"(?:withdr[ae]w(?:ing)?|retract(?:ed|ing|s)?|disown(?:ed|ing|s)?)\s+(?:it\b|(?:the|that|this|its|their|his|her)"
    rf"\s+(?:{_CLAIM}|{_COUNT})\b)"
)
_FORECAST_BEFORE = re.compile(r"(?i)\A\W*(?:forecasts?|projections?|scenarios?|predictions?)\s*:")
_FORECAST_BEHIND = re.compile(
    r"(?i)(?:\s+[^\W\d]+){0,4}?\s+(?:are|is)\s+(?:now\s+|still\s+)?(?:expected|forecast|projected|predicted)\b"
)
_DUE_BEHIND = re.compile(
    r"(?i)(?:\s+[^\W\d]+){0,4}?\s+(?:are|is)\s+(?:due\s+|set\s+)?to\s+(?:be|have|get|become)\b"
)
_TAKEN_BACK = re.compile(
    rf"(?i)[“\"'‘(]?(?:(?:that|this|it)|(?:that|this|the|both|these|those|its|their)\s+(?:[a-z]+\s+)?"
    rf"(?:{_CLAIM}|{_COUNT}|information))\s+(?:(?:later|since|now)\s+)?{_HAVE}{_WRONG}"
)
"""How the sentence behind a figure takes it back."""


def modality(doc: Doc, mention: Mention, verdict: Verdict, indicator: Indicator | None) -> Modality:
    """Return whether the figure is reported, planned, denied or hypothetical.

    A group that exists ("set to free 47 hostages", for an indicator of who is held) stays reported: only
    the verb that itself makes the count is asked.
    """
    if is_denied_by_words(doc, mention):
        return Modality.DENIED
    chosen = verdict.predicate
    is_presupposed = chosen is not None and indicator is not None and _presupposes(doc, chosen, indicator)
    ahead = None if is_presupposed else _looks_ahead(doc, mention)
    if ahead is not None:
        return ahead
    verb = mention.said.verb
    if verb is None:
        verb = next((i for i in mention.said.strong if mention.first - 4 <= i < mention.first), None)
    if chosen is None or indicator is None:
        return verb_modality(doc, verb) if verb is not None else Modality.REPORTED
    if doc[chosen].pos_ in ("NOUN", "PROPN") or _presupposes(doc, chosen, indicator):
        return Modality.REPORTED
    if doc[chosen].pos_ == "VERB" or chosen < mention.first:
        return verb_modality(doc, chosen)
    is_own = verb is not None and (verb == chosen or doc[verb].is_ancestor(doc[chosen]))
    return verb_modality(doc, verb) if is_own and verb is not None else Modality.REPORTED


def _looks_ahead(doc: Doc, mention: Mention) -> Modality | None:
    """Return the modality of a forecast or of what is yet to be, or None."""
    first, stop = mention.sentence
    text, offset = doc[first:stop].text, doc[first].idx
    behind = text[mention.number.end - offset :]
    if _FORECAST_BEFORE.search(text) or _FORECAST_BEHIND.match(behind):
        return Modality.HYPOTHETICAL
    return Modality.PLANNED if _DUE_BEHIND.match(behind) else None


def is_denied_by_words(doc: Doc, mention: Mention) -> bool:
    """Return whether the sentence calls a claim with this number false, or denies it."""
    first, stop = mention.sentence
    offset = doc[first].idx
    text = doc[first:stop].text
    before, after = text[: mention.number.start - offset], text[mention.number.end - offset :]
    if _DENIED_BEFORE.search(before) or _WITHDRAWN_BEHIND.match(after):
        return True
    return _CLAIM_BEFORE.search(before) is not None and _WRONG_BEHIND.match(after) is not None


def is_taken_back(parsed: ParsedText, mention: Mention) -> bool:
    """Return whether the next sentence says that what this one states was wrong or has been corrected."""
    doc = parsed.paragraphs[mention.paragraph].doc
    stop = mention.sentence[1]
    if stop < len(doc):
        return _TAKEN_BACK.match(doc[stop].sent.text) is not None
    following = mention.paragraph + 1
    return (
        following < len(parsed.paragraphs)
        and _TAKEN_BACK.match(parsed.paragraphs[following].doc.text) is not None
    )


def _presupposes(doc: Doc, chosen: int, indicator: Indicator) -> bool:
    """Return whether what will be done to a group says that it is there: who is to be freed is held."""
    named = {family for word in indicator.predicates for family in families_of(word)}
    return "held" in named and "released" in families_of(doc[chosen].lower_)


def verb_modality(doc: Doc, verb: int) -> Modality:
    """Return the modality of a verb by its auxiliaries, its negation and what it depends on."""
    token = doc[verb]
    lead = doc[max(token.sent.start, verb - 4) : verb]
    if any(t.lower_ in _PLANNED for t in lead) and not any(t.tag_ in ("VBD", "VBZ", "VBP") for t in lead):
        return Modality.PLANNED
    words = {c.lower_ for c in token.children if c.dep_ in ("aux", "advmod", "mark", "aux:pass")}
    head = token.head
    if words & {"if", "unless"} or words & {"could", "might", "may"}:
        return Modality.HYPOTHETICAL
    if words & {"not", "n't", "n’t", "never"} or (
        token.dep_ in ("ccomp", "xcomp") and head.lemma_.lower() in _DENYING
    ):
        return Modality.DENIED
    if words & _PLANNED:
        return Modality.PLANNED
    if (
        token.dep_ in ("xcomp", "ccomp", "advcl", "acl")
        and "to" in words
        and head.lemma_.lower() in _PLANNING
    ):
        return Modality.PLANNED
    return Modality.REPORTED
