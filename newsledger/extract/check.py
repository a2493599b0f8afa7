"""Run a codebook against sentences: its own examples, or a text somebody wants explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from spacy.language import Language

from newsledger.extract import Extractor
from newsledger.extract.language.text import parse
from newsledger.extract.voices.actors import ActorIndex, mentions
from schemas.codebook import Codebook
from schemas.document import DateSource, Document
from schemas.run import Extraction


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example of a codebook and what was read in it.

    Attributes:
        where: the key path of the example (``indicators.killed.examples[0]``).
        text: the sentence.
        expected: what the codebook says must be read, in words.
        got: what was read, in words, with the reason when it was nothing.
        is_right: whether both agree.
    """

    where: str
    text: str
    expected: str
    got: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """One record read in a text.

    Attributes:
        kind: ``figure`` or ``position``.
        key: the indicator, or the issue, or "" where it belongs to none.
        reading: value, qualifier and unit, or actor and stance.
        about: the counted noun and the predicate, or the act.
        evidence: the verbatim span.
        start: its start in the text.
        end: its end.
        rule: what matched, or why nothing did.
    """

    kind: str
    key: str
    reading: str
    about: str
    evidence: str
    start: int
    end: int
    rule: str


def check_examples(codebook: Codebook, nlp: Language) -> list[ExampleResult]:
    """Return the result of every example of a codebook: figures, positions, actors, each in its order."""
    extractor = Extractor(codebook, nlp)
    return [
        *_figure_examples(codebook, extractor),
        *_position_examples(codebook, extractor),
        *_actor_examples(codebook, nlp),
    ]


def explain_text(text: str, codebook: Codebook, nlp: Language) -> list[Explained]:
    """Return everything that is read in a text, in order, each record with the rule that made it."""
    found = _read(text, Extractor(codebook, nlp))
    rows = [
        Explained(
            "figure",
            figure.indicator or "",
            f"{figure.qualifier} {figure.value:g} {figure.unit}, {figure.modality}",
            f"{figure.counted or '(unsaid)'} | {figure.predicate or '(nothing)'}",
            figure.evidence,
            figure.evidence_start,
            figure.evidence_end,
            figure.rule,
        )
        for figure in found.figures
    ]
    rows += [
        Explained(
            "position",
            p.issue,
            f"{p.actor} {p.stance}",
            p.act,
            p.evidence,
            p.evidence_start,
            p.evidence_end,
            p.rule,
        )
        for p in found.positions
    ]
    return sorted(rows, key=lambda row: (row.start, row.end, row.kind, row.key))


def _read(text: str, extractor: Extractor, day: date | None = None) -> Extraction:
    return extractor.read(plain_document(text), day=day)


def plain_document(text: str) -> Document:
    """Return a document that is only a text."""
    return Document(
        document_id="example",
        key="example",
        url=None,
        canonical_url=None,
        outlet=None,
        title="",
        byline="",
        agency=None,
        dateline=None,
        language="en",
        published_at=None,
        published_at_source=DateSource.UNKNOWN,
        published_at_precision="unknown",
        first_seen_at=datetime.fromtimestamp(0, UTC),
        version=1,
        text=text,
        text_sha256="",
        word_count=len(text.split()),
        source_path=None,
        feed_id=None,
        sketch=(),
    )


def _figure_examples(codebook: Codebook, extractor: Extractor) -> Iterator[ExampleResult]:
    for key, indicator in codebook.indicators.items():
        for number, example in enumerate(indicator.examples):
            figures = _read(example.text, extractor).figures
            own = [figure.value for figure in figures if figure.indicator == key]
            expected = "nothing" if example.value is None else f"{example.value:g}"
            got = ", ".join(f"{value:g}" for value in own) or "nothing"
            if not own and example.value is not None:
                got += (
                    "".join(f"; {f.value:g}: {f.indicator or f.rule}" for f in figures) or "; no number found"
                )
            is_right = example.value in own if example.value is not None else not own
            yield ExampleResult(f"indicators.{key}.examples[{number}]", example.text, expected, got, is_right)


def _position_examples(codebook: Codebook, extractor: Extractor) -> Iterator[ExampleResult]:
    for key, issue in codebook.issues.items():
        for number, example in enumerate(issue.examples):
            positions = [p for p in _read(example.text, extractor, example.day).positions if p.issue == key]
            own = {(p.actor, str(p.stance)) for p in positions}
            got = ", ".join(f"{actor} {stance}" for actor, stance in sorted(own)) or "nothing"
            wanted = (example.actor, example.stance)
            is_nothing = example.actor is None and example.stance is None
            expected = "nothing" if is_nothing else f"{example.actor} {example.stance}"
            is_right = not own if is_nothing else any(_fits(pair, wanted) for pair in own)
            yield ExampleResult(f"issues.{key}.examples[{number}]", example.text, expected, got, is_right)


def _actor_examples(codebook: Codebook, nlp: Language) -> Iterator[ExampleResult]:
    index = ActorIndex(codebook)
    for key, actor in codebook.actors.items():
        for number, example in enumerate(actor.examples):
            found = mentions(index, parse(example.text, nlp), example.day)
            own = [example.text[m.start : m.end] for m in found if m.actor == key]
            got = ", ".join(own) or "nothing"
            is_right = example.means in own if example.means is not None else not own
            where = f"actors.{key}.examples[{number}]"
            yield ExampleResult(where, example.text, example.means or "nothing", got, is_right)


def _fits(pair: tuple[str, str], wanted: tuple[str | None, str | None]) -> bool:
    return all(want is None or have == want for have, want in zip(pair, wanted, strict=True))
