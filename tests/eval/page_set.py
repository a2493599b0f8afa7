"""Seventy-two pages of varied layouts, each with what a reader would say of it.

Twenty-four layouts as newsrooms build them times three articles. Everything around an article carries numbers that
stand nowhere in it (9001, 9002 ...), so that one of them in the text read is a leak.
"""

# ruff: noqa: E501, ISC004 - markup and sentences read better unbroken
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

SENTENCES = (
    "The harbour council voted on {day} to spend {a} million crowns on the new quay, {b} more than it "
    "had planned.",
    "Some {c} workers will be hired, said {name}, who has led the port authority since 2019.",
    "“We could not wait another winter,” {name} told reporters after the vote, which ended {d} to {e}.",
    "The old quay was closed in March, when inspectors found {f} cracks in its eastern wall.",
    "Fishing crews say the closure has cost them about {g} per cent of their income since then.",
    "A report by the university put the damage at {h} million crowns, but the council disputes that figure.",
    "Opposition members asked why the contract went to a firm that had failed to finish {i} earlier "
    "projects.",
    "The work is due to begin next month and to take {j} weeks, provided that the ground does not freeze.",
    "Residents of the eastern quarter fear noise at night, and {k} of them have signed a petition "
    "against it.",
    "The ministry said it would pay a third of the sum if the council publishes all the offers it received.",
)


@dataclass(frozen=True)
class Story:
    title: str
    standfirst: str
    paragraphs: tuple[str, ...]
    author: str
    published: str
    section: str

    @property
    def instant(self) -> datetime:
        return datetime.fromisoformat(self.published)


@dataclass(frozen=True)
class AnnotatedPage:
    name: str
    url: str
    html: bytes
    story: Story
    has_standfirst: bool

    @property
    def text(self) -> str:
        lead = (self.story.standfirst,) if self.has_standfirst else ()
        return "\n".join((*lead, *self.story.paragraphs))


def _story(number: int, title: str, author: str, name: str, published: str) -> Story:
    base = 11 + 137 * number
    values = {key: base + 7 * at for at, key in enumerate("abcdefghijk")}
    made = [s.format(day="Monday", name=name, **values) for s in SENTENCES]
    paragraphs = tuple(" ".join(made[at : at + 2]) for at in range(0, 10, 2))
    lead = f"The vote on {title.split(maxsplit=1)[0].lower()} plans ends a dispute of {base + 80} days in the harbour town."
    return Story(title, lead, paragraphs, author, published, "Harbour")


STORIES = (
    _story(1, "Quay to be rebuilt after narrow vote", "Jane Doe", "Ingrid Falk", "2025-10-06T09:30:15+02:00"),
    _story(2, "Ferry line gets a second boat", "Al Roe", "Piet Maes", "2025-10-07T18:05:00+00:00"),
    _story(3, "Lighthouse museum closes its doors", "Mara Lind", "Otto Brandt", "2025-10-08T06:00:59-04:00"),
)
LINKS = "".join(
    f"<li><a href='/n/{n}'>Council raises fee to 90{n:02d} crowns in town {n}</a></li>" for n in range(1, 9)
)
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
FOOTER = "<footer><p>© 2025 Harbour Post. All rights reserved. Call 9010 4711.</p></footer>"


def ld(story: Story, **more: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published,
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        **more,
    }
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def meta(story: Story) -> str:
    return (
        f"<meta property='og:title' content='{story.title}'><meta property='og:type' content='article'>"
        f"<meta property='article:published_time' content='{story.published}'>"
        f"<meta name='author' content='{story.author}'><meta property='og:site_name' content='Harbour Post'>"
    )


def document(head: str, body: str, *, root: str = "html lang='en'", title: str = "Harbour Post") -> str:
    return f"<!doctype html><{root}><head><title>{title}</title>{head}</head><body>{NAV}{body}{FOOTER}</body></html>"


def ps(story: Story, start: int = 0, end: int | None = None, attributes: str = "") -> str:
    return "".join(f"<p{attributes}>{p}</p>" for p in story.paragraphs[start:end])


def plain(s: Story) -> str:
    return document(ld(s), f"<article><h1>{s.title}</h1>{ps(s)}</article>")


