"""The embedded workflow engine: it serves flows, keeps to itself, and never outlives its parent."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import embedded
from flows.embedded import FIRST_START, Server, embedded_prefect
from schemas.errors import NewsledgerError

ROOT = Path(__file__).resolve().parents[2]

TWO_USES = """
import json, os, sys
from pathlib import Path
asked = set()
def watch(event, args):
    if event == "socket.connect":
        asked.add(str(args[1][0]) if isinstance(args[1], tuple) else "unix")
    elif event == "socket.getaddrinfo":
        asked.add(str(args[0]))
sys.addaudithook(watch)
from flows import embedded
servers, words, results = [], [], []
start = embedded.Server.wait_until_healthy
def remember(server, **kwargs):
    servers.append(server.pid)
    start(server, **kwargs)
embedded.Server.wait_until_healthy = remember
def use():
    with embedded.embedded_prefect(Path(sys.argv[1]), announce=words.append):
        from prefect import flow, task
        from prefect.settings import get_current_settings
        @task
        def doubled(number):
            return 2 * number
        @flow(name="trivial", persist_result=False)
        def trivial(number):
            return doubled(number)
        results.append(trivial(21))
        results.append(get_current_settings().flows.heartbeat_frequency)
use()
use()
gone = [not Path(f"/proc/{pid}").exists() for pid in servers]
print(json.dumps({"asked": sorted(asked), "words": words, "results": results, "gone": gone,
    "left": sorted(name for name in os.environ if name.startswith("PREFECT"))}))
"""
"""Two uses of the same folder in one process, watched from its first import on."""

ORPHANING = """
import sys
from pathlib import Path
from flows.embedded import Server
server = Server(Path(sys.argv[1]))
print(server.pid, flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the process of :data:`TWO_USES` said."""

    asked: list[str]
    words: list[str]
    results: list[int | None]
    gone: list[bool]
    left: list[str]
    stderr: str


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    command = [sys.executable, "-c", TWO_USES, str(tmp_path_factory.mktemp("state"))]
    done = subprocess.run(
        command, env=_environment(), capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr
    return Told(**json.loads(done.stdout), stderr=done.stderr)


def test_flows_run_twice_in_the_same_folder_without_heartbeat(told: Told) -> None:
    assert told.results == [42, None, 42, None]


def test_only_the_first_start_is_announced(told: Told) -> None:
    assert told.words == [FIRST_START]


def test_nothing_but_loopback_is_asked(told: Told) -> None:
    assert "127.0.0.1" in told.asked
    assert set(told.asked) <= {"127.0.0.1", "localhost", "unix"}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to look for processes")
def test_servers_are_gone_and_the_environment_is_as_before(told: Told) -> None:
    assert told.gone == [True, True]
    assert told.left == []


def test_nothing_is_said_on_stderr(told: Told) -> None:
    assert told.stderr == ""


def test_a_server_that_is_named_is_used_and_none_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    with embedded_prefect(tmp_path, announce=pytest.fail):
        assert list(tmp_path.iterdir()) == []


def test_a_server_that_cannot_start_names_its_log_and_last_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_BOOT", "raise SystemExit('no room for the database')")
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with (
        pytest.raises(NewsledgerError, match=r"ended with code 1.*server\.log: no room for the database"),
        embedded_prefect(tmp_path, announce=lambda line: None),
    ):
        pytest.fail("a flow was started without a server")
    assert "PREFECT_API_URL" not in os.environ


def test_a_server_that_dies_while_waited_for_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        embedded, "_BOOT", "import sys; print(9, flush=True); sys.stdin.read(); sys.exit('bye')"
    )
    with Server(tmp_path) as server:
        os.kill(server.pid, signal.SIGKILL)
        with pytest.raises(NewsledgerError, match=f"ended with code -{signal.SIGKILL.value}"):
            server.wait_until_healthy(seconds=60)


def test_a_server_that_never_answers_is_given_up_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_BOOT", "import sys; print(9, flush=True); sys.stdin.read()")
    with (
        Server(tmp_path) as server,
        pytest.raises(NewsledgerError, match=r"was not ready after 0\.1 s; .*it is empty"),
    ):
        server.wait_until_healthy(seconds=0.1)
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)


def test_two_runs_at_once_have_a_database_each(tmp_path: Path) -> None:
    with embedded._own_home(tmp_path) as first, embedded._own_home(tmp_path) as second:
        assert (first.name, second.name) == ("prefect", "prefect-2")
    with embedded._own_home(tmp_path) as again:
        assert again == first


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a foreign process with a pidfd")
def test_a_killed_parent_takes_its_server_along(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ORPHANING, str(tmp_path)]
    with subprocess.Popen(
        command, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        watched = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    ended, _, _ = select.select([watched], [], [], 60)
    os.close(watched)
    assert ended
