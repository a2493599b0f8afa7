"""Numbers as people write them: their digits, how one number's digits differ from another's, their rounding.

Slips happen in writing, not in arithmetic, so they are looked for in the digits a reader sees (``76183``,
``0.21``). :mod:`expectations.numerals` says the same in SQL for what is weighed against other days.
"""

from __future__ import annotations


def digits_of(value: float) -> str:
    """Return the digits of a number without sign and separators: 67183.0 -> "67183", 0.21 -> "0.21".

    Six decimals are more than news ever prints.
    """
    return f"{abs(value):.6f}".rstrip("0").rstrip(".")


def significant(digits: str) -> int:
    """Return how many digits carry information: "67000" -> 2, "67183" -> 5, "0.21" -> 2."""
    return len(digits.replace(".", "").strip("0"))


def last_place(value: float) -> float:
    """Return what the last digit given stands for: 67000 -> 1000, 67183 -> 1, 0.21 -> 0.01; 1 for nought."""
    digits = digits_of(value)
    if "." in digits:
        return float(10 ** -len(digits.split(".")[1]))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if value else 1.0


def is_exchanged(one: str, other: str) -> bool:
    """Return whether two strings of digits are equal but for two that changed places: 76183, 67183."""
    if len(one) != len(other):
        return False
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(places) == 2 and (one[places[0]], one[places[1]]) == (other[places[1]], other[places[0]])


def is_one_more(longer: str, shorter: str) -> bool:
    """Return whether the longer becomes the shorter when one digit is taken out: 671183, 67183."""
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def spoken(value: float, unit: str) -> str:
    """Return a number as a reader expects it: "67,183", "45%", "2,100,000 EUR"."""
    if unit == "share":
        return f"{value * 100:.6g}%"
    sign = "-" if value < 0 else ""
    whole, _, decimals = digits_of(value).partition(".")
    number = f"{sign}{int(whole):,}" + (f".{decimals}" if decimals else "")
    return number if unit in ("person", "count", "") else f"{number} {unit}"
