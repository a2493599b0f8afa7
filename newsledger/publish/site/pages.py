"""Pages of a change, a story and an outlet."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from datetime import date

from newsledger.publish import plots, wording
from newsledger.publish.record import Json
from newsledger.publish.site.entries import FOLDER, Entries, languages, voices
from newsledger.publish.site.histories import listed
from newsledger.publish.site.shell import Place, Way, feeds_of, neighbours, rendered
from newsledger.publish.ways import anchor, slug
from schemas.archive import OutletArchive, StoryArchive
from schemas.config import Site

QUOTES = 6
"""Quotes a side on the page of a change; its JSON has all that the edition has."""
ROWS = 60
"""Rows of an outlet's tables."""
STORY_CHANGES = 30
"""Changes on a story's page."""
ACTORS, ISSUES = 40, 12
"""Actors and issues in a story's matrix: what a reader can take in, and what a page may weigh."""


class _Quoted:
    """What the quote macro asks of documents, where the page lists none: their language only."""

    def __init__(self, said: dict[str, str]) -> None:
        self._said = said

    def language(self, document_id: str) -> str:
        """Return a document's language, or "" where it is not known."""
        return self._said.get(document_id, "")

    def number(self, document_id: str) -> None:
        """There is no list of sources here."""

    def mark(self, record_id: str) -> None:
        """The marked texts are reached through the edition."""


def change_page(story: StoryArchive, chain: Sequence[Json], number: int, site: Site) -> dict[str, str]:
    """Return the page of a change by its path; before and after it come the changes of the same subject.

    Args:
        story: its story.
        chain: the entries of its subject, oldest first.
        number: its place among them.
        site: title and address of the site.
    """
    entry = chain[number]
    ways = [Way(f"{other['day']}: {other['words']}", f"{anchor(other['id'])}.html") for other in chain]
    before, after = neighbours(ways, number)
    stem = f"../stories/{anchor(story.story)}"
    subject = _subject_path(stem, entry)
    place = Place(
        path=f"{FOLDER}/{anchor(entry['id'])}.html",
        trail=(
            (("Stories"), "../stories/index.html"),
            (story.title, f"{stem}/index.html"),
            (_short(story, entry), subject),
        ),
        before=before,
        after=after,
        beside="Changes of the same subject",
        alternates=(("application/json", f"{anchor(entry['id'])}.json", "This change as JSON"),),
    )
    page = rendered(
        "site_change.html.j2",
        site,
        place,
        entry=entry,
        day_words=wording.day_words(date.fromisoformat(entry["day"])),
        previous_words=_day(entry["previous_day"]),
        voices=voices(entry),
        documents=_Quoted(languages(entry)),
        quotes=QUOTES,
        subject_href=subject,
    )
    return {place.path: page}


def _day(iso: str | None) -> str:
    return wording.day_words(date.fromisoformat(iso), weekday=False) if iso else ""


def _subject_path(stem: str, entry: Json) -> str:
    """Return the page of what changed: the indicator's, or the actor's."""
    if entry["subject_kind"] == "figure":
        return f"{stem}/indicators/{anchor(entry['subject'])}.html"
    return f"{stem}/actors/{anchor(entry['subject'].split('/')[0])}.html"


def _short(story: StoryArchive, entry: Json) -> str:
    """Return the name of the page of what changed."""
    if entry["subject_kind"] == "figure":
        return str(entry["label"])
    actor = entry["subject"].split("/")[0]
    return next((head.name for head in story.actors if head.actor == actor), actor)


def story_page(story: StoryArchive, entries: Entries, site: Site) -> dict[str, str]:
    """Return the page of a story by its path."""
    place = Place(
        path=f"stories/{anchor(story.story)}/index.html",
        trail=(("Stories", "../index.html"),),
        alternates=feeds_of("story", story.title),
    )
    sparks = [
        plots.sparkline(
            [plots.Step(p.day, p.value, p.value_low, p.value_high) for p in head.recent],
            f"{head.label}, the last {len(head.recent)} readings",
        )
        for head in story.indicators
    ]
    page = rendered(
        "site_story.html.j2",
        site,
        place,
        story=story,
        indicators=list(zip(story.indicators, sparks, strict=True)),
        stands={(point.actor, point.issue): point for point in story.stands},
        actors_shown=ACTORS,
        issues_shown=ISSUES,
        changes=listed(story.changes, entries, STORY_CHANGES),
    )
    return {place.path: page}


def outlet_page(outlet: OutletArchive, names: Sequence[str], entries: Entries, site: Site) -> dict[str, str]:
    """Return the page of an outlet by its path.

    Args:
        outlet: the outlet.
        names: all outlets, in their order.
        entries: the changes it is named with.
        site: title and address of the site.
    """
    ways = [Way(name, f"{slug(name)}.html") for name in names]
    before, after = neighbours(ways, list(names).index(outlet.outlet))
    place = Place(
        path=f"outlets/{slug(outlet.outlet)}.html",
        trail=(("Outlets", "index.html"),),
        before=before,
        after=after,
        alternates=feeds_of(slug(outlet.outlet), outlet.outlet),
    )
    hours = [row.hours for row in outlet.adoptions]
    page = rendered(
        "site_outlet.html.j2",
        site,
        place,
        outlet=outlet,
        days_plot=plots.bars(
            [(d.day, d.documents, d.reprints) for d in outlet.days], f"Documents a day of {outlet.outlet}"
        ),
        lag_plot=plots.delays(
            [(row.label, row.hours) for row in outlet.adoptions],
            f"How many hours after the first outlet {outlet.outlet} came",
        ),
        firsts=sum(1 for value in hours if value == 0),
        median_hours=statistics.median(hours) if hours else 0.0,
        reports=outlet.reports,
        corrections=listed(outlet.corrections, entries),
        changes=listed(outlet.changes, entries),
        rows_shown=ROWS,
    )
    return {place.path: page}
