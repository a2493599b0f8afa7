"""The day a figure held: its own date, the day it was said on, or the day a header sets for what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Token
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.dates import Dated, Precision, find_dates
from newsledger.extract.voices.reporting import REPORTING_VERBS

_WHEN = re.compile(r"\b(?:in|since|on)\s+(?:\w+\s+){0,2}\d{4},?\s+(?:when|in which)(?:\s[^.;]{0,60})?$")
"""A past year whose event the number belongs to ("since 1999, when 17,000 died")."""
_NOT_ITS_OWN = re.compile(
    r"(?i)\b(?:until|till|before|for|than|since|after|following|from|between|starting|beginning|through)"
    r"\s+(?:(?:on|in|late|early|the)\s+)?\Z|\b(?:end|start|beginning|middle)\s+(?:of\s+)?\Z"
)
"""Words before a date that make it a limit, a purpose or a comparison, and not the day of the count."""
_DAY_BEFORE = re.compile(
    r"(?i)\b(?:on\s+)?(?:the\s+(?:previous\s+(?:day|night|evening)|(?:day|night|evening)\s+before)|"
    r"a\s+(?:day|night)\s+(?:earlier|before)|one\s+day\s+earlier)\b"
)
_CONTRAST = re.compile(
    r"(?i)\b(?:from|against|after|than|versus|(?:compares?|compared|comparing|contrasts?)\s+(?:with|to)|"
    r"instead\s+of)\s+(?:(?:the|a|an|some|about|around|roughly|nearly|just|only|more\s+than|over|under|"
    r"almost|fewer\s+than|at\s+least)\s+)*\Z"
)
"""What stands before a number set beside another one, whose day it does not share."""
_STANDING = re.compile(r"(?i)\bas\s+(?:of|at)\b|\bstand(?:ing)?\s+(?:on|at)\b")
_OF_FIGURES = re.compile(
    r"(?i)\b(?:figures|numbers|data|totals|counts|information)\b[^.]{0,40}\bas\s+(?:of|at)\b"
)
_AS_OF_FIRST = re.compile(r"(?i)[\W\d]*as\s+(?:of|at)\b")
_FURTHER = re.compile(
    r"(?i)[\W]*(?:(?:and|but)\s+)?(?:a\s+further|another|yet\s+another|[\d,.]+\s+(?:more|others))\b"
)
_RIVAL = re.compile(
    r"(?i)\b(?:gave\s+(?:a|the)\s+(?:figure|number|total|count|estimate)|spoke\s+of|put\s+(?:it|them|"
    r"(?:the|its|their)\s+(?:\w+\s+){0,3}(?:number|figure|total|turnout|crowd|count|toll|size)(?:\s+of\s+"
    r"\w+)?)\s+at|counted|estimated)\b"
)
"""Words by which somebody sets another count beside one just given."""
_AHEAD = words(
    """
    expect hope aim plan intend need want seek schedule due forecast project predict propose target wait
    """
)
_GIVING = words("publish issue give release post put register record count")
"""Verbs other than those of saying by which a number is made known."""
_ADVERBIAL = ("obl", "nmod:tmod", "nmod:unmarked", "advmod", "obl:tmod", "obl:unmarked")
_PARTS = words("morning afternoon evening night noon midnight midday close dawn dusk")
"""Parts of a day that a date is joined to ("on Tuesday evening")."""
_ADJACENT = 4
"""Tokens between a number's noun and a date said of it alone at most ("31 [people] [late] [on] ...")."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A date phrase of a sentence: what it says, its tokens and the verb it belongs to."""

    dated: Dated
    first: int
    last: int
    verb: Token | None
    is_adverbial: bool


