"""Kill a run at a random instant, again and again, and look whether anything is lost, doubled or half.

``python -m tests.faults.crash [KILLS] [SEED]`` prints what 300 kills did. One process has everything
imported and forks the runs it kills, so that the seconds go into runs and not into imports; the path is
that of every run (:func:`flows.tasks.finish`), with the workflow engine's wrapping taken off.

Each batch is a day of news (new articles, an article edited by its outlet, now and then a person's decision),
ingested until one run of it ends by itself. A second project reads the same batches without any kill: in
the end both must be the same, row by row and, in the editions, byte by byte. A reader of its own polls the
snapshot and the editions all the while.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from expectations.engine import preload
from flows import steps, tasks
from flows.project import open_project
from flows.report import Lines
from flows.work import working
from newsledger.extract.language.text import load_model
from newsledger.publish.folder import edition_days
from newsledger.publish.listing import LATEST
from newsledger.publish.verify import broken_files
from schemas.contract import VIEWS
from warehouse.backup import check_file

ROOT = Path(__file__).parents[2]
START = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
CODEBOOK = """\
story: fire
title: Fire
version: "1"
match: {any: [fire, Lorvane], at_least: 2}
actors:
  mayor: {name: Mayor of Lorvane, descriptions: [the mayor]}
indicators:
  dead:
    label: People killed
    aspect: cumulative
    counts: [people]
    predicates: [killed]
  homeless:
    label: People homeless
    counts: [people]
    predicates: [homeless]
"""
OUTLETS = ("Lorvane Post", "The Tern", "Skua Daily")
ATTEMPTS = 10
"""Runs of one batch that are to be killed before one is let end."""
READER = Path(__file__).with_name("crash_reader.py")


@dataclass
class Tally:
    """What the kills did.

    Attributes:
        kills: runs killed.
        finished: runs that ended before they could be killed.
        truncated: files cut short after a kill, by name.
        batches: batches brought to their end.
        reads: whole looks of the reader.
        restored: times the ledger was restored from a copy.
    """

    kills: int = 0
    finished: int = 0
    truncated: Counter[str] = field(default_factory=Counter)
    batches: int = 0
    reads: int = 0
    restored: int = 0


class Quiet(Lines):
    """Words of a run into a file beside the project, so that a failure can be read afterwards."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def say(self, line: str) -> None:
        """Add one line to the file."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def warm_up() -> None:
    """Import once what every run needs, and take the workflow engine's wrapping off the steps."""
    preload().join()
    load_model()
    for name in ("publish", "identify", "extract", "stage", "audit", "promote", "recheck", "tell"):
        setattr(tasks, name, getattr(tasks, name).fn)
    setattr(tasks, "tell_server", lambda *_: None)  # noqa: B010 - a name it imports


def new_project(folder: Path) -> Path:
    """Return a new project with a codebook."""
    (folder / "codebooks").mkdir(parents=True)
    (folder / "codebooks" / "fire.yml").write_text(CODEBOOK)
    (folder / "newsledger.toml").write_text("[keeping]\nfree_mb = 0\n[site]\ntexts = false\n")
    return folder


def write_batch(inbox: Path, nth: int, chance: random.Random) -> None:
    """Write the articles of one day; now and then one of the day before, edited."""
    day = START.date() + timedelta(days=nth)
    for place, outlet in enumerate(OUTLETS):
        dead, homeless = 10 + nth, 200 + 7 * nth + place
        _article(inbox / f"batch{nth}", f"d{nth}-{place}", outlet, day.isoformat(), dead, homeless)
    if nth and chance.random() < 0.3:
        before = (day - timedelta(days=1)).isoformat()
        _article(inbox / f"batch{nth}", f"d{nth - 1}-0", OUTLETS[0], before, 10 + nth - 1, 300 + nth)


