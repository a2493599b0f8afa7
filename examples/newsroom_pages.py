"""Write the pages of the invented outlets from each outlet's own template, noise included."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from examples.newsroom_content import Article, Outlet


def open_templates(folder: Path) -> jinja2.Environment:
    """Return the templates of a newsroom folder: ``<outlet>/page.html`` each, everything escaped."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["day"] = lambda instant: f"{instant.day} {instant:%B %Y}"
    templates.filters["clock"] = lambda instant: f"{instant:%H:%M}"
    return templates


def write_page(
    templates: jinja2.Environment, outlet: Outlet, article: Article, root: str, clock: datetime
) -> str:
    """Return an article's page at an instant. A teaser shows its first paragraph only."""
    version = article.version_at(clock)
    is_teaser = "teaser" in article.flags
    paragraphs = version.paragraphs[:1] if is_teaser else version.paragraphs
    modified = version.since if version.since != article.published else None
    url = f"{root}/{article.path}"
    return templates.get_template(f"{outlet.key}/page.html").render(
        outlet=outlet,
        article=article,
        home=f"{root}/{outlet.key}",
        url=url,
        blocks=[_block(paragraph) for paragraph in paragraphs],
        published=None if "no-date" in article.flags else article.published,
        modified=modified,
        is_teaser=is_teaser,
        json_ld=_json_ld(outlet, article, url, version.since, is_free=not is_teaser),
    )


def write_front_page(outlet: Outlet, articles: Sequence[Article], root: str) -> str:
    """Return an outlet's front page: the headlines published so far, newest first."""
    templates = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    page = templates.from_string(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{{ outlet.name }}</title>"
        "<link rel='alternate' href='{{ root }}/{{ outlet.key }}/feed.xml' type='{{ kind }}'></head><body>"
        "<h1>{{ outlet.name }}</h1><p>{{ outlet.tagline }}</p><ul>"
        "{% for article in articles %}<li><a href='{{ root }}/{{ article.path }}'>{{ article.headline }}</a>"
        "{% endfor %}</ul></body></html>"
    )
    kind = f"application/{outlet.feed}+xml"
    return page.render(outlet=outlet, articles=list(reversed(articles)), root=root, kind=kind)


def _block(paragraph: str) -> dict[str, str]:
    heading = paragraph.startswith("## ")
    return {"tag": "h2" if heading else "p", "text": paragraph.removeprefix("## ")}


def _json_ld(
    outlet: Outlet, article: Article, url: str, modified: datetime, *, is_free: bool
) -> dict[str, Any]:
    """Return the page's schema.org NewsArticle. Templates that want it print it as JSON."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "datePublished": article.published.isoformat(),
        "dateModified": modified.isoformat(),
        "inLanguage": article.language,
        "isAccessibleForFree": is_free,
        "mainEntityOfPage": url,
        "articleSection": article.section,
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
    }
    if article.byline:
        data["author"] = [{"@type": "Person", "name": name} for name in article.byline.split(" and ")]
    return data
