"""``newsledger codebook suggest``: what the coverage counts and names that the codebook does not follow."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from newsledger.cli.output import ProjectOption, StoryOption
from newsledger.cli.snapshot import open_snapshot
from schemas.errors import ExitCode

if TYPE_CHECKING:
    from newsledger.extract.suggest.indicators import IndicatorIdea, Untracked
    from newsledger.extract.suggest.sources import ActorIdea, SourceRow
    from schemas.codebook import Codebook

Row = dict[str, Any]


def suggest_(
    *,
    story: StoryOption = None,
    min_documents: Annotated[
        int, Parameter(help="independent texts a number or name must stand in (reprints count once)")
    ] = 2,
    limit: Annotated[int, Parameter(help="most indicators, and most actors, suggested for a story")] = 10,
    project: ProjectOption = Path(),
    form: Annotated[
        Literal["yaml", "json"], Parameter(name=["--format", "-f"], help="how they are printed")
    ] = "yaml",
) -> int:
    """Suggest indicators and actors the coverage has and the codebook has not, as YAML to paste.

    Reads the published snapshot: numbers of no indicator that recur with the same noun and the same
    thing said of it, and sources that recur and are no actor. Each comes with how many independent
    texts and outlets have it and two sentences. An indicator is suggested only when the codebook with
    it reads its example and all of its own as before, so that `codebook check` passes.
    """
    from flows.project import open_project  # noqa: PLC0415
    from newsledger.extract.suggest.pasted import suggestions_yaml  # noqa: PLC0415
    from warehouse.unread import load_unread  # noqa: PLC0415 - loads DuckDB

    books = open_project(project, story or []).codebooks
    with open_snapshot(project) as con:
        rows = {book.story: load_unread(con, book.story) for book in books}
    found = [(book.story, *_ideas(rows[book.story], book, min_documents, limit)) for book in books]
    if form == "json":
        records = [
            {"story": name, "indicators": list(map(asdict, ideas)), "actors": list(map(asdict, actors))}
            for name, ideas, actors in found
        ]
        sys.stdout.write(json.dumps(records, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.buffer.write("---\n".join(suggestions_yaml(*parts) for parts in found).encode())
        sys.stdout.buffer.flush()
    for name, ideas, actors in found:
        sys.stderr.write(f"{name}: {len(ideas)} indicators and {len(actors)} actors suggested\n")
    return ExitCode.OK


def _ideas(
    rows: list[Row], book: Codebook, least: int, limit: int
) -> tuple[list[IndicatorIdea], list[ActorIdea]]:
    from newsledger.extract.language.text import load_model  # noqa: PLC0415 - loads the language model
    from newsledger.extract.suggest.holding import holding  # noqa: PLC0415
    from newsledger.extract.suggest.indicators import indicator_ideas  # noqa: PLC0415
    from newsledger.extract.suggest.sources import actor_ideas  # noqa: PLC0415

    untracked = [_untracked(r) for r in rows if r["indicator"] is None and r["modality"] == "reported"]
    ideas = holding(indicator_ideas(untracked, book, least), book, load_model(), limit)
    sources = [_source(row) for row in rows if row["attributed_to"]]
    return ideas, actor_ideas(sources, book, least)[:limit]


def _untracked(row: Row) -> Untracked:
    from newsledger.extract.suggest.indicators import Untracked  # noqa: PLC0415
    from warehouse.unread import AROUND  # noqa: PLC0415

    same = ("counted", "predicate", "unit", "aspect", "value", "text_id", "outlet", "day")
    return Untracked(
        **{name: row[name] for name in same},
        paragraph=row["before"] + row["after"],
        at=len(row["before"]),
        is_cut=len(row["before"]) >= AROUND,
    )


def _source(row: Row) -> SourceRow:
    from newsledger.extract.suggest.sources import SourceRow  # noqa: PLC0415

    sentence = _untracked(row).sentence
    return SourceRow(row["attributed_to"], row["text_id"], row["outlet"], row["day"], sentence)
