# ruff: noqa: E501, T201 - prints its scores
"""How well reprints are told from look-alikes: ``python -m tests.eval.reprint_scores [--part tuned] [--show]``.

Each labelled pair is identified by itself, in both orders. A pair is found when either document is a reprint
of the other; its relation is right when it is one of the labelled ones (from the later document's side).
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from newsledger.dedupe import Shelf, identify
from tests.eval.reprint_set import Article, Pair, all_pairs


@dataclass
class Score:
    """Counts over pairs; shares are made of them."""

    right: int = 0
    missed: int = 0
    false: int = 0
    relation_right: int = 0
    asymmetric: int = 0
    wrong: list[tuple[Pair, str | None]] = field(default_factory=list)
    kinds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))

    @property
    def precision(self) -> float:
        """Share of the pairs found that are reprints."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of the reprints that are found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def relations(self) -> float:
        """Share of the reprints found whose relation is right."""
        return self.relation_right / self.right if self.right else 1.0


def relation_of(held: Article, new: Article) -> str | None:
    """Return what a new article is found to be to a held one, or None."""
    shelf = Shelf()
    first = identify(held.draft, shelf, new.at).document
    assert first is not None
    shelf.add(first)
    links = identify(new.draft, shelf, new.at).links
    return links[0].relation.value if links else None


def score(pairs: Iterable[Pair]) -> Score:
    """Return the counts over pairs."""
    found = Score()
    for pair in pairs:
        got, back = relation_of(pair.held, pair.new), relation_of(pair.new, pair.held)
        found.asymmetric += (got is None) != (back is None)
        kind = found.kinds[pair.kind]
        kind[0] += 1
        if pair.relations:
            found.right += got is not None
            found.missed += got is None
            found.relation_right += got in pair.relations
        else:
            found.false += got is not None
        is_right = got in pair.relations if pair.relations else got is None
        kind[1] += is_right
        kind[2] += (got is not None) == bool(pair.relations)
        if not is_right:
            found.wrong.append((pair, got))
    return found


def main() -> None:
    """Print the scores of the set, or of one part of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("tuned", "apart", "all"), default="all")
    parser.add_argument("--show", action="store_true", help="name the pairs that are wrong")
    asked = parser.parse_args()
    for part in ("tuned", "apart") if asked.part == "all" else (asked.part,):
        got = score(pair for pair in all_pairs() if pair.part == part)
        pairs = sum(kind[0] for kind in got.kinds.values())
        print(
            f"{part}: {pairs} pairs, P {got.precision:.3f}, R {got.recall:.3f},"
            f" relations {got.relations:.3f}, {got.asymmetric} depend on the order"
        )
        for name, (number, right, decided) in sorted(got.kinds.items()):
            print(f"  {name:24} {number:3} pairs, {decided:3} decided right, {right:3} with relation")
        if asked.show:
            for pair, relation in got.wrong:
                print(f"  {pair.held.name} -> {pair.new.name}: {relation}, not {sorted(pair.relations)}")


if __name__ == "__main__":
    main()
