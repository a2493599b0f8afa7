"""Compatibility of numbers: symmetric, and never surprised by a number."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.codebook import place_key
from tests.unit.warehouse.newsroom import span
from warehouse.connect import open_warehouse

QUALIFIERS = ("exact", "about", "at_least", "more_than", "nearly", "less_than", "up_to")
VALUES = st.one_of(
    st.integers(0, 200).map(float),
    st.integers(0, 10**7).map(float),
    st.floats(0, 1, allow_nan=False),
    st.sampled_from([100.0, 1000.0, 67000.0, 1e9, 2.5e9, 1e15]),
)
Statement = tuple[float, str]
STATEMENTS = st.tuples(VALUES, st.sampled_from(QUALIFIERS))


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_warehouse(tmp_path_factory.mktemp("numbers") / "w.duckdb")
    yield opened
    opened.close()


_PAIR = """
SELECT ledger.meets(
  ledger.{0}_low($va, $la, $qa, 0.05, ledger.rounding_unit($va)),
  ledger.{0}_high($va, $ha, $qa, 0.05, ledger.rounding_unit($va)),
  ledger.{0}_low($vb, $lb, $qb, 0.05, ledger.rounding_unit($vb)),
  ledger.{0}_high($vb, $hb, $qb, 0.05, ledger.rounding_unit($vb)))
"""


def meets(con: duckdb.DuckDBPyConnection, kind: str, a: Statement, b: Statement) -> bool:
    (low_a, high_a), (low_b, high_b) = span(*a), span(*b)
    args = {
        "va": a[0],
        "la": low_a,
        "ha": high_a,
        "qa": a[1],
        "vb": b[0],
        "lb": low_b,
        "hb": high_b,
        "qb": b[1],
    }
    row = con.execute(_PAIR.format(kind), args).fetchone()
    assert row is not None
    return bool(row[0])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(a=STATEMENTS, b=STATEMENTS)
def test_compatibility_is_symmetric(con: duckdb.DuckDBPyConnection, a: Statement, b: Statement) -> None:
    for kind in ("claim", "band"):
        assert meets(con, kind, a, b) == meets(con, kind, b, a)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=VALUES, a=st.sampled_from(QUALIFIERS), b=st.sampled_from(QUALIFIERS))
def test_a_number_is_compatible_with_itself_however_it_is_qualified(
    con: duckdb.DuckDBPyConnection, value: float, a: str, b: str
) -> None:
    assert meets(con, "claim", (value, a), (value, b))
    assert meets(con, "band", (value, a), (value, b))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=VALUES)
def test_rounding_unit_is_a_power_of_ten_or_a_tenth(con: duckdb.DuckDBPyConnection, value: float) -> None:
    row = con.execute("SELECT ledger.rounding_unit(?::DOUBLE)", [value]).fetchone()
    assert row is not None
    assert 0 <= row[0] <= max(value / 10, 0)
    if value >= 1 and value == int(value) and row[0] < value / 10:
        assert value % row[0] == 0


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (67000, 1000),
        (67183, 1),
        (170000, 10000),
        (100, 10),
        (48, 1),
        (5, 0.5),
        (0.25, 0.01),
        (0.2, 0.02),
        (0, 0),
        (2.5e9, 1e8),
    ],
)
def test_rounding_unit(con: duckdb.DuckDBPyConnection, value: float, unit: float) -> None:
    row = con.execute("SELECT ledger.rounding_unit(?::DOUBLE)", [value]).fetchone()
    assert row == (pytest.approx(unit),)


@pytest.mark.parametrize(
    ("a", "b", "compatible"),
    [
        ((67000, "more_than"), (67183, "exact"), True),
        ((67000, "exact"), (67183, "at_least"), True),
        ((67000, "exact"), (67600, "exact"), False),
        ((68000, "more_than"), (67183, "exact"), False),
        ((170000, "nearly"), (169780, "exact"), True),
        ((170000, "nearly"), (100000, "exact"), False),
        ((170000, "up_to"), (100000, "exact"), True),
        ((20, "about"), (22, "exact"), True),
        ((20, "about"), (25, "exact"), False),
        ((100, "exact"), (60, "exact"), False),
        ((48, "exact"), (47, "exact"), False),
        ((10, "at_least"), (48, "exact"), True),
    ],
)
def test_statements_of_one_day(
    con: duckdb.DuckDBPyConnection, a: Statement, b: Statement, *, compatible: bool
) -> None:
    assert meets(con, "claim", a, b) is compatible


@pytest.mark.parametrize("place", ["the Gaza Strip", " Port Sel", "An Nuseirat", "L’Aquila", "THE HAGUE", ""])
def test_a_place_is_looked_up_alike_in_sql_and_in_the_codebook(
    con: duckdb.DuckDBPyConnection, place: str
) -> None:
    assert con.execute("SELECT ledger.place_key(?)", [place]).fetchall() == [(place_key(place),)]
