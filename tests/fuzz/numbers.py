"""A fuzzer of the number grammar, the qualifiers and the dates; no test, pytest does not collect it.

atheris is no dependency of the project. In an environment of its own, with the project's dependencies:

    python -m venv .fuzz && .fuzz/bin/pip install atheris -e .
    .fuzz/bin/python -m tests.fuzz.numbers -max_total_time=600 -timeout=10 [CORPUS_FOLDER]

It fails on any exception, on a span outside its text or over another, on an interval without its value, on a
stretch that ends before it begins, and (by ``-timeout``) on a text that takes too long.
"""

from __future__ import annotations

import sys
from datetime import date

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["newsledger.extract.numbers"]):
    from newsledger.extract.numbers.dates import find_dates
    from newsledger.extract.numbers.grammar import find_numbers
    from newsledger.extract.numbers.ordinals import find_ordinals
    from newsledger.extract.numbers.qualifiers import holds_value, qualify

LONGEST = 4_000
"""Characters of one input: paragraphs are cut to pieces of this order before they are read."""
_WORDS = (
    "one", "two", "twenty", "hundred", "thousand", "million", "half", "third", "quarters", "dozen", "a",
    "and",
    "of", "in", "to", "from", "between", "more than", "about", "at least", "per cent", "%", "$",
    "euros", "1,000",
    "12", "3.5", "2024", "-", "–", "/", ":", ".", ",", "(", ")", "May", "Monday", "last", "week", "ago",
    "since",
    "1st", "twenty-first", "½", "m", "bn", "km", "aged", "years", "old", "No.", "scores", "point",
    "odds", "up",
)  # fmt: skip


def read(text: str, anchor: date | None) -> None:
    """Read a text in every way and check what must hold of any text."""
    end = 0
    for number in find_numbers(text):
        assert 0 <= number.start <= number.core_start < number.core_end <= number.end <= len(text), number
        assert number.core_start >= end, number
        end = number.core_end
        found = qualify(text, number)
        stated = number.low if number.kind in ("range", "vague") else number.value
        assert holds_value(found.low, found.high, stated), (number, found)
        assert 0 <= found.start <= found.end <= len(text), found
    for ordinal in find_ordinals(text):
        assert 0 <= ordinal.start < ordinal.end <= len(text), ordinal
    for dated in find_dates(text, anchor):
        assert dated.first <= dated.day <= dated.last, dated


def one_input(data: bytes) -> None:
    """Read one input: free text, or words of the grammar in any order."""
    given = atheris.FuzzedDataProvider(data)
    anchor = (
        date.fromordinal(given.ConsumeIntInRange(1, date.max.toordinal())) if given.ConsumeBool() else None
    )
    if given.ConsumeBool():
        text = given.ConsumeUnicodeNoSurrogates(LONGEST)
    else:
        picked = [given.PickValueInList(list(_WORDS)) for _ in range(given.ConsumeIntInRange(0, 60))]
        text = ("" if given.ConsumeBool() else " ").join(picked)
    read(text, anchor)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
