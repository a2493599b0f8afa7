"""Poll every hostile host at once, in a process of its own whose memory can be measured.

    python -m tests.faults.hostile.meet PORTS.json DEADLINE

The names end in ``.test``; the resolver gives them a public address and the sockets are sent to loopback,
so that the vetting of addresses is that of the open Internet.
"""

from __future__ import annotations

import json
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import httpcore

from newsledger.fetch.client import Client
from newsledger.fetch.connect import resolve
from newsledger.fetch.fleet import fetch_all
from newsledger.fetch.poll import ask, read_answer
from newsledger.fetch.raw.archive import Archive
from newsledger.fetch.response import Response
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Feed, Fetching

PUBLIC = "93.184.215.14"
"""Stands for a public address; nothing is ever sent there."""
_seen: Counter[str] = Counter()
_direct = httpcore.SyncBackend.connect_tcp


def to_loopback(
    self: httpcore.SyncBackend,
    host: str,
    port: int,
    timeout: float | None = None,
    local_address: str | None = None,
    socket_options: Iterable[Any] | None = None,
) -> httpcore.NetworkStream:
    assert host == PUBLIC, f"{host} was let through"
    return _direct(self, "127.0.0.1", port, timeout, local_address, socket_options)


def resolver(host: str, port: int) -> list[str]:
    _seen[host] += 1
    if host == "dns-silent.test":
        threading.Event().wait(30)
    if host == "dns-nowhere.test":
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if host == "dns-rebinding.test" and _seen[host] > 1:
        return ["127.0.0.1"]
    if host == "dns-inside.test":
        return ["192.168.1.1"]
    return [PUBLIC] if host.endswith(".test") else resolve(host, port)


def memory_kb() -> int:
    """Return the most memory this process ever had, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


def main(ports_file: str, deadline: str, raw: str) -> None:
    httpcore.SyncBackend.connect_tcp = to_loopback  # type: ignore[method-assign]
    urls: dict[str, str] = json.loads(Path(ports_file).read_text())
    listed = [{"id": name, "url": url, "outlet": name} for name, url in urls.items()]
    feeds = [Feed.model_validate(feed) for feed in listed]
    settings = Fetching(
        timeout_seconds=float(deadline), read_timeout_seconds=float(deadline), delay_seconds=0,
        connections=48,
        max_feed_bytes=12_000_000, patience_seconds=0.5,
    )  # fmt: skip
    now, started = datetime.now(UTC), time.monotonic()
    took: dict[str, tuple[float, float]] = {}
    archive = Archive(Path(raw), "hostile", now)

    with Client(settings, resolver=resolver, archive=archive) as client:

        def timed(feed: Feed) -> Response | FetchFailed:
            begun = time.monotonic()
            try:
                return ask(feed, client, None, now)
            finally:
                took[feed.id] = (time.monotonic() - begun, time.monotonic() - started)

        found: dict[str, dict[str, object]] = {}
        answers = fetch_all(
            feeds, timed, url_of=lambda f: str(f.url), hosts=client.hosts, workers=settings.connections,
            random=Random(7),
        )  # fmt: skip
        for number, answer in answers:
            feed = feeds[number]
            polled = read_answer(feed, answer, None, now, client)
            found[feed.id] = {
                "status": polled.poll.status,
                "reason": polled.poll.reason,
                "detail": polled.poll.detail,
                "titles": [item.title[:300] for item in polled.items[:3]],
                "items": len(polled.items),
                "retry_after": polled.retry_after,
                "seconds": took[feed.id][0],
                "ended": took[feed.id][1],
            }
    archive.close()
    sys.stdout.write(json.dumps({"found": found, "memory_kb": memory_kb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
