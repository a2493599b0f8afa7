"""Which place lies in which, and whose numbers are whose."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from schemas.codebook import Codebook, place_key

WITHIN = {"Old Quay": "Port Sel", "Port Sel": "Lorvane", "Harn": "Lorvane"}


def book(places: list[str], within: dict[str, str] = WITHIN) -> Codebook:
    indicators: dict[str, Any] = {"toll": {"label": "killed", "counts": ["people"], "places": places}}
    data = {"story": "flood", "title": "Flood", "version": "1", "match": {"any": ["flood"]}}
    return Codebook.model_validate({**data, "within": within, "indicators": indicators})


@pytest.mark.parametrize(
    ("places", "apart"),
    [
        (["Lorvane"], ["harn", "old quay", "port sel"]),
        (["Port Sel"], ["harn", "lorvane", "old quay"]),
        (["Port Sel", "Old Quay"], ["harn", "lorvane", "old quay"]),
        (["Lorvane", "Old Quay"], ["harn", "old quay", "port sel"]),
        (["the Lorvane", "Lorvania"], ["harn", "old quay", "port sel"]),
        (["Harn", "Port Sel"], ["lorvane", "old quay"]),
        ([], ["harn", "old quay", "port sel"]),
    ],
)
def test_an_indicators_own_place_is_the_widest_of_its_places(places: list[str], apart: list[str]) -> None:
    assert book(places).places_apart("toll") == apart


def test_nothing_is_apart_where_no_place_lies_in_another() -> None:
    assert book(["Lorvane"], {}).places_apart("toll") == []


def test_places_inside_are_those_of_every_step() -> None:
    assert book([]).places_inside(["Lorvane"]) == ["Old Quay", "Port Sel", "Harn"]
    assert book([]).places_inside(["Port Sel"]) == ["Old Quay"]
    assert book([]).places_inside(["Nowhere"]) == []


@pytest.mark.parametrize(
    "within",
    [{"Harn": "Harn"}, {"Harn": "the harn"}, {"A": "B", "B": "A"}, {"A": "B", "B": "C", "C": "A"}],
)
def test_no_place_lies_in_itself(within: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="would lie in itself"):
        book([], within)


@pytest.mark.parametrize("place", ["the Gaza Strip", "Gaza Strip", " gaza strip", "GAZA STRIP"])
def test_place_key_knows_no_article_and_no_capitals(place: str) -> None:
    assert place_key(place) == "gaza strip"
