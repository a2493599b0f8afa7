"""``newsledger codebook``: check, try and list codebooks."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from newsledger.cli.output import FormatOption, ProjectOption, StoryOption, emit
from schemas.errors import ExitCode


def list_(*, project: ProjectOption = Path(), form: FormatOption = "table") -> int:
    """List the stories this project can use: its own and those shipped."""
    from flows.project import read_settings, shipped_stories  # noqa: PLC0415

    own = sorted((project / read_settings(project).paths.codebooks).glob("*.y*ml"))
    rows = [{"story": path.stem, "from": "project", "codebook": str(path)} for path in own]
    rows += [{"story": name, "from": "shipped", "codebook": str(p)} for name, p in shipped_stories().items()]
    emit(rows, ["story", "from", "codebook"], form)
    return ExitCode.OK


def check_(
    *,
    story: StoryOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Read the codebooks and run their examples; leave with 2 when one does not read as it says."""
    from flows.project import open_project  # noqa: PLC0415
    from newsledger.extract.check import check_examples  # noqa: PLC0415 - loads the language model
    from newsledger.extract.language.text import load_model  # noqa: PLC0415

    rows = [
        {"story": book.story, **asdict(result)}
        for book in open_project(project, story or []).codebooks
        for result in check_examples(book, load_model())
    ]
    wrong = [row for row in rows if not row["is_right"]]
    emit(wrong, ["story", "where", "expected", "got", "text"], form)
    sys.stderr.write(f"{len(rows) - len(wrong)} of {len(rows)} examples read as the codebook says\n")
    return ExitCode.USAGE if wrong else ExitCode.OK


def try_(
    text: Annotated[
        str, Parameter(help="the text to read, or - for standard input", allow_leading_hyphen=True)
    ],
    /,
    *,
    story: StoryOption = None,
    project: ProjectOption = Path(),
    form: FormatOption = "table",
) -> int:
    """Show what the codebooks read in a text, and why: one row for each figure and position.

    For every number with what each indicator made of it, sentence by sentence, ask `codebook explain`.
    """
    from flows.project import open_project  # noqa: PLC0415
    from newsledger.extract.check import explain_text  # noqa: PLC0415 - loads the language model
    from newsledger.extract.language.text import load_model  # noqa: PLC0415

    words = sys.stdin.read() if text == "-" else text
    books = open_project(project, story or []).codebooks
    rows = [
        {"story": book.story, **asdict(found)}
        for book in books
        for found in explain_text(words, book, load_model())
    ]
    emit(rows, ["story", "kind", "key", "reading", "about", "evidence", "rule"], form)
    return ExitCode.OK


def schema_(
    name: Literal["codebook", "corrections", "feeds", "settings", "subscriptions"] = "codebook", /
) -> int:
    """Print the JSON Schema of a file people edit, for completion in an editor."""
    from schemas.json_schema import schema_of  # noqa: PLC0415

    sys.stdout.write(json.dumps(schema_of(name), indent=2) + "\n")
    return ExitCode.OK
