"""Stances on what is not named in so many words: what is trusted and what is not."""

from __future__ import annotations

import pytest

from newsledger.extract.language.kinship import relatives
from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions.near import NearTopics, Recent
from newsledger.extract.positions.trust import BIAS, LEAST, probability, weights
from tests.unit.extract.position_cases import codebook_of, stances

BOOK = codebook_of("prices", {
    "government": {"name": "Government of Varn", "kind": "country", "aliases": ["the government"]},
    "grocers": {"name": "Grocers' League", "kind": "organisation", "descriptions": ["the league"]},
}, {
    "caps": {"proposition": "Prices of bread are capped", "topics": ["price cap", "cap on prices"]},
    "inquiry": {"proposition": "An inquiry is held", "topics": ["inquiry", "parliamentary inquiry"]},
    "evict": {"proposition": "Squatters are evicted", "topics": ["evict the squatters"]},
})  # fmt: skip


READ: tuple[tuple[str, set[tuple[str, str, str]]], ...] = (
    (
        "The Grocers' League denounced the capping of bread and other prices.",
        {("grocers", "caps", "opposes")},
    ),
    ("The Grocers' League rejected the hearing by parliament.", set()),
    ("The Grocers' League rejected an investigation by parliament.", {("grocers", "inquiry", "opposes")}),
    (
        "The government unveiled a price cap on bread. The Grocers' League rejected the plan.",
        {("grocers", "caps", "opposes")},
    ),
    (
        "The Grocers' League called for an inquiry by parliament. The government rejected the demand.",
        {("grocers", "inquiry", "supports"), ("government", "inquiry", "opposes")},
    ),
    (
        "The government demanded that no inquiry be held. The Grocers' League rejected the demand.",
        {("government", "inquiry", "opposes"), ("grocers", "inquiry", "supports")},
    ),
    ("The Grocers' League welcomed higher prices for bread.", set()),
    ("The government wants to evict tenants who owe rent.", set()),
    ("The talks covered a price cap and an inquiry. The Grocers' League opposes it.", set()),
)


@pytest.mark.parametrize(("text", "wanted"), READ)
def test_what_is_not_named_is_read_with_care(text: str, wanted: set[tuple[str, str, str]]) -> None:
    assert stances(BOOK, text) == wanted


def test_what_is_named_puts_a_guess_aside() -> None:
    text = (
        "The Grocers' League backs a price cap. It rejected the ceiling on bread prices, an aide of it said."
    )
    assert ("grocers", "caps", "supports") in stances(BOOK, text)
    assert ("grocers", "caps", "opposes") not in stances(BOOK, text)


def _signals(text: str) -> dict[str, tuple[str, ...]]:
    paragraph = parse(text, load_model()).paragraphs[0]
    sentence = next(iter(paragraph.doc.sents))
    found = NearTopics(BOOK, {}).find(sentence, {}, Recent(frozenset()), frozenset())
    return {topic.issue: topic.signals for topic in found}


def test_signals_tell_how_near_a_topic_is() -> None:
    whole = _signals("They rejected the cap on the prices.")["caps"]
    kin = _signals("They rejected the enquiry in parliament.")["inquiry"]
    assert {"near:2 of 2", "near:gap small", "issue:never"} <= set(whole)
    assert "near:synonym" in kin
    assert probability(whole, weights()) >= probability(kin, weights())


def test_one_common_word_is_no_topic() -> None:
    assert _signals("Prices rose in March.") == {}


def test_relatives_are_marked_by_their_relation() -> None:
    found = relatives("negotiation")
    assert found["negotiation"] == "same"
    assert found["negotiate"] == "made"
    assert "banana" not in found


def test_more_evidence_is_trusted_more() -> None:
    table = weights()
    assert probability((), {BIAS: 0.0}) == 0.5
    assert probability((), table) < LEAST
    assert probability(("near:same", "near:2 of 2", "read:cue verb"), table) >= LEAST
    assert probability(("near:same", "near:1 of 2", "near:rest unsaid", "read:cue verb"), table) < LEAST
