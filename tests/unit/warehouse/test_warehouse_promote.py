"""Promotion: whole or not at all, once, in any order; reprints speak once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.audit import Audit, Check, Hold
from schemas.contract import VIEWS
from schemas.errors import AuditBlockedError
from tests.unit.warehouse.newsroom import CLOCK, NO_AUDIT, Article, Ledger, at, batch
from warehouse.days import derive_day
from warehouse.promote import promote
from warehouse.stage import stage


def newsday() -> list[Article]:
    """Documents of two days with a wire, its reprints, an update, an undated one and a round-up."""
    wire = Article("wire", at(6, 8), "Wire", agency="AP").figure("strikers", 48)
    copy = Article("copy1", at(6, 9), "Gull").figure("strikers", 48).position("union", "pay", "supports")
    roundup = Article("roundup", at(8, 9), "Gull").figure("strikers", 46)
    return [
        wire.position("union", "pay", "supports"),
        copy.repeats("wire"),
        Article("copy2", at(6, 10), "Tern").figure("strikers", 48).repeats("wire").repeats("copy1"),
        Article("other", at(6, 11), "Skua").figure("strikers", 47).figure("toll", 3, "at_least"),
        Article("late", at(8, 7), "Tern").figure("strikers", 48).repeats("wire"),
        Article("fresh", at(8, 8), "Skua").figure("strikers", 46).figure("toll", 4),
        roundup.repeats("fresh", "embeds").repeats("other", "embeds"),
        Article("undated", None, "Gull").figure("strikers", 1000),
    ]  # fmt: skip


def published(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Everything readers see, without runs, revisions and what follows from them."""
    skip = {"run_id", "revision", "content_sha256", "revised_because", "is_latest"}
    told = {}
    for view in VIEWS:
        if view.name in ("outcomes", "feeds", "audits", "editions", "revisions"):
            continue
        columns = ", ".join(c.name for c in view.columns if c.name not in skip)
        told[view.name] = ledger.ask(f"SELECT {columns} FROM {view.name} ORDER BY ALL")
    told["editions"] = ledger.ask(
        "SELECT day, content_sha256, documents FROM editions WHERE is_latest ORDER BY ALL"
    )
    return told


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    ledger = Ledger(tmp_path_factory.mktemp("whole"))
    ledger.add(*newsday())
    return published(ledger)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(8)), cuts=st.sets(st.integers(1, 7), max_size=3))
def test_any_order_and_batching_publishes_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    whole: dict[str, list[tuple[object, ...]]],
    order: Sequence[int],
    cuts: set[int],
) -> None:
    articles = [newsday()[n] for n in order]
    ledger = Ledger(tmp_path_factory.mktemp("parts"))
    ends = [0, *sorted(cuts), len(articles)]
    for start, end in pairwise(ends):
        ledger.add(*articles[start:end])
    assert published(ledger) == whole


def test_reprints_speak_once_but_all_their_outlets_count(whole: dict[str, list[tuple[object, ...]]]) -> None:
    first, second = (row for row in whole["readings"] if row[2] == "strikers")
    assert (first[3], first[9], first[10], first[11]) == (48, 1, 3, True)
    assert (second[3], second[9]) == (46, 1), "a reprint of the day before is silent, whatever it repeats"


def test_reprint_names_its_origin(whole: dict[str, list[tuple[object, ...]]]) -> None:
    names = [c.name for c in VIEWS[0].columns if c.name not in ("run_id", "is_latest")]
    rows = [dict(zip(names, row, strict=True)) for row in whole["documents"]]
    origins = {row["document_id"]: (row["reprint_of"], row["reprint_relation"]) for row in rows}
    assert origins["dwire"] == (None, None)
    assert origins["dcopy1"] == origins["dcopy2"] == origins["dlate"] == ("dwire", "same")
    assert origins["droundup"] == ("dother", "embeds")
    assert origins["dfresh"] == (None, None), "a round-up that embeds two texts makes them no one text"


