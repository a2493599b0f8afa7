# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""What the ledger holds already, for the rooms that decide what an item is before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import duckdb
import numpy as np

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
MEMORY = "450MB"
"""How much DuckDB may hold while the index is asked; the table of sketches need not fit."""
FEW_DOCUMENTS = 200
"""A sketch value that more documents hold is a common phrase, or a text that very many printed."""
ENOUGH_VALUES = 12
"""A text has at least so many of its values looked up, the rarest first, however common they are."""
NEAREST = 60
"""Documents returned for a text at most, those that share most first."""
MIN_SHARED, SHARE = 3, 0.15
"""A document shares so many values with the text, or that share of the text's where it has few."""

# How many documents hold each value, then which of a text's values count: those that few documents hold, and
# the rarest others where these are too few. The sketches are read twice, since what is common is most of what
# is found.
_COUNTED = """
CREATE OR REPLACE TEMP TABLE counted_hashes AS
SELECT hash, count(*) AS held FROM ledger.sketches
WHERE hash IN (SELECT hash FROM wanted_hashes) GROUP BY hash
"""
_KEPT = f"""
CREATE OR REPLACE TEMP TABLE kept_hashes AS
SELECT nth, size, hash FROM (
  SELECT w.nth, w.size, w.hash, c.held,
    row_number() OVER (PARTITION BY w.nth ORDER BY coalesce(c.held, 0), w.hash) AS rank
  FROM wanted_hashes w LEFT JOIN counted_hashes c USING (hash)
)
WHERE held <= {FEW_DOCUMENTS} OR (held IS NOT NULL AND rank <= {ENOUGH_VALUES})
"""
_HITS = """
CREATE OR REPLACE TEMP TABLE hits AS
SELECT hash, document_id FROM ledger.sketches WHERE hash IN (SELECT hash FROM kept_hashes)
"""
_SHARED = f"""
SELECT nth, document_id, count(*) AS shared
FROM kept_hashes JOIN hits USING (hash)
GROUP BY nth, document_id
HAVING count(*) >= least({MIN_SHARED}, greatest(1, ceil({SHARE} * any_value(size))))
QUALIFY row_number() OVER (PARTITION BY nth ORDER BY count(*) DESC, document_id) <= {NEAREST}
"""


