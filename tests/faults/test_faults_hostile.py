"""A hundred hosts that misbehave, polled at once: each ends in its own outcome, in time, in little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsledger.fetch.raw.readback import kept_entries
from tests.faults.hostile.certificate import make_certificate
from tests.faults.hostile.server import BEHAVIOURS, TLS, WELL, Hostile, hostile

DEADLINE = 5.0
"""Seconds for one request; a host whose robots.txt is slow as well has two."""
NAMES = {
    "dns-silent": "timeout",
    "dns-nowhere": "dns",
    "dns-inside": "address refused",
    "nobody-listens": "connection",
}
EXPECTED = {name: reason for name, (_, reason) in BEHAVIOURS.items()} | TLS | NAMES


@dataclass
class Met:
    """What a run over all hosts found."""

    found: dict[str, dict[str, Any]]
    memory_kb: int
    asked: list[tuple[str, str]]
    raw: Path


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Met]:
    folder = tmp_path_factory.mktemp("hostile")
    with hostile(make_certificate(folder, "tls-self-signed.test")) as server:
        ports = folder / "ports.json"
        ports.write_text(json.dumps(addresses(server)))
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.faults.hostile.meet",
                str(ports),
                str(DEADLINE),
                str(folder / "raw"),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        yield Met(said["found"], said["memory_kb"], server.asked, folder / "raw")


def addresses(server: Hostile) -> dict[str, str]:
    urls = {
        name: f"{'https' if name in TLS else 'http'}://{name}.test:{port}/feed"
        for name, port in server.ports.items()
    }
    any_port = server.ports["well-0"]
    named = {name: f"http://{name}.test:{any_port}/feed" for name in NAMES}
    return urls | named | {"nobody-listens": "http://nobody-listens.test:1/feed"}


def test_there_are_at_least_forty_behaviours() -> None:
    assert len(EXPECTED) - len(WELL) >= 100


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_ends_in_its_own_outcome(met: Met, name: str) -> None:
    found, reason = met.found[name], EXPECTED[name]
    assert found["seconds"] < 2 * DEADLINE + 1
    if reason == "":
        assert (found["status"], found["items"] > 0) == ("ok", True), found
    elif reason != "*":  # of those it matters that they end, and are either read or refused
        assert (found["status"], found["reason"].partition(":")[0]) == ("failed", reason), found
    if found["status"] == "failed":
        assert found["reason"]


def test_memory_stays_small(met: Met) -> None:
    assert met.memory_kb < 300_000


def test_no_well_host_is_delayed(met: Met) -> None:
    slow = [f["ended"] for f in met.found.values() if f["reason"] == "timeout"]
    assert max(met.found[name]["ended"] for name in WELL) < min(slow)


def test_external_entities_are_neither_shown_nor_fetched(met: Met) -> None:
    assert not any("root:" in title for title in met.found["external-entities"]["titles"])
    assert not [path for _, path in met.asked if path == "/spy"]


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("too-many-with-seconds", 900), ("too-many-with-date", 1200), ("unavailable-with-seconds", 600)],
)
def test_the_time_asked_for_is_kept(met: Met, name: str, seconds: float) -> None:
    assert met.found[name]["retry_after"] == pytest.approx(seconds, abs=10)


def test_a_time_that_is_none_is_left_to_us(met: Met) -> None:
    assert met.found["retry-after-that-is-no-time"]["retry_after"] is None


def test_many_items_are_cut(met: Met) -> None:
    assert met.found["a-hundred-thousand-items"]["items"] <= 2_000


def test_every_request_is_in_the_journal_with_its_end(met: Met) -> None:
    ends = {
        e.url.removeprefix("https://").removeprefix("http://").partition(".test")[0]: e.reason
        for e in kept_entries(met.raw, kind="feed")
    }
    assert ends.keys() == EXPECTED.keys()
    transport = {name: r for name, r in ends.items() if r}
    assert transport == {name: met.found[name]["reason"] for name in transport}
