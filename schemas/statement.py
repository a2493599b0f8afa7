"""A position as the tools of discourse network analysis take it: who says what to which concept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """One position with the names readers know instead of keys.

    Attributes:
        position_id: the position.
        story: its story.
        day: the edition day of its document.
        said_on: the day it was said, or None when only the publication day is known.
        document_id: the document.
        origin_id: the document whose text this one repeats; its own id where it repeats none.
        title: the document's headline.
        author: its byline.
        source: its outlet.
        published_at: when it was published.
        actor: codebook key of whose stance it is.
        actor_name: the actor's name.
        actor_kind: person, organisation, country or group.
        person: the person who spoke, by name, or None.
        organization: the body whose stance it is, by name, or None for a person who speaks for himself.
        issue: codebook key of the issue.
        proposition: the issue's proposition.
        stance: supports, opposes or conditional.
        condition: the verbatim condition, or None.
        act: the PLOVER class.
        evidence: the verbatim words.
        start: their start in the document's text, in characters.
        stop: their end.
    """

    position_id: str
    story: str
    day: date
    said_on: date | None
    document_id: str
    origin_id: str
    title: str
    author: str
    source: str
    published_at: datetime
    actor: str
    actor_name: str
    actor_kind: str
    person: str | None
    organization: str | None
    issue: str
    proposition: str
    stance: str
    condition: str | None
    act: str
    evidence: str
    start: int
    stop: int
