from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.feeds.urls import TRACKING_PARAMETERS, identity_key, is_home, normalise_url

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=12)
VALUES = st.text("abcXYZ019-_.~%20", max_size=8).filter(lambda v: "%" not in v)
PATHS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=10), max_size=4)


@st.composite
def urls(draw: st.DrawFn) -> str:
    host = draw(
        st.sampled_from(["daily.example", "www.daily.example", "News.Example.co.uk:443", "a.example:8080"])
    )
    query = "&".join(f"{n}={v}" for n, v in draw(st.lists(st.tuples(NAMES, VALUES), max_size=5)))
    path = "/".join(draw(PATHS))
    return f"{draw(st.sampled_from(['http', 'https', 'HTTPS']))}://{host}/{path}?{query}#{draw(NAMES)}"


@given(urls())
def test_normalising_twice_changes_nothing(url: str) -> None:
    once = normalise_url(url)
    assert normalise_url(once) == once
    assert identity_key(identity_key(url)) == identity_key(url)
    assert identity_key(once) == identity_key(url)


@given(urls())
def test_no_unknown_parameter_is_lost_and_no_known_one_stays(url: str) -> None:
    given_pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    kept = parse_qsl(urlsplit(normalise_url(url)).query, keep_blank_values=True)
    assert kept == [(n, v) for n, v in given_pairs if n.lower() not in TRACKING_PARAMETERS]


@given(urls(), st.sampled_from(sorted(TRACKING_PARAMETERS)), VALUES)
def test_tracking_never_makes_another_article(url: str, name: str, value: str) -> None:
    marked = url.replace("?", f"?{name}={value}&", 1)
    assert identity_key(marked) == identity_key(url)


@given(urls(), urls())
def test_other_paths_or_parameters_are_other_articles(first: str, second: str) -> None:
    one, two = urlsplit(normalise_url(first)), urlsplit(normalise_url(second))
    if identity_key(first) == identity_key(second):
        assert one.path.rstrip("/").removesuffix("/amp") == two.path.rstrip("/").removesuffix("/amp")
        assert [q for q in one.query.split("&") if not q.startswith("amp")] == [
            q for q in two.query.split("&") if not q.startswith("amp")
        ]


@given(st.text(max_size=80))
def test_any_text_is_answered(url: str) -> None:
    assert isinstance(identity_key(url), str)


@pytest.mark.parametrize(
    "parameter", ["eid=7", "cid=7", "gallery=2", "reference=x", "source_id=3", "id=1", "p=12", "page=2"]
)
def test_parameters_that_choose_the_article_stay(parameter: str) -> None:
    assert normalise_url(f"https://daily.example/a?{parameter}").endswith(f"?{parameter}")


@pytest.mark.parametrize(
    "url",
    [
        "http://daily.example/news/1",
        "https://www.daily.example/news/1/",
        "https://m.daily.example/news/1",
        "https://amp.daily.example/news/1",
        "https://daily.example/news/1/amp/",
        "https://daily.example/amp/news/1",
        "https://daily.example/news/1?amp=1",
        "https://daily.example/news/1?outputType=amp&ocid=x#top",
        "https://www.google.com/amp/s/www.daily.example/news/1",
        "https://daily-example.cdn.ampproject.org/c/s/daily.example/news/1",
        "HTTPS://Daily.Example:443/news/1?utm_source=a&fbclid=b&CMP=c",
    ],
)
def test_forms_of_one_article(url: str) -> None:
    assert identity_key(url) == "https://daily.example/news/1"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://daily.example/a?id=1", "https://daily.example/a?id=2"),
        ("https://daily.example/a%2Fb", "https://daily.example/a/b"),
        ("https://daily.example/News/1", "https://daily.example/news/1"),
        ("https://daily.example:8080/a", "https://daily.example/a"),
        ("https://example/amp", "https://example/"),
    ],
)
def test_what_must_stay_apart(first: str, second: str) -> None:
    assert normalise_url(first) != normalise_url(second)
    if "amp" not in first:
        assert identity_key(first) != identity_key(second)


def test_home_pages() -> None:
    assert is_home("https://daily.example/")
    assert is_home("https://daily.example/index.html")
    assert not is_home("https://daily.example/?p=12")
