"""Whose stance it is.

From the subject of a clause or the source of a statement to an actor of the codebook.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsledger.extract.language.clauses import Predicate, is_noun, phrase_start
from newsledger.extract.language.roles import OFFICES, OWN_MINDS, SPEAKING_ROLES
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.actor_index import ActorIndex, Mention
from newsledger.extract.voices.statement import Statement

_FIRST_PERSON = frozenset(["we", "i", "us", "our", "my", "me"])
_POSSESSIVES = frozenset(["its", "our", "their", "his", "her", "my"])
_BODIES = words("party government country group movement company union organisation organization")
_SELF = frozenset(["group", "movement", "organisation", "organization"])
"""Nouns a body calls itself by: "Its founder said the group would never accept ..."."""
_LISTING = frozenset(["including", "like"])


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a stance.

    Attributes:
        actor: codebook key of whose stance it is.
        speaker: codebook key or printed words of who speaks for the actor, or None.
    """

    actor: str
    speaker: str | None


class Holders:
    """The mentions and statements of one text, ready to say whose a stance is."""

    def __init__(
        self, index: ActorIndex, parsed: ParsedText, found: list[Mention], said: list[Statement]
    ) -> None:
        self.index, self.parsed, self.statements = index, parsed, said
        self._sources: dict[Statement, tuple[Holder, ...]] = {}
        self._by_paragraph: dict[int, list[Mention]] = {}
        for mention in found:
            self._by_paragraph.setdefault(mention.paragraph, []).append(mention)

    def at(
        self, number: int, token: int, predicate: Predicate | None, offset: int, depth: int = 0
    ) -> tuple[Holder, ...]:
        """Return the actors that a subject or owner names, several where it lists several.

        Args:
            number: the paragraph.
            token: the token that heads the subject.
            predicate: the predicate whose subject it is, to know how far the subject reaches.
            offset: absolute offset of the topic, for "we" and "I".
            depth: how often "we" has led to a source that itself is "we".
        """
        doc = self.parsed.paragraphs[number].doc
        if doc[token].lower_ in _FIRST_PERSON and depth == 0:
            found = self.speaker(offset)
            return found[1] if found else ()
        if doc[token].tag_ in ("WP", "WDT") or doc[token].lower_ == "who":
            return self._antecedent(number, doc, token)
        local = self._by_paragraph.get(number, [])
        heads = _joined(doc, token, predicate)
        chosen = [m for head in heads for m in self._headed(local, doc, head)]
        found_here = self._unique(doc, chosen) or self._own_people(doc, token, offset)
        return found_here or self._himself(number, doc, token, offset)

    def _himself(self, number: int, doc: Doc, token: int, offset: int) -> tuple[Holder, ...]:
        """Return the speaker of a clause that begins with a pronoun nobody fits ("X says they're for it")."""
        if doc[token].lower_ not in ("he", "she", "it", "they"):
            return ()
        at = self.parsed.paragraphs[number].start + doc[token].idx
        found = self.speaker(offset)
        if found is None or found[0].cue_end > at or at - found[0].content_start > 6:
            return ()
        return found[1]

    def _own_people(self, doc: Doc, token: int, offset: int) -> tuple[Holder, ...]:
        """Return the speaker where a body says what its own members do ("said its members would reject")."""
        word = doc[token].lower_
        if word not in OWN_MINDS and word not in _BODIES and word not in SPEAKING_ROLES:
            return ()
        start = phrase_start(doc, token, doc[token].sent.start)
        found = self.speaker(offset)
        if found is None or (token + 1 < len(doc) and doc[token + 1].lower_ in ("of", "'s", "’s")):
            return ()
        is_own = doc[start].lower_ in (_POSSESSIVES if word not in SPEAKING_ROLES else ("my", "our"))
        if is_own or (word == "members" and start == token):
            return found[1]
        if word in _SELF and doc[start].lower_ == "the" and start + 1 == token:
            return found[1]
        return self._members_of(doc, (start, token), found[1])

    def _members_of(self, doc: Doc, span: tuple[int, int], said_by: tuple[Holder, ...]) -> tuple[Holder, ...]:
        """Return the speaker whose own body owns a noun phrase ("Teller said the league's members ...")."""
        near = [m for found in self._by_paragraph.values() for m in found if m.first in range(*span)]
        owners = {m.actor for m in near if m.last <= span[1] and doc[m.last].lower_ in ("'s", "’s", "'", "’")}
        return tuple(h for h in said_by if any(self.index.same_side(h.actor, owner) for owner in owners))

    def _headed(self, local: list[Mention], doc: Doc, head: int) -> list[Mention]:
        """Return the mentions that a noun phrase with this head is: itself, its people, or its apposition."""
        own = [m for m in local if m.head == head]
        if own:
            widest = max(m.last - m.first for m in own)
            return [m for m in own if m.last - m.first == widest]
        covering = [m for m in local if m.first <= head < m.last]
        if covering:
            return covering[:1]
        apposed = self._apposed(local, doc, head)
        if apposed:
            return apposed
        is_owner = head + 1 < len(doc) and doc[head].tag_ in ("JJ", "NNP", "NN", "NNPS", "NNS")
        if is_owner and doc[head].text[:1].isupper():
            return [
                _adjective(m_key, number_first, number_last)
                for number_first, number_last, m_key in self.index.adjectives_in(doc)
                if number_first <= head < number_last
            ]
        return []

    def _apposed(self, local: list[Mention], doc: Doc, head: int) -> list[Mention]:
        """Return the name beside a title.

        "Veria's negotiator, X," or "Finance Minister X" headed at the title.
        """
        after = head + 1
        while after < len(doc) and (
            doc[after].text in (",", "—", "–") or (doc[after].lower_ == "the" and after > head + 1)
        ):
            after += 1
        if after > head + 3:
            return []
        is_beside = after == head + 1 and is_noun(doc[head])
        if not is_beside and doc[head].tag_ == "NN" and after - head in (2, 3):
            closed = [m for m in local if m.first in (after, after + 1) and m.last < len(doc)]
            is_beside = any(doc[m.last].text in (",", "—", "–") for m in closed)
        if is_beside or doc[head].lower_ in SPEAKING_ROLES or doc[head].tag_ == "NNP":
            named = [m for m in local if m.first == after and m.how in ("name", "surname")]
            if named:
                return named[:1]
        before = phrase_start(doc, head, doc[head].sent.start)
        ahead = _named_ahead(local, doc, before)
        if ahead:
            return ahead
        inside = [
            m for m in local if before <= m.first and m.last <= head + 1 and m.how in ("name", "surname")
        ]
        return [m for m in inside if m.head == head][:1]

    def _antecedent(self, number: int, doc: Doc, token: int) -> tuple[Holder, ...]:
        at = token - 1
        while at > 0 and doc[at].text == ",":
            at -= 1
        return self._unique(doc, self._headed(self._by_paragraph.get(number, []), doc, at))

    def _unique(self, doc: Doc, chosen: list[Mention]) -> tuple[Holder, ...]:
        holders = {self._holder(doc, mention): None for mention in chosen}
        return tuple(sorted(holders, key=lambda h: (h.actor, h.speaker or "")))

    def _holder(self, doc: Doc, mention: Mention) -> Holder:
        """Return whose stance a mention's is: a person's own, or that of the body he speaks for."""
        actor = self.index.actors[mention.actor]
        if actor.speaks_for and not actor.own_voice:
            return Holder(actor.speaks_for, mention.actor)
        if mention.how == "people":
            beside = self._known_beside(mention)
            if beside is not None and self.index.actors[beside].own_voice:
                return Holder(beside, None)
            if beside is not None and not self.index.same_side(beside, mention.actor):
                return Holder(self.index.side(beside), beside if self.index.side(beside) != beside else None)
            speaker = beside or _speaker_named(doc, mention)
            if actor.speaks_for and self.index.is_person(mention.actor):
                return Holder(self.index.side(mention.actor), speaker)
            return Holder(mention.actor, speaker)
        return Holder(mention.actor, None)

    def _known_beside(self, mention: Mention) -> str | None:
        """Return the codebook person named right behind a title ("the union's leader, X,")."""
        local = self._by_paragraph.get(mention.paragraph, []) if mention.end else []
        beside = [m for m in local if m.how in ("name", "surname") and self.index.is_person(m.actor)]
        near = (mention.head + 1, mention.last, mention.last + 1)
        return next((m.actor for m in beside if m.first in near), None)

    def enclosing(self, offset: int) -> list[Statement]:
        """Return the statements whose content holds an offset, innermost first."""
        found = [s for s in self.statements if s.content_start <= offset < s.content_end]
        return sorted(found, key=lambda s: (s.content_end - s.content_start, -s.content_start))

    def speaker(self, offset: int) -> tuple[Statement, tuple[Holder, ...]] | None:
        """Return the innermost statement around an offset and whose words it holds."""
        around = [s for s in self.enclosing(offset) if not s.cue_start <= offset < s.cue_end]
        if not around:
            return None
        return around[0], self.of_source(around[0])

    def of_source(self, statement: Statement) -> tuple[Holder, ...]:
        """Return the actors a statement's source names."""
        if statement not in self._sources:
            self._sources[statement] = self._source(statement)
        return self._sources[statement]

    def _source(self, statement: Statement) -> tuple[Holder, ...]:
        for number, paragraph in enumerate(self.parsed.paragraphs):
            if paragraph.start <= statement.source_start < paragraph.end:
                doc = paragraph.doc
                tokens = [
                    t.i
                    for t in doc
                    if statement.source_start <= paragraph.start + t.idx < statement.source_end
                ]
                return self._of_phrase(number, doc, tokens)
        return ()

    def _of_phrase(self, number: int, doc: Doc, tokens: list[int]) -> tuple[Holder, ...]:
        """Return the actors named by the words of a source: the head's, or the name in apposition."""
        if not tokens:
            return ()
        if doc[tokens[0]].lower_ in _FIRST_PERSON:
            offset = self.parsed.paragraphs[number].start + doc[tokens[0]].idx
            outer = [s for s in self.enclosing(offset) if s.source_start != offset]
            return self.of_source(outer[0]) if outer else ()
        head = _head_of(doc, tokens)
        local = self._by_paragraph.get(number, [])
        found = [m for one in _joined(doc, head, None, tokens[0]) for m in self._headed(local, doc, one)]
        if not found and doc[head].lower_ not in OWN_MINDS:
            inside = [
                m
                for m in local
                if m.first in tokens and m.how in ("name", "surname") and self.index.is_person(m.actor)
            ]
            found = inside[:1] or _named_ahead(local, doc, tokens[0])
        return self._unique(doc, found)

    def sources(self, offset: int, cue_offset: int | None, *, is_noun_cue: bool) -> list[str]:
        """Return the codebook actors in whose words an offset stands, every level.

        A stance named by a noun ("the Verian demand") in front of a trailing attribution is the
        reporter's: there the attribution covers what is asserted, not what is taken as known.
        """
        names: list[str] = []
        for statement in self.enclosing(offset):
            if cue_offset is not None and not statement.content_start <= cue_offset < statement.content_end:
                continue
            if is_noun_cue and statement.kind == "indirect" and statement.cue_start >= statement.content_end:
                continue
            names += [holder.actor for holder in self.of_source(statement)]
        return names


