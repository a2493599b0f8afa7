"""Text -> sentences -> figures, positions and attendance of one story's codebook.

What the flows need is :class:`Extractor` (:func:`extract` reads a single document); the language model is
loaded by :func:`newsledger.extract.language.text.load_model` and passed in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from newsledger.extract.ids import EXTRACTOR, codebook_version
from schemas.codebook import Codebook
from schemas.document import Document
from schemas.position import Refusal
from schemas.run import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

    from newsledger.extract.language.text import ParsedText

__all__ = ["EXTRACTOR", "Extractor", "codebook_version", "extract"]

LONGEST_REFUSED = 180
"""Characters quoted of a stretch that was not read."""


class Extractor:
    """Reads documents for one story: the codebook's words are compiled once, for any number of documents.

    Args:
        codebook: the story's codebook.
        nlp: the language model, for documents that come unparsed.
    """

    def __init__(self, codebook: Codebook, nlp: Language) -> None:
        # These load spaCy (a second), which what only asks for names and versions need not wait for.
        from newsledger.extract.figures.reader import FigureReader  # noqa: PLC0415
        from newsledger.extract.positions.reader import PositionReader  # noqa: PLC0415

        self.codebook = codebook
        self.version = codebook_version(codebook)
        self._nlp = nlp
        self._positions = PositionReader(codebook)
        self._figures = FigureReader(codebook, self._positions.actors)

    def read(self, document: Document, *, day: date | None, parsed: ParsedText | None = None) -> Extraction:
        """Return everything read in one document.

        Args:
            document: the document; its ``text`` is what offsets refer to.
            day: the edition day of the document, the anchor of "yesterday"; None when unknown.
            parsed: the parsed text, when the caller has it from another story of the same document.
        """
        from newsledger.extract.language.text import parse  # noqa: PLC0415
        from newsledger.extract.positions.attendance import extract_attendance  # noqa: PLC0415

        text = parsed or parse(document.text, self._nlp)
        figures = self._figures.read(
            text,
            document_id=document.document_id,
            version=document.reading_key,  # names follow the text, the version follows below
            day=day,
            extractor=EXTRACTOR,
            codebook_version=self.version,
        )
        positions, refusals = self._positions.read(document, text, day)
        attendance = extract_attendance(document, self.codebook, text, day=day, actors=self._positions.actors)
        figures = tuple(replace(figure, version=document.version) for figure in figures)
        return Extraction(
            figures, tuple(positions), tuple(attendance), (*self._tables(document, text), *refusals)
        )

    def _tables(self, document: Document, text: ParsedText) -> Iterator[Refusal]:
        """Yield one refusal for every stretch whose many numbers were not read; it quotes the beginning."""
        for start, end in text.tables:
            stop = min(end, start + LONGEST_REFUSED)
            yield Refusal(
                document.document_id,
                document.version,
                self.codebook.story,
                "figure",
                "more numbers than a sentence is read for",
                text.text[start:stop],
                start,
                stop,
            )


def extract(
    document: Document,
    codebook: Codebook,
    nlp: Language,
    *,
    day: date | None,
    parsed: ParsedText | None = None,
) -> Extraction:
    """Return what :meth:`Extractor.read` returns, with the codebook compiled for this document alone.

    Args:
        document: the document; its ``text`` is what offsets refer to.
        codebook: the story's codebook.
        nlp: the language model.
        day: the edition day of the document; None when unknown.
        parsed: the parsed text, when the caller has it.
    """
    return Extractor(codebook, nlp).read(document, day=day, parsed=parsed)
