"""Does the order of days matter, does a kill? ``python -m tests.bench.backfill [documents] [days] [kills]``

Brings made-up coverage (:mod:`tests.bench.newsdays`) into three ledgers: its days in order, shuffled, and
shuffled with the process killed (SIGKILL) at random instants. All rows must be equal (tests.bench.same).
The reading is done by patterns and the audit without its library (:mod:`tests.bench.quick`): neither knows
what came before. What is measured is the ledger.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from flows import backfilling
from newsledger.fetch.sources.source import Portion
from tests.bench.newsdays import DraftSource, drafts_of_days
from tests.bench.quick import backfill_of, bring_day, project_in, quick_steps
from tests.bench.same import differences, ledger_rows

LONGEST = 25.0
"""Seconds after which the process is killed at the latest; a day takes a few."""


def fill(folder: Path, documents: int, days: int, shuffle: int | None) -> dict[str, list[str]]:
    """Bring the days that are not in a ledger yet into it, in order or shuffled, and return its rows."""
    job = backfill_of(project_in(folder), DraftSource(drafts_of_days(days, documents)), days=days + 10)
    portions: list[Portion] = backfilling.plan_portions(job)
    if shuffle is not None:
        Random(shuffle).shuffle(portions)
    print("ready", flush=True)
    started, used = time.monotonic(), time.process_time()
    with quick_steps():
        for portion in portions:
            bring_day(job, portion)
    seen = Counter(o.outcome.value for report in job.reports for o in report.outcomes)
    print(
        f"{folder.name}: {len(portions)} days, {sum(seen.values())} sights ({dict(seen)}),"
        f" {time.process_time() - used:.0f} s of processor time, {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return ledger_rows(job.project.warehouse)


def fill_with_kills(folder: Path, documents: int, days: int, kills: int) -> dict[str, list[str]]:
    """Do the same in processes that are killed at random instants, and let the last one finish."""
    random, done = Random(kills), 0
    command = [sys.executable, "-m", "tests.bench.backfill", "child", str(folder), str(documents), str(days)]
    while True:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        try:
            child.wait(timeout=random.uniform(0.0, LONGEST) if done < kills else None)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            done += 1
        print(f"{folder.name}: {done} kills {child.stdout.read()}", flush=True)
        if child.wait() == 0:
            return ledger_rows(project_in(folder).warehouse)


def main() -> int:
    """Print what was measured; return 1 where the ledgers differ."""
    if sys.argv[1:2] == ["child"]:
        fill(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), 7)
        return 0
    documents, days, kills = (
        int(text) for text in (*sys.argv[1:], *("2000", "30", "20")[len(sys.argv) - 1 :])
    )
    with TemporaryDirectory() as folder:
        first = fill(Path(folder) / "in-order", documents, days, None)
        print({table: len(rows) for table, rows in first.items() if rows})
        second = fill(Path(folder) / "shuffled", documents, days, 7)
        found = differences(first, second)
        print(f"shuffled: {len(found)} rows differ", *found[:10], sep="\n", flush=True)
        if kills:
            killed = differences(first, fill_with_kills(Path(folder) / "killed", documents, days, kills))
            print(f"killed: {len(killed)} rows differ", *killed[:10], sep="\n", flush=True)
            found += killed
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
