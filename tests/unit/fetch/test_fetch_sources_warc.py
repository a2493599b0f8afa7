"""WARC files, whole and damaged: read to the end, each record with one outcome."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.fetch.raw.archive import Archive
from newsledger.fetch.response import Response
from newsledger.fetch.sources.frames import read_frames
from newsledger.fetch.sources.source import DayRange, Record
from newsledger.fetch.sources.warc import WarcSource
from schemas.document import Draft
from schemas.errors import UsageError
from schemas.item import ItemOutcome, Outcome

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAY = date(2026, 3, 2)
WORDS = [
    "It broke out above a bakery on Monday and burned until dawn; neighbours carried water in pails to it.",
    "The mayor asked for tents and blankets. Two streets stay closed while engineers look at the walls.",
    "A school opened its hall for those who lost their homes, and the harbour lent its pumps to the brigade.",
]


def days(first: date = DAY, last: date = DAY + timedelta(days=5)) -> DayRange:
    return DayRange(first, last, ZoneInfo("Europe/Lisbon"), NOW)


def page(name: str, day: str = "2026-03-02") -> bytes:
    story = "".join(f"<p>{word} So said the {name} desk.</p>" for word in WORDS)
    head = f'{{"@type":"NewsArticle","headline":"Fire {name}","datePublished":"{day}T10:00:00Z"}}'
    return (
        f"<html lang='en'><head><title>Fire {name}</title><script type='application/ld+json'>{head}</script>"
        f"</head><body><article><h1>Fire {name}</h1><p>A fire in Lorvane killed 3 people, the brigade told"
        f" {name}.</p>{story}</article></body></html>"
    ).encode()


def http(
    body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", extra: str = ""
) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + body


def record(
    url: str, block: bytes, *, at: str = "2026-03-02T11:00:00Z", kind: str = "response", extra: str = ""
) -> bytes:
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    name = hashlib.md5(url.encode()).hexdigest()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {at}\r\nWARC-Block-Digest: sha1:{digest}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n{extra}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packed(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(r, compresslevel=1, mtime=0) for r in records)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def read_all(path: Path, span: DayRange | None = None) -> list[Record]:
    source, asked = WarcSource([path]), span or days()
    return [r for portion in source.portions(asked) for r in source.read(portion, asked)]


def articles(records: list[Record]) -> list[str]:
    return [r.url or "" for r in records if isinstance(r, Draft)]


def reasons(records: list[Record]) -> list[str]:
    return [r.reason for r in records if isinstance(r, ItemOutcome)]


def urls(count: int) -> list[str]:
    return [f"https://harbour.example/news/{n}" for n in range(count)]


@pytest.mark.parametrize("pack", [packed, b"".join, lambda r: gzip.compress(b"".join(r))])
def test_every_packing_gives_the_same_articles(tmp_path: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    path = write(tmp_path / "a.warc", pack([record(u, http(page(u[-1]))) for u in urls(4)]))
    found = read_all(path)
    assert articles(found) == urls(4)
    assert {r.seen_at for r in found if isinstance(r, Draft)} == {datetime(2026, 3, 2, 11, tzinfo=UTC)}


def test_what_is_no_article_has_its_outcome_and_what_is_no_item_has_none(tmp_path: Path) -> None:
    records = [
        record("https://harbour.example/a", b"software: x", kind="warcinfo"),
        record("https://harbour.example/a", b"GET / HTTP/1.1", kind="request"),
        record("https://harbour.example/a", http(page("a"))),
        record("https://harbour.example/b", http(b"", "301 Moved", extra="Location: /a\r\n")),
        record("https://harbour.example/c", http(b"%PDF-1.4", kind="application/pdf")),
        record("https://harbour.example/d", http(b""), kind="revisit"),
        record("dns:harbour.example", b"1.2.3.4", kind="resource"),
        record("https://harbour.example/e", b"not http at all"),
        record("https://harbour.example/f", http(page("f")), extra="WARC-Truncated: length\r\n"),
        record("https://harbour.example/g", http(page("g")[:200], extra="Content-Length: 9000\r\n")),
    ]
    found = read_all(write(tmp_path / "a.warc.gz", packed(records)))
    assert articles(found) == ["https://harbour.example/a"]
    assert reasons(found)[:4] == ["http 301", "not html", "revisit record", "no web address"]
    assert reasons(found)[5:] == ["truncated record", "truncated body"]
    assert len(found) == 8


def test_chunked_and_encoded_bodies_are_undone(tmp_path: Path) -> None:
    body = gzip.compress(page("z"))
    chunks = b"".join(
        f"{len(body[n : n + 99]):x}\r\n".encode() + body[n : n + 99] + b"\r\n"
        for n in range(0, len(body), 99)
    )
    block = http(chunks + b"0\r\n\r\n", extra="Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n")
    found = read_all(write(tmp_path / "a.warc", record("https://harbour.example/z", block)))
    assert articles(found) == ["https://harbour.example/z"]


def test_a_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    block = http(gzip.compress(b"\0" * 50_000_000), extra="Content-Encoding: gzip\r\n")
    found = read_all(write(tmp_path / "a.warc", record("https://harbour.example/z", block)))
    assert reasons(found) == ["too large"]


def damaged_archive(folder: Path, count: int, *, is_packed: bool, seed: int = 3) -> tuple[Path, int, int]:
    """An archive whose every tenth record is hurt: cut short, bits turned, or its length wrong."""
    random, parts, hurt = Random(seed), [], 0
    for n, url in enumerate(urls(count)):
        whole = record(url, http(page(str(n))))
        data = gzip.compress(whole, compresslevel=1, mtime=0) if is_packed else whole
        if n % 10 == 5:
            hurt += 1
            cut = random.randrange(len(data) // 3, len(data) - 30)
            how = random.choice(("cut", "turned", "hole"))
            if how == "cut":
                data = data[:cut]
            elif how == "turned":
                data = data[:cut] + bytes([data[cut] ^ 0xFF, data[cut + 1] ^ 0x55]) + data[cut + 2 :]
            else:
                data = data[: cut - 20] + data[cut:]
        parts.append(data)
    name = "hurt.warc.gz" if is_packed else "hurt.warc"
    return write(folder / name, b"".join(parts)), count - hurt, hurt


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_damaged_record_costs_itself_alone(tmp_path: Path, is_packed: bool) -> None:
    path, whole, hurt = damaged_archive(tmp_path, 5_000, is_packed=is_packed)
    frames = list(read_frames(path))
    assert sum(not f.damage for f in frames) == whole
    assert sum(bool(f.damage) for f in frames) == hurt
    assert {f.damage for f in frames} == {"", "damaged record", "truncated record"}


@pytest.mark.parametrize("is_packed", [True, False])
def test_the_source_gives_every_record_an_outcome(tmp_path: Path, is_packed: bool) -> None:
    path, whole, hurt = damaged_archive(tmp_path, 60, is_packed=is_packed)
    found = read_all(path)
    assert len(articles(found)) == whole
    assert len(found) == whole + hurt
    failed = [r for r in found if isinstance(r, ItemOutcome)]
    assert all(r.outcome is Outcome.FAILED and "byte " in r.detail for r in failed)


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_file_cut_off_is_read_up_to_there(tmp_path: Path, is_packed: bool) -> None:
    records = [record(u, http(page(u[-1]))) for u in urls(3)]
    data = packed(records) if is_packed else b"".join(records)
    found = read_all(write(tmp_path / "a.warc", data[:-200]))
    assert articles(found) == urls(2)
    assert reasons(found) == ["truncated record"]


@pytest.mark.parametrize("lost", range(1, 12))
def test_a_few_bytes_lost_cost_the_record_they_were_in_alone(tmp_path: Path, lost: int) -> None:
    one, two, three = (record(u, http(page(u[-1]))) for u in urls(3))
    path = write(tmp_path / "a.warc", one + two[: len(two) - 40 - lost] + two[-40:] + three)
    assert articles(read_all(path)) == [urls(3)[0], urls(3)[2]]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_damage_whatever_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    records = [record(u, http(page(u[-1]))) for u in urls(4)]
    whole = data.draw(st.sampled_from([packed(records), b"".join(records)]))
    at = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(max_size=40))
    until = data.draw(st.integers(at, min(len(whole), at + 4000)))
    path = write(tmp_path_factory.mktemp("x") / "a.warc", whole[:at] + junk + whole[until:])
    frames = list(read_frames(path))
    last = [f.headers.get("warc-target-uri") for f in frames if not f.damage]
    assert len(set(last)) == len(last)
    ends = [whole.find(r) for r in records] if whole != packed(records) else []
    untouched = sum(end >= until or end + len(r) <= at for end, r in zip(ends, records, strict=False))
    assert len(last) >= untouched


def test_empty_and_foreign_files_are_told_of(tmp_path: Path) -> None:
    assert read_all(write(tmp_path / "empty.warc", b"")) == []
    assert reasons(read_all(write(tmp_path / "foreign.warc", b"<html>no archive</html>" * 50))) == [
        "damaged record"
    ]
    (tmp_path / "sub").mkdir()
    with pytest.raises(UsageError, match="no WARC file"):
        WarcSource([tmp_path / "sub"])


def test_cc_news_files_of_other_days_are_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "CC-NEWS" / "2026" / "03"
    folder.mkdir(parents=True)
    late = record("https://harbour.example/late", http(page("l")), at="2026-03-03T00:30:00Z")
    write(
        folder / "CC-NEWS-20260302233000-00001.warc.gz", packed([record(urls(1)[0], http(page("0"))), late])
    )
    write(folder / "CC-NEWS-20260220233000-00000.warc.gz", b"\x1f\x8b\x08 rubbish that would be told of")
    asked = days(DAY, DAY)
    assert articles(read_all(tmp_path, asked)) == urls(1)
    assert articles(read_all(tmp_path, days())) == [*urls(1), "https://harbour.example/late"]


def test_a_portion_is_known_by_what_is_there(tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", record(urls(1)[0], http(page("0"))))
    first = WarcSource([path]).portions(days())
    assert first == WarcSource([path]).portions(days())
    write(path, path.read_bytes() + record("https://harbour.example/b", http(page("b"))))
    assert WarcSource([path]).portions(days())[0].digest != first[0].digest


def test_the_raw_store_can_be_read_as_any_archive(tmp_path: Path) -> None:
    at = datetime(2026, 3, 2, 11, tzinfo=UTC)
    archive = Archive(tmp_path, "run", at)
    archive.keep(Response(urls(1)[0], 200, {"content-type": "text/html"}, page("0")), at)
    archive.close()
    assert articles(read_all(tmp_path)) == urls(1)
