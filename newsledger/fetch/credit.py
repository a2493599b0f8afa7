"""Bylines and credit lines that name the agency a text comes from."""

from __future__ import annotations

import re

from newsledger.fetch.agencies import AGENCIES, agency_named

CREDIT_LINES = 6
"""Lines at the end of a text that can be credits."""
_BY = re.compile(r"^(?:story\s+|text\s+|words\s+)?by[:\s]\s*(?P<names>.+)$", re.IGNORECASE)
_PICTURE = re.compile(
    r"\b(?:photo|image|picture|pictured|getty|file|video|graphic|caption|footage|map)s?\b", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:[/|,;•·]|\s[-–—]\s|\band\b|\bfor\b|\bof\b|\bfrom\b|\bvia\b)\s*")
_ALONE = re.compile(
    r"^(?P<name>[A-Za-z][A-Za-z .'-]{1,40}?)(?:\s+in\s+[A-Z].{2,40}|\s*[,|•·–—-]\s*.{2,40}"
    r"|\s+(?:[Pp]ublished|[Uu]pdated|[Pp]osted)\b.{2,40})?$"
)
_LONGEST = sorted((n for n in AGENCIES if " " in n or n == "Reuters"), key=len, reverse=True)
_PLACE = re.compile(r"\s+in\s+[A-Z][^,]*$")
_COMPANY = re.compile(r"\s+(?:L\.?P?|LLC|Inc|Ltd|Limited|plc)\.?$")
_LAST_NAME = re.compile(
    r"(?:^|\s)(?P<name>" + "|".join(map(re.escape, _LONGEST)) + r"|AP|AFP|UPI|PTI|ANI)\.?$"
)
_HOUSE_STYLE = re.compile(
    r"^\(?(?:Additional )?(?:Reporting|Writing|Compiled)\s+by\b.*\bEditing\s+by\b", re.IGNORECASE
)
_OTHER_HOUSE = re.compile(r"\b(?:AFP|dpa|Xinhua|Anadolu|Yonhap|Kyodo|Bloomberg|UPI)\b")
_CREDITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\(?(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4})?[,\s]*(?:by\s+)?(?:the\s+)?(?P<name>[^.(),]{2,40}?)(?:[.,(]|\s+all\b|\s+\d{4}|$)",
        r"^(?:[—–―~]|--?)\s*(?:the\s+)?(?P<name>[A-Za-z][A-Za-z .'-]{1,40}?)\.?$",
        r"^\(?(?:source|agency|courtesy|credit)\s*:\s*(?:the\s+)?(?P<name>[^.()]{2,40}?)\)?\.?$",
        r"^[(\[](?P<name>[A-Za-z][A-Za-z .'-]{1,40}?)[)\]]\.?$",
        (
            r"^this\s+(?:story|report|article|news|text)\s+(?:was|is|has\s+been)\s+(?:\w+\s+){0,3}"
            r"(?:published|produced|provided|written|distributed|reported)\s+by\s+(?:the\s+)?(?P<name>[^.,()]{2,40}?)"
            r"(?:\s+and\s+is\b|[.,()]|$)"
        ),
        r".*\bsyndicated?\s+(?:news\s+|wire\s+|agency\s+)*feed\s+(?:from|of|by)\s+(?:the\s+)?(?P<name>[^.,()]{2,40})",
    )
)


def agency_of_byline(line: str) -> str | None:
    """Return the agency a byline names: "By Jane Doe / AP", "Reuters in Cairo", "Agence France-Presse".

    Args:
        line: one line of the text's head, or an authors field. A sentence is no byline.
    """
    bare = line.strip()
    if len(bare) > 120 or _PICTURE.search(bare):
        return None
    match = _BY.match(bare)
    if not match:
        return _alone(bare)
    names = match["names"].rstrip(".")
    if _plain(names) in AGENCIES:  # "Press Trust of India" is not to be taken apart
        return AGENCIES[_plain(names)]
    for piece in reversed(_SPLIT.split(names)):
        found = agency_named(_plain(piece))
        if found:
            return found
        last = _LAST_NAME.search(piece)
        if last:
            return agency_named(last["name"])
    return None


def _plain(piece: str) -> str:
    """Return a piece of a byline without what stands before and behind an agency's name."""
    return re.sub(r"^(?:the|staff|writer|reporter)\s+", "", _PLACE.sub("", piece), flags=re.IGNORECASE)


def _alone(line: str) -> str | None:
    """Return the agency of a line that is nothing but its name, with a place or a date."""
    if len(line) > 70 or line.endswith((".", "!", "?", ":")):
        return None
    match = _ALONE.match(line)
    for written in (line, match["name"] if match else ""):
        name = re.sub(r"^the\s+", "", written.strip(), flags=re.IGNORECASE)
        if name in AGENCIES or name.title() in AGENCIES:
            return agency_named(name)
    return None


def agency_of_authors(authors: str) -> str | None:
    """Return the agency in an authors field ("Reuters", "AFP and staff", "Jane Doe, Associated Press")."""
    return agency_of_byline(f"By {authors}") if authors.strip() else None


def agency_of_credits(text: str) -> str | None:
    """Return the agency a text's last lines credit ("© 2025 AFP", "(Reporting by ...; Editing by ...)").

    A line saying that an agency contributed credits nobody with the whole text.
    """
    lines = [line.strip() for line in text.rstrip()[-3000:].splitlines() if line.strip()]
    for line in reversed(lines[-CREDIT_LINES:]):
        found = _credit(line)
        if found:
            return found
    return None


def _credit(line: str) -> str | None:
    if _HOUSE_STYLE.match(line):  # the form Reuters closes its stories with
        return None if _OTHER_HOUSE.search(line) else "Reuters"
    if len(line) > 200 or _PICTURE.search(line):
        return None
    for pattern in _CREDITS:
        match = pattern.match(line)
        if match and (found := agency_named(_COMPANY.sub("", match["name"]))):
            return found
    return None
