"""The actors of a codebook, found by name, adjective and the people who speak for them."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.roles import (
    MOUTHPIECES,
    NAMED_AFTER,
    OUTLET_HEADS,
    OWN_MINDS,
    SPEAKING_ROLES,
    TITLES,
)
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Token
from newsledger.extract.voices.name_table import NameTable, plain_key
from newsledger.extract.voices.names import fold_name, split_name
from newsledger.extract.voices.offices import OfficeTable, body_on
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
        how: ``name``, ``surname``, ``seat`` ("the Kremlin"), ``people`` ("Verian officials"), ``office``
            ("the prime minister"), ``description``, ``pronoun``, ``pair``.
        paragraph: index of the paragraph.
        first: first token of the words in the paragraph.
        last: token after the words.
        head: token that heads the words.
        confidence: how sure it is that this actor is meant, 0 to 1; 1 for a name in full.
    """

    start: int
    end: int
    actor: str
    how: str
    paragraph: int
    first: int
    last: int
    head: int
    confidence: float = 1.0


@dataclass(slots=True)
class Seen:
    """Who was named before in a text.

    Attributes:
        actors: codebook keys.
        strangers: surnames of actors that somebody the codebook does not know bears as well, by paragraph.
    """

    actors: set[str] = field(default_factory=set)
    strangers: dict[str, int] = field(default_factory=dict)


CONFIDENCE = {
    "name": 1.0, "surname": 0.95, "people": 0.9, "office": 0.9, "seat": 0.8, "description": 0.85,
    "pair": 0.8, "pronoun": 0.75,
}  # fmt: skip
"""How sure each way to mean an actor is, set by judgement: an order of trust, no measured frequency."""


@dataclass(frozen=True, slots=True)
class _Word:
    token: int
    text: str


