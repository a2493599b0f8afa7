"""One quantity put before one indicator: what the signals are read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from newsledger.extract.figures.compiled import CompiledIndicator
from newsledger.extract.figures.mentions import Mention, SentenceIndex
from newsledger.extract.figures.places import locatives
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.tokens import Doc, Token
from newsledger.extract.language.wordlist import words
from schemas.figure import Aspect

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Signal:
    """One piece of evidence.

    Attributes:
        name: its name in the table of weights.
        reason: in words what was seen, or "" where there is nothing to tell.
    """

    name: str
    reason: str = ""


@dataclass(frozen=True)
class Around:
    """A quantity with what lies around it, read once for all indicators.

    Attributes:
        m: the quantity.
        parsed: its text.
        index: finds words in the text.
        aspect: the aspect its clause states, or None.
        is_rate: whether the clause names a span counted over ("in the past 24 hours").
        days_old: days from the day its clause names to the article's, or None where none is named or known.
        year: the article's year, or None.
    """

    m: Mention
    parsed: ParsedText
    index: SentenceIndex
    aspect: Aspect | None
    is_rate: bool
    days_old: int | None
    year: int | None

    @cached_property
    def doc(self) -> Doc:
        """Return the tokens of the quantity's paragraph."""
        return self.parsed.paragraphs[self.m.paragraph].doc

    @property
    def kind(self) -> str:
        """Return the kind of the quantity's paragraph (``headline``, ``heading``, ``bullet`` ...)."""
        return self.parsed.paragraphs[self.m.paragraph].kind

    @cached_property
    def near(self) -> frozenset[int]:
        """Return the tokens of the quantity's clause, its phrase and what is said of it."""
        return self.m.said.clause.union(self.m.said.strong, range(self.m.first, self.m.counted.end))

    @cached_property
    def subject(self) -> frozenset[int]:
        """Return the tokens of the subject of the number's verb, which joined verbs share; or none."""
        tokens = _subject(self.doc, self.m)
        return frozenset() if self.m.first in tokens else frozenset(tokens)

    @cached_property
    def sentence(self) -> str:
        """Return the text of the quantity's sentence."""
        return str(self.doc[slice(*self.m.sentence)].text)

    @cached_property
    def before(self) -> str:
        """Return the sentence up to the number's qualifier."""
        return self.sentence[: self.m.qualified.start - self.doc[self.m.sentence[0]].idx]

    @cached_property
    def after(self) -> str:
        """Return the sentence after the number."""
        return self.sentence[self.m.number.end - self.doc[self.m.sentence[0]].idx :]

    @cached_property
    def own(self) -> str:
        """Return the text from the figure before to the figure after, inside the sentence."""
        return str(self.doc[slice(*self.m.bounds)].text)

    @cached_property
    def places(self) -> list[Span]:
        """Return the places that the quantity's clause names."""
        found = locatives(self.doc, *self.m.sentence)
        return [s for s in found if self.near.intersection(range(*s))]

    def words(self, span: Span) -> str:
        """Return the printed words of a span."""
        return str(self.doc[span[0] : span[1]].text)


@dataclass(frozen=True)
class Case:
    """A quantity and an indicator."""

    c: CompiledIndicator
    around: Around

    @property
    def m(self) -> Mention:
        """Return the quantity."""
        return self.around.m

    @property
    def doc(self) -> Doc:
        """Return the tokens of the quantity's paragraph."""
        return self.around.doc

    @property
    def subject(self) -> frozenset[int]:
        """Return the tokens of the subject of the number's verb."""
        return self.around.subject

    def words(self, span: Span) -> str:
        """Return the printed words of a span."""
        return self.around.words(span)

    def spans(self, phrases: Phrases, start: int | None = None, stop: int | None = None) -> list[Span]:
        """Return where the sentence, or tokens ``[start, stop)``, say one of some words."""
        low = self.m.sentence[0] if start is None else start
        high = self.m.sentence[1] if stop is None else stop
        return [s for s in self.around.index.spans(phrases, self.m.paragraph) if low <= s[0] and s[1] <= high]

    def is_before(self, phrases: Phrases) -> bool:
        """Return whether the sentence before says one of some words."""
        return self.around.index.says_before(phrases, self.m.paragraph, self.m.sentence[0])

    def is_above(self, phrases: Phrases) -> bool:
        """Return whether the heading above says one of some words."""
        return self.around.index.says_above(phrases, self.m.paragraph)


def _subject(doc: Doc, mention: Mention) -> set[int]:
    """Return the tokens of the subject of the number's verb, which verbs joined to another share with it."""
    verb = mention.said.verb
    token = doc[verb] if verb is not None else doc[mention.first]
    for _ in range(5):
        found = [c for c in token.children if c.dep_.startswith("nsubj")]
        if found:
            return _own_tokens(found[0])
        if token.dep_ not in (
            "conj",
            "xcomp",
            "ccomp",
            "aux",
            "cop",
            "obl",
            "obj",
            "nmod",
            "nummod",
            "advcl",
        ):
            break
        token = token.head
    return set()


def _own_tokens(token: Token) -> set[int]:
    """Return the tokens of a noun phrase without its relative clauses."""
    own, stack = set(), [token]
    while stack:
        current = stack.pop()
        own.add(current.i)
        stack += [c for c in current.children if c.dep_ not in ("acl", "acl:relcl", "appos", "parataxis")]
    return own


CONTENT_TAGS = ("NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ", "JJR", "RB")
_EMPTY = words(
    """
    be have do say tell report people person man woman number total figure more other new last first many much
    so far also now still just only very about around some year month week day
    """
)


def content(doc: Doc, tokens: Iterator[int]) -> Iterator[int]:
    """Yield those of some tokens that carry content."""
    for i in tokens:
        token = doc[i]
        if token.tag_ in CONTENT_TAGS and token.is_alpha and token.lemma_.lower() not in _EMPTY:
            yield i
