"""A page's bytes -> everything it says of its article. No network, no judgement of language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from newsledger.fetch.charset import Decoded, NotTextError, decode
from newsledger.fetch.furniture import headline_without_outlet, without_furniture
from newsledger.fetch.metadata import PageFacts, page_facts, parse_page
from newsledger.fetch.page.blocks import Element
from newsledger.fetch.page.body import Body, running_text
from newsledger.fetch.page.people import authors_of
from newsledger.fetch.page.states import Correction, Post, corrections_of, posts_of
from newsledger.fetch.published import Published, Statement, decide
from newsledger.fetch.verdict import no_article
from schemas.document import DateSource


@dataclass(frozen=True, slots=True)
class PageArticle:
    """What a page says of its article.

    Attributes:
        title: the headline, without the outlet's name.
        authors: names, each once.
        text: standfirst and paragraphs; no tables, captions or related headlines.
        body: paragraphs and tables without the standfirst: what other extractors call the body.
        standfirst: the paragraph between headline and body, or "".
        published: the publication instant with source, precision and conflicts.
        modified: the instant of the last change, or None where the page states none after publication.
        posts: the posts of a live blog.
        corrections: the outlet's own corrections.
        raw: the text before foreign lines left it; a teaser shows there.
        problem: why the page is no article (reason, detail), or None.
        facts: what the page says of itself in JSON-LD and meta elements.
        decoded: the page's markup and how its encoding was known.
    """

    title: str
    authors: tuple[str, ...]
    text: str
    body: str
    standfirst: str
    published: Published
    modified: datetime | None
    posts: tuple[Post, ...]
    corrections: tuple[Correction, ...]
    raw: str
    problem: tuple[str, str] | None
    facts: PageFacts = field(repr=False)
    decoded: Decoded = field(repr=False)


def read_article(
    body: bytes,
    *,
    content_type: str | None = None,
    url: str | None = None,
    now: datetime,
    home: ZoneInfo | None = None,
    outlet: str | None = None,
    title: str = "",
    second: str = "",
) -> PageArticle | None:
    """Return what a page says of its article, in any language; None where there is no markup to read.

    Args:
        body: the page, decoded from its transfer encoding.
        content_type: the header, which may be wrong, or None.
        url: the address that answered, or None.
        now: the clock; dates beyond it are not believed.
        home: the publisher's zone, for clock times without one.
        outlet: the publisher, or None where only the page can say.
        title: the feed's headline, believed where the page's contains it.
        second: the article's text from elsewhere (the feed), or "".

    Raises:
        NotTextError: the bytes are no text.
    """
    decoded = decode(body, content_type, is_markup=True)
    tree = parse_page(decoded.text)
    if tree is None:
        return None
    facts = page_facts(tree)
    head = headline_without_outlet(facts.title, outlet or facts.publisher, title) or title
    found = running_text(
        tree, url, descriptions=facts.descriptions, title=head, second=(facts.article_body, second)
    )
    text = without_furniture(found.text, tree, head)
    published = decide(_stated(facts), home=home, now=now)
    posts = posts_of(tree, facts.live, home)
    return PageArticle(
        title=head,
        authors=authors_of(tree, facts.node, facts.meta, outlet or facts.publisher),
        text=_with_posts(text, posts),
        body=found.body,
        standfirst=found.standfirst,
        published=published,
        modified=_modified(facts, published, home, now),
        posts=posts,
        corrections=corrections_of(text, facts.node),
        raw=found.raw,
        problem=no_article(tree, facts, text, url=url, raw=decoded.text),
        facts=facts,
        decoded=decoded,
    )


def _with_posts(text: str, posts: tuple[Post, ...]) -> str:
    """Return a live blog's text: its posts where the page shows only some of them."""
    told = "\n".join(f"{post.title}\n{post.text}".strip() for post in posts)
    return told if len(told) > len(text) else text


def _stated(facts: PageFacts) -> Iterator[Statement]:
    """Yield the page's own dates in the order of trust."""
    yield from (Statement(DateSource.JSON_LD, raw) for raw in facts.dates_json_ld)
    yield from (Statement(DateSource.META, raw) for raw in facts.dates_meta[:2])


def _modified(
    facts: PageFacts, published: Published, home: ZoneInfo | None, now: datetime
) -> datetime | None:
    """Return the instant of the last change; one not after the publication tells of none."""
    found = decide([Statement(DateSource.META, raw) for raw in facts.dates_modified], home=home, now=now)
    if (
        found.at is None
        or found.precision == "day"
        or (published.at is not None and found.at <= published.at)
    ):
        return None
    return found.at


__all__ = ["Body", "Decoded", "Element", "NotTextError", "PageArticle", "read_article"]
