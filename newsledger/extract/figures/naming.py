"""How a source is named: as printed, by the codebook's name where it is an actor, never by a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsledger.extract.figures.speakers import BODIES, CARRIERS, is_person_noun
from newsledger.extract.language.clauses import phrase_start
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Span, Token
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.actor_index import ActorIndex, Seen
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
_NO_ONE = re.compile(r"(?i)(?:nobody|no\s+one|no|none|neither|few)\b")
_POSSESSIVES = {"his": _HE, "her": _HE, "its": _IT, "their": _THEY}
_ASIDE = re.compile(r",\s+(?:which|who|whose|that|where|whom)\b.*|\s+(?:who|which)\s.*", re.DOTALL)
_REDUCED = re.compile(
    r"\s+(?:published|released|issued|conducted|carried\s+out|taken|commissioned|made\s+public|out|posted|"
    r"seen)\b.*",
    re.DOTALL,
)
"""What follows the name of a document ("a poll [published on Thursday]")."""
_OF_THEM = re.compile(r"(?i)\bof\s+(?:them|us|whom|which|these|those|it)\Z")
_AGE_ASIDE = re.compile(r",\s+\d{1,3}\b(?=\s*(?:,|$))")
_COMPANY = re.compile(r"\s*(?:&|and)\s+(?:Co|Sons|Partners|Company|Brothers)\b\.?")


@dataclass(frozen=True, slots=True)
class _Named:
    """A named source or person before a figure: where it stands, its words and what may mean it."""

    start: int
    paragraph: int
    label: str
    group: frozenset[str]


class SourceNames:
    """Names the sources of one document.

    Args:
        parsed: the text.
        statements: what the text says that somebody says.
        actors: the codebook's actors.
    """

    def __init__(self, parsed: ParsedText, statements: Sequence[Statement], actors: ActorIndex) -> None:
        self.parsed, self.actors = parsed, actors
        self._starts = [p.start for p in parsed.paragraphs]
        self._seen = Seen()
        self._heads = [dict(self._actor_heads(n, p)) for n, p in enumerate(parsed.paragraphs)]
        self._known = sorted(self._named(statements), key=lambda named: named.start)

    def _actor_heads(self, number: int, paragraph: Paragraph) -> Iterator[tuple[int, str]]:
        """Yield the last token of every actor's name in a paragraph, with the codebook's name."""
        for found in self.actors.names_in(number, paragraph, self._seen):
            if found.how in ("name", "surname"):
                yield found.head, self.actors.actors[found.actor].name

    def _named(self, statements: Sequence[Statement]) -> Iterator[_Named]:
        """Yield the sources that are no pronouns, and the persons and bodies that are subjects."""
        taken: set[int] = set()
        for statement in statements:
            taken.update(range(statement.source_start, statement.source_end))
            span = self.span(statement.source_start, statement.source_end)
            if span is not None and span.text.lower() not in PRONOUNS:
                yield from self._as_named(span, statement.source_start)
        for paragraph in self.parsed.paragraphs:
            for sentence in paragraph.doc.sents:
                span = _subject(sentence)
                if span is None or paragraph.start + span.start_char in taken:
                    continue
                group = _HE if _opens_as_name(span) else None
                yield from self._as_named(span, paragraph.start + span.start_char, group)

    def _as_named(self, span: Span, start: int, group: frozenset[str] | None = None) -> Iterator[_Named]:
        label = self.printed(span)
        if label:
            yield _Named(start, self.paragraph_at(start), label, group or _group(head_of(span)))

    def paragraph_at(self, offset: int) -> int:
        """Return the paragraph an offset lies in."""
        return max((n for n, start in enumerate(self._starts) if start <= offset), default=0)

    def knows(self, label: str) -> bool:
        """Return whether a name is the end of a source's or person's name found elsewhere in the text."""
        return any(n.label != label and n.label.endswith(" " + label) for n in self._known)

    def is_actor(self, span: Span) -> bool:
        """Return whether a span names an actor of the codebook."""
        heads = self._heads[self._paragraph_of(span)]
        return any(i in heads for i in range(span.start, span.end))

    def span(self, start: int, end: int) -> Span | None:
        """Return the tokens of a source, with the abbreviation in capitals it was cut before."""
        if end <= start:
            return None
        paragraph = self.parsed.paragraphs[self.paragraph_at(start)]
        doc = paragraph.doc
        span = doc.char_span(start - paragraph.start, end - paragraph.start, alignment_mode="expand")
        if span is None:
            return None
        last = span.end
        while last < len(doc) and len(doc[last]) > 1 and doc[last].text.isupper() and doc[last].is_alpha:
            last += 1
        return doc[span.start : last]

    def of_span(self, span: Span) -> str | None:
        """Return how to name a source: printed, by the codebook, or by whom its pronoun stands for."""
        while len(span) > 1 and span[0].is_punct:
            span = span[1:]
        low = span.text.lower()
        if low in PRONOUNS:
            return self.resolved(span, PRONOUNS[low])
        owner = _POSSESSIVES.get(span[0].lower_)
        if owner is not None and len(span) > 1:
            name = self.resolved(span, owner)
            if any(t.lemma_.lower() in CARRIERS for t in span):
                return name
            stop = next((t.i for t in span[1:] if t.like_num), span.end)
            rest = span.doc[span.start + 1 : stop].text
            return f"{name}’s {rest}" if name and rest else None
        return self.printed(span)

    def printed(self, span: Span) -> str | None:
        """Return a source as printed, or by the codebook's name, or None where it names nobody."""
        span = _behind_carrier(span)
        text = _REDUCED.sub("", _ASIDE.sub("", span.text))
        text = _AGE_ASIDE.sub("", text).strip(" ,;:—–-“”\"'‘’")
        head = head_of(span)
        heads = self._heads[self._paragraph_of(span)]
        name = heads.get(head.i) or heads.get(name_end(head))
        if name is not None:
            return name
        low = text.lower()
        if not text or _OF_THEM.search(text) or low in _UNNAMED or low in PRONOUNS or _NO_ONE.match(text):
            return None
        rest = _COMPANY.match(span.doc.text, span.end_char)
        return text + rest.group() if rest else text

    def _paragraph_of(self, span: Span) -> int:
        return next(n for n, p in enumerate(self.parsed.paragraphs) if p.doc is span.doc)

    def resolved(self, span: Span, group: frozenset[str]) -> str | None:
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

    def last_before(self, start: int, end: int) -> str | None:
        """Return the last person or source named between two offsets, or None."""
        inside = [n for n in self._known if start <= n.start < end]
        return inside[-1].label if inside else None


