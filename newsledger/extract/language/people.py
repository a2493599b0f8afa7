"""Words for persons, and the simple inflections of English, for codebook words and counted nouns."""

from __future__ import annotations

import re
from functools import lru_cache

from newsledger.extract.language.wordlist import words

PERSON_NOUNS = words(
    """
    people person man woman child boy girl baby infant newborn toddler teenager teen youth youngster
    adult minor kid civilian resident citizen national inhabitant villager islander settler refugee
    migrant asylum-seeker evacuee victim survivor casualty fatality patient soldier troop serviceman
    servicewoman fighter militant gunman rebel insurgent guerrilla terrorist combatant officer policeman
    policewoman guard trooper conscript reservist veteran passenger crew crewmember sailor seaman
    fisherman pilot driver motorist cyclist pedestrian commuter traveller traveler tourist holidaymaker
    pilgrim worshipper worker employee staff staffer miner farmer labourer laborer teacher student pupil
    schoolchild schoolgirl schoolboy doctor nurse medic paramedic journalist reporter lawyer judge juror
    prisoner detainee inmate captive hostage abductee suspect defendant convict protester protestor
    demonstrator activist striker rioter looter supporter fan spectator voter elector candidate delegate
    lawmaker legislator senator minister mayor official relative parent mother father sister brother son
    daughter wife husband sibling grandmother grandfather grandchild widow orphan member volunteer
    firefighter rescuer responder aid-worker applicant customer user visitor guest tenant homeowner
    shopper diner attendee participant contractor swimmer climber hiker skier athlete player coach
    immigrant expatriate evacuees bystander onlooker witness dead wounded injured missing homeless
    displaced elderly unemployed disabled jobless sick infected deceased executive manager director
    banker analyst lawmaker policymaker dockworker healthcare-worker steelworker parishioner churchgoer
    shareholder stakeholder homeowner leaseholder individual human soul folk adolescent schoolkid
    commander leader engineer scientist colleague neighbour neighbor classmate friend crewman diplomat
    trader shopkeeper vendor carer monk nun priest imam prosecutor marine cadet mercenary jihadist
    extremist dissident smuggler trafficker attacker assailant bomber shooter addict runner deportee
    returnee newcomer foreigner local rider biker trucker pensioner retiree breadwinner
    """
)
"""Base forms of nouns that name persons (and adjectives used as such: "the dead")."""

NO_DEMONYMS = words(
    """
    philippines netherlands states nations emirates times news maldives bahamas games
    """
)
"""Capitalised plurals that name no people."""

