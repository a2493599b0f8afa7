"""An article page -> a draft, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from newsledger.feeds.urls import identity_key, is_home, normalise_url, site_of
from newsledger.feeds.zones import zone_named
from newsledger.fetch.charset import NotTextError
from newsledger.fetch.client import PAGE_TYPES
from newsledger.fetch.credit import agency_of_authors
from newsledger.fetch.dateline import Dateline, read_dateline
from newsledger.fetch.language import language_of
from newsledger.fetch.liveblog import with_posts
from newsledger.fetch.metadata import PageFacts
from newsledger.fetch.page.reading import PageArticle, read_article
from newsledger.fetch.published import Published, Statement, decide
from newsledger.fetch.response import Fetcher
from newsledger.fetch.stored import stored_text
from newsledger.fetch.trouble import FetchFailed
from newsledger.fetch.verdict import teaser
from schemas.config import Feed
from schemas.document import DateSource, Draft
from schemas.item import Item, ItemOutcome, Outcome

LANGUAGES = ("en",)
"""What the extractor reads."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What is known of a page beside its bytes.

    Attributes:
        url: its address, or None for a file nobody gave one.
        outlet: the publisher, or None where only the page can say.
        feed_id: the feed it came from, or None.
        item: the feed's entry, or None.
        source_path: the file it came from ("dump.jsonl#3" for one of several in it), or None.
        key: the identity key where there is no address.
        first: dates that go before the page's own (manifest, argument).
        home: the publisher's zone, for clock times without one.
        language: what the feed says of its language, or None.
        title: a headline that goes before the page's own, or "".
    """

    url: str | None
    outlet: str | None = None
    feed_id: str | None = None
    item: Item | None = None
    source_path: str | None = None
    key: str = ""
    first: tuple[Statement, ...] = ()
    home: ZoneInfo | None = None
    language: str | None = None
    title: str = ""

    def outcome(self, outcome: Outcome, reason: str, detail: str = "") -> ItemOutcome:
        """Return the outcome of this page."""
        name = (self.item.url if self.item else None) or self.source_path or self.url or self.key
        return ItemOutcome(name, self.outlet, self.feed_id, outcome, reason, detail)


def fetch_article(item: Item, feed: Feed, client: Fetcher, now: datetime) -> Draft | ItemOutcome:
    """Return the article behind a feed's item, or the one outcome that ends it.

    Args:
        item: the feed's entry.
        feed: its feed.
        client: the way to the network.
        now: the run's clock.
    """
    home = zone_named(feed.timezone)
    context = PageContext(
        url=item.url,
        outlet=feed.outlet,
        feed_id=feed.id,
        item=item,
        home=home,
        language=feed.language,
    )
    try:
        response = client.get(item.url, limit=client.settings.max_page_bytes, accept=PAGE_TYPES)
    except FetchFailed as error:
        outcome = Outcome.BLOCKED_BY_ROBOTS if error.is_refusal else Outcome.FAILED
        return context.outcome(outcome, error.reason, error.detail)
    return read_page(
        response.body, content_type=response.content_type, context=context, now=now, url=response.url
    )


def read_page(
    body: bytes, *, content_type: str | None, context: PageContext, now: datetime, url: str | None = None
) -> Draft | ItemOutcome:
    """Return the article in a page's bytes, or the outcome that says why there is none. No network.

    Args:
        body: the page, decoded from its transfer encoding.
        content_type: the header, which may be wrong, or None for a file.
        context: what is known beside the bytes.
        now: the run's clock; dates beyond it are not believed.
        url: the address that answered, after redirects; ``context.url`` when None.
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and not kind.startswith("text/") and "html" not in kind and "xml" not in kind:
        return context.outcome(Outcome.NOT_AN_ARTICLE, "not html", kind)
    if not body.strip():
        return context.outcome(Outcome.FAILED, "empty", "the page has no body")
    address = url or context.url
    item = context.item
    try:
        page = read_article(
            body,
            content_type=content_type,
            url=address,
            now=now,
            home=context.home,
            outlet=context.outlet,
            title=item.title if item else "",
            second=item.summary if item else "",
        )
    except NotTextError as error:
        return context.outcome(Outcome.FAILED, "not text", str(error))
    if page is None:
        return context.outcome(Outcome.NOT_AN_ARTICLE, "not html", "no markup in the page")
    return _judged(page, context, now, address)


def _judged(page: PageArticle, context: PageContext, now: datetime, url: str | None) -> Draft | ItemOutcome:
    """Return the draft, or why the page is no article that is read here."""
    if page.problem:
        return context.outcome(Outcome.NOT_AN_ARTICLE, *page.problem)
    summary = context.item.summary if context.item else ""
    cut = None if page.posts else teaser(page.raw, is_free=page.facts.is_free, summary=summary)
    if cut:
        return context.outcome(Outcome.NOT_AN_ARTICLE, "teaser", cut)
    language = language_of(page.text, page.facts.language or context.language)
    if language is not None and language not in LANGUAGES:
        return context.outcome(Outcome.OTHER_LANGUAGE, language, f"the text is in {language}")
    return _draft(page, context, now, url, language)


