"""The number grammar: every quantity a text states, and nothing that only looks like one.

``find_numbers`` works on characters alone. It joins plain amounts (:mod:`.lexicon`) to ranges,
ratios, shares, money and measures, and leaves out what :mod:`.masks` knows to be no quantity.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from newsledger.extract.language.families import families_of
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.bands import bands
from newsledger.extract.numbers.currencies import CODES
from newsledger.extract.numbers.drafts import Draft, Number, signed, single, with_unit
from newsledger.extract.numbers.lexicon import (
    DENOMINATORS,
    GLYPHS,
    ONES,
    PLURALS,
    SCALES,
    TENS,
    AmountReader,
    Lexeme,
    lex,
)
from newsledger.extract.numbers.masks import masks
from newsledger.extract.numbers.pairs import pair, with_cents
from newsledger.extract.numbers.units import unit_after

__all__ = ["Number", "find_numbers"]


def find_numbers(text: str) -> list[Number]:
    """Return the quantities of one paragraph, in order; none for a text without."""
    return list(_numbers(text))


@lru_cache(maxsize=1_024)
def _numbers(text: str) -> tuple[Number, ...]:
    """Return what :func:`find_numbers` returns, kept: quantities and slips ask for the same paragraphs."""
    drafts = with_cents(text, _with_bands(text, _drafts(text)))
    found: list[Number] = []
    at = 0
    while at < len(drafts):
        joined = pair(text, drafts[at], drafts[at + 1]) if at + 1 < len(drafts) else None
        found += joined or [single(text, drafts[at])]
        at += 2 if joined else 1
    return tuple(_with_ages(text, found))


_AGE_LIST = re.compile(r",?\s+(?:and|or)\s+|,\s+")
_AGE_ENDS = re.compile(
    r"\s*(?:[,.;:)”\"—–]|$)|\s+(?:and|or|in|on|at|was|were|is|are|has|had|have|who|when|from|died)\b"
)


def _with_ages(text: str, found: list[Number]) -> list[Number]:
    """Return the numbers with every bare one that goes on a list of ages made an age ("aged 4, 7 and 9")."""
    for at in range(1, len(found)):
        last, this = found[at - 1], found[at]
        is_bare = this.unit == "" and this.kind == "plain" and 0 < this.value < 121
        if last.unit != "age" or not is_bare or not _AGE_ENDS.match(text, this.end):
            continue
        if _AGE_LIST.fullmatch(text, last.end, this.start) and _AGED.search(text[: last.start]):
            found[at] = replace(this, unit="age")
    return found


_AGED = re.compile(r"(?i)\bage[ds]?\b[^.;]{0,40}\Z")


def _with_bands(text: str, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with the bands of a text ("the mid-60s") in their places."""
    found = list(bands(text)) if "s" in text else []
    if not found:
        return drafts
    kept = [d for d in drafts if not any(b.before < d.amount.end and d.before < b.unit.end for b in found)]
    return sorted([*kept, *found], key=lambda draft: draft.before)


def _drafts(text: str) -> list[Draft]:
    if not _may_hold_number(text):
        return []
    lexemes = lex(text)
    reader = AmountReader(lexemes)
    hidden = masks(text, _stretches(text))
    drafts: list[Draft] = []
    at, mask = 0, 0
    while at < len(lexemes):
        start = lexemes[at].start
        while mask < len(hidden) and hidden[mask][1] <= start:
            mask += 1
        if _is_hidden(hidden, mask, start):
            at += 1
            continue
        read = reader.read(at)
        if read is None or not _stands_alone(text, lexemes, at, read[1]):
            at += 1
            continue
        drafts.append(signed(text, with_unit(text, read[0])))
        at = read[1]
    return drafts


_CANDIDATE = re.compile(
    rf"(?i)\d|[{''.join(GLYPHS)}]|\b(?:{'|'.join([*ONES, *TENS, *SCALES, *PLURALS])}|dozen|hundred|"
    rf"(?:{'|'.join(DENOMINATORS)})s?)\b"
)


def _may_hold_number(text: str) -> bool:
    return _CANDIDATE.search(text) is not None


