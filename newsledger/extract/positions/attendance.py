"""Attendance: who takes part where, in which role, with which status, as a document states it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from newsledger.extract.ids import codebook_version
from newsledger.extract.language.clauses import Predicate, predicates
from newsledger.extract.language.inflect import noun_table
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.positions.attenders import INSIDE_NAME, NAME_TAGS, TIMES, Person, is_office, people
from newsledger.extract.positions.conditions import said_on
from newsledger.extract.positions.taking_part import MOVES, SENDING, SETTINGS, has_place, status_of
from newsledger.extract.voices.actors import ActorIndex, Mention, mentions
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.position import Attendance

EXTRACTOR = "rules-attendance/2"
_GROUPS = noun_table("delegation team party mission contingent panel")
_MEMBERS = noun_table("delegate participant attendee guest speaker negotiator witness")
_INCLUDING = frozenset(("includes", "include", "included", "comprises", "comprise", "comprised"))


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
    index = (actors or ActorIndex(codebook)).on(day)
    reader = _Reader(document, codebook, index, parsed, mentions(index, parsed, day), day)
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
        self.version = codebook_version(codebook)

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
        told: list[tuple[Person, str, str | None]] = []
        for group in groups:
            told += self._members(number, sentence, group)
            status = status_of(sentence, groups, group)
            if status:
                told += [(person, status, None) for person in self._subjects(sentence, groups, group)]
                told += [(person, status, None) for person in _companions(sentence, groups, group)]
            told += [(person, "arrived", None) for person in _seen_arriving(sentence, groups, group)]
            told += [(person, "confirmed", None) for person in _sent(sentence, group)]
        told += [(person, "expected", None) for person in _inverted(sentence)]
        told += [
            (person, "confirmed", None) for person in [*_at_the_table(sentence), *_speaking(sentence, groups)]
        ]
        told += self._led(number, sentence, groups)
        for person, status, side in told:
            yield self._row(number, paragraph, sentence, person, status, side)

    def _members(self, number: int, sentence: Span, group: Predicate) -> list[tuple[Person, str, str | None]]:
        """Return the names behind "the delegation includes ...", "is led by ..." or "represented by ..."."""
        doc = sentence.doc
        low = doc[group.main].lower_
        by = next(
            (k for k in range(group.end, min(group.end + 5, sentence.end)) if doc[k].lower_ == "by"), -1
        )
        if group.subject is None or group.is_negated:
            return []
        if group.is_passive and low == "represented" and by >= 0:
            side = self._side(number, doc, group.subject, sentence)
            return [(p, "confirmed", side) for p in people(doc, by, sentence.end, stop_at_relative=True)]
        subject = doc[group.subject].lower_
        leads = group.is_passive and low in ("led", "headed") and by == group.end
        if (subject not in _GROUPS and subject not in _MEMBERS) or not (low in _INCLUDING or leads):
            return []
        side = self._side(number, doc, group.subject, sentence) if subject in _GROUPS else None
        found = list(people(doc, group.end, sentence.end, stop_at_relative=leads))
        status = "expected" if group.modals else "confirmed"
        return [(person, status, side) for person in (found[:1] if leads else found)]

    def _led(
        self, number: int, sentence: Span, groups: list[Predicate]
    ) -> Iterator[tuple[Person, str, str | None]]:
        """Yield the head of "a delegation led by X"."""
        doc = sentence.doc
        for at in range(sentence.start, sentence.end - 1):
            if doc[at].lower_ not in ("led", "headed") or doc[at + 1].lower_ != "by":
                continue
            before = at - 1 if doc[at - 1].text != "," else at - 2
            if before < sentence.start or doc[before].lower_ not in _GROUPS:
                continue
            person = next(people(doc, at + 2, sentence.end, stop_at_relative=True), None)
            later = next((g for g in groups if g.form == "finite" and g.start > at), None)
            status = (status_of(sentence, groups, later, of_group=True) if later else "") or "confirmed"
            if person is not None:
                yield person, status, self._side(number, doc, before, sentence)

    def _subjects(self, sentence: Span, groups: list[Predicate], group: Predicate) -> list[Person]:
        """Return the persons named in the subject of a predicate."""
        if group.subject is None:
            return []
        doc = sentence.doc
        start = group.opener_at + 1 if group.opener_at >= sentence.start else sentence.start
        earlier = [g.end for g in groups if g.end <= min(group.subject, group.start)]
        start = max([start, *earlier[-1:]])
        found = list(people(doc, start, group.start, stop_at_relative=False))
        near = [p for p in found if p.covers(group.subject)]
        if not near and len(found) == 1 and is_office(doc, group.subject):
            near = found  # "Qatar's prime minister, Sheikh X, was heading to": the title heads the subject
        return found if near or _is_list(doc, found) else []

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
        person: Person,
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
        parts = (document.document_id, document.reading_key, self.codebook.story, start, end, name, status)
        return Attendance(
            attendance_id="a" + hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16],
            document_id=document.document_id,
            version=document.version,
            story=self.codebook.story,
            actor=actor,
            name=name,
            role=person.role_text(doc),
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

    def _actor(self, number: int, person: Person) -> str | None:
        for mention in self.mentions:
            is_inside = mention.paragraph == number and person.first <= mention.first < person.last
            if is_inside and self.index.is_person(mention.actor):
                return str(mention.actor)
        return None

    def _place(self, sentence: Span) -> str | None:
        """Return the first place named behind "in", "to" or "at", capitalised as printed."""
        doc = sentence.doc
        is_cited = any(t.lower_ == "cited" for t in sentence)
        for at in range(sentence.start, sentence.end - 1):
            if doc[at].lower_ not in (("from",) if is_cited else ("in", "to", "at", "for")):
                continue
            first = at + 2 if doc[at + 1].lower_ == "the" else at + 1
            last = first
            while last < sentence.end and (
                doc[last].tag_ in NAME_TAGS or doc[last].text in "-‐" or doc[last].lower_ in INSIDE_NAME
            ):
                last += 1
            words = doc[first:last].text
            if (
                words[:1].isupper()
                and words.lower() not in TIMES
                and not _is_person_name(doc, first, last, self)
            ):
                return str(words)
        return None


def _is_list(doc: Doc, found: list[Person]) -> bool:
    return len(found) > 1 and any(doc[k].lower_ == "and" for k in range(found[0].last, found[-1].first))


def _companions(sentence: Span, groups: list[Predicate], group: Predicate) -> list[Person]:
    """Return those whom somebody meets or sits down with."""
    doc = sentence.doc
    end = max(
        (g.end for g in groups if g.start >= group.start and g.start <= group.end + 1), default=group.end
    )
    behind = [k for k in range(end, min(end + 2, sentence.end)) if doc[k].lower_ == "with"]
    is_meeting = any(
        doc[k].lower_ in ("sit", "sits", "sat", "meet", "meets", "met") for k in range(group.start, end)
    )
    if not behind or not is_meeting:
        return []
    comma = next((k for k in range(behind[0], sentence.end) if doc[k].text == ","), sentence.end)
    return list(people(doc, behind[0], comma, stop_at_relative=True))


def _seen_arriving(sentence: Span, groups: list[Predicate], group: Predicate) -> list[Person]:
    """Return the persons right before "pulling up to the talks" ("footage of X and Y pulling up")."""
    doc = sentence.doc
    if group.form != "gerund" or not has_place(sentence, group.end):
        return []
    low = doc[group.main].lower_
    is_arriving = low in MOVES["arrived"] or (low == "pulling" and doc[group.end].lower_ == "up")
    earlier = [g.end for g in groups if g.end <= group.start]
    found = list(people(doc, max([sentence.start, *earlier]), group.start, stop_at_relative=True))
    return found if is_arriving and found and found[-1].last == group.start else []


def _sent(sentence: Span, group: Predicate) -> list[Person]:
    """Return those whom somebody sends to what is going on, or in his place."""
    doc = sentence.doc
    if doc[group.main].lower_ not in SENDING or group.is_negated or group.modals:
        return []
    found = list(people(doc, group.end, sentence.end, stop_at_relative=True))
    rest = [t.lower_ for t in doc[found[-1].last : sentence.end]] if found else []
    return found if {"place", "stead", *SETTINGS} & set(rest[:8]) else []


def _at_the_table(sentence: Span) -> list[Person]:
    """Return the persons "with X and Y at the table"."""
    doc = sentence.doc
    for at in range(sentence.start, sentence.end):
        if doc[at].lower_ == "with":
            found = list(people(doc, at, sentence.end, stop_at_relative=True))
            rest = [t.lower_ for t in doc[found[-1].last : sentence.end]][:3] if found else []
            if rest in (["at", "the", "table"], ["in", "the", "room"], ["in", "attendance", "."]):
                return found
    return []


def _speaking(sentence: Span, groups: list[Predicate]) -> list[Person]:
    """Return who speaks where it is going on: "Speaking in X, ..." or "cited from X"."""
    doc = sentence.doc
    opens = doc[sentence.start].lower_ in ("speaking", "talking")
    if opens and has_place(sentence, sentence.start + 1):
        comma = next((t.i for t in sentence if t.text == ","), sentence.end)
        verb = next((g.start for g in groups if g.form == "finite" and g.start > comma), sentence.end)
        return list(people(doc, comma + 1, verb, stop_at_relative=True))[:1]
    for person in people(doc, sentence.start, sentence.end, stop_at_relative=True):
        behind = [t.lower_ for t in doc[person.last : min(person.last + 8, sentence.end)]]
        if behind[:2] == [",", "cited"] and "from" in behind and has_place(sentence, person.last):
            return [person]
    return []


def _inverted(sentence: Span) -> list[Person]:
    """Return the names of "Also expected on Friday were X and Y"."""
    doc = sentence.doc
    opening = [t.lower_ for t in doc[sentence.start : min(sentence.start + 4, sentence.end)]]
    if not {"expected", "due"} & set(opening):
        return []
    be = next((t.i for t in sentence if t.lower_ in ("were", "was", "are", "is")), None)
    if be is None or be - sentence.start > 7:
        return []
    return list(people(doc, be + 1, sentence.end, stop_at_relative=True))


def _is_person_name(doc: Doc, first: int, last: int, reader: _Reader) -> bool:
    """Return whether words are an actor's name that is no place ("to Reuters" is rare enough to let pass)."""
    return any(
        m.first == first
        and reader.index.is_person(m.actor)
        and reader.parsed.paragraphs[m.paragraph].doc is doc
        for m in reader.mentions
    )