PRONOUNS = {**dict.fromkeys(_HE, _HE), **dict.fromkeys(_IT, _IT), **dict.fromkeys(_THEY, _THEY)}
"""Third-person pronouns with those that stand for the same kind of source."""


def head_of(span: Span) -> Token:
    """Return the word of a source that tells what it is: the root of its tree, a name by its last word."""
    inside = [t for t in span if not span.start <= t.head.i < span.end or t.head.i == t.i]
    return inside[0] if inside else span[-1]


def _behind_carrier(span: Span) -> Span:
    """Return who stands behind a document or count: "the agency’s latest bulletin", "figures from X"."""
    doc = span.doc
    at = next((t.i for t in span if t.lemma_.lower() in CARRIERS), None)
    if at is None:
        return span
    owner = next((i for i in range(at - 1, span.start, -1) if doc[i].tag_ == "POS"), None)
    if owner is not None and all(doc[i].tag_ in _BEFORE_NOUN for i in range(owner + 1, at)):
        return doc[span.start : owner]
    after = at + 1
    while after < span.end and doc[after].tag_ == "VBN":
        after += 1
    if (
        after + 1 < span.end
        and doc[after].lower_ in ("from", "by", "of")
        and _may_own(doc[after + 1 : span.end])
    ):
        return doc[after + 1 : span.end]
    return span


