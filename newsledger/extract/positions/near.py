"""Where a text may speak of an issue although none of its topics stands there in so many words.

An editor writes "price cap"; a text says "the ceiling on petrol prices". Each sentence is compared with every
topic: which of its words it has, in which form or as which related word, how far apart, what was said before.
How these signals are weighed: :mod:`newsledger.extract.positions.trust`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsledger.extract.language.kinship import relatives
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.topic import Topic
from newsledger.extract.positions.wording import EMPTY, GENERAL_VERBS, core, root, stand_ins
from schemas.codebook import Codebook

LEAST = 0.6
"""Share of a topic's words, by weight, that must be met for it to be weighed at all."""
_WORTH = {"same": 1.0, "made": 0.9, "synonym": 0.75, "kind": 0.7, "before": 0.5}
_ORDER = ("same", "made", "synonym", "kind")
_FAR, _WIDE = 12, 4
"""Tokens beyond which the words of a topic are no longer together, and beyond which they are apart."""
_PLAIN = words(
    "public full new second more other independent official own main further first general general"
)
_LIGHT = 0.5
"""Weight of words that many topics share: general verbs, actors, plain adjectives."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A topic of a codebook as words: their weights, and which of them names what is done."""

    issue: str
    sign: int
    weights: tuple[float, ...]
    act: int


@dataclass(slots=True)
class Recent:
    """What was said before a sentence.

    Attributes:
        words: keys of the words of the two sentences before.
        ages: issue -> sentences since it was last named.
        named: the issues the text names anywhere.
        topics: the topics of the sentences before, the last first, each with its distance in sentences.
        signs: issue -> the sign of the stance last read on it: what a demand that is taken up wants.
    """

    named: frozenset[str]
    words: list[frozenset[str]] = field(default_factory=list)
    ages: dict[str, int] = field(default_factory=dict)
    topics: list[tuple[int, Topic]] = field(default_factory=list)
    signs: dict[str, int] = field(default_factory=dict)

    def keys(self) -> frozenset[str]:
        """Return the keys of the words of the two sentences before."""
        return frozenset().union(*self.words[-2:])

    def note(self, sentence: Span, topics: Sequence[Topic]) -> None:
        """Add a sentence and the topics it names."""
        self.words.append(frozenset(_key(t.lower_) for t in sentence if t.is_alpha))
        plain = [t for t in topics if not t.is_stance]
        self.topics = [(1, t) for t in plain] + [(n + 1, t) for n, t in self.topics if n < _OLDEST]
        self.ages = {issue: n + 1 for issue, n in self.ages.items()} | {t.issue: 1 for t in topics}

    def age(self, issue: str) -> str:
        """Return how long ago an issue was named: ``now``, ``lately``, ``elsewhere`` or ``never``."""
        age = self.ages.get(issue, 99)
        return (
            "now"
            if age == 1
            else "lately"
            if age <= _OLDEST
            else "elsewhere"
            if issue in self.named
            else "never"
        )


_OLDEST = 3


