"""The words that show a figure: the smallest phrase a reader understands."""

from __future__ import annotations

from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.families import TOLL_NOUNS, families_of, family_of, family_spans
from newsledger.extract.language.tokens import Doc
from newsledger.extract.voices.reporting import REPORTING_VERBS

LONGEST_EVIDENCE = 180

_AGE_LINKS = frozenset((",", "of", "aged", "age", "(", "about", "around"))
_BREAKS = frozenset((",", ";", ".", ":", "—", "–", "(", ")", "“", "”", '"'))


def evidence_span(doc: Doc, mention: Mention, chosen: int | None = None) -> tuple[int, int]:
    """Return the character span of the smallest readable phrase: qualifier, number, noun, predicate.

    Args:
        doc: the paragraph.
        mention: the quantity.
        chosen: the token of the predicate an indicator was matched by, or None.
    """
    if mention.unit == "age":
        return _aged(doc, mention)
    start, end = _core(doc, mention)
    if mention.number.unit or _says_what(doc, mention, start, end):
        return start, end
    return _with_what(doc, mention, chosen, start, end)


def _aged(doc: Doc, mention: Mention) -> tuple[int, int]:
    """Return an age with who is that old, where the words before it tell ("a woman of 70")."""
    first = at = _first_token(doc, mention)
    while at > mention.sentence[0] and first - at < 3 and doc[at - 1].lower_ in _AGE_LINKS:
        at -= 1
    is_aside = at < first and doc[at].text in (",", "(")
    if is_aside and not (at > mention.sentence[0] and doc[at - 1].tag_ in ("NN", "NNP")):
        at += 1
    while 0 < first - at < 5 and at > mention.sentence[0] and doc[at - 1].tag_ in ("NN", "NNP", "JJ"):
        at -= 1
    return min(mention.qualified.start, doc[at].idx), mention.qualified.end


def _core(doc: Doc, mention: Mention) -> tuple[int, int]:
    """Return the number with qualifier and noun and what stands right before or after it."""
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
        if counted.noun is None and reach is not None and reach <= counted.end + 1:
            end = max(end, _end(doc, reach))
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


def _says_what(doc: Doc, mention: Mention, start: int, end: int) -> bool:
    """Return whether a span names what is counted: the noun, the toll, or what happened to whom."""
    counted = mention.counted
    if counted.noun is not None and not counted.is_relative and doc[counted.noun].idx < end:
        return True
    span = doc.char_span(start, end, alignment_mode="expand")
    return span is not None and any(
        families_of(t.lower_) or t.lemma_.lower() in TOLL_NOUNS for t in span if not t.like_num
    )


def _with_what(doc: Doc, mention: Mention, chosen: int | None, start: int, end: int) -> tuple[int, int]:
    """Return a span stretched to the word that tells what a lone number counts, where it is near."""
    own = [i for i in (chosen, mention.said.toll, mention.borrowed) if i is not None]
    own += [i for i in mention.said.strong if families_of(doc[i].lower_)]
    for index in own:
        low, high = min(start, doc[index].idx), max(end, _end(doc, index))
        if mention.sentence[0] <= index < mention.sentence[1] and high - low <= LONGEST_EVIDENCE:
            return low, high
    at = mention.last
    while at < min(mention.sentence[1], mention.last + 6) and doc[at].text not in _BREAKS:
        at += 1
    return start, max(end, _end(doc, at - 1))


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
