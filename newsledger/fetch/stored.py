"""The text as it is stored: everything evidence offsets point into."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_REMOVED = re.compile(
    # Control characters except newline and tab; bidirectional overrides, embeddings and isolates, which
    # can show a reader other words than the bytes hold; invisible joiners; tags; noncharacters.
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_TRAILING = re.compile(r"[^\S\n]+(?=\n|$)")
_GAPS = re.compile(r"\n{3,}")


def stored_text(body: str, title: str = "") -> str:
    """Return a body as it is stored.

    NFC; lines end with one newline; paragraphs keep their single or double break; control, invisible and
    direction-changing characters are gone, spaces at line ends too. A headline comes first, then an
    empty line, unless the body starts with it. Nothing else is rewritten. Applying it twice changes nothing.
    """
    text = _LINE_ENDS.sub("\n", body)
    text = unicodedata.normalize("NFC", _REMOVED.sub("", text))
    text = _GAPS.sub("\n\n", _TRAILING.sub("", text)).strip()
    headline = " ".join(unicodedata.normalize("NFC", _REMOVED.sub("", title)).split())
    if not headline or _starts_with(text, headline):
        return text
    return f"{headline}\n\n{text}" if text else headline


def _starts_with(text: str, headline: str) -> bool:
    first = text.partition("\n")[0]
    return " ".join(first.split()).casefold().rstrip(".") == headline.casefold().rstrip(".")
