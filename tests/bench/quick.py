"""Steps of a run made cheap, for measuring the ledger and not the reading.

A reader of four patterns stands in for the language model, and the audit's queries run without the library
around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from expectations import engine
from expectations.rule import Suite
from flows import backfilling, steps
from flows.project import Project, open_project
from flows.work import Work
from newsledger.extract import codebook_version
from newsledger.extract.ids import stable_id
from newsledger.fetch.sources.choose import Wanted
from newsledger.fetch.sources.source import DayRange, Portion, Source
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.figure import Aspect, Figure, Modality, Qualifier
from schemas.position import Position, Stance
from schemas.run import Extraction
from tests.bench.newsdays import CODEBOOK, FIRST

NUMBERS = {
    "dead": re.compile(r"killed (\d+) people"),
    "hurt": re.compile(r"[Aa]t least (\d+) people were injured"),
    "homeless": re.compile(r"(\d+) families were left homeless"),
}
STANCES = {"supports": Stance.SUPPORTS, "opposes": Stance.OPPOSES, "would support": Stance.CONDITIONAL}
_STANCE = re.compile(
    r"The mayor (supports|opposes|would support) rebuilding the old town(?: (if the state pays for it))?"
)
NOW = datetime(2026, 5, 1, tzinfo=UTC)
ARROW_TYPES = {
    "text": pa.string(), "texts": pa.list_(pa.string()), "whole": pa.int64(), "real": pa.float64(),
    "reals": pa.list_(pa.float64()), "flag": pa.bool_(), "day": pa.date32(),
    "instant": pa.timestamp("us", tz="UTC"),
}  # fmt: skip
"""As :mod:`expectations.gx` has them, which takes seconds to import."""


class QuickExtractor:
    """Reads what :mod:`tests.bench.newsdays` writes, by regular expressions."""

    def __init__(self, codebook: Codebook, nlp: object) -> None:
        del nlp
        self.codebook = codebook
        self.version = codebook_version(codebook)

    def read(self, document: Document, *, day: date | None, parsed: object = None) -> Extraction:
        del parsed
        figures = [
            self._figure(document, day, name, found)
            for name, pattern in NUMBERS.items()
            for found in pattern.finditer(document.text)
        ]
        positions = [self._position(document, day, found) for found in _STANCE.finditer(document.text)]
        return Extraction(tuple(figures), tuple(positions))

    def _figure(self, document: Document, day: date | None, name: str, found: re.Match[str]) -> Figure:
        value, is_open = float(found[1]), name == "hurt"
        return Figure(
            figure_id=stable_id("f", document.document_id, document.reading_key, name, found.start()),
            document_id=document.document_id, version=document.version, story="fire", indicator=name,
            counted="people", predicate=name, value=value, value_low=value,
            value_high=None if is_open else value,
            qualifier=Qualifier.AT_LEAST if is_open else Qualifier.EXACT, unit="person",
            modality=Modality.REPORTED, aspect=Aspect(self.codebook.indicators[name].aspect),
            attributed_to=None, place=None, as_of=day, as_of_source="document", evidence=found[0],
            evidence_start=found.start(), evidence_end=found.end(), rule="pattern", extractor="quick",
            codebook_version=self.version,
        )  # fmt: skip

    def _position(self, document: Document, day: date | None, found: re.Match[str]) -> Position:
        return Position(
            position_id=stable_id("p", document.document_id, document.reading_key, found.start()),
            document_id=document.document_id, version=document.version, story="fire", issue="rebuild",
            actor="mayor", speaker=None, stance=STANCES[found[1]], act="agree", condition=found[2],
            said_on=day, evidence=found[0], evidence_start=found.start(), evidence_end=found.end(),
            rule="pattern", extractor="quick", codebook_version=self.version,
        )  # fmt: skip


def _found(suite: Suite, frame: Any) -> dict[str, list[dict[str, str]]]:
    """Return what :func:`expectations.engine._found` does, asked of DuckDB directly."""
    if frame.empty:
        return {rule.name: [] for rule in suite.rules}
    schema = pa.schema([(name, ARROW_TYPES[kind]) for name, kind in suite.columns.items()])
    table = pa.Table.from_pandas(frame[list(suite.columns)], schema=schema, preserve_index=False)
    with closing(duckdb.connect()) as con:
        con.register("batch", table)
        for statement in suite.prelude:
            con.execute(statement).fetchall()
        return {rule.name: _broken(con, rule.sql, rule.parameters) for rule in suite.rules}


def _broken(con: Any, sql: str, parameters: Mapping[str, object]) -> list[dict[str, str]]:
    query = f"SELECT DISTINCT id, reason FROM ({sql}) ORDER BY id, reason"
    return [{"id": str(i), "reason": str(r)} for i, r in con.execute(query, dict(parameters)).fetchall()]


@contextmanager
def quick_audit() -> Iterator[None]:
    """Run the audit without its library for a ``with`` block."""
    with patch.object(engine, "_found", _found):
        yield


@contextmanager
def quick_steps() -> Iterator[None]:
    """Make the steps of a run cheap for a ``with`` block."""
    with (
        patch.object(engine, "_found", _found),
        patch.object(steps, "Extractor", QuickExtractor),
        patch.object(steps, "load_model", lambda: None),
        patch.object(steps, "parse", lambda text, model: None),
    ):
        yield


class Silence:
    """An announcer that says nothing."""

    def say(self, line: str) -> None:
        del line

    def track(self, things: Any, label: str) -> Iterator[Any]:
        del label
        yield from things


def project_in(folder: Path, book: str = CODEBOOK) -> Project:
    (folder / "codebooks").mkdir(parents=True, exist_ok=True)
    (folder / "codebooks" / "fire.yml").write_text(book)
    return open_project(folder)


def backfill_of(
    project: Project, source: Source, days: int = 60, now: datetime = NOW
) -> backfilling.Backfill:
    """Return a backfill of a source that is open already."""
    span = DayRange(FIRST, FIRST + timedelta(days=days), ZoneInfo(project.timezone), now)
    return backfilling.Backfill(project, Silence(), Wanted("folder", ("made up",)), span, now, source)


def bring_day(job: backfilling.Backfill, portion: Portion) -> None:
    """Read one day and bring it into the ledger, as the flow does, without the workflow engine."""
    work = backfilling.begin_batch(job, portion)
    backfilling.read_portion(job, portion, work)
    with job.locked():
        bring_in(work)
    job.reports.append(steps.report(work))


def bring_in(work: Work, *, publishes: bool = False) -> None:
    """Take what a run read to the ledger, as :func:`flows.tasks.finish` does, without the engine."""
    steps.clear_staging(work)
    steps.recheck_days(work)
    steps.identify_drafts(work)
    if steps.is_worth_promoting(work):
        steps.extract_documents(work)
        steps.compare_versions(work)
        steps.stage_batch(work)
        steps.audit_batch(work)
        steps.promote_batch(work)
        steps.recheck_days(work)
    if publishes:
        steps.publish_pending(work)
