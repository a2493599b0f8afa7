"""Offices with their days, seats of government, and titles: who is meant without a name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.voices.actors import ActorIndex, mentions
from tests.unit.extract.position_cases import DAY, codebook_of, read

ACTORS: dict[str, Any] = {
    "veria": {"name": "Veria", "kind": "country", "adjectives": ["Verian"]},
    "ostrava": {"name": "Ostrava", "kind": "country", "adjectives": ["Ostravan"]},
    "france": {"name": "France", "kind": "country", "adjectives": ["French"]},
    "ana-brusk": {
        "name": "Ana Brusk",
        "offices": [{"title": "prime minister", "of": "veria", "since": "2031-01-01"}],
    },
    "olof-rade": {
        "name": "Olof Rade",
        "offices": [{"title": "prime minister", "of": "veria", "until": "2030-12-31"}],
    },
    "ivo-lenz": {"name": "Ivo Lenz", "offices": [{"title": "prime minister", "of": "ostrava"}]},
    "mira-tosk": {
        "name": "Mira Tosk",
        "pronoun": "she",
        "offices": [{"title": "finance minister", "of": "veria"}],
    },
}
ISSUES: dict[str, Any] = {"tax": {"proposition": "The carbon tax is raised", "topics": ["carbon tax"]}}
BOOK = codebook_of("budget", ACTORS, ISSUES)


def meant(text: str, day: date | None = DAY) -> set[tuple[str, str, str]]:
    """Return (words, actor, how) of the mentions in a text that are no plain names."""
    found = mentions(ActorIndex(BOOK), parse(text, load_model()), day)
    assert all(0 < m.confidence <= 1 for m in found)
    return {
        (text[m.start : m.end], m.actor, m.how)
        for m in found
        if m.how in ("office", "seat", "surname", "pronoun")
    }


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The Verian prime minister flew home.", "The Verian prime minister", "ana-brusk"),
        ("Veria's prime minister flew home.", "Veria's prime minister", "ana-brusk"),
        ("The prime minister of Veria flew home.", "The prime minister", "ana-brusk"),
        ("Aides to Ostrava's prime minister flew home.", "Ostrava's prime minister", "ivo-lenz"),
        ("The former Verian prime minister flew home.", "The former Verian prime minister", "olof-rade"),
        ("Veria's former prime minister flew home.", "Veria's former prime minister", "olof-rade"),
        ("The finance minister flew home.", "The finance minister", "mira-tosk"),
        ("Talks in Veria dragged on. The prime minister flew home.", "The prime minister", "ana-brusk"),
        ("Ivo Lenz met Ana Brusk. Lenz left. The prime minister flew.", "The prime minister", "ivo-lenz"),
    ],
)  # fmt: skip
def test_office_means_its_holder_on_the_day(text: str, words: str, actor: str) -> None:
    found = {(w, a) for w, a, how in meant(text) if how == "office"}
    assert found == {(words, actor)}


def test_the_day_decides_who_holds_the_office() -> None:
    text = "The Verian prime minister flew home."
    assert {a for _, a, _ in meant(text, date(2030, 6, 1))} == {"olof-rade"}
    assert {a for _, a, _ in meant(text, date(2031, 6, 1))} == {"ana-brusk"}
    assert meant(text, None) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The prime minister flew home.",  # of which country?
        "Veria met Ostrava. The prime minister flew home.",
        "The Danish prime minister flew home.",
        "Danish Finance Minister Lars Holm spoke. The finance minister flew home.",
        "The deputy prime minister flew home.",
        "A finance minister must be patient.",
        "The Danish finance minister spoke. Later the finance minister flew home.",
    ],
)
def test_office_of_nobody_known_is_left_alone(text: str) -> None:
    assert not [m for m in meant(text) if m[2] == "office"]


def test_holder_of_an_office_speaks_for_its_body() -> None:
    (position,) = read(BOOK, "The Verian prime minister rejected the carbon tax.")[0]
    assert (position.actor, position.speaker) == ("veria", "ana-brusk")
    (position,) = read(BOOK, "Mira Tosk rejected the carbon tax.")[0]
    assert (position.actor, position.speaker) == ("veria", "mira-tosk")


def test_two_holders_on_one_day_are_refused_by_the_codebook() -> None:
    actors = {
        "a": {"name": "A B", "offices": [{"title": "mayor"}]},
        "c": {"name": "C D", "offices": [{"title": "Mayor", "since": "2031-01-01"}]},
    }
    with pytest.raises(ValueError, match="held by a as well"):
        codebook_of("x", actors, {})
    with pytest.raises(ValueError, match="no actor 'nowhere'"):
        codebook_of("x", {"a": {"name": "A B", "offices": [{"title": "mayor", "of": "nowhere"}]}}, {})


def test_seat_of_government_stands_for_a_country_the_codebook_names() -> None:
    assert ("Paris", "france", "seat") in meant("Paris rejected the plan.")
    assert meant("London rejected the plan.") == set()
    assert meant("Ministers met in Paris on Monday.") == set()
    assert meant("The Paris talks went on.") == set()


def test_she_is_never_a_man_and_he_never_a_woman() -> None:
    text = "Mira Tosk met reporters in the morning. He declined to comment."
    assert not [m for m in meant(text) if m[2] == "pronoun"]
    text = "Mira Tosk met reporters in the morning. She declined to comment."
    assert ("She", "mira-tosk", "pronoun") in meant(text)


def test_title_tells_the_sex() -> None:
    assert ("He", "ivo-lenz", "pronoun") in meant("Mr Ivo Lenz met reporters. He was tired.")
    assert not [m for m in meant("Mr Ivo Lenz met reporters. She was tired.") if m[2] == "pronoun"]


def test_title_before_a_surname_names_its_only_bearer() -> None:
    assert ("Brusk", "ana-brusk", "surname") in meant("Prime Minister Brusk flew home.")
    assert meant("Brusk flew home.") == set()
    assert ("Brusk", "ana-brusk", "surname") not in meant("Otto Brusk spoke. Mr Brusk flew home.")
