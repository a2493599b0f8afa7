"""Records made by hand: a story of an invented harbour town, its documents, figures and positions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from schemas.audit import Audit, Check, Hold
from schemas.codebook import Codebook
from schemas.document import DateSource, Document, Link, Relation
from schemas.figure import Aspect, Figure, Modality, Qualifier
from schemas.item import ItemOutcome, Outcome
from schemas.position import Attendance, Position, Stance
from schemas.run import Batch, Run
from warehouse.connect import open_warehouse
from warehouse.promote import Publication, promote
from warehouse.stage import stage

CLOCK = datetime(2031, 5, 20, 6, 0, tzinfo=UTC)
NO_AUDIT = Audit((), ())
VERSION = "1/abc"


def codebook(**changes: Any) -> Codebook:
    data: dict[str, Any] = {
        "story": "harbour",
        "title": "The harbour strike",
        "version": "1",
        "timezone": "Africa/Cairo",
        "match": {"any": ["strike"], "at_least": 1},
        "actors": {"union": {"name": "Dockers' union"}, "port": {"name": "Port authority"}},
        "indicators": {
            "strikers": {"label": "dockers on strike", "counts": ["dockers"]},
            "toll": {"label": "killed", "counts": ["people"], "aspect": "cumulative", "step": 0.2},
            "wounded": {"label": "wounded", "counts": ["people"], "drop_after_days": 3},
            "crash": {"label": "killed in the crash", "counts": ["people"], "event_on": "2031-01-01"},
        },
        "issues": {
            "pay": {"proposition": "Pay should rise.", "topics": ["pay"]},
            "shifts": {"proposition": "Shifts should be shorter.", "topics": ["shifts"]},
        },
    }
    return Codebook.model_validate({**data, **changes})


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant of May 2031 in UTC; Cairo is three hours ahead then."""
    return datetime(2031, 5, day, hour, minute, tzinfo=UTC)


def span(value: float, qualifier: str) -> tuple[float | None, float | None]:
    if qualifier in ("at_least", "more_than"):
        return value, None
    if qualifier in ("nearly", "less_than", "up_to"):
        return None, value
    return value, value


