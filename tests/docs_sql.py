"""The questions of docs/sql.md: each a heading and the SQL below it, asked of another story if need be."""

from __future__ import annotations

import re
from pathlib import Path

_PAGE = Path(__file__).parent.parent / "docs" / "sql.md"
_QUESTION = re.compile(
    r"^## (?P<title>.+?)$(?:(?!^## ).)*?^```sql\n(?P<query>.+?)^```", re.MULTILINE | re.DOTALL
)


def questions(**asked: str) -> list[tuple[str, str]]:
    """Return title and SQL of every question, in the order of the page.

    Args:
        asked: what to ask for instead of the page's own (``story="flood"``): the literals of the first line.
    """
    page = _PAGE.read_text(encoding="utf-8")
    return [(m["title"], _asking(m["query"], asked)) for m in _QUESTION.finditer(page)]


def _asking(query: str, asked: dict[str, str]) -> str:
    for name, value in asked.items():
        query = re.sub(rf"'[^']*' AS {name}\b", f"'{value}' AS {name}", query)
    return query
