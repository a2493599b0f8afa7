"""What two neighbouring amounts make together: a range, a ratio, an old and a new value, or two numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.extract.numbers.drafts import Draft, Number, number_of, of_kind, scaled, single
from newsledger.extract.numbers.units import TIME_UNITS, Unit

_TO = re.compile(r"(?:\s*(?:to|[-–—‑]|until|through|and up to)\s*|[-‑]\s?to[-‑\s])\Z", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to|[-–])\s+\Z", re.IGNORECASE)
_OR = re.compile(r"(?:\s+or(?:\s+even)?\s+|\s*-or-\s*)\Z", re.IGNORECASE)
_OUT_OF = re.compile(
    r"\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?|of\s+every|for\s+every)\s+\Z", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+ages\s+of\s+|[a-z]+\s+)?\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+(?:than\s+)?){0,3}\Z", re.IGNORECASE)
_OLD_NEW_GAP = re.compile(
    r"(?:\s+(?!or\b|and\b)[^\W_][\w.:]*){0,6}?,?\s+to\s+(?:[a-z]+\s+){0,3}\Z", re.IGNORECASE
)
"""Digits between the two are those of a date or a clock: other numbers would be amounts of their own."""
_OVER = re.compile(
    r"(?i)\b(?:(?:more|greater|higher|larger|bigger|older)\s+than|over|above|at\s+least|no\s+(?:fewer|less)\s+than)\s+\Z"
)
_BUT_UNDER = re.compile(
    r"(?i),?\s+(?:and|but)\s+(?:(?:less|fewer|lower|smaller|younger|no\s+more)\s+than|under|below|at\s+most|up\s+to)\s+\Z"
)
_UNDER = re.compile(
    r"(?i)\b(?:(?:less|fewer|lower|smaller|no\s+more)\s+than|under|below|at\s+most|up\s+to)\s+\Z"
)
_BUT_OVER = re.compile(
    r"(?i),?\s+(?:and|but)\s+(?:(?:more|greater|higher)\s+than|over|above|at\s+least|no\s+(?:fewer|less)\s+than)\s+\Z"
)
_EITHER = re.compile(r"(?i)\beither\s+\Z")
_VOTE = re.compile(
    r"(?i)\b(?:vot(?:e[ds]?|ing)|ballots?|approv\w+|pass(?:ed|es)?|reject\w*|ruled|ruling|majority|"
    r"margin|senate|parliament|house|council)\b"
)
_CHANGED = re.compile(
    r"(?i)\b(?:by|rose|risen|rise[ns]?|rising|fell|fall(?:s|en|ing)?|dropp?\w*|climb\w*|gain\w*|"
    r"add(?:s|ed|ing)|jump\w*|slid\w*|surg\w*|"
    r"increas\w*|decreas\w*|declin\w*|up|down|lost|shed|plung\w*|slump\w*|tumbl\w*|soar\w*|edg\w*|"
    r"grew|grow\w*|slipp?\w*)\s+"
    r"(?:[a-z]+\s+){0,2}\Z"
)
_BY = re.compile(r"\bby\s+(?:[a-z]+\s+){0,2}\Z", re.IGNORECASE)
_TO_BEFORE = re.compile(r"\b(?:to|at|reached|hit|is|was|of)\s+(?:[a-z]+\s+){0,3}\Z", re.IGNORECASE)
_FROM_GAP = re.compile(
    r"(?:\s+(?!and\b|or\b)[^\W\d_]+){0,4}?,?\s+(?:up\s+|down\s+)?from\s+(?:[a-z]+\s+){0,3}\Z", re.IGNORECASE
)


def pair(text: str, first: Draft, second: Draft) -> list[Number] | None:
    """Return what two neighbouring amounts make together, or None when they are two."""
    gap = text[max(first.amount.end, first.unit.end) : second.before]
    if len(gap) > 60:
        return None
    before = text[max(0, first.before - 30) : first.before]
    if _OUT_OF.match(gap):
        return _ratio(first, second, gap)
    return _two(text, first, second, gap) or _joined(first, second, before, gap)


def _two(text: str, first: Draft, second: Draft, gap: str) -> list[Number] | None:
    """Return both numbers of a vote ("61-39") or of a shared time unit ("10 and 12 years"), else None."""
    around = text[max(0, first.before - 80) : second.amount.end + 40]
    ratio = _odds(text, first, second, gap)
    if ratio:
        return [ratio]
    if re.fullmatch(r"\s?[-–]\s?", gap) and _VOTE.search(around):
        return [single(text, first), single(text, second)]
    if re.fullmatch(r"\s+(?:and|or)\s+", gap) and not first.unit.name and second.unit.name in TIME_UNITS:
        shared = Draft(first.amount, replace(second.unit, end=first.amount.end), first.before)
        return [single(text, shared), single(text, second)]
    return None


_RATIO_BEFORE = re.compile(r"(?i)\b(?:ratios?|odds|outnumber\w*|margin|majority|proportion)\b[^.;\d]{0,25}\Z")
_RATIO_AFTER = re.compile(r"(?i)\s+(?:ratio|odds|margin|against|majority)\b")
_RATIO_GAP = re.compile(r"\s?:\s?|[-–]|\s+to\s+|-to-")


def _odds(text: str, first: Draft, second: Draft, gap: str) -> Number | None:
    """Return a ratio ("a ratio of 3:1", "odds of 5-1") or an even split ("50-50") as one number."""
    above, below = first.amount.value, second.amount.value
    if first.unit.name or second.unit.name or not _RATIO_GAP.fullmatch(gap) or below <= 0:
        return None
    around = text[max(0, first.before - 80) : second.amount.end + 40]
    is_even = above == below == 50 and gap in "-–" and not _VOTE.search(around)
    lead = text[max(0, first.before - 40) : first.before]
    if not is_even and not _RATIO_BEFORE.search(lead) and not _RATIO_AFTER.match(text, second.amount.end):
        return None
    if not is_even and below > 10:
        return None
    value = 0.5 if is_even else float(f"{above / below:.12g}")
    unit = "share" if is_even else "ratio"
    amount = replace(first.amount, end=second.amount.end, value=value, low=value, high=value)
    draft = Draft(amount, Unit(unit, 1.0, amount.end), first.before)
    return number_of(draft, value, value, value, "share" if is_even else "plain")


def _joined(first: Draft, second: Draft, before: str, gap: str) -> list[Number] | None:
    """Return a range, or what a value was and is, or None when the numbers have nothing in common."""
    low, high = _shared(first, second)
    bounded = _bounded(low, high, before, gap)
    if bounded or low.unit.name != high.unit.name or _has_lone_unit(first, second, before, gap):
        return [bounded] if bounded else None
    rises, is_change = low.amount.value < high.amount.value, _CHANGED.search(before) is not None
    is_far = high.amount.value > 3 * low.amount.value
    if _BY.search(before) and _TO.match(gap) and (is_far or rises):
        if is_far:
            return [of_kind(low, "added"), of_kind(high, "new")]
        if not (is_change and _FROM.search(before)):
            return [_range(low, high)]  # "fell by 1 to 1.5 degrees"
    if (is_change or not rises) and _FROM.search(before) and _OLD_NEW_GAP.match(gap):
        return [of_kind(low, "old"), of_kind(high, "new")]
    if is_change and (is_far or first.unit.name != second.unit.name):
        return None  # "rose by 3 to 41": the change and the level
    return _spanned(low, high, before, gap)


def _has_lone_unit(first: Draft, second: Draft, before: str, gap: str) -> bool:
    """Return whether a unit of the first number alone cannot be the second's."""
    is_sum = len(first.unit.name) == 3 and first.unit.name.isupper()
    if is_sum and _BY.search(before) and _TO.match(gap):
        return False  # "raised by 500 euros to 4,000"
    return bool(first.unit.name) and not second.unit.name and not _may_share_unit(first, gap)