class WarehouseHoldings:
    """Answers :class:`schemas.document.TextHoldings` from the ledger.

    What was asked once is remembered: the ledger does not change while a batch is read. A batch of a thousand
    documents is asked for at once with :meth:`preload`, which reads each table once, however many are asked.

    Args:
        con: an open connection to the warehouse.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._held: dict[str, HeldDocument] = {}
        self._keys: dict[str, str | None] = {}
        self._digests: dict[str, list[str]] = {}
        self._shared: dict[tuple[int, ...], list[tuple[str, int]]] = {}
        self._texts: dict[str, str | None] = {}
        self._standing: dict[str, frozenset[int]] = {}

    def by_key(self, key: str) -> HeldDocument | None:
        """Return the latest version of the document held under an identity key (of any version), or None."""
        if key not in self._keys:
            self._ask_keys([key])
        name = self._keys[key]
        return None if name is None else self._held[name]

    def by_text(self, text_sha256: str) -> Sequence[HeldDocument]:
        """Return the documents whose latest version has exactly this text, oldest first."""
        if text_sha256 not in self._digests:
            self._ask_digests([text_sha256])
        found = (self._held[name] for name in self._digests[text_sha256])
        same = (held for held in found if held.text_sha256 == text_sha256)
        return sorted(same, key=lambda held: (held.first_seen_at, held.document_id))

    def sharing(self, sketch: Sequence[int]) -> Sequence[Overlap]:
        """Return the documents that share several sketch values, most shared first, then oldest.

        Values that very many documents hold are counted only where a text has hardly any others, and of the
        documents only the nearest are returned.

        Args:
            sketch: values without repetition.
        """
        key = tuple(sketch)
        if key not in self._shared:
            self._ask_sketches([key])
        found = [Overlap(self._held[name], shared) for name, shared in self._shared[key]]
        return sorted(found, key=lambda o: (-o.shared, o.held.first_seen_at, o.held.document_id))

    def text(self, document_id: str) -> str | None:
        """Return the text of a document's latest version, or None for an unknown document."""
        if document_id not in self._texts:
            self._ask_texts([document_id])
        return self._texts[document_id]

    def standing(self, outlet: str) -> frozenset[int]:
        """Return the sketch values that recur over an outlet's texts of several days."""
        if outlet not in self._standing:
            rows = self._con.execute("SELECT hash FROM ledger.standing WHERE outlet = ?", [outlet]).fetchall()
            self._standing[outlet] = frozenset(int(row[0]) for row in rows)
        return self._standing[outlet]

    def preload(
        self,
        sketches: Iterable[Sequence[int]],
        *,
        keys: Iterable[str] = (),
        digests: Iterable[str] = (),
    ) -> None:
        """Ask for many documents in a few queries, so that the other methods answer from memory.

        Args:
            sketches: the sketches of their texts.
            keys: their identity keys.
            digests: the digests of their texts.

        What was asked before is forgotten, so that memory is bounded by one batch.
        """
        for known in (self._held, self._keys, self._digests, self._shared, self._texts):
            known.clear()
        self._ask_keys(list(dict.fromkeys(keys)))
        self._ask_digests(list(dict.fromkeys(digests)))
        self._ask_sketches(list(dict.fromkeys(tuple(sketch) for sketch in sketches)))
        self._ask_texts({name for found in self._shared.values() for name, _ in found} - self._texts.keys())

    def _ask_keys(self, keys: Sequence[str]) -> None:
        found = self._wanted("key", keys)
        self._keys |= dict.fromkeys(keys) | {key: name for name, key in found}
        self._describe(name for name, _ in found)

    def _ask_digests(self, digests: Sequence[str]) -> None:
        found = self._wanted("text_sha256", digests)
        self._digests |= {digest: [] for digest in digests}
        for name, digest in dict.fromkeys(found):
            self._digests[digest].append(name)
        self._describe(name for name, _ in found)

    def _wanted(self, column: str, values: Sequence[str]) -> list[tuple[str, str]]:
        """Return id and value of the documents that have one of the values in a column, in any version."""
        if not values:
            return []
        with _Registered(self._con, "wanted_values", {"wanted": values}):
            rows = self._con.execute(
                f"SELECT document_id, {column} FROM ledger.documents"
                f" WHERE {column} IN (SELECT wanted FROM wanted_values) ORDER BY version, document_id"
            ).fetchall()
        return [(str(name), str(value)) for name, value in rows]

    def _ask_sketches(self, asked: Sequence[tuple[int, ...]]) -> None:
        self._shared |= {sketch: [] for sketch in asked}
        sizes = [len(sketch) for sketch in asked]
        if not any(sizes):
            return
        nths = np.arange(len(asked), dtype=np.int32)
        columns: dict[str, Any] = {
            "nth": np.repeat(nths, sizes),
            "size": np.repeat(np.array(sizes, np.int32), sizes),
            "hash": np.fromiter(chain.from_iterable(asked), np.uint64, sum(sizes)),
        }
        with _Registered(self._con, "wanted_hashes", columns), _Frugal(self._con):
            for statement in (_COUNTED, _KEPT, _HITS):
                self._con.execute(statement)
            rows = self._con.execute(_SHARED).fetchall()
        for nth, name, shared in rows:
            self._shared[asked[nth]].append((str(name), int(shared)))
        self._describe(str(name) for _, name, _ in rows)

    def _describe(self, names: Iterable[str]) -> None:
        """Learn what identity needs to know of documents."""
        wanted = sorted(set(names) - self._held.keys())
        if not wanted:
            return
        with _Registered(self._con, "wanted_documents", {"document_id": wanted}):
            rows = fetch_rows(
                self._con,
                f"SELECT {', '.join(_COLUMNS)} FROM ledger.documents"
                " WHERE document_id IN (SELECT document_id FROM wanted_documents)"
                " QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY version DESC) = 1",
            )
        self._held |= {row["document_id"]: HeldDocument(**row) for row in rows}

    def _ask_texts(self, names: Iterable[str]) -> None:
        wanted = sorted(names)
        self._texts |= dict.fromkeys(wanted)
        if not wanted:
            return
        with _Registered(self._con, "wanted_documents", {"document_id": wanted}):
            rows = self._con.execute(
                "SELECT document_id, text FROM ledger.documents"
                " WHERE document_id IN (SELECT document_id FROM wanted_documents) ORDER BY version"
            ).fetchall()
        self._texts |= {str(name): str(text) for name, text in rows}


