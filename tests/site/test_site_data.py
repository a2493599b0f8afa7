"""What the site hands out is valid in the judgement of others: HTML, feeds, data package, tables, sums."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator

from newsledger.publish.record import schema_text
from schemas.config import Site
from schemas.files import TABLES
from tests.site.example_site import Newsroom, build_hostile, build_site
from tests.unit.warehouse.newsroom import Article, at

JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string"},
        "feed_url": {"type": "string"},
        "language": {"type": "string"},
        "authors": {"type": "array", "minItems": 1, "items": {"required": ["name"]}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html", "date_published", "date_modified", "title", "url"],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
                "patternProperties": {"^_": {"type": "object"}},
            },
        },
    },
}
"""JSON Feed 1.1 as its specification words it (what this project uses of it)."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return build_site(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return build_hostile(tmp_path_factory.mktemp("hostile"))


def feeds(room: Newsroom, kind: str) -> list[Path]:
    found = sorted(room.editions.rglob(f"*{kind}"))
    assert len(found) > 5
    return found


@pytest.mark.parametrize("name", ["room", "hostile"])
def test_every_page_is_html_by_the_strict_parser(name: str, request: pytest.FixtureRequest) -> None:
    html5lib = pytest.importorskip("html5lib", reason="html5lib is not installed")
    editions: Path = request.getfixturevalue(name).editions
    for path in sorted(editions.rglob("*.html")):
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        parser.parse(path.read_bytes(), transport_encoding="utf-8")
        assert (str(path.relative_to(editions)), parser.errors) == (str(path.relative_to(editions)), [])


@pytest.mark.parametrize("name", ["room", "hostile"])
def test_every_atom_feed_is_read_by_an_independent_parser(name: str, request: pytest.FixtureRequest) -> None:
    for path in feeds(request.getfixturevalue(name), ".atom"):
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        ids = [entry.id for entry in parsed.entries]
        assert len(ids) == len(set(ids))
        assert all(entry.updated_parsed and entry.title and entry.link for entry in parsed.entries)
        assert not any("<script" in entry.content[0].value for entry in parsed.entries)


