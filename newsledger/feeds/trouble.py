"""What can be wrong with a feed's body."""

from __future__ import annotations


class FeedError(Exception):
    """A body that yields no items.

    Attributes:
        reason: one of few causes ("empty", "html instead of a feed", "malformed"), for counting.
        detail: the parser's words, for a person.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
