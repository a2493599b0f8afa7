"""Families of predicates: a codebook says ``killed`` and means every way to say so.

The families speak of events any story may have. A codebook's own words are always kept beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newsledger.extract.language.people import base_forms
from newsledger.extract.language.phrases import Phrases
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words

FAMILIES: dict[str, tuple[str, ...]] = {
    "killed": (
        "killed", "kill", "die", "dead", "death", "deaths", "death toll", "toll", "fatality", "fatal",
        "lives lost", "lost their lives", "lose * life", "claim * life", "claim * lives", "cost * lives",
        "lives were lost", "lost * lives", "slain", "slay", "massacre", "murder", "perish", "martyred",
        "bodies", "body count", "shot dead", "deceased", "loss of life", "drown", "succumb", "executed",
        "assassinate", "beheaded", "died", "deadly",
        "pass away", "lay dead", "found dead", "left dead", "lost his life", "lost her life", "gunned down",
    ),
    "wounded": (
        "wounded", "wound", "injured", "injure", "injury", "hurt", "hospitalised", "hospitalized",
        "maimed", "treated for", "casualties",
        "casualty", "treated for wounds", "treated for injuries", "suffered injuries", "wounds",
    ),
    "missing": (
        "missing", "unaccounted for", "disappeared", "disappear", "vanished", "lost contact", "trapped",
        "not been found", "unaccounted",
    ),
    "abducted": (
        "abducted", "abduct", "kidnapped", "kidnap", "taken hostage", "took hostage", "take hostage",
        "seized", "snatched", "taken captive", "take * hostage", "took * hostage", "captured",
        "abduction", "hostages taken", "dragged",
    ),
    "held": (
        "held", "hold", "holding", "captive", "remain", "remaining", "in captivity", "detained",
        "in detention", "still held", "captivity", "being held",
        "locked up", "behind bars", "in prison", "imprisoned", "interned", "in custody", "in captivity",
        "in the hands of", "locked away",
    ),
    "released": (
        "released", "release", "freed", "free", "set free", "liberated", "let go", "handed over",
        "returned", "exchanged", "exchange", "swap",
        "let out", "walked free", "freed on bail", "sent home",
    ),
    "displaced": (
        "displaced", "displace", "fled", "flee", "fleeing", "homeless", "uprooted", "forced from",
        "forced out", "forced * from", "forced to flee", "forced to leave", "forced * out of",
        "driven * from", "left * homes", "abandoned * homes", "driven from", "internally displaced",
        "refugees", "displacement", "made homeless",
        "out of * homes", "from * homes", "away from home", "left homeless", "in tents", "in camps",
        "in shelters",
    ),
    "evacuated": (
        "evacuated", "evacuate", "evacuation", "moved to safety", "airlifted", "ordered to leave",
        "told to leave", "moved out",
        "flown out", "taken off", "bused out", "plucked",
    ),
    "arrested": (
        "arrested", "arrest", "detained", "detain", "detention", "taken into custody", "in custody",
        "rounded up", "custody", "jailed",
        "picked up", "hauled away", "behind bars",
    ),
    "charged": (
        "charged", "charge", "indicted", "indict", "accused", "prosecuted",
    ),
    "convicted": (
        "convicted", "convict", "found guilty", "guilty", "sentenced",
    ),
    "infected": (
        "infected", "infect", "case", "cases", "confirmed", "confirmed cases", "tested positive",
        "test positive", "contracted", "infection", "sickened", "ill", "fallen ill", "fell ill",
        "caseload", "positive", "diagnosed", "sick",
    ),
    "hospitalised": (
        "hospitalised", "hospitalized", "in hospital", "admitted", "admission", "intensive care",
        "hospital", "treated",
    ),
    "recovered": (
        "recovered", "recover", "retrieved", "retrieve", "pulled from", "pulled out", "found",
        "unearthed", "exhumed", "dug out",
    ),
    "rescued": (
        "rescued", "rescue", "saved", "pulled alive", "picked up", "brought ashore", "pulled from",
        "survived", "survivor", "brought to safety", "plucked", "winched", "hauled from", "lifted to safety",
    ),
    "destroyed": (
        "destroyed", "destroy", "flattened", "levelled", "leveled", "razed",
        "gutted", "wrecked", "collapsed", "burned", "burnt", "burned down",
    ),
    "struck": (
        "strike", "struck", "walk out", "walked out", "walkout", "on strike", "stopped work",
        "downed tools", "picket", "picketing", "joined the strike", "stoppage",
        "stopped working", "off the job", "walk off", "striker", "strikers", "on the picket line",
    ),
    "laid off": (
        "laid off", "lay off", "shed", "axe", "layoff", "job cuts", "redundancy", "redundant",
        "lose * jobs", "jobs lost", "dismissed", "sacked", "cut jobs",
        "let go", "shed", "job losses", "posts cut", "go", "made redundant",
    ),
    "voted": (
        "vote", "voted", "ballot", "ballots", "cast", "turnout", "votes",
    ),
    "elected": (
        "elected", "elect", "won", "win", "secured", "seats",
    ),
    "damaged": (
        "damaged", "damage",
    ),
    "pledged": (
        "pledged", "pledge", "promised", "promise", "committed", "commit", "offered", "offer", "donated",
        "donate",
    ),
    "paid": (
        "paid", "pay", "payment", "compensation", "cost", "costs", "spent", "spend", "spending", "fund",
        "funding", "pledged", "allocate", "allocated", "budget",
    ),
    "vaccinated": (
        "vaccinated", "vaccinate", "jab", "jabbed", "inoculated", "immunised", "immunized", "doses",
        "vaccination",
    ),
    "alive": (
        "alive", "survive", "still alive", "survivors",
    ),
    "protested": (
        "protest", "protested", "demonstrate", "demonstrated", "marched", "march", "rally", "rallied",
        "took to the streets", "gathered", "turned out",
        "crowd", "demonstrator", "protester", "marcher", "turn out", "pour into the streets",
        "on the streets",
        "in the streets", "rallying",
    ),
    "returned": (
        "returned", "return", "go back", "come back", "gone back", "went back", "came back", "back home",
        "home again",
    ),
    "closed": (
        "closed", "close", "shut", "shut down", "shuttered", "out of service", "out of action", "out of use",
        "not open", "unusable",
    ),
    "cancelled": (
        "cancelled", "canceled", "cancel", "scrapped", "called off", "axed", "dropped", "not run",
    ),
    "deployed": (
        "deployed", "deploy", "deployment", "sent", "on the ground", "in the field", "stationed", "posted",
        "patrol", "dispatched", "mobilised", "mobilized",
    ),
    "counted": (
        "counted", "count", "tallied", "tally", "processed", "declared", "reported",
    ),
    "signed": (
        "signed", "sign", "signature", "signatory", "put * name", "put * names",
    ),
    "cut off": (
        "without power", "without electricity", "without water", "cut off", "lost power", "blacked out",
        "in the dark", "power cut", "power outage",
    ),
    "open": (
        "open", "working", "functioning", "operating", "in operation", "operational", "running", "in service",
    ),
    "filed": (
        "filed", "file", "lodged", "submitted", "received", "brought", "registered",
    ),
    "burned": (
        "burned", "burnt", "burn", "scorched", "charred", "consumed", "blackened", "devoured",
    ),
    "reached": (
        "reached", "arrived", "crossed", "entered", "got through", "let in", "came in", "delivered",
    ),
    "fired": (
        "fired", "fire", "launched", "launch",
    ),
    "intercepted": (
        "intercepted", "intercept", "shot down",
    ),
    "raised": (
        "raised", "raise", "rise", "increase", "increased", "hike",
    ),
    "cut": (
        "cut", "reduce", "reduced", "slash", "slashed", "trim", "lower", "lowered",
    ),
}  # fmt: skip
"""Family name -> phrases; names are what a figure's ``predicate`` column holds."""

