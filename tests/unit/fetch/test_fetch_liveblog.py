# ruff: noqa: E501 - sentences stand on one line
"""A live blog comes apart into documents: each post with its own instant, address and identity."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.dedupe import Shelf, identify
from newsledger.fetch.article import PageContext, read_page
from schemas.document import DateSource, Draft
from schemas.item import Outcome

NOW = datetime(2025, 10, 9, 12, tzinfo=UTC)
URL = "https://daily.example/live/harwick-flood"
TITLE = "Harwick flood live: river still rising"
SUMMARY = "The river has risen for three days and the council has asked everybody near the quay to leave their homes."
TEXTS = (
    "Rescuers have brought 14 people out of the old town by boat since the morning, the fire service says.",
    "The water stands at 6.2 metres at the eastern bridge, the river board has told reporters this afternoon.",
    "Some 900 households are without power after a substation was switched off, the grid operator says.",
)


def post(number: int, text: str | None = None, **changes: Any) -> dict[str, Any]:
    made = {
        "@type": "BlogPosting",
        "headline": f"Update number {number}",
        "articleBody": text or TEXTS[number % 3],
        "datePublished": f"2025-10-0{6 + number // 24}T{number % 24:02d}:00:00Z",
        "url": f"{URL}#post-{number}",
        **changes,
    }
    return {key: value for key, value in made.items() if value is not None}


def blog(posts: list[dict[str, Any]], *, shown: str = "", title: str = TITLE) -> bytes:
    data = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": title,
        "datePublished": "2025-10-06T05:00:00Z",
        "liveBlogUpdate": posts,
    }
    body = "".join(f"<div><h2>{p.get('headline', '')}</h2><p>{p['articleBody']}</p></div>" for p in posts)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>"
        f"<script type='application/ld+json'>{json.dumps(data)}</script></head>"
        f"<body><article><h1>{title}</h1><p>{SUMMARY}</p>{shown or body}</article></body></html>"
    ).encode()


def read(body: bytes, **context: Any) -> Draft:
    known = PageContext(**{"url": URL, "outlet": "Daily", **context})
    found = read_page(body, content_type="text/html", context=known, now=NOW)
    assert isinstance(found, Draft), found
    return found


def test_each_post_is_a_document_with_its_own_instant_and_address() -> None:
    head = read(blog([post(9, author={"name": "Jane Doe"}), post(8), post(7)]))
    assert [p.url for p in head.posts] == [f"{URL}#post-{n}" for n in (9, 8, 7)]
    first = head.posts[0]
    assert first.published_at == datetime(2025, 10, 6, 9, tzinfo=UTC)
    assert (first.published_at_source, first.published_at_precision) == (DateSource.JSON_LD, "second")
    assert first.text == f"Update number 9\n\n{TEXTS[0]}"
    assert first.title == f"Update number 9 | {TITLE}"
    assert (first.byline, first.outlet, first.language) == ("Jane Doe", "Daily", "en")


def test_the_page_keeps_its_headline_and_what_is_no_post() -> None:
    head = read(blog([post(9), post(8)]))
    assert head.text == f"{TITLE}\n\n{SUMMARY}"
    assert head.published_at == datetime(2025, 10, 6, 5, tzinfo=UTC)
    assert (head.key, head.url) == (URL, URL)


def test_posts_without_an_instant_or_text_stay_with_the_page() -> None:
    undated = post(
        8, "Nobody knows when the 77 sandbags came from the depot beyond the hill.", datePublished=None
    )
    head = read(blog([post(9), undated, post(7, "Picture: AP")]))
    assert [p.url for p in head.posts] == [f"{URL}#post-9"]
    assert "77 sandbags" in head.text
    late = post(8, datePublished="2031-01-01T00:00:00Z")
    assert read(blog([late])).posts == ()


def test_an_article_is_no_live_blog() -> None:
    assert read(blog([], shown="".join(f"<p>{t}</p>" for t in TEXTS))).posts == ()


def store(shelf: Shelf, head: Draft) -> list[Outcome]:
    found = [
        identify(draft, shelf, NOW)
        for draft in (head, *sorted(head.posts, key=lambda p: str(p.published_at)))
    ]
    for one in found:
        if one.document is not None:
            shelf.add(one.document)
    return [one.outcome.outcome for one in found]


def test_a_later_look_stores_the_new_posts_alone() -> None:
    shelf = Shelf()
    assert store(shelf, read(blog([post(8), post(7)]))) == [Outcome.STORED] * 3
    again = store(shelf, read(blog([post(9), post(8), post(7)])))
    assert again == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.STORED]


def test_an_edited_post_is_its_own_new_version() -> None:
    shelf = Shelf()
    store(shelf, read(blog([post(8), post(7)])))
    edited = TEXTS[1].replace("6.2", "6.4")
    outcomes = store(shelf, read(blog([post(8), post(7, edited)])))
    assert outcomes == [Outcome.UNCHANGED, Outcome.NEW_VERSION, Outcome.UNCHANGED]


@pytest.mark.parametrize(
    ("written", "key", "url"),
    [
        ({"url": f"{URL}/h_12ab"}, f"{URL}/h_12ab", f"{URL}/h_12ab"),
        ({"url": f"{URL}?post=asset:12#post"}, f"{URL}?post=asset:12", f"{URL}?post=asset:12"),
        ({"url": "#block-12"}, f"{URL}#block-12", f"{URL}#block-12"),
        ({"url": None, "@id": f"{URL}#block-12"}, f"{URL}#block-12", f"{URL}#block-12"),
        ({"url": None, "identifier": "12 ab"}, f"{URL}#12%20ab", f"{URL}#12%20ab"),
        ({"url": "https://other.example/a"}, f"{URL}#20251006T090000Z", f"{URL}#20251006T090000Z"),
        ({"url": "https://daily.example/alias"}, f"{URL}#20251006T090000Z", f"{URL}#20251006T090000Z"),
        ({"url": f"{URL}#live"}, f"{URL}#20251006T090000Z", f"{URL}#20251006T090000Z"),
        ({"url": "http://[broken"}, f"{URL}#20251006T090000Z", f"{URL}#20251006T090000Z"),
    ],
)
def test_what_a_post_is_called(written: dict[str, Any], key: str, url: str) -> None:
    (found,) = read(blog([post(9, **written)])).posts
    assert (found.key, found.url) == (key, url)


def test_posts_that_share_a_name_or_an_instant_stay_apart() -> None:
    same = {"url": f"{URL}#p1"}
    head = read(blog([post(9, **same), post(8, **same)]))
    assert [p.key for p in head.posts] == [f"{URL}#20251006T090000Z", f"{URL}#20251006T080000Z"]
    twins = [post(n, url=None, datePublished="2025-10-06T09:00:00Z") for n in (9, 8)]
    assert len({p.key for p in read(blog(twins)).posts}) == 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=12, unique=True), st.data())
def test_a_posts_identity_does_not_hang_on_the_other_posts(numbers: list[int], data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(numbers), min_size=1, unique=True))
    names = {n: p.key for n, p in zip(numbers, read(blog([post(n) for n in numbers])).posts, strict=True)}
    fewer = read(blog([post(n) for n in some])).posts
    assert [p.key for p in fewer] == [names[n] for n in some]


def test_a_file_without_an_address_has_posts_too() -> None:
    head = read(blog([post(9)]), url=None, key="file:harwick/blog.html", source_path="harwick/blog.html")
    (found,) = head.posts
    assert (found.key, found.url) == ("file:harwick/blog.html#post-9", None)
    assert found.source_path == "harwick/blog.html#post-9"


def test_elements_that_mark_posts_tell_their_names_and_instants() -> None:
    shown = "".join(
        f"<div itemprop=liveBlogUpdate id='entry-{n}'><h2 itemprop=headline>Update number {n}</h2>"
        f"<time datetime='2025-10-06T0{n}:30:00+02:00'>0{n}:30</time><p>{TEXTS[n % 3]}</p></div>"
        for n in (9, 8)
    )
    head = read(blog([], shown=shown))
    assert [p.key for p in head.posts] == [f"{URL}#entry-9", f"{URL}#entry-8"]
    assert head.posts[0].published_at == datetime(2025, 10, 6, 7, 30, tzinfo=UTC)
    assert head.posts[0].published_at_source == DateSource.META


def test_a_posts_change_is_dated() -> None:
    changed = post(9, dateModified="2025-10-06T09:40:00Z")
    assert read(blog([changed])).posts[0].modified_at == datetime(2025, 10, 6, 9, 40, tzinfo=UTC)
    assert read(blog([post(9, dateModified="2025-10-06T08:00:00Z")])).posts[0].modified_at is None


def test_many_posts_are_read_in_bounded_time() -> None:
    start = datetime(2025, 10, 6, tzinfo=UTC)
    many = [
        post(n, datePublished=(start + timedelta(minutes=n)).isoformat(), url=f"{URL}#p{n}")
        for n in range(400)
    ]
    assert len(read(blog(many)).posts) == 400
