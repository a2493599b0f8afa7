"""One quantity as written, and the draft of it: a plain amount with its sign and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsledger.extract.numbers.lexicon import Amount
from newsledger.extract.numbers.units import MAGNITUDE, Unit, unit_after, unit_before


@dataclass(frozen=True, slots=True)
class Number:
    """One quantity as written.

    Attributes:
        start: offset of its first character, currency sign included.
        end: offset after its last character, unit included when the unit is a sign or a measure.
        core_start: offset of the number itself.
        core_end: offset after the number itself.
        value: the value as stated (a share between 0 and 1 for percentages and fractions).
        low: lower end of a range or a vague plural, else ``value``.
        high: upper end.
        kind: ``plain``, ``range``, ``vague``, ``share``, ``old`` (what it was before), ``new``,
            ``added`` ("+14").
        unit: "" for a count, else ``share``, ``percentage point``, an ISO currency code, a measure or
            a time word (:mod:`.units`).
        is_word: whether it is written as a word.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    value: float
    low: float
    high: float
    kind: str
    unit: str
    is_word: bool


@dataclass(slots=True)
class Draft:
    """An amount with its unit, before its neighbours are looked at."""

    amount: Amount
    unit: Unit
    before: int
    """Where a currency sign or minus before the number starts."""


_DOWN_FROM = re.compile(
    r"\b(?:(?:down|up)\s+from|(?:compared|against|versus)(?:\s+(?:with|to))?)\s+(?:[a-z]+\s+){0,2}\Z"
    r"|\(\s*(?:[A-Z][a-z]+day|yesterday|previously)\s*:\s*\Z|\b(?:rather than|instead of|not)\s+\Z"
)
_ADDED = re.compile(r"\+\Z|[,(]\s*(?:up|down)\s+(?:by\s+)?\Z", re.IGNORECASE)


def with_unit(text: str, amount: Amount) -> Draft:
    """Return the draft of an amount with the unit written before or after it."""
    before = unit_before(text, amount.start)
    after = unit_after(text, amount.end, is_money=before is not None, value=amount.value)
    if before is not None:
        end = after.end if after and after.name in ("", before.name) else amount.end
        return Draft(amount, Unit(before.name, 1.0, end), before.start)
    if (
        after is None
        and MAGNITUDE.search(text, max(0, amount.start - 40), amount.start)
        and amount.value < 10
    ):
        return Draft(amount, Unit("magnitude", 1.0, amount.end), amount.start)
    if after is None:
        end_unit = Unit("share" if amount.is_fraction else "", 1.0, amount.end)
        return Draft(amount, end_unit, amount.start)
    return Draft(scaled(amount, after.factor), after, amount.start)


_MINUS = re.compile(
    r"(?:(?:^|(?<![\d%])[\s(])(?P<sign>[-−]|–\s?)|\b(?P<word>minus|negative)\s+)\Z", re.IGNORECASE
)


def signed(text: str, draft: Draft) -> Draft:
    """Return the draft below zero where a minus stands before it ("-0.3%", "minus five degrees", "-12").

    A dash is a minus only where it touches its number, and a long one only before a share or degrees.
    """
    if draft.amount.style == "vague":
        return draft
    match = _MINUS.search(text, max(0, draft.before - 12), draft.before)
    if match is None:
        return draft
    is_long = (match["sign"] or "").startswith("–")
    if is_long and (draft.unit.name not in ("share", "degree") or match["sign"] != "–"):
        return draft
    start = match.start("sign") if match["sign"] else match.start("word")
    return Draft(scaled(draft.amount, -1.0), draft.unit, start)


def scaled(amount: Amount, factor: float) -> Amount:
    """Return the amount multiplied, free of binary dust."""
    if factor == 1.0:
        return amount
    value, low, high = (float(f"{v * factor:.15g}") for v in (amount.value, amount.low, amount.high))
    return replace(amount, value=value, low=low, high=high)


def single(text: str, draft: Draft) -> Number:
    """Return the number of a draft that stands alone."""
    kind = "vague" if draft.amount.style == "vague" else "share" if draft.unit.name == "share" else "plain"
    if _DOWN_FROM.search(text[max(0, draft.before - 40) : draft.before]):
        kind = "old" if kind in ("plain", "share") else kind
    if kind == "plain" and _ADDED.search(text[max(0, draft.before - 12) : draft.before]):
        kind = "added"
    return number_of(draft, draft.amount.value, draft.amount.low, draft.amount.high, kind)


def number_of(draft: Draft, value: float, low: float, high: float, kind: str) -> Number:
    """Return the number of a draft with another value, interval and kind."""
    amount = draft.amount
    end = max(draft.unit.end, amount.end)
    is_word = amount.style != "digits"
    return Number(
        draft.before, end, amount.start, amount.end, value, low, high, kind, draft.unit.name, is_word
    )


def of_kind(draft: Draft, kind: str) -> Number:
    """Return the number of a draft as one of a kind (``old``, ``new``, ``added``)."""
    return number_of(draft, draft.amount.value, draft.amount.low, draft.amount.high, kind)
