"""Bytes -> text, with a word on how the encoding was known."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_LATIN = frozenset({"iso8859-1", "ascii", "iso8859-15"})
"""Labels that in practice mean windows-1252 (WHATWG Encoding, 4.2), or a server's default."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TYPICAL = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa3\xa9\xe1\xe8\xe9\xf1\xf3\xf6\xfc")
"""Bytes beyond ASCII that English in windows-1252 is made of: quotation marks, dashes, a few letters."""


STRAY = 0.01
"""Share of NUL bytes up to which markup is still text; UTF-16 without a mark is half NUL bytes."""


class NotTextError(Exception):
    """The bytes are no text in any encoding worth believing."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its encoding was known.

    Attributes:
        text: the decoded text.
        charset: the encoding used, by Python's name.
        source: ``bom``, ``header``, ``meta``, ``utf-8`` (it simply is) or ``guessed``.
        note: a word for the ledger where something was odd, or "".
    """

    text: str
    charset: str
    source: str
    note: str = ""


def decode(body: bytes, content_type: str | None = None, *, is_markup: bool = False) -> Decoded:
    """Return the text of a body.

    A byte order mark decides; then the header and the page's own declaration, as long as the bytes
    obey them; a Latin declaration gives way to UTF-8 where the bytes are that. What nobody declared is
    UTF-8, or guessed.

    Raises:
        NotTextError: NUL bytes or mostly control characters, or no encoding fits.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _strict(body, name, "bom")
    body = _without_stray_nul(body) if is_markup else body
    declared = list(_declared(body, content_type, is_markup=is_markup))
    for label, source in declared:
        found = _as_declared(body, label, source)
        if found is not None:
            return found
    lied = f"charset {declared[0][0]} declared, not obeyed" if declared else ""
    return _undeclared(body, lied)


def _without_stray_nul(body: bytes) -> bytes:
    """Return markup without its NUL bytes where they are few, as a template's padding is; HTML drops them."""
    count = body.count(0)
    return body.replace(b"\x00", b"") if 0 < count <= STRAY * len(body) else body


def _declared(body: bytes, content_type: str | None, *, is_markup: bool) -> list[tuple[str, str]]:
    header = _HEADER.search(content_type or "")
    meta = _META.search(body[:4096]) if is_markup else None
    labels = [(header[1], "header")] if header else []
    return labels + ([(meta[1].decode("ascii", "replace"), "meta")] if meta else [])


def _as_declared(body: bytes, label: str, source: str) -> Decoded | None:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    if name in _LATIN:
        if not body.isascii() and _is_utf8(body):
            return _strict(body, "utf-8", "utf-8", f"charset utf-8 though {label} declared")
        name = "cp1252" if name != "iso8859-15" else name
    try:
        return _strict(body, name, source)
    except NotTextError:
        return None


def _undeclared(body: bytes, lied: str) -> Decoded:
    if _is_utf8(body):
        return _strict(body, "utf-8", "utf-8", lied)
    if b"\x00" in body:
        raise NotTextError("NUL bytes")
    name = _guess(body)
    if name is None:
        raise NotTextError("no encoding fits the bytes")
    return _strict(body, name, "guessed", f"charset guessed: {name}" + (f" ({lied})" if lied else ""))


def _guess(body: bytes) -> str | None:
    beyond = [byte for byte in body if byte > 0x7F]
    if sum(byte in _TYPICAL for byte in beyond) > 0.8 * len(beyond) and len(beyond) < 0.2 * len(body):
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed

    best = from_bytes(body[:200_000]).best()
    return best.encoding if best is not None else None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strict(body: bytes, name: str, source: str, note: str = "") -> Decoded:
    try:
        text = body.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise NotTextError(str(error)) from error
    if "\x00" in text or len(_CONTROLS.findall(text)) > max(2, len(text) // 200):
        raise NotTextError("control characters")
    return Decoded(text, name, source, note)
