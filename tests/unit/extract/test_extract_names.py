"""Spellings of one name are one; names that look alike are not."""

from __future__ import annotations

import pytest

from newsledger.extract.voices.names import DIFFERENT, SAME, likeness, same_name

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
