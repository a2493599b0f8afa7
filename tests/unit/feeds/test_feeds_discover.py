from __future__ import annotations

import pytest

from newsledger.feeds.content import FeedContent
from newsledger.feeds.discover import GUESSES, discover, feeds_in_page
from newsledger.feeds.reading import read_feed

URL = "https://daily.example/news/"
RSS = b'<rss version="2.0"><channel><title>Daily</title><item><link>https://daily.example/a</link></item></channel></rss>'
LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'
TWICE = LINK.format("/rss") + LINK.format("/rss#top")


def read(body: bytes, url: str, content_type: str | None) -> FeedContent:
    return read_feed(body, url=url, content_type=content_type)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss" title=" All  news ">',
         [("https://daily.example/rss", "All news", "rss")]),
        ('<link rel="ALTERNATE" type="application/atom+xml" href="atom.xml">',
         [("https://daily.example/news/atom.xml", "", "atom")]),
        ('<link rel="alternate" type="application/feed+json" href="feed.json">',
         [("https://daily.example/news/feed.json", "", "json")]),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">', []),
        ('<link rel="alternate" type="application/json" href="/feed.json">',
         [("https://daily.example/feed.json", "", "json")]),
        (TWICE, [("https://daily.example/rss", "", "rss")]),
        ('<link rel="alternate" type="application/rss+xml" href="">', []),
        ('<link rel="alternate" type="application/rss+xml">', []),
        ('<link rel="alternate" hreflang="de" href="/de/">', []),
        ('<base href="https://other.example/x/"><link rel="alternate" type="text/xml" href="rss">',
         [("https://other.example/x/rss", "", "xml")]),
        ('<link rel="alternate" type="application/rss+xml" href="feed://daily.example/rss">',
         [("http://daily.example/rss", "", "rss")]),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', []),
        ('<link rel="alternate" type="application/rss+xml" href="http://[broken">', []),
    ],
)  # fmt: skip
def test_declared_feeds(head: str, found: list[tuple[str, str, str]]) -> None:
    page = f"<html><head>{head}</head><body>x</body></html>"
    assert [(f.url, f.title, f.kind) for f in feeds_in_page(page, URL)] == found


class Site:
    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def get(self, url: str) -> tuple[bytes, str | None, str] | None:
        self.asked.append(url)
        return (self.pages[url], "text/html", url) if url in self.pages else None


def test_an_address_that_is_a_feed_is_found_at_once() -> None:
    site = Site({URL: RSS})
    assert [(f.url, f.kind, f.how, f.title) for f in discover(URL, site.get, read)] == [
        (URL, "rss", "itself", "Daily")
    ]
    assert site.asked == [URL]


def test_declared_feeds_that_do_not_read_are_left_out() -> None:
    page = "<html>" + LINK.format("/dead") + LINK.format("/rss")
    site = Site({URL: page.encode(), "https://daily.example/rss": RSS})
    assert [(f.url, f.how) for f in discover(URL, site.get, read)] == [
        ("https://daily.example/rss", "declared")
    ]


def test_links_are_tried_when_nothing_is_declared_and_guesses_last() -> None:
    site = Site(
        {
            URL: b'<html><a href="/feeds/">RSS</a> <a href="/feedback">x</a>',
            "https://daily.example/feeds/": RSS,
        }
    )
    assert [(f.url, f.how) for f in discover(URL, site.get, read)] == [
        ("https://daily.example/feeds/", "linked")
    ]
    site = Site({URL: b"<html><body>x", "https://daily.example/feed.xml": RSS})
    assert [(f.url, f.how) for f in discover(URL, site.get, read)] == [
        ("https://daily.example/feed.xml", "guessed")
    ]
    assert len(site.asked) == 1 + len(GUESSES)


def test_a_site_without_feeds_has_none() -> None:
    assert discover(URL, Site({}).get, read) == []
    assert discover(URL, Site({URL: b""}).get, read) == []
