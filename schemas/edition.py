"""An edition: one published day, as the warehouse hands it to the room that writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from schemas.audit import Check
from schemas.reading import Quote


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a figure change or of a disagreement: a value and the words behind it.

    Attributes:
        value: as stated, or None where there was none.
        value_low: lower end of the asserted interval; None is open.
        value_high: upper end; None is open.
        qualifier: the qualifier, or None.
        texts: independent texts behind it.
        outlets: the outlets behind it, sorted.
        quotes: the words, best first.
    """

    value: float | None
    value_low: float | None
    value_high: float | None
    qualifier: str | None
    texts: int
    outlets: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """What moved in one indicator since the last day it was read.

    Attributes:
        change_id: stable name made from day, story, indicator and kind.
        story: the story.
        indicator: the codebook's indicator.
        label: the indicator's label for readers.
        unit: its unit.
        kind: a :class:`schemas.reading.FigureChangeKind` value.
        previous_day: the day of the reading before, or None for a new one.
        before: the reading before, or None for a new one.
        after: the reading now, or None for a dropped one.
        against: what stands against it today (a dispute's other side), strongest first.
        severity: 0 to 1, by the formula in docs/changes.md.
    """

    change_id: str
    story: str
    indicator: str
    label: str
    unit: str
    kind: str
    previous_day: date | None
    before: Side | None
    after: Side | None
    against: tuple[Side, ...]
    severity: float


@dataclass(frozen=True, slots=True)
class StanceSide:
    """One side of a position change: a stance and the words behind it."""

    stance: str
    condition: str | None
    texts: int
    outlets: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class PositionChange:
    """What moved in one actor's stance on one issue.

    Attributes:
        change_id: stable name made from day, story, actor, issue and kind.
        story: the story.
        actor: the codebook's actor.
        actor_name: its name for readers.
        issue: the codebook's issue.
        proposition: what the stance is towards.
        kind: a :class:`schemas.reading.PositionChangeKind` value.
        previous_day: the day of the stand before, or None for a new one.
        before: the stand before, or None for a new one.
        after: the stand now.
        against: other stances of the same day, strongest first.
        severity: 0 to 1, by the formula in docs/changes.md.
    """

    change_id: str
    story: str
    actor: str
    actor_name: str
    issue: str
    proposition: str
    kind: str
    previous_day: date | None
    before: StanceSide | None
    after: StanceSide
    against: tuple[StanceSide, ...]
    severity: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Incompatible figures, or stances, of the same day.

    Attributes:
        story: the story.
        subject_kind: ``figure`` or ``position``.
        subject: the indicator, or ``actor/issue``.
        label: the same for readers.
        unit: the indicator's unit, or "".
        sides: figure sides, the reading first; empty for positions.
        stances: stance sides, the stand first; empty for figures.
    """

    story: str
    subject_kind: str
    subject: str
    label: str
    unit: str
    sides: tuple[Side, ...]
    stances: tuple[StanceSide, ...]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading of the day with its words, changed or not."""

    story: str
    indicator: str
    label: str
    unit: str
    side: Side
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class StandRow:
    """A stand of the day with its words, changed or not."""

    story: str
    actor: str
    actor_name: str
    issue: str
    proposition: str
    side: StanceSide
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A record kept out of this edition, with the reason and its words."""

    story: str
    record_kind: str
    expectation: str
    reason: str
    label: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What a person decided about a record of this edition (corrections.yml).

    Attributes:
        decision_id: the decision.
        story: the record's story, or "".
        action: ``release``, ``reject`` or ``correct``.
        status: ``applied``, or ``stale`` or ``invalid`` where it does nothing.
        detail: why it does nothing, or "".
        record_kind: figure, position, attendance or document.
        record_id: the record.
        label: what it is about, for readers.
        field: what is corrected, or None.
        before: the field as it was read, or None.
        after: what it is corrected to, or None.
        reason: why.
        source: what shows it, or None.
        who: who decided.
        decided_on: the day in ISO 8601, or None.
        replaced_by: the corrected copy that counts instead, or None.
    """

    decision_id: str
    story: str
    action: str
    status: str
    detail: str
    record_kind: str
    record_id: str
    label: str
    field: str | None
    before: str | None
    after: str | None
    reason: str
    source: str | None
    who: str
    decided_on: str | None
    replaced_by: str | None

    @property
    def words(self) -> str:
        """What was decided, in words."""
        if self.action == "correct":
            return f"{self.field} {self.before or 'none'} corrected to {self.after or 'none'}"
        return {"release": "released: it counts", "reject": "rejected: it does not count"}[self.action]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Who takes part where, once a person and status, with the words."""

    story: str
    actor: str | None
    name: str
    role: str
    delegation: str | None
    status: str
    place: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class OutletRow:
    """What one outlet brought on the day: counts of its documents, reprints and records."""

    outlet: str
    documents: int
    reprints: int
    figures: int
    positions: int
    held: int
    failed: int


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of the day, for the list of sources.

    ``is_free`` is whether its page calls it free to read (None where it does not say), ``corrections`` are
    its outlet's own, verbatim.
    """

    document_id: str
    version: int
    outlet: str | None
    title: str
    url: str | None
    source_path: str | None
    published_at: str | None
    published_at_source: str
    published_at_precision: str
    agency: str | None
    dateline: str | None
    language: str | None
    word_count: int
    reprint_of: str | None
    reprint_relation: str | None
    figures: int
    positions: int
    is_free: bool | None = None
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many items of the runs behind this edition ended in one outcome."""

    outcome: str
    reason: str
    items: int


@dataclass(frozen=True, slots=True)
class StoryHead:
    """A story's name and place in the edition."""

    story: str
    title: str
    timezone: str
    codebook_version: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One published day: everything its page, its Markdown and its data files show.

    Attributes:
        day: the edition day.
        revision: 1, 2, ...; a later one replaces an earlier one, which stays readable.
        revised_because: what brought this revision ("2 late documents"), or "".
        previous_day: the edition day before, or None.
        next_day: the edition day after, or None.
        run_id: the run that published it.
        published_at: that run's clock.
        data_as_of: the latest publication instant of its documents in ISO 8601, a day alone (``2026-03-02``)
            where that is all that is known, or None.
        feeds_polled: feeds asked on that day.
        feeds_failed: feeds that failed.
        decisions: what people decided about the day's records.
    """

    day: date
    revision: int
    revised_because: str
    previous_day: date | None
    next_day: date | None
    run_id: str
    published_at: datetime
    data_as_of: str | None
    feeds_polled: int
    feeds_failed: int
    stories: tuple[StoryHead, ...]
    figure_changes: tuple[FigureChange, ...]
    position_changes: tuple[PositionChange, ...]
    disagreements: tuple[Disagreement, ...]
    readings: tuple[ReadingRow, ...]
    stands: tuple[StandRow, ...]
    held: tuple[HeldRow, ...]
    attendance: tuple[AttendanceRow, ...]
    outlets: tuple[OutletRow, ...]
    documents: tuple[DocumentRow, ...]
    outcomes: tuple[OutcomeCount, ...]
    checks: tuple[Check, ...]
    decisions: tuple[DecisionRow, ...] = ()
