"""What a source of past articles is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from newsledger.fetch.article import PageContext, read_page
from newsledger.fetch.client import PAGE_TYPES
from newsledger.fetch.response import Fetcher
from newsledger.fetch.trouble import FetchFailed
from schemas.document import Draft
from schemas.errors import ExitCode, NewsledgerError
from schemas.item import ItemOutcome, Outcome

Record = Draft | ItemOutcome


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days asked for, both included.

    Attributes:
        first: the first day.
        last: the last day.
        zone: where an instant becomes a day.
        now: the run's clock; dates beyond it are not believed.
    """

    first: date
    last: date
    zone: ZoneInfo
    now: datetime

    def day_of(self, instant: datetime) -> date:
        """Return the day of an instant."""
        return instant.astimezone(self.zone).date()

    def day_of_draft(self, draft: Draft) -> date | None:
        """Return the day a draft was published, or None; a bare day is that day whatever the zone."""
        if draft.published_at is None:
            return None
        if draft.published_at_precision == "day":
            return draft.published_at.astimezone(UTC).date()
        return self.day_of(draft.published_at)

    def has(self, day: date | None) -> bool:
        """Return whether a day was asked for."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Portion:
    """What a source holds of one day.

    Attributes:
        day: the day; None for what no day is known of, which comes after all days.
        items: how many items there are, or None where only reading them tells.
        digest: stands for what there is to read, so that the same is not read twice and other content of a
            day is; "" where it cannot be known beforehand and the day counts as read once it was.
    """

    day: date | None
    items: int | None
    digest: str


class Source(Protocol):
    """A source of articles by day.

    Each item ends in one record: a draft, whose ``seen_at`` says when the source saw that text (None: now),
    or the outcome that says why there is none. The same source over the same content gives the same records.
    """

    @property
    def name(self) -> str:
        """What the source is called in the ledger."""
        ...

    def portions(self, days: DayRange) -> Sequence[Portion]:
        """Return what there is to read, in the order of the days; days without anything may be missing.

        Raises:
            NewsledgerError: the source cannot be read at all.
        """
        ...

    def read(self, portion: Portion, days: DayRange) -> Iterator[Record]:
        """Yield the records of one of the portions."""
        ...


def digest_of(parts: Iterable[object]) -> str:
    """Return a digest of what a portion is made of, whatever order it is listed in."""
    lines = sorted(str(part) for part in parts)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class ListingFailedError(NewsledgerError):
    """What a source holds of a day could not be listed; the day is read by a later backfill."""

    exit_code = ExitCode.DEGRADED


class Memory(Protocol):
    """What the ledger remembers of addresses, so that nobody is asked twice."""

    def answered(self, urls: Sequence[str]) -> set[str]:
        """Return the addresses an earlier run has read, whatever became of them, failures left out."""
        ...

    def sighted(self, urls: Sequence[str]) -> set[tuple[str, datetime]]:
        """Return which of the addresses are held as they were seen at which instants."""
        ...


class NoMemory:
    """Remembers nothing."""

    def answered(self, urls: Sequence[str]) -> set[str]:
        """Return nothing."""
        del urls
        return set()

    def sighted(self, urls: Sequence[str]) -> set[tuple[str, datetime]]:
        """Return nothing."""
        del urls
        return set()


def read_address(
    client: Fetcher, address: str, context: PageContext, now: datetime, *, url: str | None = None
) -> Record:
    """Return the article at an address, or the outcome that says why there is none.

    Args:
        client: the way to the network.
        address: what to ask for.
        context: what is known of the page.
        now: dates beyond it are not believed.
        url: the page's own address, where another one answers for it; None: the one that answered.
    """
    try:
        answer = client.get(address, limit=client.settings.max_page_bytes, accept=PAGE_TYPES)
    except FetchFailed as error:
        outcome = Outcome.BLOCKED_BY_ROBOTS if error.is_refusal else Outcome.FAILED
        return context.outcome(outcome, error.reason, error.detail)
    return read_page(
        answer.body, content_type=answer.content_type, context=context, now=now, url=url or answer.url
    )
