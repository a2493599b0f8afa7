# ruff: noqa: S608 - statements are put together from this package's own names, values are bound
"""Load one revision of one edition, its data tables, and the list of what is still to be written out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb

from schemas.contract import FIGURES, POSITIONS
from schemas.edition import (
    AttendanceRow,
    DecisionRow,
    Disagreement,
    Edition,
    FigureChange,
    HeldRow,
    PositionChange,
    ReadingRow,
    Side,
    StandRow,
    StoryHead,
)
from schemas.errors import UsageError
from schemas.published import View
from warehouse.coverage import Coverage
from warehouse.quotes import load_labels
from warehouse.rows import fetch_rows
from warehouse.sides import Key, Row, SideReader, own_rows

if TYPE_CHECKING:
    import pyarrow as pa

_CHAIN = """
SELECT day, lag(day) OVER (ORDER BY day) AS previous_day, lead(day) OVER (ORDER BY day) AS next_day
FROM ledger.editions JOIN ledger.latest_editions USING (day, revision)
WHERE documents > 0 OR figure_changes > 0
"""

_PENDING = f"""
SELECT e.day, e.revision, c.previous_day, c.next_day FROM ledger.editions e
JOIN ledger.latest_editions l ON l.day = e.day LEFT JOIN ({_CHAIN}) c ON c.day = e.day
WHERE NOT EXISTS (
  SELECT 1 FROM ledger.exports x
  WHERE x.day = e.day AND x.revision = e.revision
    AND (e.revision < l.revision
         OR (x.previous_day IS NOT DISTINCT FROM c.previous_day
             AND x.next_day IS NOT DISTINCT FROM c.next_day)))
ORDER BY e.day, e.revision
"""


def edition_days(con: duckdb.DuckDBPyConnection) -> list[date]:
    """Return the days that have an edition, oldest first; a day whose documents all moved away has none."""
    return [row[0] for row in con.execute(f"SELECT day FROM ({_CHAIN}) ORDER BY day").fetchall()]


def pending_exports(con: duckdb.DuckDBPyConnection) -> list[tuple[date, int]]:
    """Return the revisions not written out yet, oldest day first, and those whose neighbours changed.

    A page links to the day before and the day after, so a new day makes its neighbours pending again.
    """
    return [(row[0], int(row[1])) for row in con.execute(_PENDING).fetchall()]


def mark_exported(con: duckdb.DuckDBPyConnection, day: date, revision: int) -> None:
    """Remember that a revision was written out with the neighbours it has now."""
    con.execute(
        f"INSERT INTO ledger.exports SELECT * FROM ({_PENDING}) p WHERE p.day = ? AND p.revision = ?",
        [day, revision],
    )


def forget_exports(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Forget that a day was written out, so that all its revisions are again; another name is let be."""
    con.execute("DELETE FROM ledger.exports WHERE day = TRY_CAST(? AS DATE)", [name])


def load_edition(con: duckdb.DuckDBPyConnection, day: date, revision: int | None = None) -> Edition:
    """Return an edition with all its words, from the warehouse or a snapshot.

    What it says depends on the revision alone, whatever came later; only ``previous_day`` and ``next_day``
    follow the list of days.

    Args:
        con: an open connection.
        day: the edition day.
        revision: the revision, or None for the latest.

    Raises:
        UsageError: no such edition; the hint names the nearest day.
    """
    return _Loader(con, find_edition(con, day, revision)).edition()


def find_edition(con: duckdb.DuckDBPyConnection, day: date, revision: int | None = None) -> Row:
    """Return the row of ``ledger.editions`` of a day's revision (None: the latest).

    Raises:
        UsageError: no such edition; the hint names the nearest day.
    """
    rows = fetch_rows(con, "SELECT * FROM ledger.editions WHERE day = ? ORDER BY revision DESC", [day])
    for row in rows:
        if revision in (None, row["revision"]):
            return row
    if rows:
        raise UsageError(
            f"{day} has no revision {revision}", hint=f"its revisions are 1 to {rows[0]['revision']}"
        )
    days = sorted(edition_days(con), key=lambda d: abs((d - day).days))
    raise UsageError(
        f"no edition of {day}", hint=f"the nearest is {days[0]}" if days else "newsledger ingest"
    )


