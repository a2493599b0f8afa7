"""Who is meant: names and their spellings, people, descriptions, pronouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.voices.actors import ActorIndex, mentions
from newsledger.extract.voices.names import fold_word, same_name
from tests.unit.extract.position_cases import codebook_of

TALKS = codebook_of(
    "talks",
    {
        "omar-al-rashid": {"name": "Omar al-Rashid", "speaks_for": "levant-front"},
        "levant-front": {
            "name": "Levant Front",
            "kind": "organisation",
            "descriptions": ["the group", "the movement"],
        },
        "ostrava": {"name": "Ostrava", "kind": "country", "adjectives": ["Ostravan"]},
        "mirea": {"name": "Mirea", "kind": "country", "adjectives": ["Mirean"]},
        "jana-kolar": {"name": "Jana Kolar", "speaks_for": "ostrava", "own_voice": True},
    },
    {},
)


def found(text: str) -> list[tuple[str, str, str]]:
    """Return (words, actor, how) of every mention in a text."""
    parsed = parse(text, load_model())
    return [(text[m.start : m.end], m.actor, m.how) for m in mentions(ActorIndex(TALKS), parsed)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khalil al-Hayya", "Khalil Al-Hayyah"),
        ("Ofir Falk", "Ophir Falk"),
        ("Abdel Fattah el-Sisi", "Abdel-Fattah al-Sissi"),
        ("Taher Nunu", "Taher Nounou"),
        ("Abdul Rahman", "Abdulrahman"),
        ("Itamar Ben-Gvir", "Itamar Ben Gvir"),
        ("José Álvarez", "Jose Alvarez"),
    ],
)
def test_spellings_of_one_name_match(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Omar Khan", "Imran Khan"),
        ("Ali Hassan", "Ali Hussein"),
        ("Jan Novak", "Jana Novakova"),
        ("Ben Gold", "Ben Gould"),
    ],
)
def test_look_alikes_do_not_match(one: str, other: str) -> None:
    assert not same_name(one, other)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=12))
def test_folding_ignores_case_and_is_stable(word: str) -> None:
    assert fold_word(word.lower()) == fold_word(word.lower())
    assert "-" not in fold_word(word)


def test_variant_spelling_and_surname_bind_to_the_full_name() -> None:
    text = "Umar al-Rashid stayed away. Omar Al-Rashid flew in. Rashid then met reporters."
    assert ("Omar Al-Rashid", "omar-al-rashid", "name") in found(text)
    assert ("Rashid", "omar-al-rashid", "surname") in found(text)


def test_surname_of_another_person_is_not_taken() -> None:
    text = "Omar al-Rashid flew in. Leila Rashid, a singer, stayed at home."
    assert [w for w, actor, _ in found(text) if "Leila" in w or w == "Rashid"] == []


def test_people_speak_for_their_body() -> None:
    assert ("Ostravan officials", "ostrava", "people") in found("Senior Ostravan officials left.")
    assert any(how == "people" for _, _, how in found("A spokesman for Mirea left."))
    assert not any(how == "people" for _, _, how in found("Ostravan voters stayed at home."))


def test_description_means_the_actor_named_before() -> None:
    assert ("The group", "levant-front", "description") in found(
        "The Levant Front met. The group was silent."
    )
    assert found("The group was silent.") == [("The group", "levant-front", "description")]
    assert found("Mirea was tired. The group was silent.") == [("Mirea", "mirea", "name")]


def test_pronouns_follow_the_subject() -> None:
    text = "Jana Kolar arrived on Monday. She met reporters. Her spokesman left."
    assert ("She", "jana-kolar", "pronoun") in found(text)
    assert ("Her spokesman", "jana-kolar", "people") in found(text)
    assert ("it", "mirea", "pronoun") in found("Mirea said it was ready.")


def test_pronoun_of_a_stranger_is_left_alone() -> None:
    text = "Jana Kolar arrived on Monday. A baker named Petra Lind stayed at home. She was tired."
    assert not [m for m in found(text) if m[2] == "pronoun"]


def test_both_sides_need_exactly_one_pair() -> None:
    pair = "Ostrava and Mirea met. Both sides were tired."
    assert {actor for _, actor, how in found(pair) if how == "pair"} == {"ostrava", "mirea"}
    two = "Ostrava and Mirea met. Mirea and the Levant Front met too. Both sides were tired."
    assert not [m for m in found(two) if m[2] == "pair"]
    assert not [m for m in found("Ostrava met its neighbours. Both sides were tired.") if m[2] == "pair"]


def test_newspaper_named_after_a_country_is_not_the_country() -> None:
    assert found("The Times of Mirea reported rain.") == []
