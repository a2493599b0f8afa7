"""Attendance: who takes part where, in which role, with which status, as a document states it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from newsledger.extract.language.clauses import Predicate, predicates
from newsledger.extract.language.inflect import noun_table, verb_table
from newsledger.extract.language.roles import OWN_MINDS, SPEAKING_ROLES
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.conditions import said_on
from newsledger.extract.voices.actors import ActorIndex, Mention, mentions
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.position import Attendance

EXTRACTOR = "rules-attendance/1"
_MOVES = {
    "arrived": verb_table("arrive land reach"),
    "confirmed": verb_table("attend join participate meet convene gather"),
    "left": verb_table("leave depart return quit"),
    "expected": verb_table("travel fly head"),
    "absent": verb_table("skip boycott miss"),
}
"""Verbs of taking part; the status each gives when it is told as done."""
_SETTINGS = noun_table(
    """
    talk negotiation summit meeting conference session round ceremony hearing delegation discussion
    gathering congress debate forum consultation team party panel
    """
)
"""What one takes part in; "joined the army" or "left the room" is no attendance."""
_GROUPS = noun_table("delegation team party mission contingent panel")
_FORECASTS = frozenset(["expected", "due", "set", "scheduled", "slated", "planning", "likely"])
_FUTURE = frozenset(["will", "would", "'ll", "’ll", "shall"])
_INSIDE_ROLE = ("NN", "NNP", "NNPS", "JJ", "NNS", "HYPH", "POS", "VBN")
_NAME_TAGS = ("NNP", "NNPS")
_INSIDE_NAME = words("""
    al el bin ibn de van von der da di la le abu ben ul
""")
_TIMES = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
""")


@dataclass(frozen=True, slots=True)
class _Person:
    """A person named in a sentence: tokens of the name, and of the role before or behind it."""

    first: int
    last: int
    role: tuple[int, int] | None


def extract_attendance(
    document: Document,
    codebook: Codebook,
    parsed: ParsedText,
    *,
    day: date | None,
    actors: ActorIndex | None = None,
) -> list[Attendance]:
    """Return who takes part where, in order of the text, each name once a status.

    Args:
        document: the document; its text is the one that was parsed.
        codebook: the story's actors.
        parsed: the parsed text.
        day: the publication day, from which weekdays are counted back; None when unknown.
        actors: the codebook's actors ready to be found, when the caller has them.
    """
    index = actors or ActorIndex(codebook)
    reader = _Reader(document, codebook, index, parsed, mentions(index, parsed), day)
    return reader.read()


