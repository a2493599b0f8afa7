"""What the audit found in a staged batch, and what it keeps out of the edition."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one expectation over one table of a batch.

    Attributes:
        suite: the suite, named after the table (``documents``, ``figures``, ``positions`` ...).
        expectation: the expectation's name in snake case.
        subject: the column or rule it looks at.
        severity: ``critical`` (stops the promotion), ``row`` (holds the failing rows) or ``warning``.
        success: whether it held.
        checked: rows looked at.
        failed: rows that failed.
        sample: up to five failing ids, joined by ", ".
        detail: what was expected, in words.
    """

    suite: str
    expectation: str
    subject: str
    severity: str
    success: bool
    checked: int
    failed: int
    sample: str
    detail: str


@dataclass(frozen=True, slots=True)
class Hold:
    """One row kept out of the edition.

    Attributes:
        record_kind: ``figure``, ``position``, ``attendance``, ``document`` or ``link``.
        record_id: its id (for a document ``document_id``).
        expectation: the expectation it failed.
        reason: why, in words a reader understands, with the values compared.
    """

    record_kind: str
    record_id: str
    expectation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Audit:
    """All checks of a batch and all rows held by them."""

    checks: tuple[Check, ...]
    holds: tuple[Hold, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether a critical check failed, so that nothing of the batch may be promoted."""
        return any(c.severity == "critical" and not c.success for c in self.checks)
