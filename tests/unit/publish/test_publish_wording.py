"""The words people read for values, stances and changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.publish import wording
from schemas.edition import Side
from tests.unit.publish.sample_edition import FIGURE_CHANGES, POSITION_CHANGES

FIGURES = {change.kind: change for change in FIGURE_CHANGES}
POSITIONS = {change.kind: change for change in POSITION_CHANGES}


@pytest.mark.parametrize(
    ("value", "low", "high", "qualifier", "unit", "words"),
    [
        (48, 48, 48, "exact", "person", "48"),
        (67000, 67000, None, "more_than", "person", "more than 67,000"),
        (67183, 67183, None, "at_least", "person", "at least 67,183"),
        (170000, None, 170000, "nearly", "person", "nearly 170,000"),
        (20, 19, 21, "about", "person", "about 20"),
        (10, 10, 15, "range", "count", "10 to 15"),
        (300, None, 300, "up_to", "count", "up to 300"),
        (300, None, 300, "less_than", "count", "less than 300"),
        (10000, 10000, 99999, "vague", "person", "tens of thousands"),
        (24, 24, 99, "vague", "person", "dozens"),
        (200, 200, 999, "vague", "person", "several hundred"),
        (1000, 1000, None, "vague", "person", "thousands or more"),
        (1e7, 1e7, 99_999_999, "vague", "USD", "tens of millions (USD)"),
        (100, 100, 999, "vague", "week", "hundreds of weeks"),
        (30, 30, 70, "vague", "person", "between 30 and 70"),
        (30, 30, None, "vague", "person", "roughly 30"),
        (0.5, 0.475, 0.525, "about", "share", "about 50%"),
        (0.07, 0.07, 0.07, "exact", "share", "7%"),
        (0.015, 0.01, 0.02, "range", "share", "1% to 2%"),
        (1.2e9, 1.2e9, 1.2e9, "exact", "USD", "$1.2\u00a0billion"),
        (-300.0, -300.0, -300.0, "exact", "EUR", "\u2212€300"),
        (250000, 250000, 250000, "exact", "NOK", "NOK\u00a0250,000"),
        (2345678, 2345678, 2345678, "exact", "person", "2,345,678"),
        (6.5, 6.5, 6.5, "exact", "km", "6.5\u00a0km"),
        (3, 3, 3, "exact", "week", "3\u00a0weeks"),
        (1, 1, 1, "exact", "century", "1\u00a0century"),
        (45, 45, 45, "exact", "age", "45 years old"),
        (None, None, None, None, "person", "no number"),
    ],
)
def test_values_read_as_a_newspaper_prints_them(
    value: float | None, low: float | None, high: float | None, qualifier: str | None, unit: str, words: str
) -> None:
    assert wording.value_words(value, low, high, qualifier, unit) == words


@settings(deadline=None)
@given(st.floats(min_value=-1e15, max_value=1e15, allow_nan=False))
def test_no_digit_of_a_number_is_lost_in_its_words(value: float) -> None:
    words = wording.number_words(value).replace("\u00a0", " ").replace("\u2212", "-").replace(",", "")
    number, _, scale = words.partition(" ")
    factor = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    assert float(number) * factor == pytest.approx(value, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("refined", "refined: “more than 1,000” is now “at least 1,183”"),
        ("disputed", "disputed: 48 or 47"),
        ("fall", "fall: from about 15,000 to about 12,400"),
        ("rise", "rise: from 30% to about 40%"),
        ("new", "new: nearly 170"),
        ("corrected", "corrected: 1,318 is withdrawn, now 1,138"),
        ("dropped", "dropped: 2 is no longer reported"),
        ("settled", "settled: 3,800"),
    ],
)
def test_every_kind_of_figure_change_has_its_sentence(kind: str, words: str) -> None:
    assert wording.figure_change_words(FIGURES[kind]) == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("shifted", "shifted from conditional to opposes"),
        (
            "conditioned",
            "a condition appeared, from supports to conditional: “if the state pays for lost cattle”",
        ),
        ("unconditioned", "the condition fell away, from conditional to supports"),
        ("disputed", "disputed: supports or opposes"),
        ("settled", "settled: opposes"),
        ("new", "new: conditional (“if the dismissed crane drivers return to work first”)"),
    ],
)
def test_every_kind_of_position_change_has_its_sentence(kind: str, words: str) -> None:
    assert wording.position_change_words(POSITIONS[kind]) == words


def test_a_distance_is_given_only_where_it_means_something() -> None:
    assert wording.delta_words(FIGURES["fall"]) == "down about 2,600 (17%)"
    assert wording.delta_words(FIGURES["rise"]) == "up about 10 points"
    assert wording.delta_words(FIGURES["corrected"]) == "down 180 (14%)"
    for kind in ("refined", "disputed", "new", "dropped", "settled"):
        assert wording.delta_words(FIGURES[kind]) == ""


def test_a_small_exact_fall_has_its_share_with_a_decimal() -> None:
    before, after = Side(48, 48, 48, "exact", 1, (), ()), Side(47, 47, 47, "exact", 1, (), ())
    change = replace(FIGURES["fall"], before=before, after=after)
    assert wording.delta_words(change) == "down 1 (2.1%)"
    assert wording.delta_words(replace(change, before=replace(before, value=0.0))) == "up 47"


def test_every_kind_has_a_meaning_for_the_legend() -> None:
    assert {change.kind for change in (*FIGURE_CHANGES, *POSITION_CHANGES)} == set(wording.kind_meanings())


def test_other_outlets_are_named_without_the_one_quoted() -> None:
    side = FIGURES["refined"].after
    assert side is not None
    assert wording.also_words(side) == "Evening Dispatch"
    assert wording.support_words(side) == "1 independent text, 2 outlets"
    assert wording.listing(list("abcdefgh"), limit=3) == "a, b, c and 5 more"


def test_instants_are_told_in_the_storys_zone_and_no_more_precisely_than_known() -> None:
    late = "2031-03-14T23:30:00+00:00"
    assert wording.instant_words(late, "Europe/Oslo") == "15 March 2031, 00:30"
    assert wording.instant_words(late, "Europe/Oslo", "day", 2031) == "14 March"
    assert wording.instant_words("2031-03-14T10:00:00", "UTC") == "14 March 2031, 10:00"
    assert wording.instant_words("2031-03-14T12:00:00+00:00", "Pacific/Auckland", "day") == "14 March 2031"
    assert wording.instant_words("2031-03-14", "Pacific/Auckland") == "14 March 2031"
    assert wording.day_words(date(2025, 10, 8)) == "Wednesday 8 October 2025"


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (12_400, "12 kB"), (1_400_000, "1.4 MB")]
)
def test_sizes_are_short(size: int, words: str) -> None:
    assert wording.size_words(size).replace("\u00a0", " ") == words
