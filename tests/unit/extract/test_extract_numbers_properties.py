"""The number grammar reads back what is written, however it is written: parse(render(n)) == n."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.numbers.grammar import Number, find_numbers
from newsledger.extract.numbers.qualifiers import holds_value, qualify
from tests.unit.extract.test_extract_numbers import spell

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
GLUED = {"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12}
SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "C$": "CAD", "A$": "AUD", "Rs ": "INR", "¥": "JPY"}
CODES = ("USD", "EUR", "GBP", "CHF", "JPY", "NGN", "ZAR", "SEK")
NAMES = {"dollars": "USD", "euros": "EUR", "yen": "JPY", "naira": "NGN", "rupees": "INR", "pounds": "GBP"}
GROUPS = (",", " ", "\u00a0", "\u202f", "'", "’")
LEFT = {
    "more than": "more_than", "over": "more_than", "north of": "more_than", "in excess of": "more_than",
    "at least": "at_least", "no fewer than": "at_least", "upwards of": "at_least", "a minimum of": "at_least",
    "about": "about", "some": "about", "approximately": "about", "an estimated": "about", "roughly": "about",
    "nearly": "nearly", "almost": "nearly", "just short of": "nearly", "close to": "nearly",
    "fewer than": "less_than", "under": "less_than", "up to": "up_to", "as many as": "up_to",
    "no more than": "up_to", "at the most": "up_to", "": "exact",
}  # fmt: skip
RIGHT = {
    " or more": "at_least", "+": "at_least", "-plus": "at_least", " at least": "at_least", " or so": "about",
    ", give or take": "about", " or fewer": "up_to", " at the most": "up_to", "": "exact",
}  # fmt: skip
counts = st.integers(2, 10**9)


def only(text: str) -> Number:
    found = find_numbers(text)
    assert len(found) == 1, (text, found)
    return found[0]


def grouped(n: int, sign: str) -> str:
    return f"{n:,}".replace(",", sign)


def indian(n: int) -> str:
    """Return a number grouped as in India: the last three digits, then twos."""
    head, tail = divmod(n, 1000)
    if not head:
        return str(n)
    digits = str(head)
    pairs = [digits[max(0, end - 2) : end] for end in range(len(digits), 0, -2)]
    return f"{','.join(reversed(pairs))},{tail:03d}"


@given(st.integers(10_000, 10**9), st.sampled_from(GROUPS))
def test_grouped_digits(n: int, sign: str) -> None:
    assert only(f"There were {grouped(n, sign)} people.").value == n


@given(st.integers(100_000, 10**9))
def test_digits_grouped_as_in_india_or_by_dots(n: int) -> None:
    assert only(f"There were {indian(n)} people.").value == n
    if n >= 10**6:
        assert only(f"There were {grouped(n, '.')} people.").value == n


@given(st.integers(2, 999_999_999), st.booleans(), st.booleans())
def test_words(n: int, has_capital: bool, has_hyphen: bool) -> None:
    words = spell(n) if has_hyphen else spell(n).replace("-", " ")
    words = words.capitalize() if has_capital else words
    assert only(f"{words} people were there.").value == n


@given(st.integers(1, 99_999), st.integers(0, 2), st.sampled_from(sorted(SCALES)), st.sampled_from(" -"))
def test_a_number_with_its_scale(digits: int, places: int, scale: str, joint: str) -> None:
    written = f"{digits / 10**places:.{places}f}"
    number = only(f"{written}{joint}{scale} people")
    assert number.value == pytest.approx(digits / 10**places * SCALES[scale], rel=1e-12)


@given(st.integers(1, 9_999), st.sampled_from(sorted(GLUED)), st.sampled_from(sorted(SIGNS)))
def test_money_with_a_sign(tenths: int, scale: str, sign: str) -> None:
    number = only(f"It cost {sign}{tenths / 10:.1f}{scale} in all.")
    assert number.value == pytest.approx(tenths / 10 * GLUED[scale], rel=1e-12)
    assert number.unit == SIGNS[sign]


@given(counts, st.sampled_from(CODES), st.booleans())
def test_money_with_a_code(n: int, code: str, is_before: bool) -> None:
    number = only(f"It cost {code} {n:,}." if is_before else f"It cost {n:,} {code}.")
    assert (number.value, number.unit) == (n, code)


@given(st.integers(2, 999_999), st.sampled_from(sorted(NAMES)), st.booleans())
def test_money_with_a_name(n: int, name: str, is_word: bool) -> None:
    number = only(f"It cost {spell(n) if is_word else format(n, ',')} {name}.")
    assert (number.value, number.unit) == (n, NAMES[name])


@given(
    st.integers(0, 9_999),
    st.integers(0, 2),
    st.sampled_from(["%", " %", " per cent", " percent", "pc", " pct", "-percent"]),
)
def test_percentages(digits: int, places: int, sign: str) -> None:
    number = only(f"a share of {digits / 10**places:.{places}f}{sign} of them")
    assert number.value == pytest.approx(digits / 10**places / 100, rel=1e-12)
    assert number.unit == "share"


@given(st.integers(2, 40), st.sampled_from(["dozen", "dozens"]), st.booleans())
def test_dozens(n: int, word: str, is_word: bool) -> None:
    assert only(f"{spell(n) if is_word else n} {word} people").value == 12 * n


@given(st.integers(1, 19), st.integers(2, 20), st.sampled_from(["in", "out of", "out of every", "in every"]))
def test_ratios_of_small_numbers(above: int, below: int, joint: str) -> None:
    if above < below:
        number = only(f"{spell(above)} {joint} {spell(below)} voters")
        assert number.value == pytest.approx(above / below)
        assert number.unit == "share"


@given(
    counts, counts, st.sampled_from([("between", "and"), ("from", "to"), ("", "to"), ("", "-"), ("", "–")])
)
def test_ranges(one: int, other: int, joint: tuple[str, str]) -> None:
    low, high = sorted((one, other))
    if low == high:
        return
    gap = joint[1] if joint[1] in "-–" else f" {joint[1]} "
    number = only(f"{joint[0]} {low:,}{gap}{high:,} people".strip())
    assert (number.low, number.high, number.kind) == (low, high, "range")


@given(st.integers(1_000, 10**9), st.sampled_from(sorted(LEFT)), st.sampled_from(sorted(RIGHT)))
def test_qualifiers_left_and_right(n: int, left: str, right: str) -> None:
    if left and right:
        return
    text = f"The toll is {left} {n:,}{right}.".replace("  ", " ")
    number = only(text)
    found = qualify(text, number)
    assert str(found.qualifier) == (LEFT[left] if left else RIGHT[right])
    assert holds_value(found.low, found.high, n)
    assert left in text[found.start : found.end]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*LEFT, *RIGHT, *SIGNS, *SCALES, *GLUED, *NAMES, "12", "1,000", "3.5", "half",
        "a third",
                         "dozens of", "scores of", "one", "in", "of", "to", "and", "up", "(", ")", "%"]),
        max_size=30,
    ),
    st.sampled_from(["", " "]),
)  # fmt: skip
def test_the_interval_holds_the_stated_value(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    for number in find_numbers(text):
        found = qualify(text, number)
        assert holds_value(
            found.low, found.high, number.low if number.kind in ("range", "vague") else number.value
        )


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(categories=("L", "N", "P", "S", "Z", "M"))
        | st.sampled_from(string.digits + " ,.-–/$%½٣५"),
        max_size=400,
    )
)
def test_any_unicode_is_read_in_bounded_time(text: str) -> None:
    start = time.monotonic()
    for number in find_numbers(text):
        assert text[number.core_start : number.core_end].strip()
        qualify(text, number)
    assert time.monotonic() - start < 2
