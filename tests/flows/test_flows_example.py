"""The example newsroom, walked day by day over HTTP: every planted event must come out as planned."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from examples.run_example import EXAMPLE, walk
from flows.report import RunReport
from schemas.item import Outcome

EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((EXAMPLE / "expected.yml").read_text(encoding="utf-8"))[
    "days"
]
DAYS = [str(day) for day in EXPECTED]
Change = tuple[Any, ...]


@dataclass(frozen=True)
class Walked:
    site: Path
    reports: dict[str, RunReport]

    def edition(self, day: str) -> dict[str, Any]:
        """Return the first revision of a day, which is what the run of that day published."""
        folder = self.site / "editions" / day
        first = folder / "revisions" / "1"
        record: dict[str, Any] = json.loads(
            ((first if first.exists() else folder) / "changes.json").read_text()
        )
        return record


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, workflow: None) -> Walked:
    site = tmp_path_factory.mktemp("example") / "site"
    reports = walk(EXAMPLE, site, port=0)
    return Walked(site, dict(zip(DAYS, reports, strict=True)))


def plan(day: str) -> dict[str, Any]:
    return next(told for planned, told in EXPECTED.items() if str(planned) == day)


def figure_changes(edition: dict[str, Any]) -> list[Change]:
    return [
        (c["subject"], c["kind"], c["before"] and c["before"]["value"], c["after"] and c["after"]["value"])
        for c in edition["changes"]
        if c["subject_kind"] == "figure"
    ]


def position_changes(edition: dict[str, Any]) -> list[Change]:
    return [
        (*c["subject"].split("/"), c["kind"], c["before"] and c["before"]["stance"], c["after"]["stance"])
        for c in edition["changes"]
        if c["subject_kind"] == "position"
    ]


def fits(change: Change, planned: dict[str, Any]) -> bool:
    kinds = planned["kind"] if isinstance(planned["kind"], list) else [planned["kind"]]
    wanted = (planned["indicator"], planned["before"], planned["after"])
    return change[1] in kinds and (change[0], *change[2:]) == wanted


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_move_as_planned_and_no_other_does(walked: Walked, day: str) -> None:
    found = figure_changes(walked.edition(day))
    planned = [*plan(day)["figures"], *plan(day).get("corrected", [])]
    assert [p for p in planned if not any(fits(change, p) for change in found)] == []
    assert [change for change in found if not any(fits(change, p) for p in planned)] == []


@pytest.mark.parametrize("day", DAYS)
def test_the_positions_move_as_planned_and_no_other_does(walked: Walked, day: str) -> None:
    planned = [(p["actor"], p["issue"], p["kind"], p["before"], p["after"]) for p in plan(day)["positions"]]
    assert sorted(position_changes(walked.edition(day)), key=str) == sorted(planned, key=str)


@pytest.mark.parametrize("day", DAYS)
def test_what_is_planned_as_a_slip_is_held(walked: Walked, day: str) -> None:
    reasons = " ".join(row["reason"] for row in walked.edition(day)["held"])
    for slip in plan(day).get("held", []):
        assert slip.get("misread") or f"{slip['value']:,}" in reasons


@pytest.mark.parametrize("day", DAYS)
def test_every_new_item_has_the_fate_planned(walked: Walked, day: str) -> None:
    outcomes = walked.reports[day].outcomes
    counted = Counter(o.outcome.value for o in outcomes if o.outcome is not Outcome.UNCHANGED)
    retried = {o.item for o in outcomes if o.outcome is Outcome.FAILED} & seen_before(walked, day)
    counted[Outcome.FAILED.value] -= len(retried)
    assert +counted == Counter(plan(day)["items"])


def seen_before(walked: Walked, day: str) -> set[str]:
    earlier = [walked.reports[d] for d in DAYS if d < day]
    return {outcome.item for report in earlier for outcome in report.outcomes}


@pytest.mark.parametrize("day", DAYS)
def test_earlier_days_are_revised_as_planned(walked: Walked, day: str) -> None:
    revised = [str(edition) for edition, revision in walked.reports[day].editions if revision > 1]
    assert revised == [str(d) for d in plan(day).get("revised", [])]


def test_an_edition_says_what_brought_its_revision(walked: Walked) -> None:
    record = json.loads((walked.site / "editions" / "2026-03-04" / "changes.json").read_text())
    assert record["revision"] == 2
    assert record["revised_because"]


def test_every_entry_of_every_feed_has_exactly_one_outcome(walked: Walked) -> None:
    for report in walked.reports.values():
        twice = [item for item, n in Counter((o.feed_id, o.item) for o in report.outcomes).items() if n > 1]
        assert twice == []
