"""A newsroom that edits its articles without a word: exactly what matters becomes a change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import polling
from flows.project import open_project
from flows.work import working
from tests.bench.quick import Silence, bring_in, quick_audit

NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
CODEBOOK = """\
story: fire
title: Fire
version: "1"
match: {any: [fire, Lorvane], at_least: 2}
indicators:
  dead: {label: People killed, aspect: cumulative, counts: [people], predicates: [killed]}
"""
ARTICLES = {
    "number": ("Fire guts the bakery", "A fire in Lorvane killed 48 people, the brigade said on Tuesday."),
    "quote": ("Neighbours tell of the fire", "Smoke from the fire lay over Lorvane all of Tuesday morning."),
    "headline": (
        "Brigade fights fire at the mill",
        "The brigade of Lorvane fought a fire at the mill all night.",
    ),
    "comma": (
        "Bridge shut after the fire",
        "The bridge of Lorvane is shut after the fire, which lit it.",
    ),
    "quiet": (
        "School opens its hall",
        "A school of Lorvane opened its hall after the fire on Tuesday.",
    ),
}
MORE = [
    "“We saw the roof fall in,” said Ana Roe, who lives next door. She carried water until dawn.",
    "Two streets stay closed while engineers look at the walls of the houses on both sides of the square.",
    "The harbour lent its pumps to the brigade, and the council asked for tents, blankets and warm soup.",
]
EDITS = {
    "number": ("killed 48 people", "killed 84 people"),
    "quote": ("saw the roof fall in", "saw the whole roof fall in"),
    "headline": ("Brigade fights fire at the mill", "Brigade loses fight with fire at the mill"),
    "comma": ("after the fire, which", "after the fire which"),
}


class Newsroom(ThreadingHTTPServer):
    """One feed that never changes, and articles that do."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.edited: set[str] = set()
        self.asked: list[str] = []

    def page(self, name: str) -> str:
        title, lead = ARTICLES[name]
        body = "".join(f"<p>{p} So writes the {name} desk.</p>" for p in [lead, *MORE])
        head = f'{{"@type":"NewsArticle","headline":"{title}","datePublished":"2026-03-03T09:00:00Z"}}'
        page = (
            f"<html lang='en'><head><title>{title}</title><script type='application/ld+json'>{head}</script>"
            f"</head><body><article><h1>{title}</h1>{body}</article></body></html>"
        )
        return page.replace(*EDITS[name]) if name in self.edited else page

    def feed(self) -> str:
        root = f"http://127.0.0.1:{self.server_address[1]}"
        items = "".join(
            f"<item><title>{t}</title><link>{root}/a/{n}</link></item>" for n, (t, _) in ARTICLES.items()
        )
        return f'<rss version="2.0"><channel><title>Gull</title>{items}</channel></rss>'


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        room = self.server
        assert isinstance(room, Newsroom)
        room.asked.append(self.path)
        name = self.path.rpartition("/")[2]
        found = room.feed() if name == "feed" else room.page(name) if name in ARTICLES else None
        body = (found or "").encode()
        self.send_response(404 if found is None else 200)
        self.send_header("Content-Type", "text/xml" if name == "feed" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        del format, args


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def run(project: Path, now: datetime) -> None:
    with quick_audit(), working(open_project(project), Silence(), "run", "run", now) as work:
        polling.read_feeds(work)
        bring_in(work, publishes=True)


def ask(project: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(project / "newsledger.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, room: Newsroom) -> Path:
    """A project that has read the articles, looked again in vain, and once more after the edits."""
    folder = tmp_path_factory.mktemp("edits")
    (folder / "codebooks").mkdir()
    (folder / "codebooks" / "fire.yml").write_text(CODEBOOK)
    root = f"http://127.0.0.1:{room.server_address[1]}"
    (folder / "feeds.yml").write_text(
        f"feeds:\n  - {{id: gull, url: '{root}/feed', outlet: The Gull, minutes: 600}}\n"
    )
    (folder / "newsledger.toml").write_text(
        "[fetching]\nallow_private_addresses = true\ndelay_seconds = 0\n[scheduling]\njitter = 0\n"
    )
    run(folder, NOW)
    room.asked.clear()
    run(folder, NOW + timedelta(minutes=16))
    room.edited = set(EDITS)
    run(folder, NOW + timedelta(minutes=60))
    return folder


def test_articles_are_looked_at_again_though_their_feed_was_not_asked(project: Path, room: Newsroom) -> None:
    assert "/feed" not in room.asked
    pages = [path for path in room.asked if path.startswith("/a/")]
    assert sorted(pages) == sorted([f"/a/{name}" for name in ARTICLES] * 2)


def test_every_edit_is_kept_as_a_version_and_no_look_without_one(project: Path, room: Newsroom) -> None:
    rows = ask(project, "SELECT url, max(version) FROM documents GROUP BY url")
    assert {str(url).rpartition("/")[2]: n for url, n in rows} == {
        name: 2 if name in EDITS else 1 for name in ARTICLES
    }


def test_each_version_tells_what_was_changed(project: Path, room: Newsroom) -> None:
    rows = ask(project, "SELECT url, kind, before, after FROM version_changes ORDER BY ALL")
    told = {str(url).rpartition("/")[2]: (kind, before, after) for url, kind, before, after in rows}
    assert {name: kind for name, (kind, _, _) in told.items()} == {
        "number": "figure", "quote": "quote", "headline": "headline", "comma": "cosmetic"
    }  # fmt: skip
    assert len(rows) == 4
    for name, (_, before, after) in told.items():
        assert EDITS[name][0] in before
        assert EDITS[name][1] in after


def test_a_silently_changed_number_is_a_correction_with_both_texts(project: Path, room: Newsroom) -> None:
    rows = ask(
        project,
        "SELECT c.kind, c.value_before, c.value_after, b.evidence, a.evidence, b.version, a.version"
        " FROM figure_changes c JOIN figures b ON b.figure_id = c.figure_id_before"
        " JOIN figures a ON a.figure_id = c.figure_id_after WHERE c.kind = 'corrected'",
    )
    assert len(rows) == 1
    kind, before, after, old, new, first, second = rows[0]
    assert (kind, before, after, first, second) == ("corrected", 48, 84, 1, 2)
    assert "48 people" in old
    assert "84 people" in new


def test_nothing_else_became_a_change(project: Path, room: Newsroom) -> None:
    kinds = [row[0] for row in ask(project, "SELECT kind FROM figure_changes ORDER BY kind")]
    assert kinds == ["corrected", "new"]


def test_the_looks_end_when_nothing_changes(project: Path, room: Newsroom) -> None:
    room.asked.clear()
    run(project, NOW + timedelta(days=3))
    assert [path for path in room.asked if path.startswith("/a/")] == []
