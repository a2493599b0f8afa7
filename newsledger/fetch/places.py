"""Whether a few words at the head of a paragraph can be the place of a dateline."""

from __future__ import annotations

import re

_PARTICLES = frozenset({
    "of", "the", "on", "upon", "de", "del", "della", "di", "da", "do", "dos", "du", "des", "la", "le", "les",
    "el", "al", "sur", "am", "an", "der", "bei", "in", "near", "and", "off", "aboard", "occupied", "y",
})  # fmt: skip
_ARTICLE_PREFIX = re.compile(r"^(?:el|al|ad|an|ar|as|at|az|ash|ed|es|ez|d|l)[-'’](?=[A-Z])")
_LABELS = frozenset({
    "breaking", "update", "updated", "updates", "live", "watch", "exclusive", "opinion", "analysis",
    "explainer", "factbox", "timeline", "summary", "video", "photos", "photo", "gallery", "podcast", "review",
    "interview", "comment", "editorial", "column", "feature", "insight", "wrapup", "refile", "advisory",
    "note", "disclaimer", "correction", "clarification", "poll", "quiz", "alert", "developing", "background",
    "context", "headlines", "points", "read", "more", "news", "report", "special", "just", "fact", "check",
    "editor", "editor's", "editor’s", "q&a", "q", "a", "i", "topshot", "highlights", "takeaways", "press",
    "release", "statement", "recap", "preview", "corrected", "related", "listen", "story", "stories", "top",
    "question", "answer", "host", "reporter", "subscribe", "advertisement", "sponsored", "contact", "source",
    "sources", "who", "what", "why", "when", "where", "how", "key", "also", "new", "first", "tl;dr",
    "un", "eu", "us", "u.s.", "uk", "nato", "unicef", "idf", "fbi", "cia", "nasa", "imf", "gdp",
})  # fmt: skip
"""Words that stand before a dash or a colon in capitals and are no place by themselves."""
_STRONG = frozenset({
    "breaking", "update", "updates", "exclusive", "opinion", "analysis", "explainer", "factbox", "podcast",
    "news", "video", "live", "report",
})  # fmt: skip
"""Labels that no place name contains."""
_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|[.'’ʼ`-])*$")
MAX_PLACE = 90


def is_place(words: str) -> bool:
    """Return whether the words have the form of one or more places ("GAZA CITY, Gaza Strip/CAIRO")."""
    segments = re.split(r"\s*(?:[,/;]|\band\b|\bAND\b)\s*", words.strip())
    if len(words) > MAX_PLACE or not 1 <= len(segments) <= 7:
        return False
    if len(segments) == 1 and words.strip().casefold() in _LABELS:
        return False
    return all(_is_segment(segment) for segment in segments)


def _is_segment(segment: str) -> bool:
    words = segment.split()
    folded = [word.casefold() for word in words]
    if not 1 <= len(words) <= 6 or (len(words) > 1 and all(word in _LABELS for word in folded)):
        return False
    if any(word in _STRONG for word in folded):
        return False
    return folded[0] not in ("in", "and") and all(_is_place_word(word) for word in words)


def _is_place_word(word: str) -> bool:
    if not _WORD.match(word) and word.casefold() not in ("d.c.", "st."):
        return False
    bare = _ARTICLE_PREFIX.sub("", word)
    return bare[:1].isupper() or word.casefold() in _PARTICLES


def is_shouted(words: str) -> bool:
    """Return whether the first place is printed in capitals, as most papers print a dateline."""
    first = re.split(r"[,/]", words.strip())[0]
    first = " ".join(_ARTICLE_PREFIX.sub("", word) for word in first.split())
    letters = [c for c in first if c.isalpha()]
    lower = sum(c.islower() for c in letters)
    return len(letters) >= 2 and (
        lower == 0 or (len(letters) >= 6 and lower <= 2 and not first[1:2].islower())
    )
