"""Write the feeds of the invented outlets: RSS 2.0 or Atom, sound or broken as the programme says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from examples.newsroom_content import Article, Outlet

NEWEST = 20
"""Entries a feed shows, the usual length of a newspaper's feed."""


def write_feed(outlet: Outlet, articles: Sequence[Article], root: str, clock: datetime) -> str:
    """Return an outlet's feed at an instant.

    Args:
        outlet: whose feed.
        articles: what the outlet has published by then, oldest first.
        root: address of the server, without a trailing slash.
        clock: the instant; later versions of an article do not show.
    """
    newest = list(reversed(articles))[:NEWEST]
    write = _rss if outlet.feed == "rss" else _atom
    return write(outlet, newest, root, clock)


def break_feed(xml: str) -> str:
    """Return the feed as a careless template writes it: bare ampersands, HTML entities, cut at the end.

    A strict XML parser stops at the first; a tolerant one still finds every entry.
    """
    broken = xml.replace("</title>", " & more&nbsp;</title>", 2)
    return broken[: broken.rindex("</")]


def html_instead(outlet: Outlet) -> str:
    """Return the page that an outlet serves, with status 200, where its feed should be."""
    return (
        "<!doctype html><html><head><title>Back soon</title></head><body>"
        f"<h1>{escape(outlet.name)} will be back soon</h1><p>We are carrying out maintenance. Our team of 12 "
        "is on it.</p></body></html>"
    )


def last_change(articles: Sequence[Article], clock: datetime) -> datetime:
    """Return the latest instant at which any of the articles changed, or the clock where there are none."""
    return max((article.version_at(clock).since for article in articles), default=clock)


def _rss(outlet: Outlet, articles: Sequence[Article], root: str, clock: datetime) -> str:
    items = "\n".join(_rss_item(article, root, clock) for article in articles)
    built = format_datetime(last_change(articles, clock))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{escape(outlet.name)}</title>
<link>{root}/{outlet.key}/</link>
<description>{escape(outlet.tagline)}</description>
<language>en</language>
<lastBuildDate>{built}</lastBuildDate>
{items}
</channel>
</rss>
"""


def _rss_item(article: Article, root: str, clock: datetime) -> str:
    creator = f"\n<dc:creator>{escape(article.byline)}</dc:creator>" if article.byline else ""
    dated = "" if "no-date" in article.flags else f"\n<pubDate>{format_datetime(article.published)}</pubDate>"
    return f"""<item>
<title>{escape(article.headline)}</title>
<link>{root}/{article.path}</link>
<guid isPermaLink="false">{article.outlet}-{article.slug}</guid>{dated}{creator}
<category>{escape(article.section)}</category>
<description>{escape(summary(article, clock))}</description>
</item>"""


def _atom(outlet: Outlet, articles: Sequence[Article], root: str, clock: datetime) -> str:
    entries = "\n".join(_atom_entry(article, root, clock) for article in articles)
    home = f"{root}/{outlet.key}"
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>{escape(outlet.name)}</title>
<subtitle>{escape(outlet.tagline)}</subtitle>
<id>tag:{outlet.key}.example,2026:feed</id>
<link rel="self" href="{home}/feed.xml"/>
<link rel="alternate" type="text/html" href="{home}/"/>
<updated>{last_change(articles, clock).isoformat()}</updated>
{entries}
</feed>
"""


def _atom_entry(article: Article, root: str, clock: datetime) -> str:
    version = article.version_at(clock)
    return f"""<entry xml:lang={quoteattr(article.language)}>
<title>{escape(article.headline)}</title>
<id>tag:{article.outlet}.example,2026:{article.slug}</id>
<link rel="alternate" type="text/html" href="{root}/{article.path}"/>
<published>{article.published.isoformat()}</published>
<updated>{version.since.isoformat()}</updated>
<author><name>{escape(article.byline or article.outlet)}</name></author>
<category term={quoteattr(article.section)}/>
<summary type="text">{escape(summary(article, clock))}</summary>
</entry>"""


def summary(article: Article, clock: datetime) -> str:
    """Return the first paragraph, cut at a word to the length feeds allow (160 characters)."""
    first = article.version_at(clock).paragraphs[0]
    return first if len(first) <= 160 else first[:160].rsplit(" ", 1)[0] + " …"
