"""Statements as the tools of discourse network analysis read them: a table, and an actor × issue network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from schemas.statement import Statement

DNA_COLUMNS = (
    "statement_id", "time", "document_id", "document_title", "document_author", "document_source",
    "document_section", "document_type", "start", "stop", "text", "person", "organization", "concept",
    "agreement", "stance", "condition", "act", "story", "actor", "issue", "position_id",
)  # fmt: skip
"""Columns of a statement table: those of Discourse Network Analyzer, whose default statement type has the
variables person, organization, concept and agreement, then what it has no place for."""
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = (
    ("node", "name", "string"), ("node", "kind", "string"), ("node", "type", "string"),
    ("node", "story", "string"), ("edge", "weight", "double"), ("edge", "support", "int"),
    ("edge", "opposition", "int"), ("edge", "conditional", "int"), ("edge", "agreement", "double"),
    ("edge", "outlets", "int"), ("edge", "first_day", "string"), ("edge", "last_day", "string"),
)  # fmt: skip
"""Attributes of nodes and edges: what they belong to, name, GraphML type."""


def dna_rows(statements: Iterable[Statement]) -> Iterator[dict[str, object]]:
    """Yield one row of :data:`DNA_COLUMNS` for each statement.

    ``agreement`` is 1 for support and 0 for opposition, as the analyser has it; a condition is support,
    ``stance`` and ``condition`` tell what it depends on. ``time`` is the day it was said, else the
    instant of publication.
    """
    for number, s in enumerate(statements, start=1):
        time = f"{s.said_on} 00:00:00" if s.said_on else s.published_at.strftime("%Y-%m-%d %H:%M:%S")
        values = (
            number, time, s.document_id, s.title, s.author, s.source, "", "news", s.start, s.stop, s.evidence,
            s.person or "", s.organization or "", s.proposition, int(s.stance != "opposes"), s.stance,
            s.condition or "", s.act, s.story, s.actor, s.issue, s.position_id,
        )  # fmt: skip
        yield dict(zip(DNA_COLUMNS, values, strict=True))


@dataclass(slots=True)
class _Edge:
    """What an actor says to an issue: independent texts by stance, outlets and days."""

    texts: dict[str, set[str]] = field(default_factory=dict)
    outlets: set[str] = field(default_factory=set)
    days: list[date] = field(default_factory=list)

    def add(self, statement: Statement) -> None:
        """Count one statement."""
        self.texts.setdefault(statement.stance, set()).add(statement.origin_id)
        self.outlets.add(statement.source)
        self.days.append(statement.day)

    def values(self) -> dict[str, object]:
        """Return the edge's attributes; ``agreement`` is -1 to 1: support and conditions less opposition."""
        support, opposition, conditional = (
            len(self.texts.get(stance, ())) for stance in ("supports", "opposes", "conditional")
        )
        weight = support + opposition + conditional
        return {
            "weight": float(weight),
            "support": support,
            "opposition": opposition,
            "conditional": conditional,
            "agreement": round((support + conditional - opposition) / weight, 4),
            "outlets": len(self.outlets - {""}),
            "first_day": min(self.days).isoformat(),
            "last_day": max(self.days).isoformat(),
        }


def network_graphml(statements: Sequence[Statement]) -> str:
    """Return the two-mode network of actors and issues as GraphML (http://graphml.graphdrawing.org).

    An edge leads from an actor to an issue. Its weight is the number of independent texts and stances: a
    reprint is counted with the text it repeats. The same statements give the same bytes.
    """
    nodes: dict[str, dict[str, object]] = {}
    edges: dict[tuple[str, str], _Edge] = {}
    for s in statements:
        actor, issue = f"actor:{s.story}:{s.actor}", f"issue:{s.story}:{s.issue}"
        nodes[actor] = {"name": s.actor_name, "kind": "actor", "type": s.actor_kind, "story": s.story}
        nodes[issue] = {"name": s.proposition, "kind": "issue", "type": "issue", "story": s.story}
        edges.setdefault((actor, issue), _Edge()).add(s)
    root = etree.Element("graphml", nsmap={None: _NAMESPACE})
    for owner, name, kind in _KEYS:
        attributes = {"id": name, "for": owner, "attr.name": name, "attr.type": kind}
        etree.SubElement(root, "key", attributes)
    graph = etree.SubElement(root, "graph", {"id": "stances", "edgedefault": "directed"})
    for node_id, values in sorted(nodes.items()):
        _with_data(etree.SubElement(graph, "node", {"id": node_id}), values)
    for number, ((source, target), edge) in enumerate(sorted(edges.items())):
        attributes = {"id": f"e{number}", "source": source, "target": target}
        _with_data(etree.SubElement(graph, "edge", attributes), edge.values())
    return str(etree.tostring(root, pretty_print=True, encoding="unicode", xml_declaration=False))


def _with_data(element: etree._Element, values: dict[str, object]) -> None:
    for name, value in values.items():
        etree.SubElement(element, "data", {"key": name}).text = _printable(str(value))


def _printable(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n")
