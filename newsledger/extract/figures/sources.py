"""Who says a figure: as printed, by the codebook's name where it is an actor, never by a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from newsledger.extract.figures.mentions import Mention
from newsledger.extract.language.people import is_person_word
from newsledger.extract.language.roles import PERSON_ROLES, SPEAKING_ROLES
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.actor_index import ActorIndex
from newsledger.extract.voices.statement import Statement

_HE = words("he she him her himself herself")
_IT = words("it itself")
_THEY = words("they them themselves")
_UNNAMED = words(
    """
    i we you me us this that these those who which what one ones some many others both all each none
    someone somebody anyone everyone everybody nobody there the a an such another other few several most
    """
)
"""Words that name nobody by themselves."""
_POSSESSIVES = {"his": _HE, "her": _HE, "its": _IT, "their": _THEY}
_COUNTING = words(
    """
    put count record register list estimate document tally give report log confirm number
    """
)
"""Verbs whose subject vouches for the number that is their object ("the coroner counted 27 dead")."""
_ASIDE = re.compile(r",\s+(?:which|who|whose|that|where|whom)\b.*|\s+(?:who|which)\s.*", re.DOTALL)
_OF_THEM = re.compile(r"(?i)\bof\s+(?:them|us|whom|which|these|those|it)\Z")
_AGE_ASIDE = re.compile(r",\s+\d{1,3}\b(?=\s*(?:,|$))")
_JOINED = re.compile(r"\s+(?:and|or)\s+[^\W\d][^,;:“”\"\n]{1,40}?(?=,|\s\Z)")
"""The rest of a pair of sources that was cut before "and" ("witnesses [and local officials] said")."""
_RESUMED = re.compile(
    r"(?i)(?:the|that|this|its)\s+(?:\w+\s+)?(?:tolls?|figures?|counts?|tally|totals?|numbers?)\s+"
    r"(?:(?:also|only)\s+)?(?:include|exclude|cover|do(?:es)? not|did not|comprise|range|is|was|"
    r"are|were|has|had)"
)
_CLOSING = re.compile(
    r",\s+(?P<who>[^,.;:“”\"]{2,70}?)\s+(?:said|says|say|added|reported|confirmed|announced|"
    r"told\s+[^,.]{2,40})"
    r"(?:\s+(?:on|in|late|early|earlier)\s+[^,.]{2,40}|\s+[A-Z][a-z]+day)?[.!]?[”\"]?\s*$"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A named source or person before a figure: where it stands, its words and what may mean it."""

    start: int
    paragraph: int
    label: str
    group: frozenset[str]


