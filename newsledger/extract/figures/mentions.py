"""Every quantity of a parsed text with what it counts and what is said of it, before any codebook."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsledger.extract.figures.counted import Counted, read_counted
from newsledger.extract.figures.said import Said, read_said
from newsledger.extract.language.families import FAMILIES, family_of, family_spans
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.grammar import Number, find_numbers
from newsledger.extract.numbers.qualifiers import Qualified, qualify
from newsledger.extract.numbers.units import TIME_UNITS

PERSON_FAMILIES = words(
    """
    killed wounded missing abducted held released displaced evacuated arrested charged convicted
    infected hospitalised rescued vaccinated alive protested laid elected
    """
)
"""Families that speak of persons when the counted noun is left out ("251 abducted")."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One quantity where it stands.

    Attributes:
        number: the number as written.
        qualified: its qualifier and interval.
        paragraph: index of its paragraph.
        sentence: tokens ``[start, stop)`` of its sentence.
        bounds: tokens ``[start, stop)`` from the figure before to the figure after, inside the sentence.
        first: first token of the number, its qualifier left out.
        last: token after the number.
        counted: the counted phrase.
        said: what is said of it.
        borrowed: token of the noun an ellipsis takes from an earlier figure of the sentence, or None.
        unit: ``person``, ``count``, or the number's own unit.
        predicate: the family or lemma of what is said, or "".
    """

    number: Number
    qualified: Qualified
    paragraph: int
    sentence: tuple[int, int]
    bounds: tuple[int, int]
    first: int
    last: int
    counted: Counted
    said: Said
    borrowed: int | None
    unit: str
    predicate: str


def read_mentions(parsed: ParsedText) -> list[Mention]:
    """Return the quantities of a text, in order."""
    return [m for at, paragraph in enumerate(parsed.paragraphs) for m in _in_paragraph(at, paragraph)]


@dataclass(frozen=True, slots=True)
class _Spot:
    number: Number
    first: int
    last: int
    sentence: tuple[int, int]


def _in_paragraph(at: int, paragraph: Paragraph) -> Iterator[Mention]:
    doc = paragraph.doc
    numbers = find_numbers(doc.text)
    if not numbers:
        return
    spots = [spot for number in numbers if (spot := _spot(doc, number))]
    nouns: dict[tuple[int, int], int] = {}
    for order, spot in enumerate(spots):
        bounds = _bounds(spots, order)
        mention = _mention(at, doc, spot, bounds, nouns.get(spot.sentence))
        if mention is None:
            continue
        if mention.counted.noun is not None and mention.number.unit not in TIME_UNITS:
            nouns[spot.sentence] = mention.counted.noun
        yield mention


def _spot(doc: Doc, number: Number) -> _Spot | None:
    span = doc.char_span(number.core_start, number.core_end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    sentence = span[0].sent
    last = span.end
    unit = (
        doc.char_span(number.core_end, number.end, alignment_mode="expand")
        if number.end > number.core_end
        else None
    )
    return _Spot(
        number, span.start, max(last, unit.end) if unit is not None else last, (sentence.start, sentence.end)
    )


def _bounds(spots: list[_Spot], order: int) -> tuple[int, int]:
    """Return the stretch of the sentence from the number before to the number after."""
    spot = spots[order]
    low, high = spot.sentence
    for other in spots[:order]:
        is_aside = other.number.unit in TIME_UNITS or other.number.kind in ("added", "old")
        if not is_aside and low <= other.last <= spot.first:
            low = other.last
    for other in reversed(spots[order + 1 :]):
        if other.number.unit not in TIME_UNITS and spot.last <= other.first < high:
            high = other.first
    return low, high


def _mention(at: int, doc: Doc, spot: _Spot, bounds: tuple[int, int], earlier: int | None) -> Mention | None:
    floor = doc[bounds[0]].idx
    stop_char = doc[spot.sentence[1] - 1]
    qualified = qualify(doc.text, spot.number, floor, stop_char.idx + len(stop_char))
    last = _token_after(doc, qualified.end, spot.last)
    is_count = spot.number.unit == ""
    stop = max(bounds[1], last)
    counted = read_counted(doc, spot.first, last, stop, is_count=is_count, sentence_stop=spot.sentence[1])
    first = _token_at(doc, qualified.start, spot.first)
    said = read_said(doc, first, counted, *spot.sentence, (bounds[0], bounds[1]))
    if _is_pronoun_one(doc, spot, counted, said):
        return None
    is_open = said.toll is None or _is_bare_total(doc, said)
    borrowed = _antecedent(doc, spot, counted, earlier) if is_open and is_count else None
    if borrowed is not None and said.toll is not None:
        said = replace(said, strong=(*said.strong, borrowed))
    predicate = predicate_of(doc, said, counted, first)
    unit = _unit(doc, spot.number, counted, borrowed, predicate)
    return Mention(
        spot.number,
        qualified,
        at,
        spot.sentence,
        bounds,
        spot.first,
        last,
        counted,
        said,
        borrowed,
        unit,
        predicate,
    )


def _is_bare_total(doc: Doc, said: Said) -> bool:
    """Return whether a total names nothing itself ("taking the total to 18,450")."""
    toll = said.toll or 0
    return (
        doc[toll].lemma_.lower() in ("total", "tally", "number", "figure", "count")
        and doc[toll + 1].lower_ != "of"
    )


def _token_after(doc: Doc, end: int, last: int) -> int:
    while last < len(doc) and doc[last].idx < end:
        last += 1
    return last


def _token_at(doc: Doc, start: int, first: int) -> int:
    while first > 0 and doc[first].idx > start:
        first -= 1
    return first


def _is_pronoun_one(doc: Doc, spot: _Spot, counted: Counted, said: Said) -> bool:
    """Return whether "one" is no count: only with a noun something countable is said of is it one."""
    if doc[spot.first].lower_ != "one" or spot.number.value != 1 or spot.number.unit:
        return False
    if counted.noun is None:
        return not any(family_of(doc[i].lower_) for i in said.strong[:2])
    if doc[counted.noun].tag_ in ("NNP", "NNS") or counted.noun > spot.last + 3:
        return True
    before = doc[max(spot.sentence[0], spot.first - 1)].lower_
    if before in ("only", "just", "least", "and", "another", "exactly", "than"):
        return False
    return not any(family_of(doc[i].lower_) in PERSON_FAMILIES for i in said.strong)


def _antecedent(doc: Doc, spot: _Spot, counted: Counted, earlier: int | None) -> int | None:
    """Return the noun a number without one counts: the noun of the figure before, or before "of whom"."""
    if counted.noun is not None or spot.number.unit in TIME_UNITS:
        return None
    if earlier is not None:
        return earlier
    before = [t.lower_ for t in doc[max(spot.sentence[0], spot.first - 4) : spot.first]]
    after = [t.lower_ for t in doc[spot.last : spot.last + 3]]
    if "whom" in before or "whom" in after:
        for index in range(spot.first - 1, spot.sentence[0] - 1, -1):
            if doc[index].tag_ in ("NNS", "NNPS"):
                return index
    return None


def predicate_of(doc: Doc, said: Said, counted: Counted, first: int) -> str:
    """Return the family of the nearest thing said of a group, else the governing verb's lemma, else ""."""
    strong = set(said.strong)
    if said.toll is not None:
        strong = {i for i in range(max(0, said.toll - 3), first) if i != said.verb}
    found: list[tuple[int, str]] = []
    for start, end, families in family_spans(doc):
        tokens = strong.intersection(range(start, end))
        is_noun = counted.noun is not None and counted.is_person and start <= counted.noun < end
        is_light = end - start == 1 and doc[start].lower_ in _LIGHT and start != counted.noun
        is_month = doc[start].lower_ == "march" and doc[start].tag_ == "NNP" and start > 0
        if not tokens or is_noun or is_light or is_month:
            continue
        distance = first - end if end <= first else max(0, start - counted.end)
        if said.toll is not None and not families - {"raised", "cut", "elected"}:
            continue
        found.append((distance, next(name for name in FAMILIES if name in families)))
    if found:
        return min(found)[1]
    verb = (
        said.verb if said.verb is not None else next((i for i in said.strong if doc[i].pos_ == "VERB"), None)
    )
    return str(doc[verb].lemma_.lower()) if verb is not None else ""


