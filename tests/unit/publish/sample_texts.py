"""The marked texts of the invented day: every quote of the sample edition as a record in its article."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.edition import Side, StanceSide
from schemas.evidence import FigureMark, MarkedText, PositionMark
from schemas.figure import Aspect, Figure, Modality, Qualifier
from schemas.position import Position, Refusal, Stance
from schemas.reading import Quote
from tests.unit.publish.sample_edition import (
    ARTICLES,
    DAY,
    FIGURE_CHANGES,
    FLOODS,
    POSITION_CHANGES,
    STRIKE,
    documents,
)


def figure_mark(
    quote: Quote, indicator: str | None = "killed", label: str = "People killed", held: str = ""
) -> FigureMark:
    """Return a figure that reads a quote's value where the quote stands."""
    value = quote.value or 0.0
    figure = Figure(
        figure_id=quote.record_id,
        document_id=quote.document_id,
        version=1,
        story=FLOODS,
        indicator=indicator,
        counted="people",
        predicate="killed",
        value=value,
        value_low=value,
        value_high=None if quote.qualifier == "at_least" else value,
        qualifier=Qualifier(quote.qualifier or "exact"),
        unit="person",
        modality=Modality.REPORTED,
        aspect=Aspect.CUMULATIVE,
        attributed_to=quote.attributed_to,
        place="Aldersund",
        as_of=DAY,
        as_of_source="text",
        evidence=quote.evidence,
        evidence_start=quote.evidence_start,
        evidence_end=quote.evidence_end,
        rule="counts 'people'; said 'killed'"
        if indicator
        else "not killed: nothing of its predicates is said",
        extractor="rules 1.0",
        codebook_version="1+5f0c1a",
    )
    return FigureMark(figure, label if indicator else "", held)


def position_mark(quote: Quote) -> PositionMark:
    """Return a position that stands where a quote stands."""
    position = Position(
        position_id=quote.record_id,
        document_id=quote.document_id,
        version=1,
        story=STRIKE,
        issue="night-shifts",
        actor="dockers-union",
        speaker="tomas-reuel",
        stance=Stance.CONDITIONAL,
        act="agree",
        condition="if the bonus is doubled",
        said_on=DAY,
        evidence=quote.evidence,
        evidence_start=quote.evidence_start,
        evidence_end=quote.evidence_end,
        rule="agree to: night shifts",
        extractor="rules 1.0",
        codebook_version="3+90ab77",
    )
    return PositionMark(position, "Dockers’ union", "The port works night shifts", "")


def _quotes() -> Iterator[Quote]:
    for change in (*FIGURE_CHANGES, *POSITION_CHANGES):
        sides: list[Side | StanceSide | None] = [change.after, *change.against]
        for one in sides:
            yield from one.quotes if one else ()


def sample_texts() -> tuple[MarkedText, ...]:
    """Return the day's documents with the records of its changes; one number is of no indicator, one held."""
    quotes = {quote.record_id: quote for quote in _quotes()}
    texts = []
    for row in documents():
        article = ARTICLES[row.document_id.removeprefix("d-")]
        own = [quote for quote in quotes.values() if quote.document_id == row.document_id]
        figures = [figure_mark(quote) for quote in own if quote.value is not None]
        if row.document_id == "d-lakeside":
            figures[0] = figure_mark(own[0], None)
            figures[-1] = figure_mark(own[2], held="two digits are exchanged")
        positions = [position_mark(quote) for quote in own if quote.value is None]
        words = article.text[:20]
        refusal = Refusal(row.document_id, 1, STRIKE, "position", "actor ambiguous", words, 0, len(words))
        texts.append(MarkedText(row, article.text, "ab" * 32, tuple(figures), tuple(positions), (refusal,)))
    return tuple(texts)
