"""Who says a figure and when it held: how right both are on labelled articles.

Labels are aligned with what is read as the scorer aligns them: the same number, and evidence that overlaps;
one figure for one label, the nearest first. Only labels that must be found count. Of each label that was
found two things are asked:

* **Attribution** is right when the label names nobody and neither do we, or when both name the same source.
  Names are compared folded (case, diacritics, articles, possessives, titles and offices before a name). They
  are the same source when they are one actor of the codebook by its name or an alias; or when the words of
  one are among the words of the other and hold that other's head word, the last before "of", "for", "from",
  "in", "at" or "on" ("police": "the police"; "Hanno Brill": "Police chief Hanno Brill"; "the ministry":
  "Health Ministry"; never "police" for "Police chief Hanno Brill"); or both hold one abbreviation in capitals
  ("FDU": "the FDU union"). A spokesperson, an official or an analyst of a body counts as the body
  ("ministry": "a ministry spokeswoman", "Brandt": "analysts at Brandt"). A name set off by a comma counts
  alone ("the mayor, Ana Brusk"). Of two sources joined by "and" one is enough.
* **As-of** is right when our day is the label's, or the day of publication where the label gives none.
  The labels give days to the news alone and none to its history ("in 2013", "a year ago"), which we date:
  ``history`` is the same share with a day at least four weeks before the publication taken for right where
  the label gives none.

Precision and recall are of named sources: of those we name, how many are the labelled ones; of the labelled
ones, how many we name. ``python -m tests.eval.provenance STORY... [--all] [--show N]`` prints them for the
odd-numbered articles of a story, ``--all`` for every one; stories that are not named are all taken.
"""

from __future__ import annotations

import argparse
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from newsledger.extract.language.roles import PERSON_ROLES, TITLES
from newsledger.extract.voices.names import fold_word
from schemas.codebook import Codebook
from schemas.figure import Figure
from schemas.yaml_file import read_yaml
from tests.eval.labelled import ROOT, STORIES, Labelled, scorer, story

Row = dict[str, Any]
_HISTORY = timedelta(days=28)
_LINKS = frozenset(("of", "for", "from", "in", "at", "on"))
_ARTICLES = frozenset(("the", "a", "an", "its", "his", "her", "their", "our"))


@dataclass(frozen=True)
class Pair:
    """One label, the figure read for it (None where none was), and what is right of that figure."""

    label: Row
    figure: Figure | None
    is_source_right: bool
    is_day_right: bool
    is_history: bool = False


