"""``newsledger export``: from a published snapshot to a table and a network."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from lxml import etree

from newsledger.cli import run_cli
from schemas.errors import ExitCode
from tests.unit.warehouse.newsroom import Article, Ledger, at, codebook
from warehouse.snapshot import write_snapshot


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    actors = {
        "union": {"name": "Dockers' union", "kind": "organisation"},
        "port": {"name": "Port authority", "kind": "organisation"},
        "mira-sand": {"name": "Mira Sand", "speaks_for": "union"},
    }
    ledger = Ledger(folder, codebook(actors=actors))
    ledger.add(
        Article("a", at(19)).position("union", "pay", "supports", speaker="mira-sand"),
        Article("b", at(20)).position("port", "pay", "opposes").position("union", "shifts", "conditional"),
    )
    write_snapshot(ledger.path, folder / "newsledger.duckdb")
    return folder


def rows(capfd: pytest.CaptureFixture[str], project: Path, *arguments: str) -> list[dict[str, str]]:
    assert run_cli(["export", "statements", "-C", str(project), *arguments]) == ExitCode.OK
    return list(csv.DictReader(io.StringIO(capfd.readouterr().out, newline="")))


def test_statements_name_persons_bodies_and_propositions(
    capfd: pytest.CaptureFixture[str], project: Path
) -> None:
    found = rows(capfd, project)
    assert [(r["person"], r["organization"], r["concept"], r["agreement"]) for r in found] == [
        ("Mira Sand", "Dockers' union", "Pay should rise.", "1"),
        ("", "Port authority", "Pay should rise.", "0"),
        ("", "Dockers' union", "Shifts should be shorter.", "1"),
    ]


@pytest.mark.parametrize(
    ("arguments", "issues"),
    [
        (("--day", "2031-05-19"), ["pay"]),
        (("--since", "2031-05-20"), ["pay", "shifts"]),
        (("--until", "2031-05-19"), ["pay"]),
        (("--story", "harbour", "--day", "2031-05-20"), ["pay", "shifts"]),
        (("--day", "2030-01-01"), []),
    ],
)
def test_a_day_or_a_range_is_asked_for(
    capfd: pytest.CaptureFixture[str], project: Path, arguments: tuple[str, ...], issues: list[str]
) -> None:
    assert [r["issue"] for r in rows(capfd, project, *arguments)] == issues


def test_network_is_written_to_a_file(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "stances.graphml"
    assert run_cli(["export", "network", "-C", str(project), "-o", str(path)]) == ExitCode.OK
    root = etree.fromstring(path.read_bytes())
    assert len(root.findall(".//{*}edge")) == 3
    assert len(root.findall(".//{*}node")) == 4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--story", "nowhere"), "no story 'nowhere'"),
        (("--day", "2031-05-19", "--since", "2031-05-01"), "one or the other"),
        (("--since", "2031-05-19", "--until", "2031-05-01"), "is before"),
        (("--day", "monday"), "is no day"),
    ],
)
def test_wrong_use_is_told(
    capfd: pytest.CaptureFixture[str], project: Path, arguments: tuple[str, ...], told: str
) -> None:
    assert run_cli(["export", "network", "-C", str(project), *arguments]) == ExitCode.USAGE
    assert told in capfd.readouterr().err
