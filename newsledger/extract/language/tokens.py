"""Words with their tags and tree, read out of the language model's document once.

Rules ask for the same few facts of a word again and again. spaCy makes a new object for every word asked
for and decodes its strings each time, which took most of the time of reading; here each word is one plain
object, its facts are attributes, and the tree is made of references. Names and meaning follow spaCy's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Literal, overload

from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SENT_START, SPACY, TAG
from spacy.lang.en.lex_attrs import like_num
from spacy.lang.lex_attrs import is_punct, is_quote
from spacy.tokens import Doc as ModelDoc

ATTRIBUTES = [ORTH, TAG, POS, DEP, LEMMA, HEAD, SENT_START, SPACY]
MOST_WORDS = 100_000
"""Different words whose facts are kept; when there are more, the keeping starts anew."""


class _Word:
    """What is the same wherever a word stands."""

    __slots__ = ("is_alpha", "is_lower", "is_punct", "is_quote", "is_upper", "like_num", "lower_", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower_ = text.lower()
        self.is_alpha = text.isalpha()
        self.is_lower = text.islower()
        self.is_upper = text.isupper()
        self.is_punct = bool(is_punct(text))
        self.is_quote = bool(is_quote(text))
        self.like_num = bool(like_num(text))


_words: dict[int, _Word] = {}
_names: dict[int, str] = {}


class Token:
    """One word in its place.

    Attributes:
        doc: the paragraph.
        i: its number in the paragraph.
        idx: its first character in the paragraph's text.
        text: the word; ``lower_`` in small letters, ``lemma_`` its base form.
        whitespace_: the blank after it, or "".
        tag_: Penn Treebank tag; ``pos_`` the universal one.
        dep_: relation to ``head``; the root's is ``ROOT`` and its head itself.
        children: the words that depend on it, in order.
        is_sent_start: whether a sentence starts with it.
        sent: its sentence.
    """

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_lower",
        "is_punct",
        "is_quote",
        "is_sent_start",
        "is_upper",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Doc
    head: Token
    sent: Span
    children: Sequence[Token]
    is_sent_start: bool
    tag_: str
    pos_: str
    dep_: str
    lemma_: str
    whitespace_: str

    def __init__(self, doc: Doc, i: int, idx: int, word: _Word) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text = word.text
        self.lower_ = word.lower_
        self.is_alpha = word.is_alpha
        self.is_lower = word.is_lower
        self.is_upper = word.is_upper
        self.is_punct = word.is_punct
        self.is_quote = word.is_quote
        self.like_num = word.like_num
        self.children = ()

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    def nbor(self, by: int) -> Token:
        """Return the word that many words further.

        Raises:
            IndexError: there is none.
        """
        at = self.i + by
        if at < 0:
            raise IndexError(at)
        return self.doc.tokens[at]

    @property
    def is_sent_end(self) -> bool:
        """Return whether a sentence ends with the word."""
        return self.i + 1 == self.sent.end

    @property
    def subtree(self) -> Iterator[Token]:
        """Yield the word and all that depends on it, in the tree's order."""
        at = 0
        children = self.children
        while at < len(children) and children[at].i < self.i:
            yield from children[at].subtree
            at += 1
        yield self
        for child in children[at:]:
            yield from child.subtree

    @property
    def left_edge(self) -> Token:
        """Return the first word of the subtree."""
        return min(self.subtree, key=_number)

    @property
    def right_edge(self) -> Token:
        """Return the last word of the subtree."""
        return max(self.subtree, key=_number)

    def is_ancestor(self, other: Token) -> bool:
        """Return whether another word depends on this one, directly or not."""
        while other.head is not other:
            other = other.head
            if other is self:
                return True
        return False


def _number(token: Token) -> int:
    return token.i


