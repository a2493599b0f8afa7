"""A small, stable fingerprint of a text from which containment can be told.

FracMinHash: of the hashes of all four-word shingles, those divisible by eight are kept, so two
sketches share about an eighth of what the texts share, whatever their lengths. Texts of fewer than
sixty shingles keep all of theirs, or a brief would have nothing to be known by.
(Method: Irber and others, sourmash; four words and one in eight were best in our own measurements.)

A shingle's hash is made of its words' hashes by multiplication and addition modulo 2**64, so that a text's
are computed at once and no shingle is ever put together as a string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE_WORDS = 4
SHINGLE_CHARACTERS = 9
"""For scripts without spaces; nine characters carry about what four words do."""
KEEP_ONE_IN = 8
SHORT_SHINGLES = 60
_PERSON = b"newsledger-sk-2"
"""The sketch's version. Sketches of different versions share nothing, which is what must happen; a migration
empties the table of sketches when it changes, and the next run fills it again."""
_PLACES = (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
    0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3, 0x1D8E4E27C47D124F,
)  # fmt: skip
"""What the first, second ... word's hash is multiplied by: odd numbers, so that the order of words counts."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_UNSPACED = re.compile(
    # Thai to Khmer, Hiragana to CJK and its compatibility blocks, Hangul is spaced and stays out; the
    # Indic blocks, whose vowel signs break words apart in Python's regular expressions.
    r"[\u0900-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_LETTER = re.compile(r"[^\W\d_]")


def text_sha256(text: str) -> str:
    """Return the digest of a stored text, 64 hexadecimal digits over its UTF-8 bytes."""
    return sha256(text.encode("utf-8")).hexdigest()


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, punctuation gone, apostrophes of one kind.

    A number with its separators is one word ("67,183").
    """
    return _WORD.findall(folded(text).replace("’", "'"))


def folded(text: str) -> str:
    """Return a text in lower case, characters that only look different made one."""
    return unicodedata.normalize("NFKC", text).casefold() if not text.isascii() else text.casefold()


def is_unspaced(text: str) -> bool:
    """Return whether most letters of a text are of a script that puts no spaces between words."""
    if text.isascii():
        return False
    foreign = len(_UNSPACED.findall(text))
    return foreign > 0 and foreign > 0.3 * len(_LETTER.findall(text))


@lru_cache(maxsize=2048)
def sketch(text: str) -> tuple[int, ...]:
    """Return the sketch of a text, sorted, without repetition; empty only for a text without words.

    Values are 0 to 2**63 - 1, so that a signed 64-bit column holds them.
    """
    import numpy as np  # noqa: PLC0415 - 0.1 s

    if is_unspaced(text):
        pieces, size = [c for c in folded(text) if c.isalnum()], SHINGLE_CHARACTERS
    else:
        pieces, size = words_of(text), SHINGLE_WORDS
    if not pieces:
        return ()
    words = np.fromiter(map(word_hash, pieces), np.uint64, len(pieces))
    values = shingle_hashes(words, size)
    sampled = np.unique(values[values % np.uint64(KEEP_ONE_IN) == 0])
    if len(sampled) >= SHORT_SHINGLES:  # as most are: all values need not be sorted
        return tuple(sampled.tolist())
    values = np.unique(values)
    return tuple((sampled if len(values) >= SHORT_SHINGLES else values).tolist())


@lru_cache(maxsize=1 << 18)
def word_hash(word: str) -> int:
    """Return the hash of a word, 0 to 2**64 - 1."""
    return int.from_bytes(blake2b(word.encode("utf-8"), digest_size=8, person=_PERSON).digest(), "big")


def shingle_hashes(words: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """Return the hashes of all runs of ``size`` words, of the whole where it is shorter.

    Each is the sum of the words' hashes times their place's factor, mixed as SplitMix64 does (Steele, Lea and
    Flood, 2014), less its lowest bit.
    """
    import numpy as np  # noqa: PLC0415

    size = min(size, len(words))
    length = len(words) - size + 1
    total = np.zeros(length, np.uint64)
    for place in range(size):
        total += words[place : place + length] * np.uint64(_PLACES[place])
    total = (total ^ (total >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    total = (total ^ (total >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (total ^ (total >> np.uint64(31))) >> np.uint64(1)


def is_sampled(value: int) -> bool:
    """Return whether a value is kept in the sketch of a text of any length."""
    return value % KEEP_ONE_IN == 0


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a text its sketch holds.

    Attributes:
        values: all values.
        sampled: those kept in a sketch of any length.
    """

    values: int
    sampled: int

    @classmethod
    def of(cls, values: Iterable[int]) -> Size:
        """Return the size of a sketch."""
        kept = list(values)
        return cls(len(kept), sum(is_sampled(v) for v in kept))

    @property
    def is_whole(self) -> bool:
        """Whether every shingle of the text is in the sketch."""
        return self.sampled < self.values

    def beside(self, other: Size) -> int:
        """Return how many of the values can be found in a sketch of the other's kind."""
        return self.values if other.is_whole or not self.is_whole else self.sampled


def containment(shared: int, mine: Size, other: Size) -> tuple[float, float]:
    """Return the share of this text found in the other, and of the other found in this, 0 to 1."""
    mine_size, other_size = mine.beside(other), other.beside(mine)
    return (
        min(1.0, shared / mine_size) if mine_size else 0.0,
        min(1.0, shared / other_size) if other_size else 0.0,
    )