def div_soup(s: Story) -> str:
    return document(
        meta(s),
        f"<div class='wrap'><div class='hd'><h1 class='ttl'>{s.title}</h1></div>"
        f"<div class='col1'><div class='story-body__inner'>{ps(s, attributes=' class=x1')}</div></div>"
        f"<div class='col2 sidebar'><h3>Most read</h3><ul>{LINKS}</ul></div></div>",
    )


def layout_table(s: Story) -> str:
    return document(
        meta(s),
        f"<table width=100%><tr><td width=150><ul>{LINKS}</ul></td><td><h1>{s.title}</h1>{ps(s)}</td></tr></table>",
    )


def captions(s: Story) -> str:
    figure = "<figure><img src=a.jpg><figcaption>A crane lifts 9021 stones in 2011. Photo: H. Post</figcaption></figure>"
    return document(ld(s), f"<article><h1>{s.title}</h1>{ps(s, 0, 2)}{figure}{ps(s, 2)}</article>")


def div_captions(s: Story) -> str:
    picture = (
        "<div class='media-block'><img src=a.jpg><p class='image-caption'>The quay in 1987, when it held 9022"
        " boats.</p><span class='photo-credit'>Getty Images / 9023</span></div>"
    )
    return document(
        ld(s), f"<main><h1>{s.title}</h1><div class=body>{ps(s, 0, 1)}{picture}{ps(s, 1)}</div></main>"
    )


def inline_related(s: Story) -> str:
    link = "<p><strong>Read more: </strong><a href='/n/1'>Storm destroys 9031 boats on the west coast</a></p>"
    box = f"<div class='related-stories'><h4>Related</h4><ul>{LINKS}</ul></div>"
    return document(
        ld(s), f"<article><h1>{s.title}</h1>{ps(s, 0, 2)}{link}{ps(s, 2, 4)}{box}{ps(s, 4)}</article>"
    )


def most_read_inside(s: Story) -> str:
    box = f"<section class='most-read'><h2>Most read</h2><ol>{LINKS}</ol></section>"
    return document(ld(s), f"<article><h1>{s.title}</h1>{ps(s, 0, 3)}{box}{ps(s, 3)}</article>")


def newsletter(s: Story) -> str:
    form = (
        "<div class='newsletter-signup'><h3>The morning letter</h3><p>Join 9041 readers who get our "
        "best stories"
        " every morning, written by our editors.</p><form><input><button>Sign up</button></form></div>"
    )
    return document(ld(s), f"<article><h1>{s.title}</h1>{ps(s, 0, 2)}{form}{ps(s, 2)}</article>")


def data_table(s: Story) -> str:
    rows = "".join(f"<tr><td>Town {n}</td><td>905{n}</td><td>{n * 3} %</td></tr>" for n in range(6))
    table = f"<table><tr><th>Town</th><th>Cost</th><th>Share</th></tr>{rows}</table>"
    return document(ld(s), f"<article><h1>{s.title}</h1>{ps(s, 0, 3)}{table}{ps(s, 3)}</article>")


def with_standfirst(s: Story) -> str:
    return document(
        ld(s),
        f"<article><header><h1>{s.title}</h1><p class='article__standfirst'>{s.standfirst}</p>"
        f"<div class=byline>By {s.author}</div></header><div class=article-body>{ps(s)}</div></article>",
    )


def described_standfirst(s: Story) -> str:
    return document(
        meta(s) + f"<meta name=description content='{s.standfirst}'>",
        f"<main><div class=x7><h1>{s.title}</h1><h2 class=x9>{s.standfirst}</h2></div><div class=x3>{ps(s)}</div></main>",
    )


def microdata(s: Story) -> str:
    return document(
        "",
        "<div itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop=headline>{s.title}</h1><span itemprop=author>{s.author}</span>"
        f"<meta itemprop=datePublished content='{s.published}'><div itemprop=articleBody>{ps(s)}</div></div>",
    )


def comments(s: Story) -> str:
    said = "".join(
        f"<div class=comment-item><b>reader{n}</b><p>I counted 906{n} cracks myself, and nobody listened to me or"
        " to my neighbours in the eastern quarter.</p></div>" for n in range(6)
    )  # fmt: skip
    return document(
        ld(s), f"<article><h1>{s.title}</h1>{ps(s)}</article><section id=comments>{said}</section>"
    )


