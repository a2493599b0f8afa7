"""Make the site anew where the ledger moved: only pages whose content can have changed are rendered.

What moved is asked of the ledger: the days revised since the publication the pages were made from, and the
stories, subjects and outlets in them. Every file is put in place whole; that the pages are right is written
down last. A run killed before that leaves each page old or new, and the next run makes the same pages again.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from newsledger.publish import swap
from newsledger.publish.record import Json
from newsledger.publish.site import lists
from newsledger.publish.site.entries import FOLDER, Entries, day_entries
from newsledger.publish.site.feeds import Contents, Feed, feed_files
from newsledger.publish.site.files import State, Writer, look_of, read_state, write_state
from newsledger.publish.site.histories import indicator_files, listed, stand_files
from newsledger.publish.site.pages import change_page, outlet_page, story_page
from newsledger.publish.ways import anchor, slug
from schemas.archive import (
    ChangeRef,
    EditionHead,
    OutletArchive,
    OutletHead,
    RunAudit,
    SiteScope,
    StoryArchive,
)
from schemas.config import Site

Subject = tuple[str, str, str]
"""Story, ``figure`` or ``position``, indicator or actor/issue."""


class Ledger(Protocol):
    """What the site asks of the ledger (:class:`warehouse.archive.Archive` answers)."""

    def scope(self, since: int) -> SiteScope:
        """Return what publications after ``since`` touched."""

    def editions(self) -> tuple[EditionHead, ...]:
        """Return every day, oldest first."""

    def changes_of(self, days: Iterable[date]) -> tuple[ChangeRef, ...]:
        """Return the changes of some days."""

    def last_changes(self) -> tuple[ChangeRef, ...]:
        """Return the changes of the days published or revised last."""

    def story(self, story: str, subjects: Iterable[Subject] | None = None) -> StoryArchive:
        """Return a story with the histories of the subjects named (None: of all)."""

    def outlets(self) -> tuple[OutletHead, ...]:
        """Return every outlet."""

    def outlet_archives(self, names: Sequence[str]) -> Iterable[OutletArchive]:
        """Return some outlets over all days."""

    def audits(self) -> tuple[RunAudit, ...]:
        """Return the audits of the last runs, newest first."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a build did: files written, files left as they were, and whether everything was made anew."""

    written: int
    kept: int
    is_whole: bool


def write_site(ledger: Ledger, *, editions_dir: Path, site: Site, whole: bool = False) -> SiteReport:
    """Bring the pages beside the editions up to date; nothing is written when nothing moved.

    Args:
        ledger: the archive; every edition of it must be in the folder already.
        editions_dir: the root of the site, where the editions lie.
        site: title and address of the site.
        whole: make every page anew whatever is known.

    Raises:
        PublishError: a file could not be written, or a folder holds no edition.
    """
    with swap.failures_named(editions_dir):
        state, look = read_state(editions_dir), look_of(site)
        since = 0 if whole or state.look != look else state.publication
        scope = ledger.scope(since)
        if scope.publication < since:
            scope = ledger.scope(0)  # another ledger than the one the pages were made from
        if (scope.publication == since and since) or not ledger.editions():
            return SiteReport(0, 0, is_whole=False)
        known = State() if scope.is_first else state
        build = _Build(ledger, scope, Writer(editions_dir), site, dict(known.siblings), dict(known.stories))
        build.run()
        write_state(editions_dir, State(scope.publication, look, build.siblings, build.stories))
        return SiteReport(build.writer.written, build.writer.kept, scope.is_first)


