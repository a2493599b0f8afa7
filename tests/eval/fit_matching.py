"""Fit the weights of the signals to our labelled stories: ``python -m tests.eval.fit_matching [--write] [--show N]``.

Each story is left out once to see what the weights do on stories they never saw; then all are fitted together
and, with ``--write``, put into the extractor. Held-out stories and even-numbered articles are never read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from newsledger.extract.figures.indicators import Weighed
from newsledger.extract.figures.matching.weights import BIAS
from newsledger.extract.figures.mentions import Mention
from newsledger.extract.figures.reader import FigureReader
from newsledger.extract.language.text import ParsedText, load_model, parse
from tests.eval import labelled
from tests.unit.extract.test_extract_stories import DAY, STORIES, codebook

OUT = Path(labelled.ROOT) / "newsledger/extract/figures/matching/weights.json"
RIDGE = 0.02
"""Weight of the penalty on large weights, per quantity."""
DOUBTFUL = 0.3
"""Weight of a quantity whose label says that two editors could differ."""


@dataclass(frozen=True)
class Choice:
    """One quantity: the signals of every indicator that may be meant, and the place of the right one (-1: none)."""

    story: str
    where: str
    signals: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    right: int
    weight: float


def choices(story: str, article: dict[str, Any], reader: FigureReader) -> list[Choice]:
    """Return the labelled quantities of an article."""
    text = f"{article['headline']}\n\n{article['text']}" if "text" in article else article["whole"]
    parsed = parse(text, load_model())
    found = []
    for mention, weighed in reader.weigh(parsed, date.fromisoformat(article["published"])):
        label = _label(article["figures"], parsed, mention)
        open_ones = [w for w in weighed if not w.refusal]
        if label is None or not open_ones:
            continue
        found.append(_choice(story, parsed, mention, open_ones, label))
    return found


def _choice(
    story: str, parsed: ParsedText, mention: Mention, ones: Sequence[Weighed], label: dict[str, Any]
) -> Choice:
    keys = tuple(one.key for one in ones)
    right = keys.index(label["indicator"]) if label["indicator"] in keys else -1
    doc = parsed.paragraphs[mention.paragraph].doc
    where = doc[mention.sentence[0] : mention.sentence[1]].text
    weight = 1.0 if label["must"] else DOUBTFUL
    return Choice(story, f"[{doc[mention.first : mention.last].text}] {where}",
                  tuple(tuple(s.name for s in one.signals) for one in ones), keys, right, weight)  # fmt: skip


def _label(labels: Sequence[dict[str, Any]], parsed: ParsedText, mention: Mention) -> dict[str, Any] | None:
    """Return the label of a quantity: one whose evidence holds it and whose number is the same."""
    start = parsed.paragraphs[mention.paragraph].start + mention.number.core_start
    best: tuple[int, dict[str, Any]] | None = None
    for label in labels:
        values = {v for v in (label["low"], label["high"]) if v is not None}
        own = {mention.number.value, mention.number.low, mention.number.high}
        if not any(abs(a - b) <= 1e-6 * max(1, abs(a)) for a in values for b in own):
            continue
        for low, high in _places(label, parsed.text):
            if low <= start < high and (best is None or high - low < best[0]):
                best = high - low, label
    return best[1] if best else None


def _places(label: dict[str, Any], text: str) -> Iterable[tuple[int, int]]:
    if "start" in label:
        yield label["start"], label["end"]
        return
    at = text.find(label["evidence"])
    while at >= 0:
        yield at, at + len(label["evidence"])
        at = text.find(label["evidence"], at + 1)


def fit(data: Sequence[Choice], steps: int = 400) -> dict[str, float]:
    """Return the weights that make the right choices likeliest, large ones penalised (Adam, full batch)."""
    names = sorted({n for c in data for s in c.signals for n in s})
    column = {n: i for i, n in enumerate([BIAS, *names])}
    rows = [sorted({0, *(column[n] for n in s)}) for c in data for s in c.signals]
    matrix = np.zeros((len(rows), len(column)))
    for r, columns in enumerate(rows):
        matrix[r, columns] = 1.0
    owner = np.repeat(np.arange(len(data)), [len(c.signals) for c in data])
    wanted = np.concatenate([[float(c.right == i) for i in range(len(c.signals))] for c in data])
    weight = np.array([c.weight for c in data])
    w, m, v = (np.zeros(len(column)) for _ in range(3))
    for step in range(1, steps + 1):
        power = np.exp(np.clip(matrix @ w, -30, 30))
        whole = 1.0 + np.bincount(owner, power, len(data))
        error = (power / whole[owner] - wanted) * weight[owner]
        gradient = matrix.T @ error / len(data) + RIDGE * 0.1 * w
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w = w - 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {n: round(float(w[i]), 3) for n, i in column.items()}


def decide(choice: Choice, table: dict[str, float], least: float = 0.5) -> tuple[int, float]:
    """Return the place of the indicator the weights choose (-1: none) and its probability."""
    totals = [table.get(BIAS, 0.0) + sum(table.get(n, 0.0) for n in set(s)) for s in choice.signals]
    powers = np.exp(np.clip(totals, -30, 30))
    chances = powers / (1 + powers.sum())
    best = int(np.argmax(chances))
    return (best if chances[best] >= least else -1), float(chances[best])


def report(data: Sequence[Choice], table: dict[str, float], least: float = 0.5) -> tuple[int, int, int]:
    """Return right choices of an indicator, choices made, and labels with an indicator."""
    made = [(c, decide(c, table, least)[0]) for c in data if c.weight == 1.0]
    hits = sum(at >= 0 and at == c.right for c, at in made)
    return hits, sum(at >= 0 for _, at in made), sum(c.right >= 0 for c, _ in made)


def f1(hits: int, made: int, wanted: int) -> float:
    """Return F1 of three counts."""
    return 2 * hits / (made + wanted) if made + wanted else 0.0


def gather() -> list[Choice]:
    """Return the labelled quantities of all stories that may be read."""
    found: list[Choice] = []
    for name, book, articles in labelled.open_articles():
        reader = FigureReader(book)
        for article in articles:
            found += choices(name, article, reader)
    return found + _short_texts()


def _short_texts() -> list[Choice]:
    """Return the quantities of the short texts that the unit tests read, whose values say what they are."""
    found: list[Choice] = []
    for name, (indicators, text, expected) in STORIES.items():
        reader = FigureReader(codebook({key: dict(value) for key, value in indicators.items()}))
        parsed = parse(text, load_model())
        for mention, weighed in reader.weigh(parsed, DAY):
            value = mention.number.low if mention.number.kind in ("range", "vague") else mention.number.value
            keys = [k for k, values in expected.items() if value in {v for _, v in values}]
            open_ones = [w for w in weighed if not w.refusal]
            if len(keys) < 2 and open_ones:
                label = {"indicator": keys[0] if keys else None, "must": True}
                found.append(_choice(f"short: {name}", parsed, mention, open_ones, label))
    return found


def main() -> None:
    """Print what the weights do on stories left out, and write them when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="errors shown of each story left out")
    parser.add_argument("--only", default="", help="the stories shown: those with this in their name")
    asked = parser.parse_args()
    data = gather()
    stories = sorted({c.story for c in data})
    totals = np.zeros(3, dtype=int)
    for story in stories:
        table = fit([c for c in data if c.story != story])
        own = [c for c in data if c.story == story]
        counts = report(own, table)
        totals += counts
        if asked.only and asked.only not in story:
            continue
        print(f"{story:28} F1 {f1(*counts):.3f}  {counts}")
        wrong = [(c, *decide(c, table)) for c in own if c.weight == 1.0 and decide(c, table)[0] != c.right]
        for choice, at, chance in wrong[: asked.show]:
            name = {-1: "none"} | dict(enumerate(choice.keys))
            print(f"   {name[choice.right]} not {name[at]} ({chance:.2f}): {choice.where[:230]}")
            for place in sorted({choice.right, at} - {-1}):
                print(f"        {choice.keys[place]}: {' | '.join(choice.signals[place])}")
    hits, made, wanted = (int(n) for n in totals)
    print(f"left out: P {hits / max(made, 1):.3f} R {hits / max(wanted, 1):.3f} F1 {f1(hits, made, wanted):.3f}")
    table = fit(data)
    counts = report(data, table)
    print(f"in sample: F1 {f1(*counts):.3f}  {counts}")
    if asked.write:
        OUT.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
