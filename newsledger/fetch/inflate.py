"""Undo a body's content encoding piece by piece, never beyond a limit."""

from __future__ import annotations

import sys
import zlib
from typing import Protocol

import brotli

from newsledger.fetch.trouble import FetchFailed

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["ACCEPTED", "Inflater", "zstd"]

ACCEPTED = "gzip, deflate, br, zstd"
"""What the client asks for: encodings whose inflation can be stopped at any byte."""
MAX_LAYERS = 3
"""Encodings one on top of the other. Two are seen (a proxy that packs what is packed), more are an attack."""
_STEP = 65_536
_GZIP = b"\x1f\x8b"
_ZSTD_WINDOW_LOG = 23
"""Windows above 8 MB are refused, as RFC 8878 (3.1.1.1.2) advises decoders that face the open network."""


class _Decoder(Protocol):
    """One encoding undone: bytes in, at most so many bytes out, the rest kept until asked again."""

    def step(self, piece: bytes, most: int) -> bytes:
        """Return at most about ``most`` bytes; an empty piece asks for what is left of earlier ones."""
        ...

    @property
    def wants_input(self) -> bool:
        """Whether everything the earlier pieces hold came out."""
        ...

    @property
    def is_whole(self) -> bool:
        """Whether the stream came to its end."""
        ...


class _Zlib:
    """gzip of one or several members, and deflate with or without the header servers forget."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._stream: zlib._Decompress | None = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._left = b""
        self._is_done = False
        self._has_output = False

    def step(self, piece: bytes, most: int) -> bytes:
        """Return at most about ``most`` decoded bytes."""
        piece, self._left = self._left + piece, b""
        if self._stream is None:
            piece = self._begin(piece)
        if self._stream is None or not piece:
            return b""
        try:
            out = self._stream.decompress(piece, most)
        except zlib.error:
            if self._name != "deflate" or self._has_output:
                raise
            self._name, self._stream = "raw deflate", zlib.decompressobj(-zlib.MAX_WBITS)
            out = self._stream.decompress(piece, most)
        self._has_output = self._has_output or bool(out)
        is_end = self._stream.eof
        self._left = self._stream.unused_data if is_end else self._stream.unconsumed_tail
        self._stream = None if is_end else self._stream
        return out

    def _begin(self, piece: bytes) -> bytes:
        """Begin the next member of a gzip stream (RFC 1952, 2.2); anything else after an end is padding."""
        if self._is_done or (len(piece) < len(_GZIP) and _GZIP.startswith(piece)):
            self._left = b"" if self._is_done else piece
            return b""
        self._is_done = not piece.startswith(_GZIP)
        self._stream = None if self._is_done else zlib.decompressobj(zlib.MAX_WBITS | 16)
        return piece

    @property
    def wants_input(self) -> bool:
        """Whether everything the earlier pieces hold came out."""
        is_between = self._stream is None and len(self._left) < len(_GZIP)
        return not self._left or is_between

    @property
    def is_whole(self) -> bool:
        """Whether the stream came to its end."""
        return self._stream is None


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def step(self, piece: bytes, most: int) -> bytes:
        """Return at most about ``most`` decoded bytes."""
        if self._stream.is_finished():
            return b""
        return bytes(self._stream.process(piece, output_buffer_limit=most))

    @property
    def wants_input(self) -> bool:
        """Whether everything the earlier pieces hold came out."""
        return bool(self._stream.is_finished() or self._stream.can_accept_more_data())

    @property
    def is_whole(self) -> bool:
        """Whether the stream came to its end."""
        return bool(self._stream.is_finished())


class _Zstd:
    """RFC 8878, of one or several frames, with a bounded window."""

    def __init__(self) -> None:
        self._stream = self._new()
        self._left = b""
        self._is_between = True

    @staticmethod
    def _new() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})

    def step(self, piece: bytes, most: int) -> bytes:
        """Return at most about ``most`` decoded bytes."""
        piece, self._left = self._left + piece, b""
        if not piece and (self._is_between or self._stream.needs_input):
            return b""
        self._is_between = False
        out = self._stream.decompress(piece, most)
        if self._stream.eof:
            self._left, self._stream, self._is_between = self._stream.unused_data, self._new(), True
        return out

    @property
    def wants_input(self) -> bool:
        """Whether everything the earlier pieces hold came out."""
        return not self._left and (self._is_between or self._stream.needs_input)

    @property
    def is_whole(self) -> bool:
        """Whether the stream came to its end."""
        return self._is_between and not self._left


def _decoder(name: str) -> _Decoder:
    if name in ("gzip", "x-gzip", "deflate"):
        return _Zlib(name)
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise FetchFailed("bad encoding", f"Content-Encoding {name!r} was not asked for")


class Inflater:
    """Collects a body, at most ``limit`` decoded bytes of it, whatever its encoding."""

    def __init__(self, encoding: str, limit: int, *, is_cut: bool = False) -> None:
        """Prepare for a ``Content-Encoding`` value.

        Args:
            encoding: the header's value; several encodings are undone from the last to the first.
            limit: decoded bytes kept at most.
            is_cut: keep the first ``limit`` bytes of a longer body instead of failing.

        Raises:
            FetchFailed: "bad encoding" for an encoding that was not asked for, or too many layers.
        """
        names = [
            n for n in (part.strip().lower() for part in encoding.split(",")) if n not in ("", "identity")
        ]
        if len(names) > MAX_LAYERS:
            raise FetchFailed("bad encoding", f"{len(names)} encodings on top of each other")
        self._encoding = encoding
        self._layers = [_decoder(name) for name in reversed(names)]
        self._limit = limit
        self._is_cut = is_cut
        self._body = bytearray()
        self._has_input = False

    @property
    def is_full(self) -> bool:
        """Whether a body that may be cut has reached its limit: the rest need not be read."""
        return self._is_cut and len(self._body) >= self._limit

    def feed(self, piece: bytes) -> None:
        """Add a received piece.

        Raises:
            FetchFailed: "too large" beyond the limit, "bad encoding" for a broken stream.
        """
        self._has_input = self._has_input or bool(piece)
        try:
            self._push(piece, 0)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            raise FetchFailed("bad encoding", str(error)) from error

    def _push(self, piece: bytes, layer: int) -> None:
        """Send a piece through the layers from one on, a bounded part at a time."""
        if layer == len(self._layers):
            self._keep(piece)
            return
        decoder = self._layers[layer]
        while not self.is_full:
            out = decoder.step(piece, _STEP)
            if out:
                self._push(out, layer + 1)
            piece = b""
            if decoder.wants_input:
                return

    def _keep(self, data: bytes) -> None:
        room = self._limit - len(self._body)
        if len(data) > room and not self._is_cut:
            raise FetchFailed("too large", f"more than {self._limit} bytes")
        self._body += data[:room]

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            FetchFailed: "truncated body" when a packed stream stops before its end.
        """
        whole = self.is_full or all(layer.is_whole for layer in self._layers)
        if self._has_input and not whole:
            raise FetchFailed("truncated body", f"the {self._encoding} stream stops before its end")
        return bytes(self._body)
