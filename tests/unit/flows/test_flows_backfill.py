"""Days in any order, stopped anywhere, give the same ledger; what is read is not read twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from flows import backfilling, rebuilding, steps
from flows.backfilling import Progress, open_backfill, opened, plan_portions, span
from flows.project import LOCK, Project, open_project
from newsledger.fetch.sources.choose import wanted
from newsledger.fetch.sources.source import Portion
from schemas.errors import LockedError, UsageError
from tests.bench.newsdays import CODEBOOK, DraftSource, drafts_of_days
from tests.bench.quick import NOW, Silence, backfill_of, bring_day, bring_in, project_in, quick_steps
from tests.bench.same import differences, ledger_rows
from warehouse import revise
from warehouse.connect import open_warehouse, warehouse
from warehouse.lock import writer_lock

DAYS, DOCUMENTS = 5, 60
Order = Callable[[list[Portion]], None]


class Killed(BaseException):
    """Stands for SIGKILL: nothing in the program catches it."""


def bring(project: Project, order: Order = lambda portions: None, seed: int = 1) -> list[date | None]:
    """Bring what is not read yet into a ledger and return the days read."""
    job = backfill_of(project, DraftSource(drafts_of_days(DAYS, DOCUMENTS, seed=seed)))
    portions = plan_portions(job)
    order(portions)
    for portion in portions:
        bring_day(job, portion)
    return [portion.day for portion in portions]


def shuffled(seed: int) -> Order:
    return lambda portions: Random(seed).shuffle(portions)


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, list[str]]]:
    project = project_in(tmp_path_factory.mktemp("in-order"))
    with quick_steps():
        bring(project)
    return project, ledger_rows(project.warehouse)


def test_the_made_up_days_have_what_makes_order_matter(
    in_order: tuple[Project, dict[str, list[str]]],
) -> None:
    rows = in_order[1]
    for table in ("holds", "links", "version_changes", "figure_changes", "disagreements", "position_changes"):
        assert rows[table], table
    assert any(row.split(", ")[-9:] for row in rows["documents"])


def test_shuffled_days_give_the_same_ledger_row_by_row(
    tmp_path: Path, in_order: tuple[Project, dict[str, list[str]]]
) -> None:
    project = project_in(tmp_path)
    with quick_steps():
        bring(project, shuffled(3))
    assert differences(in_order[1], ledger_rows(project.warehouse)) == []


def test_newest_day_first_gives_the_same_ledger_and_one_revision_of_each_day(
    tmp_path: Path, in_order: tuple[Project, dict[str, list[str]]]
) -> None:
    project = project_in(tmp_path)
    with quick_steps():
        bring(project, lambda portions: portions.reverse())
    assert differences(in_order[1], ledger_rows(project.warehouse)) == []
    with warehouse(project.warehouse) as con:
        assert con.execute("SELECT max(revision) FROM ledger.editions").fetchone() == (1,)


def dying(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let the n-th of the instants that matter be the last."""
    count = 0

    def tick() -> None:
        nonlocal count
        count += 1
        if count == at:
            raise Killed

    for place, name in (
        (steps, "stage"), (steps, "promote"), (steps, "settle_day"), (revise, "revise_day"),
        (steps, "stage_day"),
    ):  # fmt: skip
        real = getattr(place, name)

        def wrapped(*args: Any, real: Any = real, **more: Any) -> Any:
            tick()
            result = real(*args, **more)
            tick()
            return result

        monkeypatch.setattr(place, name, wrapped)


def test_stopped_at_many_instants_it_still_is_the_same_ledger(
    tmp_path: Path, in_order: tuple[Project, dict[str, list[str]]]
) -> None:
    project = project_in(tmp_path)
    stops = 0
    with quick_steps():
        for at in (2, 3, 4, 7, 5, 12, 9, 6):
            with pytest.MonkeyPatch.context() as patch:
                dying(patch, at)
                try:
                    bring(project, shuffled(5))
                except Killed:
                    stops += 1
        bring(project, shuffled(5))
    assert stops >= 6
    assert differences(in_order[1], ledger_rows(project.warehouse)) == []


def test_a_second_backfill_reads_nothing_twice(in_order: tuple[Project, dict[str, list[str]]]) -> None:
    project, rows = in_order
    with quick_steps():
        assert bring(project) == []
    assert ledger_rows(project.warehouse) == rows


def folder_of(path: Path, articles: dict[str, tuple[str, str]]) -> Path:
    path.mkdir(exist_ok=True)
    for name, (day, text) in articles.items():
        told = {"@type": "NewsArticle", "headline": f"Fire {name}", "articleBody": text, "datePublished": day}
        (path / f"{name}.json").write_text(json.dumps(told))
    return path


def toll(number: int) -> str:
    return (
        f"A fire in Lorvane has killed {number} people, the brigade said. It burned through the whole night."
    )