_LIGHT = words(
    """
    took take taken found confirmed won raised rise rises rose cut lower returned case positive fell
    figure held lives pay
    """
)
"""Words that belong to a family only with a fitting noun, too light to name what is said."""


def _unit(doc: Doc, number: Number, counted: Counted, borrowed: int | None, predicate: str) -> str:
    if number.unit:
        return number.unit
    if counted.noun is not None:
        return "person" if counted.is_person else "count"
    return "person" if predicate in PERSON_FAMILIES else "count"


class SentenceIndex:
    """Finds the sentence before another one, the heading above a paragraph, and words, each looked for once.

    Args:
        parsed: the text.
        story_places: the places of the story.
    """

    def __init__(self, parsed: ParsedText, story_places: Phrases | None = None) -> None:
        self.parsed = parsed
        self.story_places = story_places or Phrases(())
        self._spans: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._forms: dict[tuple[int, int, int], frozenset[str]] = {}
        self._headings = [i for i, p in enumerate(parsed.paragraphs) if p.kind in ("heading", "headline")]

    def heading(self, paragraph: int) -> str:
        """Return the text of the heading above a paragraph, or ""."""
        at = bisect_right(self._headings, paragraph) - 1
        return str(self.parsed.paragraphs[self._headings[at]].doc.text) if at >= 0 else ""

    def spans(self, phrases: Phrases, paragraph: int) -> list[tuple[int, int]]:
        """Return where a paragraph says one of some words."""
        key = (id(phrases), paragraph)
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = phrases.find(self.parsed.paragraphs[paragraph].doc) if phrases else []
        return found

    def says(self, phrases: Phrases) -> bool:
        """Return whether the text says one of some words."""
        return any(self.spans(phrases, n) for n in range(len(self.parsed.paragraphs)))

    def says_above(self, phrases: Phrases, paragraph: int) -> bool:
        """Return whether the heading above a paragraph says one of some words."""
        at = bisect_right(self._headings, paragraph) - 1
        return at >= 0 and bool(self.spans(phrases, self._headings[at]))

    def says_before(self, phrases: Phrases, paragraph: int, start: int) -> bool:
        """Return whether the sentence before the one that starts at a token says one of some words."""
        found = self._sentence_before(paragraph, start)
        if found is None:
            return False
        number, low, high = found
        return any(low <= a and b <= high for a, b in self.spans(phrases, number))

    def _sentence_before(self, paragraph: int, start: int) -> tuple[int, int, int] | None:
        """Return paragraph, first token and token after the sentence before the one at a token."""
        number = paragraph if start > 0 else paragraph - 1
        if number < 0:
            return None
        doc = self.parsed.paragraphs[number].doc
        sentence = doc[start - 1 if start > 0 else len(doc) - 1].sent
        return number, sentence.start, sentence.end

    def is_elsewhere(self, paragraph: int, places: Sequence[tuple[int, int]]) -> bool:
        """Return whether one of some named places is none of the story's."""
        known = self.spans(self.story_places, paragraph)
        return bool(self.story_places) and any(not any(a < d and c < b for c, d in known) for a, b in places)

    def forms(self, paragraph: int, start: int, stop: int) -> frozenset[str]:
        """Return every form that words of a stretch may be an inflection of."""
        key = (paragraph, start, stop)
        if key not in self._forms:
            doc = self.parsed.paragraphs[paragraph].doc
            self._forms[key] = frozenset(
                f for t in doc[start:stop] if t.is_alpha for f in base_forms(t.lower_)
            )
        return self._forms[key]

    def before(self, paragraph: int, start: int) -> str:
        """Return the text of the sentence before the one that starts at a token."""
        found = self._sentence_before(paragraph, start)
        return str(self.parsed.paragraphs[found[0]].doc[found[1] : found[2]].text) if found else ""
