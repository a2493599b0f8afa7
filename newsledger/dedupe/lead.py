"""Do two texts open with the same words?"""

from __future__ import annotations

from newsledger.dedupe.sketch import shingles, words_of

LEAD_WORDS = 12
"""A first paragraph has at least so many words; shorter lines are headlines, bylines and labels."""
SHARED = 0.5
"""Share of a lead's shingles found in the other text from which it is not new."""


def shares_lead(mine: str, other: str) -> bool:
    """Return whether the first paragraph of each text is, at least in part, in the other."""
    return _is_inside(mine, other) and _is_inside(other, mine)


def _is_inside(text: str, other: str) -> bool:
    lead = next((line for line in text.splitlines() if len(words_of(line)) >= LEAD_WORDS), text)
    pieces, whole = set(shingles(lead)), set(shingles(other))
    return len(pieces & whole) >= SHARED * len(pieces)
