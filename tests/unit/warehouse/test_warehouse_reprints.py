# ruff: noqa: E501 - texts and statements stand on one line
"""Reprints in the ledger: the index, standing text, renewed sketches, chains and originals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from newsledger.dedupe import Shelf, Size, document_id_of, identify, sketch, text_sha256
from schemas.document import Draft
from schemas.run import Batch, Run
from tests.unit.dedupe.articles import BUDGET, FERRY, MONDAY, cut, draft, house_style, paragraphs
from tests.unit.warehouse.newsroom import CLOCK, NO_AUDIT, at, codebook
from warehouse.connect import open_snapshot, open_warehouse
from warehouse.holdings import WarehouseHoldings, documents_without_sketch, put_sketches
from warehouse.promote import promote
from warehouse.snapshot import write_snapshot
from warehouse.stage import stage

OPENING = (
    "The sea was grey on the day this column was begun, and it has not changed much since, as those who have read it "
    "for some years will know; what follows is written at the kitchen table, with the window open, and with no other "
    "purpose than to say what seems true to one person on one morning, before the telephone rings and the children "
    "come down the stairs and the day with all its duties takes over from the thinking that only the night allows."
)
MATTERS = (
    "Bees have moved into the church tower. Father Tomas rings with care now, and nobody complains that noon comes late.",
    "A reader from Osk asks why trams are green. They were painted with what the navy had left over, says the archive.",
    "My neighbour has bought a telescope. He looks at the moon, he says, but it points at the bakery all the same.",
    "The library sells its doubles on Friday. Among them are four copies of a novel about a man who owns no books.",
)


def ingest(path: Path, drafts: Iterable[Draft], run: str) -> list[str]:
    """Identify drafts against a ledger, promote them; return each one's outcome."""
    made = Batch(Run(run, "ingest", CLOCK, "ingest news", "newsledger 0"))
    con = open_warehouse(path)
    shelf = Shelf(WarehouseHoldings(con))
    for given in drafts:
        found = identify(given, shelf, CLOCK)
        made.outcomes.append(found.outcome)
        if found.document is not None:
            shelf.add(found.document)
            made.documents.append(found.document)
            made.links.extend(found.links)
    con.close()
    staging = path.with_name(f"{run}.duckdb")
    stage(staging, made, [(codebook(), "1/abc")])
    promote(path, staging, NO_AUDIT)
    return [outcome.outcome.value for outcome in made.outcomes]


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    con = open_warehouse(path)
    try:
        return con.execute(query).fetchall()
    finally:
        con.close()


def column(nth: int) -> Draft:
    text = f"{OPENING}\n{MATTERS[nth]}"
    return draft(text, key=f"https://gull.example/column-{nth}", outlet="The Gull", at=at(6 + nth))


def wire(when: datetime, outlet: str, text: str = FERRY, agency: str | None = "Reuters") -> Draft:
    made = draft(text, key=f"https://{outlet.replace(' ', '')}.example/ferry", outlet=outlet, at=when)
    return replace(made, agency=agency)


def test_standing_text_of_an_outlet_is_learned_and_its_columns_are_texts_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    columns = [column(nth) for nth in range(3)]
    assert ingest(path, columns[:2], "one") == ["stored", "reprint"], "two alone could be one text"
    assert ask(path, "SELECT count(*) FROM documents WHERE reprint_of IS NOT NULL") == [(1,)]
    ingest(path, columns[2:], "two")
    assert ask(path, "SELECT count(*) > 5 FROM ledger.standing WHERE outlet = 'The Gull'") == [(True,)]
    assert ask(path, "SELECT document_id FROM documents WHERE reprint_of IS NOT NULL") == []
    assert ingest(path, [column(3)], "three") == ["stored"]


def test_what_is_copied_from_a_column_is_found_though_its_opening_is_standing_text(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    column_text = f"{OPENING}\n{MATTERS[1]}\n{paragraphs(BUDGET)[0]}"
    ingest(path, [column(0), column(2), column(3)], "one")
    ingest(path, [draft(column_text, key="https://gull.example/b", outlet="The Gull", at=at(7))], "two")
    copy = draft(column_text, key="https://mail.example/b", outlet="The Mail", at=at(8))
    assert ingest(path, [replace(copy, text=column_text + "\nSent in by a reader.")], "three") == ["reprint"]
    (row,) = ask(path, "SELECT document_id, origin_outlet FROM reprints")
    assert row == (document_id_of(copy.key), "The Gull")


def test_columns_in_any_order_end_in_the_same_ledger(tmp_path: Path) -> None:
    ends = set()
    for nth, order in enumerate(permutations(range(3))):
        path = tmp_path / f"{nth}" / "w.duckdb"
        for which in order:
            ingest(path, [column(which)], f"run-{which}")
        standing = ask(path, "SELECT outlet, hash FROM ledger.standing ORDER BY ALL")
        reprints = ask(path, "SELECT document_id, reprint_of FROM documents ORDER BY ALL")
        ends.add((tuple(standing), tuple(reprints)))
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("outlet", "agency", "hours", "origin"),
    [
        ("Reuters", "Reuters", 2, "Reuters"),
        ("The Associated Press", "AP", 2, "The Associated Press"),
        ("AP News", "AP", 2, "AP News"),
        ("Reuters", "Reuters", 9, "Harbour Post"),
        ("Cape Times", "AP", 2, "Harbour Post"),
        ("Northern Star", "Reuters", 2, "Harbour Post"),
    ],
)
def test_an_agency_is_the_original_of_its_own_text_though_a_paper_dates_it_earlier(
    tmp_path: Path, outlet: str, agency: str, hours: int, origin: str
) -> None:
    path = tmp_path / "w.duckdb"
    paper = wire(at(6, 9), "Harbour Post", house_style(FERRY), agency)
    ingest(path, [paper, wire(at(6, 9) + timedelta(hours=hours), outlet, agency=agency)], "one")
    assert ask(path, "SELECT origin_outlet, origin_agency, relation FROM reprints") == [
        (origin, agency, "same")
    ]


