"""The page reader: which blocks are the article, who wrote it, when, and what kind of page it is."""

# ruff: noqa: E501, ISC004 - markup and sentences read better unbroken
from __future__ import annotations

import json
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.fetch.charset import NotTextError
from newsledger.fetch.metadata import parse_page
from newsledger.fetch.page.agree import agreed
from newsledger.fetch.page.blocks import article_tree, is_data
from newsledger.fetch.page.lines import without_foreign_lines
from newsledger.fetch.page.people import authors_of
from newsledger.fetch.page.reading import PageArticle, read_article

NOW = datetime(2025, 11, 1, tzinfo=UTC)
URL = "https://daily.example/news/bridge-opens"
TEXT = (
    "The rebuilt bridge over the Orrin will open to traffic on Friday, two years after the flood that "
    "closed it.",
    "Some 48 workers replaced the cables and strengthened the two towers, which a storm had damaged in May.",
    "“We finished a week early and below the budget,” mayor Ingrid Falk told reporters on the eastern bank.",
    "About 12,000 vehicles used the bridge each day before the storm, and the detour added 40 minutes.",
    "The council promised that tolls would not rise before 2027, although the ministry had asked for an "
    "increase.",
)


def page(inside: str = "", *, ld: dict[str, Any] | None = None, head: str = "", root: str = "html") -> bytes:
    stated = {"@type": "NewsArticle", "headline": "Bridge to open on Friday", **(ld or {})}
    paragraphs = "".join(f"<p>{p}</p>" for p in TEXT)
    script = f"<script type='application/ld+json'>{json.dumps(stated)}</script>"
    return (
        f"<{root}><head><title>Daily</title>{head}{script}</head><body><article><h1>Bridge to open on Friday</h1>"
        f"{paragraphs}{inside}</article></body></html>"
    ).encode()


def read(body: bytes, **values: Any) -> PageArticle:
    found = read_article(body, url=URL, now=NOW, **values)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "block",
    [
        "<figure><img><figcaption>The bridge in 1999</figcaption></figure>",
        "<div class='wp-caption'><p class='wp-caption-text'>The bridge as it stood in 1999, before the "
        "flood.</p></div>",
        "<div class='relatedArticles'><p>1999 people marched through the town on the day of the "
        "opening.</p></div>",
        "<p><a href='/x'>Toll of the 1999 flood rises again as rescuers reach the coast</a></p>",
        "<p>Read more: Toll of the 1999 flood rises</p>",
        "<p>Photo: Agency / 1999</p>",
        "<p>Follow us on every network, and join the 1999 readers who do</p>",
        "<table><tr><td>a</td><td>1999</td></tr><tr><td>b</td><td>7</td></tr><tr><td>c</td><td>9</td></tr></table>",
        "<div style='display: none'><p>A hidden paragraph about the year 1999 and what the town "
        "remembers.</p></div>",
        "<aside><p>In 1999 the bridge was named the longest of its kind, a title it lost soon "
        "afterwards.</p></aside>",
    ],
)
def test_foreign_blocks_leave_and_the_article_stays(block: str) -> None:
    found = read(page(block))
    assert "1999" not in found.text
    assert all(paragraph in found.text for paragraph in TEXT)


def test_a_data_table_is_body_and_no_running_text() -> None:
    found = read(
        page(
            "<table><tr><td>a</td><td>31</td></tr><tr><td>b</td><td>77</td></tr><tr><td>c</td><td>9</td></tr></table>"
        )
    )
    assert "| b | 77 |" in found.body
    assert "77" not in found.text


def test_a_block_that_holds_the_article_stays_whatever_its_name() -> None:
    body = (
        page().replace(b"<article>", b"<div class='share related promo'>").replace(b"</article>", b"</div>")
    )
    assert TEXT[2] in read(body).text


def test_the_page_given_is_left_as_it_is() -> None:
    tree = parse_page(page("<figure><figcaption>x</figcaption></figure>").decode())
    article_tree(tree)
    assert len(list(tree.iter("figcaption"))) == 1


