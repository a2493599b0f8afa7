"""Made-up coverage of a fire over some days, with everything that makes the order of arrival matter.

Tolls that rise, fall by a slip and leap; wire texts that other outlets print whole, cut, lengthened or a day
late; pages seen again with a number, a quotation or a comma changed, and changed back; stances that turn. The
drafts are made directly: no page has to be taken apart, so thousands of documents cost little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from random import Random

from newsledger.fetch.sources.source import DayRange, Portion, Record, digest_of
from schemas.document import DateSource, Draft

FIRST = date(2026, 3, 2)
CODEBOOK = """\
story: fire
title: The fire of Lorvane
version: "1"
timezone: Europe/Lisbon
match: {any: [fire, Lorvane], at_least: 2}
actors:
  mayor: {name: Ana Roe, kind: person, aliases: [the mayor]}
  union: {name: Firefighters' union, kind: organisation, aliases: [the union]}
indicators:
  dead: {label: People killed, aspect: cumulative, counts: [people], predicates: [killed], step: 0.5}
  hurt: {label: People injured, counts: [people], predicates: [injured]}
  homeless: {label: Families homeless, counts: [families], predicates: [homeless]}
issues:
  rebuild: {proposition: The old town should be rebuilt., topics: [rebuilding the old town]}
"""
_PLACES = [
    "bakery",
    "mill",
    "school",
    "chapel",
    "cinema",
    "pharmacy",
    "station",
    "granary",
    "tannery",
    "library",
]
_DEEDS = (
    "neighbours carried water in pails", "engineers looked at the walls", "two streets stayed closed",
    "a hall took in those who had lost their homes", "the harbour lent its pumps", "the lights went out",
    "volunteers brought blankets and soup", "the bridge was shut for an hour", "rain fell in the evening",
    "the bells rang all night", "a crane lifted beams from the road", "divers searched the canal",
)  # fmt: skip


def drafts_of_days(days: int, documents: int, *, seed: int = 1, first: date = FIRST) -> list[Draft]:
    """Return about so many drafts over so many days, each with the instant it was seen at."""
    random = Random(seed)
    drafts: list[Draft] = []
    wires: list[Draft] = []
    toll = 3
    for number in range(days):
        day = first + timedelta(days=number)
        toll += random.choice((0, 0, 1, 2, 5))
        own: list[Draft] = []
        while len(own) < documents // days:
            own += _some(random, day, len(own), toll, wires)
        wires = [d for d in own if d.agency][-6:]
        drafts += own
    return drafts


def _some(random: Random, day: date, number: int, toll: int, wires: Sequence[Draft]) -> list[Draft]:
    """Return an article of the day, with the reprints and later sights it has."""
    dice = random.random()
    if dice < 0.12 and wires:  # a wire of the day before, printed late
        return [_reprint(random, random.choice(wires), day, number)]
    stated = toll if dice > 0.2 else random.choice((toll * 10, max(1, toll - 2), toll + 1))
    article = _article(random, day, number, stated)
    found = [article]
    if article.agency:
        found += [_reprint(random, article, day, number + n + 1) for n in range(random.randrange(4))]
    elif random.random() < 0.25:
        found += _seen_again(random, article, toll)
    return found


def _article(random: Random, day: date, number: int, toll: int) -> Draft:
    name = f"{day:%m%d}-{number}-{random.randrange(10**6)}"
    hurt, homeless = toll * 3 + random.randrange(3), toll + random.randrange(20, 40)
    deeds = random.sample(_DEEDS, 4)
    stance = random.choice(("supports", "opposes", "would support"))
    condition = " if the state pays for it" if stance == "would support" else ""
    place, witness = random.choice(_PLACES), name.replace("-", " ")
    lead = f"A fire near the {place} {number} of Lorvane has killed {toll} people, the brigade said {day:%A}."
    more = f"At least {hurt} people were injured and {homeless} families were left homeless, {deeds[2]} and"
    house = random.randrange(900)
    paragraphs = [
        f"{lead} {deeds[0].capitalize()} while {deeds[1]} at number {house}.",
        f"{more} {deeds[3]}, witness {witness} said.",
    ]
    if random.random() < 0.4:
        paragraphs.append(f"“We lost everything,” said neighbour {number}. The mayor {stance} rebuilding"
                          f" the old town{condition}.")  # fmt: skip
    at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(1300))
    return _draft(f"https://outlet{number % 9}.example/{name}", f"Outlet {number % 9}",
                  f"Fire in Lorvane: report {name}", paragraphs, at,
                  "AP" if random.random() < 0.2 else None)  # fmt: skip


def _draft(
    url: str, outlet: str, title: str, paragraphs: Sequence[str], at: datetime, agency: str | None
) -> Draft:
    return Draft(
        key=url.removeprefix("https://"), url=url, canonical_url=None, outlet=outlet, title=title, byline="",
        agency=agency, dateline=None, language="en", published_at=at, published_at_source=DateSource.JSON_LD,
        published_at_precision="second", text="\n\n".join([title, *paragraphs]),
        seen_at=at + timedelta(minutes=7),
    )  # fmt: skip


def _reprint(random: Random, wire: Draft, day: date, number: int) -> Draft:
    """Return a wire's text in another outlet: whole, cut or lengthened."""
    paragraphs = wire.text.split("\n\n")[1:]
    kind = random.choice(("same", "same", "cut", "longer"))
    if kind == "cut" and len(paragraphs) > 2:
        paragraphs = paragraphs[:-1]
    elif kind == "longer":
        paragraphs = [
            *paragraphs,
            f"Our reporter {number} saw that {random.choice(_DEEDS)} at noon.",
        ]
    assert wire.published_at is not None
    start = max(wire.published_at, datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC))
    name = f"{day:%m%d}-r{number}-{random.randrange(10**6)}"
    return _draft(f"https://copy{number % 7}.example/{name}", f"Copier {number % 7}", wire.title, paragraphs,
                  start + timedelta(minutes=random.randrange(1, 50)), None)  # fmt: skip


