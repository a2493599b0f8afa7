"""The number grammar: every quantity a text states, and nothing that only looks like one.

``find_numbers`` works on characters alone. It joins plain amounts (:mod:`.numbers_lex`) to ranges,
ratios, shares, money and measures, and leaves out what :mod:`.numbers_mask` knows to be no quantity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from newsledger.extract.language.families import families_of
from newsledger.extract.language.wordlist import words
from newsledger.extract.numbers.lexicon import (
    DENOMINATORS,
    GLYPHS,
    ONES,
    PLURALS,
    SCALES,
    TENS,
    Amount,
    AmountReader,
    Lexeme,
    lex,
)
from newsledger.extract.numbers.masks import masks
from newsledger.extract.numbers.units import TIME_UNITS, Unit, unit_after, unit_before


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
            a time word (:mod:`.numbers_unit`).
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
class _Draft:
    amount: Amount
    unit: Unit
    before: int
    """Where a currency sign or minus before the number starts."""


_TO = re.compile(r"\s*(?:to|[-–—‑]|until|and up to)\s*\Z", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to|[-–])\s+\Z", re.IGNORECASE)
_OR = re.compile(r"(?:\s+or(?:\s+even)?\s+|\s*-or-\s*)\Z", re.IGNORECASE)
_OUT_OF = re.compile(
    r"\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?|of\s+every|for\s+every)\s+\Z", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween\s+(?:[a-z]+\s+)?\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+(?:than\s+)?){0,3}\Z", re.IGNORECASE)
_OLD_NEW_GAP = re.compile(
    r"(?:\s+(?!or\b|and\b)[^\W\d_]+){0,6}?,?\s+to\s+(?:[a-z]+\s+){0,3}\Z", re.IGNORECASE
)
_VOTE = re.compile(
    r"(?i)\b(?:vot(?:e[ds]?|ing)|ballots?|approv\w+|pass(?:ed|es)?|reject\w*|ruled|ruling|majority|"
    r"margin|senate|parliament|house|council)\b"
)
_DOWN_FROM = re.compile(
    r"\b(?:(?:down|up)\s+from|(?:compared|against|versus)(?:\s+(?:with|to))?)\s+(?:[a-z]+\s+){0,2}\Z"
    r"|\(\s*(?:[A-Z][a-z]+day|yesterday|previously)\s*:\s*\Z|\b(?:rather than|instead of|not)\s+\Z"
)
_CHANGED = re.compile(
    r"(?i)\b(?:by|rose|risen|rise[ns]?|rising|fell|fall(?:s|en|ing)?|dropp?\w*|climb\w*|gain\w*|"
    r"add(?:s|ed|ing)|jump\w*|slid\w*|surg\w*|"
    r"increas\w*|decreas\w*|declin\w*|up|down|lost|shed|plung\w*|slump\w*|tumbl\w*|soar\w*|edg\w*|"
    r"grew|grow\w*|slipp?\w*)\s+"
    r"(?:[a-z]+\s+){0,2}\Z"
)
_ADDED = re.compile(r"\+\Z|[,(]\s*(?:up|down)\s+(?:by\s+)?\Z", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(?:[a-z]+\s+){0,2}\Z", re.IGNORECASE)
_TO_BEFORE = re.compile(r"\b(?:to|at|reached|hit|is|was|of)\s+(?:[a-z]+\s+){0,3}\Z", re.IGNORECASE)
_FROM_GAP = re.compile(
    r"(?:\s+(?!and\b|or\b)[^\W\d_]+){0,4}?,?\s+(?:up\s+|down\s+)?from\s+(?:[a-z]+\s+){0,3}\Z", re.IGNORECASE
)


def find_numbers(text: str) -> list[Number]:
    """Return the quantities of one paragraph, in order; none for a text without."""
    drafts = _drafts(text)
    found: list[Number] = []
    at = 0
    while at < len(drafts):
        joined = _pair(text, drafts[at], drafts[at + 1]) if at + 1 < len(drafts) else None
        found += joined or [_single(text, drafts[at])]
        at += 2 if joined else 1
    return _with_ages(text, found)


_AGE_LIST = re.compile(r",?\s+(?:and|or)\s+|,\s+")
_AGE_ENDS = re.compile(
    r"\s*(?:[,.;:)”\"—–]|$)|\s+(?:and|or|in|on|at|was|were|is|are|has|had|have|who|when|from|died)\b"
)


def _with_ages(text: str, found: list[Number]) -> list[Number]:
    """Return the numbers with every bare one that goes on a list of ages made an age ("aged 4, 7 and 9")."""
    for at in range(1, len(found)):
        last, this = found[at - 1], found[at]
        is_bare = this.unit == "" and this.kind == "plain" and 0 < this.value < 121
        if last.unit != "age" or not is_bare or not _AGE_ENDS.match(text, this.end):
            continue
        if _AGE_LIST.fullmatch(text, last.end, this.start) and _AGED.search(text[: last.start]):
            found[at] = replace(this, unit="age")
    return found


_AGED = re.compile(r"(?i)\bage[ds]?\b[^.;]{0,40}\Z")


def _drafts(text: str) -> list[_Draft]:
    if not _may_hold_number(text):
        return []
    lexemes = lex(text)
    reader = AmountReader(lexemes)
    hidden = masks(text)
    drafts: list[_Draft] = []
    at, mask = 0, 0
    while at < len(lexemes):
        start = lexemes[at].start
        while mask < len(hidden) and hidden[mask][1] <= start:
            mask += 1
        if _is_hidden(hidden, mask, start):
            at += 1
            continue
        read = reader.read(at)
        if read is None or not _stands_alone(text, lexemes, at, read[1]):
            at += 1
            continue
        draft = _signed(text, _with_unit(text, read[0]))
        at = read[1]
        if draft:
            drafts.append(draft)
    return drafts


_CANDIDATE = re.compile(
    rf"(?i)\d|[{''.join(GLYPHS)}]|\b(?:{'|'.join([*ONES, *TENS, *SCALES, *PLURALS])}|dozen|hundred|"
    rf"(?:{'|'.join(DENOMINATORS)})s?)\b"
)


def _may_hold_number(text: str) -> bool:
    return _CANDIDATE.search(text) is not None


def _is_hidden(hidden: list[tuple[int, int]], first: int, start: int) -> bool:
    for low, high in hidden[first:]:
        if low > start:
            return False
        if start < high:
            return True
    return False


_CURRENCY_LETTERS = (
    "US",
    "A",
    "C",
    "Rs",
    "R",
    "USD",
    "EUR",
    "GBP",
    "HK",
    "NZ",
    "S",
    "RM",
    "PS",
    "Ksh",
    "KSh",
)
_NAME_BEFORE = re.compile(r"(?:^|[^.!?:\s\"“‘])\s+(?P<word>[A-Z][\w&/’'-]*)\s\Z")
_COUNTED_AFTER = re.compile(
    r"[\s-]+(?:[a-z-]+\s+){0,2}?(?:[a-z]{2,}s|people|children|men|women|dead|more|others?|crew|staff|police)\b|\s*[%$€£°]"
)
_NOT_NAMES = words(
    """
    some about over around nearly almost only at least than more most up to some another all killed by
    and or of in on the a an kills killing injuring leaves hits tops passes reaches rises is are was
    were has have had i we he she they it what
    """
)


def _stands_alone(text: str, lexemes: list[Lexeme], at: int, end: int) -> bool:
    """Return whether an amount is not the tail or head of some name ("A-4", "3x", "Planet 9")."""
    lexeme = lexemes[at]
    before = lexemes[at - 1] if lexeme.glued and at else None
    if lexeme.kind != "digits":
        return before is None or before.kind not in ("word", "digits")
    if before is not None and before.kind == "word" and before.text not in _CURRENCY_LETTERS:
        return False
    return not _names(text, lexeme, lexemes[end - 1].end)


def _names(text: str, lexeme: Lexeme, end: int) -> bool:
    """Return whether digits belong to the capitalised word before them ("S&P 500", "Game 2")."""
    if (
        not lexeme.text.isdigit()
        or len(lexeme.text) > 4
        or end != lexeme.end
        or _COUNTED_AFTER.match(text, end)
    ):
        return False
    unit = unit_after(text, end, is_money=False, value=float(lexeme.text))
    if unit is not None and unit.name != "age":
        return False
    match = _NAME_BEFORE.search(text[max(0, lexeme.start - 40) : lexeme.start])
    if (
        match is None
        or match["word"].lower() in _NOT_NAMES
        or match["word"] in _CURRENCY_LETTERS
        or families_of(match["word"])
    ):
        return False
    return not _is_title_case(text)


@lru_cache(maxsize=256)
def _is_title_case(text: str) -> bool:
    """Return whether most longer words of a line start with a capital, so that capitals say nothing."""
    words: list[str] = re.findall(r"[^\W\d_]{4,}", text[:2_000])
    return bool(words) and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _with_unit(text: str, amount: Amount) -> _Draft | None:
    before = unit_before(text, amount.start)
    after = unit_after(text, amount.end, is_money=before is not None, value=amount.value)
    if before is not None:
        scaled = after.factor if after and after.name == "" else 1.0
        end = after.end if after and after.name in ("", before.name) else amount.end
        return _Draft(_scaled(amount, scaled), Unit(before.name, 1.0, end), before.start)
    if after is None:
        end_unit = Unit("share" if amount.is_fraction else "", 1.0, amount.end)
        return _Draft(amount, end_unit, amount.start)
    return _Draft(_scaled(amount, after.factor), after, amount.start)


_MINUS = re.compile(r"(?:(?:^|[\s(])[-−–]|(?i:\b(?:minus|negative))\s+)\Z")


def _signed(text: str, draft: _Draft | None) -> _Draft | None:
    """Return the draft below zero where a minus stands before it ("-0.3%", "minus five degrees")."""
    if draft is None or draft.amount.style == "vague":
        return draft
    match = _MINUS.search(text, max(0, draft.before - 12), draft.before)
    if match is None or (
        match.group().strip("( ") in ("–", "-")
        and (draft.unit.name not in ("share", "degree") or match.start() == 0)
    ):
        return draft
    start = match.end() - len(match.group().lstrip("( \n\t"))
    return _Draft(_scaled(draft.amount, -1.0), draft.unit, start)


def _scaled(amount: Amount, factor: float) -> Amount:
    if factor == 1.0:
        return amount
    value, low, high = (float(f"{v * factor:.15g}") for v in (amount.value, amount.low, amount.high))
    return replace(amount, value=value, low=low, high=high)


def _single(text: str, draft: _Draft) -> Number:
    kind = "vague" if draft.amount.style == "vague" else "share" if draft.unit.name == "share" else "plain"
    if _DOWN_FROM.search(text[max(0, draft.before - 40) : draft.before]):
        kind = "old" if kind == "plain" else kind
    if kind == "plain" and _ADDED.search(text[max(0, draft.before - 12) : draft.before]):
        kind = "added"
    return _number(draft, draft.amount.value, draft.amount.low, draft.amount.high, kind)


def _number(draft: _Draft, value: float, low: float, high: float, kind: str) -> Number:
    amount = draft.amount
    end = max(draft.unit.end, amount.end)
    is_word = amount.style != "digits"
    return Number(
        draft.before, end, amount.start, amount.end, value, low, high, kind, draft.unit.name, is_word
    )


def _pair(text: str, first: _Draft, second: _Draft) -> list[Number] | None:
    """Return what two neighbouring amounts make together, or None when they are two."""
    gap = text[max(first.amount.end, first.unit.end) : second.before]
    if len(gap) > 60:
        return None
    before = text[max(0, first.before - 30) : first.before]
    if _OUT_OF.match(gap):
        return _ratio(first, second)
    return _two(text, first, second, gap) or _joined(first, second, before, gap)


def _two(text: str, first: _Draft, second: _Draft, gap: str) -> list[Number] | None:
    """Return both numbers of a vote ("61-39") or of a shared time unit ("10 and 12 years"), else None."""
    around = text[max(0, first.before - 80) : second.amount.end + 40]
    if re.fullmatch(r"\s?[-–]\s?", gap) and _VOTE.search(around):
        return [_single(text, first), _single(text, second)]
    if re.fullmatch(r"\s+(?:and|or)\s+", gap) and not first.unit.name and second.unit.name in TIME_UNITS:
        shared = _Draft(first.amount, replace(second.unit, end=first.amount.end), first.before)
        return [_single(text, shared), _single(text, second)]
    return None


def _joined(first: _Draft, second: _Draft, before: str, gap: str) -> list[Number] | None:
    """Return a range, or what a value was and is, or None when the numbers have nothing in common."""
    low, high = _shared(first, second)
    is_lone_unit = bool(first.unit.name) and not second.unit.name and not _may_share_unit(first, gap)
    if _BY.search(before) and _TO.match(gap) and len(first.unit.name) == 3 and first.unit.name.isupper():
        is_lone_unit = False  # "raised by 500 euros to 4,000"
    if low.unit.name != high.unit.name or is_lone_unit:
        return None
    if _BY.search(before) and _TO.match(gap) and high.amount.value > 3 * low.amount.value:
        return [_of_kind(low, "added"), _of_kind(high, "new")]
    rises, is_change = low.amount.value < high.amount.value, _CHANGED.search(before) is not None
    if (is_change or not rises) and _FROM.search(before) and _OLD_NEW_GAP.match(gap):
        return [_of_kind(low, "old"), _of_kind(high, "new")]
    if rises and _BY.search(before) and _TO.match(gap):
        return [_range(low, high)]  # "fell by 1 to 1.5 degrees"
    if is_change and (high.amount.value > 3 * low.amount.value or first.unit.name != second.unit.name):
        return None  # "rose by 3 to 41": the change and the level
    if rises and (_TO.match(gap) or _OR.match(gap) or (_BETWEEN.search(before) and _AND.match(gap))):
        return [_range(low, high)]
    if _TO_BEFORE.search(before) and _FROM_GAP.match(gap):
        return [_of_kind(low, "new"), _of_kind(high, "old")]
    return None


def _of_kind(draft: _Draft, kind: str) -> Number:
    return _number(draft, draft.amount.value, draft.amount.low, draft.amount.high, kind)


def _may_share_unit(first: _Draft, gap: str) -> bool:
    """Return whether a unit written once, at the first number, may hold for both ("$5-10")."""
    if first.unit.name == "age":
        return _TO.match(gap) is not None or _AND.match(gap) is not None  # "aged between 18 and 43"
    return first.before < first.amount.start and re.fullmatch(r"\s?[-–]\s?", gap) is not None


def _ratio(first: _Draft, second: _Draft) -> list[Number] | None:
    """Return "one in five" as a share, or None: both numbers must be bare and small."""
    above, below = first.amount.value, second.amount.value
    is_plain = not first.unit.name and not second.unit.name
    if not (is_plain and 0 < above < below and above <= 20 and below in (*range(2, 21), 100, 1e3, 1e4, 1e5)):
        return None
    share = float(f"{above / below:.12g}")
    amount = replace(first.amount, end=second.amount.end, value=share, low=share, high=share)
    return [
        _number(_Draft(amount, Unit("share", 1.0, amount.end), first.before), share, share, share, "share")
    ]


def _shared(first: _Draft, second: _Draft) -> tuple[_Draft, _Draft]:
    """Return both with the scale and unit that is written once: "2 to 3 million", "$5-10"."""
    if not first.unit.name and second.unit.name and first.unit.end <= first.amount.end:
        factor = second.unit.factor
        first = _Draft(
            _scaled(first.amount, factor), replace(second.unit, end=first.amount.end), first.before
        )
    elif first.unit.name and not second.unit.name:
        second = _Draft(second.amount, replace(first.unit, end=second.amount.end), second.before)
    if first.amount.scale == 1.0 and second.amount.scale > 1.0 and first.amount.value < 1_000:
        mantissa = second.amount.value / second.amount.scale
        if first.amount.value < mantissa:
            first = _Draft(_scaled(first.amount, second.amount.scale), first.unit, first.before)
    return first, second


def _range(low: _Draft, high: _Draft) -> Number:
    amount = replace(low.amount, end=high.amount.end)
    draft = _Draft(amount, replace(high.unit, end=max(high.unit.end, high.amount.end)), low.before)
    return _number(draft, low.amount.value, low.amount.low, high.amount.high, "range")
