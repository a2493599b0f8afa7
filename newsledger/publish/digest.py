"""What a subscriber is told of an edition: the changes chosen, each with its quotes, as one message."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsledger.publish.display import line
from newsledger.publish.markdown import by_severity, change_markdown
from newsledger.publish.wording import counted, day_words
from schemas.config import Site
from schemas.edition import Edition, FigureChange, PositionChange

MAX_CHANGES = 20
"""Changes of one message; the rest is counted, and the page has them."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change as it is told.

    Attributes:
        change_id: the change.
        words: Markdown: the change with its quotes.
    """

    change_id: str
    words: str

    @property
    def digest(self) -> str:
        """The digest of the words, by which a change that was reworded is told apart."""
        return hashlib.sha256(self.words.encode()).hexdigest()


def chosen(edition: Edition, wants: Callable[[FigureChange | PositionChange], bool]) -> list[Told]:
    """Return the changes of an edition a subscriber wants, figures first, most severe first."""
    zones = {head.story: head.timezone for head in edition.stories}
    changes: list[FigureChange | PositionChange] = [
        *by_severity(edition.figure_changes),
        *by_severity(edition.position_changes),
    ]
    return [
        Told(change.change_id, change_markdown(change, zones.get(change.story, "UTC")))
        for change in changes
        if wants(change)
    ]


def message(edition: Edition, told: Sequence[Told], site: Site) -> tuple[str, str]:
    """Return title and Markdown body of what is told of an edition.

    Args:
        edition: the edition.
        told: the changes, at least one.
        site: the title and the address of the editions.
    """
    title = f"{line(site.title)}: {counted(len(told), 'change')}, {day_words(edition.day)}"
    blocks = [change.words for change in told[:MAX_CHANGES]]
    if len(told) > MAX_CHANGES:
        blocks.append(f"... and {counted(len(told) - MAX_CHANGES, 'more change')}.")
    if site.url:
        blocks.append(f"<{site.url.rstrip('/')}/{edition.day.isoformat()}/>")
    return title, "\n\n".join(blocks) + "\n"
