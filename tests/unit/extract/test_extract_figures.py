"""Figures: interval, source, day, place, modality and indicator of quantities in sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract import codebook_version
from newsledger.extract.check import check_examples, explain_text
from newsledger.extract.stories import stories_of
from newsledger.extract.text import load_model
from schemas.codebook import Codebook
from schemas.figure import Figure

from .test_extract_stories import KILLED, codebook, read

SINCE_A_START = {**KILLED, "aspect": "cumulative"}


PIECES = [
    "12",
    "people",
    "killed",
    ",",
    ".",
    "“",
    "”",
    "\n",
    "5%",
    "$3m",
    "of",
    "the",
    "in",
    "dozens",
    "1,000",
    "–",
    "one",
]


def one(text: str, **indicator: Any) -> Figure:
    figures = [f for f in read(text, {"killed": {**KILLED, **indicator}}) if f.indicator]
    assert len(figures) == 1, figures
    return figures[0]


def test_interval_and_evidence() -> None:
    figure = one("Israel's campaign has killed more than 67,000 people in the enclave.")
    assert (figure.value, figure.value_low, figure.value_high) == (67000, 67000, None)
    assert figure.evidence == "killed more than 67,000 people"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("At least 41 people were killed, according to the health ministry.", "the health ministry"),
        ("The mayor said 41 people were killed.", "The mayor"),
        ("A fire killed 41 people on Monday, police said.", "police"),
        ("A fire killed 41 people.", None),
    ],
)
def test_source(text: str, source: str | None) -> None:
    assert one(text).attributed_to == source


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The blast killed 41 people.", "reported"),
        ("The government denied that 300 people had been killed.", "denied"),
        ("If the dam broke, 10,000 people could be killed.", "hypothetical"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert str(one(text).modality) == modality


def test_planned_release_is_told_from_a_release() -> None:
    released = {"freed": {"counts": ["prisoners"], "predicates": ["released"]}}
    assert str(read("The country will free 90 prisoners.", released)[0].modality) == "planned"
    assert str(read("The country freed 90 prisoners.", released)[0].modality) == "reported"


def test_day_of_a_figure_is_read_from_its_own_verb() -> None:
    assert one("Twelve people were killed on Tuesday, medics said.").as_of == date(2024, 3, 12)
    assert one("At least 41 people have been killed since October 2023.").as_of_source == "document"
    assert one("It was the deadliest quake since 1999, when 17,000 people died.").as_of == date(1999, 1, 1)


def test_a_rate_is_not_a_total() -> None:
    text = "The fighting killed 72 people over the past 24 hours."
    assert not any(f.indicator for f in read(text, {"killed": SINCE_A_START}))
    assert one(text, aspect="period").value == 72


def test_parts_and_increments_are_not_the_total() -> None:
    text = "Seventeen people, including five children, have died. Three more bodies brought the toll to 20."
    assert [f.value for f in read(text, {"killed": SINCE_A_START}) if f.indicator] == [17, 20]


def test_another_place_does_not_match() -> None:
    places: dict[str, dict[str, Any]] = {"killed": {**KILLED, "places": ["Northland"]}}
    assert [f.indicator for f in read("Strikes killed 12 people in Southland.", places)] == [None]
    assert [f.indicator for f in read("Strikes killed 12 people in Northland.", places)] == ["killed"]


def test_never_and_context() -> None:
    guarded: dict[str, dict[str, Any]] = {
        "killed": {**KILLED, "never": ["soldiers"], "context": ["earthquake"]}
    }
    assert [f.indicator for f in read("The earthquake killed 12 people.", guarded)] == ["killed"]
    assert [f.indicator for f in read("The earthquake killed 12 soldiers.", guarded)] == [None]
    assert [f.indicator for f in read("The flood killed 12 people.", guarded)] == [None]


def test_an_untracked_figure_is_kept_with_the_reason() -> None:
    figure = read("The storm cut power to more than 400,000 homes.", {"killed": KILLED})[0]
    assert (figure.indicator, figure.counted, str(figure.qualifier)) == (None, "homes", "more_than")
    assert "killed" in figure.rule


def test_a_part_of_a_whole() -> None:
    indicators: dict[str, dict[str, Any]] = {
        "held": {"counts": ["hostages"], "predicates": ["held"]},
        "alive": {"counts": ["hostages"], "predicates": ["alive"], "part_of": "held"},
    }
    text = "There are 48 remaining hostages in the area, 20 of whom are alive."
    assert [(f.indicator, f.value) for f in read(text, indicators)] == [("held", 48), ("alive", 20)]


def test_who_speaks_is_no_figure() -> None:
    assert read("Three senior officials said the talks would go on.", {"killed": KILLED}) == []


def test_ids_are_stable_and_differ() -> None:
    text = "Twelve people were killed. Twelve people were killed."
    first, again = (read(text, {"killed": KILLED}) for _ in range(2))
    assert [f.figure_id for f in first] == [f.figure_id for f in again]
    assert len({f.figure_id for f in first}) == 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=30,
    )
)
def test_any_words_give_verbatim_evidence(pieces: list[str]) -> None:
    read(" ".join(pieces), {"killed": KILLED})  # asserts that evidence is verbatim


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    read(text + " 12 people were killed", {"killed": KILLED})


def test_examples_of_a_codebook_are_run() -> None:
    book = codebook(
        {
            "killed": {
                **KILLED,
                "examples": [
                    {"text": "The fire killed 12 people.", "value": 12},
                    {"text": "The fire killed 12 people.", "value": 13},
                    {"text": "The fire hurt 12 people.", "value": None},
                ],
            }
        }
    )
    results = check_examples(book, load_model())
    assert [r.is_right for r in results] == [True, False, True]
    assert (results[1].where, results[1].expected, results[1].got) == (
        "indicators.killed.examples[1]",
        "13",
        "12",
    )


def test_a_text_is_explained() -> None:
    rows = explain_text(
        "The fire killed 12 people and cost $3m.", codebook({"killed": dict(KILLED)}), load_model()
    )
    assert [(row.key, row.evidence) for row in rows] == [("killed", "killed 12 people"), ("", "cost $3m")]
    assert all(row.rule for row in rows)


def test_codebook_version_follows_the_content() -> None:
    one_book, other = codebook({"killed": dict(KILLED)}), codebook({"killed": {**KILLED, "never": ["dogs"]}})
    assert codebook_version(one_book) == codebook_version(codebook({"killed": dict(KILLED)}))
    assert codebook_version(one_book) != codebook_version(other)
    assert codebook_version(one_book).startswith("1+")


def test_a_story_needs_enough_of_its_words_and_none_of_the_others() -> None:
    def book(story: str, **match: Any) -> Codebook:
        return Codebook.model_validate({"story": story, "title": "T", "version": "1", "match": match})

    books = [
        book("ferry", any=["ferry", "coastguard"], at_least=2),
        book("boat-race", any=["ferry", "boat"], at_least=1, none=["sank"]),
        book("quake", any=["earthquake"], at_least=1),
    ]
    assert stories_of("A ferry sank; coastguards searched.", books) == ("ferry",)
    assert stories_of("The ferry won.", books) == ("boat-race",)
