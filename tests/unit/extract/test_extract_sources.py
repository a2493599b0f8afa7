# ruff: noqa: E501 - paragraphs of news are kept on their lines
"""Who says a figure: attribution in many words, its scope, and none where the reporter speaks."""

from __future__ import annotations

import pytest

from tests.eval.provenance import same_source

from .test_extract_stories import INJURED, KILLED, MISSING, read

TOLLS = {"killed": KILLED, "wounded": INJURED, "missing": MISSING}


def sources(text: str) -> list[tuple[float, str | None]]:
    """Return every figure of a text with who says it, in order."""
    found = read(text, {key: dict(value) for key, value in TOLLS.items()})
    return [(figure.value, figure.attributed_to) for figure in found]


SAID: list[tuple[str, list[str | None]]] = [
    # a verb of saying, before, behind and in the middle
    ("Twelve people died in the blaze, the fire chief said.", ["fire chief"]),
    ("The fire chief said twelve people had died.", ["fire chief"]),
    ("Twelve people died in the blaze, said fire chief Olga Marn.", ["Olga Marn"]),
    ("Twelve people, the fire chief said, died in the blaze.", ["fire chief"]),
    ("The debt, he says, has passed 95 percent.", [None]),
    ("Lars Odum is the treasurer. The debt, he says, has passed 95 percent.", ["Lars Odum"]),
    ("The number of sick has reached 410, officials reckon.", ["officials"]),
    ("A new roof, engineers reckon, costs 28,000 dollars.", ["engineers"]),
    (
        "The council says 51,000 people have gone home while some 6,000 remain in camps.",
        ["council", "council"],
    ),
    ("The Harbour Board reports that 83 boats have been found.", ["Harbour Board"]),
    ("HBA reports that 83 boats have been found.", ["HBA"]),
    ("“We buried 58 people on the hill,” said the priest.", ["priest"]),
    (
        "“It was dark. We counted 58 bodies in the yard and stopped counting,” the mayor, Dina Tam, told Argos.",
        ["Dina Tam"],
    ),
    ("Strange, says geologist Kari Ost, was what followed. “We are past 600 tremors.”", ["Kari Ost"]),
    ("Our reporter Dan Lisk is on the quay: “There are maybe 300 people here.”", ["Dan Lisk"]),
    ("Vera Lund said surveys suggested that 3,500 houses had collapsed.", ["Vera Lund"]),
    # according to, by the count of
    ("According to the coroner, 12 people died.", ["coroner"]),
    (
        "Some 486 people are dead, according to the agency’s latest bulletin, and 2,300 are injured.",
        ["agency", "agency"],
    ),
    (
        "At least 52 people have been killed, according to the Nurses’ League, including four shot today.",
        ["Nurses’ League", "Nurses’ League"],
    ),
    (
        "Some 1,415 people were arrested, according to the ministry, of whom 233 have been released.",
        ["ministry", "ministry"],
    ),
    ("Around 15,000 people marched on Sunday, by the organisers’ reckoning.", ["organisers"]),
    ("There are 36,000 people in the tents, by the count of the relief agency.", ["relief agency"]),
    ("By the union’s count, 2,100 workers stopped work.", ["union"]),
    ("The toll stood at 31, on police figures.", ["police"]),
    # verbs and nouns of counting
    ("The clinic put the number of sick at 40.", ["clinic"]),
    ("Ines Roth runs the camp. She put the number of sick at 40.", ["Ines Roth"]),
    ("The observatory measured it. It has registered 64 tremors since.", ["observatory"]),
    ("The union gave a figure of 28,000.", ["union"]),
    ("Police spoke of a crowd of 25,000.", ["Police"]),
    ("Organisers say as many as 90,000 came.", ["Organisers"]),
    (
        "The ministry counts 55,000 people on the square. Organisers say as many as 90,000.",
        ["ministry", "Organisers"],
    ),
    ("The deficit was estimated by the treasury at 7 billion euros.", ["treasury"]),
    ("The government’s own toll is 51.", ["government"]),
    ("The agency’s list of missing has shrunk to 412 names.", ["agency"]),
    ("Figures from the land registry show that 900 farms were sold.", ["land registry"]),
    ("Data compiled by the Rain Institute show that 900 farms dried up.", ["Rain Institute"]),
    ("The club expects the year to end with a loss of 8 million euros.", ["club"]),
    ("On Sunday, with the Nurses’ League counting 71 dead, the crowd grew.", ["Nurses’ League"]),
    ("The sick numbered 650, a figure that Governor Malik Oran mentioned on Tuesday.", ["Malik Oran"]),
    ("That is down from the 650 that Governor Malik Oran mentioned on Tuesday.", ["Malik Oran"]),
    (
        "The ministry, which for a week would admit to no more than 20 deaths, now concedes that 48 people were killed.",
        ["ministry", "ministry"],
    ),
    ("Some 61 people were killed (source: Nurses’ League; not verified).", ["Nurses’ League"]),
    ("Some 61 people were killed (police).", ["police"]),
    # going on
    (
        "Eighty-seven people were arrested, according to the ministry. Nine of them are minors.",
        ["ministry", "ministry"],
    ),
    ("The ministry said 12 people had died. It also said 40 were hurt.", ["ministry", "ministry"]),
    (
        "The figures were read out by Captain Ivo Rand. The quake killed 1,046 people. The missing were down to 74.",
        ["Ivo Rand", "Ivo Rand"],
    ),
    (
        "The ministry’s figures:\n- 12 people dead\n- 40 people hurt\n- 3 people missing",
        ["ministry", "ministry", "ministry"],
    ),
    # a statement inside a statement
    ("The chamber says it warned the town that 30 houses were unsafe.", ["chamber"]),
]