def _speaker_named(doc: Doc, mention: Mention) -> str | None:
    """Return the person or office that speaks for a body, as printed, or None.

    "Verian minister Ana Brusk" is "Ana Brusk"; "Verian officials" and "a UN probe" name nobody.
    """
    names = doc[mention.head + 1 : mention.last]
    if len(names):
        return str(names.text)
    after = mention.last
    if after + 1 < len(doc) and doc[after].text == ",":
        end = after + 1
        while end < len(doc) and doc[end].tag_ == "NNP":
            end += 1
        if end - after > 2 and end < len(doc) and doc[end].text == ",":
            return str(doc[after + 1 : end].text)
    head = doc[mention.head]
    if head.lower_ not in OFFICES:
        return None
    return str(doc[mention.first : mention.last].text)


def _adjective(key: str, first: int, last: int) -> Mention:
    return Mention(0, 0, key, "people", 0, first, last, last - 1)


def _named_ahead(local: list[Mention], doc: Doc, start: int) -> list[Mention]:
    """Return the name to which a noun phrase stands in apposition ("But Corvale, the lender, said")."""
    if start < 2 or doc[start - 1].text != "," or doc[start].lower_ not in ("the", "a", "an", "its"):
        return []
    return [m for m in local if m.last == start - 1 and m.how in ("name", "surname", "people")][:1]


