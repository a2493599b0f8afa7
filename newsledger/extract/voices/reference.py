"""Who is meant by "the group", "he", "they", "his office" and "both sides", inside one document.

A reference is resolved only where one reading is clearly best; everything else stays unresolved, because a
stance given to the wrong actor is worse than one missed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from newsledger.extract.language.clauses import is_noun, predicates
from newsledger.extract.language.inflect import sequences
from newsledger.extract.language.people import is_person_word
from newsledger.extract.language.roles import MOUTHPIECES, OWN_MINDS, PERSON_ROLES, SPEAKING_ROLES, TITLES
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.language.wordlist import words
from newsledger.extract.voices.actor_index import ActorIndex, Mention
from newsledger.extract.voices.content import sentences

_PERSONAL = frozenset(["he", "she", "him", "his", "her", "himself", "herself"])
_FIRST = frozenset(["i", "we", "you", "us"])
_NEUTER = frozenset(["it", "its", "itself"])
_PLURAL = frozenset(["they", "their", "them", "themselves"])
_PAIRS = sequences("""
    both side; two side; both sides; two sides; both parties; two parties; all sides; all parties;
    both governments; two governments; two countries; both countries; two leaders; both leaders; two
    companies; both companies
""")
_CHANGING = frozenset(["envoy", "spokesman", "spokeswoman", "official", "group", "body"])
"""Nouns that several people or bodies of one text can be called."""
_BODY_NOUNS = words("""
    party union company group government ministry association bank firm body movement council
""")
"""Nouns by which a text goes on about the body that a label names."""
_BACK = 2
"""Paragraphs looked back for a pronoun's antecedent: the same and the one before."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """A subject of a sentence: ``actor`` None is somebody the codebook does not know."""

    at: int
    actor: str | None
    is_person: bool
    is_plural: bool
    is_inner: bool


def references(index: ActorIndex, parsed: ParsedText, named: list[Mention]) -> list[Mention]:
    """Return the mentions by description, pronoun and pair that can be resolved, given those by name."""
    by_paragraph: dict[int, list[Mention]] = {}
    for mention in named:
        by_paragraph.setdefault(mention.paragraph, []).append(mention)
    found: list[Mention] = []
    history: list[_Subject] = []
    ends: list[int] = []
    for number, paragraph in enumerate(parsed.paragraphs):
        local = by_paragraph.setdefault(number, [])
        described = list(_descriptions(index, number, paragraph, named + found))
        local += described
        found += described
        recent = history[ends[-1] :] if ends else []
        ends.append(len(history))
        resolved = list(_pronouns(index, number, paragraph, local, history, recent))
        found += resolved + list(_pairs(index, parsed, number, paragraph, named))
    return found


def _mention(number: int, paragraph: Paragraph, span: tuple[int, int], actor: str, how: str) -> Mention:
    doc, (first, last) = paragraph.doc, span
    start = paragraph.start + doc[first].idx
    end = paragraph.start + doc[last - 1].idx + len(doc[last - 1])
    return Mention(start, end, actor, how, number, first, last, last - 1)


def _descriptions(
    index: ActorIndex, number: int, paragraph: Paragraph, before: list[Mention]
) -> Iterator[Mention]:
    """Yield "the group" and its people: the actor last named that answers to the description."""
    doc = paragraph.doc
    places: dict[tuple[int, int], list[str]] = {}
    tables = index.bare_descriptions if paragraph.kind == "headline" else index.descriptions
    for key, phrases in tables.items():
        for span in phrases.find(doc):
            places.setdefault(span, []).append(key)
    for key, phrases in index.bare_descriptions.items():
        for first, last in phrases.find(doc):
            if first and doc[first - 1].lower_ in ("his", "her", "our", "my"):
                places.setdefault((first - 1, last), []).append(key)
    for (first, last), keys in sorted(places.items()):
        if any(
            m.paragraph == number and m.first < last and m.last > first and m.how in ("name", "surname")
            for m in before
        ):
            continue
        offset = paragraph.start + doc[first].idx
        actor = _last_named(keys, before, offset) or _unrivalled(index, keys, before, doc[first:last], offset)
        if actor is None:
            continue
        yield _mention(number, paragraph, (first, last), actor, "description")
        head = _people_after(doc, last)
        if head is not None:
            yield _mention(number, paragraph, (first, head + 1), actor, "people")
        role = _role_of(doc, first)
        if role is not None:
            yield replace(_mention(number, paragraph, (role, last), actor, "people"), head=role)


