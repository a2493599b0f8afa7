"""The process that reads feeds for :class:`newsledger.feeds.isolation.FeedReader`.

It answers requests on standard input, one after the other, until that is closed. It has no secrets, opens no
file and no connection, and a feed that breaks it breaks nothing else.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from typing import Any, BinaryIO

from newsledger.feeds.content import to_plain
from newsledger.feeds.isolation import ANSWER, HEADER
from newsledger.feeds.reading import read_feed
from newsledger.feeds.trouble import FeedError


def main(memory: int) -> None:
    """Serve requests until standard input ends.

    Args:
        memory: bytes of address space this process may use.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes our input
    _limit_memory(memory)
    wire_in, wire_out = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(BrokenPipeError):
        while head := wire_in.read(HEADER.size):
            if len(head) < HEADER.size:
                return
            asked_size, body_size = HEADER.unpack(head)
            _serve(json.loads(wire_in.read(asked_size)), wire_in.read(body_size), wire_out)


def _serve(asked: dict[str, Any], body: bytes, wire_out: BinaryIO) -> None:
    seconds = asked.pop("seconds")
    _alarm(int(seconds * 2) + 5)
    raw = json.dumps(_answer(body, asked)).encode()
    _alarm(0)
    wire_out.write(ANSWER.pack(len(raw)) + raw)
    wire_out.flush()


def _answer(body: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return to_plain(read_feed(body, **asked))
    except FeedError as error:
        return {"reason": error.reason, "detail": error.detail}
    except MemoryError:
        return {"reason": "too large", "detail": "reading it takes more memory than a feed may have"}


def _alarm(seconds: int) -> None:
    """End this process by itself when its parent died before it could (the default of SIGALRM)."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit_memory(limit: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or hard > limit:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main(int(sys.argv[1]))
