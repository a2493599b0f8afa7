"""How a run's report is printed: the outcomes as data, everything a person must act on in words."""

from __future__ import annotations

import sys
from collections import Counter

from flows.report import RunReport
from newsledger.cli.output import Format, emit
from schemas.item import Outcome

NAMED = 20
"""Files named one by one in a message; the ledger's `outcomes` view has all of them."""


def print_report(report: RunReport, form: Format) -> None:
    """Print the outcomes to standard output and what needs a person to standard error."""
    for line in advice(report):
        sys.stderr.write(line + "\n")
    counted = Counter((o.outcome.value, o.reason) for o in report.outcomes)
    rows = [{"outcome": o, "reason": r, "items": n} for (o, r), n in sorted(counted.items())]
    emit(rows, ["outcome", "reason", "items"], form)


def advice(report: RunReport) -> list[str]:
    """Return the lines a person needs after a run: failures, undated files, holds, where to look."""
    lines = [_failure(o.item, o.reason, o.detail) for o in report.outcomes if o.outcome is Outcome.FAILED]
    lines = lines[:NAMED] + ([f"... and {len(lines) - NAMED} more"] if len(lines) > NAMED else [])
    lines += [f"stopped by the audit: {what}" for what in report.blocked]
    lines += _undated(report.undated)
    lines += list(report.notes)
    lines += [f"held: {hold.record_kind} {hold.record_id}: {hold.reason}" for hold in report.holds[:NAMED]]
    if not report.is_changed:
        return [*lines, "nothing new: no row was written and no edition changed"]
    for (day, revision), path in zip(report.editions, report.edition_paths, strict=False):
        lines.append(f"edition of {day}, revision {revision}: {path / 'index.html'}")
    return [*lines, report.line]


def _failure(item: str, reason: str, detail: str) -> str:
    return f"failed: {item}: {reason}" + (f" ({detail})" if detail else "")


def _undated(names: tuple[str, ...]) -> list[str]:
    if not names:
        return []
    lines = [f"no publication day is known for {len(names)} of the documents; they are in no edition:"]
    lines += [f"  {name}" for name in names[:NAMED]]
    lines += [f"  ... and {len(names) - NAMED} more"] if len(names) > NAMED else []
    return [
        *lines,
        "  date them with --published YYYY-MM-DD or a manifest.csv (file,published,outlet) beside them",
    ]
