"""A small site of invented days, built from a real ledger: revisions, disputes, corrections, hostile words.

Nothing in it is real. :func:`build_site` does what a run does after its promotion, without a workflow engine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsledger.publish import write_edition, write_latest, write_site
from newsledger.publish.site.build import SiteReport
from schemas.audit import Audit, Check, Hold
from schemas.codebook import Codebook
from schemas.config import Site
from schemas.run import Batch
from tests.unit.warehouse.newsroom import CLOCK, VERSION, Article, at, batch, codebook
from warehouse.archive import Archive
from warehouse.connect import warehouse
from warehouse.editions import load_edition, load_tables, mark_exported, pending_exports
from warehouse.promote import promote
from warehouse.stage import stage
from warehouse.texts import load_texts

SITE = Site(title="Harbour Ledger", url="https://ledger.example/")
LONG = "W" * 10_000
HOSTILE = f"<script>alert(1)</script> &amp; \u202egnp.exe\u202c \x1b[31mred\x1b[0m </td></table> {LONG}"
"""Markup, an entity, a bidi override, a terminal escape, and a word longer than any screen."""
CHECKS = (
    Check("figures", "value_is_a_number", "value", "critical", True, 9, 0, "", "every value is a number"),
    Check("documents", "outlet_is_known", "outlet", "warning", False, 9, 2, "dx, dy", "an outlet is named"),
)


class Newsroom:
    """A ledger in a folder, and the site made of it."""

    def __init__(self, folder: Path, book: Codebook | None = None, site: Site = SITE) -> None:
        self.warehouse = folder / "warehouse.duckdb"
        self.editions = folder / "editions"
        self.site = site
        self._book = book or codebook()
        self._folder = folder
        self._runs = 0

    def print_news(
        self,
        *articles: Article,
        change: Callable[[Batch], Batch] = lambda made: made,
        holds: Sequence[Hold] = (),
    ) -> None:
        """Promote some articles as one run, its clock a day after the run before."""
        self._runs += 1
        run = f"run{self._runs:02d}"
        made = change(batch(articles, run, CLOCK + timedelta(days=self._runs)))
        staging = self._folder / f"{run}.duckdb"
        stage(staging, made, [(self._book, VERSION)])
        promote(self.warehouse, staging, Audit(CHECKS, tuple(holds)))

    def publish(self, *, whole: bool = False) -> SiteReport:
        """Write what is pending, as a run does, and bring the site up to date."""
        with warehouse(self.warehouse) as con:
            for day, revision in pending_exports(con):
                edition, tables = load_edition(con, day, revision), load_tables(con, day, revision)
                texts = load_texts(con, day, revision)
                write_edition(edition, tables, site=self.site, editions_dir=self.editions, texts=texts)
                mark_exported(con, day, revision)
            report = write_site(Archive(con), editions_dir=self.editions, site=self.site, whole=whole)
        write_latest(self.editions, site=self.site)
        return report


def build_site(folder: Path) -> Newsroom:
    """Build the plain site: six days, four outlets, a dispute, a correction, a late document."""
    room = Newsroom(folder)
    for day in range(10, 15):
        room.print_news(*_day(day))
        room.publish()
    room.print_news(
        Article("late", at(11, 18), outlet="The Tern").figure("strikers", 450),
        Article("a12", at(12), version=2).figure("toll", 15).figure("strikers", 470),
    )
    room.publish()
    return room


def _day(day: int) -> list[Article]:
    strikers = {10: 400, 11: 430, 12: 430, 13: 380, 14: 380}[day]
    toll = {10: 11, 11: 12, 12: 14, 13: 16, 14: 16}[day]
    stance = "opposes" if day < 13 else "supports"
    first = Article(f"a{day}", at(day)).figure("strikers", strikers).figure("toll", toll)
    second = Article(f"b{day}", at(day, 11), outlet="The Tern").figure("strikers", strikers)
    third = Article(f"c{day}", at(day, 14), outlet="Radio Skua").figure(
        "strikers", strikers, "more_than" if day == 13 else "exact"
    )
    first.position("port", "pay", stance).attends(
        "Ada Brook", role="delegate", status="arrived", place="Harbour hall"
    )
    second.position("union", "pay", "supports")
    if day == 12:
        second.figure("toll", 40)
        third.position("union", "shifts", "conditional", condition="if pay rises")
    return [first, second, third]


def build_hostile(folder: Path) -> Newsroom:
    """Build a site whose every name and word is an attack or a nuisance."""
    book = codebook(
        title=f"The {HOSTILE[:500]} strike",
        indicators={
            "strikers": {"label": f"dockers {HOSTILE}", "counts": ["dockers"], "description": HOSTILE},
            "toll": {"label": "killed", "counts": ["people"]},
        },
        actors={"union": {"name": f"Union {HOSTILE}"}, "port": {"name": "\u202eport"}},
        issues={"pay": {"proposition": f"Pay {HOSTILE}", "topics": ["pay"]}},
    )
    room = Newsroom(folder, book, Site(title=f"Ledger {HOSTILE[:60]}", url="javascript:alert(2)"))
    for day in (10, 11):
        one = Article(f"x{day}", at(day), outlet=f"Outlet {HOSTILE}").figure("strikers", 40 + day)
        two = Article(f"y{day}", at(day, 11), outlet="=cmd()|<b>'\"").figure("strikers", 900 + day)
        one.position(
            "union", "pay", "opposes" if day == 10 else "conditional", condition=HOSTILE, speaker=HOSTILE
        )
        one.attends(f"Ada {HOSTILE}", role=HOSTILE, delegation=None, place=HOSTILE)
        held = [Hold("figure", f"fy{day}-1-0", "looks_like_a_slip", f"reason {HOSTILE}")]
        room.print_news(one, two, change=_made_hostile, holds=held if day == 11 else ())
        room.publish()
    return room


def _made_hostile(made: Batch) -> Batch:
    """Return a batch whose documents and evidence hold hostile text, the offsets still right."""
    texts: dict[str, str] = {}
    for place, document in enumerate(made.documents):
        text = f"{HOSTILE}\n{document.text}"
        texts[document.document_id] = text
        urls = (
            "javascript:alert(3)",
            "https://hostile.example/\u202e<script>",
            "data:text/html,<script>",
            None,
        )
        made.documents[place] = replace(
            document, text=text, title=HOSTILE, url=urls[place % len(urls)], agency=f"Agency {HOSTILE[:90]}",
            dateline="<b>HERE</b>", byline=HOSTILE,
        )  # fmt: skip
    shift = len(HOSTILE) + 1
    groups: tuple[list[Any], ...] = (made.figures, made.positions, made.attendance)
    for records in groups:
        for place, record in enumerate(records):
            records[place] = _wider(record, texts[record.document_id], shift)
    return made


def _wider(record: Any, text: str, shift: int) -> Any:
    """Return a record whose evidence starts at the hostile words before it."""
    start, end = 0, record.evidence_end + shift
    return replace(record, evidence=text[start:end], evidence_start=start, evidence_end=end)


def many_days(folder: Path, days: int) -> Newsroom:
    """Build a site of many quiet days, one outlet, a number that moves daily."""
    room = Newsroom(folder)
    first = datetime(2031, 1, 2, 9, tzinfo=UTC)
    for n in range(days):
        room.print_news(Article(f"d{n:03d}", first + timedelta(days=n)).figure("strikers", 100 + n))
    room.publish()
    return room