class SourceIndex:
    """Finds who vouches for a figure of one document.

    Args:
        parsed: the text.
        statements: what the text says that somebody says.
        actors: the codebook's actors.
    """

    def __init__(self, parsed: ParsedText, statements: Sequence[Statement], actors: ActorIndex) -> None:
        self.parsed = parsed
        self.statements = [s for s in statements if not _claims_lives(parsed, s)]
        self.actors = actors
        self._starts = [p.start for p in parsed.paragraphs]
        self._seen: set[str] = set()
        self._heads = [dict(self._actor_heads(n, p)) for n, p in enumerate(parsed.paragraphs)]
        self._known = sorted(self._named(), key=lambda named: named.start)

    def of(self, mention: Mention) -> str | None:
        """Return who says a figure, or None where nobody does or nobody can be named."""
        paragraph = self.parsed.paragraphs[mention.paragraph]
        start, end = paragraph.start + mention.number.start, paragraph.start + mention.number.end
        found = self._around(start, end) or self._trailing(end)
        if found is not None:
            return self._label(found)
        return (
            self._closing(paragraph, mention)
            or self._counter(paragraph, mention)
            or self._resumed(paragraph, mention)
        )

    def _actor_heads(self, number: int, paragraph: Paragraph) -> Iterator[tuple[int, str]]:
        """Yield the last token of every actor's name in a paragraph, with the codebook's name."""
        for found in self.actors.names_in(number, paragraph, self._seen):
            if found.how in ("name", "surname"):
                yield found.head, self.actors.actors[found.actor].name

    def _named(self) -> Iterator[_Named]:
        """Yield the sources that are no pronouns, and the persons who are subjects of sentences."""
        taken: set[int] = set()
        for statement in self.statements:
            taken.update(range(statement.source_start, statement.source_end))
            span = self._span(statement.source_start, statement.source_end)
            if span is not None and span.text.lower() not in _PRONOUNS:
                yield from self._as_named(span, statement.source_start)
        for paragraph in self.parsed.paragraphs:
            for sentence in paragraph.doc.sents:
                span = _subject_person(sentence)
                if span is not None and paragraph.start + span.start_char not in taken:
                    yield from self._as_named(span, paragraph.start + span.start_char)

    def _as_named(self, span: Span, start: int) -> Iterator[_Named]:
        label = self._printed(span)
        if label:
            yield _Named(start, self._paragraph_at(start), label, _group(_head(span)))

    def _paragraph_at(self, offset: int) -> int:
        return max(n for n, start in enumerate(self._starts) if start <= offset)

    def _span(self, start: int, end: int) -> Span | None:
        """Return the tokens of a source, with the abbreviation in capitals it was cut before."""
        if end <= start:
            return None
        paragraph = self.parsed.paragraphs[self._paragraph_at(start)]
        doc = paragraph.doc
        span = doc.char_span(start - paragraph.start, end - paragraph.start, alignment_mode="expand")
        if span is None:
            return None
        last = span.end
        while last < len(doc) and len(doc[last]) > 1 and doc[last].text.isupper() and doc[last].is_alpha:
            last += 1
        return doc[span.start : last]

    def _label(self, statement: Statement) -> str | None:
        end = statement.source_end
        rest = _JOINED.match(self.parsed.text[end : max(end, statement.cue_start)])
        end += rest.end() if rest else 0
        span = self._span(statement.source_start, end)
        return self._of_span(span) if span is not None else None

    def _of_span(self, span: Span) -> str | None:
        """Return how to name a source: printed, by the codebook, or by whom its pronoun stands for."""
        low = span.text.lower()
        if low in _PRONOUNS:
            return self._resolved(span, _PRONOUNS[low])
        owner = _POSSESSIVES.get(span[0].lower_)
        if owner is not None and len(span) > 1:
            name = self._resolved(span, owner)
            stop = next((t.i for t in span[1:] if t.like_num), span.end)
            rest = span.doc[span.start + 1 : stop].text
            return f"{name}’s {rest}" if name and rest else None
        return self._printed(span)

    def _printed(self, span: Span) -> str | None:
        text = _AGE_ASIDE.sub("", _ASIDE.sub("", span.text)).strip(" ,;:“”\"'‘’—–-")
        head = _head(span)
        heads = self._heads[self._paragraph_of(span)]
        name = heads.get(head.i) or heads.get(_name_end(head))
        if name is not None:
            return name
        if not text or _OF_THEM.search(text) or text.lower() in _UNNAMED or text.lower() in _PRONOUNS:
            return None
        return text

    def _paragraph_of(self, span: Span) -> int:
        return next(n for n, p in enumerate(self.parsed.paragraphs) if p.doc is span.doc)

    def _resolved(self, span: Span, group: frozenset[str]) -> str | None:
        """Return the last source or person before a pronoun that it may mean, one paragraph back at most."""
        number = self._paragraph_of(span)
        paragraph = self.parsed.paragraphs[number]
        at = paragraph.start + span.start_char
        before = [
            n for n in self._known if n.start < at and number - 1 <= n.paragraph <= number and n.group & group
        ]
        if not before:
            return None
        last = before[-1]
        first_of_sentence = paragraph.start + span[0].sent.start_char
        rivals = {
            n.label for n in before if n.start >= first_of_sentence and n.start < at and n.group == last.group
        }
        return last.label if len(rivals) < 2 else None

    def _around(self, start: int, end: int) -> Statement | None:
        """Return the smallest statement that says the words at an offset."""
        around = [s for s in self.statements if s.content_start <= start and end <= s.content_end]
        return min(around, key=lambda s: (s.content_end - s.content_start, s.content_start), default=None)

    def _trailing(self, end: int) -> Statement | None:
        """Return who closes the sentence ("..., police said"), who vouches for all of it."""
        text = self.parsed.text
        for statement in sorted(self.statements, key=lambda s: s.cue_start):
            first = min(statement.source_start, statement.cue_start)
            last = max(statement.source_end, statement.cue_end)
            if first < end or first - end > 400 or re.search(r"[.!?]\s|\n", text[end:first]):
                continue
            is_last = re.match(r"[^.!?,;]{0,25}(?:[.!?\n]|$)", text[last:]) is not None
            if is_last and text[:first].rstrip().endswith(","):
                return statement
        return None

    def _closing(self, paragraph: Paragraph, mention: Mention) -> str | None:
        """Return who closes the sentence where the tree misses it ("..., police said.")."""
        sentence = paragraph.doc[slice(*mention.sentence)]
        match = _CLOSING.search(sentence.text, max(0, mention.number.end - sentence.start_char))
        if match is None:
            return None
        begin = paragraph.start + sentence.start_char
        span = self._span(begin + match.start("who"), begin + match.end("who"))
        return self._of_span(span) if span is not None else None

    def _counter(self, paragraph: Paragraph, mention: Mention) -> str | None:
        """Return the subject of a verb of counting that governs the number ("it put the wounded at 40")."""
        doc = paragraph.doc
        verb = mention.said.verb
        candidates = [] if verb is None else [verb]
        candidates += [i for i in mention.said.strong if i < mention.first]
        for index in candidates:
            if doc[index].lemma_.lower() not in _COUNTING or doc[index].pos_ != "VERB":
                continue
            subject = next((c for c in doc[index].children if c.dep_ == "nsubj"), None)
            if subject is None or subject.i > index or subject.i >= mention.first:
                continue
            span = doc[subject.left_edge.i : min(index, subject.right_edge.i + 1)]
            if any(t.like_num for t in span) or not (_speaks(subject) or span.text.lower() in _PRONOUNS):
                continue
            return self._of_span(span)
        return None

    def _resumed(self, paragraph: Paragraph, mention: Mention) -> str | None:
        """Return the source of the sentence before, where this one goes on about its count."""
        doc = paragraph.doc
        first = mention.sentence[0]
        if first == 0 or not _RESUMED.match(doc[slice(*mention.sentence)].text):
            return None
        before = doc[first - 1].sent
        low, high = paragraph.start + before.start_char, paragraph.start + before.end_char
        inside = [s for s in self.statements if low <= s.cue_start < high]
        labels = {label for s in inside if (label := self._label(s))}
        return labels.pop() if len(labels) == 1 else None