TOLL_NOUNS = words(
    """
    toll number total count tally figure caseload turnout estimate sum amount level rate majority record
    crowd attendance gathering score death fatality casualty case injury dead wounded injured missing arrest
    """
)
"""Nouns that stand for a count: what follows "rose to", "stands at", "reached" is their value."""


EXCLUSIVE = words(
    """
    killed wounded missing abducted released displaced evacuated arrested charged convicted infected
    rescued vaccinated
    """
)
"""Families that exclude each other: what is said directly to be wounded is not counted as killed."""

EVENT_NOUNS = words(
    """
    death fatality casualty injury case infection arrest detention abduction kidnapping disappearance
    hospitalisation hospitalization admission evacuation evacuee victim killing murder drowning
    conviction layoff redundancy vaccination life body remains corpse
    """
)
"""Nouns each of which stands for one person something happened to ("41 deaths")."""

_PHRASES = Phrases(tuple(dict.fromkeys(word for members in FAMILIES.values() for word in members)))
_KEY = "newsledger.families"


@lru_cache(maxsize=8_192)
def families_of(word: str) -> frozenset[str]:
    """Return the families one word belongs to by itself, in any inflection."""
    keys = base_forms(word.lower())
    return frozenset(
        name for name, members in FAMILIES.items() if name in keys or not keys.isdisjoint(members)
    )


