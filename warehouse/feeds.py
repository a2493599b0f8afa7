"""What the ledger knows of feeds, hosts and items: what a run needs before it asks anybody anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from schemas.feed_state import FeedState, Quarantined, Watched
from schemas.host import HostRecord, SiteFile
from schemas.item import FeedPoll
from warehouse.rows import fetch_rows, insert_rows


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item.

    Attributes:
        first_seen_at: when its article was first stored, or None where none was.
        outcome: its latest outcome, or "".
        reason: that outcome's reason, or "".
        read_at: when its page was last read, or None.
        changed_at: when the latest version of its article was first seen, or None.
        looks: how often it was seen unchanged since then.
    """

    first_seen_at: datetime | None = None
    outcome: str = ""
    reason: str = ""
    read_at: datetime | None = None
    changed_at: datetime | None = None
    looks: int = 0

    @property
    def is_new(self) -> bool:
        """Whether nobody has seen it before."""
        return self.first_seen_at is None and not self.outcome


NOT_READ = (
    "held",
    "seen lately",
    "decided before",
    "in another feed of this run",
    "tried again later",
    "given up",
)
"""Reasons of items whose page was not asked for at all."""

_KNOWN = """
WITH mine AS (
  SELECT w.nth, d.document_id, d.first_seen_at, d.seen_at
  FROM wanted_items w JOIN ledger.documents d USING (key)
  UNION
  SELECT w.nth, d.document_id, d.first_seen_at, d.seen_at
  FROM wanted_items w JOIN ledger.documents d ON d.url = w.item
),
held AS (
  SELECT nth, min(first_seen_at) AS first_seen_at, max(seen_at) AS changed_at FROM mine GROUP BY nth
),
looked AS (
  SELECT nth, count(DISTINCT s.seen_at) AS looks
  FROM held JOIN mine USING (nth) JOIN ledger.sightings s USING (document_id)
  WHERE s.seen_at > held.changed_at GROUP BY nth
)
SELECT w.nth, held.first_seen_at, o.outcome, o.reason, o.read_at, held.changed_at, coalesce(l.looks, 0)
FROM wanted_items w
LEFT JOIN held USING (nth)
LEFT JOIN looked l USING (nth)
LEFT JOIN (
  SELECT item, arg_max(outcome, (recorded_at, run_id, nth)) AS outcome,
    arg_max(coalesce(reason, ''), (recorded_at, run_id, nth)) AS reason,
    max(recorded_at) FILTER (WHERE NOT list_contains(?, coalesce(reason, ''))) AS read_at
  FROM ledger.outcomes WHERE item IN (SELECT item FROM wanted_items) GROUP BY item
) o USING (item)
"""


def known_items(con: duckdb.DuckDBPyConnection, items: Sequence[tuple[str, str]]) -> list[Known]:
    """Return what is known of items given as (address, identity key), in their order."""
    if not items:
        return []
    import pyarrow as pa  # noqa: PLC0415 - 0.3 s

    columns = {
        "nth": pa.array(range(len(items)), pa.int32()),
        "item": pa.array([item for item, _ in items], pa.string()),
        "key": pa.array([key for _, key in items], pa.string()),
    }
    con.register("wanted_items", pa.table(columns))
    rows = con.execute(_KNOWN, [list(NOT_READ)]).fetchall()
    con.unregister("wanted_items")
    known = {
        nth: Known(seen, outcome or "", reason or "", read, changed, int(looks))
        for nth, seen, outcome, reason, read, changed, looks in rows
    }
    return [known[nth] for nth in range(len(items))]


def last_outcomes(con: duckdb.DuckDBPyConnection, items: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the latest outcome and its reason of those items that were seen before."""
    asked = list(dict.fromkeys(items))
    known = known_items(con, [(item, "") for item in asked])
    return {item: (k.outcome, k.reason) for item, k in zip(asked, known, strict=True) if k.outcome}


def feed_states(con: duckdb.DuckDBPyConnection) -> dict[str, FeedState]:
    """Return what is known of each feed ever polled, by its id."""
    rows = _rows(con, "SELECT * EXCLUDE (run_id) FROM ledger.feed_states")
    return {str(row["feed_id"]): FeedState(**row) for row in rows}


def latest_polls(con: duckdb.DuckDBPyConnection) -> dict[str, FeedPoll]:
    """Return the latest poll of each feed."""
    rows = _rows(
        con,
        "SELECT * EXCLUDE (run_id)"
        " REPLACE (coalesce(detail, '') AS detail, coalesce(is_loss, FALSE) AS is_loss)"
        " FROM ledger.polls"
        " QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY polled_at DESC, run_id DESC) = 1",
    )
    return {str(row["feed_id"]): FeedPoll(**row) for row in rows}


def host_records(con: duckdb.DuckDBPyConnection) -> list[HostRecord]:
    """Return the trouble and the manners of each host."""
    return [
        HostRecord(**row) for row in _rows(con, "SELECT * EXCLUDE (run_id) FROM ledger.hosts ORDER BY host")
    ]


def site_files(con: duckdb.DuckDBPyConnection, since: datetime) -> list[SiteFile]:
    """Return the robots.txt and tdmrep.json files asked for since an instant."""
    query = "SELECT * EXCLUDE (run_id) FROM ledger.site_files WHERE fetched_at >= ? ORDER BY url"
    return [SiteFile(**row) for row in _rows(con, query, [since])]


def quarantine(con: duckdb.DuckDBPyConnection) -> list[Quarantined]:
    """Return the items that wait to be tried again or were given up, oldest first."""
    query = "SELECT * EXCLUDE (run_id) FROM ledger.quarantine WHERE state <> 'read' ORDER BY first_at, item"
    return [Quarantined(**row) for row in _rows(con, query)]


def watched(con: duckdb.DuckDBPyConnection) -> list[Watched]:
    """Return what feeds told of the articles that may be looked at again, oldest first."""
    query = "SELECT * EXCLUDE (run_id) FROM ledger.watched ORDER BY first_at, item"
    return [Watched(**row) for row in _rows(con, query)]


def finished_journals(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the journals of the raw store that finished runs have read."""
    return {str(row[0]) for row in con.execute("SELECT journal FROM ledger.journals").fetchall()}


def finish_journals(con: duckdb.DuckDBPyConnection, journals: Iterable[str], run_id: str) -> None:
    """Remember that journals of the raw store were read to their end, outside of any promotion."""
    done = finished_journals(con)
    insert_rows(con, "journals", [{"journal": j, "run_id": run_id} for j in journals if j not in done])


def try_again(con: duckdb.DuckDBPyConnection, items: Sequence[str], now: datetime) -> int:
    """Make items of the quarantine due at once, those given up included; return how many.

    Args:
        con: an open connection to the warehouse.
        items: their addresses; all of the quarantine when empty.
        now: the present instant.
    """
    row = con.execute(
        "UPDATE ledger.quarantine SET next_at = ?, state = 'waiting', tries = 0"
        " WHERE state <> 'read' AND (len(?) = 0 OR list_contains(?, item))",
        [now, list(items), list(items)],
    ).fetchone()
    return int(row[0]) if row else 0


def knows_feeds(con: duckdb.DuckDBPyConnection) -> bool:
    """Return whether a snapshot has the tables of feeds: one written before them has not."""
    query = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'ledger' AND table_name = 'feed_states'"
    row = con.execute(query).fetchone()
    return bool(row and row[0])


def _rows(con: duckdb.DuckDBPyConnection, query: str, args: Sequence[object] = ()) -> list[dict[str, Any]]:
    return fetch_rows(con, query, args)
