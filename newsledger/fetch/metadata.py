"""What a page says of itself in JSON-LD and meta elements."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html as lxml_html

from newsledger.feeds.markup import one_line, plain_text

_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
    "OpinionNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "LiveBlogPosting", "BlogPosting",
    "Report", "AdvertiserContentArticle", "SatiricalArticle", "ScholarlyArticle", "TechArticle",
})  # fmt: skip
"""Types of schema.org that are an article."""
_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "WebSite"})
_META_DATES = (
    "article:published_time", "og:article:published_time", "parsely-pub-date", "datepublished",
    "date.published", "publish-date", "publish_date", "publication_date", "pubdate", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dc.date", "article.published", "published_at", "date",
)  # fmt: skip
"""Names of meta elements for the publication date, most reliable first."""
_TIMES = (
    "//time[@datetime and (@pubdate or @itemprop='datePublished')]/@datetime",
    "//*[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//article[.//h1]//time[@datetime]/@datetime",
    "//article//time[@datetime]/@datetime",
    "//h1/following::time[@datetime][1]/@datetime",
    "//time[@datetime][not(preceding::time) and not(following::time)]/@datetime",
)
"""Where a page prints its date for machines, most reliable first."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself; every field may be empty.

    Attributes:
        title: the headline.
        byline: authors, joined by ", ".
        publisher: the outlet's name.
        canonical: the address the page calls its own, as written.
        language: as declared.
        dates_json_ld: publication dates in JSON-LD, as written.
        dates_meta: publication dates in meta and time elements, as written.
        article_body: the text in JSON-LD.
        is_article: whether the page calls itself an article.
        is_list: whether it calls itself a collection, a search or a profile.
        is_free: whether the article is free to read, None when not said.
        dates_modified: dates of the last change, as written, JSON-LD before meta elements.
        descriptions: what the page says the article says, in a sentence.
        is_amp: whether it is the AMP form of the article.
        meta: the meta elements by lower-cased name, the first of each.
        node: the article's object in JSON-LD, or {}.
        live: the object that holds a live blog's posts, or {}.
    """

    title: str = ""
    byline: str = ""
    publisher: str = ""
    canonical: str = ""
    language: str = ""
    dates_json_ld: tuple[str, ...] = ()
    dates_meta: tuple[str, ...] = ()
    article_body: str = ""
    is_article: bool = False
    is_list: bool = False
    is_free: bool | None = None
    dates_modified: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    is_amp: bool = False
    meta: dict[str, str] = field(default_factory=dict, repr=False)
    node: dict[str, Any] = field(default_factory=dict, repr=False)
    live: dict[str, Any] = field(default_factory=dict, repr=False)


def parse_page(text: str) -> Any:  # noqa: ANN401 - an lxml element
    """Return the element tree of a page, or None where there is none to be had."""
    encoded = text.encode("utf-8", errors="replace")
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        return lxml_html.document_fromstring(encoded, parser=parser)
    except (ValueError, lxml_html.etree.LxmlError):
        return None


def page_facts(tree: Any) -> PageFacts:  # noqa: ANN401 - an lxml element
    """Return what a parsed page says of itself, JSON-LD before meta elements."""
    nodes = list(_json_ld(tree))
    article = next((n for n in nodes if _types(n) & _ARTICLES), {})
    meta = _meta(tree)
    return PageFacts(
        title=one_line(text_of(article, "headline") or _title(tree, meta)),
        byline=names_of(article.get("author")) or one_line(meta.get("author", "")),
        publisher=names_of(article.get("publisher")) or one_line(meta.get("og:site_name", "")),
        canonical=_first(tree, "//link[@rel='canonical']/@href") or meta.get("og:url", ""),
        language=text_of(article, "inLanguage") or _first(tree, "/html/@lang"),
        dates_json_ld=tuple(filter(None, [text_of(article, "datePublished")])),
        dates_meta=tuple(_meta_dates(tree, meta)),
        article_body=_article_body(article),
        is_article=bool(article) or meta.get("og:type", "").lower() == "article",
        is_list=not article and any(_types(n) & _LISTS for n in nodes) and meta.get("og:type") != "article",
        is_free=_is_free(article),
        dates_modified=tuple(_modified(article, meta)),
        descriptions=tuple(_descriptions(article, meta)),
        is_amp=any(name in ("amp", "⚡") for name in tree.getroottree().getroot().attrib),
        meta=meta,
        node=article,
        live=next((n for n in nodes if n.get("liveBlogUpdate")), {}),
    )


def _article_body(article: dict[str, Any]) -> str:
    """Return the text in JSON-LD, free of the markup and the double escapes some publishers leave in it."""
    written = text_of(article, "articleBody")
    if "&lt;" in written or "&#" in written:
        written = html.unescape(written)
    return plain_text(written) if "</" in written or "<br" in written else written


def _modified(article: dict[str, Any], meta: dict[str, str]) -> Iterator[str]:
    names = (
        "article:modified_time",
        "og:updated_time",
        "og:article:modified_time",
        "datemodified",
        "last-modified",
    )
    yield from filter(None, [text_of(article, "dateModified"), *(meta.get(name, "") for name in names)])


def _descriptions(article: dict[str, Any], meta: dict[str, str]) -> Iterator[str]:
    names = ("description", "og:description", "twitter:description")
    stated = [text_of(article, "description"), text_of(article, "alternativeHeadline")]
    yield from filter(None, (one_line(text) for text in [*stated, *(meta.get(n, "") for n in names)]))


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - an lxml element
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            data = json.loads((script.text_content() or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue  # a broken block says nothing; the others may
        yield from article_nodes(data)


def article_nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Yield the objects of a JSON-LD value: itself, those of a list, those of ``@graph``."""
    if isinstance(data, list) and depth < 4:
        for entry in data:
            yield from article_nodes(entry, depth + 1)
    elif isinstance(data, dict) and depth < 5:
        yield data
        for key in ("@graph", "mainEntity"):
            yield from article_nodes(data.get(key), depth + 1)


