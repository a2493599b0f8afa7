"""What a published view and a function of the snapshot are: names, columns, and what each means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its DuckDB type and its meaning."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class View:
    """One published view, one row of which is what ``comment`` says."""

    name: str
    comment: str
    columns: tuple[Column, ...]


def view(name: str, comment: str, columns: str) -> View:
    """Return a view from lines ``column | type | meaning``."""
    rows = [[cell.strip() for cell in line.split("|")] for line in columns.splitlines() if line]
    return View(name, comment, tuple(Column(*row) for row in rows))


@dataclass(frozen=True, slots=True)
class Macro:
    """A function of the snapshot: how it is called, and what it gives."""

    call: str
    comment: str

    @property
    def name(self) -> str:
        """The name alone."""
        return self.call.partition("(")[0]

    @property
    def is_table(self) -> bool:
        """Whether it gives rows, to be read FROM; else it gives a number."""
        return self.name.endswith("_known")
