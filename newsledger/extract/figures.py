"""Figures of a document: quantities with interval, counted thing, source, day, place and indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from newsledger.extract.attribution import Statement, statements
from newsledger.extract.dates import Dated, find_dates
from newsledger.extract.families import families_of, family_of, family_spans
from newsledger.extract.ids import stable_id
from newsledger.extract.indicators import IndicatorIndex, Verdict
from newsledger.extract.mentions import Mention, SentenceIndex, read_mentions
from newsledger.extract.numbers_unit import TIME_UNITS
from newsledger.extract.places import nearest_place
from newsledger.extract.reporting import REPORTING_VERBS
from newsledger.extract.text import ParsedText
from newsledger.extract.wordlist import words
from schemas.codebook import Codebook, Indicator
from schemas.figure import Aspect, Figure, Modality

LONGEST_EVIDENCE = 180

_PERIOD = re.compile(
    r"(?i)\b(?:overnight|(?:in|over|during|within) the (?:past|last|previous) (?:\S+ )?(?:hours?|"
    r"days?|weeks?|months?|year)"
    r"|in (?:a|one|24) (?:single )?(?:day|hours)|daily|(?:per|a) day\b|in the latest|new (?:cases|"
    r"deaths|infections)"
    r"|(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|this (?:week|month|morning|year)"
    r"|last (?:night|week|month|year))\b)"
)
_RATE = re.compile(
    r"(?i)overnight|\bthe (?:past|last|previous)\b|\bin (?:a|one|24)\b|daily|(?:per|a) day"
    r"|in the latest|\bnew\b"
)
_CUMULATIVE = re.compile(
    r"(?i)\b(?:since|so far|to date|in total|altogether|overall|cumulative|death toll|toll|tally|total of)\b"
)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the figures of one document share."""

    document_id: str
    version: int
    story: str
    day: date | None
    extractor: str
    codebook_version: str


def extract_figures(
    parsed: ParsedText,
    codebook: Codebook,
    *,
    document_id: str,
    version: int,
    day: date | None,
    extractor: str,
    codebook_version: str,
) -> tuple[Figure, ...]:
    """Return the figures of a parsed text in order, each with verbatim evidence."""
    setting = _Setting(document_id, version, codebook.story, day, extractor, codebook_version)
    sources = statements(parsed)
    indicators, index = IndicatorIndex(codebook), SentenceIndex(parsed)
    figures = []
    for mention in read_mentions(parsed):
        doc = parsed.paragraphs[mention.paragraph].doc
        if _is_source(parsed, mention, sources):
            continue
        aspect = stated_aspect(doc, mention)
        verdict = (
            Verdict(None, 0.0, "a duration or an age")
            if mention.unit in TIME_UNITS and not _tracks(codebook, mention.unit)
            else indicators.judge(mention, parsed, index, aspect, is_rate=is_rate(doc, mention))
        )
        figures.append(_figure(parsed, mention, verdict, aspect, sources, setting, codebook))
    return tuple(figures)


def _tracks(codebook: Codebook, unit: str) -> bool:
    return any(indicator.unit == unit for indicator in codebook.indicators.values())


def _is_source(parsed: ParsedText, mention: Mention, sources: Sequence[Statement]) -> bool:
    """Return whether a number only counts who speaks ("three officials said")."""
    paragraph = parsed.paragraphs[mention.paragraph]
    noun = mention.counted.noun
    if noun is None:
        return False
    doc = paragraph.doc
    is_speaker = doc[noun].lemma_.lower() in _SPEAKERS or mention.counted.is_person
    start, end = paragraph.start + mention.number.start, paragraph.start + mention.number.end
    if is_speaker and any(
        s.source_start <= start <= s.source_start + 30 and end <= s.source_end for s in sources
    ):
        return True
    return doc[noun].lemma_.lower() in _SPEAKERS and any(
        doc[i].lower_ in _SPEECH for i in mention.said.strong
    )


_SPEAKERS = words(
    """
    source official diplomat witness analyst spokesperson spokesman aide insider expert adviser advisor
    """
)


_SPEECH = words(
    """
    say says said tell told tells confirm confirmed confirms add added spoke speak warned familiar
    briefed cited
    """
)


