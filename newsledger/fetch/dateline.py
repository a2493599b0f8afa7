"""Place, agency and day, read from the text of an article itself.

A dateline is ``PLACE, Date (AGENCY) - `` in the many ways papers print it, at the head of the first
paragraph of the body. An agency is the author of the text, told by dateline, byline or credit line;
an agency that is merely quoted ("told Reuters") is none. The day is read only where the text states
it with its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from newsledger.feeds.dates import read_date
from newsledger.fetch.agencies import agency_named
from newsledger.fetch.credit import agency_of_byline, agency_of_credits
from newsledger.fetch.places import MAX_PLACE, is_place, is_shouted

HEAD_LINES = 18
"""Lines that are searched: headline, deck, byline and a list of key points may come first."""
_BODY_LINE = 160
"""A line that long, ending like a sentence, is a paragraph of the body."""

_DATE = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?:,?\s+\d{4})?"
    r"|\d{4}-\d{2}-\d{2})"
)
_DASH = r"(?:[—–―−]|--+|-)"
_BRACKET = r"(?:\((?P<bracket>[^()]{2,48})\)|(?<=[\s.])/(?P<slash>[A-Za-z][A-Za-z .-]{1,20})/)"
_MARK = rf"(?P<mark>[\s.,]*(?:{_DASH}|:|\|)+|\.)?\s*"
_PLACE = (
    rf"(?P<place>[^()\[\]:;—–―|\d\"“”]{{2,{MAX_PLACE}}}?)(?:(?:\s*\([A-Z][A-Za-z ]+\))?\s*\[[A-Za-z .]+\])?"
)
_CAPITALS = r"(?P<place>(?-i:[A-Z][A-Z .'’-]{1,40}?))"
_NAME = r"[A-Za-z][A-Za-z .-]{1,30}?"
_HEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # CAIRO, Egypt, Oct 6, 2025 (Reuters) - ; MOSCOW, October 6. /TASS/. ; New Delhi, Oct 6 (PTI) Text
        rf"{_PLACE}(?:[\s,.]+(?P<date>{_DATE}))?[\s,.|•]*{_BRACKET}(?:,?\s*(?P<late>{_DATE}))?{_MARK}",
        # CAIRO | AFP - ; CAIRO, Reuters — ; AFP, Cairo –
        rf"(?P<place>[^()\[\]:;—–―|\d\"“”,]{{2,40}}?)\s*[,|•]\s*(?P<bare>{_NAME})\s*(?P<mark>{_DASH})\s+",
        # Oct 6 (Reuters) - ; SYDNEY, Oct 6 AAP -
        rf"(?P<date>{_DATE})\s*{_BRACKET}\s*(?P<mark>{_DASH})\s*",
        rf"{_PLACE}[\s,.]+(?P<date>{_DATE}),?\s+(?P<bare>(?-i:[A-Z]{{2,9}}|Reuters))\s*(?P<mark>{_DASH})\s+",
        # CAIRO, 6 October 2025 - ; GENEVA (6 October 2025) –
        rf"{_PLACE}[\s,.]+\(?(?P<date>{_DATE})\)?(?P<mark>[\s.,]*(?:{_DASH}|:)+)\s*",
        # (ANSA) - ROME, 6 OCT -
        rf"{_BRACKET}\s*(?P<mark>{_DASH})\s*{_CAPITALS}(?:,\s*(?P<date>{_DATE}))?\s+{_DASH}\s+",
        # (AP) —
        rf"{_BRACKET}\s*(?P<mark>{_DASH})\s*",
        # CAIRO — ; Deir el-Balah, Gaza Strip –
        rf"{_PLACE}\.?(?P<mark>\s*[—–―]|\s*--+|\s+-|\.-)\s+",
        rf"{_PLACE}(?P<mark>[—–―])",
        # CAIRO, Egypt:
        rf"{_PLACE}(?P<mark>:)\s+",
    )
)
_STATED_DAY = re.compile(
    r"(?:first\s+published|published|publication\s+date|date\s+published|posted|issued|last\s+updated|updated|date)"
    rf"\s*(?:on|at)?\s*[:\s]\s*(?P<date>.*?(?P<day>{_DATE}).*)$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\b[A-Z]\.[A-Z]$")
_SHORTENED = re.compile(r", [A-Z][a-z]{1,4}$")
"""A state as American papers shorten it: "LA CROSSE, Wis."."""
_AGENCY_NAME = re.compile(
    r"^(?:[A-Z][\w'’.-]*\s+){1,4}(?:Press|Press Agency|News Agency|News Service|Newswire|Wire)$"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪►●]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a text says of its own origin.

    Attributes:
        place: the dateline's place as printed, or None.
        agency: the agency whose text it is, or None.
        date_text: the date as printed (with or without a year), or "".
        day: the day, only where the text states the year, or None.
        body_start: where the first sentence after the dateline starts, in characters; 0 without one.
    """

    place: str | None = None
    agency: str | None = None
    date_text: str = ""
    day: date | None = None
    body_start: int = 0


