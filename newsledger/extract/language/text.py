"""Text -> paragraphs -> sentences -> tokens with a tree, every offset absolute in the stored text.

Two rules carry most of the quality (``docs/architecture.md`` tells what was measured): a parse never
crosses a newline, and sentences are split by rule before the parser runs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc as ModelDoc

from newsledger.extract.language.network import quicken
from newsledger.extract.language.tokens import Doc
from newsledger.extract.language.wordlist import words

LONGEST_PIECE = 4_000
"""Characters parsed as one piece. Real paragraphs are shorter; longer ones are cut at sentence ends."""
LONGEST_WORD = 300
"""A longer run without a space is no word (base64, a minified script): it is not parsed at all."""
MOST_NUMBERS = 60
"""Numbers read in one sentence; more of them are a table run together, whose columns nobody can tell."""
LONGEST_HEADING = 120
LONGEST_HEADLINE = 220

_NUMBER = re.compile(
    r"(?i)\d[\d.,]*|[½⅓⅔¼¾⅕⅛⅜⅝⅞]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|"
    r"(?:twen|thir|for|four|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|(?:m|b|tr)illions?|dozens?|half)\b"
)
_ODD_SPACE = re.compile(r"[^\S\n ]|[\u200b\u200e\u200f\ufeff\u00ad]")
_MARKER = re.compile(r"(?:[-–—•*▪■●◦‣·►▶»]|\d{1,2}[.)])\s+(?=\S)")
_LABEL = re.compile(r"[A-Z][\w’' /()-]{1,40}:\s*\S")
_CLOSERS = "\"'”’)]»"
_BOUNDARY = re.compile(
    r"""(?P<stop>[.!?…]+)(?P<close>["'”’)\]»]*)(?:\s+(?=["'“‘(\[«—–-]*\s?[A-Z0-9$€£¥À-Þ])|(?=[A-Z][a-z]{2,}\s))"""
)
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z'’./-]{2,}\s?){1,4}(?:[,/]\s?[A-Z][\w.’'-]+(?:\s[A-Z][\w.]+)?){0,3},?\s*"
    r"(?:\([^)\n]{2,60}\)\s*(?:[-–—:]{1,2}\s*)?|[–—]\s*|--\s*|\s-\s+|:\s+)(?=[\"“‘A-Z0-9])"
)
"""The place (in capitals) and agency that open a report; it is no part of the first sentence."""
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|told|added|wrote|replied|shouted|warned|insisted|"
    r"tweeted)\b"
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]+$")
_FIRST_WORD = re.compile(r"[\"'“‘(\[«\s]*([A-Za-z]+)")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?$")

_TITLES = words(
    """
    mr mrs ms dr prof gen sen rep gov lt col sgt capt maj cpl pvt pte brig adm cmdr cdr supt insp det
    hon rev fr msgr st ste mt ft pres sec min amb atty dep asst dist supp jr sr messrs mme mlle sra
    """
)
"""Shortened titles, which always have a name after them."""
_SHORT = words(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun no nos
    vs v approx est fig figs vol op cit art para ch pp pt ala ariz ark calif colo conn del fla ga ill
    ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo
    ave blvd rd dept univ assn bros
    """
)
"""Shortened words that are followed by more of the same sentence, unless a plain opening word follows."""
_CLOSING = words("inc co corp ltd plc llc etc al a.m p.m am pm")
"""Shortened words that also end sentences: the next word decides."""
_OPENERS = words(
    """
    the a an he she it they we i you in on at but and this that these those there however meanwhile
    after before as for if when while with from by to his her its their our my no not more most some
    many all both one two since last earlier later officials police according
    """
)
"""Words that open a sentence and seldom stand in the middle of one with a capital."""


@dataclass(frozen=True)
class Paragraph:
    """One parsed line of the text, or a cut of a very long one.

    Attributes:
        start: where it starts in the document's text; a token's absolute start is ``start + token.idx``.
        end: where it ends.
        doc: its tokens, sentences and tree.
        kind: ``headline``, ``heading``, ``bullet``, ``label`` ("Dead: 41") or ``body``.
    """

    start: int
    end: int
    doc: Doc
    kind: str


@dataclass(frozen=True)
class ParsedText:
    """A text and its parsed paragraphs, in order.

    Attributes:
        text: the text.
        paragraphs: its paragraphs.
        tables: start and end of the stretches left out because of more numbers than a sentence holds.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=1)
def load_model() -> Language:
    """Return the packaged language model (tagger, morphologizer, lemmatizer, parser), loaded once."""
    nlp = spacy.load(Path(__file__).parent.parent / "model")
    quicken(nlp)
    return nlp


def parse(text: str, nlp: Language) -> ParsedText:
    """Return the text's paragraphs with tokens, sentences and trees.

    Lines are parsed apart, sentences are set by rule, runs longer than a word can be are left out.
    """
    tables: list[tuple[int, int]] = []
    pieces = [part for piece in _pieces(text) for part in _without_tables(text, piece, tables)]
    docs = nlp.pipe((_with_sentences(nlp, text[start:end]) for start, end, _ in pieces), batch_size=64)
    paragraphs = (
        Paragraph(start, end, Doc(doc), kind) for (start, end, kind), doc in zip(pieces, docs, strict=True)
    )
    return ParsedText(text, tuple(paragraphs), tuple(tables))


