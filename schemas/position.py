"""Positions: one actor's stance on one issue as one document states it; and who attends where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stance(StrEnum):
    """An actor's stance on the issue's proposition."""

    SUPPORTS = "supports"
    OPPOSES = "opposes"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class Position:
    """One statement of Discourse Network Analysis: person, organization, concept, agreement.

    Attributes:
        position_id: stable name made from document, version, story, offsets, actor and issue.
        document_id: the document that states it.
        version: that document's version.
        story: the story whose codebook was applied.
        issue: the codebook's issue.
        actor: the codebook key of whose stance it is.
        speaker: the codebook key, or the name as printed, of who spoke for the actor, or None.
        stance: supports, opposes or conditional.
        act: the PLOVER 2021 class in lower case (agree, reject, request, threaten, accuse, support ...).
        condition: the verbatim condition of a conditional stance, or None.
        said_on: the day it was said, or None when only the publication day is known.
        evidence: the verbatim span: the cue's whole clause, negation and condition included.
        evidence_start: its start in the document's text, in characters.
        evidence_end: its end.
        rule: which cue and which words of the issue matched, for the ``explain`` page.
        extractor: name and version of the extractor.
        codebook_version: the codebook's version and digest.
        act_doubt: the class a model apart from the rules is sure of where it excludes ``act``, or None.
    """

    position_id: str
    document_id: str
    version: int
    story: str
    issue: str
    actor: str
    speaker: str | None
    stance: Stance
    act: str
    condition: str | None
    said_on: date | None
    evidence: str
    evidence_start: int
    evidence_end: int
    rule: str
    extractor: str
    codebook_version: str
    act_doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who takes part where, as one document states it.

    Attributes:
        attendance_id: stable name made from document, version, story, offsets and name.
        document_id: the document that states it.
        version: that document's version.
        story: the story whose codebook was applied.
        actor: codebook key of the participant, or None when the codebook does not know the name.
        name: the participant as printed.
        role: the role as printed ("chief negotiator"), or "".
        delegation: codebook key or printed name of the side, or None.
        status: expected, confirmed, arrived, left or absent.
        place: where, as printed, or None.
        as_of: the day it speaks of.
        evidence: the verbatim span.
        evidence_start: its start in the document's text, in characters.
        evidence_end: its end.
        extractor: name and version of the extractor.
        codebook_version: the codebook's version and digest.
    """

    attendance_id: str
    document_id: str
    version: int
    story: str
    actor: str | None
    name: str
    role: str
    delegation: str | None
    status: str
    place: str | None
    as_of: date | None
    evidence: str
    evidence_start: int
    evidence_end: int
    extractor: str
    codebook_version: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate record the extractor would not ground, counted so that nothing vanishes.

    Attributes:
        document_id: the document it was read in.
        version: that document's version.
        story: the story whose codebook was applied.
        kind: ``figure`` or ``position``.
        reason: low-cardinality cause ("clause cut", "actor ambiguous", "evidence not verbatim").
        evidence: the words in question.
        evidence_start: their start in the document's text, in characters.
        evidence_end: their end.
    """

    document_id: str
    version: int
    story: str
    kind: str
    reason: str
    evidence: str
    evidence_start: int
    evidence_end: int
