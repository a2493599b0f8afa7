"""Topics said in other words than the codebook's, and whose stance that is."""

from __future__ import annotations

import pytest

from newsledger.extract.positions.wording import root, short_form
from schemas.codebook import Codebook
from tests.unit.extract.position_cases import read

BOOK = Codebook.model_validate(
    {
        "story": "quarry",
        "title": "The quarry",
        "version": "1",
        "timezone": "UTC",
        "match": {"any": ["quarry"]},
        "actors": {
            "council": {"name": "Brenn Council", "kind": "organisation", "descriptions": ["the council"]},
            "firm": {"name": "Stonex", "kind": "organisation", "descriptions": ["the company"]},
            "league": {"name": "Valley League", "kind": "group", "descriptions": ["the league"]},
        },
        "issues": {
            "closure": {
                "proposition": "The quarry is closed",
                "topics": ["close the quarry", "closure of the quarry"],
                "contrary": ["keep the quarry open"],
            },
            "truck-ban": {
                "proposition": "Trucks are banned from the village",
                "topics": ["truck ban", "ban on trucks"],
            },
        },
    }
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Valley League wants the quarry closed.", ("league", "closure", "supports")),
        ("Stonex refused to shut its old quarry.", ("firm", "closure", "opposes")),
        ("The Brenn Council called for the closing of the quarry.", ("council", "closure", "supports")),
        ("The Brenn Council has turned a truck ban down.", ("council", "truck-ban", "opposes")),
        ("Stonex sees no need for a ban on trucks.", ("firm", "truck-ban", "opposes")),
        ("The company would not hear of banning trucks.", ("firm", "truck-ban", "opposes")),
        ("The Brenn Council voted 21-14 for a truck ban.", ("council", "truck-ban", "supports")),
        ("The Brenn Council no longer opposes a truck ban.", ("council", "truck-ban", "supports")),
        ("Stonex spoke of the truck ban. It said the ban was a mistake.", ("firm", "truck-ban", "opposes")),
        ("The Brenn Council closed the quarry.", ("council", "closure", "supports")),
    ],
)
def test_a_topic_is_found_in_other_words(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in {(p.actor, p.issue, p.stance.value) for p in read(BOOK, text)[0]}


@pytest.mark.parametrize(
    "text",
    [
        "The Brenn Council heard of the truck ban.",
        "Stonex bought a quarry and closed a deal.",
        "The Valley League said a ban on smoking was right.",
    ],
)
def test_other_things_in_like_words_are_no_topic(text: str) -> None:
    assert read(BOOK, text)[0] == []


def test_a_rejected_demand_shows_both_stances() -> None:
    found = {
        (p.actor, p.stance.value)
        for p in read(BOOK, "Stonex rejected the league's demand for a truck ban.")[0]
    }
    assert found == {("firm", "opposes"), ("league", "supports")}


@pytest.mark.parametrize(
    ("one", "other"), [("closure", "closed"), ("banning", "ban"), ("suspension", "suspend")]
)
def test_forms_of_a_word_share_a_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize(
    ("phrase", "short"),
    [
        ("march ban", "ban"),
        ("ban on marches", "ban"),
        ("close the plant", ""),
        ("war to end", ""),
        ("bid", ""),
    ],
)
def test_a_topic_is_shortened_to_its_noun(phrase: str, short: str) -> None:
    assert short_form(phrase) == short
