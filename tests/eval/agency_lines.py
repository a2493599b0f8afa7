# ruff: noqa: E501, T201 - prints its scores
"""The labelled bylines, datelines and credits: ``python -m tests.eval.agency_lines [--part tuned|apart|all] [--show]``.

Each line of `tests/eval/agency/*.txt` is put in its place in an article and read as a page is: the authors
field, a line under the headline, the head of the first paragraph, the last line, or a sentence of the body,
where an agency is quoted and none may be found. ``apart`` was scored only when the rules stood.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsledger.fetch.credit import agency_of_authors
from newsledger.fetch.dateline import read_dateline

FOLDER = Path(__file__).parent / "agency"
PARTS = ("tuned", "apart")
_BODY = "Officials said on Monday that the bridge would open again within days after a pause of two months."
_MORE = "The town's mayor, Ola Berg, thanked the 48 workers and promised that tolls would not rise this year."


@dataclass(frozen=True)
class Line:
    """One labelled line: where it stands, whose text it makes the article, and its words."""

    slot: str
    agency: str | None
    words: str

    @property
    def found(self) -> str | None:
        """The agency that is read."""
        heads = {"head": f"{self.words}\n", "dateline": f"{self.words} "}
        ends = {"tail": f"\n{self.words}", "body": f"\n{self.words}"}
        end = ends.get(self.slot, "") + (f"\n{_MORE}" if self.slot == "body" else "")
        text = f"Bridge to open again within days\n{heads.get(self.slot, '')}{_BODY}\n{_MORE}{end}"
        authors = self.words if self.slot == "authors" else ""
        return read_dateline(text).agency or agency_of_authors(authors)


@dataclass
class Score:
    """Counts over lines."""

    lines: int = 0
    named: int = 0
    right: int = 0
    labelled: int = 0
    wrong: list[Line] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the agencies named that are the labelled ones."""
        return self.right / self.named if self.named else 1.0

    @property
    def recall(self) -> float:
        """Share of the labelled agencies that are named."""
        return self.right / self.labelled if self.labelled else 1.0


def lines(part: str) -> Iterator[Line]:
    """Yield the lines of a part."""
    for line in (FOLDER / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            slot, agency, words = (cell.strip() for cell in line.split("|", 2))
            yield Line(slot, None if agency == "-" else agency, words)


def score(part: str) -> Score:
    """Return the counts over a part."""
    found = Score()
    for line in lines(part):
        found.lines += 1
        found.named += line.found is not None
        found.labelled += line.agency is not None
        found.right += line.agency is not None and line.found == line.agency
        if line.found != line.agency:
            found.wrong.append(line)
    return found


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=(*PARTS, "all"), default="all")
    parser.add_argument("--show", action="store_true", help="name the lines that are read wrong")
    asked = parser.parse_args()
    for part in PARTS if asked.part == "all" else (asked.part,):
        got = score(part)
        print(f"{part}: {got.lines} lines, P {got.precision:.3f}, R {got.recall:.3f}")
        for line in got.wrong if asked.show else ():
            print(f"  {line.slot}: {line.words!r} is {line.found}, not {line.agency}")


if __name__ == "__main__":
    main()