class ActorIndex:
    """The actors of a codebook, ready to be found."""

    def __init__(self, codebook: Codebook) -> None:
        self.actors: dict[str, Actor] = codebook.actors
        self.table = NameTable(codebook.actors)
        self._adjectives = {key: Phrases(a.adjectives) for key, a in codebook.actors.items() if a.adjectives}
        self.descriptions = {
            key: Phrases([*a.descriptions]) for key, a in codebook.actors.items() if a.descriptions
        }
        self.bare_descriptions = {
            key: Phrases([word.removeprefix("the ") for word in a.descriptions])
            for key, a in codebook.actors.items()
            if a.descriptions
        }
        self.heads = _head_nouns(codebook.actors)
        self.has_offices = any(actor.offices for actor in codebook.actors.values())
        self.offices = OfficeTable(codebook.actors, None)
        self._dated: dict[date | None, ActorIndex] = {}
        self.read_last: tuple[ParsedText, list[Mention]] | None = None

    def on(self, day: date | None) -> ActorIndex:
        """Return the actors as they are on a day: who holds which office, and speaks for whom through it."""
        if not self.has_offices:
            return self
        if day not in self._dated:
            dated = copy.copy(self)
            dated.offices = OfficeTable(self.actors, day)
            dated.actors = {
                key: actor.model_copy(update={"speaks_for": actor.speaks_for or body_on(actor.offices, day)})
                for key, actor in self.actors.items()
            }
            dated.has_offices = False  # it is of this day already
            self._dated[day] = dated
        return self._dated[day]

    def is_person(self, key: str) -> bool:
        """Return whether an actor is a person."""
        return self.actors[key].kind == "person"

    def side(self, key: str) -> str:
        """Return the body an actor speaks for, or the actor."""
        return self.actors[key].speaks_for or key

    def same_side(self, one: str, other: str) -> bool:
        """Return whether two actors are one, or one body and its speaker."""
        return self.side(one) == self.side(other)

    def names_in(self, number: int, paragraph: Paragraph, seen: Seen) -> list[Mention]:
        """Return the actors named in a paragraph; ``seen`` holds those named before and grows."""
        words = _words(paragraph.doc)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            hit = self._name_at(paragraph, number, words, at, seen)
            if hit is not None and words[at].text.lower() == "the" and at + 1 < len(words):
                inner = self._name_at(paragraph, number, words, at + 1, seen)
                if inner is not None and inner[1] > hit[1]:
                    at, hit = at + 1, inner
            if hit is None:
                at += 1
                continue
            key, end, how, sure = hit
            seen.actors.add(key)
            if how == "name" and self.is_person(key):
                seen.strangers.pop(fold_name([words[end - 1].text])[-1], None)
            first, last = words[at].token, words[end - 1].token + 1
            found.append(_mention(number, paragraph, (first, last, last - 1), key, how, sure))
            at = end
        return found

    def _name_at(
        self, paragraph: Paragraph, number: int, words: list[_Word], at: int, seen: Seen
    ) -> tuple[str, int, str, float] | None:
        doc, lower = paragraph.doc, self.table.lower
        first_lower = words[at].text.lower()
        is_lower = not words[at].text[:1].isupper() and first_lower not in ("al", "el", "the")
        if is_lower and not any(key[0] == first_lower for key in lower):
            return None
        for length in range(min(self.table.longest + 3, len(words) - at), 0, -1):
            chunk = [word.text for word in words[at : at + length]]
            if (not chunk[-1][:1].isupper() and plain_key(chunk) not in lower) or not _is_joined(
                doc, words[at : at + length]
            ):
                continue
            key, sure = self.table.named(chunk)
            if key is not None and self._is_whole(doc, words, at, at + length, key):
                return key, at + length, "name", sure
            seat = self.table.seats.get(plain_key(chunk))
            if key is None and seat is not None and _acts(doc, words[at].token, words[at + length - 1].token):
                return seat, at + length, "seat", CONFIDENCE["seat"]
        return self._surname_at(paragraph, number, words, at, seen)

    def _surname_at(
        self, paragraph: Paragraph, number: int, words: list[_Word], at: int, seen: Seen
    ) -> tuple[str, int, str, float] | None:
        """Return the actor a lone surname means: one named before, or one with a title before the surname."""
        doc, token, end = paragraph.doc, words[at].token, at + 1
        if (
            words[at].text.lower() in ("al", "el")
            and end < len(words)
            and _is_joined(doc, words[at : at + 2])
        ):
            end += 1  # "al-Hayya": the article belongs to the surname
        folded = fold_name([word.text for word in words[at:end]])
        bearers = self.table.surnames.get(folded[0], set()) if folded else set()
        if not bearers:
            return None
        before = doc[token - 1] if token else None
        if _is_first_name(before):
            seen.strangers[folded[0]] = number
            return None
        if not _is_label(doc, token) and not (_is_titled(before) and folded[0] not in seen.strangers):
            bearers = bearers & seen.actors
        if len(bearers) != 1 or seen.strangers.get(folded[0]) == number:
            return None
        key = next(iter(bearers))
        if not self._is_whole(doc, words, at, end, key):
            return None
        return key, end, "surname", CONFIDENCE["surname"]

    def _is_whole(self, doc: Doc, words: list[_Word], at: int, end: int, key: str) -> bool:
        """Return whether the words name the actor and are no part of another's name."""
        first, last = words[at].token, words[end - 1].token
        before = doc[first - 1] if first else None
        if self.is_person(key):
            after = doc[last + 1] if last + 1 < len(doc) else None
            if after is not None and _names_body(after):
                return False
            if end - at > 1:
                return True
            return not _is_first_name(before) and not (after is not None and _is_rest_of_name(doc, last))
        if before is not None and before.lower_ == "of" and first >= 2:
            return doc[first - 2].lower_ not in OUTLET_HEADS or not doc[first - 2].text[:1].isupper()
        return True

    def adjectives_in(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        """Yield token spans of adjectives and the actor they belong to."""
        for key, phrases in self._adjectives.items():
            for first, last in phrases.find(doc):
                yield first, last, key


def _head_nouns(actors: Mapping[str, Actor]) -> dict[str, str]:
    """Return the nouns by which one body alone goes on being called ("committee": "Families' Committee")."""
    found: dict[str, set[str]] = {}
    for key, actor in actors.items():
        heads = {
            split_name(name)[-1].lower() for name in (actor.name, *actor.aliases) if split_name(name)[1:]
        }
        described = {words.lower().split()[-1] for words in actor.descriptions}
        for head in (heads if actor.kind != "person" else set()) | described:
            found.setdefault(head, set()).add(key)
    bodies = {head: next(iter(keys)) for head, keys in found.items() if len(keys) == 1}
    return {
        head: key for head, key in bodies.items() if head in SPEAKING_ROLES and actors[key].kind != "person"
    }


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


def _is_titled(before: Token | None) -> bool:
    """Return whether a title that stands before names stands here ("Minister", "Mrs")."""
    return before is not None and before.text[:1].isupper() and before.lower_.rstrip(".") in TITLES


def _names_body(after: Token) -> bool:
    """Return whether a word makes a person's name before it a body's ("the Clinton Foundation")."""
    return after.text[:1].isupper() and after.tag_ in ("NNP", "NNPS") and after.lower_ in NAMED_AFTER


def _acts(doc: Doc, first: int, last: int) -> bool:
    """Return whether words for a seat do or say something, and are not where something happens."""
    if first and doc[first - 1].tag_ in ("IN", "TO") and doc[first - 1].lower_ != "that":
        return False
    return last + 1 < len(doc) and doc[last + 1].tag_ in ("VBD", "VBZ", "VBP", "MD")


def _is_rest_of_name(doc: Doc, last: int) -> bool:
    after = doc[last + 1]
    return after.lower_ in ("bin", "ibn") or (
        after.text in _HYPHENS
        and last + 2 < len(doc)
        and not doc[last].whitespace_
        and doc[last + 2].tag_ == "NNP"
    )


def _mention(
    number: int,
    paragraph: Paragraph,
    span: tuple[int, int, int],
    key: str,
    how: str,
    sure: float | None = None,
) -> Mention:
    first, last, head = span
    doc = paragraph.doc
    start = paragraph.start + doc[first].idx
    end = paragraph.start + doc[last - 1].idx + len(doc[last - 1])
    return Mention(start, end, key, how, number, first, last, head, CONFIDENCE[how] if sure is None else sure)


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
