"""Contradictory stances of one actor on one issue in one document: which of them counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.position import Position, Stance


@dataclass(frozen=True, slots=True)
class Mark:
    """How a stance is told.

    Attributes:
        is_past: whether the past perfect tells it as history ("had welcomed one").
        is_ascribed: whether only somebody the codebook does not know, or hearsay, says so.
    """

    is_past: bool
    is_ascribed: bool


def reconciled(positions: Iterable[Position], marks: dict[str, Mark]) -> list[Position]:
    """Return the positions that stand, in order of their evidence.

    Of stances that differ for one actor and issue a present one puts a past one aside, one in the actor's own
    voice or plainly told puts an ascribed one aside, and in one sentence a conditional one a plain one. What
    still differs stays: the document says both.
    """
    groups: dict[tuple[str, str], list[Position]] = {}
    for position in positions:
        groups.setdefault((position.actor, position.issue), []).append(position)
    kept = [p for group in groups.values() for p in _standing(group, marks)]
    return sorted(kept, key=lambda p: (p.evidence_start, p.actor, p.issue, p.stance))


def _standing(group: list[Position], marks: dict[str, Mark]) -> list[Position]:
    group = _without(group, {p.position_id for p in group if marks[p.position_id].is_past})
    group = _without(group, {p.position_id for p in group if marks[p.position_id].is_ascribed})
    conditional = {p.evidence_start for p in group if p.stance is Stance.CONDITIONAL}
    return [p for p in group if p.stance is Stance.CONDITIONAL or p.evidence_start not in conditional]


def _without(group: list[Position], weak: set[str]) -> list[Position]:
    """Return a group without its weak positions that a strong one contradicts."""
    strong = {p.stance for p in group if p.position_id not in weak}
    return [p for p in group if p.position_id not in weak or not strong or strong == {p.stance}]
