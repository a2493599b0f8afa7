"""Paragraphs, sentences and offsets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.language.text import LONGEST_PIECE, load_model, parse, sentence_starts


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. President met J. K. Rowling.",
        "Gen. Lee and Mr. Smith spoke to Sen. Jones.",
        "He was born on Oct. 7, 2023, in St. Louis.",
        "It rose by 5.5 percent.",
        "No. 5 is out.",
        '"Stop!" Smith said.',
        "It began at 5 p.m. on Monday.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left the U.S. The talks ended.", ["He left the U.S.", "The talks ended."]),
        ("“It is over.” She wept.", ["“It is over.”", "She wept."]),
        ("Is it true? Yes.", ["Is it true?", "Yes."]),
        (
            "They approved the proposal.Delegations arrived.",
            ["They approved the proposal.", "Delegations arrived."],
        ),
        ("It fell in 2023. 12 people died.", ["It fell in 2023.", "12 people died."]),
    ],
)
def test_sentences_are_divided(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lines_are_parsed_apart_and_named_by_kind() -> None:
    text = "Ferry sinks\n\n- Dead: 41\nDead: 41 (Tuesday: 38)\nA ferry sank. Many died.\nWhat we know\n"
    parsed = parse(text, load_model())
    assert [p.kind for p in parsed.paragraphs] == ["headline", "bullet", "label", "body", "heading"]
    assert [len(list(p.doc.sents)) for p in parsed.paragraphs] == [1, 1, 1, 2, 1]
    assert all(p.start >= 0 and "\n" not in text[p.start : p.end] for p in parsed.paragraphs)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_tokens_of_any_text_lie_where_they_say(text: str) -> None:
    for paragraph in parse(text, load_model()).paragraphs:
        for token in paragraph.doc:
            start = paragraph.start + token.idx
            printed = text[start : start + len(token)]
            assert len(printed) == len(token)
            if token.text.isalnum():
                assert printed == token.text


def test_absurd_input_is_bounded() -> None:
    start = time.monotonic()
    parsed = parse("a" * 100_000 + " Five people died. " + "b, " * 4_000 + "\n" + "(" * 5_000, load_model())
    assert time.monotonic() - start < 60
    assert any("Five people died." in p.doc.text for p in parsed.paragraphs)
    assert all(p.end - p.start <= LONGEST_PIECE for p in parsed.paragraphs)
