"""The files: migrations, the contract, locks, the snapshot, full disks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from schemas.contract import VIEWS
from schemas.errors import LedgerDamagedError, LockedError, NewsledgerError, PublishError, UsageError
from schemas.item import FeedPoll
from schemas.published import View
from tests.unit.warehouse.newsroom import Article, Ledger, at
from tests.unit.warehouse.old_ledgers import columns_of, content, make_earlier, shipped
from warehouse import connect
from warehouse.backup import Digest, back_up, check_file, copies, is_damage, restore
from warehouse.connect import open_snapshot, open_warehouse
from warehouse.feeds import feed_states, latest_polls
from warehouse.lock import lock_holder, writer_lock
from warehouse.lookup import find_record, run_sql
from warehouse.snapshot import (
    distrust_snapshot,
    former_snapshots,
    is_snapshot_current,
    snapshot_number,
    write_snapshot,
)

ROOT = Path(__file__).parents[3]


def small(folder: Path) -> Ledger:
    ledger = Ledger(folder)
    ledger.add(Article("a", at(6)).figure("strikers", 48).position("union", "pay", "supports").attends("Ann"))
    ledger.add(Article("b", at(8), "Tern").figure("strikers", 47).position("union", "pay", "opposes"))
    return ledger


@contextmanager
def other_process(code: str, *args: Path) -> Iterator[None]:
    """Run Python code in another process; it prints a line when it is ready, and is killed at the end."""
    command = [sys.executable, "-c", code, *map(str, args)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == "ready"
            yield
        finally:
            process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_snapshot_keeps_the_contract(published: Path, view: View) -> None:
    con = open_snapshot(published)
    columns = con.execute(
        "SELECT column_name, replace(data_type, 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ'), comment"
        " FROM duckdb_columns() WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [view.name],
    ).fetchall()
    comment = con.execute("SELECT comment FROM duckdb_views() WHERE view_name = ?", [view.name]).fetchall()
    con.close()
    assert columns == [(c.name, c.type, c.comment) for c in view.columns]
    assert comment == [(view.comment,)]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ledger = small(tmp_path_factory.mktemp("published"))
    path = ledger.folder / "public" / "newsledger.duckdb"
    write_snapshot(ledger.path, path)
    return path


def test_views_are_all_there_and_no_others(published: Path) -> None:
    con = open_snapshot(published)
    found = con.execute(
        "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal"
        " UNION SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"
    ).fetchall()
    con.close()
    assert {name for (name,) in found} == {view.name for view in VIEWS}


def test_snapshot_answers_under_another_name(published: Path) -> None:
    con = duckdb.connect()
    con.execute(f"ATTACH '{published}' AS news (READ_ONLY)")
    for view in VIEWS:
        assert con.execute(f"SELECT count(*) FROM news.{view.name}").fetchone() is not None
    assert con.execute("SELECT count(*) FROM news.readings").fetchone() == (2,)
    con.close()


def test_snapshot_is_written_for_older_clients(published: Path) -> None:
    con = open_snapshot(published)
    row = con.execute("SELECT tags FROM duckdb_databases() WHERE path = ?", [str(published)]).fetchone()
    con.close()
    assert row is not None
    assert row[0]["storage_version"].startswith("v1."), "2.0 marks its own files v2"


def test_snapshot_is_read_while_the_warehouse_is_open_and_replaced(tmp_path: Path) -> None:
    ledger, path = small(tmp_path), tmp_path / "public.duckdb"
    write_snapshot(ledger.path, path)
    hold = (
        "import sys; from pathlib import Path; from warehouse.connect import open_snapshot\n"
        "con = open_snapshot(Path(sys.argv[1])); print('ready', flush=True); sys.stdin.read()"
    )
    with other_process(hold, path):
        writer = ledger.open()
        reader = open_snapshot(path)
        assert reader.execute("SELECT count(*) FROM readings").fetchone() == (2,)
        reader.close()
        writer.close()
        ledger.add(Article("c", at(9)).figure("strikers", 46))
        assert not is_snapshot_current(ledger.path, path)
        write_snapshot(ledger.path, path)
    assert is_snapshot_current(ledger.path, path)
    reader = open_snapshot(path)
    assert reader.execute("SELECT count(*) FROM readings").fetchone() == (3,)
    reader.close()


def test_unreadable_snapshot_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "public.duckdb"
    assert snapshot_number(path) is None
    path.write_bytes(b"no database")
    assert snapshot_number(path) is None
    write_snapshot(small(tmp_path).path, path)
    assert snapshot_number(path) == 2


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from schemas.errors import PublishError
from warehouse.snapshot import write_snapshot
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    write_snapshot(Path(sys.argv[1]), Path(sys.argv[2]))
except PublishError as error:
    print(error, error.hint)
    sys.exit(7)
"""


