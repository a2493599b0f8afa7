"""The actors of a codebook, found by name, adjective and the people who speak for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.roles import MOUTHPIECES, OUTLET_HEADS, OWN_MINDS, SPEAKING_ROLES, TITLES
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Token
from newsledger.extract.voices.names import fold_name, split_name
from schemas.codebook import Actor, Codebook

_HYPHENS = frozenset("-‐‑–")
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_LONGEST_GAP = 5
"""Words between a body's name and the noun for its people ("the Front's exiled hill leader" has three)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor meant at a place of the text.

    Attributes:
        start: absolute offset of the words.
        end: absolute end.
        actor: codebook key.
        how: ``name``, ``surname``, ``people`` ("Verian officials"), ``description``, ``pronoun``, ``pair``.
        paragraph: index of the paragraph.
        first: first token of the words in the paragraph.
        last: token after the words.
        head: token that heads the words.
    """

    start: int
    end: int
    actor: str
    how: str
    paragraph: int
    first: int
    last: int
    head: int


@dataclass(frozen=True, slots=True)
class _Word:
    token: int
    text: str


class ActorIndex:
    """The actors of a codebook, ready to be found."""

    def __init__(self, codebook: Codebook) -> None:
        self.actors = codebook.actors
        self._names: dict[tuple[str, ...], set[str]] = {}
        self._surnames: dict[str, set[str]] = {}
        self._adjectives = {key: Phrases(a.adjectives) for key, a in codebook.actors.items() if a.adjectives}
        self.descriptions = {
            key: Phrases([*a.descriptions]) for key, a in codebook.actors.items() if a.descriptions
        }
        self.bare_descriptions = {
            key: Phrases([word.removeprefix("the ") for word in a.descriptions])
            for key, a in codebook.actors.items()
            if a.descriptions
        }
        for key, actor in codebook.actors.items():
            self._enter(key, actor)
        self._lower = {key for key, written in self._written() if not written[-1:][0][:1].isupper()}
        self._lower_firsts = {key[0] for key in self._lower}
        self.read_last: tuple[ParsedText, list[Mention]] | None = None
        self._longest = max((len(name) for name in self._names), default=0)

    def _enter(self, key: str, actor: Actor) -> None:
        for name in (actor.name, *actor.aliases):
            words = split_name(name)
            folded = fold_name(words) if actor.kind == "person" else _plain_key(words)
            if folded:
                self._names.setdefault(folded, set()).add(key)
            if len(words) > 1 and words[0].lower() == "the" and words[1][:1].isupper():
                self._names.setdefault(folded[1:], set()).add(key)
        surname = fold_name(split_name(actor.name))
        if actor.kind == "person" and len(surname) > 1:
            self._surnames.setdefault(surname[-1], set()).add(key)

    def _written(self) -> Iterator[tuple[tuple[str, ...], list[str]]]:
        for actor in self.actors.values():
            for name in (actor.name, *actor.aliases):
                words = split_name(name)
                if words:
                    yield (fold_name(words) if actor.kind == "person" else _plain_key(words)), words

    def is_person(self, key: str) -> bool:
        """Return whether an actor is a person."""
        return self.actors[key].kind == "person"

    def side(self, key: str) -> str:
        """Return the body an actor speaks for, or the actor."""
        return self.actors[key].speaks_for or key

    def same_side(self, one: str, other: str) -> bool:
        """Return whether two actors are one, or one body and its speaker."""
        return self.side(one) == self.side(other)

    def names_in(self, number: int, paragraph: Paragraph, seen: set[str]) -> list[Mention]:
        """Return the actors named in a paragraph; ``seen`` holds those named before and grows."""
        words = _words(paragraph.doc)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            hit = self._name_at(paragraph.doc, words, at, seen)
            if hit is not None and words[at].text.lower() == "the" and at + 1 < len(words):
                inner = self._name_at(paragraph.doc, words, at + 1, seen)
                if inner is not None and inner[1] > hit[1]:
                    at, hit = at + 1, inner
            if hit is None:
                at += 1
                continue
            key, end, how = hit
            seen.add(key)
            first, last = words[at].token, words[end - 1].token + 1
            found.append(_mention(number, paragraph, (first, last, last - 1), key, how))
            at = end
        return found

    def _name_at(self, doc: Doc, words: list[_Word], at: int, seen: set[str]) -> tuple[str, int, str] | None:
        first_lower = words[at].text.lower()
        is_lower = not words[at].text[:1].isupper() and first_lower not in ("al", "el", "the")
        if is_lower and first_lower not in self._lower_firsts:
            return None
        for length in range(min(self._longest + 3, len(words) - at), 0, -1):
            chunk = [word.text for word in words[at : at + length]]
            if (not chunk[-1][:1].isupper() and _plain_key(chunk) not in self._lower) or not _is_joined(
                doc, words[at : at + length]
            ):
                continue
            keys = self._named(chunk)
            if len(keys) == 1 and self._is_whole(doc, words, at, at + length, next(iter(keys))):
                return next(iter(keys)), at + length, "name"
        folded = fold_name([words[at].text])
        bearers = self._surnames.get(folded[0], set()) if folded else set()
        if not _is_label(doc, words[at].token):
            bearers = bearers & seen
        if len(bearers) == 1 and self._is_whole(doc, words, at, at + 1, next(iter(bearers))):
            return next(iter(bearers)), at + 1, "surname"
        return None

    def _named(self, chunk: list[str]) -> set[str]:
        return self._names.get(_plain_key(chunk), set()) | self._names.get(fold_name(chunk), set())

    def _is_whole(self, doc: Doc, words: list[_Word], at: int, end: int, key: str) -> bool:
        """Return whether the words name the actor and are no part of another's name."""
        first, last = words[at].token, words[end - 1].token
        before = doc[first - 1] if first else None
        if self.is_person(key):
            if end - at > 1:
                return True
            after = doc[last + 1] if last + 1 < len(doc) else None
            return not _is_first_name(before) and not (after is not None and _is_rest_of_name(doc, last))
        if before is not None and before.lower_ == "of" and first >= 2:
            return doc[first - 2].lower_ not in OUTLET_HEADS or not doc[first - 2].text[:1].isupper()
        return True

    def adjectives_in(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        """Yield token spans of adjectives and the actor they belong to."""
        for key, phrases in self._adjectives.items():
            for first, last in phrases.find(doc):
                yield first, last, key


def _plain_key(words: list[str]) -> tuple[str, ...]:
    return tuple(word.lower().replace("'", "").replace("’", "") for word in words)


def _words(doc: Doc) -> list[_Word]:
    """Return the words of a paragraph; an abbreviation's dots go ("U.N." reads "UN")."""
    return [
        _Word(token.i, token.text.replace(".", "") if "." in token.text else token.text)
        for token in doc
        if token.text[:1].isalnum()
    ]


def _is_label(doc: Doc, at: int) -> bool:
    """Return whether a word in capitals and a colon open a paragraph: the speaker of a transcript."""
    return at == 0 and len(doc) > 2 and doc[0].text.isupper() and doc[1].text == ":"


def _is_joined(doc: Doc, words: list[_Word]) -> bool:
    """Return whether only spaces and hyphens lie between the words."""
    for one, other in itertools.pairwise(words):
        if any(
            doc[i].text not in _HYPHENS and doc[i].text not in ("'", "’")
            for i in range(one.token + 1, other.token)
        ):
            return False
    return True


def _is_first_name(token: Token | None) -> bool:
    """Return whether a token before a surname is another person's first name."""
    if token is None or token.tag_ not in ("NNP", "NNPS") or not token.text[:1].isupper():
        return False
    if token.lower_.rstrip(".") in TITLES or token.lower_ in SPEAKING_ROLES or token.whitespace_ == "":
        return False
    previous = token.nbor(-1) if token.i else None
    role_before = previous is not None and previous.lower_ in ("foreign", "prime", "finance")
    return not role_before and not token.text.isupper() and token.lower_ not in OWN_MINDS


def _is_rest_of_name(doc: Doc, last: int) -> bool:
    after = doc[last + 1]
    return after.lower_ in ("bin", "ibn") or (
        after.text in _HYPHENS
        and last + 2 < len(doc)
        and not doc[last].whitespace_
        and doc[last + 2].tag_ == "NNP"
    )


def _mention(number: int, paragraph: Paragraph, span: tuple[int, int, int], key: str, how: str) -> Mention:
    first, last, head = span
    doc = paragraph.doc
    start = paragraph.start + doc[first].idx
    end = paragraph.start + doc[last - 1].idx + len(doc[last - 1])
    return Mention(start, end, key, how, number, first, last, head)


def people_in(index: ActorIndex, number: int, paragraph: Paragraph, named: list[Mention]) -> list[Mention]:
    """Return the people who speak for an actor: "Verian officials", "a spokesman for Veria"."""
    doc = paragraph.doc
    anchors = [(m.first, m.last, m.actor) for m in named] + list(index.adjectives_in(doc))
    found = {}
    for first, last, key in sorted(anchors):
        head = _people_head(index, doc, last, key)
        span = (
            (first, _name_end(doc, head), head)
            if head is not None
            else _role_before(index, doc, first, last, key)
        )
        if span is not None and not _names_another(doc, span[2], named, key):
            found[(span[2], key)] = _mention(number, paragraph, span, key, "people")
    return list(found.values())


def _people_head(index: ActorIndex, doc: Doc, at: int, key: str) -> int | None:
    """Return the last noun for people in the noun phrase that goes on after an actor's name."""
    best = None
    is_possessive = at < len(doc) and doc[at].lower_ in _POSSESSIVES
    allowed = MOUTHPIECES if index.is_person(key) else SPEAKING_ROLES
    if index.is_person(key) and not is_possessive:
        return None
    for token in doc[at : at + _LONGEST_GAP + int(is_possessive)]:
        word = token.lower_
        if best is not None and (token.tag_ == "JJ" or token.i > best + 1):
            break
        if word in allowed:
            best = token.i
        elif word in OWN_MINDS or (token.tag_ in ("NN", "NNS") and best is not None):
            return None
        elif not _may_modify(token):
            break
    return best


def _name_end(doc: Doc, head: int) -> int:
    """Return the end of the name that follows a title at once ("Verian minister Ana Brusk")."""
    end = head + 1
    while end < len(doc) and (doc[end].tag_ in ("NNP", "NNPS") or doc[end].text in _HYPHENS):
        end += 1
    return end if end > head + 1 and doc[end - 1].text not in _HYPHENS else head + 1


def _may_modify(token: Token) -> bool:
    return token.tag_ in ("NN", "NNP", "NNPS", "JJ", "JJS", "VBN", "VBG", "CD", "HYPH", "POS", "NNS") or (
        token.text in _HYPHENS or token.lower_ in _POSSESSIVES
    )


def _role_before(index: ActorIndex, doc: Doc, first: int, last: int, key: str) -> tuple[int, int, int] | None:
    """Return the span of "officials from X", "a spokesman for the X", or None."""
    at = first - 1
    if at >= 0 and doc[at].lower_ in ("the", "a"):
        at -= 1
    if (
        at < 1
        or doc[at].lower_ not in ("of", "for", "from", "at")
        or (index.is_person(key) and doc[at].lower_ != "for")
    ):
        return None
    head = doc[at - 1]
    return (head.i, last, head.i) if head.lower_ in SPEAKING_ROLES else None


def _names_another(doc: Doc, head: int, named: list[Mention], key: str) -> bool:
    """Return whether a codebook name follows the role at once: the name then says who is meant."""
    after = head + 1
    if after < len(doc) and doc[after].text == ",":
        after += 1
    return any(m.first == after and m.actor != key for m in named)
