"""The files that put newsledger on a server: valid, hardened, without secrets, naming flows that exist."""

from __future__ import annotations

import ast
import fnmatch
import re
import shlex
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.events import EVENTS, FEED_PUSHED, FILES_WAITING

ROOT = Path(__file__).resolve().parents[3]
YAMLLINT = "{extends: default, rules: {line-length: {max: 120}, comments: {min-spaces-from-content: 1}}}"


@cache
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


@cache
def deployments() -> list[dict[str, Any]]:
    return list(yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"])


SERVICES = sorted(compose()["services"])
OURS = [name for name in SERVICES if compose()["services"][name]["image"].startswith("newsledger:")]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_compose_file_is_valid() -> None:
    done = _run("check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_yaml_is_clean() -> None:
    done = _run("yamllint", "--strict", "-d", YAMLLINT, "docker-compose.yml", "prefect.yaml")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened_and_limited(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service["user"].startswith(("0", "root"))
    assert {"mem_limit", "cpus", "pids_limit"} <= set(service)
    assert not service.get("privileged", False)


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned_to_a_patch_version(name: str) -> None:
    tag = compose()["services"][name]["image"].partition(":")[2]
    assert re.match(r"\d+\.\d+", tag), tag


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "deploy"])
def test_every_lasting_service_says_whether_it_is_healthy(name: str) -> None:
    assert compose()["services"][name]["healthcheck"]["test"]
    assert compose()["services"][name]["restart"] == "unless-stopped"


def test_ports_are_open_to_this_machine_only() -> None:
    ports = [port for service in compose()["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("name", OURS)
def test_every_prefect_process_keeps_to_itself(name: str) -> None:
    environment = compose()["services"][name]["environment"]
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"


def test_secrets_come_from_outside_and_must_be_given() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    uses = re.findall(r"\$\{NEWSLEDGER_DB_PASSWORD[^}]*\}", text)
    assert len(uses) == 2
    assert all(":?" in use for use in uses)
    assert not re.search(r"(?i)(password|secret|token|key): *[\"']?[a-z0-9]", text)


def test_the_database_is_not_reached_from_outside() -> None:
    assert compose()["networks"]["inside"]["internal"] is True
    assert compose()["services"]["postgres"]["networks"] == ["inside"]


def test_deploy_worker_and_deployments_name_the_same_pool() -> None:
    deploy = compose()["services"]["deploy"]["command"][-1]
    worker = compose()["services"]["worker"]["command"]
    pool = worker[worker.index("--pool") + 1]
    assert f"work-pool create {pool} --type process" in deploy
    assert {deployment["work_pool"]["name"] for deployment in deployments()} == {pool}
    assert worker[worker.index("--limit") + 1] == "1"


@pytest.mark.parametrize("deployment", deployments(), ids=lambda deployment: deployment["entrypoint"])
def test_a_deployment_names_a_flow_and_its_parameters(deployment: dict[str, Any]) -> None:
    function = _flow_function(deployment["entrypoint"])
    arguments = [*function.args.args, *function.args.kwonlyargs]
    accepted = {argument.arg for argument in arguments}
    optional = {
        argument.arg for argument in function.args.args[-len(function.args.defaults) or len(arguments) :]
    }
    assert set(deployment["parameters"]) <= accepted
    assert accepted - optional <= set(deployment["parameters"])


def _flow_function(entrypoint: str) -> ast.FunctionDef:
    """Return the function an entrypoint names, which must be a flow; nothing is imported."""
    module, _, name = entrypoint.partition(":")
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            assert any("flow" in ast.unparse(decorator) for decorator in node.decorator_list)
            return node
    pytest.fail(f"{path} has no function {name}")


def test_the_feeds_are_polled_every_half_hour_and_never_twice_at_once() -> None:
    runs = [deployment for deployment in deployments() if deployment["entrypoint"] == "flows.run:run"]
    assert [schedule["interval"] for run in runs for schedule in run["schedules"]] == [1800]
    assert all(run["concurrency_limit"]["limit"] == 1 for run in runs)


def test_every_event_a_deployment_waits_for_is_told() -> None:
    expected = {
        name for one in deployments() for trigger in one.get("triggers", []) for name in trigger["expect"]
    }
    assert expected == {FILES_WAITING.name, FEED_PUSHED.name}


def test_every_event_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for event in EVENTS:
        carries = ", ".join(f"`{key}`" for key in event.payload)
        assert f"| `{event.name}` | `{event.resource}` | {carries} | {event.when} |" in text


def test_prefect_knows_every_setting_of_prefect_toml() -> None:
    from prefect.settings import Settings  # noqa: PLC0415 - slow

    written = tomllib.loads((ROOT / "prefect.toml").read_text(encoding="utf-8"))
    settings = Settings()
    for path in _leaves(written):
        value: Any = settings
        for key in path:
            assert hasattr(value, key), f"prefect.toml: Prefect has no setting {'.'.join(path)}"
            value = getattr(value, key)
    assert written["server"]["analytics_enabled"] is False


def _leaves(table: dict[str, Any], path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [
        leaf
        for key, value in table.items()
        for leaf in (_leaves(value, (*path, key)) if isinstance(value, dict) else [(*path, key)])
    ]


def test_the_image_is_built_from_pinned_bases_and_runs_as_a_plain_user() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert all(re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", base) for base in bases)
    assert [line for line in lines if line.startswith("USER ")] == ["USER newsledger"]


def test_what_the_image_copies_exists_and_is_let_into_the_build() -> None:
    let_in = _let_in()
    sources = _copied_sources()
    assert "prefect.yaml" in sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, pattern) for pattern in let_in), source


def _let_in() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line[1:] for line in lines if line.startswith("!")]


def _copied_sources() -> list[str]:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copies = [shlex.split(line)[1:-1] for line in lines if line.startswith("COPY ")]
    return [source for words in copies if not words[0].startswith("--from") for source in words]


def test_every_package_of_the_project_is_in_the_image() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["tool"]["uv"]["build-backend"]["module-name"]) <= set(_copied_sources())
