"""Articles in JSON, with the names of schema.org's NewsArticle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from newsledger.feeds.dates import read_date
from newsledger.feeds.markup import one_line, plain_text
from newsledger.feeds.urls import identity_key
from newsledger.fetch.article import LANGUAGES, PageContext
from newsledger.fetch.credit import agency_of_authors
from newsledger.fetch.dateline import read_dateline
from newsledger.fetch.language import language_of
from newsledger.fetch.metadata import article_nodes, names_of, text_of
from newsledger.fetch.published import Statement, decide
from newsledger.fetch.stored import stored_text
from schemas.document import DateSource, Draft
from schemas.item import ItemOutcome, Outcome


@dataclass(frozen=True, slots=True)
class Words:
    """A text and what its file says of it, whatever the format.

    Attributes:
        body: the text.
        title: the headline, or "".
        byline: the authors, or "".
        published: the date as written, or "".
        language: the language as declared, or "".
        notes: what was odd.
        modified: the date of the last change as written, or "".
    """

    body: str
    title: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()
    modified: str = ""


def draft_of(words: Words, context: PageContext, now: datetime) -> Draft | ItemOutcome:
    """Return the draft of a text that needed no page to be taken apart, or why there is none."""
    if not words.body.strip():
        return context.outcome(Outcome.FAILED, "empty", "there is no text")
    language = language_of(words.body, words.language or context.language)
    if language is not None and language not in LANGUAGES:
        return context.outcome(Outcome.OTHER_LANGUAGE, language, f"the text is in {language}")
    title = context.title or words.title or headline_of(words.body)
    text = stored_text(words.body, title)
    line = read_dateline(text)
    stated = [*context.first]
    if words.published:
        stated.append(Statement(DateSource.META, words.published))
    if line.day is not None:
        stated.append(Statement(DateSource.TEXT, day=line.day))
    published = decide(stated, home=context.home, now=now)
    return Draft(
        key=identity_key(context.url) if context.url else context.key,
        url=context.url,
        canonical_url=None,
        outlet=context.outlet,
        title=title,
        byline=words.byline,
        agency=line.agency or agency_of_authors(words.byline),
        dateline=line.place,
        language=language,
        published_at=published.at,
        published_at_source=published.source,
        published_at_precision=published.precision,
        text=text,
        source_path=context.source_path,
        feed_id=context.feed_id,
        notes=(*words.notes, *published.notes),
        modified_at=read_date(words.modified, context.home).at if words.modified else None,
    )


def headline_of(body: str) -> str:
    """Return the headline a plain text begins with, or "".

    That is a first line of three words or more which no full stop ends, an empty line, and then a
    paragraph longer than it. A line that carries a dateline is no headline.
    """
    first, _, rest = body.strip().replace("\r\n", "\n").partition("\n")
    line, after = " ".join(first.split()), rest.lstrip(" \t")
    if not (12 <= len(line) <= 160 and len(line.split()) >= 3) or line.endswith((".", ":", ";", ",")):
        return ""
    paragraph = after.strip().partition("\n")[0]
    if not after.startswith("\n") or read_dateline(line).place or line.lower().startswith("by "):
        return ""
    return line if len(paragraph) > len(line) or paragraph.lower().startswith("by ") else ""


def read_records(data: Any, context: PageContext, now: datetime) -> Iterator[Draft | ItemOutcome]:  # noqa: ANN401
    """Yield the articles of a parsed JSON value: one object, a list, or a ``@graph``.

    Objects without a text are no articles; a value that holds none at all has one outcome that says so.

    Args:
        data: the parsed value.
        context: what is known beside it; several articles in one value get ``#1``, ``#2`` ... as names.
        now: the run's clock.
    """
    nodes = [n for n in article_nodes(data) if _is_article(n)]
    if not nodes:
        keys = ", ".join(sorted(map(str, data))[:6]) if isinstance(data, dict) else type(data).__name__
        yield context.outcome(
            Outcome.NOT_AN_ARTICLE,
            "no article in the json",
            f"headline and articleBody are missing; found: {keys}",
        )
        return
    for number, node in enumerate(nodes, start=1):
        yield _read_node(node, context if len(nodes) == 1 else numbered(context, number), now)


def numbered(context: PageContext, number: int) -> PageContext:
    """Return the context of the n-th article of a file that holds several."""
    return replace(context, key=f"{context.key}#{number}", source_path=f"{context.source_path}#{number}")


def _is_article(node: dict[str, Any]) -> bool:
    return "articleBody" in node or ("headline" in node and ("text" in node or "description" in node))


def _read_node(node: dict[str, Any], context: PageContext, now: datetime) -> Draft | ItemOutcome:
    body = text_of(node, "articleBody") or text_of(node, "text")
    url = context.url or text_of(node, "url") or text_of(node, "mainEntityOfPage")
    context = replace(
        context,
        url=url if url.lower().startswith(("http://", "https://")) else None,
        outlet=context.outlet or one_line(names_of(node.get("publisher"))) or None,
    )
    words = Words(
        body=plain_text(body) if "</" in body else body,
        title=one_line(text_of(node, "headline") or text_of(node, "name")),
        byline=names_of(node.get("author")),
        published=text_of(node, "datePublished"),
        language=text_of(node, "inLanguage"),
        modified=text_of(node, "dateModified"),
    )
    return draft_of(words, context, now)
