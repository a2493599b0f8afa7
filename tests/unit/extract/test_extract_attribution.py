# ruff: noqa: E501 - one case a line reads better than a folded one
"""Who says what: source, cue and content of statements."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.language.text import load_model, parse
from newsledger.extract.voices.attribution import statements
from newsledger.extract.voices.quotes import quotations

CASES = [
    ("“The bridge is safe,” said Ada Lund, the city engineer.", "Ada Lund", "say", "The bridge is safe", "direct"),
    ('"The bridge is safe," she said.', "she", "say", "The bridge is safe", "direct"),
    ("The mayor said the bridge was safe.", "The mayor", "say", "the bridge was safe", "indirect"),
    ("The mayor said on Monday that the bridge was safe.", "The mayor", "say", "the bridge was safe", "indirect"),
    ("The bridge was safe, the mayor said.", "the mayor", "say", "The bridge was safe", "indirect"),
    ("The bridge was safe, according to the mayor.", "the mayor", "according to", "The bridge was safe", "according"),
    ("According to city engineers, the bridge was safe.", "city engineers", "according to", "the bridge was safe", "according"),
    ("The mayor told the Harbour Post that the bridge was safe.", "The mayor", "tell", "the bridge was safe", "indirect"),
    ("The mayor insisted that the bridge was “perfectly safe”.", "The mayor", "insist", "the bridge was “perfectly safe", "mixed"),
    ("The bridge was closed, according to a statement put out by the fire service late on Sunday.", "the fire service",
     "according to", "The bridge was closed", "according"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content", "kind"), CASES, ids=[c[0][:40] for c in CASES])
def test_source_cue_and_content_are_found(text: str, source: str, cue: str, content: str, kind: str) -> None:
    read = [
        (
            text[s.source_start : s.source_end],
            s.cue_lemma,
            text[s.content_start : s.content_end].rstrip(",.”"),
            s.kind,
        )
        for s in statements(parse(text, load_model()))
    ]
    assert any(r[0].startswith(source) and r[1:] == (cue, content, kind) for r in read), read


def test_quote_without_cue_goes_to_the_last_speaker() -> None:
    text = "“The bridge is safe,” the mayor said. “We checked every bolt of it twice.”"
    last = statements(parse(text, load_model()))[-1]
    assert text[last.content_start : last.content_end] == "We checked every bolt of it twice."
    assert text[last.source_start : last.source_end] == "the mayor"


def test_quote_goes_on_over_paragraphs() -> None:
    text = "“The bridge is safe,” the mayor said. “We checked it.\n“We will check it again next year.”"
    last = statements(parse(text, load_model()))[-1]
    assert text[last.content_start : last.content_end] == "We will check it again next year."


def test_reported_content_ends_where_the_reporter_goes_on() -> None:
    text = "The mayor said the bridge was safe, even as engineers demanded its closure."
    contents = [text[s.content_start : s.content_end] for s in statements(parse(text, load_model()))]
    assert "the bridge was safe" in contents


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["“Yes,”", "he said", '"No"', "said Ann Lee", "that", "the dam", "broke", ".", ",", "\n"]
        ),
        max_size=14,
    )
)
def test_offsets_always_lie_inside_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    parsed = parse(text, load_model())
    for said in statements(parsed):
        assert 0 <= said.source_start < said.source_end <= len(text)
        assert 0 <= said.content_start < said.content_end <= len(text)
    for quote in quotations(parsed):
        assert 0 <= quote.start <= quote.end <= len(text)
