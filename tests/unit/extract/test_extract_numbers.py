"""The number grammar: what is a quantity, what it is worth, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.language.text import LONGEST_PIECE
from newsledger.extract.numbers.grammar import Number, find_numbers
from newsledger.extract.numbers.ordinals import find_ordinals
from newsledger.extract.numbers.qualifiers import holds_value, qualify

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(n: int) -> str:
    """Return a number below a billion in English words."""
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            joint = " and " if rest and rest < 100 else " "
            return f"{spell(n // size)} {name}{joint + spell(rest) if rest else ''}"
    raise AssertionError(n)


def only(text: str) -> Number:
    found = find_numbers(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1,234 people", 1234, ""),
        ("1 234 567 people", 1_234_567, ""),
        ("2mil people", 2e6, ""),
        ("a quarter million people", 250_000, ""),
        ("two and three quarters of a mile", 2.75, ""),
        ("With 275 men aboard", 275, ""),
        ("the Andorrans’ Pirello 640bhp engine", 640, "horsepower"),
        ("a widow of eighty", 80, "age"),
        ("a boy of 9, who", 9, "age"),
        ("1 234 people", 1234, ""),
        ("12,34,567 voters", 1234567, ""),
        ("1.9m people", 1.9e6, ""),
        ("1.2 million people", 1.2e6, ""),
        ("two dozen people", 24, ""),
        ("half a million people", 500_000, ""),
        ("three-quarters of a million", 750_000, ""),
        ("one and a half million people", 1.5e6, ""),
        ("12 lakh people", 1.2e6, ""),
        ("three lakh crore rupees", 3e12, "INR"),
        ("2,000-odd people", 2000, ""),
        ("53%", 0.53, "share"),
        ("53 per cent", 0.53, "share"),
        ("a third of them", 1 / 3, "share"),
        ("one in five voters", 0.2, "share"),
        ("nine out of ten trains", 0.9, "share"),
        ("5 percentage points", 5, "percentage point"),
        ("$4.5m", 4.5e6, "USD"),
        ("4.5 million dollars", 4.5e6, "USD"),
        ("€3bn", 3e9, "EUR"),
        ("300 Canadian dollars", 300, "CAD"),
        ("a 6.8-magnitude quake", 6.8, "magnitude"),
        ("50 square kilometres", 50, "square kilometre"),
        ("a 30-day truce", 30, "day"),
        ("a 34-year-old man", 34, "age"),
        ("Maria Silva, 34, said", 34, "age"),
        ("2000 people died", 2000, ""),
        ("growth of -0.3% in May", -0.003, "share"),
        ("a change of -12", -12, ""),
        ("1.234.567 people", 1_234_567, ""),
        ("1'234 people", 1234, ""),
        ("10,5 million people", 10.5e6, ""),
        ("2k homes", 2000, ""),
        ("$5 M", 5e6, "USD"),
        ("½ of them", 0.5, "share"),
        ("2 1/2 years", 2.5, "year"),
        ("one-and-a-half years", 1.5, "year"),
        ("a million and a half", 1.5e6, ""),
        ("one billion and a half million", 1_000_500_000, ""),
        ("five billion and three quarters", 5.75e9, ""),
        ("forty two and a third", 42 + 1 / 3, ""),
        ("two hundred point seventy-one", 200.71, ""),
        ("nine point nought four", 9.04, ""),
        ("4 thousand 3 hundred and 21", 4321, ""),
        ("three dozens", 36, ""),
        ("123456789101231", 123456789101231, ""),
        ("one in 68 children", 1 / 68, "share"),
        ("fifty-fifty", 0.5, "share"),
        ("a 50/50 chance", 0.5, "share"),
        ("split 50-50", 0.5, "share"),
        ("a ratio of 3:1", 3, "ratio"),
        ("odds of 5-1", 5, "ratio"),
        ("25 basis points", 0.25, "percentage point"),
        ("C$20m", 2e7, "CAD"),
        ("Mex$ 10 million", 1e7, "MXN"),
        ("Rs.2,000", 2000, "INR"),
        ("Rs 500 crore", 5e9, "INR"),
        ("5 million naira", 5e6, "NGN"),
        ("7.5 million Danish crowns", 7.5e6, "DKK"),
        ("100,000 ₭", 100_000, "LAK"),
        ("120 MEUR", 1.2e8, "EUR"),
        ("75 USD million", 7.5e7, "USD"),
        ("10 Turkish lira", 10, "TRY"),
        ("115USD", 115, "USD"),
        ("thirteen dollars and forty-five cents", 13.45, "USD"),
        ("15 dollars 50.", 15.5, "USD"),
        ("50p", 0.5, "GBP"),
        ("an earthquake of magnitude 6.2", 6.2, "magnitude"),
        ("a high of 40C", 40, "degree"),
        ("-5C", -5, "degree"),
        ("the 5,000m final", 5000, "metre"),
        ("£100m", 1e8, "GBP"),
        ("30 per 100,000 people", 30, ""),
        ("a 2000 euros bill", 2000, "EUR"),
        ("a 1990-billion hole", 1.99e12, ""),
        ("CHF 2", 2, "CHF"),
    ],
)
def test_value_and_unit(text: str, value: float, unit: str) -> None:
    number = only(text)
    assert number.value == pytest.approx(value)
    assert number.unit == unit


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("10 to 15 people", 10, 15, "range"),
        ("between 1.5 and 2 million people", 1.5e6, 2e6, "range"),
        ("40,000-50,000 people", 40_000, 50_000, "range"),
        ("two or three people", 2, 3, "range"),
        ("$5-10 million", 5e6, 1e7, "range"),
        ("5 to 10 percent", 0.05, 0.1, "range"),
        ("dozens of people", 24, 99, "vague"),
        ("tens of thousands of people", 10_000, 99_999, "vague"),
        ("hundreds of thousands", 100_000, 999_999, "vague"),
        ("several hundred people", 200, 999, "vague"),
        ("a couple of hundred people", 200, 299, "vague"),
        ("scores of people", 40, 99, "vague"),
        ("highs in the mid-60s", 64, 66, "vague"),
        ("his approval is in the low 40s", 40, 43, "vague"),
        ("in the upper thirties percent", 0.37, 0.39, "vague"),
        ("two or three hundred people", 200, 300, "range"),
        ("ages 5 through 11", 5, 11, "range"),
        ("18- to 24-year-olds", 18, 24, "range"),
        ("in that 0-to-60-mph time", 0, 60, "range"),
        ("more than 100 but fewer than 150 people", 100, 150, "range"),
        ("at most 100 and at least 20 apples", 20, 100, "range"),
        ("from negative ten to fifteen", -10, 15, "range"),
    ],
)
def test_interval(text: str, low: float, high: float, kind: str) -> None:
    number = only(text)
    assert number.kind == kind
    assert (number.low, number.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    [
        "on October 7, 2023", "7 October", "on 2024-03-01", "in the 1990s", "the 2019 elections",
        "at 5:30 p.m.", "at 17:30 GMT", "the 20-point plan", "Phase 2 begins", "the G7 summit",
        "COVID-19", "an F-16 jet", "flight MH370", "Resolution 2735", "he is No. 5", "10 Downing Street",
        "they won 3-1", "the first of the 1st Battalion", "one of the leaders", "call 202-555-0143",
        "the S&P 500 index", "a third day of talks", "the second quarter",
        "both sides, the two sides said", "two years ago", "24/7", "the two-state solution", "Unit 731",
        "House Bill 1523", "Article 50", "No. 10 said", "Route 66", "a Boeing 737 MAX", "Section 230",
        "Sections 3 and 4", "Section 12(3)", "Page 3", "pp. 12-14", "version 2.1.3", "ranked No. 1",
        "No 1 song",
        "+44 20 7946 0958", "0800 123 456", "1-800-555-0199", "+1-222-2222-2222", "see https://a.org/2024/12",
        "as told.[12] They", "the FTSE 100", "the S&P 500 fell", "Fortune 500 firms", "ISO 3888-2",
        "Game 2 was tied", "he told BBC One", "in the round of 16", "a last-32 tie",
        "it ended 2-2 on aggregate",
        "an idea.23", "vol.14", "the one in the middle", "about 1200 to 400 BCE", "a 2018 day trip",
        "a woman in her mid-60s", "music of the mid-60s", "a 1-1 tie", "in A.D. 1000", "under-21s",
        "the twenty-first day", "the one hundred twenty-fifth", "21st",
        "a .22 rifle", "net zero", "on day 12 of the trial", "World War 2", "He scores goals", "20/20 vision",
        "Directive 2008/115", "this one is better", "This one", "Flat 12", "he won 3-1 in 1998",
    ],
)  # fmt: skip
def test_no_quantity(text: str) -> None:
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The toll rose from 90 to 75",
        "cases rose to 75 from 90",
        "Dead: 75 (Tuesday: 90)",
        "It is 75, down from 90.",
        "sales plunged from 90 at 10.45pm last night to 75 at 5am",
    ],
)
def test_old_value_is_told_from_the_new(text: str) -> None:
    kinds = {number.value: number.kind for number in find_numbers(text)}
    assert kinds[90] == "old"
    assert kinds[75] != "old"


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("more than 67,000 people", "more_than", 67000, None),
        ("some 1,200 people", "about", 1200, 1200),
        ("nearly 170,000 wounded", "nearly", None, 170000),
        ("stood at no fewer than 50", "at_least", 50, None),
        ("has passed 300", "more_than", 300, None),
        ("20 or more people", "at_least", 20, None),
        ("2,000+ homes", "at_least", 2000, None),
        ("as many as 80 people", "up_to", None, 80),
        ("fewer than 12 people", "less_than", None, 12),
        ("500 people, give or take", "about", 500, 500),
        ("a row over two islands", "exact", 2, 2),
        ("tens of thousands", "vague", 10000, 99999),
        ("in some 20 towns", "about", 20, 20),
        ("has passed the grim milestone of 50,000", "more_than", 50_000, None),
        ("at the most 30", "up_to", None, 30),
        ("30 at the most", "up_to", None, 30),
        ("north of 2,000", "more_than", 2000, None),
        ("just shy of 400", "nearly", None, 400),
        ("just short of 5,000", "nearly", None, 5000),
        ("fell short of the 50 it needed", "exact", 50, 50),
        ("in excess of 10,000", "more_than", 10_000, None),
        ("a minimum of three", "at_least", 3, None),
        ("upwards of 40", "at_least", 40, None),
        ("as few as 12", "at_least", 12, None),
        ("no more than 6", "up_to", None, 6),
        ("less than or equal to 30", "up_to", None, 30),
        ("close to 300", "nearly", None, 300),
        ("an estimated 300", "about", 300, 300),
        ("approximately 300", "about", 300, 300),
        ("a 100-plus crowd", "at_least", 100, None),
        ("~300", "about", 300, 300),
        ("300 if not more", "at_least", 300, None),
        ("fractionally over 12", "more_than", 12, None),
        ("a shade under 12", "less_than", None, 12),
        ("300 or thereabouts", "about", 300, 300),
        ("the best part of 300", "nearly", None, 300),
        ("not exceeding 12", "up_to", None, 12),
    ],
)
def test_qualifier_and_interval(text: str, qualifier: str, low: float | None, high: float | None) -> None:
    found = qualify(text, only(text))
    assert (str(found.qualifier), found.low, found.high) == (qualifier, low, high)


@given(st.integers(0, 999_999_999))
def test_spelled_number_is_read_back(n: int) -> None:
    if n == 1:
        return  # "one" alone is a number only with something counted, which the caller decides
    assert only(f"{spell(n)} people").value == n


@given(st.integers(0, 10**12))
def test_grouped_digits_are_read_back(n: int) -> None:
    assert only(f"about {n:,} people").value == n


@given(st.integers(1, 9_999), st.sampled_from([("million", 1e6), ("billion", 1e9), ("thousand", 1e3)]))
def test_decimals_with_a_scale_are_read_back(tenths: int, scale: tuple[str, float]) -> None:
    assert only(f"{tenths / 10} {scale[0]} people").value == pytest.approx(tenths / 10 * scale[1])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_spans_inside_it_and_intervals_with_the_value(text: str) -> None:
    last = -1
    for number in find_numbers(text):
        assert 0 <= number.start <= number.core_start < number.core_end <= len(text)
        assert number.core_end <= number.end <= len(text)
        assert number.core_start >= last
        last = number.core_end
        found = qualify(text, number)
        assert holds_value(
            found.low, found.high, number.low if number.kind in ("range", "vague") else number.value
        )


_PIECES = [
    "1",
    "23",
    "1,000",
    " ",
    "-",
    "million",
    "two",
    "and",
    "a",
    "half",
    "of",
    "to",
    "%",
    "$",
    ".",
    "(",
    "one",
    "hundred",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_mix_of_number_words_is_read_without_failing(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for number in find_numbers(text):
        assert text[number.core_start : number.core_end].strip()


@pytest.mark.parametrize(
    "text", ["1", "1,000,", "one hundred and ", "1-", "$", "1.", "(1", "a half of ", "No. ", "1 1 "]
)
def test_absurd_input_takes_bounded_time(text: str) -> None:
    start = time.monotonic()
    find_numbers((text * LONGEST_PIECE)[:LONGEST_PIECE])
    assert time.monotonic() - start < 10


def test_the_number_of_a_whole_is_not_qualified_with_its_part() -> None:
    text = "about 20 of the 48 hostages"
    found = [str(qualify(text, number).qualifier) for number in find_numbers(text)]
    assert found == ["about", "exact"]


def test_a_conversion_in_brackets_has_the_qualifier_of_what_it_converts() -> None:
    text = "It flew more than 100 kilometres (60 miles) and landed (12 were aboard)."
    found = [(n.value, str(qualify(text, n).qualifier)) for n in find_numbers(text)]
    assert found == [(100, "more_than"), (60, "more_than"), (12, "exact")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the vote was 50-50 in the Senate", [50, 50]),
        ("the bill passed 61-39", [61, 39]),
        ("by 217 votes to 203", [217, 203]),
        ("20 out of 48 hostages", [20, 48]),
        ("either 10 bln or 10 tln", [1e10, 1e13]),
        ("a row of 10 $ and $30", [10, 30]),
        ("$1 = 3.67 dirhams", [1, 3.67]),
    ],
)
def test_two_numbers_stay_two(text: str, values: list[float]) -> None:
    assert [number.value for number in find_numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("the twenty-first and the 2nd", [21, 2]),
        ("one hundred twenty-fifth", [125]),
        ("the 1,000th visitor", [1000]),
        ("three trillionth", [3 * 10**12]),
        ("a third day of talks, the first in years", [3, 1]),
        ("a third of them, two fifths of us", []),
    ],
)
def test_ordinals(text: str, ranks: list[int]) -> None:
    assert [ordinal.rank for ordinal in find_ordinals(text)] == ranks
