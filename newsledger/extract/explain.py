"""A text sentence by sentence: what was read, and what every indicator made of each number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.language import Language

from newsledger.extract import EXTRACTOR, codebook_version
from newsledger.extract.check import plain_document
from newsledger.extract.figures.indicators import Verdict
from newsledger.extract.figures.reader import FigureReader
from newsledger.extract.language.text import ParsedText, parse
from newsledger.extract.positions.reader import PositionReader
from schemas.codebook import Codebook
from schemas.figure import Figure
from schemas.position import Position, Refusal


@dataclass(frozen=True, slots=True)
class IndicatorVerdict:
    """What one indicator made of a number by itself.

    Attributes:
        indicator: the codebook's key.
        is_match: whether it would take the number.
        score: how far it came; comparable among the verdicts of one number only.
        reason: what spoke for it, or what refused the number.
    """

    indicator: str
    is_match: bool
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ExplainedFigure:
    """A figure and the verdict of every indicator, the nearest first; none where no indicator was asked."""

    figure: Figure
    verdicts: tuple[IndicatorVerdict, ...]


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence, or a stretch that was not parsed, with what was read and refused in it, in order."""

    text: str
    start: int
    end: int
    figures: tuple[ExplainedFigure, ...]
    positions: tuple[Position, ...]
    refusals: tuple[Refusal, ...]


def explain_sentences(
    text: str, codebook: Codebook, nlp: Language, *, day: date | None = None
) -> list[ExplainedSentence]:
    """Return every sentence of a text in order, each with what was read in it and why.

    Args:
        text: the text, one paragraph a line.
        codebook: the story's codebook.
        nlp: the language model.
        day: the day the text was published, the anchor of "yesterday"; None when unknown.
    """
    parsed = parse(text, nlp)
    positions, refusals = PositionReader(codebook).read(plain_document(text), parsed, day)
    read = FigureReader(codebook).explain(
        parsed,
        document_id="example",
        version=1,
        day=day,
        extractor=EXTRACTOR,
        codebook_version=codebook_version(codebook),
    )
    figures = [ExplainedFigure(figure, tuple(_verdicts(figure, verdicts))) for figure, verdicts in read]
    bounds = sorted([*_sentences(parsed), *parsed.tables])
    return [_sentence(text, bounds, at, figures, positions, refusals) for at in range(len(bounds))]


def _sentences(parsed: ParsedText) -> Iterator[tuple[int, int]]:
    for paragraph in parsed.paragraphs:
        for sentence in paragraph.doc.sents:
            yield paragraph.start + sentence.start_char, paragraph.start + sentence.end_char


def _sentence(
    text: str,
    bounds: Sequence[tuple[int, int]],
    at: int,
    figures: Sequence[ExplainedFigure],
    positions: Sequence[Position],
    refusals: Sequence[Refusal],
) -> ExplainedSentence:
    start, end = bounds[at]
    low = start if at else 0
    high = bounds[at + 1][0] if at + 1 < len(bounds) else len(text) + 1
    return ExplainedSentence(
        text[start:end],
        start,
        end,
        tuple(one for one in figures if low <= one.figure.evidence_start < high),
        tuple(one for one in positions if low <= one.evidence_start < high),
        tuple(one for one in refusals if low <= one.evidence_start < high),
    )


def _verdicts(figure: Figure, verdicts: dict[str, Verdict]) -> Iterator[IndicatorVerdict]:
    """Yield the indicators' verdicts, the one that won first, then the others from near to far.

    A number that is no count at all (an age, what was added) was shown to no indicator.
    """
    if figure.indicator is None and not any(figure.rule.startswith(f"not {key}: ") for key in verdicts):
        return
    ordered = sorted(
        verdicts.items(),
        key=lambda item: (item[0] != figure.indicator, item[1].indicator is None, -item[1].score),
    )
    for key, verdict in ordered:
        reason = verdict.rule.removeprefix(f"not {key}: ")
        yield IndicatorVerdict(key, verdict.indicator is not None, verdict.score, reason)
