"""What a day's figures and positions come to, and what moved since the day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
class Reading:
    """The value of an indicator on a day.

    Attributes:
        day: the edition day.
        story: the story.
        indicator: the codebook's indicator.
        value: the value read, as stated by the figure that carries it.
        value_low: lower end of what that figure asserts; None is open.
        value_high: upper end; None is open.
        qualifier: that figure's qualifier.
        unit: the indicator's unit.
        figure_id: the figure that carries the reading.
        texts: independent texts that are compatible with it.
        outlets: outlets that are.
        is_disputed: whether an incompatible figure of the same day stands against it.
    """

    day: date
    story: str
    indicator: str
    value: float
    value_low: float | None
    value_high: float | None
    qualifier: str
    unit: str
    figure_id: str
    texts: int
    outlets: int
    is_disputed: bool


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