class DayIndex:
    """Finds the day on which a figure of one document held; asked for its figures in their order.

    Args:
        parsed: the text.
        day: the document's day; None where it is not known.
    """

    def __init__(self, parsed: ParsedText, day: date | None) -> None:
        self.parsed, self.day = parsed, day
        self._headed = dict(_headed(parsed, day))
        self._own: dict[tuple[int, int], Dated | None] = {}

    def of(self, mention: Mention, predicate: int | None) -> Dated | None:
        """Return the date phrase that tells when a figure held, or None where only the document's day does.

        It never lies after the document's day: what is yet to come is said on that day.
        """
        doc = self.parsed.paragraphs[mention.paragraph].doc
        placed = [p for p in _dates(doc, mention.sentence, self.day) if not self._is_later(p.dated)]
        found = _own_day(doc, mention, predicate, placed, self.day, is_headline=self._is_headline(mention))
        if found is None and not _is_contrast(doc, mention):
            found = _said_day(doc, mention, placed) or self._carried(doc, mention)
            if found is None and not _has_future(doc, mention):
                return self._noted(mention, None) or self._headed.get(mention.paragraph)
        return self._noted(mention, found)

    def _noted(self, mention: Mention, found: Dated | None) -> Dated | None:
        """Return a day, noted for the sentence if this is its first figure."""
        self._own.setdefault((mention.paragraph, mention.sentence[0]), found)
        return found

    def _is_later(self, dated: Dated) -> bool:
        return self.day is not None and dated.day > self.day

    def _is_headline(self, mention: Mention) -> bool:
        return self.parsed.paragraphs[mention.paragraph].kind in ("headline", "heading")

    def _carried(self, doc: Doc, mention: Mention) -> Dated | None:
        """Return the day of the sentence before, where this one goes on with its count."""
        key = self._before(mention)
        dated = self._own.get(key) if key is not None else None
        if key is None or dated is None or not dated.is_day:
            return None
        text = doc[slice(*mention.sentence)].text
        former = self.parsed.paragraphs[key[0]].doc[key[1]].sent.text
        goes_on = _FURTHER.match(text) or _RIVAL.search(text)
        stands = _AS_OF_FIRST.match(former) and key[0] == mention.paragraph and _is_past(doc, mention)
        return dated if goes_on or stands else None

    def _before(self, mention: Mention) -> tuple[int, int] | None:
        """Return paragraph and first token of the sentence before."""
        first = mention.sentence[0]
        if first > 0:
            doc = self.parsed.paragraphs[mention.paragraph].doc
            return mention.paragraph, int(doc[first - 1].sent.start)
        if mention.paragraph == 0:
            return None
        doc = self.parsed.paragraphs[mention.paragraph - 1].doc
        return mention.paragraph - 1, int(doc[len(doc) - 1].sent.start) if len(doc) else 0


def _headed(parsed: ParsedText, day: date | None) -> Iterator[tuple[int, Dated]]:
    """Yield the paragraphs whose day a header sets ("Situation as of 15 October"), with that day.

    A headline and a sentence on "all figures" speak for the whole text, a heading for what stands below it,
    a line that ends in a colon for its list.
    """
    whole: Dated | None = None
    section: Dated | None = None
    listed: Dated | None = None
    for number, paragraph in enumerate(parsed.paragraphs):
        stated = _stated_day(paragraph, day)
        if paragraph.kind == "headline" or (stated and _OF_FIGURES.search(paragraph.doc.text)):
            whole = stated or whole
        elif paragraph.kind == "heading":
            section, listed = stated, None
        elif paragraph.doc.text.rstrip().endswith(":"):
            listed = stated
        elif paragraph.kind not in ("bullet", "label"):
            listed = None
        chosen = listed or section or whole
        if chosen is not None:
            yield number, chosen


def _stated_day(paragraph: Paragraph, day: date | None) -> Dated | None:
    """Return the day that "as of" names in a paragraph, when it is exact and not yet to come."""
    text = paragraph.doc.text
    for match in _STANDING.finditer(text):
        for dated in find_dates(text[match.end() : match.end() + 40], day):
            if dated.is_day and (day is None or dated.day <= day):
                return dated
    return None


def _dates(doc: Doc, sentence: tuple[int, int], day: date | None) -> list[_Placed]:
    """Return the dates of a sentence that may be the day of a count, in order."""
    first, stop = sentence
    text, offset = doc[first:stop].text, doc[first].idx
    found = [d for d in find_dates(text, day) if not _DAY_BEFORE.search(text[d.start : d.end])]
    kept = [
        d
        for d in found
        if not _is_start(doc, d, offset)
        and not _NOT_ITS_OWN.search(text[: d.start])
        and not _is_limit(text, d)
    ]
    for match in _DAY_BEFORE.finditer(text):
        former = [d.day for d in found if d.end <= match.start() and d.is_day]
        base = former[-1] if former else day
        if base is not None:
            before = base - timedelta(days=1)
            kept.append(
                Dated(
                    *match.span(), before, is_since=False, first=before, last=before, precision=Precision.DAY
                )
            )
    placed = (_place(doc, _moved(d, offset)) for d in sorted(kept, key=lambda d: d.start))
    return [p for p in placed if p is not None]


