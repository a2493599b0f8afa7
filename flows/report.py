"""What a run tells: progress while it works, one report when it is done."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from schemas.audit import Hold
from schemas.errors import ExitCode
from schemas.item import ItemOutcome, Outcome

T = TypeVar("T")
LINE_EVERY_SECONDS = 10.0
"""Without a terminal a long step says where it is this often, so that a log stays short."""


class Announcer(Protocol):
    """Where a run's words go: standard error for people, a list in tests."""

    def say(self, line: str) -> None:
        """Show one line."""
        ...

    def track(self, things: Sequence[T], label: str) -> Iterator[T]:
        """Yield the things one by one, showing how far the step is."""
        ...


class Lines:
    """An announcer for logs and pipes: plain lines on a stream, a long step every ten seconds."""

    def say(self, line: str) -> None:
        """Write one line to standard error."""
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def track(self, things: Sequence[T], label: str) -> Iterator[T]:
        """Yield the things; write the count and the rate now and then."""
        started = last = time.monotonic()
        for number, thing in enumerate(things, 1):
            yield thing
            now = time.monotonic()
            if now - last >= LINE_EVERY_SECONDS:
                last = now
                self.say(f"{label}: {number} of {len(things)} ({number / (now - started):.1f} a second)")


class Bars(Lines):
    """An announcer for a terminal: a bar for each step that lasts."""

    def track(self, things: Sequence[T], label: str) -> Iterator[T]:
        """Yield the things behind a progress bar that goes when the step is done."""
        from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
        from rich.progress import track  # noqa: PLC0415

        yield from track(things, description=label, console=Console(stderr=True), transient=True)


def announcer() -> Announcer:
    """Return bars when standard error is a terminal, plain lines otherwise."""
    return Bars() if sys.stderr.isatty() else Lines()


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did.

    Attributes:
        run_id: the run.
        outcomes: every item or file seen, each with its one outcome.
        holds: records kept out of the editions, with the reasons.
        editions: the (day, revision) pairs this run published.
        edition_paths: their folders, in the order of the days.
        is_changed: whether anything was written to the ledger.
        undated: files or addresses whose publication day nobody knows.
        feeds_failed: feeds, or days of a source, that could not be read, with the reason.
        blocked: batches the audit stopped, with the reason.
        notes: decisions of people that do nothing, with the reason.
    """

    run_id: str
    outcomes: tuple[ItemOutcome, ...] = ()
    holds: tuple[Hold, ...] = ()
    editions: tuple[tuple[date, int], ...] = ()
    edition_paths: tuple[Path, ...] = ()
    is_changed: bool = False
    undated: tuple[str, ...] = ()
    feeds_failed: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    blocked: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many items ended in each outcome, by the outcome's name."""
        return count_outcomes(self.outcomes)

    @property
    def line(self) -> str:
        """The report in one line."""
        counted = ", ".join(f"{number} {name}" for name, number in self.counts.items()) or "nothing seen"
        days = ", ".join(f"{day} (revision {rev})" if rev > 1 else str(day) for day, rev in self.editions)
        held = f"; {len(self.holds)} held" if self.holds else ""
        undated = f"; {len(self.undated)} of no known day" if self.undated else ""
        return f"{counted}{held}{undated}; " + (f"published {days}" if days else "no edition changed")

    @property
    def exit_code(self) -> ExitCode:
        """3 when the audit stopped a batch, 4 when something could not be read, else 0."""
        if self.blocked:
            return ExitCode.AUDIT_BLOCKED
        failed = any(outcome.outcome is Outcome.FAILED for outcome in self.outcomes)
        return ExitCode.DEGRADED if failed or self.feeds_failed else ExitCode.OK


def count_outcomes(outcomes: Iterable[ItemOutcome]) -> dict[str, int]:
    """Return how many items ended in each outcome, in the order of :class:`Outcome`."""
    counted = Counter(outcome.outcome for outcome in outcomes)
    return {kind.value: counted[kind] for kind in Outcome if counted[kind]}