def _seen_again(random: Random, article: Draft, toll: int) -> Iterator[Draft]:
    """Yield later sights of a page, hours or days after: as it was, edited, or changed back."""
    assert article.seen_at is not None
    at, text = article.seen_at, article.text
    edited = text.replace(f"killed {toll} people", f"killed {toll + 1} people").replace("everything", "all")
    for told in random.choice(((edited,), (text,), (edited, text), (text, edited), (edited, edited))):
        at += timedelta(hours=random.choice((3, 20, 30, 50)))
        yield replace(article, text=told, seen_at=at, modified_at=at - timedelta(minutes=3))


class DraftSource:
    """Drafts as a source (newsledger.fetch.sources.source): a day is the day they were seen on.

    Args:
        drafts: all drafts.
        name: what the source is called.
    """

    def __init__(self, drafts: Sequence[Draft], name: str = "drafts:made up") -> None:
        self.name = name
        self._by_day: dict[date, list[Draft]] = defaultdict(list)
        for draft in drafts:
            assert draft.seen_at is not None
            self._by_day[draft.seen_at.date()].append(draft)

    def portions(self, days: DayRange) -> list[Portion]:
        """Return the days asked for that have drafts."""
        found = sorted((day, own) for day, own in self._by_day.items() if days.has(day))
        return [Portion(day, len(own), digest_of(_mark(d) for d in own)) for day, own in found]

    def read(self, portion: Portion, days: DayRange) -> Iterator[Record]:
        """Yield the drafts of a day."""
        del days
        assert portion.day is not None
        yield from self._by_day[portion.day]


def _mark(draft: Draft) -> str:
    return f"{draft.key}|{draft.seen_at}|{sha256(draft.text.encode()).hexdigest()}"
