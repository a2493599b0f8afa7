"""HTTP and SOCKS proxies: what they are given, and what is refused before."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from newsledger.fetch.client import FEED, Client
from newsledger.fetch.connect import Proxies
from newsledger.fetch.trouble import FetchFailed
from schemas.config import Fetching
from schemas.errors import UsageError
from tests.faults.test_faults_inputs import RSS
from tests.faults.test_faults_network import answering


def proxy_for(seen: list[bytes]) -> Callable[[socket.socket], None]:
    def serve(connection: socket.socket) -> None:
        while True:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            seen.append(head.split(b"\r\n", 1)[0])
            is_robots = b"robots.txt" in seen[-1]
            body, status = (b"", b"404 No") if is_robots else (RSS, b"200 OK")
            connection.sendall(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body)

    return serve


def test_a_proxy_gets_the_whole_address_and_names_that_lead_inside_are_refused_before(tmp_path: Path) -> None:
    seen: list[bytes] = []
    names = {"news.example": ["93.184.215.14"], "inside.example": ["10.0.0.7"]}
    with answering(proxy_for(seen)) as port:
        through = Fetching(delay_seconds=0, proxy=f"http://127.0.0.1:{port}")
        with Client(through, resolver=lambda host, p: names.get(host, [host])) as client:
            assert client.get("http://news.example/feed", limit=10_000, kind=FEED).body == RSS
            with pytest.raises(FetchFailed, match="address refused"):
                client.get("http://inside.example/feed", limit=10_000, kind=FEED)
            with pytest.raises(FetchFailed, match="address refused"):
                client.get("http://169.254.169.254/feed", limit=10_000, kind=FEED)
    assert seen == [b"GET http://news.example/robots.txt HTTP/1.1", b"GET http://news.example/feed HTTP/1.1"]


def socks_proxy(seen: list[str], *, login: bytes = b"") -> Callable[[socket.socket], None]:
    """A SOCKS5 proxy (RFC 1928, 1929) behind which stands a feed, whatever is asked for."""

    def serve(connection: socket.socket) -> None:
        methods = connection.recv(64)[2:]
        connection.sendall(b"\x05\x02" if login else b"\x05\x00" if 0 in methods else b"\x05\xff")
        if login:
            connection.sendall(b"\x01\x00" if connection.recv(64) == login else b"\x01\x01")
        asked = connection.recv(300)
        if not asked:
            return
        seen.append(asked[5 : 5 + asked[4]].decode())
        connection.sendall(b"\x05\x00\x00\x01" + bytes(6))
        proxy_for([])(connection)

    return serve


def test_a_socks_proxy_is_given_names_and_those_that_lead_inside_are_refused_before(tmp_path: Path) -> None:
    seen: list[str] = []
    names = {"news.example": ["93.184.215.14"], "inside.example": ["10.0.0.7"]}
    with answering(socks_proxy(seen, login=b"\x01\x04desk\x06secret")) as port:
        through = Fetching(delay_seconds=0, proxy=f"socks5://desk:secret@127.0.0.1:{port}")
        with Client(through, resolver=lambda host, p: names.get(host, [host])) as client:
            assert client.get("http://news.example/feed", limit=10_000, kind=FEED).body == RSS
            with pytest.raises(FetchFailed, match="address refused"):
                client.get("http://inside.example/feed", limit=10_000, kind=FEED)
    assert set(seen) == {"news.example"}


def test_a_socks_proxy_that_refuses_the_login_is_a_failed_connection() -> None:
    with answering(socks_proxy([], login=b"\x01\x04desk\x05other")) as port:
        through = Fetching(delay_seconds=0, proxy=f"socks5://desk:secret@127.0.0.1:{port}")
        with Client(through, resolver=lambda host, p: [host]) as client, pytest.raises(FetchFailed) as caught:
            client.get("http://93.184.215.14/feed", limit=10_000, kind=FEED)
    assert caught.value.reason in ("connection", "robots")


def test_a_proxy_of_an_unknown_kind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks4://proxy.example:1080")
    with pytest.raises(UsageError, match=r"socks4://proxy\.example:1080.*socks5"):
        Client(Fetching(proxy="environment"))
    with pytest.raises(ValidationError):
        Fetching(proxy="socks4://proxy.example:1080")


def test_proxies_of_the_environment_count_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "inside.example")
    assert Proxies(None).of("https://news.example/") is None
    found = Proxies("environment")
    assert found.of("https://news.example/") == "http://proxy.example:3128"
    assert found.of("https://inside.example/") is None
    assert Proxies("http://p.example:1").of("http://news.example/") == "http://p.example:1"
