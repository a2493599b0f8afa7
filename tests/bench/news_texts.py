"""Made-up news texts by the million, always the same, with the statistics of real ones.

Words follow Zipf's law; a quarter of every text are set phrases, which follow it too, so that some four-word
runs stand in one text of twenty and most in one alone; lengths are lognormal around 600 words. ``python -m
tests.bench.dedupe`` prints how many pairs of texts share a sketch value, to be held against real articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsledger.dedupe.sketch import SHINGLE_WORDS, shingle_hashes, word_hash

VOCABULARY, PHRASES = 120_000, 400_000
MEAN_WORDS, SPREAD, LEAST = 6.25, 0.55, 90
"""Of the lengths: mean and spread of their logarithm, and the shortest text."""
PHRASE_SHARE = 0.3
"""Of the pieces a text is put together from."""

Ids = NDArray[np.int64]


def vocabulary() -> list[str]:
    """Return the words, the most frequent first and shortest."""
    onsets = [
        "b",
        "d",
        "f",
        "g",
        "h",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "v",
        "w",
        "z",
        "br",
        "dr",
        "st",
        "tr",
        "pl",
        "gr",
    ]
    vowels = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
    syllables = [onset + vowel for onset in onsets for vowel in vowels]
    size = len(syllables)
    words = [*syllables]
    words += [a + b for a in syllables for b in syllables]
    words += [
        a + b + c for a in syllables[: VOCABULARY // size // size + 2] for b in syllables for c in syllables
    ]
    return words[:VOCABULARY]


@dataclass
class Texts:
    """A number of texts as word numbers, one after the other.

    Attributes:
        words: all word numbers.
        starts: where each text starts, and where the last one ends.
    """

    words: Ids
    starts: Ids

    def of(self, nth: int) -> Ids:
        """Return the words of one text."""
        found: Ids = self.words[self.starts[nth] : self.starts[nth + 1]]
        return found


class Press:
    """Makes texts, and their sketches at once for many."""

    def __init__(self, seed: int = 7) -> None:
        """Make the vocabulary and the phrases."""
        self.names = vocabulary()
        self.hashes = np.fromiter(map(word_hash, self.names), np.uint64, len(self.names))
        random = np.random.default_rng(seed)
        self._cumulated = np.cumsum(1 / (np.arange(VOCABULARY) + 2.7))
        self._phrase_lengths = random.integers(4, 9, PHRASES)
        self._phrase_starts = np.concatenate(([0], np.cumsum(self._phrase_lengths)))
        self._phrase_words = self._words(random, int(self._phrase_starts[-1]))
        self._phrase_weights = np.cumsum(1 / (np.arange(PHRASES) + 30.0) ** 1.0)

    def _words(self, random: np.random.Generator, number: int) -> Ids:
        at = random.random(number) * self._cumulated[-1]
        found: Ids = np.searchsorted(self._cumulated, at).astype(np.int64)
        return found

    def batch(self, nth: int, number: int) -> Texts:
        """Return the texts of one batch, the same for the same number."""
        random = np.random.default_rng([11, nth])
        lengths = np.maximum(LEAST, random.lognormal(MEAN_WORDS, SPREAD, number)).astype(np.int64)
        starts = np.concatenate(([0], np.cumsum(lengths)))
        words = self._words(random, int(starts[-1]) + 16)
        pieces = int(starts[-1] // 10)
        places = np.sort(random.integers(0, int(starts[-1]), int(pieces * PHRASE_SHARE * 1.6)))
        chosen = np.searchsorted(self._phrase_weights, random.random(len(places)) * self._phrase_weights[-1])
        for offset in range(8):
            inside = offset < self._phrase_lengths[chosen]
            words[places[inside] + offset] = self._phrase_words[self._phrase_starts[chosen[inside]] + offset]
        return Texts(words[: starts[-1]], starts)

    def sketches(self, texts: Texts) -> tuple[NDArray[np.uint64], Ids]:
        """Return the sketch values of all texts, and for each which text it is of; no value twice in a
        text."""
        values = shingle_hashes(self.hashes[texts.words], SHINGLE_WORDS)
        at = np.flatnonzero(values % np.uint64(8) == 0)
        text = np.searchsorted(texts.starts, at, side="right") - 1
        inside = at + SHINGLE_WORDS <= texts.starts[text + 1]
        values, text = values[at[inside]], text[inside]
        order = np.lexsort((values, text))
        values, text = values[order], text[order]
        is_new = np.ones(len(values), bool)
        is_new[1:] = (values[1:] != values[:-1]) | (text[1:] != text[:-1])
        return values[is_new], text[is_new]

    def written(self, words: Ids) -> str:
        """Return a text as a paper prints it: sentences of 12 to 24 words, paragraphs of two or three of
        them."""
        return "\n".join(" ".join(part) for part in _paragraphs(self.sentences(words)))

    def sentences(self, words: Ids) -> list[str]:
        """Return the sentences of a text."""
        found, at = [], 0
        while at < len(words):
            size = 12 + int(words[at]) % 13
            part = " ".join(self.names[w] for w in words[at : at + size])
            found.append(part.capitalize() + ".")
            at += size
        return found


def _paragraphs(sentences: list[str]) -> Iterator[list[str]]:
    at = 0
    while at < len(sentences):
        size = 2 + len(sentences[at]) % 2
        yield sentences[at : at + size]
        at += size
