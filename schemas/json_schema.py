"""JSON Schemas of the files people edit, in the draft-07 subset that YAML editors understand."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from schemas.codebook import Codebook
from schemas.config import FeedsFile, Settings
from schemas.corrections import CorrectionsFile
from schemas.subscriptions import SubscriptionsFile

MODELS: dict[str, type[BaseModel]] = {
    "codebook": Codebook,
    "corrections": CorrectionsFile,
    "feeds": FeedsFile,
    "settings": Settings,
    "subscriptions": SubscriptionsFile,
}
DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_of(
    name: Literal["codebook", "corrections", "feeds", "settings", "subscriptions"],
) -> dict[str, Any]:
    """Return the JSON Schema (draft-07) of a file people edit."""
    schema = _draft_07(MODELS[name].model_json_schema())
    return {"$schema": DRAFT, **schema}


def _draft_07(node: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Return a schema node with the later draft's names written the older way.

    pydantic emits 2020-12: its ``$defs`` are draft-07's ``definitions``; a ``$ref`` with siblings,
    which draft-07 ignores, becomes ``allOf``.
    """
    if isinstance(node, list):
        return [_draft_07(part) for part in node]
    if not isinstance(node, dict):
        return node
    renamed = {("definitions" if key == "$defs" else key): _draft_07(value) for key, value in node.items()}
    ref = renamed.get("$ref")
    if not isinstance(ref, str):
        return renamed
    moved = ref.replace("#/$defs/", "#/definitions/")
    rest = {key: value for key, value in renamed.items() if key != "$ref"}
    return {"allOf": [{"$ref": moved}], **rest} if rest else {"$ref": moved}
