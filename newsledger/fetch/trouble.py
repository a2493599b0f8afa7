"""What can go wrong between a request and a readable body."""

from __future__ import annotations

REFUSALS = frozenset({"robots", "tdm reserved", "ai opt-out"})
"""Reasons that are the site's own wish; an item that ends so is blocked, not failed."""
UNREACHABLE = frozenset({"timeout", "connection", "dns", "tls"})
"""Reasons that say the host itself is out of reach, whatever was asked of it."""


class FetchFailed(Exception):  # noqa: N818 - the word the ledger uses
    """A request that brought no usable body.

    Attributes:
        reason: one of few causes, for counting: ``http 404`` and the like, ``timeout``, ``too large``,
            ``address refused``, ``robots``, ``tdm reserved``, ``ai opt-out``, ``connection``, ``dns``,
            ``tls``, ``bad response`` (no HTTP), ``truncated body``, ``bad encoding``, ``redirects``,
            ``bad address``, ``challenge`` (a proof of being human is asked for), ``backing off`` (the host
            asked to be left alone for a while), ``host down`` (it was out of reach a moment ago).
        detail: what happened, for a person.
        retry_after: seconds the server asked to wait, or None.
        url: the address of the hop that failed, or "".
    """

    def __init__(
        self, reason: str, detail: str = "", *, retry_after: float | None = None, url: str = ""
    ) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.url = url

    @property
    def is_refusal(self) -> bool:
        """Whether the site does not want this to be read, rather than something being broken."""
        return self.reason in REFUSALS

    @property
    def is_unreachable(self) -> bool:
        """Whether the host did not answer at all."""
        return self.reason in UNREACHABLE
