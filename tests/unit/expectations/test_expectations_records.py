"""Documents, positions and attendance: what holds them, warns of them or stops the batch."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.unit.expectations.rows import Row, attendance, audited, check, document, failed, position

DOCUMENTS: dict[str, tuple[str, list[Row], str]] = {
    "no text": ("text_present", [document(has_text=False, word_count=0)], "no text"),
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


POSITIONS: dict[str, tuple[str, list[Row], str]] = {
    "other words": (
        "evidence_verbatim",
        [position(text_slice="the union rejected the deal."), position(position_id="p2")],
        "the union rejected the deal.",
    ),
    "offsets": ("offsets_inside_text", [position(text_length=127)], "100 to 128, the text has 127"),
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


def test_a_stance_outside_the_vocabulary_blocks() -> None:
    result = audited(positions=[position(stance="neutral")])
    assert failed(result) == {"stance_in_vocabulary": ["p1"]}
    assert result.is_blocked


def test_a_condition_within_the_evidence_is_good() -> None:
    row = position(stance="conditional", condition="welcomed the offer")
    assert failed(audited(positions=[row])) == {}


def test_an_attendance_must_be_verbatim() -> None:
    rows = [attendance(text_slice="the mayor stayed"), attendance(attendance_id="a2")]
    result = audited(attendance=rows)
    assert failed(result) == {"evidence_verbatim": ["a1"]}
    assert [(h.record_kind, h.record_id) for h in result.holds] == [("attendance", "a1")]
