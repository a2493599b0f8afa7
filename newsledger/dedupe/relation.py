"""How two texts that share words relate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from newsledger.dedupe.figures import Agreement
from schemas.document import Relation

MIN_CONTAINMENT = 0.4
"""Unrelated articles stay far below; texts of one wire story, cut or embedded, above."""
MIN_SHARED = 3
"""Fewer shared values can be one common phrase."""
SAME = 0.85
"""Both ways; house style (some words, the dateline, a footer) costs a text about a tenth of its shingles."""
MOSTLY = 0.7
"""Of the shorter text found in the longer: cut or lengthened, not rewritten."""
MUCH_SHORTER = 0.5
MAX_DISAGREEMENT = 0.25
"""Share of common places with other numbers, beyond which a text is a new bulletin in an old frame."""
MIN_DISAGREEING = 2
MAX_DISAGREEMENT_NEXT_DAY = 0.1
"""The same outlet on another day: bulletins are expected there, so less is tolerated."""
SAME_ISSUE = timedelta(hours=12)
"""An outlet's next text in the same frame within that time is an update, later a new bulletin."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known of two texts that share words.

    Attributes:
        contained: share of this text found in the other, 0 to 1.
        contains: share of the other text found in this one, 0 to 1.
        shared: sketch values in common.
        sizes: sizes of this text and of the other, in one unit.
        numbers: how far the numbers agree, or None where the other text cannot be seen.
        same_outlet: whether one outlet published both.
        apart: time between the publications, or None where one is unknown.
        has_new_lead: whether the first paragraph is not in the other text.
    """

    contained: float
    contains: float
    shared: int
    sizes: tuple[int, int]
    numbers: Agreement | None = None
    same_outlet: bool = False
    apart: timedelta | None = None
    has_new_lead: bool = False

    @property
    def is_follow_up(self) -> bool:
        """Whether one outlet published both within hours."""
        return self.same_outlet and self.apart is not None and self.apart <= SAME_ISSUE

    @property
    def is_next_issue(self) -> bool:
        """Whether one outlet published both, on different days."""
        return self.same_outlet and self.apart is not None and self.apart > SAME_ISSUE


def relation(pair: Comparison) -> Relation | None:
    """Return what this text is, seen from the other, or None when it is an independent text.

    ``same``, ``abridged``, ``extended`` and ``embeds`` need numbers that agree; other numbers in the
    same frame are an ``update`` within hours in the same outlet, and otherwise a text of its own. The
    order in which two texts are compared decides between ``abridged`` and ``extended`` or ``embeds``,
    never whether they are related.
    """
    if pair.shared < MIN_SHARED or max(pair.contained, pair.contains) < MIN_CONTAINMENT:
        return None
    if _numbers_differ(pair):
        return Relation.UPDATE if pair.is_follow_up else None
    if pair.is_follow_up and (pair.has_new_lead or max(pair.contained, pair.contains) < SAME):
        return Relation.UPDATE
    return _by_size(pair)


def _by_size(pair: Comparison) -> Relation:
    """Return the relation of two texts whose shared part is the same in both."""
    mine, other = pair.sizes
    if min(pair.contained, pair.contains) >= SAME:
        return Relation.SAME
    if pair.contains >= MOSTLY and other < MUCH_SHORTER * mine:
        return Relation.EMBEDS
    return Relation.ABRIDGED if mine < other else Relation.EXTENDED


def _numbers_differ(pair: Comparison) -> bool:
    """Return whether the numbers differ, or may: a next issue whose text cannot be seen is not trusted."""
    numbers = pair.numbers
    if numbers is None:
        return pair.is_next_issue and min(pair.contained, pair.contains) < SAME
    if numbers.other < MIN_DISAGREEING:
        return False
    limit = MAX_DISAGREEMENT_NEXT_DAY if pair.is_next_issue else MAX_DISAGREEMENT
    return numbers.disagreement > limit
