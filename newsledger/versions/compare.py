"""What an outlet changed in an article: figures, quotations, the headline, sentences, or nothing much."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from newsledger.dedupe.sketch import words_of
from schemas.figure import Figure
from schemas.version import Edit, VersionChange

SAME_SENTENCE = 0.5
"""Likeness of words, 0 to 1, from which a sentence is the other one edited and not a sentence of its own."""
MOST_PAIRS = 10_000
"""Pairs of rewritten sentences compared at most; beyond that both sides are told as written anew."""
_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n+")
_TOKEN = re.compile(r"\w+(?:[.,:'’]\w+)*|[$€£¥₹%]|(?<!\w)[-−](?=\d)")
_SIGNS = re.compile(r"[$€£¥₹%]|(?<!\w)[-−](?=\d)")
_DIGIT = re.compile(r"\d")
_NUMBER_TEXT = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
    thousand thousands million millions billion billions trillion dozen dozens half third quarter percent no
    none once twice"""
_NUMBER_WORDS = frozenset(_NUMBER_TEXT.split())


@dataclass(frozen=True)
class Telling:
    """One version of an article, for comparing it with another.

    Attributes:
        text: the stored text.
        title: its headline, or "".
        figures: what was read in it; empty where nobody read it.
    """

    text: str
    title: str = ""
    figures: Sequence[Figure] = field(default=())

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where the sentences below the headline stand, as offsets."""
        start = len(self.title) if self.title and self.text.startswith(self.title) else 0
        found = []
        for gap in [*_END.finditer(self.text, start), None]:
            end = gap.start() if gap else len(self.text)
            inside = self.text[start:end]
            begin = start + len(inside) - len(inside.lstrip())
            stop = begin + len(inside.strip())
            if gap and gap.group().strip():  # quotation marks that close belong to the sentence
                stop += len(gap.group()) - len(gap.group().lstrip('"”’)]'))
            if stop > begin:
                found.append((begin, stop))
            start = gap.end() if gap else end
        return found

    @cached_property
    def keys(self) -> list[tuple[str, ...]]:
        """The words of each sentence, without what is cosmetic."""
        return [words_that_count(self.text[a:b]) for a, b in self.sentences]

    @cached_property
    def _marks(self) -> list[int]:
        """Where quotations begin and end, in turn; one that is not closed ends with its paragraph."""
        marks: list[int] = []
        for at, char in enumerate(self.text):
            is_open = len(marks) % 2 == 1
            if char == "“" or (char == '"' and not is_open):
                marks += [at] if not is_open else []
            elif (char in '”"' or char == "\n") and is_open:
                marks.append(at)
        return marks

    def is_quoted(self, at: int) -> bool:
        """Return whether an offset is inside quotation marks."""
        return bisect_right(self._marks, at) % 2 == 1

    def values(self, span: tuple[int, int]) -> list[tuple[object, ...]]:
        """Return the figures read in a span, as what they assert, sorted."""
        inside = (f for f in self.figures if span[0] <= f.evidence_start < span[1])
        return sorted({_asserted(f) for f in inside}, key=repr)


def _asserted(figure: Figure) -> tuple[object, ...]:
    return (figure.value, figure.value_low, figure.value_high, figure.qualifier.value, figure.unit)


def words_that_count(text: str) -> tuple[str, ...]:
    """Return the words, numbers and signs of money, share and minus; case and punctuation are cosmetic."""
    return (*(_plain(word) for word in words_of(text)), *_SIGNS.findall(text))


def _plain(word: str) -> str:
    """Return a word in one spelling: separators of thousands are cosmetic, a decimal point is not."""
    return re.sub(r",(?=\d{3}(?:\D|$))", "", word) if _DIGIT.match(word) else word


def compare_versions(
    before: Telling, after: Telling, *, document_id: str, version: int
) -> tuple[VersionChange, ...]:
    """Return the edits that made one version of an article of another, in the order of the text.

    A sentence whose number, quotation and words changed has an edit of each kind that applies (words alone:
    ``text``). A number written otherwise ("48", "forty-eight") is cosmetic where the figures read in both
    sentences assert the same. Equal texts have none.

    Args:
        before: the earlier version.
        after: the later version.
        document_id: the document.
        version: the number of the later version.
    """
    found = [*_headline(before, after), *_sentences(before, after)]
    return tuple(
        VersionChange(
            document_id,
            version,
            nth,
            edit.kind,
            _slice(before, edit.old),
            _slice(after, edit.new),
            edit.old[0] if edit.old else None,
            edit.new[0] if edit.new else None,
        )
        for nth, edit in enumerate(found, 1)
    )


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Edit
    old: Span | None
    new: Span | None


def _slice(telling: Telling, span: Span | None) -> str:
    return telling.text[span[0] : span[1]] if span else ""


def _headline(before: Telling, after: Telling) -> Iterator[_Found]:
    if before.title == after.title:
        return
    old, new = _title_span(before), _title_span(after)
    if words_that_count(before.title) != words_that_count(after.title):
        yield _Found(Edit.HEADLINE, old, new)
        if old and new and _numbers_differ(before, old, after, new):
            yield _Found(Edit.FIGURE, old, new)
    else:
        yield _Found(Edit.COSMETIC, old, new)


def _title_span(telling: Telling) -> Span | None:
    return (0, len(telling.title)) if telling.title and telling.text.startswith(telling.title) else None


def _sentences(before: Telling, after: Telling) -> Iterator[_Found]:
    matcher = SequenceMatcher(None, before.keys, after.keys, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            for old, new in zip(before.sentences[a1:a2], after.sentences[b1:b2], strict=True):
                yield from _same_words(before, old, after, new)
        else:
            yield from _rewritten(before, range(a1, a2), after, range(b1, b2))


def _same_words(before: Telling, old: Span, after: Telling, new: Span) -> Iterator[_Found]:
    if _slice(before, old) == _slice(after, new):
        return
    said = [_quoted_words(t, span) for t, span in ((before, old), (after, new))]
    yield _Found(Edit.COSMETIC if said[0] == said[1] else Edit.QUOTE, old, new)


def _quoted_words(telling: Telling, span: Span) -> list[str]:
    return [m.group().casefold() for m in _tokens(telling, span) if telling.is_quoted(m.start())]


def _tokens(telling: Telling, span: Span) -> list[re.Match[str]]:
    return list(_TOKEN.finditer(telling.text, *span))


def _rewritten(before: Telling, olds: range, after: Telling, news: range) -> Iterator[_Found]:
    """Yield the edits of a stretch in which no sentence stayed: pairs that are alike, then what is left."""
    pairs = _alike(before, olds, after, news)
    for number in olds:
        if number not in pairs:
            yield _Found(Edit.TEXT, before.sentences[number], None)
        else:
            old, new = before.sentences[number], after.sentences[pairs[number]]
            yield from (_Found(kind, old, new) for kind in _kinds(before, old, after, new))
    taken = set(pairs.values())
    for number in news:
        if number not in taken:
            yield _Found(Edit.TEXT, None, after.sentences[number])


def _alike(before: Telling, olds: range, after: Telling, news: range) -> dict[int, int]:
    """Return which old sentence became which new one: the most alike first, each once."""
    if len(olds) * len(news) > MOST_PAIRS:
        return {}
    scores = []
    for old in olds:
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(before.keys[old])
        for new in news:
            matcher.set_seq1(after.keys[new])
            likeness = matcher.ratio() if matcher.quick_ratio() >= SAME_SENTENCE else 0.0
            if likeness >= SAME_SENTENCE:
                scores.append((-likeness, abs(old - olds.start - new + news.start), old, new))
    pairs: dict[int, int] = {}
    for _, _, old, new in sorted(scores):
        if old not in pairs and new not in pairs.values():
            pairs[old] = new
    return pairs


def _kinds(before: Telling, old: Span, after: Telling, new: Span) -> list[Edit]:
    """Return the kinds of edit of a sentence whose words changed."""
    numbers = _numbers_differ(before, old, after, new)
    mine, theirs = _tokens(before, old), _tokens(after, new)
    matcher = SequenceMatcher(None, [_key(m) for m in mine], [_key(m) for m in theirs], autojunk=False)
    changed = [
        (before, m) for tag, a1, a2, _, _ in matcher.get_opcodes() if tag != "equal" for m in mine[a1:a2]
    ]
    changed += [
        (after, m) for tag, _, _, b1, b2 in matcher.get_opcodes() if tag != "equal" for m in theirs[b1:b2]
    ]
    kinds = [Edit.FIGURE] if numbers else []
    if any(telling.is_quoted(m.start()) for telling, m in changed):
        kinds.append(Edit.QUOTE)
    is_words = any(not _is_number(m.group()) for _, m in changed)
    if is_words and not kinds:
        kinds.append(Edit.TEXT)
    return kinds or [Edit.COSMETIC]


def _key(token: re.Match[str]) -> str:
    return _plain(token.group().casefold())


def _is_number(word: str) -> bool:
    parts = re.split(r"\W", word.casefold())
    return bool(_DIGIT.search(word) or _SIGNS.fullmatch(word)) or all(p in _NUMBER_WORDS for p in parts if p)


def _numbers_differ(before: Telling, old: Span, after: Telling, new: Span) -> bool:
    """Return whether the numbers of a sentence changed, and not only their spelling."""
    told = [
        [_key(m) for m in _tokens(telling, span) if _is_number(m.group())]
        for telling, span in ((before, old), (after, new))
    ]
    read = before.values(old), after.values(new)
    if told[0] == told[1]:
        return read[0] != read[1] and bool(told[0])  # "more than 40", "nearly 40"
    return not (read[0] and read[0] == read[1] and _are_spellings(*told))


def _are_spellings(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether of two lists of numbers one writes in words what the other writes in digits."""
    digits = [sorted(w for w in words if _DIGIT.search(w)) for words in (first, second)]
    return digits[0] != digits[1] and (not digits[0] or not digits[1])
