from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.fetch.credit import agency_of_authors
from newsledger.fetch.dateline import Dateline, read_dateline

BODY = "Officials said on Monday that the bridge would open again within days after a pause."

STYLES = [
    ("HARWICK (Reuters) - ", "HARWICK", "Reuters"),
    ("PORT EL-TARN, Sollund/HARWICK/OSLO (Reuters) – ", "PORT EL-TARN, Sollund/HARWICK/OSLO", "Reuters"),
    ("HARWICK — ", "HARWICK", None),
    ("HARWICK, Velmora (AP) — ", "HARWICK, Velmora", "AP"),
    ("LONDON, Oct 6 (Reuters) - ", "LONDON", "Reuters"),
    ("UNITED NATIONS, Sept 25 (Reuters) - ", "UNITED NATIONS", "Reuters"),
    ("HARWICK, Velmora: ", "HARWICK, Velmora", None),
    ("RIYADH: ", "RIYADH", None),
    ("PARIS, 3 March 2025 (AFP) - ", "PARIS", "AFP"),
    ("Paris (AFP) – ", "Paris", "AFP"),
    ("Washington (AFP) Oct 6, 2025 - ", "Washington", "AFP"),
    ("(AP) — ", None, "AP"),
    ("(CNN) -- ", None, "CNN Newsource"),
    ("AFP - ", None, "AFP"),
    ("New Delhi [India], October 6 (ANI): ", "New Delhi", "ANI"),
    ("New Delhi, Oct 6 (PTI) ", "New Delhi", "PTI"),
    ("MOSCOW, October 6. /TASS/. ", "MOSCOW", "TASS"),
    ("KYIV. Oct 6 (Interfax-Ukraine) – ", "KYIV", "Interfax"),
    ("BEIJING, Oct. 6 (Xinhua) -- ", "BEIJING", "Xinhua"),
    ("SEOUL, Oct. 6 (Yonhap) -- ", "SEOUL", "Yonhap"),
    ("TOKYO, Oct. 6 (Kyodo) - ", "TOKYO", "Kyodo"),
    ("TEHRAN, Oct. 06 (MNA) – ", "TEHRAN", "MNA"),
    ("RAMALLAH, Monday, October 6, 2025 (WAFA) – ", "RAMALLAH", "WAFA"),
    ("KUWAIT, Oct 6 (KUNA) -- ", "KUWAIT", "KUNA"),
    ("ANKARA (AA) - ", "ANKARA", "Anadolu"),
    ("MADRID, Oct 6 (EFE).- ", "MADRID", "EFE"),
    ("Rome (ANSA) - ", "Rome", "ANSA"),
    ("(ANSA) - ROME, OCT 6 - ", "ROME", "ANSA"),
    ("Berlin (dpa) - ", "Berlin", "dpa"),
    ("GENEVA (6 October 2025) – ", "GENEVA", None),
    ("NEW YORK, 6 October 2025 – ", "NEW YORK", None),
    ("JERUSALEM, Oct. 6 — ", "JERUSALEM", None),
    ("KYIV, Ukraine -- ", "KYIV, Ukraine", None),
    ("SAN FRANCISCO—", "SAN FRANCISCO", None),
    ("WASHINGTON, D.C. — ", "WASHINGTON, D.C.", None),
    ("ST. LOUIS (AP) — ", "ST. LOUIS", "AP"),
    ("LA CROSSE, Wis. (AP) — ", "LA CROSSE, Wis.", "AP"),
    ("HARWICK, Velmora (Northern Strait Press) — ", "HARWICK, Velmora", "Northern Strait Press"),
    ("Oct 6 (Reuters) - ", None, "Reuters"),
    ("SYDNEY, Oct 6 AAP - ", "SYDNEY", "AAP"),
    ("HARWICK, Oct. 6, 2025 /PRNewswire/ -- ", "HARWICK", None),
    ("Tehran, IRNA – ", "Tehran", "IRNA"),
    ("Kyiv, Ukraine (CNN) — ", "Kyiv, Ukraine", "CNN Newsource"),
    ("HARRISBURG, Pa. — ", "HARRISBURG, Pa.", None),
    ("BOSTON (WBZ) - ", "BOSTON", None),
    ("McALLEN, Texas (AP) — ", "McALLEN, Texas", "AP"),
    ("PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti", "AP"),
    ("N’DJAMENA (AFP) - ", "N’DJAMENA", "AFP"),
    ("SÃO PAULO (Reuters) - ", "SÃO PAULO", "Reuters"),
    ("ABOARD AIR FORCE ONE (Reuters) - ", "ABOARD AIR FORCE ONE", "Reuters"),
    ("LONDON (Thomson Reuters Foundation) - ", "LONDON", "Thomson Reuters Foundation"),
    ("WASHINGTON (AP/Reuters) - ", "WASHINGTON", "AP"),
    ("BRUSSELS/PARIS, Oct 6 (Reuters) - ", "BRUSSELS/PARIS", "Reuters"),
    ("HARWICK | AFP — ", "HARWICK", "AFP"),
    ("HARWICK, Reuters — ", "HARWICK", "Reuters"),
    ("AFP, Harwick – ", "Harwick", "AFP"),
    ("Tarn el-Berg, Sollund Strip – ", "Tarn el-Berg, Sollund Strip", None),
]


