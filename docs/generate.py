"""Write the documents that are made from the code, or check that they are up to date.

    python docs/generate.py [--check]

Makes ``docs/data-dictionary.md`` from :mod:`schemas.contract`, ``schemas/json/*.schema.json`` from the
models, and the command reference in ``docs/cli.md`` from the command line's own help.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from cyclopts import App
from rich.console import Console

from newsledger.cli import COMMANDS, EPILOGUE, GROUPS, build_app
from schemas.contract import MACROS, VIEWS
from schemas.json_schema import MODELS, schema_of
from schemas.published import View

ROOT = Path(__file__).resolve().parent.parent


def data_dictionary() -> str:
    """Return the dictionary of the published views as Markdown."""
    head = [
        "# Data dictionary",
        "",
        "Every view of the published snapshot `newsledger.duckdb`, generated from `schemas/contract.py` by",
        "`python docs/generate.py`. Columns may be added; none is renamed or removed but by a major version.",
        'The same texts are in the file itself: `newsledger sql "select * from duckdb_columns()"`.',
        "",
        *(f"- [`{view.name}`](#{view.name}): {view.comment}" for view in VIEWS),
        "",
    ]
    return "\n".join([*head, *(_section(view) for view in VIEWS), *_functions()])


def _functions() -> list[str]:
    rows = [
        f"| `{'FROM ' * m.is_table}{m.call}` | {'rows' if m.is_table else 'a number'} | {m.comment} |"
        for m in MACROS
    ]
    head = [
        "## What was known",
        "",
        "Functions that answer as of an earlier promotion, of which `known_at` and",
    ]
    head += ["`known_by` give the number: `FROM readings_known(known_at('2025-10-08 12:00+00'))`.", ""]
    return [*head, "| function | gives | meaning |", "| --- | --- | --- |", *rows, ""]


def _section(view: View) -> str:
    rows = [f"| `{c.name}` | {c.type} | {c.comment.replace('|', chr(92) + '|')} |" for c in view.columns]
    table = ["| column | type | meaning |", "| --- | --- | --- |", *rows, ""]
    return "\n".join([f"## {view.name}", "", f"One row: {view.comment}.", "", *table])


def command_reference() -> str:
    """Return the help of every command as Markdown."""
    names = [[name] for name in COMMANDS]
    names += [[group, name] for group, (_, commands) in GROUPS.items() for name in commands]
    parts = ["# Command line", "", "Generated from the commands' own help by `python docs/generate.py`.", ""]
    parts += [" ".join(EPILOGUE.split()), ""]
    app = build_app()
    for name in names:
        parts += [f"## newsledger {' '.join(name)}", "", "```", _help(app, name), "```", ""]
    return "\n".join(parts)


def _help(app: App, name: list[str]) -> str:
    buffer = io.StringIO()
    app.help_print(name, console=Console(file=buffer, width=100, color_system=None, legacy_windows=False))
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()).strip()


def documents() -> dict[Path, str]:
    """Return every generated file with its text."""
    made = {
        ROOT / "docs/data-dictionary.md": data_dictionary(),
        ROOT / "docs/cli.md": command_reference(),
    }
    for name in MODELS:
        schema = json.dumps(schema_of(name), indent=2, sort_keys=True) + "\n"  # type: ignore[arg-type]
        made[ROOT / f"schemas/json/{name}.schema.json"] = schema
    return made


def main(*, check: bool) -> int:
    """Write the files, or with ``check`` name those that differ; return 1 when some do."""
    stale = []
    for path, text in documents().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(ROOT))
            if not check:
                path.write_text(text, encoding="utf-8")
    for path in stale:
        sys.stderr.write(f"{path}: {'stale, run python docs/generate.py' if check else 'written'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