_LEAD, _TAIL = 120, 60
"""How far before and after a number what hides it may begin and end: a name, a score, a telephone number."""


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text around its digits and number words, in order and apart."""
    found: list[tuple[int, int]] = []
    for match in _CANDIDATE.finditer(text):
        low, high = max(0, match.start() - _LEAD), match.end() + _TAIL
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


def _is_hidden(hidden: list[tuple[int, int]], first: int, start: int) -> bool:
    for low, high in hidden[first:]:
        if low > start:
            return False
        if start < high:
            return True
    return False


_CURRENCY_LETTERS = CODES | words("US A C Rs R HK NZ S RM PS Ksh KSh Sh RMB Mex")
_NAME_BEFORE = re.compile(r"(?:^|[^.!?:\s\"“‘])\s+(?P<word>[A-Z][\w&/’'-]*)\s\Z")
_COUNTED_AFTER = re.compile(
    r"[\s-]+(?!(?:was|is|has|as|does|this|its|his|says)\b)(?:[a-z-]+\s+){0,2}?(?:(?!(?:was|has|this|does|says)\b)[a-z]{2,}s|people|children|men|women|dead|more|others?|crew|staff|police)\b|\s*[%$€£°]"
)
_NOT_NAMES = words(
    """
    some about over around nearly almost only at least than more most up to some another all killed by
    and or of in on the a an kills killing injuring leaves hits tops passes reaches rises is are was
    were has have had i we he she they it what
    """
)


def _stands_alone(text: str, lexemes: list[Lexeme], at: int, end: int) -> bool:
    """Return whether an amount is not the tail or head of some name ("A-4", "3x", "Planet 9")."""
    lexeme = lexemes[at]
    before = lexemes[at - 1] if lexeme.glued and at else None
    if lexeme.kind != "digits":
        if before is not None and (before.kind in ("word", "digits") or _is_inside(lexemes, at, end)):
            return False
        return not _is_named_by_word(text, lexemes, at)
    if before is not None and before.kind == "word" and before.text not in _CURRENCY_LETTERS:
        return False
    return not _is_footnote(lexemes, at) and not _names(text, lexeme, lexemes[end - 1].end)


def _is_footnote(lexemes: list[Lexeme], at: int) -> bool:
    """Return whether digits stick to the full stop of a word ("a new idea.23", "vol.14"), not of "Rs."."""
    stop, word = lexemes[at - 1 : at], lexemes[at - 2 : at - 1]
    if not (stop and word and lexemes[at].glued and stop[0].glued and stop[0].text == "."):
        return False
    return word[0].kind == "word" and word[0].text not in _CURRENCY_LETTERS


def _is_inside(lexemes: list[Lexeme], at: int, end: int) -> bool:
    """Return whether a number word stands in the middle of a hyphenated word ("production-four-door")."""
    around = lexemes[at - 2 : at] + lexemes[end : end + 1]
    is_chain = [lexeme.kind for lexeme in around] == ["word", "hyphen", "hyphen"]
    return (
        is_chain
        and around[1].glued
        and around[2].glued
        and around[0].text.lower() not in (*ONES, *TENS, *SCALES)
    )


def _is_named_by_word(text: str, lexemes: list[Lexeme], at: int) -> bool:
    """Return whether a capitalised number word ends a name ("BBC One"), in a line that is no headline."""
    last = lexemes[at - 1] if at else None
    if not (last and last.kind == "word" and lexemes[at].text[0].isupper()):
        return False
    if last.text.islower():  # "the Three Gorges"
        after = lexemes[at + 1] if at + 1 < len(lexemes) else lexemes[at]
        return after.kind == "word" and after.text[0].isupper() and not _is_title_case(text)
    is_plain = last.text.lower() in _NOT_NAMES or last.text.lower() in (*ONES, *TENS, *SCALES, "a")
    return not is_plain and not _is_title_case(text)


def _names(text: str, lexeme: Lexeme, end: int) -> bool:
    """Return whether digits belong to the capitalised word before them ("S&P 500", "Game 2")."""
    if (
        not lexeme.text.isdigit()
        or len(lexeme.text) > 4
        or end != lexeme.end
        or _COUNTED_AFTER.match(text, end)
    ):
        return False
    unit = unit_after(text, end, is_money=False, value=float(lexeme.text))
    if unit is not None and unit.name != "age":
        return False
    match = _NAME_BEFORE.search(text[max(0, lexeme.start - 40) : lexeme.start])
    if (
        match is None
        or match["word"].lower() in _NOT_NAMES
        or match["word"] in _CURRENCY_LETTERS
        or families_of(match["word"])
    ):
        return False
    return not _is_title_case(text)


@lru_cache(maxsize=256)
def _is_title_case(text: str) -> bool:
    """Return whether most longer words of a line start with a capital, so that capitals say nothing."""
    words: list[str] = re.findall(r"[^\W\d_]{4,}", text[:2_000])
    return bool(words) and sum(word[0].isupper() for word in words) > 0.6 * len(words)