def _last_named(keys: list[str], before: list[Mention], offset: int) -> str | None:
    """Return the one of the actors that was named last before an offset, or None."""
    earlier = [m for m in before if m.actor in keys and m.end <= offset]
    return max(earlier, key=lambda m: m.end).actor if earlier else None


def _unrivalled(
    index: ActorIndex, keys: list[str], before: list[Mention], words: Span, offset: int
) -> str | None:
    """Return the only actor a description fits, where the text has named no body yet it could mean instead.

    A text may open with "The union rejected ..." before it names the union. A body of the codebook that has
    descriptions of its own is no rival, nor is a person to a body.
    """
    if len(keys) != 1:
        return None
    is_person = index.is_person(keys[0])
    named = {m.actor for m in before if m.end <= offset and m.how == "name" and m.actor != keys[0]}
    rivals = [key for key in named if index.is_person(key) == is_person]
    if words[-1].lower_ not in _CHANGING:
        rivals = [k for k in rivals if k not in index.descriptions and not index.actors[k].adjectives]
    return None if rivals else keys[0]


def _role_of(doc: Doc, first: int) -> int | None:
    """Return the role in "a spokesman for the president", or None."""
    if first < 2 or doc[first - 1].lower_ not in ("for", "of"):
        return None
    table = MOUTHPIECES if doc[first - 1].lower_ == "of" else SPEAKING_ROLES
    return first - 2 if doc[first - 2].lower_ in table else None


def _people_after(doc: Doc, at: int) -> int | None:
    """Return the noun for people behind "the group" ("the group's negotiators"), or None."""
    best = None
    is_possessive = at < len(doc) and doc[at].lower_ in ("'s", "’s", "'", "’")
    for k in range(at + int(is_possessive), min(at + 5, len(doc))):
        if doc[k].lower_ in SPEAKING_ROLES:
            best = k
        elif doc[k].lower_ in OWN_MINDS:
            return None
        elif doc[k].tag_ not in ("NN", "NNP", "JJ", "HYPH", "VBN", "NNS"):
            break
    return best


def _pronouns(
    index: ActorIndex,
    number: int,
    paragraph: Paragraph,
    local: list[Mention],
    history: list[_Subject],
    recent: list[_Subject],
) -> Iterator[Mention]:
    """Yield resolved pronouns of a paragraph; ``history`` grows by the subjects of its sentences."""
    seen = list(recent)
    for sentence in sentences(paragraph.doc):
        subjects = _subjects(index, sentence, local)
        resolved: dict[int, str] = {}
        for token in sentence:
            if token.lower_ not in _PERSONAL | _NEUTER | _PLURAL:
                continue
            nearby = seen[len(recent) :]
            actor = _antecedent(index, token.lower_, token.i, subjects, nearby, resolved)
            if actor is None and not any(
                _fits(index, token.lower_, s)
                for s in [*nearby, *subjects]
                if s.at < token.i and not s.is_inner
            ):
                actor = _only_person(index, token.lower_, token.i, local)
                if actor is None and not _has_persons(index, token.lower_, token.i, local):
                    actor = _antecedent(index, token.lower_, token.i, [], seen, resolved)
            if actor is None:
                continue
            resolved[token.i] = actor
            yield _mention(number, paragraph, (token.i, token.i + 1), actor, "pronoun")
            yield from _through_office(number, paragraph, token.i, actor)
        final = [_with_pronoun(s, resolved, index) for s in subjects]
        seen += final
        history += final


