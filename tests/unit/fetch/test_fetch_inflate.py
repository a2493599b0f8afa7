"""Encodings are undone whole, in any pieces, and never beyond the limit."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable

import brotli
import pytest

from newsledger.fetch.inflate import Inflater, zstd
from newsledger.fetch.trouble import FetchFailed

TEXT = b"Forty-eight passengers were rescued. " * 500 + os.urandom(3000)
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def inflate(
    encoding: str, packed: bytes, *, limit: int = 1_000_000, step: int = 1 << 20, cut: bool = False
) -> bytes:
    inflater = Inflater(encoding, limit, is_cut=cut)
    for start in range(0, len(packed), step):
        inflater.feed(packed[start : start + step])
    return inflater.finish()


@pytest.mark.parametrize("step", [1, 7, 1 << 20])
@pytest.mark.parametrize("encoding", sorted(PACK))
def test_body_comes_back_whole_in_any_pieces(encoding: str, step: int) -> None:
    assert inflate(encoding, PACK[encoding](TEXT), step=step) == TEXT


@pytest.mark.parametrize("encoding", sorted(PACK))
def test_limit_is_exact(encoding: str) -> None:
    packed = PACK[encoding](TEXT)
    assert inflate(encoding, packed, limit=len(TEXT)) == TEXT
    with pytest.raises(FetchFailed, match="too large"):
        inflate(encoding, packed, limit=len(TEXT) - 1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_bomb_costs_no_more_memory_than_the_limit(encoding: str) -> None:
    import tracemalloc  # noqa: PLC0415

    packed = PACK[encoding](b"\0" * 100_000_000)
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="too large"):
        inflate(encoding, packed, limit=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_half_a_stream_is_told(encoding: str) -> None:
    packed = PACK[encoding](TEXT)
    with pytest.raises(FetchFailed, match="truncated body"):
        inflate(encoding, packed[: len(packed) // 2])


def test_several_members_and_frames_are_one_body() -> None:
    assert inflate("gzip", gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0", step=3) == b"ab"
    assert inflate("zstd", zstd.compress(b"a") + zstd.compress(b"b"), step=3) == b"ab"


def test_encodings_on_top_of_each_other_are_undone_from_the_last() -> None:
    assert inflate("gzip, br", brotli.compress(gzip.compress(TEXT))) == TEXT
    with pytest.raises(FetchFailed, match="4 encodings"):
        inflate("gzip, gzip, gzip, gzip", TEXT)


def test_a_body_that_may_be_cut_stops_at_the_limit() -> None:
    assert inflate("gzip", gzip.compress(TEXT), limit=100, cut=True) == TEXT[:100]
    assert inflate("", TEXT, limit=100, cut=True) == TEXT[:100]


def test_zstd_windows_beyond_eight_megabytes_are_refused() -> None:
    names = zstd.CompressionParameter
    options = {int(names.window_log): 27, int(names.content_size_flag): 0}
    packer = zstd.ZstdCompressor(options=options)
    packed = packer.compress(os.urandom(100_000)) + packer.flush()
    with pytest.raises(FetchFailed, match="bad encoding"):
        inflate("zstd", packed)
