"""What a day's figures and positions come to, and what moved since the day before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FigureChangeKind(StrEnum):
    """The kinds of change of a reading (docs/changes.md defines each)."""

    NEW = "new"
    RISE = "rise"
    FALL = "fall"
    REFINED = "refined"
    CORRECTED = "corrected"
    DISPUTED = "disputed"
    SETTLED = "settled"
    DROPPED = "dropped"


class PositionChangeKind(StrEnum):
    """The kinds of change of a stand."""

    NEW = "new"
    SHIFTED = "shifted"
    CONDITIONED = "conditioned"
    UNCONDITIONED = "unconditioned"
    DISPUTED = "disputed"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Quote:
    """The words behind one side of a change, with everything needed to check them.

    Attributes:
        record_id: the figure or position quoted.
        document_id: the document.
        outlet: its outlet, or None.
        title: its headline, or "".
        url: its address, or None.
        source_path: the file it came from, or None.
        published_at: its publication instant in ISO 8601, or None.
        evidence: the verbatim span.
        evidence_start: its start in the document's text, in characters.
        evidence_end: its end.
        before: up to 160 characters of the text before the span.
        after: up to 160 characters after it.
        value: the figure's value, or None for a position.
        qualifier: the figure's qualifier, or None for a position.
        attributed_to: who says so (figure) or who spoke (position), or None.
        is_reprint: whether the document's text is another document's.
        published_at_precision: ``second``, ``minute``, ``day`` or ``unknown``.
        slip: why the figure's number looks like a slip of the pen in its own text, or None.
    """

    record_id: str
    document_id: str
    outlet: str | None
    title: str
    url: str | None
    source_path: str | None
    published_at: str | None
    evidence: str
    evidence_start: int
    evidence_end: int
    before: str
    after: str
    value: float | None = None
    qualifier: str | None = None
    attributed_to: str | None = None
    is_reprint: bool = False
    published_at_precision: str = "minute"
    slip: str | None = None
