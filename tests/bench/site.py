"""How long the site takes: the whole of a long archive, and one new day at its end.

    python -m tests.bench.site [DAYS] [STORIES] [CHANGES]

A ledger of invented records (365 editions, 20 stories, about 2,000 changes unless told otherwise) is promoted
as one batch; then the editions are written, the site is built from nothing, and after another day of news
brought up to date. Printed are wall and CPU seconds of each step, files and bytes, and the greatest page. For
comparison all of it is done on a quarter of the archive too.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from newsledger.publish import write_edition, write_latest, write_site
from schemas.audit import Audit, Check
from schemas.codebook import Codebook
from schemas.config import Site
from schemas.document import DateSource, Document
from schemas.figure import Aspect, Figure, Modality, Qualifier
from schemas.position import Position, Stance
from schemas.run import Batch, Run
from warehouse.archive import Archive
from warehouse.connect import warehouse
from warehouse.editions import load_edition, load_tables, mark_exported, pending_exports
from warehouse.promote import promote
from warehouse.snapshot import publication_number
from warehouse.stage import stage

FIRST = date(2030, 1, 1)
SITE = Site(title="A long archive", url="https://ledger.example/", texts=False)
OUTLETS = [
    f"{place} {kind}"
    for place in ("Tarn", "Alder", "Merle")
    for kind in ("Courier", "Herald", "Post", "Radio")
]
VERSION = "1/bench"
STANCES = (Stance.SUPPORTS, Stance.OPPOSES, Stance.CONDITIONAL)


def codebook(number: int) -> Codebook:
    """Return the codebook of one invented story: eight indicators, five actors, three issues."""
    indicators = {
        f"count-{n}": {"label": f"things counted, kind {n}", "counts": ["things"]} for n in range(8)
    }
    return Codebook.model_validate(
        {
            "story": f"story-{number:02d}",
            "title": f"The story of valley {number}",
            "version": "1",
            "timezone": "Europe/Oslo",
            "match": {"any": ["valley"], "at_least": 1},
            "actors": {f"actor-{n}": {"name": f"Council {n}"} for n in range(5)},
            "indicators": indicators,
            "issues": {
                f"issue-{n}": {"proposition": f"Road {n} is built.", "topics": ["road"]} for n in range(3)
            },
        }
    )


class News:
    """Invented news: every day a few stories get articles whose numbers and stances move now and then."""

    def __init__(self, stories: int, changes_a_day: float) -> None:
        self.books = [codebook(number) for number in range(stories)]
        self._random = Random(7)
        self._rate = changes_a_day
        self._values: dict[tuple[str, str], float] = {}
        self._stances: dict[tuple[str, str, str], Stance] = {}

    def day(self, day: date, batch: Batch) -> None:
        """Add one day's articles to a batch: about as many changes as asked for, each told by two outlets."""
        due = int(self._rate) + (self._random.random() < self._rate % 1)
        for number in range(due):
            book = self._random.choice(self.books)
            said = self._stance(book) if self._random.random() < 0.3 else self._figure(book)
            for place, outlet in enumerate(self._random.sample(OUTLETS, 2)):
                self._article(day, f"{day:%Y%m%d}-{number}-{place}", outlet, book, said, batch)

    def _figure(self, book: Codebook) -> dict[str, Any]:
        name = self._random.choice(sorted(book.indicators))
        value = self._values.get((book.story, name), 100.0) + self._random.choice((-7, 3, 12, 25))
        self._values[book.story, name] = abs(value) + 1
        return {"indicator": name, "value": abs(value) + 1}

    def _stance(self, book: Codebook) -> dict[str, Any]:
        actor, issue = self._random.choice(sorted(book.actors)), self._random.choice(sorted(book.issues))
        before = self._stances.get((book.story, actor, issue))
        stance = self._random.choice([s for s in STANCES if s is not before])
        self._stances[book.story, actor, issue] = stance
        return {"actor": actor, "issue": issue, "stance": stance}

    def _article(
        self, day: date, name: str, outlet: str, book: Codebook, said: dict[str, Any], batch: Batch
    ) -> None:
        words = " ".join(str(value) for value in said.values())
        text = f"News of valley {name}\nAs {outlet} reports, {words} in {book.title}, and more words."
        published = datetime(day.year, day.month, day.day, 8 + len(name) % 9, tzinfo=UTC)
        document = Document(
            document_id=f"d{name}", key=f"file:{name}", url=f"https://news.example/{name}",
            canonical_url=None, outlet=outlet, title=f"News of valley {name}", byline="", agency=None,
            dateline=None, language="en",
            published_at=published, published_at_source=DateSource.META, published_at_precision="second",
            first_seen_at=published + timedelta(hours=1), version=1, text=text,
            text_sha256=hashlib.sha256(text.encode()).hexdigest(), word_count=len(text.split()),
            source_path=None, feed_id=None, stories=(book.story,),
            sketch=(int(hashlib.sha256(name.encode()).hexdigest()[:12], 16),),
        )  # fmt: skip
        batch.documents.append(document)
        start = text.index(words)
        common: dict[str, Any] = {
            "document_id": document.document_id, "version": 1, "story": book.story, "evidence": words,
            "evidence_start": start, "evidence_end": start + len(words), "extractor": "bench 1",
            "codebook_version": VERSION, "rule": "bench",
        }  # fmt: skip
        if "indicator" in said:
            batch.figures.append(_figure(name, said, common))
        else:
            position: dict[str, Any] = {"speaker": None, "act": "agree", "condition": None, "said_on": None}
            batch.positions.append(Position(position_id=f"p{name}", **position, **said, **common))


