# ruff: noqa: E501 - paragraphs stand on one line, as papers print them
from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from newsledger.fetch.article import PageContext, read_page, trusted_canonical
from newsledger.fetch.furniture import headline_without_outlet
from schemas.document import DateSource, Draft
from schemas.item import Item, ItemOutcome, Outcome

NOW = datetime(2025, 10, 9, 12, tzinfo=UTC)
URL = "https://daily.example/news/bridge-opens"
PARAGRAPHS = [
    "HARWICK (Reuters) - The bridge over the Osk will open again on Friday after a repair of five months, the council said.",
    "Some 48 workers replaced the cables and strengthened the two towers, which had been damaged by a storm in May.",
    "“We finished a week early and below the budget,” mayor Ingrid Falk told reporters on the eastern bank of the river.",
    "About 12,000 vehicles used the bridge each day before the storm, and the detour added 40 minutes to the journey.",
    "The council promised that tolls would not rise before 2027, although the ministry had asked for an increase.",
]
LD = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Bridge to open on Friday"}


def page(
    ld: dict[str, Any] | None = None, head: str = "", paragraphs: list[str] = PARAGRAPHS, lang: str = "en"
) -> bytes:
    data = f'<script type="application/ld+json">{json.dumps({**LD, **ld})}</script>' if ld is not None else ""
    links = "".join(f"<li><a href='/s{n}'>Section {n}</a></li>" for n in range(6))
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang='{lang}'><head><title>Bridge to open on Friday - Daily</title>{head}{data}</head>"
        f"<body><nav><ul>{links}</ul></nav><article><h1>Bridge to open on Friday</h1>{text}</article>"
        "<footer><p>Copyright Daily. All rights reserved.</p></footer></body></html>"
    ).encode()


def read(
    body: bytes, *, url: str | None = URL, item: Item | None = None, **context: Any
) -> Draft | ItemOutcome:
    known = PageContext(url=url, outlet="Daily", feed_id="daily", item=item, **context)
    return read_page(body, content_type="text/html", context=known, now=NOW)


def article(body: bytes, **context: Any) -> Draft:
    found = read(body, **context)
    assert isinstance(found, Draft), found
    return found


def refused(body: bytes, **context: Any) -> tuple[Outcome, str]:
    found = read(body, **context)
    assert isinstance(found, ItemOutcome), found
    return found.outcome, found.reason


def test_article() -> None:
    ld = {
        "datePublished": "2025-10-06T09:30:00+02:00",
        "author": [{"@type": "Person", "name": "Jane Doe"}],
        "publisher": {"name": "Other"},
    }
    found = article(page(ld))
    assert found.text == "Bridge to open on Friday\n\n" + "\n".join(PARAGRAPHS)
    assert (found.title, found.byline, found.outlet) == ("Bridge to open on Friday", "Jane Doe", "Daily")
    assert (found.agency, found.dateline, found.language) == ("Reuters", "HARWICK", "en")
    assert found.published_at == datetime(2025, 10, 6, 7, 30, tzinfo=UTC)
    assert (found.key, found.url, found.notes) == (URL, URL, ())


def feed_item(**values: Any) -> Item:
    return Item("daily", URL, "1", **values)


META = "<meta property='article:published_time' content='2025-10-05T10:00:00Z'>"


@pytest.mark.parametrize(
    ("ld", "head", "item", "source", "hour"),
    [
        ({"datePublished": "2025-10-06T10:00:00Z"}, META, None, DateSource.JSON_LD, 10),
        ({}, META.replace("10-05", "10-06"), None, DateSource.META, 10),
        (
            {"datePublished": "2025-10-06"},
            "",
            feed_item(published_at=datetime(2025, 10, 6, 8, tzinfo=UTC)),
            DateSource.FEED,
            8,
        ),
        (
            {"datePublished": "2035-10-06T10:00:00Z"},
            META.replace("10-05", "10-06"),
            None,
            DateSource.META,
            10,
        ),
    ],
)
def test_order_of_trust(
    ld: dict[str, Any], head: str, item: Item | None, source: DateSource, hour: int
) -> None:
    found = article(page(ld, head), item=item)
    assert found.published_at == datetime(2025, 10, 6, hour, tzinfo=UTC)
    assert found.published_at_source is source


def test_conflicting_dates_are_noted() -> None:
    found = article(page({"datePublished": "2025-10-08T10:00:00Z"}, META))
    assert found.published_at == datetime(2025, 10, 8, 10, tzinfo=UTC)
    assert found.notes == ("date conflict: json-ld 2025-10-08, meta 2025-10-05",)


