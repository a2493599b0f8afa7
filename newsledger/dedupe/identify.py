"""A draft -> the document it is: new, unchanged, a new version, or a reprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from newsledger.dedupe.common import common
from newsledger.dedupe.figures import agreement
from newsledger.dedupe.relation import SAME_ISSUE, Comparison, is_bulletin, relation, relation_of_sketches
from newsledger.dedupe.sketch import Size, containment, sketch, text_sha256
from schemas.document import (
    Document,
    Draft,
    HeldDocument,
    Holdings,
    Link,
    Overlap,
    Relation,
    StandingHoldings,
    TextHoldings,
)
from schemas.item import ItemOutcome, Outcome

SAME_ARTICLE = 0.3
"""Containment, either way, from which two texts under one address are versions of one article."""
MAX_LINKS = 50
"""Documents a new one is linked to at most, the most similar first."""
MIN_SHARED, MIN_CONTAINMENT = 3, 0.05
MIN_CLEAR, CLEAR_SHARE = 2, 0.15
"""As in ``warehouse.standing``: values that are no standing text, and their share of the smaller sketch's."""
MAX_COMPARED = 60
"""Texts that a new one is compared with at most, those with most in common first."""
FEW_SHARED, MUCH_CONTAINED = 2, 0.15
"""Sketch values in common, and containment either way, from which two texts are compared word by word: of
426,000 pairs of real articles of one year and topic one in two thousand reaches that, and of reprints only
paragraphs in passing miss it."""


@dataclass(frozen=True, slots=True)
class Identified:
    """What a draft turned out to be.

    Attributes:
        document: the document to store, or None when nothing changed.
        links: the documents whose text it shares, the most similar first.
        outcome: the item's one outcome.
    """

    document: Document | None
    links: tuple[Link, ...]
    outcome: ItemOutcome


@dataclass(frozen=True, slots=True)
class _Subject:
    """A draft with what its text comes to."""

    draft: Draft
    digest: str
    sketch: tuple[int, ...]
    size: Size


def document_id_of(key: str) -> str:
    """Return the stable name of the document with this key: ``d`` and 16 hexadecimal digits."""
    return "d" + sha256(key.encode("utf-8")).hexdigest()[:16]


def identify(draft: Draft, held: Holdings, now: datetime, first_seen: datetime | None = None) -> Identified:
    """Return what a draft is to the documents held already.

    The same key with the same text is unchanged, unless a file got a date or an outlet it did not have
    before; the same key with a text that shares enough is a new version; with an unrelated text, or with
    another day's figures in the same frame, it is a document of its own. A text shared with documents under
    other keys is a reprint, linked to each.

    Args:
        draft: the article as read.
        held: what is known: the warehouse, with the running batch before it (:class:`Shelf`). With
            :class:`schemas.document.TextHoldings` numbers are compared in the texts themselves.
        now: the run's clock.
        first_seen: when a new document counts as first seen; ``now`` when None.
    """
    values = sketch(draft.text)
    subject = _Subject(draft, text_sha256(draft.text), values, Size.of(values))
    twin = _twin(subject, held)
    if twin is not None:
        return _again(subject, twin)
    overlaps = held.sharing(values)
    here = _under_one_key(draft.key, held, overlaps)
    before = next((other for other in here if _is_same_article(subject, other, overlaps, held)), None)
    if before is not None:
        return _new_version(subject, before, "text changed")
    key = f"{draft.key}#{subject.digest[:16]}" if here else draft.key
    document = _document(subject, key=key, version=1, first_seen=first_seen or now)
    links = tuple(_links(document, subject, overlaps, held))[:MAX_LINKS]
    proof = next((link for link in links if not _is_standing(link, subject, overlaps, held)), None)
    if proof is None:
        return Identified(document, links, _outcome(document, Outcome.STORED))
    reason, detail = proof.relation.value, f"{proof.relation.value}: {proof.other_id}"
    return Identified(document, links, _outcome(document, Outcome.REPRINT, reason, detail))


