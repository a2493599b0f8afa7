"""A small, stable fingerprint of a text from which containment can be told.

FracMinHash: of the hashes of all four-word shingles, those divisible by eight are kept, so two
sketches share about an eighth of what the texts share, whatever their lengths. Texts of fewer than
sixty shingles keep all of theirs, or a brief would have nothing to be known by.
(Method: Irber and others, sourmash; four words and one in eight were best in our own measurements.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

SHINGLE_WORDS = 4
SHINGLE_CHARACTERS = 9
"""For scripts without spaces; nine characters carry about what four words do."""
KEEP_ONE_IN = 8
SHORT_SHINGLES = 60
_PERSON = b"newsledger-sk-1"
"""The sketch's version. Sketches of different versions share nothing, which is what must happen."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_UNSPACED = re.compile(
    # Thai to Khmer, Hiragana to CJK and its compatibility blocks, Hangul is spaced and stays out; the
    # Indic blocks, whose vowel signs break words apart in Python's regular expressions.
    r"[\u0900-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


def text_sha256(text: str) -> str:
    """Return the digest of a stored text, 64 hexadecimal digits over its UTF-8 bytes."""
    return sha256(text.encode("utf-8")).hexdigest()


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, punctuation gone, apostrophes of one kind.

    A number with its separators is one word ("67,183").
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return _WORD.findall(folded)


def is_unspaced(text: str) -> bool:
    """Return whether most letters of a text are of a script that puts no spaces between words."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and len(_UNSPACED.findall(text)) > 0.3 * letters


def shingles(text: str) -> Iterator[str]:
    """Yield the overlapping pieces of a text that its sketch is made of.

    Four words each; nine characters each where most letters are of a script without spaces. A text
    shorter than one piece is one piece.
    """
    if is_unspaced(text):
        pieces: Sequence[str] = "".join(
            c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum()
        )
        size, glue = SHINGLE_CHARACTERS, ""
    else:
        pieces, size, glue = words_of(text), SHINGLE_WORDS, " "
    for start in range(max(1, len(pieces) - size + 1) if pieces else 0):
        yield glue.join(pieces[start : start + size])


def hash_of(shingle: str) -> int:
    """Return the hash of a shingle, 0 to 2**63 - 1, so that a signed 64-bit column holds it."""
    digest = blake2b(shingle.encode("utf-8"), digest_size=8, person=_PERSON).digest()
    return int.from_bytes(digest, "big") >> 1


def sketch(text: str) -> tuple[int, ...]:
    """Return the sketch of a text, sorted, without repetition; empty only for a text without words."""
    values = {hash_of(piece) for piece in shingles(text)}
    if len(values) < SHORT_SHINGLES:
        return tuple(sorted(values))
    return tuple(sorted(v for v in values if is_sampled(v)))


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
