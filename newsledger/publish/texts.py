"""The page of one document: its stored text with every figure and position marked, and why each was read.

A page is named after its content and lies in ``texts/`` of the edition's folder, so that all revisions of
the day share it and an address once given to somebody stays good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsledger.publish import wording
from newsledger.publish.marked import Span, marked_lines
from newsledger.publish.page import Marks, environment, language_tag
from newsledger.publish.ways import anchor
from schemas.config import Site
from schemas.edition import Edition
from schemas.evidence import FigureMark, MarkedText, PositionMark
from schemas.position import Refusal

FOLDER = "texts"
"""Where the pages lie in an edition's folder."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the list beside the text shows it.

    Attributes:
        name: a stable name, fit for an anchor.
        number: its number in the order of the text, from 1.
        kind: ``figure``, ``position``, ``untracked`` (a number of no indicator) or ``refused``.
        story: the story's key.
        heading: what it is about.
        facts: what was read, as pairs of a name and words.
        why: the rule that matched, or why nothing did.
        held: why the audit keeps it out, or "".
        evidence: the verbatim words.
        start: their start in the text, in characters.
        end: their end.
    """

    name: str
    number: int
    kind: str
    story: str
    heading: str
    facts: tuple[tuple[str, str], ...]
    why: str
    held: str
    evidence: str
    start: int
    end: int


def text_pages(texts: Sequence[MarkedText], edition: Edition, site: Site) -> tuple[dict[str, bytes], Marks]:
    """Return the pages of an edition's texts by their path in its folder, and where its records are marked.

    Args:
        texts: the day's documents with what was read in them.
        edition: the day.
        site: title and address of the site; with ``texts`` off there are no pages.
    """
    files: dict[str, bytes] = {}
    of_document: dict[str, str] = {}
    of_record: dict[str, str] = {}
    for text in texts if site.texts else ():
        entries = text_entries(text)
        data = _page(text, entries, edition, site).encode()
        digest = hashlib.sha256(data).hexdigest()[:12]
        name = f"{FOLDER}/{anchor(text.document.document_id)}-{digest}.html"
        files[name] = data
        of_document[text.document.document_id] = name
        of_record |= {e.name: f"{name}#m-{anchor(e.name)}" for e in entries if e.kind != "refused"}
    return files, Marks(of_document, of_record)


def text_entries(text: MarkedText) -> list[Entry]:
    """Return everything read and refused in a text in its order, numbered from 1."""
    found: list[FigureMark | PositionMark | Refusal] = [*text.figures, *text.positions, *text.refusals]
    found.sort(key=_place)
    return [_entry(record, number) for number, record in enumerate(found, 1)]


def _place(record: FigureMark | PositionMark | Refusal) -> tuple[int, int, str]:
    if isinstance(record, FigureMark):
        return record.figure.evidence_start, record.figure.evidence_end, record.figure.figure_id
    if isinstance(record, PositionMark):
        own = record.position
        return own.evidence_start, own.evidence_end, own.position_id
    return record.evidence_start, record.evidence_end, record.reason


def _entry(record: FigureMark | PositionMark | Refusal, number: int) -> Entry:
    if isinstance(record, FigureMark):
        return _figure(record, number)
    if isinstance(record, PositionMark):
        return _position(record, number)
    return Entry(
        name=f"refused-{number}",
        number=number,
        kind="refused",
        story=record.story,
        heading=f"No {record.kind}",
        facts=(),
        why=record.reason,
        held="",
        evidence=record.evidence,
        start=record.evidence_start,
        end=record.evidence_end,
    )


def _figure(mark: FigureMark, number: int) -> Entry:
    own = mark.figure
    return Entry(
        name=own.figure_id,
        number=number,
        kind="figure" if own.indicator else "untracked",
        story=own.story,
        heading=mark.label or "A number of no indicator",
        facts=tuple((name, words) for name, words in _figure_facts(mark) if words),
        why=own.rule,
        held=mark.held,
        evidence=own.evidence,
        start=own.evidence_start,
        end=own.evidence_end,
    )


def _figure_facts(mark: FigureMark) -> Iterator[tuple[str, str]]:
    own = mark.figure
    yield "Value", wording.value_words(own.value, own.value_low, own.value_high, own.qualifier, own.unit)
    yield "Asserts", interval_words(own.value_low, own.value_high, own.unit)
    yield "Indicator", own.indicator or "none"
    yield "Counts", own.counted
    yield "Said of it", own.predicate
    yield "Source", own.attributed_to or "the outlet itself"
    if own.as_of:
        told = "told by the text" if own.as_of_source == "text" else "the document’s day"
        yield "As of", f"{wording.day_words(own.as_of, weekday=False)} ({told})"
    yield "Place", own.place or ""
    yield "Told as", f"{own.modality}, {own.aspect}"


def _position(mark: PositionMark, number: int) -> Entry:
    own = mark.position
    facts = (
        ("Stance", str(own.stance)),
        ("Condition", f"“{own.condition}”" if own.condition else ""),
        ("Act", own.act),
        ("Spoken by", own.speaker or ""),
        ("Said on", wording.day_words(own.said_on, weekday=False) if own.said_on else ""),
        ("Issue", own.issue),
    )
    return Entry(
        name=own.position_id,
        number=number,
        kind="position",
        story=own.story,
        heading=f"{mark.actor_name} on “{mark.proposition}”",
        facts=tuple((name, words) for name, words in facts if words),
        why=own.rule,
        held=mark.held,
        evidence=own.evidence,
        start=own.evidence_start,
        end=own.evidence_end,
    )


def interval_words(low: float | None, high: float | None, unit: str) -> str:
    """Return which values a statement leaves open: "exactly 48", "1,183 or more", "11,780 to 13,020"."""
    if low is None and high is None:
        return "nothing definite"
    if high is None:
        return f"{wording.number_words(low or 0.0, unit)} or more"
    if low is None:
        return f"{wording.number_words(high, unit)} or less"
    if low == high:
        return f"exactly {wording.number_words(low, unit)}"
    return f"{wording.number_words(low, unit)} to {wording.number_words(high, unit)}"


def _page(text: MarkedText, entries: Sequence[Entry], edition: Edition, site: Site) -> str:
    spans = [Span(entry.name, entry.start, entry.end) for entry in entries]
    lines = marked_lines(text.text, spans)
    titles = {head.story: head.title for head in edition.stories}
    stories = sorted({entry.story for entry in entries})
    return (
        environment()
        .get_template("text.html.j2")
        .render(
            site=site,
            edition=edition,
            row=text.document,
            text=text,
            lang=language_tag(text.document.language),
            zone=_zone(edition, stories),
            lines=lines,
            by_name={entry.name: entry for entry in entries},
            marked={name for line in lines for piece in line for name in piece.begins},
            groups=_groups(entries),
            titles=titles if len(stories) > 1 else {},
        )
    )


def _zone(edition: Edition, stories: Sequence[str]) -> str:
    """Return the time zone of a document's first story, else UTC."""
    zones = {head.story: head.timezone for head in edition.stories}
    return next((zones[story] for story in stories if story in zones), "UTC")


def _groups(entries: Sequence[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """Return anchor, title and entries of the parts of the list, those without entries left out."""
    parts = (
        ("read", "Figures and positions", ("figure", "position")),
        ("untracked", "Numbers of no indicator", ("untracked",)),
        ("refused", "Candidates that were refused", ("refused",)),
    )
    groups = [(key, title, [e for e in entries if e.kind in kinds]) for key, title, kinds in parts]
    return [group for group in groups if group[2]]
