"""The day in plain words: rows for the terminal, Markdown for e-mail and chat."""

from __future__ import annotations

from dataclasses import replace

from newsledger.publish import summary
from newsledger.publish.markdown import edition_markdown, status_words
from newsledger.publish.record import changes_record
from schemas.config import Site
from tests.unit.publish.sample_edition import FIGURE_CHANGES, sample_edition

SITE = Site(title="Norvia_Ledger")


def test_the_rows_of_the_terminal_have_both_sides_outlets_and_words() -> None:
    rows = {row.change_id: row for row in summary(sample_edition())}
    assert len(rows) == 14
    disputed = rows["c-disputed-missing"]
    assert (disputed.before, disputed.after) == ("48", "48 or 47")
    assert disputed.outlets == "Evening Dispatch, Valley Courier, Lakeside Tribune"
    assert disputed.evidence == "48 people are still missing"
    assert (rows["c-new-bridges-damaged"].before, rows["c-new-bridges-damaged"].after) == ("", "nearly 170")
    dropped = rows["c-dropped-dykes-broken"]
    assert (dropped.before, dropped.after, dropped.evidence) == ("2", "not reported", "Two dykes broke")
    assert rows["p-shifted-dockers-union"].subject == "Dockers’ union on “The port works night shifts”"


def test_terminal_page_and_markdown_say_the_same_words() -> None:
    edition = sample_edition()
    text = edition_markdown(edition, SITE)
    record = {change["id"]: change for change in changes_record(edition)["changes"]}
    for row in summary(edition):
        assert row.words == record[row.change_id]["words"]
        assert row.words in text


def test_a_label_cannot_reach_the_terminal_with_escapes() -> None:
    bad = replace(FIGURE_CHANGES[0], label="a\x1b]0;owned\x07\nb")
    row = summary(replace(sample_edition(), figure_changes=(bad,)))[0]
    assert row.subject == "a\ufffd]0;owned\ufffd b"


def test_marks_of_markdown_in_names_stay_text() -> None:
    assert "# Norvia\\_Ledger: Friday 14 March 2031" in edition_markdown(sample_edition(), SITE)


def test_a_dispute_told_as_a_change_is_not_told_twice() -> None:
    assert edition_markdown(sample_edition(), SITE).count("People missing in Aldersund") == 1
    calm = replace(sample_edition(), figure_changes=())
    assert "**People missing in Aldersund**: 48 or 47" in edition_markdown(calm, SITE)


def test_the_number_is_bold_inside_the_words_and_a_clause_is_not() -> None:
    text = edition_markdown(sample_edition(), SITE)
    assert "“killed at least **1,183** people”" in text
    assert "- “There will be no night shifts, with or without a bonus,” (Harbour Gazette" in text


def test_the_status_line_names_failures_and_the_zone() -> None:
    assert status_words(sample_edition())[-3:] == [
        "5 feeds polled, 1 failed",
        "audit passed 2 of 4",
        "data as of 14 March 2031, 17:30 (Europe/Oslo)",
    ]
