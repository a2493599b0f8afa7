"""The invented newsroom: what it serves, as a feed reader and a browser would see it."""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import feedparser
import pytest

from examples.newsroom import HOST, Newsroom
from examples.newsroom_content import Article, read_article
from examples.newsroom_feeds import NEWEST

FOLDER = Path(__file__).parents[3] / "examples" / "port-merrow"


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    room = Newsroom(FOLDER / "newsroom")
    with room.serve(room.programme.run_instant(room.programme.days[-1]), port=0) as served:
        yield served


def get(room: Newsroom, path: str, headers: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
    with closing(HTTPConnection(HOST, int(room.root.rpartition(":")[2]), timeout=10)) as connection:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())


def entries(room: Newsroom, outlet: str) -> Any:
    return feedparser.parse(get(room, f"/{outlet}/feed.xml")[1].encode())


def at(room: Newsroom, day: int, clock: str = "23:45") -> None:
    room.set_clock(datetime.fromisoformat(f"2026-03-{day:02}T{clock}:00-01:00"))


def article(room: Newsroom, path: str) -> Article:
    return next(a for a in room.articles if a.path == path)


def test_every_outlet_serves_a_feed_with_its_articles_newest_first(newsroom: Newsroom) -> None:
    for outlet in newsroom.outlets:
        feed = entries(newsroom, outlet)
        links = [entry.link for entry in feed.entries]
        expected = [f"{newsroom.root}/{a.path}" for a in reversed(newsroom.published(outlet))]
        assert not feed.bozo, outlet
        assert links == expected[:NEWEST]


def test_outlets_use_both_rss_and_atom(newsroom: Newsroom) -> None:
    versions = {entries(newsroom, outlet).version for outlet in newsroom.outlets}

    assert versions == {"rss20", "atom10"}


def test_feed_dates_are_the_publication_instants(newsroom: Newsroom) -> None:
    for outlet in newsroom.outlets:
        dated = {e.link: e.get("published_parsed") for e in entries(newsroom, outlet).entries}
        for piece in newsroom.published(outlet):
            parsed = dated[f"{newsroom.root}/{piece.path}"]
            if "no-date" in piece.flags:
                assert parsed is None
            else:
                assert datetime.fromtimestamp(timegm(parsed), tz=UTC) == piece.published


def test_nothing_shows_before_its_hour(newsroom: Newsroom) -> None:
    path = "/merrow-gazette/search-teams-draw-up-list"
    at(newsroom, 3, "11:19")
    before = get(newsroom, path)[0], path in get(newsroom, "/merrow-gazette/feed.xml")[1]
    at(newsroom, 3, "11:20")
    after = get(newsroom, path)[0], path in get(newsroom, "/merrow-gazette/feed.xml")[1]

    assert (before, after) == ((404, False), (200, True))


