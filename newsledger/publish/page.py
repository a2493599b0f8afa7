"""The edition as one HTML page: complete without JavaScript, no request to anybody, fit for a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from newsledger.publish import wording
from newsledger.publish.display import clipped, excerpt, file_name, line, quote_address, shown, web_address
from newsledger.publish.markdown import Line, by_severity, edition_zone, status_words, summary
from newsledger.publish.plots import Dot, dots
from newsledger.publish.record import Json, counts
from newsledger.publish.ways import WAYS, anchor, slug
from schemas.config import Site
from schemas.edition import (
    AttendanceRow,
    Disagreement,
    Edition,
    FigureChange,
    HeldRow,
    PositionChange,
    ReadingRow,
    StandRow,
    StoryHead,
)

MAX_PAGE_BYTES = 150_000
"""What the edition's page may weigh: a phone on a slow network shows it in a second or two."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file of the edition as its page offers it; ``size`` in bytes, ``rows`` None when it is no table."""

    name: str
    about: str
    size: int
    rows: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the marked texts of an edition are, as addresses from its folder.

    Attributes:
        of_document: the page of each document, by its id.
        of_record: the place of each figure and position, by its id.
    """

    of_document: Mapping[str, str]
    of_record: Mapping[str, str]


NOT_MARKED = Marks({}, {})
"""Of an edition without marked texts."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a long day the page shows; the data files always hold everything.

    Attributes:
        changes: cards of changes a story.
        quotes: quotes a side.
        rows: rows of a table.
        context: whether quotes in tables carry their context.
    """

    changes: int
    quotes: int
    rows: int
    context: bool


DETAILS = (
    Detail(changes=200, quotes=3, rows=400, context=True),
    Detail(changes=60, quotes=1, rows=120, context=False),
    Detail(changes=40, quotes=1, rows=40, context=False),
    Detail(changes=20, quotes=1, rows=15, context=False),
    Detail(changes=8, quotes=1, rows=5, context=False),
)
"""Tried in this order until the page fits :data:`MAX_PAGE_BYTES`."""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """What the page shows of one story; ``card_of`` leads from what changed to the change."""

    head: StoryHead
    brief: list[Line]
    figures: list[FigureChange]
    positions: list[PositionChange]
    disagreements: list[Disagreement]
    held: list[HeldRow]
    readings: list[ReadingRow]
    same_readings: list[ReadingRow]
    stands: list[StandRow]
    same_stands: list[StandRow]
    attendance: list[AttendanceRow]
    card_of: dict[str, str]


def edition_page(
    edition: Edition,
    site: Site,
    downloads: Sequence[Download],
    revision_notes: Json | None = None,
    marks: Marks = NOT_MARKED,
) -> str:
    """Return the page of an edition as HTML.

    Args:
        edition: the edition.
        site: its title and address.
        downloads: the other files of the edition, in the order to offer them.
        revision_notes: what :func:`newsledger.publish.record.revised` found, or None.
        marks: where the marked texts of its documents are.
    """
    template = environment().get_template("edition.html.j2")
    stories = [story_part(edition, head) for head in edition.stories]
    page = ""
    for detail in DETAILS:
        page = template.render(
            edition=edition,
            site=site,
            downloads=downloads,
            notes=revision_notes,
            detail=detail,
            status=status_words(edition),
            total=counts(edition),
            zone=edition_zone(edition),
            zones={head.timezone for head in edition.stories},
            stories=stories,
            first_day=wording.FIRST_DAY,
            carded=_carded(stories, detail),
            stray=_stray(edition),
            undated=[row for row in edition.documents if not row.published_at],
            has_texts=bool(marks.of_document),
            linked_outlets={row.outlet for row in edition.documents if row.outlet},
            documents=_Documents(edition, detail.rows, marks),
        )
        if len(page.encode()) <= MAX_PAGE_BYTES:
            break
    return page


def days_page(
    days: Sequence[Mapping[str, Any]],
    site: Site,
    total: int | None = None,
    months: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the list of days as HTML.

    Args:
        days: the last days, newest first, each a ``changes.json`` header.
        site: title and address of the site.
        total: how many days there are; None when ``days`` are all of them.
        months: words and name (``YYYY-MM``) of the months that have a page.
    """
    template = environment().get_template("days.html.j2")
    return template.render(days=days, site=site, total=len(days) if total is None else total, months=months)


def story_part(edition: Edition, head: StoryHead) -> StoryPart:
    """Return what one story brings to the page: changes by severity, changed readings apart from the same."""
    figures = by_severity([c for c in edition.figure_changes if c.story == head.story])
    positions = by_severity([c for c in edition.position_changes if c.story == head.story])
    moved = {change.indicator for change in figures}
    shifted = {(change.actor, change.issue) for change in positions}
    readings = [row for row in edition.readings if row.story == head.story]
    stands = [row for row in edition.stands if row.story == head.story]
    return StoryPart(
        head=head,
        brief=_brief(edition, head),
        figures=figures,
        positions=positions,
        disagreements=[row for row in edition.disagreements if row.story == head.story],
        held=[row for row in edition.held if row.story == head.story],
        readings=[row for row in readings if row.indicator in moved],
        same_readings=[row for row in readings if row.indicator not in moved],
        stands=[row for row in stands if (row.actor, row.issue) in shifted],
        same_stands=[row for row in stands if (row.actor, row.issue) not in shifted],
        attendance=[row for row in edition.attendance if row.story == head.story],
        card_of={change.indicator: change.change_id for change in figures}
        | {f"{change.actor}/{change.issue}": change.change_id for change in positions},
    )


