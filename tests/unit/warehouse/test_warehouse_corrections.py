"""What people decide about records: it counts, it is told, it goes when it is taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from expectations.engine import audit_editions
from schemas.audit import Audit, Hold
from schemas.corrections import Correction
from schemas.edition import Edition
from tests.unit.warehouse.newsroom import Article, Ledger, at, batch
from warehouse.corrections import are_decisions_new, open_decisions
from warehouse.editions import load_edition
from warehouse.promote import Inspection, Publication, promote
from warehouse.stage import stage

DAY = date(2031, 5, 8)
FALL = Hold("figure", "fb-1-0", "cumulative_fall", "30 is less than 40, of a number that only grows")


def decision(target: str, action: str, **changes: Any) -> Correction:
    data = {
        "target": target,
        "action": action,
        "reason": "the hospital counted again",
        "who": "Ada",
        **changes,
    }
    return Correction.model_validate(data)


def ledger_of(folder: Path) -> Ledger:
    """A toll of 40, then of 30 (held as a fall) and another paper's count of the wounded."""
    ledger = Ledger(folder)
    ledger.add(Article("a", at(6)).figure("toll", 40, aspect="cumulative"))
    ledger.add(
        Article("b", at(8), "Tern").figure("toll", 30, aspect="cumulative"),
        Article("c", at(8), "Skua").figure("wounded", 76183).position("union", "pay", "supports"),
        holds=[FALL],
    )
    return ledger


def decide(ledger: Ledger, *decisions: Correction, inspect: Inspection | None = None) -> Publication:
    ledger.runs += 1
    path = ledger.folder / f"decide-{ledger.runs}.duckdb"
    stage(path, batch([], f"decide{ledger.runs}", at(9, ledger.runs), decisions=decisions), [])
    return promote(ledger.path, path, Audit((), ()), inspect=inspect)


def edition(ledger: Ledger) -> Edition:
    with ledger.open() as con:
        return load_edition(con, DAY)


def readings(ledger: Ledger) -> dict[str, float]:
    return dict(ledger.ask(f"SELECT indicator, value FROM readings WHERE day = '{DAY}'"))


def status(ledger: Ledger) -> list[tuple[Any, ...]]:
    return ledger.ask("SELECT target, status, detail FROM decisions WHERE is_in_force ORDER BY ALL")


