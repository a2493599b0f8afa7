"""The page: everything a reader needs, nothing that could harm one."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from newsledger.publish.folder import edition_files
from newsledger.publish.markdown import edition_markdown
from newsledger.publish.page import MAX_PAGE_BYTES, days_page, edition_page, plain_number
from newsledger.publish.record import changes_record
from newsledger.publish.ways import anchor
from schemas.config import Site
from schemas.edition import Edition, ReadingRow
from tests.unit.publish.sample_edition import (
    FIGURE_CHANGES,
    HELD,
    MISSING,
    POSITION_CHANGES,
    documents,
    quote,
    sample_edition,
    sample_tables,
)

VOID = {"meta", "link", "br"}
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;&lt;{{ 7*7 }}{% raw %}"
    "\u202egpj.exe\u2066\x1b[31m]]>--> " + "x" * 10_000
)


class Outline(HTMLParser):
    """Collects what the tests ask of a page; fails on a tag that is closed wrongly."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute of <{tag}> twice"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text.append(data)

    def every(self, name: str, key: str) -> list[str]:
        return [attrs[key] or "" for tag, attrs in self.tags if tag == name and key in attrs]

    def words(self) -> str:
        return " ".join("".join(self.text).split())


def page_of(edition: Edition, site: Site | None = None) -> str:
    return edition_files(edition, sample_tables(), site=site or Site())["index.html"].decode()


def outline_of(edition: Edition) -> Outline:
    outline = Outline(page_of(edition))
    assert outline.open == []
    return outline


def hostile_edition() -> Edition:
    bad = replace(
        quote("courier", "48 people"),
        outlet=HOSTILE,
        title=HOSTILE,
        url="javascript:alert(1)",
        evidence=HOSTILE,
        before=HOSTILE[:160],
        after=HOSTILE[:160],
        attributed_to=HOSTILE,
        source_path=HOSTILE,
        slip=HOSTILE,
    )
    side = replace(MISSING, quotes=(bad, bad), outlets=(HOSTILE,))
    figure = replace(FIGURE_CHANGES[1], label=HOSTILE, after=side, against=(side,), change_id='a"><b>')
    position = POSITION_CHANGES[1]
    stand = replace(position.after, quotes=(bad,), condition=HOSTILE)
    rows = tuple(
        replace(row, title=HOSTILE, url='https://a.example/"><script>', outlet=HOSTILE) for row in documents()
    )
    return replace(
        sample_edition(2, HOSTILE),
        figure_changes=(figure,),
        position_changes=(replace(position, after=stand, actor_name=HOSTILE, proposition=HOSTILE),),
        held=(replace(HELD[0], reason=HOSTILE, label=HOSTILE, quote=bad),),
        documents=rows,
    )


def test_the_page_tells_everything_the_day_brought() -> None:
    words = outline_of(sample_edition()).words()
    for text in (
        "Friday 14 March 2031",
        "14 changes 2 disagreements 2 held 6 documents from 5 outlets",
        "5 feeds polled, 1 failed audit passed 2 of 4",
        "People killed by the floods: refined: “more than 1,000” is now “at least 1,183”",
        "Dockers’ union on “The port works night shifts”: shifted from conditional to opposes",
        "down about 2,600 (17%)",
        "Condition: “if the state pays for lost cattle”",
        "1,138 is 1,183 of the same day with two digits exchanged",
        "Also reported by Evening Dispatch (1 independent text, 2 outlets)",
        "Anna Vey",
        "a shorter form of [1]",
        "No publication day known: leaflet.txt",
        "http 404",
        "teaser page",
        "Money promised for repairs",
        "no value is another value of the same document",
    ):
        assert text in words, text


def test_every_quote_has_its_outlet_offsets_and_a_link_to_the_words() -> None:
    page = page_of(sample_edition())
    quotes = page.count('<figure class="quote">')
    assert quotes >= 30
    assert page.count('<span class="off">characters ') == quotes
    assert "killed at least <mark>1,183</mark> people" in page
    assert (
        "https://lakeside.example/news/missing-in-aldersund-put-at-47#:~:text=counted%2047%20missing%20people"
        in page
    )
    assert 'lang="fr"' in page


