"""What is suggested for a codebook: frequent, not known yet, and holding when it is pasted in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.check import check_examples
from newsledger.extract.language.text import load_model
from newsledger.extract.suggest.holding import holding
from newsledger.extract.suggest.indicators import IndicatorIdea, Untracked, head_noun, indicator_ideas
from newsledger.extract.suggest.pasted import suggestions_yaml
from newsledger.extract.suggest.sources import ActorIdea, SourceRow, actor_ideas, source_name
from schemas.codebook import Codebook
from schemas.yaml_file import read_yaml


def book(**changes: Any) -> Codebook:
    data: dict[str, Any] = {
        "story": "mudslide",
        "title": "The mudslide",
        "version": "1",
        "match": {"any": ["mudslide", "valley"], "at_least": 1},
        "actors": {"mayor": {"name": "Olga Prem", "aliases": ["the mayor"]}},
        "indicators": {
            "dead": {
                "label": "Dead",
                "counts": ["people"],
                "predicates": ["killed"],
                "examples": [{"text": "The mudslide killed 12 people.", "value": 12}],
            }
        },
    }
    return Codebook.model_validate({**data, **changes})


def row(sentence: str, counted: str, predicate: str, value: float, **changes: Any) -> Untracked:
    made = Untracked(
        counted=counted,
        predicate=predicate,
        unit="count",
        aspect="current",
        value=value,
        text_id=f"d{sentence}",
        outlet="The Ridge",
        day="2031-05-08",
        paragraph=sentence,
        at=sentence.index(counted) if counted else 0,
        is_cut=False,
    )
    return replace(made, **changes)


HOUSES = [
    row("The mudslide destroyed 40 houses.", "houses", "destroyed", 40, outlet="The Ridge"),
    row("One house was destroyed above the mill.", "house", "destroyed", 1, outlet="Valley Post"),
    row("In all 44 wooden houses have been destroyed, the mayor said.", "wooden houses", "destroyed", 44),
]
TRUCKS = [
    row("Nine trucks are waiting at the pass.", "trucks", "wait", 9, text_id="t1"),
    row("At the pass 15 trucks were waiting.", "trucks", "wait", 15, text_id="t2"),
]


def test_inflections_of_a_noun_are_one_and_the_most_reported_comes_first() -> None:
    houses, trucks = indicator_ideas([*TRUCKS, *HOUSES], book(), 2)
    assert (houses.counts, houses.predicates) == (("houses",), ("destroyed",))
    assert (houses.documents, houses.outlets) == (3, 2)
    assert (houses.key, houses.label, houses.aspect) == ("houses-destroyed", "Houses destroyed", "cumulative")
    assert (trucks.key, trucks.label, trucks.aspect) == ("trucks-waiting", "Trucks waiting", "current")


def test_quotes_are_of_different_texts_and_of_different_outlets_where_there_are_any() -> None:
    (idea,) = indicator_ideas(HOUSES, book(), 2)
    assert len(idea.quotes) == 2
    assert {outlet for _, outlet, _ in idea.quotes} == {"The Ridge", "Valley Post"}


def test_reprints_are_no_second_text() -> None:
    copied = [replace(HOUSES[0], text_id="same"), replace(HOUSES[0], text_id="same", outlet="Other")]
    assert indicator_ideas(copied, book(), 2) == []


def test_what_an_indicator_matches_is_not_suggested_again() -> None:
    killed = [
        row("12 villagers were killed.", "villagers", "killed", 12, unit="person"),
        row("Three more people were killed.", "people", "killed", 3, unit="person"),
    ]
    assert indicator_ideas(killed, book(), 1) == []
    assert indicator_ideas(killed, book(indicators={}), 1) != []


def test_durations_ages_and_light_verbs_are_no_matter_to_follow() -> None:
    rows = [
        row("They waited 9 days.", "", "wait", 9, unit="day", text_id="a"),
        row("They waited 8 days.", "", "wait", 8, unit="day", text_id="b"),
        row("It has 3 reasons.", "reasons", "have", 3, text_id="a"),
        row("It has 4 reasons.", "reasons", "have", 4, text_id="b"),
        row("It has 5 reasons.", "reasons", "have", 5, text_id="c"),
    ]
    assert indicator_ideas(rows, book(), 2) == []


def test_a_noun_of_which_different_things_are_said_is_suggested_when_it_is_frequent() -> None:
    rows = [
        row("It has 3 pumps.", "pumps", "have", 3),
        row("Four pumps failed.", "pumps", "fail", 4),
        row("Five pumps arrived.", "pumps", "arrive", 5),
    ]
    (idea,) = indicator_ideas(rows, book(), 2)
    assert (idea.counts, idea.predicates) == (("pumps",), ())
    assert indicator_ideas(rows[:2], book(), 2) == []


def test_a_sentence_whose_beginning_is_missing_is_no_example() -> None:
    rows = [replace(one, is_cut=True) for one in TRUCKS]
    assert indicator_ideas(rows, book(), 2) == []


@pytest.mark.parametrize(
    ("counted", "noun"),
    [
        ("people, mostly civilians", "people"),
        ("badly damaged houses", "houses"),
        ("tonnes of grain", "tonnes"),
        ("", ""),
        ("'", ""),
    ],
)
def test_the_noun_of_a_counted_phrase(counted: str, noun: str) -> None:
    assert head_noun(counted) == noun


def test_only_what_the_codebook_then_reads_is_kept_and_its_own_examples_stay_right() -> None:
    unread = row("Nothing of the sort stands here.", "Nothing", "destroyed", 7, text_id="x")
    ideas = indicator_ideas([*HOUSES, *TRUCKS, unread, replace(unread, text_id="y")], book(), 2)
    kept = holding(ideas, book(), load_model(), 10)
    assert {idea.key for idea in kept} == {"houses-destroyed", "trucks-waiting"}
    assert all(len(idea.examples) == 1 for idea in kept)
    assert len(holding(ideas, book(), load_model(), 1)) == 1


def test_the_yaml_passes_the_check_when_it_is_pasted(tmp_path: Path) -> None:
    kept = holding(indicator_ideas([*HOUSES, *TRUCKS], book(), 2), book(), load_model(), 10)
    actors = actor_ideas(SOURCES, book(), 2)
    pasted = yaml.safe_load(suggestions_yaml("mudslide", kept, actors))
    base = book().model_dump(mode="json", exclude_defaults=True)
    for part in ("indicators", "actors"):
        base[part] = {**base[part], **pasted[part]}
    path = tmp_path / "mudslide.yml"
    path.write_text(yaml.safe_dump(base, sort_keys=False))
    results = check_examples(read_yaml(path, Codebook), load_model())
    assert len(results) == 3
    assert all(result.is_right for result in results)


def source(printed: str, text_id: str, outlet: str = "The Ridge") -> SourceRow:
    return SourceRow(printed, text_id, outlet, "2031-05-08", f"So said {printed}.")


SOURCES = [
    source("Fire Chief Nils Orre", "a"),
    source("Nils Orre", "b", "Valley Post"),
    source("Orre", "c"),
    source("the harbour master", "a"),
    source("The harbour master", "b"),
    source("Olga Prem", "a"),
    source("the mayor, Olga Prem", "b"),
    source("residents", "a"),
    source("residents", "b"),
    source("Tarn Water Agency", "a"),
    source("the Tarn Water Agency", "c", "Valley Post"),
    source("Una Once", "a"),
]


def test_unknown_names_that_recur_are_suggested_as_actors() -> None:
    ideas = actor_ideas(SOURCES, book(), 2)
    assert [(i.key, i.name, i.kind, i.aliases, i.documents) for i in ideas] == [
        ("nils-orre", "Nils Orre", "person", (), 3),
        ("tarn-water-agency", "Tarn Water Agency", "organisation", (), 2),
        ("harbour-master", "Harbour master", "organisation", ("the harbour master",), 2),
    ]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Finance Minister Petra Quill", "Petra Quill"),
        ("the agency's director, Ann Sand", "Ann Sand"),
        ("the pilot station", "pilot station"),
        ("Economists at the University of Aldemar", ""),
        ("The experts", ""),
        ("the report", ""),
        ("officials", ""),
        ("Mayor", ""),
    ],
)
def test_the_name_in_a_source(printed: str, name: str) -> None:
    assert source_name(printed) == name


@given(st.text(), st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_no_text_breaks_out_of_the_yaml(text: str, outlet: str, value: float) -> None:
    idea = IndicatorIdea(
        key="k",
        label=text or "x",
        unit="count",
        aspect="current",
        counts=(text or "x",),
        predicates=(text or "x",),
        examples=((text or "x", value),),
        documents=2,
        outlets=2,
        quotes=((text, outlet, ""),),
    )
    actor = ActorIdea("a", text or "x", "person", (text or "x",), 2, 1, ((text, outlet, ""),))
    read = yaml.safe_load(suggestions_yaml("s", [idea], [actor]))
    assert set(read) == {"indicators", "actors"}
    own = read["indicators"]["k"]
    assert own["examples"] == [{"text": text or "x", "value": value}]
    assert (own["label"], own["counts"], own["predicates"]) == (text or "x", [text or "x"], [text or "x"])
    assert read["actors"]["a"]["name"] == (text or "x")


def test_nothing_to_suggest_is_said_in_a_comment() -> None:
    text = suggestions_yaml("s", [], [])
    assert yaml.safe_load(text) is None
    assert "Nothing recurs" in text
