# ruff: noqa: E501 - texts and statements stand on one line
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.dedupe import Identified, Shelf, document_id_of, identify, sketch, text_sha256
from newsledger.dedupe.figures import agreement
from newsledger.dedupe.shelf import held_of
from newsledger.dedupe.sketch import Size, containment, words_of
from schemas.document import Document, Draft, Relation
from schemas.item import Outcome
from tests.unit.dedupe.articles import (
    BUDGET,
    EMBEDDED,
    FERRY,
    MONDAY,
    NEW_LEAD,
    REWRITE,
    TUESDAY,
    cut,
    draft,
    house_style,
    paragraphs,
)

NOW = datetime(2025, 10, 9, tzinfo=UTC)
NOON = datetime(2025, 10, 6, 12, tzinfo=UTC)


def put(shelf: Shelf, made: Draft) -> Identified:
    found = identify(made, shelf, NOW)
    if found.document is not None:
        shelf.add(found.document)
    return found


def compare(held: str, new: str, *, same_outlet: bool = False, hours: float = 0) -> Relation | None:
    shelf = Shelf()
    put(shelf, draft(held, key="https://a.example/1", outlet="A"))
    found = put(
        shelf,
        draft(
            new,
            key="https://b.example/1",
            outlet="A" if same_outlet else "B",
            at=NOON + timedelta(hours=hours),
        ),
    )
    assert (found.outcome.outcome is Outcome.REPRINT) == bool(found.links)
    return found.links[0].relation if found.links else None


@pytest.mark.parametrize(
    ("edited", "relation"),
    [
        (FERRY, Relation.SAME),
        (house_style(FERRY), Relation.SAME),
        (NEW_LEAD, Relation.SAME),
        (cut(FERRY, 0.5), Relation.ABRIDGED),
        (cut(FERRY, 0.25), Relation.ABRIDGED),
        ("\n\n".join([FERRY, *paragraphs(BUDGET)[:2]]), Relation.EXTENDED),
    ],
    ids=["same", "house style", "new lead", "half", "quarter", "extended"],
)
def test_edits_of_a_wire_text(edited: str, relation: Relation) -> None:
    assert compare(FERRY, edited) is relation


def test_a_wire_text_inside_another_story() -> None:
    wire = "\n\n".join(paragraphs(FERRY)[:4])
    assert compare(wire, EMBEDDED) in (Relation.EMBEDS, Relation.EXTENDED)
    assert compare(EMBEDDED, wire) is Relation.ABRIDGED
    assert compare(FERRY, EMBEDDED) is not None


def test_a_brief_of_sixty_words_is_found() -> None:
    brief = cut(FERRY, 0.17)
    assert len(brief.split()) < 75
    assert compare(FERRY, brief) is Relation.ABRIDGED
    assert compare(brief, FERRY) is Relation.EMBEDS


@pytest.mark.parametrize("other", [BUDGET, REWRITE, MONDAY])
def test_other_texts_are_no_reprints(other: str) -> None:
    assert compare(FERRY, other) is None


@pytest.mark.parametrize("hours", [20, 24, 26, 48])
def test_the_next_daily_bulletin_is_no_reprint(hours: float) -> None:
    assert compare(MONDAY, TUESDAY, same_outlet=True, hours=hours) is None
    assert compare(MONDAY, TUESDAY, hours=hours) is None


def test_new_figures_within_hours_of_the_same_outlet_are_an_update() -> None:
    assert compare(MONDAY, TUESDAY, same_outlet=True, hours=3) is Relation.UPDATE


def test_a_new_lead_within_hours_of_the_same_outlet_is_an_update() -> None:
    assert compare(FERRY, NEW_LEAD, same_outlet=True, hours=5) is Relation.UPDATE
    assert compare(NEW_LEAD, FERRY, same_outlet=True, hours=5) is Relation.UPDATE


class Blind(Shelf):
    """Holdings that cannot show a text."""

    text = None  # type: ignore[assignment]


def test_without_the_held_text_the_next_bulletin_is_not_taken_for_a_reprint() -> None:
    shelf = Blind()
    put(shelf, draft(MONDAY, key="https://a.example/1"))
    tuesday = draft(TUESDAY, key="https://a.example/2", at=NOON + timedelta(days=1))
    assert put(Shelf(shelf), tuesday).outcome.outcome is Outcome.STORED


def test_the_same_bulletin_elsewhere_is_a_reprint() -> None:
    assert compare(MONDAY, house_style(MONDAY)) is Relation.SAME


def test_same_key_and_text_is_unchanged() -> None:
    shelf = Shelf()
    first = put(shelf, draft(FERRY, key="https://a.example/1"))
    again = put(shelf, draft(FERRY, key="https://a.example/1"))
    assert first.document is not None
    assert first.outcome.outcome is Outcome.STORED
    assert (again.document, again.outcome.outcome) == (None, Outcome.UNCHANGED)
    assert (again.outcome.document_id, again.outcome.version) == (first.document.document_id, 1)


