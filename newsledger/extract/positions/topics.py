"""Where a text speaks of an issue: its topics, their contrary, and words that show a stance by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from newsledger.extract.language.clauses import Predicate, predicates
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.verb_groups import NEGATIONS
from newsledger.extract.positions.near import NearTopics
from newsledger.extract.positions.stance import ANAPHORS, JUDGING, cues
from newsledger.extract.positions.topic import Topic
from newsledger.extract.positions.verdicts import VIEWING
from newsledger.extract.positions.wording import ShortForms, Tokens, Wordings
from schemas.codebook import Codebook

_GOING_ON = ("NN", "NNS", "TO", "VB", "VBZ", "VBD", "MD", "IN")
"""Word classes behind "it" and "the idea" that show it to be the subject of a clause."""
_BEING = frozenset(("is", "was", "'s", "’s", "would", "will", "must", "should"))
_KINDS = (("topics", 1, False), ("contrary", -1, False), ("supports", 1, True), ("opposes", -1, True))


class TopicIndex:
    """The words of all issues of a codebook, compiled once."""

    def __init__(self, codebook: Codebook) -> None:
        self._phrases = {
            key: [(Phrases(getattr(issue, name)), sign, alone) for name, sign, alone in _KINDS]
            for key, issue in codebook.issues.items()
        }
        self.names = names = _names(codebook)
        self._wordings = {
            key: [
                (Wordings(issue.topics, issue.proposition, names), 1),
                (Wordings(issue.contrary, names=names), -1),
            ]
            for key, issue in codebook.issues.items()
        }
        self._short = ShortForms(
            {key: issue.topics for key, issue in codebook.issues.items()}, _called(codebook)
        )
        self._book = codebook
        self._never = {key: Phrases(issue.never) for key, issue in codebook.issues.items() if issue.never}

    def topics(
        self,
        doc: Doc,
        actors: Mapping[int, frozenset[str]] | None = None,
        before: Sequence[str] = (),
    ) -> list[Topic]:
        """Return the topics of a paragraph in order; of overlapping ones of an issue the longest stays.

        Args:
            doc: the paragraph.
            actors: token -> the actors meant there, for topics that name an actor ("IMF loan").
            before: keys of the words of the paragraph before, which "it" may take up.
        """
        tokens = Tokens(doc, actors or {}, before)
        return [topic for key in self._phrases for topic in self._of_issue(doc, key, tokens)]

    @cached_property
    def near(self) -> NearTopics:
        """The topics as single words, compiled when they are first asked for."""
        return NearTopics(self._book, self.names)

    def is_barred(self, sentence: Span, topic: Topic) -> bool:
        """Return whether words that exclude an issue stand in the clause of a topic."""
        barred = self._never[topic.issue].find(sentence.doc) if topic.issue in self._never else []
        return any(in_one_clause(sentence.doc, topic, span) for span in barred)

    def with_short(self, doc: Doc, topics: list[Topic], named: frozenset[str]) -> list[Topic]:
        """Return the topics of a paragraph and the nouns that stand for one, in order.

        ``named`` are the issues the text names in full: there a noun alone may stand for one ("the ban").
        """
        found = list(topics)
        for start, end, issue in self._short.find(doc, named):
            if all(end <= t.start or start >= t.end for t in found):
                found.append(Topic(issue, start, end, 1, is_stance=False, word=doc[start:end].text))
        return sorted(found, key=lambda t: (t.start, t.end, t.issue))

    def _is_turned(self, doc: Doc, key: str, start: int, end: int) -> bool:
        """Return whether a negation stands among the words of a topic and is none of them."""
        issue = self._book.issues[key]
        own = " ".join((issue.proposition, *issue.topics, *issue.contrary)).lower().split()
        return NEGATIONS.isdisjoint(own) and any(doc[i].lower_ in NEGATIONS for i in range(start, end))

    def _of_issue(self, doc: Doc, key: str, tokens: Tokens) -> list[Topic]:
        hits = [
            Topic(key, a, b, sign, alone, doc[a:b].text)
            for phrases, sign, alone in self._phrases[key]
            for a, b in phrases.find(doc)
            if not alone or _is_same_form(doc, phrases, a, b)
        ]
        hits.sort(key=lambda t: (-(t.end - t.start), not t.is_stance, t.start))
        kept: list[Topic] = []
        for hit in hits:
            if all(hit.end <= other.start or hit.start >= other.end for other in kept):
                kept.append(hit)
        for wordings, sign in self._wordings[key]:
            for a, b in wordings.find(tokens):
                if all(b <= other.start or a >= other.end for other in kept):
                    turned = -sign if self._is_turned(doc, key, a, b) else sign
                    kept.append(Topic(key, a, b, turned, is_stance=False, word=doc[a:b].text))
        barred = self._never[key].find(doc) if key in self._never else []
        return [t for t in kept if not any(in_one_clause(doc, t, span) for span in barred)]


def _called(codebook: Codebook) -> frozenset[str]:
    """Return the last words of what the actors are called, in lower case."""
    return frozenset(
        called.split()[-1].lower()
        for actor in codebook.actors.values()
        for called in (actor.name, *actor.aliases, *actor.descriptions)
        if called.split()
    )


def _names(codebook: Codebook) -> dict[str, str]:
    """Return the printed names of actors in lower case; a name two bear is left out."""
    found: dict[str, set[str]] = {}
    for key, actor in codebook.actors.items():
        for name in (
            actor.name,
            *actor.aliases,
            *([actor.name.split()[-1]] if actor.kind == "person" else []),
        ):
            found.setdefault(name.removeprefix("the ").lower(), set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def _is_same_form(doc: Doc, phrases: Phrases, start: int, end: int) -> bool:
    """Return whether a word that shows a stance by itself is no other form of its verb."""
    if end - start > 1:
        return True
    low = doc[start].lower_
    return low in {word.lower() for word in phrases.words} or not low.endswith(("ing", "s", "ed", "e"))


def in_one_clause(doc: Doc, topic: Topic, span: tuple[int, int]) -> bool:
    """Return whether a topic and other words lie in one clause.

    No comma, "and" with a verb, or opener between.
    """
    if span[0] < topic.end and topic.start < span[1]:
        return True
    low, high = min(topic.end, span[1]), max(topic.start, span[0])
    return doc[topic.start].sent == doc[span[0]].sent and not any(_divides(doc, k) for k in range(low, high))


def _divides(doc: Doc, at: int) -> bool:
    low = doc[at].lower_
    if low in (
        ";",
        "but",
        "while",
        "although",
        "because",
        "which",
        "who",
        "unless",
        "if",
        "—",
        "–",
        "whereas",
    ):
        return True
    return low in {",", "and"}


def with_anaphors(
    sentence: Span, topics: list[Topic], before: list[Topic], near: list[Topic] | None = None
) -> list[Topic]:
    """Return the topics of a sentence and the nouns that take one of them up.

    Args:
        sentence: the sentence.
        topics: its topics in order.
        before: the topics of the sentence before, which only "such a", "this" and "that" may take up.
        near: those of them in the same paragraph, which "it", "one" and "the idea" may take up.
    """
    groups = predicates(sentence)
    extra = [
        new for at in _anaphor_places(sentence) for new in _taken_up(sentence, at, topics, before, groups)
    ]
    if not extra:
        extra = list(_pronouns(sentence, topics, near or []))
    return sorted([*topics, *extra], key=lambda t: (t.start, t.end, t.issue))


def _pronouns(sentence: Span, topics: list[Topic], before: list[Topic]) -> Iterator[Topic]:
    """Yield "it", "one" and "the idea" right behind a stance word, where one topic stood just before.

    The topic must be what the sentence before was about: its subject, or the last thing it names. "The idea"
    may also take up a topic of its own sentence.
    """
    near = [t for t in before if not t.is_anaphor]
    doc = sentence.doc
    ends = {cue.end + (cue.kind == "noun") for cue in cues(doc, sentence.start, sentence.end)}
    stances = frozenset(ends)
    groups = predicates(sentence)
    judging = {g.end for g in groups if doc[g.main].lower_ in VIEWING or doc[g.main].lower_ in JUDGING}
    ends |= judging | {g.end for g in groups if g.modals}
    lead = next((t.i for t in sentence if t.is_alpha), sentence.start)
    is_judged = lead + 1 < sentence.end and doc[lead + 1].lower_ in _BEING
    is_expletive = doc[lead].lower_ == "it" and any(t.lower_ in ("if", "that", "to") for t in sentence)
    is_pointing = doc[lead].lower_ in ("that", "it", "this") and is_judged and not is_expletive
    if is_pointing and not topics and len({t.issue for t in near}) == 1:
        yield replace(near[-1], start=lead, end=lead + 1, is_anaphor=True, is_stance=False)
        return
    for at in sorted(ends):
        if at >= sentence.end:
            continue
        end = at + 1 if doc[at].lower_ in ("it", "one") else at + 2
        is_idea = doc[at].lower_ == "the" and end <= sentence.end and doc[end - 1].lower_ in ANAPHORS
        follows = doc[end].tag_ if end < sentence.end else "."
        inside = [t for t in topics if t.end <= at]
        pool = inside or near
        is_one = is_idea or doc[at].lower_ == "one"
        is_single = doc[at].lower_ == "one" or len({t.issue for t in inside or before}) == 1
        if inside and at in judging and at not in stances:
            continue
        if not pool or not is_single or (inside and not is_one and not _is_object(doc, at, inside)):
            continue
        if doc[at].lower_ == "one" and follows == "IN" and doc[end].lower_ != "of":
            follows = "."
        barred = ("NN", "NNS", "IN", "CD") if doc[at].lower_ == "one" else _GOING_ON
        if (is_idea or end == at + 1) and follows not in barred:
            yield replace(pool[-1], start=at, end=end, is_anaphor=True, is_stance=False)
            return


def _is_object(doc: Doc, at: int, inside: list[Topic]) -> bool:
    """Return whether "it" can only be the topic of its own sentence: one is named, an end or verb follows."""
    is_last = (
        at + 1 >= len(doc) or doc[at + 1].text in '.;,”"' or doc[at + 1].lower_ in ("in", "and", "but", "on")
    )
    return doc[at].lower_ == "it" and is_last and len({t.issue for t in inside}) == 1


def _anaphor_places(sentence: Span) -> Iterator[int]:
    doc = sentence.doc
    for token in sentence:
        following = doc[token.i + 1].lower_ if token.i + 1 < sentence.end else ""
        if token.lower_ in ANAPHORS and following not in ("of", "to", "for", "against", "from"):
            yield token.i


def _taken_up(
    sentence: Span, at: int, topics: list[Topic], before: list[Topic], groups: list[Predicate]
) -> Iterator[Topic]:
    doc = sentence.doc
    start = at
    while (
        start > sentence.start
        and doc[start - 1].tag_ in ("JJ", "DT", "PDT", "RB")
        and doc[start - 1].text != ","
    ):
        start -= 1
    lead = doc[start].lower_
    is_pointing = lead in ("such", "this", "that", "these", "those")
    is_apposed = (
        start > sentence.start
        and doc[start - 1].text in (",", "—", "–", "-")
        and (lead in ("a", "an", "something", "one") and _has_verb_near(at, groups))
    )
    if not is_pointing and not is_apposed:
        return
    earlier = [t for t in topics if t.end <= start]
    if is_apposed:
        earlier = [t for t in earlier if start - t.end <= 12]
    pool = earlier or (before if is_pointing else [])
    if not pool:
        return
    last = max(pool, key=lambda t: t.end)
    for topic in [t for t in pool if (t.start, t.end) == (last.start, last.end)]:
        yield replace(topic, start=start, end=at + 1, is_anaphor=True, is_stance=False)


def _has_verb_near(at: int, groups: list[Predicate]) -> bool:
    return any(0 < group.start - at <= 5 and group.form == "finite" for group in groups)
