"""Decisions of people about single records: ``corrections.yml`` of a project.

``docs/corrections.md`` teaches the format. A decision never alters what was read: it releases a held record,
keeps one out, or puts a corrected copy in the place of one, and is published with its reason and its author.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import math
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from schemas.figure import Aspect, Figure, Modality, Qualifier
from schemas.position import Position, Stance

Scalar = str | bool | int | float | date | None


class Action(StrEnum):
    """What is decided about a record."""

    RELEASE = "release"
    REJECT = "reject"
    CORRECT = "correct"


FIGURE_FIELDS = (
    "value",
    "qualifier",
    "indicator",
    "unit",
    "modality",
    "aspect",
    "attributed_to",
    "place",
    "as_of",
)
"""What can be corrected in a figure."""
POSITION_FIELDS = ("actor", "issue", "stance", "condition", "speaker", "said_on")
"""What can be corrected in a position."""
FIELDS = (*FIGURE_FIELDS, *POSITION_FIELDS)
NULLABLE = ("indicator", "attributed_to", "place", "as_of", "condition", "speaker", "said_on")
"""Fields whose value may be null (an indicator of null: the figure belongs to none)."""
EXPECTABLE = tuple(
    dict.fromkeys(
        (
            *FIELDS,
            "expectation",
            "evidence",
            "version",
            "story",
            "value_low",
            "value_high",
            "status",
            "name",
            "text_sha256",
            "outlet",
            "language",
            "title",
        )
    )
)
"""What a decision may expect to find still there."""
_WORDS: dict[str, type[StrEnum]] = {
    "qualifier": Qualifier,
    "modality": Modality,
    "aspect": Aspect,
    "stance": Stance,
}
_DAYS = ("as_of", "said_on")
_RECORD_FIELDS = {"figure": FIGURE_FIELDS, "position": POSITION_FIELDS}
assert set(FIGURE_FIELDS) <= set(Figure.__dataclass_fields__)
assert set(POSITION_FIELDS) <= set(Position.__dataclass_fields__)

UNRELEASABLE = frozenset(
    {
        "id_unique",
        "document_present",
        "story_known",
        "version_follows",
        "evidence_verbatim",
        "offsets_inside_text",
        "qualifier_in_vocabulary",
        "modality_in_vocabulary",
        "aspect_in_vocabulary",
        "stance_in_vocabulary",
        "status_in_vocabulary",
        "value_finite",
        "interval_sane",
        "indicator_known",
        "actor_known",
        "issue_known",
        "text_present",
        "text_digest",
        "not_itself",
        "other_known",
        "share_in_unit",
    }
)
"""Expectations nobody can overrule: what breaks them is not proved by its words, or cannot be read at all."""


class Correction(BaseModel):
    """One decision about one record."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: str = Field(
        min_length=2, max_length=64, description="the whole id of a figure, position, attendance or document"
    )
    action: Action = Field(
        description="release (let a held record count), reject (keep a record out) or correct (put a "
        "corrected copy in its place)"
    )
    field: str | None = Field(None, description=f"what is corrected: {', '.join(FIELDS)}")
    value: Scalar = Field(None, description="what it is corrected to")
    reason: str = Field(min_length=3, description="why, for readers of the edition")
    who: str = Field(min_length=1, description="who decided it, as readers see it")
    source: str | None = Field(None, description="an address or a document that shows it")
    decided: date | None = Field(None, description="the day of the decision")
    expect: dict[str, Scalar] = Field(
        {}, description="the decision applies only while the record has these values, else a warning is given"
    )

    @field_validator("action", mode="before")
    @classmethod
    def _known_action(cls, value: object) -> object:
        return _one_of(value, [str(a) for a in Action], "action")

    @field_validator("field", mode="before")
    @classmethod
    def _known_field(cls, value: object) -> object:
        return value if value is None else _one_of(value, FIELDS, "field")

    @field_validator("reason", "who")
    @classmethod
    def _says_something(cls, value: str, info: ValidationInfo) -> str:
        if not value.strip():
            raise ValueError(f"{info.field_name} is empty")
        return value.strip()

    @field_validator("expect")
    @classmethod
    def _known_expectations(cls, value: dict[str, Scalar]) -> dict[str, Scalar]:
        for key in value:
            _one_of(key, EXPECTABLE, "expect")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Correction:
        gives_value = "value" in self.model_fields_set
        if self.action is not Action.CORRECT:
            if self.field is not None or gives_value:
                raise ValueError(
                    f"field and value belong to the action 'correct', not to {str(self.action)!r}"
                )
            return self
        if self.field is None or not gives_value:
            raise ValueError("the action 'correct' needs field (what) and value (to what)")
        _check_value(self.field, self.value)
        return self

    @property
    def decision_id(self) -> str:
        """A stable name made from everything the decision says."""
        said = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return "x" + hashlib.sha256(said.encode()).hexdigest()[:15]

    @property
    def words(self) -> str:
        """Who decided, and why, in one line."""
        return f"{self.reason} ({self.who})"


