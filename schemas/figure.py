"""Figures: one quantity as one document states it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Qualifier(StrEnum):
    """What a statement says of its number. ``vague`` is a plural of magnitude ("tens of thousands")."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    LESS_THAN = "less_than"
    UP_TO = "up_to"
    RANGE = "range"
    VAGUE = "vague"


class Modality(StrEnum):
    """Whether the figure is reported as fact, or planned, denied, hypothetical."""

    REPORTED = "reported"
    PLANNED = "planned"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"


class Aspect(StrEnum):
    """Whether the figure counts since a start, within a period, or as things stand."""

    CUMULATIVE = "cumulative"
    PERIOD = "period"
    CURRENT = "current"


class Slip(StrEnum):
    """How a number looks like a slip of the pen in its own text, the most telling first."""

    EXCHANGE = "digits exchanged"
    DIGIT = "digit dropped or doubled"
    UNIT = "unit"
    HEADLINE = "headline against body"
    ORDER = "old and new"
    PART = "part above its total"
    SHARE = "share above all"


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity with the words that state it.

    Attributes:
        figure_id: stable name made from document, version, story, offsets and indicator.
        document_id: the document that states it.
        version: that document's version.
        story: the story whose codebook was applied.
        indicator: the codebook's indicator, or None when it belongs to none.
        counted: the counted noun phrase as printed ("hostages", "people, mostly civilians"), or "".
        predicate: what is said of the counted (lemma: killed, held, released ...), or "".
        value: the number as stated, in ``unit``.
        value_low: lower end of what the statement asserts; None is open.
        value_high: upper end; None is open.
        qualifier: how the statement qualifies the number.
        unit: ``person``, ``count``, ``share`` (0 to 1), ISO 4217 code, SI name, or a duration word.
        modality: reported, planned, denied or hypothetical.
        aspect: cumulative, period or current.
        attributed_to: who says so, as printed or by the codebook's name, or None.
        place: where, as printed, or None.
        as_of: the day the figure speaks of.
        as_of_source: ``text`` when words of the document give the day, else ``document``.
        evidence: the verbatim span.
        evidence_start: its start in the document's text, in characters.
        evidence_end: its end.
        rule: what matched the indicator (or why none did), for the ``explain`` page.
        extractor: name and version of the extractor.
        codebook_version: the codebook's version and digest.
        slip: why its number looks like a slip of the pen in its own text, as ``kind: reason`` with a
            :class:`Slip`, or None.
    """

    figure_id: str
    document_id: str
    version: int
    story: str
    indicator: str | None
    counted: str
    predicate: str
    value: float
    value_low: float | None
    value_high: float | None
    qualifier: Qualifier
    unit: str
    modality: Modality
    aspect: Aspect
    attributed_to: str | None
    place: str | None
    as_of: date | None
    as_of_source: str
    evidence: str
    evidence_start: int
    evidence_end: int
    rule: str
    extractor: str
    codebook_version: str
    slip: str | None = None
