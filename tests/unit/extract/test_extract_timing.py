# ruff: noqa: E501 - paragraphs of news are kept on their lines
"""The day a figure held: its own date, the day of saying, headers, and history."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.figures.reader import extract_figures
from newsledger.extract.language.text import load_model, parse

from .test_extract_stories import DAY, INJURED, KILLED, MISSING, codebook, read

TOLLS = {"killed": KILLED, "wounded": INJURED, "missing": MISSING}
THU, WED, TUE, MON, SUN, SAT = (date(2024, 3, day) for day in (14, 13, 12, 11, 10, 9))
LAST_FRIDAY = date(2024, 3, 8)


def days(text: str) -> list[date | None]:
    """Return the day of every figure of a text, in order. The article is of Thursday, 14 March 2024."""
    return [figure.as_of for figure in read(text, {key: dict(value) for key, value in TOLLS.items()})]


HELD: list[tuple[str, list[date]]] = [
    ("The fire killed 12 people.", [THU]),
    ("The fire killed 12 people on Tuesday.", [TUE]),
    ("By Tuesday 1,105 prisoners had been freed.", [TUE]),
    ("By midnight on Sunday 61 complaints had been filed with the court.", [SUN]),
    ("As of Monday night the slide had killed 1,046 people, 562 of them from Kolun.", [MON, MON]),
    ("“On Saturday night we had 58 patients,” said the surgeon.", [SAT]),
    ("The mayor on Monday put the deficit at 7.4 billion euros.", [MON]),
    ("The mayor put the deficit at 7.4 billion euros on Monday.", [MON]),
    ("The toll rose to 371, up from 214 last night.", [THU, WED]),
    ("The toll has climbed to 44, from 31 on Saturday, the nurses said.", [THU, SAT]),
    ("The list has shrunk to 412 names, from 540 the day before.", [THU, WED]),
    ("Some 8,000 people marched on Tuesday, after 55,000 the day before.", [TUE, MON]),
    ("Some 8,000 people marched on Tuesday, compared with 30,000 on the previous day.", [TUE, MON]),
    (
        "The pledges, which compare with 120 million euros on Monday, include 95 million euros from banks.",
        [MON, THU],
    ),
    ("The council on Tuesday voted by 14 to 5, with two abstentions.", [TUE, TUE, TUE]),
    ("Gunmen took 143 children from a school late on Friday.", [LAST_FRIDAY]),
    ("The yield ended Friday at 6.42 percent.", [LAST_FRIDAY]),
    ("Some 8,000 people gathered on Tuesday; Sunday’s march drew more than 100,000.", [TUE, SUN]),
    (
        "Twenty-one got away within days, 38 were freed on March 3, and 75 were freed on Tuesday.",
        [THU, date(2024, 3, 3), TUE],
    ),
    ("There were 19 calls yesterday.", [WED]),
    ("At 6 p.m. 40 people were missing.", [THU]),
    ("The storm killed 12 people overnight.", [THU]),
    ("Police gave the number of people arrested up to Tuesday as 198.", [TUE]),
    # a day that is not the figure's
    ("The school has 460 pupils and will reopen on Monday.", [THU]),
    ("Schools stay shut until Monday, and 241 pupils learn at home.", [THU]),
    ("The army hopes to have beds for 35,000 people by Sunday.", [THU]),
    ("Since Monday 40 people have been missing.", [THU]),
    ("The council, which met on Monday, has 40 members.", [THU]),
    ("She needs 76 votes on Wednesday.", [THU]),
    ("A full survey of the 74 villages is expected by 22 March.", [THU]),
    # history
    ("In 1974 a quake killed 2,300 people there.", [date(1974, 1, 1)]),
    ("The last fire, in 2019, killed 30 people.", [date(2019, 1, 1)]),
    ("In January 2023 a flood killed 30 people.", [date(2023, 1, 1)]),
    # headers
    (
        "Flood report No. 3 (as of 12 March, 18:00)\nHIGHLIGHTS\n\n- 871 people confirmed dead.\n\n- 268 people remain missing.",
        [TUE, TUE],
    ),
    (
        "All figures are as of 18:00 on 12 March unless stated otherwise.\n\nThe flood killed 61 people. Some 38 people were freed on 11 March.",
        [TUE, MON],
    ),
    ("As of 12 March:\n- 871 people dead\n- 268 people missing", [TUE, TUE]),
    # going on
    ("About 15,000 people marched on Sunday, police said.\n\nThe union gave a figure of 28,000.", [SUN, SUN]),
    ("About 15,000 people marched on Sunday. A further 3,000 people marched in Port Maron.", [SUN, SUN]),
    ("The fire killed 12 people on Tuesday. The province has 300 firemen.", [TUE, THU]),
]


@pytest.mark.parametrize(("text", "wanted"), HELD, ids=[text[:60] for text, _ in HELD])
def test_the_day_a_figure_held(text: str, wanted: list[date]) -> None:
    assert days(text) == wanted


PAST = [
    "A week earlier 30 people were missing.",
    "Last month 30 people were killed.",
    "Last year the storm killed 30 people.",
    "A decade ago the flood killed 30 people.",
    "That compares with 87 a day earlier.",
    "A mudslide there left 41 people dead five years ago.",
]


@pytest.mark.parametrize("text", PAST, ids=PAST)
def test_what_is_past_is_never_of_today(text: str) -> None:
    (found,) = days(text)
    assert found is not None
    assert found < DAY


WHEN = ["on Monday", "on Friday", "by Sunday", "until Saturday", "in May", "last week", "next week", "tomorrow",
        "overnight", "in 2019", "by 2030", "a year ago", "the day before", "as of 3 March", "this month", ""]  # fmt: skip
SAYS = ["The storm killed {n} people {when}.", "{when} police counted {n} dead.", "Police said {when} that {n} people were missing.",
        "They expect {n} people {when}.", "The toll was {n}, up from {m} {when}.", "{when}, {n} of the {m} people were hurt."]  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(SAYS), st.sampled_from(WHEN)), min_size=1, max_size=3),
    st.dates(date(2001, 1, 1), date(2035, 12, 31)),
)
@settings(max_examples=40, deadline=None)
def test_no_day_lies_after_the_article(pieces: list[tuple[str, str]], day: date) -> None:
    text = " ".join(frame.format(n=12, m=40, when=when).strip() for frame, when in pieces)
    found = extract_figures(
        parse(text, load_model()),
        codebook({key: dict(value) for key, value in TOLLS.items()}),
        document_id="d",
        version=1,
        day=day,
        extractor="x",
        codebook_version="1",
    )
    assert all(figure.as_of is not None and figure.as_of <= day for figure in found)
