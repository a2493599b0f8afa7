"""Spelling variants of names: a folding key brings transliterations of one name together, likeness the slips.

Two printed names are one when their keys are equal, or when they are alike enough and differ as a slip or a
transliteration does (a letter missing, doubled or moved), never as two names do (another letter, an ending).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from newsledger.extract.language.wordlist import words

_ARTICLES = frozenset(["al", "el", "ad", "ar", "as", "at", "ash"])
_SERVANT = re.compile(r"abd(?:[aeiu]l)?")
_OUTLET_WORDS = words("tv television news radio channel network")
"""What one broadcaster is called by turns ("Qahera TV", "Al-Qahera News")."""
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
SAME = 92.0
"""Likeness from which names that differ in a word may be one: 8 of the 10 variants first measured had it."""
DIFFERENT = 69.0
"""Likeness of the most alike of the 7 pairs of strangers first measured."""
_WORD_SAME = 87.0
"""Likeness the one differing word needs by itself: a long first name must not carry a different surname."""
_SHORT, _LONG = 5, 7
"""Letters below which a word's vowels count in full, and from which a slip inside a word is forgiven."""


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
        if out and _SERVANT.fullmatch(out[-1]):
            out[-1] = "abdul" + key
        else:
            out.append(_one_word_servant(key))
    return tuple(out)


def _one_word_servant(key: str) -> str:
    """Return "abdulrahman" for "abdelrahman": the joined writing varies in its vowel as the open one does."""
    return re.sub(r"^abd[aei]l(?=[a-z]{3})", "abdul", key)


def split_name(name: str) -> list[str]:
    """Return the words of a printed name, hyphens and apostrophes taken as gaps between or inside words."""
    return re.findall(r"[^\W_]+(?:['’‘`][^\W_]+)*", name)


def keys_of(words: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return the keys a name may have, the usual one first: "q" is romanised as "g" as well as "k"."""
    usual = fold_name(words)
    if not any("q" in word.lower() for word in words):
        return (usual,)
    return usual, fold_name([re.sub("[qQ]", "g", word) for word in words])


def likeness(one: str, other: str) -> float:
    """Return how alike two printed names are, 0 to 100: their keys compared whatever the order of the words.

    The measure is rapidfuzz's token sort ratio, for which :data:`SAME` and :data:`DIFFERENT` were found; of
    several keys the most alike count.
    """
    pairs = [(a, b) for a in keys_of(split_name(one)) for b in keys_of(split_name(other))]
    return max(fuzz.token_sort_ratio(" ".join(a), " ".join(b)) for a, b in pairs)


def same_name(one: str, other: str) -> bool:
    """Return whether two printed names are spellings of one."""
    first, second = split_name(one), split_name(other)
    return same_words(first, second) or _is_same_outlet(first, second)


def same_words(one: list[str], other: list[str]) -> bool:
    """Return whether the words of two printed names are spellings of one name."""
    return any(_is_same_key(a, b) for a in keys_of(one) for b in keys_of(other))


def _is_same_key(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two keys are of one name: equal but for one word, which differs as spellings do."""
    if one == other:
        return True
    if len(one) != len(other) or len(one) < 2:
        return False
    odd = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(odd) != 1:
        return False
    a, b = one[odd[0]], other[odd[0]]
    if odd[0] == 0 and loose_word(a) == loose_word(b):
        return True
    return _is_slip(a, b) and fuzz.token_sort_ratio(" ".join(one), " ".join(other)) >= SAME


def loose_word(key: str) -> str:
    """Return a first name's key with its vowels made alike ("Mohammed", "Muhammad"); short ones stay.

    The first letter stays as well: "Ellen" is not "Allan".
    """
    return key[0] + key[1:].replace("o", "u").replace("e", "a") if len(key) >= _SHORT else key


def _is_slip(one: str, other: str) -> bool:
    """Return whether two words differ by letters missing, doubled or moved, as no two names do.

    One letter for another makes another name ("Andersen", "Anderson"), and so does an ending ("Novakova").
    """
    if min(len(one), len(other)) < _LONG or one[0] != other[0]:
        return False
    if one.startswith(other) or other.startswith(one):
        return False
    is_replaced = len(one) == len(other) and sorted(one) != sorted(other)
    return not is_replaced and fuzz.ratio(one, other) >= _WORD_SAME


def _is_same_outlet(one: list[str], other: list[str]) -> bool:
    """Return whether both are names of one broadcaster, each with another word for what it is."""
    if one[-1:] == [] or not {one[-1].lower(), other[-1].lower()} <= _OUTLET_WORDS:
        return False
    first, second = fold_name(one[:-1]), fold_name(other[:-1])
    return bool(first) and first == second and len("".join(first)) >= _SHORT
