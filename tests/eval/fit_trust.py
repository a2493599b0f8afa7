"""Fit the weights by which stances read loosely are trusted to our labelled stories.

``python -m tests.eval.fit_trust [--write] [--show N]``

Each story is left out once to see what the weights do on stories they never saw; then all are fitted together
and, with ``--write``, put into the extractor. Held-out stories and articles kept unseen are never read.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions import reader
from newsledger.extract.positions.trust import BIAS, LEAST, probability
from schemas.codebook import Codebook
from schemas.yaml_file import read_yaml
from tests.eval import labelled
from tests.unit.extract.position_cases import DAY, document_of
from tests.unit.extract.press_cases import SEEN

SHARED = Path(os.environ.get("NEWSLEDGER_SHARED", labelled.ROOT.parent / "shared"))
OUT = Path(labelled.ROOT) / "newsledger/extract/positions/trust.json"
RIDGE = 0.03
"""Weight of the penalty on the squares of how far a weight leaves its prior, per candidate."""
PRIOR = {
    BIAS: -2.2, "near:same": 0.3, "near:synonym": -0.4, "near:kind": -1.0, "near:3 of 3": 1.8,
    "near:2 of 2": 1.2, "near:2 of 3": 0.5, "near:1 of 2": -0.5, "near:1 of 3": -1.0,
    "near:rest before": 0.3, "near:rest unsaid": -0.8, "near:gap wide": -0.6, "near:rival": -0.8,
    "near:act unsaid": -0.6, "near:other object": -1.2, "near:contrary": -0.3, "near:light": -0.8,
    "issue:now": 0.6, "issue:lately": 0.4, "issue:elsewhere": 0.2, "read:denied": -1.5,
    "read:cue verb": 1.6, "read:cue noun": 1.2, "read:cue adjective": 1.4, "read:said": 1.2,
    "loose:said": -0.3, "loose:does": -0.8, "loose:fragment": 2.6, "loose:orphan said": 1.8,
    "loose:negated": 0.3, "loose:modal may": -1.0, "topic:named": 0.4, "taken:noun the": 0.6,
    "taken:noun this": 0.8, "taken:noun such": 0.8, "taken:word it": 0.5, "taken:verb": 0.3,
    "taken:of 1": 0.4, "taken:of 2": -0.6, "taken:of 3": -1.5, "taken:age 1": 0.6, "taken:age 2": 0.2,
    "taken:age 3": -1.2, "stance:hearsay": -1.0, "stance:past": -1.5,
}  # fmt: skip
"""What the weights were thought to be before any article was counted; most signals are too rare to move."""
DOUBTFUL = 0.5
"""Weight of a candidate that only a label meets on which two editors could differ.

