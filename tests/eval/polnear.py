"""PolNeAR: attributions in news marked by other people, and how many of them are found.

What counts: a gold attribution is its content and its source, each a set of characters (both may be broken).
A statement found is its content, all pieces of one cue together. Contents are paired one to one, the best
overlap first, where intersection over union of their characters (spaces and marks left out) reaches 0.5.
The source is right where the sources share a word, or where neither side names one. Texts marked by several
people are judged by the first of them; marks of the kinds ``Discuss`` and ``Discard`` are no attribution.
``python -m tests.eval.polnear [--train] [--show N]`` prints the scores (the data lie beside the project).
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.voices.attribution import attributions
from newsledger.extract.voices.statement import Statement

LEAST_OVERLAP = 0.5
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}\.ann$")
_KINDS = ("Attribution", "Attribution-no-source")


@dataclass(frozen=True)
class Marked:
    """One attribution: the characters of its content and of its source, and its cue in words."""

    content: frozenset[int]
    source: frozenset[int]
    cue: str
    cuechars: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Scores:
    """Precision, recall and F1 of contents, and of contents with their source."""

    content: tuple[float, float, float]
    sourced: tuple[float, float, float]
    missed: tuple[tuple[str, Marked], ...]
    extra: tuple[tuple[str, Marked], ...]
    unsourced: tuple[tuple[str, Marked, Marked], ...]


@cache
def texts(shared: Path, part: str) -> dict[str, tuple[str, tuple[Marked, ...]]]:
    """Return the texts of ``dev`` or ``train`` with their marks, by name."""
    files: dict[str, str] = {}
    with tarfile.open(shared / "data/polnear/polnear-train-dev.tar.xz") as archive:
        for member in archive:
            handle = archive.extractfile(member)
            if handle is not None and re.match(rf"(?:\./)?{part}/", member.name):
                files[member.name.removeprefix("./")] = handle.read().decode()
    found: dict[str, tuple[str, tuple[Marked, ...]]] = {}
    for name in sorted(n for n in files if n.endswith(".ann")):
        key = _ANNOTATOR.sub("", Path(name).name)
        text = files.get(f"{part}/text/{key}.txt")
        if text is not None and key not in found:
            found[key] = text, tuple(_marks(files[name], text))
    return found


def _marks(lines: str, text: str) -> Iterator[Marked]:
    spans: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    for line in lines.splitlines():
        match = re.match(r"(T\d+)\t(\S+) ([\d; ]+)\t", line)
        if match:
            pieces = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
            spans[match[1]] = match[2], [(a, b) for a, b in pieces]
    for line in lines.splitlines():
        if not line.startswith("E"):
            continue
        roles = [role.split(":") for role in line.split("\t")[1].split()]
        if roles[0][0] not in _KINDS:
            continue
        held: dict[str, list[tuple[int, int]]] = {"Content": [], "Source": [], "Cue": []}
        for role, mark in roles[1:]:
            held.setdefault(role.rstrip("0123456789"), []).extend(spans[mark][1])
        if held["Content"]:
            cue = " ".join(text[a:b] for a, b in held["Cue"])
            yield Marked(
                _chars(text, held["Content"]), _chars(text, held["Source"]), cue, _chars(text, held["Cue"])
            )


def _chars(text: str, pieces: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(k for a, b in pieces for k in range(a, b) if text[k].isalnum())


def found_in(text: str) -> list[Marked]:
    """Return the statements of a text, the pieces of one cue as one."""
    groups: dict[tuple[int, int], list[Statement]] = {}
    for one in attributions(parse(text, load_model())):
        groups.setdefault((one.cue_start, one.cue_end), []).append(one)
    return [
        Marked(
            _chars(text, [(s.content_start, s.content_end) for s in group]),
            _chars(text, [(group[0].source_start, group[0].source_end)]),
            text[group[0].cue_start : group[0].cue_end],
        )
        for group in groups.values()
    ]


def pairs(gold: tuple[Marked, ...], found: list[Marked]) -> list[tuple[Marked, Marked]]:
    """Return gold and found attributions of one text whose contents agree, best first, each once."""
    overlaps = [
        (len(g.content & f.content) / len(g.content | f.content), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.content & f.content
    ]
    left, right, chosen = set(range(len(gold))), set(range(len(found))), []
    for overlap, i, j in sorted(overlaps, key=lambda row: (-row[0], row[1], row[2])):
        if overlap >= LEAST_OVERLAP and i in left and j in right:
            left.remove(i)
            right.remove(j)
            chosen.append((gold[i], found[j]))
    return chosen


def score(shared: Path, part: str, *, every: int = 1) -> Scores:
    """Return the scores over every n-th text of a part, and what was wrong."""
    missed: list[tuple[str, Marked]] = []
    extra: list[tuple[str, Marked]] = []
    unsourced: list[tuple[str, Marked, Marked]] = []
    right = sourced = wanted = given = 0
    for name, (text, gold) in list(texts(shared, part).items())[::every]:
        found = found_in(text)
        chosen = pairs(gold, found)
        good = [(g, f) for g, f in chosen if g.source & f.source or not (g.source or f.source)]
        unsourced += [(name, g, f) for g, f in chosen if (g, f) not in good]
        missed += [(name, g) for g in gold if all(g is not h for h, _ in chosen)]
        extra += [(name, f) for f in found if all(f is not h for _, h in chosen)]
        right, sourced = right + len(chosen), sourced + len(good)
        wanted, given = wanted + len(gold), given + len(found)
    return Scores(
        _rates(right, wanted, given),
        _rates(sourced, wanted, given),
        tuple(missed),
        tuple(extra),
        tuple(unsourced),
    )


def _rates(right: int, wanted: int, given: int) -> tuple[float, float, float]:
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    shared = Path(os.environ["NEWSLEDGER_SHARED"])
    part = "train" if options.train else "dev"
    found = score(shared, part, every=options.every)
    for name, (precision, recall, f1) in (
        ("content", found.content),
        ("content+source", found.sourced),
    ):
        sys.stdout.write(f"{name:16s} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}\n")
    bodies = texts(shared, part)
    step = max(1, len(found.missed) // max(options.show, 1))
    for kind, rows in (("missed", found.missed), ("extra", found.extra)):
        for name, mark in rows[::step][: options.show]:
            text = bodies[name][0]
            sys.stdout.write(
                f"  {kind} [{_words(text, mark.source)}] <{mark.cue}> {_words(text, mark.content)[:150]}\n"
            )
    for name, gold, got in found.unsourced[::step][: options.show]:
        text = bodies[name][0]
        sys.stdout.write(
            f"  source [{_words(text, gold.source)}] not [{_words(text, got.source)}] <{gold.cue}>\n"
        )


def _words(text: str, chars: frozenset[int]) -> str:
    return text[min(chars) : max(chars) + 1].replace("\n", " / ") if chars else ""


if __name__ == "__main__":
    main()