@pytest.mark.parametrize(("text", "wanted"), SAID, ids=[text[:60] for text, _ in SAID])
def test_who_says_a_figure(text: str, wanted: list[str | None]) -> None:
    found = sources(text)
    assert len(found) == len(wanted), found
    wrong = [
        (pair, name) for pair, name in zip(found, wanted, strict=True) if not same_source(name, pair[1], {})
    ]
    assert wrong == []


NOBODY = [
    "A fire killed 12 people in the old town.",
    "The mayor said the town would mourn. The fire had killed 12 people.",
    "Of the money pledged, 21 million euros has arrived.",
    "Measles: nineteen schools shut.",
    "Police in Dorn asked the province to ban marches after a night in which seven people were hurt.",
    "The bank said it would enlarge its vault, which holds 900 tonnes of gold.",
    "The envoy wants the rebels to leave parliament, where they hold 88 of the 150 seats.",
    "The mission, which has deployed 340 observers, described voting as “calm”.",
    "The board, whose fleet peaked at 352 boats, found the vote “credible”.",
    "Public debt, which stood at 71 percent a decade ago, is above its limit, according to the ministry.",
    "Three crews drowned at sea in 1954.",
    "The agency warned that the flood would reach Kolun, a town of 14,000 people.",
    "The storm claimed 40 lives.",
    "The troupe sold 300 tickets, and nobody at the theatre could say why.",
    "Soldiers fired on the crowd, killing 12 people, as the president called for calm.",
]


@pytest.mark.parametrize("text", NOBODY, ids=[text[:60] for text in NOBODY])
def test_where_the_reporter_speaks_nobody_is_named(text: str) -> None:
    assert {source for _, source in sources(text)} == {None}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Some 486 people are dead, according to the agency’s latest bulletin.", "the agency"),
        ("A poll published on Thursday found that 46 percent of voters agree.", "A poll"),
        ("Fewer than one in 20 homes was insured, analysts at Brandt & Co said.", "analysts at Brandt & Co"),
    ],
)
def test_how_a_source_is_named(text: str, name: str) -> None:
    assert {source for _, source in sources(text)} == {name}