@dataclass
class _Build:
    """One build: from the single changes up to the lists, so that what links are put to is there first."""

    ledger: Ledger
    scope: SiteScope
    writer: Writer
    site: Site
    siblings: dict[str, str]
    stories: dict[str, Json]
    contents: Contents = field(default_factory=dict)

    def run(self) -> None:
        """Write every page, plot and feed of what moved, the changes first: the others show them."""
        self.entries = Entries(self.writer)
        self._assets()
        self._day_entries()
        for story in self.scope.stories:
            self.stories[story] = lists.story_summary(self._story(story))
        self._outlets()
        self._changes()
        self._put(lists.stories_page([self.stories[name] for name in sorted(self.stories)], self.site))
        self._days()
        self._put(lists.audit_page(self.ledger.audits(), self.site))
        self._feeds_page()

    def _put(self, pages: dict[str, str] | dict[str, bytes]) -> None:
        for name, data in pages.items():
            self.writer.put(name, data)

    def _assets(self) -> None:
        folder = files("newsledger.publish") / "templates"
        style = "".join((folder / name).read_text(encoding="utf-8") for name in ("style.css", "site.css"))
        self.writer.put("assets/style.css", style)
        self.writer.put("assets/search.js", (folder / "search.js").read_text(encoding="utf-8"))

    def _day_entries(self) -> None:
        """Take the changes of the revised days out of their editions."""
        self.revised: set[str] = set()
        for day in self.scope.days:
            folder = self.writer.root / day.isoformat()
            # A day whose documents all moved away before it was written has no folder.
            for entry in day_entries(folder) if folder.exists() else ():
                self.entries.put(entry)
                self.revised.add(entry["id"])

    def _is_new(self, key: str, names: object) -> bool:
        """Return whether a list of neighbours differs from that the pages were made with; remember it."""
        digest = hashlib.sha256(json.dumps(names, default=str).encode()).hexdigest()[:16]
        before, self.siblings[key] = self.siblings.get(key), digest
        return before != digest

    def _story(self, name: str) -> StoryArchive:
        """Make what moved of a story and return it; all of it where a name in it is new."""
        touched = None if self.scope.is_first else [s for s in self.scope.subjects if s[0] == name]
        story = self.ledger.story(name, touched)
        heads = [_head(head) for group in (story.indicators, story.actors, story.issues) for head in group]
        if self._is_new(f"story/{name}", [story.title, heads]) and touched is not None:
            story = self.ledger.story(name)
        self._story_pages(story)
        return story

    def _story_pages(self, story: StoryArchive) -> None:
        self._change_pages(story)
        stem = f"stories/{anchor(story.story)}"
        for figures in story.figure_histories:
            self._put(indicator_files(story, figures, self.entries, self.site))
            path = f"{stem}/indicators/{anchor(figures.head.indicator)}"
            self._feed(path, f"{path}.html", figures.head.label, figures.changes[-120:])
        for stands in story.stand_histories:
            self._put(stand_files(story, stands, self.entries, self.site))
            path = f"{stem}/{stands.kind}s/{anchor(stands.key)}"
            self._feed(
                path, f"{path}.html", _stand_name(story, stands.kind, stands.key), stands.changes[-120:]
            )
        self._put(story_page(story, self.entries, self.site))
        self._feed(f"{stem}/story", f"{stem}/index.html", story.title, story.changes)

    def _change_pages(self, story: StoryArchive) -> None:
        """Make the pages of the revised changes, and of their neighbours, which lead to them."""
        by_subject: dict[str, list[ChangeRef]] = {}
        own = [history.changes for history in story.figure_histories]
        own += [history.changes for history in story.stand_histories if history.kind == "actor"]
        for ref in itertools.chain.from_iterable(own):
            by_subject.setdefault(ref.subject, []).append(ref)
        for refs in by_subject.values():
            chain = [entry for ref in refs if (entry := self.entries.get(ref.change_id)) is not None]
            for number in range(len(chain)):
                near = chain[max(0, number - 1) : number + 2]
                if any(other["id"] in self.revised for other in near):
                    self._put(change_page(story, chain, number, self.site))

    def _feed(self, path: str, page: str, title: str, refs: Sequence[ChangeRef]) -> None:
        entries = [entry for ref in refs if (entry := self.entries.get(ref.change_id)) is not None]
        self._put(feed_files(Feed(path, title, page, entries), self.site, self.contents))

    def _outlets(self) -> None:
        heads = self.ledger.outlets()
        names = [head.outlet for head in heads]
        touched = names if self._is_new("outlets", names) else [n for n in names if n in self.scope.outlets]
        for outlet in self.ledger.outlet_archives(touched):
            name = outlet.outlet
            self._put(outlet_page(outlet, names, self.entries, self.site))
            path = f"outlets/{slug(name)}"
            self._feed(path, f"{path}.html", name, outlet.changes)
        self._put(lists.outlets_page(heads, self.site))
        self.outlet_names = names

    def _changes(self) -> None:
        """Make the months of the revised days, the page of all changes and their feeds."""
        counts = self._month_counts()
        months = {day.isoformat()[:7] for day in self.scope.days}
        if self._is_new("months", sorted(counts)):
            months |= _beside(sorted(counts), months)
        for month in sorted(months & counts.keys()):
            self._put(lists.month_files(month, self._month_rows(month), sorted(counts), self.site))
        refs = self.ledger.last_changes()
        self._put(lists.changes_page(listed(refs, self.entries), counts, self.site))
        self._feed("feeds/all", "index.html", "All changes", refs)

    def _month_counts(self) -> Counter[str]:
        """Return the changes by month, from what the editions of each month say."""
        counts: Counter[str] = Counter()
        for head in self.ledger.editions():
            counts[head.day.isoformat()[:7]] += head.changes
        return Counter({month: number for month, number in counts.items() if number})

    def _month_rows(self, month: str) -> list[lists.Found]:
        """Return the changes of a month: those of revised days anew, the others as they were found before."""
        days = {day.isoformat() for day in self.scope.days}
        data = None if self.scope.is_first else self.writer.read(f"{FOLDER}/{month}.json")
        rows = [row for row in json.loads(data or b"[]") if row[1] not in days]
        new = [e for name in self.revised if (e := self.entries.get(name)) and e["day"].startswith(month)]
        found = [lists.found_row(entry) for entry in sorted(new, key=lambda e: (-e["severity"], e["id"]))]
        order = {row[0]: at for at, row in enumerate(rows)} | {row[0]: at for at, row in enumerate(found)}
        return sorted([*rows, *found], key=lambda row: (_reversed(row[1]), order[row[0]]))

    def _days(self) -> None:
        heads = [
            head for head in self.ledger.editions() if (self.writer.root / head.day.isoformat()).exists()
        ]
        by_month: dict[str, list[EditionHead]] = {}
        for head in heads:
            by_month.setdefault(head.day.isoformat()[:7], []).append(head)
        months = {day.isoformat()[:7] for day in self.scope.days}
        if self._is_new("days", sorted(by_month)):
            months |= _beside(sorted(by_month), months)
        for month in sorted(months & by_month.keys()):
            self._put(lists.days_page(month, by_month[month], sorted(by_month), self.site))
        self._put(lists.data_pages(heads[::-1], self.site))

    def _feeds_page(self) -> None:
        feeds = [["Everything", "All changes", "feeds/all"]]
        feeds += [feed for name in sorted(self.stories) for feed in self.stories[name]["feeds"]]
        feeds += [["Outlets", name, f"outlets/{slug(name)}"] for name in self.outlet_names]
        self._put(lists.feeds_page(feeds, self.site))


def _beside(ordered: Sequence[str], chosen: set[str]) -> set[str]:
    """Return the neighbours of the chosen in an ordered list: a new member changes their ways on."""
    places = [at for at, name in enumerate(ordered) if name in chosen]
    return {ordered[near] for at in places for near in (at - 1, at + 1) if 0 <= near < len(ordered)}


def _head(head: object) -> tuple[str, ...]:
    """Return what neighbours say of an indicator, actor or issue: key and name."""
    keys = ("indicator", "label", "actor", "name", "issue", "proposition")
    return tuple(str(getattr(head, key)) for key in keys if hasattr(head, key))


def _stand_name(story: StoryArchive, kind: str, key: str) -> str:
    if kind == "actor":
        return next(head.name for head in story.actors if head.actor == key)
    return next(head.proposition for head in story.issues if head.issue == key)


def _reversed(day: str) -> int:
    """Return a key that sorts the newest day first."""
    return -date.fromisoformat(day).toordinal()