def test_clock_time_without_zone() -> None:
    body = page({"datePublished": "2025-10-06T23:30:00"})
    known = article(body, home=ZoneInfo("America/New_York"))
    assert known.published_at == datetime(2025, 10, 7, 3, 30, tzinfo=UTC)
    unknown = article(body)
    assert unknown.published_at == datetime(2025, 10, 6, 12, tzinfo=UTC)
    assert (unknown.published_at_precision, unknown.notes) == (
        "day",
        ("date without zone: only the day is kept",),
    )


def test_no_date_at_all() -> None:
    found = article(page())
    assert (found.published_at, found.published_at_source, found.notes) == (
        None,
        DateSource.UNKNOWN,
        ("no date",),
    )


@pytest.mark.parametrize(
    ("written", "trusted"),
    [
        ("https://daily.example/news/bridge-opens?utm_source=x", URL),
        ("https://www.daily.example/2025/bridge", "https://www.daily.example/2025/bridge"),
        ("/news/bridge-opens-on-friday", "https://daily.example/news/bridge-opens-on-friday"),
        ("/archive/bridge-set-to-open-friday", "https://daily.example/archive/bridge-set-to-open-friday"),
        ("/news/mayor-resigns", None),
        ("https://daily.example/", None),
        ("https://daily.example/news/", None),
        ("https://agency.example/bridge", None),
        ("javascript:void(0)", None),
        ("http://[bad", None),
        ("", None),
    ],
)
def test_canonical_is_believed_only_when_it_can_be(written: str, trusted: str | None) -> None:
    assert trusted_canonical(written, URL, title="Bridge to open on Friday") == trusted


def test_canonical_of_an_address_that_is_a_number_names_the_article() -> None:
    url = "https://daily.example/?p=81234"
    assert trusted_canonical("/news/bridge-opens", url) == "https://daily.example/news/bridge-opens"
    assert (
        trusted_canonical("/b/renamed-81234567", "https://daily.example/a/an-old-name-81234567") is not None
    )


def test_canonical_of_an_amp_page_is_its_article() -> None:
    assert trusted_canonical(URL, f"{URL}/amp") == URL
    found = article(page({}, f"<link rel=canonical href='{URL}'>"), url=f"{URL}/amp/")
    assert (found.key, found.canonical_url) == (URL, URL)


def test_refused_canonical_is_noted_and_does_not_make_the_key() -> None:
    found = article(page({}, "<link rel='canonical' href='https://daily.example/'>"))
    assert (found.key, found.canonical_url) == (URL, None)
    assert "canonical refused" in found.notes


SHORT = [
    "The bridge over the Osk will open again on Friday after a repair of five months, the council of Harwick said on Monday."
]


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        (page({"isAccessibleForFree": "False"}, paragraphs=PARAGRAPHS[:2]), ""),
        (page({}, paragraphs=[*PARAGRAPHS[:2], "Subscribe to continue reading."]), ""),
        (page({}, paragraphs=[*PARAGRAPHS[:2], "Read more"]), ""),
        (page({}, paragraphs=[SHORT[0], "But that was only the beginning of what the council had to tell…"]), ""),
        (page({}, paragraphs=[*SHORT, "The mayor told reporters that tolls would stay."]),
         SHORT[0] + " The mayor told reporters that tolls would stay."),
    ],
    ids=["not free", "subscribe", "read more", "ellipsis", "summary only"],
)  # fmt: skip
def test_teasers(body: bytes, summary: str) -> None:
    assert refused(body, item=feed_item(summary=summary)) == (Outcome.NOT_AN_ARTICLE, "teaser")


def test_a_short_brief_is_an_article() -> None:
    body = page(
        {},
        paragraphs=[
            *SHORT,
            "Nobody was hurt in the storm, which damaged both towers in May, the council said.",
        ],
    )
    found = article(body, item=feed_item(summary="The bridge opens on Friday."))
    assert "Nobody was hurt" in found.text


def test_a_whole_article_that_is_not_free_is_kept() -> None:
    assert len(article(page({"isAccessibleForFree": False}, paragraphs=PARAGRAPHS * 3)).text) > 600


def test_pages_that_are_no_article() -> None:
    links = "".join(
        f"<li><a href='/{n}'>A headline about something that happened today {n}</a></li>" for n in range(40)
    )
    index = f"<html><head><title>News</title></head><body><ul>{links}</ul></body></html>".encode()
    challenge = b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser before you go on.</p></body></html>"
    missing = b"<html><head><title>404 - Page not found</title></head><body><p>Sorry, this page is gone.</p></body></html>"
    assert refused(index)[1] == "index page"
    assert refused(challenge)[1] == "challenge page"
    assert refused(missing)[1] == "error page"
    assert refused(page({}), url="https://daily.example/")[1] == "home page"
    assert refused(page({}, paragraphs=["Watch the video."]))[1] == "no article text"
    assert refused(b"  ") == (Outcome.FAILED, "empty")


