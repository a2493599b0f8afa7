"""The SQL about digits, held against the same thing said in Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.numerals import NUMERALS

WHOLE = st.integers(min_value=1, max_value=10**12)


@pytest.fixture(scope="module")
def sql() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for statement in NUMERALS:
            connection.execute(statement).fetchall()
        yield connection


def ask(sql: duckdb.DuckDBPyConnection, expression: str, values: Sequence[object]) -> Any:
    """Return the value of an expression with ``?`` in the place of values."""
    row = sql.execute(f"SELECT {expression}", list(values)).fetchone()
    assert row is not None
    return row[0]


def swaps(digits: str) -> set[str]:
    """Return what becomes of digits when two that differ change places."""
    found = set()
    for i, j in combinations(range(len(digits)), 2):
        if digits[i] != digits[j]:
            changed = list(digits)
            changed[i], changed[j] = changed[j], changed[i]
            found.add("".join(changed))
    return found


@given(number=WHOLE)
@settings(max_examples=60, deadline=None)
def test_whole_numbers_are_written_and_said_as_people_do(sql: duckdb.DuckDBPyConnection, number: int) -> None:
    assert ask(sql, "digits_of(?)", [float(number)]) == str(number)
    assert ask(sql, "said(?)", [float(number)]) == f"{number:,}"


@pytest.mark.parametrize(
    ("value", "digits", "said", "rounding", "significant"),
    [
        (0.21, "0.21", "0.21", 0.01, 2),
        (-3.5, "3.5", "-3.5", 0.1, 2),
        (0.0, "0", "0", 1.0, 0),
        (67_000.0, "67000", "67,000", 1000.0, 2),
        (67_183.0, "67183", "67,183", 1.0, 5),
        (1e9, "1000000000", "1,000,000,000", 1e9, 1),
    ],
)
def test_numbers_with_noughts_and_points(
    sql: duckdb.DuckDBPyConnection, value: float, digits: str, said: str, rounding: float, significant: int
) -> None:
    assert ask(sql, "digits_of(?)", [value]) == digits
    assert ask(sql, "said(?)", [value]) == said
    assert ask(sql, "rounding(?)", [value]) == pytest.approx(rounding)
    assert ask(sql, "significant(?)", [digits]) == significant


@given(
    first=st.text("0123456789", min_size=1, max_size=6), second=st.text("0123456789", min_size=1, max_size=6)
)
@settings(max_examples=100, deadline=None)
def test_exchanged_is_one_swap_in_either_order(
    sql: duckdb.DuckDBPyConnection, first: str, second: str
) -> None:
    expected = second in swaps(first)
    assert ask(sql, "exchanged(?, ?)", [first, second]) is expected
    assert ask(sql, "exchanged(?, ?)", [second, first]) is expected


@given(number=st.integers(min_value=10, max_value=10**7), data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_swap_is_recognised(sql: duckdb.DuckDBPyConnection, number: int, data: st.DataObject) -> None:
    changed = sorted(swaps(str(number)))
    if changed:
        assert ask(sql, "exchanged(?, ?)", [str(number), data.draw(st.sampled_from(changed))]) is True


@given(
    number=st.integers(min_value=1, max_value=10**7),
    place=st.integers(0, 7),
    digit=st.sampled_from("0123456789"),
)
@settings(max_examples=60, deadline=None)
def test_one_digit_more_is_recognised_wherever_it_stands(
    sql: duckdb.DuckDBPyConnection, number: int, place: int, digit: str
) -> None:
    shorter = str(number)
    longer = shorter[:place] + digit + shorter[place:]
    assert ask(sql, "one_more(?, ?)", [longer, shorter]) is True
    assert ask(sql, "one_more(?, ?)", [shorter, longer]) is False


@given(first=WHOLE, second=WHOLE)
@settings(max_examples=60, deadline=None)
def test_agreement_is_mutual_and_never_wider_than_a_twentieth(
    sql: duckdb.DuckDBPyConnection, first: int, second: int
) -> None:
    agrees = ask(sql, "agrees(?, ?)", [float(first), float(second)])
    assert agrees is ask(sql, "agrees(?, ?)", [float(second), float(first)])
    assert ask(sql, "agrees(?, ?)", [float(first), float(first)]) is True
    if abs(first - second) > 0.05 * max(first, second):
        assert agrees is False


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (67_000, 67_183, True),
        (67_000, 76_183, False),
        (170_000, 169_679, True),
        (20, 27, False),
        (48, 47, False),
    ],
)
def test_a_rounded_number_agrees_with_what_it_rounds(
    sql: duckdb.DuckDBPyConnection, first: float, second: float, expected: bool
) -> None:
    assert ask(sql, "agrees(?, ?)", [float(first), float(second)]) is expected
