"""Documents, positions and attendance: what holds them, warns of them or stops the batch."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas.config import Auditing
from tests.unit.expectations.rows import Row, attendance, audited, check, document, failed, position

DOCUMENTS: dict[str, tuple[str, list[Row], str]] = {
    "no text": ("text_present", [document(has_text=False, word_count=0)], "no text"),
    "blank outlet": ("outlet_named", [document(outlet=" ")], "blank"),
    "another language": ("language_read", [document(language="fr")], "it is in fr, its story is read in en"),
    "no such story": ("story_known", [document(unknown_stories=["harvest"])], "harvest"),
    "garbled": ("text_clean", [document(garbled=5)], "5 of its 2000 characters"),
    "a page for robots": (
        "no_challenge",
        [document(opening="Checking your browser before accessing", word_count=12)],
        '"Checking your browser',
    ),
    "copies": ("outlet_repeats_itself", [document(copies=3)], "3 other addresses"),
    "two texts of one name": ("id_unique", [document(times=2)], "2 different texts"),
    "a version held": ("version_follows", [document(is_taken=True)], "holds version 1 with another text"),
    "an old version": ("version_follows", [document(held_version=4)], "version 1 comes after version 4"),
    "nought for a date": (
        "published_not_epoch",
        [document(published_at=datetime(1970, 1, 1, tzinfo=UTC))],
        "1970-01-01",
    ),
    "a digest of something else": ("text_digest", [document(is_digest_right=False)], "another text"),
    "a digest that is none": ("text_digest", [document(text_sha256="0F" * 32)], "0F0F"),
    "no digest": ("text_digest", [document(text_sha256=None)], "missing"),
    "no words": ("word_count", [document(word_count=0)], "counts 0 words"),
    "the future": (
        "published_not_in_future",
        [document(is_future=True, published_at=datetime(2031, 1, 2, 3, 4, tzinfo=UTC))],
        "published 2031-01-02 03:04 UTC (source: json-ld), which lies in the future",
    ),
}


@pytest.mark.parametrize(("expectation", "rows", "words"), DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_a_document_is_held_by_its_own_expectation_alone(
    expectation: str, rows: list[Row], words: str
) -> None:
    result = audited(documents=rows)
    assert failed(result) == {expectation: ["d1"]}
    (hold,) = result.holds
    assert (hold.record_kind, hold.record_id, hold.expectation) == ("document", "d1", expectation)
    assert words in hold.reason
    assert not result.is_blocked


@pytest.mark.parametrize(
    ("expectation", "rows", "sample"),
    [
        ("id_present", [document(document_id=None)], "https://paper.example/a"),
        ("id_present", [document(document_id="", url=None, source_path="in/a.txt")], "in/a.txt"),
        ("id_present", [document(version=0, url=None)], "(no address)"),
        ("id_and_version_unique", [document(), document()], "d1"),
    ],
)
def test_a_document_without_its_own_name_blocks_the_batch(
    expectation: str, rows: list[Row], sample: str
) -> None:
    result = audited(documents=rows)
    assert failed(result) == {expectation: [sample]}
    assert result.is_blocked
    assert result.holds == ()


def test_versions_of_one_document_are_no_doubles() -> None:
    assert failed(audited(documents=[document(), document(version=2)])) == {}


@pytest.mark.parametrize(("undated", "warned"), [(0, False), (2, False), (3, True), (20, True)])
def test_many_undated_documents_are_a_warning_that_holds_nothing(undated: int, warned: bool) -> None:
    rows = [
        document(
            document_id=f"d{n:02}", published_at=None if n < undated else datetime(2026, 3, 7, tzinfo=UTC)
        )
        for n in range(20)
    ]
    result = audited(documents=rows)
    undated_share = check(result, "documents", "undated_share")
    assert (undated_share.success, undated_share.failed) == (not warned, undated if warned else 0)
    assert not result.is_blocked
    assert result.holds == ()


@pytest.mark.parametrize(
    "row",
    [
        document(outlet=None),
        document(language=None),
        document(language="fr", story_languages=["en", "fr"]),
        document(garbled=4),
        document(garbled=2, text_length=50),
        document(opening="Verify you are human, the ministry told its clerks", word_count=700),
        document(copies=2),
        document(held_version=1, version=2),
        document(published_at=datetime(1912, 4, 15, tzinfo=UTC)),
    ],
)
def test_an_odd_document_is_good(row: Row) -> None:
    assert failed(audited(documents=[row])) == {}


@pytest.mark.parametrize(("reprints", "warned"), [(17, False), (18, False), (19, True)])
def test_many_reprints_are_a_warning_that_holds_nothing(reprints: int, warned: bool) -> None:
    rows = [document(document_id=f"d{n:02}", is_reprint=n < reprints) for n in range(20)]
    result = audited(documents=rows)
    assert check(result, "documents", "reprint_share").success is not warned
    assert result.holds == ()


def link(**changes: object) -> Row:
    return {
        "link_id": "d1 of d2",
        "document_id": "d1",
        "other_id": "d2",
        "relation": "same",
        "contained": 0.9,
        "contains": 1.0,
        "other_known": True,
        **changes,
    }


@pytest.mark.parametrize(
    ("expectation", "row", "words"),
    [
        ("not_itself", link(other_id="d1"), "repeat itself"),
        ("other_known", link(other_known=False), "no document d2"),
        ("share_in_unit", link(contains=1.2), "0.9 and 1.2"),
        ("share_in_unit", link(contained=None), "nothing and 1.0"),
    ],
)
def test_a_link_is_held_by_its_own_expectation_alone(expectation: str, row: Row, words: str) -> None:
    result = audited(links=[row, link(link_id="d3 of d2", document_id="d3")])
    assert failed(result) == {expectation: ["d1 of d2"]}
    assert [(h.record_kind, h.record_id) for h in result.holds] == [("link", "d1 of d2")]
    assert words in result.holds[0].reason


@pytest.mark.parametrize(
    ("days_quiet", "given_up", "warned"), [(6.9, False, False), (8.0, False, True), (8.0, True, False)]
)
def test_a_feed_without_news_is_a_warning(days_quiet: float, given_up: bool, warned: bool) -> None:
    row = {
        "feed_id": "gull",
        "status": "unchanged",
        "days_quiet": days_quiet,
        "is_given_up": given_up,
        "polled_at": datetime(2026, 3, 7, tzinfo=UTC),
        "ok_at": datetime(2026, 3, 7, tzinfo=UTC),
        "new_at": None,
    }
    result = audited(feeds=[row])
    assert failed(result) == ({"feed_fresh": ["gull"]} if warned else {})
    assert not result.is_blocked
    assert result.holds == ()


@pytest.mark.parametrize(
    ("documents", "usual", "days_known", "days_quiet", "failing"),
    [
        (30, 5.0, 10, 0, "outlet_volume"),
        (30, 5.0, 4, 0, None),
        (30, 7.0, 10, 0, None),
        (19, 1.0, 10, 0, None),
        (0, 5.0, 10, 8, "outlet_fresh"),
        (0, 5.0, 10, 7, None),
        (0, 5.0, 3, 8, None),
        (3, None, 0, 0, None),
    ],
)
def test_an_outlet_that_brings_far_more_or_nothing_is_a_warning(
    documents: int, usual: float | None, days_known: int, days_quiet: int, failing: str | None
) -> None:
    row = {
        "outlet_day": "Gull on 2026-03-07",
        "outlet": "Gull",
        "day": date(2026, 3, 7),
        "documents": documents,
        "usual": usual,
        "days_known": days_known,
        "days_quiet": days_quiet,
    }
    result = audited(outlets=[row])
    assert list(failed(result)) == ([failing] if failing else [])
    assert result.holds == ()


def test_thresholds_are_the_projects() -> None:
    rows = [document(garbled=3, copies=1)]
    assert failed(audited(documents=rows)) == {}
    strict = Auditing(garbled_share=0.0, copies=1)
    assert list(failed(audited(thresholds=strict, documents=rows))) == ["text_clean", "outlet_repeats_itself"]


POSITIONS: dict[str, tuple[str, list[Row], str]] = {
    "other words": (
        "evidence_verbatim",
        [position(text_slice="the union rejected the deal."), position(position_id="p2")],
        "the union rejected the deal.",
    ),
    "offsets": ("offsets_inside_text", [position(text_length=127)], "100 to 128, the text has 127"),
    "words of a later day": (
        "said_on_not_after_publication",
        [position(said_on=date(2026, 3, 9))],
        "2026-03-09, the document was published on 2026-03-07",
    ),
    "of no document": (
        "document_present",
        [position(document_known=False, text_slice=None, text_length=None)],
        "no document d1",
    ),
    "unknown actor": ("actor_known", [position(actor_known=False)], "no actor 'union'"),
    "unknown issue": ("issue_known", [position(issue_known=None)], "no issue 'pay-deal'"),
    "no condition": ("condition_verbatim", [position(stance="conditional")], "names no condition"),
    "invented condition": (
        "condition_verbatim",
        [position(stance="conditional", condition="if prices fall")],
        'the condition "if prices fall" is not in the evidence',
    ),
}


@pytest.mark.parametrize(("expectation", "rows", "words"), POSITIONS.values(), ids=POSITIONS.keys())
def test_a_position_is_held_by_its_own_expectation_alone(
    expectation: str, rows: list[Row], words: str
) -> None:
    result = audited(positions=rows)
    assert failed(result) == {expectation: ["p1"]}
    (hold,) = result.holds
    assert (hold.record_kind, hold.record_id, hold.expectation) == ("position", "p1", expectation)
    assert words in hold.reason


def test_stances_outside_the_vocabulary_block_where_they_are_the_rule() -> None:
    result = audited(positions=[position(stance="neutral")])
    assert failed(result) == {"stance_in_vocabulary": ["p1"], "stance_in_vocabulary_share": ["p1"]}
    assert result.is_blocked


def test_a_condition_within_the_evidence_is_good() -> None:
    row = position(stance="conditional", condition="welcomed the offer")
    assert failed(audited(positions=[row])) == {}


def test_an_attendance_must_be_verbatim() -> None:
    rows = [attendance(text_slice="the mayor stayed"), attendance(attendance_id="a2")]
    result = audited(attendance=rows)
    assert failed(result) == {"evidence_verbatim": ["a1"]}
    assert [(h.record_kind, h.record_id) for h in result.holds] == [("attendance", "a1")]
