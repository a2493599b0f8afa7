"""Every form of a verb or noun, so that a word list finds a word whatever the tagger says of it.

A small model lemmatises an unknown form badly ("reiterated" became "reiterat"). The lists of this room are
closed, so their forms are generated once from the dictionary form and looked up, not guessed from the text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsledger.extract.language.wordlist import words

_VOWELS = "aeiou"
_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "be": "is are was were am been being 's 're",
    "have": "has had having",
    "do": "does did done doing",
    "go": "goes went gone going",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "take": "takes took taken taking",
    "make": "makes made making",
    "come": "comes came coming",
    "become": "becomes became becoming",
    "seek": "seeks sought seeking",
    "think": "thinks thought thinking",
    "bring": "brings brought bringing",
    "fight": "fights fought fighting",
    "stand": "stands stood standing",
    "understand": "understands understood understanding",
    "withstand": "withstands withstood withstanding",
    "hold": "holds held holding",
    "uphold": "upholds upheld upholding",
    "withhold": "withholds withheld withholding",
    "keep": "keeps kept keeping",
    "leave": "leaves left leaving",
    "lead": "leads led leading",
    "fly": "flies flew flown flying",
    "meet": "meets met meeting",
    "send": "sends sent sending",
    "speak": "speaks spoke spoken speaking",
    "swear": "swears swore sworn swearing",
    "write": "writes wrote written writing",
    "throw": "throws threw thrown throwing",
    "overthrow": "overthrows overthrew overthrown overthrowing",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "draw": "draws drew drawn drawing",
    "break": "breaks broke broken breaking",
    "forbid": "forbids forbade forbidden forbidding",
    "forgo": "forgoes forwent forgone forgoing",
    "forego": "foregoes forewent foregone foregoing",
    "beg": "begs begged begging",
    "set": "sets setting",
    "put": "puts putting",
    "cut": "cuts cutting",
    "hit": "hits hitting",
    "hurt": "hurts hurting",
    "quit": "quits quitting",
    "bid": "bids bidding",
    "cost": "costs costing",
    "shut": "shuts shutting",
    "sit": "sits sat sitting",
    "lay": "lays laid laying",
    "pay": "pays paid paying",
    "feel": "feels felt feeling",
    "mean": "means meant meaning",
    "lose": "loses lost losing",
    "win": "wins won winning",
    "show": "shows showed shown showing",
    "see": "sees saw seen seeing",
    "shoot": "shoots shot shooting",
    "find": "finds found finding",
    "hear": "hears heard hearing",
    "read": "reads reading",
    "let": "lets letting",
    "begin": "begins began begun beginning",
    "fall": "falls fell fallen falling",
    "rise": "rises rose risen rising",
    "foresee": "foresees foresaw foreseen foreseeing",
    "drive": "drives drove driven driving",
    "buy": "buys bought buying",
    "sell": "sells sold selling",
    "spurn": "spurns spurned spurning",
    "undo": "undoes undid undone undoing",
    "overrule": "overrules overruled overruling",
    "rule": "rules ruled ruling",
    "lie": "lies lied lain lying",
    "arise": "arises arose arisen arising",
}
_DOUBLING = words("""
    admit beg commit compel concur control confer defer demur deter infer let nod omit permit plan
    plot prefer quip recur refer regret repel scrap shun signal slam snub stop submit transfer trim
    drop ban bar cap blog sob tap zap rap skip
""")


def _regular(verb: str) -> set[str]:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return {verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("ee"):
        return {verb + "s", verb + "d", verb + "ing"}
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    third = verb + ("es" if re.search(r"(s|x|z|ch|sh|o)$", verb) else "s")
    forms = {third, verb + "ed", verb + "ing"}
    if verb in _DOUBLING or verb in {"signal", "label", "cancel", "model", "counsel"}:
        forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


@lru_cache(maxsize=4096)
def verb_forms(verb: str) -> frozenset[str]:
    """Return every form of one verb in lower case, the dictionary form included.

    ``verb`` is one word ("seek"); both British and American spellings with -ise/-ize are returned.
    """
    spellings = {verb}
    if verb.endswith("ise") and len(verb) > 5:
        spellings.add(verb[:-3] + "ize")
    forms: set[str] = set()
    for word in spellings:
        irregular = _IRREGULAR.get(word)
        forms |= {word} | (set(irregular.split()) if irregular else _regular(word))
    return frozenset(forms)


@lru_cache(maxsize=4096)
def noun_forms(noun: str) -> frozenset[str]:
    """Return singular and plural of one noun in lower case."""
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return frozenset({noun, noun[:-1] + "ies"})
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return frozenset({noun, noun + "es"})
    if noun.endswith("man"):
        return frozenset({noun, noun[:-3] + "men"})
    return frozenset({noun, noun + "s"})


def verb_table(words: str) -> dict[str, str]:
    """Return form -> dictionary form for a space- or newline-separated list of one-word verbs."""
    return {form: verb for verb in words.split() for form in sorted(verb_forms(verb))}


def noun_table(words: str) -> dict[str, str]:
    """Return form -> dictionary form for a space- or newline-separated list of one-word nouns."""
    return {form: noun for noun in words.split() for form in sorted(noun_forms(noun))}


def sequences(text: str) -> tuple[tuple[str, ...], ...]:
    """Return phrases written apart by semicolons ("give up; put off") as tuples of words."""
    return tuple(tuple(phrase.split()) for phrase in text.split(";") if phrase.strip())
