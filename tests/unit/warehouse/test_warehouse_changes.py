"""What is a change and what is none: pairs of days, one line each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.audit import Hold
from tests.unit.warehouse.newsroom import NO_AUDIT, VERSION, Article, Ledger, at, batch, codebook
from warehouse.promote import promote
from warehouse.stage import stage

Said = tuple[float, str] | tuple[float, str, dict[str, Any]]


def tell(article: Article, indicator: str, said: Said) -> Article:
    value, qualifier, *changes = said
    return article.figure(indicator, float(value), str(qualifier), **(changes[0] if changes else {}))


FIGURE_PAIRS: dict[str, tuple[list[Said], list[Said], tuple[Any, ...] | None]] = {
    "first report": ([], [(48, "exact")], ("new", None, 48, [])),
    "restated": ([(48, "exact")], [(48, "exact")], None),
    "one more": ([(47, "exact")], [(48, "exact")], ("rise", 47, 48, [])),
    "one less": ([(48, "exact")], [(47, "exact")], ("fall", 48, 47, [])),
    "open end made exact": (
        [(67000, "more_than")],
        [(67183, "exact")],
        ("refined", 67000, 67183, []),
    ),
    "open end made a nearer open end": (
        [(67000, "more_than")],
        [(67183, "at_least")],
        ("refined", 67000, 67183, []),
    ),
    "next thousand": ([(67000, "more_than")], [(68000, "more_than")], ("rise", 67000, 68000, [])),
    "last thousand": ([(68000, "more_than")], [(67000, "more_than")], ("fall", 68000, 67000, [])),
    "exact then rounded down": ([(67183, "exact")], [(67000, "more_than")], None),
    "exact then rounded up": ([(169780, "exact")], [(170000, "nearly")], None),
    "exact then about": ([(67183, "exact")], [(67000, "about")], None),
    "exact then bare round number": ([(67183, "exact")], [(67000, "exact")], None),
    "bare round number then exact": (
        [(67000, "exact")],
        [(67183, "exact")],
        ("refined", 67000, 67183, []),
    ),
    "exact then exact within the rounding of the first": (
        [(67183, "exact")],
        [(67211, "exact")],
        ("rise", 67183, 67211, []),
    ),
    "at least the same": ([(67183, "exact")], [(67183, "at_least")], None),
    "the same made exact is no other value": ([(67183, "at_least")], [(67183, "exact")], None),
    "at least one more": ([(10, "at_least")], [(12, "at_least")], ("rise", 10, 12, [])),
    "a hundred is not sixty": ([(100, "exact")], [(60, "exact")], ("fall", 100, 60, [])),
    "more than a hundred thousand, then half as many again": (
        [(100000, "more_than")],
        [(150000, "more_than")],
        ("rise", 100000, 150000, []),
    ),
    "about then exact inside": ([(20, "about")], [(21, "exact")], ("refined", 20, 21, [])),
    "about then exact outside": ([(20, "about")], [(25, "exact")], ("rise", 20, 25, [])),
    "nearly then exact below": ([(20, "nearly")], [(19, "exact")], ("refined", 20, 19, [])),
    "up to then more": ([(50, "up_to")], [(60, "up_to")], ("rise", 50, 60, [])),
    "range then number inside": (
        [(10, "range", {"value_low": 10.0, "value_high": 15.0})],
        [(12, "exact")],
        ("refined", 10, 12, []),
    ),
    "range then number above": (
        [(10, "range", {"value_low": 10.0, "value_high": 15.0})],
        [(16, "exact")],
        ("rise", 10, 16, []),
    ),
    "vague then number inside": (
        [(10000, "vague", {"value_low": 10000.0, "value_high": 99999.0})],
        [(67183, "exact")],
        ("refined", 10000, 67183, []),
    ),
    "number then vague": (
        [(67183, "exact")],
        [(10000, "vague", {"value_low": 10000.0, "value_high": 99999.0})],
        None,
    ),
    "second outlet disagrees": (
        [(48, "exact")],
        [(48, "exact"), (47, "exact")],
        ("disputed", 48, 48, [47]),
    ),
    "second outlet rounds": ([(67183, "exact")], [(67183, "exact"), (67000, "more_than")], None),
    "dispute goes on": (
        [(48, "exact"), (47, "exact")],
        [(48, "exact"), (47, "exact")],
        None,
    ),
    "dispute goes on, the other side ahead": (
        [(48, "exact"), (48, "exact"), (47, "exact")],
        [(48, "exact"), (47, "exact"), (47, "exact")],
        None,
    ),
    "dispute settled": ([(48, "exact"), (47, "exact")], [(47, "exact")], ("settled", 48, 47, [])),
    "a lone voice against many is no dispute": (
        [(48, "exact")],
        [*[(48.0, "exact")] * 6, (47, "exact")],
        None,
    ),
    "planned is no report": ([(48, "exact")], [(20, "exact", {"modality": "planned"})], None),
    "denied is no report": ([(48, "exact")], [(20, "exact", {"modality": "denied"})], None),
    "old number is background": (
        [(48, "exact")],
        [(251, "exact", {"as_of": date(2031, 1, 7), "as_of_source": "text"})],
        None,
    ),
    "the number of the day before is news": (
        [(48, "exact")],
        [(47, "exact", {"as_of": date(2031, 5, 7), "as_of_source": "text"})],
        ("fall", 48, 47, []),
    ),
}


POSITION_PAIRS: dict[str, tuple[list[str], list[str], str | None]] = {
    "first": ([], ["supports"], "new"),
    "reaffirmed": (["supports"], ["supports"], None),
    "turned": (["supports"], ["opposes"], "shifted"),
    "condition added": (["supports"], ["conditional"], "conditioned"),
    "condition dropped": (["conditional"], ["supports"], "unconditioned"),
    "condition turned to refusal": (["conditional"], ["opposes"], "shifted"),
    "refusal turned to condition": (["opposes"], ["conditional"], "shifted"),
    "outlets disagree": (["supports"], ["supports", "opposes"], "disputed"),
    "dispute goes on": (["supports", "opposes"], ["opposes", "supports"], None),
    "settled as before": (["supports", "opposes"], ["supports"], "settled"),
    "one against many": (["supports"], ["supports"] * 6 + ["opposes"], None),
}


def slug(name: str) -> str:
    return name.replace(",", "").replace(" ", "-")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Both days of every pair in one ledger: an indicator or issue a pair, an outlet a statement."""
    indicators = {slug(name): {"label": name, "counts": ["people"]} for name in FIGURE_PAIRS}
    issues = {slug(name): {"proposition": name, "topics": ["it"]} for name in POSITION_PAIRS}
    ledger = Ledger(tmp_path_factory.mktemp("pairs"), codebook(indicators=indicators, issues=issues))
    for day in (0, 1):
        articles = []
        for name, pair in FIGURE_PAIRS.items():
            for n, said in enumerate((pair[0], pair[1])[day]):
                articles.append(
                    tell(Article(f"f{slug(name)}{day}{n}", at(6 + 2 * day), f"Outlet {n}"), slug(name), said)
                )
        for name, stances in POSITION_PAIRS.items():
            for n, stance in enumerate((stances[0], stances[1])[day]):
                article = Article(f"p{slug(name)}{day}{n}", at(6 + 2 * day), f"Outlet {n}")
                articles.append(article.position("union", slug(name), stance))
        ledger.add(*articles)
    return ledger


