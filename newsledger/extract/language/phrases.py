"""Codebook words, compiled: find them in parsed text whatever their inflection, hyphens or quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsledger.extract.language.people import base_forms, is_person_word
from newsledger.extract.language.tokens import Doc

WIDEST_GAP = 3
"""Words that a lone ``*`` stands for at most."""

_ATOMS_KEY = "newsledger.atoms"
_ALL_KEYS = "newsledger.keys"
_PIECE = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:[.,][^\W_]+)*|[%$€£¥]")
_WORD = re.compile(r"(?:[^\W_]\.){2,}|[^\W_]+(?:[.,][^\W_]+)*|['’](?:s|S)?\b|[%$€£¥]")
_CODEBOOK_WORD = re.compile(r"\*|(?:[^\W_]\.){2,}|[^\W_]+(?:[.,][^\W_]+)*\*?|['’]s\b|[%$€£¥]")
_PRONOUNS = frozenset(("us", "it", "who", "is", "in", "am"))
"""Small words that in capitals are abbreviations (US, IT, WHO)."""
_ARTICLES = frozenset(
    ("the", "a", "an", "their", "its", "his", "her", "these", "those", "this", "our", "your")
)
"""Words that may stand between two words of a phrase: "in tents" is also "in the tents"."""
_NEGATED = re.compile(r"(?i)\b(\w+)n['’]t\b")


@dataclass(frozen=True, slots=True)
class _Atom:
    """A word of the text without hyphens and quotes; ``token`` is the token it belongs to."""

    token: int
    surface: str
    lemma: str
    keys: frozenset[str]
    is_person: bool
    after_hyphen: bool


@dataclass(frozen=True, slots=True)
class _Element:
    """One word of a codebook phrase: a word, the start of one, any person, or a gap."""

    kind: str
    surface: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens ``[start, end)`` of a document that say one of the words; ``word`` is the codebook's."""

    start: int
    end: int
    word: str


class Phrases:
    """The words of one list of a codebook, ready to be found in parsed or plain text.

    Any inflection matches, hyphens and spaces are alike, quotes are normalised. A word written with a
    capital matches only with one, an abbreviation in capitals only in capitals. ``word*`` matches
    beginnings, a lone ``*`` up to three words, ``people`` every word for persons.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._compiled = [(word, _compile(word)) for word in words]
        self._by_key: dict[str, list[int]] = {}
        self._open: list[int] = []
        for number, (_, elements) in enumerate(self._compiled):
            self._enter(number, elements)
        self._keys = frozenset(self._by_key)

    def _enter(self, number: int, elements: tuple[_Element, ...]) -> None:
        if not elements:
            return
        if elements[0].kind != "word":
            self._open.append(number)
            return
        joined = _joined(elements)
        for key in elements[0].keys | ({joined} if joined else set()):
            self._by_key.setdefault(key, []).append(number)

    def __bool__(self) -> bool:
        return bool(self.words)

    def find(self, doc: Doc, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Return the token spans ``[i, j)`` that say one of the words, leftmost and longest, in order."""
        return [(found.start, found.end) for found in self.matches(doc, start, end)]

    def matches(self, doc: Doc, start: int = 0, end: int | None = None) -> list[Found]:
        """Return what :meth:`find` returns, each with the codebook's word that matched."""
        if not self._open and self._keys.isdisjoint(_keys_of(doc)):
            return []
        atoms = atoms_of(doc)
        if start > 0 or end is not None:
            stop = len(doc) if end is None else end
            atoms = [atom for atom in atoms if start <= atom.token < stop]
        return list(self._search(atoms))

    def found_in(self, text: str) -> bool:
        """Return whether plain text says one of the words."""
        return next(self._search(_plain_atoms(text)), None) is not None

    def words_in(self, text: str) -> set[str]:
        """Return which of the codebook's words plain text says."""
        atoms = _plain_atoms(text)
        return {self._compiled[n][0] for at in range(len(atoms)) for n, _ in self._hits(atoms, at)}

    def _search(self, atoms: list[_Atom]) -> Iterator[Found]:
        at, count, keys, is_open = 0, len(atoms), self._keys, bool(self._open)
        if not self._compiled:
            return
        while at < count:
            # Whether a phrase may start here: most words start none, and this is all they cost.
            may_start = is_open or not keys.isdisjoint(atoms[at].keys)
            if not may_start and not (at + 1 < count and atoms[at + 1].after_hyphen):
                at += 1
                continue
            best = max(self._hits(atoms, at), key=lambda hit: hit[1], default=None)
            if best is None:
                at += 1
                continue
            yield Found(atoms[at].token, atoms[best[1] - 1].token + 1, self._compiled[best[0]][0])
            last = atoms[best[1] - 1].token
            at = best[1]
            while at < len(atoms) and atoms[at].token == last:
                at += 1

    def _hits(self, atoms: list[_Atom], at: int) -> Iterator[tuple[int, int]]:
        """Yield phrase number and end for every phrase that starts at an atom."""
        keys = atoms[at].keys
        if at + 1 < len(atoms) and atoms[at + 1].after_hyphen:
            keys |= _hyphenated(atoms, at)
        by_key = self._by_key
        numbers = {n for key in keys if key in by_key for n in by_key[key]}
        if not numbers and not self._open:
            return
        for number in sorted(numbers.union(self._open)):
            end = _match(self._compiled[number][1], atoms, at)
            if end is not None:
                yield number, end


