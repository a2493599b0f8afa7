"""Spelling variants of names: a folding key that brings transliterations of one name together."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PARTICLES = frozenset(["al", "el", "ad", "ar", "as", "at", "an", "ash", "bin", "ibn", "ben", "abu"])
_ARTICLES = frozenset(["al", "el", "ad", "ar", "as", "at", "ash"])
_RULES = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee|ie(?=.)"), "i"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"gh(?=[aiou])"), "g"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"y(?=$|[^aeiou])"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aeiou])h$"), ""),
)
"""Where romanisations of one name differ: f/ph, u/ou/oo, doubled letters, silent final h, k/q, i/y."""


@lru_cache(maxsize=16_384)
def fold_word(word: str) -> str:
    """Return the key of one word of a name: lower case, no diacritics, spelling variants made alike."""
    plain = unicodedata.normalize("NFKD", word.lower())
    key = "".join(c for c in plain if c.isalnum())
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key


def fold_name(words: list[str]) -> tuple[str, ...]:
    """Return the key of a whole name: folded words, Arabic articles dropped, "Abd al-X" joined to one word.

    ``words`` are the name's words without hyphens ("Abdel", "Fattah", "el", "Sisi").
    """
    kept = [w for w in words if w.lower() not in _ARTICLES] or words
    out: list[str] = []
    for word in kept:
        key = fold_word(word)
        if out and re.fullmatch(r"abd(?:[aeu]l)?", out[-1]):
            out[-1] = "abdul" + key
        else:
            out.append(key)
    return tuple(out)


def split_name(name: str) -> list[str]:
    """Return the words of a printed name, hyphens and apostrophes taken as gaps between or inside words."""
    return re.findall(r"[^\W_]+(?:['’‘`][^\W_]+)*", name)


def same_name(one: str, other: str) -> bool:
    """Return whether two printed names are spellings of one: equal keys word by word."""
    return fold_name(split_name(one)) == fold_name(split_name(other))