def _figure(name: str, said: dict[str, Any], common: dict[str, Any]) -> Figure:
    value = float(said["value"])
    return Figure(
        figure_id=f"f{name}", indicator=said["indicator"], counted="things", predicate="", value=value,
        value_low=value, value_high=value, qualifier=Qualifier.EXACT, unit="count",
        modality=Modality.REPORTED, aspect=Aspect.CURRENT, attributed_to=None, place=None, as_of=None,
        as_of_source="document", **common,
    )  # fmt: skip


def promoted(folder: Path, news: News, days: Iterator[date], run: str, clock: datetime) -> None:
    """Promote some days of news as one batch."""
    batch = Batch(Run(run, "ingest", clock, "bench", "newsledger 0"))
    for day in days:
        news.day(day, batch)
    staging = folder / f"{run}.duckdb"
    stage(staging, batch, [(book, VERSION) for book in news.books])
    check = Check(
        "figures", "value_is_a_number", "value", "critical", True, len(batch.figures), 0, "", "a number"
    )
    promote(folder / "warehouse.duckdb", staging, Audit((check,), ()))


def published(folder: Path) -> Path:
    """Write every pending edition as a run does, and return their folder."""
    editions = folder / "editions"
    with warehouse(folder / "warehouse.duckdb") as con:
        for day, revision in pending_exports(con):
            edition, tables = load_edition(con, day, revision), load_tables(con, day, revision)
            write_edition(edition, tables, site=SITE, editions_dir=editions)
            mark_exported(con, day, revision)
    return editions


def built(folder: Path, editions: Path) -> str:
    """Build the site and its entrance; return what was written."""
    with warehouse(folder / "warehouse.duckdb") as con:
        report = write_site(Archive(con), editions_dir=editions, site=SITE)
    write_latest(editions, site=SITE)
    return f"{report.written} files written, {report.kept} left as they were"


def timed(name: str, step: Callable[[], object]) -> None:
    """Run a step and print how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = step()
    print(
        f"{name:44} {time.perf_counter() - wall:8.2f} {time.process_time() - cpu:8.2f}  {found or ''}",
        flush=True,
    )


def archive(days: int, stories: int, changes: int) -> None:
    """Build an archive of some length from nothing, then add a day, and print how long both took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news = News(stories, changes / days)
        dates = [FIRST + timedelta(days=n) for n in range(days + 1)]
        clock = datetime(2031, 6, 1, tzinfo=UTC)
        print(f"\n{days} days, {stories} stories, {changes} changes asked for{'':8} wall s    CPU s")
        timed(
            "promote (not part of the site)", lambda: promoted(folder, news, iter(dates[:-1]), "run1", clock)
        )
        timed("all editions", lambda: f"{len(list(published(folder).iterdir()))} folders")
        timed("all other pages", lambda: built(folder, folder / "editions"))
        _sizes(folder / "editions")
        promoted(folder, news, iter(dates[-1:]), "run2", clock + timedelta(days=1))
        timed("a new day: its edition and its neighbour", lambda: published(folder) and None)
        timed("a new day: all other pages", lambda: built(folder, folder / "editions"))
        timed("nothing new", lambda: built(folder, folder / "editions"))
        with warehouse(folder / "warehouse.duckdb") as con:
            found = con.execute("SELECT count(*) FROM figure_changes").fetchone()
            moved = con.execute("SELECT count(*) FROM position_changes").fetchone()
            print(f"publication {publication_number(con)}: {found} changes of figures, {moved} of positions")


def _sizes(editions: Path) -> None:
    files = [path for path in editions.rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    greatest = max(pages, key=lambda path: path.stat().st_size)
    total = sum(path.stat().st_size for path in files) / 1e6
    name = greatest.relative_to(editions)
    print(
        f"{len(files)} files, {total:.0f} MB; {len(pages)} pages,"
        f" the greatest {greatest.stat().st_size:,} bytes ({name})"
    )


def main() -> None:
    """Measure the archive asked for, and a quarter of it."""
    days, stories, changes = (int(a) for a in [*sys.argv[1:4], *("365", "20", "2000")[len(sys.argv[1:4]) :]])
    archive(days, stories, changes)
    archive(days // 4, stories, changes // 4)


if __name__ == "__main__":
    main()