class NearTopics:
    """The topics of all issues of a codebook as single words, ready to be met one by one."""

    def __init__(self, codebook: Codebook, names: Mapping[str, str]) -> None:
        self._phrases: list[_Phrase] = []
        self._table: dict[str, list[tuple[int, int, str]]] = {}
        self._actors: dict[str, list[tuple[int, int]]] = {}
        for key, issue in codebook.issues.items():
            for phrase in (*issue.topics, *core(issue.proposition)):
                self._enter(key, 1, phrase, names)
            for phrase in issue.contrary:
                self._enter(key, -1, phrase, names)

    def _enter(self, issue: str, sign: int, phrase: str, names: Mapping[str, str]) -> None:
        number = len(self._phrases)
        weights: list[float] = []
        for word in _content(phrase):
            slot = len(weights)
            actor = names.get(word.lower(), "") if word[:1].isupper() else ""
            if actor:
                self._actors.setdefault(actor, []).append((number, slot))
            elif not word.endswith("*"):
                self._enter_word(number, slot, word)
            is_verb = word.lower() in GENERAL_VERBS
            weights.append(_LIGHT if actor or is_verb or word.lower() in _PLAIN else 1.0)
        self._phrases.append(_Phrase(issue, sign, tuple(weights), _act(phrase)))

    def _enter_word(self, number: int, slot: int, word: str) -> None:
        found = {form: how for form, how in relatives(word.lower()).items() if len(form) > 2}
        found |= dict.fromkeys(stand_ins(word), "synonym")
        found |= {"~" + root(word): "made"} | dict.fromkeys(base_forms(word.lower()), "same")
        for form, how in found.items():
            self._table.setdefault(form, []).append((number, slot, how))

    def find(
        self, sentence: Span, actors: Mapping[int, frozenset[str]], recent: Recent, named: frozenset[str]
    ) -> list[Topic]:
        """Return the places where a sentence may speak of an issue it does not name (one each).

        Args:
            sentence: the sentence.
            actors: token -> the actors meant there.
            recent: what was said before.
            named: the issues the sentence names.
        """
        met: dict[int, dict[int, tuple[str, int]]] = {}
        for token in sentence:
            for number, slot, how in self._at(sentence.doc, token.i, actors):
                if self._phrases[number].issue not in named:
                    slots = met.setdefault(number, {})
                    if slot not in slots or _ORDER.index(how) < _ORDER.index(slots[slot][0]):
                        slots[slot] = (how, token.i)
        best: dict[str, tuple[float, Topic]] = {}
        before = recent.keys() if met else frozenset()
        for number, slots in met.items():
            scored = self._weighed(sentence.doc, self._phrases[number], number, slots, before)
            issue = self._phrases[number].issue
            if scored is not None and (issue not in best or scored[0] > best[issue][0]):
                best[issue] = scored
        extra = ("near:rival",) if named else ()
        return [_with(t, *extra, f"issue:{recent.age(issue)}") for issue, (_, t) in sorted(best.items())]

    def _at(self, doc: Doc, at: int, actors: Mapping[int, frozenset[str]]) -> Iterator[tuple[int, int, str]]:
        token = doc[at]
        if not token.is_alpha:
            return
        for form in sorted(base_forms(token.lower_)):
            yield from self._table.get(form, ())
        yield from self._table.get("~" + root(token.text), ())
        for actor in sorted(actors.get(at, ())):
            for number, slot in self._actors.get(actor, ()):
                yield number, slot, "same"

    def _weighed(
        self,
        doc: Doc,
        phrase: _Phrase,
        number: int,
        slots: dict[int, tuple[str, int]],
        before: frozenset[str],
    ) -> tuple[float, Topic] | None:
        """Return the share of a topic that is met and the topic found, or None where too little is."""
        missing = [n for n in range(len(phrase.weights)) if n not in slots]
        known = {n for n in missing if self._was_said(number, n, before)}
        worth = sum(phrase.weights[n] * _WORTH[how] for n, (how, _) in slots.items())
        worth += sum(phrase.weights[n] * _WORTH["before"] for n in known)
        share = worth / sum(phrase.weights)
        is_vague = all(phrase.weights[n] == _LIGHT for n in slots) and not known
        places = sorted({at for _, at in slots.values()})
        if share < LEAST or is_vague or places[-1] - places[0] > _FAR:
            return None
        start, end = self._span(phrase, slots, places)
        signals = [
            "near:" + max((how for how, _ in slots.values()), key=_ORDER.index),
            f"near:{min(len(slots), 3)} of {min(len(phrase.weights), 3)}",
            f"near:gap {_gap(places)}",
        ]
        signals += ["near:rest before" if known == set(missing) else "near:rest unsaid"] if missing else []
        signals += ["near:contrary"] if phrase.sign < 0 else []
        signals += ["near:act unsaid"] if phrase.act in missing else []
        if missing and phrase.act in slots and _has_other_object(doc, slots[phrase.act][1]):
            signals.append("near:other object")
        signals += ["near:light"] if all(phrase.weights[n] == _LIGHT for n in slots) else []
        found = Topic(phrase.issue, start, end, phrase.sign, is_stance=False, word=doc[start:end].text)
        return share, _with(found, *signals)

    def _was_said(self, number: int, slot: int, before: frozenset[str]) -> bool:
        return any((number, slot) == (n, s) for key in before for n, s, _ in self._table.get(key, ()))

    def _span(self, phrase: _Phrase, slots: dict[int, tuple[str, int]], places: list[int]) -> tuple[int, int]:
        """Return the tokens to start from: all that were met, or the weightiest if they are apart."""
        if places[-1] - places[0] <= _WIDE:
            return places[0], places[-1] + 1
        heavy = max(slots, key=lambda n: (phrase.weights[n], n))
        return slots[heavy][1], slots[heavy][1] + 1


def _act(phrase: str) -> int:
    """Return which word of a topic names what is done: the first of "close it", "closure of the plant"."""
    words_of, content = phrase.lower().split(), _content(phrase)
    is_first = len(words_of) > 1 and (
        words_of[0] in GENERAL_VERBS or words_of[1] in ("of", "the", "its", "their", "for", "on", "in")
    )
    return 0 if is_first else len(content) - 1


def _has_other_object(doc: Doc, at: int) -> bool:
    """Return whether a verb is followed by an object of its own ("admitting Muslims"), no pronoun."""
    if not doc[at].tag_.startswith("VB"):
        return False
    follower = next((t for t in doc[at + 1 : at + 5] if t.tag_ not in ("DT", "JJ", "CD", "PRP$", "RB")), None)
    return follower is not None and follower.tag_ in ("NN", "NNS", "NNP", "NNPS")


def _with(topic: Topic, *signals: str) -> Topic:
    return Topic(
        topic.issue, topic.start, topic.end, topic.sign, topic.is_stance, topic.word, topic.is_anaphor,
        (*topic.signals, *signals),
    )  # fmt: skip


def _gap(places: list[int]) -> str:
    widest = max((b - a for a, b in itertools.pairwise(places)), default=0)
    return "none" if widest <= 1 else "small" if widest <= _WIDE else "wide"


def _content(phrase: str) -> list[str]:
    found = re.findall(r"[^\W_]+\*?", phrase.replace("'s", "").replace("’s", ""))
    return [w for w in found if w.lower().rstrip("*") not in EMPTY]


def _key(low: str) -> str:
    return min(base_forms(low), key=lambda form: (len(form), form))
