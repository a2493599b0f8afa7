"""The errors newsledger raises on purpose, one tree, each with its exit code and a next step."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns; ``docs/cli.md`` explains each to the people who script it."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    AUDIT_BLOCKED = 3
    DEGRADED = 4
    LOCKED = 5
    CHANGES = 10


class NewsledgerError(Exception):
    """A failure with a cause a person can act on.

    Attributes:
        hint: the next command or edit that helps, or an empty string.
        exit_code: what the process returns when this error ends it.
    """

    exit_code: ExitCode = ExitCode.UNEXPECTED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(NewsledgerError):
    """A command line, a path or an identifier that does not name what it should."""

    exit_code = ExitCode.USAGE


class ConfigError(NewsledgerError):
    """A codebook, ``feeds.yml``, ``newsledger.toml`` or manifest that cannot be used as written."""

    exit_code = ExitCode.USAGE


class AuditBlockedError(NewsledgerError):
    """A blocking expectation failed: nothing was promoted, the last edition stands."""

    exit_code = ExitCode.AUDIT_BLOCKED


class LockedError(NewsledgerError):
    """Another run, or another program, holds a file this run must write."""

    exit_code = ExitCode.LOCKED


class LedgerDamagedError(NewsledgerError):
    """The ledger's file cannot be read whole; a run restores it from the snapshot or a backup."""


class PublishError(NewsledgerError):
    """An edition or snapshot could not be written whole (a full disk, for one); the last one stands."""
