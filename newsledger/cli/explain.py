"""``newsledger codebook explain``: a text sentence by sentence, with the verdict of every indicator."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from newsledger.cli.output import ProjectOption, StoryOption, clean
from schemas.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from rich.text import Text

    from newsledger.extract.explain import ExplainedFigure, ExplainedSentence
    from schemas.position import Position

Styled = tuple[str, str]
"""Words and the style they have on a terminal."""


def explain_(
    text: Annotated[
        str,
        Parameter(
            help="the text, the path of a file with it, or - for standard input", allow_leading_hyphen=True
        ),
    ],
    /,
    *,
    story: StoryOption = None,
    project: ProjectOption = Path(),
    form: Annotated[
        Literal["text", "json"], Parameter(name=["--format", "-f"], help="how it is printed")
    ] = "text",
) -> int:
    """Show a text sentence by sentence: each figure and position, and what every indicator made of it.

    Where `codebook test` is a quick table of what is read, this tells of each number which indicators
    refused it, why, and how near they came (the higher its score, the nearer; scores of one number
    compare). A file may be text, HTML, JSON or JSON Lines, as for `ingest`.
    """
    from flows.project import open_project  # noqa: PLC0415
    from newsledger.extract.explain import explain_sentences  # noqa: PLC0415 - loads the language model
    from newsledger.extract.language.text import load_model  # noqa: PLC0415

    texts = _texts(text)
    found = [
        (book.story, explain_sentences(words, book, load_model()))
        for book in open_project(project, story or []).codebooks
        for words in texts
    ]
    if form == "json":
        rows = [{"story": name, "sentences": [asdict(s) for s in sentences]} for name, sentences in found]
        sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False, default=str) + "\n")
        return ExitCode.OK
    for name, sentences in found:
        _print([("story ", "dim"), (name, "bold")], *(line for s in sentences for line in sentence_lines(s)))
    return ExitCode.OK


def _texts(given: str) -> list[str]:
    """Return the texts an argument means: standard input, the articles of a file, or itself.

    Raises:
        UsageError: it looks like a file that is not there, or the file holds no article.
    """
    if given == "-":
        return [sys.stdin.read()]
    is_one_word = len(given.split()) == 1 and len(given) < 4_000
    if not is_one_word and (len(given) > 250 or not Path(given).is_file()):
        return [given]
    if not Path(given).is_file():
        raise UsageError(f"{given}: no such file", hint="a text of one word has nothing to explain")
    return _articles(Path(given))


def _articles(path: Path) -> list[str]:
    from newsledger.fetch.files import read_files  # noqa: PLC0415 - loads trafilatura
    from schemas.document import Draft  # noqa: PLC0415

    read = list(read_files([path], outlet=None, published=None, timezone="UTC", now=datetime.now(UTC)))
    drafts = [one for one in read if isinstance(one, Draft)]
    if not drafts:
        reasons = ", ".join(f"{one.outcome}: {one.reason}" for one in read if not isinstance(one, Draft))
        raise UsageError(f"{path}: no article in it ({reasons})")
    return [one.text for draft in drafts for one in (draft, *draft.posts)]


def sentence_lines(sentence: ExplainedSentence) -> Iterator[list[Styled]]:
    """Yield a sentence and what was read in it as lines of styled words."""
    yield []
    yield [(" ".join(clean(sentence.text).split()), "bold")]
    for explained in sentence.figures:
        yield from _figure_lines(explained)
    for position in sentence.positions:
        yield from _position_lines(position)
    for refusal in sentence.refusals:
        yield [("  refused  ", "yellow"), (f"no {refusal.kind}: {clean(refusal.reason)}", "")]
    if not (sentence.figures or sentence.positions or sentence.refusals):
        yield [("  nothing read", "dim")]


def _figure_lines(explained: ExplainedFigure) -> Iterator[list[Styled]]:
    from newsledger.publish.wording import value_words  # noqa: PLC0415

    own = explained.figure
    value = value_words(own.value, own.value_low, own.value_high, own.qualifier, own.unit)
    outcome: Styled = (own.indicator, "bold green") if own.indicator else ("no indicator", "yellow")
    yield [("  figure  ", "dim"), (value, "bold"), (f"  “{clean(own.evidence)}”  ", ""), outcome]
    if not any(own.rule.endswith(verdict.reason) for verdict in explained.verdicts):
        yield [("     ", ""), (clean(own.rule), "yellow")]  # what the figures around it decided, for one
    yield [("     ", ""), (_circumstances(explained), "dim")]
    width = max((len(verdict.indicator) for verdict in explained.verdicts), default=0)
    for verdict in explained.verdicts:
        mark: Styled = ("yes", "green") if verdict.is_match else ("no ", "red")
        told = f"  {verdict.indicator:{width}}  {verdict.score:5.2f}  {clean(verdict.reason)}"
        yield [("     ", ""), mark, (told, "")]


def _circumstances(explained: ExplainedFigure) -> str:
    own = explained.figure
    parts = [
        f"counts {own.counted!r}" if own.counted else "counts nothing named",
        f"said {own.predicate!r}" if own.predicate else "nothing said of it",
        f"in {own.unit}",
        f"{own.modality}, {own.aspect}",
        f"source {own.attributed_to}" if own.attributed_to else "no source named",
        f"as of {own.as_of}" if own.as_of else "",
        f"in {own.place}" if own.place else "",
    ]
    return clean("; ".join(part for part in parts if part))


def _position_lines(own: Position) -> Iterator[list[Styled]]:
    yield [
        ("  position  ", "dim"),
        (f"{own.actor} {own.stance} ", "bold"),
        (own.issue, "bold green"),
        (f"  “{' '.join(clean(own.evidence).split())}”", ""),
    ]
    condition = f"; on the condition “{clean(own.condition)}”" if own.condition else ""
    speaker = f"; spoken by {clean(own.speaker)}" if own.speaker else ""
    yield [("     ", ""), (f"{clean(own.rule)}{condition}{speaker}", "")]


def _print(*lines: list[Styled]) -> None:
    """Print styled lines; colours only on a terminal, long lines folded under their beginning."""
    from rich.console import Console  # noqa: PLC0415 - 0.2 s
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    buffer = io.StringIO()
    is_terminal = sys.stdout.isatty()
    console = Console(file=buffer, force_terminal=is_terminal, width=None if is_terminal else 110)
    for line in lines:
        whole = Text.assemble(*line)
        indent = len(whole.plain) - len(whole.plain.lstrip(" "))
        console.print(Padding(_unindented(whole, indent), (0, 0, 0, indent)), highlight=False)
    text = "\n".join(row.rstrip() for row in buffer.getvalue().splitlines())
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()


def _unindented(line: Text, indent: int) -> Text:
    return line[indent:] if indent else line