def _only_person(index: ActorIndex, word: str, at: int, local: list[Mention]) -> str | None:
    """Return the one person named before "she" in a paragraph, wherever in its sentence, or None."""
    if word not in _PERSONAL:
        return None
    persons = {m.actor for m in local if m.last <= at and m.how == "name" and index.is_person(m.actor)}
    return next(iter(persons)) if len(persons) == 1 else None


def _has_persons(index: ActorIndex, word: str, at: int, local: list[Mention]) -> bool:
    """Return whether several persons are named before "he" in a paragraph: then none of them is taken."""
    named = {
        m.actor for m in local if m.last <= at and m.how in ("name", "surname") and index.is_person(m.actor)
    }
    return word in _PERSONAL and len(named) > 1


def _with_pronoun(subject: _Subject, resolved: dict[int, str], index: ActorIndex) -> _Subject:
    actor = resolved.get(subject.at)
    if actor is None:
        return subject
    return _Subject(-1, actor, index.is_person(actor), subject.is_plural, subject.is_inner)


def _through_office(number: int, paragraph: Paragraph, at: int, actor: str) -> Iterator[Mention]:
    """Yield "his office", "their negotiators": people of whom the pronoun stands for."""
    doc = paragraph.doc
    if doc[at].lower_ not in ("his", "her", "its", "their"):
        return
    table = SPEAKING_ROLES if doc[at].lower_ in ("its", "their") else MOUTHPIECES
    for k in range(at + 1, min(at + 4, len(doc))):
        if doc[k].lower_ in table and (k + 1 == len(doc) or not is_noun(doc[k + 1])):
            yield _mention(number, paragraph, (at, k + 1), actor, "people")
            return
        if doc[k].tag_ not in ("JJ", "NN", "NNP"):
            return


def _subjects(index: ActorIndex, sentence: Span, local: list[Mention]) -> list[_Subject]:
    """Return the subjects of a sentence from left to right, codebook actors and others."""
    doc = sentence.doc
    found: dict[int, _Subject] = {}
    groups = predicates(sentence)
    alone: dict[str, Mention] = {m.actor: m for m in local if sentence.start <= m.first < sentence.end}
    if not groups and len(alone) == 1:  # "And the union?"
        key, mention = next(iter(alone.items()))
        return [_Subject(mention.head, key, index.is_person(key), is_plural=False, is_inner=False)]
    label = _label(sentence, local)
    if label is not None:
        is_person = index.is_person(label.actor)
        found[label.head] = _Subject(label.head, label.actor, is_person, is_plural=False, is_inner=False)
    for group in groups:
        at = group.subject
        if (
            at is None
            or doc[at].lower_ in _FIRST
            or doc[at].tag_ in ("WP", "WDT", "DT", "EX")
            or not is_noun(doc[at])
        ):
            continue
        is_inner = group.opener not in ("", "and", "but", ";")
        actor = _apposed_person(index, doc, local, at) or _actor_at(doc, local, at)
        actor = actor or _owner(doc, local, at)
        if actor is None and label is not None and doc[at].lower_ in _BODY_NOUNS:
            actor = label.actor
        is_name = any(m.how == "name" and index.is_person(m.actor) and m.first <= at < m.last for m in local)
        is_plural = (doc[at].tag_ in ("NNS", "NNPS") and not is_name) or doc[at].lower_ in _PLURAL
        is_people = any(m.how == "people" and m.first <= at < m.last for m in local)
        known = None if is_people and doc[at].tag_ == "NNP" else actor
        found.setdefault(at, _Subject(at, actor, _names_person(index, doc, at, known), is_plural, is_inner))
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
    if not inside and doc[at].lower_.rstrip(".") in TITLES:
        inside = [m for m in local if m.first == at + 1]
    return inside[0].actor if len({m.actor for m in inside}) == 1 else None


