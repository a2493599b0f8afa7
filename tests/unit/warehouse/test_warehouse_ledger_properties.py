"""What holds of any coverage: support never weakens, order does not matter, twice is once, changes replay.

Every example tells of many indicators at once, each a case of its own: a promotion costs more than a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.codebook import Codebook
from schemas.contract import VIEWS
from schemas.figure import Aspect
from tests.unit.warehouse.newsroom import NO_AUDIT, Article, Ledger, at, codebook, span
from warehouse.connect import open_warehouse
from warehouse.placing import place
from warehouse.promote import promote

CASES = 30
QUALIFIERS = ("exact", "exact", "exact", "about", "at_least", "more_than", "nearly", "up_to")
VALUES = st.one_of(
    st.integers(0, 60), st.integers(60, 2000), st.sampled_from([100, 1000, 1200, 67000, 67183])
)
PLACED = ("origins", "elders", "placements")
FEW = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Said:
    """One statement of one outlet on one day; ``repeats`` names the day's statement whose text it is."""

    day: int
    value: float
    qualifier: str
    modality: str
    aspect: str
    stance: str
    repeats: bool


def statements(days: int) -> st.SearchStrategy[Said]:
    return st.builds(
        Said,
        day=st.integers(6, 5 + days),
        value=VALUES.map(float),
        qualifier=st.sampled_from(QUALIFIERS),
        modality=st.sampled_from(("reported",) * 6 + ("planned", "denied")),
        aspect=st.sampled_from(("current",) * 4 + ("cumulative", "period")),
        stance=st.sampled_from(("supports", "opposes", "conditional")),
        repeats=st.booleans(),
    )


def coverage(days: int, most: int) -> st.SearchStrategy[list[list[Said]]]:
    cases = st.lists(statements(days), min_size=1, max_size=most)
    return st.lists(cases, min_size=CASES, max_size=CASES)


def book() -> Codebook:
    kinds = ("current", "cumulative", "period")
    indicators = {f"i{n}": {"label": "x", "counts": ["people"], "aspect": kinds[n % 3]} for n in range(CASES)}
    issues = {f"i{n}": {"proposition": "It is so.", "topics": ["it"]} for n in range(CASES)}
    return codebook(indicators=indicators, issues=issues)


def articles(cases: list[list[Said]]) -> list[Article]:
    made = []
    for n, case in enumerate(cases):
        for k, said in enumerate(case):
            article = Article(f"c{n}-{k}", at(said.day, 9, k), f"Outlet {k % 4}")
            article.figure(
                f"i{n}", said.value, said.qualifier, modality=said.modality, aspect=Aspect(said.aspect)
            )
            article.position("union", f"i{n}", said.stance)
            if said.repeats and k:
                article.repeats(f"c{n}-{k - 1}")
            made.append(article)
    return made


def published(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    skip = {"run_id", "revision", "content_sha256", "revised_because"}
    told = {}
    for view in VIEWS:
        if view.name not in ("outcomes", "feeds", "audits", "editions", "revisions"):
            columns = ", ".join(c.name for c in view.columns if c.name not in skip)
            told[view.name] = ledger.ask(f"SELECT {columns} FROM {view.name} ORDER BY ALL")
    return told


@FEW
@given(cases=coverage(days=1, most=6))
def test_one_more_text_never_weakens_a_reading(
    tmp_path_factory: pytest.TempPathFactory, cases: list[list[Said]]
) -> None:
    base, more = (Ledger(tmp_path_factory.mktemp(name), book()) for name in ("base", "more"))
    base.add(*articles(cases))
    before = {row[0]: row[1:] for row in base.ask("SELECT indicator, value, qualifier, texts FROM readings")}
    witnesses = []
    for indicator, (value, qualifier, _) in before.items():
        (aspect,) = base.ask(f"SELECT aspect FROM ledger.readings WHERE indicator = '{indicator}'")[0]
        witness = Article(f"w-{indicator}", at(6, 20), "Witness")
        witnesses.append(witness.figure(indicator, value, qualifier, aspect=Aspect(aspect)))
    more.add(*articles(cases), *witnesses)
    after = {row[0]: row[1:] for row in more.ask("SELECT indicator, value, qualifier, texts FROM readings")}
    assert before.keys() == after.keys()
    for indicator, (value, _, texts) in before.items():
        assert after[indicator][0] == value, indicator
        assert after[indicator][2] == texts + 1, indicator


@FEW
@given(cases=coverage(days=3, most=5), data=st.data())
def test_order_of_documents_and_of_batches_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, cases: list[list[Said]], data: st.DataObject
) -> None:
    one, other = (Ledger(tmp_path_factory.mktemp(name), book()) for name in ("one", "other"))
    one.add(*articles(cases))
    mixed = data.draw(st.permutations(articles(cases)))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(mixed)), max_size=2)))
    for start, end in pairwise([0, *cuts, len(mixed)]):
        if mixed[start:end]:
            other.add(*mixed[start:end])
    assert published(other) == published(one)
    assert misplaced(other) == {"origins": 0, "elders": 0, "placements": 0}


