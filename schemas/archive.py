"""The archive behind the site: what the ledger holds of a story, an outlet and the audit over all days.

The warehouse fills these records, the room that publishes turns them into pages, feeds and plots. Unless a
record says otherwise, it speaks of the latest revision of each day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from schemas.audit import Check


@dataclass(frozen=True, slots=True)
class ChangeRef:
    """Where a change was published; its words are in ``changes.json`` of that day and revision.

    Attributes:
        change_id: its stable name.
        day: the edition day.
        revision: the last revision of that day that says it.
        is_current: whether that is the day's latest revision; else the change was taken back.
        story: its story.
        subject_kind: ``figure`` or ``position``.
        subject: the indicator, or ``actor/issue``.
        kind: the kind of change.
        severity: 0 to 1.
    """

    change_id: str
    day: date
    revision: int
    is_current: bool
    story: str
    subject_kind: str
    subject: str
    kind: str
    severity: float


@dataclass(frozen=True, slots=True)
class ReadingPoint:
    """The reading of an indicator on a day as one revision had it.

    Attributes:
        day: the edition day.
        revision: the revision that says so.
        known_at: when that revision was published.
        is_latest: whether no later revision of the day exists.
        value: the value read.
        value_low: lower end of what it asserts; None is open.
        value_high: upper end; None is open.
        qualifier: its qualifier.
        texts: independent texts behind it.
        outlets: outlets behind it.
        is_disputed: whether incompatible figures of the day stand against it.
    """

    day: date
    revision: int
    known_at: datetime
    is_latest: bool
    value: float
    value_low: float | None
    value_high: float | None
    qualifier: str | None
    texts: int
    outlets: int
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class OutletPoint:
    """A figure by which one outlet supports or contradicts the reading of a day.

    Attributes:
        day: the edition day.
        outlet: the outlet's name.
        agrees: whether it is compatible with the reading.
        value: the value stated.
        value_low: lower end of what it asserts; None is open.
        value_high: upper end; None is open.
        qualifier: its qualifier.
        record_id: the figure.
    """

    day: date
    outlet: str
    agrees: bool
    value: float
    value_low: float | None
    value_high: float | None
    qualifier: str | None
    record_id: str


@dataclass(frozen=True, slots=True)
class StandPoint:
    """An actor's stance on an issue on a day."""

    day: date
    actor: str
    issue: str
    stance: str
    condition: str | None
    texts: int
    outlets: int
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class IndicatorHead:
    """An indicator as the story's page lists it: its definition and its last readings, oldest first."""

    indicator: str
    label: str
    description: str
    unit: str
    aspect: str
    recent: tuple[ReadingPoint, ...]


@dataclass(frozen=True, slots=True)
class IndicatorHistory:
    """All that was read of an indicator.

    Attributes:
        head: its definition.
        readings: every revision of every day, in the order of days and revisions.
        outlets: what each outlet reported on each day.
        changes: its changes, oldest first.
    """

    head: IndicatorHead
    readings: tuple[ReadingPoint, ...]
    outlets: tuple[OutletPoint, ...]
    changes: tuple[ChangeRef, ...]


@dataclass(frozen=True, slots=True)
class ActorHead:
    """An actor with its name and kind, and whom it speaks for (a key), if anybody."""

    actor: str
    name: str
    kind: str
    speaks_for: str | None


@dataclass(frozen=True, slots=True)
class IssueHead:
    """An issue and the proposition one can support or oppose."""

    issue: str
    proposition: str


@dataclass(frozen=True, slots=True)
class StandHistory:
    """The stands of one actor on all issues, or of all actors on one issue, with their changes.

    Attributes:
        kind: ``actor`` or ``issue``: what ``key`` names.
        key: the actor or the issue.
        stands: its stands, oldest first.
        changes: its changes, oldest first.
    """

    kind: str
    key: str
    stands: tuple[StandPoint, ...]
    changes: tuple[ChangeRef, ...]