def _is_standing(link: Link, subject: _Subject, overlaps: Sequence[Overlap], held: Holdings) -> bool:
    """Return whether a link says no more than that an outlet's standing text recurs.

    Such a link is kept all the same: which text is standing is decided again at every promotion, so that the
    order in which documents come in changes nothing (``warehouse.standing``).
    """
    other = next(o.held for o in overlaps if o.held.document_id == link.other_id)
    outlets = [outlet for outlet in (subject.draft.outlet, other.outlet) if outlet is not None]
    if other.text_sha256 == subject.digest or not isinstance(held, StandingHoldings):
        return False
    standing = frozenset().union(*(held.standing(outlet) for outlet in outlets))
    text = held.text(link.other_id) if standing and isinstance(held, TextHoldings) else None
    if text is None:
        return False
    mine, theirs = frozenset(subject.sketch) - standing, frozenset(sketch(text)) - standing
    return len(mine & theirs) < max(MIN_CLEAR, CLEAR_SHARE * min(len(mine), len(theirs)))


def _twin(subject: _Subject, held: Holdings) -> HeldDocument | None:
    """Return the document with this very text under this key, or under the key of its own text."""
    own = f"{subject.draft.key}#"
    for other in held.by_text(subject.digest):
        if other.key == subject.draft.key or other.key.startswith(own):
            return other
    return None


def _again(subject: _Subject, twin: HeldDocument) -> Identified:
    """Return that nothing changed, or the version that has the date or the outlet a file now names."""
    news = _news_about_file(subject.draft, twin)
    if news:
        return _new_version(subject, twin, news)
    outcome = ItemOutcome(
        _name(subject.draft),
        subject.draft.outlet or twin.outlet,
        subject.draft.feed_id,
        Outcome.UNCHANGED,
        document_id=twin.document_id,
        version=twin.version,
    )
    return Identified(None, (), outcome)


def _news_about_file(draft: Draft, twin: HeldDocument) -> str:
    """Return what is now known of a file that was read before ("date", "outlet"), or ""."""
    if draft.source_path is None:
        return ""
    if draft.published_at is not None and draft.published_at != twin.published_at:
        return "date given" if twin.published_at is None else "date corrected"
    if draft.outlet is not None and draft.outlet != twin.outlet:
        return "outlet given" if twin.outlet is None else "outlet corrected"
    return ""


def _under_one_key(key: str, held: Holdings, overlaps: Sequence[Overlap]) -> list[HeldDocument]:
    """Return the documents under this address, the last one first; a page used again has several."""
    first = held.by_key(key)
    others = [o.held for o in overlaps if o.held.key.startswith(f"{key}#")]
    found = [*others, *([first] if first is not None else [])]
    return sorted(found, key=lambda h: (h.published_at or h.first_seen_at, h.document_id), reverse=True)


def _is_same_article(
    subject: _Subject, before: HeldDocument, overlaps: Sequence[Overlap], held: Holdings
) -> bool:
    """Return whether the text is a version of what is held under its key.

    Another day's bulletin in the old frame, at the old address, is an article of its own.
    """
    apart = _apart(subject.draft.published_at, before.published_at)
    text = held.text(before.document_id) if isinstance(held, TextHoldings) else None
    if text is None:
        shared = next((o.shared for o in overlaps if o.held.document_id == before.document_id), 0)
        share = max(containment(shared, subject.size, _size(before)))
    else:
        numbers = agreement(subject.draft.text, text)
        if apart is not None and apart > SAME_ISSUE and is_bulletin(numbers):
            return False
        both = common(subject.draft.text, text)
        share = max(both.mine.share, both.other.share)
    if share >= SAME_ARTICLE:
        return True
    is_same_title = bool(before.title) and before.title.casefold() == subject.draft.title.casefold()
    return is_same_title and apart is not None and apart < timedelta(days=1)


def _size(held: HeldDocument) -> Size:
    sampled = held.sketch_size if held.sketch_sampled is None else held.sketch_sampled
    return Size(held.sketch_size, sampled)


def _apart(first: datetime | None, second: datetime | None) -> timedelta | None:
    """Return the time between two instants, or None where one is unknown."""
    return None if first is None or second is None else abs(first - second)


def _new_version(subject: _Subject, before: HeldDocument, reason: str) -> Identified:
    document = _document(
        subject,
        key=before.key,
        version=before.version + 1,
        first_seen=before.first_seen_at,
        document_id=before.document_id,
    )
    return Identified(document, (), _outcome(document, Outcome.NEW_VERSION, reason))


