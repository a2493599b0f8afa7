"""CSV and Parquet hold the same rows, whatever the cells hold, and the same bytes each time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.publish import tables
from tests.unit.publish.sample_edition import sample_edition, sample_tables

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


# The first call loads a library, which on a busy machine takes longer than any deadline.
@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(CELLS | st.none(), CELLS | st.none()), max_size=8))
def test_any_text_comes_back_from_both_files(rows: list[tuple[str | None, str | None]]) -> None:
    columns = {"id": pa.array(range(len(rows)), pa.int32())}
    columns |= {name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate("ab")}
    table = pa.table(columns)
    assert not tables.check_table("t", table, tables.csv_bytes(table), tables.parquet_bytes(table))


def test_a_file_that_lost_a_row_is_found_out() -> None:
    table = sample_tables()["figures"]
    whole_csv, whole_parquet = tables.csv_bytes(table), tables.parquet_bytes(table)
    short = table.slice(0, 2)
    assert tables.check_table("figures", table, tables.csv_bytes(short), whole_parquet) == [
        "figures.csv does not hold the table"
    ]
    assert tables.check_table("figures", table, whole_csv, tables.parquet_bytes(short)) == [
        "figures.parquet does not hold the table"
    ]


def test_null_and_empty_dates_and_lists_have_one_spelling() -> None:
    text = tables.csv_bytes(sample_tables()["figures"]).decode()
    assert 'f-1,1183.0,,people,true,2031-03-14,2031-03-14T06:00:00+00:00,"killed' in text
    assert 'f-2,48.0,48.0,"",true,,' in text
    assert '"[""tarn-floods"", ""alder-strike""]"' in tables.csv_bytes(sample_tables()["positions"]).decode()


def test_every_change_is_one_row_with_both_sides() -> None:
    rows = {row["change_id"]: row for row in tables.changes_table(sample_edition()).to_pylist()}
    assert len(rows) == 14
    missing = rows["c-disputed-missing"]
    assert (missing["value_before"], missing["value_after"], missing["against"]) == (48, 48, "47")
    assert (missing["outlet_before"], missing["outlets_after"]) == (
        "Valley Courier",
        "Evening Dispatch; Valley Courier",
    )
    assert rows["c-new-bridges-damaged"]["value_before"] is None
    shifted = rows["p-shifted-dockers-union"]
    assert (shifted["stance_before"], shifted["stance_after"]) == ("conditional", "opposes")
    assert shifted["condition_before"] == "if the bonus is doubled"
    assert shifted["evidence_after"] == "“There will be no night shifts, with or without a bonus,”"


def test_the_metadata_of_the_program_that_made_a_table_stays_out(tmp_path: Path) -> None:
    plain = sample_tables()["figures"]
    marked = plain.replace_schema_metadata({"pandas": "made at noon"})
    digests = {hashlib.sha256(tables.parquet_bytes(table)).hexdigest() for table in (plain, marked)}
    assert len(digests) == 1


def test_instants_are_written_in_utc_whatever_the_zone_of_the_machine() -> None:
    table = sample_tables()["figures"]
    place = table.schema.get_field_index("seen_at")
    local = table.set_column(place, "seen_at", table["seen_at"].cast(pa.timestamp("us", "Asia/Tokyo")))
    assert tables.csv_bytes(local) != tables.csv_bytes(table)
    for written in (tables.csv_bytes, tables.parquet_bytes):
        assert written(tables.in_utc(local)) == written(tables.in_utc(table)) == written(table)


def test_a_day_without_changes_still_has_a_table_with_all_columns() -> None:
    empty = tables.CHANGES_SCHEMA.empty_table()
    assert tables.read_parquet(tables.parquet_bytes(empty)).equals(empty)
    assert tables.csv_rows(tables.csv_bytes(empty)) == [tables.CHANGES_SCHEMA.names]
