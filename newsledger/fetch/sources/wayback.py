"""Captures of past days through a CDX server: the Wayback Machine's, or one of the same kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from newsledger.feeds.urls import identity_key
from newsledger.fetch.article import PageContext
from newsledger.fetch.response import FEED, Fetcher, Response
from newsledger.fetch.sources.source import (
    DayRange,
    ListingFailedError,
    Memory,
    Portion,
    Record,
    read_address,
)
from newsledger.fetch.trouble import FetchFailed
from schemas.document import Draft
from schemas.item import Outcome

ENDPOINT = "https://web.archive.org"
PAGE_ROWS = 2_000
"""Captures asked for at once; the answer names where to go on."""
MAX_PAGES = 500
"""Answers of one day's listing: a million captures."""
_FIELDS = ("timestamp", "original", "statuscode", "digest")
_ANSWERED = re.compile(r"/web/(\d{14})")


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture of a page.

    Attributes:
        stamp: its instant as the archive writes it, 14 digits in UTC.
        url: the page's own address.
        digest: the archive's digest of its body.
    """

    stamp: str
    url: str
    digest: str

    @property
    def at(self) -> datetime:
        """The instant of the capture."""
        return instant_of(self.stamp)


class WaybackSource:
    """The captures of addresses, day of capture by day of capture.

    The listing is asked for page by page, the captures as they were taken (``id_``), one request after the
    other with the manners towards any host. Of the captures of one page with the same body on one day the
    first is read; captures that are held already are not asked for again.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        client: Fetcher,
        memory: Memory,
        *,
        endpoint: str = ENDPOINT,
        outlet: str | None = None,
    ) -> None:
        """Name what to look for; nothing is asked yet.

        Args:
            addresses: pages, or beginnings of addresses that end in ``*`` ("harbour.example/news/*").
            client: the way to the network.
            memory: what the ledger holds of them.
            endpoint: the archive.
            outlet: the outlet of pages that do not name theirs.
        """
        self._addresses, self._endpoint = list(addresses), endpoint.rstrip("/")
        self._client, self._memory, self._outlet = client, memory, outlet

    @property
    def name(self) -> str:
        """What the source is called in the ledger."""
        where = "" if self._endpoint == ENDPOINT else f"{self._endpoint} "
        return f"wayback:{where}" + ",".join(self._addresses)

    def portions(self, days: DayRange) -> Sequence[Portion]:
        """Return every day asked for: what was captured is only known once it is listed."""
        count = (days.last - days.first).days + 1
        return [Portion(days.first + timedelta(days=n), None, "") for n in range(count)]

    def read(self, portion: Portion, days: DayRange) -> Iterator[Record]:
        """Yield the articles captured on a day, in the order of their capture.

        Raises:
            ListingFailedError: the archive did not list them.
        """
        assert portion.day is not None, "a capture has a day"
        captures = self.listing(portion.day, days)
        known = self._memory.sighted([capture.url for capture in captures])
        for capture in captures:
            context = PageContext(url=capture.url, outlet=self._outlet)
            if (capture.url, capture.at) in known:
                yield context.outcome(Outcome.UNCHANGED, "held", capture.stamp)
            else:
                yield self._page(capture, context, days)

    def listing(self, day: date, days: DayRange) -> list[Capture]:
        """Return what was captured on a day, each body of a page once, in the order of capture.

        Raises:
            ListingFailedError: the archive did not answer, or not with a list.
        """
        found: dict[tuple[str, str], Capture] = {}
        for address in self._addresses:
            for capture in self._rows(address, day, days):
                key = (identity_key(capture.url), capture.digest)
                if key not in found or capture.stamp < found[key].stamp:
                    found[key] = capture
        return sorted(found.values(), key=lambda capture: (capture.stamp, capture.url))

    def _page(self, capture: Capture, context: PageContext, days: DayRange) -> Record:
        address = f"{self._endpoint}/web/{capture.stamp}id_/{capture.url}"
        limit = min(days.now, capture.at + timedelta(days=1))
        client = _Noting(self._client)
        read = read_address(client, address, context, limit, url=capture.url)
        if not isinstance(read, Draft):
            return read
        answered = _ANSWERED.search(client.answered)  # the archive may answer with a capture nearby
        return replace(read, seen_at=instant_of(answered[1]) if answered else capture.at)

    def _rows(self, address: str, day: date, days: DayRange) -> Iterator[Capture]:
        """Yield the captures an archive lists, following its resumption keys."""
        begin = datetime.combine(day, time(), days.zone).astimezone(UTC)
        end = datetime.combine(day + timedelta(days=1), time(), days.zone).astimezone(UTC)
        asked = {
            "url": address,
            "from": f"{begin:%Y%m%d%H%M%S}",
            "to": f"{end - timedelta(seconds=1):%Y%m%d%H%M%S}",
            "output": "json",
            "fl": ",".join(_FIELDS),
            "limit": str(PAGE_ROWS),
            "showResumeKey": "true",
        }
        filters = [("filter", "statuscode:200"), ("filter", "mimetype:text/html")]
        key = ""
        for _ in range(MAX_PAGES):
            more = {"resumeKey": key} if key else {}
            query = urlencode([*asked.items(), *filters, *more.items()])
            rows, key = self._answer(f"{self._endpoint}/cdx/search/cdx?{query}")
            yield from rows
            if not key:
                return
        raise ListingFailedError(
            f"{address}: more captures on {day} than are listed", hint="name a part of the site"
        )

    def _answer(self, url: str) -> tuple[list[Capture], str]:
        """Return the captures of one answer and the key to go on with, or ""."""
        try:
            answer = self._client.get(url, limit=self._client.settings.max_feed_bytes, kind=FEED)
            table = json.loads(answer.body or b"[]")
            return _captures(table)
        except FetchFailed as error:
            raise ListingFailedError(f"{url}: {error}", hint="run the same backfill again later") from error
        except (ValueError, TypeError, KeyError, IndexError) as error:
            raise ListingFailedError(
                f"{url}: no list of captures: {error}", hint="check --endpoint"
            ) from error


class _Noting:
    """Asks as another fetcher does, and notes which address answered last."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self.settings = fetcher.settings
        self.answered = ""

    def get(self, url: str, *, limit: int, accept: str = "*/*", **more: object) -> Response:
        """Return the answer."""
        answer = self._fetcher.get(url, limit=limit, accept=accept, **more)  # type: ignore[arg-type]
        self.answered = answer.url
        return answer


def _captures(table: list[list[str]]) -> tuple[list[Capture], str]:
    """Return the rows of a listing: a header, captures, perhaps an empty row and the key to go on with."""
    if not table:
        return [], ""
    names, *rows = table
    key = ""
    if len(rows) >= 2 and rows[-2] == [] and len(rows[-1]) == 1:
        key, rows = rows[-1][0], rows[:-2]
    found = []
    for row in rows:
        told = dict(zip(names, row, strict=True))
        instant_of(told["timestamp"])
        if told.get("statuscode") in ("200", "-", None):
            found.append(
                Capture(told["timestamp"], told["original"], told.get("digest") or told["timestamp"])
            )
    return found, key


def instant_of(stamp: str) -> datetime:
    """Return the instant of 14 digits.

    Raises:
        ValueError: they are none.
    """
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
