"""A second opinion on a page's text: what the page gives machines, or its feed gives readers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SHINGLE = 3
"""Words in a row that are compared."""
SAME = 0.7
"""Share of a text's shingles found in the other from which both are taken for one article."""
FOREIGN = 0.1
"""Share below which a line has nothing in common with the other text."""
FULLER = 1.3
"""A second text that many times as long as what was found holds what was missed."""
_WORD = re.compile(r"\w+")


def agreed(found: str, opinion: str) -> str:
    """Return the text both agree on: lines the second opinion does not know leave, what was missed comes.

    A second opinion about something else, or one much shorter (a teaser), changes nothing. Between lines that
    both know, a line only the page has is kept unless it holds a number: it may be a subheading, which the
    second opinion often lacks, or a related headline, whose number would be a false figure.

    Args:
        found: the text found in the page, one line per block.
        opinion: the article's text from elsewhere, or "".
    """
    mine, theirs = _words(found), _words(opinion)
    if len(theirs) < 60 or len(theirs) < 0.5 * len(mine):
        return found
    known = _shingles(theirs)
    if mine and _share(mine, known) >= SAME:
        lines = [line.strip() for line in opinion.splitlines() if line.strip()]
        if len(theirs) > FULLER * len(mine) and len(lines) >= 3:  # one line has lost its paragraphs' ends
            return "\n".join(lines)
        return _without_unknown(found, known) if len(theirs) >= 0.85 * len(mine) else found
    return found


def lines_without(text: str, known: str) -> str:
    """Return the lines of a text that another text does not hold.

    Args:
        text: one line per block.
        known: the text whose lines leave.
    """
    shingles, words = _shingles(_words(known)), {tuple(_words(line)) for line in known.splitlines()}
    lines = ((line, _words(line)) for line in text.splitlines())
    return "\n".join(
        line
        for line, mine in lines
        if tuple(mine) not in words and (len(mine) < SHINGLE or _share(mine, shingles) < SAME)
    )


def _without_unknown(found: str, known: set[tuple[str, ...]]) -> str:
    lines = found.splitlines()
    shares = [_share(_words(line), known) for line in lines]
    sure = [at for at, share in enumerate(shares) if share >= 0.5 and len(_words(lines[at])) > SHINGLE]
    if not sure:
        return found
    kept = [
        line
        for at, (line, share) in enumerate(zip(lines, shares, strict=True))
        if share >= FOREIGN or (sure[0] < at < sure[-1] and not any(c.isdigit() for c in line))
    ]
    return "\n".join(kept)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def _share(words: Sequence[str], known: set[tuple[str, ...]]) -> float:
    """Return the share of a text's shingles that are known; a text shorter than one is known."""
    mine = [tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]
    return sum(s in known for s in mine) / len(mine) if mine else 1.0
