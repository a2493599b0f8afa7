"""What a number counts: the noun phrase, by neighbourhood first and by the tree where that fails."""

from __future__ import annotations

from dataclasses import dataclass

from newsledger.extract.language.families import EVENT_NOUNS, TOLL_NOUNS, families_of
from newsledger.extract.language.people import is_person_word
from newsledger.extract.language.tokens import Doc, Token
from newsledger.extract.language.wordlist import words

_NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_INSIDE_TAGS = _NOUN_TAGS | {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "POS", "CD", "``", "''", "FW", "ADD"}
_PREMODIFIERS = frozenset(
    ("amod", "compound", "nmod:poss", "flat", "nummod", "det", "case", "punct", "nmod:desc")
)
_OF_FILL = words("the these those its their his her all our about around")
_RELATIVES = words("whom which them these those")
_ADDED = words("other others more further additional another")
_TIME_NOUNS = words(
    """
    year month week day hour minute quarter decade time session night morning
    """
)
_WEEKDAYS = words(
    """
    monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow
    """
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted noun phrase.

    Attributes:
        noun: index of its head noun, or None when the text leaves it out.
        start: first token of the phrase (after the number), or of the number.
        end: token after the phrase.
        is_person: whether the noun names persons.
        is_partitive: whether the number is a part of the noun's group ("20 of the hostages").
        is_relative: whether it is a part of a group named before ("20 of whom", "of them about 20").
    """

    noun: int | None
    start: int
    end: int
    is_person: bool
    is_partitive: bool = False
    is_relative: bool = False


def read_counted(
    doc: Doc, first: int, last: int, stop: int, *, is_count: bool = True, sentence_stop: int | None = None
) -> Counted:
    """Return what the number in tokens ``[first, last)`` counts, looking no further than ``stop``.

    ``is_count`` is False for money, shares and measures, after which a time or an unlinked noun is not
    what they measure ("3 bn next year"). ``sentence_stop`` ends the sentence, for "14 of the 33 victims".
    """
    part = _relative_part(doc, first, last, stop) or _part(doc, last, stop, sentence_stop or stop)
    if part is not None:
        return part
    noun, end = _run(doc, last, stop)
    if (
        noun is not None
        and not _is_state(doc, last, noun)
        and (is_count or doc[noun].lemma_.lower() not in _TIME_NOUNS)
    ):
        return _counted(doc, noun, last, end)
    noun = _by_tree(doc, first, last, stop) if is_count else None
    if noun is not None and doc[noun].lower_ not in _ADDED and not _is_state(doc, last, noun):
        return _counted(doc, noun, last, noun + 1)
    end = last + 1 if last < stop and doc[last].lower_ in _ADDED else last
    return Counted(None, last, end, is_person=False)


def _relative_part(doc: Doc, first: int, last: int, stop: int) -> Counted | None:
    """Return the part of a group named before ("20 of whom", "of whom 20"), or None."""
    after = _after_of(doc, last, stop)
    if after is not None and after < stop and doc[after].lower_ in _RELATIVES:
        return Counted(None, last, after + 1, is_person=False, is_partitive=True, is_relative=True)
    before = doc[max(doc[first].sent.start, first - 6) : first]
    if any(t.lower_ in _RELATIVES and t.i and doc[t.i - 1].lower_ == "of" for t in before):
        return Counted(None, last, last, is_person=False, is_partitive=True, is_relative=True)
    return None


def _part(doc: Doc, last: int, stop: int, sentence_stop: int) -> Counted | None:
    """Return the part of a group named after the number ("20 of the hostages"), or None."""
    after = _after_of(doc, last, stop)
    if after is None:
        return None
    if after < sentence_stop and doc[after].like_num:
        after += 1
    noun, end = _run(doc, after, sentence_stop)
    if noun is not None:
        return _counted(doc, noun, last, end, is_partitive=True)
    end = after + 1 if after < sentence_stop and doc[after].tag_ in ("JJ", "VBN") else after
    return Counted(None, last, end, is_person=False, is_partitive=True)


def is_whole(doc: Doc, first: int) -> bool:
    """Return whether the number is the whole of which a part is counted.

    Both "four of the 30 men" and "Of the 30 men, four" name a whole.
    """
    before = doc[max(doc[first].sent.start, first - 5) : first]
    at = next((t.i for t in before if t.lower_ == "of"), None)
    if at is None or any(t.tag_.startswith("V") or t.text == "," for t in doc[at:first]):
        return False
    if at > 0 and (doc[at - 1].like_num or doc[at - 1].lower_ == "out"):
        return True
    if not doc[at].is_sent_start:
        return False
    stop = doc[first].sent.end
    comma = next((t.i for t in doc[first + 1 : min(stop, first + 7)] if t.text == ","), None)
    return comma is not None and any(t.like_num for t in doc[comma + 1 : min(stop, comma + 5)])


def _counted(doc: Doc, noun: int, start: int, end: int, *, is_partitive: bool = False) -> Counted:
    token = doc[noun]
    is_person = is_person_word(token.text, token.lemma_, is_plural_name=token.tag_ == "NNPS")
    return Counted(noun, start, end, is_person, is_partitive)


def _is_state(doc: Doc, start: int, noun: int) -> bool:
    """Return whether a participle and a singular noun say what happened: "251 [taken hostage]"."""
    is_participle = doc[noun].tag_ == "NNS" and not doc[noun].lower_.endswith("s")  # "86 hurt"
    if doc[noun].tag_ != "NN" and not is_participle:
        return False
    is_bare_event = (
        noun == start and doc[noun].lower_ not in EVENT_NOUNS and bool(families_of(doc[noun].lower_))
    )
    return is_bare_event or bool(doc[start].tag_ in ("VBN", "VBD") and noun == start + 1)


def _after_of(doc: Doc, at: int, stop: int) -> int | None:
    """Return the token after "of the", or None when no "of" follows the number."""
    if at >= stop or doc[at].lower_ != "of":
        return None
    at += 1
    while at < stop and (doc[at].lower_ in _OF_FILL or doc[at].tag_ in ("DT", "PRP$", "PDT")):
        at += 1
    return at


def _run(doc: Doc, at: int, stop: int) -> tuple[int | None, int]:
    """Return the head noun of the phrase that starts at a token, and the token after the phrase."""
    begin = at
    while at < stop and (doc[at].lower_ in _ADDED or doc[at].text == "-"):
        at += 1
    noun: int | None = None
    while at < min(stop, begin + 9):
        token = doc[at]
        if not _may_belong(token, begin, stop):
            break
        if token.tag_ in _NOUN_TAGS:
            if noun is not None and token.lower_ in _WEEKDAYS:
                break
            noun = at
            if not _leads_on(doc, at, stop):
                return noun, at + 1
        at += 1
    if noun is None and at > begin and doc[at - 1].lower_ in ("others",):
        return None, at
    return noun, (noun + 1 if noun is not None else begin)


def _may_belong(token: Token, begin: int, stop: int) -> bool:
    if token.tag_ not in _INSIDE_TAGS:
        return token.tag_ in ("CC", ",") and _joins_modifiers(token, stop)
    if token.tag_ in ("VBN", "VBG"):
        is_modifier = token.dep_ in ("amod", "compound") and begin <= token.head.i < stop
        return bool(is_modifier and token.head.i > token.i)
    if token.tag_ == "CD":
        return bool(token.i > begin)
    return not (token.tag_ in ("JJ", "JJR", "JJS") and token.i + 1 >= stop)


def _joins_modifiers(token: Token, stop: int) -> bool:
    """Return whether "and" or a comma stands between two adjectives of one noun."""
    at = token.i
    if at + 2 >= stop or at == 0:
        return False
    before, after = token.doc[at - 1], token.doc[at + 1]
    return before.tag_ == "JJ" and after.tag_ == "JJ" and token.doc[at + 2].tag_ in _NOUN_TAGS


def _leads_on(doc: Doc, at: int, stop: int) -> bool:
    """Return whether a noun only modifies a later noun of the same phrase."""
    token = doc[at]
    if at + 1 >= stop:
        return False
    following = doc[at + 1]
    if following.tag_ in ("POS", "HYPH"):
        return True
    if following.tag_ not in _INSIDE_TAGS or following.tag_ in ("CD", "``", "''", "VBN", "VBG"):
        return False
    if token.dep_ in _PREMODIFIERS and at < token.head.i < stop and token.head.i - at <= 5:
        return True
    return token.tag_ in ("NN", "NNP") and following.tag_ in _NOUN_TAGS and following.lower_ not in _WEEKDAYS


def _by_tree(doc: Doc, first: int, last: int, stop: int) -> int | None:
    """Return the noun the tree attaches the number to, when it is near and after it."""
    head = number_root(doc, first, last)
    if head.dep_ == "nummod" and head.head.tag_ in _NOUN_TAGS and last <= head.head.i < min(stop, last + 6):
        between = doc[last : head.head.i]
        if not any(
            t.tag_ in ("VBD", "VBZ", "VBP", "MD", "IN", "VBN", ",", "CC", "WDT", "WP") for t in between
        ):
            return int(head.head.i)
    return None


def number_root(doc: Doc, first: int, last: int) -> Token:
    """Return the token of a number whose head lies outside the number."""
    for token in doc[first:last]:
        if not first <= token.head.i < last:
            return token
    return doc[first]


def toll_subject(doc: Doc, first: int, start: int) -> int | None:
    """Return the noun that stands for a count whose value the number is, or None.

    Reads "the death toll soared to N", "bringing the number of dead to N", "a toll of N", "Dead: N".
    """
    head: Token = doc[first]
    for _ in range(4):
        for child in head.children:
            if child.dep_ in ("nsubj", "nsubj:pass", "obj") and child.i < first and _is_toll(child):
                return int(child.i)
        if head.dep_ in ("nmod", "appos", "nmod:of") and head.head.i < first and _is_toll(head.head):
            return int(head.head.i)
        if head.head is head or head.head.i < start:
            break
        head = head.head
    return _toll_by_words(doc, first, start)


_LINKS = words(
    """
    to at of hit reached reaches reach is was now stands stood rose rises risen climbed climbs has have
    had passed exceeded surpassed topped : soars soared jumped jumps been past above over beyond
    totalled totaled totals fell falls dropped drops were are standing the a by and crossed number
    numbered numbers more than least nearly about almost some rising remains remained increased
    increases grew grows grown already as is, – — -
    """
)


def _toll_by_words(doc: Doc, first: int, start: int) -> int | None:
    at = first - 1
    while (
        at >= start
        and first - at <= 10
        and (doc[at].lower_ in _LINKS or doc[at].tag_ in ("RB", "RP", "TO", "CD"))
    ):
        at -= 1
    if at < start or at == first - 1:
        return None
    for back in range(at, max(start, at - 6) - 1, -1):
        if _is_toll(doc[back]):
            return back
        if doc[back].tag_ in ("VBD", "VBZ", ",", "CC") or doc[back].dep_ == "ROOT":
            return None
    return None


def _is_toll(token: Token) -> bool:
    if token.lower_ == "recorded":
        return False
    return token.lemma_.lower() in TOLL_NOUNS and token.tag_ in (
        "NN",
        "NNS",
        "JJ",
        "VBN",
        "NNP",
        "NNPS",
        "VBD",
    )
