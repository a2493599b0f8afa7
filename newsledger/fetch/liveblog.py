"""A live blog -> the page's own document, and one document for each of its posts.

A live blog grows for days under one address and one publication date. A number in a post is the number of
that post's hour, so each post is a document with an instant and an address of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, urljoin, urlsplit

from newsledger.feeds.urls import identity_key, normalise_url
from newsledger.fetch.credit import agency_of_authors
from newsledger.fetch.dateline import read_dateline
from newsledger.fetch.page.agree import lines_without
from newsledger.fetch.page.states import Post, corrections_of
from newsledger.fetch.published import FUTURE
from newsledger.fetch.stored import stored_text
from schemas.document import DateSource, Draft

MIN_WORDS = 5
"""Words of a post that is a document of its own; shorter ones are captions of a picture or a video."""
_SAFE = "/:@!$&'()*+,;=-._~"


def with_posts(head: Draft, posts: Sequence[Post], text: str, address: str | None, now: datetime) -> Draft:
    """Return a live blog's draft with its posts as drafts of their own (``Draft.posts``).

    What the page says beside them (headline, summary, posts without an instant) stays the page's own text. A
    post's identity is what its page calls it: its own address, the fragment of it or its identifier, else its
    instant. So a post stays the same document when others are added, and a changed one is its new version.

    Args:
        head: the page's draft.
        posts: what :func:`newsledger.fetch.page.states.posts_of` found.
        text: the page's running text.
        address: the address that answered, or None for a file.
        now: the clock; posts dated beyond it stay with the page.
    """
    own = [p for p in posts if p.at and p.at <= now + FUTURE and len(p.text.split()) >= MIN_WORDS]
    if not own:
        return head
    places = _places(own, head, head.canonical_url or address)
    drafts = tuple(_draft(post, key, url, head) for post, (key, url) in zip(own, places, strict=True))
    rest = lines_without(text, "\n".join(f"{post.title}\n{post.text}" for post in own))
    return replace(head, text=stored_text(rest, head.title), posts=drafts)


def _draft(post: Post, key: str, url: str | None, head: Draft) -> Draft:
    """Return a post's draft; the blog's headline follows its own, for it may not say what it is about."""
    text = stored_text(post.text, post.title)
    line = read_dateline(text)
    byline = post.author or head.byline
    name = urlsplit(url or key).fragment or key
    return replace(
        head,
        key=key,
        url=url,
        canonical_url=None,
        title=f"{post.title} | {head.title}".strip(" |") if post.title != head.title else head.title,
        byline=byline,
        agency=line.agency or agency_of_authors(byline),
        dateline=line.place,
        published_at=post.at,
        published_at_source=DateSource.JSON_LD if post.is_stated else DateSource.META,
        published_at_precision=post.precision,
        text=text,
        source_path=f"{head.source_path}#{name}" if head.source_path else None,
        notes=("post of a live blog",),
        modified_at=post.modified,
        corrections=tuple(note.text for note in corrections_of(post.text, {})),
    )


def _places(posts: Sequence[Post], head: Draft, page: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield each post's key and address; where two share what they are called, their instants tell them."""
    called = [_own_place(post, head, page) or _named(_called(post), head, page) for post in posts]
    times = Counter(key for key, _ in called)
    seen: Counter[str] = Counter()
    for post, (key, url) in zip(posts, called, strict=True):
        if key == head.key or times[key] > 1:
            stamp = _stamp(post)
            seen[stamp] += 1
            yield _named(stamp if seen[stamp] == 1 else f"{stamp}-{seen[stamp]}", head, page)
        else:
            yield key, url


def _own_place(post: Post, head: Draft, page: str | None) -> tuple[str, str] | None:
    """Return the key and address of a post whose address goes on from the page's, or None.

    Others are not believed: all posts may have the same one, some other form of the page's own.
    """
    try:
        url = normalise_url(urljoin(page or "", post.url))
        key = identity_key(url)
    except ValueError:
        return None
    return (key, url) if page and key.startswith(tuple(f"{head.key}{mark}" for mark in "/?&")) else None


def _called(post: Post) -> str:
    """Return what tells a post from the others: the fragment of its address, its identifier, its instant.

    A name without a digit ("live") is every post's.
    """
    names = (post.url.partition("#")[2], post.name.rpartition("#")[2])
    return next((name for name in names if any(c.isdigit() for c in name)), _stamp(post))


def _stamp(post: Post) -> str:
    assert post.at is not None, "only dated posts have a place"
    return post.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _named(name: str, head: Draft, page: str | None) -> tuple[str, str | None]:
    mark = quote(name, safe=_SAFE)
    return f"{head.key}#{mark}", f"{page.partition('#')[0]}#{mark}" if page else None
