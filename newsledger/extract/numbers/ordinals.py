"""Ordinals ("21st", "twenty-first"): they rank and count nothing, so they are masked out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsledger.extract.numbers.lexicon import ONES, TENS, AmountReader, lex


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal where it stands, and the rank it gives."""

    start: int
    end: int
    rank: int


_RANKS = {
    "first": "one", "second": "two", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six",
    "seventh": "seven", "eighth": "eight", "ninth": "nine", "nineth": "nine", "tenth": "ten",
    "eleventh": "eleven", "twelfth": "twelve", "thirteenth": "thirteen", "fourteenth": "fourteen",
    "fifteenth": "fifteen", "sixteenth": "sixteen", "seventeenth": "seventeen", "eighteenth": "eighteen",
    "nineteenth": "nineteen", "twentieth": "twenty", "thirtieth": "thirty", "fortieth": "forty",
    "fiftieth": "fifty", "sixtieth": "sixty", "seventieth": "seventy", "eightieth": "eighty",
    "ninetieth": "ninety", "hundredth": "hundred", "thousandth": "thousand", "millionth": "million",
    "billionth": "billion", "trillionth": "trillion",
}  # fmt: skip
_SCALED = ("hundred", "thousand", "million", "billion", "trillion")
_CARDINAL = "|".join(sorted([*ONES, *TENS, *_SCALED, "a"], key=len, reverse=True))
_PATTERN = re.compile(
    rf"(?<![\w.,])(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?:st|nd|rd|th)\b|"
    rf"(?<![\w-])(?P<lead>(?:(?:{_CARDINAL})[\s-]+(?:and[\s-]+)?){{0,8}})(?P<last>{'|'.join(_RANKS)})\b",
    re.IGNORECASE,
)


def find_ordinals(text: str) -> list[Ordinal]:
    """Return the ordinals of a text, in order; a fraction ("a third of them") is none."""
    found: list[Ordinal] = []
    for match in _PATTERN.finditer(text):
        if match["digits"]:
            found.append(Ordinal(match.start(), match.end(), int(match["digits"].replace(",", ""))))
        elif not _is_share(text[match.start() : match.end() + 24]):
            found.append(_in_words(match))
    return found


def _in_words(match: re.Match[str]) -> Ordinal:
    """Return an ordinal in words: it is worth what it is with its last word made a cardinal."""
    last = _RANKS[match["last"].lower()]
    lead = match["lead"] + ("a " if last in _SCALED and not match["lead"] else "")
    amount = AmountReader(lex(lead + last)).read(0)
    if amount is None or amount[0].end < len(lead + last):
        alone = AmountReader(lex(last if last not in _SCALED else f"a {last}")).read(0)
        return Ordinal(match.start("last"), match.end(), int(alone[0].value) if alone else 0)
    return Ordinal(match.start(), match.end(), int(amount[0].value))


def _is_share(text: str) -> bool:
    read = AmountReader(lex(text)).read(0)
    return read is not None and read[0].is_fraction