def _spanned(low: Draft, high: Draft, before: str, gap: str) -> list[Number] | None:
    """Return a range ("10 to 15", "two or three") or a new value before its old one ("to 61 from 58")."""
    rises = low.amount.value < high.amount.value
    if _EITHER.search(before) or (_OR.match(gap) and high.amount.value > 100 * low.amount.value):
        return None
    if rises and (_TO.match(gap) or _OR.match(gap) or (_BETWEEN.search(before) and _AND.match(gap))):
        return [_range(low, high)]
    if _TO_BEFORE.search(before) and _FROM_GAP.match(gap):
        return [of_kind(low, "new"), of_kind(high, "old")]
    return None


def _bounded(low: Draft, high: Draft, before: str, gap: str) -> Number | None:
    """Return the range of "more than 100 but fewer than 150", None for anything else."""
    if low.unit.name != high.unit.name:
        return None
    if _OVER.search(before) and _BUT_UNDER.match(gap) and low.amount.value < high.amount.value:
        return _range(low, high)
    if _UNDER.search(before) and _BUT_OVER.match(gap) and high.amount.value < low.amount.value:
        amount = replace(high.amount, start=low.amount.start)
        upper = replace(low.amount, end=high.amount.end)
        return _range(Draft(amount, high.unit, low.before), Draft(upper, high.unit, low.before))
    return None