@pytest.mark.parametrize(
    ("rows", "data"),
    [
        (
            "<tr><td>Town</td><td>Cost</td></tr><tr><td>A</td><td>3</td></tr><tr><td>B</td><td>4</td></tr>",
            True,
        ),
        (f"<tr><td>menu</td><td>{' '.join(TEXT)}</td></tr>", False),
        ("<tr><td>one</td><td>two</td></tr><tr><td>three</td><td>four</td></tr>", False),
        ("", False),
    ],
)
def test_tables_of_data_and_of_layout(rows: str, data: bool) -> None:
    tree = parse_page(f"<html><body><table>{rows}</table></body></html>")
    assert is_data(next(tree.iter("table"))) is data


@pytest.mark.parametrize(
    ("ld", "head", "inside", "publisher", "names"),
    [
        ({"author": {"@type": "Person", "name": "Jane Doe"}}, "", "", "", ("Jane Doe",)),
        ({"author": [{"name": "Jane Doe"}, {"name": "Al Roe"}]}, "", "", "", ("Jane Doe", "Al Roe")),
        ({"author": "By Jane Doe and Al Roe"}, "", "", "", ("Jane Doe", "Al Roe")),
        ({"author": "Jane Doe, Al Roe"}, "", "", "", ("Jane Doe", "Al Roe")),
        ({"author": {"name": "Jane Doe, CNN"}}, "", "", "CNN", ("Jane Doe",)),
        ({"author": {"name": "Jane Doe (jdo)"}}, "", "", "", ("Jane Doe",)),
        ({"author": {"name": ["Jane Doe", "Al Roe"]}}, "", "", "", ("Jane Doe", "Al Roe")),
        ({"author": {"@type": "Organization", "name": "Daily"}}, "<meta name=author content='Jane Doe'>", "", "Daily",
         ("Jane Doe",)),
        ({"author": {"@type": "Organization", "name": "Reuters"}}, "", "", "Daily", ("Reuters",)),
        ({}, "<meta name=author content='https://daily.example/jane'>", "<p class=byline>By Jane Doe</p>", "",
         ("Jane Doe",)),
        ({}, "<meta name=author content='webmaster'>", "", "", ()),
        ({"author": 7}, "", "", "", ()),
    ],
)  # fmt: skip
def test_authors(ld: dict[str, Any], head: str, inside: str, publisher: str, names: tuple[str, ...]) -> None:
    if publisher:
        ld = {**ld, "publisher": {"name": publisher}}
    assert read(page(inside, ld=ld, head=head)).authors == names


def test_many_authors_are_cut() -> None:
    tree = parse_page("<html><body><p>x</p></body></html>")
    assert len(authors_of(tree, {"author": [{"name": f"Name {n}x"} for n in range(500)]}, {}, "")) <= 20


def test_second_opinion_takes_out_what_only_the_page_has_and_brings_what_it_missed() -> None:
    more = [
        f"On day {n} of the works {n * 3} cables arrived by boat, and the crew hung them at night."
        for n in range(9)
    ]
    full = "\n".join([*TEXT, *more])
    promo = "Storm in the west destroys 4,711 boats as the coast guard looks on helplessly."
    found = agreed("\n".join([TEXT[0], "A subheading in between", promo, *TEXT[1:], *more, promo]), full)
    assert promo not in found
    assert "A subheading in between" in found
    assert agreed("\n".join(TEXT), full) == full


@pytest.mark.parametrize(
    "opinion", ["", "Short.", "Something else entirely happened in another town. " * 20, TEXT[0]]
)
def test_second_opinion_about_something_else_changes_nothing(opinion: str) -> None:
    assert agreed("\n".join(TEXT), opinion) == "\n".join(TEXT)


@given(st.text(max_size=300), st.text(max_size=300))
def test_second_opinion_only_chooses_lines(found: str, opinion: str) -> None:
    offered = {line.strip() for line in (*found.splitlines(), *opinion.splitlines())}
    assert {line.strip() for line in agreed(found, opinion).splitlines()} <= offered | {""}


@pytest.mark.parametrize(
    "line",
    [
        "Follow-up talks will be held in Cairo, said the minister, who read more than 200 letters.",
        "Watching the flood from the roof, she counted 14 boats.",
        "Subscribers to the scheme will get 40 crowns each, the council said, and those who did not "
        "join will wait until "
        "the ministry has decided how the rest of the sum is to be shared among the towns of the "
        "eastern valley, "
        "which have asked for it twice.",
        "The photo: a bridge, a boat and 48 men who had been working since dawn stood in the picture of "
        "the day "
        "that the paper printed on its first page, and the mayor kept it.",
    ],
)
def test_sentences_are_no_appeals(line: str) -> None:
    assert without_foreign_lines(f"{TEXT[0]}\n{line}") == f"{TEXT[0]}\n{line}"


