"""The planted events of the example are really there: counted in the articles, not taken on trust."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
import yaml

from examples.newsroom import Newsroom
from examples.newsroom_content import Article
from examples.run_example import prepare
from schemas.codebook import Codebook
from schemas.config import FeedsFile, Settings
from schemas.errors import UsageError
from schemas.item import Outcome
from schemas.reading import FigureChangeKind, PositionChangeKind
from schemas.yaml_file import read_toml, read_yaml

FOLDER = Path(__file__).parents[3] / "examples" / "port-merrow"


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return Newsroom(FOLDER / "newsroom")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return read_yaml(FOLDER / "codebook.yml", Codebook)


@pytest.fixture(scope="module")
def expected() -> dict[Any, dict[str, Any]]:
    days: dict[Any, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yml").read_text("utf-8"))["days"]
    return days


def words(text: str) -> list[str]:
    return [word.strip("“”‘’'\".,:;()").lower() for word in text.split()]


def body(article: Article) -> str:
    return " ".join(article.versions[0].paragraphs)


def runs_of(article: Article) -> set[str]:
    text = words(body(article))
    return {" ".join(text[start : start + 4]) for start in range(len(text) - 3)}


def shared(article: Article, other: Article) -> float:
    """Return the share of an article's four-word runs that another one holds."""
    runs, others = runs_of(article), runs_of(other)
    return len(runs & others) / len(runs)


def test_the_newsroom_has_the_size_it_promises(newsroom: Newsroom) -> None:
    lengths = [len(words(body(article))) for article in newsroom.articles if not article.flags]
    outlets = Counter(article.outlet for article in newsroom.articles)

    assert len(newsroom.programme.days) == 6
    assert len(outlets) == 5
    assert min(outlets.values()) >= 6
    assert len(newsroom.articles) >= 30
    assert min(lengths) >= 100
    assert max(lengths) <= 260


def test_every_article_appears_on_a_day_of_the_example(newsroom: Newsroom) -> None:
    days = Counter(article.published.date() for article in newsroom.articles)

    assert set(days) == set(newsroom.programme.days)
    assert min(days.values()) >= 5


def test_one_article_is_of_another_day_in_utc(newsroom: Newsroom) -> None:
    late = [a for a in newsroom.articles if a.published.astimezone(UTC).date() != a.published.date()]

    assert [article.slug for article in late] == ["power-back-in-castle-hill"]


def test_three_agency_texts_are_printed_twice_two_of_them_abridged(newsroom: Newsroom) -> None:
    wire = [article for article in newsroom.articles if article.agency]
    pairs = [(a, b) for a in wire for b in wire if a.outlet != b.outlet and shared(a, b) > 0.8]
    abridged = [(a, b) for a, b in pairs if shared(b, a) < 0.6]

    assert len({frozenset((a.path, b.path)) for a, b in pairs}) == 3
    assert len(abridged) == 2
    assert len(wire) == 6


def test_only_agency_copy_is_shared_between_outlets(newsroom: Newsroom) -> None:
    own = [article for article in newsroom.articles if not article.agency]

    assert [(a.path, b.path) for a in own for b in newsroom.articles if a != b and shared(a, b) > 0.1] == []


def test_flags_and_languages(newsroom: Newsroom) -> None:
    flags = Counter(flag for article in newsroom.articles for flag in article.flags)
    languages = Counter(article.language for article in newsroom.articles)

    assert flags == {"teaser": 1, "no-date": 1, "missing": 1}
    assert languages["fr"] == 1
    assert sum(len(article.versions) > 1 for article in newsroom.articles) == 1
    assert Counter(fault.kind for fault in newsroom.programme.faults) == {"malformed": 1, "html": 1}


def test_the_digit_slip_stands_beside_the_right_number(newsroom: Newsroom) -> None:
    slips = [a for a in newsroom.articles if "4,132" in body(a)]

    assert len(slips) == 1
    assert "1,432 people had been evacuated" in body(slips[0])
    assert sum("1,432" in body(a) for a in newsroom.articles) == 3


def test_two_outlets_contradict_each_other_and_agree_a_day_later(newsroom: Newsroom) -> None:
    def saying(day: int, count: str) -> set[str]:
        return {a.outlet for a in newsroom.articles if a.published.day == day and count in body(a)}

    assert saying(4, "27 people") == {"aldemar-courier", "radio-lorvane"}
    assert saying(4, "31 people") == {"merrow-gazette"}
    assert saying(5, "27 people") == set()
    assert {"merrow-gazette", "aldemar-courier", "strait-herald"} <= saying(5, "31")