def read_folder(project: Project, folder: Path, first: str, last: str) -> list[date | None]:
    job = open_backfill(project, Silence(), wanted([str(folder)]), first, last, NOW)
    with opened(job):
        portions = plan_portions(job)
        for portion in portions:
            bring_day(job, portion)
    return [portion.day for portion in portions]


def test_a_folder_is_read_by_day_and_only_what_is_new_is_read_again(tmp_path: Path) -> None:
    project = project_in(tmp_path / "project")
    days = {"a": ("2026-03-02", toll(3)), "b": ("2026-03-04", toll(4)), "c": ("2026-03-09", toll(9))}
    folder = folder_of(tmp_path / "in", days)
    with quick_steps():
        assert read_folder(project, folder, "2026-03-02", "2026-03-05") == [
            date(2026, 3, 2),
            date(2026, 3, 4),
        ]
        assert read_folder(project, folder, "2026-03-02", "2026-03-05") == []
        folder_of(folder, {"d": ("2026-03-04", toll(5).replace("whole", "cold and windy"))})
        assert read_folder(project, folder, "2026-03-02", "2026-03-05") == [date(2026, 3, 4)]
    with warehouse(project.warehouse) as con:
        found = con.execute("SELECT title FROM documents ORDER BY title").fetchall()
    assert found == [("Fire a",), ("Fire b",), ("Fire d",)]