class _Reader:
    def __init__(
        self,
        document: Document,
        codebook: Codebook,
        index: ActorIndex,
        parsed: ParsedText,
        found: list[Mention],
        day: date | None,
    ) -> None:
        self.document, self.codebook, self.index = document, codebook, index
        self.parsed, self.mentions, self.day = parsed, found, day
        digest = hashlib.sha256(codebook.model_dump_json().encode()).hexdigest()[:8]
        self.version = f"{codebook.version}+{digest}"

    def read(self) -> list[Attendance]:
        """Return who takes part where, as the document states it, in order of the evidence."""
        rows: dict[tuple[str, str], Attendance] = {}
        for number, paragraph in enumerate(self.parsed.paragraphs):
            if paragraph.kind == "label":
                continue
            for sentence in paragraph.doc.sents:
                for row in self._sentence(number, paragraph, sentence):
                    rows.setdefault((row.actor or row.name, row.status), row)
        return sorted(rows.values(), key=lambda r: (r.evidence_start, r.name))

    def _sentence(self, number: int, paragraph: Paragraph, sentence: Span) -> Iterator[Attendance]:
        groups = predicates(sentence)
        for group in groups:
            yield from self._members(number, paragraph, sentence, group)
            status = _status(sentence, groups, group)
            if status:
                for person in self._subjects(sentence, group):
                    yield self._row(number, paragraph, sentence, person, status, None)
        yield from self._inverted(number, paragraph, sentence)
        yield from self._led(number, paragraph, sentence)

    def _members(
        self, number: int, paragraph: Paragraph, sentence: Span, group: Predicate
    ) -> Iterator[Attendance]:
        """Yield the names behind "the delegation includes ..." and "is led by ..."."""
        doc = sentence.doc
        low = doc[group.main].lower_
        if group.subject is None or doc[group.subject].lower_ not in _GROUPS or group.is_negated:
            return
        leads = (
            group.is_passive
            and low in ("led", "headed")
            and group.end < sentence.end
            and doc[group.end].lower_ == "by"
        )
        if low not in ("includes", "include", "included", "comprises", "comprise", "comprised") and not leads:
            return
        side = self._side(number, doc, group.subject, sentence)
        people = list(_people(doc, group.end, sentence.end, stop_at_relative=leads))
        for person in people[:1] if leads else people:
            yield self._row(number, paragraph, sentence, person, "confirmed", side)

    def _led(self, number: int, paragraph: Paragraph, sentence: Span) -> Iterator[Attendance]:
        """Yield the head of "a delegation led by X"."""
        doc = sentence.doc
        groups = predicates(sentence)
        for at in range(sentence.start, sentence.end - 1):
            if doc[at].lower_ not in ("led", "headed") or doc[at + 1].lower_ != "by":
                continue
            before = at - 1 if doc[at - 1].text != "," else at - 2
            if before < sentence.start or doc[before].lower_ not in _GROUPS:
                continue
            person = next(_people(doc, at + 2, sentence.end, stop_at_relative=True), None)
            later = next((g for g in groups if g.form == "finite" and g.start > at), None)
            status = (_status(sentence, groups, later, of_group=True) if later else "") or "confirmed"
            if person is not None:
                yield self._row(
                    number, paragraph, sentence, person, status, self._side(number, doc, before, sentence)
                )

    def _inverted(self, number: int, paragraph: Paragraph, sentence: Span) -> Iterator[Attendance]:
        """Yield the names of "Also expected on Friday were X and Y"."""
        doc = sentence.doc
        opening = [t.lower_ for t in doc[sentence.start : min(sentence.start + 4, sentence.end)]]
        if not {"expected", "due"} & set(opening):
            return
        be = next((t.i for t in sentence if t.lower_ in ("were", "was", "are", "is")), None)
        if be is None or be - sentence.start > 7:
            return
        for person in _people(doc, be + 1, sentence.end, stop_at_relative=True):
            yield self._row(number, paragraph, sentence, person, "expected", None)

    def _subjects(self, sentence: Span, group: Predicate) -> list[_Person]:
        """Return the persons named in the subject of a predicate."""
        if group.subject is None:
            return []
        doc = sentence.doc
        start = group.opener_at + 1 if group.opener_at >= sentence.start else sentence.start
        earlier = [g.end for g in predicates(sentence) if g.end <= min(group.subject, group.start)]
        start = max([start, *earlier[-1:]])
        people = list(_people(doc, start, group.start, stop_at_relative=False))
        near = [
            p
            for p in people
            if p.first <= group.subject < p.last or (p.role and p.role[0] <= group.subject < p.role[1])
        ]
        if not near and len(people) == 1 and _is_office(doc[group.subject].lower_):
            near = people  # "Qatar's prime minister, Sheikh X, was heading to": the title heads the subject
        return people if near or _is_list(doc, people) else []

    def _side(self, number: int, doc: Doc, head: int, sentence: Span) -> str | None:
        """Return the body whose delegation it is: a codebook key, the printed name, or None."""
        local = [m for m in self.mentions if m.paragraph == number and m.head == head]
        if local:
            return local[0].actor
        owner = doc[head - 1]
        if head - 1 >= sentence.start and owner.tag_ in ("JJ", "NNP") and owner.text[:1].isupper():
            return str(owner.text)
        return None

    def _row(
        self,
        number: int,
        paragraph: Paragraph,
        sentence: Span,
        person: _Person,
        status: str,
        side: str | None,
    ) -> Attendance:
        doc = sentence.doc
        start, end = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
        while self.parsed.text[end - 1].isspace():
            end -= 1
        name = doc[person.first : person.last].text
        actor = self._actor(number, person)
        delegation = side or (self.codebook.actors[actor].speaks_for if actor else None)
        document = self.document
        parts = (document.document_id, document.version, self.codebook.story, start, end, name, status)
        return Attendance(
            attendance_id="a" + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16],
            document_id=document.document_id,
            version=document.version,
            story=self.codebook.story,
            actor=actor,
            name=name,
            role=_role_text(doc, person),
            delegation=delegation,
            status=status,
            place=self._place(sentence),
            as_of=said_on(sentence, self.day) or self.day,
            evidence=self.parsed.text[start:end],
            evidence_start=start,
            evidence_end=end,
            extractor=EXTRACTOR,
            codebook_version=self.version,
        )

    def _actor(self, number: int, person: _Person) -> str | None:
        for mention in self.mentions:
            is_inside = mention.paragraph == number and person.first <= mention.first < person.last
            if is_inside and self.index.is_person(mention.actor):
                return str(mention.actor)
        return None

    def _place(self, sentence: Span) -> str | None:
        """Return the first place named behind "in", "to" or "at", capitalised as printed."""
        doc = sentence.doc
        for at in range(sentence.start, sentence.end - 1):
            if doc[at].lower_ not in ("in", "to", "at", "for"):
                continue
            first = at + 2 if doc[at + 1].lower_ == "the" else at + 1
            last = first
            while last < sentence.end and (
                doc[last].tag_ in _NAME_TAGS or doc[last].text in "-‐" or doc[last].lower_ in _INSIDE_NAME
            ):
                last += 1
            words = doc[first:last].text
            if (
                words[:1].isupper()
                and words.lower() not in _TIMES
                and not _is_person_name(doc, first, last, self)
            ):
                return str(words)
        return None


