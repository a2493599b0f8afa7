"""The date phrases of English: patterns, each with the function of :mod:`.date_phrases` that reads it."""

from __future__ import annotations

import re

from newsledger.extract.numbers.date_phrases import (
    DECADES,
    RANKS,
    Reader,
    read_ahead,
    read_beside,
    read_century,
    read_counted,
    read_day_in,
    read_day_of_month,
    read_days_of_month,
    read_decade,
    read_feast,
    read_iso,
    read_month_phrase,
    read_named,
    read_numeric,
    read_period,
    read_quarter,
    read_season_of,
    read_so_far,
    read_span,
    read_the_weekend,
    read_week_after_next,
    read_week_of,
    read_week_of_day,
    read_weekday,
    read_weekday_number,
    read_year_phrase,
)
from newsledger.extract.numbers.holidays import HOLIDAYS
from newsledger.extract.numbers.lexicon import ONES, TENS
from newsledger.extract.numbers.masks import MONTH
from newsledger.extract.numbers.stretches import SEASONS

_UNIT = r"(?P<unit>hour|day|night|week|fortnight|month|quarter|year|decade|century)s?"
_DIGITS = list(ONES)[1:10]
_ONES = "|".join(sorted(ONES, key=len, reverse=True))
_TENS = "|".join(TENS)
COUNT = (
    rf"(?P<count>\d{{1,3}}|(?:{_TENS})[\s-](?:{'|'.join(_DIGITS)})|{_ONES}|{_TENS}|an?\s+(?:few|"
    r"couple(?:\s+of)?)|several|few|couple(?:\s+of)?|an?)"
)
_MORE = (
    rf"(?:,?\s+(?:and\s+)?(?P<more>\d{{1,3}}|{'|'.join(_DIGITS)})\s+"
    r"(?P<more_unit>day|week|month|year)s?)?"
)
_RANK = rf"(?:(?:(?:twenty|thirty)[\s-])?(?:{'|'.join(RANKS)})|thirtieth)"
DAY_NUMBER = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_RANK}|(?:twenty|thirty)[\s-](?:{'|'.join(_DIGITS)}))"
_YEAR = r"(?:(?:1[5-9]|2[01])\d\d)"
_SPOKEN = (
    rf"(?:(?:(?:nineteen|twenty)\s+(?:{_TENS})(?:[\s-](?:{'|'.join(_DIGITS)}))?|"
    rf"two\s+thousand(?:(?:\s+and)?\s+(?:{_TENS}))?(?:(?:\s+and)?[\s-](?:{_ONES}))?)\b)"
)
_WEEKDAY = r"(?-i:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:r?s)?|Fri|Sat(?:ur)?|Sun)(?:day|\b\.?)|\b(?:Tues|Thurs?)\b)"
_ALONE = r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Thu(?:rs?)?|Fri)\b)"
"""Weekdays that need no date beside them: "Sat", "Sun" and "Wed" are words of their own."""
_ANY_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri)"
_WHICH = (
    r"(?P<which>this\s+(?:past|coming|upcoming)|last|this|next|previous|past|coming|upcoming|following|"
    r"the\s+same|same|that)"
)
_PART = (
    r"(?P<part>early|mid|late|earlier|later|(?:the\s+)?(?:beginning|start|end|middle|rest|remainder)\s+of)"
)
_OPTIONAL_PART = rf"(?:{_PART}[\s-]+)?(?:the\s+)?"
_MONTH = rf"(?P<month>(?-i:{MONTH}))"
_NO_DAY = r"(?!\.?\s*\d{1,2}(?![\d,])|[\w’'])"
_OF_YEAR = (
    rf"(?:(?:,?\s+|\s?,\s*|-)(?:of\s+|in\s+)?(?P<y>{_YEAR}|{_SPOKEN})|"
    r"\s+(?:of\s+)?(?P<which>last|this|next|(?<=of\s)the)\s+year)(?![\d,.-]*\d|\s*(?:people|%|per\s?cent|km\b))"
)
_SURE_MONTH = (
    r"(?:January|February|September|October|November|December|Jan\.?|Feb\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_TO_DAY = (
    r"(?P<lead>(?:in|since|during|by|until|till|from|of|between|after|before|through|to|and|over|around|for)"
    r"\s+(?:the\s+)?)"
)
_TO_YEAR = (
    r"(?P<lead>(?:in|since|during|by|until|till|from|of|after|before|between|to|through|and|for|at|than|"
    r"around|back\s+in|the)\s+(?:the\s+)?(?:(?:calendar\s+)?year\s+(?:of\s+)?)?)"
)
MONTH_FIRST = re.compile(rf"(?:{_WEEKDAY},?\s+)?{MONTH}")
"""A day written with its month first."""
_FEASTS = "|".join(re.escape(name).replace("'", "['’]") for name in sorted(HOLIDAYS, key=len, reverse=True))

