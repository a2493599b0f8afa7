"""Articles that sites list by date: sitemaps, news sitemaps, and indexes of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from newsledger.feeds.content import Entry, FeedContent
from newsledger.feeds.dates import noon, read_date
from newsledger.feeds.isolation import shared_reader
from newsledger.feeds.trouble import FeedError
from newsledger.fetch.article import PageContext
from newsledger.fetch.client import FEED_TYPES
from newsledger.fetch.response import FEED, Fetcher
from newsledger.fetch.sources.source import (
    DayRange,
    ListingFailedError,
    Memory,
    Portion,
    Record,
    digest_of,
    read_address,
)
from newsledger.fetch.trouble import FetchFailed
from schemas.item import Item, ItemOutcome, Outcome

MAX_SITEMAPS = 2_000
"""Sitemaps read of one index; a site of twenty years has a thousand by month and section."""
MAX_ENTRIES = 50_000
"""What the protocol allows in one sitemap (sitemaps.org)."""
MAX_DEPTH = 3
_PERIOD = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-/_]?(0[1-9]|1[0-2])(?:[-/_]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)"
)


class SitemapSource:
    """The pages that sitemaps list for a day, asked for with the manners of every other request.

    The day of an entry is that of its news element, else of its last change; entries without a date are
    told of and left alone. Sitemaps of an index whose address or date says that they hold other days are
    not read. Pages an earlier run has read are not asked for again.
    """

    def __init__(
        self, addresses: Sequence[str], client: Fetcher, memory: Memory, *, outlet: str | None = None
    ) -> None:
        """Name the sitemaps; nothing is asked yet."""
        self._addresses = list(addresses)
        self._client, self._memory, self._outlet = client, memory, outlet
        self._entries: dict[date, dict[str, Entry]] = {}
        self._odd: list[ItemOutcome] = []

    @property
    def name(self) -> str:
        """What the source is called in the ledger."""
        return "sitemap:" + ",".join(self._addresses)

    def portions(self, days: DayRange) -> Sequence[Portion]:
        """Return the days that are listed; sitemaps that could not be read come last.

        Raises:
            ListingFailedError: none of the sitemaps could be read.
        """
        self._entries, self._odd = defaultdict(dict), []
        read = 0
        for address in self._addresses:
            for content, url in self._walk(address, days):
                read += 1
                self._list(content, url, days)
        if not read and self._odd:
            worst = self._odd[0]
            raise ListingFailedError(
                f"{worst.item}: {worst.reason} {worst.detail}".strip(), hint="check the address"
            )
        found = [Portion(day, len(e), digest_of(e)) for day, e in sorted(self._entries.items())]
        marks = [f"{odd.item}|{odd.reason}|{odd.detail}" for odd in self._odd]
        return [*found, *([Portion(None, len(marks), digest_of(marks))] if marks else [])]

    def read(self, portion: Portion, days: DayRange) -> Iterator[Record]:
        """Yield the articles of a day in the order they are listed."""
        if portion.day is None:
            yield from self._odd
            return
        entries = self._entries[portion.day]
        known = self._memory.answered(list(entries))
        for url, entry in entries.items():
            context = PageContext(url=url, outlet=self._outlet or entry.source or None, item=_item(entry))
            if url in known:
                yield context.outcome(Outcome.UNCHANGED, "held")
            else:
                yield read_address(self._client, url, context, days.now)

    def _walk(self, address: str, days: DayRange) -> Iterator[tuple[FeedContent, str]]:
        """Yield the sitemaps an address leads to, each once."""
        waiting, seen = [(address, 0)], {address}
        while waiting:
            url, depth = waiting.pop(0)
            content = self._content(url)
            if content is None:
                continue
            yield content, url
            for child in content.children if depth < MAX_DEPTH else ():
                is_wanted = _may_hold(child.url, child.changed, days)
                if child.url not in seen and is_wanted and len(seen) < MAX_SITEMAPS:
                    seen.add(child.url)
                    waiting.append((child.url, depth + 1))

    def _content(self, url: str) -> FeedContent | None:
        """Return a sitemap, or None with what went wrong noted."""
        try:
            answer = self._client.get(
                url, limit=5 * self._client.settings.max_feed_bytes, accept=FEED_TYPES, kind=FEED
            )
            return shared_reader().read(
                answer.body, url=answer.url, content_type=answer.content_type, max_items=MAX_ENTRIES
            )
        except (FetchFailed, FeedError) as error:
            self._note(url, Outcome.FAILED, error.reason, error.detail)
            return None

    def _list(self, content: FeedContent, url: str, days: DayRange) -> None:
        undated = 0
        for entry in content.entries:
            day = _day_of(entry, days)
            undated += day is None
            if day is not None and days.has(day) and _is_web(entry.url):
                self._entries[day].setdefault(entry.url, entry)
        if undated:
            self._note(url, Outcome.NOT_AN_ARTICLE, "entries without a date", f"{undated} entries")
        if content.is_cut:
            self._note(url, Outcome.FAILED, "too many entries", f"more than {MAX_ENTRIES}")

    def _note(self, url: str, outcome: Outcome, reason: str, detail: str) -> None:
        self._odd.append(ItemOutcome(url, self._outlet, None, outcome, reason, detail[:300]))


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _day_of(entry: Entry, days: DayRange) -> date | None:
    written = entry.published or entry.updated
    read = read_date(written, days.zone) if written else None
    if read is None:
        return None
    return days.day_of(read.at) if read.at else read.day


def _item(entry: Entry) -> Item:
    read = read_date(entry.published) if entry.published else None
    at = None if read is None else read.at or (noon(read.day) if read.day else None)
    return Item(
        "", entry.url, entry.url, entry.title, entry.published or None, at, updated=entry.updated or None
    )


def _may_hold(url: str, changed: str, days: DayRange) -> bool:
    """Return whether a sitemap of an index can list the days, by the period in its address or its date.

    A sitemap that last changed before the first day lists nothing of it; one that is named after a year,
    a month or a day lists that.
    """
    read = read_date(changed, days.zone) if changed else None
    last = (days.day_of(read.at) if read.at else read.day) if read else None
    if last is not None and last < days.first:
        return False
    found = _PERIOD.search(urlsplit(url).path)
    if found is None:
        return True
    first, end = _period(found[1], found[2], found[3])
    near = timedelta(days=1)  # the publisher's day may be another one than the story's
    return first - near <= days.last and days.first <= end + near


def _period(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    try:
        if day and month:
            that = date(int(year), int(month), int(day))
            return that, that
        if month:
            first = date(int(year), int(month), 1)
            return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError:  # 2026/02/30: whatever it means, it is in that year
        return date(int(year), 1, 1), date(int(year), 12, 31)
