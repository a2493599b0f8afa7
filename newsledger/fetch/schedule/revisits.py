"""How soon an article that is held already is looked at again, for an edit, and when that ends."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(minutes=15)
GROWTH = 1.5
"""Each look that finds nothing makes the next pause longer by half: most edits that nobody tells of come in
the first hours, so eight looks fall into the first half day and three more into the next one and a half.
An edit begins anew: who has changed a text once changes it again."""
MOST_PAUSE = timedelta(hours=12)


def pause_after(looks: int) -> timedelta:
    """Return the pause after so many looks in a row that found nothing new."""
    return min(FIRST_PAUSE * GROWTH ** min(looks, 20), MOST_PAUSE)


def next_look(
    changed_at: datetime, looked_at: datetime | None, looks: int, *, days: float
) -> datetime | None:
    """Return when an article is due to be looked at again, or None when it is left alone for good.

    Args:
        changed_at: when its latest version was first seen.
        looked_at: when its page was last asked for, or None for not since then.
        looks: how often it was seen as it is since then.
        days: how long after its last change an article is looked at.
    """
    due = max(looked_at or changed_at, changed_at) + pause_after(looks)
    return due if due <= changed_at + timedelta(days=days) else None
