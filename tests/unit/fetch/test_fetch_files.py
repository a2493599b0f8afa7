# ruff: noqa: E501 - paragraphs stand on one line, as papers print them
from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch.files import read_files
from newsledger.fetch.stored import stored_text
from schemas.document import DateSource, Draft
from schemas.errors import ConfigError, UsageError
from schemas.item import ItemOutcome, Outcome

NOW = datetime(2025, 10, 9, 12, tzinfo=UTC)
BODY = (
    "Officials said on Monday that the bridge would open again within days after a long pause.\n\n"
    "The mayor thanked the 48 workers who had repaired it, and promised that the tolls would stay as they are."
)


def read(*paths: Path, **options: Any) -> list[Draft | ItemOutcome]:
    return list(read_files(paths, **{"now": NOW, **options}))


def drafts(*paths: Path, **options: Any) -> list[Draft]:
    records = read(*paths, **options)
    assert all(isinstance(record, Draft) for record in records), records
    return [record for record in records if isinstance(record, Draft)]


def outcomes(*paths: Path, **options: Any) -> list[tuple[str, str]]:
    return [
        (r.item.rpartition("/")[2], r.reason) for r in read(*paths, **options) if isinstance(r, ItemOutcome)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "archive"
    made.mkdir()
    return made


def test_text_file_keeps_its_words(folder: Path) -> None:
    (folder / "b.txt").write_text(BODY + "\n")
    (only,) = drafts(folder)
    assert only.text == BODY
    assert (only.key, only.source_path) == ("file:archive/b.txt", f"{folder.as_posix()}/b.txt")
    assert (only.published_at, only.outlet, only.language, only.notes) == (None, None, "en", ("no date",))


def test_a_file_has_one_key_however_it_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "b.txt").write_text(BODY)
    monkeypatch.chdir(folder)
    keys = {
        drafts(given)[0].key
        for given in (folder, folder / "b.txt", Path(), Path("b.txt"), Path("../archive"))
    }
    assert keys == {"file:archive/b.txt"}
    assert len(drafts(folder, folder / "b.txt", Path())) == 1


def test_headline_of_a_plain_text(folder: Path) -> None:
    (folder / "a.txt").write_text(f"Bridge opens again\n\n{BODY}")
    (only,) = drafts(folder)
    assert only.title == "Bridge opens again"
    assert only.text == f"Bridge opens again\n\n{BODY}"


def test_folders_are_read_in_order_without_hidden_files_and_links_that_escape(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text("Secret. " + BODY)
    (folder / "sub").mkdir()
    (folder / ".git").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt"):
        (folder / name).write_text(f"{name} {BODY}")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "up").symlink_to(tmp_path)
    assert [d.key for d in drafts(folder)] == [f"file:archive/{n}" for n in ("a.txt", "b.txt", "sub/c.txt")]


def test_manifest_fills_what_files_lack(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "a.txt").write_text(BODY)
    (folder / "sub" / "b.txt").write_text(BODY.replace("48", "49"))
    (folder / "manifest.csv").write_text(
        "file,published,outlet,url,title\n"
        'a.txt,2025-10-06,"Daily, The",https://daily.example/a?utm_source=x,Bridge opens\n'
        "sub/b.txt,2025-10-06T23:30,,,\n"
    )
    first, second = drafts(folder, timezone="Africa/Cairo", outlet="Argus")
    cairo = ZoneInfo("Africa/Cairo")
    assert (first.outlet, first.url, first.key) == (
        "Daily, The",
        "https://daily.example/a?utm_source=x",
        "https://daily.example/a",
    )
    assert first.text == f"Bridge opens\n\n{BODY}"
    assert first.published_at == datetime(2025, 10, 6, 12, tzinfo=UTC)
    assert (first.published_at_source, first.published_at_precision) == (DateSource.FILE, "day")
    assert (second.outlet, second.published_at) == ("Argus", datetime(2025, 10, 6, 23, 30, tzinfo=cairo))
    assert second.published_at_precision == "minute"


