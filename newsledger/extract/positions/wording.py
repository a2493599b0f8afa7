"""Other wordings of a codebook's topics: what is the same words in another order, form or shortness.

An editor writes "close the plant"; a text says "the plant closed", "closing its plant", "the closure".
The lists are general English, of no story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsledger.extract.language.clauses import OPENERS
from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.people import base_forms
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.stance import FLIPPING_VERBS

EMPTY = words("""
    the a an of on for to in by from with at any all be is are was were its their his her this these
    as into over against between
""")
_SYNONYMS = (
    "close shut closure", "cancel scrap abandon call_off", "continue carry_on go_on",
    "extend prolong lengthen renew", "suspend pause interrupt", "ban prohibit outlaw forbid",
    "exchange swap", "lift end scrap", "release free", "inquiry investigation probe inquest",
    "compulsory mandatory obligatory", "raise rise increase hike go_up higher put_up lift",
    "cut reduce lower slash trim reduction shrink", "reopen open_again", "review scrutiny examination",
    "strike walkout stoppage", "resume restart", "remain stay keep",
    "resign quit step_down stand_down resignation leave_office", "sell sale disposal",
    "buy purchase acquire acquisition", "rebuild reconstruct", "delay postpone defer",
    "restore return switch_back", "send deploy dispatch", "recognise acknowledge",
    "admit let_in accept", "extradite hand_over", "evict clear", "deport expel",
    "withdraw pull_out pull_back", "election vote poll", "foreign abroad international outside",
    "independent outside", "salary wage pay", "vaccinate inoculate jab", "scrap abolish repeal",
    "build construct", "fire sack dismiss", "prosecute try", "pardon amnesty", "evacuate evacuation",
    "nationalise take_over", "privatise sell_off", "levy tax duty", "law legislation bill act",
    "plant factory works", "hospital clinic", "fine penalty", "talk negotiation negotiate dialogue",
    "mediate mediation mediator", "ceasefire truce", "hostage captive", "prisoner detainee",
    "weapon arm", "border frontier", "ship vessel", "licence permit license",
)  # fmt: skip
"""Words that say the same of most things; one word of a topic may stand as any of its row."""
_OPTIONAL = words(
    "state package programme program act policy process series system scheme rule amount level kind form use"
)
"""Heads that add nothing before "of" ("state of emergency": the emergency)."""
_IRREGULAR = {
    "sale": "sell",
    "shutdown": "shut",
    "sold": "sell",
    "held": "hold",
    "built": "build",
    "rebuilt": "rebuild",
    "cuts": "cut",
    "left": "leave",
    "withdrawn": "withdraw",
    "withdrew": "withdraw",
    "paid": "pay",
    "shot": "shoot",
    "sent": "send",
    "bought": "buy",
    "brought": "bring",
    "broken": "break",
    "broke": "break",
    "chosen": "choose",
    "drawn": "draw",
    "given": "give",
    "taken": "take",
    "went": "go",
    "gone": "go",
    "risen": "rise",
    "rose": "rise",
    "spent": "spend",
    "lent": "lend",
    "dealt": "deal",
    "split": "split",
    "kept": "keep",
    "loss": "lose",
    "choice": "choose",
}
_SUFFIXES = re.compile(
    r"(?:ations?|itions?|[st]ions?|ments?|ances?|ures?|als?|ates?|ated|ating|ators?|ing|ed|ees?|ers?|ors?|e)$"
)
_BETWEEN = ("DT", "JJ", "NNP", "PRP$", "PRP", "POS", "CD", "PDT", "TO", "JJR", "JJS", "RB", "HYPH")
_LINKS = words("""
    of on for in to be been being is are was were will would must should stay stays stayed remain
    remains remained get gets has have had can could shall do does did at by from down off up out back
""")
GENERAL_VERBS = frozenset(FLIPPING_VERBS) | frozenset(verb_table("""
    cut keep close shut sell raise lift lower buy build open reopen hold free release make leave take send
    bring resume extend prolong continue go step return search ground save pay give let put troops
    call set put turn roll carry end bring lay withdraw remain stay resign use compensate introduce
    hire fire move
"""))  # fmt: skip
_DETERMINERS = ("DT", "PRP$", "POS")
_PRONOUNS = frozenset(("it", "them", "its", "their"))
_NONE: list[_Wording] = []
_INNER_MARKS = frozenset('-‐‑“”"‘’')
_WIDEST = 11
"""Tokens that the words of a topic may spread over."""
_SWEEPING = words("blanket outright total partial draft")
_DEFINITE = words("the his her its their this that such")
_VAGUE = words("""
    plan deal way line work right party government people day time year talk issue question office port
    country mission list answer vote case custody end stop start halt call use state
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


def _row_key(word: str) -> str:
    first, _, rest = word.partition("_")
    return f"{root(first)}_{rest}" if rest else root(word)


_ROWS = [frozenset(_row_key(word) for word in row.split()) for row in _SYNONYMS]
_PARTICLES = frozenset(key.partition("_")[2] for row in _ROWS for key in row if "_" in key)
_ALONE = frozenset(_row_key(word) for word in ("resign", "quit", "step_down", "stand_down"))
"""Verbs that as a topic of one word may stand as each other."""


