"""Who is meant by "the group", "he", "they", "his office" and "both sides", inside one document.

A reference is resolved only where one reading is clearly best; everything else stays unresolved, because a
stance given to the wrong actor is worse than one missed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from newsledger.extract.language.clauses import is_noun
from newsledger.extract.language.inflect import sequences
from newsledger.extract.language.roles import MOUTHPIECES, OWN_MINDS, SPEAKING_ROLES
from newsledger.extract.language.text import Paragraph, ParsedText
from newsledger.extract.language.tokens import Doc, Span
from newsledger.extract.voices.actor_index import CONFIDENCE, ActorIndex, Mention
from newsledger.extract.voices.offices import Named, OfficeKnowledge
from newsledger.extract.voices.pronouns import PronounReader

_PAIRS = sequences("""
    both side; two side; both sides; two sides; both parties; two parties; all sides; all parties;
    both governments; two governments; two countries; both countries; two leaders; both leaders; two
    companies; both companies
""")
_CHANGING = frozenset(["envoy", "spokesman", "spokeswoman", "official", "group", "body"])
"""Nouns that several people or bodies of one text can be called."""


def references(index: ActorIndex, parsed: ParsedText, named: list[Mention]) -> list[Mention]:
    """Return the mentions by description, pronoun and pair that can be resolved, given those by name."""
    by_paragraph: dict[int, list[Mention]] = {}
    for mention in named:
        by_paragraph.setdefault(mention.paragraph, []).append(mention)
    found: list[Mention] = []
    pronouns = PronounReader(index, parsed, named)
    told = OfficeKnowledge()
    for number, paragraph in enumerate(parsed.paragraphs):
        local = by_paragraph.setdefault(number, [])
        held = list(_offices(index, number, paragraph, local, told))
        local += held
        found += held
        described = list(_descriptions(index, number, paragraph, named + found))
        local += described
        found += described
        found += [*pronouns.read(number, paragraph, local), *_pairs(index, parsed, number, paragraph, named)]
    return found


def _mention(number: int, paragraph: Paragraph, span: tuple[int, int], actor: str, how: str) -> Mention:
    doc, (first, last) = paragraph.doc, span
    start = paragraph.start + doc[first].idx
    end = paragraph.start + doc[last - 1].idx + len(doc[last - 1])
    return Mention(start, end, actor, how, number, first, last, last - 1, CONFIDENCE[how])


def _offices(
    index: ActorIndex, number: int, paragraph: Paragraph, local: list[Mention], told: OfficeKnowledge
) -> Iterator[Mention]:
    """Yield the holders of the offices a paragraph speaks of, and the people of them."""
    bodies = [Named(m.first, m.last, m.actor) for m in local if m.how in ("name", "surname", "seat")]
    adjectives = [Named(*span) for span in index.adjectives_in(paragraph.doc)] if index.offices.held else []
    for office in index.offices.find(paragraph, [*bodies, *adjectives], told):
        span = office.first, office.last
        yield replace(_mention(number, paragraph, span, office.actor, "office"), confidence=office.confidence)
        yield from _people_around(number, paragraph, span, office.actor)
    told.note([b.actor for b in sorted(bodies, key=lambda b: b.first)])


def _people_around(number: int, paragraph: Paragraph, span: tuple[int, int], actor: str) -> Iterator[Mention]:
    """Yield the people of somebody described: "the group's negotiators", "a spokesman for the president"."""
    doc, (first, last) = paragraph.doc, span
    head = _people_after(doc, last)
    if head is not None:
        yield _mention(number, paragraph, (first, head + 1), actor, "people")
    role = _role_of(doc, first)
    if role is not None:
        yield replace(_mention(number, paragraph, (role, last), actor, "people"), head=role)


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
    for span, key in _by_head_noun(index, doc, before):
        if not any(span[0] < last and first < span[1] for first, last in places):
            places[span] = [key]
    for (first, last), keys in sorted(places.items()):
        if any(
            m.paragraph == number
            and m.first < last
            and m.last > first
            and m.how in ("name", "surname", "office")
            for m in before
        ):
            continue
        offset = paragraph.start + doc[first].idx
        actor = _last_named(keys, before, offset) or _unrivalled(index, keys, before, doc[first:last], offset)
        if actor is None:
            continue
        yield _mention(number, paragraph, (first, last), actor, "description")
        yield from _people_around(number, paragraph, (first, last), actor)


def _by_head_noun(
    index: ActorIndex, doc: Doc, before: list[Mention]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield "the committee" where one body of the codebook is called one, and the text named it before."""
    named = {m.actor for m in before}
    for token in doc[1:]:
        key = index.heads.get(token.lower_)
        if key is None or key not in named or doc[token.i - 1].lower_ != "the":
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if token.tag_ == "NN" and (
            after is None or (not is_noun(after) and after.lower_ not in ("of", "for"))
        ):
            yield (token.i - 1, token.i + 1), key


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
