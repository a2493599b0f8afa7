"""Floors on the labelled articles: the scorer's own functions over what extraction reads from the files."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from newsledger.extract import extract
from newsledger.extract.language.text import load_model
from schemas.codebook import Codebook
from schemas.document import DateSource, Document
from schemas.figure import Figure
from schemas.yaml_file import read_yaml

CODEBOOK = Path(__file__).resolve().parents[2] / "newsledger/stories/gaza-talks/codebook.yml"

_SCORED = (
    "value",
    "value_low",
    "value_high",
    "indicator",
    "evidence",
    "evidence_start",
    "evidence_end",
    "rule",
)


def _scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "tools/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document(name: str, text: str, day: date) -> Document:
    """Return a document as ingestion would hold it, of which extraction reads the text and the names."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Document(
        document_id=name,
        key=name,
        url=None,
        canonical_url=None,
        outlet=None,
        title="",
        byline="",
        agency=None,
        dateline=None,
        language="en",
        published_at=instant,
        published_at_source=DateSource.FILE,
        published_at_precision="day",
        first_seen_at=instant,
        version=1,
        text=text,
        text_sha256="",
        word_count=len(text.split()),
        source_path=name,
        feed_id=None,
        sketch=(),
    )


@lru_cache(maxsize=1)
def _figures(shared: Path) -> tuple[tuple[Figure, ...], dict[str, str]]:
    codebook = read_yaml(CODEBOOK, Codebook)
    figures: list[Figure] = []
    texts: dict[str, str] = {}
    with (shared / "corpus/manifest.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            text = (shared / "corpus" / row["file"]).read_text(encoding="utf-8")
            day = date.fromisoformat(row["published"])
            texts[row["file"]] = text
            figures += extract(document(row["file"], text, day), codebook, load_model(), day=day).figures
    return tuple(figures), texts


def predictions(shared: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Return the rows the scorer reads and the texts they come from."""
    figures, texts = _figures(shared)
    units = _scorer(shared).TIME_UNITS
    rows = [
        {
            **{name: getattr(f, name) for name in _SCORED},
            "doc": f.document_id,
            "title": "",
            "qualifier": str(f.qualifier),
        }
        for f in figures
        if f.indicator or f.unit not in units
    ]
    return rows, texts


@pytest.mark.parametrize(
    ("level", "floor"), [(1, 0.95), (2, 0.93), (3, 0.95)], ids=["number", "bounds", "tracked"]
)
def test_figures_of_labelled_articles(shared: Path, level: int, floor: float) -> None:
    scorer = _scorer(shared)
    gold = scorer.load_gold(shared / "gold")[0]
    rows, texts = predictions(shared)
    score: Callable[..., tuple[Any, ...]] = scorer.score_figures
    precision, recall, f1, misses, extras = score(gold, rows, texts, level)
    shown = [m["evidence"] for m in misses], [(e["evidence"], e["indicator"]) for e in extras]
    assert f1 >= floor, f"precision {precision:.3f}, recall {recall:.3f}, missed and extra: {shown}"


def test_evidence_is_verbatim(shared: Path) -> None:
    figures, texts = _figures(shared)
    assert figures
    for figure in figures:
        assert texts[figure.document_id][figure.evidence_start : figure.evidence_end] == figure.evidence
