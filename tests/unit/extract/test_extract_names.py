"""Spellings of one name are one; names that look alike are not."""

from __future__ import annotations

import pytest

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.voices.actors import ActorIndex, mentions
from newsledger.extract.voices.names import DIFFERENT, SAME, likeness, same_name
from tests.unit.extract.position_cases import codebook_of

SPELLINGS = [
    ("Khalil al-Hayya", "Khalil al-Hayyah"),
    ("Ofir Falk", "Ophir Falk"),
    ("Abdel Fattah al-Sisi", "Abdel-Fattah el-Sissi"),
    ("Taher al-Nunu", "Taher Nounou"),
    ("Johann Wandefuhl", "Johann Wadephul"),
    ("Itamar Ben-Gvir", "Itamar Ben Gvir"),
    ("Muammar Gaddafi", "Moammar Qadhafi"),
    ("Abdul Rahman", "Abdulrahman"),
    ("Qahera TV", "Al-Qahera News"),
    ("José Álvarez", "Jose Alvarez"),
]
"""The ten pairs the names part was measured on."""
MORE_SPELLINGS = [
    ("Mohammed Deif", "Muhammad Deif"),
    ("Abd al-Malik Houthi", "Abdul-Malik al-Huthi"),
    ("Abdelfattah Burhan", "Abdel Fattah al-Burhan"),
    ("Yahya Sinwar", "Yehya Sinwar"),
    ("Yousef Nasser", "Youssef Naser"),
    ("Nikola Gruevski", "Nikola Gruevsky"),
    ("Zoë Lindqvist", "Zoe Lindqvist"),
]
LOOK_ALIKES = [
    ("Omar Khan", "Imran Khan"),
    ("Ali Hassan", "Ali Hussein"),
    ("Jan Novak", "Jana Novakova"),
    ("Jan Novak", "Jana Novak"),
    ("Ben Gold", "Ben Gould"),
    ("Peter Anderson", "Peter Andersen"),
    ("Erik Jansen", "Erik Jensen"),
    ("Christopher Jansen", "Christopher Jensen"),
    ("Maria Rossi", "Mario Rossi"),
    ("Daniel Haber", "Daniela Haber"),
    ("Simon Clarke", "Simone Clarke"),
    ("Ellen Price", "Allan Price"),
    ("George Bush", "George Busch Jr"),
    ("Paul Harris", "Paul Harrison"),
    ("Anna Gerber", "Anna Kerber"),
    ("Ismail Haniyeh", "Ismail Hani"),
    ("John Major", "John Mayor"),
    ("Mahmoud Abbas", "Mahmoud Abbasi"),
    ("Fox News", "Sky News"),
    ("Ahmed Saleh", "Ahmed Salem"),
    ("Ibrahim Kalin", "Ibrahim Karim"),
]


@pytest.mark.parametrize(("one", "other"), [*SPELLINGS, *MORE_SPELLINGS])
def test_spellings_of_one_name_match_either_way(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_look_alikes_do_not_match(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


def test_likeness_keeps_spellings_above_and_strangers_below_the_thresholds() -> None:
    assert likeness("Khalil al-Hayya", "Khalil Al-Hayyah") == 100
    assert likeness("Johann Wandefuhl", "Johann Wadephul") >= SAME
    assert likeness("Steve Witkoff", "Ron Dermer") <= DIFFERENT


BOOK = codebook_of(
    "names",
    {
        "hayya": {"name": "Khalil al-Hayya"},
        "wadephul": {"name": "Johann Wadephul"},
        "thani": {"name": "Mohammed bin Abdulrahman Al Thani"},
        "novak": {"name": "Jan Novak"},
        "front": {"name": "Hill Front", "kind": "group"},
    },
    {},
)


def named(text: str) -> list[tuple[str, str]]:
    """Return (words, actor) of the mentions by name and surname in a text."""
    found = mentions(ActorIndex(BOOK), parse(text, load_model()))
    return [(text[m.start : m.end], m.actor) for m in found if m.how in ("name", "surname")]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Khalil al-Hayyah spoke on Monday.", "Khalil al-Hayyah", "hayya"),
        ("Khalil Al Hayya spoke. Later al-Hayyah left.", "al-Hayyah", "hayya"),
        ("Minister Johann Wandefuhl spoke on Monday.", "Johann Wandefuhl", "wadephul"),
        ("Sheikh Muhammad Al-Thani spoke on Monday.", "Muhammad Al-Thani", "thani"),
        ("Mohammed Al Thani spoke on Monday.", "Mohammed Al Thani", "thani"),
        ("Jan F. Novak spoke on Monday.", "Jan F. Novak", "novak"),
    ],
)
def test_a_text_that_spells_otherwise_finds_the_actor(text: str, words: str, actor: str) -> None:
    assert (words, actor) in named(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jana Novak spoke on Monday.",
        "Johann Wader spoke on Monday.",
        "Khalil Hayat spoke on Monday.",
        "The Novak Foundation gave money.",
        "Jan Novak University is closed.",
        "Hayyah spoke on Monday.",
        "A hill front came in from the west.",
    ],
)
def test_a_look_alike_in_a_text_finds_nobody(text: str) -> None:
    assert named(text) == []