def family_of(word: str) -> str | None:
    """Return the family one word belongs to, or None; where it has several, the first in the table."""
    own = families_of(word)
    return next((name for name in FAMILIES if name in own), None)


@lru_cache(maxsize=1_024)
def families_said(phrase: str) -> frozenset[str]:
    """Return the families that have a phrase of several words in any inflection ("fall ill")."""
    parts = [base_forms(part) for part in phrase.lower().split()]
    if len(parts) < 2:
        return frozenset()
    return frozenset(name for name, members in FAMILIES.items() if any(_alike(parts, m) for m in members))


def _alike(parts: list[frozenset[str]], member: str) -> bool:
    own = [base_forms(part) for part in member.split()]
    return len(own) == len(parts) and all(not a.isdisjoint(b) for a, b in zip(own, parts, strict=True))


_NAMED_BY = {
    **dict.fromkeys(("injured", "hurt", "injuries"), "wounded"),
    **dict.fromkeys(("dead", "die", "died", "deaths"), "killed"),
    **dict.fromkeys(("strike", "on strike", "walk out", "walked out"), "struck"),
    **dict.fromkeys(("freed", "set free"), "released"),
    "kidnapped": "abducted",
}
"""Words of a codebook that name a family as its own name does."""
_LIGHT_VERBS = words("fall fell become get got being be are")
_LIGHT_NOT = words("behind back in on out up down away off to into with for by at")


def _restated(word: str) -> list[str]:
    """Return other ways to say a predicate: "fall ill" is also "ill", "without work" also "no work"."""
    first, _, rest = word.lower().partition(" ")
    if first == "without" and rest:
        return [f"no {rest}", f"lack {rest}"]
    if first in _LIGHT_VERBS and rest and " " not in rest and rest not in _LIGHT_NOT:
        return [rest]
    return []


@lru_cache(maxsize=1_024)
def _families_saying(phrase: str) -> frozenset[str]:
    return frozenset(name for name, members in FAMILIES.items() if phrase in members)


def family_spans(doc: Doc) -> list[tuple[int, int, frozenset[str]]]:
    """Return where a paragraph says a word or phrase of a family, kept with the paragraph once found."""
    cached = doc.user_data.get(_KEY)
    if cached is None:
        cached = [(m.start, m.end, _families_saying(m.word)) for m in _PHRASES.matches(doc)]
        doc.user_data[_KEY] = cached
    spans: list[tuple[int, int, frozenset[str]]] = cached
    return spans


def with_families(words: Sequence[str]) -> tuple[str, ...]:
    """Return codebook predicates with the members of the families they name, without repeats."""
    expanded = list(words)
    for word in words:
        expanded += _restated(word)
        expanded += FAMILIES.get(_NAMED_BY.get(word.lower(), ""), ())
        for name, members in FAMILIES.items():
            if not base_forms(name).isdisjoint(base_forms(word.lower())):
                expanded += members
    return tuple(dict.fromkeys(expanded))
