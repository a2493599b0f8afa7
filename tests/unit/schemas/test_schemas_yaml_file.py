"""Files people edit: an error names file, line, key and the nearest valid key."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.codebook import Codebook
from schemas.config import FeedsFile, Settings
from schemas.errors import ConfigError
from schemas.yaml_file import read_toml, read_yaml

GOOD = """\
story: harbour-strike
title: Harbour strike
version: "1"
match:
  any: [docker, quay]
actors:
  union:
    name: The union
    kind: organisation
indicators:
  strikers:
    label: Dockers on strike
    counts: [docker]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "codebook.yml"
    path.write_text(text, encoding="utf-8")
    return path


def message(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read_yaml(write(folder, text), Codebook)
    return str(caught.value)


def test_a_good_codebook_is_read(tmp_path: Path) -> None:
    book = read_yaml(write(tmp_path, GOOD), Codebook)
    assert book.story == "harbour-strike"
    assert book.indicators["strikers"].unit == "person"


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_valid_one(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD.replace("    kind: organisation", "    knd: organisation"))
    assert "codebook.yml:9: actors.union.knd: unknown key 'knd'; did you mean 'kind'?" in text


def test_an_unknown_key_far_from_any_other_lists_the_valid_ones(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD + "zzzzzz: 1\n")
    assert "codebook.yml:14: zzzzzz: unknown key" in text
    assert "valid keys: actors" in text


def test_a_wrong_value_is_named_with_its_line(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD + "    aspect: rising\n")
    assert "codebook.yml:14: indicators.strikers.aspect" in text
    assert "'rising'" in text


def test_a_missing_key_names_the_place_it_is_missing_in(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD.replace("    label: Dockers on strike\n", ""))
    assert "codebook.yml:11: indicators.strikers.label: Field required" in text


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace('version: "1"', "versoin: 1").replace("label: Dockers on strike", "lable: x")
    text = message(tmp_path, broken)
    assert "versoin" in text
    assert "lable" in text


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    assert "codebook.yml:14: the key 'story' is written twice" in message(tmp_path, GOOD + "story: other\n")


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:

    assert message(tmp_path, "story: [a\ntitle: b\n").startswith(f"{tmp_path / 'codebook.yml'}:2:")


def test_an_unknown_reference_is_named(tmp_path: Path) -> None:
    text = message(tmp_path, GOOD.replace("kind: organisation", "kind: organisation\n    speaks_for: cty"))
    assert "actors.union.speaks_for: no actor 'cty'" in text


def test_an_unknown_time_zone_is_refused(tmp_path: Path) -> None:
    assert "no IANA time zone" in message(tmp_path, GOOD + "timezone: Middle Earth\n")


def test_a_file_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    path = tmp_path / "codebook.yml"
    path.write_bytes(b"story: caf\xe9\n")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_yaml(path, Codebook)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        read_yaml(tmp_path / "none.yml", Codebook)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    assert "a mapping of keys is expected" in message(tmp_path, "")


def test_a_wrong_feed_address_names_the_feed_line(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yml"
    path.write_text(
        "feeds:\n  - id: a\n    url: http://a.example/rss\n    outlet: A\n"
        "  - id: b\n    url: nowhere\n    outlet: B\n"
    )
    with pytest.raises(ConfigError, match=r"feeds.yml:6: feeds.1.url"):
        read_yaml(path, FeedsFile)


def test_settings_are_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "newsledger.toml"
    path.write_text('[site]\ntitle = "The Ledger"\n')
    assert read_toml(path, Settings).site.title == "The Ledger"


def test_a_misspelt_setting_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "newsledger.toml"
    path.write_text('[site]\ntitel = "The Ledger"\n')
    with pytest.raises(ConfigError, match="did you mean 'title'"):
        read_toml(path, Settings)