def _article(folder: Path, name: str, outlet: str, day: str, dead: int, homeless: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    body = (
        f"The fire in the old town of Lorvane has killed {dead} people, the brigade told {outlet} on {day}. "
        f"At least {homeless} people are homeless, and the streets around the harbour of {name} stay closed. "
        f"Neighbours carried water in pails all through the night of {day}, report {name} and {outlet}."
    )
    data = {
        "headline": f"Fire in Lorvane: {name}",
        "articleBody": body,
        "datePublished": f"{day}T09:00:00+00:00",
        "publisher": outlet,
        "url": f"https://{outlet.lower().replace(' ', '-')}.example/{name}",
    }
    (folder / f"{name}.json").write_text(json.dumps(data))


def run_batch(project: Path, inbox: Path, nth: int) -> None:
    """Ingest one batch as every run does."""
    words = Quiet(project.with_name(project.name + ".log"))
    opened = open_project(project)
    paths = [str(inbox / f"batch{nth}")]
    with working(opened, words, "ingest", f"ingest batch{nth}", START + timedelta(days=nth)) as work:
        steps.read_inputs(work, paths, None, None)
        tasks.finish(work)


def run_until(project: Path, inbox: Path, nth: int, seconds: float | None) -> str:
    """Fork a run of one batch, kill it after some seconds (None: let it end), and return how it ended."""
    child = os.fork()
    if child == 0:
        try:
            run_batch(project, inbox, nth)
        except BaseException as error:  # noqa: BLE001 - the parent reads it
            project.with_name(project.name + ".log").open("a").write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
        os._exit(0)
    deadline = time.monotonic() + seconds if seconds is not None else None
    while True:
        ended, code = os.waitpid(child, os.WNOHANG)
        if ended:
            return "finished" if code == 0 else "failed"
        if deadline is not None and time.monotonic() >= deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "killed"
        time.sleep(0.002)


def truncate_last_written(project: Path, chance: random.Random) -> str | None:
    """Cut the file written last to a random length, as a loss of power may; return its name."""
    ours = (".yml", ".toml", ".lock")
    files = [path for path in project.rglob("*") if path.is_file() and path.suffix not in ours]
    files = [path for path in files if path.stat().st_size > 0 and not path.name.startswith("run.lock")]
    if not files:
        return None
    newest = max(files, key=lambda path: path.stat().st_mtime_ns)
    os.truncate(newest, chance.randrange(newest.stat().st_size))
    return newest.name


@contextmanager
def reader(project: Path) -> Iterator[subprocess.Popen[str]]:
    """Have a process of its own look at the snapshot and the editions as fast as it can."""
    command = [sys.executable, str(READER), str(project)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(30)


def shown(project: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every published view of a snapshot, row by row."""
    with duckdb.connect(str(project / "newsledger.duckdb"), read_only=True) as con:
        return {
            view.name: con.execute(f"SELECT * FROM {view.name} ORDER BY ALL").fetchall() for view in VIEWS
        }


def published(project: Path) -> dict[str, bytes]:
    """Return every file of the editions."""
    files = sorted(path for path in (project / "editions").rglob("*") if path.is_file())
    return {str(path.relative_to(project)): path.read_bytes() for path in files}


def crash(folder: Path, kills: int, seed: int) -> Tally:
    """Kill runs until there were enough kills, and hold the outcome against runs nobody killed.

    Raises:
        AssertionError: something was lost, doubled, half or seen in a mixture.
    """
    chance = random.Random(seed)
    project, calm, inbox = new_project(folder / "killed"), new_project(folder / "calm"), folder / "inbox"
    tally = Tally()
    span = 1.0
    with reader(project) as looking:
        nth = 0
        while tally.kills < kills:
            write_batch(inbox, nth, chance)
            _batch(project, inbox, nth, kills, tally, chance, span)
            span = _compare(calm, project, inbox, nth, looking)
            nth += 1
            sys.stderr.write(f"{tally.kills} kills, {nth} batches, a run takes {span:.1f} s\n")
        tally.batches = nth
        looking.terminate()
        out, err = looking.communicate(timeout=60)
        assert not err, err
        tally.reads = int(out.strip().splitlines()[-1])
    assert shown(project) == shown(calm)
    assert published(project) == published(calm)
    log = project.with_name(project.name + ".log")
    tally.restored = log.read_text().count("is restored from") if log.exists() else 0
    return tally


def _batch(
    project: Path, inbox: Path, nth: int, kills: int, tally: Tally, chance: random.Random, span: float
) -> None:
    """Bring one batch to its end after some kills, at instants up to a little beyond the span of a run."""
    dark = project / "dark"
    for _ in range(ATTEMPTS):
        if tally.kills >= kills:
            break
        ended = run_until(project, inbox, nth, chance.uniform(0, 1.15 * span))
        assert ended != "failed", project.with_name(project.name + ".log").read_text()
        tally.kills += ended == "killed"
        tally.finished += ended == "finished"
        if ended == "killed" and chance.random() < 0.25:
            dark.touch()
            cut = truncate_last_written(project, chance)
            tally.truncated.update([cut] if cut else [])
        if ended == "finished":
            break
    ended = run_until(project, inbox, nth, None)
    assert ended == "finished", project.with_name(project.name + ".log").read_text()
    dark.unlink(missing_ok=True)


def _compare(calm: Path, project: Path, inbox: Path, nth: int, looking: subprocess.Popen[str]) -> float:
    """Hold the killed project against one that reads the same undisturbed; return the seconds that took."""
    begun = time.monotonic()
    assert run_until(calm, inbox, nth, None) == "finished", calm.with_name(calm.name + ".log").read_text()
    span = time.monotonic() - begun
    assert looking.stderr is not None
    assert looking.poll() is None, f"the reader saw a mixture: {looking.stderr.read()}"
    ledger = project / ".newsledger" / "warehouse.duckdb"
    assert check_file(ledger).keys() == check_file(project / "newsledger.duckdb").keys()
    left, right = shown(project), shown(calm)
    for name, rows in right.items():
        assert left[name] == rows, f"{name} differs after batch {nth}"
    editions = project / "editions"
    assert [p.name for p in editions.iterdir() if p.is_dir() and p.name.startswith(".")] == [], "half written"
    for folder in (*edition_days(editions), editions / LATEST):
        assert broken_files(folder) == []
    left_over = [path.name for path in (project / ".newsledger").iterdir()]
    assert "unfinished" not in left_over
    assert list((project / ".newsledger" / "staging").glob("*")) == []
    return span


def main(kills: int = 300, seed: int = 1) -> None:
    """Print what so many kills did."""
    warm_up()
    with tempfile.TemporaryDirectory(prefix="newsledger-crash-") as folder:
        begun = time.monotonic()
        tally = crash(Path(folder), kills, seed)
    cut = ", ".join(f"{name} {times}" for name, times in tally.truncated.most_common())
    sys.stdout.write(
        f"{tally.kills} kills over {tally.batches} batches in {time.monotonic() - begun:.0f} s"
        f" ({tally.finished} runs ended before their kill), {sum(tally.truncated.values())} files cut short"
        f" ({cut}), ledger restored {tally.restored} times; {tally.reads} looks of the reader:"
        " no row lost, none doubled, no half edition, no mixture\n"
    )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
