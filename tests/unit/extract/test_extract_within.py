"""A number of a place inside an indicator's own is found, and says of which place it is."""

from __future__ import annotations

from datetime import date

import pytest

from newsledger.extract.figures.reader import extract_figures
from newsledger.extract.language.text import load_model, parse
from schemas.codebook import Codebook

BOOK = {
    "story": "flood", "title": "Flood", "version": "1", "match": {"any": ["flood"], "at_least": 1},
    "indicators": {
        "dead": {
            "label": "killed", "counts": ["people"], "predicates": ["killed"], "aspect": "cumulative",
            "places": ["Lorvane"],
        },
    },
}  # fmt: skip
TEXT = "The flood killed 40 people in Port Sel, officials said."


@pytest.mark.parametrize(("within", "found"), [({"Port Sel": "Lorvane"}, [(40, "Port Sel")]), ({}, [])])
def test_a_city_inside_is_found_without_being_listed(
    within: dict[str, str], found: list[tuple[float, str]]
) -> None:
    book = Codebook.model_validate({**BOOK, "within": within})
    figures = extract_figures(
        parse(TEXT, load_model()), book, document_id="d", version=1, day=date(2024, 3, 14),
        extractor="x", codebook_version="1",
    )  # fmt: skip
    assert [(f.value, f.place) for f in figures if f.indicator == "dead"] == found
