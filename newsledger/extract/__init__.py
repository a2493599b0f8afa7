"""Text -> sentences -> figures, positions and attendance of one story's codebook.

The only function the flows need is :func:`extract`; the language model is loaded by
:func:`newsledger.extract.text.load_model` and passed in.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from schemas.codebook import Codebook
from schemas.document import Document
from schemas.run import Extraction

if TYPE_CHECKING:
    from spacy.language import Language

    from newsledger.extract.text import ParsedText

EXTRACTOR = "rules 1.0"
"""Name and version of the default extractor; raise it when what it reads changes."""


def codebook_version(codebook: Codebook) -> str:
    """Return the codebook's version and 8 hex digits of a digest of its content."""
    digest = hashlib.sha256(codebook.model_dump_json().encode()).hexdigest()
    return f"{codebook.version}+{digest[:8]}"


def extract(
    document: Document,
    codebook: Codebook,
    nlp: Language,
    *,
    day: date | None,
    parsed: ParsedText | None = None,
) -> Extraction:
    """Return everything read in one document for one story.

    Args:
        document: the document; its ``text`` is what offsets refer to.
        codebook: the story's codebook.
        nlp: the language model.
        day: the edition day of the document, the anchor of "yesterday"; None when unknown.
        parsed: the parsed text, when the caller has it from another story of the same document.
    """
    # These load spaCy (a second), which what only asks for names and versions need not wait for.
    from newsledger.extract.attendance import extract_attendance  # noqa: PLC0415
    from newsledger.extract.figures import extract_figures  # noqa: PLC0415
    from newsledger.extract.positions import extract_positions  # noqa: PLC0415
    from newsledger.extract.text import parse  # noqa: PLC0415

    text = parsed or parse(document.text, nlp)
    figures = extract_figures(
        text,
        codebook,
        document_id=document.document_id,
        version=document.version,
        day=day,
        extractor=EXTRACTOR,
        codebook_version=codebook_version(codebook),
    )
    positions, refusals = extract_positions(document, codebook, text, day=day)
    attendance = extract_attendance(document, codebook, text, day=day)
    return Extraction(figures, tuple(positions), tuple(attendance), tuple(refusals))
