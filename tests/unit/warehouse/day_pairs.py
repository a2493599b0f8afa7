"""Read day_pairs.yml: days of coverage in an editor's words, as articles; and changes in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from schemas.audit import Hold
from schemas.figure import Aspect
from tests.unit.warehouse.newsroom import Article, at

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = (*_WEEK, *(f"next {day}" for day in _WEEK))
MONDAY = date(2031, 5, 5)
KINDS: dict[str, dict[str, Any]] = {
    "stock": {"aspect": "current"},
    "toll": {"aspect": "cumulative"},
    "daily count": {"aspect": "period"},
    "event": {"aspect": "cumulative", "event_on": "2031-01-01"},
}
_QUALIFIERS = {
    "about": "about", "more than": "more_than", "at least": "at_least", "nearly": "nearly",
    "fewer than": "less_than", "up to": "up_to",
}  # fmt: skip
_VAGUE = {"dozens": (12, 99), "hundreds": (100, 999), "tens of thousands": (10_000, 99_999)}
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_STATEMENT = re.compile(r"^(?P<outlet>[A-Z]\w*) says (?P<said>[^(]+?)(?: \((?P<notes>.+)\))?$")
_FIGURE = re.compile(
    rf"^(?:(?P<qualifier>{'|'.join(_QUALIFIERS)}) )?(?P<value>{_NUMBER})(?: to (?P<high>{_NUMBER}))?"
    r"(?: (?P<name>[a-z]+))?$"
)
_STANCES = {"supports": "supports", "opposes": "opposes", "agrees if": "conditional"}
_STANCE = re.compile(r"^(?P<actor>[a-z]+) (?P<stance>supports|opposes|agrees if)(?P<rest> .+)?$")


@dataclass
class Case:
    """A row of the table: what was printed on which day, and what must come of it."""

    title: str
    row: dict[str, Any]
    slug: str = field(init=False)

    def __post_init__(self) -> None:
        self.slug = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def days(self) -> list[str]:
        return [day for day in DAYS if day in self.row]

    def indicator(self, name: str | None) -> str:
        return f"{self.slug}-{name}" if name else self.slug

    def indicators(self) -> dict[str, dict[str, Any]]:
        own = {**KINDS[self.row.get("kind", "stock")], **self.row.get("settings", {})}
        every: dict[str | None, dict[str, Any]] = {None: own, **self.row.get("beside", {})}
        made = {}
        for name, settings in every.items():
            data = {"label": self.indicator(name), "counts": ["people"], **settings}
            if "part_of" in data:
                data["part_of"] = self.slug
            made[self.indicator(name)] = data
        return made

    def changes(self) -> dict[str, list[str]]:
        """What must be published on each day named, one line a change; none for "nothing"."""
        told = self.row.get("changes", {})
        if "change" in self.row:
            told = {**told, self.days[-1]: self.row["change"]}
        return {day: _lines(lines) for day, lines in told.items()}


def _lines(lines: str | list[str]) -> list[str]:
    listed = [lines] if isinstance(lines, str) else lines
    return sorted(line for line in listed if line != "nothing")


def date_of(day: str) -> date:
    return MONDAY + timedelta(days=DAYS.index(day))


def load_cases() -> list[Case]:
    rows = yaml.safe_load((Path(__file__).parent / "day_pairs.yml").read_text(encoding="utf-8"))
    return [Case(row["case"], row) for row in rows]


@dataclass
class Printed:
    """An article of a case, whether it came in late, and which of its figures are held."""

    article: Article
    is_late: bool
    holds: list[Hold]


def printed(case: Case, day: str) -> Iterator[Printed]:
    """The articles of one day of a case; ";" parts articles, " and " the statements of one."""
    for number, text in enumerate(str(case.row[day]).split("; ")):
        if text == "nothing":
            continue
        found = _STATEMENT.match(text)
        assert found, f"{case.title}: {text!r} cannot be read"
        notes = [note.strip() for note in (found["notes"] or "").split(",") if note.strip()]
        yield _Writer(case, day, found["outlet"], number).article(found["said"].split(" and "), notes)


class _Writer:
    def __init__(self, case: Case, day: str, outlet: str, number: int) -> None:
        self.case, self.day, self.outlet, self.number = case, day, outlet, number
        moment = date_of(day)
        is_twin = any(text.startswith(outlet) for text in str(case.row[day]).split("; ")[:number])
        name = self._name(day, outlet) + f"-{number}" * is_twin
        self.made = Article(name, at(moment.day, 9, number), outlet)
        self.made.aspects = {
            name: Aspect(data.get("aspect", "current")) for name, data in case.indicators().items()
        }
        self.figure: dict[str, Any] = {}
        self.position: dict[str, Any] = {}
        self.is_late = False
        self.is_held = False

    def _name(self, day: str, outlet: str) -> str:
        """The name of an outlet's first article of a day."""
        return f"{self.case.slug}-{day}-{outlet}".replace(" ", "")

    def article(self, statements: list[str], notes: list[str]) -> Printed:
        for note in notes:
            self._note(note)
        for said in statements:
            self._say(said)
        first = f"f{self.made.name}-{self.made.version}-0"
        holds = [Hold("figure", first, "step", "held by the table")] if self.is_held else []
        return Printed(self.made, self.is_late, holds)

    def _say(self, said: str) -> None:
        stance = _STANCE.match(said)
        if stance:
            condition = (stance["rest"] or "").strip() or None
            self.made.position(
                stance["actor"], self.case.slug, _STANCES[stance["stance"]],
                **{"condition": condition, **self.position},
            )  # fmt: skip
        elif said in _VAGUE:
            low, high = _VAGUE[said]
            span = {"value_low": float(low), "value_high": float(high)}
            self.made.figure(self.case.slug, float(low), "vague", **span, **self.figure)
        else:
            self._count(said)

    def _count(self, said: str) -> None:
        found = _FIGURE.match(said)
        assert found, f"{self.case.title}: {said!r} cannot be read"
        value, span, qualifier = _number(found["value"]), {}, _QUALIFIERS.get(found["qualifier"], "exact")
        if found["high"]:
            span, qualifier = {"value_low": value, "value_high": _number(found["high"])}, "range"
        self.made.figure(self.case.indicator(found["name"]), value, qualifier, **span, **self.figure)

    def _note(self, note: str) -> None:
        word, _, rest = note.partition(" ")
        if note in ("planned", "denied", "hypothetical"):
            self.figure["modality"] = note
        elif note in ("so far", "that day"):
            self.figure["aspect"] = Aspect.CUMULATIVE if note == "so far" else Aspect.PERIOD
        elif note.startswith("as of "):
            self.figure.update(as_of=_day_named(note.removeprefix("as of ")), as_of_source="text")
            self.position["said_on"] = self.figure["as_of"]
        elif word in ("in", "quoting", "speaker"):
            key = {"in": "place", "quoting": "attributed_to", "speaker": "speaker"}[word]
            (self.position if word == "speaker" else self.figure)[key] = rest
        elif note == "held":
            self.is_held = True
        elif note == "late":
            self.is_late = True
        else:
            self._document_note(note, word, rest)

    def _document_note(self, note: str, word: str, rest: str) -> None:
        if word == "version":  # version 2 of monday
            version, _, day = rest.partition(" of ")
            self.made.name, self.made.version = self._name(day, self.outlet), int(version)
            self.made.published_at = at(date_of(day).day, 9)
        elif word == "at":  # at 20:59 UTC
            clock = datetime.strptime(rest.removesuffix(" UTC"), "%H:%M")  # noqa: DTZ007 - only a time
            self.made.published_at = at(date_of(self.day).day, clock.hour, clock.minute)
        elif word in ("reprints", "abridges", "updates", "embeds"):  # reprints A of monday
            relation = {"reprints": "same", "abridges": "abridged", "updates": "update"}.get(word, word)
            outlet, _, day = rest.partition(" of ")
            self.made.repeats(self._name(day or self.day, outlet), relation)
        else:
            raise AssertionError(f"{self.case.title}: {note!r} cannot be read")


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _day_named(name: str) -> date:
    return date_of(name) if name in DAYS else date.fromisoformat(name)


