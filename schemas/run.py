"""A run and the batch of records it stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from schemas.document import Document, Link, Renumbered, Sighting
from schemas.feed_state import FeedState, Quarantined, Watched
from schemas.figure import Figure
from schemas.host import HostRecord, OptOut, SiteFile
from schemas.item import FeedPoll, ItemOutcome
from schemas.position import Attendance, Position, Refusal
from schemas.version import VersionChange

if TYPE_CHECKING:
    from schemas.corrections import Correction


@dataclass(frozen=True, slots=True)
class Run:
    """One execution. Every row of the ledger knows the run that wrote it.

    Attributes:
        run_id: sortable name: the start in UTC and a digest of what it was asked to do.
        kind: ``ingest``, ``run``, ``backfill`` or ``corrections``.
        started_at: the run's clock; with ``--now`` it is that instant.
        command: what was asked, in words.
        software: name and version of newsledger.
    """

    run_id: str
    kind: str
    started_at: datetime
    command: str
    software: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything the extractor read in one document for one story."""

    figures: tuple[Figure, ...] = ()
    positions: tuple[Position, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """That a backfill has read what a source holds of a day.

    Attributes:
        source: the source as it was named.
        day: the day, or None for what has none.
        digest: what was there to read; other content of the same day is read again.
        items: how many items that were.
    """

    source: str
    day: date | None
    digest: str
    items: int


@dataclass(slots=True)
class Batch:
    """What one run stages, in the order it was read. The lists grow while the run works.

    ``renumbered`` has a line for every held version of each document that ``documents`` has whole, all
    its versions anew, because one came in out of order. ``done`` makes the batch worth promoting even where
    it brings nothing else.
    ``decisions`` are all decisions of the project's people, so that one no longer there is withdrawn; None
    leaves those the ledger follows as they are.
    """

    run: Run
    documents: list[Document] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    outcomes: list[ItemOutcome] = field(default_factory=list)
    polls: list[FeedPoll] = field(default_factory=list)
    feed_states: list[FeedState] = field(default_factory=list)
    hosts: list[HostRecord] = field(default_factory=list)
    site_files: list[SiteFile] = field(default_factory=list)
    opt_outs: list[OptOut] = field(default_factory=list)
    quarantine: list[Quarantined] = field(default_factory=list)
    watched: list[Watched] = field(default_factory=list)
    journals: list[str] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    renumbered: list[Renumbered] = field(default_factory=list)
    version_changes: list[VersionChange] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    decisions: tuple[Correction, ...] | None = None
