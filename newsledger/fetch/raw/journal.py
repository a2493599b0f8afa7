"""A journal: one line for each request that came to its end, whichever it was.

It stands beside the WARC file of its run (``<run>.jsonl`` beside ``<run>.warc.gz``). A line is written when
the answer is safely in the WARC file, so a program killed at any instant leaves whole lines that can be
believed, and perhaps half a line at the end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsledger.fetch.response import Hop, Place, Response
from newsledger.fetch.trouble import FetchFailed
from schemas.errors import NewsledgerError


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and its end.

    Attributes:
        url: the address asked for.
        kind: ``feed``, ``page``, ``file``, ``push``, or ``asked`` for a request as it is sent.
        fetched_at: when it was asked for.
        reason: why there is no usable answer, or "".
        detail: that in words, or "".
        final_url: the address that answered, or "".
        status: its HTTP status, 0 where nothing answered.
        hops: the redirects on the way.
        place: where the answer lies, or None.
        charset: the encoding of a text, or "".
        charset_source: how that was known (``bom``, ``header``, ``meta``, ``utf-8``, ``guessed``), or "".
        feed_id: the feed, for what a hub brought.
    """

    url: str
    kind: str
    fetched_at: datetime
    reason: str = ""
    detail: str = ""
    final_url: str = ""
    status: int = 0
    hops: tuple[Hop, ...] = ()
    place: Place | None = None
    charset: str = ""
    charset_source: str = ""
    feed_id: str = ""

    @property
    def failure(self) -> FetchFailed | None:
        """The failure the request ended with, or None."""
        return FetchFailed(self.reason, self.detail) if self.reason else None

    def line(self) -> str:
        """Return the entry as a line of a journal."""
        data: dict[str, object] = {
            "url": self.url,
            "kind": self.kind,
            "fetched_at": self.fetched_at.isoformat(),
        }
        for name in _PLAIN:
            value = getattr(self, name)
            if value:
                data[name] = value
        if self.hops:
            data["hops"] = [{"status": h.status, "origin": h.origin, "target": h.target} for h in self.hops]
        if self.place is not None:
            data["place"] = {"warc": self.place.warc, "offset": self.place.offset}
        return json.dumps(data, ensure_ascii=False) + "\n"


_PLAIN = ("reason", "detail", "final_url", "status", "charset", "charset_source", "feed_id")


def entry_of(
    url: str, kind: str, answer: Response | FetchFailed, fetched_at: datetime, *, place: Place | None = None
) -> Entry:
    """Return the entry of a request that ended in an answer or a failure."""
    if isinstance(answer, FetchFailed):
        return Entry(url, kind, fetched_at, answer.reason, answer.detail, place=place)
    decoded = answer.decoded() if answer.body and kind != "file" else None
    return Entry(
        url,
        kind,
        fetched_at,
        final_url=answer.url,
        status=answer.status,
        hops=answer.hops,
        place=answer.place,
        charset=decoded.charset if decoded else "",
        charset_source=decoded.source if decoded else "",
    )


def read_journal(path: Path) -> Iterator[Entry]:
    """Yield the entries of a journal in the order they were written; half a line at the end is left out.

    Raises:
        NewsledgerError: a line in the middle is damaged; the message names it.
    """
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines[:-1], 1):
        try:
            yield _entry(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise NewsledgerError(
                f"{path}:{number}: damaged line in a journal of the raw store: {error}",
                hint=f"delete the line, or move {path} away: its answers are asked for again",
            ) from error


def _entry(data: dict[str, object]) -> Entry:
    hops = data.pop("hops", ())
    place = data.pop("place", None)
    when = datetime.fromisoformat(str(data.pop("fetched_at")))
    return Entry(
        **data,  # type: ignore[arg-type]
        fetched_at=when,
        hops=tuple(Hop(**hop) for hop in hops),  # type: ignore[attr-defined]
        place=Place(**place) if place else None,  # type: ignore[arg-type]
    )
