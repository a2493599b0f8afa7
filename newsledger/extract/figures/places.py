"""Where a figure is said to be: the nearest place named by a locative phrase."""

from __future__ import annotations

from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words

_LOCATIVE = words("in at across near inside around throughout outside off within into")
_NO_PLACES = words(
    """
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday parliament congress court twitter facebook telegram
    english christmas easter ramadan x jan feb mar apr jun jul aug sep sept oct nov dec
    """
)


def locatives(doc: Doc, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the token spans of capitalised places after a locative preposition, in order."""
    found: list[tuple[int, int]] = []
    for at in range(start, stop):
        if doc[at].lower_ in _LOCATIVE:
            span = _name_after(doc, at + 1, stop)
            if span:
                found.append(span)
    return found


def _name_after(doc: Doc, at: int, stop: int) -> tuple[int, int] | None:
    begin = at
    while (
        at < stop
        and (
            doc[at].lower_ in ("the", "a", "an", "’s", "'s")
            or (doc[at].tag_ in ("JJ", "NN") and doc[at].is_lower)
        )
        and at - begin < 4
    ):
        at += 1
    first = at
    while at < stop and (
        doc[at].tag_ in ("NNP", "NNPS", "JJ", "HYPH")
        and (
            doc[at].text[:1].isupper()
            or doc[at].text == "-"
            or (at > first and doc[at].text.startswith("al"))
        )
    ):
        at += 1
    while at > first and not doc[at - 1].text[:1].isalnum():
        at -= 1
    if at == first or doc[first].lower_.rstrip(".") in _NO_PLACES or _only_modifies(doc, at, stop):
        return None
    return first, at


_PLACE_NOUNS = words(
    """
    city town village region province state district county area coast island islands valley border capital
    suburb camp territory enclave strip peninsula airport port university hospital neighbourhood neighborhood
    prison square
    """
)


def _only_modifies(doc: Doc, at: int, stop: int) -> bool:
    """Return whether a capitalised word only describes a thing ("in Israeli strikes", "in a Boeing jet")."""
    if at >= stop or not doc[at].is_lower or doc[at].tag_ not in ("NN", "NNS", "JJ", "VBG"):
        return False
    return doc[at].lemma_.lower() not in _PLACE_NOUNS and doc[at - 1].whitespace_ != ""


def nearest_place(doc: Doc, first: int, last: int, start: int, stop: int) -> str | None:
    """Return the place named nearest to tokens ``[first, last)`` inside ``[start, stop)``, as printed."""
    best: tuple[int, str] | None = None
    for a, b in locatives(doc, start, stop):
        distance = a - last if a >= last else (first - b) * 2
        if best is None or distance < best[0]:
            best = (distance, doc[a:b].text)
    return best[1] if best else None
