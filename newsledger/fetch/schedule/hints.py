"""The pause a publisher asks for, in the feed or in the answer's headers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from newsledger.feeds.content import Hints

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


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


def asked_pause(hints: Hints | None, headers: Mapping[str, str]) -> float | None:
    """Return the longest pause that a feed (``ttl``, ``sy:updatePeriod``) and headers ask for, or None.

    Args:
        hints: what the feed says of itself, or None where its body did not come.
        headers: the answer's, names in lower case.
    """
    own = hints.minutes * 60.0 if hints is not None and hints.minutes else None
    return max((p for p in (own, header_pause(headers)) if p), default=None)


def skips_of(hints: Hints) -> str | None:
    """Return RSS's ``skipHours`` and ``skipDays`` in one line ("0,5;Saturday"), or None without either."""
    days = [day for day in hints.skip_days if day in DAYS]
    return f"{','.join(map(str, hints.skip_hours))};{','.join(days)}" if hints.skip_hours or days else None


def after_skips(at: datetime, skips: str | None, most: timedelta) -> datetime:
    """Return the first instant from ``at`` on at which a publisher does not say that nothing changes.

    Args:
        at: when a feed would be due.
        skips: what :func:`skips_of` returned; hours and days are GMT's (RSS 2.0).
        most: what a publisher's wish may add at most; a feed is asked then even where it says "never".
    """
    hours, _, days = (skips or ";").partition(";")
    skipped = {int(hour) for hour in hours.split(",") if hour}, set(days.split(","))
    asked = at.astimezone(UTC)
    while asked < at + most and (asked.hour in skipped[0] or DAYS[asked.weekday()] in skipped[1]):
        asked = asked.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(asked, at + most)