def test_days_and_sources_that_are_none_are_refused(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    for first, last, says in (
        ("2026-3-2", "2026-03-02", "no day"),
        ("2026-03-03", "2026-03-02", "before --from"),
    ):
        with pytest.raises(UsageError, match=says):
            open_backfill(project, Silence(), wanted([str(tmp_path)]), first, last, NOW)
    with pytest.raises(UsageError, match="did you mean 'wayback'"):
        wanted(["waybak:harbour.example"])
    with pytest.raises(UsageError, match="several kinds"):
        wanted(["folder:a", "warc:b"])


def test_progress_tells_rate_and_time_left() -> None:
    portions = [Portion(date(2026, 3, n), 100, "x") for n in (2, 3, 4)]
    progress = Progress(portions, started=0.0)
    line = progress.line(portions[0], 100, now=50.0)
    assert line == "2026-03-02: 100 items; 1 of 3 days, 2.0 items a second, about 2 min left"
    assert progress.line(portions[1], 100, now=100.0).endswith("about 50 s left")
    assert [span(s) for s in (10, 600, 7200)] == ["10 s", "10 min", "2.0 h"]


def test_a_run_gets_in_between_two_days_of_a_backfill(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    job = backfill_of(project, DraftSource([]))
    heard, order = [], []
    waits, is_first = threading.Event(), threading.Event()

    def told(line: str) -> None:
        heard.append(line)
        waits.set()

    def scheduled() -> None:
        is_first.wait(10)
        with writer_lock(project.state / LOCK, command="run", since=NOW, on_wait=told):
            order.append("run")

    runner = threading.Thread(target=scheduled)
    runner.start()
    with job.locked("2026-03-02"):
        order.append("first day")
        is_first.set()
        assert waits.wait(10), "the run waits and says so"
    with job.locked("2026-03-03"):
        order.append("second day")
    runner.join(10)
    assert order == ["first day", "run", "second day"]
    assert "waiting for another run" in heard[0]
    assert "backfill" in heard[0]


def test_a_backfill_waits_for_a_run_and_a_run_does_not_wait_for_another(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    heard: list[str] = []
    job = backfill_of(project, DraftSource([]))
    got, waits = threading.Event(), threading.Event()

    def say(line: str) -> None:
        heard.append(line)
        waits.set()

    job.words.say = say  # type: ignore[method-assign]

    def backfill() -> None:
        with job.locked():
            got.set()

    with writer_lock(project.state / LOCK, command="run", since=NOW):
        runner = threading.Thread(target=backfill)
        runner.start()
        assert waits.wait(10)
        assert not got.is_set()
        with (
            pytest.raises(LockedError, match="'run'"),
            writer_lock(project.state / LOCK, command="run", since=NOW),
        ):
            pass
    assert got.wait(10)
    runner.join(10)
    assert "waiting for another run" in heard[0]


def rebuild(project: Project) -> tuple[int, list[Any]]:
    """Read again what is stale; return how many documents, and the days that have a new revision."""
    job = rebuilding.Rebuild(project, Silence(), clock=NOW)
    stale, revised = rebuilding.stale_days(job), []
    for day in stale:
        work = rebuilding.read_again(job, day)
        steps.extract_documents(work)
        steps.stage_batch(work)
        steps.audit_batch(work)
        steps.promote_batch(work)
        steps.recheck_days(work)
        revised += sorted(work.revised)
    return sum(len(s.documents) for s in stale), revised


def test_a_changed_codebook_reads_stored_documents_again_once(tmp_path: Path) -> None:
    project = project_in(tmp_path / "project")
    days = {
        "a": ("2026-03-02", toll(3)),
        "b": ("2026-03-04", toll(4)),
        "c": ("2026-03-04", "Nothing burned today."),
    }
    with quick_steps():
        read_folder(project, folder_of(tmp_path / "in", days), "2026-03-02", "2026-03-05")
        publish(project)
        assert rebuild(project) == (0, [])
        changed = project_in(project.folder, CODEBOOK.replace("aspect: cumulative, counts", "counts"))
        assert rebuild(changed) == (2, [date(2026, 3, 2), date(2026, 3, 4)])
        assert rebuild(changed) == (0, [])
        publish(changed)
        widened = project_in(project.folder, CODEBOOK.replace("at_least: 2", "at_least: 1").replace(
            "any: [fire, Lorvane]", "any: [fire, Lorvane, burned]"))  # fmt: skip
        assert rebuild(widened)[0] == 3
    with warehouse(project.warehouse) as con:
        because = con.execute("SELECT DISTINCT revised_because FROM editions WHERE revision = 2").fetchall()
        found = con.execute("SELECT count(*), count(DISTINCT codebook_version) FROM figures").fetchone()
    assert any("read with another codebook" in row[0] for row in because)
    assert found == (2, 1), "each document is read by one codebook for those who ask"


def publish(project: Project) -> None:
    """Write out what is pending."""
    job = backfill_of(project, DraftSource([]))
    work = backfilling.begin_batch(job, Portion(None, 0, ""))
    bring_in(work, publishes=True)


def test_a_revision_of_a_rebuilding_tells_what_it_changed(tmp_path: Path) -> None:
    project = project_in(tmp_path / "project")
    with quick_steps():
        read_folder(
            project, folder_of(tmp_path / "in", {"a": ("2026-03-02", toll(3))}), "2026-03-02", "2026-03-05"
        )
        publish(project)
        renamed = project_in(project.folder, CODEBOOK.replace("  dead: {label", "  lost: {label"))
        from tests.bench import quick  # noqa: PLC0415

        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(quick.NUMBERS, "lost", quick.NUMBERS["dead"])
            patch.delitem(quick.NUMBERS, "dead")
            rebuild(renamed)
            publish(renamed)
    day = project.editions / "2026-03-02"
    told = json.loads((day / "changes.json").read_text())
    assert told["revision"] == 2
    assert [c["label"] for c in told["revised"]["added"]] == ["People killed"]
    assert (day / "revisions" / "1" / "index.html").exists()


def test_an_older_capture_that_comes_late_takes_its_place(tmp_path: Path) -> None:
    """The number of a version moves up, its figures keep their names, and the correction is told once."""
    project = project_in(tmp_path)
    draft = next(d for d in drafts_of_days(1, 40) if d.agency is None and "killed 3" in d.text)
    assert draft.seen_at is not None
    later = draft.seen_at + timedelta(days=1)
    from dataclasses import replace  # noqa: PLC0415

    edited = replace(draft, text=draft.text.replace("killed 3", "killed 4"), seen_at=later)
    with quick_steps():
        for number, one in enumerate([edited, draft]):
            job = backfill_of(project, DraftSource([one], f"drafts:{number}"))
            for portion in plan_portions(job):
                bring_day(job, portion)
            if number == 0:
                first = figures(project)
    second = figures(project)
    assert {version for version, _ in first.values()} == {1}
    assert {name: second[name][0] for name in first} == dict.fromkeys(first, 2)
    with open_warehouse(project.warehouse) as con:
        changes = con.execute(
            "SELECT kind, value_before, value_after FROM figure_changes WHERE kind = 'corrected'"
        ).fetchall()
        seen = con.execute("SELECT DISTINCT first_seen_at FROM documents").fetchall()
        edits = con.execute("SELECT version, kind FROM version_changes").fetchall()
    assert changes == [("corrected", 3, 4)]
    assert seen == [(draft.seen_at,)]
    assert edits == [(2, "figure")]


def figures(project: Project) -> dict[str, tuple[int, float]]:
    with warehouse(project.warehouse) as con:
        rows = con.execute("SELECT figure_id, version, value FROM figures").fetchall()
    return {str(name): (int(version), float(value)) for name, version, value in rows}


def test_the_clock_of_a_backfill_is_that_of_the_archive(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    with quick_steps():
        bring(project, seed=2)
    with warehouse(project.warehouse) as con:
        last = con.execute("SELECT max(first_seen_at) FROM documents").fetchone()
    assert last is not None
    assert last[0] < datetime(2026, 3, 20, tzinfo=UTC)
    assert open_project(project.folder).warehouse == project.warehouse