def test_an_edited_article_is_a_new_version() -> None:
    shelf = Shelf()
    first = put(shelf, draft(FERRY, key="https://a.example/1"))
    edited = put(shelf, draft(FERRY.replace("27 people", "31 people"), key="https://a.example/1"))
    back = put(shelf, draft(FERRY, key="https://a.example/1"))
    assert first.document is not None
    assert edited.document is not None
    assert back.document is not None
    assert edited.outcome.outcome is Outcome.NEW_VERSION
    assert (edited.document.document_id, edited.document.version) == (first.document.document_id, 2)
    assert edited.document.first_seen_at == first.document.first_seen_at
    assert back.document.version == 3


def test_one_page_rewritten_under_its_old_headline_is_a_version() -> None:
    shelf = Shelf()
    put(shelf, draft(FERRY, key="https://a.example/1", title="Ferry aground"))
    found = put(shelf, draft(REWRITE, key="https://a.example/1", title="Ferry aground"))
    assert found.outcome.outcome is Outcome.NEW_VERSION


def test_an_unrelated_text_under_a_known_key_is_a_document_of_its_own() -> None:
    shelf = Shelf()
    first = put(shelf, draft(FERRY, key="https://a.example/live"))
    other = put(shelf, draft(BUDGET, key="https://a.example/live"))
    again = put(shelf, draft(BUDGET, key="https://a.example/live"))
    assert first.document is not None
    assert other.document is not None
    assert other.outcome.outcome is Outcome.STORED
    assert other.document.document_id not in ("", first.document.document_id)
    assert (other.document.version, again.outcome.outcome) == (1, Outcome.UNCHANGED)
    assert again.outcome.document_id == other.document.document_id


def test_the_next_bulletin_at_the_same_address_is_a_document_of_its_own_and_has_its_own_versions() -> None:
    shelf = Shelf()
    first = put(shelf, draft(MONDAY, key="https://a.example/bulletin"))
    day = NOON + timedelta(days=1)
    second = put(shelf, draft(TUESDAY, key="https://a.example/bulletin", at=day))
    assert first.document is not None
    assert second.document is not None
    assert second.outcome.outcome is Outcome.STORED
    assert second.document.document_id != first.document.document_id
    mended = put(shelf, draft(TUESDAY.replace("at noon", "at one"), key="https://a.example/bulletin", at=day))
    assert mended.document is not None
    assert (mended.document.document_id, mended.document.version) == (second.document.document_id, 2)


def test_a_shared_statement_is_no_reprint_but_the_copied_text_around_it_is() -> None:
    said = "“" + " ".join(paragraphs(FERRY)[3:5]).replace('"', "") + "”"
    own = f"At the quay of Harwick people waited all night for news.\n{said}\nThen the lights went out and the harbour master, tired, drove home without another word to anybody."
    assert compare(FERRY, own) is None
    assert compare(FERRY, own.replace("“", "").replace("”", "")) is not None


@pytest.mark.parametrize("kept", [range(2), range(4)], ids=["two paragraphs", "four paragraphs"])
def test_a_copy_cut_short_inside_a_long_round_up(kept: range) -> None:
    around = paragraphs(BUDGET) + paragraphs(MONDAY)
    copied = [paragraphs(FERRY)[at] for at in kept]
    assert compare(FERRY, "\n".join([*around[:4], *copied, *around[4:]])) is Relation.EMBEDS


def test_another_day_of_the_same_outlet_with_its_old_background_is_no_reprint() -> None:
    next_day = "\n".join([*paragraphs(REWRITE), *paragraphs(FERRY)[-2:]])
    assert compare(FERRY, next_day, same_outlet=True, hours=30) is None


def test_another_address_of_the_same_outlet_is_a_reprint() -> None:
    shelf = Shelf()
    first = put(shelf, draft(FERRY, key="https://a.example/1"))
    found = put(shelf, draft(FERRY, key="https://a.example/2"))
    assert first.document is not None
    assert found.outcome.outcome is Outcome.REPRINT
    assert [(link.other_id, link.relation) for link in found.links] == [
        (first.document.document_id, Relation.SAME)
    ]
    assert (found.links[0].contained, found.links[0].contains) == (1.0, 1.0)


def test_a_file_that_is_dated_later_gets_a_version_with_its_date() -> None:
    shelf = Shelf()
    path, key = "archive/a.txt", "file:archive/a.txt"
    put(shelf, draft(FERRY, key=key, at=None, outlet=None, source_path=path))
    dated = put(shelf, draft(FERRY, key=key, at=NOON, outlet=None, source_path=path))
    named = put(shelf, draft(FERRY, key=key, at=NOON, outlet="Daily", source_path=path))
    again = put(shelf, draft(FERRY, key=key, at=None, outlet=None, source_path=path))
    assert (dated.outcome.outcome, dated.outcome.reason) == (Outcome.NEW_VERSION, "date given")
    assert (named.outcome.reason, again.outcome.outcome) == ("outlet given", Outcome.UNCHANGED)


