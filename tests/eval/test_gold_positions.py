"""Floor under the quality of positions on the labelled articles (skipped where these are absent)."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions.reader import PositionReader
from schemas.codebook import Codebook
from schemas.document import DateSource, Document
from schemas.position import Position
from schemas.yaml_file import read_yaml

CODEBOOK = Path(__file__).resolve().parents[2] / "newsledger" / "stories" / "gaza-talks" / "codebook.yml"
DAY_BEFORE, DAY_AFTER = date(2025, 10, 6), date(2025, 10, 8)


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _document(name: str, text: str, day: date) -> Document:
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Document(
        document_id="d" + hashlib.sha256(name.encode()).hexdigest()[:16], key=f"file:{name}", url=None,
        canonical_url=None, outlet=None, title="", byline="", agency=None, dateline=None, language="en",
        published_at=instant, published_at_source=DateSource.FILE, published_at_precision="day",
        first_seen_at=instant, version=1, text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        word_count=len(text.split()), source_path=name, feed_id=None, sketch=(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def read(request: pytest.FixtureRequest) -> list[tuple[str, date, Position]]:
    """Return (file, day, position) of every position in the labelled articles."""
    shared: Path = request.getfixturevalue("shared")
    reader = PositionReader(read_yaml(CODEBOOK, Codebook))
    found = []
    with (shared / "corpus" / "manifest.csv").open(encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest):
            text = (shared / "corpus" / row["file"]).read_text(encoding="utf-8")
            day = date.fromisoformat(row["published"])
            positions, _ = reader.read(_document(row["file"], text, day), parse(text, load_model()), day)
            assert all(text[p.evidence_start : p.evidence_end] == p.evidence for p in positions)
            found += [(row["file"], day, position) for position in positions]
    return found


def test_positions_reach_the_floor(shared: Path, read: list[tuple[str, date, Position]]) -> None:
    scorer = _scorer(shared)
    _, gold, _, speaks_for, _ = scorer.load_gold(shared / "gold")
    predicted = [
        {"doc": file, "actor": p.actor, "issue": p.issue, "stance": p.stance.value} for file, _, p in read
    ]
    precision, _, f1, missed, extra = scorer.score_positions(gold, predicted, lambda a: speaks_for.get(a, a))
    assert f1 >= 0.85, (missed, extra)
    assert precision >= 0.90, extra


def _stances(read: list[tuple[str, date, Position]], day: date, issue: str) -> dict[str, int]:
    """Return stance -> number of texts in which Hamas takes it on a day."""
    texts = {
        (file, p.stance.value) for file, d, p in read if d == day and p.issue == issue and p.actor == "hamas"
    }
    return {stance: sum(s == stance for _, s in texts) for stance in {s for _, s in texts}}


@pytest.mark.parametrize("issue", ["war-end-guarantees", "israeli-withdrawal", "hamas-gives-up-governing"])
def test_talking_about_mechanisms_is_no_stance(read: list[tuple[str, date, Position]], issue: str) -> None:
    assert _stances(read, DAY_BEFORE, issue) == {}
    after = _stances(read, DAY_AFTER, issue)
    assert max(after, key=lambda s: after[s]) == "supports"


def test_disarmament_hardens_from_conditional_to_opposed(read: list[tuple[str, date, Position]]) -> None:
    assert set(_stances(read, DAY_BEFORE, "hamas-disarmament")) == {"conditional"}
    assert set(_stances(read, DAY_AFTER, "hamas-disarmament")) == {"opposes"}