_IRREGULAR = {
    "held": "hold", "taken": "take", "took": "take", "fell": "fall", "fallen": "fall", "rose": "rise",
    "risen": "rise", "dying": "die", "lost": "lose", "struck": "strike", "stricken": "strike",
    "found": "find", "left": "leave", "fled": "flee", "sold": "sell", "bought": "buy", "paid": "pay",
    "said": "say", "went": "go", "gone": "go", "women": "woman", "men": "man", "children": "child",
    "people": "person", "lives": "life", "wives": "wife", "knives": "knife", "brought": "bring",
    "built": "build", "burnt": "burn", "sank": "sink", "sunk": "sink", "swept": "sweep", "won": "win",
    "gave": "give", "given": "give", "drawn": "draw", "drew": "draw", "grew": "grow", "grown": "grow",
    "broke": "break", "broken": "break", "chose": "choose", "chosen": "choose", "drowned": "drown",
    "drove": "drive", "driven": "drive", "ate": "eat", "forbade": "forbid", "fought": "fight",
    "froze": "freeze", "frozen": "freeze", "got": "get", "had": "have", "has": "have", "kept": "keep",
    "laid": "lay", "led": "lead", "lent": "lend", "made": "make", "met": "meet", "ran": "run",
    "sent": "send", "shot": "shoot", "shrank": "shrink", "shrunk": "shrink", "slain": "slay",
    "spent": "spend", "stolen": "steal", "stole": "steal", "stood": "stand", "sought": "seek",
    "taught": "teach", "thought": "think", "threw": "throw", "thrown": "throw", "told": "tell",
    "withdrew": "withdraw", "withdrawn": "withdraw", "wrote": "write", "written": "write", "began": "begin",
    "begun": "begin", "came": "come", "did": "do", "done": "do", "torn": "tear", "tore": "tear",
    "hung": "hang", "beaten": "beat", "bodies": "body", "crises": "crisis", "lying": "lie", "knew": "know",
    "saw": "see", "seen": "see", "servicemen": "serviceman", "policemen": "policeman", "gunmen": "gunman",
    "fishermen": "fisherman", "schoolchildren": "schoolchild", "grandchildren": "grandchild",
    "seamen": "seaman",
}  # fmt: skip
_AGENT = re.compile(
    r"(?:worker|woman|officer|owner|holder|keeper|player|driver|rider|goer|seeker|dweller|ologist|ician|maker)s?$"
)
"""Endings of words for who does something; the list above holds the rest."""
_NO_AGENTS = words(
    "player pacemaker automaker carmaker chipmaker drugmaker planemaker holder placeholder driver"
)
"""Words with such an ending that (also) name things or companies."""
_UNINFLECTED = words(
    """
    news his this has was is us as during gaza series species need speed seed breed bring thing king
    ring wing sing string spring evening morning hundred indeed bed red wed shed exceed proceed succeed
    process press access less unless across loss boss gross class pass miss crisis basis analysis virus
    bonus census status campus focus bus gas texas kansas paris hamas always perhaps yes its ours theirs
    does goes sacred naked wicked
    """
)
"""Words whose ending only looks like an inflection."""


@lru_cache(maxsize=65_536)
def base_forms(word: str) -> frozenset[str]:
    """Return the word (lower case) and the forms it may be an inflection of.

    Both sides of a comparison go through this, so invented forms ("kille") do no harm: two words are
    inflections of each other when their sets meet.
    """
    if word in _IRREGULAR:
        return frozenset((word, _IRREGULAR[word]))
    if word in _UNINFLECTED or len(word) < 4:
        return frozenset((word,))
    return frozenset((word, *_stripped(word)))


def _stripped(word: str) -> list[str]:
    for ending, replacements in (
        ("ies", ("y", "ie")),
        ("ied", ("y", "ie")),
        ("sses", ("ss",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
    ):
        stem = word.removesuffix(ending)
        if stem == word:
            continue
        if len(stem) < 2 or (ending == "s" and word.endswith(("ss", "us", "is"))):
            return []
        forms = [stem + replacement for replacement in replacements]
        if ending in ("ed", "ing") and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
            forms.append(stem[:-1])
        return forms if len(stem) > 2 or ending not in ("ed", "ing") else forms[1:]
    return []


def is_person_word(surface: str, lemma: str, *, is_plural_name: bool = False) -> bool:
    """Return whether a word names persons: a noun for persons, or a people ("Kenyans", "Yemenis").

    Args:
        surface: the word as printed.
        lemma: its base form as the model sees it, or "".
        is_plural_name: whether the model tags it as a plural proper noun.
    """
    low = surface.lower()
    if not PERSON_NOUNS.isdisjoint(base_forms(low)) or lemma.lower() in PERSON_NOUNS:
        return True
    if base_forms(low) & _NO_AGENTS == frozenset() and _AGENT.search(low):
        return True
    return surface[:1].isupper() and _is_demonym(low, is_plural_name=is_plural_name)


def _is_demonym(low: str, *, is_plural_name: bool) -> bool:
    if low in NO_DEMONYMS or not low.endswith("s"):
        return False
    if low.endswith(("ians", "eans", "iots", "ardians", "icans", "ieans", "ijanis", "ndis", "oris")):
        return True
    return is_plural_name and low.endswith(("ans", "is", "ns", "ks", "ds", "bs", "rs", "es", "ts", "os"))
