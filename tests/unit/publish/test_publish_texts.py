"""The pages of marked texts: every record at its words, and back, whatever overlaps and whoever wrote it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.publish import write_edition, write_latest
from newsledger.publish.folder import edition_files, text_names
from newsledger.publish.marked import Span, marked_lines
from newsledger.publish.texts import interval_words, text_entries, text_pages
from schemas.config import Site
from schemas.evidence import MarkedText
from tests.unit.publish.sample_edition import DAY, quote, sample_edition, sample_tables
from tests.unit.publish.sample_texts import figure_mark, position_mark, sample_texts
from tests.unit.publish.test_publish_page import HOSTILE, Outline


def page_of(text: MarkedText) -> str:
    files, _ = text_pages([text], sample_edition(), Site())
    (page,) = files.values()
    return page.decode()


def courier() -> MarkedText:
    return next(text for text in sample_texts() if text.document.document_id == "d-courier")


def overlapping() -> MarkedText:
    """Return a text in which one span holds another and a third crosses both."""
    outer = quote("courier", "Rescuers said 48 people are still missing", 48, "exact")
    inner = replace(quote("courier", "48 people", 48, "exact"), record_id="f-inner")
    start = inner.evidence_start + 3
    crossing = replace(
        quote("courier", "48 people"),
        record_id="p-crossing",
        evidence=courier().text[start : outer.evidence_end + 10],
        evidence_start=start,
        evidence_end=outer.evidence_end + 10,
    )
    figures = (figure_mark(outer), figure_mark(inner))
    return replace(courier(), figures=figures, positions=(position_mark(crossing),), refusals=())


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(st.text(alphabet="ab c\n", max_size=50), SPANS)
def test_the_pieces_are_the_text_and_every_span_begins_and_ends_once(
    text: str, pairs: list[tuple[int, int]]
) -> None:
    spans = [Span(f"s{n}", start, end) for n, (start, end) in enumerate(pairs)]
    lines = marked_lines(text, spans)
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text
    pieces = [piece for line in lines for piece in line]
    for span in spans:
        own = [piece for piece in pieces if span.name in piece.inside]
        assert "".join(piece.text for piece in own) == text[span.start : span.end].replace("\n", "")
        assert sum(span.name in piece.begins for piece in own) == min(1, len(own))
        assert sum(span.name in piece.ends for piece in own) == min(1, len(own))


@pytest.mark.parametrize("text", [*sample_texts(), overlapping()], ids=lambda t: t.document.document_id)
def test_every_mark_leads_to_its_record_and_every_record_back(text: MarkedText) -> None:
    outline = Outline(page_of(text))
    assert outline.open == []
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in outline.every("a", "href") if href.startswith("#")]
    assert set(inside) <= set(ids)
    for entry in text_entries(text):
        assert inside.count(f"m-{entry.name}") == 1
        assert inside.count(f"r-{entry.name}") == 1


def test_overlapping_spans_keep_the_text_whole() -> None:
    page = page_of(overlapping())
    marked = page[page.index('<article id="text"') : page.index("</article>")]
    without_numbers = re.sub(r'<a class="ref"[^>]*>\d+</a>', "", marked)
    shown = "".join(Outline(f"{without_numbers}</article>").text)
    assert "Rescuers said 48 people are still missing" in shown
    assert "deep" in marked


def test_a_record_tells_what_was_read_and_why() -> None:
    words = Outline(page_of(courier())).words()
    for text in (
        "at least 1,183",
        "1,183 or more",
        "People killed",
        "the civil protection agency",
        "14 March 2031 (told by the text)",
        "reported, cumulative",
        "counts 'people'; said 'killed'",
        "actor ambiguous",
    ):
        assert text in words, text
    for text in ("conditional", "“if the bonus is doubled”", "agree to: night shifts", "tomas-reuel"):
        harbour = next(t for t in sample_texts() if t.document.document_id == "d-harbour")
        assert text in Outline(page_of(harbour)).words()


def test_a_number_of_no_indicator_says_why_not_and_a_held_one_is_marked() -> None:
    lakeside = next(text for text in sample_texts() if text.document.document_id == "d-lakeside")
    words = Outline(page_of(lakeside)).words()
    assert "A number of no indicator" in words
    assert "not killed: nothing of its predicates is said" in words
    assert "Held, not published as fact: two digits are exchanged" in words


def test_a_text_in_another_language_says_so_and_the_page_stays_english() -> None:
    radio = next(text for text in sample_texts() if text.document.document_id == "d-radio")
    outline = Outline(page_of(radio))
    assert outline.every("html", "lang") == ["en"]
    assert outline.every("article", "lang") == ["fr"]
    assert set(outline.every("a", "lang")) == {"en"}


def test_nothing_read_is_said() -> None:
    empty = replace(courier(), figures=(), positions=(), refusals=())
    assert "Nothing was read in this text" in Outline(page_of(empty)).words()


def hostile_text() -> MarkedText:
    row = replace(courier().document, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)", language='x"')
    bad = replace(quote("courier", "48 people", 48), evidence=HOSTILE, evidence_start=3, evidence_end=90)
    bad = replace(bad, record_id='f"><b>', attributed_to=HOSTILE)
    mark = figure_mark(bad, "killed", HOSTILE, HOSTILE)
    mark = replace(mark, figure=replace(mark.figure, rule=HOSTILE, counted=HOSTILE))
    return MarkedText(row, HOSTILE, "ab", (mark,), (), ())


def test_hostile_text_is_only_text_on_its_page_too() -> None:
    page = page_of(hostile_text())
    outline = Outline(page)
    assert outline.open == []
    assert {"script", "img", "b>"}.isdisjoint(tag for tag, _ in outline.tags)
    assert not [key for _, attrs in outline.tags for key in attrs if key.startswith("on")]
    assert "javascript" not in "".join(outline.every("a", "href"))
    assert not set("\u202e\u2066\x1b\x00") & set(page)
    assert "{{ 7*7 }}" in outline.words()


def test_the_page_asks_nobody_for_anything() -> None:
    page = page_of(courier())
    names = {tag for tag, _ in Outline(page).tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "form", "base"}
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (48.0, 48.0, "exactly 48"),
        (1183.0, None, "1,183 or more"),
        (None, 170.0, "170 or less"),
        (10.0, 15.0, "10 to 15"),
        (None, None, "nothing definite"),
    ],
)
def test_an_interval_is_told_in_words(low: float | None, high: float | None, words: str) -> None:
    assert interval_words(low, high, "count") == words


def test_quotes_and_sources_of_the_edition_lead_to_the_marks() -> None:
    files = edition_files(sample_edition(), sample_tables(), site=Site(), texts=sample_texts())
    outline = Outline(files["index.html"].decode())
    links = [href for href in outline.every("a", "href") if href.startswith("texts/")]
    assert len({link.partition("#")[0] for link in links}) == len(sample_texts())
    killed = quote("courier", "killed at least 1,183 people").record_id
    assert any(link.endswith(f"#m-{killed}") for link in links)
    for link in links:
        name, _, place = link.partition("#")
        ids = [attrs["id"] for _, attrs in Outline(files[name].decode()).tags if "id" in attrs]
        assert not place or place in ids


def test_a_site_without_texts_has_no_pages_and_no_links_to_them() -> None:
    files = edition_files(sample_edition(), sample_tables(), site=Site(texts=False), texts=sample_texts())
    assert not [name for name in files if name.startswith("texts/")]
    assert "texts/" not in files["index.html"].decode()


def publish(folder: Path, revision: int, texts: tuple[MarkedText, ...]) -> Path:
    edition = sample_edition(revision)
    return write_edition(edition, sample_tables(), site=Site(), editions_dir=folder, texts=texts)


def check_sums(folder: Path) -> None:
    for row in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = row.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name


def test_revisions_share_the_pages_and_a_former_one_keeps_those_it_had(tmp_path: Path) -> None:
    first, *rest = sample_texts()
    place = publish(tmp_path, 1, (first, *rest))
    before = {path.name for path in (place / "texts").iterdir()}
    changed = replace(first, figures=())
    publish(tmp_path, 2, (changed, *rest))
    after = {path.name for path in (place / "texts").iterdir()}
    assert before < after
    assert len(after) == len(before) + 1
    check_sums(place)
    check_sums(place / "revisions" / "1")
    former = Outline((place / "revisions" / "1" / "index.html").read_text())
    links = [href.partition("#")[0] for href in former.every("a", "href") if "texts/" in href]
    assert len(set(links)) == len(before)
    assert all((place / "revisions" / "1" / link).is_file() for link in links)


def test_pages_no_revision_links_to_are_not_kept(tmp_path: Path) -> None:
    first, *rest = sample_texts()
    place = publish(tmp_path, 1, (first, *rest))
    publish(tmp_path, 1, (replace(first, figures=()), *rest))
    assert sorted(path.name for path in (place / "texts").iterdir()) == sorted(
        name.removeprefix("texts/") for name in text_names(place)
    )


def test_the_same_texts_give_the_same_bytes_and_latest_has_them(tmp_path: Path) -> None:
    one, two = publish(tmp_path / "a", 1, sample_texts()), publish(tmp_path / "b", 1, sample_texts())
    for path in one.rglob("*.html"):
        assert path.read_bytes() == (two / path.relative_to(one)).read_bytes()
    latest = write_latest(tmp_path / "a")
    check_sums(latest)
    assert len(list((latest / "texts").iterdir())) == len(sample_texts())
    assert one.name == DAY.isoformat()
