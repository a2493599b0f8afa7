"""How long a day's readings and changes take in a month of a large story, and whether a day grows dearer.

    python -m tests.bench.ledger [DAYS] [DOCUMENTS] [--keep FOLDER]

Makes DAYS (30) days of a synthetic story, DOCUMENTS (50,000) in all by 200 outlets, ten figures and four
positions in each, four of ten documents reprints of an agency's text; the same every time. Each day is staged
and promoted as a run would do it. Told apart: the promotion of the day, and in it the derivation of its
readings, stands, changes and disagreements. Then the questions of docs/sql.md are asked of the snapshot.
Memory is the highest resident size of the process; times are CPU seconds of all its threads, which the load
of other processes bends little.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

import warehouse.days
import warehouse.promote
from schemas.audit import Audit
from schemas.codebook import Codebook
from schemas.run import Batch, Run
from tests.docs_sql import questions
from warehouse.connect import open_snapshot
from warehouse.promote import promote
from warehouse.snapshot import write_snapshot
from warehouse.stage import stage

FIRST = date(2031, 5, 1)
OUTLETS, INDICATORS, ACTORS, ISSUES, WIRES = 200, 40, 12, 10, 60
FIGURES, TRACKED, POSITIONS, SKETCH = 10, 6, 4, 60
VERSION = "1/bench"
ASPECTS = ("cumulative", "current", "period")


def codebook() -> Codebook:
    """The codebook of the story: what 40 indicators count and what 12 actors say on 10 issues."""
    return Codebook.model_validate({
        "story": "flood", "title": "The flood", "version": "1", "match": {"any": ["flood"], "at_least": 1},
        "actors": {f"actor-{n}": {"name": f"Actor {n}", "kind": "group"} for n in range(ACTORS)},
        "indicators": {
            f"indicator-{n}": {"label": f"Count {n}", "counts": ["people"], "aspect": ASPECTS[n % 3]}
            | ({"part_of": "indicator-1"} if n == 0 else {})
            for n in range(INDICATORS)
        },
        "issues": {f"issue-{n}": {"proposition": f"Issue {n}.", "topics": ["it"]} for n in range(ISSUES)},
    })  # fmt: skip


# One row a document: where its text comes from (source: itself, or one of the day's first WIRES documents, at
# times of the day before), who printed it and when. hash() is the same in every run.
_DOCUMENTS = """
CREATE OR REPLACE TEMP TABLE made AS
WITH numbered AS (
  SELECT n, 'd' || substr(md5('{day}-' || n), 1, 15) AS document_id,
    n >= {wires} AND hash('reprint', {index}, n) % 10 < 4 AS is_reprint,
    (hash('wire', {index}, n) % {wires})::BIGINT AS wire,
    {index} > 0 AND hash('late', {index}, n) % 20 = 0 AS is_old
  FROM range({first}, {last}) r(n)
)
SELECT n, document_id, {number} AS version, is_reprint,
  (hash('outlet', {index}, n) % {outlets})::BIGINT AS outlet,
  CASE WHEN is_reprint
       THEN 'd' || substr(md5(CASE WHEN is_old THEN '{before}-' ELSE '{day}-' END || wire), 1, 15)
       ELSE document_id END AS source_id,
  TIMESTAMPTZ '{day} 00:00:00+00' + to_seconds((
    CASE WHEN n < {wires} THEN hash('second', {index}, n) % 20000
         ELSE 21600 + hash('second', {index}, n) % 64000 END
  )::BIGINT) AS published_at
FROM numbered
"""
_ROWS = {
    "documents": """
SELECT document_id, 'key:' || document_id AS key, 'https://o' || outlet || '.example/' || document_id AS url,
  'Outlet ' || outlet AS outlet, 'Headline ' || document_id AS title, '' AS byline,
  CASE WHEN n < {wires} THEN 'AP' END AS agency, 'en' AS language, published_at,
  'meta' AS published_at_source, 'second' AS published_at_precision, published_at AS first_seen_at,
  version, repeat('Words of the story, told again and again. ', 50) || document_id || version AS text,
  md5(document_id || version) AS text_sha256,
  350 AS word_count, 'feed' AS feed_id, {sketch} AS sketch_size, 8 AS sketch_sampled, ['flood'] AS stories,
  TIMESTAMPTZ '{seen}' AS seen_at, '{run}' AS run_id
FROM made
""",
    "sketches": """
SELECT hash(source_id, s) AS hash, document_id FROM made, range({sketch}) r(s)
""",
    "links": """