class CorrectionsFile(BaseModel):
    """``corrections.yml``: the decisions of a project, in the order they were made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corrections: list[Correction] | None = []

    @property
    def decisions(self) -> tuple[Correction, ...]:
        """The decisions; an empty key has none."""
        return tuple(self.corrections or ())

    @model_validator(mode="after")
    def _agree(self) -> CorrectionsFile:
        seen: dict[tuple[str, str], int] = {}
        for nth, decision in enumerate(self.decisions, 1):
            what = decision.field if decision.action is Action.CORRECT else "release or reject"
            before = seen.setdefault((decision.target, str(what)), nth)
            if before != nth:
                raise ValueError(
                    f"corrections {before} and {nth} both decide {what} of {decision.target};"
                    " keep one of them"
                )
        return self


def fields_of(record_kind: str) -> tuple[str, ...]:
    """Return what can be corrected in a kind of record: figure, position (nothing in others)."""
    return _RECORD_FIELDS.get(record_kind, ())


def check_names(
    decisions: Collection[Correction], names: dict[str, Collection[str]]
) -> list[tuple[int, str]]:
    """Return the decisions (from 0) whose value no codebook of the project knows, with what is wrong.

    Args:
        decisions: the project's decisions.
        names: the codebooks' names by field: ``indicator``, ``actor`` and ``issue``.
    """
    wrong = []
    for nth, decision in enumerate(decisions):
        known = names.get(decision.field or "")
        if known is not None and decision.value is not None and decision.value not in known:
            near = nearest(str(decision.value), known)
            wrong.append((nth, f"no codebook has the {decision.field} {decision.value!r}{near}"))
    return wrong


def nearest(value: str, known: Collection[str]) -> str:
    """Return a clause that names the nearest of some words, or all of them where none is near."""
    near = difflib.get_close_matches(value, list(known), n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; there are: {', '.join(sorted(known))}" if known else ""


def _one_of(value: object, known: Collection[str], what: str) -> str:
    if value not in known:
        raise ValueError(f"{what} {value!r} is unknown{nearest(str(value), known)}")
    return str(value)


def _check_value(name: str, value: Scalar) -> None:
    """Raise ValueError where a value does not fit its field."""
    if value is None:
        if name not in NULLABLE:
            raise ValueError(f"{name} cannot be null")
    elif name == "value":
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(f"value must be a finite number, not {value!r}")
    elif name in _DAYS:
        if not isinstance(value, date):
            raise ValueError(f"{name} must be a day (2026-03-07), not {value!r}")
    elif not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be words, not {value!r}")
    elif name in _WORDS:
        _one_of(value, [str(word) for word in _WORDS[name]], name)


def plain(value: Any) -> str | None:  # noqa: ANN401 - a value of any record
    """Return a value as the text by which values are compared and shown: 41.0 and 41 are one."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
