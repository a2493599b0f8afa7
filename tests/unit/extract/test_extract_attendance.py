"""Who takes part where, in which role and with which status."""

from __future__ import annotations

from datetime import date

import pytest

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions.attendance import extract_attendance
from schemas.position import Attendance
from tests.unit.extract.attendance_cases import CASES
from tests.unit.extract.position_cases import DAY, codebook_of, document_of

SUMMIT = codebook_of(
    "summit",
    {
        "mirea": {"name": "Mirea", "kind": "country", "adjectives": ["Mirean"]},
        "ana-brusk": {"name": "Ana Brusk", "speaks_for": "mirea"},
    },
    {},
)


def rows(text: str) -> list[Attendance]:
    """Return the attendance a text states."""
    found = extract_attendance(document_of(text), SUMMIT, parse(text, load_model()), day=DAY)
    assert all(text[r.evidence_start : r.evidence_end] == r.evidence for r in found)
    return found


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("The Mirean delegation is led by Foreign Minister Ana Brusk.", "Ana Brusk", "confirmed"),
        (
            "The delegation includes Energy Minister Karl Odo and chief negotiator Lea Morn.",
            "Lea Morn",
            "confirmed",
        ),
        ("Foreign Minister Ana Brusk arrived in Havenport on Thursday.", "Ana Brusk", "arrived"),
        ("Foreign Minister Ana Brusk is expected to attend the talks.", "Ana Brusk", "expected"),
        ("Foreign Minister Ana Brusk left Havenport for Mirea after the summit.", "Ana Brusk", "left"),
        ("Foreign Minister Ana Brusk did not attend the summit.", "Ana Brusk", "absent"),
        (
            "Also expected on Friday were Energy Minister Karl Odo and envoy Piet Ruys.",
            "Piet Ruys",
            "expected",
        ),
    ],
)
def test_status_is_read(text: str, name: str, status: str) -> None:
    assert (name, status) in {(r.name, r.status) for r in rows(text)}


def test_head_of_a_delegation_has_role_side_and_day() -> None:
    (row,) = rows("The Mirean delegation is led by Foreign Minister Ana Brusk.")
    assert (row.actor, row.delegation, row.role, row.as_of) == ("ana-brusk", "mirea", "Foreign Minister", DAY)


def test_weekday_is_counted_back_from_the_publication_day() -> None:
    (row,) = rows("Foreign Minister Ana Brusk arrived in Havenport on Wednesday.")
    assert (row.as_of, row.place) == (date(2031, 3, 12), "Havenport")


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ana Brusk may attend the talks.",
        "Foreign Minister Ana Brusk left the room.",
        "Foreign Minister Ana Brusk joined the army in her youth.",
        "The delegation includes officials from the Mirean army and navy.",
        "Foreign Minister Ana Brusk praised the summit.",
    ],
)
def test_nobody_is_invented(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(("text", "told"), CASES)
def test_summits_hearings_and_strike_talks(text: str, told: set[tuple[str, str]]) -> None:
    assert {(r.name, r.status) for r in rows(text)} == told


def test_role_stands_before_and_behind_the_name_and_a_courtesy_is_none() -> None:
    (row,) = rows("Energy Minister Karl Odo, Mirea's chief negotiator, is expected to attend the talks.")
    assert row.role == "Energy Minister, Mirea's chief negotiator"
    (row,) = rows("Mirea's prime minister and top diplomat, Sheikh Omar Rasi, was heading to Havenport.")
    assert row.role == "Mirea's prime minister and top diplomat"