def load_tables(
    con: duckdb.DuckDBPyConnection, day: date, revision: int | None = None
) -> dict[str, pa.Table]:
    """Return ``figures`` and ``positions`` of a revision's documents, with the contract's columns.

    Raises:
        UsageError: no such edition.
    """
    head = find_edition(con, day, revision)
    return {view.name: _table(con, view, head) for view in (FIGURES, POSITIONS)}


def _table(con: duckdb.DuckDBPyConnection, view: View, head: Row) -> pa.Table:
    key = view.columns[0].name
    held = (
        "e.is_held OR EXISTS (SELECT 1 FROM ledger.edition_holds h WHERE h.day = e.day"
        f" AND h.revision = e.revision AND h.record_id = r.{key})"
    )
    # A held figure may hold no number at all; files and comparisons know none that is not finite.
    special = {
        c.name: f"CASE WHEN isfinite(r.{c.name}) THEN r.{c.name} END"
        for c in view.columns
        if c.type == "DOUBLE"
    }
    special |= {"is_latest": "true", "is_held": held}
    columns = ", ".join(f"{special.get(c.name, 'r.' + c.name)} AS {c.name}" for c in view.columns)
    query = (
        f"SELECT {columns} FROM ledger.edition_documents e"
        f" JOIN ledger.{view.name} r USING (document_id, version, story, codebook_version)"
        f" WHERE e.day = ? AND e.revision = ? ORDER BY r.document_id, r.evidence_start, r.{key}"
    )
    return con.sql(query, params=[head["day"], head["revision"]]).to_arrow_table()


