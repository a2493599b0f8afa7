"""``newsledger config``: what the settings are, where each comes from, whether the files hold."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from newsledger.cli.codebook import schema_
from newsledger.cli.output import FormatOption, ProjectOption, Row, emit
from schemas.errors import ExitCode, NewsledgerError

if TYPE_CHECKING:
    from pydantic import BaseModel

FILE = "newsledger.toml"


def config_show(*, project: ProjectOption = Path(), form: FormatOption = "table") -> int:
    """Show every setting with its value, where the value comes from, and what it means."""
    from flows.project import read_settings  # noqa: PLC0415 - loads pydantic

    settings = read_settings(project)
    path = project / FILE
    given = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else {}
    emit(list(settings_rows(settings, given)), ["key", "value", "from", "about"], form)
    return ExitCode.OK


def config_validate(*, project: ProjectOption = Path(), form: FormatOption = "table") -> int:
    """Read every file of the project that people edit; leave with 2 when one does not hold.

    The examples of codebooks are run by `newsledger codebook check`.
    """
    rows = [_checked(path, name) for path, name in _files(project)]
    emit(rows, ["ok", "file", "problem"], form)
    wrong = sum(row["ok"] == "no" for row in rows)
    sys.stderr.write(f"{len(rows) - wrong} of {len(rows)} files hold\n")
    return ExitCode.USAGE if wrong else ExitCode.OK


def config_schema(
    name: Literal["settings", "feeds", "codebook", "corrections", "subscriptions"] = "settings", /
) -> int:
    """Print the JSON Schema of a file people edit, for completion in an editor."""
    return schema_(name)


def settings_rows(
    settings: BaseModel, given: Mapping[str, Any], parent: str = ""
) -> Iterator[dict[str, str]]:
    """Return one row for each setting: key, value as TOML, from (``default`` or the file), about.

    Args:
        settings: the settings, or a section of them.
        given: what the file says of them.
        parent: the section's name with a dot, or "".
    """
    from pydantic import BaseModel  # noqa: PLC0415

    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            yield from settings_rows(value, given.get(name, {}), f"{parent}{name}.")
            continue
        yield {
            "key": f"{parent}{name}",
            "value": "" if value is None else json.dumps(value, ensure_ascii=False),
            "from": FILE if name in given else "default",
            "about": field.description or "",
        }


def _files(project: Path) -> Iterator[tuple[Path, str]]:
    """Return the files of a project that are there, each with the name of its model."""
    from flows.project import read_settings  # noqa: PLC0415
    from schemas.config import Settings  # noqa: PLC0415

    path = project / FILE
    if path.exists():
        yield path, "settings"
    try:
        paths = read_settings(project).paths
    except NewsledgerError:
        paths = Settings().paths  # the file itself is named as one that does not hold
    if (project / paths.feeds).exists():
        yield project / paths.feeds, "feeds"
    if (project / paths.subscriptions).exists():
        yield project / paths.subscriptions, "subscriptions"
    if (project / paths.corrections).exists():
        yield project / paths.corrections, "corrections"
    for book in sorted((project / paths.codebooks).glob("*.y*ml")):
        yield book, "codebook"


def _checked(path: Path, name: str) -> Row:
    from schemas.json_schema import MODELS  # noqa: PLC0415
    from schemas.yaml_file import read_toml, read_yaml  # noqa: PLC0415

    read = read_toml if path.suffix == ".toml" else read_yaml
    try:
        read(path, MODELS[name])
    except NewsledgerError as error:
        return {"ok": "no", "file": str(path), "problem": str(error)}
    return {"ok": "yes", "file": str(path), "problem": ""}
