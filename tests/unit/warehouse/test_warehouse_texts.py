"""Texts leave the warehouse with everything read in them, and numbers nobody follows with their line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from schemas.audit import Hold
from schemas.figure import Modality
from schemas.position import Refusal
from tests.unit.warehouse.newsroom import Article, Ledger, at
from warehouse.editions import load_edition
from warehouse.texts import load_texts
from warehouse.unread import load_unread

DAY = date(2031, 5, 8)


def test_each_document_comes_with_its_text_records_labels_and_holds(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    article = (
        Article("a", at(8)).figure("toll", 48).figure(None, 5, rule="no").position("union", "pay", "supports")
    )
    hold = Hold("figure", "fa-1-0", "no_slip", "two digits exchanged")
    refusal = Refusal("da", 1, "harbour", "position", "actor ambiguous", "Headline", 0, 8)
    ledger.add(article, Article("b", at(9)).figure("toll", 49), holds=[hold], refusals=[refusal])
    with ledger.open() as con:
        (text,) = load_texts(con, DAY)
        assert [text.document] == list(load_edition(con, DAY).documents)
    assert text.text == article.text()
    toll, other = text.figures
    assert (toll.label, toll.held, toll.figure.indicator) == ("killed", "two digits exchanged", "toll")
    assert (other.label, other.held, other.figure.rule) == ("", "", "no")
    assert text.text[toll.figure.evidence_start : toll.figure.evidence_end] == toll.figure.evidence
    (stance,) = text.positions
    assert (stance.actor_name, stance.proposition) == ("Dockers' union", "Pay should rise.")
    assert text.refusals == (refusal,)


def test_a_former_revision_keeps_the_version_it_had(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(8)).figure("toll", 48))
    ledger.add(Article("a", at(8), version=2).figure("toll", 50))
    with ledger.open() as con:
        (first,) = load_texts(con, DAY, 1)
        (second,) = load_texts(con, DAY)
    assert (first.document.version, first.figures[0].figure.value) == (1, 48)
    assert (second.document.version, second.figures[0].figure.value) == (2, 50)


def test_what_no_indicator_follows_comes_with_its_line_and_reprints_carry_one_text(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(
        Article("a", at(8), "Gull").figure(None, 5).figure("toll", 48),
        Article("b", at(9), "Tern").figure(None, 5).repeats("a"),
        Article("c", at(10), "Crow").figure("toll", 49, attributed_to="the harbour master"),
        Article("d", at(10), "Skua").figure(None, 7, modality=Modality.PLANNED),
    )
    with ledger.open() as con:
        rows = load_unread(con, "harbour")
        assert load_unread(con, "elsewhere") == []
    assert [(row["value"], row["text_id"], row["outlet"]) for row in rows] == [
        (5.0, "da", "Gull"),
        (5.0, "da", "Tern"),
        (49.0, "dc", "Crow"),
    ]
    assert {row["before"] + row["after"] for row in rows[:2]} == {"exact 5 None"}
    assert (rows[2]["indicator"], rows[2]["attributed_to"]) == ("toll", "the harbour master")
    assert rows[0]["day"] == "2031-05-08"