def _compile(word: str) -> tuple[_Element, ...]:
    pieces = _CODEBOOK_WORD.findall(_NEGATED.sub(r"\1 n't", word).replace(" n't", " not"))
    elements = [_element(piece) for piece in pieces if piece not in ("'s", "’s")]
    while elements and elements[0].kind == "gap":
        elements.pop(0)
    while elements and elements[-1].kind == "gap":
        elements.pop()
    return tuple(elements)


def _element(piece: str) -> _Element:
    if piece == "*":
        return _Element("gap", "", frozenset())
    if piece.endswith("*"):
        return _Element("prefix", piece[:-1], frozenset())
    if piece == "people":
        return _Element("person", piece, frozenset())
    plain = _undotted(piece)
    return _Element("word", plain, base_forms(plain.lower()))


def _joined(elements: tuple[_Element, ...]) -> str:
    """Return the phrase as one word ("cease fire" -> "ceasefire"), or "" where it cannot be one."""
    if len(elements) != 2 or any(e.kind != "word" for e in elements):
        return ""
    return "".join(e.surface for e in elements).lower()


def _hyphenated(atoms: list[_Atom], at: int) -> frozenset[str]:
    return base_forms(f"{atoms[at].surface}{atoms[at + 1].surface}".lower())


def _match(elements: tuple[_Element, ...], atoms: list[_Atom], at: int) -> int | None:
    """Return the index after a phrase that starts at an atom, or None."""
    joined = _joined(elements)
    if joined and joined in atoms[at].keys and _case_fits(elements[0].surface, atoms[at].surface):
        return at + 1
    if len(elements) == 1 and at + 1 < len(atoms) and atoms[at + 1].after_hyphen:
        only = elements[0]
        fits_case = _case_fits(only.surface, atoms[at].surface)
        if only.kind == "word" and fits_case and not only.keys.isdisjoint(_hyphenated(atoms, at)):
            return at + 2
    return _match_from(elements, 0, atoms, at)


def _match_from(elements: tuple[_Element, ...], first: int, atoms: list[_Atom], at: int) -> int | None:
    for number in range(first, len(elements)):
        element = elements[number]
        if element.kind == "gap":
            ends = (_match_from(elements, number + 1, atoms, at + skip) for skip in range(WIDEST_GAP + 1))
            return next((end for end in ends if end is not None), None)
        if number > first and at < len(atoms) and atoms[at].surface.lower() in _ARTICLES:
            at += not _fits(element, atoms[at])
        if at >= len(atoms) or not _fits(element, atoms[at]):
            return None
        at += 1
    return at


