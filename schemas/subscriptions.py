"""``subscriptions.yml``: who is told of which changes, and where."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.codebook import Key
from schemas.edition import FigureChange, PositionChange
from schemas.reading import FigureChangeKind, PositionChangeKind

Change = FigureChange | PositionChange
KINDS = {*map(str, FigureChangeKind), *map(str, PositionChangeKind)}


class Subscription(BaseModel):
    """What one subscriber wants to be told. A list that is empty chooses everything.

    An indicator, an issue and an actor each choose their own changes: with ``indicators: [dead]`` and
    ``actors: [union]`` both the toll and every stance of the union are told.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Key
    to: list[Annotated[str, Field(min_length=1)]] = Field(
        description="addresses as apprise writes them (mailtos://, slack://, json:// ...); ${NAME} is taken "
        "from the environment, so that no secret stands in this file"
    )
    stories: list[Key] = Field([], description="changes of these stories alone")
    indicators: list[Key] = Field([], description="changes of these indicators")
    issues: list[Key] = Field([], description="changes of stances on these issues")
    actors: list[Key] = Field([], description="changes of the stances of these actors")
    kinds: list[str] = Field([], description="changes of these kinds alone: rise, fall, shifted ...")
    at_least: float = Field(0.0, ge=0, le=1, description="the least severity told (docs/changes.md)")
    failures: bool = Field(default=False, description="told as well when a run fails")
    enabled: bool = True

    @model_validator(mode="after")
    def _known_kinds(self) -> Subscription:
        unknown = sorted(set(self.kinds) - KINDS)
        if unknown:
            raise ValueError(f"no kind of change {unknown[0]!r}; there are: {', '.join(sorted(KINDS))}")
        return self

    def wants(self, change: Change) -> bool:
        """Return whether a change is to be told."""
        if self.stories and change.story not in self.stories:
            return False
        if self.kinds and change.kind not in self.kinds:
            return False
        return change.severity >= self.at_least and self._chosen(change)

    def _chosen(self, change: Change) -> bool:
        if not (self.indicators or self.issues or self.actors):
            return True
        if isinstance(change, FigureChange):
            return change.indicator in self.indicators
        return change.issue in self.issues or change.actor in self.actors


class SubscriptionsFile(BaseModel):
    """``subscriptions.yml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subscriptions: list[Subscription]

    @model_validator(mode="after")
    def _distinct(self) -> SubscriptionsFile:
        ids = [one.id for one in self.subscriptions]
        doubles = sorted({name for name in ids if ids.count(name) > 1})
        if doubles:
            raise ValueError(f"the subscription {doubles[0]!r} is given twice")
        return self