@pytest.mark.parametrize("name", FIGURE_PAIRS)
def test_kind_of_figure_change(told: Ledger, name: str) -> None:
    expected = FIGURE_PAIRS[name][2]
    changes = told.ask(
        "SELECT kind, value_before, value_after, values_against FROM figure_changes"
        f" WHERE day = '2031-05-08' AND indicator = '{slug(name)}'"
    )
    assert changes == ([expected] if expected else [])


@pytest.mark.parametrize("name", POSITION_PAIRS)
def test_kind_of_position_change(told: Ledger, name: str) -> None:
    expected = POSITION_PAIRS[name][2]
    kinds = told.ask(f"SELECT kind FROM position_changes WHERE day = '2031-05-08' AND issue = '{slug(name)}'")
    assert kinds == ([(expected,)] if expected else [])


def test_reading_is_the_most_precise_of_the_largest_compatible_group(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    told: list[Said] = [(67000, "more_than"), (67183, "exact"), (67200, "about"), (12, "exact")]
    for n, said in enumerate(told):
        ledger.add(tell(Article(f"a{n}", at(8), f"Outlet {n}"), "toll", said))
    assert ledger.ask("SELECT value, texts, outlets, is_disputed FROM readings") == [(67183, 3, 3, True)]
    assert ledger.ask("SELECT value, reading_value FROM disagreements") == [(12, 67183)]


def test_an_open_end_does_not_lend_its_support_to_an_outsider(tmp_path: Path) -> None:
    """ "At least 10" agrees with 48, 48 and 52; the two 48 are the group, not whatever is most precise."""
    ledger = Ledger(tmp_path)
    told: list[Said] = [(10, "at_least"), (48, "exact"), (48, "exact"), (52, "exact")]
    ledger.add(*(tell(Article(f"a{n}", at(8), f"Outlet {n}"), "strikers", s) for n, s in enumerate(told)))
    assert ledger.ask("SELECT value, texts FROM readings") == [(48, 3)]


def test_equal_support_stays_with_the_reading_before(tmp_path: Path) -> None:
    for value in (47, 48):
        ledger = Ledger(tmp_path / str(value))
        ledger.add(Article("before", at(6)).figure("strikers", value))
        ledger.add(
            Article("a", at(8), "Outlet 1").figure("strikers", 47),
            Article("b", at(8), "Outlet 2").figure("strikers", 48),
        )
        assert ledger.ask("SELECT value FROM readings WHERE day = '2031-05-08'") == [(value,)]


def test_older_number_of_the_same_document_is_history(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    yesterday: dict[str, Any] = {"as_of": date(2031, 5, 7), "as_of_source": "text"}
    ledger.add(Article("a", at(8)).figure("strikers", 30, **yesterday).figure("strikers", 48))
    assert ledger.ask("SELECT value, is_disputed FROM readings") == [(48, False)]
    assert ledger.ask("SELECT * FROM disagreements") == []


def test_count_of_a_known_event_is_never_background(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    old: dict[str, Any] = {"as_of": date(2031, 1, 1), "as_of_source": "text"}
    ledger.add(Article("a", at(8)).figure("crash", 12, **old).figure("strikers", 12, **old))
    assert ledger.ask("SELECT indicator, value FROM readings") == [("crash", 12)]


def test_a_text_disputes_itself_only_in_two_mouths(tmp_path: Path) -> None:
    alone = Ledger(tmp_path / "alone")
    alone.add(Article("a", at(8)).figure("strikers", 48).figure("strikers", 20))
    assert alone.ask("SELECT is_disputed FROM readings") == [(False,)]
    mouths = Ledger(tmp_path / "mouths")
    mouths.add(
        Article("a", at(8))
        .figure("strikers", 48, attributed_to="the union")
        .figure("strikers", 20, attributed_to="the port")
    )
    assert mouths.ask("SELECT is_disputed FROM readings") == [(True,)]


def test_dropped_once_on_the_first_edition_after_the_codebooks_days(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("wounded", 12))
    for day in (7, 8, 10, 11):
        ledger.add(Article(f"x{day}", at(day)).figure("strikers", 40 + day))
    dropped = ledger.ask(
        "SELECT day::VARCHAR, value_before, value_after FROM figure_changes WHERE kind = 'dropped'"
    )
    assert dropped == [("2031-05-10", 12, None)]


def test_a_late_document_moves_the_day_of_the_drop(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("wounded", 12))
    ledger.add(Article("x", at(11)).figure("strikers", 40))
    assert ledger.ask("SELECT day::VARCHAR FROM figure_changes WHERE kind = 'dropped'") == [("2031-05-11",)]
    ledger.add(Article("late", at(9)).figure("strikers", 40))
    assert ledger.ask("SELECT day::VARCHAR FROM figure_changes WHERE kind = 'dropped'") == [("2031-05-09",)]


def test_new_version_that_withdraws_a_number_is_corrected_on_the_day_it_was_seen(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 84), clock=at(6, 12))
    ledger.add(Article("b", at(8)).figure("toll", 3), clock=at(8, 12))
    done = ledger.add(Article("a", at(6), version=2).figure("strikers", 48), clock=at(8, 14))
    assert [(str(day), revision) for day, revision in done.days] == [("2031-05-06", 2), ("2031-05-08", 2)]
    corrected = ledger.ask(
        "SELECT day::VARCHAR, previous_day::VARCHAR, value_before, value_after FROM figure_changes"
        " WHERE kind = 'corrected'"
    )
    assert corrected == [("2031-05-08", "2031-05-06", 84, 48)]
    assert ledger.ask("SELECT value FROM readings WHERE day = '2031-05-06'") == [(48,)]
    assert ledger.ask("SELECT value FROM ledger.readings WHERE day = '2031-05-06' ORDER BY revision") == [
        (84,),
        (48,),
    ]


def test_new_version_that_only_says_it_more_precisely_corrects_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("toll", 67000, "more_than"), clock=at(6, 12))
    ledger.add(Article("a", at(6), version=2).figure("toll", 67183), clock=at(6, 14))
    assert ledger.ask("SELECT kind, value_after FROM figure_changes") == [("new", 67183)]


def test_severity_grows_with_the_distance_and_by_kind(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(
        Article("a", at(6)).figure("strikers", 100).figure("toll", 67000, "more_than").figure("wounded", 50)
    )
    ledger.add(Article("b", at(8)).figure("strikers", 900).figure("toll", 67183).figure("wounded", 51))
    severity = dict(ledger.ask("SELECT indicator, severity FROM figure_changes WHERE day = '2031-05-08'"))
    assert severity["strikers"] > severity["wounded"] > severity["toll"]
    assert all(0 <= value <= 1 for value in severity.values())


def test_the_two_days_of_the_worked_example(tmp_path: Path) -> None:
    """The shape of the real corpus: a dispute, a refinement beside a digit slip, a new number, new stands."""
    ledger = Ledger(tmp_path, codebook())
    ledger.add(
        Article("one", at(6), "Wire")
        .figure("strikers", 48)
        .figure("toll", 67000, "more_than")
        .position("union", "shifts", "conditional", condition="if pay rises"),
        Article("two", at(6), "Gull").figure("strikers", 48).figure("toll", 67000, "more_than"),
    )
    slip = Hold("figure", "ffive-1-1", "digit_exchange", "76183 is 67183 with digits exchanged")
    done = ledger.add(
        Article("three", at(8), "Tern").figure("strikers", 48).figure("toll", 67183, "at_least"),
        Article("four", at(8), "Wire").figure("strikers", 47).figure("wounded", 170000, "nearly"),
        Article("five", at(8), "Gull")
        .figure("toll", 67183, "at_least")
        .figure("toll", 76183)
        .position("union", "shifts", "opposes")
        .position("union", "pay", "supports"),
        holds=[slip],
    )
    assert done.held == 1
    changes = ledger.ask(
        "SELECT indicator, kind, value_before, value_after, values_against FROM figure_changes"
        " WHERE day = '2031-05-08' ORDER BY indicator"
    )
    assert changes == [
        ("strikers", "disputed", 48, 48, [47]),
        ("toll", "refined", 67000, 67183, []),
        ("wounded", "new", None, 170000, []),
    ]
    stands = ledger.ask(
        "SELECT issue, kind, stance_before, stance_after FROM position_changes"
        " WHERE day = '2031-05-08' ORDER BY issue"
    )
    assert stands == [("pay", "new", None, "supports"), ("shifts", "shifted", "conditional", "opposes")]
    assert ledger.ask("SELECT record_id, expectation, evidence FROM held") == [
        ("ffive-1-1", "digit_exchange", "exact 76183 toll")
    ]


def test_stories_side_by_side_do_not_touch(tmp_path: Path) -> None:
    """Two stories with an indicator of the same name, each in its own time zone."""
    rail = codebook(story="rail", title="The rail strike", timezone="America/New_York")
    both: dict[str, Any] = {"stories": ("harbour", "rail")}
    articles = [
        Article("a", at(6), **both).figure("strikers", 48),
        Article("b", at(8), **both).figure("strikers", 47),
        Article("c", at(6, 2), "Tern", story="rail", **both).figure("strikers", 900),
        Article("d", at(8), "Tern", story="rail", **both).figure("strikers", 900),
    ]
    path = tmp_path / "staging.duckdb"
    stage(path, batch(articles), [(codebook(), VERSION), (rail, VERSION)])
    promote(tmp_path / "warehouse.duckdb", path, NO_AUDIT)
    changes = Ledger(tmp_path).ask(
        "SELECT story, day::VARCHAR, kind, value_after FROM figure_changes ORDER BY story, day"
    )
    assert changes == [
        ("harbour", "2031-05-06", "new", 48),
        ("harbour", "2031-05-08", "fall", 47),
        ("rail", "2031-05-05", "new", 900),
    ], "02:00 UTC is the evening before in New York"


def test_days_without_coverage_have_no_edition(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 48), Article("b", at(19)).figure("strikers", 47))
    assert ledger.ask("SELECT day::VARCHAR FROM editions ORDER BY day") == [("2031-05-06",), ("2031-05-19",)]
    change = "SELECT day::VARCHAR, previous_day::VARCHAR, kind FROM figure_changes WHERE kind <> 'new'"
    assert ledger.ask(change) == [("2031-05-19", "2031-05-06", "fall")]


def test_a_day_whose_articles_state_nothing_has_an_edition_without_changes(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 48), Article("b", at(7)))
    assert ledger.ask("SELECT documents, figure_changes FROM editions ORDER BY day") == [(1, 1), (1, 0)]
    assert ledger.ask("SELECT count(*) FROM readings WHERE day = '2031-05-07'") == [(0,)]


def test_a_late_document_names_the_day_since_when_a_value_stood(tmp_path: Path) -> None:
    """46 came on the 8th and fell on the 12th; a late text of the 7th has it, and the fall says so."""
    ledger = Ledger(tmp_path)
    for day, value in ((6, 48), (8, 46), (10, 46), (12, 44)):
        ledger.add(Article(f"a{day}", at(day)).figure("strikers", value))
    done = ledger.add(Article("late", at(7)).figure("strikers", 46))
    assert [str(day) for day, _ in done.days] == ["2031-05-07", "2031-05-08", "2031-05-12"]
    fall = "SELECT previous_day::VARCHAR, value_before FROM figure_changes WHERE day = '2031-05-12'"
    assert ledger.ask(fall) == [("2031-05-07", 46)]
