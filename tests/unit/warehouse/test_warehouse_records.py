"""What leaves the warehouse: frames for the audit, holdings for identity, editions for publishing."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from schemas.audit import Check, Hold
from schemas.contract import FIGURES, POSITIONS
from schemas.document import TextHoldings
from schemas.errors import UsageError
from schemas.item import FeedPoll, ItemOutcome, Outcome
from schemas.reading import Quote
from tests.unit.warehouse.newsroom import CLOCK, NO_AUDIT, Article, Ledger, at
from warehouse.editions import (
    edition_days,
    load_edition,
    load_tables,
    mark_exported,
    pending_exports,
)
from warehouse.feeds import last_outcomes, latest_polls
from warehouse.frames import audit_frames
from warehouse.holdings import WarehouseHoldings, free_run_id
from warehouse.promote import promote


def test_figures_come_to_the_audit_beside_what_they_are_compared_with(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(
        Article("a", at(6)).figure("toll", 67000, "more_than"),
        Article("h", at(8), "Skua").figure("toll", 67180),
    )
    staged = ledger.staged(
        Article("b", at(8), "Gull").figure("toll", 76183).figure(None, 5),
        Article("c", at(8), "Tern").figure("toll", 67183),
        Article("d", at(8), "Crow").figure("toll", 76183).repeats("b"),
    )
    frame = audit_frames(ledger.path, staged)["figures"].set_index("figure_id")
    slip = frame.loc["fb-1-0"]
    assert slip["text_slice"] == slip["evidence"] == "exact 76183 toll"
    assert (slip["previous_day"], slip["previous_value"]) == (date(2031, 5, 6), 67000)
    assert (slip["previous_qualifier"], slip["day"], slip["outlet"]) == (
        "more_than",
        date(2031, 5, 8),
        "Gull",
    )
    assert list(slip["others_same_day"]) == [67180, 67183], "its own reprint is no witness"
    assert (slip["indicator_aspect"], slip["indicator_step"], slip["indicator_known"]) == (
        "cumulative",
        0.2,
        True,
    )
    assert frame.loc["fb-1-1"]["indicator_known"], "a figure of no indicator breaks no rule about indicators"


def test_days_of_one_batch_are_compared_as_if_they_had_come_one_by_one(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    staged = ledger.staged(
        Article("a", at(6)).figure("toll", 67000, "more_than"),
        Article("slip", at(8)).figure("toll", 76183),
        Article("b", at(8), "Tern").figure("toll", 67183),
        Article("c", at(9)).figure("toll", 67211),
    )
    frame = audit_frames(ledger.path, staged)["figures"].set_index("figure_id")
    assert frame.loc["fb-1-0"]["previous_value"] == 67000
    assert frame.loc["fc-1-0"]["previous_value"] == 67183, "not the slip"
    assert frame.loc["fa-1-0"]["previous_day"] is None


def test_documents_and_positions_come_to_the_audit(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    staged = ledger.staged(
        Article("a", at(6))
        .position("union", "pay", "supports")
        .position("nobody", "nothing", "opposes")
        .attends("Ann"),
        Article("future", at(22)),
        Article("undated", None),
    )
    frames = audit_frames(ledger.path, staged)
    documents = frames["documents"].set_index("document_id")
    assert documents["is_future"].to_dict() == {"da": False, "dfuture": True, "dundated": False}
    assert documents["has_text"].all()
    assert documents.loc["da"]["day"] == date(2031, 5, 6)
    assert documents.loc["dundated"]["day"] is None
    positions = frames["positions"].set_index("position_id")
    assert positions["actor_known"].to_dict() == {"pa-1-0": True, "pa-1-1": False}
    assert positions["issue_known"].to_dict() == {"pa-1-0": True, "pa-1-1": False}
    assert (positions["text_slice"] == positions["evidence"]).all()
    assert (frames["attendance"]["text_slice"] == frames["attendance"]["evidence"]).all()


def test_offsets_count_characters_beyond_the_basic_plane(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    article = Article("a\N{PERSON RAISING BOTH HANDS IN CELEBRATION}e\u0301", at(6)).figure("strikers", 48)
    staged = ledger.staged(article)
    frame = audit_frames(ledger.path, staged)["figures"]
    assert (frame["text_slice"] == frame["evidence"]).all()
    promote(ledger.path, staged, NO_AUDIT)
    con = ledger.open()
    quote = load_edition(con, date(2031, 5, 6)).readings[0].side.quotes[0]
    con.close()
    assert article.text().startswith(quote.before + quote.evidence)
    assert len(quote.before) == quote.evidence_start


def test_holdings_answer_what_identity_asks(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    first, second = Article("a", at(6)).figure("strikers", 48), Article("b", at(6)).figure("toll", 3)
    ledger.add(first, second)
    edited = Article("a", at(6), version=2).figure("strikers", 47)
    ledger.add(edited)
    con = ledger.open()
    holdings = WarehouseHoldings(con)
    assert isinstance(holdings, TextHoldings)
    held = holdings.by_key("file:a")
    document = edited.document()
    assert held is not None
    assert (held.version, held.text_sha256, held.sketch_size) == (
        2,
        document.text_sha256,
        len(document.sketch),
    )
    assert (held.title, held.first_seen_at) == (document.title, CLOCK)
    assert holdings.by_key("file:zzz") is None
    assert [h.document_id for h in holdings.by_text(document.text_sha256)] == ["da"]
    assert holdings.by_text(first.document().text_sha256) == [], "an old version's text is not the document's"
    assert (holdings.text("da"), holdings.text("zzz")) == (edited.text(), None)
    overlaps = [(o.held.document_id, o.shared) for o in holdings.sharing(document.sketch)]
    shared = len(set(document.sketch) & set(second.document().sketch))
    assert overlaps == [("da", len(document.sketch)), ("db", shared)]
    holdings.preload([document.sketch, (1, 2, 3)])
    assert [(o.held.document_id, o.shared) for o in holdings.sharing(document.sketch)] == overlaps
    assert holdings.sharing((1, 2, 3)) == []
    con.close()


def poll(day: int, status: str) -> FeedPoll:
    return FeedPoll("gull", "https://gull.example/feed", at(day), status, "", 3, 1, f'"{day}"')


def test_feeds_and_items_are_remembered(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    teaser = ItemOutcome("https://gull.example/teaser", "Gull", "gull", Outcome.NOT_AN_ARTICLE, "teaser")
    broken = ItemOutcome("https://gull.example/broken", "Gull", "gull", Outcome.FAILED, "http 500")
    ledger.add(Article("a", at(6)), polls=[poll(6, "ok")], outcomes=[teaser, broken], clock=at(6))
    mended = replace(broken, outcome=Outcome.STORED, reason="")
    ledger.add(Article("b", at(7)), polls=[poll(7, "unchanged")], outcomes=[mended], clock=at(7))
    con = ledger.open()
    assert latest_polls(con) == {"gull": poll(7, "unchanged")}
    outcomes = last_outcomes(con, ["https://gull.example/teaser", "https://gull.example/broken", "new"])
    assert "new" not in outcomes
    assert outcomes["https://gull.example/teaser"] == ("not an article", "teaser")
    assert outcomes["https://gull.example/broken"] == ("stored", "")
    con.close()


def test_a_run_asked_twice_at_the_same_clock_gets_a_number(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)), run="run1")
    con = ledger.open()
    assert (free_run_id(con, "run1"), free_run_id(con, "run2")) == ("run1-2", "run2")
    con.close()


def test_outcomes_sum_to_the_items_seen(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    twice = ItemOutcome("https://gull.example/x", "Gull", "gull", Outcome.UNCHANGED)
    ledger.add(Article("a", at(6)), Article("b", at(6)), outcomes=[twice, twice], run="run1")
    assert ledger.ask("SELECT count(*) FROM outcomes WHERE run_id = 'run1'") == [(4,)]


def edited_ledger(folder: Path) -> Ledger:
    ledger = Ledger(folder)
    check = Check("figures", "step", "value", "row", False, 5, 1, "fc-1-1", "no larger step")
    wire = Article("b", at(8, 8), "Wire", agency="AP").figure("strikers", 48)
    other = Article("c", at(8, 10), "Tern").figure("strikers", 47).figure("toll", 99999)
    poll_ok, failed = poll(8, "ok"), replace(poll(8, "failed"), feed_id="tern")
    ledger.add(Article("a", at(6)).figure("strikers", 48).position("union", "pay", "supports"))
    ledger.add(
        wire.position("union", "pay", "opposes").attends("Ann"),
        Article("b2", at(8, 9), "Gull").figure("strikers", 48).attends("ANN", role="negotiator").repeats("b"),
        other.position("union", "pay", "supports"),
        polls=[poll_ok, failed],
        holds=[Hold("figure", "fc-1-1", "step", "99999 after nothing")],
        checks=[check],
    )  # fmt: skip
    return ledger


def test_edition_tells_everything_with_its_words(tmp_path: Path) -> None:
    ledger = edited_ledger(tmp_path)
    con = ledger.open()
    edition = load_edition(con, date(2031, 5, 8))
    con.close()
    assert (edition.revision, edition.previous_day, edition.next_day) == (1, date(2031, 5, 6), None)
    assert (edition.feeds_polled, edition.feeds_failed) == (2, 1)
    assert edition.data_as_of == "2031-05-08T10:00:00+00:00"
    (change,) = edition.figure_changes
    assert (change.kind, change.label, change.unit) == ("disputed", "dockers on strike", "person")
    assert change.before is not None
    assert change.after is not None
    assert change.before.quotes[0].record_id == "fa-1-0"
    assert (change.after.value, change.after.texts, change.after.outlets) == (48, 1, ("Gull", "Wire"))
    assert [q.is_reprint for q in change.after.quotes] == [False, True]
    assert [(s.value, s.value_low, s.outlets) for s in change.against] == [(47, 47, ("Tern",))]
    (moved,) = edition.position_changes
    assert (moved.kind, moved.actor_name, moved.proposition) == (
        "disputed",
        "Dockers' union",
        "Pay should rise.",
    )
    assert [d.subject_kind for d in edition.disagreements] == ["figure", "position"]
    assert [s.value for s in edition.disagreements[0].sides] == [48, 47]
    assert [s.stance for s in edition.disagreements[1].stances] == ["supports", "opposes"]
    (held,) = edition.held
    assert (held.label, held.expectation, held.quote and held.quote.evidence) == (
        "killed",
        "step",
        "exact 99999 toll",
    )
    (ann,) = edition.attendance
    assert (ann.name, ann.role) == ("ANN", "negotiator")
    assert [(o.outlet, o.documents, o.reprints, o.held) for o in edition.outlets] == [
        ("Gull", 1, 1, 0), ("Tern", 1, 0, 1), ("Wire", 1, 0, 0),
    ]  # fmt: skip
    assert [(d.document_id, d.reprint_of, d.figures, d.positions) for d in edition.documents] == [
        ("db", None, 1, 1), ("db2", "db", 1, 0), ("dc", None, 2, 1),
    ]  # fmt: skip
    assert [(c.expectation, c.checked, c.failed) for c in edition.checks] == [("step", 5, 1)]
    assert sum(o.items for o in edition.outcomes) == 3
    assert [(s.story, s.title, s.timezone) for s in edition.stories] == [
        ("harbour", "The harbour strike", "Africa/Cairo")
    ]


def quotes_in(value: object) -> list[Quote]:
    if isinstance(value, Quote):
        return [value]
    if isinstance(value, tuple):
        return [quote for part in value for quote in quotes_in(part)]
    slots = getattr(value, "__slots__", ())
    return [quote for name in slots for quote in quotes_in(getattr(value, name))]


def test_every_quote_of_an_edition_stands_in_its_text(tmp_path: Path) -> None:
    ledger = edited_ledger(tmp_path)
    con = ledger.open()
    quotes = quotes_in(load_edition(con, date(2031, 5, 8)))
    texts = dict(con.execute("SELECT document_id, text FROM documents").fetchall())
    con.close()
    assert len(quotes) > 10
    for quote in quotes:
        text = texts[quote.document_id]
        assert text[quote.evidence_start : quote.evidence_end] == quote.evidence
        assert quote.before + quote.evidence + quote.after in text


def test_earlier_revision_stays_as_it_was(tmp_path: Path) -> None:
    ledger = edited_ledger(tmp_path)

    def told(revision: int) -> str:
        con = ledger.open()
        edition = load_edition(con, date(2031, 5, 8), revision)
        con.close()
        return json.dumps(asdict(replace(edition, next_day=None)), default=str)

    first = told(1)
    ledger.add(Article("d", at(8, 11), "Skua").figure("strikers", 47).repeats("b", "extended"))
    ledger.add(Article("a", at(6), version=2).figure("strikers", 40))
    assert told(1) == first
    assert told(2) != first
    con = ledger.open()
    assert load_edition(con, date(2031, 5, 8)).revised_because
    with pytest.raises(UsageError, match="no revision 9"):
        load_edition(con, date(2031, 5, 8), 9)
    with pytest.raises(UsageError, match="no edition of 2031-05-09") as error:
        load_edition(con, date(2031, 5, 9))
    assert error.value.hint == "the nearest is 2031-05-08"
    con.close()


def test_a_flag_is_told_with_the_words_and_in_the_tables(tmp_path: Path) -> None:
    slip = "headline against body: the headline says 84, the text below 48"
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 84, slip=slip).figure("toll", 3))
    con = ledger.open()
    quotes = {quote.value: quote.slip for quote in quotes_in(load_edition(con, date(2031, 5, 6)))}
    rows = load_tables(con, date(2031, 5, 6))["figures"].to_pylist()
    con.close()
    assert quotes == {84: slip, 3: None}
    assert [(r["value"], r["slip"], r["is_held"]) for r in rows] == [(84, slip, False), (3, None, False)]


def test_data_tables_have_the_contracts_columns(tmp_path: Path) -> None:
    ledger = edited_ledger(tmp_path)
    con = ledger.open()
    tables = load_tables(con, date(2031, 5, 8))
    con.close()
    for view in (FIGURES, POSITIONS):
        assert tables[view.name].column_names == [column.name for column in view.columns]
    rows = tables["figures"].to_pylist()
    assert [(r["figure_id"], r["is_held"]) for r in rows] == [
        ("fb-1-0", False), ("fb2-1-0", False), ("fc-1-0", False), ("fc-1-1", True),
    ]  # fmt: skip


def test_exports_are_pending_until_marked_and_again_when_a_neighbour_appears(tmp_path: Path) -> None:
    ledger = edited_ledger(tmp_path)
    con = ledger.open()
    assert pending_exports(con) == [(date(2031, 5, 6), 1), (date(2031, 5, 8), 1)]
    for day, revision in pending_exports(con):
        mark_exported(con, day, revision)
    assert pending_exports(con) == []
    con.close()
    ledger.add(Article("e", at(7)).figure("strikers", 48))
    con = ledger.open()
    assert edition_days(con) == [date(2031, 5, 6), date(2031, 5, 7), date(2031, 5, 8)]
    assert [day.day for day, _ in pending_exports(con)] == [6, 7, 8], "6 and 8 link to 7 now"
    con.close()
