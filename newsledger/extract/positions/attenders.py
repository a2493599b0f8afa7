"""The persons a sentence names, each with the role that stands by the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.extract.language.people import is_person_word
from newsledger.extract.language.roles import OWN_MINDS, PERSON_ROLES, SPEAKING_ROLES
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words

NAME_TAGS = ("NNP", "NNPS")
INSIDE_NAME = words("""
    al el bin ibn de van von der da di la le abu ben ul
""")
TIMES = words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
""")
_HONORIFICS = words("sheikh sheik mr mrs ms miss dr sir dame lord lady prof rev reverend")
"""Words before a name that tell no role."""
_PART_OF_TITLE = frozenset(("prime", "foreign", "affairs", "sheikh"))
_INSIDE_ROLE = ("NN", "NNP", "NNPS", "JJ", "NNS", "HYPH", "POS", "VBN")
_BEHIND = ("NN", "NNP", "NNPS", "JJ", "DT", "POS", "HYPH", "NNS", "JJS", "VBN", "PRP$")
_OFFICES = words("""
    coordinator co-ordinator son-in-law law professor king judge sheikh prince queen princess bishop
    archbishop cardinal rabbi imam ayatollah pope chief secretary president general-secretary
""")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a sentence: tokens of the name, and of the roles before and behind it."""

    first: int
    last: int
    roles: tuple[tuple[int, int], ...]

    def covers(self, token: int) -> bool:
        """Return whether a token belongs to the name or a role."""
        return any(first <= token < last for first, last in ((self.first, self.last), *self.roles))

    def role_text(self, doc: Doc) -> str:
        """Return the roles as printed, the one before the name first."""
        return ", ".join(str(doc[first:last].text).strip(" ,") for first, last in self.roles)


def people(doc: Doc, start: int, end: int, *, stop_at_relative: bool) -> Iterator[Person]:
    """Yield the persons named among tokens: two or more capitalised words with a role."""
    at = start
    while at < end:
        low = doc[at].lower_
        if stop_at_relative and low in ("according", "who", "whose", "which", "because", "—"):
            return
        if doc[at].tag_ not in NAME_TAGS and low not in ("sheikh", "sheik"):
            at += 1
            continue
        last = at
        while last < end and (_is_name(doc, last, at) or _is_inside(doc, last, end)):
            last += 1
        person = _person(doc, at, last, start)
        is_owner = last < len(doc) and doc[last].lower_ in ("'s", "’s", "'", "’")
        if person is not None and not is_owner:
            yield person
        at = max(last, at + 1)


def _is_name(doc: Doc, at: int, first: int) -> bool:
    """Return whether a word is of a name: a proper noun, or behind one a word with a capital."""
    token = doc[at]
    return token.tag_ in NAME_TAGS or (at > first and token.tag_ in ("NN", "JJ") and token.text[:1].isupper())


def _is_inside(doc: Doc, at: int, end: int) -> bool:
    token = doc[at]
    is_particle = (
        token.lower_ in INSIDE_NAME and at + 1 < end and doc[at + 1].text[:1] in "-‐"
    ) or token.lower_ in ("bin", "ibn", "al", "de", "van", "von")
    return is_particle or (token.text in ("-", "‐") and not token.whitespace_ and at + 1 < end)


def _person(doc: Doc, first: int, last: int, floor: int) -> Person | None:
    """Return the person whose name ends a run of capitalised words; what stands before is the role.

    Without a noun for a person's office by the name, it may be a place or body.
    """
    start = first
    for k in range(first, last):
        low = doc[k].lower_
        if is_office(doc, k) or low in _PART_OF_TITLE or low in OWN_MINDS or low in _HONORIFICS:
            start = k + 1
    printed = [
        k for k in range(start, last) if doc[k].text not in ("-", "‐") and doc[k].lower_ not in INSIDE_NAME
    ]
    if len(printed) < 2 or any(doc[k].lower_ in TIMES for k in printed):
        return None
    roles = tuple(r for r in (_role_before(doc, start, floor), _role_behind(doc, last)) if r is not None)
    return Person(start, last, roles) if roles else None


def _role_before(doc: Doc, first: int, floor: int) -> tuple[int, int] | None:
    """Return the role in front of a name, a comma between them or not."""
    end = first
    while end - 1 >= floor and doc[end - 1].lower_.rstrip(".") in _HONORIFICS:
        end -= 1
    if end - 2 >= floor and doc[end - 1].text == "," and is_office(doc, end - 2):
        end -= 1
    start = end
    while start - 1 >= floor and _continues_role(doc, start - 1, floor, end):
        start -= 1
    if not any(is_office(doc, k) for k in range(start, end)):
        return None
    has_another = start - 2 >= floor and doc[start - 1].text == "," and start < end
    if has_another and doc[start - 2].lower_ in PERSON_ROLES:
        start -= 1  # "Veria's chief negotiator, Energy Minister X"
        while start - 1 >= floor and _continues_role(doc, start - 1, floor, end):
            start -= 1
    is_owned = any(doc[k].tag_ == "POS" for k in range(start, end))
    if is_owned and start - 1 >= floor and doc[start - 1].tag_ == "DT":
        start -= 1
    return start, end


def _continues_role(doc: Doc, at: int, floor: int, end: int) -> bool:
    """Return whether a role goes on to the left with a token."""
    if doc[at].tag_ in _INSIDE_ROLE or _in_hyphens(doc, at):
        return True
    if doc[at].tag_ == "VBZ" and at + 1 < end and is_office(doc, at + 1):
        return True  # a plural the model takes for a verb: "hostages coordinator"
    return doc[at].lower_ == "and" and at - 1 >= floor and doc[at - 1].tag_ == "NN" and is_office(doc, at - 1)


def _role_behind(doc: Doc, last: int) -> tuple[int, int] | None:
    """Return the role between commas behind a name, or None."""
    if last + 1 >= len(doc) or doc[last].text != ",":
        return None
    stop = last + 1
    while stop < len(doc) and (doc[stop].tag_ in _BEHIND or doc[stop].lower_ == "of"):
        stop += 1
    is_closed = stop >= len(doc) or doc[stop].text in (",", ".", ";", "—", "–", ")")
    head = next((k for k in range(last + 1, stop) if doc[k].lower_ == "of"), stop) - 1
    if not is_closed or head <= last or not is_office(doc, head):
        return None
    is_next_name = stop < len(doc) and any(doc[k].tag_ == "NNP" for k in range(head + 1, stop))
    return None if is_next_name and doc[head + 1].lower_ != "of" else (last + 1, stop)


def _in_hyphens(doc: Doc, at: int) -> bool:
    """Return whether a token is part of a hyphenated word ("son-in-law")."""
    is_joined = at + 1 < len(doc) and doc[at + 1].text in "-‐" and not doc[at].whitespace_
    return is_joined or doc[at].text in ("-", "‐")


def is_office(doc: Doc, at: int) -> bool:
    """Return whether a word is a noun for somebody's office or trade."""
    low = doc[at].lower_
    return low in SPEAKING_ROLES or low in _OFFICES or (low in OWN_MINDS or is_person_word(low, low))
