"""The marked text of a document: what an edition read in it, and what it refused, with the rules."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.edition import DocumentRow
from schemas.figure import Figure
from schemas.position import Position, Refusal


@dataclass(frozen=True, slots=True)
class FigureMark:
    """A figure of a text.

    Attributes:
        figure: the figure.
        label: its indicator's label for readers, or "" when it belongs to none.
        held: why the audit keeps it out of the edition, or "".
    """

    figure: Figure
    label: str
    held: str


@dataclass(frozen=True, slots=True)
class PositionMark:
    """A position of a text.

    Attributes:
        position: the position.
        actor_name: whose stance it is, for readers.
        proposition: what the stance is towards.
        held: why the audit keeps it out of the edition, or "".
    """

    position: Position
    actor_name: str
    proposition: str
    held: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One document of an edition with everything read in it; offsets refer to ``text``.

    Attributes:
        document: its row among the edition's sources.
        text: the stored text of that version.
        text_sha256: the digest of the text in UTF-8.
        figures: its figures in the order of the text, tracked or not.
        positions: its positions in the order of the text.
        refusals: stretches that were candidates and were not read, with the reason.
    """

    document: DocumentRow
    text: str
    text_sha256: str
    figures: tuple[FigureMark, ...]
    positions: tuple[PositionMark, ...]
    refusals: tuple[Refusal, ...]