def test_manifest_in_a_subfolder_goes_before_the_one_above(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text(BODY)
    (folder / "manifest.csv").write_text("file,outlet\nsub/a.txt,Above\n")
    (folder / "sub" / "manifest.csv").write_text("\ufefffile;outlet\na.txt;Below\n")
    assert [d.outlet for d in drafts(folder)] == ["Below"]


def test_a_row_without_a_file_is_an_outcome(folder: Path) -> None:
    (folder / "a.txt").write_text(BODY)
    (folder / "manifest.csv").write_text("file,outlet\na.txt,Daily\ngone.txt,Daily\n")
    assert outcomes(folder) == [("gone.txt", "missing file")]
    assert outcomes(folder / "a.txt") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "file,publishd\na.txt,2025-10-06\n",
            r"manifest\.csv:1: unknown column 'publishd'; did you mean 'published'",
        ),
        (
            "file,colour\na.txt,red\n",
            r"manifest\.csv:1: unknown column 'colour'; valid columns: file, published",
        ),
        ("published\n2025-10-06\n", r"manifest\.csv:1: no column 'file'"),
        ("file,file\na,b\n", r"manifest\.csv:1: a column is named twice"),
        ("file,published\na.txt,2025-13-40\n", r"manifest\.csv:2: column published: '2025-13-40'"),
        ("file,published\na.txt,06/10/2025\n", r"manifest\.csv:2: column published: '06/10/2025'"),
        ("file,outlet\na.txt,x\n\na.txt,y\n", r"manifest\.csv:4: column file: 'a.txt' is already in line 2"),
        ("file,outlet\na.txt,The Daily, Inc\n", r"manifest\.csv:2: 3 cells under 2 columns"),
        ("file,outlet\n,x\n", r"manifest\.csv:2: column file: empty"),
        ("file,outlet\n../x.txt,x\n", r"manifest\.csv:2: column file: '\.\./x\.txt' lies outside"),
        ("file,url\na.txt,daily.example/a\n", r"manifest\.csv:2: column url: 'daily.example/a'"),
        ("", r"manifest\.csv:1: no column 'file'"),
    ],
)
def test_manifest_errors_name_file_line_and_column(folder: Path, text: str, words: str) -> None:
    (folder / "a.txt").write_text(BODY)
    (folder / "manifest.csv").write_text(text)
    with pytest.raises(ConfigError, match=words):
        read_files([folder], now=NOW)


