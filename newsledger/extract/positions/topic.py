"""Words that speak of an issue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that speak of an issue.

    Attributes:
        issue: codebook key.
        start: first token in the paragraph.
        end: token after the words.
        sign: +1 the proposition, -1 its contrary.
        is_stance: whether the words show the stance by themselves (``supports``, ``opposes``).
        word: the words found, for the explanation.
        is_anaphor: whether they take up a topic named before ("a step it has long resisted").
        signals: what speaks for and against that the issue is meant, where it is not named; else none.
    """

    issue: str
    start: int
    end: int
    sign: int
    is_stance: bool
    word: str
    is_anaphor: bool = False
    signals: tuple[str, ...] = ()
