# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Give versions of documents other numbers where an older version came in late.

The rows keep their ids: what was read in a text is named after the text. Old revisions of editions go on
naming the same texts, under the numbers these have now.
"""

from __future__ import annotations

import duckdb

from warehouse.corrections import EDITOR
from warehouse.days import content_sha256, stored_content

_FOLLOW = (
    "links",
    "extractions",
    "figures",
    "positions",
    "attendance",
    "refusals",
    "outcomes",
    "holds",
    "lifted_holds",
    "rulings",
    "replacements",
    "placements",
    "edition_documents",
    "edition_holds",
)
"""Tables whose rows name a version of a document."""
_READ = ("figures", "positions", "attendance", "refusals")


def renumber(con: duckdb.DuckDBPyConnection) -> None:
    """Renumber the versions a staged batch names, and make room for the documents it brings whole.

    The batch's rows of these documents are added afterwards as any others; :func:`keep_runs` puts back
    which run brought a version that stayed as it was.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE renumbered AS SELECT * FROM staging.ledger.renumbered")
    if not con.execute("SELECT 1 FROM renumbered LIMIT 1").fetchone():
        return
    con.execute(
        "CREATE OR REPLACE TEMP TABLE versions_before AS SELECT d.* REPLACE (r.version AS version)"
        " FROM ledger.documents d JOIN renumbered r"
        " ON r.document_id = d.document_id AND r.old_version = d.version"
    )
    editions = con.execute(
        "SELECT DISTINCT e.day, e.revision FROM ledger.edition_documents e JOIN renumbered r"
        " ON r.document_id = e.document_id AND r.old_version = e.version WHERE r.version <> r.old_version"
    ).fetchall()
    for table in _FOLLOW:
        con.execute(
            f"UPDATE ledger.{table} t SET version = r.version FROM renumbered r"
            " WHERE t.document_id = r.document_id AND t.version = r.old_version"
            " AND r.version <> r.old_version"
        )
    for table in ("documents", "version_changes"):
        con.execute(f"DELETE FROM ledger.{table} WHERE document_id IN (SELECT document_id FROM renumbered)")
    for table in _READ:
        same = " AND c.codebook_version = t.codebook_version" if table != "refusals" else ""
        read = f" AND extractor <> '{EDITOR}'" if table != "refusals" else ""
        con.execute(
            f"DELETE FROM ledger.{table} t WHERE document_id IN (SELECT document_id FROM renumbered){read}"
            f" AND EXISTS (SELECT 1 FROM staging.ledger.codebooks c WHERE c.story = t.story{same})"
        )
    for day, revision in editions:
        digest = content_sha256(stored_content(con, day, revision))
        con.execute(
            "UPDATE ledger.editions SET content_sha256 = ? WHERE day = ? AND revision = ?",
            [digest, day, revision],
        )


def keep_runs(con: duckdb.DuckDBPyConnection) -> None:
    """Put back which run brought each renumbered version, where its text is as it was.

    What was held of a text that two versions have is held of the earlier one: its figures have the name now.
    """
    if con.execute("SELECT 1 FROM renumbered LIMIT 1").fetchone():
        con.execute(
            "UPDATE ledger.holds h SET version = f.version FROM ledger.figures f"
            " WHERE h.record_id = f.figure_id AND h.version <> f.version"
        )
        con.execute(
            "UPDATE ledger.documents d SET run_id = b.run_id FROM versions_before b"
            " WHERE b.document_id = d.document_id AND b.version = d.version"
            " AND b.text_sha256 = d.text_sha256"
        )