def _types(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {str(k).rpartition("/")[2] for k in kinds if k}


def text_of(node: dict[str, Any], key: str) -> str:
    """Return a value of JSON-LD as text: itself, the first of a list, or its ``@value`` or ``name``."""
    value = node.get(key)
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("@id")
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def names_of(value: Any) -> str:  # noqa: ANN401 - JSON
    """Return the names of persons or organisations in JSON-LD, joined by ", "."""
    entries = value if isinstance(value, list) else [value]
    names = [text_of(e, "name") if isinstance(e, dict) else e for e in entries]
    clean = [one_line(n) for n in names if isinstance(n, str) and not n.startswith(("http://", "https://"))]
    return ", ".join(dict.fromkeys(n for n in clean if n))


def _is_free(article: dict[str, Any]) -> bool | None:
    value = article.get("isAccessibleForFree")
    parts = article.get("hasPart")
    if value is None and isinstance(parts, dict):
        value = parts.get("isAccessibleForFree")
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower().rpartition("/")[2]
    return {"true": True, "false": False}.get(word)


def _meta(tree: Any) -> dict[str, str]:  # noqa: ANN401 - an lxml element
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _meta_dates(tree: Any, meta: dict[str, str]) -> Iterator[str]:  # noqa: ANN401 - an lxml element
    for name in _META_DATES:
        if meta.get(name):
            yield meta[name]
    found = next((value for path in _TIMES if (value := _first(tree, path))), "")
    if found:
        yield found


def _title(tree: Any, meta: dict[str, str]) -> str:  # noqa: ANN401 - an lxml element
    headings = [" ".join(h.text_content().split()) for h in tree.xpath("//h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return meta.get("og:title") or _first(tree, "//title/text()") or next(iter(headings), "")


def _first(tree: Any, path: str) -> str:  # noqa: ANN401 - an lxml element
    found = tree.xpath(path)
    return str(found[0]).strip() if found else ""
