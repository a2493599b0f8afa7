"""Hosts that misbehave, each in one way: a listening socket for every behaviour, raw bytes, no manners."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import os
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import brotli

from newsledger.fetch.inflate import zstd

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Behaviour = Callable[["Ask"], Awaitable[None]]

RSS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
    b"<item><title>Talks resume</title><link>https://news.example/a/1</link>"
    b"<pubDate>Mon, 06 Oct 2025 14:00:00 GMT</pubDate></item></channel></rss>"
)
CHALLENGE = b"<html><head><title>Just a moment...</title></head><body>window._cf_chl_opt={}</body></html>"
FOREVER = 60.0
"""Seconds a silent behaviour stays silent; every deadline is far below that."""


@dataclass
class Ask:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    port: int

    async def send(self, *parts: bytes) -> None:
        for part in parts:
            self.writer.write(part)
            await self.writer.drain()

    async def reply(self, body: bytes = RSS, status: str = "200 OK", **headers: str) -> None:
        lines = [f"HTTP/1.1 {status}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
            lines.append(f"Content-Length: {len(body)}")
        await self.send(("\r\n".join(lines) + "\r\n\r\n").encode(), body)

    def reset(self) -> None:
        """Close the connection with RST instead of FIN."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


BEHAVIOURS: dict[str, tuple[Behaviour, str]] = {}
"""Name -> what it does, and the reason the poll must end with ("" for a feed that is read)."""
AT_ONCE: set[str] = set()
"""Behaviours that begin before a request was read, robots.txt included."""
ROBOTS: set[str] = set()
"""Behaviours that are about robots.txt; elsewhere it is missing."""


def behaviour(reason: str, *, kind: str = "") -> Callable[[Behaviour], Behaviour]:
    def keep(function: Behaviour) -> Behaviour:
        name = function.__name__.replace("_", "-")
        BEHAVIOURS[name] = (function, reason)
        {"at once": AT_ONCE, "robots": ROBOTS}.get(kind, set()).add(name)
        return function

    return keep


async def silence() -> None:
    await asyncio.sleep(FOREVER)


# Slow and endless


@behaviour("timeout")
async def slow_header(ask: Ask) -> None:
    await silence()