def _is_person_name(doc: Doc, first: int, last: int, reader: _Reader) -> bool:
    """Return whether words are an actor's name that is no place ("to Reuters" is rare enough to let pass)."""
    return any(
        m.first == first
        and reader.index.is_person(m.actor)
        and reader.parsed.paragraphs[m.paragraph].doc is doc
        for m in reader.mentions
    )


def _status(sentence: Span, groups: list[Predicate], group: Predicate, *, of_group: bool = False) -> str:
    """Return the status a predicate gives its subject, or "" where it is none of taking part."""
    doc = sentence.doc
    low = doc[group.main].lower_
    number = groups.index(group)
    target, is_future = group, bool(group.modals & _FUTURE)
    forecasts = low in _FORECASTS or (
        group.is_copula
        and any(
            doc[k].lower_ in _FORECASTS or doc[k].lower_ == "also"
            for k in range(group.end, min(group.end + 2, sentence.end))
        )
    )
    if (
        number + 1 < len(groups)
        and groups[number + 1].form == "infinitive"
        and (forecasts or group.is_copula)
    ):
        target, is_future = groups[number + 1], True
    elif forecasts and _has_setting(sentence, group.end) and not group.is_negated:
        return "expected"
    status = next((s for s, table in _MOVES.items() if doc[target.main].lower_ in table), "")
    if (
        not status
        or target.form == "gerund"
        or group.opener in ("if", "unless", "whether", "who", "which")
        or group.modals & {"may", "might", "could"}
    ):
        return ""
    if (
        low in ("departed", "left", "departing")
        and target.end < sentence.end
        and doc[target.end].lower_ == "for"
    ):
        status = "expected"
    is_joining = doc[target.main].lower_ in ("join", "joins", "joined", "attend") and _ends_soon(
        sentence, target.end
    )
    if is_joining and is_future and not (group.is_negated or target.is_negated):
        return "expected"
    is_moved = status in ("arrived", "left", "expected")
    if not (
        of_group or (is_moved and _has_place(sentence, target.end)) or _has_setting(sentence, target.end)
    ):
        return ""
    if group.is_negated or target.is_negated:
        return "absent" if status in ("confirmed", "arrived") else ""
    return "expected" if is_future and status in ("arrived", "confirmed", "expected") else status


def _ends_soon(sentence: Span, at: int) -> bool:
    """Return whether a verb has no object: its clause ends, or a time follows ("expected to join later")."""
    return (
        at >= sentence.end
        or sentence.doc[at].tag_ in (",", ".", "RB", "RBR", "IN", "NNP", ":")
        or (sentence.doc[at].lower_ in ("this", "next", "later"))
    )


def _has_setting(sentence: Span, at: int) -> bool:
    doc = sentence.doc
    return any(doc[k].lower_ in _SETTINGS for k in range(at, min(at + 9, sentence.end)))


def _has_place(sentence: Span, at: int) -> bool:
    doc = sentence.doc
    for k in range(at, min(at + 8, sentence.end - 1)):
        if doc[k].lower_ in ("in", "to", "at", "for", "from") and doc[k + 1].tag_ in (*_NAME_TAGS, "DT"):
            return True
    return False


