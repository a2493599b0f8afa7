"""What subscribers were told already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import duckdb

from warehouse.rows import insert_rows


@dataclass(frozen=True, slots=True)
class Notice:
    """One change told to one subscriber.

    Attributes:
        subscription: the subscription's id.
        day: the edition day.
        change_id: the change.
        words_sha256: digest of what was said of it.
        sent_at: when.
        run_id: the run that told it.
    """

    subscription: str
    day: date
    change_id: str
    words_sha256: str
    sent_at: datetime
    run_id: str


def told(con: duckdb.DuckDBPyConnection, subscription: str, day: date) -> dict[str, str]:
    """Return the changes of a day a subscriber was told of, with the digest of the last words."""
    rows = con.execute(
        "SELECT change_id, arg_max(words_sha256, sent_at) FROM ledger.notices"
        " WHERE subscription = ? AND day = ? GROUP BY change_id ORDER BY change_id",
        [subscription, day],
    ).fetchall()
    return {str(change): str(digest) for change, digest in rows}


def note(con: duckdb.DuckDBPyConnection, notices: Sequence[Notice]) -> None:
    """Remember that the changes of a day were told to a subscriber; nothing is owed of it any more."""
    insert_rows(con, "notices", [asdict(notice) for notice in notices])
    for name, day in {(notice.subscription, notice.day) for notice in notices}:
        con.execute("DELETE FROM ledger.notice_debts WHERE subscription = ? AND day = ?", [name, day])


def owe(con: duckdb.DuckDBPyConnection, subscription: str, day: date, run_id: str) -> None:
    """Remember that the changes of a day could not be sent to a subscriber."""
    con.execute(
        "INSERT INTO ledger.notice_debts SELECT $name, $day, $run WHERE NOT EXISTS"
        " (FROM ledger.notice_debts WHERE subscription = $name AND day = $day)",
        {"name": subscription, "day": day, "run": run_id},
    )


def debts(con: duckdb.DuckDBPyConnection) -> set[tuple[str, date]]:
    """Return what is owed as pairs of subscription and day."""
    return set(con.execute("SELECT subscription, day FROM ledger.notice_debts").fetchall())
