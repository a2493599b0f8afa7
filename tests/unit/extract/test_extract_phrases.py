"""Codebook words: every inflection, hyphen, quote and capital an editor may not think of."""

from __future__ import annotations

import pytest

from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.text import load_model, parse

TEXT = (
    "The cease-fire holds. U.S. officials say Israel’s hostages weren't freed; "
    "Palestinians laid down all their arms. They told us so. Disarmament follows."
)


def found(words: list[str], text: str = TEXT) -> list[str]:
    doc = parse(text, load_model()).paragraphs[0].doc
    return [doc[a:b].text for a, b in Phrases(words).find(doc)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ceasefire", ["cease-fire"]),
        ("cease fire", ["cease-fire"]),
        ("US", ["U.S."]),
        ("us", ["us"]),
        ("hostage", ["hostages"]),
        ("free", ["freed"]),
        ("lay down * arms", ["laid down all their arms"]),
        ("disarm*", ["Disarmament"]),
        ("Israel's hostages", ["Israel’s hostages"]),
        ("Holds", []),
        ("people", ["officials", "hostages", "Palestinians"]),
        ("not freed", ["n't freed"]),
    ],
)
def test_words_are_found_as_they_are_printed(word: str, expected: list[str]) -> None:
    assert found([word]) == expected


def test_longest_phrase_wins_and_spans_do_not_overlap() -> None:
    assert found(["cease fire", "cease fire holds", "holds"]) == ["cease-fire holds"]


def test_a_range_of_tokens_bounds_the_search() -> None:
    doc = parse(TEXT, load_model()).paragraphs[0].doc
    assert Phrases(["hostage"]).find(doc, 0, 5) == []


@pytest.mark.parametrize(
    ("word", "is_found"), [("ceasefire", True), ("hostage", True), ("strike", False), ("US", True)]
)
def test_plain_text_is_searched_alike(word: str, is_found: bool) -> None:
    assert Phrases([word]).found_in(TEXT) is is_found


def test_words_in_counts_each_word_of_the_codebook_once() -> None:
    assert Phrases(["hostage", "ceasefire", "flood"]).words_in(TEXT + TEXT) == {"hostage", "ceasefire"}
