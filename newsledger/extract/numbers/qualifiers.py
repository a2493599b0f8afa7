"""What the words beside a number say of it, and the interval it then asserts (design, section 3)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from newsledger.extract.numbers.grammar import Number
from schemas.figure import Qualifier

_FILL = (
    r"(?:(?:the|a|an|his|her|their|its|estimated|staggering|whopping|record|confirmed|reported|total|"
    r"further|additional|another|other|whole|full|cumulative|all|now|just|being|even|already|grim|symbolic|"
    r"(?:milestone|mark|threshold|barrier)\s+of)\s+){0,4}"
)
"""Words that may stand between a qualifier and its number."""
_BY_HOW_MUCH = (
    r"(?:(?:slightly|somewhat|just|well|far|much|way|(?:only\s+)?a\s+(?:little|bit|shade|touch|tad|fraction)|"
    r"fractionally|marginally|comfortably|significantly|considerably|substantially|a\s+lot)\s+)?"
)

_LEFT: tuple[tuple[Qualifier, str], ...] = (
    (
        Qualifier.AT_LEAST,
        (
            r"at\s+(?:the\s+(?:very\s+)?)?least(?:\s+or\s+equal\s+to)?|(?:no|not)\s+(?:fewer|less|lower)\s+than|a\s+minimum\s+of|"
            r"minimum(?:\s+of)?|upwards?\s+of|≥|>\s?=|at\s+a\s+minimum|as\s+(?:few|little|low)\s+as|"
            r"(?:more|greater|bigger|higher|larger)\s+(?:than\s+)?or\s+equal\s+(?:to|than)"
        ),
    ),
    (
        Qualifier.UP_TO,
        (
            r"(?:no|not)\s+(?:more|greater|higher)\s+than|at\s+(?:the\s+(?:very\s+)?)?most|up\s+to|"
            r"a\s+maximum\s+of|maximum(?:\s+of)?|as\s+(?:many|much|high)\s+as|≤|<\s?=|to\s+within|"
            r"(?:capped|limited)\s+(?:at|to)|not\s+exceed(?:ing)?|a\s+ceiling\s+of|"
            r"(?:less|fewer|smaller|lower)\s+(?:than\s+)?or\s+equal\s+(?:to|than)"
        ),
    ),
    (
        Qualifier.MORE_THAN,
        (
            rf"{_BY_HOW_MUCH}(?:more|greater|higher|larger|bigger|longer|older|further|better|faster|over)\s+than|"
            rf"{_BY_HOW_MUCH}(?:over|above|beyond|north\s+of)|"
            r"in\s+excess\s+of|exceed(?:s|ed|ing)?|"
            r"surpass(?:es|ed|ing)?|top(?:s|ped|ping)|(?:has|have|had|having|now|just|already|"
            r"to)\s+(?:passed|crossed|breached|broken)|(?:climb|soar|ris|ros|go|went|jump|push|surg|creep|"
            r"crept)\w*\s+past|"
            r"(?<!\S)past|(?<!to\s)pass|(?:passes|passed|crosses|passing|crossing)|>"
        ),
    ),
    (
        Qualifier.NEARLY,
        (
            r"nearly|almost|close\s+(?:to|on)|(?:fast\s+)?approaching|"
            r"(?:just\s+|a\s+little\s+|a\s+shade\s+)(?:shy|short)\s+of|(?<!far\s)(?<!well\s)(?:shy|short)\s+of(?!\s+(?:the|its|their)\b)|just\s+(?:under|below)|"
            r"not\s+quite|nearing|nears|slightly\s+(?:less\s+than|under|below)|"
            r"(?:a\s+)?little\s+(?:less\s+than|under)|near\s+to|virtually|practically|nigh\s+on|getting\s+on\s+for|"
            r"(?:the\s+)?(?:best|better)\s+part\s+of"
        ),
    ),
    (
        Qualifier.LESS_THAN,
        (
            rf"{_BY_HOW_MUCH}(?:fewer|less|lower|smaller|shorter|younger)\s+than|{_BY_HOW_MUCH}(?:under|below)|"
            r"south\s+of|<"
        ),
    ),
    (
        Qualifier.ABOUT,
        (
            r"about|around|some|roughly|approximately|approx\.?|circa|ca?\.|~|≈|an?\s+estimated|"
            r"estimated(?:\s+at)?|in\s+the\s+(?:region|neighbou?rhood|order|vicinity)\s+of|"
            r"somewhere\s+(?:around|near|between)|on\s+the\s+order\s+of|more\s+or\s+less|"
            r"an?\s+average\s+of(?=\s+(?:about|around))|near|(?:closer|nearer)\s+to|perhaps|an\s+approximate|estimates\s+of|"
            r"or\s+so|thought\s+to\s+be|give\s+or\s+take"
        ),
    ),
)
_LEFT_COMPILED = tuple(
    (kind, re.compile(rf"(?:(?<=\W)|^)(?P<cue>{cue})\s*{_FILL}\Z", re.IGNORECASE)) for kind, cue in _LEFT
)
_BEFORE_CONVERTED = tuple(
    (kind, re.compile(rf"(?:(?<=\W)|^)(?:{cue})\s+", re.IGNORECASE)) for kind, cue in _LEFT
)
_NOUN = r"(?:\s+[a-z]+){0,2}?"
_RIGHT: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        Qualifier.AT_LEAST,
        re.compile(
            (
                rf"(?:{_NOUN}\s+or\s+(?:even\s+)?(?:more|higher|above|greater|over|upwards?|older|longer)\b|"
                rf"{_NOUN},?\s+(?:if\s+not|and\s+(?:possibly|probably|perhaps|maybe)|or\s+(?:possibly|perhaps))\s+more\b|"
                rf"(?:\s+\w+)?\s+and\s+(?:counting|over|above|up|more)\b|\+|[\s-]plus\b|"
                rf"\s+at\s+(?:the\s+)?(?:very\s+)?least\b)"
            ),
            re.IGNORECASE,
        ),
    ),
    (
        Qualifier.UP_TO,
        re.compile(
            (
                rf"(?:{_NOUN}\s+or\s+(?:less|fewer|under|below|lower|younger|shorter)\b|{_NOUN}\s+(?:at\s+the\s+outside|tops(?=\s*[.,;)]|$))|\s+at\s+(?:the\s+)?most\b|"
                rf"\s+max(?:imum)?\b)"
            ),
            re.IGNORECASE,
        ),
    ),
    (
        Qualifier.ABOUT,
        re.compile(
            (
                rf"(?:[\s-]odd\b|-ish\b|-some(?:thing)?\b|{_NOUN}\s+or\s+(?:so|thereabouts)\b|,?{_NOUN},?\s+(?:more\s+or\s+less|"
                rf"give\s+or\s+take|approximately|roughly)\b|\s*\(approx)"
            ),
            re.IGNORECASE,
        ),
    ),
)
_NOT_OVER = re.compile(
    r"(?i)\b(?:disputes?|rows?|fights?|fought|concerns?|clash(?:es|ed)?|tensions?|war|conflicts?|"
    r"feud|battles?|talks|controversy|arrested|charged|"
    r"protest(?:s|ed)?|outrage|anger|fears|worri(?:es|ed)|questions|debate|deal|control|power|"
    r"criticism|criticised|criticized|take|took|taken|all|hand|"
    r"handed|spread|sued|fined|resign(?:ed)?|ruled?|victory|won|win|advantage|lead|looming|hung|"
    r"hanging|flew|flying|fell|fly|fallen|turn|turned|split|divided|"
    r"out|charges|trial|arrests?|inquiry|investigated|quit|hangs)\s+over\s*\Z"
)
"""Words after which "over" means "because of" or "above in space", not "more than"."""
_NOT_UNDER = re.compile(
    r"(?i)\b(?:convicted|charged|held|agreed|killed|buried|trapped|signed|prosecuted|aged|ages?|"
    r"children|kids|those)\s+(?:under|below|over|above)\s*\Z"
)


LEAST_PASSED = 1_000
"""Smallest count that is passed like a mark; fewer laws or motions are "passed" when adopted."""


@dataclass(frozen=True, slots=True)
class Qualified:
    """A number with what is said of it: qualifier, interval (None is open), and the span with the words."""

    qualifier: Qualifier
    low: float | None
    high: float | None
    start: int
    end: int


def qualify(text: str, number: Number, floor: int = 0, ceiling: int | None = None) -> Qualified:
    """Return what the words around a number inside ``[floor, ceiling)`` say of it."""
    limit = len(text) if ceiling is None else ceiling
    start, end = number.start, number.end
    left = _left(text, number, floor)
    right = _right(text, number, limit)
    if number.kind in ("range", "vague"):
        kind = Qualifier.RANGE if number.kind == "range" else Qualifier.VAGUE
        if left and left[0] in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
            return Qualified(kind, number.low, None if kind is Qualifier.VAGUE else number.high, left[1], end)
        return Qualified(kind, number.low, number.high, left[1] if left else start, end)
    chosen = left or right
    if chosen is None:
        kind = _converted(text, start, floor) or Qualifier.EXACT
        return Qualified(kind, *interval(kind, number.value), start, end)
    if left:
        start = left[1]
    if right:
        end = max(end, right[1])
        chosen = right if left is None or left[0] is Qualifier.ABOUT else left
    low, high = interval(chosen[0], number.value)
    return Qualified(chosen[0], low, high, start, end)


_SIGN = r"[$€£¥₹]?\s?"
_CONVERTED = re.compile(
    rf"{_FILL}(?:US)?{_SIGN}[\d.,]*\d(?:\s?(?:million|billion|trillion|thousand|m|bn|k)\b)?(?:[\s-]?[^\W\d_]+){{0,2}}"
    rf"\s\((?:about\s+)?(?:(?:US|C|A)\s?)?{_SIGN}(?:[\d.,]+\s?[^\W\d_]+\s?/\s?)?\Z",
    re.IGNORECASE,
)


def _converted(text: str, start: int, floor: int) -> Qualifier | None:
    """Return the qualifier of the number that one in brackets converts ("more than 100 km (60 miles)")."""
    first = max(floor, start - 70)
    window = text[first:start]
    if "(" not in window:
        return None
    for kind, pattern in _BEFORE_CONVERTED:
        match = pattern.search(window)
        if match and _CONVERTED.match(window, match.end()):
            return kind
    return None


def interval(qualifier: Qualifier, value: float) -> tuple[float | None, float | None]:
    """Return the ends of what a qualified single number asserts; None is open."""
    if qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return value, None
    if qualifier in (Qualifier.NEARLY, Qualifier.LESS_THAN, Qualifier.UP_TO):
        return None, value
    return value, value


def _left(text: str, number: Number, floor: int) -> tuple[Qualifier, int] | None:
    first = max(floor, number.start - 60)
    window = text[first : number.start]
    if window and not window[-1].isspace() and window[-1] not in "~≈<>≥≤":
        return None
    for kind, pattern in _LEFT_COMPILED:
        match = pattern.search(window)
        if match and not _misread(window[: match.end("cue")], match["cue"].lower(), number):
            return kind, first + match.start("cue")
    return None


def _misread(upto: str, cue: str, number: Number) -> bool:
    """Return whether a word is no qualifier where it stands."""
    if cue in ("over", "above", "under", "below", "past"):
        if (
            _NOT_OVER.search(upto)
            or _NOT_UNDER.search(upto)
            or (cue == "past" and re.search(r"\bthe\s+past\Z", upto))
        ):
            return True
        return (
            number.unit in ("day", "week", "month", "year", "decade")
            and cue in ("over", "past")
            and _is_span(upto)
        )
    if cue == "passed" and number.value < LEAST_PASSED:
        return True
    return cue == "near" and not number.unit and number.value < 10


def _is_span(upto: str) -> bool:
    """Return whether "over" opens a stretch of time ("killed over two weeks")."""
    return re.search(r"(?i)(?:\w(?:ed|en|s)|deaths|killed|people)\s+(?:over|past)\Z", upto) is not None


def _right(text: str, number: Number, ceiling: int) -> tuple[Qualifier, int] | None:
    window = text[number.end : min(ceiling, number.end + 48)]
    for kind, pattern in _RIGHT:
        match = pattern.match(window)
        if match:
            return kind, number.end + match.end()
    return None


def holds_value(low: float | None, high: float | None, value: float) -> bool:
    """Return whether an interval contains the value stated with it."""
    return (low if low is not None else -math.inf) <= value <= (high if high is not None else math.inf)
