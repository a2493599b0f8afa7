"""The whole edition.md and changes.json of the invented day, byte for byte.

When a change of wording is meant, write them anew and read the difference before committing it:
``python -m tests.golden.test_golden_edition``
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newsledger.publish.folder import edition_files
from schemas.config import Site
from tests.unit.publish.sample_edition import sample_edition, sample_tables

FOLDER = Path(__file__).parent
NAMES = ("edition.md", "changes.json")


def current() -> dict[str, bytes]:
    site = Site(title="Norvia Ledger", url="https://ledger.example/")
    files = edition_files(sample_edition(), sample_tables(), site=site)
    return {name: files[name] for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_published_words_are_those_agreed_on(name: str) -> None:
    assert current()[name].decode() == (FOLDER / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for file_name, data in current().items():
        (FOLDER / file_name).write_bytes(data)