@lru_cache(maxsize=4096)
def _roots(word: str) -> frozenset[str]:
    """Return the roots that may stand for a word of a topic."""
    own = root(word)
    return frozenset({own}.union(*[row for row in _ROWS if own in row]))


def stand_ins(word: str) -> frozenset[str]:
    """Return the roots, marked "~", of other words that may stand for a word of a topic ("halt": "~stop")."""
    return frozenset("~" + key for key in _roots(word) if "_" not in key)


@dataclass(frozen=True, slots=True)
class _Slot:
    """One word of a topic: the roots it may stand as, its first letters, or an actor it names."""

    roots: frozenset[str]
    prefix: str = ""
    actor: str = ""
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class _Wording:
    """The words of a topic that carry its meaning; ``is_order`` where the first is the verb of the others."""

    slots: tuple[_Slot, ...]
    is_order: bool


class Tokens:
    """The words of a paragraph as the wordings compare them.

    Args:
        doc: the paragraph.
        actors: token -> the actors a mention there means.
        before: the keys of the paragraph before, which "it" may take up.
    """

    def __init__(self, doc: Doc, actors: Mapping[int, frozenset[str]], before: Sequence[str] = ()) -> None:
        self.doc, self.actors = doc, actors
        self.low = [token.lower_ for token in doc]
        self.keys = [root(token.text) if token.text[:1].isalnum() else "" for token in doc]
        for k in range(1, len(doc)):
            if self.low[k] in ("return", "exchange") and self.low[k - 1] == "in":
                self.keys[k] = ""  # "in return for" names no return
        self.phrasal = [self._phrasal(k) for k in range(len(doc))]
        self._before = before

    def _phrasal(self, k: int) -> str:
        """Return the key of a verb with its particle ("go_up"), or ""."""
        for low in self.low[k + 1 : k + 3]:
            if low in _PARTICLES:
                return f"{self.keys[k]}_{low}"
        return ""

    def recent(self, at: int) -> frozenset[str]:
        """Return the keys a pronoun at a token can take up."""
        return frozenset((*self._before, *self.keys[max(0, at - 60) : at]))

    def fits(self, k: int, slot: _Slot) -> bool:
        """Return whether a token may stand for a word of a topic."""
        if slot.actor:
            return slot.actor in self.actors.get(k, ())
        if slot.is_name and not self.doc[k].text[:1].isupper():
            return False
        if slot.prefix:
            return bool(self.doc[k].lower_.startswith(slot.prefix))
        return self.keys[k] in slot.roots or (self.phrasal[k] != "" and self.phrasal[k] in slot.roots)


