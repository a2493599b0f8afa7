"""Parts of a ten that stand for a number: "highs in the mid-60s", "approval in the low 40s".

The same words name ages and decades ("in her mid-60s", "in the mid-60s"), which are no quantities. So a band
counts only beside a word for what is measured that way, or before a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsledger.extract.numbers.drafts import Draft
from newsledger.extract.numbers.lexicon import TENS, Amount
from newsledger.extract.numbers.units import Unit

_TENS = {f"{word[:-1]}ies": value for word, value in TENS.items()}
_BAND = re.compile(
    rf"\bthe\s+(?:(?P<part>low|lower|mid|middle|high|upper)[\s-]+)?(?:(?P<digits>[1-9]0)['’]?s|(?P<word>{'|'.join(_TENS)}))\b"
    r"(?P<unit>\s*(?:per\s?cent|percent|%)|\s+degrees?)?",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"(?i)\b(?:temperatures?|highs?|lows?|thermometers?|approval|support|ratings?|polls?|polling|turnout|"
    r"shares?|prices?|percentages?|scores?|index|margins?)\b[^.;]{0,40}\Z"
)
_ENDS = {"low": (0, 3), "lower": (0, 3), "mid": (4, 6), "middle": (4, 6), "high": (7, 9), "upper": (7, 9)}
"""The first and last of the ten that each part holds."""


def bands(text: str) -> Iterator[Draft]:
    """Yield the bands of a text that are quantities, in order, as vague amounts."""
    for match in _BAND.finditer(text):
        if not match["unit"] and not _MEASURED.search(text, max(0, match.start() - 60), match.start()):
            continue
        ten = float(match["digits"] or _TENS[match["word"].lower()])
        first, last = _ENDS.get((match["part"] or "").lower(), (0, 9))
        start = match.start("part") if match["part"] else match.start("digits" if match["digits"] else "word")
        core = match.end("digits") + 1 if match["digits"] else match.end("word")
        is_share = match["unit"] is not None and "degree" not in match["unit"].lower()
        factor = 0.01 if is_share else 1.0
        low, high = ((ten + end) * factor for end in (first, last))
        name = "share" if is_share else "degree" if match["unit"] else ""
        yield Draft(Amount(start, core, low, low, high, "vague"), Unit(name, factor, match.end()), start)
