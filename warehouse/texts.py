"""The documents of one revision with their texts and all that was read in them, for the marked texts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

import duckdb

from schemas.evidence import FigureMark, MarkedText, PositionMark
from schemas.figure import Aspect, Figure, Modality, Qualifier
from schemas.position import Position, Refusal, Stance
from warehouse.coverage import Coverage
from warehouse.editions import find_edition
from warehouse.quotes import Labels, load_labels
from warehouse.rows import fetch_rows

Row = dict[str, Any]
Own = tuple[str, int]
"""A document and its version."""
Made = TypeVar("Made")

_RECORDS = (
    "SELECT r.*,"
    " substr(d.text, r.evidence_start + 1, r.evidence_end - r.evidence_start) = r.evidence AS is_verbatim"
    " FROM ledger.edition_documents e"
    " JOIN ledger.{0} r USING (document_id, version, story, codebook_version)"
    " JOIN ledger.documents d USING (document_id, version)"
    " WHERE e.day = ? AND e.revision = ? ORDER BY r.evidence_start, r.evidence_end, r.{1}"
)
_FIGURE_WORDS = {
    "qualifier": frozenset(map(str, Qualifier)),
    "modality": frozenset(map(str, Modality)),
    "aspect": frozenset(map(str, Aspect)),
}
_POSITION_WORDS = {"stance": frozenset(map(str, Stance))}

_REFUSALS = """
SELECT DISTINCT r.document_id, r.version, r.story, r.kind, r.reason, r.evidence, r.evidence_start,
  r.evidence_end
FROM ledger.edition_documents e JOIN ledger.refusals r USING (document_id, version, story)
JOIN ledger.publications p ON p.run_id = r.run_id
WHERE e.day = ? AND e.revision = ? AND p.number <= ?
ORDER BY r.evidence_start, r.evidence_end, r.story, r.kind, r.reason
"""


def load_texts(
    con: duckdb.DuckDBPyConnection, day: date, revision: int | None = None
) -> tuple[MarkedText, ...]:
    """Return the documents of an edition with their texts, in the order of the edition's sources.

    What they say depends on the revision alone, whatever came later.

    Args:
        con: an open connection to the warehouse or a snapshot.
        day: the edition day.
        revision: the revision, or None for the latest.

    Raises:
        UsageError: no such edition.
    """
    return _Loader(con, find_edition(con, day, revision)).texts()


class _Loader:
    """Gathers the rows of one revision and hands each to its document."""

    def __init__(self, con: duckdb.DuckDBPyConnection, head: Row) -> None:
        self.con, self.head = con, head
        self.labels: Labels = load_labels(con, head["publication"])
        self.held = self._holds()

    def texts(self) -> tuple[MarkedText, ...]:
        """Return the marked texts."""
        key = [self.head["day"], self.head["revision"]]
        figures = self._by_document(_RECORDS.format("figures", "figure_id"), key, self._figure)
        positions = self._by_document(_RECORDS.format("positions", "position_id"), key, self._position)
        refusals = self._by_document(_REFUSALS, [*key, self.head["publication"]], _refusal)
        bodies = self._bodies(key)
        made = []
        for row in Coverage(self.con, self.head).documents():
            own = (row.document_id, row.version)
            made.append(
                MarkedText(
                    row, *bodies[own], tuple(figures[own]), tuple(positions[own]), tuple(refusals[own])
                )
            )
        return tuple(made)

    def _bodies(self, key: list[object]) -> dict[Own, tuple[str, str]]:
        query = (
            "SELECT DISTINCT d.document_id, d.version, d.text, d.text_sha256 FROM ledger.edition_documents e"
            " JOIN ledger.documents d USING (document_id, version) WHERE e.day = ? AND e.revision = ?"
        )
        rows = self.con.execute(query, key).fetchall()
        return {(str(row[0]), int(row[1])): (str(row[2]), str(row[3])) for row in rows}

    def _holds(self) -> dict[str, str]:
        query = "SELECT * FROM ledger.edition_holds WHERE day = ? AND revision = ? ORDER BY ALL"
        reasons: dict[str, str] = {}
        for row in fetch_rows(self.con, query, [self.head["day"], self.head["revision"]]):
            reasons.setdefault(str(row["record_id"]), str(row["reason"]))
        return reasons

    def _by_document(
        self, query: str, args: list[object], make: Callable[[Row], Made | None]
    ) -> defaultdict[Own, list[Made]]:
        groups: defaultdict[Own, list[Made]] = defaultdict(list)
        for row in fetch_rows(self.con, query, args):
            made = make(row)
            if made is not None:
                groups[str(row["document_id"]), int(row["version"])].append(made)
        return groups

    def _figure(self, row: Row) -> FigureMark | None:
        """Return a figure's mark, or None for one that cannot be marked: the edition names it as held."""
        if not _is_markable(row, _FIGURE_WORDS) or not _is_finite(row["value"]):
            return None
        kinds = {
            "qualifier": Qualifier(row["qualifier"]),
            "modality": Modality(row["modality"]),
            "aspect": Aspect(row["aspect"]),
        }
        figure = Figure(**_without(row, ("run_id", "is_verbatim")) | kinds)
        label = self.labels.indicator(figure.story, figure.indicator) if figure.indicator else ""
        return FigureMark(figure, label, self._reason(figure.figure_id, figure.document_id))

    def _position(self, row: Row) -> PositionMark | None:
        """Return a position's mark, or None as for figures."""
        if not _is_markable(row, _POSITION_WORDS):
            return None
        position = Position(**_without(row, ("run_id", "is_verbatim")) | {"stance": Stance(row["stance"])})
        name = self.labels.actor(position.story, position.actor)
        proposition = self.labels.proposition(position.story, position.issue)
        return PositionMark(
            position, name, proposition, self._reason(position.position_id, position.document_id)
        )

    def _reason(self, record_id: str, document_id: str) -> str:
        return self.held.get(record_id) or self.held.get(document_id, "")


def _is_finite(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def _is_markable(row: Row, words: dict[str, frozenset[str]]) -> bool:
    """Return whether a record's words stand in its text and its kinds are known: marks show nothing else."""
    known = all(row[name] in allowed for name, allowed in words.items())
    return known and 0 <= row["evidence_start"] < row["evidence_end"] and bool(row["is_verbatim"])


def _refusal(row: Row) -> Refusal:
    return Refusal(**row)


def _without(row: Row, names: Iterable[str]) -> Row:
    return {name: value for name, value in row.items() if name not in names}
