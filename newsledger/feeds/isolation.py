"""Feeds are read in a process of its own, which can be stopped.

feedparser has inputs that cost it minutes (a long author field, a hundred thousand unclosed tags) and no
way to interrupt it. One child reads all feeds of a run; when a feed takes too long or too much memory the
child is killed, that feed is a failure with a reason, and the next feed finds a new child.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newsledger.feeds.content import MAX_ITEMS, FeedContent, from_plain
from newsledger.feeds.trouble import FeedError

SECONDS = 10.0
"""For one feed. Real ones take 7 to 94 ms; 2,000 long entries two to three seconds on a busy machine."""
MEMORY = 1_073_741_824
"""Bytes of address space the child may have, where the system can limit it."""
CHILDREN = 2
"""Readers of one program: reading feeds is a small part of a run, and each takes 60 MB."""
HEADER = struct.Struct(">II")
"""Lengths of a request's two parts: JSON, body."""
ANSWER = struct.Struct(">I")


class FeedReader:
    """One warm child process that reads feeds. Safe to share between threads: feeds wait for each other."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Prepare; the child starts with the first feed.

        Args:
            seconds: wall-clock time for one feed.
        """
        self.seconds = seconds
        self.starts = 0
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(
        self, body: bytes, *, url: str, content_type: str | None, max_items: int = MAX_ITEMS
    ) -> FeedContent:
        """Return what :func:`newsledger.feeds.reading.read_feed` returns, within the time limit.

        Raises:
            FeedError: as there, and "too slow" or "reader died" when the child had to be replaced.
        """
        asked = {"url": url, "content_type": content_type, "max_items": max_items, "seconds": self.seconds}
        with self._lock:
            answer = self._exchange(json.dumps(asked).encode(), body)
        if "reason" in answer:
            raise FeedError(answer["reason"], answer["detail"])
        return from_plain(answer)

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        child.kill()
        _discard(child)

    def _exchange(self, asked: bytes, body: bytes) -> dict[str, Any]:
        child = self._running()
        expired = threading.Event()

        def stop() -> None:
            """Kill the child, and let the reader know that it did not die by itself."""
            expired.set()
            child.kill()

        timer = threading.Timer(self.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            raw = _ask(child, asked, body)
        except (OSError, EOFError):
            raw = None
        finally:
            timer.cancel()
        if raw is not None:
            return dict(json.loads(raw))
        self.close()
        if expired.is_set():
            raise FeedError("too slow", f"reading it takes more than {self.seconds:g} s; skipped")
        raise FeedError("reader died", f"the reading process ended with code {child.returncode}")

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the child, a new one where there is none, it ended, or this process was forked."""
        is_ours = self._owner == os.getpid()
        if self._child is not None and is_ours and self._child.poll() is None:
            return self._child
        if self._child is not None and is_ours:
            _discard(self._child)
        self._owner, self._child = os.getpid(), _start()
        self.starts += 1
        return self._child


def _start() -> subprocess.Popen[bytes]:
    """Return a new child. ``-P`` keeps a file in the current folder from standing in for a library."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 - fixed words
        [sys.executable, "-P", "-m", "newsledger.feeds.child", str(MEMORY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _ask(child: subprocess.Popen[bytes], asked: bytes, body: bytes) -> bytes:
    """Return the child's answer to one request.

    Raises:
        OSError, EOFError: the child is gone.
    """
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(HEADER.pack(len(asked), len(body)) + asked)
    child.stdin.write(body)
    child.stdin.flush()
    return _exactly(child, _length(_exactly(child, ANSWER.size)))


def _length(raw: bytes) -> int:
    return int(ANSWER.unpack(raw)[0])


def _exactly(child: subprocess.Popen[bytes], size: int) -> bytes:
    assert child.stdout is not None
    data = child.stdout.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _discard(child: subprocess.Popen[bytes]) -> None:
    """Free what is left of an ended child; what was still to be written to it is lost with it."""
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    child.wait()


class FeedReaders:
    """A few readers for a program of several threads: a feed that stalls one does not hold up the others."""

    def __init__(self, count: int = CHILDREN, seconds: float = SECONDS) -> None:
        """Prepare; a child starts when all that run already are busy.

        Args:
            count: children at most.
            seconds: wall-clock time for one feed.
        """
        self._all = [FeedReader(seconds) for _ in range(count)]
        self._free: queue.LifoQueue[FeedReader] = queue.LifoQueue()  # the warm one comes first
        for reader in reversed(self._all):
            self._free.put(reader)

    @property
    def starts(self) -> int:
        """How many children were started."""
        return sum(reader.starts for reader in self._all)

    def read(
        self, body: bytes, *, url: str, content_type: str | None, max_items: int = MAX_ITEMS
    ) -> FeedContent:
        """Return what :meth:`FeedReader.read` returns, from the next reader that is free.

        Raises:
            FeedError: as there.
        """
        reader = self._free.get()
        try:
            return reader.read(body, url=url, content_type=content_type, max_items=max_items)
        finally:
            self._free.put(reader)

    def close(self) -> None:
        """End the children."""
        for reader in self._all:
            reader.close()


_shared = FeedReaders()
atexit.register(_shared.close)


def shared_reader() -> FeedReaders:
    """Return the readers this process shares, so that a run of many feeds pays for one or two starts."""
    return _shared
