"""A text made ready to be compared: its words folded, and which of them are quoted or furniture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from newsledger.dedupe.furniture import is_furniture
from newsledger.dedupe.sketch import is_unspaced, words_of

WORDS, CHARACTERS = 4, 7
"""Pieces by which texts are compared, in words, and in characters for scripts without spaces."""
LEAD_WORDS = 12
"""A first paragraph has at least so many words; shorter lines are headlines, bylines and labels."""

_QUOTES = {"“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』", '"': '"', "‘": "’"}
_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
_SAME = {"pc": "percent", "pct": "percent", "%": "percent", "km": "kilometer", "kph": "kmh"}
_SPELLING = (
    (re.compile(r"our(?=s?$|ed$|ing$|ite|able|hood)"), "or"),
    (re.compile(r"tres?$"), "ter"),
    (re.compile(r"ters$"), "ter"),
    (re.compile(r"is(?=e[drs]?$|ing$|ations?$)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})ll(?=e[dr]s?$|ing$)"), "l"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"'s$"), ""),
)
_CLOCK = re.compile(r"^\W*(?:\d{1,2}[:.h]\d{2}|\d{1,2}\s?[ap]\.?m\b)")
_COLLECTION = re.compile(
    r"\blive\b(?!\s+in\b)|\bas it happened\b|\b(?:news|morning|evening|daily|weekly|world|the day's)\b"
    r".*\b(?:briefing|digest|round-?up|bulletin|in brief|wrap)\b"
    r"|\bround-?up\b|\bin other news\b|\bin brief\b|\bat a glance\b|\bwhat you need to know\b",
    re.IGNORECASE,
)
_HEAD_LINES = 3
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Body:
    """A text as compared.

    Attributes:
        words: its words, folded (characters in scripts without spaces).
        is_quoted: for each word, whether it stands in quotation marks.
        is_idle: for each word, whether its line is furniture.
        lines: for each word, which line it is in.
        piece: how many words make a piece.
        pieces: all runs of that many words.
        is_collection: whether it looks like a live blog or a round-up: entries with the time, or its first
        lines.
    """

    words: tuple[str, ...]
    is_quoted: tuple[bool, ...]
    is_idle: tuple[bool, ...]
    lines: tuple[int, ...]
    piece: int
    pieces: frozenset[tuple[str, ...]]
    is_collection: bool

    @property
    def grain(self) -> float:
        """How many of its words carry what one English word does."""
        return self.piece / WORDS


@lru_cache(maxsize=256)
def body_of(text: str) -> Body:
    """Return a text ready to be compared; an empty one for a text without words."""
    unspaced = is_unspaced(text)
    words: list[str] = []
    quoted: list[bool] = []
    idle: list[bool] = []
    lines: list[int] = []
    for nth, line in enumerate(part for part in text.splitlines() if part.strip()):
        is_idle = is_furniture(line)
        for piece, is_quoted in _quoted_parts(line):
            found = characters_of(piece) if unspaced else [fold(word) for word in _plain_words(piece)]
            words += found
            quoted += [is_quoted] * len(found)
            idle += [is_idle] * len(found)
            lines += [nth] * len(found)
    size = CHARACTERS if unspaced else WORDS
    pieces = frozenset(zip(*(words[at:] for at in range(size)), strict=False))
    return Body(tuple(words), tuple(quoted), tuple(idle), tuple(lines), size, pieces, _is_collection(text))


def _is_collection(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    is_timed = sum(bool(_CLOCK.match(line)) for line in lines) >= 2
    return is_timed or any(_COLLECTION.search(line) for line in lines[:_HEAD_LINES])


def _plain_words(piece: str) -> Iterator[str]:
    """Yield the words of a piece of text; "per cent" is one."""
    found = words_of(piece.replace("%", " percent "))
    for word, after in pairwise([*found, ""]):
        if word == "per" and after == "cent":
            yield "percent"
        elif word != "cent":
            yield word


def characters_of(piece: str) -> list[str]:
    """Return the letters and digits of a piece of text, a number being one."""
    folded = unicodedata.normalize("NFKC", piece).casefold()
    return re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]", folded)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return a word as every house style spells it: British as American, number words as digits."""
    number = number_of(word)
    if number is not None:
        return number
    if word in _SAME:
        return _SAME[word]
    if len(word) > 4:
        for pattern, other in _SPELLING:
            word = pattern.sub(other, word)
    return word


def number_of(word: str) -> str | None:
    """Return the number a word is, in digits without separators, or None."""
    if _DIGIT.match(word):
        return word.replace(",", "").rstrip(".")
    return _NUMBERS.get(word)


def _quoted_parts(line: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a line, each with whether it stands in quotation marks.

    A quotation that is not closed goes on to the end of its paragraph, as in quotations of several.
    """
    start, closing = 0, ""
    for at, character in enumerate(line):
        if closing:
            if character in closing and not _is_apostrophe(line, at):
                yield line[start:at], True
                start, closing = at, ""
        elif character in _QUOTES and not _is_apostrophe(line, at):
            yield line[start:at], False
            start, closing = at, _QUOTES[character]
    yield line[start:], bool(closing)


def _is_apostrophe(line: str, at: int) -> bool:
    """Return whether a mark between two letters is an apostrophe."""
    return line[at] in "’‘'" and line[at - 1 : at].isalpha() and line[at + 1 : at + 2].isalpha()
