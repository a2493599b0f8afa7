"""Statements for discourse network analysis: the table and the GraphML network."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from newsledger.publish.discourse import DNA_COLUMNS, dna_rows, network_graphml
from schemas.statement import Statement

NS = {"g": "http://graphml.graphdrawing.org/xmlns"}
ONE = Statement(
    position_id="p1", story="harbour", day=date(2031, 5, 19), said_on=date(2031, 5, 18), document_id="d1",
    origin_id="d1", title="Dockers & bosses", author="A. Writer", source="The Post",
    published_at=datetime(2031, 5, 19, 9, tzinfo=UTC), actor="union", actor_name="Dockers' union",
    actor_kind="organisation", person="Mira Sand", organization="Dockers' union", issue="pay",
    proposition="Pay should rise.", stance="supports", condition=None, act="request",
    evidence='Sand said "pay" should rise.', start=10, stop=38,
)  # fmt: skip
REPRINT = replace(ONE, position_id="p2", document_id="d2", source="The Gazette", day=date(2031, 5, 20))
AGAINST = replace(ONE, position_id="p3", document_id="d3", origin_id="d3", actor="port", actor_name="Port",
                  person=None, stance="opposes", said_on=None)  # fmt: skip
IF = replace(
    ONE, position_id="p4", document_id="d4", origin_id="d4", stance="conditional", condition="if they pay"
)


def graph(*statements: Statement) -> etree._Element:
    return etree.fromstring(network_graphml(statements).encode())


def data(element: etree._Element) -> dict[str, str]:
    return {d.get("key") or "": d.text or "" for d in element.findall("g:data", NS)}


def test_rows_carry_the_variables_of_the_analyser() -> None:
    (row,) = dna_rows([ONE])
    assert tuple(row) == DNA_COLUMNS
    assert (row["person"], row["organization"], row["concept"]) == (
        "Mira Sand",
        "Dockers' union",
        "Pay should rise.",
    )
    assert (row["statement_id"], row["time"], row["text"]) == (1, "2031-05-18 00:00:00", ONE.evidence)


@pytest.mark.parametrize(("statement", "agreement"), [(ONE, 1), (AGAINST, 0), (IF, 1)])
def test_agreement_is_one_or_nought_and_the_stance_stays(statement: Statement, agreement: int) -> None:
    (row,) = dna_rows([statement])
    assert (row["agreement"], row["stance"]) == (agreement, statement.stance)


def test_time_is_the_publication_where_the_day_of_saying_is_unknown() -> None:
    (row,) = dna_rows([AGAINST])
    assert row["time"] == "2031-05-19 09:00:00"


def test_edges_count_independent_texts_and_bound_the_days() -> None:
    root = graph(ONE, REPRINT, AGAINST, IF)
    edges = {(e.get("source"), e.get("target")): data(e) for e in root.iterfind(".//g:edge", NS)}
    union = edges["actor:harbour:union", "issue:harbour:pay"]
    assert (union["weight"], union["support"], union["conditional"], union["opposition"]) == (
        "2.0",
        "1",
        "1",
        "0",
    )
    assert (union["outlets"], union["first_day"], union["last_day"]) == ("2", "2031-05-19", "2031-05-20")
    assert edges["actor:harbour:port", "issue:harbour:pay"]["agreement"] == "-1.0"


def test_the_graph_is_well_formed_and_every_attribute_is_declared() -> None:
    root = graph(replace(ONE, actor_name="A & B <\x01>"), AGAINST)
    declared = {k.get("id") for k in root.findall("g:key", NS)}
    assert {d.get("key") for d in root.iterfind(".//g:data", NS)} <= declared
    nodes = {n.get("id") for n in root.iterfind(".//g:node", NS)}
    ends = {end for e in root.iterfind(".//g:edge", NS) for end in (e.get("source"), e.get("target"))}
    assert ends == nodes
    assert "A & B <>" in [data(n)["name"] for n in root.iterfind(".//g:node", NS)]


def test_nothing_said_is_an_empty_graph_and_order_does_not_matter() -> None:
    assert graph().findall(".//g:node", NS) == []
    assert network_graphml([ONE, AGAINST]) == network_graphml([AGAINST, ONE])


def test_graph_loads_in_networkx() -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not needed to make the file")
    loaded = networkx.parse_graphml(network_graphml([ONE, AGAINST]))
    assert loaded.number_of_edges() == 2