def test_a_list_of_other_articles_ends_the_text() -> None:
    text = "\n".join([*TEXT, "You may also like", "Storm destroys 4,711 boats", "Museum closes"])
    assert without_foreign_lines(text) == "\n".join(TEXT)


@pytest.mark.parametrize(
    ("ld", "modified"),
    [
        ({"datePublished": "2025-10-06T10:00:00Z", "dateModified": "2025-10-06T12:00:00Z"}, 12),
        ({"datePublished": "2025-10-06T10:00:00Z", "dateModified": "2025-10-06T10:00:00Z"}, None),
        ({"datePublished": "2025-10-06T10:00:00Z", "dateModified": "2025-10-05T10:00:00Z"}, None),
        ({"datePublished": "2025-10-06T10:00:00Z", "dateModified": "2035-10-05T10:00:00Z"}, None),
        ({"datePublished": "2025-10-06T10:00:00Z", "dateModified": "2025-10-07"}, None),
    ],
)
def test_modified_is_later_than_published_or_unknown(ld: dict[str, Any], modified: int | None) -> None:
    at = read(page(ld=ld)).modified
    assert at == (None if modified is None else datetime(2025, 10, 6, modified, tzinfo=UTC))


def test_posts_of_a_live_blog() -> None:
    posts = [
        {"@type": "BlogPosting", "headline": "Gates open", "articleBody": "<p>The first 40 cars crossed.</p>",
         "datePublished": "2025-10-06T10:00:00+02:00", "author": {"name": "Jane Doe"}},
        {"@type": "BlogPosting", "articleBody": "The mayor speaks."},
        {"@type": "BlogPosting"},
        "noise",
    ]  # fmt: skip
    found = read(page(ld={"@type": "LiveBlogPosting", "liveBlogUpdate": posts}))
    assert [(p.title, p.text) for p in found.posts] == [
        ("Gates open", "The first 40 cars crossed."),
        ("", "The mayor speaks."),
    ]
    assert (found.posts[0].at, found.posts[0].author) == (datetime(2025, 10, 6, 8, tzinfo=UTC), "Jane Doe")


def test_posts_that_only_the_elements_mark() -> None:
    post = (
        "<div itemprop='liveBlogUpdate'><h2 itemprop=headline>Gates open</h2>"
        "<time datetime='2025-10-06T08:00:00Z'>8</time><p>The first 40 cars crossed.</p></div>"
    )
    (found,) = read(page(post)).posts
    assert (found.title, found.text, found.at) == (
        "Gates open",
        "The first 40 cars crossed.",
        datetime(2025, 10, 6, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("note", "kind", "day"),
    [
        ("Correction: An earlier version said 84 workers; it was 48.", "correction", ""),
        (
            "This article was amended on 7 October 2025 to correct the number of workers.",
            "correction",
            "7 October 2025",
        ),
        ("Clarification (7 October): the toll is for lorries alone.", "clarification", ""),
        ("An earlier version of this story misstated the mayor's name.", "correction", ""),
        ("Editor's note: this story has been retracted because its source withdrew.", "retraction", ""),
    ],
)
def test_corrections(note: str, kind: str, day: str) -> None:
    (found,) = read(page(f"<p>{note}</p>")).corrections
    assert (found.kind, found.text, found.day) == (kind, note, day)


def test_what_is_no_correction() -> None:
    assert (
        read(
            page("<p>The corrections officer said the prison would correct the count of inmates.</p>")
        ).corrections
        == ()
    )


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Just a moment...", "Checking your browser before you go on.", "challenge page"),
        ("Access denied", "You do not have permission.", "challenge page"),
        ("404 - Page not found", "Sorry, this page is gone.", "error page"),
        ("Service under maintenance", "We will be back.", "error page"),
        (
            "Daily",
            "We value your privacy. We and our partners store information on a device.",
            "consent or script wall",
        ),
        ("Daily", "Please enable JavaScript to view this page.", "consent or script wall"),
        ("Daily", "This content is not available in your region.", "consent or script wall"),
        ("Daily", "Words.", "no article text"),
    ],
)
def test_pages_that_are_no_article(title: str, text: str, reason: str) -> None:
    body = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>".encode()
    problem = read(body).problem
    assert problem is not None
    assert problem[0] == reason


