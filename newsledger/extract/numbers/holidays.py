"""Days that news names by a feast: fixed ones, those counted by weekday, and those that hang on Easter."""

from __future__ import annotations

from datetime import date, timedelta

from newsledger.extract.numbers.stretches import month, weekday_of

_FIXED = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new year's day": (1, 1), "new year's": (1, 1), "epiphany": (1, 6),
    "valentine's day": (2, 14), "st patrick's day": (3, 17), "st. patrick's day": (3, 17),
    "new year": (1, 1), "international workers' day": (5, 1), "labour day": (5, 1),
    "april fools' day": (4, 1), "april fool's day": (4, 1), "may day": (5, 1), "independence day": (7, 4),
    "fourth of july": (7, 4), "bastille day": (7, 14), "halloween": (10, 31), "all saints' day": (11, 1),
    "veterans day": (11, 11), "armistice day": (11, 11), "juneteenth": (6, 19), "earth day": (4, 22),
}  # fmt: skip
_COUNTED = {
    "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1),
    "memorial day": (5, 0, -1), "martin luther king day": (1, 0, 3), "presidents day": (2, 0, 3),
    "presidents' day": (2, 0, 3), "columbus day": (10, 0, 2), "mother's day": (5, 6, 2),
}  # fmt: skip
"""Month, weekday (Monday is 0) and which of the month; those of the United States."""
_BY_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "easter day": 0, "good friday": -2,
    "palm sunday": -7, "ash wednesday": -46, "shrove tuesday": -47, "maundy thursday": -3,
    "ascension day": 39, "pentecost": 49, "whit monday": 50,
}  # fmt: skip
HOLIDAYS = (*_FIXED, *_COUNTED, *_BY_EASTER, "black friday", "cyber monday")
"""Their names in lower case, with a straight apostrophe."""


def holiday(name: str, year: int) -> date:
    """Return the day of a feast in a year; ValueError for a name that is none."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name in _BY_EASTER:
        return easter(year) + timedelta(days=_BY_EASTER[name])
    if name in ("black friday", "cyber monday"):
        return holiday("thanksgiving", year) + timedelta(days=1 if name == "black friday" else 4)
    number, weekday, which = _COUNTED.get(name, (0, 0, 0))
    day = weekday_of(month(year, number), weekday, which) if number else None
    if day is None:
        raise ValueError(f"{name!r} is no feast that is known by its day")
    return day


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, over = century // 4, century % 4
    shift = (century + 8) // 25
    moon = (century - shift + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    days = (32 + 2 * over + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * days) // 451
    total = epact + days - 7 * late + 114
    return date(year, total // 31, total % 31 + 1)
