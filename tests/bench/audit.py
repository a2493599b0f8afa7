"""What the audit of a batch of 1,000 documents costs: ``python -m tests.bench.audit [DOCUMENTS]``.

Documents of 400 words with ten figures (four of tracked indicators) and four positions each, from forty
outlets, beside a ledger of ten days. Times are CPU seconds of the process; the import of Great Expectations
is told apart.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from expectations.engine import audit, audit_editions
from schemas.audit import Audit
from schemas.document import Document
from tests.unit.warehouse.newsroom import VERSION, Article, Ledger, at, batch
from warehouse.frames import audit_frames, edition_frames
from warehouse.promote import promote
from warehouse.stage import stage

FILLER = " ".join(["the harbour stays closed while both sides talk on"] * 45)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print the CPU seconds and the seconds on the wall of a block."""
    cpu, wall = time.process_time(), time.monotonic()
    yield
    sys.stdout.write(f"{what:44} {time.process_time() - cpu:6.2f} CPU s {time.monotonic() - wall:6.2f} s\n")


def article(nth: int, day: int) -> Article:
    """Return one document of a day; every fiftieth has a number with exchanged digits."""
    made = Article(f"{day}-{nth:04}", at(day, nth % 20, nth % 60), f"Outlet {nth % 40}")
    toll = 67183 + day if nth % 50 else 76183 + day
    made.figure("toll", toll, aspect="cumulative").figure("strikers", 400 + nth % 3)
    made.figure("wounded", 900 + day).figure("wounded", 900 + day, "about")
    for extra in range(6):
        made.figure(None, 10 + extra + nth % 7)
    for actor, issue in (("union", "pay"), ("port", "pay"), ("union", "shifts"), ("port", "shifts")):
        made.position(actor, issue, "supports" if actor == "union" else "opposes")
    return made


def _longer(document: Document) -> Document:
    text = f"{document.text}\n{FILLER} {document.document_id}"
    return replace(document, text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest())


def main(documents: int = 1_000) -> None:
    """Print what each part of the audit costs."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder))
        for day in range(1, 11):
            ledger.add(*(article(nth, day) for nth in range(60)))
        made = batch([article(nth, 11) for nth in range(documents)], "bench", at(12))
        made.documents[:] = [_longer(document) for document in made.documents]
        staged = Path(folder) / "bench.duckdb"
        stage(staged, made, [(ledger.book, VERSION)])
        rows = f"{documents:,} documents, {len(made.figures):,} figures, {len(made.positions):,} positions"
        sys.stdout.write(rows + "\n")
        with timed("import of Great Expectations"):
            importlib.import_module("expectations.gx")
        with timed("frames (SQL over batch and ledger)"):
            frames = audit_frames(ledger.path, staged)
        with timed("expectations over the batch"):
            found = audit(frames, failure_share=0.5)
        published = promote(ledger.path, staged, Audit((), found.holds))
        with ledger.open() as con:
            with timed("frames of what was derived"):
                derived = edition_frames(con, published.days)
            with timed("expectations over what was derived"):
                audit_editions(derived)
        failed = {c.expectation: c.failed for c in found.checks if not c.success}
        sys.stdout.write(f"{len(found.checks)} checks, {len(found.holds)} rows held: {failed}\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