P = "The council said that 48 workers had been paid on Friday, and that the bridge would open next week. "
LARGE = {
    "many tags": "<article>"
    + "".join(f"<div><p>{P}{n}<a href=/x>y</a></p></div>" for n in range(12_500))
    + "</article>",
    "deep": "<div>" * 100_000 + P * 10,
    "deep and named": "<div class=related>" * 240 + "".join(f"<p>{P}{n}</p>" for n in range(4_000)),
    "one paragraph": f"<p>{P * 30_000}</p>",
    "links": "".join(f"<a href=/{n}>headline number {n} about things</a>" for n in range(20_000)),
    "nested tables": "<table><tr><td>" * 3_000 + P,
    "long table": "<table>" + "<tr><td>1</td><td>2</td><td>3</td></tr>" * 10_000 + "</table>",
}


@pytest.mark.parametrize("inside", LARGE.values(), ids=LARGE.keys())
def test_large_and_hostile_pages_end_in_time(inside: str) -> None:
    start = process_time()
    read(f"<html><body>{inside}</body></html>".encode())
    assert process_time() - start < 8, "three seconds on a quiet machine"


@settings(max_examples=60, deadline=4_000)
@given(st.lists(st.tuples(st.integers(0, 1_500), st.integers(0, 30), st.binary(max_size=12)), max_size=8))
def test_no_damage_to_a_page_does_more_than_change_its_text(changes: list[tuple[int, int, bytes]]) -> None:
    body = page(ld={"datePublished": "2025-10-06T10:00:00Z", "author": {"name": "Jane Doe"}})
    for at, length, replacement in changes:
        body = body[:at] + replacement + body[at + length :]
    try:
        found = read_article(body, url=URL, now=NOW)
    except NotTextError:
        return
    assert found is None or isinstance(found.text, str)


def test_a_few_nul_bytes_in_markup_are_padding_and_many_are_no_text() -> None:
    plain = page()
    padded = plain.replace(b"</h1>", b"\x00\x00</h1>")
    assert read(padded).text == read(plain).text
    with pytest.raises(NotTextError):
        read(b"\x00".join(plain[at : at + 1] for at in range(len(plain))))


def test_a_page_that_shows_no_text_is_read_from_what_it_gives_machines() -> None:
    shown = "<article><h1>Bridge to open on Friday</h1><p>Please wait while the story loads.</p></article>"
    stated = {
        "@type": "NewsArticle",
        "headline": "Bridge to open on Friday",
        "articleBody": "\n\n".join(TEXT),
    }
    body = (
        f"<html><body><script type='application/ld+json'>{json.dumps(stated)}</script>{shown}</body></html>"
    )
    assert read(body.encode()).text.splitlines() == list(TEXT)


@pytest.mark.parametrize(
    "line",
    [
        "For the latest news and updates download our app.",
        "If you're already a subscriber, log in here.",
        "To view the full story, please subscribe to the Harbour Post.",
        "Got a story? Get in touch with our news desk.",
        "Follow Harbour Post on Twitter and Facebook for more.",
        "(Photos by the Harbour Post; photo illustration by Al Roe)",
        "No part of this article may be printed without leave.",
    ],
)
def test_appeals_and_credits_leave(line: str) -> None:
    assert without_foreign_lines(f"{TEXT[0]}\n{line}\n{TEXT[1]}") == f"{TEXT[0]}\n{TEXT[1]}"


@pytest.mark.parametrize(
    "line",
    [
        "For the latest quarter the yard reported a loss of 3 million crowns.",
        "No part of this was true, the mayor told the 48 councillors.",
        "Read the full board as she might, she found 12 names missing.",
        "Follow the river for 40 kilometres and the damage is everywhere.",
    ],
)
def test_sentences_that_begin_like_appeals_stay(line: str) -> None:
    assert line in without_foreign_lines(f"{TEXT[0]}\n{line}\n{TEXT[1]}")
