"""Figures: ellipsis, rival counts, increments, parts, history, amounts without a noun of their own."""

from __future__ import annotations

from typing import Any

import pytest

from .test_extract_stories import INJURED, KILLED, MISSING, read

Indicators = dict[str, dict[str, Any]]
QUAKE: Indicators = {
    "killed": {**KILLED, "aspect": "cumulative", "unit": "person"},
    "injured": {"counts": ["people"], "predicates": ["injured"], "aspect": "cumulative", "unit": "person"},
    "destroyed": {"counts": ["house"], "predicates": ["destroyed"], "unit": "count", "aspect": "cumulative"},
    "aid": {"counts": ["aid"], "predicates": ["pledged"], "unit": "USD"},
}
DOCKS: Indicators = {
    "strikers": {"counts": ["docker", "worker"], "predicates": ["strike", "walk out"], "unit": "person"},
    "demand": {"counts": ["percent", "pay rise"], "predicates": ["demand", "want"], "unit": "share"},
    "offer": {"counts": ["percent", "pay rise"], "predicates": ["offer"], "unit": "share"},
    "gap": {"counts": ["hole", "deficit"], "unit": "EUR", "aspect": "current"},
    "ports": {"counts": ["port"], "predicates": ["closed"], "unit": "count", "aspect": "current"},
    "idle": {"counts": ["people", "child"], "predicates": ["without food"], "unit": "person"},
    "signed": {"counts": ["signature"], "predicates": ["sign"], "unit": "count", "aspect": "cumulative"},
}
TRAIN: Indicators = {
    "aboard": {
        "counts": ["people", "passenger"],
        "predicates": ["aboard", "on board"],
        "unit": "person",
        "never": ["goods", "bus"],
    },
    "ill": {"counts": ["people"], "predicates": ["fall ill"], "unit": "person", "aspect": "cumulative"},
    "arrested": {
        "counts": ["people", "arrest"],
        "predicates": ["arrested"],
        "unit": "person",
        "aspect": "cumulative",
    },
    "freed": {
        "counts": ["hostage"],
        "predicates": ["freed", "released"],
        "unit": "person",
        "aspect": "cumulative",
    },
    "missing": {**MISSING, "unit": "person"},
}


def tracked(text: str, indicators: Indicators) -> list[tuple[str, float]]:
    """Return indicator and value of the figures of a text that count: reported ones."""
    book = {key: dict(indicator) for key, indicator in indicators.items()}
    return [(f.indicator, f.value) for f in read(text, book) if f.indicator and f.modality == "reported"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The toll climbed to 184 with nearly 1,900 people hurt.", [("killed", 184), ("injured", 1900)]),
        ("State media had put the dead at 210 before withdrawing the figure.", []),
        ("Rumours of 1,200 deaths in the quake are rubbish, officials say.", []),
        ("Forecast: between 1,100 and 1,400 deaths by the end of May.", []),
        ("Some 12,000 houses were destroyed and 5,000 damaged.", [("destroyed", 12000)]),
        ("The neighbour offered $5 million in aid.", [("aid", 5e6)]),
        ("Sixty people are injured, three more than on Sunday.", [("injured", 60)]),
        ("There were 17 deaths on Sunday, taking the number of people killed to 212.", [("killed", 212)]),
        ("In 1953, when nobody was warned, 900 people died.", []),
        ("Nine have died: a nurse and two children who were asleep.", [("killed", 9)]),
        ("Three more bodies were found; 40 people died.", [("killed", 40)]),
    ],
)
def test_of_a_quake_only_what_holds_is_tracked(text: str, expected: list[tuple[str, float]]) -> None:
    assert tracked(text, QUAKE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Around 900 dockers walked out, the union said; the port spoke of 700.",
            [("strikers", v) for v in (900, 700)],
        ),
        ("Around 900 dockers walked out. The port put it at 90.", [("strikers", 900)]),
        ("The port operator put the number of strikers at 640.", [("strikers", 640)]),
        ("According to its figures 300 workers walked out, out of 800 employed.", [("strikers", 300)]),
        ("The union wants a 9 per cent pay rise; the firm has offered 3.", [("demand", 0.09)]),
        (
            "The union wants a pay rise of 9pc; the firm has offered 3.5pc.",
            [("demand", 0.09), ("offer", 0.035)],
        ),
        ("The city has a hole of 640 million to fill.", [("gap", 640e6)]),
        ("Last year's deficit was 212 million euros.", []),
        ("Of the country's 40 ports, 12 are closed.", [("ports", 12)]),
        ("It is one of 19 ports in the region that have closed.", [("ports", 19)]),
        ("Some 300 children had no food.", [("idle", 300)]),
        ("A petition for talks passed 40,000 signatures.", [("signed", 40000)]),
    ],
)
def test_of_a_dock_strike_only_what_holds_is_tracked(text: str, expected: list[tuple[str, float]]) -> None:
    assert tracked(text, DOCKS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A goods train with 236 people on board left the rails.", [("aboard", 236)]),
        ("Train with 236 aboard lost in the snow", [("aboard", 236)]),
        ("Nearly two thousand are ill.", [("ill", 2000)]),
        ("The rebels released the first hostages. So far, 14 have been freed.", [("freed", 14)]),
        ("HOW MANY ARE MISSING? The police say 40.", [("missing", 40)]),
        ("It was peaceful: four arrests, for a total of 267.", [("arrested", 267)]),
        ("It ended a night of riots in which seven people were arrested.", []),
    ],
)
def test_what_the_text_leaves_out_is_filled_in(text: str, expected: list[tuple[str, float]]) -> None:
    assert tracked(text, TRAIN) == expected


def test_a_headline_repeats_the_figure_of_its_text() -> None:
    text = "Snow city's fever hits 531\n\nBy Monday 531 people had fallen ill, officials said."
    assert tracked(text, TRAIN) == [("ill", 531), ("ill", 531)]


def test_a_rival_count_after_two_figures_belongs_to_neither() -> None:
    text = "The quake killed 12 people and injured 40, police said; the army spoke of 19."
    both = {"killed": KILLED, "injured": INJURED}
    assert tracked(text, both) == [("killed", 12), ("injured", 40)]


def test_bail_raised_by_an_amount_to_an_amount() -> None:
    bail: Indicators = {"bail": {"counts": ["bail"], "predicates": ["bail", "set"], "unit": "EUR"}}
    assert tracked("The judge raised her bail by 500 euros to 4,000.", bail) == [("bail", 4000)]


def test_a_turnout_is_no_share_of_votes() -> None:
    vote: Indicators = {
        "vote": {"counts": ["percent"], "predicates": ["vote for", "back the plan"], "unit": "share"}
    }
    text = "In the ballot 81 percent of members backed the plan, on a turnout of 76 percent."
    assert tracked(text, vote) == [("vote", 0.81)]


def test_a_share_that_holders_represent_is_theirs() -> None:
    sold: Indicators = {"sold": {"counts": ["owner"], "predicates": ["sell"], "unit": "share"}}
    assert tracked("Owners representing 38pc of Tarn Dairy had sold by Monday.", sold) == [("sold", 0.38)]