One whose stance is labelled elsewhere in the text but not there counts nothing: right by chance.
"""
Stance = tuple[str, str, str]
Table = dict[str, float]


@dataclass(frozen=True)
class Candidate:
    """A stance read loosely: its signals, whether a label says the same, and how much it counts."""

    stance: Stance
    evidence: str
    signals: tuple[str, ...]
    is_right: bool
    weight: float


@dataclass(frozen=True)
class Text:
    """One labelled text: what rules read in it, what is only guessed at, and its labels, sides folded."""

    story: str
    sure: frozenset[Stance]
    candidates: tuple[Candidate, ...]
    must: frozenset[Stance]
    allowed: frozenset[Stance]


def gather() -> list[Text]:
    """Return all labelled texts that may be read."""
    found = [
        _text(
            name,
            book,
            labelled.text_of(article),
            date.fromisoformat(article["published"]),
            article["positions"],
        )
        for name, book, articles in (*labelled.open_articles(), *labelled.real_articles(SHARED))
        for article in articles
    ]
    return found + list(_gold()) + list(_short())


def _gold() -> Iterator[Text]:
    """Yield the labelled real articles of the shipped codebook."""
    book = read_yaml(labelled.ROOT / "newsledger/stories/gaza-talks/codebook.yml", Codebook)
    gold = labelled.corpus(SHARED)
    for name, text in gold.texts.items():
        own = [p for p in gold.positions if p["doc"] == name]
        yield _text("gaza-talks", book, text, gold.days[name], own)


def _short() -> Iterator[Text]:
    """Yield the short passages of the unit tests that are for tuning."""
    for book, text, wanted in SEEN:
        rows = [
            dict(
                zip(("actor", "issue", "stance"), stance.split(), strict=True),
                must=True,
                start=0,
                end=len(text),
            )
            for stance in wanted
        ]
        yield _text(f"short {book.story}", book, text, DAY, rows)


def _text(story: str, book: Codebook, text: str, day: date, labels: Sequence[dict[str, Any]]) -> Text:
    speaks = {key: actor.speaks_for for key, actor in book.actors.items() if actor.speaks_for}
    folded = [((speaks.get(x["actor"], x["actor"]), x["issue"], x["stance"]), x) for x in labels]
    must = frozenset(stance for stance, label in folded if label["must"])
    allowed = frozenset(stance for stance, _ in folded)
    one = reader._Reader(reader.PositionReader(book), document_of(text), parse(text, load_model()), day)
    one.read()
    sure = {(speaks.get(p.actor, p.actor), p.issue, p.stance.value) for p in one.positions.values()}
    taken = {(actor, issue) for actor, issue, _ in sure}
    candidates = []
    for position, signals in one.doubtful:
        stance = (speaks.get(position.actor, position.actor), position.issue, position.stance.value)
        if stance[:2] in taken:
            continue
        places = [p for own, label in folded if own == stance for p in labelled.places(label, text)]
        is_there = any(position.evidence_start < b and a < position.evidence_end for a, b in places)
        weight = 0.0 if places and not is_there else DOUBTFUL if stance in allowed - must else 1.0
        candidates.append(Candidate(stance, position.evidence, signals, stance in allowed, weight))
    return Text(story, frozenset(sure), tuple(candidates), must, allowed)


def fit(data: Sequence[Candidate], steps: int = 400) -> Table:
    """Return the weights of a logistic regression, large ones penalised (Adam, full batch)."""
    names = sorted({name for c in data for name in c.signals})
    column = {name: n for n, name in enumerate([BIAS, *names])}
    x = np.zeros((len(data), len(column)))
    for row, candidate in enumerate(data):
        x[row, [0, *(column[name] for name in candidate.signals)]] = 1.0
    y = np.array([float(c.is_right) for c in data])
    weight = np.array([c.weight for c in data])
    prior = np.array([PRIOR.get(name, 0.0) for name in column])
    w, m, v = prior.copy(), np.zeros(len(column)), np.zeros(len(column))
    for step in range(1, steps + 1):
        error = (1 / (1 + np.exp(-np.clip(x @ w, -30, 30))) - y) * weight
        gradient = x.T @ error / len(data) + RIDGE * (w - prior)
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w = w - 0.03 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return PRIOR | {name: round(float(w[n]), 3) for name, n in column.items()}


def kept(text: Text, table: Table, least: float) -> set[Stance]:
    """Return the stances of a text that are kept: the sure ones and the likeliest of the guessed ones."""
    found, taken = set(text.sure), {stance[:2] for stance in text.sure}
    for one in sorted(text.candidates, key=lambda c: -probability(c.signals, table)):
        if one.stance[:2] not in taken and probability(one.signals, table) >= least:
            taken.add(one.stance[:2])
            found.add(one.stance)
    return found


def rates(pairs: Sequence[tuple[Text, Table]], least: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 over texts, each read with a table of its own."""
    right = made = hit = wanted = 0
    for text, table in pairs:
        found = kept(text, table, least)
        right, made = right + len(found & text.allowed), made + len(found)
        hit, wanted = hit + len(found & text.must), wanted + len(text.must)
    p, r = right / max(made, 1), hit / max(wanted, 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def crossed(texts: Sequence[Text]) -> list[tuple[Text, Table]]:
    """Return each text with the weights fitted to all other stories."""
    tables = {
        story: fit([c for t in texts if t.story != story for c in t.candidates])
        for story in sorted({t.story for t in texts})
    }
    return [(text, tables[text.story]) for text in texts]


def main() -> None:
    """Print what the weights do on stories left out, and write them when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="kept candidates shown")
    asked = parser.parse_args()
    texts = gather()
    data = [c for t in texts for c in t.candidates]
    print(f"{len(data)} candidates, {sum(c.is_right for c in data)} right")
    pairs = crossed(texts)
    stories = [(t, table) for t, table in pairs if not t.story.startswith("short")]
    for name, part in (("stories", stories), ("short", [p for p in pairs if p not in stories])):
        print(f"{name} by rules alone: P %.3f R %.3f F1 %.3f" % rates(part, 1.1))
        for least in sorted({0.4, 0.6, 0.7, LEAST}):
            print(f"{name} left out, from {least}: P %.3f R %.3f F1 %.3f" % rates(part, least))
    shown = [(t, c, probability(c.signals, table)) for t, table in pairs for c in t.candidates]
    for text, one, chance in [row for row in shown if row[2] >= LEAST or row[1].is_right][: asked.show]:
        print("+" if one.is_right else "-", f"{chance:.2f}", text.story, one.stance, one.evidence[:200])
        print("       ", " | ".join(one.signals))
    if asked.write:
        OUT.write_text(json.dumps(fit(data), indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
