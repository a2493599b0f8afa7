"""The table of day_pairs.yml, played through the real SQL: every kind of change, every case of the rules."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.unit.warehouse.day_pairs import (
    DAYS,
    Case,
    Printed,
    date_of,
    figure_line,
    load_cases,
    position_line,
    printed,
    reading_line,
    series_line,
    shown,
)
from tests.unit.warehouse.newsroom import Article, Ledger, at, codebook

CASES = load_cases()
ACTORS = {
    "union": {"name": "Dockers' union", "kind": "organisation"},
    "port": {"name": "Port authority", "kind": "organisation"},
    "ada": {"name": "Ada Brand", "speaks_for": "union"},
    "pat": {"name": "Pat Gorm", "speaks_for": "port"},
    "mediator": {"name": "Mia Sund"},
}


def play(ledger: Ledger) -> None:
    """Promote every day's articles in the evening of the day, and the late ones after all days."""
    late: list[Printed] = []
    for day in DAYS:
        made = [one for case in CASES if day in case.row for one in printed(case, day)]
        late += [one for one in made if one.is_late]
        _add(ledger, [one for one in made if not one.is_late], day)
    _add(ledger, late, DAYS[-1])


def _add(ledger: Ledger, made: list[Printed], day: str) -> None:
    """Add articles in the order of their versions; every day has an edition, if only of a bare article."""
    for version in (1, 2, 3):
        ones = [one for one in made if one.article.version == version]
        articles = [one.article for one in ones]
        if version == 1:
            articles.append(Article(f"bare-{day}-{len(made)}", at(date_of(day).day)))
        if articles:
            holds = [hold for one in ones for hold in one.holds]
            ledger.add(*articles, holds=holds, clock=_evening(day, version))


def _evening(day: str, version: int) -> datetime:
    return at(date_of(day).day, 19, version)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Every case in one ledger, an indicator and an issue a case, so that none may disturb another."""
    indicators = {name: data for case in CASES for name, data in case.indicators().items()}
    issues = {case.slug: {"proposition": case.title, "topics": ["it"]} for case in CASES}
    within = {"Old Quay": "Port Sel", "Port Sel": "Lorvane"}
    book = codebook(indicators=indicators, issues=issues, actors=ACTORS, within=within)
    ledger = Ledger(tmp_path_factory.mktemp("pairs"), book)
    play(ledger)
    return ledger


class Answers:
    """What the ledger publishes of a case, worded as in the table."""

    def __init__(self, ledger: Ledger, case: Case) -> None:
        self.ledger, self.case = ledger, case
        self.day = str(date_of(case.days[-1]))

    def ask(self, columns: str, view: str, where: str) -> list[tuple[Any, ...]]:
        return self.ledger.ask(f"SELECT {columns} FROM {view} WHERE {where} ORDER BY ALL")

    def changes(self, day: str) -> list[str]:
        lines = []
        for indicator in self.case.indicators():
            name = indicator.removeprefix(self.case.slug).strip("-")
            rows = self.ask(
                "kind, value_before, value_after, values_against", "figure_changes",
                f"day = '{date_of(day)}' AND indicator = '{indicator}'",
            )  # fmt: skip
            lines += [f"{name} {figure_line(row)}".strip() for row in rows]
        rows = self.ask(
            "actor, kind, stance_before, stance_after", "position_changes",
            f"day = '{date_of(day)}' AND issue = '{self.case.slug}'",
        )  # fmt: skip
        return sorted(lines + [position_line(row) for row in rows])

    def own(self, extra: str = "") -> str:
        return f"day = '{self.day}' AND indicator = '{self.case.slug}'{extra}"

    def reads(self) -> list[str]:
        rows = self.ask("qualifier, value, texts, outlets, is_disputed", "readings", self.own())
        return [reading_line(row) for row in rows]

    def against(self) -> list[str]:
        subject = (
            f"day = '{self.day}' AND (subject = '{self.case.slug}' OR subject LIKE '%/{self.case.slug}')"
        )
        rows = self.ask("DISTINCT value, stance", "disagreements", subject)
        return sorted(stance or shown(value) for value, stance in rows)

    def apart(self) -> list[str]:
        rows = self.ask("series, qualifier, value, is_disputed", "series_readings", self.own())
        return [series_line(row) for row in rows]

    def apart_change(self) -> list[str]:
        rows = self.ask(
            "kind, value_before, value_after, values_against, series", "series_changes", self.own()
        )
        return [f"{row[4]} {figure_line(row[:4])}" for row in rows]

    def total(self) -> list[str]:
        rows = self.ask("total", "readings", f"day = '{self.day}' AND part_of = '{self.case.slug}'")
        return [shown(total) for (total,) in rows if total is not None]


def _expected(told: object) -> list[str]:
    listed = told if isinstance(told, list) else [told]
    return sorted(shown(x) if isinstance(x, int | float) else str(x) for x in listed if x != "nothing")


def test_the_table_is_large_enough_and_no_case_is_told_twice() -> None:
    assert len(CASES) >= 120
    assert [title for title, n in Counter(case.title for case in CASES).items() if n > 1] == []
    assert [slug for slug, n in Counter(case.slug for case in CASES).items() if n > 1] == []


def test_every_case_expects_something() -> None:
    asked = {"change", "changes", "reads", "against", "apart", "apart_change", "total"}
    assert [case.title for case in CASES if not asked & case.row.keys()] == []


def test_every_kind_of_change_is_in_the_table() -> None:
    lines = [line for case in CASES for lines in case.changes().values() for line in lines]
    kinds = {word for line in lines for word in line.split()}
    assert kinds >= {"new", "rise", "fall", "refined", "corrected", "disputed", "settled", "dropped"}
    assert kinds >= {"shifted", "conditioned", "unconditioned"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_day_pair(told: Ledger, case: Case) -> None:
    answers = Answers(told, case)
    published = {day: answers.changes(day) for day in case.changes()}
    assert published == case.changes()
    for key in ("reads", "against", "apart", "apart_change", "total"):
        if key in case.row:
            assert sorted(getattr(answers, key)()) == _expected(case.row[key]), key


def weights_of_the_page() -> dict[str, tuple[float, float]]:
    """Floor and ceiling of every kind of figure change, as docs/changes.md gives them."""
    page = (Path(__file__).parents[3] / "docs" / "changes.md").read_text(encoding="utf-8")
    order = page[page.index("## Order") : page.index("## Held")]
    found: dict[str, tuple[float, float]] = {}
    for kinds, floor, ceiling in re.findall(r"^\| (`.+`) \| (\d\.\d+) \| (\d\.\d+) \|$", order, re.MULTILINE):
        found |= dict.fromkeys(re.findall(r"`(\w+)`", kinds), (float(floor), float(ceiling)))
    for kind, weight in re.findall(r"`(new|dropped)` (?:has )?(\d\.\d+)", order):
        found.setdefault(kind, (float(weight), float(weight)))
    return found


def test_order_is_by_the_formula_of_the_page(told: Ledger) -> None:
    weights = weights_of_the_page()
    rows = told.ask("SELECT kind, value_before, value_after, values_against, severity FROM figure_changes")
    assert {row[0] for row in rows} == weights.keys()
    for kind, before, after, against, severity in rows:
        a, b = (after, against[0]) if kind == "disputed" else (before, after)
        apart = 0 if a == b or a is None or b is None else min(1, abs(a - b) / (abs(a) + abs(b)))
        floor, ceiling = weights[kind]
        assert severity == pytest.approx(floor + (ceiling - floor) * apart**0.5, abs=1e-4)
