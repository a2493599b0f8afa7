"""Make the packaged word relations from WordNet 3.0: ``python -m newsledger.extract.training.wordnet DICT``.

DICT is the directory of the database files (``data.noun`` ... ``index.verb``; Debian: ``wordnet-base``). The
format of the files is that of the manual page wndb(5WN). Only single words in lower case are kept, with their
most frequent senses; what is written is read by :mod:`newsledger.extract.language.kinship`.
"""

from __future__ import annotations

import argparse
import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

OUT = Path(__file__).parents[1] / "language" / "wordnet" / "relations.txt.xz"
SENSES = {"noun": 2, "verb": 3, "adj": 1}
"""Senses of a word that are kept, in WordNet's order of frequency: rarer ones relate what news does not."""
PERSON = "00007846"
"""Offset of the noun synset "person, individual, someone"."""
_FILES = {"n": "noun", "v": "verb", "a": "adj", "s": "adj"}


@dataclass
class Synset:
    """A set of synonyms: words, sets above, derivations of its words (word, file, offset, word)."""

    words: list[str]
    above: list[str] = field(default_factory=list)
    derived: list[tuple[int, str, str, int]] = field(default_factory=list)


def read_synsets(path: Path) -> dict[str, Synset]:
    """Return the synsets of one data file by offset."""
    found: dict[str, Synset] = {}
    with path.open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith(" "):  # the licence, which opens every file
                continue
            parts = line.split(" | ")[0].split()
            found[parts[0]] = _synset(parts)
    return found


def _synset(parts: list[str]) -> Synset:
    count = int(parts[3], 16)
    synset = Synset([parts[4 + 2 * n].split("(")[0] for n in range(count)])
    at = 4 + 2 * count
    for n in range(int(parts[at])):
        symbol, offset, pos, numbers = parts[at + 1 + 4 * n : at + 5 + 4 * n]
        if symbol == "@":
            synset.above.append(offset)
        elif symbol == "+":
            synset.derived.append((int(numbers[:2], 16), _FILES.get(pos, ""), offset, int(numbers[2:], 16)))
    return synset


def read_index(path: Path, most: int) -> dict[str, list[str]]:
    """Return the offsets of each plain word's first senses."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="ascii") as lines:
        for line in lines:
            if line.startswith(" "):
                continue
            parts = line.split()
            if _is_plain(parts[0]):
                senses = int(parts[2])
                found[parts[0]] = parts[-senses:][:most]
    return found


def _is_plain(word: str) -> bool:
    return word.isalpha() and word.islower() and 2 < len(word) <= 20


def relations(dictionary: Path) -> Iterator[str]:
    """Yield the lines of the relations file: ``p`` persons, ``n`` kinds, ``v`` senses, ``d`` derivations."""
    synsets = {name: read_synsets(dictionary / f"data.{name}") for name in SENSES}
    index = {name: read_index(dictionary / f"index.{name}", most) for name, most in SENSES.items()}
    persons = _below(synsets["noun"], PERSON)
    yield "p " + " ".join(sorted(w for w, senses in index["noun"].items() if senses[0] in persons))
    numbers = {offset: str(n) for n, offset in enumerate(sorted(synsets["noun"]))}
    for _, synset in sorted(synsets["noun"].items()):
        yield f"s {' '.join(numbers[above] for above in synset.above)}".strip()
    for word, senses in sorted(index["noun"].items()):
        yield f"n {word} {' '.join(numbers[s] for s in senses)}"
    for word, senses in sorted(index["verb"].items()):
        yield f"v {word} {' '.join(str(int(s)) for s in senses)}"
    for word, others in sorted(_derivations(synsets).items()):
        yield f"d {word} {' '.join(sorted(others))}"


def _below(nouns: dict[str, Synset], top: str) -> frozenset[str]:
    """Return the offsets of a synset and of all below it."""
    below: dict[str, list[str]] = defaultdict(list)
    for offset, synset in nouns.items():
        for above in synset.above:
            below[above].append(offset)
    found, stack = {top}, [top]
    while stack:
        fresh = [o for o in below[stack.pop()] if o not in found]
        found.update(fresh)
        stack += fresh
    return frozenset(found)


def _derivations(synsets: dict[str, dict[str, Synset]]) -> dict[str, set[str]]:
    """Return for every verb the nouns and adjectives made of it (or it of them)."""
    found: dict[str, set[str]] = defaultdict(set)
    for synset in synsets["verb"].values():
        for own, file, offset, other in synset.derived:
            if file not in ("noun", "adj"):
                continue
            word, made = synset.words[own - 1], synsets[file][offset].words[other - 1]
            if _is_plain(word) and _is_plain(made) and word != made:
                found[word].add(made)
    return found


def main() -> None:
    """Write the relations file from the database directory named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m newsledger.extract.training.wordnet")
    parser.add_argument("dictionary", type=Path, help="directory of WordNet 3.0's database files")
    text = "\n".join(relations(parser.parse_args().dictionary)) + "\n"
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(lzma.compress(text.encode("ascii"), preset=9))


if __name__ == "__main__":
    main()
