"""What an edition rests on: its documents, outlets, the fate of the items seen, and the audit's checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import duckdb

from schemas.audit import Check
from schemas.edition import DocumentRow, OutcomeCount, OutletRow
from warehouse.quotes import iso
from warehouse.rows import fetch_rows
from warehouse.sides import UNKNOWN_OUTLET

Row = dict[str, Any]

_DOCUMENTS = """
WITH own AS (
  SELECT document_id, version, bool_or(is_held) AS is_held, any_value(reprint_of) AS reprint_of,
    any_value(reprint_relation) AS reprint_relation
  FROM ledger.edition_documents WHERE day = $day AND revision = $revision
  GROUP BY document_id, version
),
counted AS (
  SELECT e.document_id, e.version, count(DISTINCT f.figure_id) AS figures,
    count(DISTINCT p.position_id) AS positions
  FROM ledger.edition_documents e
  LEFT JOIN ledger.figures f USING (document_id, version, story, codebook_version)
  LEFT JOIN (SELECT position_id, document_id, version, story, codebook_version FROM ledger.positions) p
    USING (document_id, version, story, codebook_version)
  WHERE e.day = $day AND e.revision = $revision
  GROUP BY e.document_id, e.version
)
SELECT d.document_id, d.version, d.outlet, coalesce(d.title, '') AS title,
  coalesce(d.url, d.canonical_url) AS url, d.source_path,
  d.published_at, d.published_at_source, d.published_at_precision, d.agency, d.dateline, d.language,
  d.word_count, own.reprint_of, own.reprint_relation, counted.figures, counted.positions, own.is_held,
  d.is_free, coalesce(d.corrections, []::VARCHAR[]) AS corrections, d.run_id
FROM own JOIN ledger.documents d USING (document_id, version)
JOIN counted USING (document_id, version)
ORDER BY d.published_at, d.outlet, d.document_id
"""


class Coverage:
    """The documents of one revision and the runs behind it."""

    def __init__(self, con: duckdb.DuckDBPyConnection, head: Row) -> None:
        self._con = con
        cursor = con.execute(_DOCUMENTS, {"day": head["day"], "revision": head["revision"]})
        names = [column[0] for column in cursor.description or ()]
        self._documents = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        self._runs = sorted({head["run_id"], *(str(d["run_id"]) for d in self._documents)})

    def data_as_of(self) -> str | None:
        """Return the latest publication instant of a document that is not held; its day where that is all."""
        shown = [d for d in self._documents if not d["is_held"]]
        exact = [d["published_at"] for d in shown if d["published_at_precision"] != "day"]
        if exact:
            return iso(max(exact))
        return max((d["published_at"].date().isoformat() for d in shown), default=None)

    def documents(self) -> tuple[DocumentRow, ...]:
        """Return the day's documents in the order of their publication."""
        plain = ({k: v for k, v in d.items() if k not in ("is_held", "run_id")} for d in self._documents)
        return tuple(
            DocumentRow(
                **{**d, "published_at": iso(d["published_at"]), "corrections": tuple(d["corrections"])}
            )
            for d in plain
        )

    def outlets(self, held: Sequence[Row]) -> tuple[OutletRow, ...]:
        """Return what each outlet brought; ``held`` are the revision's holds."""
        outlet_of = {d["document_id"]: d["outlet"] or UNKNOWN_OUTLET for d in self._documents}
        holds = Counter(outlet_of.get(name) for _, name in {(h["record_id"], h["document_id"]) for h in held})
        failed = self._failed()
        names = sorted({*outlet_of.values(), *failed})
        return tuple(self._outlet(name, holds[name], failed.get(name, 0)) for name in names)

    def _outlet(self, name: str, held: int, failed: int) -> OutletRow:
        own = [d for d in self._documents if (d["outlet"] or UNKNOWN_OUTLET) == name]
        reprints = sum(d["reprint_of"] is not None for d in own)
        figures, positions = (sum(int(d[kind]) for d in own) for kind in ("figures", "positions"))
        return OutletRow(
            name, len({d["document_id"] for d in own}), reprints, figures, positions, held, failed
        )

    def _failed(self) -> dict[str, int]:
        rows = self._con.execute(
            "SELECT coalesce(outlet, ?), count(*) FROM ledger.outcomes"
            " WHERE outcome = 'failed' AND list_contains(?, run_id) GROUP BY ALL",
            [UNKNOWN_OUTLET, self._runs],
        ).fetchall()
        return {str(outlet): int(items) for outlet, items in rows}

    def outcomes(self) -> tuple[OutcomeCount, ...]:
        """Return how many items of the runs behind the edition ended in each outcome."""
        rows = self._con.execute(
            "SELECT outcome, coalesce(reason, ''), count(*) FROM ledger.outcomes"
            " WHERE list_contains(?, run_id) GROUP BY ALL ORDER BY ALL",
            [self._runs],
        ).fetchall()
        return tuple(OutcomeCount(str(row[0]), str(row[1]), int(row[2])) for row in rows)

    def feeds(self) -> tuple[int, int]:
        """Return how many feeds those runs asked, and how many failed in the last of them that asked."""
        rows = self._con.execute(
            "SELECT feed_id, arg_max(status, polled_at) FROM ledger.polls WHERE list_contains(?, run_id)"
            " GROUP BY feed_id",
            [self._runs],
        ).fetchall()
        return len(rows), sum(row[1] == "failed" for row in rows)

    def checks(self) -> tuple[Check, ...]:
        """Return the checks of those runs, each expectation once: rows summed, success where all held."""
        rows = fetch_rows(
            self._con,
            "SELECT suite, expectation, subject, arg_max(severity, run_id) AS severity,"
            " bool_and(success) AS success, sum(checked)::BIGINT AS checked, sum(failed)::BIGINT AS failed,"
            " arg_max(sample, (failed, run_id)) AS sample, arg_max(detail, (failed, run_id)) AS detail"
            " FROM ledger.checks WHERE list_contains(?, run_id)"
            " GROUP BY ALL ORDER BY suite, expectation, subject",
            [self._runs],
        )
        return tuple(Check(**row) for row in rows)