_PRONOUNS = {**dict.fromkeys(_HE, _HE), **dict.fromkeys(_IT, _IT), **dict.fromkeys(_THEY, _THEY)}


def _head(span: Span) -> Token:
    """Return the word of a source that tells what it is: the root of its tree, a name by its last word."""
    inside = [t for t in span if not span.start <= t.head.i < span.end or t.head is t]
    return inside[0] if inside else span[-1]


def _subject_person(sentence: Span) -> Span | None:
    """Return the name of the person who is the subject of a sentence, or None."""
    subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.tag_ != "NNP" or _group(subject) != _HE:
        return None
    return sentence.doc[subject.left_edge.i : max(subject.right_edge.i, _name_end(subject)) + 1]


def _name_end(head: Token) -> int:
    """Return the last token of the name a word heads or belongs to."""
    doc, at = head.doc, int(head.i)
    while at + 1 < len(doc) and doc[at + 1].tag_ in ("NNP", "NNPS") and doc[at + 1].sent == head.sent:
        at += 1
    return at


def _group(head: Token) -> frozenset[str]:
    """Return the pronouns that may stand for a source."""
    if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("police", "authorities", "people", "staff"):
        return _THEY
    if head.lemma_.lower() in _BODIES:
        return _IT | _THEY
    if _is_person_noun(head):
        return _HE
    if head.tag_ == "NNP":
        has_role = any(_is_person_noun(c) for c in head.subtree)
        return _HE if has_role or _is_full_name(head) else _IT | _THEY
    return _IT | _THEY


def _is_person_noun(token: Token) -> bool:
    low = token.lower_
    return low in SPEAKING_ROLES or low in PERSON_ROLES or is_person_word(token.text, token.lemma_)


def _is_full_name(head: Token) -> bool:
    """Return whether a proper noun looks like a first and a last name: two words, no article."""
    names = [t for t in head.subtree if t.tag_ == "NNP" and abs(t.i - head.i) <= 3 and t.text[:1].isupper()]
    has_article = any(c.dep_ == "det" for c in head.children)
    return 2 <= len(names) <= 3 and not has_article and not any(t.text.isupper() for t in names)


def _speaks(subject: Token) -> bool:
    """Return whether a subject of a verb of counting can vouch for it: a person, a body, no thing."""
    if subject.tag_ in ("NNP", "NNPS") or subject.lower_ in _BODIES:
        return True
    return subject.lemma_.lower() in _BODIES or _is_person_noun(subject)


_BODIES = words(
    """
    ministry government agency police authority authorities union company board commission committee
    hospital court council department office service institute bureau party army military group firm
    union charity association federation coroner medic organisation organization monitor observatory
    bank regulator watchdog coastguard operator utility
    """
)
"""Bodies that count things and are cited for it."""


def _claims_lives(parsed: ParsedText, statement: Statement) -> bool:
    """Return whether "claimed" takes lives instead of saying something."""
    content = parsed.text[statement.content_start : statement.content_end]
    return statement.cue_lemma == "claim" and re.search(r"\blives\b", content[:60]) is not None