def read_dateline(text: str) -> Dateline:
    """Return place, agency and day as the text states them; what it does not state is None."""
    lines = list(_head_lines(text))
    found = next((d for start, line in lines if (d := _of_line(line, start))), Dateline())
    agency = found.agency or _first(agency_of_byline(line) for _, line in lines) or agency_of_credits(text)
    day, date_text = found.day, found.date_text
    if day is None:
        stated = _stated_day([line for _, line in lines] + text.rstrip().splitlines()[-3:])
        day, date_text = stated if stated[0] else (None, date_text)
    return Dateline(found.place, agency, date_text, day, found.body_start)


def _first(found: Iterator[str | None]) -> str | None:
    return next((name for name in found if name), None)


def _head_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, line) up to the second paragraph of the body."""
    position, seen, paragraphs = 0, 0, 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            yield position + len(line) - len(line.lstrip()), bare
            seen += 1
            paragraphs += _is_paragraph(bare)
        position += len(line)
        if seen >= HEAD_LINES or paragraphs >= 2:
            return


def _is_paragraph(line: str) -> bool:
    return len(line) >= _BODY_LINE and not _BULLET.match(line)


def _of_line(line: str, start: int) -> Dateline | None:
    if _BULLET.match(line) and not line.startswith(("—(", "-(", "– (")):
        return None
    for head in _HEADS:
        match = head.match(line)
        if match and (found := _accepted(match, line, start)):
            return found
    return None


def _accepted(match: re.Match[str], line: str, start: int) -> Dateline | None:
    """Return the dateline a match stands for, if what it caught can be one."""
    part = match.groupdict()
    rest = line[match.end() :]
    place = (part.get("place") or "").strip(" ,.|•").rstrip("-")
    if _INITIALS.search(place) or (_SHORTENED.search(place) and f"{place}." in line[: match.end()]):
        place += "."
    named = part.get("bracket") or part.get("slash") or part.get("bare") or ""
    agency = (agency_named(named) or _calls_itself_agency(named)) if named else None
    if agency is None and part.get("bare"):  # AFP, Cairo –
        agency, place = agency_named(place), named.strip()
        if agency is None:
            return None
    printed = (part.get("date") or part.get("late") or "").strip()
    if not place and agency is None:
        return None
    if place and agency_named(place) and not named:  # "AFP - Text": the agency in the place's place
        agency, place = agency_named(place), ""
    if place and not is_place(place):
        return None
    if not _convincing(place, agency, named, printed, part.get("mark") or "", rest):
        return None
    return Dateline(place or None, agency, printed, _full_day(printed or named), start + match.end())


def _calls_itself_agency(named: str) -> str | None:
    """Return a name in a dateline's brackets that says itself that it is an agency's ("Northern Press")."""
    return named.strip() if _AGENCY_NAME.match(named.strip()) else None


def _convincing(place: str, agency: str | None, named: str, printed: str, mark: str, rest: str) -> bool:
    """Return whether the signs together make a dateline: a known agency, a date, capitals, a real body."""
    if not rest or not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"“”'‘’«([$€£¥"):
        return False
    if agency is not None:
        return bool(place) or bool(mark)
    if printed or (named and _full_day(named)):
        return bool(mark) and (is_shouted(place) or len(rest) >= 40)
    if named:  # brackets that name nobody we know
        return bool(mark) and is_shouted(place)
    if mark.strip() == ":":
        return is_shouted(place) and len(rest) >= 60 and rest.rstrip()[-1] in ".!?\"”’'…)"
    return is_shouted(place) or _reads_like_body(place, rest)


def _reads_like_body(place: str, rest: str) -> bool:
    """Return whether a place in small letters before a dash opens a paragraph ("Rafah, Gaza Strip – ")."""
    return "," in place and len(rest) >= 60 and rest.rstrip()[-1] in ".!?\"”’'…"


def _full_day(printed: str) -> date | None:
    return read_date(printed.strip(" .")).day if _YEAR.search(printed) else None


def _stated_day(lines: list[str]) -> tuple[date | None, str]:
    """Return the day of a "Published: 6 October 2025" line, before that of an "Updated" one."""
    best: tuple[date | None, str] = (None, "")
    for line in lines:
        match = _STATED_DAY.match(line.strip(" |•·-")) if len(line) < 160 else None
        if match and (day := _full_day(match["day"])):
            if "updated" not in line.lower() or "published" in line.lower():
                return day, match["day"]
            best = best if best[0] else (day, match["day"])
    return best