@pytest.mark.parametrize("name", ["room", "hostile"])
def test_every_json_feed_fits_the_specification(name: str, request: pytest.FixtureRequest) -> None:
    validator = Draft202012Validator(JSON_FEED, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for path in feeds(request.getfixturevalue(name), ".feed.json"):
        record = json.loads(path.read_bytes())
        assert [error.message for error in validator.iter_errors(record)] == []
        assert not any("<script" in item["content_html"] for item in record["items"])


def test_an_entry_tells_before_and_after_with_the_words(room: Newsroom) -> None:
    feed = feedparser.parse((room.editions / "feeds" / "all.atom").read_bytes())
    entry = next(e for e in feed.entries if e.title == "killed: rise: from 11 to 12")
    said = entry.content[0].value
    assert "<del>11</del>" in said
    assert "<ins>12</ins>" in said
    assert "<blockquote" in said
    assert "<strong>12</strong>" in said
    assert "https://gull.example/a11#:~:text=" in said
    assert entry.link == f"https://ledger.example/changes/{entry.id.rpartition('/')[2]}.html"


@pytest.mark.parametrize("url", ["https://ledger.example/", None])
def test_a_revised_change_is_updated_and_not_doubled(tmp_path: Path, url: str | None) -> None:
    room = Newsroom(tmp_path, site=Site(title="Ledger", url=url))
    room.print_news(Article("r10", at(10)).figure("strikers", 40))
    room.print_news(Article("r11", at(11)).figure("strikers", 50).figure("toll", 3))
    room.publish()
    before = entries_of(room)
    room.print_news(Article("r11", at(11), version=2).figure("strikers", 60).figure("toll", 3))
    room.publish()
    after = entries_of(room)
    assert before.keys() <= after.keys()
    moved = [name for name in before if before[name].title != after[name].title]
    assert [(before[name].title, after[name].title) for name in moved] == [
        ("dockers on strike: rise: from 40 to 50", "dockers on strike: rise: from 40 to 60")
    ]
    assert [name for name in before if before[name].updated != after[name].updated] == moved
    assert all(before[name].published == after[name].published for name in before)


def entries_of(room: Newsroom) -> dict[str, Any]:
    feed = feedparser.parse((room.editions / "feeds" / "all.atom").read_bytes())
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    return {entry.id: entry for entry in feed.entries}


def test_the_entries_of_changes_fit_the_schema_of_the_edition(room: Newsroom) -> None:
    schema = json.loads(schema_text())
    own = {
        "day",
        "revision",
        "is_current",
        "published_at",
        "updated_at",
        "story_title",
        "timezone",
        "history",
        "schema_version",
    }
    for kind in ("figure", "position"):
        validator = Draft202012Validator({**schema["$defs"][f"{kind}_change"], "$defs": schema["$defs"]})
        for path in sorted((room.editions / "changes").glob("c*.json")):
            entry = json.loads(path.read_bytes())
            if entry["subject_kind"] == kind:
                said = {key: value for key, value in entry.items() if key not in own}
                assert [error.message for error in validator.iter_errors(said)] == []


@pytest.mark.parametrize("name", ["room", "hostile"])
def test_frictionless_finds_the_data_package_right(name: str, request: pytest.FixtureRequest) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    editions: Path = request.getfixturevalue(name).editions
    for path in sorted(editions.glob("2031-*/datapackage.json")):
        report = frictionless.validate(str(path))
        assert report.flatten(["title", "fieldName", "rowNumber", "note"]) == [], path
        assert report.valid
        package = json.loads(path.read_bytes())
        assert package["name"].startswith("newsledger-2031")
        for resource in package["resources"]:
            data = (path.parent / resource["path"]).read_bytes()
            assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert resource["bytes"] == len(data)


def test_croissant_names_every_column_of_every_table(room: Newsroom) -> None:
    path = room.editions / "2031-05-12"
    record = json.loads((path / "croissant.json").read_bytes())
    assert record["@type"] == "sc:Dataset"
    assert record["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    for made, view in zip(record["recordSet"], TABLES, strict=True):
        head = (path / f"{view.name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert [field["source"]["extract"]["column"] for field in made["field"]] == head.split(",")
        assert made["field"][0]["description"] == view.columns[0].comment
    for file in record["distribution"]:
        assert file["sha256"] == hashlib.sha256((path / file["name"]).read_bytes()).hexdigest()


def test_the_dataset_on_the_page_of_the_data_is_json(room: Newsroom, hostile: Newsroom) -> None:
    for own in (room, hostile):
        page = (own.editions / "data" / "index.html").read_text(encoding="utf-8")
        text = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert json.loads(text)["@type"] == "Dataset"
        assert "<" not in text


@pytest.mark.parametrize("table", ["figures", "positions"])
def test_parquet_and_csv_hold_the_rows_of_the_ledger(room: Newsroom, table: str) -> None:
    key = f"{table.removesuffix('s')}_id"
    con = duckdb.connect(str(room.warehouse))
    try:
        cursor = con.execute(f"SELECT * EXCLUDE (run_id) FROM {table} WHERE is_latest ORDER BY {key}")
        names = [column[0] for column in cursor.description or ()]
        ledger = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        con.close()
    days = sorted(room.editions.glob("2031-05-*"))
    rows = [row for day in days for row in pq.read_table(day / f"{table}.parquet").to_pylist()]
    rows.sort(key=lambda row: str(row[key]))
    assert [{name: row[name] for name in names} for row in rows] == ledger
    assert len(rows) > 5
    told = [row for day in days for row in csv.DictReader(io.StringIO((day / f"{table}.csv").read_text()))]
    told.sort(key=lambda row: row[key])
    for csv_row, row in zip(told, rows, strict=True):
        assert {name: csv_row[name] for name in names} == {name: as_csv(row[name]) for name in names}


def as_csv(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_checksums_hold_for_every_file_of_every_edition(room: Newsroom) -> None:
    for sums in sorted(room.editions.rglob("SHA256SUMS")):
        rows = sums.read_text().splitlines()
        assert len(rows) > 12
        for row in rows:
            digest, _, name = row.partition("  ")
            assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == digest


def test_no_hostile_word_reaches_markdown_or_a_feed_as_markup(hostile: Newsroom) -> None:
    for path in sorted(hostile.editions.glob("2031-*/edition.md")):
        text = path.read_text(encoding="utf-8")
        assert "<script" not in text.replace("\\<", "")
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "javascript:" not in text
        assert "### Who takes part" in text


def test_no_page_links_to_what_would_run(hostile: Newsroom) -> None:
    for path in sorted(hostile.editions.rglob("*")):
        if path.suffix in (".html", ".atom"):
            text = path.read_text(encoding="utf-8")
            assert 'href="javascript:' not in text
            assert 'href="data:text' not in text
            assert "\x1b" not in text
            assert "\u202e" not in text