@behaviour("timeout")
async def dripping_header(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await ask.send(b"X: y\r\n")
        await asyncio.sleep(0.05)


@behaviour("timeout")
async def slow_body(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + RSS[:50])
    await silence()


@behaviour("timeout")
async def dripping_body(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await ask.send(b" ")
        await asyncio.sleep(0.05)


@behaviour("timeout")
async def slow_error(ask: Ask) -> None:
    """An error that is as slow as a page: the whole request ends with the deadline."""
    await silence()


@behaviour("http 500")
async def error_with_an_endless_body(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await ask.send(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")


@behaviour("too large")
async def endless_body(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await ask.send(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


@behaviour("too large")
async def endless_body_without_length(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await ask.send(b"x" * 0x10000)


@behaviour("bad response")
async def endless_header(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await ask.send(b"X-Y: " + b"z" * 5000 + b"\r\n")


@behaviour("bad response")
async def one_endless_header_line(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        await ask.send(b"z" * 0x4000)


@behaviour("timeout")
async def early_hints_for_ever(ask: Ask) -> None:
    while True:
        await ask.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n")
        await asyncio.sleep(0.01)


# Encodings


@behaviour("too large")
async def gzip_bomb(ask: Ask) -> None:
    await ask.reply(GZIP_BOMB, Content_Encoding="gzip")


@behaviour("too large")
async def deflate_bomb(ask: Ask) -> None:
    await ask.reply(zlib.compress(b"\0" * 60_000_000), Content_Encoding="deflate")


@behaviour("too large")
async def brotli_bomb(ask: Ask) -> None:
    await ask.reply(BROTLI_BOMB, Content_Encoding="br")


@behaviour("too large")
async def zstd_bomb(ask: Ask) -> None:
    await ask.reply(ZSTD_BOMB, Content_Encoding="zstd")


@behaviour("too large")
async def bomb_in_a_bomb(ask: Ask) -> None:
    await ask.reply(gzip.compress(GZIP_BOMB), Content_Encoding="gzip, gzip")


@behaviour("bad encoding")
async def twenty_encodings(ask: Ask) -> None:
    await ask.reply(RSS, Content_Encoding=", ".join(["gzip"] * 20))


@behaviour("bad encoding")
async def gzip_that_is_none(ask: Ask) -> None:
    await ask.reply(RSS, Content_Encoding="gzip")


@behaviour("bad encoding")
async def zstd_that_is_none(ask: Ask) -> None:
    await ask.reply(RSS, Content_Encoding="zstd")


@behaviour("bad encoding")
async def unknown_encoding(ask: Ask) -> None:
    await ask.reply(RSS, Content_Encoding="sdch")


@behaviour("truncated body")
async def gzip_cut_short(ask: Ask) -> None:
    packed = gzip.compress(RSS * 50)
    await ask.reply(packed[: len(packed) // 2], Content_Encoding="gzip")


@behaviour("truncated body")
async def brotli_cut_short(ask: Ask) -> None:
    packed = brotli.compress(os.urandom(5000))
    await ask.reply(packed[: len(packed) // 2], Content_Encoding="br")


@behaviour("truncated body")
async def zstd_cut_short(ask: Ask) -> None:
    packed = zstd.compress(os.urandom(5000))
    await ask.reply(packed[: len(packed) // 2], Content_Encoding="zstd")


@behaviour("")
async def honest_brotli(ask: Ask) -> None:
    await ask.reply(brotli.compress(RSS), Content_Encoding="br")


@behaviour("")
async def honest_zstd(ask: Ask) -> None:
    await ask.reply(zstd.compress(RSS), Content_Encoding="zstd")


# Redirects


def goes_to(target: str) -> Behaviour:
    async def go(ask: Ask) -> None:
        await ask.reply(b"", "302 Found", Location=target)

    return go


@behaviour("redirects")
async def redirect_loop(ask: Ask) -> None:
    await ask.reply(b"", "302 Found", Location=ask.path)


@behaviour("redirects")
async def redirects_without_end(ask: Ask) -> None:
    await ask.reply(b"", "302 Found", Location=f"{ask.path}x")


@behaviour("redirects")
async def cookie_that_is_never_enough(ask: Ask) -> None:
    await ask.reply(b"", "302 Found", Location=ask.path, Set_Cookie="seen=1; Path=/")


@behaviour("")
async def cookie_wall_with_a_door(ask: Ask) -> None:
    if "seen=1" in ask.headers.get("cookie", ""):
        await ask.reply()
    else:
        await ask.reply(b"", "302 Found", Location=ask.path, Set_Cookie="seen=1; Path=/")


@behaviour("http 302")
async def redirect_to_nowhere(ask: Ask) -> None:
    await ask.reply(b"", "302 Found")


for _name, _target, _reason in [
    ("private", "http://10.0.0.1/feed", "address refused"),
    ("metadata", "http://169.254.169.254/latest/meta-data/", "address refused"),
    ("loopback", "http://127.0.0.1:1/", "address refused"),
    ("localhost", "http://localhost:1/", "address refused"),
    ("decimal-address", "http://2130706433/", "address refused"),
    ("mapped-address", "http://[::ffff:127.0.0.1]/", "address refused"),
    ("ipv6-loopback", "http://[::1]/", "address refused"),
    ("file", "file:///etc/passwd", "bad address"),
    ("gopher", "gopher://news.example/1", "bad address"),
    ("broken-address", "http://[::1/", "bad address"),
    ("control-characters", "http://news.example/\x01", "bad address"),
]:
    BEHAVIOURS[f"redirect-to-{_name}"] = (goes_to(_target), _reason)


# Lengths and framing


@behaviour("malformed")
async def length_too_short(ask: Ask) -> None:
    await ask.reply(RSS, Content_Length="60")


@behaviour("truncated body")
async def length_too_long(ask: Ask) -> None:
    await ask.reply(RSS, Content_Length=str(len(RSS) + 500))
    ask.writer.close()


@behaviour("bad response")
async def two_lengths(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello")


@behaviour("bad response")
async def negative_length(ask: Ask) -> None:
    await ask.reply(RSS, Content_Length="-1")


@behaviour("truncated body")
async def chunks_cut_short(ask: Ask) -> None:
    await ask.send(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + RSS[:64] + b"\r\n40\r\nabc"
    )
    ask.writer.close()


@behaviour("bad response")
async def chunk_size_that_is_no_number(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + RSS)


@behaviour("connection")
async def no_http(ask: Ask) -> None:
    await ask.send(b"SSH-2.0-OpenSSH_9.6\r\n" + b"\0" * 100)
    ask.writer.close()


@behaviour("connection")
async def body_without_header(ask: Ask) -> None:
    await ask.send(RSS)
    ask.writer.close()


# Resets


@behaviour("connection", kind="at once")
async def reset_on_accept(ask: Ask) -> None:
    ask.reset()


@behaviour("connection", kind="at once")
async def close_on_accept(ask: Ask) -> None:
    ask.writer.close()


@behaviour("connection")
async def reset_after_request(ask: Ask) -> None:
    ask.reset()


@behaviour("connection")
async def close_after_request(ask: Ask) -> None:
    ask.writer.close()


@behaviour("connection")
async def reset_in_header(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nContent-Le")
    await asyncio.sleep(0.05)
    ask.reset()


@behaviour("connection")
async def reset_in_body(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + RSS[:50])
    await asyncio.sleep(0.05)
    ask.reset()


# Lies about what it is


@behaviour("")
async def lying_charset(ask: Ask) -> None:
    body = RSS.replace(b"Talks resume", "Gespräche in Ålesund".encode("latin-1"))
    await ask.reply(body, Content_Type="application/rss+xml; charset=utf-8")


@behaviour("")
async def unknown_charset(ask: Ask) -> None:
    await ask.reply(RSS, Content_Type="application/rss+xml; charset=klingon")


@behaviour("")
async def lying_type(ask: Ask) -> None:
    await ask.reply(RSS, Content_Type="image/png")


@behaviour("html instead of a feed")
async def page_for_a_feed(ask: Ask) -> None:
    await ask.reply(b"<!doctype html><html><body>Welcome</body></html>", Content_Type="application/rss+xml")


@behaviour("malformed")
async def picture_for_a_feed(ask: Ask) -> None:
    await ask.reply(b"\x89PNG\r\n\x1a\n" + os.urandom(5000), Content_Type="application/rss+xml")


@behaviour("empty")
async def nothing_for_a_feed(ask: Ask) -> None:
    await ask.reply(b"")


@behaviour("http 304")
async def not_modified_unasked(ask: Ask) -> None:
    await ask.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")


# What the status says


STATUSES = """
204 No Content, 206 Partial Content, 401 Unauthorized, 402 Payment Required, 403 Forbidden, 404 Not Found,
410 Gone, 451 Unavailable, 500 Oops, 502 Bad Gateway, 999 Request denied
"""
for _status in (words.strip() for words in STATUSES.split(",")):

    def _answer(status: str) -> Behaviour:
        async def say(ask: Ask) -> None:
            if status.startswith("204"):
                await ask.send(f"HTTP/1.1 {status}\r\n\r\n".encode())
            else:
                await ask.reply(b"no", status)

        return say

    BEHAVIOURS[f"status-{_status[:3]}"] = (_answer(_status), f"http {_status[:3]}")


@behaviour("http 429")
async def too_many_with_seconds(ask: Ask) -> None:
    await ask.reply(b"slow down", "429 Too Many Requests", Retry_After="900")


@behaviour("http 429")
async def too_many_with_date(ask: Ask) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=1200), usegmt=True)
    await ask.reply(b"slow down", "429 Too Many Requests", Retry_After=when)


@behaviour("http 503")
async def unavailable_with_seconds(ask: Ask) -> None:
    await ask.reply(b"later", "503 Service Unavailable", Retry_After="600")


@behaviour("http 503")
async def retry_after_that_is_no_time(ask: Ask) -> None:
    await ask.reply(b"later", "503 Service Unavailable", Retry_After="soon")


@behaviour("challenge")
async def challenge_page(ask: Ask) -> None:
    await ask.reply(CHALLENGE, "403 Forbidden", Server="cloudflare")


@behaviour("challenge")
async def challenge_named_in_the_header(ask: Ask) -> None:
    await ask.reply(b"", "503 Service Unavailable", Cf_Mitigated="challenge")


@behaviour("html instead of a feed")
async def challenge_that_says_ok(ask: Ask) -> None:
    await ask.reply(CHALLENGE)


# robots.txt


def robots(status: str, body: bytes = b"", *, then: bytes = RSS) -> Behaviour:
    async def say(ask: Ask) -> None:
        await (ask.reply(body, status) if ask.path == "/robots.txt" else ask.reply(then))

    return say


for _name, _does, _reason in [
    ("robots-401", robots("401 Unauthorized"), ""),
    ("robots-403", robots("403 Forbidden"), ""),
    ("robots-404", robots("404 Not Found"), ""),
    ("robots-429", robots("429 Too Many Requests"), "robots"),
    ("robots-500", robots("500 Oops"), "robots"),
    ("robots-503", robots("503 Service Unavailable"), "robots"),
    ("robots-forbids", robots("200 OK", b"User-agent: *\nDisallow: /feed\n"), "robots"),
    ("robots-forbids-us", robots("200 OK", b"User-agent: newsledger\nDisallow: /\n"), "robots"),
    ("robots-forbids-others", robots("200 OK", b"User-agent: news\nUser-agent: otherbot\nDisallow: /\n"), ""),
    ("robots-of-rubbish", robots("200 OK", os.urandom(3000)), ""),
    (
        "robots-of-two-megabytes",
        robots("200 OK", b"# " + b"x" * 2_000_000 + b"\nUser-agent: *\nDisallow: /"),
        "",
    ),
]:
    BEHAVIOURS[_name] = (_does, _reason)
    ROBOTS.add(_name)


@behaviour("timeout", kind="robots")
async def robots_timeout(ask: Ask) -> None:
    await silence()


@behaviour("", kind="robots")
async def robots_redirect_loop(ask: Ask) -> None:
    if ask.path == "/robots.txt":
        await ask.reply(b"", "301 Moved", Location="/robots.txt")
    else:
        await ask.reply()


@behaviour("connection", kind="robots")
async def robots_reset(ask: Ask) -> None:
    ask.reset()


@behaviour("address refused", kind="robots")
async def dns_rebinding(ask: Ask) -> None:
    """Closes the connection, so that the name is resolved again: to loopback by then."""
    await ask.reply(Connection="close")
    ask.writer.close()


# Feeds that are hard to read


@behaviour("")
async def a_hundred_thousand_items(ask: Ask) -> None:
    item = b"<item><title>N</title><link>https://news.example/%d</link></item>"
    body = RSS.replace(b"</channel>", b"".join(item % n for n in range(100_000)) + b"</channel>")
    await ask.reply(body)


@behaviour("*")
async def billion_laughs(ask: Ask) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    head = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>".encode()
    await ask.reply(head + RSS.split(b"?>", 1)[1].replace(b"Talks resume", b"&j;"))


@behaviour("*")
async def quadratic_entities(ask: Ask) -> None:
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"x" * 200_000}">]>'.encode()
    await ask.reply(head + RSS.split(b"?>", 1)[1].replace(b"Talks resume", b"&a;" * 2000))


@behaviour("*")
async def external_entities(ask: Ask) -> None:
    """Would show /etc/passwd in the title, or ask the port named, of a reader that resolves them."""
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:{ask.port}/spy">]>'
    await ask.reply(head.encode() + RSS.split(b"?>", 1)[1].replace(b"Talks resume", b"Talks &x; &y; resume"))


@behaviour("")
async def quadratic_author(ask: Ask) -> None:
    await ask.reply(RSS.replace(b"<link>", b"<author>a@" + b"a." * 16_000 + b"</author><link>"))


@behaviour("*")
async def tags_that_never_close(ask: Ask) -> None:
    await ask.reply(RSS.replace(b"Talks resume", b"<b><i>" * 40_000))


@behaviour("*")
async def nested_a_hundred_thousand_deep(ask: Ask) -> None:
    await ask.reply(b"<rss><channel>" + b"<a>" * 100_000)


@behaviour("*")
async def json_nested_a_hundred_thousand_deep(ask: Ask) -> None:
    await ask.reply(b'{"items":' + b"[" * 100_000, Content_Type="application/feed+json")


# Hosts that are well


async def _well(ask: Ask) -> None:
    await ask.reply(ETag='"1"')


WELL = [f"well-{n}" for n in range(8)]
BEHAVIOURS.update(dict.fromkeys(WELL, (_well, "")))

GZIP_BOMB = gzip.compress(b"\0" * 60_000_000)
BROTLI_BOMB = brotli.compress(b"\0" * 60_000_000, quality=3)
ZSTD_BOMB = zstd.compress(b"\0" * 60_000_000)
SILENT_TLS, SELF_SIGNED, HTTP_FOR_TLS = "tls-silent", "tls-self-signed", "tls-that-is-http"
TLS = {SILENT_TLS: "timeout", SELF_SIGNED: "tls", HTTP_FOR_TLS: "tls"}


class Hostile:
    """The sockets of all behaviours, served by one event loop in a thread."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        self.asked: list[tuple[str, str]] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    async def open(self, certificate: tuple[Path, Path]) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        for name, (does, _) in BEHAVIOURS.items():
            await self._listen(name, self._handler(name, does))
        await self._listen(SELF_SIGNED, self._handler(SELF_SIGNED, _well), context)
        await self._listen(HTTP_FOR_TLS, self._handler(HTTP_FOR_TLS, no_http, raw=True))
        await self._listen(SILENT_TLS, self._handler(SILENT_TLS, slow_header, raw=True))

    async def _listen(
        self, name: str, handler: Callable[..., Awaitable[None]], tls: ssl.SSLContext | None = None
    ) -> None:
        listening = await asyncio.start_server(handler, "127.0.0.1", 0, ssl=tls)
        self.ports[name] = listening.sockets[0].getsockname()[1]

    def _handler(self, name: str, does: Behaviour, *, raw: bool = False) -> Callable[..., Awaitable[None]]:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(
                OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError
            ):
                if raw or name in AT_ONCE:
                    await does(Ask("", {}, reader, writer, self.ports[name]))
                else:
                    await self._serve(name, does, reader, writer)
            with contextlib.suppress(OSError):
                writer.close()

        return handle

    async def _serve(
        self, name: str, does: Behaviour, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while not writer.is_closing():
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
            self.asked.append((name, path))
            ask = Ask(path, headers, reader, writer, self.ports[name])
            is_site_file = path in ("/robots.txt", "/.well-known/tdmrep.json")
            if is_site_file and name not in ROBOTS:
                await ask.reply(b"", "404 Not Found")
            else:
                await does(ask)

    def start(self, certificate: tuple[Path, Path]) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.open(certificate), self._loop).result(30)

    def stop(self) -> None:
        async def end() -> None:
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


@contextmanager
def hostile(certificate: tuple[Path, Path]) -> Iterator[Hostile]:
    """Serve every behaviour until the block ends."""
    server = Hostile()
    server.start(certificate)
    try:
        yield server
    finally:
        server.stop()