SELECT document_id, version, source_id AS other_id, 0.95e0 AS contained, 0.95e0 AS contains,
  CASE hash('kind', document_id) % 3 WHEN 0 THEN 'abridged' ELSE 'same' END AS relation, '{run}' AS run_id
FROM made WHERE is_reprint
""",
    "extractions": """
SELECT document_id, version, 'flood' AS story, '{version}' AS codebook_version, true AS matches,
  '{run}' AS run_id
FROM made
""",
    # What is true of an indicator walks from day to day; a text tells it right, of the day before, rounded
    # or wrong. A reprint tells what its source tells.
    "figures": """
WITH slots AS (
  SELECT m.document_id, m.version, m.source_id, s,
    (hash('indicator', source_id, s) % {indicators})::BIGINT AS i,
    (hash('telling', source_id, s) % 100)::BIGINT AS telling
  FROM made m, range({figures}) r(s)
),
true_values AS (
  SELECT *, 1000 * (i + 1) + ({index} - (telling BETWEEN 80 AND 88)::INTEGER) * (7 + i % 5)
    - (telling BETWEEN 97 AND 99)::INTEGER * (13 + telling) + (version - 1) * 3 AS v
  FROM slots
)
SELECT 'f' || substr(md5(document_id || version || '-' || s), 1, 15) AS figure_id, document_id, version,
  'flood' AS story, CASE WHEN s < {tracked} THEN 'indicator-' || i END AS indicator, 'people' AS counted,
  'killed' AS predicate,
  CASE WHEN telling BETWEEN 89 AND 96 THEN floor(v / 1000) * 1000 ELSE v END::DOUBLE AS value,
  CASE WHEN telling BETWEEN 89 AND 96 THEN floor(v / 1000) * 1000 ELSE v END::DOUBLE AS value_low,
  CASE WHEN telling BETWEEN 89 AND 96 THEN NULL ELSE v END::DOUBLE AS value_high,
  CASE WHEN telling BETWEEN 89 AND 96 THEN 'more_than' ELSE 'exact' END AS qualifier, 'person' AS unit,
  CASE WHEN telling = 50 THEN 'planned' ELSE 'reported' END AS modality,
  ['cumulative', 'current', 'period'][1 + i % 3] AS aspect, 'Ministry' AS attributed_to, NULL AS place,
  DATE '{day}' AS as_of, 'document' AS as_of_source,
  'More than so many people were killed in the flood' AS evidence,
  s * 60 AS evidence_start, s * 60 + 49 AS evidence_end, 'bench' AS rule, 'bench 1' AS extractor,
  '{version}' AS codebook_version, '{run}' AS run_id
FROM true_values
""",
    "positions": """