@pytest.mark.parametrize("validator", [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")])
@pytest.mark.parametrize(
    "path", ["/aldemar-courier/feed.xml", "/aldemar-courier/lorvane-grid-lower-town-dark"]
)
def test_what_a_client_holds_already_is_not_sent_again(
    newsroom: Newsroom, path: str, validator: tuple[str, str]
) -> None:
    given, asked = validator
    at(newsroom, 4)
    _, _, headers = get(newsroom, path)
    known = get(newsroom, path, {asked: headers[given]})
    at(newsroom, 5)
    changed = get(newsroom, path, {asked: headers[given]})

    assert (known[0], known[1]) == (304, "")
    assert changed[0] == 200
    assert changed[1]


def test_an_edited_article_keeps_its_address_and_changes_its_number(newsroom: Newsroom) -> None:
    path = "/aldemar-courier/lorvane-grid-lower-town-dark"
    at(newsroom, 4)
    first = get(newsroom, path)[1]
    at(newsroom, 5)
    second = get(newsroom, path)[1]

    assert ("6,100 households" in first, "5,400 households" in first) == (True, False)
    assert ("6,100 households" in second, "5,400 households" in second) == (False, True)
    assert "Correction, 5 March" in second
    assert "2026-03-05T06:30:00-01:00" in second


def test_a_malformed_feed_can_still_be_read(newsroom: Newsroom) -> None:
    at(newsroom, 5)
    feed = entries(newsroom, "merrow-gazette")

    assert feed.bozo
    assert feed.entries[0].link.endswith("/merrow-gazette/all-agree-on-31")
    assert len(feed.entries) == len(newsroom.published("merrow-gazette"))


def test_a_page_stands_where_a_feed_should_be(newsroom: Newsroom) -> None:
    at(newsroom, 6)
    status, body, headers = get(newsroom, "/strait-herald/feed.xml")

    assert status == 200
    assert headers["Content-Type"].startswith("text/html")
    assert "<item>" not in body


def test_a_teaser_gives_two_sentences_and_says_that_it_is_not_free(newsroom: Newsroom) -> None:
    piece = article(newsroom, "strait-herald/what-the-dam-keeper-saw")
    html = get(newsroom, f"/{piece.path}")[1]
    shown, hidden = piece.versions[0].paragraphs[0], piece.versions[0].paragraphs[1]
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', html, re.DOTALL)[0])

    assert data["isAccessibleForFree"] is False
    assert shown in html
    assert hidden not in html
    assert shown.count(". ") + shown.endswith(".") == 2


def test_an_entry_can_lead_to_nothing(newsroom: Newsroom) -> None:
    links = [entry.link for entry in entries(newsroom, "strait-herald").entries]
    missing = f"{newsroom.root}/strait-herald/minister-resigns"

    assert missing in links
    assert get(newsroom, "/strait-herald/minister-resigns")[0] == 404


def test_pages_hold_the_article_and_the_noise_around_it(newsroom: Newsroom) -> None:
    for outlet in newsroom.outlets.values():
        piece = next(a for a in newsroom.published(outlet.key) if not a.flags)
        html = get(newsroom, f"/{piece.path}")[1].replace("&#39;", "'").replace("&amp;", "&")
        for paragraph in piece.versions[-1].paragraphs:
            assert paragraph.removeprefix("## ") in html, piece.path
        assert outlet.related[0].headline in html.replace("&#34;", '"')


def test_outlets_differ_in_the_metadata_they_give(newsroom: Newsroom) -> None:
    def kinds(outlet: str) -> tuple[bool, bool]:
        piece = next(a for a in newsroom.published(outlet) if not a.flags)
        html = get(newsroom, f"/{piece.path}")[1]
        return "ld+json" in html, "article:published_time" in html

    found = {outlet: kinds(outlet) for outlet in newsroom.outlets}

    assert set(found.values()) == {(True, False), (True, True), (False, True), (False, False)}


def test_json_ld_is_json_on_every_page_that_has_it(newsroom: Newsroom) -> None:
    seen = 0
    for piece in newsroom.articles:
        for block in re.findall(r'ld\+json">(.*?)</script>', get(newsroom, f"/{piece.path}")[1], re.DOTALL):
            seen += 1
            assert json.loads(block)["@context"] == "https://schema.org"

    assert seen >= 20


def test_an_undated_article_gives_no_day_away(newsroom: Newsroom) -> None:
    piece = article(newsroom, "harbour-post/a-short-history-of-the-hallin-dam")
    html = get(newsroom, f"/{piece.path}")[1]
    item = get(newsroom, "/harbour-post/feed.xml")[1].split(piece.slug)[1].split("</item>")[0]

    assert "March" not in html
    assert "2026-03" not in html
    assert "pubDate" not in item


def test_robots_front_page_and_unknown_paths(newsroom: Newsroom) -> None:
    assert "User-agent: *" in get(newsroom, "/robots.txt")[1]
    assert "A week after" in get(newsroom, "/merrow-gazette/")[1]
    assert [get(newsroom, path)[0] for path in ("/", "/nowhere/feed.xml", "/../codebook.yml")] == [404] * 3


def test_the_same_instant_gives_the_same_bytes(newsroom: Newsroom) -> None:
    paths = ["/radio-lorvane/feed.xml", "/radio-lorvane/judge-named"]
    first = [get(newsroom, path) for path in paths]
    at(newsroom, 3)
    at(newsroom, 7)

    assert [get(newsroom, path) for path in paths] == first


def test_a_port_in_use_is_given_up_for_a_free_one(newsroom: Newsroom) -> None:
    taken = int(newsroom.root.rpartition(":")[2])
    other = Newsroom(FOLDER / "newsroom")
    with other.serve(other.programme.run_instant(date(2026, 3, 2)), port=taken):
        assert other.root != newsroom.root
        assert get(other, "/robots.txt")[0] == 200


def test_a_wrong_key_in_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "outlet" / "piece.md"
    path.parent.mkdir()
    path.write_text("---\nheadlin: A\npublished: 2026-03-02T07:30:00-01:00\n---\nText.\n", encoding="utf-8")

    with pytest.raises(ValueError, match="headlin"):
        read_article(path)
