"""The edition in plain words: rows for the terminal, Markdown for e-mail and chat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from newsledger.publish import wording
from newsledger.publish.display import clipped, excerpt, file_name, line, web_address
from newsledger.publish.record import Json, counts
from newsledger.publish.wording import counted
from schemas.config import Site
from schemas.edition import (
    AttendanceRow,
    Disagreement,
    Edition,
    FigureChange,
    HeldRow,
    PositionChange,
    Side,
    StanceSide,
    StoryHead,
)
from schemas.reading import Quote

C = TypeVar("C", FigureChange, PositionChange)


@dataclass(frozen=True, slots=True)
class Line:
    """One change in a row of plain text, harmless to print on a terminal.

    Attributes:
        change_id: the change's stable name.
        story: the story's key.
        kind: the kind of change.
        subject: what changed, for readers.
        before: the value or stance before, in words; "" where there was none.
        after: the same of now, what stands against it included ("48 or 47").
        outlets: the outlets behind it, joined by ", ".
        evidence: the first quote behind it, one line.
        words: the change as a sentence, as page and Markdown have it.
    """

    change_id: str
    story: str
    kind: str
    subject: str
    before: str
    after: str
    outlets: str
    evidence: str
    words: str


def summary(edition: Edition) -> list[Line]:
    """Return the changes of an edition, figures first, most severe first: what ``diff`` prints."""
    lines = [_figure_line(change) for change in by_severity(edition.figure_changes)]
    return lines + [_position_line(change) for change in by_severity(edition.position_changes)]


def by_severity(changes: Sequence[C]) -> list[C]:
    """Return changes most severe first, ties by their stable name."""
    return sorted(changes, key=lambda change: (-change.severity, change.change_id))


def _figure_line(change: FigureChange) -> Line:
    sides = [side for side in (change.after, *change.against) if side is not None]
    values = [wording.side_words(side, change.unit) for side in sides]
    shown = sides or [side for side in (change.before,) if side is not None]
    return Line(
        change_id=change.change_id,
        story=change.story,
        kind=str(change.kind),
        subject=line(change.label),
        before=wording.side_words(change.before, change.unit) if change.before else "",
        after=wording.alternatives(values) or wording.side_words(None, change.unit),
        outlets=_outlets(shown),
        evidence=_first_evidence(shown),
        words=line(wording.figure_change_words(change)),
    )


def _position_line(change: PositionChange) -> Line:
    sides = [change.after, *change.against]
    return Line(
        change_id=change.change_id,
        story=change.story,
        kind=str(change.kind),
        subject=line(wording.position_subject(change)),
        before=line(wording.stance_words(change.before)) if change.before else "",
        after=line(wording.alternatives([wording.stance_words(side) for side in sides])),
        outlets=_outlets(sides),
        evidence=_first_evidence(sides),
        words=line(wording.position_change_words(change)),
    )


def _outlets(sides: Sequence[Side | StanceSide]) -> str:
    names = dict.fromkeys(outlet for side in sides for outlet in side.outlets)
    return ", ".join(line(name) for name in names)


def _first_evidence(sides: Sequence[Side | StanceSide]) -> str:
    return next((clipped(quote.evidence) for side in sides for quote in side.quotes), "")


def status_words(edition: Edition) -> list[str]:
    """Return the parts of the status line: what a reader must know before trusting the day."""
    total = counts(edition)
    feeds = counted(total["feeds_polled"], "feed") + " polled"
    if total["feeds_failed"]:
        feeds += f", {total['feeds_failed']} failed"
    parts = [
        counted(total["changes"], "change"),
        counted(total["disagreements"], "disagreement"),
        f"{counted(total['documents'], 'document')} from {counted(total['outlets'], 'outlet')}",
        feeds if total["feeds_polled"] else "no feeds polled (files only)",
        f"audit passed {total['audit_passed']} of {total['audit_total']}",
    ]
    if total["held"]:
        parts.insert(2, f"{total['held']} held")
    if edition.data_as_of:
        zone = edition_zone(edition)
        parts.append(f"data as of {wording.instant_words(edition.data_as_of, zone)} ({zone})")
    return parts


def edition_zone(edition: Edition) -> str:
    """Return the time zone all stories share, or UTC where they do not."""
    zones = {head.timezone for head in edition.stories}
    return zones.pop() if len(zones) == 1 else "UTC"


def edition_markdown(edition: Edition, site: Site, revision_notes: Json | None = None) -> str:
    """Return ``edition.md``: the changes with their words, readable unrendered in e-mail and chat.

    Args:
        edition: the edition.
        site: its title and address.
        revision_notes: what :func:`newsledger.publish.record.revised` found, or None.
    """
    blocks = [f"# {_safe(site.title)}: {wording.day_words(edition.day)}", " · ".join(status_words(edition))]
    blocks += _revision(edition, revision_notes)
    for head in edition.stories:
        blocks += _story(edition, head)
    blocks += _held_block("Held, of no story", [row for row in edition.held if not _of_story(edition, row)])
    blocks += _decisions(edition)
    blocks.append(_footer(edition, site))
    return "\n\n".join(blocks) + "\n"


def _of_story(edition: Edition, row: HeldRow) -> bool:
    return row.story in {head.story for head in edition.stories}


def _revision(edition: Edition, notes: Json | None) -> list[str]:
    if edition.revision < 2:
        return []
    because = f": {_safe(edition.revised_because)}" if edition.revised_because else ""
    lines = [f"**Revision {edition.revision}**{because}"]
    for key, verb in (("added", "added"), ("removed", "taken back"), ("altered", "reworded")):
        for item in (notes or {}).get(key, []):
            was = f" (before: {_safe(item['words_before'])})" if "words_before" in item else ""
            lines.append(f"- {verb}: {_safe(item['label'])}, {_safe(item['words'])}{was}")
    return ["\n".join(lines)]


def _story(edition: Edition, head: StoryHead) -> Iterator[str]:
    zone = head.timezone
    figures = by_severity([c for c in edition.figure_changes if c.story == head.story])
    positions = by_severity([c for c in edition.position_changes if c.story == head.story])
    held = [row for row in edition.held if row.story == head.story]
    disagreements = _not_told(edition, head.story)
    yield f"## {_safe(head.title)}"
    if edition.previous_day is None and (figures or positions):
        yield wording.FIRST_DAY
    if not figures and not positions:
        yield "No figure and no position changed."
    if figures:
        yield "### Figures"
        yield from (_figure(change, zone) for change in figures)
    if positions:
        yield "### Positions"
        yield from (_position(change, zone) for change in positions)
    if disagreements:
        yield "### Where outlets disagree"
        yield from (_disagreement(row, zone) for row in disagreements)
    attendance = [row for row in edition.attendance if row.story == head.story]
    if attendance:
        yield "### Who takes part"
        yield "\n".join(_attends(row, zone) for row in attendance)
    yield from _held_block("Held, not published", held, zone)


def _attends(row: AttendanceRow, zone: str) -> str:
    """Return a participant as a list item: name, role, side, status and place, then the words."""
    facts = [_safe(row.role)] if row.role else []
    facts += [f"for {_safe(row.delegation)}"] if row.delegation else []
    place = f", {_safe(row.place)}" if row.place else ""
    about = f" ({', '.join(facts)})" if facts else ""
    return f"- **{_safe(row.name)}**{about}: {_safe(row.status)}{place}\n  {quote_markdown(row.quote, zone)}"


def _not_told(edition: Edition, story: str) -> list[Disagreement]:
    """Return the disagreements that no disputed change of the day already tells with all its sides."""
    told = {change.indicator for change in edition.figure_changes if change.kind == "disputed"}
    told |= {f"{c.actor}/{c.issue}" for c in edition.position_changes if c.kind == "disputed"}
    return [row for row in edition.disagreements if row.story == story and row.subject not in told]


def change_markdown(change: FigureChange | PositionChange, zone: str) -> str:
    """Return one change with its quotes as Markdown, times in a zone (an IANA name)."""
    return _figure(change, zone) if isinstance(change, FigureChange) else _position(change, zone)


def _figure(change: FigureChange, zone: str) -> str:
    delta = wording.delta_words(change)
    lines = [f"**{_safe(change.label)}**: {_safe(wording.figure_change_words(change))}"]
    lines[0] += f" ({delta})" if delta else ""
    if change.kind != "disputed" and change.before and change.after:
        lines += _voice("before", change.before, zone)
    lines += _voice("", change.after or change.before, zone)
    for side in change.against:
        lines += _voice(f"against it, {wording.side_words(side, change.unit)}", side, zone)
    return "\n".join(lines)


def _position(change: PositionChange, zone: str) -> str:
    subject = f"**{_safe(change.actor_name)}** on “{_safe(change.proposition)}”"
    lines = [f"{subject}: {_safe(wording.position_change_words(change))}"]
    if change.before:
        lines += _voice("before", change.before, zone)
    lines += _voice("", change.after, zone)
    for side in change.against:
        lines += _voice(f"against it, {side.stance}", side, zone)
    return "\n".join(lines)


def _voice(role: str, side: Side | StanceSide | None, zone: str) -> list[str]:
    """Return one side as list items: the first quote, then who else reports it."""
    if side is None:
        return []
    label = f"{role}: " if role else ""
    lines = [f"- {label}{quote_markdown(quote, zone)}" for quote in side.quotes[:1]]
    also = wording.also_words(side)
    if also:
        lines.append(f"  also reported by {_safe(also)} ({wording.support_words(side)})")
    return lines


def quote_markdown(quote: Quote, zone: str) -> str:
    """Return a quote with its number in bold, its outlet, time, link and offsets."""
    facts = [_safe(quote.outlet or "outlet unknown")]
    if quote.attributed_to:
        role = "said by" if quote.value is None else "according to"
        facts.append(f"{role} {_safe(quote.attributed_to)}")
    precision = quote.published_at_precision
    facts.append(
        wording.instant_words(quote.published_at, zone, precision) if quote.published_at else "undated"
    )
    facts.append(f"characters {quote.evidence_start} to {quote.evidence_end}")
    if quote.slip:
        facts.append(f"may be a slip of the pen: {_safe(quote.slip)}")
    address = web_address(quote.url)
    if address:
        facts.append(f"[source](<{address.replace('<', '%3C').replace('>', '%3E')}>)")
    elif quote.source_path:
        facts.append(_safe(file_name(quote.source_path)))
    return f"{_quoted(quote)} ({', '.join(facts)})"


def _quoted(quote: Quote) -> str:
    """Return the evidence in quotation marks, unless it brings its own; a figure's number in bold."""
    parts = excerpt(quote)
    is_number = quote.value is not None and parts.number.strip()
    number = f"**{_escaped(parts.number)}**" if is_number else _escaped(parts.number)
    words = f"{_escaped(parts.head)}{number}{_escaped(parts.tail)}"
    return words if words.startswith(("“", '"', "‘")) else f"“{words}”"


