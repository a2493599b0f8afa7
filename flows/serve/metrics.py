"""What the service measures, in the text format of Prometheus: counters of its runs, gauges of the ledger."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from flows.report import RunReport
from warehouse.connect import open_snapshot
from warehouse.state import LedgerState, ledger_state

SECONDS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600)
LAGS = (10, 30, 60, 120, 300, 900, 3600, 6 * 3600, 86_400, 7 * 86_400)


class Metrics:
    """The numbers of one service. Names follow the conventions of Prometheus: base units, ``_total``."""

    def __init__(self) -> None:
        self._registry = kept = CollectorRegistry()
        self._runs = Counter("newsledger_runs", "Runs by kind and end", ["kind", "end"], registry=kept)
        self._seconds = Histogram(
            "newsledger_run_seconds", "Duration of runs", ["kind"], buckets=SECONDS, registry=kept
        )
        self._items = Counter(
            "newsledger_items", "Items and files seen, by outcome", ["outcome"], registry=kept
        )
        self._lag = Histogram(
            "newsledger_publication_lag_seconds",
            "From an article's publication to the edition that has it, where the instant is known",
            buckets=LAGS,
            registry=kept,
        )
        self._last = Gauge(
            "newsledger_last_run_timestamp_seconds", "End of the last run", ["kind"], registry=kept
        )
        self._waiting = Gauge("newsledger_inbox_files", "Files of the inbox that wait", registry=kept)
        self._failing = Gauge(
            "newsledger_job_failing", "1 while a kind of run fails", ["kind"], registry=kept
        )
        self._ledger = {
            name: Gauge(f"newsledger_{name}", about, registry=kept)
            for name, about in {
                "documents": "Documents held, versions not counted",
                "editions": "Days with an edition",
                "held": "Records an expectation keeps out of the editions",
                "quarantine": "Items that wait to be tried again or were given up",
                "newest_publication_timestamp_seconds": "The latest publication instant of a document",
                "audit_failed": "Expectations that did not hold in the last run",
            }.items()
        }
        self._feeds = Gauge("newsledger_feeds", "Feeds by state", ["state"], registry=kept)

    def ran(self, kind: str, seconds: float, now: datetime, report: RunReport | None) -> None:
        """Count a run; without a report it failed."""
        self._runs.labels(kind, "failed" if report is None else "done").inc()
        self._seconds.labels(kind).observe(seconds)
        self._failing.labels(kind).set(report is None)
        if report is not None:
            self._last.labels(kind).set(now.timestamp())
            for outcome, number in report.counts.items():
                self._items.labels(outcome).inc(number)

    def waiting(self, files: int) -> None:
        """Note how many files of the inbox wait."""
        self._waiting.set(files)

    def published(self, snapshot: Path, run_id: str, now: datetime) -> None:
        """Read the gauges from the published snapshot, and the lags of what a run brought."""
        con = open_snapshot(snapshot)
        try:
            state = ledger_state(con, run_id)
        finally:
            con.close()
        self._set(state)
        for instant in state.run_publications:
            self._lag.observe(max((now - instant).total_seconds(), 0.0))

    def _set(self, state: LedgerState) -> None:
        for name in ("documents", "editions", "held", "quarantine", "audit_failed"):
            self._ledger[name].set(getattr(state, name))
        if state.newest_publication is not None:
            self._ledger["newest_publication_timestamp_seconds"].set(state.newest_publication.timestamp())
        for name, number in Tally(state.feed_states.values()).items():
            self._feeds.labels(name).set(number)

    def text(self) -> bytes:
        """Return all numbers as Prometheus reads them."""
        return generate_latest(self._registry)
