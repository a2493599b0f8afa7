"""The workflow engine, started and stopped with the command that needs it.

Left alone, Prefect starts a server inside the client: slow, chatty on stderr at exit, and once more in
every worker process. Here one server runs as a child process on a free loopback port while the client
is imported, keeps its database below the project's state folder, and sends nothing to anybody.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from schemas.errors import NewsledgerError

API_URL = "PREFECT_API_URL"
"""Names a server that runs already; then nothing is started here."""
FIRST_START = (
    "Starting the embedded workflow engine; the first start prepares its database and takes about 20 s"
)
HEALTH_SECONDS = 180.0
"""How long the server may take. It needs 5 to 16 s on two free cores, 75 s were seen on busy ones."""
STOP_SECONDS = 10.0
"""How long the server may take to leave when asked, before it is killed."""

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}
"""No telemetry. Errors of a flow reach the caller as exceptions, so the log need not repeat them."""
SERVER_ONLY = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
"""What Prefect itself sets for a server that lives as long as its client: no pages, no scheduler."""

# The child finds our modules where this process found them, installed or not.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from flows.embedded import serve_until_orphaned; serve_until_orphaned()"
)


EMBEDDED = "NEWSLEDGER_ENGINE_EMBEDDED"
"""Set while an engine of our own runs: it ends with the command, nobody looks at its pages or its events."""


def is_embedded() -> bool:
    """Return whether the workflow engine is our own, and not a server that others look at."""
    return EMBEDDED in os.environ


@contextmanager
def embedded_prefect(state_dir: Path, *, announce: Callable[[str], None]) -> Iterator[None]:
    """Keep a Prefect server running, and Prefect's client set to it, for the length of the block.

    Enter it before anything imports Prefect: the server boots while the client is imported. Does nothing
    when ``PREFECT_API_URL`` names a server.

    Args:
        state_dir: folder for the server's database (``prefect/``) and log (``prefect/server.log``).
        announce: told once, when this is the folder's first start, that it takes long.

    Raises:
        NewsledgerError: the server ended or was not healthy in time; the message names its log.
    """
    if os.environ.get(API_URL):
        yield
        return
    with _own_home(state_dir) as home, _environment({**QUIET, EMBEDDED: "1", "PREFECT_HOME": str(home)}):
        if not (home / "prefect.db").exists():
            announce(FIRST_START)
        with Server(home) as server, _environment({API_URL: server.api_url}), _client_set_to(server):
            server.wait_until_healthy()
            yield


class Server:
    """A Prefect server as a child process. It starts with the object and ends with the ``with`` block.

    The child also ends when this process does, however it is killed: it holds the other end of a pipe.

    Attributes:
        api_url: the address of its API.
        log: the file that has what it says.
    """

    def __init__(self, home: Path) -> None:
        self.log = home / "server.log"
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter, no outside words
                [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **SERVER_ONLY},
                start_new_session=True,  # Ctrl-C is ours to handle: the flow still reports its end
            )
        self._was_healthy = False
        self.api_url = f"http://127.0.0.1:{self._read_port()}/api"

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._child.pid

    def wait_until_healthy(self, *, seconds: float = HEALTH_SECONDS) -> None:
        """Return as soon as the API answers.

        Raises:
            NewsledgerError: the child ended, or the seconds passed.
        """
        deadline = time.monotonic() + seconds
        while not self._is_healthy():
            if self._child.poll() is not None:
                raise self._failure(f"ended with code {self._child.returncode}")
            if time.monotonic() > deadline:
                raise self._failure(f"was not ready after {seconds:g} s")
            time.sleep(0.05)
        self._was_healthy = True

    def stop(self) -> None:
        """End the child and collect it; one that is still starting would not listen and is killed."""
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        if self._was_healthy:
            self._child.terminate()
        else:
            self._child.kill()
        try:
            self._child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _read_port(self) -> int:
        """Return the port the child says it has bound, which is the first thing it does."""
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        if not line:
            self._child.wait()
            failure = self._failure(f"ended with code {self._child.returncode}")
            self.stop()
            raise failure
        return int(line)

    def _is_healthy(self) -> bool:
        # No proxy: the address is our own, whatever the environment says of the outside.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.api_url}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _failure(self, what: str) -> NewsledgerError:
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "it is empty")
        return NewsledgerError(
            f"the embedded workflow engine {what}; the last line of {self.log}: {last}",
            hint=f"read {self.log}; if its database is damaged, delete {self.log.parent} (it holds no news)",
        )


def serve_until_orphaned() -> None:
    """Run the server in this process until it is told to end or its parent is gone.

    The first line on stdout is the port; it is bound here, so nobody can take it in between. The end of
    stdin means that the parent died.
    """
    bound = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{bound.getsockname()[1]}\n")
    sys.stdout.flush()
    os.dup2(2, 1)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    import uvicorn  # noqa: PLC0415 - only the child needs it

    config = uvicorn.Config(
        "prefect.server.api.server:create_app", factory=True, log_level="error", lifespan="on"
    )
    uvicorn.Server(config).run(sockets=[bound])


def _leave_with_parent() -> None:
    """Wait for the end of stdin, then end this process, in good order if that is quick."""
    while os.read(0, 1):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(1)


@contextmanager
def _own_home(state_dir: Path) -> Iterator[Path]:
    """Give a Prefect home no other server uses: SQLite serves one well and two badly."""
    for name in ("prefect", *(f"prefect-{n}" for n in range(2, 10))):
        home = state_dir / name
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / "server.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        try:
            yield home
        finally:
            lock.release()
        return
    raise NewsledgerError(f"{state_dir}: nine workflow engines run here already", hint="wait for them to end")


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment and put back what was there."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _client_set_to(server: Server) -> Iterator[None]:
    """Import Prefect and point it at a server, also when it was imported before.

    The heartbeat thread sleeps in steps of a second and is joined at the end of every flow; no variable
    can switch it off, a setting can. Nobody watches the heartbeat of a flow that ends with its server.
    """
    from prefect.settings import temporary_settings  # noqa: PLC0415 - slow, and reads the environment

    settings = {
        "api.url": server.api_url,
        "home": server.log.parent,
        "flows.heartbeat_frequency": None,
        "logging.level": QUIET["PREFECT_LOGGING_LEVEL"],
        "logging.to_api.enabled": False,
    }
    with temporary_settings(settings):
        try:
            yield
        finally:
            _send_what_is_left()


def _send_what_is_left() -> None:
    """Let the client's event thread finish while there is a server to listen.

    Left over, the thread tries every event for seconds at the end of the process, and complains of each.
    """
    from prefect.events.worker import EventsWorker  # noqa: PLC0415 - see above

    # It warns of the very items it is being asked to finish.
    logging.getLogger(EventsWorker.__name__).setLevel(logging.ERROR)
    EventsWorker.drain_all(timeout=STOP_SECONDS, at_exit=False)