def misplaced(ledger: Ledger) -> dict[str, int]:
    """How many rows differ when every document is placed anew, not only those of a batch and their kin."""
    con = ledger.open()
    con.execute("CREATE TEMP TABLE placing_seeds AS SELECT DISTINCT document_id FROM ledger.documents")
    place(con)
    moved = {table: con.execute(f"SELECT count(*) FROM {table}_moved").fetchall() for table in PLACED}
    con.close()
    return {table: int(rows[0][0]) for table, rows in moved.items()}


@FEW
@given(cases=coverage(days=2, most=4))
def test_a_batch_promoted_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, cases: list[list[Said]]
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("twice"), book())
    staged = ledger.staged(*articles(cases), run="run1")
    promote(ledger.path, staged, NO_AUDIT)
    before = (published(ledger), ledger.ask("FROM ledger.editions ORDER BY ALL"))
    again = promote(ledger.path, staged, NO_AUDIT)
    in_another_run = ledger.add(*articles(cases))
    assert (again.is_new, again.days, in_another_run.days) == (False, (), ())
    assert (published(ledger), ledger.ask("FROM ledger.editions ORDER BY ALL")) == before


@FEW
@given(cases=coverage(days=6, most=9), data=st.data())
def test_published_changes_replay_to_the_readings_and_stands_of_every_day(
    tmp_path_factory: pytest.TempPathFactory, cases: list[list[Said]], data: st.DataObject
) -> None:
    """Late documents included: they come in a second batch, and what is replayed is the latest revision."""
    made = articles(cases)
    is_late = data.draw(st.lists(st.booleans(), min_size=len(made), max_size=len(made)))
    ledger = Ledger(tmp_path_factory.mktemp("replay"), book())
    for late in (False, True):
        batch = [article for article, flag in zip(made, is_late, strict=True) if flag == late]
        if batch:
            ledger.add(*batch)
    replay(ledger)


def replay(ledger: Ledger) -> None:
    """Apply each day's changes to what stood before, and compare with what the day says stands."""
    for changes, now, key, ends in (
        ("figure_changes", "readings", "indicator",
         ("value_before", "value_after", "value", "standing_value")),
        ("series_changes", "series_readings", "indicator || series",
         ("value_before", "value_after", "value", "standing_value")),
        ("position_changes", "stands", "actor || issue",
         ("stance_before", "stance_after", "stance", "standing_stance")),
    ):  # fmt: skip
        before, after, own, standing = ends
        state: dict[str, Any] = {}
        days = [row[0] for row in ledger.ask(f"SELECT DISTINCT day FROM {now} ORDER BY day")]
        for day in days:
            moved = ledger.ask(
                f"SELECT {key}, kind, {before}, {after} FROM {changes} WHERE day = '{day}'"
                " AND kind NOT IN ('corrected', 'dropped')"
            )
            for subject, kind, old, new in moved:
                assert (kind == "new") == (subject not in state), (day, subject, kind)
                assert old == state.get(subject), (day, subject, kind)
                state[subject] = new
            read = ledger.ask(
                f"SELECT {key}, {standing}, {own}, standing_day = day FROM {now} WHERE day = '{day}'"
            )
            for subject, stands, value, is_own in read:
                assert state[subject] == stands, (day, subject)
                assert not is_own or stands == value, (day, subject)
                assert is_own == any(row[0] == subject for row in moved), (day, subject)


def test_replay_notices_a_change_that_is_missing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, codebook())
    ledger.add(Article("a", at(6)).figure("strikers", 48), Article("b", at(8)).figure("strikers", 47))
    replay(ledger)
    con = ledger.open()
    con.execute("DELETE FROM ledger.figure_changes WHERE kind = 'fall'")
    con.close()
    with pytest.raises(AssertionError):
        replay(ledger)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Any:
    opened = open_warehouse(tmp_path_factory.mktemp("numbers") / "w.duckdb")
    yield opened
    opened.close()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    value=VALUES.map(float), other=VALUES.map(float), qualifier=st.sampled_from(QUALIFIERS),
    narrow=st.floats(0, 0.5), wide=st.floats(0, 0.5),
)  # fmt: skip
def test_a_wider_tolerance_never_parts_what_a_narrower_joins(
    con: duckdb.DuckDBPyConnection, value: float, other: float, qualifier: str, narrow: float, wide: float
) -> None:
    low, high = span(value, qualifier)
    narrow, wide = sorted((narrow, wide))

    def joins(tolerance: float) -> bool:
        row = con.execute(
            "SELECT $o BETWEEN ledger.claim_low($v, $l, $q, $t, ledger.rounding_unit($v))"
            " AND ledger.claim_high($v, $h, $q, $t, ledger.rounding_unit($v))",
            {"o": other, "v": value, "l": low, "h": high, "q": qualifier, "t": tolerance},
        ).fetchone()
        assert row is not None
        return bool(row[0])

    assert joins(wide) or not joins(narrow)
    assert other != value or joins(narrow)
