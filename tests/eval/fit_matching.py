"""Fit the weights of the signals to our labelled stories.

``python -m tests.eval.fit_matching [--write] [--show N] [--only STORY]``

Each story is left out once to see what the weights do on stories they never saw; then all are fitted together
and, with ``--write``, put into the extractor. Held-out stories and articles kept unseen are never read.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from newsledger.extract.figures.indicators import Weighed, second_look
from newsledger.extract.figures.matching.weights import BIAS
from newsledger.extract.figures.mentions import Mention
from newsledger.extract.figures.reader import FigureReader
from newsledger.extract.language.text import ParsedText, load_model, parse
from schemas.codebook import Codebook
from schemas.yaml_file import read_yaml
from tests.eval import labelled
from tests.unit.extract.test_extract_stories import DAY, STORIES, codebook

SHARED = Path(os.environ.get("NEWSLEDGER_SHARED", labelled.ROOT.parent / "shared"))
OUT = Path(labelled.ROOT) / "newsledger/extract/figures/matching/weights.json"
RIDGE = 0.0005
"""Weight of the penalty on the squares of the weights, per quantity."""
DOUBTFUL = 0.3
"""Weight of a quantity whose label says that two editors could differ."""
Table = dict[str, float]
Counts = tuple[int, int, int]


@dataclass(frozen=True)
class Read:
    """One labelled text: its quantities, every indicator's signals for each, its label (None: unknown)."""

    story: str
    parsed: ParsedText
    mentions: list[Mention]
    weighed: list[list[Weighed]]
    aspects: dict[str, str]
    labels: list[dict[str, Any] | None]


@dataclass(frozen=True)
class Choice:
    """One quantity: every indicator's signals, and the place of the right indicator (-1: none or refused)."""

    story: str
    where: str
    signals: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    right: int
    weight: float
    is_wanted: bool


def gather() -> list[Read]:
    """Return all labelled texts that may be read."""
    found = [
        _read(
            name,
            book,
            labelled.text_of(article),
            date.fromisoformat(article["published"]),
            article["figures"],
        )
        for name, book, articles in (*labelled.open_articles(), *labelled.real_articles(SHARED))
        for article in articles
    ]
    return found + list(_gold()) + [_short_text(name) for name in STORIES]


def _gold() -> Iterator[Read]:
    """Yield the labelled real articles of the shipped codebook."""
    book = read_yaml(labelled.ROOT / "newsledger/stories/gaza-talks/codebook.yml", Codebook)
    gold = labelled.corpus(SHARED)
    for name, text in gold.texts.items():
        labels = [label for label in gold.figures if label["doc"] == name]
        known = [
            {**label, "indicator": label["indicator"] if label["indicator"] in book.indicators else None}
            for label in labels
        ]
        yield _read("gaza-talks", book, text, gold.days[name], known)


def _read(story: str, book: Codebook, text: str, day: date, labels: Sequence[dict[str, Any]]) -> Read:
    parsed = parse(text, load_model())
    reader = FigureReader(book)
    found = reader.weigh(parsed, day)
    mentions = [m for m, _ in found]
    labels_of = [_label(labels, parsed, m) for m in mentions]
    return Read(story, parsed, mentions, [w for _, w in found], reader.indicators.aspects(), labels_of)


def _short_text(name: str) -> Read:
    """Return a short text that the unit tests read, whose values say what they are."""
    indicators, text, expected = STORIES[name]
    read = _read(f"short: {name}", codebook({k: dict(v) for k, v in indicators.items()}), text, DAY, ())
    return replace(read, labels=[_short(m, expected) for m in read.mentions])


def _short(mention: Mention, expected: dict[str, list[tuple[str, float]]]) -> dict[str, Any] | None:
    number = mention.number
    value = number.low if number.kind in ("range", "vague") else number.value
    keys = [key for key, values in expected.items() if value in {v for _, v in values}]
    return {"indicator": keys[0] if keys else None, "must": True} if len(keys) < 2 else None


def _label(labels: Sequence[dict[str, Any]], parsed: ParsedText, mention: Mention) -> dict[str, Any] | None:
    """Return the label of a quantity: the shortest whose evidence holds it and whose number is the same."""
    start = parsed.paragraphs[mention.paragraph].start + mention.number.core_start
    own = {mention.number.value, mention.number.low, mention.number.high}
    best: tuple[int, dict[str, Any]] | None = None
    for label in labels:
        values = {v for v in (label["low"], label["high"]) if v is not None}
        if not any(abs(a - b) <= 1e-6 * max(1, abs(a)) for a in values for b in own):
            continue
        for low, high in labelled.places(label, parsed.text):
            if low <= start < high and (best is None or high - low < best[0]):
                best = high - low, label
    return best[1] if best else None


def choices(reads: Sequence[Read], first: Table | None) -> list[Choice]:
    """Return the labelled quantities of some texts, at the first look (no table) or at the second."""
    found = []
    for read in reads:
        weighed = (
            read.weighed if first is None else second_look(read.mentions, read.weighed, first, read.aspects)
        )
        for mention, ones, label in zip(read.mentions, weighed, read.labels, strict=True):
            open_ones = [one for one in ones if not one.refusal]
            if label is not None and (open_ones or label["indicator"]):
                found.append(_choice(read, mention, open_ones, label))
    return found