def test_another_language() -> None:
    german = [
        "Die Brücke über die Osk wird am Freitag nach fünf Monaten wieder geöffnet, sagte der Stadtrat am Montag in Harwick.",
        "Rund 48 Arbeiter erneuerten die Seile und verstärkten die beiden Türme, die ein Sturm im Mai beschädigt hatte.",
        "Vor dem Sturm nutzten täglich etwa 12.000 Fahrzeuge die Brücke; der Umweg dauerte vierzig Minuten länger.",
    ]
    assert refused(page({}, paragraphs=german, lang="en")) == (Outcome.OTHER_LANGUAGE, "de")


@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "iso-8859-1"])
def test_charset_of_the_page_itself(charset: str) -> None:
    head = f"<meta charset='{charset}'>"
    text = page(
        {},
        head,
        paragraphs=[
            *PARAGRAPHS,
            "The café’s owner – who had lost half of his trade – called it “a good day”.",
        ],
    )
    body = text.decode().encode("utf-8" if charset == "utf-8" else "cp1252")
    assert "The café’s owner – who had lost half" in article(body).text


def test_broken_json_ld_leaves_the_rest_readable() -> None:
    body = page({}, f"{META}<script type='application/ld+json'>{{broken</script>")
    assert article(body).published_at == datetime(2025, 10, 5, 10, tzinfo=UTC)


def test_what_belongs_to_the_page_is_not_in_the_text() -> None:
    text = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    body = (
        "<html><head><title>Daily: Bridge to open on Friday</title></head><body><div>"
        f"<h2>Bridge to open on Friday</h2>{text}"
        "<p>Also read: <a href='/1'>31 ships scrapped in the south</a> · <a href='/2'>Rates up 4 per cent</a></p>"
        "<figure><img src='a.jpg'><figcaption>The bridge in 1931, when 200 people built it.</figcaption></figure>"
        "<p>Write to us at desk@daily.example</p><p>© 1994–2026 Daily</p></div></body></html>"
    ).encode()
    found = article(body, item=feed_item(title="Bridge to open on Friday"))
    assert found.title == "Bridge to open on Friday"
    assert found.text == "Bridge to open on Friday\n\n" + "\n".join(PARAGRAPHS)


def test_a_credit_line_of_an_agency_stays() -> None:
    found = article(page({}, paragraphs=[PARAGRAPHS[1], *PARAGRAPHS[2:], "© 2025 AFP"]))
    assert found.text.endswith("\n© 2025 AFP")
    assert found.agency == "AFP"


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Bridge opens | Daily", "Bridge opens"),
        ("Bridge opens – The Daily", "Bridge opens"),
        ("Daily: Bridge opens", "Bridge opens"),
        ("Bridge opens: a daily struggle", "Bridge opens: a daily struggle"),
        ("Daily", "Daily"),
    ],
)
def test_headline_without_the_outlet(title: str, clean: str) -> None:
    assert headline_without_outlet(title, "Daily", "") == clean


@pytest.mark.parametrize(
    ("canonical", "url", "is_amp", "believed"),
    [
        (
            "https://www.daily.example/world/bridge-opens-1",
            "https://amp.daily.example/c/one-old-ferry",
            True,
            True,
        ),
        (
            "https://www.daily.example/world/bridge-opens-1-friday",
            "https://amp.daily.example/c/one-old-ferry",
            False,
            False,
        ),
        ("https://www.daily.example/", "https://amp.daily.example/c/12", True, False),
        ("https://other.example/world/bridge-opens-1", "https://amp.daily.example/c/12", True, False),
        (
            "https://www.daily.example/world/bridge-opens-1",
            "https://www-daily-example.cdn.ampproject.org/c/s/www.daily.example/c/12",
            True,
            True,
        ),
    ],
)
def test_an_amp_page_names_its_article(canonical: str, url: str, is_amp: bool, believed: bool) -> None:
    found = trusted_canonical(canonical, url, title="Bridge to open", is_amp=is_amp)
    assert found == (canonical if believed else None)


def test_an_amp_page_is_stored_as_its_article() -> None:
    link = "<link rel='canonical' href='https://daily.example/world/bridge-opens-1'>"
    body = page(LD, head=link).replace(b"<html lang", "<html ⚡ lang".encode())
    found = article(body, url="https://amp.daily.example/c/12")
    assert (found.key, found.canonical_url) == (
        "https://daily.example/world/bridge-opens-1",
        "https://daily.example/world/bridge-opens-1",
    )


def test_what_a_page_says_of_itself_stays_with_the_article() -> None:
    note = "Correction: an earlier version said 84 workers; there were 48."
    found = article(page({"isAccessibleForFree": False}, paragraphs=[*PARAGRAPHS, *PARAGRAPHS[1:], note]))
    assert (found.is_free, found.corrections) == (False, (note,))
    plain = article(page({}))
    assert (plain.is_free, plain.corrections) == (None, ())
