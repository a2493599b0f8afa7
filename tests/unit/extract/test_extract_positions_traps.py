"""Every trap of reading a stance, in sentences written before the reader was tuned on them."""

from __future__ import annotations

import pytest

from tests.unit.extract.condition_cases import CONDITIONS
from tests.unit.extract.position_cases import codebook_of, stances
from tests.unit.extract.trap_cases import BOOK, TRAPS

ALL = {**TRAPS, **CONDITIONS}
LEAST_RIGHT = {
    "negation": 16, "modals": 15, "conditions": 15, "reversals": 15, "concession": 14, "reaffirmation": 15,
    "non-answers": 17, "history": 14, "hypotheticals": 14, "ascribed": 15, "acts": 15, "value": 16,
    "unless": 12, "only after": 15, "in exchange": 12, "as long as": 15, "not before": 14, "cut off": 17,
}  # fmt: skip
"""Texts of each trap that are read exactly right; the numbers may rise, never fall."""


@pytest.mark.parametrize("trap", sorted(ALL))
def test_the_trap_is_seen(trap: str) -> None:
    wrong = [text for text, wanted in ALL[trap] if {" ".join(s) for s in stances(BOOK, text)} != set(wanted)]
    assert len(ALL[trap]) - len(wrong) >= LEAST_RIGHT[trap], wrong


def test_what_is_read_in_all_traps_is_right() -> None:
    right = given = wanted = 0
    for text, gold in (case for cases in ALL.values() for case in cases):
        read = {" ".join(s) for s in stances(BOOK, text)}
        right, given, wanted = right + len(read & set(gold)), given + len(read), wanted + len(gold)
    assert right / given >= 0.97
    assert right / wanted >= 0.92


def test_each_trap_has_its_sentences() -> None:
    assert all(len({text for text, _ in cases}) >= 15 for cases in ALL.values())


@pytest.mark.parametrize(
    "text",
    [
        "Without the treaty, Lomar said, the fighting would go on.",
        "Without job cuts, Calder Health said, there would be no merger this year.",
        "The ministry warned that without the Orsk dam the valley would run dry.",
    ],
)
def test_what_would_be_without_a_thing_is_no_stand_against_it(text: str) -> None:
    assert not [s for s in stances(BOOK, text) if s[2] == "opposes" and s[1] != "merger"]


RESIGNS = codebook_of(
    "resigns",
    {
        "dorn": {"name": "Adela Dorn", "descriptions": ["the minister"]},
        "greens": {"name": "Green Party", "kind": "organisation"},
    },
    {"resigns": {"proposition": "Adela Dorn resigns", "topics": ["Dorn resign*", "Dorn should go"]}},
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Adela Dorn faced the press. She told reporters that she would not resign over a leak.",
            ["opposes"],
        ),
        ("Adela Dorn spoke on Monday. The minister said that she would never resign.", ["opposes"]),
        ("The Green Party said Adela Dorn should resign.", ["supports"]),
    ],
)
def test_a_negation_inside_the_words_of_a_topic_counts(text: str, wanted: list[str]) -> None:
    assert [s[2] for s in stances(RESIGNS, text)] == wanted