class _Loader:
    """Gathers the rows of one revision, loads the words they name, and builds the edition's records."""

    def __init__(self, con: duckdb.DuckDBPyConnection, head: Row) -> None:
        self.con = con
        self.head = head
        self.labels = load_labels(con, head["publication"])
        self.sides = SideReader(con, head["day"], head["revision"], head["publication"])
        self.coverage = Coverage(con, head)
        self.figure_changes = self._own("figure_changes")
        self.position_changes = self._own("position_changes")
        self.holds = self._own("edition_holds")
        self.attendance = self._attendance_rows()
        self.decided = self._own("edition_decisions")

    def _own(self, table: str) -> list[Row]:
        return own_rows(self.con, table, self.head["day"], self.head["revision"])

    def _attendance_rows(self) -> list[Row]:
        return fetch_rows(
            self.con,
            "SELECT a.*, d.published_at FROM ledger.edition_attendance e"
            " JOIN ledger.attendance a USING (attendance_id, codebook_version)"
            " JOIN ledger.documents d USING (document_id, version)"
            " WHERE e.day = ? AND e.revision = ? ORDER BY a.story, a.name, d.published_at, a.attendance_id",
            [self.head["day"], self.head["revision"]],
        )

    def _read_words(self) -> None:
        changes = (*self.figure_changes, *self.position_changes)
        days = {c["previous_day"] for c in changes if c["previous_day"] and c["kind"] != "corrected"}
        others = {h["record_id"] for h in self.holds} | {a["attendance_id"] for a in self.attendance}
        ends = ("figure_id_before", "figure_id_after")
        others |= {c[end] for c in self.figure_changes for end in ends if c[end]}
        self.sides.read_words(days, others)

    def edition(self) -> Edition:
        """Return the edition."""
        self._read_words()
        head, days = self.head, edition_days(self.con)
        polled, failed = self.coverage.feeds()
        return Edition(
            day=head["day"],
            revision=head["revision"],
            revised_because=head["revised_because"],
            previous_day=max((d for d in days if d < head["day"]), default=None),
            next_day=min((d for d in days if d > head["day"]), default=None),
            run_id=head["run_id"],
            published_at=head["published_at"],
            data_as_of=self.coverage.data_as_of(),
            feeds_polled=polled,
            feeds_failed=failed,
            stories=tuple(self._stories()),
            figure_changes=tuple(sorted(map(self._figure_change, self.figure_changes), key=_by_severity)),
            position_changes=tuple(
                sorted(map(self._position_change, self.position_changes), key=_by_severity)
            ),
            disagreements=tuple(self._disagreements()),
            readings=tuple(self._readings()),
            stands=tuple(self._stands()),
            held=tuple(self._held()),
            attendance=tuple(self._attendance()),
            outlets=self.coverage.outlets(self.holds),
            documents=self.coverage.documents(),
            outcomes=self.coverage.outcomes(),
            checks=self.coverage.checks(),
            decisions=tuple(self._decisions()),
        )

    def _stories(self) -> Iterator[StoryHead]:
        # A number may be dropped on a day on which its story has no document.
        said = {str(row["story"]) for row in (*self.figure_changes, *self.position_changes)}
        newest = {s: str(self.labels.stories.get(s, {}).get("codebook_version", "")) for s in said}
        newest |= {row["story"]: row["codebook_version"] for row in self._own("edition_documents")}
        for story, version in sorted(newest.items()):
            book = self.labels.stories.get(story, {})
            yield StoryHead(story, str(book.get("title", story)), str(book.get("timezone", "UTC")), version)

    def _figure_change(self, row: Row) -> FigureChange:
        story, indicator = row["story"], row["indicator"]
        key = (story, "figure", indicator)
        if row["kind"] == "corrected":
            before = self.sides.figure_side(row["value_before"], [{"record_id": row["figure_id_before"]}])
            after = self.sides.figure_side(row["value_after"], [{"record_id": row["figure_id_after"]}])
            ends: tuple[Side | None, Side | None, tuple[Side, ...]] = (before, after, ())
        else:
            previous = row["previous_day"]
            dropped = row["kind"] == "dropped"
            ends = (
                self.sides.side(self.sides.before(previous), key) if previous else None,
                None if dropped else self.sides.side(self.sides.now, key),
                () if dropped else self.sides.against(key),
            )
        label, unit = self.labels.indicator(story, indicator), self.labels.unit(story, indicator)
        head = (row["change_id"], story, indicator, label, unit, row["kind"], row["previous_day"])
        return FigureChange(*head, *ends, row["severity"])

    def _position_change(self, row: Row) -> PositionChange:
        story, actor, issue = row["story"], row["actor"], row["issue"]
        key, previous = (story, "position", f"{actor}/{issue}"), row["previous_day"]
        before = self.sides.stance_side(self.sides.before(previous), key) if previous else None
        after = self.sides.stance_side(self.sides.now, key)
        assert after is not None, "a position change belongs to a stand of the same revision"
        names = (actor, self.labels.actor(story, actor), issue, self.labels.proposition(story, issue))
        against = self.sides.stances_against(key)
        head = (row["change_id"], story, *names, row["kind"], previous)
        return PositionChange(*head, before, after, against, row["severity"])

    def _disagreements(self) -> Iterator[Disagreement]:
        for key in sorted(self.sides.now.against):
            story, kind, subject = key
            if kind == "figure":
                reading = self.sides.side(self.sides.now, key)
                label, unit = self.labels.indicator(story, subject), self.labels.unit(story, subject)
                sides = (*filter(None, (reading,)), *self.sides.against(key))
                yield Disagreement(story, kind, subject, label, unit, sides, ())
            else:
                stand = self.sides.stance_side(self.sides.now, key)
                stances = (*filter(None, (stand,)), *self.sides.stances_against(key))
                yield Disagreement(
                    story, kind, subject, self._position_label(story, subject), "", (), stances
                )

    def _position_label(self, story: str, subject: str) -> str:
        actor, _, issue = subject.partition("/")
        return f"{self.labels.actor(story, actor)}: {self.labels.proposition(story, issue)}"

    def _read(self, kind: str) -> Iterator[tuple[Key, Row]]:
        return ((key, row) for key, row in sorted(self.sides.now.readings.items()) if key[1] == kind)

    def _readings(self) -> Iterator[ReadingRow]:
        for key, row in self._read("figure"):
            story, indicator = row["story"], row["indicator"]
            side = self.sides.side(self.sides.now, key)
            assert side is not None, "the key was taken from the readings"
            label = self.labels.indicator(story, indicator)
            yield ReadingRow(story, indicator, label, row["unit"], side, row["is_disputed"])

    def _stands(self) -> Iterator[StandRow]:
        for key, row in self._read("position"):
            story, actor, issue = row["story"], row["actor"], row["issue"]
            side = self.sides.stance_side(self.sides.now, key)
            assert side is not None, "the key was taken from the stands"
            names = (actor, self.labels.actor(story, actor), issue, self.labels.proposition(story, issue))
            yield StandRow(story, *names, side, row["is_disputed"])

    def _held(self) -> Iterator[HeldRow]:
        titles = {d.document_id: d.title for d in self.coverage.documents()}
        labels = self._record_labels()
        for row in self.holds:
            quote = self.sides.quotes.get(row["record_id"])
            label = labels.get(row["record_id"]) or titles.get(row["document_id"], "")
            head = (row["story"] or "", row["record_kind"], row["expectation"], row["reason"])
            yield HeldRow(*head, label, quote)

    def _decisions(self) -> Iterator[DecisionRow]:
        titles = {d.document_id: d.title for d in self.coverage.documents()}
        labels = self._record_labels()
        same = ("decision_id", "action", "status", "record_kind", "record_id", "field", "before", "after")
        for row in self.decided:
            values: dict[str, Any] = {
                name: row[name] for name in (*same, "reason", "source", "who", "replaced_by")
            }
            values |= {"story": row["story"] or "", "detail": row["detail"] or ""}
            values["decided_on"] = row["decided_on"].isoformat() if row["decided_on"] else None
            label = labels.get(row["record_id"]) or titles.get(row["document_id"], "")
            yield DecisionRow(**values, label=label)

    def _record_labels(self) -> dict[str, str]:
        """Return what the figures and positions held or decided about are about, by record id."""
        ids = [sorted(row["record_id"] for row in (*self.holds, *self.decided))]
        query = "SELECT * FROM ledger.{0} WHERE list_contains(?, {1})"
        labels: dict[str, str] = {}
        for row in fetch_rows(self.con, query.format("figures", "figure_id"), ids):
            tracked = row["indicator"] and self.labels.indicator(row["story"], row["indicator"])
            labels[row["figure_id"]] = str(tracked or row["counted"])
        for row in fetch_rows(self.con, query.format("attendance", "attendance_id"), ids):
            labels[row["attendance_id"]] = str(row["name"])
        for row in fetch_rows(self.con, query.format("positions", "position_id"), ids):
            labels[row["position_id"]] = self._position_label(row["story"], f"{row['actor']}/{row['issue']}")
        return labels

    def _attendance(self) -> Iterator[AttendanceRow]:
        """Yield each participant and status once, in the words that also give a role, else the first."""
        best: dict[tuple[str, str, str], Row] = {}
        for row in self.attendance:
            key = (row["story"], row["actor"] or str(row["name"]).casefold(), row["status"])
            if key not in best or (row["role"] and not best[key]["role"]):
                best[key] = row
        for _, row in sorted(best.items()):
            names = ("story", "actor", "name", "role", "delegation", "status", "place")
            values: dict[str, Any] = {name: row[name] for name in names}
            values["delegation"] = self._side_name(row)
            yield AttendanceRow(**values, quote=self.sides.quotes[row["attendance_id"]])

    def _side_name(self, row: Row) -> str | None:
        """Return a participant's side by the codebook's name, or as printed, or None."""
        return self.labels.actor(row["story"], row["delegation"]) if row["delegation"] else None


def _by_severity(change: FigureChange | PositionChange) -> tuple[float, str, str]:
    label = change.label if isinstance(change, FigureChange) else f"{change.actor_name} {change.proposition}"
    return -change.severity, label, change.change_id
