"""What can go wrong between a request and a readable body."""

from __future__ import annotations


class FetchFailed(Exception):  # noqa: N818 - the word the ledger uses
    """A request that brought no usable body.

    Attributes:
        reason: one of few causes, for counting: ``http 404`` and the like, ``timeout``, ``too large``,
            ``address refused``, ``robots``, ``connection``, ``truncated body``, ``bad encoding``,
            ``tls``, ``redirects``, ``bad address``.
        detail: what happened, for a person.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
