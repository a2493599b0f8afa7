"""The JSON Schemas that editors use: draft-07, and as strict as the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from schemas.json_schema import MODELS, schema_of

ROOT = Path(__file__).resolve().parents[3]
CODEBOOKS = [*ROOT.glob("newsledger/stories/*/codebook.yml"), *ROOT.glob("examples/*/codebook.yml")]
FEEDS = [*ROOT.glob("newsledger/stories/*/feeds.yml")]


def validator(name: str) -> jsonschema.Draft7Validator:
    schema = schema_of(name)  # type: ignore[arg-type]
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def plain(path: Path) -> Any:
    """Return a YAML file as JSON has it: days as text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("name", sorted(MODELS))
def test_only_words_of_draft_07_are_used(name: str) -> None:
    validator(name)
    text = json.dumps(schema_of(name))  # type: ignore[arg-type]
    for later in ('"$defs"', '"prefixItems"', '"dependentRequired"', '"unevaluatedProperties"'):
        assert later not in text


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.parent.name)
def test_every_codebook_of_the_project_fits_and_names_its_schema(path: Path) -> None:
    validator("codebook").validate(plain(path))
    modeline = path.read_text(encoding="utf-8").splitlines()[0]
    target = modeline.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / target).resolve() == ROOT / "schemas/json/codebook.schema.json"


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.parent.name)
def test_every_list_of_feeds_fits(path: Path) -> None:
    validator("feeds").validate(plain(path))


def test_shipped_feeds_name_at_least_twelve_outlets() -> None:
    for path in FEEDS:
        assert len({feed["outlet"] for feed in plain(path)["feeds"]}) >= 12


def test_an_unknown_key_does_not_fit() -> None:
    with pytest.raises(jsonschema.ValidationError, match="titel"):
        validator("codebook").validate({"story": "a", "titel": "b", "version": "1", "match": {"any": ["x"]}})