def _people(doc: Doc, start: int, end: int, *, stop_at_relative: bool) -> Iterator[_Person]:
    """Yield the persons named among tokens: two or more capitalised names, titles left to the role."""
    at = start
    while at < end:
        low = doc[at].lower_
        if stop_at_relative and low in ("according", "who", "whose", "which", "because", "—"):
            return
        if doc[at].tag_ not in _NAME_TAGS and low not in ("sheikh", "sheik"):
            at += 1
            continue
        last = at
        while last < end and (doc[last].tag_ in _NAME_TAGS or _is_inside(doc, last, end)):
            last += 1
        person = _person(doc, at, last, start)
        is_owner = last < len(doc) and doc[last].lower_ in ("'s", "’s", "'", "’")
        if person is not None and not is_owner:
            yield person
        at = max(last, at + 1)


def _is_inside(doc: Doc, at: int, end: int) -> bool:
    token = doc[at]
    is_particle = (
        token.lower_ in _INSIDE_NAME and at + 1 < end and doc[at + 1].text[:1] in "-‐"
    ) or token.lower_ in ("bin", "ibn", "al", "de", "van", "von")
    return is_particle or (token.text in ("-", "‐") and not token.whitespace_ and at + 1 < end)


def _person(doc: Doc, first: int, last: int, floor: int) -> _Person | None:
    """Return the person whose name ends a run of capitalised words; what stands before is the role."""
    name_start = first
    for k in range(first, last):
        if (
            doc[k].lower_ in SPEAKING_ROLES
            or doc[k].lower_ in ("prime", "foreign", "affairs", "sheikh")
            or doc[k].lower_ in OWN_MINDS
        ):
            name_start = k + 1
    words = [
        k
        for k in range(name_start, last)
        if doc[k].text not in ("-", "‐") and doc[k].lower_ not in _INSIDE_NAME
    ]
    if len(words) < 2 or any(doc[k].lower_ in _TIMES for k in words):
        return None
    if not _is_role_near(doc, name_start, last, floor):
        return None
    return _Person(name_start, last, _role(doc, name_start, last, floor))


def _is_role_near(doc: Doc, first: int, last: int, floor: int) -> bool:
    """Return whether a noun for a person's office stands by the name.

    Without one, it may be a place or body.
    """
    return _role(doc, first, last, floor) is not None


def _role(doc: Doc, first: int, last: int, floor: int) -> tuple[int, int] | None:
    at = first
    if at - 2 >= floor and doc[at - 1].text == "," and _is_office(doc[at - 2].lower_):
        at -= 1
    start = at
    while start - 1 >= floor and (doc[start - 1].tag_ in _INSIDE_ROLE or _in_hyphens(doc, start - 1)):
        start -= 1
    if any(_is_office(doc[k].lower_) for k in range(start, at)):
        return start, at
    if last + 1 < len(doc) and doc[last].text == ",":
        stop = last + 1
        while stop < len(doc) and (
            doc[stop].tag_ in ("NN", "NNP", "NNPS", "JJ", "DT", "POS", "HYPH", "NNS", "JJS", "VBN")
            or doc[stop].lower_ == "of"
        ):
            stop += 1
        head = next((k for k in range(last + 1, stop) if doc[k].lower_ == "of"), stop) - 1
        if head > last and _is_office(doc[head].lower_):
            return last + 1, stop
    return None


def _in_hyphens(doc: Doc, at: int) -> bool:
    """Return whether a token is part of a hyphenated word ("son-in-law")."""
    is_joined = at + 1 < len(doc) and doc[at + 1].text in "-‐" and not doc[at].whitespace_
    return is_joined or doc[at].text in ("-", "‐")


def _is_office(word: str) -> bool:
    return word in SPEAKING_ROLES or word in (
        "coordinator",
        "co-ordinator",
        "son-in-law",
        "law",
        "professor",
        "king",
        "judge",
        "sheikh",
        "prince",
    )


def _is_list(doc: Doc, people: list[_Person]) -> bool:
    return len(people) > 1 and any(doc[k].lower_ == "and" for k in range(people[0].last, people[-1].first))


def _role_text(doc: Doc, person: _Person) -> str:
    if person.role is None:
        return ""
    return str(doc[person.role[0] : person.role[1]].text).strip(" ,")
