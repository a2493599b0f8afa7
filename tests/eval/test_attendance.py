"""Attendance of the five real articles: every delegate they name, in the right role and status, nobody else.

The labels were made by reading the articles: who is said to take part in the talks, to come, to come later,
or to speak there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.labelled import corpus

# article's number -> (actor, role as printed, delegation, status)
GOLD: dict[str, set[tuple[str, str, str | None, str]]] = {
    "000": {
        ("ophir-falk", "Prime Minister Benjamin Netanyahu’s foreign policy adviser", "israel", "confirmed"),
        ("gal-hirsch", "hostage coordinator", "israel", "confirmed"),
        ("ron-dermer", "Strategic Affairs Minister, Israel’s chief negotiator", "israel", "expected"),
        ("khalil-al-hayya", "the group’s exiled Gaza leader", "hamas", "confirmed"),
    },
    "001": {
        ("khalil-al-hayya", "senior negotiator", "hamas", "arrived"),
        ("ron-dermer", "Strategic Affairs Minister", "israel", "expected"),
    },
    "002": {
        ("ophir-falk", "Prime Minister Benjamin Netanyahu's foreign policy adviser", "israel", "confirmed"),
        ("gal-hirsch", "hostages coordinator", "israel", "confirmed"),
        ("ron-dermer", "Israel's chief negotiator, Strategic Affairs Minister", "israel", "expected"),
        ("khalil-al-hayya", "the group's exiled Gaza leader", "hamas", "confirmed"),
    },
    "003": {
        ("steve-witkoff", "Trump’s Middle East envoy", "donald-trump", "arrived"),
        ("jared-kushner", "son-in-law", None, "arrived"),
        ("taher-al-nunu", "Senior Hamas official", "hamas", "confirmed"),
        ("mohammed-bin-abdulrahman-al-thani", "Qatari Prime Minister", "qatar", "expected"),
        ("ibrahim-kalin", "Turkish intelligence chief", "turkey", "expected"),
    },
    "004": {
        ("mohammed-bin-abdulrahman-al-thani", "Qatar’s prime minister and top diplomat", "qatar", "expected"),
        ("steve-witkoff", "Trump’s Mideast envoy", "donald-trump", "expected"),
        ("jared-kushner", "the president’s son-in-law", None, "expected"),
        ("ron-dermer", "Prime Minister Benjamin Netanyahu’s top adviser", "israel", "expected"),
        ("khalil-al-hayya", "Hamas' top negotiator", "hamas", "confirmed"),
    },
}


@pytest.mark.parametrize("number", sorted(GOLD))
def test_delegates_of_an_article(shared: Path, number: str) -> None:
    read = next(r for name, r in corpus(shared).read.items() if name.startswith(number))
    found = {(row.actor, row.role, row.delegation, row.status) for row in read.attendance}
    assert found == GOLD[number]


def test_places_are_those_of_the_text(shared: Path) -> None:
    places = {row.place for read in corpus(shared).read.values() for row in read.attendance if row.place}
    assert places <= {"Egypt", "Cairo", "Sharm el-Sheikh", "Sharm El-Sheikh"}