def test_update_replaces_the_numbers_of_the_text_it_updates_and_of_its_reprints(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(
        Article("wire", at(6, 8), "Wire").figure("toll", 10),
        Article("copy", at(6, 9), "Gull").figure("toll", 10).repeats("wire"),
        Article("wire2", at(6, 12), "Wire").figure("toll", 23).repeats("wire", "update"),
    )
    assert ledger.ask("SELECT value, texts, is_disputed FROM readings") == [(23, 1, False)]


def test_undated_document_is_kept_and_belongs_to_no_day(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    done = ledger.add(Article("undated", None).figure("strikers", 48))
    assert (done.new_documents, done.new_figures, done.days) == (1, 1, ())
    assert ledger.ask("SELECT count(*) FROM figures") == [(1,)]
    assert ledger.ask("SELECT count(*) FROM editions") == [(0,)]


def test_day_begins_at_midnight_of_the_story(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(
        Article("evening", at(6, 20, 59)).figure("strikers", 48),
        Article("night", at(6, 21, 0)).figure("strikers", 49),
    )
    assert ledger.ask("SELECT day::VARCHAR, value FROM readings ORDER BY day") == [
        ("2031-05-06", 48),
        ("2031-05-07", 49),
    ]


def test_promoting_twice_changes_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    staged = ledger.staged(*newsday(), run="run1")
    first = promote(ledger.path, staged, NO_AUDIT)
    tables = "SELECT table_name, estimated_size FROM duckdb_tables() ORDER BY ALL"
    before = (published(ledger), ledger.ask(tables))
    again = promote(ledger.path, staged, NO_AUDIT)
    assert (again.is_new, again.number, again.days) == (False, first.number, ())
    assert (published(ledger), ledger.ask(tables)) == before


def test_the_same_records_in_another_run_make_no_revision(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(*newsday())
    before = published(ledger)
    again = ledger.add(*newsday(), clock=CLOCK + timedelta(hours=1))
    assert (again.new_documents, again.new_figures, again.days) == (0, 0, ())
    assert published(ledger) == before


def test_keys_stay_unique_after_many_batches(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for _ in range(2):
        ledger.add(*newsday(), *newsday())
    for table, key in {
        "documents": "document_id, version",
        "figures": "figure_id, codebook_version",
        "positions": "position_id, codebook_version",
        "links": "document_id, version, other_id",
        "extractions": "document_id, version, story, codebook_version",
        "editions": "day, revision",
        "readings": "day, revision, story, indicator",
        "placements": "document_id, story",
        "sketches": "hash, document_id",
    }.items():
        assert ledger.ask(f"SELECT {key} FROM ledger.{table} GROUP BY ALL HAVING count(*) > 1") == []


def test_blocked_audit_promotes_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    check = Check(
        "figures", "evidence_verbatim", "evidence", "critical", False, 4, 3, "f1", "words are in the text"
    )
    with pytest.raises(AuditBlockedError, match=r"figures\.evidence_verbatim \(3 of 4"):
        ledger.add(*newsday(), checks=[check])
    assert ledger.ask("SELECT count(*) FROM documents") == [(0,)]


def test_held_rows_are_kept_shown_and_silent(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    holds = [
        Hold("figure", "fother-1-0", "step", "47 after 4"),
        Hold("document", "dfresh", "not_future", "dated in the future"),
        Hold("position", "pwire-1-0", "actor_known", "nobody"),
    ]
    done = ledger.add(*newsday()[:6], holds=holds)
    assert done.held == 3
    assert ledger.ask("SELECT record_kind, record_id, document_id, story FROM held ORDER BY ALL") == [
        ("document", "dfresh", "dfresh", "harbour"),
        ("figure", "fother-1-0", "dother", "harbour"),
        ("position", "pwire-1-0", "dwire", "harbour"),
    ]
    assert ledger.ask("SELECT figure_id FROM figures WHERE is_held ORDER BY ALL") == [
        ("ffresh-1-0",), ("ffresh-1-1",), ("fother-1-0",),
    ]  # fmt: skip
    assert ledger.ask(
        "SELECT is_disputed FROM readings WHERE indicator = 'strikers' AND day < '2031-05-08'"
    ) == [(False,)]
    assert ledger.ask("SELECT indicator FROM readings WHERE day = '2031-05-08'") == []
    assert ledger.ask("SELECT outcome, reason FROM outcomes WHERE document_id = 'dfresh'") == [
        ("held", "not_future")
    ]


def test_future_document_makes_no_edition_of_its_day(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    hold = Hold("document", "dfuture", "not_future", "dated in 2099")
    far = at(6).replace(year=2099)
    ledger.add(
        Article("now", at(20)).figure("strikers", 48),
        Article("future", far).figure("strikers", 1),
        holds=[hold],
    )
    assert ledger.ask("SELECT day::VARCHAR, documents, held FROM editions") == [("2031-05-20", 1, 1)]


def test_late_document_revises_its_day_and_the_days_it_reaches(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for day, value in ((6, 48), (8, 46), (10, 46)):
        ledger.add(Article(f"a{day}", at(day)).figure("strikers", value))
    done = ledger.add(Article("late", at(7)).figure("strikers", 46))
    assert [str(day) for day, _ in done.days] == ["2031-05-07", "2031-05-08"]
    assert ledger.ask("SELECT day::VARCHAR, kind FROM figure_changes ORDER BY day") == [
        ("2031-05-06", "new"),
        ("2031-05-07", "fall"),
    ]
    assert ledger.ask("SELECT kind FROM ledger.figure_changes WHERE day = '2031-05-08'") == [("fall",)]
    assert ledger.ask("SELECT revised_because FROM editions WHERE is_latest AND day = '2031-05-08'") == [
        ("records held or an earlier day revised",)
    ]


def test_revision_tells_what_brought_it(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 48), clock=at(6, 12))
    ledger.add(Article("b", at(6)), Article("c", at(6)), clock=at(6, 13))
    ledger.add(Article("d", at(6)), clock=at(7, 13))
    ledger.add(Article("a", at(6), version=2).figure("strikers", 48).figure("toll", 1), clock=at(7, 14))
    assert ledger.ask("SELECT revised_because FROM editions ORDER BY revision") == [
        ("",),
        ("2 more documents",),
        ("1 late document",),
        ("1 document edited by its outlet",),
    ]


def test_held_attendance_is_not_shown(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    article = Article("a", at(6)).attends("Ann").attends("Bob")
    ledger.add(article, holds=[Hold("attendance", "aa-1-0", "evidence_verbatim", "not in the text")])
    assert ledger.ask("SELECT attendance_id FROM ledger.edition_attendance") == [("aa-1-1",)]
    assert ledger.ask("SELECT record_kind, evidence FROM held") == [("attendance", "Ann came")]


def test_change_keeps_its_id_through_revisions(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 48))
    ledger.add(Article("b", at(6), "Tern").figure("strikers", 48))
    ids = ledger.ask("SELECT revision, change_id FROM ledger.figure_changes ORDER BY revision")
    assert [revision for revision, _ in ids] == [1, 2]
    assert ids[0][1] == ids[1][1]
    assert len(ids[0][1]) == 16


def test_new_codebook_version_reads_the_same_documents_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 48), Article("b", at(8)).figure("strikers", 48))
    done = ledger.add(Article("a", at(6), codebook_version="2/def").figure("toll", 48))
    assert done.new_documents == 0
    assert [(str(day), revision) for day, revision in done.days] == [("2031-05-06", 2), ("2031-05-08", 2)]
    assert ledger.ask("SELECT day::VARCHAR, indicator FROM readings ORDER BY day") == [
        ("2031-05-06", "toll"),
        ("2031-05-08", "strikers"),
    ]
    assert ledger.ask("SELECT figure_id, indicator FROM figures ORDER BY ALL") == [
        ("fa-1-0", "toll"),
        ("fb-1-0", "strikers"),
    ]
    (because,) = ledger.ask("SELECT revised_because FROM editions WHERE day = '2031-05-06' AND revision = 2")
    assert because == ("1 document read with another codebook",)


def test_document_that_no_longer_matches_leaves_its_day(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 48), Article("b", at(6)).figure("strikers", 47))
    ledger.add(Article("a", at(6), codebook_version="2/def", stories=()))
    assert ledger.ask("SELECT value, is_disputed FROM readings") == [(47, False)]
    assert ledger.ask("SELECT document_id, stories FROM documents ORDER BY ALL") == [
        ("da", []),
        ("db", ["harbour"]),
    ]


def test_document_that_gets_another_date_moves_to_its_day(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(Article("a", at(6)).figure("strikers", 48))
    ledger.add(Article("a", at(8), version=2).figure("strikers", 48))
    assert ledger.ask("SELECT day::VARCHAR FROM readings") == [("2031-05-08",)]
    assert ledger.ask("SELECT day::VARCHAR, documents FROM editions WHERE is_latest ORDER BY day") == [
        ("2031-05-06", 0),
        ("2031-05-08", 1),
    ]


def test_failure_inside_the_transaction_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(newsday()[0])
    before = published(ledger)
    staged = ledger.staged(*newsday())

    def fail(*_: object) -> None:
        raise RuntimeError("pulled the plug")

    with monkeypatch.context() as patch:
        patch.setattr("warehouse.days._write", fail)
        with pytest.raises(RuntimeError, match="plug"):
            promote(ledger.path, staged, NO_AUDIT)
    assert published(ledger) == before
    assert promote(ledger.path, staged, NO_AUDIT).is_new


_KILLED = """
import os, signal, sys
from pathlib import Path
import warehouse.days, warehouse.promote, warehouse.revise
from schemas.audit import Audit

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[3] == "revise":
    warehouse.revise.revise_day = die
else:
    warehouse.days._write = die
warehouse.promote.promote(Path(sys.argv[1]), Path(sys.argv[2]), Audit((), ()))
"""


@pytest.mark.parametrize("moment", ["revise", "write"])
def test_process_killed_inside_the_transaction_leaves_nothing(tmp_path: Path, moment: str) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(newsday()[0])
    before = published(ledger)
    staged = ledger.staged(*newsday())
    command = [sys.executable, "-c", _KILLED, str(ledger.path), str(staged), moment]
    assert subprocess.run(command, check=False, cwd=Path(__file__).parents[3]).returncode == -signal.SIGKILL
    assert published(ledger) == before
    assert promote(ledger.path, staged, NO_AUDIT).new_documents == len(newsday()) - 1


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from schemas.audit import Audit
from schemas.errors import PublishError
from warehouse.promote import promote
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    promote(Path(sys.argv[1]), Path(sys.argv[2]), Audit((), ()))
except PublishError as error:
    print(error)
    sys.exit(7)
"""


def test_full_disk_leaves_the_ledger_as_before(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(newsday()[0])
    before = published(ledger)
    staged = ledger.staged(*newsday())
    command = [sys.executable, "-c", _FULL_DISK, str(ledger.path), str(staged)]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True)
    assert done.returncode == 7, done.stderr
    assert "the ledger is as before" in done.stdout
    assert published(ledger) == before
    assert promote(ledger.path, staged, NO_AUDIT).new_documents == len(newsday()) - 1


def test_deriving_a_stored_day_again_says_the_same(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add(*newsday())
    con = ledger.open()
    (day,) = con.execute("SELECT max(day) FROM readings").fetchone() or (None,)
    derived = derive_day(con, day)
    stored = con.execute("SELECT figure_id FROM readings WHERE day = ? ORDER BY ALL", [day]).fetchall()
    con.close()
    assert sorted(row["figure_id"] for row in derived["readings"]) == [row[0] for row in stored]


def test_audit_results_are_kept_with_their_run(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    check = Check(
        "figures", "step", "value", "row", False, 9, 1, "f1", "no larger step than the codebook allows"
    )
    ledger.add(newsday()[0], checks=[check], run="run7")
    assert ledger.ask("SELECT run_id, suite, severity, failed FROM audits") == [("run7", "figures", "row", 1)]


def test_staging_file_of_an_earlier_try_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "staging.duckdb"
    path.write_bytes(b"half a file")
    made = batch(newsday())
    token = stage(path, made, [(Ledger(tmp_path).book, "1/abc")])
    assert token == stage(path, made, [(Ledger(tmp_path).book, "1/abc")])
    assert promote(tmp_path / "w.duckdb", path, Audit((), ())).new_documents == len(newsday())
