"""Other wordings of a codebook's topics: what is the same words in another order, form or shortness.

An editor writes "close the plant"; a text says "the plant closed", "closing its plant", "the closure".
The lists are general English, of no story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Token

from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.stance import FLIPPING_VERBS

_EMPTY = words("""
    the a an of on for to in by from with at any all be is are was were its their his her this these
    as into over against between
""")
_SYNONYMS = (
    "close shut", "cancel scrap", "continue carry_on go_on", "extend prolong lengthen",
    "suspend pause interrupt", "ban prohibit outlaw forbid", "exchange swap", "raise lift", "release free",
    "inquiry investigation probe inquest", "compulsory mandatory obligatory", "rise raise increase hike",
    "reopen open_again", "review scrutiny examination", "strike walkout stoppage", "resume restart",
)  # fmt: skip
"""Words that say the same of most things; one word of a topic may stand as any of its row."""
_IRREGULAR = {
    "sale": "sell",
    "shutdown": "shut",
    "sold": "sell",
    "kept": "keep",
    "loss": "lose",
    "choice": "choose",
}
_SUFFIXES = re.compile(
    r"(?:ations?|itions?|[st]ions?|ments?|ances?|ures?|als?|ates?|ated|ating|ing|ed|ees?|e)$"
)
_BETWEEN = ("DT", "JJ", "NNP", "PRP$", "POS", "CD", "PDT", "TO", "JJR", "JJS")
_LINKS = words("""
    of on for in to be been being is are was were will would must should stay stays stayed remain
    remains remained get gets at by from down off up out back
""")
_VERBS = frozenset(FLIPPING_VERBS) | frozenset(verb_table("""
    cut keep close shut sell raise lift lower buy build open reopen hold free release make leave take send
    bring resume extend prolong continue go step return search ground save pay give let put troops
    call set put turn roll carry end bring lay withdraw remain stay resign use compensate introduce
    hire fire move
"""))  # fmt: skip
_DETERMINERS = ("DT", "PRP$", "POS")
_SWEEPING = words("blanket outright total partial draft")
_DEFINITE = words("the his her its their this that such")
_VAGUE = words("""
    plan deal way line work right party government people day time year talk issue question office port
    country mission list answer vote case custody end stop start halt call use
""")
"""Heads too general to stand for a topic alone."""


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """Return what the forms of a word and the noun made of its verb share ("closure", "closed": "clos")."""
    low = word.lower()
    low = _IRREGULAR.get(low, low[:-2] if low.endswith("oes") else low)
    base = min(base_forms(low), key=lambda form: (len(form), form)) if low not in _IRREGULAR.values() else low
    bare = _SUFFIXES.sub("", base)
    if len(bare) < 3:
        bare = base
    if len(bare) > 3 and bare[-1] == bare[-2]:
        bare = bare[:-1]
    return bare[:-1] if len(bare) > 5 and bare[-1] in "dst" and bare[-2] == "n" else bare


_ROWS = [frozenset(root(word) for word in row.split()) for row in _SYNONYMS]


@lru_cache(maxsize=4096)
def _roots(word: str) -> frozenset[str]:
    """Return the roots that may stand for a word of a topic."""
    own = root(word)
    return frozenset({own}.union(*[row for row in _ROWS if own in row]))


@dataclass(frozen=True, slots=True)
class _Wording:
    """The words of a topic that carry its meaning, each with the roots it may stand as."""

    roots: tuple[frozenset[str], ...]
    is_name: tuple[str, ...]
    nouns: tuple[int, ...]


class Wordings:
    """Other orders and forms of the topics of one list."""

    def __init__(self, phrases: Sequence[str], proposition: str = "") -> None:
        self._wordings = [w for w in map(_wording, [*phrases, *_core(proposition)]) if w is not None]

    def find(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Yield token spans that hold all words of a topic close together, in any order."""
        if not self._wordings:
            return
        keys = [root(token.text) if token.text[:1].isalnum() else "" for token in doc]
        for wording in self._wordings:
            for at in range(len(doc)):
                end = _end(doc, keys, at, wording)
                if end is not None:
                    yield at, end


def _wording(phrase: str) -> _Wording | None:
    content = [w for w in re.findall(r"[^\W_]+", phrase.replace("'s", "")) if w.lower() not in _EMPTY]
    if "*" in phrase or not 2 <= len(content) <= 4:
        return None
    is_order = content[0].lower() in _VERBS or re.search(r"\b(?:the|its|their)\b", phrase) is not None
    is_known = not is_order or content[0].lower() in _VERBS
    nouns = (len(content) - 1,) if is_order and is_known and len(content) in (2, 3) else ()
    names = tuple(w if w[:1].isupper() else "" for w in content)
    return _Wording(tuple(_roots(w) for w in content), names, nouns)


