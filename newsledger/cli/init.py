"""``newsledger init``: a folder to begin in."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from schemas.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

NEXT = """{folder} is ready: {names}
  next: {commands}
"""


def init(
    folder: Annotated[
        Path, Parameter(help="the folder to begin in; it is made when it does not exist")
    ] = Path(),
    /,
    *,
    story: Annotated[str, Parameter(help="the name of the story, lower-case-with-dashes")] = "my-story",
    example: Annotated[
        bool, Parameter(negative="", help="with an invented story and four articles, to see it work")
    ] = False,
) -> int:
    """Make a project: settings with every default named, a codebook to fill in, a list of feeds.

    Where a file of that name is there already, nothing is written at all.
    """
    made = dict(_example_files() if example else _own_files(story))
    made["newsledger.toml"] = _settings_text()
    there = sorted(name for name in made if (folder / name).exists())
    if there:
        raise UsageError(
            f"{folder / there[0]} is there already, nothing was written",
            hint="name another folder: newsledger init FOLDER",
        )
    for name, text in made.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise UsageError(f"{path.parent} is a file, no folder") from error
        path.write_text(text, encoding="utf-8")
    names = ", ".join(sorted(made)) if not example else "newsledger.toml, codebooks/, articles/"
    sys.stderr.write(NEXT.format(folder=folder.resolve(), names=names, commands=_commands(folder, example)))
    return ExitCode.OK


def _commands(folder: Path, example: bool) -> str:
    inside = "" if folder == Path() else f"cd {folder} && "
    if example:
        return f"{inside}newsledger ingest articles && newsledger diff"
    return f"fill in the codebook, then {inside}newsledger codebook check"


def _own_files(story: str) -> Iterator[tuple[str, str]]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", story):
        raise UsageError(f"{story!r} is no name of a story: lower-case-with-dashes, as in port-strike")
    words = story.split("-")
    text = (_starter() / "codebook.yml").read_text(encoding="utf-8")
    text = text.replace("STORY", story).replace("TITLE", " ".join(words).capitalize())
    yield f"codebooks/{story}.yml", text.replace("WORDS", ", ".join(f'"{word}"' for word in words))
    yield "feeds.yml", (_starter() / "feeds.yml").read_text(encoding="utf-8")


def _example_files() -> Iterator[tuple[str, str]]:
    for part in ("codebooks", "articles"):
        for file in sorted((_starter() / "example" / part).iterdir(), key=lambda one: one.name):
            yield f"{part}/{file.name}", file.read_text(encoding="utf-8")


def _starter() -> Traversable:
    return files("newsledger").joinpath("starter")


def _settings_text() -> str:
    """Return a ``newsledger.toml`` that changes nothing and names everything that can be changed."""
    from newsledger.cli.config import settings_rows  # noqa: PLC0415 - loads pydantic
    from schemas.config import Settings  # noqa: PLC0415

    lines = ["# Settings of this project: every default, to be changed by taking the # away."]
    section = ""
    for row in settings_rows(Settings(), {}):
        head, name = row["key"].split(".", 1)
        if head != section:
            section = head
            lines += ["", f"[{head}]"]
        lines += [f"# {row['about']}"] if row["about"] else []
        lines.append(f"# {name} = {row['value']}" if row["value"] else f"# not set: {name}")
    return "\n".join(lines) + "\n"
