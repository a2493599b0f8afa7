"""The words that take a stance, and the inflections they are found in."""

from __future__ import annotations

import pytest

from newsledger.extract.language.inflect import noun_forms, verb_forms
from newsledger.extract.language.text import load_model, parse
from newsledger.extract.positions.stance import cues

PLOVER = {"agree", "concede", "support", "request", "reject", "accuse", "threaten"}


@pytest.mark.parametrize(
    ("verb", "form"),
    [("seek", "sought"), ("veto", "vetoed"), ("refer", "referred"), ("deny", "denies"), ("plan", "planning"),
     ("recognise", "recognized"), ("agree", "agreed"), ("urge", "urging"), ("vow", "vowed")],
)  # fmt: skip
def test_verb_forms(verb: str, form: str) -> None:
    assert form in verb_forms(verb)


def test_noun_forms() -> None:
    assert "refusals" in noun_forms("refusal")
    assert "pleas" in noun_forms("plea")
    assert "policies" in noun_forms("policy")


@pytest.mark.parametrize(
    ("text", "word", "sign"),
    [
        ("They ruled the tax out.", "rule out", -1),
        ("They ruled out the tax.", "rule out", -1),
        ("They called repeatedly for a tax.", "call for", 1),
        ("They are in favour of a tax.", "in favour of", 1),
        ("They are reluctant to pay a tax.", "reluctant", -1),
        ("Their refusal to pay surprised us.", "refusal", -1),
        ("They came round to the tax.", "come round to", 1),
    ],
)
def test_cues_are_found_with_their_polarity(text: str, word: str, sign: int) -> None:
    doc = parse(text, load_model()).paragraphs[0].doc
    found = {(c.word, c.sign) for c in cues(doc, 0, len(doc))}
    assert (word, sign) in found if word else not found
    assert {c.act for c in cues(doc, 0, len(doc))} <= PLOVER