def test_a_released_figure_counts_and_the_edition_says_who_and_why(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    assert readings(ledger) == {"wounded": 76183}
    done = decide(
        ledger, decision("fb-1-0", "release", source="https://hospital.example/count"), inspect=audit_editions
    )
    assert done.days == ((DAY, 2),)
    assert readings(ledger) == {"wounded": 76183, "toll": 30}
    shown = edition(ledger)
    (row,) = shown.decisions
    assert (row.action, row.status, row.who, row.reason) == (
        "release",
        "applied",
        "Ada",
        "the hospital counted again",
    )
    assert (row.label, row.source) == ("killed", "https://hospital.example/count")
    assert shown.held == ()
    assert shown.revised_because == "1 decision of an editor"
    assert {c.kind for c in shown.figure_changes if c.indicator == "toll"} == {"fall"}
    assert ledger.ask("SELECT count(*) FROM held") == [(0,)]
    assert ledger.ask("SELECT is_held FROM figures WHERE figure_id = 'fb-1-0'") == [(False,)]
    assert ledger.ask("SELECT count(*) FROM ledger.holds") == [(1,)], "the audit's word is kept"


def test_a_rejected_figure_counts_no_more_and_is_named_as_held(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    decide(ledger, decision("fc-1-0", "reject"))
    assert readings(ledger) == {}
    (held,) = (row for row in edition(ledger).held if row.expectation == "rejected")
    assert held.reason == "the hospital counted again (Ada)"
    assert held.quote is not None
    assert held.quote.evidence == "exact 76183 wounded"


def test_a_rejected_document_takes_all_it_says_with_it(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    decide(ledger, decision("dc", "reject"))
    assert readings(ledger) == {}
    assert ledger.ask("SELECT count(*) FROM stands") == [(0,)]
    decide(ledger)
    assert readings(ledger) == {"wounded": 76183}


def test_a_corrected_value_stands_in_a_copy_and_the_figure_as_read_is_kept(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    corrected = decision("fc-1-0", "correct", field="value", value=67183, expect={"value": 76183})
    decide(ledger, corrected, inspect=audit_editions)
    assert readings(ledger) == {"wounded": 67183}
    rows = ledger.ask(
        "SELECT value, value_low, value_high, is_held, extractor FROM figures WHERE indicator = 'wounded'"
    )
    assert sorted(rows) == [(67183, 67183, 67183, False, "editor"), (76183, 76183, 76183, True, "hand 1")]
    shown = edition(ledger)
    (row,) = shown.decisions
    assert (row.before, row.after, row.words) == ("76183", "67183", "value 76183 corrected to 67183")
    assert [h.reason for h in shown.held if h.expectation == "corrected"] == [
        "value 76183 corrected to 67183: the hospital counted again (Ada)"
    ]
    (reading,) = shown.readings
    assert reading.side.quotes[0].evidence == "exact 76183 wounded", "the words stay the outlet's"


def test_a_figure_of_the_wrong_indicator_is_given_to_the_right_one(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    decide(ledger, decision("fc-1-0", "correct", field="indicator", value="strikers"))
    assert readings(ledger) == {"strikers": 76183}
    decide(ledger, decision("fc-1-0", "correct", field="indicator", value=None))
    assert readings(ledger) == {}


def test_several_corrections_of_one_record_make_one_copy(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    decide(
        ledger,
        decision("fc-1-0", "correct", field="value", value=40),
        decision("fc-1-0", "correct", field="qualifier", value="at_least"),
    )
    rows = ledger.ask("SELECT value, value_low, value_high, qualifier FROM readings")
    assert (40, 40, None, "at_least") in rows
    assert ledger.ask("SELECT count(*) FROM ledger.replacements") == [(1,)]


def test_a_corrected_stance_moves_the_stand(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    decide(ledger, decision("pc-1-0", "correct", field="stance", value="opposes"))
    assert ledger.ask("SELECT stance FROM stands") == [("opposes",)]


def test_a_conditional_stance_needs_its_condition_from_the_words(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    stance = decision("pc-1-0", "correct", field="stance", value="conditional")
    decide(ledger, stance)
    assert ledger.ask("SELECT stance FROM stands") == [("supports",)]
    (row,) = status(ledger)
    assert row[1] == "invalid"
    assert "word for word" in row[2]
    decide(ledger, stance, decision("pc-1-0", "correct", field="condition", value="union supports"))
    assert ledger.ask("SELECT stance, condition FROM stands") == [("conditional", "union supports")]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (
            decision("fc-1-0", "reject", expect={"value": 70000}),
            ("stale", "it expects value 70000, and finds 76183"),
        ),
        (
            decision("fb-1-0", "release", expect={"expectation": "digit_exchange"}),
            ("stale", "it expects a hold by digit_exchange, and is held by cumulative_fall"),
        ),
        (decision("fnobody", "reject"), ("unknown", "no record of the ledger has this id")),
        (decision("fc-1-0", "release"), ("idle", "it is not held")),
        (
            decision("fc-1-0", "correct", field="indicator", value="woundet"),
            ("invalid", "the codebook of harbour has no indicator 'woundet'; did you mean 'wounded'?"),
        ),
        (decision("fc-1-0", "correct", field="value", value=76183), ("idle", "its value is 76183 already")),
        (
            decision("dc", "correct", field="value", value=1),
            ("invalid", "a document has no value to correct; it has nothing"),
        ),
    ],
)
def test_a_decision_that_does_not_fit_does_nothing_and_says_so(
    tmp_path: Path, made: Correction, expected: tuple[str, str]
) -> None:
    ledger = ledger_of(tmp_path)
    before = readings(ledger)
    decide(ledger, made)
    assert readings(ledger) == before
    assert status(ledger) == [(made.target, *expected)]
    with ledger.open() as con:
        told = open_decisions(con)
    assert bool(told) == (expected[0] != "idle")
    failed = ledger.ask("SELECT failed FROM audits WHERE suite = 'decisions'")
    assert failed == [(len(told),)]


def test_what_cannot_be_proved_cannot_be_released(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    hold = Hold("figure", "fa-1-0", "evidence_verbatim", "the words are not there")
    ledger.add(Article("a", at(8)).figure("toll", 3), holds=[hold])
    decide(ledger, decision("fa-1-0", "release"))
    assert readings(ledger) == {}
    assert status(ledger)[0][1] == "invalid"
    decide(ledger, decision("fa-1-0", "correct", field="value", value=5))
    assert readings(ledger) == {}


def test_a_decision_taken_back_is_undone_and_the_history_tells_of_it(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    made = decision("fc-1-0", "correct", field="value", value=67183)
    decide(ledger, made)
    decide(ledger)
    assert readings(ledger) == {"wounded": 76183}
    assert edition(ledger).revised_because == "1 decision withdrawn"
    assert ledger.ask("SELECT action, is_in_force FROM decisions") == [("correct", False)]
    copies = ledger.ask(
        "SELECT h.expectation FROM held h JOIN figures f ON f.figure_id = h.record_id AND f.value = 67183"
    )
    assert copies == [("withdrawn",)]
    with ledger.open() as con:
        first, second = load_edition(con, DAY, 2), load_edition(con, DAY, 3)
    assert [r.side.value for r in first.readings] == [67183], "what was published stays as it was"
    assert [r.side.value for r in second.readings] == [76183]
    decide(ledger, made)
    assert readings(ledger) == {"wounded": 67183}
    assert ledger.ask("SELECT count(*) FROM ledger.replacements") == [(1,)]


def test_decisions_wait_for_records_that_come_later(tmp_path: Path) -> None:
    """A ledger built anew from the same articles comes to the same, whatever came first."""
    ledger = Ledger(tmp_path / "anew")
    decide(ledger, decision("fb-1-0", "release"), decision("fc-1-0", "correct", field="value", value=67183))
    ledger.add(Article("a", at(6)).figure("toll", 40, aspect="cumulative"))
    ledger.add(
        Article("b", at(8), "Tern").figure("toll", 30, aspect="cumulative"),
        Article("c", at(8), "Skua").figure("wounded", 76183),
        holds=[FALL],
    )
    assert readings(ledger) == {"toll": 30, "wounded": 67183}


def test_a_new_codebook_version_reads_again_and_the_correction_holds(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    decide(ledger, decision("fc-1-0", "correct", field="value", value=67183))
    ledger.add(
        Article("c", at(8), "Skua", codebook_version="2/def")
        .figure("wounded", 76183)
        .position("union", "pay", "supports")
    )
    assert readings(ledger)["wounded"] == 67183
    rows = ledger.ask("SELECT codebook_version, is_held FROM figures WHERE extractor = 'editor'")
    assert rows == [("2/def", False)]


def test_a_batch_without_decisions_leaves_those_in_force(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    made = decision("fb-1-0", "release")
    decide(ledger, made)
    ledger.add(Article("d", at(9)).figure("wounded", 76184))
    assert readings(ledger)["toll"] == 30
    with ledger.open() as con:
        assert not are_decisions_new(con, [made])
        assert are_decisions_new(con, [])
        assert are_decisions_new(con, [made, decision("fc-1-0", "reject")])


def test_the_same_decisions_again_change_no_edition(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    made = (decision("fb-1-0", "release"), decision("fc-1-0", "reject"))
    assert decide(ledger, *made).days == ((DAY, 2),)
    assert decide(ledger, *reversed(made)).days == ()
