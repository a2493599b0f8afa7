"""How much a failure says against a feed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FailureClass:
    """A kind of failure.

    Attributes:
        name: for counting: ``gone``, ``missing``, ``blocked``, ``unreadable``, ``overload``, ``server``,
            ``unreachable`` or ``refused``.
        weight: what one failure adds; each whole point doubles the pause before the next poll.
    """

    name: str
    weight: float


GONE = FailureClass("gone", 1.0)
MISSING = FailureClass("missing", 1.0)
REFUSED = FailureClass("refused", 1.0)
BLOCKED = FailureClass("blocked", 0.5)
UNREADABLE = FailureClass("unreadable", 0.5)
OVERLOAD = FailureClass("overload", 0.5)
SERVER = FailureClass("server", 0.5)
UNREACHABLE = FailureClass("unreachable", 0.25)
"""The weights are those of Media Cloud's rss-fetcher (hard 1, soft 0.5, temporary 0.25), which keeps some
180,000 feeds; a page of the site's defences and an unreadable body are classes of their own here."""

_BY_REASON = {
    "http 410": GONE,
    "http 404": MISSING,
    "bad address": MISSING,
    "redirects": MISSING,
    "html instead of a feed": MISSING,
    "address refused": REFUSED,
    "robots": REFUSED,
    "tdm reserved": REFUSED,
    "ai opt-out": REFUSED,
    "http 401": BLOCKED,
    "http 402": BLOCKED,
    "http 403": BLOCKED,
    "http 451": BLOCKED,
    "challenge": BLOCKED,
    "http 429": OVERLOAD,
    "http 503": OVERLOAD,
    "backing off": OVERLOAD,
    "timeout": UNREACHABLE,
    "connection": UNREACHABLE,
    "dns": UNREACHABLE,
    "host down": UNREACHABLE,
    "tls": SERVER,
}


def failure_class(reason: str) -> FailureClass:
    """Return the class of a failure by its reason (``http 404``, ``timeout``, ``malformed: ...``)."""
    known = _BY_REASON.get(reason)
    if known is not None:
        return known
    if reason.startswith("http 5"):
        return SERVER
    return MISSING if reason.startswith("http 4") else UNREADABLE