class _Registered:
    """A table of values for the length of a ``with`` block."""

    def __init__(self, con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, Any]) -> None:
        self._con, self._name, self._columns = con, name, columns

    def __enter__(self) -> None:
        import pyarrow as pa  # noqa: PLC0415 - 0.3 s

        types = {"hash": pa.uint64()}
        table = pa.table({name: pa.array(v, types.get(name)) for name, v in self._columns.items()})
        self._con.register(self._name, table)

    def __exit__(self, *_: object) -> None:
        self._con.unregister(self._name)


class _Frugal:
    """A bound on DuckDB's memory for the length of a ``with`` block, so that a scan does not fill it."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con, self._before = con, ""

    def __enter__(self) -> None:
        row = self._con.execute("SELECT current_setting('memory_limit')").fetchone()
        self._before = str(row[0]) if row else ""
        self._con.execute(f"SET memory_limit = '{MEMORY}'")

    def __exit__(self, *_: object) -> None:
        for table in ("counted_hashes", "kept_hashes", "hits"):
            self._con.execute(f"DROP TABLE IF EXISTS {table}")
        self._con.execute(f"SET memory_limit = '{self._before}'")


def documents_without_sketch(con: duckdb.DuckDBPyConnection, most: int) -> list[tuple[str, int, str]]:
    """Return (document id, version, text) of documents whose latest version has words and no sketch.

    There are some after an upgrade that changed how sketches are made.
    """
    rows = con.execute(
        "SELECT document_id, version, text FROM ledger.documents"
        " JOIN ledger.latest_versions USING (document_id, version)"
        " ANTI JOIN (SELECT DISTINCT document_id FROM ledger.sketches) USING (document_id)"
        " WHERE word_count > 0 AND sketch_size > 0 ORDER BY document_id LIMIT ?",
        [most],
    ).fetchall()
    return [(str(name), int(version), str(text)) for name, version, text in rows]


def put_sketches(con: duckdb.DuckDBPyConnection, made: Sequence[tuple[str, int, Sequence[int], int]]) -> None:
    """Store sketches of documents that have none, in one transaction.

    Args:
        con: an open connection to the warehouse.
        made: (document id, version, values, how many of them are in a sketch of any length) of each.
    """
    rows = [(value, name) for name, _, values, _ in made for value in values]
    sizes = [(len(values), sampled, name, version) for name, version, values, sampled in made]
    columns: dict[str, Any] = {
        "hash": [value for value, _ in rows],
        "document_id": [name for _, name in rows],
    }
    con.execute("BEGIN")
    try:
        with _Registered(con, "made_sketches", columns):
            con.execute("INSERT INTO ledger.sketches SELECT hash, document_id FROM made_sketches")
        con.executemany(
            "UPDATE ledger.documents SET sketch_size = ?, sketch_sampled = ?"
            " WHERE document_id = ? AND version = ?",
            sizes,
        )
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise


def free_run_id(con: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """Return a run id no promoted run has: the one wanted, or the same with a number behind it.

    Two runs have the same id when the same thing is asked twice at the same clock (``--now``).
    """
    rows = con.execute("SELECT run_id FROM ledger.runs WHERE starts_with(run_id, ?)", [wanted]).fetchall()
    taken = {str(row[0]) for row in rows}
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 2)))
    return next(name for name in names if name not in taken)
