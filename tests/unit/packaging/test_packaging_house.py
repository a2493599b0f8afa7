"""The style of the house, measured: sizes, annotations, docstrings, swallowed errors, links of the docs."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ["schemas", "newsledger", "warehouse", "expectations", "flows"]
LONGEST_FUNCTION = 80
LONGEST_MODULE = 500
MEDIAN_FUNCTION = 12

FunctionDef = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def functions() -> Iterator[tuple[str, FunctionDef]]:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def lines(node: FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_over_80_lines() -> None:
    assert [where for where, node in functions() if lines(node) > LONGEST_FUNCTION] == []


def test_the_median_function_has_at_most_12_lines() -> None:
    assert statistics.median(lines(node) for _, node in functions()) <= MEDIAN_FUNCTION


def test_no_module_is_over_500_lines() -> None:
    long = [
        str(path.relative_to(ROOT)) for path in modules() if path.read_text().count("\n") > LONGEST_MODULE
    ]
    assert long == []


def test_every_public_function_has_a_docstring() -> None:
    bare = [
        where for where, node in functions() if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert bare == []


def test_no_error_is_caught_and_ignored() -> None:
    ignored = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and all(isinstance(part, ast.Pass) for part in node.body)
    ]
    assert ignored == []


@pytest.mark.parametrize("path", [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"], ids=lambda p: p.name)
def test_every_link_of_the_documentation_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_importing_the_extractor_loads_no_orchestration_and_no_audit() -> None:
    code = (
        "import sys, newsledger.extract as _; "
        "print([m for m in ('prefect', 'great_expectations', 'duckdb') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, newsledger.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = ('prefect', 'great_expectations', 'duckdb', 'spacy', 'trafilatura', 'pandas', 'pydantic')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip().splitlines()[-1] == "[]"
