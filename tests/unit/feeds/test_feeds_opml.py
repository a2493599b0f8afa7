from __future__ import annotations

from pathlib import Path

import pytest

from newsledger.cli import run_cli
from newsledger.feeds.listing import add_feeds, load_feeds
from newsledger.feeds.opml import read_opml, write_opml
from newsledger.feeds.trouble import FeedError
from schemas.config import Feed
from schemas.errors import ConfigError

NESTED = b"""<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Europe"><outline title="Portugal" text="PT">
  <outline text="Harbour Post" type="rss" xmlUrl="https://harbour.example/rss" htmlUrl="https://harbour.example/"
   category="/politics/local,fishing" language="pt-PT"/>
</outline></outline>
<outline text="Fishing &amp; Co"><outline text="The Harbour Post" xmlUrl="https://harbour.example/rss"/></outline>
<outline text="Loose" XMLURL="feed://loose.example/atom"/>
<outline text="Nothing" type="rss"/>
<outline text="Odd" xmlUrl="ftp://odd.example/rss"/>
</body></opml>"""


def test_groups_categories_and_doubles() -> None:
    opml = read_opml(NESTED)
    harbour, loose = opml.feeds
    assert (harbour.id, harbour.outlet, harbour.language) == ("harbour-post", "Harbour Post", "pt")
    assert harbour.groups == [["Europe", "PT"], ["Fishing & Co"]]
    assert harbour.tags == ["/politics/local", "fishing"]
    assert (str(loose.url), loose.groups) == ("http://loose.example/atom", [])
    assert [name for name, _ in opml.refused] == ["Nothing", "Odd"]


def test_everything_survives_the_round_trip() -> None:
    feeds = [
        *read_opml(NESTED).feeds,
        Feed.model_validate(
            {
                "id": "off", "url": "https://off.example/news.xml",
                "outlet": "Off <&> \"on\"", "kind": "sitemap",
                "country": "GB", "timezone": "Europe/London", "enabled": False, "groups": [["A/B", "C"]],
                "tags": ["x", "/y/z"], "home": "https://off.example/",
            }
        ),
    ]  # fmt: skip
    again = read_opml(write_opml(feeds, title="D"))
    assert again.feeds == tuple(feeds)
    assert again.refused == ()


def test_ids_stay_apart() -> None:
    twin = b'<opml><body><outline text="Post" xmlUrl="https://a.example/"/><outline text="Post" xmlUrl="https://b.example/"/></body></opml>'
    assert [feed.id for feed in read_opml(twin, taken=["post"]).feeds] == ["post-2", "post-3"]
    nameless = '<opml><body><outline text="新聞" xmlUrl="https://shimbun.example/"/></body></opml>'.encode()
    assert read_opml(nameless).feeds[0].id == "shimbun-example"


@pytest.mark.parametrize("body", [b"", b"words", b"<html><body>x</body></html>", b"\x00\x01"])
def test_what_is_no_opml_says_so(body: bytes) -> None:
    with pytest.raises(FeedError, match="malformed"):
        read_opml(body)


def test_damaged_opml_yields_what_is_left() -> None:
    broken = b'<opml><body><outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/><outline text="open"'
    assert [str(feed.url) for feed in read_opml(broken).feeds] == ["https://a.example/?x=1&y=2"]


def test_groups_without_end_are_cut() -> None:
    deep = b"<opml><body>" + b'<outline text="g">' * 200 + b'<outline text="F" xmlUrl="https://f.example/"/>'
    assert len(read_opml(deep).feeds[0].groups[0]) <= 32


def test_import_keeps_what_stands_in_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "feeds.yml"
    listed.write_text(
        "# ours\nfeeds:\n  - id: old\n    url: https://old.example/rss  # slow\n    outlet: Old\n"
    )
    opml = tmp_path / "list.opml"
    opml.write_bytes(NESTED)
    assert run_cli(["feeds", "import", str(opml), "-C", str(tmp_path)]) == 4
    assert "not taken: Odd" in capsys.readouterr().err
    assert listed.read_text().startswith(
        "# ours\nfeeds:\n  - id: old\n    url: https://old.example/rss  # slow\n"
    )
    assert [feed.id for feed in load_feeds(listed).feeds] == ["old", "harbour-post", "loose"]
    assert run_cli(["feeds", "import", str(opml), "-C", str(tmp_path)]) == 4
    assert "0 new, 2 listed already" in capsys.readouterr().err
    assert run_cli(["feeds", "export", "-C", str(tmp_path)]) == 0
    exported = read_opml(capsys.readouterr().out.encode())
    assert list(exported.feeds) == load_feeds(listed).feeds


def test_dry_run_prints_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opml = tmp_path / "list.opml"
    opml.write_bytes(NESTED)
    run_cli(["feeds", "import", str(opml), "--dry-run", "-C", str(tmp_path)])
    assert "id: harbour-post" in capsys.readouterr().out
    assert not (tmp_path / "feeds.yml").exists()


def test_a_list_that_does_not_end_the_file_is_left_alone(tmp_path: Path) -> None:
    listed = tmp_path / "feeds.yml"
    listed.write_text("feeds: []\n")
    with pytest.raises(ConfigError, match="nothing can be added"):
        add_feeds(listed, read_opml(NESTED).feeds)
    assert listed.read_text() == "feeds: []\n"
    assert list(tmp_path.iterdir()) == [listed]