WITH slots AS (
  SELECT document_id, version, source_id, s, (hash('actor', source_id, s) % {actors})::BIGINT AS a,
    (hash('issue', source_id, s) % {issues})::BIGINT AS b,
    (hash('stance', source_id, s) % 100)::BIGINT AS telling
  FROM made, range({positions}) r(s)
)
SELECT 'p' || substr(md5(document_id || version || '-' || s), 1, 15) AS position_id, document_id, version,
  'flood' AS story, 'issue-' || b AS issue, 'actor-' || a AS actor,
  ['supports', 'opposes', 'conditional'][
    1 + (a + b + {index} // (3 + a) + (telling > 85)::INTEGER) % 3] AS stance,
  'agree' AS act, DATE '{day}' AS said_on, 'The actor said what it thinks of the matter at issue' AS evidence,
  700 + s * 60 AS evidence_start, 752 + s * 60 AS evidence_end, 'bench' AS rule, 'bench 1' AS extractor,
  '{version}' AS codebook_version, '{run}' AS run_id
FROM slots
""",
}  # fmt: skip


def stage_day(path: Path, index: int, documents: int) -> None:
    """Write one day of the story into a staging file."""
    day = FIRST + timedelta(days=index)
    clock = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
    _stage(path, f"run-{day}", clock, [(index, 0, documents, 1)])


def stage_late(path: Path, index: int, days: int) -> None:
    """Write what comes after the month of a day long past: twenty late documents and twenty edited ones."""
    clock = datetime.combine(FIRST, datetime.min.time(), UTC) + timedelta(days=days)
    _stage(path, "run-late", clock, [(index, 10**6, 10**6 + 20, 1), (index, 100, 120, 2)])


def _stage(path: Path, run: str, clock: datetime, parts: list[tuple[int, int, int, int]]) -> None:
    """Stage documents ``first`` to ``last`` of a day in version ``number``, for each part."""
    stage(path, Batch(Run(run, "bench", clock, "bench", "newsledger")), [(codebook(), VERSION)])
    con = duckdb.connect(str(path))
    con.execute("SET TimeZone = 'UTC'")
    for index, first, last, number in parts:
        day = FIRST + timedelta(days=index)
        names = {
            "day": day, "before": day - timedelta(days=1), "index": index, "first": first, "last": last,
            "number": number, "run": run, "seen": clock, "wires": WIRES, "outlets": OUTLETS,
            "indicators": INDICATORS, "actors": ACTORS, "issues": ISSUES, "figures": FIGURES,
            "tracked": TRACKED, "positions": POSITIONS, "sketch": SKETCH, "version": VERSION,
        }  # fmt: skip
        con.execute(_DOCUMENTS.format(**names))
        for table, query in _ROWS.items():
            con.execute(f"INSERT INTO ledger.{table} BY NAME {query.format(**names)}")
    con.close()


@dataclass
class Clock:
    """Seconds spent inside a function while it is watched."""

    seconds: list[float] = field(default_factory=list)

    @contextmanager
    def watching(self, module: object, name: str) -> Iterator[None]:
        original: Callable[..., object] = getattr(module, name)

        def timed(*args: object) -> object:
            start = time.process_time()
            try:
                return original(*args)
            finally:
                self.seconds.append(time.process_time() - start)

        setattr(module, name, timed)
        try:
            yield
        finally:
            setattr(module, name, original)


def peak_megabytes() -> float:
    """The highest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed_promotion(folder: Path) -> tuple[float, list[float], int]:
    """Promote the staged batch; return its seconds, those of each day derived in it, and the days revised."""
    clock = Clock()
    start = time.process_time()
    with clock.watching(warehouse.promote, "revise_day"):
        done = promote(folder / "warehouse.duckdb", folder / "staging.duckdb", Audit((), ()))
    return time.process_time() - start, clock.seconds, len(done.days)


def promote_month(folder: Path, days: int, documents: int) -> None:
    """Promote day after day and print what each cost."""
    print("  day  documents held   promotion s   readings and changes s   peak MB")
    promotions, derivations = [], []
    for index in range(days):
        stage_day(folder / "staging.duckdb", index, documents // days)
        whole, derived, _ = timed_promotion(folder)
        promotions.append(whole)
        derivations.append(sum(derived))
        held = f"{(index + 1) * (documents // days):,}"
        print(f"  {index + 1:3}  {held:>14}  {whole:12.2f}  {derivations[-1]:23.2f}  {peak_megabytes():8.0f}")
    for name, seconds in (("promotion", promotions), ("readings and changes", derivations)):
        first, last = (statistics.median(part) for part in (seconds[1:6], seconds[-5:]))
        print(f"{name}: median of days 2 to 6 {first:.2f} s, of the last five {last:.2f} s")


def promote_late(folder: Path, days: int) -> None:
    """Promote late and edited documents of the fifth day, and print what came of it."""
    stage_late(folder / "staging.duckdb", min(4, days - 1), days)
    whole, derived, revised = timed_promotion(folder)
    print(
        f"20 late and 20 edited documents of day 5: {whole:.2f} s, {len(derived)} days derived in"
        f" {sum(derived):.2f} s, {revised} revised"
    )


def ask_questions(snapshot: Path) -> None:
    """Ask every question of docs/sql.md and print how long it took."""
    con = open_snapshot(snapshot)
    asked = {"story": "flood", "indicator": "indicator-0", "issue": "issue-0", "day": "2031-05-20"}
    for title, query in questions(**asked, instant="2031-05-15 12:00:00+00"):
        start = time.process_time()
        rows = len(con.execute(query).fetchall())
        print(f"  {time.process_time() - start:6.3f} s  {rows:7,} rows  {title}")
    con.close()


def main(days: int = 30, documents: int = 50_000, folder: Path | None = None) -> None:
    """Make the month, promote it day by day, and ask the questions."""
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch)
        place.mkdir(parents=True, exist_ok=True)
        promote_month(place, days, documents)
        promote_late(place, days)
        start = time.process_time()
        write_snapshot(place / "warehouse.duckdb", place / "newsledger.duckdb")
        size = (place / "newsledger.duckdb").stat().st_size / 1e6
        print(f"snapshot: {time.process_time() - start:.1f} s, {size:.0f} MB")
        ask_questions(place / "newsledger.duckdb")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    days, documents = (numbers + [30, 50_000][len(numbers) :])[:2]
    main(days, documents, Path(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None)
