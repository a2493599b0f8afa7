# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Put what the ledger holds of a day into a staging file again, so that it can be audited like a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from warehouse.connect import migrate
from warehouse.corrections import EDITOR
from warehouse.editions import find_edition
from warehouse.rows import quoted_path


@dataclass(frozen=True, slots=True)
class DayRecords:
    """What belongs to a day beside its records.

    Attributes:
        revision: the latest revision of its edition.
        failure_share: the strictest ``critical_failure_share`` of its codebooks.
        held: records an expectation holds, with the expectation, by kind and id.
        ruled: records a person decided about.
    """

    revision: int
    failure_share: float
    held: dict[tuple[str, str], str]
    ruled: set[str]


_OWN = """
CREATE OR REPLACE TEMP TABLE own AS
SELECT DISTINCT document_id, version, story, codebook_version FROM ledger.edition_documents
WHERE day = $day AND revision = $revision
"""
_COPIES = {
    "documents": "SELECT * FROM ledger.documents SEMI JOIN own USING (document_id, version)",
    "links": "SELECT * FROM ledger.links SEMI JOIN own USING (document_id)",
    "extractions": "SELECT *, true AS matches, NULL::VARCHAR AS run_id FROM own",
    "codebooks": "SELECT DISTINCT ON (story, codebook_version) * FROM ledger.codebooks"
    " SEMI JOIN own USING (story, codebook_version) ORDER BY story, codebook_version, publication",
    **{
        table: f"SELECT * FROM ledger.{table} SEMI JOIN own USING (story, codebook_version)"
        for table in ("indicators", "issues", "actors")
    },
    **{
        table: f"SELECT * FROM ledger.{table}"
        " SEMI JOIN own USING (document_id, version, story, codebook_version)"
        for table in ("figures", "positions", "attendance")
    },
    "decisions": "SELECT * FROM ledger.decisions WHERE withdrawn_by IS NULL",
}
_HELD = """
SELECT DISTINCT h.record_kind, h.record_id, h.expectation FROM ledger.standing_holds h
SEMI JOIN own o ON o.document_id = h.document_id AND o.version IS NOT DISTINCT FROM h.version
WHERE h.expectation NOT IN ('rejected', 'corrected', 'withdrawn') AND h.record_kind <> 'link'
ORDER BY ALL
"""


def restage_day(snapshot_path: Path, staging_path: Path, day: date) -> DayRecords:
    """Write the records of a day's latest edition into a new staging file and return what belongs to them.

    Copies that corrections made are left out: they are a person's word, not a reading of the text.

    Args:
        snapshot_path: the snapshot; it is only read.
        staging_path: the file to write, called ``staging.duckdb``; it must not exist.
        day: the edition day.

    Raises:
        UsageError: there is no edition of the day.
    """
    with duckdb.connect(str(staging_path)) as con:
        con.execute("SET TimeZone = 'UTC'")
        migrate(con, staging_path)
        con.execute(f"ATTACH {quoted_path(snapshot_path)} AS published (READ_ONLY)")
        con.execute("USE published")
        head = find_edition(con, day)
        con.execute(_OWN, {"day": day, "revision": head["revision"]})
        _copy(con, day, head["run_id"])
        return _records(con, int(head["revision"]))


def _records(con: duckdb.DuckDBPyConnection, revision: int) -> DayRecords:
    share = con.execute(
        "SELECT min(critical_failure_share) FROM ledger.codebooks"
        " SEMI JOIN own USING (story, codebook_version)"
    ).fetchone()
    held = {(kind, name): expectation for kind, name, expectation in con.execute(_HELD).fetchall()}
    ruled = {str(name) for (name,) in con.execute("SELECT record_id FROM ledger.rulings").fetchall()}
    return DayRecords(revision, float(share[0]) if share and share[0] else 0.5, held, ruled)


def _copy(con: duckdb.DuckDBPyConnection, day: date, run_id: str) -> None:
    """Copy the day's rows under one run, the one that published it."""
    con.execute(
        "INSERT INTO staging.ledger.runs BY NAME SELECT * FROM ledger.runs WHERE run_id = ?", [run_id]
    )
    for table, query in _COPIES.items():
        asked = query.replace("$day", f"DATE '{day.isoformat()}'")
        con.execute(
            f"INSERT INTO staging.ledger.{table} BY NAME SELECT * REPLACE (? AS run_id) FROM ({asked})",
            [run_id],
        )
    for table in ("figures", "positions"):
        con.execute(f"DELETE FROM staging.ledger.{table} WHERE extractor = ?", [EDITOR])
