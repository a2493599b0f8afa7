"""An article page -> a draft, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import trafilatura

from newsledger.feeds.urls import identity_key, is_home, normalise_url
from newsledger.feeds.zones import zone_named
from newsledger.fetch.charset import Decoded, NotTextError, decode
from newsledger.fetch.client import PAGE_TYPES
from newsledger.fetch.credit import agency_of_authors
from newsledger.fetch.dateline import Dateline, read_dateline
from newsledger.fetch.furniture import headline_without_outlet, without_furniture
from newsledger.fetch.language import language_of
from newsledger.fetch.metadata import PageFacts, page_facts, parse_page
from newsledger.fetch.published import Published, Statement, decide
from newsledger.fetch.response import Fetcher
from newsledger.fetch.stored import stored_text
from newsledger.fetch.trouble import FetchFailed
from newsledger.fetch.verdict import no_article, teaser
from schemas.config import Feed
from schemas.document import DateSource, Draft
from schemas.item import Item, ItemOutcome, Outcome

SHORT = 600
"""Characters; below that the careful extraction is compared with the ordinary one."""
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
    try:
        decoded = decode(body, content_type, is_markup=True)
    except NotTextError as error:
        return context.outcome(Outcome.FAILED, "not text", str(error))
    tree = parse_page(decoded.text)
    if tree is None:
        return context.outcome(Outcome.NOT_AN_ARTICLE, "not html", "no markup in the page")
    return _read_tree(tree, decoded, context, now, url or context.url)


def _read_tree(
    tree: Any,  # noqa: ANN401 - an lxml element
    decoded: Decoded,
    context: PageContext,
    now: datetime,
    url: str | None,
) -> Draft | ItemOutcome:
    facts = page_facts(tree)
    title = _headline(facts, context)
    found = _running_text(decoded.text, url)
    body = without_furniture(found, tree, title)
    problem = no_article(tree, facts, body, url=url, raw=decoded.text)
    if problem:
        return context.outcome(Outcome.NOT_AN_ARTICLE, *problem)
    cut = teaser(found, is_free=facts.is_free, summary=context.item.summary if context.item else "")
    if cut:
        return context.outcome(Outcome.NOT_AN_ARTICLE, "teaser", cut)
    language = language_of(body, facts.language or context.language)
    if language is not None and language not in LANGUAGES:
        return context.outcome(Outcome.OTHER_LANGUAGE, language, f"the text is in {language}")
    return _draft(replace(facts, title=title), body, decoded, context, now, url, language)


def _headline(facts: PageFacts, context: PageContext) -> str:
    """Return the headline: the manifest's, else the page's without the outlet's name, else the feed's."""
    hint = context.item.title if context.item else ""
    outlet = context.outlet or facts.publisher
    return context.title or headline_without_outlet(facts.title, outlet, hint) or hint


def _running_text(markup: str, url: str | None) -> str:
    """Return the article's text: the extraction that leaks least, unless it finds too little."""
    careful = _extract(markup, url, precise=True)
    if len(careful) >= SHORT:
        return careful
    ordinary = _extract(markup, url, precise=False)
    return ordinary if len(ordinary) > 1.5 * len(careful) else careful


def _extract(markup: str, url: str | None, *, precise: bool) -> str:
    found = trafilatura.extract(
        markup,
        url=url,
        favor_precision=precise,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    return str(found or "")


def _draft(
    facts: PageFacts,
    body: str,
    decoded: Decoded,
    context: PageContext,
    now: datetime,
    url: str | None,
    language: str | None,
) -> Draft:
    item = context.item
    text = stored_text(body, facts.title)
    line = read_dateline(text)
    byline = facts.byline or (item.authors if item else "")
    published = decide(_statements(facts, context, line), home=context.home, now=now)
    given = item.url if item else context.url
    canonical = trusted_canonical(facts.canonical, url)
    address = canonical or url
    return Draft(
        key=identity_key(address) if address else context.key,
        url=given,
        canonical_url=canonical or _moved_to(given, url),
        outlet=context.outlet or facts.publisher or None,
        title=facts.title,
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
        notes=_notes(decoded, published, facts, canonical),
    )


def _moved_to(given: str | None, url: str | None) -> str | None:
    """Return where a redirect led, when that is not just another form of the address given."""
    if given is None or url is None or identity_key(given) == identity_key(url):
        return None
    return normalise_url(url)


def _notes(
    decoded: Decoded, published: Published, facts: PageFacts, canonical: str | None
) -> tuple[str, ...]:
    refused = ["canonical refused"] if facts.canonical and canonical is None else []
    return tuple(note for note in (decoded.note, *published.notes, *refused) if note)


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


def trusted_canonical(written: str, url: str | None) -> str | None:
    """Return the address a page calls its own, when it can be believed.

    Refused are the home page, another host's page, and a page above the article (its section).

    Args:
        written: the canonical link or og:url as written.
        url: the address that answered, or None for a file, whose word must then do.
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
    mine, its = urlsplit(identity_key(url)), urlsplit(identity_key(full))
    if mine.netloc != its.netloc:
        return None
    is_above = mine.path != its.path and mine.path.startswith(its.path.rstrip("/") + "/")
    return None if is_above else full