def _brief(edition: Edition, head: StoryHead) -> list[Line]:
    """Return the story's changes in a line each, figures and positions together, most severe first."""
    severity = {change.change_id: change.severity for change in edition.figure_changes}
    severity |= {change.change_id: change.severity for change in edition.position_changes}
    lines = [row for row in summary(edition) if row.story == head.story]
    return sorted(lines, key=lambda row: (-severity[row.change_id], row.change_id))


def _carded(stories: Sequence[StoryPart], detail: Detail) -> set[str]:
    """Return the changes that have a card on the page, so that nothing links to one that has not."""
    cut = detail.changes
    cards = [change.change_id for story in stories for change in story.figures[:cut]]
    return {*cards, *(change.change_id for story in stories for change in story.positions[:cut])}


def _stray(edition: Edition) -> list[HeldRow]:
    """Return what is held and belongs to no story of the edition (a document, as a rule)."""
    known = {head.story for head in edition.stories}
    return [row for row in edition.held if row.story not in known]


class _Documents:
    """Look up what a quote's document says of its language, and its number among the sources."""

    def __init__(self, edition: Edition, listed: int, marks: Marks) -> None:
        self._marks = marks
        self._rows = {row.document_id: row for row in edition.documents}
        shown_rows = edition.documents[:listed]
        self._numbers = {row.document_id: number for number, row in enumerate(shown_rows, 1)}

    def language(self, document_id: str) -> str:
        """Return a language tag fit for ``lang``, or "" where none is known."""
        row = self._rows.get(document_id)
        return language_tag(row.language if row else None)

    def number(self, document_id: str) -> int | None:
        """Return the document's place in the list of sources, from 1, or None where it is not listed."""
        return self._numbers.get(document_id)

    def text(self, document_id: str) -> str | None:
        """Return the address of the document's marked text, or None where there is none."""
        return self._marks.of_document.get(document_id)

    def mark(self, record_id: str) -> str | None:
        """Return the address of a record's mark in the text of its document, or None."""
        return self._marks.of_record.get(record_id)


def language_tag(language: str | None) -> str:
    """Return a language tag fit for ``lang``, or "" where none is known."""
    tag = language or ""
    return tag if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else ""


@cache
def environment() -> Environment:
    """Return the Jinja2 environment of the room: escaping everywhere, an unknown name is an error."""
    env = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Output must not depend on which template came first.
        auto_reload=False,
    )
    env.filters.update(_filters())
    env.globals.update(_functions())
    return env


def _template(name: str) -> str:
    return (files("newsledger.publish") / "templates" / name).read_text(encoding="utf-8")


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "line": line,
        "clip": clipped,
        "file_name": file_name,
        "shown": shown,
        "day": wording.day_words,
        "size": wording.size_words,
        "counted": wording.counted,
        "plain": plain_number,
    }


def _functions() -> dict[str, object]:
    return {
        "side_words": wording.side_words,
        "stance_words": wording.stance_words,
        "figure_words": wording.figure_change_words,
        "position_words": wording.position_change_words,
        "delta_words": wording.delta_words,
        "support_words": wording.support_words,
        "also_words": wording.also_words,
        "alternatives": wording.alternatives,
        "instant_words": wording.instant_words,
        "local_instant": _datetime_attribute,
        "excerpt": excerpt,
        "quote_address": quote_address,
        "web_address": web_address,
        "anchor": anchor,
        "slug": slug,
        "ways": WAYS,
        "style": _style,
        "kinds": wording.kind_meanings,
        "dots": _dots,
    }


def plain_number(value: float) -> str:
    """Return a number as ``<data value>`` wants it: no separators, no exponent, no needless ".0"."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _datetime_attribute(iso: str, timezone: str, precision: str) -> str:
    """Return the value of ``<time datetime>``: no more precise than the document is."""
    is_day = wording.is_bare_day(iso, precision)
    local = wording.local_instant(iso, "UTC" if is_day else timezone)
    return local.date().isoformat() if is_day else local.isoformat(timespec="minutes")


def _dots(row: Disagreement) -> Markup:
    """Return the plot of a disagreement about a number; its table stands below it."""
    sides = [
        Dot(wording.side_words(side, row.unit), side.value, side.value_low, side.value_high)
        for side in row.sides
        if side.value is not None
    ]
    plot = dots(sides, row.unit, f"Where outlets disagree about {row.label}; the table below says the same")
    return Markup('<figure class="plot">{}</figure>').format(plot) if plot else plot


def _style(name: str = "style.css") -> Markup:
    return Markup(_template(name))  # noqa: S704 - our own file, nothing from outside