def shown(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def figure_line(row: tuple[Any, ...]) -> str:
    """A row (kind, value_before, value_after, values_against) as the table words it."""
    kind, before, after, against = row
    ends = [value for value in (before, after) if value is not None]
    if kind == "disputed" and before == after:
        ends = ends[:1]
    tail = " against " + ", ".join(map(shown, against)) if against and kind != "new" else ""
    return f"{kind} {' -> '.join(map(shown, ends))}{tail}"


def reading_line(row: tuple[Any, ...]) -> str:
    """A row (qualifier, value, texts, outlets, is_disputed) as the table words it."""
    qualifier, value, texts, outlets, is_disputed = row
    words = {short: long for long, short in _QUALIFIERS.items()} | {
        "exact": "",
        "range": "",
        "vague": "vague",
    }
    number = f"{words[qualifier]} {shown(value)}".strip()
    counts = f"{texts} text{'s' * (texts > 1)} in {outlets} outlet{'s' * (outlets > 1)}"
    return f"{number} by {counts}{', disputed' * is_disputed}"


def series_line(row: tuple[Any, ...]) -> str:
    """A row (series, qualifier, value, is_disputed) as the table words it."""
    series, *rest = row
    number, _, disputed = reading_line((*rest[:2], 1, 1, rest[2])).partition(" by 1 text in 1 outlet")
    return f"{series} {number}{disputed}"


def position_line(row: tuple[Any, ...]) -> str:
    """A row (actor, kind, stance_before, stance_after) as the table words it."""
    actor, kind, before, after = row
    ends = [after] if before in (None, after) else [before, after]
    return f"{actor} {kind} {' -> '.join(ends)}"
