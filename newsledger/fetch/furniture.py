"""Lines of an extracted text that belong to the page, not to the article.

Related headlines, kickers and footers carry numbers of other stories; a figure read in one of them
would be a false one.
"""

from __future__ import annotations

import re
from typing import Any

from newsledger.fetch.credit import agency_of_credits

LINKED = 0.6
"""A block whose words are links to that share leads elsewhere."""
HEAD_LINES = 5
_KICKER_LENGTH = 60
_FOOTER = re.compile(
    r"©|\ball rights reserved\b|[\w.+-]+@[\w-]+\.\w+|^(?:subscribe|sign up|newsletter|follow us|share this|"
    r"leave a comment|comments?|advertisement|tags?:|related:?|more:|older:|newer:|read more\b|also read\b)",
    re.IGNORECASE,
)
_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "figcaption", "small", "td", "dd", "dt")


def without_furniture(body: str, tree: Any, title: str) -> str:  # noqa: ANN401 - an lxml element
    """Return the lines of a page's running text that are the article's.

    Gone are blocks that are mostly links, picture captions, everything short above the headline and the
    headline itself, and footer lines at the end, unless they credit an agency with the text.

    Args:
        body: the running text found in the page.
        tree: the parsed page, which tells links and captions from paragraphs.
        title: the headline, or "".
    """
    foreign = _foreign_blocks(tree)
    lines = [line for line in body.splitlines() if " ".join(line.split()) not in foreign]
    return "\n".join(_without_footer(_below_headline(lines, title)))


def _foreign_blocks(tree: Any) -> set[str]:  # noqa: ANN401 - an lxml element
    """Return the texts of blocks that are mostly links, and of captions."""
    found = set()
    for block in tree.iter(*_BLOCKS):
        text = " ".join(block.text_content().split())
        if not text or len(text) > 2_000:
            continue
        linked = sum(len(" ".join(a.text_content().split())) for a in block.iter("a"))
        if linked >= LINKED * len(text) or block.tag == "figcaption":
            found.add(text)
    return found


def _below_headline(lines: list[str], title: str) -> list[str]:
    """Return the lines after the headline, where only short lines stand above it."""
    wanted = " ".join(title.split()).casefold()
    for at, line in enumerate(lines[:HEAD_LINES]):
        if wanted and " ".join(line.split()).casefold() == wanted:
            return lines[at + 1 :]
        if len(line) > _KICKER_LENGTH:
            break
    return lines


def _without_footer(lines: list[str]) -> list[str]:
    kept = list(lines)
    while kept and _is_footer(kept[-1]):
        kept.pop()
    return kept


def _is_footer(line: str) -> bool:
    if not line.strip():
        return True
    return len(line) <= 200 and bool(_FOOTER.search(line)) and agency_of_credits(line) is None


def headline_without_outlet(title: str, outlet: str | None, hint: str) -> str:
    """Return a headline without the outlet's name that page titles carry ("Head | Daily").

    Args:
        title: the headline as the page gives it.
        outlet: the publisher's name, or None.
        hint: the feed's own headline, or ""; believed where the page's contains it.
    """
    if hint and hint.casefold() in title.casefold():
        return hint
    if not outlet:
        return title
    name = re.escape(outlet)
    short = re.sub(rf"\s*[|–—\-·•:]\s*(?:the\s+)?{name}\s*$", "", title, flags=re.IGNORECASE)
    return re.sub(rf"^(?:the\s+)?{name}\s*[|–—\-·•:]\s*", "", short, flags=re.IGNORECASE) or title