def _draft(
    page: PageArticle, context: PageContext, now: datetime, url: str | None, language: str | None
) -> Draft:
    item, facts = context.item, page.facts
    title = context.title or page.title
    text = stored_text(page.text, title)
    line = read_dateline(text)
    byline = ", ".join(page.authors) or (item.authors if item else "")
    published = decide(_statements(facts, context, line), home=context.home, now=now)
    given = item.url if item else context.url
    canonical = trusted_canonical(facts.canonical, url, title=title, is_amp=facts.is_amp)
    address = canonical or url
    draft = Draft(
        key=identity_key(address) if address else context.key,
        url=given,
        canonical_url=canonical or _moved_to(given, url),
        outlet=context.outlet or facts.publisher or None,
        title=title,
        byline=byline,
        agency=line.agency or agency_of_authors(byline),
        dateline=line.place,
        language=language,
        published_at=published.at,
        published_at_source=published.source,
        published_at_precision=published.precision,
        text=text,
        source_path=context.source_path,
        feed_id=context.feed_id,
        notes=_notes(page, published, canonical),
        modified_at=page.modified,
        is_free=facts.is_free,
        corrections=tuple(note.text for note in page.corrections),
    )
    return with_posts(draft, page.posts, page.text, url, now) if page.posts else draft


def _moved_to(given: str | None, url: str | None) -> str | None:
    """Return where a redirect led, when that is not just another form of the address given."""
    if given is None or url is None or identity_key(given) == identity_key(url):
        return None
    return normalise_url(url)


def _notes(page: PageArticle, published: Published, canonical: str | None) -> tuple[str, ...]:
    """Return what was odd, and what the outlet says of its own text."""
    notes = [page.decoded.note, *published.notes]
    if page.facts.canonical and canonical is None:
        notes.append("canonical refused")
    if page.facts.is_free is False:
        notes.append("the page calls itself not free")
    if page.posts:
        notes.append(f"live blog of {len(page.posts)} posts")
    notes += [f"{note.kind}: {note.text[:200]}" for note in page.corrections]
    return tuple(note for note in notes if note)


def _statements(facts: PageFacts, context: PageContext, line: Dateline) -> Iterator[Statement]:
    """Yield the dates in the order of trust: the user, JSON-LD, meta elements, the feed, the text."""
    yield from context.first
    for raw in facts.dates_json_ld:
        yield Statement(DateSource.JSON_LD, raw)
    for raw in facts.dates_meta[:2]:
        yield Statement(DateSource.META, raw)
    item = context.item
    if item is not None and item.published_at is not None:
        yield Statement(DateSource.FEED, at=item.published_at)
    elif item is not None and item.published:
        yield Statement(DateSource.FEED, item.published)
    if line.day is not None:
        yield Statement(DateSource.TEXT, day=line.day)


def trusted_canonical(written: str, url: str | None, *, title: str = "", is_amp: bool = False) -> str | None:
    """Return the address a page calls its own, when it can be believed.

    Refused are the home page, another host's page, a page above the article (its section), and an address
    that shares neither a name, a number nor the headline's words with the one that answered: another
    article's, left there by a template.

    Args:
        written: the canonical link or og:url as written.
        url: the address that answered, or None for a file, whose word must then do.
        title: the headline, or "".
        is_amp: whether the page is an AMP form, which has to name its article (amp.dev, "canonical") and may
            stand on another host of the site, or in a cache.
    """
    if not written:
        return None
    try:
        full = normalise_url(urljoin(url or "", written))
        parts = urlsplit(full)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or is_home(full):
        return None
    if url is None:
        return full
    if is_amp and site_of(identity_key(url)) == site_of(full):
        return full
    mine, its = urlsplit(identity_key(url)), urlsplit(identity_key(full))
    if mine.netloc != its.netloc:
        return None
    is_above = mine.path != its.path and mine.path.startswith(its.path.rstrip("/") + "/")
    return full if not is_above and _names_same(f"{mine.path}?{mine.query}", its.path, title) else None


def _names_same(mine: str, its: str, title: str) -> bool:
    """Return whether two addresses of one host can be one article's."""
    if mine.partition("?")[0] == its:
        return True
    ours, theirs = _marks(mine), _marks(its)
    words, other = {m for m in ours if not m.isdigit()}, {m for m in theirs if not m.isdigit()}
    numbers = {m for m in ours & theirs if m.isdigit() and len(m) >= 5}
    if numbers or len(words) < 3:  # "/?p=123" and "/12345" name an article by its number alone
        return True
    headline = set(re.findall(r"\w{3,}", title.casefold()))
    return len(words & other) >= 0.4 * min(len(words), len(other) or 1) or len(headline & other) >= 2


def _marks(path: str) -> set[str]:
    """Return the words and numbers of an address's last two parts."""
    last = "/".join(path.split("/")[-2:])
    return {m for m in re.findall(r"[^\W_]+", last.casefold()) if len(m) >= 3}
