"""Who holds an office on a day: "the prime minister", "Veria's premier", "the former finance minister".

The codebook names offices with the days on which they are held. Where several holders fit, the body named
with the office decides; where none is named, the one holder there is, unless the text speaks of a holder the
codebook does not know. What stays doubtful is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from newsledger.extract.language.text import Paragraph
from newsledger.extract.language.tokens import Doc
from schemas.codebook import Actor, Office

_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_FORMER = frozenset(("former", "late", "ex", "then", "previous"))
_DETERMINERS = frozenset(("the", "our", "this"))
QUALIFIED, BARE = 0.9, 0.8
"""Confidence of an office named with its body, and of one named alone."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office somebody holds or held on the day of a text."""

    actor: str
    title: tuple[str, ...]
    of: str | None
    is_former: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name an actor, as tokens of a paragraph: a mention, or an adjective of a body."""

    first: int
    last: int
    actor: str


@dataclass(frozen=True, slots=True)
class OfficeFound:
    """An office in a text: its tokens with the article, its holder, and how sure that is."""

    first: int
    last: int
    actor: str
    confidence: float


class OfficeTable:
    """The offices of a codebook's actors on one day.

    Args:
        actors: the codebook's actors.
        day: the day of the text; None when unknown: then only offices held for good count.
    """

    def __init__(self, actors: Mapping[str, Actor], day: date | None) -> None:
        self.held = tuple(_held(actors, day))
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        for one in self.held:
            self._by_first.setdefault(one.title[0], set()).add(one.title)

    def find(self, paragraph: Paragraph, named: list[Named], known: OfficeKnowledge) -> Iterator[OfficeFound]:
        """Yield the offices of a paragraph whose holder is known.

        Args:
            paragraph: the parsed paragraph.
            named: the names and adjectives of actors in it.
            known: what the paragraphs before told; it grows.
        """
        doc = paragraph.doc
        for first, last in self._titles(doc):
            title = tuple(t.lower_ for t in doc[first:last])
            reading = _Reading(doc, first, last, named)
            candidates = [h for h in self.held if h.title == title and h.is_former == reading.is_former]
            if reading.names_stranger:
                known.strangers.add(title)
            elif candidates and not reading.names_somebody:
                found = self._holder(reading, candidates, title, paragraph, known)
                if found is not None:
                    yield found

    def _holder(
        self,
        reading: _Reading,
        candidates: list[Held],
        title: tuple[str, ...],
        paragraph: Paragraph,
        known: OfficeKnowledge,
    ) -> OfficeFound | None:
        bodies = reading.bodies
        if bodies:
            fitting = {h.actor for h in candidates if h.of in bodies}
            sure = QUALIFIED
        elif reading.is_bare(paragraph.kind == "headline"):
            here = [n.actor for n in sorted(reading.named, key=lambda n: n.first) if n.last <= reading.first]
            fitting, sure = known.likeliest(candidates, title, here), BARE
        else:
            return None
        if len(fitting) != 1:
            return None
        return OfficeFound(reading.start, reading.last, next(iter(fitting)), sure)

    def _titles(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Yield the token spans of the titles, the longest where one begins another."""
        at = 0
        while at < len(doc):
            titles = self._by_first.get(doc[at].lower_, ())
            spans = [len(t) for t in titles if tuple(w.lower_ for w in doc[at : at + len(t)]) == t]
            if spans:
                yield at, at + max(spans)
            at += max(spans, default=1)