def test_the_chain_of_a_text_is_told_from_link_to_link(tmp_path: Path) -> None:
    path, snapshot = tmp_path / "w.duckdb", tmp_path / "s.duckdb"
    source = wire(at(6, 8), "Reuters")
    post = wire(at(6, 9), "Harbour Post", house_style(FERRY))
    brief = wire(at(6, 10), "Northern Star", cut(house_style(FERRY), 0.4), None)
    ingest(path, [brief, source, post], "one")
    write_snapshot(path, snapshot)
    con = open_snapshot(snapshot)
    rows = con.execute(
        "SELECT document_id, other_id, relation, is_parent, origin_id, origin_outlet, origin_agency, chain"
        " FROM reprints ORDER BY ALL"
    ).fetchall()
    con.close()
    a, b, c = (document_id_of(made.key) for made in (source, post, brief))
    tail = (a, "Reuters", "Reuters", [a])
    assert sorted(rows) == sorted(
        [(b, a, "same", True, *tail), (c, a, "abridged", True, *tail), (c, b, "abridged", False, *tail)]
    )


def test_sketches_of_an_earlier_version_are_made_anew_and_reprints_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    ingest(path, [wire(at(6), "Reuters"), draft(BUDGET, key="https://a.example/b", at=at(6))], "one")
    before = ask(path, "SELECT hash, document_id FROM ledger.sketches ORDER BY ALL")
    con = open_warehouse(path)
    con.execute("DELETE FROM ledger.sketches")
    con.execute("UPDATE ledger.documents SET sketch_size = 7, sketch_sampled = 7")
    wanting = documents_without_sketch(con, 1)
    assert len(wanting) == 1
    while wanting:
        made = [(name, version, sketch(text)) for name, version, text in wanting]
        put_sketches(con, [(n, v, values, Size.of(values).sampled) for n, v, values in made])
        wanting = documents_without_sketch(con, 1)
    sizes = con.execute("SELECT min(sketch_size) FROM ledger.documents").fetchone()
    con.close()
    assert ask(path, "SELECT hash, document_id FROM ledger.sketches ORDER BY ALL") == before
    assert sizes is not None
    assert sizes[0] > 7
    assert ingest(path, [wire(at(6, 11), "Harbour Post", house_style(FERRY))], "two") == ["reprint"]


def test_a_text_that_very_many_printed_is_still_found(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    ingest(path, [wire(at(6), "Reuters")], "one")
    con = open_warehouse(path)
    con.execute(
        "INSERT INTO ledger.documents BY NAME SELECT d.* REPLACE (document_id || n AS document_id, key || n AS key,"
        " 'Paper ' || n AS outlet, text_sha256 || n AS text_sha256) FROM ledger.documents d, range(1, 400) t(n)"
    )
    con.execute(
        "INSERT INTO ledger.sketches SELECT hash, document_id || n FROM ledger.sketches, range(1, 400) t(n)"
    )
    held = WarehouseHoldings(con)
    text = cut(house_style(FERRY), 0.5)
    found = identify(draft(text, key="https://new.example/1", at=at(6, 12)), held, CLOCK)
    near = held.sharing(sketch(text))
    con.close()
    assert found.outcome.outcome.value == "reprint"
    assert 0 < len(near) <= 60


def test_asking_for_many_at_once_answers_as_asking_for_each(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    ingest(path, [wire(at(6), "Reuters"), draft(MONDAY, key="https://a.example/m", at=at(6))], "one")
    con = open_warehouse(path)
    texts = [FERRY, cut(FERRY, 0.5), MONDAY, BUDGET, "Nothing.", ""]
    keys = ["https://Reuters.example/ferry", "https://nobody.example/1"]
    each = WarehouseHoldings(con)
    apart = (
        [each.sharing(sketch(t)) for t in texts],
        [each.by_key(k) for k in keys],
        [each.by_text(text_sha256(t)) for t in texts],
    )
    once = WarehouseHoldings(con)
    once.preload(map(sketch, texts), keys=keys, digests=map(text_sha256, texts))
    con.execute("DELETE FROM ledger.sketches")
    together = (
        [once.sharing(sketch(t)) for t in texts],
        [once.by_key(k) for k in keys],
        [once.by_text(text_sha256(t)) for t in texts],
    )
    con.close()
    assert together == apart
    assert apart[1][0] is not None
