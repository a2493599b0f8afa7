"""The codebook: everything newsledger knows of a story, in a file an editor writes.

``docs/codebook.md`` teaches the format; ``newsledger codebook schema`` prints the JSON Schema that
editors use for completion. Nothing else in the software may know a story, a name or a sentence.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower-case-with-dashes")]
"""Names of stories, actors, indicators and issues: stable, readable, safe in addresses."""

Words = list[Annotated[str, Field(min_length=1)]]
"""Words or phrases. Any inflection matches; ``*`` stands for one or more letters of a word when it
ends one ("disarm*"), and for up to three words between two others ("lay down * arms")."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Match(_Model):
    """Which documents belong to the story."""

    any: Words = Field(description="words of the story; a document needs some of them")
    at_least: int = Field(2, ge=1, description="how many different words of `any` it needs")
    none: Words = Field([], description="words that show that it is another story")


class ActorExample(_Model):
    """A sentence and the words in it that must mean the actor (none: it must not be meant)."""

    text: str
    means: str | None = None
    day: date | None = None


class Office(_Model):
    """An office somebody holds from one day to another: "the prime minister" then means its holder."""

    title: str = Field(min_length=1, description='as it is printed: "prime minister", "chief executive"')
    of: Key | None = Field(
        None, description="the country or body whose office it is; the holder speaks for it while in office"
    )
    since: date | None = Field(None, description="the first day in office; left out: always")
    until: date | None = Field(None, description="the last day in office; left out: still")

    def held_on(self, day: date | None) -> bool:
        """Return whether the office is held on a day; without a day, whether it is held for good."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def meets(self, other: Office) -> bool:
        """Return whether two holders would sit in one office on the same day."""
        if (self.title.lower(), self.of) != (other.title.lower(), other.of):
            return False
        starts_in_time = other.until is None or self.since is None or self.since <= other.until
        return starts_in_time and (self.until is None or other.since is None or other.since <= self.until)


class Actor(_Model):
    """Somebody who can hold a position or be a source."""

    name: str = Field(description="the name readers see")
    kind: Literal["person", "organisation", "country", "group"] = "person"
    aliases: Words = Field([], description="other spellings and short forms; each names this actor alone")
    adjectives: Words = Field([], description='as in "Israeli officials": the actor speaks through them')
    descriptions: Words = Field(
        [], description='"the group", "the ministry": this actor when it was named before in the text'
    )
    speaks_for: Key | None = Field(None, description="the actor this person speaks for")
    own_voice: bool = Field(
        default=False,
        description="a leader whose stance is kept as his own, apart from the body he speaks for",
    )
    offices: list[Office] = Field([], description="offices held, with their days")
    pronoun: Literal["he", "she"] | None = Field(
        None, description='how articles speak of this person, so that "she" is never taken for another'
    )
    examples: list[ActorExample] = []


class FigureExample(_Model):
    """A sentence and the value the indicator must read in it (none: it must read nothing)."""

    text: str
    value: float | None = None


class Indicator(_Model):
    """Something that is counted day after day."""

    label: str = Field(description="what readers see, as a noun phrase")
    description: str = ""
    unit: str = Field("person", description="person, count, share (0 to 1), ISO currency code, or SI name")
    aspect: Literal["current", "cumulative", "period"] = Field(
        "current", description="as things stand; since a start (never falls); within a day or period"
    )
    counts: Words = Field(
        description='the nouns that are counted; "people" stands for every word for persons'
    )
    predicates: Words = Field(
        [],
        description="what is said of them: killed, wounded, held ...; any of these must be near; a word "
        "stands for its whole family (killed: died, dead, death toll, lives lost)",
    )
    places: Words = Field([], description="where; a figure said of another place does not match")
    context: Words = Field(
        [], description="at least one of these in the same sentence, the one before or the heading"
    )
    never: Words = Field([], description="none of these in the figure's own clause")
    never_context: Words = Field([], description="none of these anywhere in the same sentence")
    part_of: Key | None = Field(None, description="the indicator whose part this is")
    event_on: date | None = Field(
        None, description="the day of the event counted; such a figure is not background for being old"
    )
    low: float | None = Field(None, description="no plausible value is below")
    high: float | None = Field(None, description="no plausible value is above")
    step: float | None = Field(
        None, gt=0, description="largest plausible change from one reading to the next, as a share (0.2)"
    )
    tolerance: float = Field(
        0.05, ge=0, lt=1, description='how far "about" reaches to each side, as a share of the value'
    )
    drop_after_days: int = Field(7, ge=1, description="days without a report after which it is dropped")
    examples: list[FigureExample] = []


class PositionExample(_Model):
    """A sentence, the actor and the stance that must be read in it (none: nothing must be read)."""

    text: str
    actor: Key | None = None
    stance: Literal["supports", "opposes", "conditional"] | None = None
    day: date | None = None


class Issue(_Model):
    """A proposition one can support, oppose or accept on conditions."""

    proposition: str = Field(description="a full sentence one can agree or disagree with")
    topics: Words = Field(description="ways to speak of what the proposition says")
    contrary: Words = Field(
        [], description="ways to speak of its opposite: who wants this opposes the proposition"
    )
    supports: Words = Field([], description="words that by themselves show support, whatever the verb")
    opposes: Words = Field([], description="words that by themselves show opposition")
    actors: list[Key] = Field([], description="only these can hold a position here; empty: all")
    never: Words = Field([], description="none of these in the same clause")
    examples: list[PositionExample] = []


class Audit(_Model):
    """Thresholds of the audit for this story."""

    dispute_share: float = Field(
        0.2, ge=0, le=1, description="support against a reading, as a share of its own, that makes a dispute"
    )
    background_days: int = Field(
        1, ge=0, description="a figure whose as-of day is more days before the edition day is background"
    )
    critical_failure_share: float = Field(
        0.5, gt=0, le=1, description="share of a batch's rows that may fail before nothing is promoted"
    )


_ARTICLE = re.compile(r"^(the|a|an) ")


def place_key(place: str) -> str:
    """Return a place as it is looked up: in lower case, without an article (``ledger.place_key`` in SQL)."""
    return _ARTICLE.sub("", place.strip().replace("’", "'").lower())


def _outward(around: dict[str, str], place: str) -> list[str]:
    """Return the places around a place, the nearest first; in a circle each once."""
    found: list[str] = []
    while place in around and around[place] not in found:
        place = around[place]
        found.append(place)
    return found


class Codebook(_Model):
    """One story: what belongs to it, who acts in it, what is counted and what is argued."""

    story: Key
    title: str
    version: str = Field(description="raise it when you change the codebook; figures remember it")
    timezone: str = Field("UTC", description="IANA name; its midnight divides the edition days")
    languages: list[Annotated[str, Field(pattern=r"^[a-z]{2}$")]] = ["en"]
    match: Match
    places: Words = Field([], description="places of the story, for datelines and figures")
    within: dict[str, str] = Field(
        {},
        description="which place lies in which: a number of the inner is none of the outer",
    )
    actors: dict[Key, Actor] = {}
    indicators: dict[Key, Indicator] = {}
    issues: dict[Key, Issue] = {}
    audit: Audit = Audit()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is no IANA time zone (try Africa/Cairo, Europe/Paris)") from error
        return value

    def places_apart(self, indicator: str) -> list[str]:
        """Return the places of ``within``, in lower case, whose numbers are not the indicator's own.

        Its own are those of its ``places`` that lie in no other of them; without any, those that lie nowhere.
        """
        around = self._around()
        listed = {place_key(place) for place in self.indicators[indicator].places}
        listed = listed or {*around, *around.values()}
        own = {place for place in listed if listed.isdisjoint(_outward(around, place))}
        return sorted({*around, *around.values()} - own)

    def places_inside(self, places: Words) -> list[str]:
        """Return the places of ``within``, as written, that lie in one of those given."""
        around, outer = self._around(), {place_key(place) for place in places}
        return [name for name in self.within if not outer.isdisjoint(_outward(around, place_key(name)))]

    def _around(self) -> dict[str, str]:
        return {place_key(inner): place_key(outer) for inner, outer in self.within.items()}

    @field_validator("within")
    @classmethod
    def _no_circle(cls, value: dict[str, str]) -> dict[str, str]:
        around = {place_key(inner): place_key(outer) for inner, outer in value.items()}
        for place in value:
            if place_key(place) in _outward(around, place_key(place)):
                raise ValueError(f"{place!r} would lie in itself")
        return value

    @model_validator(mode="after")
    def _known_references(self) -> Codebook:
        for name, actor in self.actors.items():
            if actor.speaks_for and actor.speaks_for not in self.actors:
                raise ValueError(f"actors.{name}.speaks_for: no actor {actor.speaks_for!r}")
        self._check_offices()
        for name, indicator in self.indicators.items():
            if indicator.part_of and indicator.part_of not in self.indicators:
                raise ValueError(f"indicators.{name}.part_of: no indicator {indicator.part_of!r}")
        for name, issue in self.issues.items():
            unknown = [a for a in issue.actors if a not in self.actors]
            if unknown:
                raise ValueError(f"issues.{name}.actors: no actor {unknown[0]!r}")
        return self

    def _check_offices(self) -> None:
        held = [(name, office) for name, actor in self.actors.items() for office in actor.offices]
        for at, (name, office) in enumerate(held):
            if office.of and office.of not in self.actors:
                raise ValueError(f"actors.{name}.offices: no actor {office.of!r}")
            if office.since and office.until and office.until < office.since:
                raise ValueError(f"actors.{name}.offices: {office.title!r} ends before it begins")
            for other, second in held[:at]:
                if other != name and office.meets(second):
                    raise ValueError(
                        f"actors.{name}.offices: {office.title!r} is held by {other} as well on the same "
                        "days; give the one since, the other until"
                    )
