from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.feeds.urls import HOST_PARAMETERS, TRACKING_PARAMETERS, identity_key, is_home, normalise_url

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


ARTICLES = st.tuples(
    st.sampled_from(["daily.example", "news.example.co.uk", "nytimes.com", "bbc.co.uk"]),
    st.lists(
        st.text("abcdefghijklmnopqrstuvwxyz0123456789-%C3%A9", min_size=3, max_size=10),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.tuples(st.sampled_from(["id", "p", "eid", "gallery", "story", "page"]), VALUES), max_size=2),
    st.sampled_from(["", "#!/a/1", "#!/a/2"]),
)


def address(article: tuple[str, list[str], list[tuple[str, str]], str]) -> str:
    host, path, query, route = article
    asked = "&".join(f"{name}={value}" for name, value in query)
    return f"https://{host}/{'/'.join(path)}{'?' + asked if asked else ''}{route}"


@st.composite
def variants(draw: st.DrawFn, article: tuple[str, list[str], list[tuple[str, str]], str]) -> str:
    """The same article's address as feeds, share buttons, mobile and AMP pages write it."""
    host, path, query, route = article
    host = draw(st.sampled_from(["", "www.", "m.", "amp."])) + host
    own = sorted(HOST_PARAMETERS.get(article[0], {"fbclid"}))
    marks = draw(st.lists(st.sampled_from([*sorted(TRACKING_PARAMETERS), *own]), max_size=3))
    pairs = [*((name, value) for name, value in query), *((name, "x") for name in marks)]
    tail = draw(st.sampled_from(["", "/", "/amp", "/amp/"]))
    asked = "&".join(f"{name}={value}" for name, value in pairs)
    scheme, port = draw(st.sampled_from([("http", ""), ("https", ""), ("https", ":443"), ("http", ":80")]))
    fragment = route or draw(st.sampled_from(["", "#top", "#comments"]))
    return f"{scheme}://{host.upper()}{port}/{'/'.join(path)}{tail}{'?' + asked if asked else ''}{fragment}"


@given(st.data())
def test_every_way_to_write_an_address_has_one_key(data: st.DataObject) -> None:
    article = data.draw(ARTICLES)
    assert identity_key(data.draw(variants(article))) == identity_key(address(article))


@given(st.data())
def test_two_articles_never_share_a_key_however_they_are_written(data: st.DataObject) -> None:
    one, other = data.draw(ARTICLES), data.draw(ARTICLES)
    if normalise_url(address(one)) != normalise_url(address(other)):
        assert identity_key(data.draw(variants(one))) != identity_key(data.draw(variants(other)))


@given(st.sampled_from(sorted(HOST_PARAMETERS)), st.data())
def test_a_publishers_own_parameters_are_dropped_there_and_nowhere_else(
    host: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(HOST_PARAMETERS[host])))
    assert identity_key(f"https://www.{host}/a?id=1&{name}=2") == identity_key(f"https://{host}/a?id=1")
    elsewhere = f"https://daily.example/a?id=1&{name}=2"
    assert identity_key(elsewhere) == elsewhere


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
        "https://daily.example/news/1/index.html",
        "https://daily.example/news/1;jsessionid=0A9F.node1",
        "https://daily.example/n%65ws/%31#comments",
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
        ("https://daily.example/#!/article/1", "https://daily.example/#!/article/2"),
        ("https://daily.example/a%3Fb", "https://daily.example/a?b"),
        ("https://daily.example/a%3Bb", "https://daily.example/a%2Cb"),
        ("https://daily.example/a?mbid=1", "https://daily.example/a?mbid=2"),
        ("https://daily.example/?spm=1", "https://daily.example/?spm=2"),
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.bbc.com/news/articles/c1", "https://www.bbc.co.uk/news/articles/c1?at_medium=RSS"),
        ("https://edition.cnn.com/2031/10/06/world/a/index.html", "https://www.cnn.com/2031/10/06/world/a"),
        (
            "https://www.nytimes.com/2031/10/06/a.html?smid=x&ref=world",
            "https://nytimes.com/2031/10/06/a.html",
        ),
    ],
)
def test_one_publishers_hosts_and_parameters(one: str, other: str) -> None:
    assert identity_key(one) == identity_key(other)