def test_a_number_and_a_time_are_there_for_machines_too() -> None:
    outline = outline_of(sample_edition())
    assert {"1183", "48", "47", "0.4", "1200000000"} <= set(outline.every("data", "value"))
    times = outline.every("time", "datetime")
    assert "2031-03-14T06:40+01:00" in times
    assert "2031-03-14" in times


def test_links_inside_the_page_and_table_heads_hold() -> None:
    outline = outline_of(sample_edition())
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = [href[1:] for href in outline.every("a", "href") if href.startswith("#")]
    assert set(inside) <= set(ids)
    assert len([tag for tag, _ in outline.tags if tag == "table"]) == len(
        [tag for tag, _ in outline.tags if tag == "caption"]
    )
    assert all("scope" in attrs for tag, attrs in outline.tags if tag == "th")


def test_headings_step_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in outline_of(sample_edition()).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_asks_nobody_for_anything_and_needs_no_script() -> None:
    page = page_of(sample_edition())
    outline = Outline(page)
    names = {tag for tag, _ in outline.tags}
    assert not names & {"script", "img", "iframe", "object", "embed", "form", "video", "audio", "base"}
    assert "url(" not in page
    assert "@import" not in page
    assert all(rel in ("alternate", "canonical", "icon") for rel in outline.every("link", "rel"))


def test_a_slip_is_told_beside_the_words_on_the_page_and_in_markdown() -> None:
    flagged = replace(
        quote("courier", "48 people", 48.0, "exact"), slip="old and new: the text tells of <a rise>"
    )
    row = replace(HELD[0], quote=flagged)
    edition = replace(sample_edition(), held=(row,))
    said = "ay be a slip of the pen: old and new: the text tells of "
    assert outline_of(edition).words().count(f"M{said}<a rise>") == 1
    assert f"m{said}\\<a rise\\>" in edition_markdown(edition, Site())
    assert said not in page_of(sample_edition())


def test_hostile_text_is_only_text() -> None:
    page = page_of(hostile_edition())
    outline = Outline(page)
    assert outline.open == []
    assert {"script", "img"}.isdisjoint(tag for tag, _ in outline.tags)
    assert not [key for _, attrs in outline.tags for key in attrs if key.startswith("on")]
    addresses = [*outline.every("a", "href"), *outline.every("blockquote", "cite")]
    assert not [href for href in addresses if "javascript" in href.lower()]
    assert not set("\u202e\u2066\x1b\x00") & set(page)
    assert "{{ 7*7 }}" in outline.words()
    assert len(page.encode()) <= MAX_PAGE_BYTES


def test_hostile_text_is_only_text_in_markdown_too() -> None:
    text = edition_files(hostile_edition(), sample_tables(), site=Site())["edition.md"].decode()
    assert not re.search(r"(?<!\\)<(script|img)", text)
    assert "javascript:" not in text
    assert not set("\u202e\u2066\x1b\x00") & set(text)


def many(count: int) -> Edition:
    edition = sample_edition()
    figures = tuple(
        replace(FIGURE_CHANGES[n % 8], change_id=f"c{n}", indicator=f"i{n}", label=f"Indicator {n}")
        for n in range(count)
    )
    rows = tuple(replace(edition.documents[n % 6], document_id=f"d{n}") for n in range(count * 3))
    readings = tuple(
        ReadingRow("tarn-floods", f"r{n}", f"Reading {n}", "person", MISSING, False) for n in range(count)
    )
    return replace(edition, figure_changes=figures, documents=rows, readings=readings)


@pytest.mark.parametrize("count", [20, 100, 500])
def test_a_long_day_still_fits_a_phone_and_says_where_the_rest_is(count: int) -> None:
    page = page_of(many(count))
    assert len(page.encode()) <= MAX_PAGE_BYTES
    assert Outline(page).open == []
    outline = Outline(page)
    ids = {attrs["id"] for _, attrs in outline.tags if "id" in attrs}
    assert {href[1:] for href in outline.every("a", "href") if href.startswith("#")} <= ids
    if count >= 100:
        assert re.search(r"\d+ smaller changes are in <a href=\"changes\.csv\">", page)


