"""How a ledger is: the counts that ``status`` prints and the service measures, from a published snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from warehouse.feeds import feed_states, knows_feeds, quarantine


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How a ledger is.

    Attributes:
        documents: documents held, versions not counted.
        editions: days with an edition.
        newest_edition: the latest of them, or None.
        held: records an expectation keeps out of the editions.
        quarantine: items that wait to be tried again or were given up.
        newest_publication: the latest publication instant of a document, or None.
        last_run: the id of the last promoted run, or None.
        last_run_at: its clock.
        audit_failed: expectations that did not hold in that run.
        feed_states: each feed with ``well``, ``silent``, ``failing`` or ``retired``.
        run_publications: publication instants, better than a day, of what one run stored.
    """

    documents: int
    editions: int
    newest_edition: date | None
    held: int
    quarantine: int
    newest_publication: datetime | None
    last_run: str | None
    last_run_at: datetime | None
    audit_failed: int
    feed_states: dict[str, str]
    run_publications: tuple[datetime, ...] = ()


_COUNTS = """
SELECT (SELECT count(DISTINCT document_id) FROM documents),
  (SELECT count(*) FROM editions WHERE is_latest),
  (SELECT max(day) FROM editions),
  (SELECT count(*) FROM held),
  (SELECT max(published_at) FROM documents),
  (SELECT count(*) FROM audits WHERE run_id = $last AND NOT success)
"""
_LAST = "SELECT run_id, started_at FROM ledger.runs ORDER BY started_at DESC, run_id DESC LIMIT 1"
_BROUGHT = """
SELECT published_at FROM documents
WHERE run_id = ? AND published_at IS NOT NULL AND published_at_precision IN ('second', 'minute')
ORDER BY published_at
"""


def ledger_state(con: duckdb.DuckDBPyConnection, run_id: str = "") -> LedgerState:
    """Return how the ledger of a snapshot is.

    Args:
        con: a snapshot.
        run_id: the run whose documents' publication instants are wanted, or "".
    """
    last = con.execute(_LAST).fetchone() or (None, None)
    counts = con.execute(_COUNTS, {"last": last[0]}).fetchone()
    assert counts is not None, "a query of scalars has a row"
    known = knows_feeds(con)
    return LedgerState(
        documents=counts[0],
        editions=counts[1],
        newest_edition=counts[2],
        held=counts[3],
        quarantine=len(quarantine(con)) if known else 0,
        newest_publication=counts[4],
        last_run=last[0],
        last_run_at=last[1],
        audit_failed=counts[5],
        feed_states=_conditions(con) if known else {},
        run_publications=tuple(row[0] for row in con.execute(_BROUGHT, [run_id]).fetchall()),
    )


def _conditions(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return {name: state.condition for name, state in feed_states(con).items()}
