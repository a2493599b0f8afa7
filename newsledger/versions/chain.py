"""The versions of a document in the order in which they were seen, whatever order they came in.

An archive read after the fact brings an older text of an article that is held already, or tells that a
text was there before its successor. The versions follow from what was seen when; two orders of arrival
give the same versions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsledger.dedupe.sketch import sketch, text_sha256
from schemas.document import Document, Draft, HeldDocument, Renumbered, Sighting

Moment = tuple[datetime, str]
"""When a text was seen, and its digest: what orders versions; two texts of one instant go by digest."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The versions of one document.

    Attributes:
        versions: each with its number, oldest first.
        moments: when the text of each was first seen as that version.
    """

    versions: tuple[Document, ...]
    moments: tuple[Moment, ...]

    def number_at(self, moment: Moment) -> int:
        """Return the number of the version that was shown at a moment seen."""
        return max(1, sum(begins <= moment for begins in self.moments))

    def renumbered(self, held: Sequence[Document]) -> Iterator[Renumbered]:
        """Yield what became of the numbers of versions that were held before."""
        for version in held:
            number = self.number_at(moment_of(version))
            yield Renumbered(version.document_id, version.version, number)


def moment_of(document: Document) -> Moment:
    """Return when a version was first seen, with its text's digest."""
    return document.seen_at or document.first_seen_at, document.text_sha256


def order_versions(known: Sequence[Document], sightings: Sequence[Sighting]) -> Chain:
    """Return the versions of a document in the order of their first sight, numbered from 1.

    A text seen again after another one is a version of its own: an edit was taken back. Of a text seen
    twice in a row the earlier sight counts, with what its page said then.

    Args:
        known: what is held of the document and what came in, one for each text at least.
        sightings: every sight of it.
    """
    pages = {moment_of(document): document for document in reversed(_by_moment(known))}
    by_text = {document.text_sha256: document for document in reversed(_by_moment(known))}
    changed = {(s.seen_at, s.text_sha256): s.modified_at for s in sightings}
    moments = sorted({*pages, *changed})
    chosen: list[tuple[Moment, Document]] = []
    for moment in moments:
        page = pages.get(moment)
        if not chosen or _differs(chosen[-1][1], page, moment[1]):
            again = replace(by_text[moment[1]], modified_at=changed.get(moment))
            chosen.append((moment, page or again))
    return Chain(tuple(_numbered(chosen)), tuple(moment for moment, _ in chosen))


def _by_moment(known: Sequence[Document]) -> list[Document]:
    """Return versions by when they were seen; of one moment the earlier number first."""
    return sorted(known, key=lambda document: (*moment_of(document), document.version))


def _differs(before: Document, page: Document | None, digest: str) -> bool:
    """Return whether a sight begins a version: another text, or a file whose date or outlet was given."""
    if before.text_sha256 != digest:
        return True
    if page is None or page.source_path is None or page.version == before.version:
        return False
    return page.version > 1 and (page.published_at, page.outlet) != (before.published_at, before.outlet)


def _numbered(chosen: Sequence[tuple[Moment, Document]]) -> Iterator[Document]:
    before: Counter[str] = Counter()
    first = chosen[0][0][0] if chosen else None
    for number, ((at, digest), page) in enumerate(chosen, 1):
        assert first is not None, "there is a first version"
        yield replace(page, version=number, seen_at=at, first_seen_at=first, nth=before[digest])
        before[digest] += 1


def version_of(draft: Draft, held: HeldDocument, seen_at: datetime) -> Document:
    """Return a draft as a version of a document held already; its number is yet to be decided."""
    values = sketch(draft.text)
    return Document(
        document_id=held.document_id,
        key=held.key,
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
        first_seen_at=min(held.first_seen_at, seen_at),
        version=1,
        text=draft.text,
        text_sha256=text_sha256(draft.text),
        word_count=len(draft.text.split()),
        source_path=draft.source_path,
        feed_id=draft.feed_id,
        sketch=values,
        modified_at=draft.modified_at,
        seen_at=seen_at,
    )
