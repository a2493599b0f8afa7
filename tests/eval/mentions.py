"""Who is meant: labelled mentions in articles of our own and of others, and how many are resolved right.

``mention_labels.tsv`` names an actor of the story's codebook for each mention, "-" for somebody or something
the codebook does not know, "?" where a reader cannot tell, and alternatives with "/". A mention left alone is
right where the label is "-" or "?", and a miss where it names an actor. Of real articles, whose texts are not
ours to keep, the labels hold offsets alone. A quarter of the labels was made but not looked at while the
rules were written: ``python -m tests.eval.mentions`` prints the errors of the others.
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.voices.actors import ActorIndex, Mention, mentions
from schemas.codebook import Codebook
from schemas.yaml_file import read_yaml
from tests.eval.labelled import STORIES, real_articles, text_of

LABELS = Path(__file__).parent / "mention_labels.tsv"
NOBODY = frozenset(("-", "?"))
_PRONOUNS = frozenset(["he", "she", "him", "his", "her", "they", "them", "their", "it", "its"])


@dataclass(frozen=True, slots=True)
class Verdict:
    """One labelled mention and what was read: ``outcome`` is right, missed, wrong or invented."""

    story: str
    article: str
    start: int
    words: str
    kind: str
    answer: str
    read: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Rates:
    """How many labelled mentions were resolved right, and of those that mean an actor or were given one."""

    labels: int
    accuracy: float
    precision: float
    recall: float


def _rows(part: str) -> dict[tuple[str, str], list[dict[str, str]]]:
    with LABELS.open(encoding="utf-8", newline="") as lines:
        found: dict[tuple[str, str], list[dict[str, str]]] = {}
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["part"] == part:
                found.setdefault((row["story"], row["article"]), []).append(row)
    return found


@cache
def _real(shared: Path) -> dict[str, tuple[Codebook, str, date]]:
    return {
        a["id"]: (book, text_of(a), date.fromisoformat(a["published"]))
        for _, book, rows in real_articles(shared)
        for a in rows
    }


def _article(story: str, article: str, shared: Path) -> tuple[Codebook, str, date]:
    path = STORIES / story / f"{article}.json"
    if not path.exists():
        return _real(shared)[article]
    row = json.loads(path.read_text(encoding="utf-8"))
    return (
        read_yaml(STORIES / story / "codebook.yml", Codebook),
        text_of(row),
        date.fromisoformat(row["published"]),
    )


def _kind(words: str) -> str:
    if words.lower() in _PRONOUNS:
        return "pronoun"
    return "description" if words.split(maxsplit=1)[0].lower() in (*_PRONOUNS, "the") else "name"


def _meant(found: list[Mention], start: int, end: int) -> frozenset[str]:
    """Return the actors read for a span: those of the mentions that share most of it."""
    shares: dict[Mention, float] = {}
    for m in found:
        common = min(m.end, end) - max(m.start, start)
        if common > 0:
            shares[m] = common / (max(m.end, end) - min(m.start, start))
    best = max(shares.values(), default=0.0)
    return frozenset(m.actor for m, share in shares.items() if share == best)


def _outcome(answer: str, read: frozenset[str]) -> str:
    answers = set(answer.split("/"))
    if not read:
        return "right" if answers & NOBODY else "missed"
    if len(read) == 1 and read <= answers:
        return "right"
    return "invented" if answers <= NOBODY else "wrong"


def verdicts(shared: Path, part: str) -> Iterator[Verdict]:
    """Yield every labelled mention of a part, ``tuned`` or ``unseen``, with what was read."""
    for (story, article), rows in _rows(part).items():
        book, text, day = _article(story, article, shared)
        found = mentions(ActorIndex(book), parse(text, load_model()), day)
        for row in rows:
            start, end = int(row["start"]), int(row["end"])
            words = text[start:end]
            assert row["words"] in ("", words.replace("\n", " ")), row
            read = _meant(found, start, end)
            yield Verdict(
                story, article, start, words, _kind(words), row["answer"], "+".join(sorted(read)) or "-",
                _outcome(row["answer"], read),
            )  # fmt: skip


def rates(found: list[Verdict]) -> Rates:
    """Return the rates over verdicts."""
    tally = Counter(v.outcome for v in found)
    named = [v for v in found if not set(v.answer.split("/")) & NOBODY]
    right = sum(v.outcome == "right" for v in named)
    given = sum(v.read != "-" for v in found)
    right_given = sum(v.read != "-" and v.outcome == "right" for v in found)
    return Rates(len(found), tally["right"] / len(found), right_given / given, right / len(named))


def _told(name: str, found: list[Verdict]) -> str:
    if not found:
        return f"{name}: none"
    r = rates(found)
    return f"{name:24} {r.labels:4} labels  accuracy {r.accuracy:.3f}  P {r.precision:.3f}  R {r.recall:.3f}"


def main() -> None:
    """Print the rates of both parts, and the errors of the part that may be looked at."""
    shared = Path(os.environ["NEWSLEDGER_SHARED"])
    for part in ("tuned", "unseen"):
        found = list(verdicts(shared, part))
        print(_told(part, found))
        for kind in ("name", "pronoun", "description"):
            print(_told(f"  {kind}", [v for v in found if v.kind == kind]))
        if part == "tuned":
            for v in found:
                if v.outcome != "right":
                    place = f"{v.story}/{v.article}@{v.start}"
                    print(f"    {v.outcome:9} {v.words!r} is {v.answer}, read {v.read}  {place}")


if __name__ == "__main__":
    main()