def _names_person(index: ActorIndex, doc: Doc, at: int, actor: str | None) -> bool:
    token = doc[at]
    if token.lower_ in _PERSONAL:
        return True
    if token.lower_ in SPEAKING_ROLES or token.lower_ in PERSON_ROLES:
        return token.lower_ in PERSON_ROLES and token.tag_ in ("NN", "NNP", "JJ")
    if actor is not None:
        return index.is_person(actor)
    if token.tag_ == "NNP":
        return doc[at - 1].tag_ == "NNP" or (at + 1 < len(doc) and doc[at + 1].tag_ == "NNP")
    is_named = at + 2 < len(doc) and doc[at + 1].lower_ in ("named", "called") and doc[at + 2].tag_ == "NNP"
    return token.tag_ == "NN" and (is_named or is_person_word(token.text, token.lemma_))


def _antecedent(
    index: ActorIndex,
    word: str,
    at: int,
    subjects: list[_Subject],
    seen: list[_Subject],
    resolved: dict[int, str],
) -> str | None:
    """Return whom a pronoun means: the nearest fitting subject before it, or None where that is unknown."""
    before = [s for s in subjects if s.at < at]
    for subject in reversed(before):
        if subject.at in resolved:
            if _fits_resolved(index, word, resolved[subject.at]):
                return resolved[subject.at]
            continue
        if _fits(index, word, subject):
            return subject.actor
    fitting = [s for s in seen if _fits(index, word, s)]
    outer = [s for s in fitting if not s.is_inner] or fitting
    return outer[-1].actor if outer else None


def _fits(index: ActorIndex, word: str, subject: _Subject) -> bool:
    if word in _PERSONAL:
        is_office = subject.actor is not None and index.is_person(subject.actor)
        return (subject.is_person or is_office) and not subject.is_plural
    if word in _PLURAL:
        return subject.is_plural or (subject.actor is not None and not index.is_person(subject.actor))
    return not subject.is_person and not subject.is_plural


def _fits_resolved(index: ActorIndex, word: str, actor: str) -> bool:
    return index.is_person(actor) == (word in _PERSONAL)


def _pairs(
    index: ActorIndex, parsed: ParsedText, number: int, paragraph: Paragraph, named: list[Mention]
) -> Iterator[Mention]:
    """Yield both actors of "both sides", where the text before pairs two bodies and no others."""
    doc = paragraph.doc
    for at in range(len(doc) - 1):
        if (doc[at].lower_, doc[at + 1].lower_) not in _PAIRS:
            continue
        pairs = _pairs_before(index, parsed, named, number, at)
        if len(pairs) == 1:
            for actor in sorted(next(iter(pairs))):
                yield _mention(number, paragraph, (at, at + 2), actor, "pair")


def _pairs_before(
    index: ActorIndex, parsed: ParsedText, named: list[Mention], number: int, at: int
) -> set[frozenset[str]]:
    """Return the pairs of bodies joined by "and" or "between ... and" before a token, lists left out."""
    bodies = [m for m in named if m.how == "name" and not index.is_person(m.actor)]
    bodies = [m for m in bodies if (m.paragraph, m.first) < (number, at)]
    pairs: set[frozenset[str]] = set()
    for one, other in itertools.pairwise(bodies):
        doc = parsed.paragraphs[one.paragraph].doc
        between = [t.lower_ for t in doc[one.last : other.first]] if one.paragraph == other.paragraph else []
        is_joined = between in (["and"], ["and", "the"])
        is_listed = one.first > 0 and doc[one.first - 1].lower_ in (",", "including", "like", "as")
        if is_joined and not is_listed and one.actor != other.actor:
            pairs.add(frozenset((one.actor, other.actor)))
    return pairs
