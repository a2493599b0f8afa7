"""Train the second opinion on acts: ``python -m newsledger.extract.training.acts GSR [--measure TSV]``.

GSR is ``PLOVER_GSR_CAMEO.txt`` of the Open Event Data Alliance (CC BY-SA 4.0). With it and the project's own
ways to tell an act (``acts.txt``) the packaged weights are made. ``--measure`` takes the sentences of
Zero-Shot-PLOVER (``PLV_train.tsv``), which carry no licence: they are only measured with, and nothing learnt
from them is kept.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsledger.extract.positions.second_opinion import ACTOR, CLASSES, DIMENSIONS, WEIGHTS, Weights, features

OWN = Path(__file__).parent / "acts.txt"
_OLD_NAMES = {
    "demand": "request", "disapprove": "accuse", "investigate": "accuse", "fight": "assault",
    "retreat": "yield", "concede": "yield",
}  # fmt: skip
"""Classes of the PLOVER of 2016 in which the gold standard records are coded -> those of 2021."""
PENALTY = 1e-4
STEPS = 3000
TESTED = 3
"""Of ten parts of the sentences measured with, those kept apart (by a checksum of their id)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and its class."""

    text: str
    act: str
    name: str


def own_ways(path: Path = OWN) -> Iterator[Told]:
    """Yield the project's own ways to tell an act."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            act, ways = line.split(":", 1)
            for way in ways.split(";"):
                yield Told(way.strip().replace("@", ACTOR), act.lower(), way)


def gold_records(path: Path) -> Iterator[Told]:
    """Yield the gold standard records with their actors masked; the file is JSON but for commas too many."""
    text = re.sub(r",\s*([}\]])", r"\1", path.read_text(encoding="utf-8"))
    for record in json.loads(text):
        act = record["event"].lower()
        if act != "document":
            yield Told(_masked(record), _OLD_NAMES.get(act, act), record["id"])


def _masked(record: dict[str, Any]) -> str:
    text = str(record["text"])
    for side in ("source", "target"):
        for actor in record.get(side) or []:
            name = actor.get("actorText") if isinstance(actor, dict) else None
            text = text.replace(name, ACTOR) if name else text
    return text


def measured_sentences(path: Path) -> Iterator[Told]:
    """Yield the sentences of Zero-Shot-PLOVER, source and target masked."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            text = re.sub(r"<[st]>.*?</[st]>", ACTOR, row["marked_sentence"])
            yield Told(text, row["gold_root"].lower(), row["sentence_id"])


def _matrix(told: Sequence[Told]) -> NDArray[np.float32]:
    table = np.zeros((len(told), DIMENSIONS), dtype=np.float32)
    for row, one in enumerate(told):
        places = features(one.text)
        table[row, places] = 1.0 / max(1.0, len(places)) ** 0.5
    return table


def train(told: Sequence[Told], penalty: float = PENALTY, steps: int = STEPS) -> Weights:
    """Return the multinomial logistic model of sentences, fitted by gradient in the space of their likeness.

    Rare classes weigh more (the square root of how rare). Nothing is drawn at random: the same sentences give
    the same weights.
    """
    table = _matrix(told)
    kernel = table @ table.T + 1.0  # the one is the offset's feature
    classes = np.array([CLASSES.index(one.act) for one in told])
    counts = Counter(classes.tolist())
    weight = np.array([(len(told) / (len(CLASSES) * counts[c])) ** 0.5 for c in classes.tolist()])
    weight = (weight / weight.mean() / len(told))[:, None]
    goal = np.eye(len(CLASSES))[classes]
    step = 2.0 / (float(np.linalg.eigvalsh(kernel)[-1]) * float(weight.max()) + penalty)
    alpha = np.zeros_like(goal)
    ahead = alpha
    for number in range(steps):
        sums = kernel @ ahead
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        slope = (powers / powers.sum(axis=1, keepdims=True) - goal) * weight + penalty * ahead
        later = ahead - step * slope
        ahead = later + number / (number + 3.0) * (later - alpha)
        alpha = later
    return Weights((table.T @ alpha).astype(np.float32), alpha.sum(axis=0).astype(np.float32))


def macro_f1(weights: Weights, told: Sequence[Told]) -> tuple[float, float]:
    """Return macro-F1 over the classes of the sentences, and accuracy."""
    sums = _matrix(told) @ weights.features + weights.offsets
    found = [CLASSES[int(k)] for k in sums.argmax(axis=1)]
    gold = [one.act for one in told]
    scores = []
    for act in sorted(set(gold)):
        right = sum(f == g == act for f, g in zip(found, gold, strict=True))
        scores.append(2 * right / (found.count(act) + gold.count(act)))
    return sum(scores) / len(scores), sum(f == g for f, g in zip(found, gold, strict=True)) / len(gold)


def split(told: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    """Return the sentences to learn from and those kept apart."""
    is_tested = {one.name: zlib.crc32(one.name.encode()) % 10 < TESTED for one in told}
    return [t for t in told if not is_tested[t.name]], [t for t in told if is_tested[t.name]]


def save(weights: Weights, path: Path = WEIGHTS) -> None:
    """Write the weights, small ones left out, in half precision."""
    kept = np.where(np.abs(weights.features) < 0.02, 0.0, weights.features).astype(np.float16)
    np.savez_compressed(path, features=kept, offsets=weights.offsets.astype(np.float16))


def main() -> None:
    """Train and save the packaged weights, or measure."""
    parser = argparse.ArgumentParser(prog="python -m newsledger.extract.training.acts", description=__doc__)
    parser.add_argument("gold", type=Path, help="PLOVER_GSR_CAMEO.txt")
    parser.add_argument("--measure", type=Path, help="PLV_train.tsv; measures and writes nothing")
    asked = parser.parse_args()
    free = [*gold_records(asked.gold), *own_ways()]
    if asked.measure is None:
        save(train(free))
        sys.stderr.write(f"{WEIGHTS}: {WEIGHTS.stat().st_size:,} bytes from {len(free)} sentences\n")
        return
    learnt, tested = split(list(measured_sentences(asked.measure)))
    for name, told in (("measured alone", learnt), ("free alone", free), ("both", [*learnt, *free])):
        f1, accuracy = macro_f1(train(told), tested)
        sys.stdout.write(f"{name:15} {len(told):5} sentences  macro-F1 {f1:.3f}  accuracy {accuracy:.3f}\n")


if __name__ == "__main__":
    main()
