"""Make text and addresses from outside fit to show: harmless, wrapped, linked only where it is safe.

The data files keep every character as it was stored; only what people look at passes through here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from schemas.reading import Quote

MAX_EVIDENCE = 600
"""Characters of one quote a page shows; a clause is far shorter, the data files hold the rest."""

MAX_CONTEXT = 110
"""Characters of context shown on each side of a quote."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: an unbalanced one would turn the text after it around."""

_NUMBER = re.compile(
    r"[$€£]?\d[\d,.\u00a0\u202f]*(?:\s?(?:%|percent\b|per cent\b|(?:thousand|million|billion|trillion)\b))?",
    re.IGNORECASE,
)
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "%": -2, "percent": -2, "per cent": -2}

_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FRACTIONS = {"half": 0.5, "quarter": 0.25}
_WORD = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[-\s](?P<unit>{'|'.join(_SMALL[1:10])}))?"
    rf"|(?P<word>{'|'.join([*reversed(_SMALL), *_FRACTIONS])}))\b",
    re.IGNORECASE,
)
"""Numbers as English papers spell them out: up to a hundred, and the two commonest fractions."""


def shown(text: str) -> str:
    """Return text without control characters (terminal escapes too) and without bidi overrides."""
    return _CONTROLS.sub("\ufffd", _BIDI.sub("", text))


def line(text: str) -> str:
    """Return text as one line, its white space folded, harmless to show."""
    return " ".join(shown(text).split())


def clipped(text: str, limit: int = MAX_EVIDENCE) -> str:
    """Return one line of at most ``limit`` characters, an ellipsis where something was cut."""
    folded = line(text)
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def file_name(path: str) -> str:
    """Return the last part of a path, of whichever system: where a reader's folders lie is his own affair."""
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1]


def web_address(url: str | None) -> str | None:
    """Return an address fit to be a link: http or https with a host; anything else is None."""
    if not url or any(char.isspace() or not char.isprintable() for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # a malformed IPv6 host: no address a reader could follow
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def quote_address(quote: Quote) -> str | None:
    """Return the link that opens the document at the quoted words (a text fragment), or None.

    The syntax is the WICG's "Scroll to Text Fragment": ``#:~:text=start[,end]``, where a comma, a dash
    and an ampersand inside the words are percent-encoded. Long or broken quotes give first and last words.
    """
    address = web_address(quote.url)
    if address is None:
        return None
    words = quote.evidence.split()
    if not words:
        return address
    if len(words) <= 12 and "\n" not in quote.evidence:
        text = _fragment(" ".join(words))
    else:
        text = f"{_fragment(' '.join(words[:5]))},{_fragment(' '.join(words[-5:]))}"
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def _fragment(words: str) -> str:
    return percent_encoded(shown(words)[:200], safe="").replace("-", "%2D")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote cut for showing: context, the evidence in three parts, context.

    Attributes:
        before: context before the evidence, one line, possibly starting with an ellipsis.
        head: the evidence up to the number.
        number: the number as printed, or the whole evidence where none is found in it.
        tail: the evidence after the number.
        after: context after the evidence, possibly ending with an ellipsis.
    """

    before: str
    head: str
    number: str
    tail: str
    after: str


def excerpt(quote: Quote) -> Excerpt:
    """Return a quote in the parts that page and Markdown set apart."""
    evidence = clipped(quote.evidence)
    start, end = number_span(evidence, quote.value)
    return Excerpt(
        before=_context_before(quote.before),
        head=evidence[:start],
        number=evidence[start:end],
        tail=evidence[end:],
        after=_context_after(quote.after),
    )


def number_span(evidence: str, value: float | None) -> tuple[int, int]:
    """Return where the number stands in the evidence; the whole of it where none equals the value."""
    if value is not None:
        for match in _NUMBER.finditer(evidence):
            start, end = match.start(), match.start() + len(match.group().rstrip(",. \u00a0\u202f"))
            if _parsed(evidence[start:end]) == Decimal(repr(value)):
                return start, end
            digits = re.match(r"[$€£]?[\d,.\u00a0\u202f]*\d", match.group())
            if digits and _parsed(digits.group()) == Decimal(repr(value)):
                return start, start + digits.end()
        for match in _WORD.finditer(evidence):
            if _spelled(match) == value:
                return match.span()
    return 0, len(evidence)


def _spelled(match: re.Match[str]) -> float:
    """Return the value of a match of :data:`_WORD`."""
    if match["tens"]:
        unit = (match["unit"] or "no").lower()
        return 20 + 10 * _TENS.index(match["tens"].lower()) + _SMALL.index(unit)
    word = match["word"].lower()
    return _FRACTIONS[word] if word in _FRACTIONS else _SMALL.index(word)


def _parsed(printed: str) -> Decimal | None:
    """Return the value of digits with an optional scale word or per cent sign, or None."""
    match = re.fullmatch(r"[$€£]?([\d,.\u00a0\u202f]*\d)\s?(\D*)", printed)
    if match is None:
        return None
    digits = re.sub(r"[,\u00a0\u202f]", "", match.group(1))
    scale = _SCALES.get(match.group(2).strip().lower(), 0)
    try:
        return Decimal(digits).scaleb(scale)
    except InvalidOperation:  # "1.234.567": not a number in the English way, so not the one sought
        return None


def _context_before(text: str) -> str:
    """Return the end of the context, from a word's start and inside the evidence's paragraph."""
    paragraph = shown(text).rsplit("\n", 1)[-1]
    folded = " ".join(paragraph.split())
    space = " " if folded and paragraph[-1].isspace() else ""
    cut = len(folded) > MAX_CONTEXT
    if cut:
        folded = folded[-MAX_CONTEXT:].split(" ", 1)[-1]
    # The record's context is itself cut at 160 characters: a full one starts inside the paragraph.
    opened = cut or (len(text) >= 160 and "\n" not in text)
    return f"{'… ' if opened and folded else ''}{folded}{space}"


def _context_after(text: str) -> str:
    """Return the start of the context, up to a word's end and inside the evidence's paragraph."""
    paragraph = shown(text).split("\n", 1)[0]
    folded = " ".join(paragraph.split())
    space = " " if folded and paragraph[0].isspace() else ""
    cut = len(folded) > MAX_CONTEXT
    if cut:
        folded = folded[:MAX_CONTEXT].rsplit(" ", 1)[0]
    opened = cut or (len(text) >= 160 and "\n" not in text)
    return f"{space}{folded}{' …' if opened and folded else ''}"