_BEFORE_NOUN = ("JJ", "JJS", "JJR", "NN", "NNP", "VBN", "CD")


def _may_own(span: Span) -> bool:
    """Return whether a phrase names a body or person that can stand behind a count."""
    head = head_of(span)
    return head.tag_ in ("NNP", "NNPS") or head.lemma_.lower() in BODIES or is_person_noun(head)


def noun_phrase(doc: Doc, head: int, low: int) -> Span:
    """Return the noun phrase a token heads, from its first word to the end of its name."""
    return doc[phrase_start(doc, head, low) : max(head, name_end(doc[head])) + 1]


def _subject(sentence: Span) -> Span | None:
    """Return the name of the person or body that is the subject of a sentence, or None."""
    subject = next((c for c in sentence.root.children if c.dep_.startswith("nsubj")), None)
    if subject is None:
        return _opening_name(sentence)
    is_body = subject.lemma_.lower() in BODIES and subject.tag_ in ("NN", "NNP")
    is_person = subject.tag_ in ("NN", "NNP") and _group(subject) == _HE
    if not is_person and not is_body:
        return _opening_name(sentence)
    end = max(subject.right_edge.i if is_person else subject.i, name_end(subject))
    return sentence.doc[subject.left_edge.i : end + 1]


def _opening_name(sentence: Span) -> Span | None:
    """Return the first and last name that open a sentence the tree misreads ("Ana Brusk on her feet.")."""
    if len(sentence) < 3 or sentence[1].tag_ != "NNP" or sentence[0].tag_ not in ("NNP", "NNS", "NNPS"):
        return None
    if any(not t.text.istitle() or t.lower_ in BODIES or t.lower_ in _NO_FIRST_NAMES for t in sentence[:2]):
        return None
    follows = sentence[2]
    is_closed = follows.tag_ not in ("NNP", "NNPS", "NN", "NNS", "POS", "HYPH", "CC")
    return sentence[:2] if is_closed else None


def _opens_as_name(span: Span) -> bool:
    """Return whether a span is the first and last name that open its sentence."""
    name = _opening_name(span[0].sent)
    return name is not None and (name.start, name.end) == (span.start, span.end)


_NO_FIRST_NAMES = words(
    """
    on in at by monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december new north south east west united
    """
)
"""Capitalised words that open a sentence and are no first name."""


def name_end(head: Token) -> int:
    """Return the last token of the name a word heads or belongs to."""
    doc, at = head.doc, int(head.i)
    if head.tag_ not in ("NNP", "NNPS", "NN"):
        return at
    while at + 1 < len(doc) and doc[at + 1].tag_ in ("NNP", "NNPS") and doc[at + 1].sent == head.sent:
        at += 1
    return at


def _group(head: Token) -> frozenset[str]:
    """Return the pronouns that may stand for a source."""
    if head.tag_ in ("NNS", "NNPS") or head.lower_ in ("police", "authorities", "people", "staff"):
        return _THEY
    if head.lemma_.lower() in BODIES:
        return _IT | _THEY
    if is_person_noun(head):
        return _HE
    if head.tag_ == "NNP":
        has_role = any(is_person_noun(c) for c in head.subtree)
        return _HE if has_role or _is_full_name(head) else _IT | _THEY
    return _IT | _THEY


def _is_full_name(head: Token) -> bool:
    """Return whether a proper noun looks like a first and a last name: two words, no article."""
    names = [t for t in head.subtree if t.tag_ == "NNP" and abs(t.i - head.i) <= 3 and t.text[:1].isupper()]
    has_article = any(c.dep_ == "det" for c in head.children)
    return 2 <= len(names) <= 3 and not has_article and not any(t.text.isupper() for t in names)
