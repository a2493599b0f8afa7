"""How soon an article that is held already is looked at again, for an edit."""

from __future__ import annotations

from datetime import timedelta

_PAUSES = (
    (timedelta(hours=3), timedelta(minutes=15)),
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=3)),
)
_LATER = timedelta(days=3)
"""The ages and pauses of NewsDiffs, which watched five papers for edits over years."""


def revisit_pause(age: timedelta) -> timedelta:
    """Return the least pause between two looks at an article of an age since its first sight."""
    return next((pause for limit, pause in _PAUSES if age < limit), _LATER)
