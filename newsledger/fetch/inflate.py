"""Undo a body's transfer encoding piece by piece, never beyond a limit."""

from __future__ import annotations

import zlib

from newsledger.fetch.trouble import FetchFailed

ACCEPTED = "gzip, deflate"
"""What the client asks for: encodings whose inflation can be stopped at any byte."""
_STEP = 65_536


class Inflater:
    """Collects a body, at most ``limit`` decoded bytes of it, whatever its encoding."""

    def __init__(self, encoding: str, limit: int) -> None:
        """Prepare for a ``Content-Encoding`` value.

        Raises:
            FetchFailed: "bad encoding" for an encoding that was not asked for.
        """
        self._name = encoding.strip().lower()
        if self._name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchFailed("bad encoding", f"Content-Encoding {encoding!r} was not asked for")
        self._limit = limit
        self._body = bytearray()
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32) if self._is_packed else None
        self._has_input = False

    @property
    def _is_packed(self) -> bool:
        return self._name not in ("", "identity")

    def feed(self, piece: bytes) -> None:
        """Add a received piece.

        Raises:
            FetchFailed: "too large" beyond the limit, "bad encoding" for a broken stream.
        """
        self._has_input = self._has_input or bool(piece)
        if not self._is_packed:
            self._keep(piece)
            return
        while piece:
            piece = self._step(piece)

    def _step(self, piece: bytes) -> bytes:
        """Inflate a bounded part of a piece and return what is left of it."""
        stream = self._stream
        if stream is None:
            return b""
        try:
            self._keep(stream.decompress(piece, _STEP))
        except zlib.error as error:
            return self._raw_deflate(piece, error)
        if stream.eof:  # gzip allows several members one after the other
            rest = stream.unused_data
            self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16) if rest[:2] == b"\x1f\x8b" else None
            return rest if self._stream else b""
        return stream.unconsumed_tail

    def _raw_deflate(self, piece: bytes, error: zlib.error) -> bytes:
        """Start again without the zlib header, which some servers leave out of ``deflate``."""
        if self._name != "deflate" or self._body:
            raise FetchFailed("bad encoding", str(error)) from error
        self._name = "raw"
        self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        return piece

    def _keep(self, data: bytes) -> None:
        if len(self._body) + len(data) > self._limit:
            raise FetchFailed("too large", f"more than {self._limit} bytes")
        self._body += data

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            FetchFailed: "truncated body" when the packed stream stops before its end.
        """
        if self._is_packed and self._stream is not None and self._has_input:
            raise FetchFailed("truncated body", f"the {self._name} stream stops before its end")
        return bytes(self._body)