@pytest.mark.parametrize(("head", "place", "agency"), STYLES, ids=[style[0].strip() for style in STYLES])
def test_styles(head: str, place: str | None, agency: str | None) -> None:
    found = read_dateline(head + BODY)
    assert (found.place, found.agency) == (place, agency)
    assert (head + BODY)[found.body_start :] == BODY


@pytest.mark.parametrize(("head", "place", "agency"), STYLES[::5])
def test_styles_after_headline_byline_and_key_points(
    head: str, place: str | None, agency: str | None
) -> None:
    before = "Bridge to open again\nBy Jane Doe\nKEY POINTS\n- The bridge opens.\n- Tolls stay.\n"
    found = read_dateline(before + head + BODY)
    assert (found.place, found.agency) == (place, agency)
    assert (before + head + BODY)[found.body_start :] == BODY


@pytest.mark.parametrize(
    "head",
    [
        "BREAKING: ",
        "EXCLUSIVE — ",
        "ALSO READ: ",
        "LIVE UPDATES: ",
        "KEY POINTS: ",
        "EDITOR’S NOTE: ",
        "FACT CHECK: ",
        "OPINION — ",
        "Analysis – ",
        "NATO — ",
        "WHO: ",
        "Smith (left) - ",
        "Trump (Republican) — ",
        "The minister (pictured) - ",
        "He told reporters (Reuters) - ",
        "Question: ",
        "Bridge – Tunnel Talks – ",
        "",
    ],
)
def test_labels_names_and_sentences_are_no_datelines(head: str) -> None:
    assert read_dateline(head + BODY) == Dateline()


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} “It will hold,” an engineer told Reuters.",
        f"{BODY}\nThe mayor, cited by AFP, disagreed.\nAFP also reported long queues.",
        f"{BODY}\nAccording to the Associated Press, tolls will rise.",
        f"{BODY}\nPhoto by John Roe / AFP",
        f"{BODY}\n(AP Photo/John Roe)",
        f"{BODY}\nThe Associated Press contributed to this report.",
        f"{BODY}\nWith inputs from Reuters",
        f"{BODY}\nFile picture: Reuters",
        f"Reuters reported on Monday that a bridge would open.\n{BODY}",
    ],
)
def test_agencies_merely_quoted_or_credited_with_pictures_are_not_the_author(text: str) -> None:
    assert read_dateline(text).agency is None


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"Bridge opens\nBy Jane Doe / AP\n{BODY}", "AP"),
        (f"Bridge opens\nBy JOHN ROE, Associated Press\n{BODY}", "AP"),
        (f"Bridge opens\nBy JOHN ROE and JANE DOE Associated Press\n{BODY}", "AP"),
        (f"Bridge opens\nBy Reuters Staff\n{BODY}", "Reuters"),
        (f"Bridge opens\nReuters in Harwick\n{BODY}", "Reuters"),
        (f"Bridge opens\nAgence France-Presse\n{BODY}", "AFP"),
        (f"Bridge opens\nAFP, Harwick\n{BODY}", "AFP"),
        (f"{BODY}\n(Reporting by Jane Doe in Harwick; Editing by John Roe)", "Reuters"),
        (f"{BODY}\n© 2025 AFP", "AFP"),
        (f"{BODY}\nCopyright 2025 The Associated Press. All rights reserved.", "AP"),
        (f"{BODY}\n— Reuters", "Reuters"),
        (f"{BODY}\n(AFP)", "AFP"),
        (f"{BODY}\nSource: Xinhua", "Xinhua"),
        (f"{BODY}\nThis story was originally published by States Newsroom.", "States Newsroom"),
    ],
)
def test_bylines_and_credits(text: str, agency: str) -> None:
    assert read_dateline(text).agency == agency


@pytest.mark.parametrize(
    ("authors", "agency"),
    [("Reuters", "Reuters"), ("Jane Doe, AFP", "AFP"), ("Jane Doe", None), ("", None), ("Pa Kettle", None)],
)
def test_authors_field(authors: str, agency: str | None) -> None:
    assert agency_of_authors(authors) == agency


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("PARIS, 3 March 2025 (AFP) - " + BODY, date(2025, 3, 3)),
        ("GENEVA (6 October 2025) – " + BODY, date(2025, 10, 6)),
        (f"Bridge\nPublished: 6 October 2025 10:00 BST\n{BODY}", date(2025, 10, 6)),
        (f"Bridge\nFirst published on Mon 6 Oct 2025 06.00 BST\n{BODY}", date(2025, 10, 6)),
        (f"Bridge\nUpdated: 8 October 2025\nPublished: 6 October 2025\n{BODY}", date(2025, 10, 6)),
        (f"Bridge\nLast updated: October 7, 2025\n{BODY}", date(2025, 10, 7)),
        (f"LONDON, Oct 6 (Reuters) - {BODY}", None),
        (f"Published: Monday\n{BODY}", None),
        (f"{BODY} The last flood was on 6 October 2024.", None),
        (f"On 6 October 2024 the bridge fell. {BODY}", None),
    ],
)
def test_the_day_only_where_the_text_states_its_year(text: str, day: date | None) -> None:
    assert read_dateline(text).day == day


@given(st.text(max_size=400))
def test_any_text_is_answered_and_the_start_lies_inside(text: str) -> None:
    assert 0 <= read_dateline(text).body_start <= len(text)
