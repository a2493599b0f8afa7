"""Which nouns can vouch for a number: persons, bodies, and the documents and counts bodies put out."""

from __future__ import annotations

from newsledger.extract.language.inflect import noun_table
from newsledger.extract.language.people import is_person_word
from newsledger.extract.language.roles import OWN_MINDS, PERSON_ROLES, SPEAKING_ROLES
from newsledger.extract.language.tokens import Token
from newsledger.extract.language.wordlist import words

BODIES = frozenset(
    noun_table(
        """
    ministry government agency police authority union company board commission committee hospital court
    council department office service institute bureau party army navy military group firm charity
    association federation coroner medic organisation organization monitor observatory bank regulator
    watchdog coastguard operator utility registry chamber league mission embassy parliament senate
    cabinet city town municipality province region state country nation island village club movement
    campaign alliance coalition opposition front team crew palace paper newspaper magazine station
    broadcaster channel website airline carrier railway lender insurer retailer school university
    college church clinic centre center laboratory lab fund foundation trust exchange family media
    press network tribunal prosecution treasury presidency confederation guard corps brigade society
    academy airport harbour port authority secretariat directorate headquarters inspectorate
    """
    )
) | frozenset(("police", "coast", "authorities"))
"""Bodies that count things and are cited for it."""

CARRIERS = frozenset(
    noun_table(
        """
    bulletin statement report figure data statistic tally count toll estimate list record projection
    forecast survey poll census reckoning calculation number update release register ledger log study
    analysis index dispatch communique briefing sitrep filing document
    """
    )
)
"""What carries a number: documents and counts, which stand for those who put them out."""

_FIRM = frozenset(
    noun_table("report survey poll study analysis census data record statistic document figure filing index")
)
"""Carriers that are cited by themselves ("a poll found")."""
_THINGS = words(
    """
    number order answer letter winter summer weather water power quarter matter tower computer paper corner
    river border shelter order center centre manner offer shower tender tremor error factor sector
    """
)
"""Nouns that end like those for persons and name things."""


def is_person_noun(token: Token) -> bool:
    """Return whether a word names a person or an office."""
    low = token.lower_
    return low in SPEAKING_ROLES or low in PERSON_ROLES or is_person_word(token.text, token.lemma_)


def can_speak(head: Token) -> bool:
    """Return whether a noun can vouch for a number: a name, a person, a body, or a document by itself."""
    lemma = head.lemma_.lower()
    if head.tag_ in ("NNP", "NNPS", "PRP") or head.lower_ in OWN_MINDS or is_person_noun(head):
        return True
    if head.text[:1].isupper() and (head.i > head.sent.start or head.text.isupper()):
        return True
    if lemma in BODIES or head.lower_ in BODIES or lemma in _FIRM or lemma in CARRIERS:
        return True
    return lemma.endswith(("er", "or", "ist", "ian", "ant")) and lemma not in _THINGS
