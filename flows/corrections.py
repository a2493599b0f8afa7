"""Decisions of people: read from corrections.yml, written into it, applied without waiting for news."""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from filelock import FileLock

from schemas.audit import Audit
from schemas.codebook import Codebook
from schemas.corrections import Correction, CorrectionsFile, check_names
from schemas.errors import ConfigError
from schemas.yaml_file import read_yaml

if TYPE_CHECKING:
    from flows.report import RunReport

HEAD = """\
# Decisions about single records, in the order they were made (docs/corrections.md).
# They are applied at every run, survive every rebuild, and are published with reason and author.
"""
_EMPTY = "corrections:\n"


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the decisions of a project; none where the file is missing.

    Raises:
        ConfigError: the file does not hold; the message names file, line, key, value and the nearest valid
        one.
    """
    if not path.exists():
        return ()
    return read_yaml(path, CorrectionsFile).decisions


def unknown_names(decisions: Sequence[Correction], codebooks: Sequence[Codebook]) -> list[str]:
    """Return, in words, the corrections to an indicator, actor or issue that no codebook has."""
    names: dict[str, Collection[str]] = {
        "indicator": {name for book in codebooks for name in book.indicators},
        "actor": {name for book in codebooks for name in book.actors},
        "issue": {name for book in codebooks for name in book.issues},
    }
    return [f"corrections.{nth}.value: {words}" for nth, words in check_names(decisions, names)]


def add_correction(path: Path, decision: Correction, *, lock: Path) -> None:
    """Write a decision at the end of corrections.yml; what stands there, comments too, stays as it is.

    Args:
        path: the project's ``corrections.yml``; made when missing.
        decision: the decision.
        lock: a lock file, so that two people who decide at once both get their line.

    Raises:
        ConfigError: the file does not hold, already decides this, or cannot be added to by a machine.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock, timeout=30):
        before = path.read_text(encoding="utf-8") if path.exists() else HEAD + _EMPTY
        known = read_corrections(path)
        text = _added(path, before, decision)
        fresh = path.with_name(f".{path.name}.new")
        _write(fresh, text)
        try:
            now = read_yaml(fresh, CorrectionsFile).decisions
        except ConfigError as error:
            fresh.unlink()
            raise ConfigError(str(error).replace(str(fresh), str(path)), hint=error.hint) from error
        if now != (*known, decision):
            fresh.unlink()
            raise _unwritable(path, decision)
        fresh.replace(path)
        _sync(path.parent)


def _added(path: Path, text: str, decision: Correction) -> str:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    listed = _list_of(node)
    if isinstance(listed, yaml.SequenceNode) and listed.flow_style and listed.value:
        raise _unwritable(path, decision)
    if not isinstance(listed, yaml.SequenceNode) or not listed.value:
        lines = [line for line in text.splitlines() if not line.startswith("corrections:")]
        return "\n".join([*lines, "corrections:", _entry(decision, 2)]) + "\n"
    indent = listed.value[0].start_mark.column - 2
    return text.rstrip("\n") + "\n" + _entry(decision, max(indent, 0)) + "\n"


def _list_of(node: yaml.Node | None) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == "corrections"), None)
    return None


def _entry(decision: Correction, indent: int) -> str:
    """Return one item of the list, indented by some spaces."""
    text = yaml.safe_dump([_plain(decision)], sort_keys=False, allow_unicode=True, width=100)
    return "\n".join(" " * indent + line for line in text.splitlines())


def _plain(decision: Correction) -> dict[str, Any]:
    """Return what a person would write: only what is given, whole numbers without a point."""
    data = decision.model_dump(exclude_unset=True)
    data["action"] = str(decision.action)
    for mapping in (data, data.get("expect", {})):
        for key, value in mapping.items():
            if isinstance(value, float) and value.is_integer():
                mapping[key] = int(value)
    return data


def _unwritable(path: Path, decision: Correction) -> ConfigError:
    return ConfigError(
        f"{path}: the decision could not be added behind the last one; add it by hand:\n"
        f"{_entry(decision, 2)}",
        hint="write the list in block style, one `- target:` a decision",
    )


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def nearest_id(name: str, known: Collection[str]) -> str:
    """Return a clause that names the nearest id, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def apply_corrections(project: Path, *, now: datetime) -> RunReport:
    """Return the report of applying corrections.yml to a ledger and its editions, nothing new being read.

    What a killed run left is finished first. The readings, stands and changes that follow are audited
    before they are committed.

    Raises:
        LockedError: a run is at work.
        AuditBlockedError: what followed failed the audit; the ledger stands as before.
        NewsledgerError: see :mod:`schemas.errors`.
    """
    from expectations.engine import preload  # noqa: PLC0415 - the slow import goes on meanwhile
    from flows import steps  # noqa: PLC0415 - loads the extractor
    from flows.notify import notify  # noqa: PLC0415
    from flows.project import open_project  # noqa: PLC0415
    from flows.report import announcer  # noqa: PLC0415
    from flows.work import working  # noqa: PLC0415

    preload()
    opened = open_project(project)
    with working(opened, announcer(), "corrections", "held", now) as work:
        steps.publish_pending(work)
        if steps.is_worth_promoting(work):
            steps.stage_batch(work)
            work.audit = Audit((), ())
            steps.promote_batch(work)
            steps.publish_pending(work)
        notify(work, steps.published_days(work))
        return steps.report(work)