def _fits(element: _Element, atom: _Atom) -> bool:
    if element.kind == "person":
        return atom.is_person
    if not _case_fits(element.surface, atom.surface):
        return False
    if element.kind == "prefix":
        start = element.surface.lower()
        return atom.surface.lower().startswith(start) or atom.lemma.startswith(start)
    return not element.keys.isdisjoint(atom.keys)


def _case_fits(wanted: str, printed: str) -> bool:
    if len(wanted) > 1 and wanted.isupper():
        return printed.removesuffix("s").isupper()
    if wanted in _PRONOUNS and printed.isupper() and len(printed) > 1:
        return False
    return not wanted[:1].isupper() or not printed[:1].islower()


def _undotted(word: str) -> str:
    """Return an abbreviation without its dots ("U.S." -> "US"); other words as they are."""
    return word.replace(".", "") if "." in word and len(word) > 2 and _DOTTED.fullmatch(word) else word


_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")


def atoms_of(doc: Doc) -> list[_Atom]:
    """Return the comparable words of a parsed paragraph, made once and kept with it."""
    cached = doc.user_data.get(_ATOMS_KEY)
    if cached is None:
        cached = list(_make_atoms(doc))
        doc.user_data[_ATOMS_KEY] = cached
    atoms: list[_Atom] = cached
    return atoms


def _keys_of(doc: Doc) -> frozenset[str]:
    """Return all keys of a paragraph's words, made once: most lists have none of them."""
    cached = doc.user_data.get(_ALL_KEYS)
    if cached is None:
        atoms = atoms_of(doc)
        joined = [_hyphenated(atoms, k) for k in range(len(atoms) - 1) if atoms[k + 1].after_hyphen]
        cached = frozenset().union(*[atom.keys for atom in atoms], *joined)
        doc.user_data[_ALL_KEYS] = cached
    keys: frozenset[str] = cached
    return keys


def _make_atoms(doc: Doc) -> Iterator[_Atom]:
    after_hyphen = False
    for token in doc:
        if token.text in ("-", "‐", "‑") and not token.whitespace_:
            after_hyphen = True
            continue
        if token.text.lower() in ("'s", "’s", "'", "’"):
            continue
        if token.text.lower() in ("n't", "n’t"):
            yield _Atom(token.i, "not", "not", frozenset(("not",)), is_person=False, after_hyphen=False)
            continue
        pieces = _PIECE.findall(token.text)
        for order, piece in enumerate(pieces):
            is_whole = len(pieces) == 1
            lemma = token.lemma_.lower() if is_whole else ""
            is_plural_name = is_whole and token.tag_ == "NNPS"
            yield _atom(
                token.i, piece, lemma, is_plural_name=is_plural_name, after_hyphen=after_hyphen or order > 0
            )
            after_hyphen = False
        after_hyphen = False


def _atom(token: int, piece: str, lemma: str, *, is_plural_name: bool, after_hyphen: bool) -> _Atom:
    surface = _undotted(piece)
    keys = base_forms(surface.lower())
    if lemma and lemma not in keys:
        keys |= {lemma}
    is_person = is_person_word(surface, lemma, is_plural_name=is_plural_name)
    return _Atom(token, surface, lemma, keys, is_person, after_hyphen)


def _plain_atoms(text: str) -> list[_Atom]:
    """Return the comparable words of text that was not parsed; ``token`` is the number of the word."""
    atoms: list[_Atom] = []
    end = -1
    for match in _WORD.finditer(_NEGATED.sub(r"\1 not", text)):
        piece = match.group()
        if piece[0] in "'’":
            continue
        after_hyphen = match.start() == end + 1 and match.string[end] in "-‐‑"
        atoms.append(_atom(len(atoms), piece, "", is_plural_name=False, after_hyphen=after_hyphen))
        end = match.end()
    return atoms