class Wordings:
    """Other orders and forms of the topics of one list.

    Args:
        phrases: the topics.
        proposition: the issue's proposition, whose core is a topic too, or "".
        names: the printed names of each actor, so that "IMF loan" finds "a loan from the fund".
    """

    def __init__(
        self, phrases: Sequence[str], proposition: str = "", names: Mapping[str, str] | None = None
    ) -> None:
        found = [w for phrase in [*phrases, *core(proposition)] for w in _variants(phrase, names or {})]
        self._wordings = list(dict.fromkeys(found))
        self._starts: dict[str, list[_Wording]] = {}
        self._open: list[_Wording] = []
        self._orders = [w for w in self._wordings if w.is_order]
        for wording in self._wordings:
            if any(slot.actor or slot.prefix for slot in wording.slots):
                self._open.append(wording)
                continue
            for key in sorted({key for slot in wording.slots for key in slot.roots}):
                self._starts.setdefault(key, []).append(wording)
        slots = [slot for wording in self._open for slot in wording.slots]
        self._open_roots = frozenset(key for slot in slots for key in slot.roots)
        self._has_prefix = any(slot.prefix for slot in slots)

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Yield token spans that hold all words of a topic close together, in any order."""
        for at, key in enumerate(tokens.keys):
            near = self._starts.get(key, _NONE) + self._starts.get(tokens.phrasal[at], _NONE)
            if tokens.low[at] in ("it", "them"):
                near = near + self._orders
            if self._open and (at in tokens.actors or key in self._open_roots or self._has_prefix):
                near = near + self._open
            for wording in near:
                end = _end(tokens, at, wording)
                if end is not None:
                    yield at, end


def _variants(phrase: str, names: Mapping[str, str]) -> Iterator[_Wording]:
    """Yield the wordings of a topic: all its words, and without those that add nothing."""
    words_of = re.findall(r"[^\W_]+\*?", phrase.replace("'s", "").replace("’s", ""))
    content = [w for w in words_of if w.lower().rstrip("*") not in EMPTY]
    is_order = bool(content) and (
        content[0].lower() in GENERAL_VERBS or re.search(r"\b(?:the|its|their)\b", phrase) is not None
    )
    lean = [w for n, w in enumerate(content) if not (w.lower() in _OPTIONAL and _is_before_of(words_of, w))]
    choices = [content] if lean == content else [content, lean]
    if len(lean) == 3 and not is_order and not any(w[:1].isupper() or "*" in w for w in lean):
        choices.append([lean[0], lean[2]])
    for choice in choices:
        slots = _slots(choice, names)
        if 2 <= len(slots) <= 4 or (len(slots) == 1 and slots[0].roots & _ALONE):
            yield _Wording(slots, is_order and content[0].lower() in GENERAL_VERBS)


def _is_before_of(phrase: list[str], word: str) -> bool:
    at = phrase.index(word)
    return at + 1 < len(phrase) and phrase[at + 1].lower() == "of"


def _slots(content: list[str], names: Mapping[str, str]) -> tuple[_Slot, ...]:
    out, k = [], 0
    while k < len(content):
        for length in (3, 2, 1):
            actor = names.get(" ".join(content[k : k + length]).lower(), "")
            if actor and content[k][:1].isupper():
                out.append(_Slot(frozenset(), actor=actor))
                k += length
                break
        else:
            word = content[k]
            prefix = word.rstrip("*").lower() if word.endswith("*") else ""
            out.append(_Slot(_roots(word.rstrip("*")), prefix=prefix, is_name=word[:1].isupper()))
            k += 1
    return tuple(out)


def core(proposition: str) -> list[str]:
    """Return what a proposition says of what, where it says so with "is" ("The strike is suspended")."""
    match = re.match(
        r"(?P<subject>.+?)\s(?:is|are|becomes?)\s(?P<verb>[a-z]+(?:ed|[a-z]n|ory))\b", proposition
    )
    if match is None:
        return []
    head = re.split(r"\s(?:of|in|on|for|against|from|to|with|into)\s", match["subject"])[0].split()[-1]
    return [f"{head} {match['verb']}"]


def _end(tokens: Tokens, at: int, wording: _Wording) -> int | None:
    """Return the token after the words of a topic that start at a token, or None."""
    doc = tokens.doc
    left = list(wording.slots)
    is_wide = any(slot.actor for slot in left)
    gap, k, limit = 0, at, min(doc[at].sent.end, at + _WIDEST)
    while left and k < limit:
        hit = next((slot for slot in left if tokens.fits(k, slot)), None)
        taken = [] if hit is not None else _taken_up(tokens, k, left, wording)
        if hit is not None or taken:
            left = [slot for slot in left if slot is not hit and slot not in taken]
            gap = 0
        elif (
            k == at
            or gap >= (6 if is_wide else 4)
            or not (_may_stand_between(doc, k) or (is_wide and _is_inside(doc, k)))
        ):
            return None
        else:
            gap += 1
        k += 1
    return None if left else k


def _taken_up(tokens: Tokens, at: int, left: list[_Slot], wording: _Wording) -> list[_Slot]:
    """Return the words of a topic that "it" stands for: all but its verb, named before ("call it off")."""
    if not wording.is_order or tokens.doc[at].lower_ not in _PRONOUNS:
        return []
    if tokens.doc[at].tag_ == "PRP$" and not (
        at + 1 < len(tokens.doc) and tokens.fits(at + 1, wording.slots[0])
    ):
        return []  # "could keep their label"
    recent = tokens.recent(at)
    return [s for s in left if s is not wording.slots[0] and not s.actor and s.roots & recent]


def _is_inside(doc: Doc, at: int) -> bool:
    """Return whether a word may stand between an actor and a thing ("the fund would grant them a loan")."""
    token = doc[at]
    return token.is_alpha and token.lower_ not in OPENERS and token.tag_ not in ("CC", "WDT", "WP")


def _may_stand_between(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.lower_ in ("no", "neither", "not", "never"):
        return False
    if token.lower_ in _LINKS:
        return True
    if token.tag_ in ("NN", "NNS"):
        follower = doc[at + 1] if at + 1 < len(doc) else None
        return follower is not None and follower.tag_ in ("NN", "NNS", "NNP", "POS", "HYPH")
    return token.tag_ in _BETWEEN or token.text in _INNER_MARKS


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
    if parts[0].lower() in GENERAL_VERBS and not is_compound:
        return ""
    if "to" in parts:
        return ""
    lead = re.split(r"\s(?:of|on|for|in|from|at|with)\s", phrase)[0].split()
    head = re.split(r"[-‐‑]", lead[-1])[-1].lower()
    is_plain = head.isalpha() and len(head) > 2 and head not in _VAGUE | EMPTY
    return head if is_plain and not head.endswith("ing") else ""


class ShortForms:
    """The single nouns that stand for an issue's topics after the text has named one.

    Args:
        topics: the topics of each issue.
        actors: last words of what actors are called, in lower case; they stand for the actor alone.
    """

    def __init__(self, topics: Mapping[str, Sequence[str]], actors: frozenset[str] = frozenset()) -> None:
        owners: dict[str, set[str]] = {}
        for issue, phrases in topics.items():
            for phrase in phrases:
                head = short_form(phrase)
                if head and head not in actors:  # "the council" is somebody, not the council tax
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
