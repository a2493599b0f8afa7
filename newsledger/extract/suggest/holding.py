"""Keep of what is suggested for a codebook only what it then reads as it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language

from newsledger.extract import Extractor
from newsledger.extract.check import check_examples, plain_document
from newsledger.extract.suggest.indicators import IndicatorIdea, shortened
from schemas.codebook import Codebook, FigureExample, Indicator


def holding(
    ideas: Iterable[IndicatorIdea], codebook: Codebook, nlp: Language, limit: int
) -> list[IndicatorIdea]:
    """Return the first ideas that hold when all of them are added to the codebook, at most ``limit``.

    An idea holds when one of its examples is read as it says, and every other example of the codebook is
    read as before. Each comes back with the example that holds as its only one.
    """
    kept: list[IndicatorIdea] = []
    wrong = _wrong(codebook, nlp)
    for idea in ideas:
        if len(kept) == limit:
            break
        for candidate in _read_as_said(idea, codebook, nlp):
            wider = extended(codebook, candidate)
            if _wrong(wider, nlp) <= wrong:
                codebook = wider
                kept.append(candidate)
                break
    return kept


def extended(codebook: Codebook, idea: IndicatorIdea) -> Codebook:
    """Return the codebook with an idea among its indicators."""
    indicator = Indicator(
        label=idea.label,
        unit=idea.unit,
        aspect=idea.aspect,
        counts=list(idea.counts),
        predicates=list(idea.predicates),
        examples=[FigureExample(text=text, value=value) for text, value in idea.examples],
    )
    return codebook.model_copy(update={"indicators": codebook.indicators | {idea.key: indicator}})


def _wrong(codebook: Codebook, nlp: Language) -> set[str]:
    return {result.where for result in check_examples(codebook, nlp) if not result.is_right}


def _read_as_said(idea: IndicatorIdea, codebook: Codebook, nlp: Language) -> Iterator[IndicatorIdea]:
    """Yield the idea with each example that the codebook does not read yet and reads with the idea."""
    before, after = Extractor(codebook, nlp), Extractor(extended(codebook, idea), nlp)
    for number, (text, value) in enumerate(idea.examples):
        document = plain_document(text)
        known = [f for f in before.read(document, day=None).figures if f.indicator and f.value == value]
        read = [f.value for f in after.read(document, day=None).figures if f.indicator == idea.key]
        if not known and value in read:
            yield shortened(idea, number)
