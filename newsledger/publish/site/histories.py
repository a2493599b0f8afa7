"""Pages of indicators, issues and actors: plots, each with its table, the changes, and the data as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from newsledger.publish import plots
from newsledger.publish.page import plain_number
from newsledger.publish.record import Json
from newsledger.publish.site.entries import Entries
from newsledger.publish.site.shell import Place, Way, feeds_of, neighbours, reading_words, rendered
from newsledger.publish.ways import anchor
from schemas.archive import (
    ChangeRef,
    IndicatorHistory,
    OutletPoint,
    ReadingPoint,
    StandHistory,
    StandPoint,
    StoryArchive,
)
from schemas.config import Site

ROWS = 90
"""Rows of a table beside a plot: three months; the CSV has all."""
CHANGES = 60
"""Changes listed on a page."""
LANES = 24
"""Lanes of a plot of stances."""
SAID = 8
"""Outlets named in a row of readings."""


@dataclass(frozen=True, slots=True)
class Row:
    """A reading with what outlets said: name, words, whether they agree."""

    point: ReadingPoint
    said: list[tuple[str, str, bool]]


def listed(refs: Iterable[ChangeRef], entries: Entries, limit: int = CHANGES) -> list[Json]:
    """Return the entries of changes, the newest day first, the most severe first in it."""
    ordered = sorted(refs, key=lambda ref: (ref.day, ref.severity, ref.change_id), reverse=True)[:limit]
    found = [(ref, entries.get(ref.change_id)) for ref in ordered]
    return [{**entry, "day": ref.day} for ref, entry in found if entry is not None]


def indicator_files(
    story: StoryArchive, history: IndicatorHistory, entries: Entries, site: Site
) -> dict[str, str]:
    """Return the page of an indicator and its CSV, by their path from the root of the site."""
    head = history.head
    stem = f"stories/{anchor(story.story)}/indicators/{anchor(head.indicator)}"
    ways = [Way(own.label, f"{anchor(own.indicator)}.html") for own in story.indicators]
    place = _place(
        story, stem, head.label, ways, [own.indicator for own in story.indicators].index(head.indicator)
    )
    latest = [point for point in history.readings if point.is_latest]
    said = _said(history.outlets, head.unit)
    shown = latest[-ROWS:][::-1]
    lines = _outlet_lines(history.outlets)
    first = {point.day: point for point in reversed(history.readings)}
    page = rendered(
        "site_indicator.html.j2",
        site,
        place,
        head=head,
        latest=latest[-1] if latest else None,
        history=plots.history([_step(p) for p in latest], lines, head.unit, f"History of {head.label}"),
        legend=[("r", "reading"), *((f"s s{n}", name) for n, (name, _) in enumerate(lines, 1))],
        rows=[Row(point, said.get(point.day, [])) for point in shown],
        days=len(latest),
        csv=f"{anchor(head.indicator)}.csv",
        vintage=_vintage(history, list(first.values())[::-1], latest),
        revised=_revised(history.readings)[:ROWS],
        zone=story.timezone,
        changes=listed(history.changes, entries),
        more=max(0, len(history.changes) - CHANGES),
    )
    return {f"{stem}.html": page, f"{stem}.csv": _figure_csv(history)}


def _place(story: StoryArchive, stem: str, name: str, ways: Sequence[Way], number: int) -> Place:
    before, after = neighbours(ways, number)
    return Place(
        path=f"{stem}.html",
        trail=(("Stories", "../../index.html"), (story.title, "../index.html")),
        before=before,
        after=after,
        alternates=feeds_of(stem.rsplit("/", 1)[1], name),
    )


def _step(point: ReadingPoint | OutletPoint) -> plots.Step:
    disputed = isinstance(point, ReadingPoint) and point.is_disputed
    return plots.Step(point.day, point.value, point.value_low, point.value_high, disputed)


def _outlet_lines(points: Sequence[OutletPoint]) -> list[tuple[str, list[plots.Step]]]:
    """Return the steps of the outlets that reported on most days: one a day, what agrees first."""
    best: dict[tuple[str, date], OutletPoint] = {}
    for point in points:
        best.setdefault((point.outlet, point.day), point)
    days = Counter(outlet for outlet, _ in best)
    names = sorted(days, key=lambda name: (-days[name], name))[: plots.SERIES]
    steps = {name: [_step(p) for (outlet, _), p in sorted(best.items()) if outlet == name] for name in names}
    return list(steps.items())


def _said(points: Sequence[OutletPoint], unit: str) -> dict[date, list[tuple[str, str, bool]]]:
    """Return what each outlet said on each day, the same words once."""
    said: dict[date, list[tuple[str, str, bool]]] = {}
    for point in points:
        row = (point.outlet, reading_words(point, unit), point.agrees)
        rows = said.setdefault(point.day, [])
        if row not in rows and len(rows) < SAID:
            rows.append(row)
    return said


def _vintage(
    history: IndicatorHistory, first: Sequence[ReadingPoint], latest: Sequence[ReadingPoint]
) -> Markup:
    """Return the plot of what was known when, or nothing where no revision changed a value."""
    if not _revised(history.readings):
        return Markup("")
    firsts = {point.day: point for point in first}
    between = [p for p in history.readings if not p.is_latest and firsts[p.day] != p]
    return plots.vintage(
        [_step(p) for p in first],
        [_step(p) for p in latest],
        [_step(p) for p in between],
        history.head.unit,
        f"What was known when of {history.head.label}",
    )


def _revised(readings: Sequence[ReadingPoint]) -> list[tuple[date, list[ReadingPoint]]]:
    """Return the days whose reading a revision changed, newest first, with the readings in order."""
    days: dict[date, list[ReadingPoint]] = {}
    for point in readings:
        own = days.setdefault(point.day, [])
        if not own or _number(own[-1]) != _number(point):
            own.append(point)
    return [(day, points) for day, points in sorted(days.items(), reverse=True) if len(points) > 1]


def _number(point: ReadingPoint) -> tuple[object, ...]:
    return point.value, point.value_low, point.value_high, point.qualifier


def stand_files(story: StoryArchive, history: StandHistory, entries: Entries, site: Site) -> dict[str, str]:
    """Return the page of an actor or an issue and its CSV, by their path from the root of the site."""
    names = {head.actor: head.name for head in story.actors}
    propositions = {head.issue: head.proposition for head in story.issues}
    is_issue = history.kind == "issue"
    own, others = (propositions, names) if is_issue else (names, propositions)
    stem = f"stories/{anchor(story.story)}/{history.kind}s/{anchor(history.key)}"
    ways = [Way(name, f"{anchor(key)}.html") for key, name in own.items()]
    folder = "actors" if is_issue else "issues"
    runs = _runs(history, others)
    actor = next((head for head in story.actors if head.actor == history.key and not is_issue), None)
    page = rendered(
        "site_stands.html.j2",
        site,
        _place(story, stem, own[history.key], ways, list(own).index(history.key)),
        kind=history.kind,
        name=own[history.key],
        actor_kind=actor.kind if actor else "",
        speaks_for=names.get(actor.speaks_for or "") if actor else None,
        speaks_href=f"{anchor(actor.speaks_for or '')}.html" if actor else "",
        story_title=story.title,
        plot=plots.lanes(_lanes(runs), f"Stances over time: {own[history.key]}"),
        runs=runs[::-1],
        rows=_last_rows(history, others, folder),
        csv=f"{anchor(history.key)}.csv",
        changes=listed(history.changes, entries),
        more=max(0, len(history.changes) - CHANGES),
    )
    return {f"{stem}.html": page, f"{stem}.csv": _stand_csv(history)}


@dataclass(frozen=True, slots=True)
class StandLine:
    """The last stance of an actor on an issue, with the other of the two and the address of its page."""

    name: str
    href: str
    point: StandPoint


def _other(history: StandHistory, point: StandPoint) -> str:
    return point.actor if history.kind == "issue" else point.issue


def _last_rows(history: StandHistory, others: dict[str, str], folder: str) -> list[StandLine]:
    last = {_other(history, point): point for point in history.stands}
    return [
        StandLine(others[key], f"../{folder}/{anchor(key)}.html", last[key]) for key in others if key in last
    ]


def _runs(history: StandHistory, others: dict[str, str]) -> list[tuple[str, plots.Run]]:
    """Return each stretch of days of the same stance, by the other's name and the first day."""
    runs: list[tuple[str, plots.Run]] = []
    for key, name in others.items():
        run: plots.Run | None = None
        for point in (p for p in history.stands if _other(history, p) == key):
            if run is not None and run.stance == point.stance:
                run = plots.Run(run.first, point.day, run.stance)
                runs[-1] = (name, run)
            else:
                run = plots.Run(point.day, point.day, point.stance)
                runs.append((name, run))
    return runs