def test_links_to_every_copy_the_most_similar_first() -> None:
    shelf = Shelf()
    for number, text in enumerate([cut(FERRY, 0.5), FERRY, BUDGET, house_style(FERRY)]):
        put(shelf, draft(text, key=f"https://{number}.example/1", outlet=str(number)))
    found = put(shelf, draft(FERRY, key="https://new.example/1", outlet="new"))
    assert [link.other_id for link in found.links] == [
        document_id_of(f"https://{number}.example/1") for number in (1, 3, 0)
    ]


def test_relations_do_not_depend_on_the_order_of_arrival() -> None:
    texts = [FERRY, house_style(FERRY), cut(FERRY, 0.5), BUDGET, EMBEDDED, MONDAY, TUESDAY, NEW_LEAD]
    made = [draft(t, key=f"https://{n}.example/1", outlet=str(n)) for n, t in enumerate(texts)]

    def pairs(order: list[Draft]) -> set[frozenset[str]]:
        shelf = Shelf()
        return {frozenset((link.document_id, link.other_id)) for d in order for link in put(shelf, d).links}

    assert pairs(made) == pairs(made[::-1]) == pairs(made[4:] + made[:4])


def test_the_batch_lies_over_what_is_held() -> None:
    base = Shelf()
    first = put(base, draft(FERRY, key="https://a.example/1"))
    batch = Shelf(base)
    edited = put(batch, draft(FERRY.replace("27", "31"), key="https://a.example/1"))
    assert first.document is not None
    assert edited.document is not None
    assert batch.by_key("https://a.example/1") == held_of(edited.document)
    assert base.by_key("https://a.example/1") == held_of(first.document)
    assert batch.by_text(first.document.text_sha256) == []
    assert [o.held.version for o in batch.sharing(first.document.sketch)] == [2]
    assert batch.text(first.document.document_id) == edited.document.text
    assert put(batch, draft(FERRY, key="https://b.example/1")).links[0].other_id == first.document.document_id


@given(st.text(max_size=400))
def test_sketch_is_sorted_stable_and_fits_a_signed_column(text: str) -> None:
    values = sketch(text)
    assert list(values) == sorted(set(values))
    assert all(0 <= value < 2**63 for value in values)
    assert bool(values) == bool(words_of(text))


def test_sketch_values_never_change() -> None:
    assert sketch("one two three four five") == (3561194218715174730, 7977550217185315618)
    assert text_sha256("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_short_texts_keep_every_shingle_and_long_ones_one_in_eight() -> None:
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(2_000)]
    assert len(sketch(" ".join(words[:62]))) == 59
    assert 200 < len(sketch(" ".join(words))) < 300


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    text = (
        "政府は月曜日に橋を数日以内に再開すると発表し市長は四十八人の作業員に感謝し料金は変わらないと約束した"
    )
    half, other = sketch(text[:30]), sketch("全く別の話題について書かれた文章であり共通する部分はない")
    mine = set(sketch(text))
    assert len(set(half) & mine) >= 20
    assert not set(other) & mine


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_containment_is_a_share(shared: int, mine: int, other: int) -> None:
    both = containment(shared, Size(mine, mine), Size(other, other))
    assert all(0 <= share <= 1 for share in both)


@pytest.mark.parametrize(
    ("first", "second", "same", "other"),
    [
        ("at least 67,183 people died there", "at least 67183 people died there", 1, 0),
        ("at least twelve people died there", "at least 12 people died there", 1, 0),
        ("at least 12 people died there", "at least 14 people died there", 0, 1),
        ("he met 12 voters on Monday night in Osk", "he met 12 voters on Friday night in Osk", 1, 1),
        ("nothing to count here", "nothing to count here", 0, 0),
    ],
)
def test_numbers_are_compared_where_the_words_agree(first: str, second: str, same: int, other: int) -> None:
    found = agreement(first, second)
    assert (found.same, found.other) == (same, other)


def test_identity_leaves_everything_the_draft_says() -> None:
    made = draft(FERRY, key="https://a.example/1", title="Ferry aground")
    document = identify(made, Shelf(), NOW).document
    assert isinstance(document, Document)
    assert all(
        getattr(document, name) == getattr(made, name) for name in ("key", "url", "title", "text", "outlet")
    )
    assert document.document_id == document_id_of(made.key)
    assert (document.first_seen_at, document.version) == (NOW, 1)
    assert document.word_count == len(FERRY.split())