def framework_comments(s: Story) -> str:
    cut = "".join("<p>" + p.replace(" the ", "<!-- --> the <!-- -->") + "</p>" for p in s.paragraphs)
    return document(ld(s), f"<article><h1>{s.title}</h1>{cut}</article>")


def line_breaks(s: Story) -> str:
    return document(
        meta(s),
        f"<div id=content><h1>{s.title}</h1><div class=text>{'<br><br>'.join(s.paragraphs)}</div></div>",
    )


def author_box(s: Story) -> str:
    box = (
        f"<div class='author-bio'><h4>About the author</h4><p>{s.author} has written 9071 stories for the Harbour Post"
        " and won prizes for the coverage of the storm of 2013.</p></div>"
    )
    return document(ld(s), f"<article><h1>{s.title}</h1>{ps(s)}{box}</article>")


def cookie_wall(s: Story) -> str:
    banner = (
        "<div class='cookie-banner'><p>We and our 9081 partners store information on your device to show you"
        " advertisements that fit you. You can change your choice at any "
        "time.</p><button>Agree</button></div>"
    )
    return document(ld(s), f"{banner}<article><h1>{s.title}</h1>{ps(s)}</article>")


def sections(s: Story) -> str:
    parts = "".join(
        f"<section class='block'><div class='block__inner'><p>{p}</p></div></section>" for p in s.paragraphs
    )
    return document(ld(s), f"<main><h1>{s.title}</h1>{parts}<aside><ul>{LINKS}</ul></aside></main>")


def amp(s: Story) -> str:
    return document(
        ld(s),
        f"<article><h1>{s.title}</h1>{ps(s)}<amp-carousel><ul>{LINKS}</ul></amp-carousel></article>",
        root="html ⚡ lang='en'",
    )


def body_in_json(s: Story) -> str:
    foreign = "<p>Trains were late on 9091 days of the year, the railway said in another report on the same day.</p>"
    full = "\n".join(s.paragraphs)
    return document(
        ld(s, articleBody=full), f"<article><h1>{s.title}</h1>{ps(s)}{foreign}</article><div>{foreign}</div>"
    )


def named_amiss(s: Story) -> str:
    """Every block of the article has a class that elsewhere means another article's teaser."""
    blocks = "".join(
        f"<div class='promo-module-text'><p>{p}</p></div><div class='share-bar'>9095 shares</div>"
        for p in s.paragraphs
    )
    return document(ld(s), f"<main><h1>{s.title}</h1>{blocks}</main>")


def system_labels(s: Story) -> str:
    """As a widely used content system marks its fields: "label-hidden" hides the label, not the text."""
    fields = "".join(
        f"<div class='field field--label-hidden field__item'><p>{p}</p></div>" for p in s.paragraphs
    )
    return document(ld(s), f"<article><h1>{s.title}</h1>{fields}</article>")


def without_scripts(s: Story) -> str:
    """Built by a script; the article for others stands in "noscript"."""
    return document(ld(s), f"<div id=app></div><noscript><h1>{s.title}</h1>{ps(s)}</noscript>")


def machines_alone(s: Story) -> str:
    """The page shows a start and builds the rest by a script; machines get the whole."""
    full = "\n".join(s.paragraphs)
    return document(
        ld(s, articleBody=full), f"<article><h1>{s.title}</h1>{ps(s, 0, 1)}<div id=more></div></article>"
    )


LAYOUTS: tuple[Callable[[Story], str], ...] = (
    plain, div_soup, layout_table, captions, div_captions, inline_related, most_read_inside, newsletter, data_table,
    with_standfirst, described_standfirst, microdata, comments, framework_comments, line_breaks, author_box,
    cookie_wall, sections, amp, body_in_json, named_amiss, system_labels, without_scripts, machines_alone,
)  # fmt: skip


def page_set() -> Iterator[AnnotatedPage]:
    """Yield the pages, always the same."""
    for layout in LAYOUTS:
        for number, story in enumerate(STORIES):
            has_lead = layout in (with_standfirst, described_standfirst)
            name = f"{layout.__name__}-{number}"
            url = f"https://harbour.example/news/{name}"
            yield AnnotatedPage(name, url, layout(story).encode(), story, has_lead)