def _lanes(runs: Sequence[tuple[str, plots.Run]]) -> list[tuple[str, list[plots.Run]]]:
    """Return the lanes of a plot, those with most changes first where there are too many."""
    lanes: dict[str, list[plots.Run]] = {}
    for name, run in runs:
        lanes.setdefault(name, []).append(run)
    names = sorted(lanes, key=lambda name: (-len(lanes[name]), name))[:LANES]
    return [(name, lanes[name]) for name in lanes if name in names]


def _figure_csv(history: IndicatorHistory) -> str:
    """Return every revision's reading and every outlet's figure as rows."""
    rows: list[list[object]] = []
    for point in history.readings:
        known = point.known_at.isoformat()
        kind = "reading" if point.is_latest else "former reading"
        rows.append(
            [point.day, kind, "", point.revision, known, *_numbers(point), point.texts, point.is_disputed, ""]
        )
    for said in history.outlets:
        kind = "agrees" if said.agrees else "against"
        rows.append([said.day, kind, said.outlet, "", "", *_numbers(said), "", "", said.record_id])
    rows.sort(key=lambda row: str(row[0]))
    head = (
        "day,kind,outlet,revision,known_at,value,value_low,value_high,qualifier,texts,is_disputed,record_id"
    )
    return _csv(head.split(","), rows)


def _numbers(point: ReadingPoint | OutletPoint) -> list[object]:
    ends = [
        plain_number(end) if end is not None else ""
        for end in (point.value, point.value_low, point.value_high)
    ]
    return [*ends, point.qualifier or ""]


def _stand_csv(history: StandHistory) -> str:
    rows = [
        [p.day, p.actor, p.issue, p.stance, p.condition or "", p.texts, p.outlets, p.is_disputed]
        for p in history.stands
    ]
    head = ["day", "actor", "issue", "stance", "condition", "texts", "outlets", "is_disputed"]
    return _csv(head, rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([str(cell).lower() if isinstance(cell, bool) else cell for cell in row] for row in rows)
    return sink.getvalue()
