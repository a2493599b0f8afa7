from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.feeds import FeedError, load_feeds, parse_feed
from newsledger.feeds.markup import plain_text
from newsledger.feeds.parse import oddity
from schemas.config import Feed
from schemas.errors import ConfigError
from schemas.item import Item

URL = "https://daily.example/news/feed.xml"


def feed(**changes: str) -> Feed:
    return Feed.model_validate({"id": "daily", "url": URL, "outlet": "Daily", **changes})


def parse(body: str | bytes, content_type: str | None = None, **changes: str) -> list[Item]:
    raw = body.encode() if isinstance(body, str) else body
    return parse_feed(raw, feed=feed(**changes), url=URL, content_type=content_type)


def rss(items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>D</title>{items}</channel></rss>'


def test_rss_item() -> None:
    (item,) = parse(
        rss(
            "<item><title>48 &amp;amp; more &lt;b&gt;held&lt;/b&gt;</title><link>/a/1?id=2</link>"
            "<guid isPermaLink='false'>g1</guid>"
            "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two&amp;nbsp;three.&lt;/p&gt;"
            "&lt;script&gt;x&lt;/script&gt;"
            "</description><author>desk@d.example (Jane Doe)</author>"
            "<pubDate>Mon, 06 Oct 2025 14:00 IDT</pubDate></item>"
        )
    )
    assert item.url == "https://daily.example/a/1?id=2"
    assert (item.guid, item.title, item.summary) == ("g1", "48 & more held", "One.\nTwo three.")
    assert item.published == "Mon, 06 Oct 2025 14:00 IDT"
    assert item.published_at == datetime(2025, 10, 6, 11, tzinfo=UTC)
    assert "Jane Doe" in item.authors


def test_atom_prefers_the_longer_content_and_the_published_date() -> None:
    (item,) = parse(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>D</title><entry><id>urn:1</id><title>T</title>'
        '<link href="https://daily.example/a"/><published>2025-10-06T10:00:00+02:00</published>'
        "<updated>2025-10-08T10:00:00Z</updated><summary>Short.</summary>"
        '<content type="html">&lt;p&gt;The longer text of it.&lt;/p&gt;</content>'
        "<author><name>A</name></author></entry></feed>"
    )
    assert item.published_at == datetime(2025, 10, 6, 8, tzinfo=UTC)
    assert (item.summary, item.authors, item.guid) == ("The longer text of it.", "A", "urn:1")


def test_date_without_zone_needs_the_feeds_zone() -> None:
    body = rss("<item><link>/a</link><pubDate>2025-10-06 14:00:00</pubDate></item>")
    assert parse(body)[0].published_at is None
    assert parse(body)[0].published == "2025-10-06 14:00:00"
    assert parse(body, timezone="Africa/Cairo")[0].published_at == datetime(2025, 10, 6, 11, tzinfo=UTC)


def test_json_feed() -> None:
    (item,) = parse(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [
                    {
                        "id": 7,
                        "url": "https://daily.example/a",
                        "title": "T",
                        "content_html": "<p>Body.</p>",
                        "date_published": "2025-10-06T10:00:00-04:00",
                        "authors": [{"name": "A"}, {"name": "B"}],
                    },
                    "noise",
                ],
            }
        )
    )
    assert (item.guid, item.summary, item.authors) == ("7", "Body.", "A, B")
    assert item.published_at == datetime(2025, 10, 6, 14, tzinfo=UTC)


def test_news_sitemap_keeps_dates_and_titles() -> None:
    (item,) = parse(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://daily.example/a</loc>'
        "<news:news><news:publication><news:name>D</news:name></news:publication>"
        "<news:publication_date>2025-10-06T10:00:00Z</news:publication_date><news:title>Head</news:title>"
        "</news:news></url></urlset>"
    )
    assert (item.url, item.title) == ("https://daily.example/a", "Head")
    assert item.published_at == datetime(2025, 10, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "html instead of a feed"),
        (b"<!-- x --><HTML><body>", "html instead of a feed"),
        (b"plain words", "malformed"),
        (b"{not json", "malformed"),
        (b'{"a": 1}', "malformed"),
        (b"\x00\x01\x02\x03binary", "malformed"),
    ],
)
def test_what_is_no_feed_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse(body)
    assert caught.value.reason == reason


def test_malformed_feed_yields_what_it_has_and_is_noted() -> None:
    body = rss("<item><title>A & B</title><link>/a</link></item>").encode()
    assert [item.title for item in parse(body)] == ["A & B"]
    assert oddity(body, None).startswith("malformed: ")
    assert oddity(rss("").encode(), None) == ""


def test_a_body_that_is_a_path_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(rss("<item><link>https://daily.example/secret</link></item>"))
    with pytest.raises(FeedError):
        parse(str(secret))


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    body = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + rss(
        "<item><title>A &x;</title><link>/a</link></item>"
    ).removeprefix('<?xml version="1.0"?>')
    assert "secret words" not in str(parse(body))


def test_items_are_capped_and_links_come_once() -> None:
    body = rss("".join(f"<item><link>/a/{n % 50}</link></item>" for n in range(200)))
    assert len(parse(body)) == 50
    assert len(parse_feed(body.encode(), feed=feed(), url=URL, content_type=None, max_items=7)) == 7


def test_links_that_lead_nowhere_are_left_out() -> None:
    body = rss("<item><link>javascript:alert(1)</link></item><item><link>file:///etc/passwd</link></item>")
    assert parse(body) == []


def test_plain_text_of_markup_that_was_escaped_twice() -> None:
    assert plain_text("&lt;p&gt;Fuel at 3 &lt; 4&lt;/p&gt;") == "Fuel at 3 < 4"


FEEDS = "feeds:\n  - id: one\n    url: https://a.example/f\n    outlet: A\n"


def test_load_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yml"
    path.write_text(FEEDS)
    assert [entry.id for entry in load_feeds(path).feeds] == ["one"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FEEDS + FEEDS.removeprefix("feeds:\n"), "'one'"),
        (FEEDS + "    timezone: Africa/Kairo\n", "Africa/Kairo"),
        (FEEDS + "    timezon: Africa/Cairo\n", "'timezone'"),
    ],
)
def test_wrong_feeds_are_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "feeds.yml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=words):
        load_feeds(path)


@pytest.mark.parametrize("wrap", ["{}", "<![CDATA[{}]]>"])
def test_a_hostile_author_does_not_cost_minutes(wrap: str) -> None:
    author = wrap.format("a@" + "a." * 16_000)
    started = process_time()
    (item,) = parse(rss(f"<item><link>/a</link><author>{author}</author></item>"))
    assert process_time() - started < 2
    assert item.url == "https://daily.example/a"


def test_a_broken_section_in_a_title_is_read_past() -> None:
    assert plain_text("One <![Ce x]> two <b>three</b>").split()[0] == "One"


def test_bytes_the_parser_stumbles_over_are_a_malformed_feed() -> None:
    with pytest.raises(FeedError, match="malformed"):
        parse(b'<?xml version="1.0" encoding="u\xf0\xf9"?><rss><channel></channel></rss>')


def reason_of(body: bytes) -> str:
    try:
        parse(body)
    except FeedError as error:
        return error.reason
    return ""


@given(st.binary(max_size=300))
def test_any_bytes_are_items_or_a_reason(body: bytes) -> None:
    assert reason_of(RSS_HEAD + body) in {"", "empty", "malformed", "html instead of a feed"}


RSS_HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>'