@dataclass(frozen=True, slots=True)
class StoryArchive:
    """A story over all days.

    Attributes:
        story: its key.
        title: its title for readers.
        timezone: IANA name of its zone.
        codebook_version: version and digest of its newest codebook.
        first_day: its first edition day, or None when it has none yet.
        last_day: its last one.
        documents: documents of the story.
        indicators: every indicator ever read, by label.
        actors: every actor with a stand, by name.
        issues: every issue with a stand, by proposition.
        stands: the last stand of each actor on each issue.
        changes: the changes of the days published or revised last, newest publication first.
        figure_histories: the indicators asked for.
        stand_histories: the actors and issues asked for.
    """

    story: str
    title: str
    timezone: str
    codebook_version: str
    first_day: date | None
    last_day: date | None
    documents: int
    indicators: tuple[IndicatorHead, ...]
    actors: tuple[ActorHead, ...]
    issues: tuple[IssueHead, ...]
    stands: tuple[StandPoint, ...]
    changes: tuple[ChangeRef, ...]
    figure_histories: tuple[IndicatorHistory, ...]
    stand_histories: tuple[StandHistory, ...]


@dataclass(frozen=True, slots=True)
class OutletDay:
    """What an outlet brought on one day: counts."""

    day: date
    documents: int
    reprints: int
    figures: int
    positions: int


@dataclass(frozen=True, slots=True)
class OutletReport:
    """What an outlet last reported of an indicator, beside that day's reading.

    Attributes:
        story: the story.
        indicator: the indicator.
        label: its label.
        unit: its unit.
        point: the outlet's last figure.
        reading_value: the reading of that day.
        reading_qualifier: its qualifier.
        agreed: days on which it agreed with the reading.
        disagreed: days on which a figure of it stood against the reading.
    """

    story: str
    indicator: str
    label: str
    unit: str
    point: OutletPoint
    reading_value: float
    reading_qualifier: str | None
    agreed: int
    disagreed: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """How long after the first outlet this one reported a changed reading.

    Attributes:
        day: the edition day.
        story: the story.
        indicator: the indicator.
        label: its label.
        change_id: the change.
        hours: from the first article with the reading to this outlet's first; 0 when it was first.
        outlets: outlets that reported it that day.
    """

    day: date
    story: str
    indicator: str
    label: str
    change_id: str
    hours: float
    outlets: int


@dataclass(frozen=True, slots=True)
class OutletArchive:
    """An outlet over all days.

    Attributes:
        outlet: its name.
        documents: its documents.
        reprints: those whose text is another's.
        figures: figures read in them.
        positions: positions read in them.
        held: its records that the audit held.
        seen_hours: median hours from publication to the ledger's first sight; None where no instant is known.
        days: its last days, oldest first.
        reports: its last figure of each indicator.
        adoptions: its last changed readings, newest first.
        corrections: its own withdrawn numbers, newest first.
        changes: the changes it speaks for or against of the days published or revised last.
    """

    outlet: str
    documents: int
    reprints: int
    figures: int
    positions: int
    held: int
    seen_hours: float | None
    days: tuple[OutletDay, ...]
    reports: tuple[OutletReport, ...]
    adoptions: tuple[Adoption, ...]
    corrections: tuple[ChangeRef, ...]
    changes: tuple[ChangeRef, ...]


@dataclass(frozen=True, slots=True)
class OutletHead:
    """An outlet as the list of outlets shows it."""

    outlet: str
    documents: int
    reprints: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class EditionHead:
    """A day as lists show it, with its latest revision's counts."""

    day: date
    revision: int
    published_at: datetime
    documents: int
    changes: int
    disagreements: int
    held: int
    revised_because: str


@dataclass(frozen=True, slots=True)
class RunAudit:
    """The audit of one promoted run."""

    run_id: str
    started_at: datetime
    checks: tuple[Check, ...]
    held: int


@dataclass(frozen=True, slots=True)
class SiteScope:
    """What publications after a given one touched, so that only its pages are made anew.

    Attributes:
        publication: the last publication of the ledger.
        days: edition days with a new revision.
        subjects: touched subjects: story, ``figure`` or ``position``, subject.
        stories: stories touched; every one whose documents, readings or codebook are new.
        outlets: outlets with a document in a touched day.
        is_first: whether nothing was published before, or everything must be made anew.
    """

    publication: int
    days: tuple[date, ...]
    subjects: frozenset[tuple[str, str, str]]
    stories: tuple[str, ...]
    outlets: tuple[str, ...]
    is_first: bool