def _head_of(doc: Doc, tokens: list[int]) -> int:
    """Return the head of a source phrase: its last noun before a comma or preposition."""
    head = tokens[0]
    for at in tokens:
        if doc[at].text in (",", "—", "–", "(") or (doc[at].tag_ == "IN" and at > tokens[0]):
            break
        if is_noun(doc[at]):
            head = at
    return head


def _joined(doc: Doc, head: int, predicate: Predicate | None, floor: int | None = None) -> list[int]:
    """Return the heads of a subject: "X and Y", and "nations, including X and Y"."""
    start = doc[head].sent.start if floor is None else floor
    stop = predicate.start if predicate is not None else doc[head].sent.end
    heads = [head]
    first = phrase_start(doc, head, start)
    while (
        first - 2 >= start and doc[first - 1].lower_ in ("and", ",", "or", "nor") and is_noun(doc[first - 2])
    ):
        is_comma = doc[first - 1].text == ","
        if (
            is_comma
            and not any(doc[k].lower_ in ("and", "nor") for k in range(first, head + 1))
            and len(heads) == 1
        ):
            break
        heads.insert(0, first - 2)
        first = phrase_start(doc, first - 2, start)
    at = head + 1
    if predicate is not None:
        while at < stop and doc[at].lower_ in ("and", ",", "or", "nor"):
            end = _phrase_stop(doc, at + 1, stop)
            listing = at + 1 < stop and doc[at + 1].lower_ in _LISTING
            if doc[at].text == "," and not listing and not _is_enumerated(doc, at, stop):
                break
            if end <= at + 1 and not listing:
                break
            at = at + 1 if listing else at
            end = _phrase_stop(doc, at + 1, stop)
            heads.append(end - 1)
            at = end
    return heads


def _is_enumerated(doc: Doc, comma: int, stop: int) -> bool:
    """Return whether a comma stands in a list that "and" closes before the verb ("X, Y and Z called")."""
    end = _phrase_stop(doc, comma + 1, stop)
    if end == comma + 1 or end >= stop:
        return False
    if doc[end].lower_ == "and":
        return _phrase_stop(doc, end + 1, stop) == stop
    return doc[end].text == "," and (doc[end + 1].lower_ == "and" or _is_enumerated(doc, end, stop))


def _phrase_stop(doc: Doc, at: int, stop: int) -> int:
    """Return the end of a plain noun phrase that starts at a token."""
    k = at
    while k < stop and (
        doc[k].tag_ in ("NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP", "POS", "PRP$") or doc[k].text in "-‐‑"
    ):
        k += 1
    return k
