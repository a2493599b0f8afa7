"""How two texts that share words relate.

The thresholds were found on the labelled set of `tests/eval/reprints` and on some 600 pairs of independent
articles about the same events (`tests/eval/stories`): those share at most a twentieth of their prose,
rewrites that keep half of the sentences more than two fifths, the next article of an agency with its
background paragraphs about a fifth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from newsledger.dedupe.common import LEAD_KNOWN, Common, Side
from newsledger.dedupe.figures import Agreement
from schemas.document import Relation

MIN_PROSE = 18
"""Words outside quotations that must be shared; less can be a common phrase or a name."""
RELATED, RELATED_SCATTERED, SCATTERED = 0.3, 0.2, 3
"""Share of the prose, of either text, from which one was made from the other: in few places (which can be
background that several outlets took from an agency), and in at least three places."""
RELATED_SAME_SOURCE = 0.36
"""The same for texts of one outlet or agency, which repeats its own background and frames."""
RELATED_NEXT_DAY = 0.5
"""The same for an outlet's or agency's text of another day with another beginning: background goes on for
weeks."""
WHOLE_LEAD, LEAD_PROSE = 0.8, 30
"""A first paragraph found whole, with so many words in all: a copy cut short, wherever it stands."""
QUOTED_ONLY, FEW_PROSE = 0.6, 20
"""A text with hardly a word outside quotations is compared by all its words."""
FRAME_MIDDLE, FRAME_EDGE, SAME_TOPIC = 0.35, 0.12, 0.3
"""Share of both texts that differs between a common beginning and a common end, of texts on different
topics."""
MAX_DISAGREEMENT = 0.4
"""Share of common places with other numbers, beyond which a text is a new bulletin in an old frame."""
MIN_DISAGREEING = 2
SAME_ISSUE = timedelta(hours=12)
"""An outlet's next text in the same frame within that time is an update, later a new bulletin."""
NEXT_DAY = timedelta(hours=36)
"""Papers rewrite an agency's text until the next morning; what repeats it later is background."""
SAME = 0.8
"""Both ways; house style (some words, the dateline, a footer) costs a text about a tenth of its words."""
WHOLE = 0.88
"""Nearly all of a text: it was cut or lengthened, not rewritten."""
ALIKE = 0.78
"""The shorter text's length over the longer's, from which a rewrite is as long as what it rewrites."""
FOREIGN, SOME_FOREIGN = 1.0, 0.45
"""Words around a copy over the copied text's: more is a round-up, less an article with paragraphs of its
own."""
AROUND, FAR_AROUND = 0.15, 0.25
"""The same before and after a copy that stands in the midst of other matter."""
ADDED, PARAGRAPH = 0.15, 20
"""Words that a text adds over the whole other text, and in one place, from which it is no longer the same."""
SKETCH_RELATED, SKETCH_SAME, SKETCH_SHARED = 0.4, 0.85, 3
"""For texts that cannot be seen: containment of sketches, and values in common."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known of two texts that share words.

    Attributes:
        common: what they have in common, word by word; ``mine`` is this text.
        numbers: how far the numbers agree.
        same_outlet: whether one outlet published both.
        same_agency: whether both carry one agency's name.
        apart: time between the publications, or None where one is unknown.
    """

    common: Common
    numbers: Agreement
    same_outlet: bool = False
    same_agency: bool = False
    apart: timedelta | None = None

    @property
    def same_source(self) -> bool:
        """Whether one outlet or agency wrote both."""
        return self.same_outlet or self.same_agency

    @property
    def is_follow_up(self) -> bool:
        """Whether one outlet or agency published both within hours."""
        return self.same_source and self.apart is not None and self.apart <= SAME_ISSUE

    @property
    def is_next_issue(self) -> bool:
        """Whether one outlet or agency published both, on different days or nobody knows when."""
        return self.same_source and not self.is_follow_up


def relation(pair: Comparison) -> Relation | None:
    """Return what this text is, seen from the other, or None when it is an independent text.

    Shared quotations prove nothing: whoever was there heard the same words. Other numbers in the same frame
    are an ``update`` within hours in the same outlet, and otherwise a text of its own. The order in which two
    texts are compared decides between ``abridged`` and ``extended`` or ``embeds``, never whether they are
    related.
    """
    if not _is_related(pair) or _is_frame(pair):
        return None
    if is_bulletin(pair.numbers):
        return Relation.UPDATE if pair.is_follow_up else None
    return Relation.UPDATE if _is_update(pair) else _by_size(pair.common)


def is_bulletin(numbers: Agreement) -> bool:
    """Return whether so many numbers differ that one text is the other's frame with new figures."""
    return numbers.other >= MIN_DISAGREEING and numbers.disagreement > MAX_DISAGREEMENT


