"""The five real articles, from files to published editions: what the edition of each day must say."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.ingest import ingest
from flows.report import RunReport

NOW = "2025-10-09T06:00:00+00:00"


@dataclass(frozen=True)
class Published:
    folder: Path
    report: RunReport

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.folder / "newsledger.duckdb"), read_only=True) as con:
            return con.execute(query).fetchall()

    def changes(self, day: str) -> list[dict[str, Any]]:
        changes: list[dict[str, Any]] = json.loads(
            (self.folder / "editions" / day / "changes.json").read_text(encoding="utf-8")
        )["changes"]
        return changes


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, workflow: None, shared: Path) -> Published:
    folder = tmp_path_factory.mktemp("corpus")
    report = ingest([str(shared / "corpus")], str(folder), ["gaza-talks"], now=NOW)
    return Published(folder, report)


def test_every_file_ends_in_one_outcome(published: Published) -> None:
    assert published.report.counts == {"stored": 5}
    assert published.rows("select count(*) from outcomes") == [(5,)]


def test_both_days_have_an_edition_and_the_latest_is_the_last(published: Published) -> None:
    assert [day for day, _ in published.report.editions] == [date(2025, 10, 6), date(2025, 10, 8)]
    latest = published.folder / "editions" / "latest" / "index.html"
    assert latest.read_text() == (published.folder / "editions/2025-10-08/index.html").read_text()


def test_days_and_outlets_come_from_the_manifest_and_agencies_from_the_text(published: Published) -> None:
    rows = published.rows(
        "select outlet, published_at::date, published_at_source, agency, dateline from documents "
        "order by outlet"
    )
    assert [(row[0], str(row[1]), row[2]) for row in rows] == [
        ("outlet-000", "2025-10-06", "file"),
        ("outlet-001", "2025-10-06", "file"),
        ("outlet-002", "2025-10-06", "file"),
        ("outlet-003", "2025-10-08", "file"),
        ("outlet-004", "2025-10-08", "file"),
    ]
    assert [row[3] for row in rows] == [None, None, "Reuters", None, None]
    assert [row[4] and row[4].upper()[:5] for row in rows] == [None, None, "SHARM", "CAIRO", "CAIRO"]


def figure_change(published: Published, indicator: str) -> dict[str, Any]:
    found = [c for c in published.changes("2025-10-08") if c["subject"] == indicator]
    assert len(found) == 1, f"{indicator}: {found}"
    return found[0]


def test_hostages_held_is_disputed_with_the_words_of_both_outlets(published: Published) -> None:
    change = figure_change(published, "hostages-held")
    assert change["kind"] == "disputed"
    assert change["before"]["value"] == 48
    sides = [change["after"], *change["against"]]
    assert sorted(side["value"] for side in sides) == [47, 48]
    words = {quote["outlet"]: quote["evidence"] for quote in change["evidence"]}
    assert "47" in words["outlet-003"]
    assert "48" in words["outlet-004"]


def test_killed_in_gaza_is_refined(published: Published) -> None:
    change = figure_change(published, "killed-gaza")
    assert (change["kind"], change["after"]["value"]) == ("refined", 67_183)


def test_wounded_in_gaza_is_new(published: Published) -> None:
    change = figure_change(published, "wounded-gaza")
    assert (change["kind"], change["after"]["value"], change["after"]["qualifier"]) == (
        "new",
        170_000,
        "nearly",
    )


def test_the_digit_exchange_is_held_and_counts_in_no_reading(published: Published) -> None:
    held = published.rows("select reason, evidence from held where record_kind = 'figure'")
    assert len(held) == 1
    assert "76,183" in held[0][0]
    assert "76,183" in held[0][1]
    assert published.rows("select count(*) from readings where value = 76183") == [(0,)]
    assert published.rows("select count(*) from figures where value = 76183 and is_held") == [(1,)]


@pytest.mark.parametrize("issue", ["war-end-guarantees", "israeli-withdrawal", "hamas-gives-up-governing"])
def test_new_stands_of_hamas(published: Published, issue: str) -> None:
    rows = published.rows(
        f"select kind, stance_after from position_changes where day = '2025-10-08' and actor = 'hamas' "
        f"and issue = '{issue}'"
    )
    assert rows == [("new", "supports")]


def test_disarmament_moves_from_conditional_to_opposed(published: Published) -> None:
    rows = published.rows(
        "select stance_before, stance_after from position_changes "
        "where day = '2025-10-08' and actor = 'hamas' and issue = 'hamas-disarmament'"
    )
    assert rows == [("conditional", "opposes")]


@pytest.mark.parametrize("view", ["figures", "positions", "attendance"])
def test_all_evidence_stands_where_it_says(published: Published, view: str) -> None:
    wrong = published.rows(
        f"select count(*) from {view} r join documents d using (document_id, version) "
        "where substr(d.text, evidence_start + 1, evidence_end - evidence_start) <> evidence"
    )
    assert wrong == [(0,)]


def test_every_change_shows_outlet_and_words_and_offsets(published: Published) -> None:
    for change in published.changes("2025-10-08"):
        assert {quote["role"] for quote in change["evidence"]} >= {"after"}
        for quote in change["evidence"]:
            assert quote["outlet"]
            assert quote["evidence_end"] - quote["evidence_start"] == len(quote["evidence"])


def test_the_same_ingest_again_changes_nothing_and_says_so(published: Published, shared: Path) -> None:
    before = fingerprint(published.folder)
    counts = table_counts(published)
    report = ingest([str(shared / "corpus")], str(published.folder), ["gaza-talks"], now=NOW)
    assert report.counts == {"unchanged": 5}
    assert not report.is_changed
    assert fingerprint(published.folder) == before
    assert table_counts(published) == counts


def test_the_same_input_gives_the_same_bytes(
    published: Published, shared: Path, tmp_path: Path, workflow: None
) -> None:
    ingest([str(shared / "corpus")], str(tmp_path), ["gaza-talks"], now=NOW)
    assert fingerprint(tmp_path) == fingerprint(published.folder)


def test_without_the_manifest_no_document_gets_a_wrong_day(
    shared: Path, tmp_path: Path, project: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for path in (shared / "corpus").glob("*.txt"):
        (texts / path.name).write_bytes(path.read_bytes())
    report = ingest([str(texts)], str(project), ["gaza-talks"], now=NOW)
    assert len(report.undated) == 5
    assert report.editions == ()


FLOORS = {
    "figures/number": 0.95,
    "figures/bounds": 0.95,
    "figures/tracked": 0.95,
    "positions": 0.90,
    "positions/lenient": 0.90,
}
"""F1 on the labelled articles; a floor may rise, never fall."""


def test_the_snapshot_scores_no_less_than_it_did(published: Published, shared: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(shared / "tools/score.py"),
            str(published.folder / "newsledger.duckdb"),
            str(shared / "gold"),
            "--json",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    scores = json.loads(done.stdout)
    assert scores["missing_documents"] == []
    assert {name: scores[name]["f1"] for name, floor in FLOORS.items() if scores[name]["f1"] < floor} == {}


def fingerprint(folder: Path) -> dict[str, str]:
    """Return a digest of every edition file by its path."""
    editions = folder / "editions"
    files = sorted(path for path in editions.rglob("*") if path.is_file())
    made = subprocess.run(["sha256sum", *map(str, files)], capture_output=True, text=True, check=True)
    digests = [line.split()[0] for line in made.stdout.splitlines()]
    return {str(path.relative_to(editions)): digest for path, digest in zip(files, digests, strict=True)}


def table_counts(published: Published) -> list[tuple[Any, ...]]:
    tables = published.rows(
        "select table_name from duckdb_tables() where schema_name = 'ledger' order by all"
    )
    return [(name, *published.rows(f"select count(*) from ledger.{name}")[0]) for (name,) in tables]