def _figure(
    parsed: ParsedText,
    mention: Mention,
    verdict: Verdict,
    aspect: Aspect | None,
    sources: Sequence[Statement],
    setting: _Setting,
    codebook: Codebook,
) -> Figure:
    paragraph = parsed.paragraphs[mention.paragraph]
    doc = paragraph.doc
    low, high = evidence_span(doc, mention)
    start, end = paragraph.start + low, paragraph.start + high
    dated = as_of(doc, mention, verdict, setting.day)
    indicator = codebook.indicators.get(verdict.indicator) if verdict.indicator else None
    number, qualified = mention.number, mention.qualified
    is_interval = number.kind in ("range", "vague")
    return Figure(
        figure_id=stable_id(
            "f",
            setting.document_id,
            setting.version,
            setting.story,
            paragraph.start + number.start,
            end,
            verdict.indicator,
        ),
        document_id=setting.document_id,
        version=setting.version,
        story=setting.story,
        indicator=verdict.indicator,
        counted=_counted_text(doc, mention),
        predicate=mention.predicate,
        value=number.low if is_interval else number.value,
        value_low=qualified.low,
        value_high=qualified.high,
        qualifier=qualified.qualifier,
        unit=indicator.unit if indicator and mention.unit in ("person", "count") else mention.unit,
        modality=modality(doc, mention, verdict, indicator),
        aspect=aspect or (Aspect(indicator.aspect) if indicator else Aspect.CURRENT),
        attributed_to=_source(parsed, paragraph.start + number.start, paragraph.start + number.end, sources)
        or _closing_source(doc, mention),
        place=nearest_place(doc, mention.first, mention.counted.end, *mention.sentence),
        as_of=dated.day if dated else setting.day,
        as_of_source="text" if dated else "document",
        evidence=parsed.text[start:end],
        evidence_start=start,
        evidence_end=end,
        rule=verdict.rule,
        extractor=setting.extractor,
        codebook_version=setting.codebook_version,
    )


_LEADING = words(
    """
    of the these those their its other more others - all his her further additional
    """
)


def _counted_text(doc: Doc, mention: Mention) -> str:
    counted = mention.counted
    if counted.noun is not None:
        begin = counted.start
        while begin < counted.noun and (doc[begin].lower_ in _LEADING or doc[begin].like_num):
            begin += 1
        return str(doc[begin : counted.end].text)
    return str(doc[mention.borrowed].text) if mention.borrowed is not None else ""


def evidence_span(doc: Doc, mention: Mention) -> tuple[int, int]:
    """Return the character span of the smallest readable phrase: qualifier, number, noun, predicate."""
    counted, said = mention.counted, mention.said
    start, end = mention.qualified.start, mention.qualified.end
    if counted.end > mention.last:
        end = max(end, _end(doc, counted.end - 1))
    first = _first_token(doc, mention)
    reach = _state_after(doc, mention)
    if said.toll is not None and 0 <= start - doc[said.toll].idx < 90 and reach is None:
        return min(start, doc[_toll_start(doc, said.toll)].idx), end
    verb = next((i for i in said.strong if first - 2 <= i < first and _is_act(doc, i, first)), None)
    if verb is not None:
        return min(start, doc[verb].idx), end
    if reach is not None and _end(doc, reach) - start <= LONGEST_EVIDENCE:
        return start, max(end, _end(doc, reach))
    lead = next(
        (
            i
            for i in sorted(said.strong, reverse=True)
            if first - 4 <= i < first and doc[i].pos_ in ("NOUN", "VERB")
        ),
        None,
    )
    if lead is not None and family_of(doc[lead].lower_):
        start = min(start, doc[lead].idx)
    return start, end


def _is_act(doc: Doc, index: int, first: int) -> bool:
    """Return whether a word before a number is a verb (or tagged as none though it is one)."""
    if doc[index].lower_ in REPORTING_VERBS:
        return False
    return bool(doc[index].pos_ == "VERB") or (index == first - 1 and bool(families_of(doc[index].lower_)))


def _first_token(doc: Doc, mention: Mention) -> int:
    first = mention.first
    while first > 0 and doc[first - 1].idx >= mention.qualified.start:
        first -= 1
    return first


def _state_after(doc: Doc, mention: Mention) -> int | None:
    """Return the last token of what is said right after the phrase, or None."""
    end = mention.counted.end
    after = sorted(i for i in mention.said.strong if end <= i < end + 12)
    said = {i: stop - 1 for start, stop, _ in family_spans(doc) for i in range(start, stop)}
    chosen = next((said[i] for i in after if i in said), None)
    if chosen is None or _crosses_number(doc, end, chosen) or _commas(doc, end, chosen) % 2:
        return None
    while chosen + 1 in after and doc[chosen + 1].tag_ in ("NN", "JJ", "VBN", "RP"):
        chosen += 1
    return chosen


def _commas(doc: Doc, start: int, end: int) -> int:
    return sum(token.text in (",", "—", "–", "(", ")") for token in doc[start:end])


def _crosses_number(doc: Doc, start: int, end: int) -> bool:
    return any(token.like_num for token in doc[start:end])


def _toll_start(doc: Doc, toll: int) -> int:
    while toll > 0 and doc[toll - 1].dep_ in ("compound", "amod") and doc[toll - 1].head.i >= toll:
        toll -= 1
    return toll


def _end(doc: Doc, index: int) -> int:
    return int(doc[index].idx + len(doc[index]))


def _source(parsed: ParsedText, start: int, end: int, sources: Sequence[Statement]) -> str | None:
    """Return who says the words at an offset, as printed: the source of the smallest statement there."""
    around = [
        s
        for s in sources
        if s.content_start <= start and end <= s.content_end and not _claims_lives(parsed, s)
    ]
    if not around:
        return _trailing_source(parsed, end, sources)
    best = min(around, key=lambda s: (s.content_end - s.content_start, s.content_start))
    return parsed.text[best.source_start : best.source_end] or None


