"""An answer from the network, or from the raw store, in one shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newsledger.fetch.charset import Decoded, NotTextError, decode
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Fetching

FEED = "feed"
PAGE = "page"
FILE = "file"
"""What is asked for: a feed, a page (opt-outs are looked for), or a file about the site (no robots.txt)."""
PUSH = "push"
"""A feed that its hub brought."""
ASKED = "asked"
"""A request that was sent; how it ended stands in another line, unless the program was killed before."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer lies in the raw store.

    Attributes:
        warc: the file, relative to the store's folder.
        offset: the byte its record begins at.
    """

    warc: str
    offset: int


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the status and the two addresses."""

    status: int
    origin: str
    target: str

    @property
    def is_permanent(self) -> bool:
        """Whether the server says that the address changed for good (RFC 9110 15.4.2, 15.4.9)."""
        return self.status in (301, 308)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with a whole, decoded body.

    Attributes:
        url: the address that answered, after redirects.
        status: 200, or 304 when nothing changed since the validators sent.
        headers: names in lower case.
        body: the decoded bytes; empty for 304.
        redirected: whether another address answered than the one asked.
        hops: the redirects on the way.
        fetched_at: when it was asked for, or None where nobody recorded it.
        place: where the raw store keeps it, or None.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    redirected: bool = False
    hops: tuple[Hop, ...] = ()
    fetched_at: datetime | None = None
    place: Place | None = None

    @property
    def content_type(self) -> str | None:
        """The ``Content-Type`` header as sent, or None."""
        return self.headers.get("content-type")

    @property
    def is_not_modified(self) -> bool:
        """Whether the server says that nothing changed."""
        return self.status == 304

    @property
    def moved_to(self) -> str | None:
        """The address everything on the way says is the new one for good, or None."""
        return self.url if self.hops and all(hop.is_permanent for hop in self.hops) else None

    def decoded(self) -> Decoded | None:
        """Return the body as text with how its encoding was known, or None where it is no text."""
        try:
            return decode(self.body, self.content_type, is_markup=True)
        except NotTextError:
            return None


class Fetcher(Protocol):
    """Whatever answers requests: the network (:class:`newsledger.fetch.client.Client`) or the raw store."""

    @property
    def settings(self) -> Fetching:
        """The limits and manners kept."""
        ...

    def get(
        self,
        url: str,
        *,
        limit: int,
        accept: str = "*/*",
        etag: str | None = None,
        last_modified: str | None = None,
        kind: str = PAGE,
    ) -> Response:
        """Return the answer of an address; see :meth:`newsledger.fetch.client.Client.get`."""
        ...


class Given:
    """Answers one address with what is at hand already, and any other by asking: a :class:`Fetcher`."""

    def __init__(self, fetcher: Fetcher, url: str, answer: Response | FetchFailed) -> None:
        """Keep the answer of an address and who answers the others."""
        self._fetcher = fetcher
        self._url = url
        self._answer = answer

    @property
    def settings(self) -> Fetching:
        """The limits and manners kept."""
        return self._fetcher.settings

    def get(
        self,
        url: str,
        *,
        limit: int,
        accept: str = "*/*",
        etag: str | None = None,
        last_modified: str | None = None,
        kind: str = PAGE,
    ) -> Response:
        """Return the answer at hand, or ask.

        Raises:
            FetchFailed: that is the answer.
        """
        if url != self._url:
            return self._fetcher.get(
                url, limit=limit, accept=accept, etag=etag, last_modified=last_modified, kind=kind
            )
        if isinstance(self._answer, FetchFailed):
            raise self._answer
        return self._answer