def _without_tables(
    text: str, piece: tuple[int, int, str], tables: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a piece whose sentences hold no more numbers than are read; note the others."""
    start, end, kind = piece
    body = text[start:end]
    if not _is_crowded(body):
        yield piece
        return
    starts = sentence_starts(body)
    kept = 0
    for low, high in itertools.pairwise([*starts, len(body)]):
        if not _is_crowded(body[low:high]):
            continue
        yield from ((start + a, start + b, kind) for a, b in _trimmed(body, kept, low))
        kept = high
        if tables and not text[tables[-1][1] : start + low].strip(" "):
            tables[-1] = (tables[-1][0], start + high)
        else:
            tables.append((start + low, start + high))
    yield from ((start + a, start + b, kind) for a, b in _trimmed(body, kept, len(body)))


def _is_crowded(text: str) -> bool:
    """Return whether a text holds more numbers than one sentence is read for."""
    return sum(1 for _ in itertools.islice(_NUMBER.finditer(text), MOST_NUMBERS + 1)) > MOST_NUMBERS


def sentence_starts(text: str) -> list[int]:
    """Return the offsets at which the sentences of one paragraph start, 0 first."""
    dateline = _DATELINE.match(text)
    first = [0, dateline.end()] if dateline else [0]
    found = _BOUNDARY.finditer(text, first[-1])
    return [*first, *(match.end() for match in found if match.end() < len(text) and _is_end(text, match))]


def _is_end(text: str, match: re.Match[str]) -> bool:
    close = match["close"]
    if match["stop"] != ".":
        return not (close and _SPEAKER.match(text, match.end()))
    window = text[max(0, match.start() - 40) : match.start()]
    found = _LAST_WORD.search(window)
    word = found.group() if found else ""
    if close or not word:
        return True
    if match.end() == match.end("close"):  # no space: "the proposal.Delegations are"
        return len(word) > 2 and word.islower()
    return not _may_be_short(word) or _opens(text, match.end(), word.lower())


def _may_be_short(word: str) -> bool:
    low = word.lower()
    return bool(len(word) == 1 and word.isupper()) or bool(
        _DOTTED.match(word + ".") or low in _TITLES or low in _SHORT or low in _CLOSING
    )


def _opens(text: str, at: int, word: str) -> bool:
    """Return whether the word at an offset opens a sentence although a shortened word stands before."""
    first = _FIRST_WORD.match(text, at)
    if word in _TITLES:
        return False
    if word in _SHORT and not (first and first.group(1).lower() in _OPENERS):
        return False
    return bool(first and first.group(1).lower() in _OPENERS)


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of every stretch to parse."""
    offset, is_first = 0, True
    for line in text.split("\n"):
        start = offset + len(line) - len(line.lstrip())
        end = offset + len(line.rstrip())
        offset += len(line) + 1
        if end <= start:
            continue
        body = text[start:end]
        marker = _MARKER.match(body)
        kind = _kind(body, is_first=is_first, has_marker=marker is not None)
        skip = marker.end() if marker else 0
        is_first = False
        for a, b in _cuts(body, skip):
            yield start + a, start + b, kind


def _kind(line: str, *, is_first: bool, has_marker: bool) -> str:
    bare = line.rstrip(_CLOSERS)
    if has_marker:
        return "bullet"
    if not any(c.isalpha() for c in bare) or (bare and bare[-1] in ".!?;,…"):
        return "body"
    if is_first and len(line) <= LONGEST_HEADLINE:
        return "headline"
    if len(line) > LONGEST_HEADING:
        return "body"
    if _LABEL.match(line) and any(c.isdigit() for c in line):
        return "label"
    return "body" if bare.endswith(":") or len(line.split()) > 16 else "heading"


def _cuts(line: str, skip: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a line worth parsing: no endless words, no endless paragraphs."""
    at = skip
    for match in re.finditer(rf"\S{{{LONGEST_WORD + 1},}}", line):
        yield from _short_cuts(line, at, match.start())
        at = max(at, match.end())
    yield from _short_cuts(line, at, len(line))


def _short_cuts(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_PIECE:
        window = line[start : start + LONGEST_PIECE]
        cut = sentence_starts(window)[-1] or window.rfind(" ") + 1 or LONGEST_PIECE
        yield from _trimmed(line, start, start + cut)
        start += cut
    yield from _trimmed(line, start, end)


def _trimmed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    part = line[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if end > start:
        yield start, end


def _with_sentences(nlp: Language, piece: str) -> ModelDoc:
    """Return the tokens of a piece with sentence starts set, ready for the pipeline.

    Odd spaces become plain ones, one for one, so that offsets hold and no token is made of them.
    """
    doc = nlp.make_doc(_ODD_SPACE.sub(" ", piece))
    starts = iter([*sentence_starts(piece), len(piece) + 1])
    following = next(starts)
    for token in doc:
        is_start = token.idx >= following or token.i == 0
        token.is_sent_start = is_start
        while token.idx >= following:
            following = next(starts)
    return doc