@dataclass
class Tally:
    """Counts over labels, and the shares made of them; a share of nothing is 1."""

    labels: int = 0
    found: int = 0
    sources_right: int = 0
    days_right: int = 0
    dated_history: int = 0
    named_by_us: int = 0
    named_by_label: int = 0
    named_right: int = 0
    pairs: list[Pair] = field(default_factory=list)

    def add(self, pair: Pair) -> None:
        """Count one label."""
        self.labels += 1
        if pair.figure is None:
            return
        self.found += 1
        self.sources_right += pair.is_source_right
        self.days_right += pair.is_day_right
        self.dated_history += pair.is_history
        is_named = pair.figure.attributed_to is not None
        self.named_by_us += is_named
        self.named_by_label += pair.label["attributed_to"] is not None
        self.named_right += is_named and pair.is_source_right
        self.pairs.append(pair)

    def shares(self) -> dict[str, float]:
        """Return the shares by name, all over the labels that were found."""
        return {
            "attribution": _share(self.sources_right, self.found),
            "as_of": _share(self.days_right, self.found),
            "history": _share(self.days_right + self.dated_history, self.found),
            "precision": _share(self.named_right, self.named_by_us),
            "recall": _share(self.named_right, self.named_by_label),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def tally(shared: Path, parts: Iterable[tuple[str, Labelled]], *, only_tracked: bool = False) -> Tally:
    """Return the counts over the labels that must be found in several stories, each (name, articles)."""
    found = Tally()
    for name, labelled in parts:
        names = actor_names(name)
        for label, figure in aligned(shared, labelled):
            if label["must"] and (label["indicator"] or not only_tracked):
                found.add(_pair(label, figure, labelled.days[label["doc"]], names))
    return found


def _pair(label: Row, figure: Figure | None, published: date, names: dict[str, str]) -> Pair:
    if figure is None:
        return Pair(label, None, is_source_right=False, is_day_right=False)
    wanted = date.fromisoformat(label["as_of"]) if label["as_of"] else published
    return Pair(
        label,
        figure,
        is_source_right=same_source(label["attributed_to"], figure.attributed_to, names),
        is_day_right=figure.as_of == wanted,
        is_history=not label["as_of"] and figure.as_of is not None and published - figure.as_of >= _HISTORY,
    )


@cache
def actor_names(name: str) -> dict[str, str]:
    """Return the actor of every name and alias, folded, in a story's codebook."""
    book = read_yaml(STORIES / name / "codebook.yml", Codebook)
    return {
        " ".join(_words(written)): key
        for key, actor in book.actors.items()
        for written in (actor.name, *actor.aliases)
    }


def aligned(shared: Path, labelled: Labelled) -> Iterator[tuple[Row, Figure | None]]:
    """Yield every label with the figure read for it, or with None."""
    figures = defaultdict(list)
    for doc, read in labelled.read.items():
        figures[doc] += read.figures
    for doc in labelled.texts:
        labels = [label for label in labelled.figures if label["doc"] == doc]
        chosen = _chosen(shared, labels, figures[doc], labelled.texts[doc])
        yield from ((label, chosen.get(at)) for at, label in enumerate(labels))


def _chosen(shared: Path, labels: Sequence[Row], figures: Sequence[Figure], text: str) -> dict[int, Figure]:
    gaps = [
        (gap, b, a)
        for a, label in enumerate(labels)
        for b, figure in enumerate(figures)
        if _same_number(shared, label, figure) and (gap := _gap(label, figure, text)) is not None and gap <= 0
    ]
    taken: dict[int, Figure] = {}
    used: set[int] = set()
    for _, b, a in sorted(gaps):
        if a not in taken and b not in used:
            taken[a] = figures[b]
            used.add(b)
    return taken


def _same_number(shared: Path, label: Row, figure: Figure) -> bool:
    module = scorer(shared)
    if label["qualifier"] == "vague":
        return figure.qualifier.value in ("vague", "more_than", "at_least", "about")
    ours = {v for v in (figure.value, figure.value_low, figure.value_high) if v is not None}
    return any(module.close(value, mine) for value in module.stated(label) for mine in ours)


def _gap(label: Row, figure: Figure, text: str) -> int | None:
    """Return the characters between a label's evidence and ours, negative where they overlap."""
    evidence = label["evidence"]
    starts = [found.start() for found in re.finditer(re.escape(evidence), text)]
    return min(
        (
            max(start, figure.evidence_start) - min(start + len(evidence), figure.evidence_end)
            for start in starts
        ),
        default=None,
    )


def same_source(label: str | None, ours: str | None, names: dict[str, str]) -> bool:
    """Return whether two sources are one, as the module's text says; ``names`` are folded names of actors."""
    if label is None or ours is None:
        return label is ours
    return any(_is_one(a, b, names) for a in _parts(label) for b in _parts(ours))


def _parts(source: str) -> list[str]:
    return [part for part in re.split(r",|\band\b", source) if _words(part)]


def _is_one(one: str, other: str, names: dict[str, str]) -> bool:
    actors = names.get(" ".join(_words(one))), names.get(" ".join(_words(other)))
    if actors[0] is not None and actors[0] == actors[1]:
        return True
    if _capitals(one) & _capitals(other):
        return True
    first, second = _name_words(_body(one)), _name_words(_body(other))
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    return set(shorter) <= set(longer) and _head_word(longer) in shorter


_MOUTH = r"(?:spokes(?:man|woman|person|people)|officials?|analysts?)"


def _body(source: str) -> str:
    """Return the body a nameless official speaks for, else the source."""
    source = re.sub(rf"(?i)\A(?:an?\s+|the\s+)?{_MOUTH}\s+(?:of|for|at|from|in)\s+", "", source.strip())
    return re.sub(rf"(?i)(?:['’]s)?\s+{_MOUTH}\Z", "", source)


def _capitals(source: str) -> set[str]:
    return {word for word in re.findall(r"\w+", source) if len(word) > 1 and word.isupper()}


def _name_words(source: str) -> list[str]:
    """Return the words of a source without the titles and offices in front of a name."""
    found = _words(source)
    printed = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", source))
    is_name = len(printed) > 1 and printed[-1][:1].isupper() and printed[-1].lower() not in TITLES
    while is_name and len(found) > 1 and (found[0] in _FOLDED_TITLES):
        found = found[1:]
    return found


def _words(source: str) -> list[str]:
    plain = re.sub(r"['’]s\b|['’](?=\s|\Z)|(?<=\w)\.(?=\w|\s|\Z)", "", source)
    printed = [word.lower() for word in re.findall(r"[^\W_]+", plain)]
    return [
        word if word in _LINKS else fold_word(word)
        for at, word in enumerate(printed)
        if at or word not in _ARTICLES
    ]


_FOLDED_TITLES = frozenset(fold_word(word) for word in (*TITLES, *PERSON_ROLES))


def _head_word(found: list[str]) -> str:
    at = next((i for i, word in enumerate(found) if word in _LINKS and i), len(found))
    return found[at - 1]


def _show(result: Tally, labelled: dict[str, Labelled], most: int) -> None:
    texts = {doc: text for part in labelled.values() for doc, text in part.texts.items()}
    for what in ("source", "day"):
        wrong = [p for p in result.pairs if not getattr(p, f"is_{what}_right")]
        wrong = [p for p in wrong if what == "source" or not p.is_history]
        for pair in wrong[:most]:
            figure, label = pair.figure, pair.label
            assert figure is not None
            wanted = label["attributed_to"] if what == "source" else label["as_of"]
            got = figure.attributed_to if what == "source" else f"{figure.as_of} ({figure.as_of_source})"
            text = texts[label["doc"]]
            begin = text.rfind("\n", 0, figure.evidence_start) + 1
            stop = text.find("\n", figure.evidence_end)
            shown = text[begin : figure.evidence_start] + "[[" + figure.evidence + "]]"
            shown += text[figure.evidence_end : stop if stop >= 0 else None]
            print(f"  {what} {label['doc']}: want {wanted!r}, got {got!r}\n      {shown[-900:]}")


def main() -> None:
    """Print how right sources and days are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", nargs="*", default=sorted(p.name for p in STORIES.iterdir() if p.is_dir()))
    parser.add_argument("--all", action="store_true", help="the even-numbered articles as well")
    parser.add_argument("--show", type=int, default=0, help="errors shown of each kind")
    asked = parser.parse_args()
    shared = Path(os.environ.get("NEWSLEDGER_SHARED", ROOT.parent / "shared"))
    parts = {name: story(name, None if asked.all else 1) for name in asked.stories}
    for title, tracked in (("all", False), ("tracked", True)):
        result = tally(shared, parts.items(), only_tracked=tracked)
        shares = " ".join(f"{name} {value:.3f}" for name, value in result.shares().items())
        print(f"{title:8} {shares}  ({result.found} of {result.labels} labels found)")
        if not tracked:
            _show(result, parts, asked.show)


if __name__ == "__main__":
    main()