def _disagreement(row: Disagreement, zone: str) -> str:
    words = [wording.side_words(side, row.unit) for side in row.sides]
    words += [wording.stance_words(stance) for stance in row.stances]
    lines = [f"**{_safe(row.label)}**: {_safe(wording.alternatives(words))}"]
    sides: list[Side | StanceSide] = [*row.sides, *row.stances]
    for text, side in zip(words, sides, strict=True):
        lines += _voice(_safe(text), side, zone)
    return "\n".join(lines)


def _decisions(edition: Edition) -> list[str]:
    """Return what people decided about records of the day, with reason and author."""
    lines = []
    for row in edition.decisions:
        told = f"- **{_safe(row.label or row.record_kind)}**: {_safe(row.words)}."
        told += f" {_safe(row.reason)} ({_safe(row.who)})"
        lines.append(told if row.status == "applied" else f"{told}; not applied: {_safe(row.detail)}")
    return ["## Decided by people", "\n".join(lines)] if lines else []


def _held_block(title: str, rows: Sequence[HeldRow], zone: str = "UTC") -> list[str]:
    if not rows:
        return []
    return [f"### {title}", "\n".join(_held(row, zone) for row in rows)]


def _held(row: HeldRow, zone: str) -> str:
    text = f"- **{_safe(row.label or row.record_kind)}**: {_safe(row.reason)}"
    return f"{text}\n  {quote_markdown(row.quote, zone)}" if row.quote else text


def _footer(edition: Edition, site: Site) -> str:
    texts = ["Numbers and stances as reported, not checked facts; each quote is verbatim."]
    address = web_address(site.url)
    if address:
        texts.append(f"Page and data: <{address.rstrip('/')}/{edition.day.isoformat()}/>")
    return "---\n\n" + " ".join(texts)


_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def _safe(text: str) -> str:
    """Return text from outside as one line that Markdown prints as it stands."""
    return _escaped(clipped(text))


def _escaped(text: str) -> str:
    """Return one line already fit to show with what Markdown and HTML would read as marks escaped."""
    return _SPECIAL.sub(r"\\\1", text).replace("&", "&amp;")