def test_full_disk_leaves_the_last_snapshot(tmp_path: Path) -> None:
    ledger, path = small(tmp_path), tmp_path / "public.duckdb"
    write_snapshot(ledger.path, path)
    before = path.read_bytes()
    ledger.add(Article("c", at(9)).figure("strikers", 46))
    command = [sys.executable, "-c", _FULL_DISK, str(ledger.path), str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    assert "last snapshot is untouched" in done.stdout
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if "public" in p.name) == ["public.duckdb"]
    write_snapshot(ledger.path, path)
    assert snapshot_number(path) == 3


def test_rename_that_fails_leaves_the_last_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, path = small(tmp_path), tmp_path / "public.duckdb"
    write_snapshot(ledger.path, path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.snapshot._sync", full)
    with pytest.raises(PublishError, match="No space left"):
        write_snapshot(ledger.path, path)
    assert path.read_bytes() == before


_HOLD_WAREHOUSE = """
import sys
from pathlib import Path
from warehouse.connect import open_warehouse
con = open_warehouse(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.read()
"""


def test_second_process_learns_who_has_the_ledger_open(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with other_process(_HOLD_WAREHOUSE, path), pytest.raises(LockedError, match=r"process \d+ \(.*python"):
        open_warehouse(path, wait_seconds=0.2)
    open_warehouse(path).close()


_HOLD_LOCK = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from warehouse.feeds import feed_states, latest_polls
from warehouse.lock import writer_lock
with writer_lock(Path(sys.argv[1]), command="newsledger run", since=datetime(2031, 5, 6, tzinfo=UTC)):
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_second_run_learns_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "state" / "run.lock"
    with other_process(_HOLD_LOCK, path):
        told = r"process \d+ on .*'newsledger run', since 2031-05-06T00:00:00"
        with pytest.raises(LockedError, match=told), writer_lock(path, command="second", since=at(6)):
            pass
        holder = lock_holder(path)
        assert holder is not None
        assert "'newsledger run'" in holder
    assert lock_holder(path) is None, "a killed run frees the lock"
    with writer_lock(path, command="third", since=at(6)):
        assert json.loads(path.with_name("run.lock.json").read_text())["pid"] == os.getpid()
    assert not path.with_name("run.lock.json").exists()


def test_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    con = open_warehouse(path)
    con.execute("INSERT INTO ledger.migrations VALUES (9999, '9999_future.sql', 'x')")
    con.close()
    with pytest.raises(NewsledgerError, match="migration 9999"):
        open_warehouse(path)


def earlier(ledger: Ledger, number: int) -> None:
    """Make a ledger one whose last migration has this number.

    The second gave figures the column ``slip``, the third the tables of feeds and two columns of polls, the
    fourth positions ``act_doubt``, the fifth documents ``modified_at``.
    """
    make_earlier(ledger.path, number)


@pytest.mark.parametrize("number", shipped()[:-1])
def test_a_ledger_of_every_earlier_version_keeps_its_data_and_is_backed_up_first(
    tmp_path: Path, number: int
) -> None:
    ledger = small(tmp_path)
    earlier(ledger, number)
    with duckdb.connect(str(ledger.path)) as con:
        columns = columns_of(con, "warehouse")
    del columns["sketches"]  # made anew from the texts where an upgrade changes how
    before = content(ledger.path, columns)
    assert sum(map(len, before.values())) > 20
    ledger.open().close()
    assert content(ledger.path, columns) == before
    (backup,) = copies(ledger.path)
    assert backup.name == f"0001-after-migration-{number}.duckdb"
    assert content(backup, columns) == before
    with duckdb.connect(str(backup), read_only=True) as con:
        assert con.execute("SELECT max(number) FROM ledger.migrations").fetchone() == (number,)
    ledger.add(Article("c", at(9)).figure("strikers", 46))
    assert ledger.ask("SELECT count(*) FROM readings") == [(3,)]
    write_snapshot(ledger.path, tmp_path / "public.duckdb")
    assert len(copies(ledger.path)) == 1, "a ledger that is up to date is not backed up"


def test_a_migration_that_fails_leaves_the_ledger_and_its_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = small(tmp_path)
    before = check_file(ledger.path)
    broken = [
        *connect.sql_files("migrations"),
        ("9998_broken.sql", "CREATE TABLE ledger.half (a INTEGER); nonsense"),
    ]
    views = {folder: connect.sql_files(folder) for folder in ("views",)}
    monkeypatch.setattr(
        connect, "sql_files", lambda folder: broken if folder == "migrations" else views[folder]
    )
    with pytest.raises(duckdb.Error, match="nonsense"):
        open_warehouse(ledger.path)
    assert check_file(ledger.path) == before
    assert check_file(copies(ledger.path)[-1]) == before


def test_without_room_for_a_backup_nothing_is_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = small(tmp_path)
    earlier(ledger, 1)
    before = ledger.path.read_bytes()
    monkeypatch.setattr("warehouse.space.shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(PublishError, match="must stay free, the disk has 0 MB"):
        open_warehouse(ledger.path)
    assert ledger.path.read_bytes() == before


def test_old_backups_are_forgotten(tmp_path: Path) -> None:
    ledger = small(tmp_path)
    for number in range(5):
        back_up(ledger.path, label=f"test {number}", keep=2)
    assert [path.name for path in copies(ledger.path)] == ["0004-test-3.duckdb", "0005-test-4.duckdb"]


def test_a_damaged_ledger_is_restored_from_the_first_whole_copy(tmp_path: Path) -> None:
    ledger = small(tmp_path)
    snapshot = tmp_path / "public.duckdb"
    write_snapshot(ledger.path, snapshot)
    backup = back_up(ledger.path, label="test", keep=3)
    whole = check_file(ledger.path)
    for damaged in (ledger.path, snapshot):
        os.truncate(damaged, damaged.stat().st_size // 2)
    with pytest.raises(LedgerDamagedError, match=r"warehouse\.duckdb"):
        check_file(ledger.path)
    assert restore(ledger.path, [tmp_path / "none.duckdb", snapshot, backup]) == backup
    assert check_file(ledger.path) == whole
    assert ledger.path.with_name("warehouse.duckdb.damaged").exists()
    assert restore(ledger.path, [snapshot]) is None
    assert check_file(ledger.path) == whole, "without a whole copy nothing is touched"


def test_rights_and_room_are_no_damage(tmp_path: Path) -> None:
    """What is not damage must not be restored over."""
    path = tmp_path / "folder"
    path.mkdir()
    with pytest.raises(NewsledgerError) as caught:
        open_warehouse(path)
    assert not isinstance(caught.value, LedgerDamagedError)
    assert not is_damage('IO Error: Cannot open file "w.duckdb": Permission denied')
    assert not is_damage("IO Error: Could not write file: No space left on device")


def test_former_snapshots_are_kept_as_many_as_wanted(tmp_path: Path) -> None:
    ledger, path = small(tmp_path), tmp_path / "public.duckdb"
    for day in range(9, 13):
        ledger.add(Article(f"d{day}", at(day)).figure("strikers", day))
        write_snapshot(ledger.path, path, keep=2)
    kept = former_snapshots(ledger.path)
    assert [snapshot_number(former) for former in kept] == [5, 4]
    assert snapshot_number(path) == 6
    write_snapshot(ledger.path, path, keep=0)
    assert former_snapshots(ledger.path) == []


def test_a_snapshot_cut_short_is_written_again(tmp_path: Path) -> None:
    ledger, path = small(tmp_path), tmp_path / "public.duckdb"
    write_snapshot(ledger.path, path)
    assert is_snapshot_current(ledger.path, path)
    os.truncate(path, path.stat().st_size - 4096)
    assert not is_snapshot_current(ledger.path, path)
    write_snapshot(ledger.path, path)
    distrust_snapshot(ledger.path)
    assert not is_snapshot_current(ledger.path, path)


def test_a_snapshot_that_reads_back_otherwise_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, path = small(tmp_path), tmp_path / "public.duckdb"
    write_snapshot(ledger.path, path)
    before = path.read_bytes()
    real = check_file

    def altered(fresh: Path) -> Digest:
        with duckdb.connect(str(fresh)) as con:
            con.execute("UPDATE ledger.figures SET value = value + 1 WHERE figure_id = 'fa-1-0'")
        return real(fresh)

    monkeypatch.setattr("warehouse.snapshot.check_file", altered)
    with pytest.raises(PublishError, match=r"ledger\.figures reads back other than it was written"):
        write_snapshot(ledger.path, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", [1, 2])
def test_ledger_of_an_earlier_version_is_brought_up_to_date_and_keeps_its_figures(
    tmp_path: Path, number: int
) -> None:
    ledger = small(tmp_path)
    query = "SELECT * EXCLUDE (slip), slip IS NULL FROM figures ORDER BY figure_id"
    before = ledger.ask(query)
    editions = ledger.ask("SELECT * FROM editions ORDER BY ALL")
    earlier(ledger, number)
    assert ledger.ask(query) == before
    assert len(before) == 2
    assert ledger.ask("SELECT * FROM editions ORDER BY ALL") == editions
    slip = "old and new: the text tells of a rise from 48 to 41"
    ledger.add(Article("c", at(9)).figure("strikers", 41, slip=slip))
    assert ledger.ask("SELECT figure_id, slip FROM figures WHERE slip IS NOT NULL") == [("fc-1-0", slip)]
    ledger.add(Article("d", at(10)).position("union", "pay", "supports", act_doubt="yield"))
    assert ledger.ask("SELECT act_doubt FROM positions WHERE act_doubt IS NOT NULL") == [("yield",)]
    assert ledger.ask("SELECT count(*) FROM documents WHERE modified_at IS NULL") == [(4,)]
    shipped = sorted(int(file.name[:4]) for file in (ROOT / "warehouse/migrations").glob("*.sql"))
    assert ledger.ask("SELECT number FROM ledger.migrations ORDER BY ALL") == [(n,) for n in shipped]


@pytest.mark.parametrize("number", [1, 2])
def test_feeds_of_an_earlier_version_are_due_at_once_with_their_validators(
    tmp_path: Path, number: int
) -> None:
    ledger = small(tmp_path)
    url = "https://gull.example/feed"
    polls = [
        FeedPoll("gull", url, at(6), "ok", "", 3, 3, '"6"', "then", "aa"),
        FeedPoll("gull", url, at(7), "unchanged", "", 0, 0, '"7"', None, "aa"),
    ]
    ledger.add(Article("p", at(7)), polls=polls, clock=at(7))
    earlier(ledger, number)
    con = ledger.open()
    state = feed_states(con)["gull"]
    assert (state.url, state.address, state.next_poll_at, state.polls) == (url, url, at(7), 2)
    assert (state.etag, state.last_modified, state.body_sha256, state.new_at) == ('"7"', None, "aa", at(6))
    assert latest_polls(con) == {"gull": polls[1]}
    con.close()


def test_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    path.write_bytes(b"This is no database at all. " * 500)
    with pytest.raises(NewsledgerError, match=r"w\.duckdb"):
        open_warehouse(path)


def test_session_speaks_utc(tmp_path: Path) -> None:
    con = open_warehouse(tmp_path / "w.duckdb")
    assert con.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)
    con.close()


def test_record_is_found_by_the_beginning_of_its_id(published: Path) -> None:
    con = open_snapshot(published)
    figure = find_record(con, "fa-")
    assert (figure.kind, figure.record_id) == ("figure", "fa-1-0")
    assert figure.quote is not None
    assert (figure.quote.evidence, figure.quote.before) == ("exact 48 strikers", "Headline of a, version 1\n")
    assert figure.document is not None
    assert figure.document["outlet"] == "The Gull"
    document = find_record(con, "da")
    assert [quote.record_id for quote in document.sides] == ["fa-1-0", "pa-1-0"]
    (change_id,) = con.execute("SELECT change_id FROM figure_changes WHERE kind = 'fall'").fetchone() or ("",)
    change = find_record(con, change_id[:9])
    assert [quote.evidence for quote in change.sides] == ["exact 48 strikers", "exact 47 strikers"]
    with pytest.raises(UsageError, match="begins 2 ids"):
        find_record(con, "f")
    with pytest.raises(UsageError, match="nothing has an id"):
        find_record(con, "zzz")
    con.close()


def test_sql_answers_and_refuses(published: Path) -> None:
    con = open_snapshot(published)
    assert run_sql(con, "SELECT indicator, value FROM readings ORDER BY day") == (
        ["indicator", "value"],
        [("strikers", 48), ("strikers", 47)],
    )
    for query in (
        "SELECT nothing FROM readings",
        "DELETE FROM ledger.readings",
        "SELECT * FROM read_text('/etc/hostname')",
    ):
        with pytest.raises(UsageError, match="the query failed"):
            run_sql(con, query)
    con.close()


def test_a_damaged_ledger_below_a_folder_named_clock_is_not_called_locked(tmp_path: Path) -> None:
    path = tmp_path / "clock" / "warehouse.duckdb"
    path.parent.mkdir()
    path.write_bytes(b"no ledger at all" * 300)
    with pytest.raises(NewsledgerError) as caught:
        open_warehouse(path)
    assert not isinstance(caught.value, LockedError)
    assert str(path) in str(caught.value)
