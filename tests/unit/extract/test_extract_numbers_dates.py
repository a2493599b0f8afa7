"""Date phrases: the days they mean, how exactly they tell, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.numbers.dates import Dated, find_dates
from newsledger.extract.numbers.holidays import easter

WEDNESDAY = date(2025, 10, 8)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def only(text: str, anchor: date | None = WEDNESDAY) -> Dated:
    found = find_dates(text, anchor)
    assert len(found) == 1, found
    return found[0]


def stretch(dated: Dated) -> tuple[str, str, str]:
    return dated.first.isoformat(), dated.last.isoformat(), str(dated.precision)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Monday", "2025-10-06"),
        ("police said Wednesday", "2025-10-08"),
        ("last Friday", "2025-10-03"),
        ("Sunday of last week", "2025-10-05"),
        ("next Tuesday", "2025-10-14"),
        ("they will meet on Friday", "2025-10-10"),
        ("this coming Friday", "2025-10-10"),
        ("two days ago", "2025-10-06"),
        ("yesterday", "2025-10-07"),
        ("the day after tomorrow", "2025-10-10"),
        ("overnight", "2025-10-08"),
        ("last night", "2025-10-07"),
        ("3 May", "2025-05-03"),
        ("May 3rd", "2025-05-03"),
        ("the third of May", "2025-05-03"),
        ("on 7 December", "2025-12-07"),
        ("on 20 December", "2024-12-20"),
        ("Oct. 7, 2023", "2023-10-07"),
        ("Tuesday, 7 October 2025", "2025-10-07"),
        ("2024-03-01", "2024-03-01"),
        ("21/04/2016", "2016-04-21"),
        ("13.5.2015", "2015-05-13"),
        ("Christmas Eve 2023", "2023-12-24"),
        ("Good Friday 2024", "2024-03-29"),
        ("Thanksgiving 2024", "2024-11-28"),
        ("two weeks before Christmas Day 2023", "2023-12-11"),
        ("the second Monday of next month", "2025-11-10"),
        ("on the 15th", "2025-09-15"),
    ],
)
def test_a_day(text: str, day: str) -> None:
    dated = only(text)
    assert dated.is_day
    assert dated.day == dated.first == dated.last == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("earlier this week", "2025-10-06", "2025-10-08", "week"),
        ("last week", "2025-09-29", "2025-10-05", "week"),
        ("over the weekend", "2025-10-04", "2025-10-05", "week"),
        ("in late March", "2025-03-16", "2025-03-31", "month"),
        ("mid-June", "2025-06-10", "2025-06-20", "month"),
        ("in February", "2025-02-01", "2025-02-28", "month"),
        ("last month", "2025-09-01", "2025-09-30", "month"),
        ("October 2023", "2023-10-01", "2023-10-31", "month"),
        ("the third quarter", "2025-07-01", "2025-09-30", "quarter"),
        ("Q1 2016", "2016-01-01", "2016-03-31", "quarter"),
        ("the second quarter of 2024", "2024-04-01", "2024-06-30", "quarter"),
        ("two quarters ago", "2025-04-01", "2025-06-30", "quarter"),
        ("the previous quarter", "2025-07-01", "2025-09-30", "quarter"),
        ("this summer", "2025-06-01", "2025-08-31", "quarter"),
        ("in 2019", "2019-01-01", "2019-12-31", "year"),
        ("early next year", "2026-01-01", "2026-06-30", "year"),
        ("in the 1990s", "1990-01-01", "1999-12-31", "year"),
        ("so far this year", "2025-01-01", "2025-10-08", "year"),
        ("between May 1 and 5", "2025-05-01", "2025-05-05", "day"),
        ("from 3 to 12 September", "2025-09-03", "2025-09-12", "day"),
        ("the April 3-5 meeting", "2025-04-03", "2025-04-05", "day"),
        ("from November to March 2024", "2023-11-01", "2024-03-31", "month"),
        ("from 2014 to 2018", "2014-01-01", "2018-12-31", "year"),
        ("in the past two weeks", "2025-09-24", "2025-10-08", "week"),
        ("the first week of October 2016", "2016-10-03", "2016-10-09", "week"),
    ],
)
def test_a_stretch(text: str, first: str, last: str, precision: str) -> None:
    dated = only(text)
    assert stretch(dated) == (first, last, precision)
    assert not dated.is_day
    assert dated.first <= dated.day <= dated.last


def test_what_is_told_beside_a_named_day_hangs_on_it() -> None:
    text = "On Monday 75 were in hospital, up from 41 the day before and 12 two days earlier."
    assert [str(d.day) for d in find_dates(text, WEDNESDAY)] == ["2025-10-06", "2025-10-05", "2025-10-03"]


def test_a_stretch_that_holds_the_articles_day_points_at_it() -> None:
    assert only("this month").day == WEDNESDAY
    assert only("two months ago").day == date(2025, 8, 8)


@pytest.mark.parametrize(
    ("text", "is_since"),
    [
        ("since October 2023", True),
        ("after the attack of 7 October 2023", True),
        ("2012 or later, from 2012 onwards", True),
        ("starting on January 7", True),
        ("in October 2023", False),
        ("by 7 October", False),
    ],
)
def test_since(text: str, is_since: bool) -> None:
    assert {dated.is_since for dated in find_dates(text, WEDNESDAY)} == {is_since}


@pytest.mark.parametrize(
    "text",
    [
        "They may march 5 miles", "Mr. May, 54, said", "March to the square", "May 5 people leave?",
        "2000 people", "the Sun newspaper", "she sat on a bench", "won 3-2", "31 February 2024",
        "second half of the match", "in May, 99 Feb", "a third quarter of it",
    ],
)  # fmt: skip
def test_no_day(text: str) -> None:
    assert [dated for dated in find_dates(text, WEDNESDAY) if dated.is_day] == []


def test_without_an_anchor_only_whole_dates_are_placed() -> None:
    assert [str(d.day) for d in find_dates("on Monday, 3 May and 7 June 2024", None)] == ["2024-06-07"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_whole_dates_are_read_back(day: date, anchor: date) -> None:
    name = MONTHS[day.month - 1]
    for text in (
        f"{day.day} {name} {day.year}", f"{name} {day.day}, {day.year}", day.isoformat(),
        f"{name if len(name) < 5 else name[:3] + '.'} {day.day}, {day.year}",
        f"the {day.day}th of {name} {day.year}",
    ):  # fmt: skip
        dated = only(text, anchor)
        assert (dated.first, dated.last, dated.day) == (day, day, day)


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_a_weekday_is_the_nearest_past_one(anchor: date) -> None:
    for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        day = only(f"on {name}", anchor).day
        assert anchor - timedelta(days=7) < day <= anchor
        assert day.strftime("%A") == name


@pytest.mark.parametrize("anchor", [date.min, date.max])
def test_the_ends_of_the_calendar_are_no_error(anchor: date) -> None:
    for text in (
        "next week, last month and two quarters ago", "two years before Monday", "in three centuries",
        "from Sunday to next year", "between Dec 31 and Jan 2", "the past two decades and the weekend",
        "three weeks after today", "Thursday the 21st, the third week of next month, last Easter",
    ):  # fmt: skip
        assert all(dated.first <= dated.last for dated in find_dates(text, anchor))


@given(st.integers(1900, 2199))
def test_easter_is_a_spring_sunday(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


_PIECES = (
    "Monday", "May", "3", "12", "2024", "last", "next", "week", "year", "the", "first", "of", "to", "-",
    "and",
    "between", "two", "days", "ago", "before", "since", "Christmas", "quarter", "31", "29", "February",
    ",", "in",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25), st.none() | st.dates())
def test_any_mix_of_date_words_gives_ordered_stretches(pieces: list[str], anchor: date | None) -> None:
    text, end = " ".join(pieces), 0
    for dated in find_dates(text, anchor):
        assert end <= dated.start < dated.end <= len(text)
        assert dated.first <= dated.last
        assert dated.first <= dated.day <= dated.last
        end = dated.end


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.none() | st.dates())
def test_any_text_is_read_without_failing(text: str, anchor: date | None) -> None:
    assert all(dated.first <= dated.last for dated in find_dates(text, anchor))
