"""The subjects of a sentence: who acts in it, actors of the codebook and others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.extract.language.clauses import is_noun, phrase_start, predicates
from newsledger.extract.language.people import is_person_word
from newsledger.extract.language.roles import NAMED_AFTER, PERSON_ROLES, SPEAKING_ROLES, TITLES
from newsledger.extract.language.text import ParsedText
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.actor_index import ActorIndex, Mention

PERSONAL = frozenset(["he", "she", "him", "his", "her", "himself", "herself"])
FIRST = frozenset(["i", "we", "you", "us"])
PLURAL = frozenset(["they", "their", "them", "themselves"])
BODY_NOUNS = words("""
    party union company group government ministry association bank firm body movement council
""")
"""Nouns by which a text goes on about the body that a label names."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of a sentence.

    Attributes:
        at: token that heads it, -1 for one that is a resolved pronoun.
        actor: codebook key, or None for somebody or something the codebook does not know.
        is_person: whether it is a person.
        is_plural: whether it is several.
        is_inner: whether its clause is opened by "that", "if", "who" and the like.
        is_body: whether it can be a body: a name, or a noun for one.
    """

    at: int
    actor: str | None
    is_person: bool
    is_plural: bool
    is_inner: bool
    is_body: bool = True


def strangers_in(parsed: ParsedText) -> frozenset[str]:
    """Return the surnames of the persons a text introduces.

    They are two names with an age or a role beside them, or with the second used alone later on.
    """
    told = frozenset(name for paragraph in parsed.paragraphs for name in _strangers(paragraph.doc))
    return told | _called_by_surname(parsed)


def _called_by_surname(parsed: ParsedText) -> frozenset[str]:
    """Return the last words of two-word names that a text goes on to use alone, as subjects."""
    full, alone = set(), set()
    for paragraph in parsed.paragraphs:
        doc = paragraph.doc
        for token in doc:
            if token.tag_ != "NNP" or token.lower_ in SPEAKING_ROLES or token.lower_ in NAMED_AFTER:
                continue
            before = doc[token.i - 1] if token.i else None
            if before is not None and before.tag_ == "NNP":
                full.add(token.lower_)
            elif token.i + 1 < len(doc) and doc[token.i + 1].tag_ in ("VBD", "VBZ", "MD"):
                alone.add(token.lower_)
    return frozenset(full & alone)


def _strangers(doc: Doc) -> Iterator[str]:
    for at in range(1, len(doc)):
        token, before = doc[at], doc[at - 1]
        if token.tag_ != "NNP" or before.tag_ != "NNP" or before.lower_.rstrip(".") in TITLES:
            continue
        if at + 1 < len(doc) and doc[at + 1].tag_ == "NNP":
            continue
        after = doc[at + 1 : at + 6]
        is_told = (
            len(after) > 2
            and after[0].text == ","
            and (
                (after[1].text.isdigit() and len(after[1]) < 3)
                or any(t.lower_ in PERSON_ROLES or t.lower_ in SPEAKING_ROLES for t in after[1:])
            )
        )
        title = doc[at - 2].lower_.rstrip(".") if at > 1 else ""
        if is_told or title in TITLES or title in PERSON_ROLES:
            yield token.lower_


def subjects_of(
    index: ActorIndex, sentence: Span, local: list[Mention], strangers: frozenset[str] = frozenset()
) -> list[Subject]:
    """Return the subjects of a sentence from left to right, codebook actors and others."""
    doc = sentence.doc
    found: dict[int, Subject] = {}
    groups = predicates(sentence)
    alone: dict[str, Mention] = {m.actor: m for m in local if sentence.start <= m.first < sentence.end}
    if not groups and len(alone) == 1:  # "And the union?"
        key, mention = next(iter(alone.items()))
        return [Subject(mention.head, key, index.is_person(key), is_plural=False, is_inner=False)]
    label = _label(sentence, local)
    if label is not None:
        is_person = index.is_person(label.actor)
        found[label.head] = Subject(label.head, label.actor, is_person, is_plural=False, is_inner=False)
    for group in groups:
        at = group.subject
        if (
            at is None
            or doc[at].lower_ in FIRST
            or doc[at].tag_ in ("WP", "WDT", "DT", "EX")
            or not is_noun(doc[at])
        ):
            continue
        is_inner = group.opener not in ("", "and", "but", "so", "yet", ";")
        actor = _apposed_person(index, doc, local, at) or _actor_at(doc, local, at)
        actor = actor or _owner(doc, local, at) or _apposed_name(sentence, local, at, group.start)
        if actor is None and label is not None and doc[at].lower_ in BODY_NOUNS:
            actor = label.actor
        is_name = any(m.how == "name" and index.is_person(m.actor) and m.first <= at < m.last for m in local)
        is_plural = (doc[at].tag_ in ("NNS", "NNPS") and not is_name) or doc[at].lower_ in PLURAL
        is_people = any(m.how == "people" and m.first <= at < m.last for m in local)
        known = None if is_people and doc[at].tag_ == "NNP" else actor
        is_person = _names_person(index, doc, at, known)
        is_person = is_person or (actor is None and _is_stranger(doc, at, strangers))
        is_body = actor is not None or doc[at].tag_ in ("NNP", "NNPS") or doc[at].lower_ in SPEAKING_ROLES
        found.setdefault(at, Subject(at, actor, is_person, is_plural, is_inner, is_body))
    return [found[at] for at in sorted(found)]


def _label(sentence: Span, local: list[Mention]) -> Mention | None:
    """Return the mention that is the label of a paragraph ("Civic Centre: its leader ..."), or None."""
    doc = sentence.doc
    ends = [m for m in local if sentence.start == 0 and m.last < min(9, len(doc)) and doc[m.last].text == ":"]
    return ends[0] if ends else None


def _apposed_person(index: ActorIndex, doc: Doc, local: list[Mention], at: int) -> str | None:
    """Return the person named between commas behind a title ("Its chief, X, said", "leader X said")."""
    if doc[at].lower_ not in SPEAKING_ROLES or at + 2 >= len(doc):
        return None
    first = at + 2 if doc[at + 1].text == "," else at + 1
    named = [m for m in local if m.first == first and m.how in ("name", "surname")]
    return next((m.actor for m in named if index.is_person(m.actor)), None)


def _apposed_name(sentence: Span, local: list[Mention], at: int, verb: int) -> str | None:
    """Return the name that a noun between commas describes ("Corvale Credit, the largest lender, said")."""
    doc = sentence.doc
    if doc[at].tag_ not in ("NN", "NNS") or doc[verb - 1].text != ",":
        return None
    first = phrase_start(doc, at, sentence.start)
    while first - 2 > sentence.start and doc[first - 1].tag_ == "POS":
        first = phrase_start(doc, first - 2, sentence.start)
    named = [m for m in local if m.last == first - 1 and m.first >= sentence.start and m.how == "name"]
    return named[-1].actor if named and doc[first - 1].text == "," else None


def _is_stranger(doc: Doc, at: int, strangers: frozenset[str]) -> bool:
    """Return whether a name is of somebody the text introduces, or before a role ("Ohio delegate X")."""
    if doc[at].lower_ in strangers:
        return True
    end = at + 1
    while end < len(doc) and doc[end].tag_ in ("NN", "NNP", "UH"):
        end += 1
    run = doc[at:end]
    return doc[at].tag_ == "NNP" and len(run) > 2 and any(is_person_word(t.text, t.lemma_) for t in run[1:-1])


def _owner(doc: Doc, local: list[Mention], at: int) -> str | None:
    """Return the body whose doing or thinking a subject is ("The company's love of inquiries")."""
    if doc[at].tag_ != "NN" or is_person_word(doc[at].text, doc[at].lemma_):
        return None
    owners = [m for m in local if m.last < at <= m.last + 3 and doc[m.last].tag_ == "POS"]
    return owners[-1].actor if owners else None


def _actor_at(doc: Doc, local: list[Mention], at: int) -> str | None:
    """Return whom a subject's head names: the mention headed there, an apposition to it included."""
    own = [m for m in local if m.head == at]
    if own:
        return max(own, key=lambda m: m.last - m.first).actor
    inside = [m for m in local if m.first <= at < m.last]
    if not inside and (doc[at].lower_.rstrip(".") in TITLES or doc[at].tag_ in ("NN", "NNS")):
        inside = [m for m in local if m.first == at + 1 and m.how in ("name", "surname")]
    return inside[0].actor if len({m.actor for m in inside}) == 1 else None


def _names_person(index: ActorIndex, doc: Doc, at: int, actor: str | None) -> bool:
    token = doc[at]
    if token.lower_ in PERSONAL:
        return True
    if token.lower_ in SPEAKING_ROLES or token.lower_ in PERSON_ROLES:
        return token.lower_ in PERSON_ROLES and token.tag_ in ("NN", "NNP", "JJ")
    if actor is not None:
        return index.is_person(actor)
    if token.tag_ == "NNP":
        return doc[at - 1].tag_ == "NNP" or (at + 1 < len(doc) and doc[at + 1].tag_ == "NNP")
    is_named = at + 2 < len(doc) and doc[at + 1].lower_ in ("named", "called") and doc[at + 2].tag_ == "NNP"
    return token.tag_ == "NN" and (is_named or is_person_word(token.text, token.lemma_))