_CLOSING = re.compile(
    r",\s+(?P<who>[^,.;:“”\"]{2,70}?)\s+(?:said|says|say|added|reported|confirmed|announced|"
    r"told\s+[^,.]{2,40})"
    r"(?:\s+(?:on|in|late|early|earlier)\s+[^,.]{2,40}|\s+[A-Z][a-z]+day)?[.!]?[”\"]?\s*$"
)


def _closing_source(doc: Doc, mention: Mention) -> str | None:
    """Return who closes the sentence where the tree misses it ("..., police said.")."""
    sentence = doc[slice(*mention.sentence)]
    match = _CLOSING.search(sentence.text, max(0, mention.number.end - sentence.start_char))
    return match["who"] if match else None


def _trailing_source(parsed: ParsedText, end: int, sources: Sequence[Statement]) -> str | None:
    """Return who closes the sentence ("..., police said"), who vouches for all of it."""
    for statement in sorted(sources, key=lambda s: s.cue_start):
        first, last = (
            min(statement.source_start, statement.cue_start),
            max(statement.source_end, statement.cue_end),
        )
        if first < end or first - end > 400 or re.search(r"[.!?]\s|\n", parsed.text[end:first]):
            continue
        is_last = re.match(r"[^.!?,;]{0,25}(?:[.!?\n]|$)", parsed.text[last:]) is not None
        if is_last and parsed.text[:first].rstrip().endswith(","):
            return parsed.text[statement.source_start : statement.source_end]
    return None


def _claims_lives(parsed: ParsedText, statement: Statement) -> bool:
    """Return whether "claimed" takes lives instead of saying something."""
    content = parsed.text[statement.content_start : statement.content_end]
    return statement.cue_lemma == "claim" and re.search(r"\blives\b", content[:60]) is not None


def stated_aspect(doc: Doc, mention: Mention) -> Aspect | None:
    """Return the aspect the figure's own clause states, or None where it says nothing."""
    own = sorted(mention.said.clause.union(range(mention.first, mention.counted.end)))
    text = doc[own[0] : own[-1] + 1].text if own else ""
    if _CUMULATIVE.search(text):
        return Aspect.CUMULATIVE
    return Aspect.PERIOD if _PERIOD.search(text) else None


def is_rate(doc: Doc, mention: Mention) -> bool:
    """Return whether the clause names a span counted over ("in the past 24 hours"), not only a day."""
    own = sorted(mention.said.clause.union(range(mention.first, mention.counted.end)))
    found = _PERIOD.search(doc[own[0] : own[-1] + 1].text) if own else None
    return found is not None and _RATE.search(found.group()) is not None


def as_of(doc: Doc, mention: Mention, verdict: Verdict, day: date | None) -> Dated | None:
    """Return the date phrase that tells when the figure held, or None: it must belong to its predicate."""
    chosen = verdict.predicate if verdict.predicate is not None else next(iter(mention.said.strong), None)
    governing = {index for index in (chosen, mention.said.verb) if index is not None}
    first, stop = mention.sentence
    offset = doc[first].idx
    related = _WHEN.search(doc[first : mention.first].text)
    if related:
        inside = [d for d in find_dates(related.group(), day) if d.day]
        if inside:
            return inside[-1]
    best: Dated | None = None
    for dated in find_dates(doc[first:stop].text, day):
        span = doc.char_span(offset + dated.start, offset + dated.end, alignment_mode="expand")
        if dated.is_since or span is None or not mention.bounds[0] <= span.start < mention.bounds[1]:
            continue
        if not _is_adverbial(doc, span.start, span.end, governing):
            continue
        if best is None or abs(offset + dated.start - mention.number.start) < abs(
            offset + best.start - mention.number.start
        ):
            best = dated
    return best


def _is_adverbial(doc: Doc, start: int, end: int, governing: set[int]) -> bool:
    root = next((t for t in doc[start:end] if not start <= t.head.i < end), doc[start])
    return root.dep_.startswith(("obl", "nmod:tmod", "nmod:unmarked", "advmod")) and root.head.i in governing


_WHEN = re.compile(r"\b(?:in|since|on)\s+(?:\w+\s+){0,2}\d{4},?\s+(?:when|in which)(?:\s[^.;]{0,60})?$")
"""A past year whose event the number belongs to ("since 1999, when 17,000 died")."""

_PLANNED = words("will shall would 'll ’ll")
_PLANNING = words(
    """
    plan expect intend aim schedule due set propose pledge promise vow agree seek want hope call demand
    ask
    """
)


def modality(doc: Doc, mention: Mention, verdict: Verdict, indicator: Indicator | None) -> Modality:
    """Return whether the figure is reported, planned, denied or hypothetical.

    A group that exists ("set to free 47 hostages", for an indicator of who is held) stays reported: only
    the verb that itself makes the count is asked.
    """
    chosen = verdict.predicate
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
        token.dep_ in ("ccomp", "xcomp") and head.lemma_.lower() in ("deny", "dismiss", "refute")
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
