# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""The sides of an edition's lines: a value or a stance, its support, and the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from schemas.edition import Side, StanceSide
from schemas.reading import Quote
from warehouse.quotes import load_quotes
from warehouse.rows import fetch_rows

MAX_QUOTES = 12
"""Quotes shown for one side; its texts and outlets count all of them."""

UNKNOWN_OUTLET = "outlet unknown"

Row = dict[str, Any]
Key = tuple[str, str, str]
"""Story, ``figure`` or ``position``, subject (the indicator, or actor/issue)."""


@dataclass(frozen=True, slots=True)
class DaySides:
    """One revision's readings and stands by key, with the rows that agree and those that stand against."""

    readings: dict[Key, Row]
    supports: dict[Key, list[Row]]
    against: dict[Key, list[Row]]

    def record_ids(self) -> set[str]:
        """Return the figures and positions whose words this revision shows."""
        groups = (*self.supports.values(), *self.against.values())
        return {row["record_id"] for rows in groups for row in rows}


def own_rows(con: duckdb.DuckDBPyConnection, table: str, day: date, revision: int) -> list[Row]:
    """Return the rows one revision keeps in a table of the ledger, in a fixed order."""
    query = f"SELECT * FROM ledger.{table} WHERE day = ? AND revision = ? ORDER BY ALL"
    return fetch_rows(con, query, [day, revision])


def load_sides(con: duckdb.DuckDBPyConnection, day: date, revision: int) -> DaySides:
    """Return what one revision read, and which words speak for and against it."""
    readings = {(r["story"], "figure", r["indicator"]): r for r in own_rows(con, "readings", day, revision)}
    for stand in own_rows(con, "stands", day, revision):
        readings[(stand["story"], "position", f"{stand['actor']}/{stand['issue']}")] = stand
    supports = sorted(own_rows(con, "supports", day, revision), key=lambda r: int(r["rank"]))
    return DaySides(readings, _by_key(supports), _by_key(own_rows(con, "disagreements", day, revision)))


def _by_key(rows: Iterable[Row]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault((row["story"], row["subject_kind"], row["subject"]), []).append(row)
    return groups


class SideReader:
    """Builds the sides of one revision, and of the earlier days it compares with, as it knew them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, day: date, revision: int, publication: int) -> None:
        self._con = con
        self._publication = publication
        self._days: dict[date, DaySides] = {}
        self._intervals: dict[str, tuple[float | None, float | None]] = {}
        self.quotes: dict[str, Quote] = {}
        self.now = load_sides(con, day, revision)

    def before(self, day: date) -> DaySides:
        """Return the sides of an earlier day in the revision that stood when this one was made."""
        if day not in self._days:
            found = self._con.execute(
                "SELECT max(revision) FROM ledger.editions WHERE day = ? AND publication <= ?",
                [day, self._publication],
            ).fetchone()
            self._days[day] = load_sides(self._con, day, int(found[0]) if found and found[0] else 0)
        return self._days[day]

    def read_words(self, days: Iterable[date], others: Iterable[str]) -> None:
        """Load the words of this revision, of the earlier days named, and of other records, at once."""
        ids = self.now.record_ids().union(others, *(self.before(day).record_ids() for day in sorted(days)))
        self.quotes = load_quotes(self._con, ids, self._publication)
        rows = self._con.execute(
            "SELECT figure_id, any_value(value_low), any_value(value_high) FROM ledger.figures"
            " WHERE list_contains(?, figure_id) GROUP BY figure_id",
            [sorted(ids)],
        ).fetchall()
        self._intervals = {str(row[0]): (row[1], row[2]) for row in rows}

    def side(self, sides: DaySides, key: Key) -> Side | None:
        """Return a reading with the words that agree with it, or None where there is none."""
        reading = sides.readings.get(key)
        if reading is None:
            return None
        number = (reading["value"], reading["value_low"], reading["value_high"], reading["qualifier"])
        return Side(*number, reading["texts"], *self._words(sides.supports.get(key, [])))

    def stance_side(self, sides: DaySides, key: Key) -> StanceSide | None:
        """Return a stand with the words that agree with it, or None where there is none."""
        stand = sides.readings.get(key)
        if stand is None:
            return None
        words = self._words(sides.supports.get(key, []))
        return StanceSide(stand["stance"], stand["condition"], stand["texts"], *words)

    def figure_side(self, value: float, rows: list[Row]) -> Side:
        """Return the side of figures that state one value; ``rows`` name them by ``record_id``."""
        outlets, quotes = self._words(rows)
        low, high = self._intervals.get(rows[0]["record_id"], (None, None))
        qualifier = quotes[0].qualifier if quotes else None
        return Side(value, low, high, qualifier, _voices(rows), outlets, quotes)

    def against(self, key: Key) -> tuple[Side, ...]:
        """Return what stands against a reading of the day, strongest first."""
        groups = _grouped(self.now.against.get(key, []), "value")
        return tuple(self.figure_side(value, rows) for value, rows in groups)

    def stances_against(self, key: Key) -> tuple[StanceSide, ...]:
        """Return what stands against a stand of the day, strongest first."""
        groups = _grouped(self.now.against.get(key, []), "stance")
        return tuple(StanceSide(stance, None, _voices(rows), *self._words(rows)) for stance, rows in groups)

    def _words(self, rows: Iterable[Row]) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
        quotes = [self.quotes[row["record_id"]] for row in rows if row["record_id"] in self.quotes]
        outlets = sorted({quote.outlet or UNKNOWN_OUTLET for quote in quotes})
        return tuple(outlets), tuple(quotes[:MAX_QUOTES])


def _voices(rows: Iterable[Row]) -> int:
    return len({row.get("voice_id") or row["record_id"] for row in rows})


def _grouped(rows: list[Row], column: str) -> list[tuple[Any, list[Row]]]:
    """Return rows by their value of a column, those with most texts, then outlets, first."""
    groups: dict[Any, list[Row]] = {}
    for row in sorted(rows, key=lambda r: (r["document_id"] != r["voice_id"], str(r["record_id"]))):
        groups.setdefault(row[column], []).append(row)
    strength: Callable[[tuple[Any, list[Row]]], Any] = lambda item: (  # noqa: E731 - a sort key
        -_voices(item[1]),
        -len({row["outlet"] for row in item[1]}),
        item[0],
    )
    return sorted(groups.items(), key=strength)
