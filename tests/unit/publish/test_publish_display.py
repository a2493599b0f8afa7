"""What comes from outside is shown harmlessly, and quotes keep their words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.publish.display import (
    MAX_EVIDENCE,
    clipped,
    excerpt,
    file_name,
    line,
    number_span,
    quote_address,
    shown,
    web_address,
)
from tests.unit.publish.sample_edition import quote


@pytest.mark.parametrize(
    ("evidence", "value", "printed"),
    [
        ("killed at least 67,183 people", 67183, "67,183"),
        ("48 remaining hostages", 48, "48"),
        ("about 20, all alive,", 20, "20"),
        ("$1.2 billion for repairs", 1.2e9, "$1.2 billion"),
        ("30% of homes", 0.3, "30%"),
        ("30 percent of homes", 0.3, "30 percent"),
        ("in 2025, 12 people", 12, "12"),
        ("15 of 2,025 people", 2025, "2,025"),
        ("20 million people", 20, "20"),
        ("forty-eight people", 48, "forty-eight"),
        ("Seventeen of the twenty hostages", 20, "twenty"),
        ("around half of the deaths", 0.5, "half"),
        ("no survivors", 0, "no"),
        ("someone, not one of them", 1, "one"),
        ("a few hundred people", 200, "a few hundred people"),
        ("about 1.234.567", 5, "about 1.234.567"),
    ],
)
def test_the_number_is_found_in_its_words(evidence: str, value: float, printed: str) -> None:
    start, end = number_span(evidence, value)
    assert evidence[start:end] == printed


@settings(deadline=None)
@given(st.text(max_size=80), st.floats(allow_nan=False, allow_infinity=False) | st.none())
def test_an_excerpt_never_loses_words_of_the_evidence(evidence: str, value: float | None) -> None:
    given_quote = replace(quote("courier", "48 people"), evidence=evidence, value=value)
    part = excerpt(given_quote)
    assert part.head + part.number + part.tail == line(evidence)


def test_context_stays_in_the_paragraph_and_marks_what_was_cut() -> None:
    part = excerpt(quote("courier", "48 people are still missing"))
    assert part.before == "Rescuers said "
    assert part.after.startswith(" in Aldersund, where")
    assert part.after.endswith(" …")


def test_controls_and_bidi_overrides_are_not_shown() -> None:
    assert shown("a\x1b[31mb\x00c\u202ed\u2066e") == "a\ufffd[31mb\ufffdcde"
    assert line(" two\n lines\t ") == "two lines"


def test_a_very_long_word_is_cut_with_an_ellipsis() -> None:
    text = clipped("x" * 10_000)
    assert len(text) == MAX_EVIDENCE
    assert text.endswith("…")


@pytest.mark.parametrize(
    "path", ["/home/ada/inbox/a.txt", "C:\\inbox\\a.txt", "inbox/a.txt", "a.txt", "a.txt/"]
)
def test_of_a_file_only_its_name_is_shown(path: str) -> None:
    assert file_name(path) == "a.txt"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://a.example",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//a.example/x",
        "https://",
        "https://[::1",
        "http://a.example/\u202egpj.exe",
        "",
        None,
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_a_web_address_is_left_as_it_is() -> None:
    assert web_address("https://a.example/b?c=d&e=f#g") == "https://a.example/b?c=d&e=f#g"


def test_a_link_opens_the_article_at_the_words() -> None:
    given_quote = quote("courier", "48 people are still missing")
    assert str(quote_address(given_quote)).endswith("-falls#:~:text=48%20people%20are%20still%20missing")
    dashed = replace(given_quote, evidence="20-point plan, a & b", url="https://a.example/#part")
    assert quote_address(dashed) == "https://a.example/#part:~:text=20%2Dpoint%20plan%2C%20a%20%26%20b"


def test_long_words_are_linked_by_their_start_and_end() -> None:
    given_quote = replace(quote("courier", "48 people"), evidence=" ".join(f"w{n}" for n in range(40)))
    assert str(quote_address(given_quote)).endswith(
        ":~:text=w0%20w1%20w2%20w3%20w4,w35%20w36%20w37%20w38%20w39"
    )
