"""The files of an edition: its tables, column by column, and what each file is.

From here come the tables' Arrow schema, the data package, the description for search engines and machine
learning (Croissant), the page's list of downloads and the data dictionary of the site.
"""

from __future__ import annotations

from schemas.contract import FIGURES, POSITIONS
from schemas.published import Column, View

_SIDE = (
    ("value", "DOUBLE", "the value as stated"),
    ("value_low", "DOUBLE", "lower end of what it asserts; empty is open"),
    ("value_high", "DOUBLE", "upper end; empty is open"),
    ("qualifier", "VARCHAR", "exact, about, at_least, more_than, nearly, less_than, up_to, range or vague"),
    ("stance", "VARCHAR", "supports, opposes or conditional"),
    ("condition", "VARCHAR", "the verbatim condition of a conditional stance"),
    ("said", "VARCHAR", "the value or stance in words"),
    ("texts", "INTEGER", "independent texts behind it"),
    ("outlets", "VARCHAR", 'the outlets behind it, joined by "; "'),
    ("record_id", "VARCHAR", "the figure or position quoted first"),
    ("document_id", "VARCHAR", "its document"),
    ("outlet", "VARCHAR", "that document's outlet"),
    ("published_at", "VARCHAR", "that document's publication instant in ISO 8601"),
    ("url", "VARCHAR", "its address"),
    ("source_path", "VARCHAR", "the file it came from, when it came from a file"),
    ("evidence", "VARCHAR", "the verbatim words"),
    ("evidence_start", "INTEGER", "where they start in the text, in characters from 0"),
    ("evidence_end", "INTEGER", "where they end"),
)
"""Columns of one side of a change: name, DuckDB type, meaning."""

CHANGES = View(
    "changes",
    "a change of the day, of a figure or of a position, with both sides and their words",
    (
        Column("change_id", "VARCHAR", "stable name, the anchor of the change on its page"),
        Column("day", "DATE", "the edition day"),
        Column("previous_day", "DATE", "the day compared with"),
        Column("revision", "INTEGER", "the edition's revision"),
        Column("story", "VARCHAR", "the story"),
        Column("subject_kind", "VARCHAR", "figure or position"),
        Column("subject", "VARCHAR", "the indicator, or actor/issue"),
        Column("label", "VARCHAR", "the same for readers"),
        Column("kind", "VARCHAR", "the kind of change (docs/changes.md)"),
        Column("words", "VARCHAR", "the change as a sentence"),
        Column("unit", "VARCHAR", "the indicator's unit; empty for a position"),
        *(
            Column(f"{name}_{side}", kind, f"{side}: {comment}")
            for side in ("before", "after")
            for name, kind, comment in _SIDE
        ),
        Column("against", "VARCHAR", 'what stands against it that day, in words, joined by "; "'),
        Column("severity", "DOUBLE", "0 to 1, by the formula of docs/changes.md"),
        Column("run_id", "VARCHAR", "the run that published it"),
    ),
)

TABLES: tuple[View, ...] = (CHANGES, FIGURES, POSITIONS)
"""The tables of every edition, each as NAME.csv and NAME.parquet; the first column is their key."""

_TABLES_ABOUT = {
    "changes": "one row a change, with both sides and their words",
    "figures": "every number read, tracked or not",
    "positions": "every stance read",
}

ABOUT: dict[str, str] = {
    "edition.md": "the day for e-mail and chat",
    "changes.json": "changes, disagreements and what is held, with all evidence",
    **{
        f"{view.name}.{kind}": f"{_TABLES_ABOUT[view.name]} ({words})"
        for view in TABLES
        for kind, words in (("csv", "CSV"), ("parquet", "Parquet"))
    },
    "audit.json": "every expectation and its result, outcomes of the runs",
    "changes.schema.json": "JSON Schema of changes.json (draft 2020-12)",
    "datapackage.json": "Frictionless data package: files, columns, types, checksums",
    "croissant.json": "the same for search engines and machine learning (schema.org Dataset, Croissant)",
    "SHA256SUMS": "checksums of all files, for sha256sum --check",
}
"""What each file of an edition is, in the order the page offers them."""
