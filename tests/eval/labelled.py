"""Labelled articles and the scorer: what is read in them, and how right it is.

The scorer lies beside the labelled articles, outside the project; it is imported from there, never rewritten.
``python -m tests.eval.labelled STORY... [--all] [--show N]`` prints the scores of our own stories: of the
articles that are for tuning; ``--all`` adds those that are kept for the end (``stories/README.md``).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import IO, Any, Literal

from newsledger.extract import Extractor
from newsledger.extract.language.text import load_model
from schemas.codebook import Codebook
from schemas.document import DateSource, Document
from schemas.run import Extraction
from schemas.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parents[2]
STORIES = Path(__file__).parent / "stories"
REAL = Path(__file__).parent / "real"
HELD_OUT = "HELD-OUT"
"""A file of this name in a story's folder: none of its articles is read before the end."""
ALL_OPEN = "ALL-OPEN"
"""A file of this name in a story's folder: all of its articles are for tuning."""
LEVELS = {"figures/number": 1, "figures/bounds": 2, "figures/tracked": 3}
OPENED = (2, 6)
"""Even-numbered articles of the first six stories that were kept unseen at first and opened later."""
Part = Literal["open", "unseen", "all"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Labelled:
    """Articles of one story with their labels and what was read in them, each by the article's name."""

    texts: dict[str, str]
    titles: dict[str, str]
    days: dict[str, date]
    figures: list[Row]
    positions: list[Row]
    speaks_for: dict[str, str]
    read: dict[str, Extraction]


def document(name: str, text: str, day: date) -> Document:
    """Return a document as ingestion would hold it, of which extraction reads the text and the names."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
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
        published_at=noon,
        published_at_source=DateSource.FILE,
        published_at_precision="day",
        first_seen_at=noon,
        version=1,
        text=text,
        text_sha256="",
        word_count=len(text.split()),
        source_path=name,
        feed_id=None,
        sketch=(),
    )


@cache
def corpus(shared: Path) -> Labelled:
    """Return the labelled real articles, read with the shipped codebook."""
    book = read_yaml(ROOT / "newsledger/stories/gaza-talks/codebook.yml", Codebook)
    figures, positions, _, speaks_for, _ = scorer(shared).load_gold(shared / "gold")
    with (shared / "corpus/manifest.csv").open(encoding="utf-8", newline="") as lines:
        days = {row["file"]: date.fromisoformat(row["published"]) for row in csv.DictReader(lines)}
    texts = {name: (shared / "corpus" / name).read_text(encoding="utf-8") for name in days}
    return Labelled(
        texts, dict.fromkeys(texts, ""), days, figures, positions, speaks_for, _read(book, texts, days)
    )


@cache
def story(name: str, part: Part) -> Labelled:
    """Return our own labelled articles of a story: those for tuning, those kept unseen, or all."""
    book = read_yaml(STORIES / name / "codebook.yml", Codebook)
    chosen = [path for path in article_paths(name) if part == "all" or is_open(path) == (part == "open")]
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in chosen]
    stems = {a["id"]: path.stem for path, a in zip(chosen, articles, strict=True)}
    days = {a["id"]: date.fromisoformat(a["published"]) for a in articles}
    return Labelled(
        texts={a["id"]: text_of(a) for a in articles},
        titles={a["id"]: a["headline"] for a in articles},
        days=days,
        figures=[dict(label, doc=a["id"]) for a in articles for label in a["figures"]],
        positions=[dict(label, doc=a["id"]) for a in articles for label in a["positions"]],
        speaks_for={key: actor.speaks_for for key, actor in book.actors.items() if actor.speaks_for},
        read={article_id: _reading(name, stem) for article_id, stem in stems.items()},
    )


@cache
def _reading(name: str, stem: str) -> Extraction:
    """Return what is read in one article of a story; read once however often it is asked for."""
    article = json.loads((STORIES / name / f"{stem}.json").read_text(encoding="utf-8"))
    day = date.fromisoformat(article["published"])
    return _extractor(name).read(document(article["id"], text_of(article), day), day=day)


@cache
def _extractor(name: str) -> Extractor:
    return Extractor(read_yaml(STORIES / name / "codebook.yml", Codebook), load_model())


def names() -> list[str]:
    """Return the stories, sorted."""
    return sorted(path.parent.name for path in STORIES.glob("*/codebook.yml"))


def article_paths(name: str) -> list[Path]:
    """Return the files of a story's articles, sorted."""
    return sorted((STORIES / name).glob("[0-9]*.json"))


def open_articles() -> Iterator[tuple[str, Codebook, list[Row]]]:
    """Yield each story that may be read while rules are written, with its codebook and open articles."""
    for name in names():
        paths = [path for path in article_paths(name) if is_open(path)]
        if paths:
            book = read_yaml(STORIES / name / "codebook.yml", Codebook)
            yield name, book, [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def real_articles(shared: Path, *, unseen: bool = False) -> Iterator[tuple[str, Codebook, list[Row]]]:
    """Yield the stories labelled in real articles, whose texts are not ours to keep, with those texts.

    Args:
        shared: the folder beside the project that holds the texts.
        unseen: whether to yield the articles kept for the end, else those for tuning.
    """
    texts = _polnear(shared)
    for folder in sorted(p for p in REAL.iterdir() if p.is_dir()):
        kept = (folder / "UNSEEN").read_text(encoding="utf-8").split()
        paths = sorted(p for p in folder.glob("*.json") if (p.stem in kept) == unseen)
        rows = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        yield (
            folder.name,
            read_yaml(folder / "codebook.yml", Codebook),
            [{**r, "whole": texts[r["id"]]} for r in rows],
        )


@cache
def _polnear(shared: Path) -> dict[str, str]:
    """Return the real texts by their file's stem."""
    with tarfile.open(shared / "data/polnear/polnear-train-dev.tar.xz") as tar:
        members = [m for m in tar.getmembers() if m.name.endswith(".txt")]
        return {Path(m.name).stem: _decoded(tar.extractfile(m)) for m in members}


def _decoded(file: IO[bytes] | None) -> str:
    assert file is not None
    return io.TextIOWrapper(file, encoding="utf-8").read()


def text_of(article: Row) -> str:
    """Return an article's text as ingestion would hold it, the headline first."""
    return article["whole"] if "whole" in article else f"{article['headline']}\n\n{article['text']}"


def places(label: Row, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a label's evidence stands."""
    if "start" in label:
        yield label["start"], label["end"]
        return
    at = text.find(label["evidence"])
    while at >= 0:
        yield at, at + len(label["evidence"])
        at = text.find(label["evidence"], at + 1)


def is_open(path: Path) -> bool:
    """Return whether an article may be read: odd ones, two opened later, all of the stories for tuning."""
    if (path.parent / HELD_OUT).exists():
        return False
    return int(path.stem) % 2 == 1 or int(path.stem) in OPENED or (path.parent / ALL_OPEN).exists()


def _read(book: Codebook, texts: dict[str, str], days: dict[str, date]) -> dict[str, Extraction]:
    extractor = Extractor(book, load_model())
    return {
        name: extractor.read(document(name, text, days[name]), day=days[name]) for name, text in texts.items()
    }


@cache
def scorer(shared: Path) -> Any:
    """Return the scorer's module."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figure_rows(shared: Path, labelled: Labelled) -> list[Row]:
    """Return the figures read, as rows of the published view that the scorer reads."""
    names = (
        "value",
        "value_low",
        "value_high",
        "indicator",
        "evidence",
        "evidence_start",
        "evidence_end",
        "rule",
    )
    return [
        {
            **{name: getattr(figure, name) for name in names},
            "doc": doc,
            "title": labelled.titles[doc],
            "qualifier": figure.qualifier.value,
        }
        for doc, read in labelled.read.items()
        for figure in read.figures
        if figure.indicator or figure.unit not in scorer(shared).TIME_UNITS
    ]


def position_rows(labelled: Labelled) -> list[Row]:
    """Return the positions read, as rows that the scorer reads."""
    return [
        {"doc": doc, "actor": p.actor, "issue": p.issue, "stance": p.stance.value, "evidence": p.evidence}
        for doc, read in labelled.read.items()
        for p in read.positions
    ]


def scores(shared: Path, labelled: Labelled) -> dict[str, tuple[Any, ...]]:
    """Return (precision, recall, F1, misses, extras) by the scorer's names."""
    rows, module = figure_rows(shared, labelled), scorer(shared)
    found = {
        name: module.score_figures([dict(f) for f in labelled.figures], rows, labelled.texts, level)
        for name, level in LEVELS.items()
    }
    folds: dict[str, Callable[[str], str]] = {
        "positions": lambda actor: actor,
        "positions/lenient": lambda actor: labelled.speaks_for.get(actor, actor),
    }
    for name, fold in folds.items():
        found[name] = module.score_positions(labelled.positions, position_rows(labelled), fold)
    return found


def together(shared: Path, names: Sequence[str], part: Part) -> dict[str, tuple[float, float]]:
    """Return (precision, F1) by the scorer's names over several stories taken as one."""
    parts = [story(name, part) for name in names]
    joined = Labelled(
        texts={k: v for part in parts for k, v in part.texts.items()},
        titles={k: v for part in parts for k, v in part.titles.items()},
        days={k: v for part in parts for k, v in part.days.items()},
        figures=[label for part in parts for label in part.figures],
        positions=[label for part in parts for label in part.positions],
        speaks_for={k: v for part in parts for k, v in part.speaks_for.items()},
        read={k: v for part in parts for k, v in part.read.items()},
    )
    return {name: (found[0], found[2]) for name, found in scores(shared, joined).items()}


def main() -> None:
    """Print the scores of our own stories."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", nargs="*", default=names())
    parser.add_argument("--all", action="store_true", help="the even-numbered articles as well")
    parser.add_argument("--show", type=int, default=0, help="misses and extras shown of each score")
    asked = parser.parse_args()
    shared = Path(os.environ.get("NEWSLEDGER_SHARED", ROOT.parent / "shared"))
    for name in asked.stories:
        print(f"== {name}")
        for score, (precision, recall, f1, misses, extras) in scores(
            shared, story(name, "all" if asked.all else "open")
        ).items():
            print(f"{score:20} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
            for kind, items in (("missed", misses), ("extra", extras)):
                for item in items[: asked.show]:
                    print(f"    {kind}: {item}")


if __name__ == "__main__":
    main()
