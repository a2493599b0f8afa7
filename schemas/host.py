"""What is remembered of the hosts that are read: their trouble, their robots.txt, their wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HostRecord:
    """The trouble and the manners of one host, kept between runs.

    Attributes:
        host: its name, with the port where it is not the usual one.
        failures: times in a row it did not answer.
        down_until: until when it is left alone for that, or None.
        back_offs: times in a row it answered 429 or 503.
        back_off_until: until when it asked to be left alone, or None.
        crawl_delay: seconds between requests its robots.txt asks for, or None.
    """

    host: str
    failures: int = 0
    down_until: datetime | None = None
    back_offs: int = 0
    back_off_until: datetime | None = None
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file about a whole site (robots.txt, tdmrep.json), kept for a day.

    Attributes:
        url: its address.
        fetched_at: when it was asked for.
        reason: why there is no body ("http 404", "timeout" ...), or "".
        body: its text, cut to the size read, or "".
    """

    url: str
    fetched_at: datetime
    reason: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class OptOut:
    """A wish of a site about text and data mining or the training of models.

    Attributes:
        host: the site.
        kind: ``tdm`` (text and data mining is reserved) or ``ai`` (no training of models).
        source: where it stands: ``robots.txt``, ``tdmrep.json``, ``header`` or ``meta``.
        value: the words ("GPTBot", "tdm-reservation: 1", "noai").
        url: the address where it was met.
        is_obeyed: whether the settings have it obeyed.
    """

    host: str
    kind: str
    source: str
    value: str
    url: str
    is_obeyed: bool