def _links(
    document: Document, subject: _Subject, overlaps: Sequence[Overlap], held: Holdings
) -> Iterator[Link]:
    """Yield the proofs that other documents share this one's text, the most similar first."""
    near = [overlap for overlap in overlaps if _is_worth_comparing(subject, overlap)]
    near.sort(key=lambda o: (-max(containment(o.shared, subject.size, _size(o.held))), o.held.document_id))
    found = [link for o in near[:MAX_COMPARED] if (link := _link(document, subject, o, held))]
    yield from sorted(found, key=_likeness)


def _is_worth_comparing(subject: _Subject, overlap: Overlap) -> bool:
    share = max(containment(overlap.shared, subject.size, _size(overlap.held)))
    return (
        overlap.held.text_sha256 == subject.digest
        or (overlap.shared >= MIN_SHARED and share >= MIN_CONTAINMENT)
        or (overlap.shared >= FEW_SHARED and share >= MUCH_CONTAINED)
    )


def _likeness(link: Link) -> tuple[float, float, str]:
    """Return what orders links: the most similar first, ties by name."""
    both = (link.contained, link.contains)
    return -min(both), -max(both), link.other_id


def _link(document: Document, subject: _Subject, overlap: Overlap, held: Holdings) -> Link | None:
    other = overlap.held
    if other.document_id == document.document_id:
        return None
    text = held.text(other.document_id) if isinstance(held, TextHoldings) else None
    found: Relation | None
    if other.text_sha256 == subject.digest:
        shares, found = (1.0, 1.0), Relation.SAME
    elif text is None:
        shares, found = _from_sketches(document, subject, overlap)
    else:
        shares, found = _from_words(document, other, text)
    return Link(document.document_id, other.document_id, *shares, found) if found else None


def _from_words(
    document: Document, other: HeldDocument, text: str
) -> tuple[tuple[float, float], Relation | None]:
    """Return the shares and the relation of two texts that can be seen."""
    both = common(document.text, text)
    pair = Comparison(
        common=both,
        numbers=agreement(document.text, text),
        same_outlet=other.outlet is not None and other.outlet == document.outlet,
        same_agency=other.agency is not None and other.agency == document.agency,
        apart=_apart(document.published_at, other.published_at),
    )
    return (both.mine.share, both.other.share), relation(pair)


def _from_sketches(
    document: Document, subject: _Subject, overlap: Overlap
) -> tuple[tuple[float, float], Relation | None]:
    """Return the shares and the relation of a text to one that cannot be seen."""
    other, size = overlap.held, _size(overlap.held)
    contained, contains = containment(overlap.shared, subject.size, size)
    apart = _apart(document.published_at, other.published_at)
    is_one_outlet = other.outlet is not None and other.outlet == document.outlet
    sizes = (subject.size.beside(size), size.beside(subject.size))
    is_next_issue = is_one_outlet and (apart is None or apart > SAME_ISSUE)
    found = relation_of_sketches(contained, contains, overlap.shared, sizes, is_next_issue=is_next_issue)
    return (contained, contains), found


def _document(
    subject: _Subject, *, key: str, version: int, first_seen: datetime, document_id: str | None = None
) -> Document:
    draft = subject.draft
    return Document(
        document_id=document_id or document_id_of(key),
        key=key,
        url=draft.url,
        canonical_url=draft.canonical_url,
        outlet=draft.outlet,
        title=draft.title,
        byline=draft.byline,
        agency=draft.agency,
        dateline=draft.dateline,
        language=draft.language,
        published_at=draft.published_at,
        published_at_source=draft.published_at_source,
        published_at_precision=draft.published_at_precision,
        first_seen_at=first_seen,
        version=version,
        text=draft.text,
        text_sha256=subject.digest,
        word_count=len(draft.text.split()),
        source_path=draft.source_path,
        feed_id=draft.feed_id,
        sketch=subject.sketch,
        modified_at=draft.modified_at,
        is_free=draft.is_free,
        corrections=draft.corrections,
    )


def _name(draft: Draft) -> str:
    return draft.source_path or draft.url or draft.key


def _outcome(document: Document, outcome: Outcome, reason: str = "", detail: str = "") -> ItemOutcome:
    name = document.source_path or document.url or document.key
    return ItemOutcome(
        name,
        document.outlet,
        document.feed_id,
        outcome,
        reason,
        detail,
        document.document_id,
        document.version,
    )