class OfficeKnowledge:
    """What a text told so far: who was named last, and which titles strangers hold in it."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.strangers: set[tuple[str, ...]] = set()

    def note(self, actors: list[str]) -> None:
        """Note actors named, in the order of the text."""
        self.order += actors

    def likeliest(self, candidates: list[Held], title: tuple[str, ...], here: list[str]) -> set[str]:
        """Return the holders a bare title may mean: the last named one, else the only one there is.

        ``here`` holds the actors named before it in its own paragraph.
        """
        holders, order = {h.actor for h in candidates}, [*self.order, *here]
        last = next((actor for actor in reversed(order) if actor in holders), None)
        if last is not None:
            return {last}
        if title in self.strangers:
            return set()
        if len(holders) > 1:
            bodies = {h.of for h in candidates} & set(order)
            holders = {h.actor for h in candidates if h.of in bodies}
        return holders


@dataclass(frozen=True, slots=True)
class _Reading:
    """A title in its sentence, with what stands before and behind it."""

    doc: Doc
    first: int
    last: int
    named: list[Named]

    @property
    def is_former(self) -> bool:
        """Return whether the office was held before ("former premier", "former Verian premier")."""
        fronts = {self.first, *(n.first for n in self.named if n.last == self.first)}
        return any(at > 0 and self.doc[at - 1].lower_ in _FORMER for at in fronts)

    @property
    def _front(self) -> int:
        """Return the token before the title and "former"."""
        at = self.first - 1
        if at >= 0 and self.doc[at].lower_ in _FORMER:
            at -= 1
        return at - 1 if at > 0 and self.doc[at].text in "-‐" else at

    @property
    def bodies(self) -> set[str]:
        """Return the actors whose office the words say it is."""
        before = self._front
        is_owned = before >= 0 and self.doc[before].lower_ in _POSSESSIVES
        end = before if is_owned else before + 1
        owners = {n.actor for n in self.named if n.last == end}
        behind = self.last
        if behind + 1 < len(self.doc) and self.doc[behind].lower_ == "of":
            behind += 2 if self.doc[behind + 1].lower_ == "the" else 1
            owners |= {n.actor for n in self.named if n.first == behind}
        return owners

    @property
    def start(self) -> int:
        """Return the first token of the phrase, the article or the body's name included."""
        before = self._front
        owned = before >= 0 and self.doc[before].lower_ in _POSSESSIVES
        firsts = [n.first for n in self.named if n.last == (before if owned else before + 1)]
        at = min(firsts, default=before + 1)
        at -= int(at > 0 and self.doc[at - 1].lower_ in _FORMER)
        return at - 1 if at > 0 and self.doc[at - 1].lower_ in _DETERMINERS else at

    def is_bare(self, is_headline: bool) -> bool:
        """Return whether nothing but the article stands before the title and no "of" behind it."""
        before = self._front
        opens = before < 0 or self.doc[before].is_sent_end
        if self.last < len(self.doc) and self.doc[self.last].lower_ in ("of", "-"):
            return False
        return (is_headline and before < 0) or (not opens and self.doc[before].lower_ in _DETERMINERS)

    @property
    def names_somebody(self) -> bool:
        """Return whether a name follows, which says itself who is meant."""
        after = self.last + int(self.last < len(self.doc) and self.doc[self.last].text == ",")
        return any(n.first == after and n.last > n.first for n in self.named) or self._has_name(self.last)

    @property
    def names_stranger(self) -> bool:
        """Return whether the title is somebody's whom the codebook does not know."""
        after = self.last + int(self.last < len(self.doc) and self.doc[self.last].text == ",")
        if any(n.first == after for n in self.named):
            return False
        before = self._front
        is_foreign = (
            before >= 0
            and self.doc[before].text[:1].isupper()
            and self.doc[before].tag_ in ("JJ", "NNP", "NNPS")
            and not any(n.last == before + 1 for n in self.named)
        )
        return is_foreign or self._has_name(self.last) or self._has_name(after, at_least=2)

    def _has_name(self, at: int, at_least: int = 1) -> bool:
        words = self.doc[at : at + at_least]
        return len(words) == at_least and all(t.tag_ == "NNP" and t.text[:1].isupper() for t in words)


def _held(actors: Mapping[str, Actor], day: date | None) -> Iterator[Held]:
    for key, actor in actors.items():
        for office in actor.offices:
            title = tuple(office.title.lower().removeprefix("the ").replace("-", " - ").split())
            if office.held_on(day):
                yield Held(key, title, office.of, is_former=False)
            elif day is not None and office.until is not None and office.until < day:
                yield Held(key, title, office.of, is_former=True)


def body_on(offices: list[Office], day: date | None) -> str | None:
    """Return the body somebody speaks for through an office held on a day, or None."""
    return next((o.of for o in offices if o.of is not None and o.held_on(day)), None)