def _is_start(doc: Doc, dated: Dated, offset: int) -> bool:
    """Return whether a date says since when; "after parliament on Thursday voted" tells when it voted."""
    if not dated.is_since:
        return False
    span = doc.char_span(offset + dated.start, offset + dated.end, alignment_mode="expand")
    if span is None or span.end >= len(doc):
        return True
    return doc[span.end].tag_ != "VBD" or doc[span.start].lower_ in ("since", "from")


def _is_limit(text: str, dated: Dated) -> bool:
    """Return whether a preposition inside the phrase makes it a limit ("until March")."""
    return re.match(r"(?i)(?:until|from|since)\b", text[dated.start : dated.end]) is not None


def _moved(dated: Dated, offset: int) -> Dated:
    """Return a date phrase moved by an offset."""
    return replace(dated, start=dated.start + offset, end=dated.end + offset)


def _place(doc: Doc, dated: Dated) -> _Placed | None:
    span = doc.char_span(dated.start, dated.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    root = next((t for t in span if not span.start <= t.head.i < span.end), span[0])
    while root.head.lower_ in _PARTS and root.head.i != root.i:
        root = root.head
    is_adverbial = root.dep_.startswith(_ADVERBIAL)
    verb = _verb_above(root)
    if verb is not None and verb.dep_ == "xcomp" and not any(c.tag_ == "TO" for c in verb.children):
        verb = verb.head
    return _Placed(dated, span.start, span.end, verb, is_adverbial)


def _verb_above(token: Token) -> Token | None:
    """Return the nearest verb above a token, or the head of a clause without one."""
    for _ in range(12):
        if token.pos_ == "VERB" or any(c.dep_ == "cop" for c in token.children):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _own_day(
    doc: Doc,
    mention: Mention,
    predicate: int | None,
    placed: list[_Placed],
    day: date | None,
    *,
    is_headline: bool,
) -> Dated | None:
    """Return the date that belongs to the figure itself or to what is said of it."""
    related = _related(doc, mention, day)
    if related is not None:
        return related
    beside = [p for p in placed if _is_beside(doc, mention, p) or _is_in_its_clause(doc, mention, p)]
    if beside:
        return beside[0].dated
    if _is_contrast(doc, mention):
        return None
    own = [p for p in placed if _is_of_verb(doc, mention, predicate, p, is_headline=is_headline)]
    own = [p for p in own if p.is_adverbial or not _names_event(p, mention, day)]
    own = [p for p in own if p.is_adverbial] or own or [p for p in placed if _opens(doc, mention, p)]
    return min(own, key=lambda p: abs(p.dated.start - mention.number.start)).dated if own else None


_ADDING_UP = words("killed wounded missing displaced destroyed infected evacuated rescued arrested released")
"""Families whose counts go on after the event that is named with its day ("the quake of 12 October")."""
_RECENT = timedelta(days=60)


def _names_event(placed: _Placed, mention: Mention, day: date | None) -> bool:
    """Return whether a day only names the event whose toll is still being counted."""
    is_recent = day is not None and day - placed.dated.day <= _RECENT
    is_noun = placed.first < mention.first and placed.dated.is_day
    return is_noun and is_recent and mention.predicate in _ADDING_UP


def _related(doc: Doc, mention: Mention, day: date | None) -> Dated | None:
    """Return the year a "when" clause takes up ("since 1999, when 17,000 died")."""
    lead = doc[mention.sentence[0] : mention.first].text
    match = _WHEN.search(lead)
    if match is None:
        return None
    inside = [d for d in find_dates(match.group(), day) if day is None or d.day <= day]
    return inside[-1] if inside else None


def _is_beside(doc: Doc, mention: Mention, placed: _Placed) -> bool:
    """Return whether a date follows the number's noun at once ("up from [214] last night")."""
    end = mention.last if placed.first < mention.counted.end else max(mention.last, mention.counted.end)
    if not end <= placed.first <= end + _ADJACENT:
        return False
    between = doc[end : placed.first]
    if any(t.pos_ in ("VERB", "AUX") or t.like_num or t.text in ",;:—–" for t in between):
        return False
    is_ahead = placed.verb is not None and _looks_ahead(placed.verb)
    return not _is_sayers(placed.verb, mention) and not is_ahead


def _is_in_its_clause(doc: Doc, mention: Mention, placed: _Placed) -> bool:
    """Return whether a clause that describes the number holds a date ("the 650 reported on Tuesday")."""
    end = max(mention.last, mention.counted.end)
    verb = placed.verb
    if verb is None or not end <= verb.i <= end + 2 * _ADJACENT or verb.dep_ not in ("acl", "acl:relcl"):
        return False
    is_saying = verb.lower_ in REPORTING_VERBS or verb.lemma_.lower() in _GIVING
    return is_saying and verb.head.i in range(mention.first, end)


def _is_sayers(verb: Token | None, mention: Mention) -> bool:
    """Return whether a verb is one of saying that is not what is said of the counted."""
    if verb is None or verb.lower_ not in REPORTING_VERBS or verb.pos_ != "VERB":
        return False
    return verb.i not in mention.said.strong[:2] and verb.i != mention.said.verb


def _is_contrast(doc: Doc, mention: Mention) -> bool:
    """Return whether the number is set beside another one ("compared with 300", "down from 540")."""
    floor = doc[mention.sentence[0]].idx
    lead = doc.text[floor : mention.qualified.start]
    if _CONTRAST.search(lead) is None:
        return False
    own = _verb_above(doc[mention.counted.noun if mention.counted.noun is not None else mention.first])
    return own is None or not any(c.dep_ == "mark" and c.lower_ == "after" for c in own.children)


def _is_of_verb(
    doc: Doc, mention: Mention, predicate: int | None, placed: _Placed, *, is_headline: bool
) -> bool:
    """Return whether a date belongs to the verb that says something of the counted."""
    verb = placed.verb
    if verb is None or _is_sayers(verb, mention) or not _same_part(doc, mention, placed):
        return False
    own = _verb_above(doc[mention.counted.noun if mention.counted.noun is not None else mention.first])
    governing = {
        i for i in (predicate, mention.said.verb, own.i if own is not None else None) if i is not None
    }
    if verb.i not in governing and not (own is not None and _follows(own, verb)):
        return False
    return is_headline or not _is_still_to_come(placed, mention, doc)


def _follows(own: Token, verb: Token) -> bool:
    """Return whether a verb only goes on with another one's clause ("struck on Monday, killing 12")."""
    if _is_present(own) and own.tag_ != "VB" and not _is_present(verb):
        return False
    for _ in range(3):
        if own.dep_ not in ("advcl", "xcomp", "conj") or (own.dep_ == "conj" and _has_subject(own)):
            return False
        own = own.head
        if own.i == verb.i:
            return True
    return False


def _has_subject(verb: Token) -> bool:
    return any(c.dep_.startswith("nsubj") for c in verb.children)


def _same_part(doc: Doc, mention: Mention, placed: _Placed) -> bool:
    """Return whether no semicolon and no other number behind a comma part a date from the number."""
    low, high = sorted((placed.first, mention.first))
    if any(t.text == ";" for t in doc[low:high]):
        return False
    if placed.first < mention.first:
        return True
    between = doc[max(mention.last, mention.counted.end) : placed.first]
    numbers = [t.i for t in between if t.like_num]
    return not any(t.text == "," or _sets_beside(t) for t in between if numbers and t.i < numbers[-1])


def _sets_beside(token: Token) -> bool:
    """Return whether a word sets the number behind it beside the one before ("up from 40")."""
    return token.lower_ in ("from", "against", "after", "than", "versus", "compared")


def _opens(doc: Doc, mention: Mention, placed: _Placed) -> bool:
    """Return whether a date opens the sentence, or its part before a semicolon, and so covers all of it."""
    first = mention.sentence[0]
    for token in doc[first : mention.first]:
        if token.text == ";":
            first = token.i + 1
    lead = doc[first : placed.first]
    is_first = placed.last <= mention.first and first <= placed.first
    if not is_first or len(lead) > _ADJACENT + 2 or any(t.pos_ in ("VERB", "AUX") for t in lead):
        return False
    is_led = placed.first == first or any(t.tag_ == "IN" for t in lead) or doc[placed.first].tag_ == "IN"
    own = _verb_above(doc[mention.first])
    is_aside = own is not None and own.dep_ == "acl:relcl"
    return is_led and not is_aside and not _is_still_to_come(placed, mention, doc)


def _is_still_to_come(placed: _Placed, mention: Mention, doc: Doc) -> bool:
    """Return whether a date without a past year stands with a verb that looks ahead."""
    verb = placed.verb
    if verb is None:
        return False
    is_old = (
        not placed.dated.is_day and re.search(r"\d{4}|ago|last|earlier", _words_of(doc, placed)) is not None
    )
    return _looks_ahead(verb) or (not is_old and _is_present(verb))


def _words_of(doc: Doc, placed: _Placed) -> str:
    return str(doc[placed.first : placed.last].text)


def _looks_ahead(verb: Token) -> bool:
    """Return whether a verb speaks of what is to come: "will", "to do", "expects", "is due"."""
    for _ in range(3):
        auxiliaries = {c.lower_ for c in verb.children if c.dep_.startswith(("aux", "mark"))}
        if auxiliaries & _MODALS or ("to" in auxiliaries and not auxiliaries & {"have"}):
            return True
        if verb.lemma_.lower() in _AHEAD:
            return True
        if verb.dep_ not in ("xcomp", "ccomp", "conj") or verb.head.lower_ in REPORTING_VERBS:
            return False
        verb = verb.head
    return False


_MODALS = words("will shall would 'll ’ll should could may might must can")


def _is_present(verb: Token) -> bool:
    """Return whether a verb stands in the simple present or without any tense."""
    tags: set[str] = {c.tag_ for c in verb.children if c.dep_.startswith(("aux", "cop"))}
    if not tags and verb.lower_ in _UNCHANGED:
        return False
    if tags & {"VBD", "VBN"} or (
        verb.tag_ in ("VBN", "VBG") and tags & {"VBZ", "VBP", "VB"} and _is_perfect(verb)
    ):
        return False
    if tags:
        return bool(verb.tag_ != "VBD")
    return bool(verb.tag_ in ("VBZ", "VBP", "VB"))


_UNCHANGED = words("put cut hit cost set let shut split spread shed hurt burst cast beat quit read bid")
"""Verbs whose past looks like their present; news tells the past."""


def _is_perfect(verb: Token) -> bool:
    return any(c.lemma_.lower() == "have" for c in verb.children if c.dep_.startswith("aux"))


def _has_future(doc: Doc, mention: Mention) -> bool:
    verb = _verb_above(doc[mention.first])
    return verb is not None and _looks_ahead(verb)


def _is_past(doc: Doc, mention: Mention) -> bool:
    """Return whether the figure's verb stands in the past."""
    verb = _verb_above(doc[mention.first])
    if verb is None:
        return False
    return any(
        t.tag_ == "VBD" for t in (verb, *(c for c in verb.children if c.dep_.startswith(("aux", "cop"))))
    )


def _said_day(doc: Doc, mention: Mention, placed: list[_Placed]) -> Dated | None:
    """Return the day on which the figure was said ("..., police said on Monday")."""
    said = [p for p in placed if p.dated.is_day and p.is_adverbial and _reports(doc, mention, p.verb)]
    return min(said, key=lambda p: abs(p.dated.start - mention.number.start)).dated if said else None


def _reports(doc: Doc, mention: Mention, verb: Token | None) -> bool:
    if verb is None or verb.lower_ not in REPORTING_VERBS or verb.pos_ != "VERB":
        return False
    if verb.i in mention.said.strong[:1]:
        return False
    return verb.is_ancestor(doc[mention.first]) or verb.dep_ in ("parataxis", "ROOT")
