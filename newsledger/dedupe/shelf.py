"""The documents of the running batch, before and beside those held already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from newsledger.dedupe.sketch import Size
from schemas.document import Document, HeldDocument, Holdings, Overlap, StandingHoldings, TextHoldings


def held_of(document: Document) -> HeldDocument:
    """Return what identity needs to know of a document."""
    size = Size.of(document.sketch)
    return HeldDocument(
        document_id=document.document_id,
        key=document.key,
        url=document.url,
        outlet=document.outlet,
        version=document.version,
        text_sha256=document.text_sha256,
        published_at=document.published_at,
        first_seen_at=document.first_seen_at,
        sketch_size=size.values,
        sketch_sampled=size.sampled,
        title=document.title,
        agency=document.agency,
    )


class Shelf:
    """Holdings of the documents of a batch, laid over what is held already.

    A document of the batch hides the version of it below.
    """

    def __init__(self, base: Holdings | None = None) -> None:
        """Begin with an empty batch over a base, or over nothing."""
        self._base = base
        self._documents: dict[str, Document] = {}
        self._by_key: dict[str, str] = {}
        self._by_text: dict[str, list[str]] = defaultdict(list)
        self._by_value: dict[int, set[str]] = defaultdict(set)

    def add(self, document: Document) -> None:
        """Put a document on the shelf; a later version takes the place of the earlier one."""
        name = document.document_id
        before = self._documents.get(name)
        if before is not None:
            self._by_text[before.text_sha256].remove(name)
            for value in before.sketch:
                self._by_value[value].discard(name)
        self._documents[name] = document
        self._by_key[document.key] = name
        self._by_text[document.text_sha256].append(name)
        for value in document.sketch:
            self._by_value[value].add(name)

    def by_key(self, key: str) -> HeldDocument | None:
        """Return the document held under an identity key, or None."""
        name = self._by_key.get(key)
        if name is not None:
            return held_of(self._documents[name])
        return self._base.by_key(key) if self._base else None

    def by_text(self, text_sha256: str) -> Sequence[HeldDocument]:
        """Return the documents whose latest version has exactly this text, oldest first."""
        below = self._base.by_text(text_sha256) if self._base else ()
        kept = [held for held in below if held.document_id not in self._documents]
        return kept + [held_of(self._documents[name]) for name in self._by_text.get(text_sha256, [])]

    def sharing(self, sketch: Sequence[int]) -> Sequence[Overlap]:
        """Return the documents that share at least one sketch value, most shared first."""
        counts: Counter[str] = Counter()
        for value in set(sketch):
            counts.update(self._by_value.get(value, ()))
        below = self._base.sharing(sketch) if self._base else ()
        found = [overlap for overlap in below if overlap.held.document_id not in self._documents]
        found += [Overlap(held_of(self._documents[name]), shared) for name, shared in counts.items()]
        return sorted(found, key=lambda overlap: (-overlap.shared, overlap.held.document_id))

    def text(self, document_id: str) -> str | None:
        """Return the text of a document's latest version, or None for an unknown document."""
        if document_id in self._documents:
            return self._documents[document_id].text
        return self._base.text(document_id) if isinstance(self._base, TextHoldings) else None

    def standing(self, outlet: str) -> frozenset[int]:
        """Return the sketch values that are held to recur over an outlet's texts; a batch teaches none."""
        return self._base.standing(outlet) if isinstance(self._base, StandingHoldings) else frozenset()
