"""A feed that breaks or stalls the reader costs itself, not the next feed."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from time import monotonic

import pytest

from newsledger.feeds.isolation import FeedReader, FeedReaders
from newsledger.feeds.trouble import FeedError

GOOD = b'<rss version="2.0"><channel><title>D</title><item><link>https://d.example/a</link></item></channel></rss>'
STALLING = b'<rss version="2.0"><channel>' + b"<b>" * 500_000
"""Unclosed tags: many seconds for feedparser."""


def links(reader: FeedReader, body: bytes) -> list[str]:
    content = reader.read(body, url="https://d.example/feed", content_type=None)
    return [entry.url for entry in content.entries]


def test_one_child_reads_many_feeds() -> None:
    with FeedReader() as reader:
        for _ in range(5):
            assert links(reader, GOOD) == ["https://d.example/a"]
        assert reader.starts == 1


def test_a_stalling_feed_is_stopped_and_the_next_is_read() -> None:
    with FeedReader(seconds=0.5) as reader:
        reader.seconds = 20.0
        links(reader, GOOD)  # the child is warm
        reader.seconds = 0.5
        start = monotonic()
        with pytest.raises(FeedError, match="too slow"):
            links(reader, STALLING)
        assert monotonic() - start < 3
        reader.seconds = 20.0
        assert links(reader, GOOD) == ["https://d.example/a"]
        assert reader.starts == 2


def test_a_child_that_dies_is_replaced() -> None:
    with FeedReader() as reader:
        links(reader, GOOD)
        assert reader._child is not None
        os.kill(reader._child.pid, signal.SIGKILL)
        reader._child.wait()
        assert links(reader, GOOD) == ["https://d.example/a"]
        assert reader.starts == 2


def test_errors_come_back_with_their_reason() -> None:
    with FeedReader() as reader, pytest.raises(FeedError) as caught:
        links(reader, b"<!DOCTYPE html><html>")
    assert caught.value.reason == "html instead of a feed"


def test_threads_share_one_child() -> None:
    found: list[list[str]] = []
    with FeedReader() as reader:
        threads = [threading.Thread(target=lambda: found.append(links(reader, GOOD))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert reader.starts == 1
    assert found == [["https://d.example/a"]] * 6


def test_a_stalling_feed_holds_up_no_other() -> None:
    readers = FeedReaders(seconds=4.0)
    reasons: list[str] = []

    def stall() -> None:
        try:
            readers.read(STALLING, url="https://d.example/feed", content_type=None)
        except FeedError as error:
            reasons.append(error.reason)

    try:
        readers.read(GOOD, url="https://d.example/feed", content_type=None)
        assert readers.starts == 1, "one at a time needs one child"
        busy = threading.Thread(target=stall)
        busy.start()
        content = readers.read(GOOD, url="https://d.example/feed", content_type=None)
        assert len(content.entries) == 1
        assert reasons == [], "the stalling feed is still being read"
        busy.join()
        assert reasons == ["too slow"]
    finally:
        readers.close()


def test_a_module_in_the_current_folder_does_not_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feedparser.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    with FeedReader() as reader:
        assert links(reader, GOOD) == ["https://d.example/a"]


def item(inside: bytes, head: bytes = b"") -> bytes:
    link = b"<link>https://d.example/a</link>"
    return (
        head
        + b'<rss version="2.0"><channel><title>D</title><item>'
        + link
        + inside
        + b"</item></channel></rss>"
    )


COSTLY = {
    "author": item(b"<author>a@" + b"a." * 16_000 + b"</author>"),
    "entity bomb": item(
        b"<title>" + b"&a;" * 2_000 + b"</title>", b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 20_000 + b'">]>'
    ),
    "external entity": item(b"<title>&a;</title>", b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    "many items": b'<rss version="2.0"><channel>'
    + b"<item><link>https://d.example/a</link></item>" * 100_000,
    "deep json": b'{"items": ' + b"[" * 100_000,
    "deep sitemap": b"<urlset>" + b"<url>" * 100_000,
    "broken markup": item(b"<description>" + b"&lt;!" * 50_000 + b"</description>"),
}


@pytest.mark.parametrize("body", COSTLY.values(), ids=COSTLY.keys())
def test_costly_feeds_end_in_time(body: bytes) -> None:
    found, reason = "", "none"
    with FeedReader(seconds=8.0) as reader:
        try:
            content = reader.read(body, url="https://d.example/feed", content_type=None)
            found = "".join(entry.title for entry in content.entries)
        except FeedError as error:
            reason = error.reason
        assert reader.starts == 1, "none of these needs to be stopped"
    assert reason in ("none", "malformed")
    assert "root:" not in found
