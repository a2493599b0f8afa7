"""What a rule and a suite of rules are, before any engine runs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """What a failed rule does: stop the promotion, hold the failing rows, or only say so."""

    CRITICAL = "critical"
    ROW = "row"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation, as the query that finds the rows which break it.

    Attributes:
        name: the expectation's name in snake case, unique in its suite.
        subject: the column or property it looks at.
        severity: what happens when a row breaks it.
        detail: what is expected, in words.
        sql: DuckDB query over ``batch`` (and what the suite's prelude makes of it) that returns the
            columns ``id`` and ``reason``, one row or more per record that breaks the rule.
        parameters: values of the query's ``$name`` parameters.
    """

    name: str
    subject: str
    severity: Severity
    detail: str
    sql: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules of one table, in the order in which their checks and holds are listed.

    Attributes:
        table: the frame it looks at (``documents``, ``figures`` ...).
        record_kind: what one row is, as :class:`schemas.audit.Hold` names it.
        columns: the columns the rules read and their types (names of :data:`COLUMN_TYPES`).
        rules: the rules; a row that breaks several is held for the first of them.
        prelude: statements (macros, views) that prepare the batch for the rules.
    """

    table: str
    record_kind: str
    columns: Mapping[str, str]
    rules: tuple[Rule, ...]
    prelude: tuple[str, ...] = ()


COLUMN_TYPES = ("text", "texts", "whole", "real", "reals", "flag", "day", "instant")
"""Types a suite may ask for: string, strings, integer, float, floats, boolean, date, UTC instant."""


def columns_of(**types: str) -> dict[str, str]:
    """Return column types from ``type="name name ..."``, checked against :data:`COLUMN_TYPES`.

    Raises:
        ValueError: a type is not one of :data:`COLUMN_TYPES`.
    """
    unknown = sorted(set(types) - set(COLUMN_TYPES))
    if unknown:
        raise ValueError(f"no column type {unknown[0]!r}; use one of {', '.join(COLUMN_TYPES)}")
    return {name: kind for kind, names in types.items() for name in names.split()}