def relation_of_sketches(
    contained: float, contains: float, shared: int, sizes: tuple[int, int], *, is_next_issue: bool
) -> Relation | None:
    """Return the relation of a text to one that cannot be seen, from their sketches alone.

    Args:
        contained: share of this text's sketch found in the other's, 0 to 1.
        contains: share of the other's sketch found in this one's, 0 to 1.
        shared: values in common.
        sizes: values of this text's sketch and of the other's.
        is_next_issue: whether one outlet published both, on different days; its next bulletin is not trusted.
    """
    is_same = min(contained, contains) >= SKETCH_SAME
    if shared < SKETCH_SHARED or max(contained, contains) < SKETCH_RELATED or (is_next_issue and not is_same):
        return None
    if is_same:
        return Relation.SAME
    mine, other = sizes
    if contains >= SKETCH_SAME and mine > 2 * other:
        return Relation.EMBEDS
    return Relation.ABRIDGED if mine < other else Relation.EXTENDED


def _is_related(pair: Comparison) -> bool:
    """Return whether the texts share more than independent texts do."""
    mine, other = pair.common.mine, pair.common.other
    if min(mine.prose, other.prose) < FEW_PROSE:
        return max(mine.share, other.share) >= QUOTED_ONLY and min(mine.shared, other.shared) >= MIN_PROSE
    if min(mine.shared_prose, other.shared_prose) < MIN_PROSE:
        return False
    if not pair.same_outlet and any(_is_lead_copied(side) for side in (mine, other)):
        return True
    return max(mine.prose_share, other.prose_share) >= _wanted(pair)


def _wanted(pair: Comparison) -> float:
    """Return the share of prose asked for."""
    if pair.is_next_issue and max(pair.common.mine.lead, pair.common.other.lead) < LEAD_KNOWN:
        return RELATED_NEXT_DAY
    if pair.same_source:
        return RELATED_SAME_SOURCE
    is_near = pair.apart is None or pair.apart <= NEXT_DAY
    is_scattered = min(pair.common.mine.stretches, pair.common.other.stretches) >= SCATTERED
    return RELATED_SCATTERED if is_near and is_scattered else RELATED


def _is_lead_copied(side: Side) -> bool:
    return side.lead >= WHOLE_LEAD and side.shared_prose >= LEAD_PROSE


def _is_frame(pair: Comparison) -> bool:
    """Return whether two texts of an outlet differ between a common beginning and a common end."""
    sides = (pair.common.mine, pair.common.other)
    return (
        pair.same_outlet
        and all(s.topic < SAME_TOPIC for s in sides)
        and all(s.inside >= FRAME_MIDDLE * s.words for s in sides)
        and all(max(s.before, s.after) <= FRAME_EDGE * s.words for s in sides)
    )


def _is_update(pair: Comparison) -> bool:
    """Return whether an outlet or agency wrote its own text anew: other numbers, or another beginning."""
    mine, other = pair.common.mine, pair.common.other
    is_new_lead = max(mine.lead, other.lead) < LEAD_KNOWN
    if pair.same_outlet:
        return is_new_lead or pair.numbers.other > 0 or max(mine.share, other.share) < WHOLE
    return pair.same_agency and is_new_lead and pair.numbers.other > 0


def _by_size(common: Common) -> Relation:
    """Return the relation of two texts whose shared part is the same in both."""
    mine, other = common.mine, common.other
    if min(mine.share, other.share) >= SAME and not (_adds(mine, other) or _adds(other, mine)):
        return Relation.SAME
    if mine.words >= other.words * ALIKE and _is_embedding(mine, other):
        return Relation.EMBEDS
    length = min(mine.words, other.words) / max(mine.words, other.words)
    if length >= ALIKE and max(mine.share, other.share) < WHOLE:
        return Relation.SAME
    return Relation.ABRIDGED if mine.words < other.words else Relation.EXTENDED


def _adds(mine: Side, other: Side) -> bool:
    """Return whether a text is the whole other text and paragraphs of its own."""
    return (
        other.share >= WHOLE
        and mine.rest >= ADDED * other.words
        and max(mine.before, mine.after) >= PARAGRAPH
    )


def _is_embedding(mine: Side, other: Side) -> bool:
    """Return whether what this text adds is not about the other text's matter, or more than that has."""
    if mine.rest >= FOREIGN * other.words or (mine.is_collection and mine.rest >= SOME_FOREIGN * other.words):
        return True
    both, edge = mine.before + mine.after, min(mine.before, mine.after)
    if mine.inside > 0.2 * both or edge < AROUND * other.words:
        return False
    return edge >= FAR_AROUND * other.words or (
        both >= SOME_FOREIGN * other.words and mine.topic < SAME_TOPIC
    )