@dataclass
class Article:
    """A document and what is read in it; figures are (indicator, value, qualifier, changes)."""

    name: str
    published_at: datetime | None
    outlet: str = "The Gull"
    version: int = 1
    agency: str | None = None
    figures: list[dict[str, Any]] = field(default_factory=list)
    positions: list[dict[str, Any]] = field(default_factory=list)
    attendance: list[dict[str, Any]] = field(default_factory=list)
    reprints: list[tuple[str, str]] = field(default_factory=list)
    first_seen_at: datetime = CLOCK
    stories: tuple[str, ...] = ("harbour",)
    story: str = "harbour"
    codebook_version: str = VERSION
    aspects: dict[str | None, Aspect] = field(default_factory=lambda: {"toll": Aspect.CUMULATIVE})

    def figure(
        self, indicator: str | None, value: float, qualifier: str = "exact", **changes: Any
    ) -> Article:
        low, high = span(value, qualifier)
        data = {
            "indicator": indicator,
            "value": value,
            "qualifier": qualifier,
            "value_low": low,
            "value_high": high,
        }
        self.figures.append({**data, **changes})
        return self

    def position(self, actor: str, issue: str, stance: str, **changes: Any) -> Article:
        self.positions.append({"actor": actor, "issue": issue, "stance": stance, **changes})
        return self

    def attends(self, name: str, **changes: Any) -> Article:
        self.attendance.append({"name": name, **changes})
        return self

    def repeats(self, other: str, relation: str = "same") -> Article:
        self.reprints.append((other, relation))
        return self

    @property
    def document_id(self) -> str:
        return "d" + self.name

    def words(self) -> list[str]:
        said = [f"{f['qualifier']} {f['value']:g} {f['indicator']}" for f in self.figures]
        said += [f"{p['actor']} {p['stance']} {p['issue']}" for p in self.positions]
        return said + [f"{a['name']} came" for a in self.attendance]

    def text(self) -> str:
        return "\n".join([f"Headline of {self.name}, version {self.version}", *self.words()])

    def document(self) -> Document:
        text = self.text()
        pieces = [f"{name} {n}" for name in (self.name, *(o for o, _ in self.reprints)) for n in range(20)]
        sketch = sorted({int(hashlib.sha256(w.encode()).hexdigest()[:16], 16) for w in text.split() + pieces})
        return Document(
            document_id=self.document_id, key=f"file:{self.name}", url=f"https://gull.example/{self.name}",
            canonical_url=None, outlet=self.outlet, title=f"Headline of {self.name}", byline="",
            agency=self.agency, dateline=None, language="en", published_at=self.published_at,
            published_at_source=DateSource.META, published_at_precision="second",
            first_seen_at=self.first_seen_at, version=self.version, text=text,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(), word_count=len(text.split()),
            source_path=None, feed_id="gull", sketch=tuple(sketch), stories=self.stories,
        )  # fmt: skip

    def _evidence(self, index: int) -> dict[str, Any]:
        words = self.words()[index]
        start = len("\n".join([self.text().split("\n")[0], *self.words()[:index]])) + 1
        return {
            "document_id": self.document_id, "version": self.version, "story": self.story, "evidence": words,
            "evidence_start": start, "evidence_end": start + len(words), "extractor": "hand 1",
            "codebook_version": self.codebook_version,
        }  # fmt: skip

    def read_figures(self) -> list[Figure]:
        rows = []
        for index, data in enumerate(self.figures):
            base = {
                "figure_id": f"f{self.name}-{self.version}-{index}", "counted": "people",
                "predicate": "", "unit": "person",
                "modality": Modality.REPORTED, "attributed_to": None, "place": None,
                "aspect": self.aspects.get(data["indicator"], Aspect.CURRENT),
                "as_of": None, "as_of_source": "document", "rule": "hand", **self._evidence(index),
            }  # fmt: skip
            rows.append(Figure(**{**base, **data, "qualifier": Qualifier(data["qualifier"])}))
        return rows

    def read_positions(self) -> list[Position]:
        rows = []
        for index, data in enumerate(self.positions):
            base = {
                "position_id": f"p{self.name}-{self.version}-{index}", "speaker": None, "act": "agree",
                "condition": None, "said_on": None, "rule": "hand",
                **self._evidence(len(self.figures) + index),
            }  # fmt: skip
            rows.append(Position(**{**base, **data, "stance": Stance(data["stance"])}))
        return rows

    def read_attendance(self) -> list[Attendance]:
        offset = len(self.figures) + len(self.positions)
        rows = []
        for index, data in enumerate(self.attendance):
            base = {
                "attendance_id": f"a{self.name}-{self.version}-{index}", "actor": None, "role": "",
                "delegation": None,
                "status": "expected", "place": None, "as_of": None, **self._evidence(offset + index),
            }  # fmt: skip
            rows.append(Attendance(**{**base, **data}))
        return rows

    def links(self) -> list[Link]:
        return [Link(self.document_id, "d" + o, 0.9, 0.9, Relation(r)) for o, r in self.reprints]


def batch(articles: Iterable[Article], run: str = "run1", clock: datetime = CLOCK, **extra: Any) -> Batch:
    made = Batch(Run(run, "ingest", clock, "ingest news", "newsledger 0"), **extra)
    for article in articles:
        made.documents.append(article.document())
        made.links += article.links()
        made.figures += article.read_figures()
        made.positions += article.read_positions()
        made.attendance += article.read_attendance()
        made.outcomes.append(
            ItemOutcome(
                f"news/{article.name}.txt",
                article.outlet,
                None,
                Outcome.STORED,
                "",
                "",
                article.document_id,
                article.version,
            )
        )
    return made


@dataclass
class Ledger:
    """A warehouse in a folder, fed with batches."""

    folder: Path
    book: Codebook = field(default_factory=codebook)
    runs: int = 0

    @property
    def path(self) -> Path:
        return self.folder / "warehouse.duckdb"

    def staged(self, *articles: Article, run: str = "", clock: datetime = CLOCK, **extra: Any) -> Path:
        self.runs += 1
        path = self.folder / f"staging-{self.runs}.duckdb"
        made = batch(articles, run or f"run{self.runs}", clock, **extra)
        stage(path, made, [(self.book, articles[0].codebook_version if articles else VERSION)])
        return path

    def add(
        self, *articles: Article, holds: Sequence[Hold] = (), checks: Sequence[Check] = (), **staging: Any
    ) -> Publication:
        return promote(self.path, self.staged(*articles, **staging), Audit(tuple(checks), tuple(holds)))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        con = open_warehouse(self.path)
        try:
            return con.execute(query).fetchall()
        finally:
            con.close()

    def open(self) -> duckdb.DuckDBPyConnection:
        return open_warehouse(self.path)
