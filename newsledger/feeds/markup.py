"""Markup in feed texts, turned into plain text."""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
        "figure",
    ]
)
_SILENT = frozenset(["script", "style", "template", "noscript", "iframe", "object", "svg"])
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
_TAGS = re.compile(r"<[A-Za-z!/][^<>]*>")
_ESCAPED_TAGS = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|q|s|small|span|strong"
    r"|sub|sup|table|tbody|td|tr|u|ul)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
"""Tags that papers write; another word in angle brackets ("the <blink> tag") is part of the text."""


class _Text(HTMLParser):
    """Collects the text of a fragment, a line break for every block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block; fall silent in scripts and styles."""
        del attrs
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at an empty block (``<br/>``)."""
        del attrs
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a block's line; speak again after scripts and styles."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if not self._silent:
            self.parts.append(data)


def plain_text(markup: str) -> str:
    """Return the text of an HTML fragment or of plain text: NFC, one line per block, no tags.

    A text that is no markup comes back with its entities resolved and its spaces joined.
    """
    text = _read(markup) if "<" in markup else html.unescape(markup)
    text = _ESCAPED_TAGS.sub(" ", text)  # markup that was escaped twice, as many feeds do
    text = _BREAKS.sub("\n", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", text).strip()


def _read(markup: str) -> str:
    reader = _Text()
    try:
        reader.feed(markup)
        reader.close()
    except AssertionError:  # the standard library's answer to a broken "<![" section
        return html.unescape(_TAGS.sub(" ", markup))
    return "".join(reader.parts)


def one_line(markup: str) -> str:
    """Return the text of a title: as :func:`plain_text`, on one line."""
    return " ".join(plain_text(markup).split())