def test_manifest_that_is_no_utf8(folder: Path) -> None:
    (folder / "manifest.csv").write_bytes("file,outlet\na.txt,Zürich\n".encode("cp1252"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_files([folder], now=NOW)


def test_json_names_of_schema_org(folder: Path) -> None:
    record = {
        "@type": "NewsArticle",
        "url": "https://daily.example/a",
        "headline": "Bridge opens",
        "datePublished": "2025-10-06T10:00:00+02:00",
        "publisher": {"name": "Daily"},
        "author": [{"name": "Jane Doe"}, "Reuters"],
        "inLanguage": "en-GB",
        "articleBody": BODY,
    }
    (folder / "a.json").write_text(json.dumps({"@graph": [{"@type": "WebSite", "url": "x"}, record]}))
    (only,) = drafts(folder)
    assert (only.url, only.title, only.outlet, only.byline) == (
        "https://daily.example/a",
        "Bridge opens",
        "Daily",
        "Jane Doe, Reuters",
    )
    assert only.agency == "Reuters"
    assert only.published_at == datetime(2025, 10, 6, 8, tzinfo=UTC)
    assert (only.published_at_source, only.published_at_precision) == (DateSource.META, "second")
    assert only.text == f"Bridge opens\n\n{BODY}"


def test_json_lines_are_read_one_by_one(folder: Path) -> None:
    good = {"headline": "H one two", "articleBody": BODY, "publisher": "Daily", "datePublished": "2025-10-06"}
    lines = [
        json.dumps(good),
        "{broken",
        "",
        json.dumps({"a": 1}),
        json.dumps({**good, "url": "https://d.example/4"}),
    ]
    (folder / "dump.jsonl").write_text("\n".join(lines))
    records = read(folder)
    assert [(r.key if isinstance(r, Draft) else (r.item.rpartition("/")[2], r.reason)) for r in records] == [
        "file:archive/dump.jsonl#1",
        ("dump.jsonl#2", "malformed json"),
        ("dump.jsonl#4", "no article in the json"),
        "https://d.example/4",
    ]
    assert isinstance(records[1], ItemOutcome)
    assert records[1].detail.startswith("line 2: ")
    assert isinstance(records[0], Draft)
    assert records[0].source_path == f"{folder.as_posix()}/dump.jsonl#1"


def test_a_json_list_gives_each_article_its_own_key(folder: Path) -> None:
    (folder / "a.json").write_text(
        json.dumps([{"articleBody": BODY}, {"articleBody": BODY.replace("48", "4")}])
    )
    assert [d.key for d in drafts(folder)] == ["file:archive/a.json#1", "file:archive/a.json#2"]


def test_files_that_are_nothing_we_read(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF")
    (folder / "b.json").write_text("[]")
    (folder / "c.json").write_text("{")
    assert outcomes(folder) == [
        ("a.pdf", "unknown file type"),
        ("b.json", "no article in the json"),
        ("c.json", "malformed json"),
    ]


def test_another_language(folder: Path) -> None:
    (folder / "a.txt").write_text(
        "Die Regierung hat am Montag erklärt, dass die Brücke in wenigen Tagen wieder geöffnet werden soll. "
        "Der Bürgermeister dankte den Arbeitern und versprach, dass die Gebühren nicht steigen werden."
    )
    (only,) = read(folder)
    assert isinstance(only, ItemOutcome)
    assert (only.outcome, only.reason) == (Outcome.OTHER_LANGUAGE, "de")


@pytest.mark.parametrize("published", ["2025-10-06", date(2025, 10, 6)])
def test_published_argument(folder: Path, published: str | date) -> None:
    (folder / "a.txt").write_text("Published: 4 October 2025\n" + BODY)
    (only,) = drafts(folder, published=published, timezone="Asia/Tokyo")
    assert only.published_at == datetime(2025, 10, 6, 12, tzinfo=UTC)
    assert (only.published_at_source, only.published_at_precision) == (DateSource.ARGUMENT, "day")
    assert any(note.startswith("date conflict") for note in only.notes)


def test_the_day_in_the_text_is_used_last(folder: Path) -> None:
    (folder / "a.txt").write_text(f"HARWICK, 6 October 2025 (AFP) - {BODY}")
    (only,) = drafts(folder, timezone="Africa/Cairo")
    assert only.published_at == datetime(2025, 10, 6, 12, tzinfo=UTC)
    assert (only.published_at_source, only.agency, only.dateline) == (DateSource.TEXT, "AFP", "HARWICK")


def test_json_clock_time_without_zone_keeps_only_its_day(folder: Path) -> None:
    (folder / "a.json").write_text(json.dumps({"articleBody": BODY, "datePublished": "2025-10-06T23:30:00"}))
    (only,) = drafts(folder, timezone="Africa/Cairo")
    assert only.published_at == datetime(2025, 10, 6, 12, tzinfo=UTC)
    assert only.published_at_precision == "day"
    assert only.notes == ("date without zone: only the day is kept",)


def test_html_file(folder: Path) -> None:
    paragraphs = "".join(
        f"<p>{p} It was the third repair in ten years, the council said.</p>" for p in BODY.split("\n\n")
    )
    (folder / "a.html").write_text(
        "<html><head><title>Bridge opens</title><link rel=canonical href='https://daily.example/b'>"
        "<meta property='article:published_time' content='2025-10-06T08:00:00Z'>"
        f"<meta property='og:site_name' content='Daily'></head><body><article><h1>Bridge opens</h1>{paragraphs}"
        "</article></body></html>"
    )
    (only,) = drafts(folder)
    assert (only.key, only.outlet, only.published_at_source) == (
        "https://daily.example/b",
        "Daily",
        DateSource.META,
    )
    assert only.text.startswith("Bridge opens\n\nOfficials said")


@pytest.mark.parametrize(
    ("options", "words"),
    [({"published": "soon"}, "--published: 'soon'"), ({"timezone": "Cairo"}, "--timezone: 'Cairo'")],
)
def test_wrong_arguments(folder: Path, options: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read(folder, **options)


def test_a_path_that_is_not_there_names_the_nearest(folder: Path) -> None:
    (folder / "monday.txt").write_text(BODY)
    with pytest.raises(UsageError, match=r"mondy\.txt: no such file or folder; did you mean '.*monday\.txt'"):
        read(folder / "mondy.txt")


@given(st.text(max_size=300), st.text(max_size=40))
def test_stored_text_is_stable_and_clean(body: str, title: str) -> None:
    once = stored_text(body, title)
    assert stored_text(once, title) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\r\x00\u202e\u2066\u200b\ufeff")


def test_stored_text_rewrites_nothing_else() -> None:
    text = "“Quoted”  twice – 67,183 people…\nNext line.\n\nNext paragraph."
    assert stored_text(text) == text


def test_the_shared_corpus(shared: Path) -> None:
    corpus = shared / "corpus"
    found = drafts(corpus, timezone="Africa/Cairo")
    assert [(d.published_at.date().isoformat() if d.published_at else None) for d in found] == [
        "2025-10-06",
        "2025-10-06",
        "2025-10-06",
        "2025-10-08",
        "2025-10-08",
    ]
    assert [d.outlet for d in found] == [f"outlet-00{n}" for n in range(5)]
    assert [(d.agency, (d.dateline or "").partition(",")[0]) for d in found] == [
        (None, ""),
        (None, ""),
        ("Reuters", "SHARM EL-SHEIKH"),
        (None, "CAIRO"),
        (None, "CAIRO"),
    ]
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.txt"))]
    assert [d.text for d in found] == [text.strip() for text in texts]


def test_the_shared_corpus_without_its_manifest_gets_no_day(shared: Path, tmp_path: Path) -> None:
    for path in (shared / "corpus").glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert [d.published_at for d in drafts(tmp_path)] == [None] * 5