def test_the_codebook_has_the_parts_of_a_real_one(codebook: Codebook, newsroom: Newsroom) -> None:
    assert codebook.timezone == newsroom.programme.timezone
    assert len(codebook.actors) >= 8
    assert 6 <= len(codebook.indicators) <= 8
    assert 4 <= len(codebook.issues) <= 5
    assert all(indicator.examples for indicator in codebook.indicators.values())
    assert all(issue.examples for issue in codebook.issues.values())


def test_example_actors_are_known(codebook: Codebook) -> None:
    named = {e.actor for issue in codebook.issues.values() for e in issue.examples if e.actor}

    assert named <= set(codebook.actors)


def test_expected_changes_use_the_codebook_and_the_kinds_of_change(
    expected: dict[Any, dict[str, Any]], codebook: Codebook, newsroom: Newsroom
) -> None:
    figures = [change for day in expected.values() for change in day["figures"] + day.get("corrected", [])]
    positions = [change for day in expected.values() for change in day["positions"]]
    kinds = {k for c in figures for k in (c["kind"] if isinstance(c["kind"], list) else [c["kind"]])}

    assert list(expected) == newsroom.programme.days
    assert {change["indicator"] for change in figures} == set(codebook.indicators)
    assert {change["issue"] for change in positions} == set(codebook.issues)
    assert {change["actor"] for change in positions} <= set(codebook.actors)
    assert kinds == {str(k) for k in FigureChangeKind} - {"dropped"}
    assert {c["kind"] for c in positions} <= {str(k) for k in PositionChangeKind}
    assert {"new", "shifted", "conditioned"} == {change["kind"] for change in positions}


def test_expected_readings_follow_from_day_to_day(expected: dict[Any, dict[str, Any]]) -> None:
    last: dict[str, float] = {}
    for day, parts in expected.items():
        for change in [*parts["figures"], *parts.get("corrected", [])]:
            assert change["before"] == last.get(change["indicator"]), (day, change)
            last[change["indicator"]] = change["after"]
        for row in parts.get("unchanged", []):
            assert row["value"] == last[row["indicator"]], (day, row)


def test_expected_stands_follow_from_day_to_day(expected: dict[Any, dict[str, Any]]) -> None:
    last: dict[tuple[str, str], str] = {}
    for day, parts in expected.items():
        for change in parts["positions"]:
            key = change["actor"], change["issue"]
            assert change["before"] == last.get(key), (day, change)
            last[key] = change["after"]
        for row in parts.get("reaffirmed", []):
            assert row["stance"] == last[row["actor"], row["issue"]], (day, row)


def test_expected_outcomes_add_up_to_the_articles(
    expected: dict[Any, dict[str, Any]], newsroom: Newsroom
) -> None:
    fates = Counter({str(outcome): 0 for outcome in Outcome})
    for parts in expected.values():
        fates.update(parts["items"])

    assert set(fates) == {str(outcome) for outcome in Outcome}
    assert sum(fates.values()) - fates["new version"] == len(newsroom.articles)


def test_expected_paths_are_articles(expected: dict[Any, dict[str, Any]], newsroom: Newsroom) -> None:
    keys = ("edited", "late", "undated", "teaser", "failed", "other_language", "other_topic")
    named = {path for parts in expected.values() for key in keys for path in parts.get(key, [])}

    assert len(named) == len(keys)
    assert named <= {article.path for article in newsroom.articles}


def test_the_project_it_writes_can_be_read(tmp_path: Path, newsroom: Newsroom) -> None:
    site = tmp_path / "site"
    with newsroom.serve(newsroom.programme.run_instant(newsroom.programme.days[0]), port=0):
        prepare(FOLDER, site, newsroom)
        prepare(FOLDER, site, newsroom)
        feeds = read_yaml(site / "feeds.yml", FeedsFile).feeds
        addresses = [f"{newsroom.root}/{key}/feed.xml" for key in newsroom.outlets]

    settings = read_toml(site / "newsledger.toml", Settings)
    assert sorted(str(feed.url) for feed in feeds) == sorted(addresses)
    assert {f.id: f.outlet for f in feeds} == {k: o.name for k, o in newsroom.outlets.items()}
    assert (settings.fetching.allow_private_addresses, settings.fetching.delay_seconds) == (True, 0)
    assert read_yaml(site / "codebooks" / "port-merrow.yml", Codebook).story == "port-merrow"


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path, newsroom: Newsroom) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")

    with pytest.raises(UsageError, match="not empty"):
        prepare(FOLDER, tmp_path, newsroom)
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "years of work"
