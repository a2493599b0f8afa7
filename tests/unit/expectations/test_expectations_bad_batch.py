"""A batch with one of each defect we know: none of them is published, and everything else is.

The whole way of a batch: staged, audited, promoted (what was derived is inspected), written as an edition.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from expectations.engine import audit, audit_editions
from newsledger.publish import write_edition
from schemas.audit import Audit
from schemas.config import Site
from schemas.document import Document, Link, Relation
from schemas.feed_state import FeedState
from schemas.figure import Figure
from schemas.item import ItemOutcome, Outcome
from schemas.position import Position
from schemas.run import Batch
from tests.unit.warehouse.newsroom import VERSION, Article, Ledger, at, batch, codebook
from warehouse.editions import load_edition, load_tables
from warehouse.frames import audit_frames
from warehouse.promote import Publication, promote
from warehouse.stage import stage
from warehouse.texts import load_texts

DAY = date(2031, 5, 8)
CLOCK = at(9, 6)
Held = tuple[str, str, str]
"""Kind, id and expectation of what must be held."""


def indicators() -> dict[str, Any]:
    """One indicator for each slip that is seen by comparing, and one for the other defects."""
    person = {"label": "people", "counts": ["people"]}
    return {
        "killed": {**person, "aspect": "cumulative"},
        "wounded": {**person, "aspect": "current"},
        "homeless": {**person, "aspect": "current", "step": 0.2},
        "damage": {"label": "damage", "counts": ["euros"], "unit": "EUR", "aspect": "current"},
        "missing": {**person, "aspect": "current"},
        "turnout": {"label": "turnout", "counts": ["voters"], "unit": "share", "aspect": "current"},
        "beds": {**person, "aspect": "current", "low": 10, "high": 900},
    }


BOOK = codebook(indicators=indicators(), languages=["en"])
YESTERDAY = {"killed": 412.0, "wounded": 67183.0, "homeless": 1013.0, "damage": 4512.0, "turnout": 0.45}
TODAY = {"killed": 415.0, "wounded": 67250.0, "homeless": 1057.0, "damage": 4633.0, "turnout": 0.46}
UNITS = {"damage": "EUR", "turnout": "share"}
CUMULATIVE = {"killed": "cumulative"}


def article(name: str, day: int, values: dict[str, float], outlet: str = "The Gull") -> Article:
    made = Article(name, at(day, 9), outlet)
    for indicator, value in values.items():
        made.figure(
            indicator,
            value,
            unit=UNITS.get(indicator, "person"),
            aspect=CUMULATIVE.get(indicator, "current"),
        )
    return made.position("union", "pay", "supports")


@dataclass
class Plan:
    """The batch being made, and what must come of it."""

    made: Batch
    held: dict[str, Held] = field(default_factory=dict)
    warned: dict[str, tuple[str, str]] = field(default_factory=dict)

    def document(self, name: str, text: str | None = None, **changes: Any) -> Document:
        """Add a document with its outcome."""
        base = Article(name, at(8, 10), "The Tern").figure("missing", 12).document()
        said = base.text if text is None else text
        digest = hashlib.sha256(said.encode()).hexdigest()
        own = replace(base, text=said, text_sha256=digest, word_count=len(said.split()))
        document = replace(own, **changes)
        self.made.documents.append(document)
        self.made.outcomes.append(
            ItemOutcome(
                f"bad/{name}",
                document.outlet,
                None,
                Outcome.STORED,
                "",
                "",
                document.document_id,
                document.version,
            )
        )
        return document

    def figure(self, name: str, expectation: str, **changes: Any) -> Figure:
        """Add a document of its own whose only figure has a defect."""
        data = {"unit": "person", "indicator": "missing", "value": 12.0, "qualifier": "exact", **changes}
        words = {k: data.pop(k) for k in ("indicator", "value", "qualifier")}
        made = Article(name, at(8, 11), "The Skua").figure(words["indicator"], words["value"])
        (read,) = made.read_figures()
        figure = replace(read, qualifier=words["qualifier"], **data)
        self.document(name, made.text(), document_id=made.document_id)
        self.made.figures.append(figure)
        self.held[name] = ("figure", figure.figure_id, expectation)
        return figure

    def position(self, name: str, expectation: str, **changes: Any) -> Position:
        """Add a document of its own whose only position has a defect."""
        made = Article(name, at(8, 11), "The Skua").position("port", "shifts", "opposes")
        (read,) = made.read_positions()
        position = replace(read, **changes)
        self.document(name, made.text(), document_id=made.document_id)
        self.made.positions.append(position)
        self.held[name] = ("position", position.position_id, expectation)
        return position

    def bad_document(self, name: str, expectation: str, text: str | None = None, **changes: Any) -> Document:
        """Add a document with a defect."""
        document = self.document(name, text, **changes)
        self.held[name] = ("document", document.document_id, expectation)
        return document


Planter = Callable[[Plan], object]
PLANTED: dict[str, Planter] = {}


def planted(plant: Planter) -> Planter:
    PLANTED[plant.__name__] = plant
    return plant


def _shifted(plan: Plan, name: str, by: int, expectation: str) -> None:
    read = plan.figure(name, expectation)
    plan.made.figures[-1] = replace(
        read, evidence_start=read.evidence_start + by, evidence_end=read.evidence_end + by
    )


# figures: their words
PLANTED |= {
    "offset off by one": lambda p: _shifted(p, "offset off by one", -1, "evidence_verbatim"),
    "offsets beyond the text": lambda p: _shifted(p, "offsets beyond the text", 5000, "offsets_inside_text"),
    "words not in the text": lambda p: p.figure(
        "words not in the text", "evidence_verbatim", evidence="exactly a dozen"
    ),
    "no words": lambda p: p.figure("no words", "evidence_verbatim", evidence=""),
    "figure of a missing document": lambda p: p.figure(
        "figure of a missing document", "document_present", document_id="dnobody"
    ),
    "unknown story": lambda p: p.figure("unknown story", "story_known", story="harvest"),
    "unknown indicator": lambda p: p.figure("unknown indicator", "indicator_known", indicator="drowned"),
    "unknown qualifier": lambda p: p.figure(
        "unknown qualifier", "qualifier_in_vocabulary", qualifier="roughly"
    ),
    "unknown modality": lambda p: p.figure("unknown modality", "modality_in_vocabulary", modality="rumoured"),
    "interval reversed": lambda p: p.figure(
        "interval reversed", "interval_sane", qualifier="range", value_low=15.0, value_high=9.0
    ),
    "value outside its interval": lambda p: p.figure(
        "value outside its interval", "interval_sane", qualifier="range", value_low=30.0, value_high=40.0
    ),
    "not a number": lambda p: p.figure("not a number", "value_finite", value=float("nan")),
    "endless number": lambda p: p.figure("endless number", "value_finite", value=float("inf")),
    "negative count": lambda p: p.figure(
        "negative count", "count_not_negative", value=-3.0, value_low=-3.0, value_high=-3.0
    ),
    "another unit": lambda p: p.figure("another unit", "unit_agrees", unit="EUR"),
    "more than the whole": lambda p: p.figure(
        "more than the whole",
        "share_within_whole",
        indicator="turnout",
        value=1.07,
        value_low=1.07,
        value_high=1.07,
        unit="share",
    ),
    "beyond its bounds": lambda p: p.figure(
        "beyond its bounds",
        "within_bounds",
        indicator="beds",
        value=5000.0,
        value_low=5000.0,
        value_high=5000.0,
    ),
    "as of a day to come": lambda p: p.figure(
        "as of a day to come", "as_of_not_after_publication", as_of=date(2031, 6, 8)
    ),
    # figures: slips seen by comparing
    "digits exchanged": lambda p: p.figure(
        "digits exchanged",
        "digit_exchange",
        indicator="wounded",
        value=76183.0,
        value_low=76183.0,
        value_high=76183.0,
    ),
    "a total that falls": lambda p: p.figure(
        "a total that falls",
        "cumulative_fall",
        indicator="killed",
        value=402.0,
        value_low=402.0,
        value_high=402.0,
        aspect="cumulative",
    ),
    "an implausible step": lambda p: p.figure(
        "an implausible step",
        "implausible_step",
        indicator="homeless",
        value=1777.0,
        value_low=1777.0,
        value_high=1777.0,
    ),
    "thousand for million": lambda p: p.figure(
        "thousand for million",
        "unit_slip",
        indicator="damage",
        value=4_512_000.0,
        value_low=4_512_000.0,
        value_high=4_512_000.0,
        unit="EUR",
    ),
    # positions
    "unknown issue": lambda p: p.position("unknown issue", "issue_known", issue="weather"),
    "unknown actor": lambda p: p.position("unknown actor", "actor_known", actor="gulls"),
    "unknown stance": lambda p: p.position("unknown stance", "stance_in_vocabulary", stance="wavers"),
    "position without words": lambda p: p.position(
        "position without words", "offsets_inside_text", evidence="", evidence_start=0, evidence_end=0
    ),
    "condition missing": lambda p: p.position(
        "condition missing", "condition_verbatim", stance="conditional"
    ),
    "condition made up": lambda p: p.position(
        "condition made up", "condition_verbatim", stance="conditional", condition="if it rains"
    ),
    "said after publication": lambda p: p.position(
        "said after publication", "said_on_not_after_publication", said_on=date(2031, 7, 1)
    ),
    # documents
    "no text": lambda p: p.bad_document("no text", "text_present", ""),
    "published in the future": lambda p: p.bad_document(
        "published in the future", "published_not_in_future", published_at=CLOCK + timedelta(days=3)
    ),
    "published in 1970": lambda p: p.bad_document(
        "published in 1970", "published_not_epoch", published_at=datetime(1970, 1, 1, tzinfo=UTC)
    ),
    "foreign language": lambda p: p.bad_document("foreign language", "language_read", language="pt"),
    "blank outlet": lambda p: p.bad_document("blank outlet", "outlet_named", outlet="  "),
    "wrongly decoded": lambda p: p.bad_document(
        "wrongly decoded",
        "text_clean",
        "La grÃ¨ve des dockers â€” dÃ©jÃ  la troisiÃ¨me â€” paralyse le port.",
    ),
    "control characters": lambda p: p.bad_document(
        "control characters", "text_clean", "A strike\x00\x01\x02\x07 closed the port on Monday."
    ),
    "page for robots": lambda p: p.bad_document(
        "page for robots",
        "no_challenge",
        "Just a moment...\nVerify you are human by completing the action below.",
    ),
    "digest of another text": lambda p: p.bad_document(
        "digest of another text", "text_digest", text_sha256="0" * 64
    ),
    "story nobody reads": lambda p: p.bad_document(
        "story nobody reads", "story_known", stories=("harbour", "harvest")
    ),
}


@planted
def absurdly_long_words(plan: Plan) -> None:
    """Evidence of whole pages."""
    made = Article("long", at(8, 11), "The Skua")
    text = "The port counts 12 missing " + "and counts on " * 300
    document = plan.document("long", text, document_id=made.document_id)
    (read,) = Article("long", at(8, 11)).figure("missing", 12).read_figures()
    plan.made.figures.append(replace(read, evidence=text, evidence_start=0, evidence_end=len(text)))
    assert document.text == text
    plan.held["absurdly long words"] = ("figure", read.figure_id, "evidence_length")


@planted
def id_given_twice(plan: Plan) -> None:
    """Two different figures under one id: nothing tells which is meant."""
    read = plan.figure("id given twice", "id_unique")
    plan.made.figures.append(replace(read, value=19.0, value_low=19.0, value_high=19.0))


@planted
def document_id_given_twice(plan: Plan) -> None:
    """Two different texts under one id and version."""
    document = plan.bad_document("two texts", "id_unique")
    other = document.text + " More."
    plan.made.documents.append(
        replace(document, text=other, text_sha256=hashlib.sha256(other.encode()).hexdigest())
    )


@planted
def version_that_goes_backward(plan: Plan) -> None:
    """Another text that claims to be a version the ledger holds, with a figure read in it."""
    made = article("yesterday", 7, {"missing": 3.0})
    text = made.text() + "\nexact 12 missing"
    plan.bad_document("backward", "version_follows", text, document_id=made.document_id, version=1)
    (read,) = Article("x", at(7)).figure("missing", 12).read_figures()
    start = len(text) - len("exact 12 missing")
    plan.made.figures.append(
        replace(
            read,
            figure_id="fbackward",
            document_id=made.document_id,
            evidence="exact 12 missing",
            evidence_start=start,
            evidence_end=len(text),
        )
    )
    plan.held["figure of a version that goes backward"] = ("figure", "fbackward", "version_follows")


@planted
def flood_of_copies(plan: Plan) -> None:
    """Ten addresses of one outlet with the very same text: all but the first few are held."""
    text = "Strike: the port is closed. Exact 12 missing, says the port."
    for nth in range(10):
        plan.document(f"flood{nth}", text, document_id=f"dflood{nth}", outlet="The Crow")
        if nth >= 3:
            plan.held[f"flood of copies {nth}"] = ("document", f"dflood{nth}", "outlet_repeats_itself")


@planted
def reprint_of_itself(plan: Plan) -> None:
    """A document that repeats itself stays a document; the link is kept out."""
    plan.made.links.append(Link("dgood1", "dgood1", 1.0, 1.0, Relation.SAME))
    plan.held["reprint of itself"] = ("link", "dgood1 of dgood1", "not_itself")


@planted
def reprint_of_nobody(plan: Plan) -> None:
    plan.made.links.append(Link("dgood1", "dnobody", 1.0, 1.0, Relation.SAME))
    plan.held["reprint of nobody"] = ("link", "dgood1 of dnobody", "other_known")


@planted
def stale_feed(plan: Plan) -> None:
    """A feed that answers and has brought nothing for weeks."""
    plan.made.feed_states.append(
        FeedState(
            feed_id="sleepy",
            url="https://sleepy.example/feed",
            address="https://sleepy.example/feed",
            polled_at=CLOCK,
            next_poll_at=CLOCK + timedelta(hours=1),
            interval_seconds=3600.0,
            status="unchanged",
            ok_at=CLOCK,
            new_at=CLOCK - timedelta(days=30),
        )
    )
    plan.warned["stale feed"] = ("feeds", "feed_fresh")


@planted
def undated_documents(plan: Plan) -> None:
    """Nothing is held for having no date: it belongs to no day, and many are warned of."""
    for nth in range(8):
        plan.document(f"undated{nth}", f"Strike {nth}: a text without a date.", published_at=None)
    plan.warned["undated documents"] = ("documents", "undated_share")


@dataclass
class Published:
    """A ledger after the bad batch."""

    ledger: Ledger
    plan: Plan
    found: Audit
    publication: Publication
    folder: Path


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("bad")
    ledger = Ledger(folder, BOOK)
    ledger.add(article("yesterday", 7, YESTERDAY), clock=at(7, 12))
    good = [
        article("good1", 8, TODAY),
        article("good2", 8, TODAY, "The Tern"),
        article("good3", 8, TODAY, "Skua"),
    ]
    plan = Plan(batch(good, "bad", CLOCK))
    for plant in PLANTED.values():
        plant(plan)
    staged = folder / "staging.duckdb"
    stage(staged, plan.made, [(BOOK, VERSION)])
    found = audit(audit_frames(ledger.path, staged), failure_share=0.5)
    publication = promote(ledger.path, staged, found, inspect=audit_editions)
    with ledger.open() as con:
        for day, revision in publication.days:
            write_edition(
                load_edition(con, day, revision),
                load_tables(con, day, revision),
                site=Site(),
                editions_dir=folder / "editions",
                texts=load_texts(con, day, revision),
            )
    return Published(ledger, plan, found, publication, folder / "editions" / DAY.isoformat())


def test_there_are_many_kinds_of_defects(published: Published) -> None:
    assert len(PLANTED) >= 45
    expectations = {(kind, name) for kind, _, name in published.plan.held.values()}
    assert len(expectations | set(published.plan.warned.values())) >= 30


def test_nothing_of_the_batch_blocks_it(published: Published) -> None:
    assert not published.found.is_blocked
    assert published.publication.days == ((date(2031, 5, 7), 2), (DAY, 1)), (
        "what is held of a day is told there"
    )


def test_every_planted_defect_is_held_by_its_expectation_and_nothing_else_is(published: Published) -> None:
    held = {(hold.record_kind, hold.record_id): hold.expectation for hold in published.found.holds}
    wanted = {(kind, name): expectation for kind, name, expectation in published.plan.held.values()}
    assert held == wanted


def test_reasons_are_words(published: Published) -> None:
    reasons = {hold.record_id: hold.reason for hold in published.found.holds}
    assert all(reason and "None" not in reason for reason in reasons.values())
    assert "digits exchanged" in reasons["fdigits exchanged-1-0"]
    assert "is in pt" in reasons["dforeign language"]


def test_what_is_wrong_but_nothing_to_hold_is_warned_of(published: Published) -> None:
    failed = {
        (c.suite, c.expectation) for c in published.found.checks if not c.success and c.severity == "warning"
    }
    assert failed == set(published.plan.warned.values())


def test_the_readings_are_those_of_the_good_documents_alone(published: Published) -> None:
    rows = published.ledger.ask(
        f"SELECT indicator, value, texts FROM readings WHERE day = '{DAY}' ORDER BY 1"
    )
    assert rows == sorted((indicator, value, 3) for indicator, value in TODAY.items())
    stands = published.ledger.ask(f"SELECT actor, issue, stance, texts FROM stands WHERE day = '{DAY}'")
    assert stands == [("union", "pay", "supports", 3)]
    assert published.ledger.ask("SELECT count(*) FROM disagreements") == [(0,)]


def _held_ids(published: Published) -> Iterator[str]:
    yield from (name for kind, name, _ in published.plan.held.values() if kind in ("figure", "position"))


def test_no_defect_reaches_a_change_or_its_evidence(published: Published) -> None:
    record = json.loads((published.folder / "changes.json").read_text())
    told = json.dumps([record["changes"], record["disagreements"]])
    assert all(f'"{name}"' not in told for name in _held_ids(published))
    assert {(c["subject"], c["kind"]) for c in record["changes"]} == {
        ("killed", "rise"),
        ("wounded", "rise"),
        ("homeless", "rise"),
        ("damage", "rise"),
        ("turnout", "rise"),
    }


def test_what_is_held_is_named_in_the_edition_with_its_reason(published: Published) -> None:
    record = json.loads((published.folder / "changes.json").read_text())
    shown = {row["expectation"] for row in record["held"]}
    assert {"digit_exchange", "cumulative_fall", "unit_slip", "stance_in_vocabulary", "value_finite"} <= shown
    page = (published.folder / "index.html").read_text()
    assert "digits exchanged" in page


def test_every_row_is_kept_and_marked(published: Published) -> None:
    """Nothing is dropped: what is held is in the ledger with is_held, whatever it is."""
    for name in _held_ids(published):
        kind = "figure" if name.startswith("f") else "position"
        rows = published.ledger.ask(f"SELECT count(*) FROM ledger.{kind}s WHERE {kind}_id = '{name}'")
        assert rows == [(1,)], name
    held = dict(published.ledger.ask("SELECT record_id, expectation FROM held"))
    assert {name for _, name, _ in published.plan.held.values()} <= held.keys()


def test_the_version_held_before_stays_whole(published: Published) -> None:
    text = published.ledger.ask("SELECT text FROM documents WHERE document_id = 'dyesterday' AND is_latest")
    assert text == [(article("yesterday", 7, YESTERDAY).text(),)]
    before = published.ledger.ask("SELECT count(*) FROM readings WHERE day = '2031-05-07'")
    assert before == [(len(YESTERDAY),)]
    outcome = published.ledger.ask("SELECT outcome, reason FROM outcomes WHERE item = 'bad/backward'")
    assert outcome == [("held", "version_follows")]


def test_the_same_batch_again_adds_nothing(published: Published) -> None:
    counts = "SELECT (SELECT count(*) FROM ledger.figures), (SELECT count(*) FROM ledger.holds)"
    before = published.ledger.ask(counts)
    staged = published.ledger.folder / "again.duckdb"
    stage(staged, published.plan.made, [(BOOK, VERSION)])
    found = audit(audit_frames(published.ledger.path, staged), failure_share=0.5)
    assert not promote(published.ledger.path, staged, found, inspect=audit_editions).is_new
    assert published.ledger.ask(counts) == before