_CENTS_GAP = re.compile(r",?\s+(?:and\s+)?\Z")
_CENTS_END = re.compile(r"\s*(?:[.,;!?)](?!\d)|\Z|more\b|each\b|an?\b|per\b)")


def with_cents(text: str, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with the small coin of a sum added to it ("15 dollars 50")."""
    kept: list[Draft] = []
    for draft in drafts:
        if kept and _is_cents(text, kept[-1], draft):
            last = kept[-1]
            value = last.amount.value + draft.amount.value / (1 if draft.unit.name else 100)
            amount = replace(last.amount, value=value, low=value, high=value)
            end = max(draft.unit.end, draft.amount.end)
            kept[-1] = Draft(amount, replace(last.unit, end=end), last.before)
        else:
            kept.append(draft)
    return kept


def _is_cents(text: str, first: Draft, second: Draft) -> bool:
    is_sum = first.unit.name.isupper() and first.unit.end > first.amount.end
    if not is_sum or not _CENTS_GAP.fullmatch(text, first.unit.end, second.before):
        return False
    if first.unit.name == second.unit.name:
        return second.unit.factor == 0.01 and second.amount.value < 1
    is_two = second.amount.value < 100 and (
        second.amount.end - second.amount.start == 2 or second.amount.style == "words"
    )
    is_bare = not second.unit.name and second.amount.value >= 10 and first.amount.scale == 1.0
    return is_two and is_bare and _CENTS_END.match(text, second.amount.end) is not None


def _may_share_unit(first: Draft, gap: str) -> bool:
    """Return whether a unit written once, at the first number, may hold for both ("$5-10")."""
    if first.unit.name == "age":
        return _TO.match(gap) is not None or _AND.match(gap) is not None  # "aged between 18 and 43"
    return first.before < first.amount.start and re.fullmatch(r"\s?[-–]\s?", gap) is not None


def _ratio(first: Draft, second: Draft, gap: str) -> list[Number] | None:
    """Return "one in five" as a share, or None: both numbers must be bare, and small or round.

    One in any number is a share ("one in 68 children"), and so is any number "in every" other.
    """
    above, below = first.amount.value, second.amount.value
    is_plain = not first.unit.name and not second.unit.name
    is_round = below in (*range(2, 21), *range(100, 1000, 100), 1e3, 1e4, 1e5, 1e6)
    is_rate = (above == 1 or "every" in gap.lower()) and below == int(below)
    if not (is_plain and 0 < above < below and above <= 20 and (is_round or is_rate)):
        return None
    share = float(f"{above / below:.12g}")
    amount = replace(first.amount, end=second.amount.end, value=share, low=share, high=share)
    return [
        number_of(Draft(amount, Unit("share", 1.0, amount.end), first.before), share, share, share, "share")
    ]


def _shared(first: Draft, second: Draft) -> tuple[Draft, Draft]:
    """Return both with the scale and unit that is written once: "2 to 3 million", "$5-10"."""
    if not first.unit.name and second.unit.name and first.unit.end <= first.amount.end:
        factor = second.unit.factor
        first = Draft(scaled(first.amount, factor), replace(second.unit, end=first.amount.end), first.before)
    elif first.unit.name and not second.unit.name:
        second = Draft(second.amount, replace(first.unit, end=second.amount.end), second.before)
    hundreds = second.amount.value / 100
    if first.amount.style == second.amount.style == "words" and first.amount.value < hundreds < 10:
        if hundreds == int(hundreds) and first.amount.scale == 1.0:  # "two or three hundred"
            first = Draft(scaled(first.amount, 100.0), first.unit, first.before)
    elif first.amount.scale == 1.0 and second.amount.scale > 1.0 and first.amount.value < 1_000:
        mantissa = second.amount.value / second.amount.scale
        if first.amount.value < mantissa:
            first = Draft(scaled(first.amount, second.amount.scale), first.unit, first.before)
    return first, second


def _range(low: Draft, high: Draft) -> Number:
    amount = replace(low.amount, end=high.amount.end)
    draft = Draft(amount, replace(high.unit, end=max(high.unit.end, high.amount.end)), low.before)
    return number_of(draft, low.amount.value, low.amount.low, high.amount.high, "range")
