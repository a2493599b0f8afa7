"""What each format and each habit of feed writers comes out as. One small feed for each."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsledger.feeds.content import Entry, FeedContent, from_plain, to_plain
from newsledger.feeds.parse import items_of
from newsledger.feeds.reading import read_feed
from newsledger.feeds.sitemap import walk_sitemap
from newsledger.feeds.trouble import FeedError
from schemas.config import Feed

URL = "https://daily.example/news/feed.xml"


def read(body: str | bytes, content_type: str | None = None) -> FeedContent:
    raw = body.encode() if isinstance(body, str) else body
    return read_feed(raw, url=URL, content_type=content_type)


def rss(item: str, *, head: str = "", version: str = "2.0", spaces: str = "") -> str:
    return (
        f'<rss version="{version}"{spaces}><channel><title>D</title>{head}<item>{item}</item></channel></rss>'
    )


def atom(entry: str, *, head: str = "", root: str = "") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"{root}><title>D</title>{head}<entry>{entry}</entry></feed>'
    )


def first(body: str | bytes, content_type: str | None = None) -> Entry:
    return read(body, content_type).entries[0]


ATOM03 = '<feed version="0.3" xmlns="http://purl.org/atom/ns#">'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns'
DC = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
ITUNES = ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
MEDIA = ' xmlns:media="http://search.yahoo.com/mrss/"'
BURNER = ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rss("<link>/a</link>", version="0.91"), "rss091u"),
        (rss("<link>/a</link>", version="0.92"), "rss092"),
        (rss("<link>/a</link>"), "rss20"),
        (
            f'<rdf:RDF {RDF}="http://purl.org/rss/1.0/"><item><link>/a</link></item></rdf:RDF>',
            "rss10",
        ),
        (
            f'<rdf:RDF {RDF}="http://my.netscape.com/rdf/simple/0.9/"><item><link>/a</link></item></rdf:RDF>',
            "rss090",
        ),
        (
            f'{ATOM03}<entry><link rel="alternate" href="/a"/></entry></feed>',
            "atom03",
        ),
        (atom('<link href="/a"/>'), "atom10"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a"}]}', "json11"),
        ("<urlset><url><loc>/a</loc></url></urlset>", "sitemap"),
    ],
)
def test_every_format_is_told_and_its_link_made_absolute(body: str, kind: str) -> None:
    content = read(body)
    assert content.kind == kind
    assert content.entries[0].url == "https://daily.example/a"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<title>A &amp; B</title>", "A & B"),
        ("<title>A &amp;amp; B &amp;#8217;s</title>", "A & B ’s"),
        ("<title><![CDATA[A <em>big</em> day]]></title>", "A big day"),
        ("<title>A &lt;b&gt;big&lt;/b&gt; day</title>", "A big day"),
        ("<title>A <b>big</b> day</title>", "A big day"),
        ("<title>\n  Two\n  lines </title>", "Two lines"),
        ("<title></title>", ""),
        ("", ""),
        ("<title>5 &lt; 6 and 7 &gt; 3</title>", "5 < 6 and 7 > 3"),
        ("<title>caf&eacute; &mdash; open</title>", "café — open"),
        ("<title>x\x0by</title>", "x y"),
    ],
)
def test_titles_of_rss(title: str, expected: str) -> None:
    assert first(rss(f"{title}<link>/a</link>")).title == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('<title type="text">The &lt;blink&gt; tag</title>', "The <blink> tag"),
        ("<title>Plain &amp; simple</title>", "Plain & simple"),
        ('<title type="html">A &lt;b&gt;big&lt;/b&gt; day</title>', "A big day"),
        ('<title type="html">The &amp;lt;blink&amp;gt; tag</title>', "The <blink> tag"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>big</b> day</div></title>',
            "A big day",
        ),
    ],
)
def test_titles_of_atom_by_their_type(title: str, expected: str) -> None:
    assert first(atom(f'{title}<link href="/a"/>')).title == expected


def test_a_title_of_an_image_or_a_picture_is_not_the_entrys() -> None:
    body = rss(
        "<media:content url='http://p.example/1.jpg'><media:title>Picture</media:title></media:content>"
        "<title>Head</title><link>/a</link>",
        spaces=MEDIA,
        head="<image><title>Logo</title><link>http://logo.example/</link></image>",
    )
    content = read(body)
    assert (content.title, content.entries[0].title) == ("D", "Head")
    assert content.entries[0].url == "https://daily.example/a"


@pytest.mark.parametrize(
    ("item", "names", "spaces"),
    [
        ("<author>desk@d.example (Jane Doe)</author>", ("Jane Doe",), ""),
        ("<author>Jane Doe &lt;desk@d.example&gt;</author>", ("Jane Doe",), ""),
        ("<author>Jane Doe</author>", ("Jane Doe",), ""),
        ("<author>desk@d.example</author>", ("desk@d.example",), ""),
        ("<dc:creator>Jane Doe</dc:creator><dc:creator>Al Roe</dc:creator>", ("Jane Doe", "Al Roe"), DC),
        ("<dc:creator><![CDATA[Jane Doe]]></dc:creator>", ("Jane Doe",), DC),
        ("<itunes:author>Jane Doe</itunes:author>", ("Jane Doe",), ITUNES),
    ],
)
def test_authors_of_rss(item: str, names: tuple[str, ...], spaces: str) -> None:
    assert first(rss(f"<link>/a</link>{item}", spaces=spaces)).authors == names


def test_authors_of_atom_and_not_those_of_its_source() -> None:
    entry = first(
        atom(
            "<author><name>Jane Doe</name><email>j@d.example</email></author>"
            "<author><name>Al Roe</name></author>"
            "<source><title>Wire</title><author><name>Wire Desk</name></author></source>"
            '<link href="/a"/>'
        )
    )
    assert entry.authors == ("Jane Doe", "Al Roe")
    assert entry.source == "Wire"


def test_an_atom_entry_without_authors_has_those_of_its_source_or_of_the_feed() -> None:
    desk = "<author><name>Night Desk</name></author>"
    assert first(atom('<link href="/a"/>', head=desk)).authors == ("Night Desk",)
    assert first(atom('<link href="/a"/><author><name>Al Roe</name></author>', head=desk)).authors == (
        "Al Roe",
    )
    taken = "<source><title>Wire</title><author><name>Wire Desk</name></author></source>"
    assert first(atom(f'<link href="/a"/>{taken}', head=desk)).authors == ("Wire Desk",)


def test_the_editor_of_an_rss_channel_has_not_written_its_items() -> None:
    head = "<managingEditor>desk@d.example (Ed Chief)</managingEditor>"
    assert first(rss("<link>/a</link>", head=head)).authors == ()


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ({"authors": [{"name": "Al"}]}, ("Al",)),
        ({"authors": [{"url": "mailto:al@d.example?subject=x"}]}, ("al@d.example",)),
        ({"authors": [{"url": "https://d.example/al"}]}, ("Night Desk",)),
        ({"author": {"name": "Al"}}, ("Al",)),
        ({"authors": [{"name": []}, "Al", None]}, ("Night Desk",)),
        ({}, ("Night Desk",)),
    ],
)
def test_authors_of_a_json_feeds_items(written: dict[str, object], names: tuple[str, ...]) -> None:
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "authors": [{"name": "Night Desk"}],
        "items": [{"url": "/a", **written}],
    }
    assert first(json.dumps(body)).authors == names


@pytest.mark.parametrize(
    "written",
    ["HTTP://daily.example/One", "https://daily.example/a/../b", "https://daily.example/a?", "tag:d,2025:1"],
)
def test_an_identifier_of_atom_stays_as_it_is_written(written: str) -> None:
    assert first(atom(f'<id>\n {written} </id><link href="/a"/>')).guid == written


def test_an_empty_channel_without_a_version_is_an_empty_feed() -> None:
    content = read('<CHANNEL HREF="https://daily.example/"><TITLE>D</TITLE></CHANNEL>')
    assert (content.title, content.home, content.entries) == ("D", "https://daily.example/", ())


@pytest.mark.parametrize(
    ("item", "url", "guid"),
    [
        ("<link>/a</link><guid isPermaLink='false'>g</guid>", "https://daily.example/a", "g"),
        ("<guid>https://daily.example/g</guid>", "https://daily.example/g", "https://daily.example/g"),
        ("<guid isPermaLink='false'>g</guid>", "", "g"),
        ("<link>/a</link>", "https://daily.example/a", "https://daily.example/a"),
        ("<link> https://daily.example/a\n</link>", "https://daily.example/a", "https://daily.example/a"),
        ("<link>//cdn.example/a</link>", "https://cdn.example/a", "https://cdn.example/a"),
        ("<link>a?b=1&amp;c=2</link>", "https://daily.example/news/a?b=1&c=2", None),
        ("<link>/a</link><guid isPermaLink='true'>/g</guid>", "https://daily.example/a", None),
    ],
)
def test_links_and_identifiers_of_rss(item: str, url: str, guid: str | None) -> None:
    entry = first(rss(item))
    assert entry.url == url
    assert guid is None or entry.guid == guid


def test_the_publishers_own_link_goes_before_the_burners() -> None:
    item = "<link>http://feeds.example/~r/1</link><feedburner:origLink>https://daily.example/a</feedburner:origLink>"
    assert first(rss(item, spaces=BURNER)).url == "https://daily.example/a"


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ('<link href="/a"/>', "https://daily.example/a"),
        ('<link rel="self" href="/s"/><link rel="alternate" href="/a"/>', "https://daily.example/a"),
        ('<link rel="enclosure" href="/e.mp3"/><link href="/a"/>', "https://daily.example/a"),
        ('<link rel="replies" type="text/html" href="/r"/><link rel="alternate" href="/a"/>',
         "https://daily.example/a"),
        ("<id>https://daily.example/i</id>", "https://daily.example/i"),
    ],
)  # fmt: skip
def test_links_of_atom(links: str, url: str) -> None:
    assert first(atom(f"<title>T</title>{links}")).url == url


def test_relative_links_follow_xml_base() -> None:
    body = atom('<link href="a"/>', root=' xml:base="https://other.example/deep/"')
    assert first(body).url == "https://other.example/deep/a"
    inner = '<feed xmlns="http://www.w3.org/2005/Atom"><entry xml:base="/x/"><link href="a"/></entry></feed>'
    assert first(inner).url == "https://daily.example/x/a"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mon, 06 Oct 2025 14:00:00 GMT", datetime(2025, 10, 6, 14, tzinfo=UTC)),
        ("Mon, 06 Oct 25 14:00:00 +0200", datetime(2025, 10, 6, 12, tzinfo=UTC)),
        ("Mon, 6 Oct 2025 14:00:00 BST", datetime(2025, 10, 6, 13, tzinfo=UTC)),
        ("Mon, 06 Oct 2025 14:00:00 CEST", datetime(2025, 10, 6, 12, tzinfo=UTC)),
        ("Mon, 06 Oct 2025 14:00:00 MSK", datetime(2025, 10, 6, 11, tzinfo=UTC)),
        ("Mon, 06 Oct 2025 14:00:00 TRT", datetime(2025, 10, 6, 11, tzinfo=UTC)),
        ("Mon, 06 Oct 2025 14:00:00 PKT", datetime(2025, 10, 6, 9, tzinfo=UTC)),
        ("Mon, 06 Oct 2025 14:00:00 IDT", datetime(2025, 10, 6, 11, tzinfo=UTC)),
        ("2025-10-06T14:00:00.123Z", datetime(2025, 10, 6, 14, 0, 0, 123_000, tzinfo=UTC)),
        ("2025-10-06T14:00:00+05:30", datetime(2025, 10, 6, 8, 30, tzinfo=UTC)),
        ("2025-W41-1T14:00:00Z", datetime(2025, 10, 6, 14, tzinfo=UTC)),
        ("2025-279T14:00:00Z", datetime(2025, 10, 6, 14, tzinfo=UTC)),
        ("20251006T140000Z", datetime(2025, 10, 6, 14, tzinfo=UTC)),
        ("Mon Oct  6 14:00:00 UTC 2025", datetime(2025, 10, 6, 14, tzinfo=UTC)),
        ("1759759200", datetime(2025, 10, 6, 14, tzinfo=UTC)),
        ("2025-10-06", None),
        ("yesterday", None),
        ("Mon, 06 Oct 2025 14:00:00", None),
    ],
)
def test_dates_are_read_from_what_the_feed_wrote(written: str, expected: datetime | None) -> None:
    content = read(rss(f"<link>/a</link><pubDate>{written}</pubDate>"))
    feed = Feed.model_validate({"id": "daily", "url": URL, "outlet": "Daily"})
    (item,) = items_of(content, feed=feed)
    assert item.published_at == expected
    assert " ".join((item.published or "").split()) == " ".join(written.split())


def test_published_and_updated_stay_apart() -> None:
    entry = first(
        atom(
            '<link href="/a"/><published>2025-10-06T10:00:00Z</published>'
            "<updated>2025-10-07T10:00:00Z</updated>"
        )
    )
    assert (entry.published, entry.updated) == ("2025-10-06T10:00:00Z", "2025-10-07T10:00:00Z")
    assert first(rss("<link>/a</link><pubDate>Mon, 06 Oct 2025 14:00:00 GMT</pubDate>")).updated == ""
    only = first(atom('<link href="/a"/><updated>2025-10-07T10:00:00Z</updated>'))
    assert (only.published, only.updated) == ("", "2025-10-07T10:00:00Z")
    old = first(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><link rel="alternate" href="/a"/>'
        "<issued>2025-10-06T10:00:00Z</issued><modified>2025-10-07T10:00:00Z</modified></entry></feed>"
    )
    assert (old.published, old.updated) == ("2025-10-06T10:00:00Z", "2025-10-07T10:00:00Z")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('<?xml version="1.0" encoding="iso-8859-1"?>' + rss("<title>café</title><link>/a</link>"), None),
        (rss("<title>café</title><link>/a</link>"), "text/xml; charset=iso-8859-1"),
        (rss("<title>café</title><link>/a</link>"), "text/html"),
        (rss("<title>café</title><link>/a</link>"), "text/plain"),
        ("\n\n" + '<?xml version="1.0"?>' + rss("<title>café</title><link>/a</link>"), None),
        ("\ufeff" + rss("<title>café</title><link>/a</link>"), None),
    ],
)
def test_utf8_is_read_as_utf8_whatever_is_said_of_it(body: str, content_type: str | None) -> None:
    assert first(body, content_type).title == "café"


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-16", "koi8-r", "shift_jis"])
def test_other_encodings_are_read_as_declared(charset: str) -> None:
    title = {"koi8-r": "Новости", "shift_jis": "東京"}.get(charset, "café")
    body = f'<?xml version="1.0" encoding="{charset}"?>' + rss(f"<title>{title}</title><link>/a</link>")
    assert first(body.encode(charset)).title == title


@pytest.mark.parametrize(
    "body",
    [
        rss("<title>T</title><link>/a</link>").removesuffix("</channel></rss>"),
        rss("<title>T</title><link>/a?x=1&y=2</link>"),
        rss("<title>T &nbsp; &unknown;</title><link>/a</link>"),
        rss("<title>T</title><link>/a</link><b>open"),
        rss("<title>T</title><dc:creator>undeclared</dc:creator><link>/a</link>"),
        '<!DOCTYPE rss [<!ENTITY e "x">]>' + rss("<title>T</title><link>/a</link>"),
    ],
)
def test_damaged_feeds_still_yield_their_entry(body: str) -> None:
    assert first(body).url.startswith("https://daily.example/a")


def test_hints_hubs_and_the_feeds_own_address() -> None:
    content = read(
        rss(
            "<link>/a</link>",
            head="<link>https://daily.example/</link><language>en-gb</language><ttl>30</ttl>"
            "<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
            "<skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours>"
            "<skipDays><day>Sunday</day></skipDays>"
            '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="/feed.xml"/>',
            spaces=' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
            ' xmlns:atom="http://www.w3.org/2005/Atom"',
        )
    )
    assert (content.hints.ttl_minutes, content.hints.period_minutes, content.hints.minutes) == (30, 30, 30)
    assert (content.hints.skip_hours, content.hints.skip_days) == ((0, 5), ("Sunday",))
    assert (content.hubs, content.self_url) == (("https://hub.example/",), "https://daily.example/feed.xml")
    assert (content.home, content.language) == ("https://daily.example/", "en-gb")


@pytest.mark.parametrize("ttl", ["", "-5", "soon", "0", "99999999999999999999", "٣"])
def test_a_ttl_that_is_no_number_is_none(ttl: str) -> None:
    assert read(rss("<link>/a</link>", head=f"<ttl>{ttl}</ttl>")).hints.ttl_minutes is None


def test_json_feed_fields() -> None:
    content = read(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1",
                "title": "D",
                "home_page_url": "/",
                "feed_url": "/feed.json",
                "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, 3],
                "items": [
                    {
                        "id": "1",
                        "external_url": "/a",
                        "title": None,
                        "content_text": "5 < 6",
                        "date_modified": "2025-10-06T10:00:00Z",
                        "author": {"name": "Jane"},
                    },
                    {"id": "https://daily.example/b", "authors": {"name": "Al"}},
                ],
            }
        )
    )
    one, two = content.entries
    assert (one.url, one.title, one.summary, one.authors) == (
        "https://daily.example/a",
        "",
        "5 < 6",
        ("Jane",),
    )
    assert (one.published, one.updated) == ("", "2025-10-06T10:00:00Z")
    assert (two.url, two.authors) == ("https://daily.example/b", ("Al",))
    assert (content.hubs, content.home) == (("https://hub.example/",), "https://daily.example/")


def test_a_packed_sitemap_and_its_bomb() -> None:
    packed = gzip.compress(
        b"<urlset><url><loc>https://daily.example/a</loc><lastmod>2025-10-06</lastmod></url></urlset>"
    )
    assert read(packed).entries[0].updated == "2025-10-06"
    with pytest.raises(FeedError, match="too large"):
        read(gzip.compress(b"<urlset>" + b" " * 60_000_000))
    with pytest.raises(FeedError, match="malformed"):
        read(packed[:-9])


def test_pictures_of_a_sitemap_entry_do_not_stand_for_it() -> None:
    (entry,) = read(
        '<urlset xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        "<image:image><image:loc>https://p.example/1.jpg</image:loc><image:title>Pic</image:title></image:image>"
        "<loc>https://daily.example/a</loc><news:news><news:title>Head</news:title></news:news></url></urlset>"
    ).entries
    assert (entry.url, entry.title) == ("https://daily.example/a", "Head")


def index(*rows: tuple[str, str]) -> bytes:
    inner = "".join(f"<sitemap><loc>{u}</loc><lastmod>{d}</lastmod></sitemap>" for u, d in rows)
    return f"<sitemapindex>{inner}</sitemapindex>".encode()


def test_an_index_is_walked_newest_first_and_old_sitemaps_are_not_fetched() -> None:
    sitemaps = {
        "https://daily.example/new": b"<urlset><url><loc>https://daily.example/a</loc></url></urlset>",
        "https://daily.example/older": index(("https://daily.example/deep", "2025-10-05")),
        "https://daily.example/deep": b"<urlset><url><loc>https://daily.example/b</loc></url>"
        b"<url><loc>https://daily.example/old</loc><lastmod>2020-01-01</lastmod></url></urlset>",
    }
    asked: list[str] = []

    def get(url: str) -> FeedContent | None:
        asked.append(url)
        return read(sitemaps[url]) if url in sitemaps else None

    start = read(
        index(
            ("https://daily.example/2019", "2019-01-01"),
            ("https://daily.example/older", "2025-10-05"),
            ("https://daily.example/new", "2025-10-06"),
            ("https://daily.example/new", "2025-10-06"),
            ("https://daily.example/gone", "2025-10-04"),
        )
    )
    found = list(walk_sitemap(start, get, since=datetime(2025, 9, 6, tzinfo=UTC)))
    assert [e.url for e in found] == ["https://daily.example/a", "https://daily.example/b"]
    assert asked == [f"https://daily.example/{p}" for p in ("new", "older", "gone", "deep")]


def test_an_index_that_names_itself_ends() -> None:
    loop = read(index(("https://daily.example/loop", "")))
    assert list(walk_sitemap(loop, lambda _: loop, since=datetime(2025, 1, 1, tzinfo=UTC))) == []


def test_entries_beyond_the_limit_never_reach_the_parser() -> None:
    many = "".join(f"<item><link>/{i}</link></item>" for i in range(50))
    content = read_feed(
        f'<rss version="2.0"><channel>{many}</channel></rss>'.encode(),
        url=URL,
        content_type=None,
        max_items=7,
    )
    assert (len(content.entries), content.is_cut) == (7, True)
    assert content.entries[-1].url == "https://daily.example/6"


def test_content_survives_the_way_between_processes() -> None:
    content = read(rss("<title>é</title><link>/a</link><author>A</author>", head="<ttl>5</ttl>"))
    assert from_plain(json.loads(json.dumps(to_plain(content)))) == content


SEEDS = (
    rss("<title>T &amp; U</title><link>/a</link><pubDate>Mon, 06 Oct 2025 14:00:00 GMT</pubDate>").encode(),
    atom('<title type="html">T</title><link href="/a"/><author><name>A</name></author>').encode(),
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/a", "title": "T"}]}',
    b"<urlset><url><loc>/a</loc><lastmod>2025-10-06</lastmod></url></urlset>",
    index(("/a", "2025-10-06")),
)
CHANGE = st.tuples(st.integers(0, 400), st.integers(0, 8), st.binary(max_size=8))


@settings(max_examples=150, deadline=2_000)
@given(
    st.sampled_from(SEEDS),
    st.lists(CHANGE, max_size=6),
    st.sampled_from([None, "text/xml", "x", "a; charset=%"]),
)
@example(SEEDS[3], [(7, 0, b":")], None)
def test_no_damage_does_more_than_refuse_the_feed(
    seed: bytes, changes: list[tuple[int, int, bytes]], content_type: str | None
) -> None:
    body = seed
    for at, length, replacement in changes:
        body = body[:at] + replacement + body[at + length :]
    try:
        content = read(body, content_type)
    except FeedError:
        return
    feed = Feed.model_validate({"id": "daily", "url": URL, "outlet": "Daily"})
    for item in items_of(content, feed=feed):
        assert item.url.startswith(("http://", "https://"))
        assert "\x00" not in f"{item.title}{item.guid}{item.summary}"


@settings(max_examples=100, deadline=2_000)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_feed_error(body: bytes) -> None:
    reason = ""
    try:
        read(body)
    except FeedError as error:
        reason = error.reason
    assert reason in ("", "empty", "malformed", "html instead of a feed", "too large")
