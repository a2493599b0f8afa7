"""The pause a publisher asks for, in the feed or in the answer's headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_PERIODS = {
    "hourly": 3_600.0,
    "daily": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}
"""RSS 1.0's syndication module."""
_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(rb"<(?:\w+:)?updatePeriod>\s*([A-Za-z]+)\s*</", re.IGNORECASE)
_FREQUENCY = re.compile(rb"<(?:\w+:)?updateFrequency>\s*(\d{1,4})\s*</", re.IGNORECASE)
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_HEAD_BYTES = 50_000


def feed_head(body: bytes) -> bytes:
    """Return what a feed says of itself: everything before its first entry, and no more than 50 kB."""
    start = body[:_HEAD_BYTES]
    first = _FIRST_ENTRY.search(start)
    return start[: first.start()] if first else start


def feed_pause(body: bytes) -> float | None:
    """Return the seconds between two updates a feed states (``ttl``, ``sy:updatePeriod``), or None."""
    head = feed_head(body)
    wanted = []
    ttl = _TTL.search(head)
    if ttl:
        wanted.append(int(ttl[1]) * 60.0)
    period = _PERIOD.search(head)
    length = _PERIODS.get(period[1].decode().lower()) if period else None
    if length:
        often = _FREQUENCY.search(head)
        wanted.append(length / max(int(often[1]) if often else 1, 1))
    return max(wanted, default=None)


def header_pause(headers: Mapping[str, str]) -> float | None:
    """Return the seconds an answer stays fresh (``Cache-Control``, else ``Expires``), or None.

    ``max-age`` goes before ``Expires`` (RFC 9111 5.3); what may not be stored at all says nothing of the
    pause.
    """
    control = headers.get("cache-control", "")
    if "no-store" in control.lower() or "no-cache" in control.lower():
        return None
    age = _MAX_AGE.search(control)
    if age:
        return max(float(age[1]) - _number(headers.get("age")), 0.0)
    try:
        fresh = parsedate_to_datetime(headers["expires"]) - parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, TypeError):  # missing, no dates, or one without a zone
        return None
    return max(fresh.total_seconds(), 0.0)


def _number(text: str | None) -> float:
    return float(text) if text and text.strip().isdigit() else 0.0


def asked_pause(body: bytes, headers: Mapping[str, str]) -> float | None:
    """Return the longest pause that feed and headers ask for, in seconds, or None."""
    return max((p for p in (feed_pause(body), header_pause(headers)) if p), default=None)
