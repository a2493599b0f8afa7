"""The codebook of the tutorial holds, and reads its own examples."""

from __future__ import annotations

import re
from pathlib import Path

from newsledger.extract.check import check_examples
from newsledger.extract.language.text import load_model
from schemas.codebook import Codebook
from schemas.yaml_file import read_yaml

DOCS = Path(__file__).resolve().parents[3] / "docs"


def test_the_tutorial_codebook_reads_its_examples(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n(.*?)```", (DOCS / "codebook.md").read_text(encoding="utf-8"), re.S)
    assert block
    path = tmp_path / "codebook.yml"
    path.write_text(block[1], encoding="utf-8")
    results = check_examples(read_yaml(path, Codebook), load_model())
    assert len(results) == 4
    assert [result for result in results if not result.is_right] == []


def test_the_offices_of_the_page_read_their_examples(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(actors:.*?)```", (DOCS / "codebook.md").read_text(encoding="utf-8"), re.S)
    assert len(blocks) == 1
    path = tmp_path / "codebook.yml"
    path.write_text('story: x\ntitle: X\nversion: "1"\nmatch: {any: [x]}\n' + blocks[0], encoding="utf-8")
    results = check_examples(read_yaml(path, Codebook), load_model())
    assert [result.expected for result in results] == ["The Lorvanian prime minister", "nothing"]
    assert [result for result in results if not result.is_right] == []