class Span:
    """Words ``[start, end)`` of a paragraph."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        return self.doc is other.doc and self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __repr__(self) -> str:
        return self.text

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Span: ...
    def __getitem__(self, key: int | slice) -> Token | Span:
        if isinstance(key, slice):
            start, end, _ = key.indices(self.end - self.start)
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.tokens[self.start : self.end][key]

    @property
    def text(self) -> str:
        """Return the words as printed."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def start_char(self) -> int:
        """Return the first character in the paragraph's text."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Return the character after the last one in the paragraph's text."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def sent(self) -> Span:
        """Return the sentence of the first word."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """Return the first of the words nearest to the root of the tree; a sign only for want of words."""
        tokens = self.doc.tokens[self.start : self.end]
        for token in tokens:
            if token.head is token:
                return token
        tops = [t for t in tokens if not self.start <= t.head.i < self.end]
        return min(tops, key=_depth) if tops else tokens[0]


def _depth(token: Token) -> int:
    if not token.children and (token.is_punct or token.text.isspace()):
        return len(token.doc) - 1
    depth = 0
    while token.head is not token:
        token, depth = token.head, depth + 1
    return depth


class Doc:
    """The words of one paragraph.

    Args:
        model_doc: the paragraph as the language model read it.

    Attributes:
        text: the paragraph's text.
        tokens: its words.
        sents: its sentences.
        user_data: what is read of the whole paragraph and kept, by a key of its reader.
    """

    __slots__ = ("_ends", "sents", "text", "tokens", "user_data")

    def __init__(self, model_doc: ModelDoc) -> None:
        self.text: str = model_doc.text
        self.user_data: dict[str, Any] = {}
        self.tokens = _tokens(self, model_doc)
        self._ends: list[int] | None = None
        starts = [token.i for token in self.tokens if token.i == 0 or token.is_sent_start]
        ends = [*starts[1:], len(self.tokens)]
        self.sents = tuple(Span(self, start, end) for start, end in zip(starts, ends, strict=True))
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Span: ...
    def __getitem__(self, key: int | slice) -> Token | Span:
        if isinstance(key, slice):
            start, end, _ = key.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[key]

    def char_span(self, start: int, end: int, *, alignment_mode: Literal["expand"]) -> Span | None:
        """Return the words that characters ``[start, end)`` touch, or None where the text has none there."""
        if start < 0 or end < 1 or start >= len(self.text) or end > len(self.text):
            return None
        if self._ends is None:  # where each word ends, the blank after it included
            self._ends = [t.idx + len(t.text) + len(t.whitespace_) for t in self.tokens]
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, end - 1)
        token = self.tokens[first]
        if start == token.idx + len(token.text):  # the blank is no part of the word
            first += 1
        return Span(self, first, last + 1)


def _tokens(doc: Doc, model_doc: ModelDoc) -> list[Token]:
    """Return the words of a paragraph, tied to each other."""
    if len(_words) > MOST_WORDS:
        _words.clear()
    if len(_names) > MOST_WORDS:
        _names.clear()
    strings = model_doc.vocab.strings
    table = model_doc.to_array(ATTRIBUTES)
    tokens: list[Token] = []
    idx = 0
    for i, (orth, tag, pos, dep, lemma, _, _, blank) in enumerate(table.tolist()):
        word = _words.get(orth)
        if word is None:
            word = _words[orth] = _Word(strings[orth])
        token = Token(doc, i, idx, word)
        for number in (tag, pos, dep, lemma):
            if number not in _names:
                _names[number] = strings[number]
        token.tag_, token.pos_, token.dep_ = _names[tag], _names[pos], _names[dep]
        token.lemma_ = _names[lemma]
        token.whitespace_ = " " if blank else ""
        idx += len(word.text) + bool(blank)
        tokens.append(token)
    signed = table.astype("int64")
    _tie(tokens, signed[:, 5].tolist())
    for token, mark in zip(tokens, signed[:, 6].tolist(), strict=True):
        token.is_sent_start = mark == 1
    return tokens


def _tie(tokens: list[Token], heads: list[int]) -> None:
    """Set heads, told as distances, and children."""
    children: dict[int, list[Token]] = {}
    for token, distance in zip(tokens, heads, strict=True):
        token.head = tokens[token.i + distance]
        if distance:
            children.setdefault(token.i + distance, []).append(token)
    for i, ones in children.items():
        tokens[i].children = ones
