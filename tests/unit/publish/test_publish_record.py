"""changes.json says what the edition says, and its schema accepts nothing else."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from newsledger.publish.record import (
    audit_record,
    changes_record,
    counts,
    json_bytes,
    revised,
    schema_text,
)
from schemas.edition import Edition
from tests.unit.publish.sample_edition import ARTICLES, FIGURE_CHANGES, POSITION_CHANGES, sample_edition


def validator() -> Draft202012Validator:
    schema = json.loads(schema_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_read(edition: Edition, former: dict[str, Any] | None = None) -> Any:
    return json.loads(json_bytes(changes_record(edition, former)))


def test_the_record_of_a_rich_day_fits_its_schema() -> None:
    assert [error.message for error in validator().iter_errors(as_read(sample_edition()))] == []


def test_the_record_of_a_quiet_day_and_of_a_revision_fit_their_schema() -> None:
    quiet = replace(sample_edition(), figure_changes=(), position_changes=(), disagreements=(), held=())
    revision = as_read(sample_edition(revision=2), as_read(quiet))
    assert len(revision["revised"]["added"]) == len(FIGURE_CHANGES) + len(POSITION_CHANGES)
    for record in (as_read(quiet), revision):
        assert [error.message for error in validator().iter_errors(record)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("day",), "14 March"),
        (("changes", 0, "kind"), "exploded"),
        (("changes", 0, "severity"), 1.5),
        (("changes", 0, "evidence", 0, "evidence_start"), -1),
        (("schema_version",), "2.0"),
        (("counts", "changes"), "many"),
    ],
)
def test_the_schema_refuses_what_readers_could_not_use(path: tuple[Any, ...], value: object) -> None:
    record = copy.deepcopy(as_read(sample_edition()))
    place: Any = record
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    assert not validator().is_valid(record)


def test_every_piece_of_evidence_stands_at_its_offsets() -> None:
    record = as_read(sample_edition())
    rows = [row for change in record["changes"] for row in change["evidence"]]
    rows += [row for item in record["disagreements"] for side in item["sides"] for row in side["evidence"]]
    rows += [row["quote"] for row in record["held"] if row["quote"]]
    assert len(rows) > 30
    for row in rows:
        text = ARTICLES[row["document_id"].removeprefix("d-")].text
        assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"]


def test_both_sides_and_what_stands_against_them_are_told() -> None:
    changes = {change["id"]: change for change in as_read(sample_edition())["changes"]}
    disputed = changes["c-disputed-missing"]
    assert (disputed["before"]["value"], disputed["after"]["value"]) == (48, 48)
    assert [side["words"] for side in disputed["against"]] == ["47"]
    assert [row["role"] for row in disputed["evidence"]] == ["before", "after", "after", "against"]
    shifted = changes["p-shifted-dockers-union"]
    assert (shifted["before"]["stance"], shifted["after"]["stance"]) == ("conditional", "opposes")
    assert shifted["subject"] == "dockers-union/night-shifts"


def test_changes_come_most_severe_first() -> None:
    severities = [change["severity"] for change in as_read(sample_edition())["changes"]]
    assert severities == sorted(severities, reverse=True)


def test_the_numbers_of_the_status_line_count_what_is_there() -> None:
    total = counts(sample_edition())
    assert total["changes"] == 14
    assert (total["documents"], total["outlets"], total["reprints"]) == (6, 5, 1)
    assert (total["audit_passed"], total["audit_total"]) == (2, 4)


def test_a_revision_tells_what_was_added_taken_back_and_reworded() -> None:
    former = as_read(sample_edition())
    first = replace(FIGURE_CHANGES[0], kind="new", before=None)
    later = replace(sample_edition(2), figure_changes=(first, *FIGURE_CHANGES[2:]))
    notes = revised(former, as_read(later)["changes"])
    assert [item["id"] for item in notes["removed"]] == ["c-disputed-missing"]
    assert [(item["words"], item["words_before"]) for item in notes["altered"]] == [
        ("new: at least 1,183", "refined: “more than 1,000” is now “at least 1,183”")
    ]
    assert notes["added"] == []
    assert revised(former, former["changes"])["altered"] == []


def test_more_support_for_the_same_words_is_no_revision() -> None:
    former = as_read(sample_edition())
    after = FIGURE_CHANGES[0].after
    assert after is not None
    more = replace(FIGURE_CHANGES[0], after=replace(after, texts=9))
    later = replace(sample_edition(2), figure_changes=(more, *FIGURE_CHANGES[1:]))
    assert revised(former, as_read(later)["changes"])["altered"] == []


def test_the_audit_lists_every_check_and_everything_held() -> None:
    record = audit_record(sample_edition())
    assert (record["passed"], record["total"]) == (2, 4)
    assert [row["expectation"] for row in record["held"]] == ["no_digits_exchanged", "is_dated"]
    assert sum(row["items"] for row in record["outcomes"]) == 10
