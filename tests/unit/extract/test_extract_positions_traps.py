"""Every trap of reading a stance, in sentences written before the reader was tuned on them."""

from __future__ import annotations

import pytest

from tests.unit.extract.position_cases import stances
from tests.unit.extract.trap_cases import BOOK, TRAPS

LEAST_RIGHT = {
    "negation": 15, "modals": 15, "conditions": 15, "reversals": 13, "concession": 14, "reaffirmation": 15,
    "non-answers": 16, "history": 13, "hypotheticals": 14, "ascribed": 15, "acts": 15, "value": 14,
}  # fmt: skip
"""Texts of each trap that are read exactly right; the numbers may rise, never fall."""


@pytest.mark.parametrize("trap", sorted(TRAPS))
def test_the_trap_is_seen(trap: str) -> None:
    wrong = [
        text for text, wanted in TRAPS[trap] if {" ".join(s) for s in stances(BOOK, text)} != set(wanted)
    ]
    assert len(TRAPS[trap]) - len(wrong) >= LEAST_RIGHT[trap], wrong


def test_what_is_read_in_all_traps_is_right() -> None:
    right = given = wanted = 0
    for text, gold in (case for cases in TRAPS.values() for case in cases):
        read = {" ".join(s) for s in stances(BOOK, text)}
        right, given, wanted = right + len(read & set(gold)), given + len(read), wanted + len(gold)
    assert right / given >= 0.94
    assert right / wanted >= 0.90


def test_each_trap_has_its_sentences() -> None:
    assert all(len({text for text, _ in cases}) >= 15 for cases in TRAPS.values())
