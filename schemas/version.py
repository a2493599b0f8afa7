"""What an outlet changed in an article between two versions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Edit(StrEnum):
    """What kind of edit it is; ``COSMETIC`` is the only one that says nothing else.

    ``figure``: a number was changed, added or taken out in a sentence that stayed. ``quote``: words in
    quotation marks. ``headline``: the words of the headline. ``text``: sentences written anew, added or
    taken out. ``cosmetic``: punctuation, capitals, spelling of a word or two, spacing.
    """

    FIGURE = "figure"
    QUOTE = "quote"
    HEADLINE = "headline"
    TEXT = "text"
    COSMETIC = "cosmetic"


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One edit of a document, between a version and the one before it.

    Attributes:
        document_id: the document.
        version: the later version.
        nth: 1, 2, ... in the order of the text.
        kind: what kind of edit it is.
        before: the words before, or "" for what was added.
        after: the words after, or "" for what was taken out.
        before_start: where ``before`` begins in the text of the version before, or None.
        after_start: where ``after`` begins in the text of the version, or None.
    """

    document_id: str
    version: int
    nth: int
    kind: Edit
    before: str
    after: str
    before_start: int | None
    after_start: int | None

    @property
    def is_meaningful(self) -> bool:
        """Whether a reader is told something else than before."""
        return self.kind is not Edit.COSMETIC
