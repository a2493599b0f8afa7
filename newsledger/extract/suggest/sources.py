"""Names that recur as sources and are no actor of a codebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.wordlist import words
from schemas.codebook import Codebook

_TITLES = words(
    """
    mr mrs ms dr prof professor sir dame lord lady president vice prime minister deputy acting interim former
    foreign finance interior health defence defense justice energy transport education environment labour
    labor trade agriculture mayor governor senator chief general colonel captain major sergeant inspector
    judge chairman chairwoman chair director secretary commissioner ambassador chancellor king queen prince
    princess pope bishop archbishop sheikh imam rabbi spokesman spokeswoman spokesperson
    """
)
"""Words with a capital before a name that are no part of it."""
_BODIES = words(
    """
    agency ministry office council union authority police bank company group association commission committee
    court department federation government hospital institute league organisation organization party service
    services society university board centre center corporation parliament army navy force forces fund
    institution bureau ltd inc plc network foundation alliance brigade operator grid railways airport port
    """
)
"""Words by which a name is told to be a body's."""
_ROLE = r"(?:[Tt]he\s+)?(?:[a-z][\w’'-]*,?\s+){0,5}"
_NAME = re.compile(rf"(?P<role>{_ROLE})(?P<name>(?:[A-Z][\w.’'-]*\s+){{0,4}}[A-Z][\w’'-]+)")
_UNNAMED = re.compile(r"[Tt]he\s+(?P<name>[a-z][\w’'-]+(?:\s[a-z][\w’'-]+){0,3})")
_LINKS = words("at in of by from for with on near and or that who which")
_THINGS = words(
    """
    report paper statement article study survey document figures data letter post message record newspaper
    broadcaster website video footage town city country village family same other one
    """
)
"""Nouns that are no source one follows from day to day."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One figure's source as printed, with its text (reprints count with the first), outlet and sentence."""

    printed: str
    text_id: str
    outlet: str
    day: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ActorIdea:
    """An actor worth adding.

    Attributes:
        key: a key the codebook does not have.
        name: the name readers see.
        kind: ``person`` or ``organisation``, a guess.
        aliases: the ways it is printed that the name itself does not cover.
        documents: independent texts that name it as a source.
        outlets: their outlets.
        quotes: two sentences with outlet and day.
    """

    key: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    documents: int
    outlets: int
    quotes: tuple[tuple[str, str, str], ...]


def actor_ideas(rows: Iterable[SourceRow], codebook: Codebook, least: int) -> list[ActorIdea]:
    """Return names that recur as sources and are no actor, most useful first.

    Args:
        rows: the sources of the story's figures as printed.
        codebook: the story's codebook as it is now.
        least: independent texts a name must stand in.
    """
    known = Phrases(
        [word for a in codebook.actors.values() for word in (a.name, *a.aliases, *a.descriptions)]
    )
    groups: dict[str, list[SourceRow]] = {}
    for row in rows:
        name = source_name(row.printed)
        if name and not known.found_in(row.printed):
            groups.setdefault(name, []).append(row)
    _merge_surnames(groups)
    taken = set(codebook.actors)
    ideas = []
    for name, found in groups.items():
        idea = _idea(name, found, taken)
        if idea.documents >= least:
            taken.add(idea.key)
            ideas.append(idea)
    return sorted(ideas, key=lambda idea: (-idea.outlets, -idea.documents, idea.key))


def source_name(printed: str) -> str:
    """Return the name in a source as printed, or "" where it names nobody in particular.

    "Finance Minister Petra Quill" gives "Petra Quill", "the agency's director, Ann Sand" gives "Ann Sand",
    "the harbour master" itself without the article; "residents" and "economists at the university" give "".
    """
    text = " ".join(printed.split())
    unnamed = _UNNAMED.fullmatch(text)
    if unnamed:
        last = unnamed["name"].split()[-1]
        is_plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
        is_nobody = is_plural or last in _THINGS or _LINKS & set(unnamed["name"].split())
        return "" if is_nobody else unnamed["name"]
    named = _NAME.fullmatch(text)
    if not named or _LINKS & set(re.findall(r"[a-z]+", named["role"])):
        return ""
    parts = named["name"].split()
    titles = [at for at, part in enumerate(parts) if part.lower().rstrip(".") in _TITLES]
    if titles and _BODIES.isdisjoint(map(str.lower, parts)):  # "Queen Mary Hospital" is all name
        parts = parts[titles[-1] + 1 :]
    return "" if not parts or parts[0] in ("The", "A", "An") else " ".join(parts)


def _merge_surnames(groups: dict[str, list[SourceRow]]) -> None:
    """Put the sources called by a surname alone to the one full name that ends in it."""
    for name in [n for n in groups if " " not in n and n[:1].isupper()]:
        full = [other for other in groups if other.endswith(f" {name}")]
        if len(full) == 1:
            groups[full[0]] += groups.pop(name)


def _idea(name: str, rows: Sequence[SourceRow], taken: set[str]) -> ActorIdea:
    is_named = name[:1].isupper()
    is_body = not is_named or bool(_BODIES & set(name.lower().split())) or " " not in name
    key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "source"
    while key in taken:
        key += "-2"
    quotes = {row.text_id: (row.sentence, row.outlet, row.day) for row in reversed(rows) if row.sentence}
    return ActorIdea(
        key=key,
        name=name if is_named else name.capitalize(),
        kind="organisation" if is_body else "person",
        aliases=() if is_named else (f"the {name}",),
        documents=len({row.text_id for row in rows}),
        outlets=len({row.outlet for row in rows}),
        quotes=tuple(sorted(quotes.values(), key=lambda quote: (len(quote[0]), quote))[:2]),
    )
