"""The words and signs that numbers are written with, and the reading of one plain amount.

Everything here works on characters, not on the parse, so that the grammar also reads headlines,
labels and quotations of an optional language model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsledger.extract.language.wordlist import words

ONES = {
    "zero": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "lac": 1e5,
    "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "mil": 1e6, "tln": 1e12, "mln": 1e6, "mn": 1e6, "bn": 1e9,
    "bln": 1e9, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
GLUED_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "mil": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
"""Scales written without a space: 1.9m, 2bn, 500k."""
PLURALS = {
    "dozens": (24.0, 99.0), "scores": (40.0, 99.0), "hundreds": (100.0, 999.0), "thousands": (1e3, 9_999.0),
    "tens": (10.0, 99.0), "millions": (1e6, 9_999_999.0), "billions": (1e9, 9_999_999_999.0),
    "trillions": (1e12, 9_999_999_999_999.0), "lakhs": (1e5, 999_999.0), "crores": (1e7, 99_999_999.0),
}  # fmt: skip
"""Plurals of magnitude and the interval they assert; the conventions of NewsQuant, ends made disjoint."""
PLURAL_SCALES = {"hundreds": 100.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "twentieth": 20, "hundredth": 100,
    "thousandth": 1000, "millionth": 1_000_000, "billionth": 10**9, "trillionth": 10**12,
}  # fmt: skip
GLYPHS = {
    "½": 0.5,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 0.25,
    "¾": 0.75,
    "⅕": 0.2,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}

_AFTER_SHARE = words(
    """
    of more less were was had have has are is said say fewer as larger smaller lower higher in to by
    from and or
    """
)
"""Words that may follow a share written as a fraction."""

_AFTER_SCORES = words("of more others dead hurt were are have remain still other people")
_OF_METRES = words(
    """
    final race hurdles relay sprint freestyle butterfly backstroke breaststroke medley steeplechase dash
    heats heat champion runner deep high tall long wide away above below underwater
    """
)
"""Words after "m" that tell that it means metres."""
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)"  # 1,234,567.8
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d)"  # 12,34,567
    r"|(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1.234.567
    r"|\d{1,3}(?:[ \u00a0\u2009\u202f’']\d{3})+(?![\d]|[.,]\d{3})"  # 1 234 567
    r"|\d{1,3},\d{1,2}(?=\s(?:million|billion|trillion)\b)"  # 10,5 million
    r"|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
)
_LEXEME = re.compile(
    rf"(?P<digits>{_DIGITS})|(?P<glyph>[½⅓⅔¼¾⅕⅛⅜⅝⅞])|(?P<word>[^\W\d_]+)|(?P<hyphen>[-‐‑])|(?P<other>\S)"
)
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_GROUPED_BY_DOT = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word, run of digits or sign. ``glued`` tells that nothing stands between it and the one before."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """One plain number: where it stands, its value, and the interval of a vague plural.

    ``scale`` is the last scale word's factor (1.0 where none), for ranges that share it ("2 to 3 million");
    ``is_fraction`` marks shares written as fractions; ``style`` is ``digits``, ``words`` or ``vague``.
    """

    start: int
    end: int
    value: float
    low: float
    high: float
    style: str
    scale: float = 1.0
    is_fraction: bool = False


def lex(text: str) -> list[Lexeme]:
    """Return the words, digits and signs of a text, in order."""
    found: list[Lexeme] = []
    last = -1
    for match in _LEXEME.finditer(text):
        kind = str(match.lastgroup)
        found.append(Lexeme(kind, match.group(), match.start(), match.end(), match.start() == last))
        last = match.end()
    return found


class AmountReader:
    """Reads plain amounts out of a list of lexemes."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes

    def _low(self, at: int) -> str:
        """Return the lower-case word at an index, "" where none is."""
        if not 0 <= at < len(self.lexemes):
            return ""
        lexeme = self.lexemes[at]
        return lexeme.text.lower() if lexeme.kind in ("word", "hyphen") else ""

    def read(self, at: int) -> tuple[Amount, int] | None:
        """Return the amount that starts at a lexeme and the index after it, or None."""
        lexeme = self.lexemes[at]
        if lexeme.kind == "digits":
            return self._digits(at)
        if lexeme.kind == "glyph":
            return self._amount(at, at + 1, GLYPHS[lexeme.text], is_fraction=True), at + 1
        if lexeme.kind != "word":
            return None
        return self._plural(at) or self._fraction(at) or self._words(at)

    def _amount(self, at: int, end: int, value: float, **more: object) -> Amount:
        start, stop = self.lexemes[at].start, self.lexemes[end - 1].end
        style = str(more.pop("style", "digits" if self.lexemes[at].kind == "digits" else "words"))
        low, high = value, value
        if "span" in more:
            low, high = more.pop("span")  # type: ignore[misc]
        return Amount(start, stop, value, low, high, style, **more)  # type: ignore[arg-type]

    def _digits(self, at: int) -> tuple[Amount, int] | None:
        value = _digit_value(self.lexemes[at].text)
        end = at + 1
        if end < len(self.lexemes) and self.lexemes[end].kind == "glyph":
            value, end = value + GLYPHS[self.lexemes[end].text], end + 1
        following = self.lexemes[end] if end < len(self.lexemes) else None
        if following and following.text == "/" and following.glued:
            return self._slashed(at)
        mixed = self._slashed(end) if self._is_mixed(at, end) else None
        if mixed:
            value, end = value + mixed[0].value, mixed[1]
        scale, end = self._scale(end)
        if end > at + 1 and scale > 1.0 and self.lexemes[end - 1].kind == "word":
            value, end = self._rest(value * scale, end, scale)
            return self._amount(at, end, _clean(value), scale=scale), end
        return self._amount(at, end, _clean(value * scale), scale=scale), end

    def _is_mixed(self, at: int, end: int) -> bool:
        """Return whether a whole number may be followed by its fraction ("2 1/4")."""
        if end + 1 >= len(self.lexemes) or end != at + 1 or not self.lexemes[at].text.isdigit():
            return False
        is_fraction = self.lexemes[end].kind == "digits" and self.lexemes[end + 1].text == "/"
        return is_fraction and self.lexemes[end + 1].glued and not self.lexemes[end].glued

    def _rest(self, value: float, end: int, scale: float) -> tuple[float, int]:
        """Add what follows a scale word ("3 million and a half", "4 thousand 3 hundred")."""
        if self._low(end) == "and" and self._low(end + 1) in ("a", "one") and self._low(end + 2) == "half":
            return value + 0.5 * scale, end + 3
        step = end + 1 if self._low(end) == "and" and scale == 100.0 else end
        lexeme = self.lexemes[step] if step < len(self.lexemes) else None
        if (
            lexeme is None
            or lexeme.glued
            or not (lexeme.kind == "digits" or self._low(step) in (*ONES, *TENS))
        ):
            return value, end
        read = self._digits(step) if lexeme.kind == "digits" else self._words(step)
        is_part = read is not None and 0 < read[0].value < scale and (step > end or read[0].scale > 1.0)
        return (value + read[0].value, read[1]) if read and is_part else (value, end)

    def _slashed(self, at: int) -> tuple[Amount, int] | None:
        """Return a fraction such as 2/3; other uses of the slash are no amounts."""
        below = self.lexemes[at + 2] if at + 2 < len(self.lexemes) else None
        above = _digit_value(self.lexemes[at].text)
        if below is None or below.kind != "digits" or not below.glued:
            return None
        divisor = _digit_value(below.text)
        if above == divisor == 50:
            return self._amount(at, at + 3, 0.5, is_fraction=True), at + 3
        if not 0 < above < divisor <= 100 or divisor not in (2, 3, 4, 5, 6, 8, 10, 100):
            return None
        return self._amount(at, at + 3, above / divisor, is_fraction=True), at + 3

    def _scale(self, at: int) -> tuple[float, int]:
        """Return the product of the scale words from an index on, and the index after them."""
        scale = 1.0
        if at < len(self.lexemes) and self.lexemes[at].glued:
            glued = self.lexemes[at].text
            factor = None if self._is_metre(at) else GLUED_SCALES.get(glued.lower())
            if factor and not (
                at + 1 < len(self.lexemes) and self.lexemes[at + 1].glued and self._is_wordlike(at + 1)
            ):
                return factor, at + 1
        elif at < len(self.lexemes) and self._is_spaced_letter(at):
            return GLUED_SCALES[self.lexemes[at].text.lower()], at + 1
        while True:
            step = at + 1 if self._low(at) == "-" and self._low(at + 1) in SCALES else at
            word = self._low(step)
            if word in SCALES:
                scale, at = scale * SCALES[word], step + 1
            elif word == "hundred" and scale == 1.0:
                scale, at = 100.0, step + 1
            elif word in ("dozen", "dozens") and scale == 1.0 and at > 0:
                scale, at = 12.0, step + 1
            else:
                return scale, at

    def _is_metre(self, at: int) -> bool:
        """Return whether a glued "m" is metres ("the 5,000m final", "100m hurdles", "30m deep")."""
        if self.lexemes[at].text != "m":
            return False
        is_sum = at > 1 and not self.lexemes[at - 2].text[-1].isalnum() and self.lexemes[at - 1].glued
        after = self._low(at + 1) if self._low(at + 1) != "-" else self._low(at + 2)
        return not is_sum and ("," in self.lexemes[at - 1].text or after in _OF_METRES)

    def _is_spaced_letter(self, at: int) -> bool:
        """Return whether a letter apart from its number is a scale ("$5 M"), no name ("2 K Street")."""
        if self.lexemes[at].text not in ("k", "K", "M", "B") or self.lexemes[at - 1].kind != "digits":
            return False
        after = self.lexemes[at + 1] if at + 1 < len(self.lexemes) else None
        return after is None or not (after.glued or after.text[0].isupper() or after.kind == "digits")

    def _is_wordlike(self, at: int) -> bool:
        return self.lexemes[at].kind in ("word", "digits")

    def _plural(self, at: int) -> tuple[Amount, int] | None:
        """Return "dozens", "tens of thousands", "several hundred", "hundreds of thousands"."""
        word = self._low(at)
        if word in ("several", "few", "couple", "many"):
            return self._several(at)
        if word not in PLURALS or word == "lakhs" or (word == "scores" and not self._counts_scores(at)):
            return None
        low, high = PLURALS[word]
        end = at + 1
        if self._low(end) in ("of", "upon", "and") and self._low(end + 1) in PLURAL_SCALES:
            step = PLURAL_SCALES[self._low(end + 1)]
            if self._low(end) == "of":
                low, high = low * step, (high + 1) * step - 1
            end += 2
        elif self._low(end) == "of" and self._low(end + 1) in ("lakhs", "crores"):
            step = SCALES[self._low(end + 1)]
            low, high, end = low * step, (high + 1) * step - 1, end + 2
        elif word == "tens":
            if self._low(end) != "of":
                return None
            high = 99.0
        return self._amount(at, end, low, span=(low, high), style="vague"), end

    def _counts_scores(self, at: int) -> bool:
        """Return whether "scores" is a number ("scores of people", "scores killed"), no verb and no noun."""
        after = self._low(at + 1)
        return after in _AFTER_SCORES or after.endswith("ed") or (at == 0 and self._low(at + 1) != "")

    def _several(self, at: int) -> tuple[Amount, int] | None:
        """Return "several hundred", "a few thousand", "a couple of hundred"."""
        end = at + 2 if self._low(at) == "couple" and self._low(at + 1) == "of" else at + 1
        word = self._low(end)
        step = 100.0 if word == "hundred" else 12.0 if word == "dozen" else SCALES.get(word)
        if step is None:
            return None
        start = at - 1 if self._low(at - 1) == "a" else at
        high = (3 if self._low(at) == "couple" else 10) * step - 1
        return self._amount(start, end + 1, 2 * step, span=(2 * step, high), style="vague"), end + 1

    def _fraction(self, at: int) -> tuple[Amount, int] | None:
        """Return "half", "two thirds", "a quarter", "half a million", "three-quarters of a million"."""
        word = self._low(at)
        if word == "half":
            return self._half(at)
        if word == "quarter" and self._low(at + 1) in ("million", "billion"):
            return self._scaled_fraction(at, at + 1, 0.25)
        above, middle = self._numerator(at)
        if above is None:
            return None
        if self._low(middle) == "-":
            middle += 1
        below = _denominator(self._low(middle), is_plural=above > 1)
        may_be_ordinal = word in ("a", "an", "one") and self._low(middle) not in ("quarter", "half")
        if below is None or (may_be_ordinal and not self._is_share(middle + 1)):
            return None
        return self._scaled_fraction(at, middle + 1, above / below)

    def _half(self, at: int) -> tuple[Amount, int]:
        """Return "half", "half a million", "half million"."""
        end = at + 2 if self._low(at + 1) in ("-", "of") else at + 1
        step = end + 1 if self._low(end) in ("a", "an") else at + 1
        if self._scale_word(step):
            scale, end = self._scale(step)
            return self._amount(at, end, 0.5 * scale, scale=scale), end
        return self._amount(at, at + 1, 0.5, is_fraction=True), at + 1

    def _scaled_fraction(self, at: int, end: int, share: float) -> tuple[Amount, int]:
        """Return a share, or the number it makes with a scale ("three-quarters of a million")."""
        if self._low(end) in ("million", "billion", "trillion", "crore"):
            scale, end = self._scale(end)
            return self._amount(at, end, share * scale, scale=scale), end
        if self._low(end) == "of" and self._low(end + 1) in ("a", "an") and self._scale_word(end + 2):
            scale, end = self._scale(end + 2)
            return self._amount(at, end, share * scale, scale=scale), end
        return self._amount(at, end, share, is_fraction=True), end

    def _is_share(self, at: int) -> bool:
        """Return whether "a third" is a share here, not the third of a row ("a third day")."""
        if at >= len(self.lexemes) or self.lexemes[at].kind == "other":
            return True
        return self._low(at) in _AFTER_SHARE

    def _scale_word(self, at: int) -> bool:
        return self._low(at) in SCALES or self._low(at) in ("dozen", "hundred")

    def _numerator(self, at: int) -> tuple[float | None, int]:
        word = self._low(at)
        if word in ("a", "an"):
            return 1.0, at + 1
        return (float(ONES[word]), at + 1) if ONES.get(word) else (None, at)

    def _words(self, at: int) -> tuple[Amount, int] | None:
        """Return a number in words: "two hundred and six", "a million", "two and a half million"."""
        word = self._low(at)
        if word == "hundred" and self._low(at + 1) in SCALES:
            scale, end = self._scale(at + 1)
            return self._amount(at, end, 100.0 * scale, scale=scale), end
        if word in ("a", "an"):
            if not self._scale_word(at + 1) or self._low(at + 1) in ("mn", "bn", "tn"):
                return None
            if self._low(at + 1) in ("hundred", "thousand"):
                found = self._sum(at + 1, first=1.0)
                return (self._amount(at, found[1], found[0]), found[1]) if found else None
            scale, end = self._scale(at + 1)
            value, end = self._rest(scale, end, scale)
            return self._amount(at, end, value, scale=scale), end
        found = self._sum(at)
        if found is None:
            return None
        value, end = found
        if self._low(end) in SCALES and value >= 1e3:  # "three lakh crore"
            more, end = self._scale(end)
            value *= more
        value, end, scale = self._with_half(value, end)
        return self._amount(at, end, _clean(value), scale=scale), end

    def _with_half(self, value: float, end: int) -> tuple[float, int, float]:
        """Add "... and a half [million]", "... and a quarter", "point five", and a scale left over."""
        share, after = self._and_share(end)
        if share is not None:
            scale, after = self._scale(after)
            if scale > 1.0:  # "two and a half million", but "one billion and a half million"
                return value * (scale if value < 1e3 else 1.0) + share * scale, after, scale
            return value + share * _scale_of(value), after, _scale_of(value)
        if self._low(end) == "point":
            digits, after = self._decimals(end + 1)
            if digits:
                scale, after = self._scale(after)
                return (value + float(f"0.{digits}")) * scale, after, scale
        if self._low(end) in ("dozen", "dozens"):
            return value * 12, end + 1, 12.0
        return value, end, _scale_of(value)

    def _decimals(self, at: int) -> tuple[str, int]:
        """Return the digits said after "point" ("nought four", "seventy-one") and the index after them."""
        if self._low(at) in TENS:
            step = at + 2 if self._low(at + 1) == "-" else at + 1
            one = ONES.get(self._low(step), 0)
            is_two = 0 < one < 10
            return str(TENS[self._low(at)] + (one if is_two else 0)), step + 1 if is_two else at + 1
        digits = ""
        while self._low(at) in ONES and ONES[self._low(at)] < 10:
            digits, at = digits + str(ONES[self._low(at)]), at + 1
        return digits, at

    def _and_share(self, end: int) -> tuple[float | None, int]:
        """Return the share of "[three] and a half", "[forty two] and a third", "[two] and three-quarters"."""
        parts = [i for i in range(end, min(end + 6, len(self.lexemes))) if self._low(i) != "-"][:3]
        if len(parts) == 3 and self._low(parts[0]) == "and" and self._low(parts[1]) in ("a", "one"):
            below = _denominator(self._low(parts[2]), is_plural=False)
            if below in (2, 4) or (below and self._is_share(parts[2] + 1)):
                return 1 / below, parts[2] + 1
        return self._plural_share(end)

    def _plural_share(self, end: int) -> tuple[float | None, int]:
        """Return the share of "[two] and three-quarters" and the index after it; None where there is none."""
        above, middle = self._numerator(end + 1) if self._low(end) == "and" else (None, end)
        if above is None or above <= 1:
            return None, end
        middle += self._low(middle) == "-"
        below = _denominator(self._low(middle), is_plural=True)
        return (above / below, middle + 1) if below is not None and above < below else (None, end)

    def _sum(self, at: int, first: float | None = None) -> tuple[float, int] | None:
        """Add up number words from an index on; None where there is none."""
        total, current, end, seen = 0.0, first or 0.0, at, first is not None
        last = 1e18
        while True:
            step = end
            if seen and self._low(step) in ("-", "and") and end > at:
                step += 1
            word = self._low(step)
            joiner = self._low(end)
            if joiner == "and" and seen and self._plural_share(end)[0] is not None:
                break
            if word in ONES and (not seen or _may_add_one(current, joiner, ONES[word])):
                current += ONES[word]
            elif word in TENS and (not seen or current % 100 == 0) and (joiner != "-" or not seen):
                current += TENS[word]
            elif word == "hundred" and seen and 0 < current < 100 and joiner != "and":
                current *= 100
            elif word in SCALES and seen and joiner != "and" and current and SCALES[word] < last:
                last = SCALES[word]
                total, current = total + current * last, 0.0
                if SCALES[word] < 1e3:
                    return None
            else:
                break
            seen, end = True, step + 1
        return (total + current, end) if seen and end > at else None


def _may_add_one(current: float, joiner: str, one: int) -> bool:
    """Return whether a word below twenty may follow what was added up so far."""
    if current % 100 == 0:
        return joiner != "-" and (current > 0 or joiner == "and" or one >= 0)
    return current % 10 == 0 and current % 100 >= 20 and one < 10 and joiner != "and"


def _denominator(word: str, *, is_plural: bool) -> int | None:
    if is_plural and word.endswith("s"):
        word = word[:-1]
    elif is_plural and word not in ("halves",):
        return None
    return DENOMINATORS.get(word)


def _digit_value(text: str) -> float:
    if _GROUPED_BY_DOT.fullmatch(text):
        return float(text.replace(".", ""))
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    return float(re.sub(r"[,\s\u00a0\u2009\u202f’']", "", text)[:300])


def _clean(value: float) -> float:
    """Return the value without the dust of binary multiplication (1.9 * 1e6)."""
    return float(f"{value:.15g}") if abs(value) < 1e15 else value


def _scale_of(value: float) -> float:
    for scale in (1e12, 1e9, 1e6, 1e3):
        if value >= scale and value % scale == 0:
            return scale
    return 1.0