def test_a_quiet_day_says_that_nothing_moved() -> None:
    quiet = replace(
        sample_edition(),
        figure_changes=(),
        position_changes=(),
        disagreements=(),
        held=(),
        attendance=(),
        checks=(),
    )
    words = outline_of(quiet).words()
    assert "Nothing moved: no figure and no position changed since 13 March 2031." in words
    assert "0 changes 0 disagreements" in words


def test_on_the_first_day_everything_is_new_and_page_and_markdown_say_why() -> None:
    files = edition_files(replace(sample_edition(), previous_day=None), sample_tables(), site=Site())
    for name in ("index.html", "edition.md"):
        assert "This is the first day of the ledger" in files[name].decode()
    assert "first day of the ledger" not in page_of(sample_edition())


def test_a_day_without_stories_or_documents_is_still_a_page() -> None:
    empty = replace(
        sample_edition(),
        previous_day=None,
        stories=(),
        figure_changes=(),
        position_changes=(),
        disagreements=(),
        readings=(),
        stands=(),
        held=(),
        attendance=(),
        outlets=(),
        documents=(),
        outcomes=(),
        checks=(),
        feeds_polled=0,
        data_as_of=None,
    )
    assert "no feeds polled (files only)" in outline_of(empty).words()


def test_stories_in_different_zones_each_name_their_own() -> None:
    edition = sample_edition()
    heads = (edition.stories[0], replace(edition.stories[1], timezone="Asia/Tokyo"))
    words = outline_of(replace(edition, stories=heads)).words()
    assert "Dock strike at Port Alder Asia/Tokyo" in words
    assert "14 March 2031, 16:30 (UTC)" in words


def test_a_revision_links_only_to_changes_that_have_a_card() -> None:
    quiet = changes_record(replace(many(300), figure_changes=()))
    notes = changes_record(many(300), quiet)["revised"]
    outline = Outline(edition_page(replace(many(300), revision=2), Site(), [], notes))
    ids = {attrs["id"] for _, attrs in outline.tags if "id" in attrs}
    assert {href[1:] for href in outline.every("a", "href") if href.startswith("#")} <= ids
    assert "Added: Indicator" in outline.words()


def test_a_revision_that_changed_no_words_says_so() -> None:
    record = changes_record(sample_edition())
    notes = changes_record(sample_edition(2), record)["revised"]
    page = edition_page(sample_edition(2, "more outlets"), Site(), [], notes)
    assert "No change was added, taken back or reworded" in page


def test_the_address_of_the_site_makes_the_canonical_link() -> None:
    page = page_of(sample_edition(), Site(url="https://ledger.example/"))
    assert '<link rel="canonical" href="https://ledger.example/2031-03-14/">' in page
    assert "canonical" not in page_of(sample_edition(), Site(url="javascript:alert(1)"))


def test_the_list_of_days_is_whole_html() -> None:
    row = {
        "day": "2031-03-14",
        "words": "Friday",
        "revision": 2,
        "counts": changes_record(sample_edition())["counts"],
    }
    outline = Outline(days_page([row], Site(title="<b>")))
    assert outline.open == []
    assert "b" not in {tag for tag, _ in outline.tags}


@pytest.mark.parametrize(("value", "text"), [(48.0, "48"), (0.4, "0.4"), (1e21, "1000000000000000000000")])
def test_numbers_for_machines_have_no_separators(value: float, text: str) -> None:
    assert plain_number(value) == text


def test_anchors_hold_in_addresses() -> None:
    assert anchor('a"><b> c') == "a-b-c"
    assert anchor("") == "unnamed"


def test_what_pages_say_of_themselves_stands_beside_the_sources() -> None:
    first, second, *rest = documents()
    marked = (replace(first, is_free=False), replace(second, is_free=True, corrections=("A note.",)), *rest)
    page = edition_page(replace(sample_edition(), documents=marked), Site(), [])
    assert page.count("not free to read") == 1
    assert page.count("1 correction by its outlet") == 1
    plain = edition_page(sample_edition(), Site(), [])
    assert "not free to read" not in plain
    assert "by its outlet" not in plain
