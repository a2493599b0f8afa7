"""Word lists as they are written in the lexicons: words apart by spaces."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())