_DAYS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:{_WEEKDAY},?\s+)?(?<![\d-])(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}})(?![\d-])", read_iso),
    (r"(?<![\d/])(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/])", read_iso),
    (
        (
            rf"(?<![\d/.-])(?P<a>\d{{1,2}})(?P<sign>[/.-])(?P<b>\d{{1,2}})(?P=sign)(?P<y>{_YEAR})"
            r"(?![\d-])"
        ),
        read_numeric,
    ),
    (
        (
            rf"(?:{_WEEKDAY},?\s+(?:the\s+)?)?(?<![\d.,$€£])\b(?P<d>{DAY_NUMBER})(?:\s+day)?(?:\s+of)?[\s-]+"
            rf"{_MONTH}(?!\w)(?:{_OF_YEAR})?"
        ),
        read_day_of_month,
    ),
    (
        (
            rf"(?:(?:(?:this|on|next)\s+)?{_ANY_DAY}\.?,?\s+)?\b"
            rf"{_MONTH}[\s-]*"
            rf"(?:the\s+)?(?P<d>{DAY_NUMBER})\b(?!,\d|\.\d|%|\s*(?:people|million|percent))(?:{_OF_YEAR})?"
        ),
        read_day_of_month,
    ),
    (
        (
            rf"\b(?:(?P<week>(?:last|this|next)\s+week)(?:['’]s)?\s+(?:(?:on|from|between)\s+)?)?(?:{_WHICH}\s+)?"
            rf"(?P<day>{_ALONE})(?:\s+(?:of\s+)?(?P<after>(?:last|this|next)\s+week))?(?!\w)"
        ),
        read_weekday,
    ),
    (
        (
            rf"\b(?P<day>{_WEEKDAY})\s+(?:the\s+)?"
            rf"(?P<d>\d{{1,2}}(?:st|nd|rd|th)|(?<=the\s)(?:{_RANK}))\b"
        ),
        read_weekday_number,
    ),
    (
        (
            r"\b(?P<name>(?:the\s+)?day\s+before\s+yesterday|(?:the\s+)?day\s+after\s+tomorrow|"
            r"yesterday(?:\s+evening)?|today|tonight|tomorrow|overnight|last\s+night|"
            r"this\s+(?:morning|evening|afternoon)|right\s+now|(?<=and\s)now|(?<=between\s)now)\b"
        ),
        read_named,
    ),
    (r"\b(?:the\s+)?(?P<side>previous|next|following)\s+day\b(?!\s+delivery)", read_beside),
    (
        (
            r"\b(?:the|one|a)\s+day\s+(?P<side>before|after)\b"
            r"(?!\s+(?:yesterday|tomorrow|the|his|her|their|its|a)\b)"
        ),
        read_beside,
    ),
    (rf"\b(?:the\s+)?(?P<d>{DAY_NUMBER})(?:\s+day)?\s+of\s+(?P<rel>this|last|next)\s+month\b", read_day_in),
    (r"\bon\s+the\s+(?P<d>\d{1,2}(?:st|nd|rd|th))\b(?!\s+(?:[a-z]+\s+)?[a-z]{3,})", read_day_in),
    (
        (
            r"\b(?:from|between)?\s*\b(?P<d>\d{1,2})\s*(?:to|and|[-–]|until|through)\s*(?P<last>\d{1,2})"
            r"\s+(?:of\s+)?(?P<rel>this|last|next)\s+month\b"
        ),
        read_days_of_month,
    ),
    (
        rf"\b(?:(?P<rel>last|next|this|following|past)\s+)?(?P<feast>{_FEASTS})(?:\s+of)?(?:{_OF_YEAR})?(?!\w)",
        read_feast,
    ),
)
_COUNTED: tuple[tuple[str, Reader], ...] = (
    (
        (
            rf"\b{COUNT}\s+{_UNIT}{_MORE}\s+(?:(?P<side>ago|earlier|later|back)\b|"
            r"(?P<side2>before|after)(?=\s*[.,;)]|\s*$))"
        ),
        read_counted,
    ),
    (
        rf"\b{COUNT}\s+{_UNIT}\s+(?P<side>before|after|from)\s+(?P<base>today|yesterday|tomorrow|now)\b",
        read_counted,
    ),
    (rf"\bin\s+(?:about\s+)?{COUNT}\s+{_UNIT}(?:['’]\s+time)?(?=\s*[.,;?!]|\s*$)", read_ahead),
    (
        (
            r"\b(?P<within>within)\s+(?:the\s+(?:(?P<which>next|coming|upcoming|past|last)\s+))?"
            rf"{COUNT}\s+{_UNIT}{_MORE}\b(?:\s+(?:from|of)\s+(?:now|today))?"
        ),
        read_span,
    ),
    (
        (
            rf"\b(?:the\s+)?(?P<which>last|past|next|previous|coming|upcoming|following)\s+{COUNT}\s+"
            rf"(?:(?:business|working|calendar)\s+)?{_UNIT}\b"
        ),
        read_span,
    ),
    (
        rf"\b(?:the\s+)?{COUNT}\s+(?P<which>past|next|previous|coming|upcoming|following)\s+{_UNIT}\b",
        read_span,
    ),
)
_PERIODS: tuple[tuple[str, Reader], ...] = (
    (rf"\b(?:{_PART}[\s-]+)?(?:the\s+)?(?P<month>(?-i:{MONTH})){_OF_YEAR}", read_month_phrase),
    (rf"\b{_TO_DAY}(?:{_PART}[\s-]+)?(?P<month>(?-i:{MONTH})){_NO_DAY}", read_month_phrase),
    (
        (
            rf"\b(?:{_PART}[\s-]+)?(?P<rel>(?:this\s+past|this\s+coming|last|this|next|past|coming))\s+"
            rf"(?P<month>(?-i:{MONTH})){_NO_DAY}"
        ),
        read_month_phrase,
    ),
    (rf"\b{_PART}[\s-]+{_MONTH}{_NO_DAY}", read_month_phrase),
    (rf"\b(?P<month>(?-i:{_SURE_MONTH})){_NO_DAY}", read_month_phrase),
    (
        (
            rf"\b(?:{_PART}\s+)?(?:the\s+)?{_WHICH}\s+(?:calendar\s+|fiscal\s+|working\s+)?(?P<unit>week|weekend|fortnight|month|"
            rf"quarter|year|decade|{'|'.join(SEASONS)})\b(?!\s+and\s+a\s+half|['’]s\s+(?:end|eve))"
        ),
        read_period,
    ),
    (rf"\b{_PART}\s+(?:in\s+)?(?:(?:the|my)\s+)?(?P<unit>week|month|quarter|year|decade)\b", read_period),
    (r"\bthe\s+weekend\b", read_the_weekend),
    (
        r"\b(?P<unit>week|month|quarter|year)\s+to\s+date\b|\bso\s+far\s+this\s+(?P<unit2>week|month|quarter|year)\b",
        read_so_far,
    ),
    (r"\bthe\s+(?P<unit>week|weekend|month)\s+after\s+(?:the\s+)?next\b", read_week_after_next),
    (
        (
            r"\b(?:the\s+)?(?P<n>first|second|third|fourth|final)[\s-](?:fiscal\s+)?(?:quarter|(?P<half>half))\b"
            rf"(?:(?<=quarter)|(?=\s+of))(?:{_OF_YEAR})?(?!\s+of\s+(?:the\s+)?[a-z])"
        ),
        read_quarter,
    ),
    (rf"\b(?:(?P<y>{_YEAR})[\s-]+)(?P<half>[Hh])(?P<n>[12])\b", read_quarter),
    (rf"\b(?:(?P<y>{_YEAR})[\s-]+)?[Qq](?P<n>[1-4])\b", read_quarter),
    (rf"\b(?:Q|(?P<half>H))(?P<n>[1-4]){_OF_YEAR}", read_quarter),
    (
        (
            rf"\b(?:the\s+)?(?P<n>{_RANK}|\d(?:st|nd|rd|th)|last|final)\s+(?P<what>week|{_ANY_DAY})"
            rf"\s+(?:(?:of|in)\s+)?(?:(?P<month>(?-i:{MONTH}))(?:{_OF_YEAR})?|"
            rf"(?P<rel>this|last|next)\s+(?P<unit>month|year)|(?<=of\s)(?P<y2>{_YEAR}))(?!\w)"
        ),
        read_week_of,
    ),
    (
        (
            r"\b(?:the\s+)?week\s+(?:of|(?:starting|beginning|ending)(?:\s+on)?)\s+"
            rf"(?:(?P<month>(?-i:{MONTH}))\s+(?P<d>{DAY_NUMBER})\b|the\s+(?P<d2>\d{{1,2}}(?:st|nd|rd|th)))"
        ),
        read_week_of_day,
    ),
    (
        (
            rf"\b{_TO_YEAR}(?:{_PART}[\s-]+)?(?P<y>{_YEAR})\b"
            r"(?![,.]\d|\s*(?:people|%|per\s?cent|km\b|s\b)|['’]s\b|[\s-][HQhq]\d)"
        ),
        read_year_phrase,
    ),
    (rf"\b{_PART}\s+(?P<y>{_YEAR})\b(?!['’]?s|[,.]\d)", read_year_phrase),
    (
        (
            rf"(?<![\d.,$€£-])(?P<y>{_YEAR})(?=\s*(?:[-–]|to|through|till|until)\s*(?:{_YEAR}\b|"
            rf"(?:{MONTH})\s))"
        ),
        read_year_phrase,
    ),
    (rf"(?<=\d[-–])(?P<y>{_YEAR})(?![\d,-])", read_year_phrase),
    (
        (
            rf"\b(?:the\s+)?(?:{_PART}[\s-]+)?(?:(?P<full>(?:1[5-9]|20)\d0)['’]?\s?s|['’]?(?P<short>[2-9]0)['’]?s|"
            rf"(?P<word>(?:(?<=the\s)|nineteen\s)(?:{'|'.join(DECADES)})))\b"
        ),
        read_decade,
    ),
    (rf"\b(?:the\s+)?(?:{_PART}[\s-]+)?(?P<n>\d{{2}}(?:st|nd|rd|th)|{_RANK})\s+century\b", read_century),
    (
        rf"\b(?<!\ba\s)(?:{_PART}[\s-]+)?(?P<season>spring|summer|autumn|fall|winter){_OF_YEAR}",
        read_season_of,
    ),
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEK_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_TIME_UNITS = ["hour", "day", "night", "week", "fortnight", "month", "quarter", "year", "decade", "century"]
_NEEDED: dict[Reader, tuple[str, ...]] = {
    read_iso: ("19", "20"),
    read_numeric: ("19", "20"),
    read_day_of_month: tuple(_MONTHS),
    read_month_phrase: tuple(_MONTHS),
    read_week_of_day: ("week",),
    read_weekday: tuple(_WEEK_DAYS),
    read_weekday_number: tuple(_WEEK_DAYS),
    read_named: ("day", "tonight", "tomorrow", "overnight", "night", "morning", "evening", "noon", "now"),
    read_beside: ("day",),
    read_day_in: ("month", "on the"),
    read_days_of_month: ("month",),
    read_feast: tuple({name.split("'")[0] for name in HOLIDAYS}),
    read_counted: ("ago", "earlier", "later", "back", "before", "after", "from"),
    read_ahead: ("in ",),
    read_span: ("within", "last", "past", "next", "previous", "coming", "following"),
    read_period: (*_TIME_UNITS, *SEASONS),
    read_so_far: ("to date", "so far"),
    read_the_weekend: ("weekend",),
    read_week_after_next: ("next",),
    read_quarter: ("quarter", "half", "q1", "q2", "q3", "q4", "h1", "h2"),
    read_week_of: ("week", *_WEEK_DAYS),
    read_decade: ("0", "ies"),
    read_year_phrase: ("15", "16", "17", "18", "19", "20", "21"),
    read_century: ("century",),
    read_season_of: tuple(SEASONS),
}
"""Of what a text must hold something, in lower case, for a pattern to be worth a try."""
RULES: tuple[tuple[re.Pattern[str], Reader, tuple[str, ...]], ...] = tuple(
    (re.compile(text, re.IGNORECASE), reader, _NEEDED.get(reader, ()))
    for text, reader in (*_DAYS, *_COUNTED, *_PERIODS)
)
"""Each pattern with its reader and what it needs.

A group ``lead`` is no part of the phrase; a ``2`` that ends a group's name is cut.
"""
