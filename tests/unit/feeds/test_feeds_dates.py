from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.feeds.dates import read_date

SIX = date(2025, 10, 6)


@pytest.mark.parametrize(
    ("raw", "hour", "minute"),
    [
        ("Mon, 06 Oct 2025 14:00:00 GMT", 14, 0),
        ("Mon, 06 Oct 2025 14:00:00 +0000", 14, 0),
        ("Mon, 6 Oct 25 14:00 BST", 13, 0),
        ("Mon, 06 Oct 2025 14:00:00 CEST", 12, 0),
        ("Mon, 06 Oct 2025 14:00:00 CET", 13, 0),
        ("Mon, 06 Oct 2025 14:00:00 EET", 12, 0),
        ("Mon, 06 Oct 2025 14:00:00 EEST", 11, 0),
        ("Mon, 06 Oct 2025 14:00:00 IDT", 11, 0),
        ("Mon, 06 Oct 2025 14:00:00 MSK", 11, 0),
        ("Mon, 06 Oct 2025 14:00:00 TRT", 11, 0),
        ("Mon, 06 Oct 2025 14:00:00 IRST", 10, 30),
        ("Mon, 06 Oct 2025 14:00:00 PKT", 9, 0),
        ("Mon, 06 Oct 2025 14:00:00 JST", 5, 0),
        ("Mon, 06 Oct 2025 14:00:00 AEST", 4, 0),
        ("Mon, 06 Oct 2025 07:00:00 -0700 (PDT)", 14, 0),
        ("2025-10-06T14:00:00Z", 14, 0),
        ("2025-10-06 14:00 +0530", 8, 30),
        ("20251006T140000Z", 14, 0),
        ("October 6, 2025 10:30 a.m. ET", 14, 30),
        ("Oct. 6th, 2025 at 10:30 PM UTC", 22, 30),
        ("Mon 6 Oct 2025 14.05 BST", 13, 5),
        ("Mon Oct  6 14:00:00 EDT 2025", 18, 0),
        ("1759759200", 14, 0),
        ("1759759200000", 14, 0),
    ],
)
def test_dates_with_a_zone_are_instants(raw: str, hour: int, minute: int) -> None:
    assert read_date(raw).at == datetime(2025, 10, 6, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "2025-10-06",
        "6 October 2025",
        "Monday, October 6, 2025",
        "Oct. 6, 2025",
        "06-Oct-2025",
        "2025/10/06",
        "20251006",
    ],
)
def test_bare_days_stay_days(raw: str) -> None:
    read = read_date(raw)
    assert (read.at, read.day, read.precision) == (None, SIX, "day")


@pytest.mark.parametrize(
    "raw", ["2025-10-06T14:00:00", "Mon, 06 Oct 2025 14:00:00", "Mon, 06 Oct 2025 14:00:00 IST"]
)
def test_without_a_zone_there_is_no_instant(raw: str) -> None:
    read = read_date(raw)
    assert (read.at, read.day) == (None, SIX)
    assert read.note


@pytest.mark.parametrize(
    ("zone", "name", "hour"),
    [
        ("Asia/Kolkata", "IST", 8),
        ("Asia/Jerusalem", "IST", 11),  # winter time's name written in summer
        ("Europe/Dublin", "IST", 13),
        ("Asia/Shanghai", "CST", 6),
        ("America/Chicago", "CST", 20),
        ("Asia/Riyadh", "AST", 11),
        ("Africa/Cairo", "", 11),
    ],
)
def test_the_feeds_own_zone_decides_what_a_name_means(zone: str, name: str, hour: int) -> None:
    at = read_date(f"Mon, 06 Oct 2025 14:00:00 {name}".strip(), ZoneInfo(zone)).at
    assert at is not None
    assert at.astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    "raw", ["06/10/2025", "2025-13-40", "yesterday", "", "31 February 2025", "2025-10-06 25:00Z"]
)
def test_what_is_ambiguous_or_impossible_is_not_read(raw: str) -> None:
    read = read_date(raw)
    assert (read.at, read.day) == (None, None)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_iso_and_rfc_822_round_trip(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert read_date(at.isoformat()).at == at
    assert read_date(at.strftime("%a, %d %b %Y %H:%M:%S +0000")).at == at


@given(st.text(max_size=60))
def test_any_text_is_answered(raw: str) -> None:
    assert read_date(raw, ZoneInfo("Europe/Paris")).precision in {"second", "minute", "day", "unknown"}


def test_parts_of_a_second_are_kept() -> None:
    assert read_date("2025-10-06T14:00:00.389Z").at == datetime(2025, 10, 6, 14, 0, 0, 389_000, tzinfo=UTC)
    assert read_date("2025-10-06T14:00:00,123456789Z").at == datetime(
        2025, 10, 6, 14, 0, 0, 123_456, tzinfo=UTC
    )


@pytest.mark.parametrize("raw", ["2025-W54-1T14:00:00Z", "2025-367T14:00:00Z", "2025-000", "1" * 4_000])
def test_dates_that_do_not_exist_are_unreadable(raw: str) -> None:
    assert read_date(raw).day is None