def _core(proposition: str) -> list[str]:
    """Return what a proposition says of what, where it says so with "is" ("The strike is suspended")."""
    match = re.match(
        r"(?P<subject>.+?)\s(?:is|are|becomes?)\s(?P<verb>[a-z]+(?:ed|[a-z]n|ory))\b", proposition
    )
    if match is None:
        return []
    head = re.split(r"\s(?:of|in|on|for|against|from|to|with|into)\s", match["subject"])[0].split()[-1]
    return [f"{head} {match['verb']}"]


def _end(doc: Doc, keys: list[str], at: int, wording: _Wording) -> int | None:
    """Return the token after the words of a topic that start at a token, or None."""
    left = list(range(len(wording.roots)))
    sentence_end = doc[at].sent.end
    gap, k = 0, at
    while k < sentence_end:
        hit = next((n for n in left if _fits(doc[k], keys[k], wording, n)), None)
        if hit is None and doc[k].lower_ in ("it", "them") and len(left) == len(wording.roots) - (k != at):
            hit = _taken_up(keys, wording, left, k)
        if hit is not None:
            left.remove(hit)
            gap = 0
            if not left:
                return k + 1
        elif k == at or gap >= 4 or not _may_stand_between(doc[k]):
            return None
        else:
            gap += 1
        k += 1
    return None


def _taken_up(keys: list[str], wording: _Wording, left: list[int], at: int) -> int | None:
    """Return which word of a topic "it" or "them" stands for: one named a little before ("call it off")."""
    recent = keys[max(0, at - 40) : at]
    return next((n for n in left if n in wording.nouns and any(k in wording.roots[n] for k in recent)), None)


def _fits(token: Token, key: str, wording: _Wording, number: int) -> bool:
    return key in wording.roots[number] and (not wording.is_name[number] or token.text[:1].isupper())


def _may_stand_between(token: Token) -> bool:
    return token.lower_ not in ("no", "neither") and (
        token.tag_ in _BETWEEN or token.lower_ in _LINKS or token.text in '-‐‑“”"‘'
    )


def _plain(word: str) -> str:
    """Return the shortest dictionary form of a word."""
    return min(base_forms(word.lower()), key=lambda form: (len(form), form), default=word.lower())


def short_form(phrase: str) -> str:
    """Return the noun that may stand for a topic once it was named ("march ban": "ban"), or ""."""
    parts = phrase.split()
    if len(parts) < 2 or "*" in phrase:
        return ""
    is_compound = len(parts) == 2 and not parts[1].endswith("s") and parts[1].islower()
    is_compound = is_compound or parts[1] in ("of", "on", "for", "against")
    if parts[0].lower() in _VERBS and not is_compound:
        return ""
    if "to" in parts:
        return ""
    lead = re.split(r"\s(?:of|on|for|in|from|at|with)\s", phrase)[0].split()
    head = re.split(r"[-‐‑]", lead[-1])[-1].lower()
    is_plain = head.isalpha() and len(head) > 2 and head not in _VAGUE | _EMPTY
    return head if is_plain and not head.endswith("ing") else ""


class ShortForms:
    """The single nouns that stand for an issue's topics after the text has named one."""

    def __init__(self, topics: Mapping[str, Sequence[str]]) -> None:
        owners: dict[str, set[str]] = {}
        for issue, phrases in topics.items():
            for phrase in phrases:
                head = short_form(phrase)
                if head:
                    owners.setdefault(_plain(head), set()).add(issue)
        self._owner = {head: next(iter(found)) for head, found in owners.items() if len(found) == 1}

    def find(self, doc: Doc, named: frozenset[str]) -> Iterator[tuple[int, int, str]]:
        """Yield span and issue of "the ban", "her release", and of "a levy" where it was named."""
        for token in doc:
            if token.tag_ not in ("NN", "NNS") or token.i == 0:
                continue
            owner = self._owner.get(_plain(token.text))
            if owner is None or not _stands_alone(doc, token.i):
                continue
            if owner in named or doc[token.i - 1].lower_ in _DEFINITE:
                yield token.i, token.i + 1, owner


def _stands_alone(doc: Doc, at: int) -> bool:
    """Return whether only a determiner stands before a noun, and nothing after it names another thing."""
    before = doc[at - 1]
    if before.lower_ == "own":
        return False
    if (before.tag_ == "JJ" or before.lower_ in _SWEEPING) and at > 1:
        before = doc[at - 2]
    after = doc[at + 1] if at + 1 < len(doc) else None
    if before.tag_ not in _DETERMINERS and before.lower_ not in ("further", "more"):
        return False
    return after is None or not (
        after.tag_ in ("NN", "NNS", "NNP", "POS") or after.lower_ in ("of", "on", "into", "against")
    )