def _choice(read: Read, mention: Mention, ones: Sequence[Weighed], label: dict[str, Any]) -> Choice:
    keys = tuple(one.key for one in ones)
    doc = read.parsed.paragraphs[mention.paragraph].doc
    where = (
        f"[{doc[mention.first : mention.last].text}] {doc[mention.sentence[0] : mention.sentence[1]].text}"
    )
    return Choice(
        read.story,
        where,
        tuple(tuple(s.name for s in one.signals) for one in ones),
        keys,
        keys.index(label["indicator"]) if label["indicator"] in keys else -1,
        1.0 if label["must"] else DOUBTFUL,
        label["indicator"] is not None,
    )


def fit(data: Sequence[Choice], steps: int = 500) -> Table:
    """Return the weights that make the right choices likeliest, large ones penalised (Adam, full batch)."""
    names = sorted({n for c in data for s in c.signals for n in s})
    column = {n: i for i, n in enumerate([BIAS, *names])}
    rows = [sorted({0, *(column[n] for n in s)}) for c in data for s in c.signals]
    columns = np.concatenate([np.array(row) for row in rows])
    lengths = np.array([len(row) for row in rows])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    owner = np.repeat(np.arange(len(data)), [len(c.signals) for c in data])
    wanted = np.concatenate([[float(c.right == i) for i in range(len(c.signals))] for c in data])
    weight = np.array([c.weight for c in data])
    w, m, v = (np.zeros(len(column)) for _ in range(3))
    for step in range(1, steps + 1):
        power = np.exp(np.clip(np.add.reduceat(w[columns], starts), -30, 30))
        whole = 1.0 + np.bincount(owner, power, len(data))
        error = (power / whole[owner] - wanted) * weight[owner]
        gradient = np.bincount(columns, np.repeat(error, lengths), len(column)) / len(data) + RIDGE * w
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w = w - 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {n: round(float(w[i]), 3) for n, i in column.items()}


def decide(choice: Choice, table: Table, least: float = 0.5) -> tuple[int, float]:
    """Return the place of the indicator the weights choose (-1: none) and its probability."""
    totals = [table.get(BIAS, 0.0) + sum(table.get(n, 0.0) for n in s) for s in choice.signals]
    powers = np.exp(np.clip(totals, -30, 30))
    chances = powers / (1 + powers.sum())
    best = int(np.argmax(chances)) if len(chances) else -1
    return (best if best >= 0 and chances[best] >= least else -1), float(chances[best]) if best >= 0 else 0.0


def count(data: Sequence[Choice], table: Table) -> Counts:
    """Return right choices of an indicator, choices made, and labels with an indicator."""
    made = [(c, decide(c, table)[0]) for c in data if c.weight == 1.0]
    hits = sum(at >= 0 and at == c.right for c, at in made)
    return hits, sum(at >= 0 for _, at in made), sum(c.is_wanted for c, _ in made)


def f1(hits: int, made: int, wanted: int) -> float:
    """Return F1 of three counts."""
    return 2 * hits / (made + wanted) if made + wanted else 0.0


def crossed(reads: Sequence[Read]) -> dict[str, list[Choice]]:
    """Return every story's quantities at the second look, the first by weights that never saw the story."""
    stories = sorted({r.story for r in reads})
    looked: dict[str, list[Choice]] = {}
    for story in stories:
        first = fit(choices([r for r in reads if r.story != story], None))
        looked[story] = choices([r for r in reads if r.story == story], first)
    return looked


def show(own: Sequence[Choice], table: Table, most: int) -> None:
    """Print the wrong choices of a story."""
    wrong = [(c, *decide(c, table)) for c in own if c.weight == 1.0 and decide(c, table)[0] != c.right]
    for choice, at, chance in wrong[:most]:
        name = {-1: "none"} | dict(enumerate(choice.keys))
        print(f"   {name[choice.right]} not {name[at]} ({chance:.2f}): {choice.where[:230]}")
        for place in sorted({choice.right, at} - {-1}):
            print(f"        {choice.keys[place]}: {' | '.join(choice.signals[place])}")


def left_out(looked: dict[str, list[Choice]], most: int, only: str) -> Iterator[tuple[str, Counts]]:
    """Yield what weights fitted to all other stories do on each story, and print its wrong choices."""
    for story, own in looked.items():
        if only not in story:
            continue
        table = fit([c for other, found in looked.items() if other != story for c in found])
        counts = count(own, table)
        print(f"{story:28} F1 {f1(*counts):.3f}  {counts}")
        show(own, table, most)
        yield story, counts


def main() -> None:
    """Print what the weights do on stories left out, and write them when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="errors shown of each story left out")
    parser.add_argument("--only", default="", help="the stories left out: those with this in their name")
    asked = parser.parse_args()
    reads = gather()
    looked = crossed(reads)
    rows = list(left_out(looked, asked.show, asked.only))
    for kind, part in (("stories", [c for s, c in rows if "short" not in s]), ("all", [c for _, c in rows])):
        hits, made, wanted = (sum(counts[n] for counts in part) for n in range(3))
        p, r = hits / max(made, 1), hits / max(wanted, 1)
        print(f"{kind} left out: P {p:.3f} R {r:.3f} F1 {f1(hits, made, wanted):.3f}")
    data = [c for found in looked.values() for c in found]
    second = fit(data)
    print(f"in sample: F1 {f1(*count(data, second)):.3f}  {count(data, second)}")
    if asked.write:
        tables = {"first": fit(choices(reads, None)), "second": second}
        OUT.write_text(json.dumps(tables, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
