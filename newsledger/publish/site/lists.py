"""Pages that lead on: changes by month with the search, stories, outlets, feeds, days, data, audit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from newsledger.publish import plots, wording
from newsledger.publish.package import site_dataset
from newsledger.publish.record import Json
from newsledger.publish.site.entries import FOLDER
from newsledger.publish.site.shell import Place, Way, feeds_of, neighbours, rendered
from newsledger.publish.ways import anchor, slug
from schemas.archive import EditionHead, OutletHead, RunAudit, StoryArchive
from schemas.config import Site
from schemas.contract import VIEWS
from schemas.files import ABOUT, TABLES

PART = 350
"""Changes on one page of a month: below 150 kB with long words; a busier month has several pages."""

Found = list[Any]
"""A change as the search reads it: id, day, kind, story, label, words, whether it stands."""
Block = dict[str, Any]


def found_row(entry: Json) -> Found:
    """Return a change as the search reads it."""
    stands = 1 if entry["is_current"] else 0
    words = [entry["kind"], entry["story_title"], entry["label"][:200], entry["words"][:300]]
    return [entry["id"], str(entry["day"]), *words, stands]


def month_files(month: str, rows: Sequence[Found], months: Sequence[str], site: Site) -> dict[str, str]:
    """Return the pages and the search file of a month's changes, by path from the root.

    Args:
        month: ``YYYY-MM``.
        rows: its changes, newest day first.
        months: all months that have changes, oldest first.
        site: title and address of the site.
    """
    parts = [rows[at : at + PART] for at in range(0, len(rows), PART)] or [[]]
    files = {f"{FOLDER}/{month}.json": json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n"}
    ways = [Way(month_words(name), f"{name}.html") for name in months]
    for number, part in enumerate(parts, 1):
        name = f"{month}.html" if number == 1 else f"{month}.{number}.html"
        before, after = neighbours(ways, list(months).index(month))
        place = Place(f"{FOLDER}/{name}", (("Changes", "index.html"),), before, after, "Months")
        block: Block = {"title": "", "changes": [_listed(row) for row in part], "caption": "Newest day first"}
        links = [[_cell(f"Part {n}", _part(month, n))] for n in range(1, len(parts) + 1) if n != number]
        blocks = [block]
        if links:
            blocks.append(
                {
                    "title": "The rest of the month",
                    "caption": "Parts",
                    "columns": ["Part"],
                    "rows": links,
                    "numbers": False,
                }
            )
        files[place.path] = _list(
            site, place, f"Changes of {month_words(month)}", blocks, wording.counted(len(rows), "change")
        )
    return files


def _part(month: str, number: int) -> str:
    return f"{month}.html" if number == 1 else f"{month}.{number}.html"


def _listed(row: Found) -> Json:
    keys = ("id", "day", "kind", "story_title", "label", "words", "is_current")
    return {**dict(zip(keys, row, strict=True)), "day": date.fromisoformat(row[1])}


def month_words(month: str) -> str:
    """Return a month as "March 2026"."""
    year, number = month.split("-")
    return f"{wording.MONTHS[int(number) - 1]} {year}"


def changes_page(entries: Sequence[Json], counts: dict[str, int], site: Site) -> dict[str, str]:
    """Return the page of all changes: the search, the last ones, and the months.

    Args:
        entries: the last changes, newest first.
        counts: changes by month (``YYYY-MM``).
        site: title and address of the site.
    """
    place = Place(f"{FOLDER}/index.html", alternates=feeds_of("../feeds/all", "All changes"))
    rows = [_listed(found_row(entry)) for entry in entries]
    months = [
        [
            _cell(month_words(month), f"{month}.html"),
            counts[month],
            _cell("JSON", f"{month}.json", month_words(month)),
        ]
        for month in sorted(counts, reverse=True)
    ]
    blocks: list[Block] = [
        {
            "title": "By month",
            "caption": "Changes that stand; the pages name those taken back too",
            "columns": ["Month", "Changes", "Data"],
            "rows": months,
            "numbers": True,
        },
        {"title": "The last changes", "changes": rows, "caption": "Newest first"},
    ]
    page = _list(site, place, "Changes", blocks if counts else [], search=True)
    return {place.path: page}


def story_summary(story: StoryArchive) -> Json:
    """Return what the lists of stories and feeds say of a story; kept until the story moves."""
    stem = f"stories/{anchor(story.story)}"
    feeds = [["Stories", story.title, f"{stem}/story"]]
    feeds += [["Indicators", h.label, f"{stem}/indicators/{anchor(h.indicator)}"] for h in story.indicators]
    feeds += [["Issues", h.proposition, f"{stem}/issues/{anchor(h.issue)}"] for h in story.issues]
    feeds += [["Actors", h.name, f"{stem}/actors/{anchor(h.actor)}"] for h in story.actors]
    return {
        "story": story.story,
        "title": story.title,
        "documents": story.documents,
        "indicators": len(story.indicators),
        "issues": len(story.issues),
        "last_day": story.last_day.isoformat() if story.last_day else "",
        "feeds": feeds,
    }


def stories_page(stories: Sequence[Json], site: Site) -> dict[str, str]:
    """Return the list of stories; each is a :func:`story_summary`."""
    place = Place("stories/index.html")
    keys = ("documents", "indicators", "issues", "last_day")
    rows = [
        [_cell(story["title"], f"{anchor(story['story'])}/index.html"), *(story[key] for key in keys)]
        for story in stories
    ]
    columns = ["Story", "Documents", "Indicators", "Issues", "Last day"]
    return {place.path: _list(site, place, "Stories", [_table(columns, rows, "What this site follows")])}


def outlets_page(outlets: Sequence[OutletHead], site: Site) -> dict[str, str]:
    """Return the list of outlets."""
    place = Place("outlets/index.html")
    rows = [
        [
            _cell(own.outlet, f"{slug(own.outlet)}.html"),
            own.documents,
            own.reprints,
            own.first_day.isoformat(),
            own.last_day.isoformat(),
        ]
        for own in outlets
    ]
    columns = ["Outlet", "Documents", "Reprints", "First day", "Last day"]
    return {place.path: _list(site, place, "Outlets", [_table(columns, rows, "Whose articles were read")])}


def feeds_page(feeds: Iterable[Sequence[str]], site: Site) -> dict[str, str]:
    """Return the list of feeds.

    Args:
        feeds: group, title and path without extension of each feed, from the root.
        site: title and address of the site.
    """
    place = Place("feeds/index.html", alternates=feeds_of("all", "All changes"))
    groups: dict[str, list[list[Any]]] = {}
    for group, title, path in feeds:
        links = [_cell("Atom", f"../{path}.atom", title), _cell("JSON Feed", f"../{path}.feed.json", title)]
        groups.setdefault(group, []).append([_cell(title, ""), *links])
    blocks = [
        {**_table(["Of", "Atom", "JSON Feed"], rows, group), "title": group, "numbers": False}
        for group, rows in groups.items()
    ]
    intro = "A feed tells what changed, before and after, with the words. What is revised is updated."
    return {place.path: _list(site, place, "Feeds", blocks, intro)}


def days_page(month: str, days: Sequence[EditionHead], months: Sequence[str], site: Site) -> dict[str, str]:
    """Return the list of a month's editions.

    Args:
        month: ``YYYY-MM``.
        days: its editions, oldest first.
        months: all months with an edition, oldest first.
        site: title and address of the site.
    """
    before, after = neighbours([Way(month_words(m), f"{m}.html") for m in months], list(months).index(month))
    place = Place(f"days/{month}.html", (("All days", "../index.html"),), before, after, "Months")
    rows = [
        [
            _cell(wording.day_words(own.day), f"../{own.day}/index.html"),
            own.changes, own.disagreements, own.held, own.documents, own.revision,
        ]
        for own in reversed(days)
    ]  # fmt: skip
    columns = ["Day", "Changes", "Disagreements", "Held", "Documents", "Revision"]
    return {
        place.path: _list(
            site, place, f"Days of {month_words(month)}", [_table(columns, rows, "Newest first")]
        )
    }


def audit_page(runs: Sequence[RunAudit], site: Site) -> dict[str, str]:
    """Return the page of the last audits; runs of one day are one bar of its plot."""
    place = Place("audit/index.html")
    by_day: dict[date, tuple[int, int]] = {}
    for run in runs:
        total, failed = by_day.get(run.started_at.date(), (0, 0))
        bad = sum(not check.success for check in run.checks)
        by_day[run.started_at.date()] = (total + len(run.checks), failed + bad)
    bars = [(day, total, failed) for day, (total, failed) in sorted(by_day.items())]
    plot = plots.bars(bars, "Expectations checked by day, and how many failed")
    return {
        place.path: rendered(
            "site_audit.html.j2", site, place, runs=runs, plot=plot, instant_words=wording.instant_words
        )
    }


def data_pages(days: Sequence[EditionHead], site: Site) -> dict[str, str]:
    """Return the page of the data and the dictionary.

    Args:
        days: the editions, newest first.
        site: title and address of the site.
    """
    place = Place("data/index.html")
    base = site.url.rstrip("/") if site.url else "https://…"
    example = f"{base}/{days[0].day}/" if days else f"{base}/"
    known = {own.day for own in days}
    page = rendered(
        "site_data.html.j2",
        site,
        place,
        days=list(days[:1]),
        files=[(name, about) for name, about in ABOUT.items() if known],
        example=example,
        dataset=_script(site_dataset(site, min(known, default=None), max(known, default=None))),
    )
    above = Place("data/dictionary.html", (("Data", "index.html"),))
    views = [*(view for view in TABLES if view not in VIEWS), *VIEWS]
    names = {view.name for view in TABLES}
    dictionary = rendered("site_dictionary.html.j2", site, above, views=views, in_editions=names)
    return {place.path: page, above.path: dictionary}


def _script(record: Json) -> Markup:
    """Return JSON fit to stand inside a script element: no markup can end it."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - escaped here


def _cell(name: str, href: str, of: str = "") -> Json:
    return {"name": name, "href": href, "of": of}


def _table(columns: list[str], rows: list[list[Any]], caption: str) -> Block:
    return {"title": "", "caption": caption, "columns": columns, "rows": rows, "numbers": True}


def _list(
    site: Site, place: Place, heading: str, blocks: Sequence[Block], intro: str = "", *, search: bool = False
) -> str:
    return rendered(
        "site_list.html.j2", site, place, heading=heading, blocks=blocks, intro=intro, search=search
    )
