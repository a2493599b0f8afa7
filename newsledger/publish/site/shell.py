"""What every page of the site has around its content: title, ways, trail, neighbours, feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsledger.publish import wording
from newsledger.publish.page import environment
from newsledger.publish.plots import STANCES, short_day
from schemas.archive import OutletPoint, ReadingPoint
from schemas.config import Site

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"


@dataclass(frozen=True, slots=True)
class Way:
    """A link: its words and where it leads."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands.

    Attributes:
        path: its path from the root of the site.
        trail: the pages above it, as words and addresses seen from it.
        before: the page before it among its kind, or None.
        after: the page after it, or None.
        beside: what the two are, for screen readers.
        alternates: feeds and data of the same matter: media type, address, words.
    """

    path: str
    trail: tuple[tuple[str, str], ...] = ()
    before: Way | None = None
    after: Way | None = None
    beside: str = "Neighbours"
    alternates: tuple[tuple[str, str, str], ...] = field(default_factory=tuple)

    @property
    def root(self) -> str:
        """The way from this page to the root of the site."""
        return "../" * self.path.count("/")


class _Anytime:
    """Stands in for an edition where times are told with their year."""

    class day:  # noqa: N801 - the macros ask for ``edition.day.year``
        """No day in particular."""

        year = None


def rendered(template: str, site: Site, place: Place, **context: object) -> str:
    """Return a page as HTML.

    Args:
        template: the template's name.
        site: title and address of the site.
        place: where the page stands.
        context: what the template shows.
    """
    return (
        environment()
        .get_template(template)
        .render(
            site=site,
            path=place.path,
            root=place.root,
            here=place.path,
            trail=place.trail,
            before=place.before,
            after=place.after,
            beside=place.beside,
            alternates=place.alternates,
            edition=_Anytime,
            symbols=STANCES,
            short_day=short_day,
            listing=wording.listing,
            reading_words=reading_words,
            number_words=lambda value, qualifier, unit: wording.value_words(
                value, None, None, qualifier, unit
            ),
            hours_words=hours_words,
            **context,
        )
    )


def reading_words(point: ReadingPoint | OutletPoint, unit: str) -> str:
    """Return the value of a reading or of an outlet's figure in words."""
    return wording.value_words(point.value, point.value_low, point.value_high, point.qualifier, unit)


def hours_words(hours: float) -> str:
    """Return a duration as a reader says it: "25 minutes", "3.5 hours", "2 days"."""
    if hours < 1:
        return wording.counted(round(hours * 60), "minute")
    if hours < 48:
        text = f"{hours:.1f}".removesuffix(".0")
        return f"{text} hour{'' if text == '1' else 's'}"
    return wording.counted(round(hours / 24), "day")


def neighbours(ways: Sequence[Way], number: int) -> tuple[Way | None, Way | None]:
    """Return the ways before and after one of a list."""
    before = ways[number - 1] if number > 0 else None
    return before, ways[number + 1] if number + 1 < len(ways) else None


def feeds_of(stem: str, name: str) -> tuple[tuple[str, str, str], ...]:
    """Return the two feeds beside a page as alternates; ``stem`` is their name without extension."""
    return (
        (ATOM, f"{stem}.atom", f"Atom feed: {name}"),
        (JSON_FEED, f"{stem}.feed.json", f"JSON Feed: {name}"),
    )
