"""Prints how the number grammar and the dates score on two public banks, and where they disagree.

``python -m tests.eval.quantities [--show N]``; the banks lie beside the labelled articles,
outside the project.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.eval.newsquant import newsquant
from tests.eval.quantity_sets import Case, Score, tally
from tests.eval.recognizer_dates import date_cases
from tests.eval.recognizer_numbers import FILES, number_cases

ROOT = Path(__file__).resolve().parents[2]
DATE_FILES = ("DateParser", "DatePeriodParser", "DateTimeModel")


def recognizers(shared: Path) -> dict[str, Score]:
    """Return the score of every bank of Recognizers-Text; ``Dates`` is its three date banks as one."""
    scores = {name: tally(number_cases(shared, name)) for name in FILES}
    scores["Dates"] = tally([case for name in DATE_FILES for case in date_cases(shared, name)])
    return scores


def main() -> None:
    """Print the scores, of each up to so many disagreements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", type=int, default=0, help="disagreements shown of each bank")
    show = parser.parse_args().show
    shared = Path(os.environ.get("NEWSLEDGER_SHARED", ROOT.parent / "shared"))
    for name, (f1, wrong) in newsquant(shared).items():
        _say(f"NewsQuant {name:30} F1 {f1:.3f}")
        _show(wrong[:show])
    for name, score in recognizers(shared).items():
        total = score.right + len(score.wrong)
        every = total + sum(score.left_out.values())
        _say(
            f"Recognizers-Text {name:12} {score.right}/{total} = {score.share:.3f}"
            f" (of all cases {score.right_of_all}/{every})"
        )
        for rule, count in sorted(score.left_out.items(), key=lambda item: -item[1]):
            _say(f"    left out {count:3}: {rule}")
        _show(score.wrong[:show])


def _show(cases: list[Case]) -> None:
    for case in cases:
        _say(f"    {case.text[:300]}\n        expected {case.expected}\n        read     {case.read}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
