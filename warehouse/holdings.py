# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""What the ledger holds already, for the rooms that decide what an item is before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from schemas.document import HeldDocument, Overlap
from warehouse.rows import fetch_rows

_COLUMNS = (
    "document_id",
    "key",
    "url",
    "outlet",
    "version",
    "text_sha256",
    "published_at",
    "first_seen_at",
    "sketch_size",
    "sketch_sampled",
    "title",
    "agency",
)
_HELD = f"SELECT {', '.join('d.' + c for c in _COLUMNS)} FROM ledger.latest_documents d"
_SHARED = """
SELECT w.nth, s.document_id, count(*) AS shared
FROM wanted_hashes w JOIN ledger.sketches s USING (hash)
GROUP BY w.nth, s.document_id
"""


class WarehouseHoldings:
    """Answers :class:`schemas.document.TextHoldings` from the ledger.

    Args:
        con: an open connection to the warehouse.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._preloaded: dict[tuple[int, ...], list[tuple[str, int]]] = {}

    def by_key(self, key: str) -> HeldDocument | None:
        """Return the latest version of the document held under an identity key (of any version), or None."""
        condition = "d.document_id IN (SELECT document_id FROM ledger.documents WHERE key = ?)"
        return next(iter(self._held(condition, key)), None)

    def by_text(self, text_sha256: str) -> Sequence[HeldDocument]:
        """Return the documents whose latest version has exactly this text, oldest first."""
        return self._held("d.text_sha256 = ?", text_sha256)

    def sharing(self, sketch: Sequence[int]) -> Sequence[Overlap]:
        """Return the documents that share at least one sketch value, most shared first, then oldest."""
        key = tuple(sketch)
        if key not in self._preloaded:
            self.preload([sketch])
        counts = dict(self._preloaded[key])
        held = self._held("list_contains(?, d.document_id)", sorted(counts)) if counts else []
        return sorted((Overlap(h, counts[h.document_id]) for h in held), key=lambda overlap: -overlap.shared)

    def text(self, document_id: str) -> str | None:
        """Return the text of a document's latest version, or None for an unknown document."""
        row = self._con.execute(
            "SELECT text FROM ledger.documents WHERE document_id = ? ORDER BY version DESC LIMIT 1",
            [document_id],
        ).fetchone()
        return str(row[0]) if row else None

    def preload(self, sketches: Iterable[Sequence[int]]) -> None:
        """Ask for many sketches in one query, so that :meth:`sharing` answers them from memory."""
        import pyarrow as pa  # noqa: PLC0415 - 0.3 s

        asked = [tuple(sketch) for sketch in sketches]
        pairs = [(nth, value) for nth, sketch in enumerate(asked) for value in sorted(set(sketch))]
        self._preloaded |= {sketch: [] for sketch in asked}
        columns = {
            "nth": pa.array([nth for nth, _ in pairs], pa.int32()),
            "hash": pa.array([value for _, value in pairs], pa.uint64()),
        }
        self._con.register("wanted_hashes", pa.table(columns))
        for nth, name, shared in self._con.execute(_SHARED).fetchall():
            self._preloaded[asked[nth]].append((str(name), int(shared)))
        self._con.unregister("wanted_hashes")

    def _held(self, condition: str, value: object) -> list[HeldDocument]:
        rows = fetch_rows(
            self._con, f"{_HELD} WHERE {condition} ORDER BY first_seen_at, document_id", [value]
        )
        return [HeldDocument(**row) for row in rows]


def free_run_id(con: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """Return a run id no promoted run has: the one wanted, or the same with a number behind it.

    Two runs have the same id when the same thing is asked twice at the same clock (``--now``).
    """
    rows = con.execute("SELECT run_id FROM ledger.runs WHERE starts_with(run_id, ?)", [wanted]).fetchall()
    taken = {str(row[0]) for row in rows}
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 2)))
    return next(name for name in names if name not in taken)
