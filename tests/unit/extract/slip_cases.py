"""Slips and honest numbers side by side, as an editor would meet them; every text is invented."""

from __future__ import annotations

from typing import Any

INDICATORS: dict[str, dict[str, Any]] = {
    "killed": {"counts": ["people"], "predicates": ["killed"], "aspect": "cumulative"},
    "children": {
        "counts": ["children"],
        "predicates": ["killed"],
        "aspect": "cumulative",
        "part_of": "killed",
        "label": "children killed",
    },
    "missing": {"counts": ["people"], "predicates": ["missing"]},
    "homes": {"counts": ["homes"], "predicates": ["destroyed"], "unit": "count", "aspect": "cumulative"},
    "aid": {"counts": ["aid"], "predicates": ["pledged"], "unit": "USD"},
    "jobless": {"counts": ["unemployment", "jobless"], "unit": "share"},
}

SLIPS: list[tuple[str, str, list[float]]] = [
    # text, kind, the values flagged
    # digits exchanged
    ("At least 67,183 people were killed, the ministry said.\nSo far 76,183 people have been killed.",
     "digits exchanged", [76183]),
    ("Some 4,512 people were killed.\nIn all, 5,412 people were killed.", "digits exchanged", [5412]),
    ("In all, 4,512 people were killed.\nIn all, 5,412 people were killed.",
     "digits exchanged", [4512, 5412]),
    ("At least 12,345 homes were destroyed.\nThe 15,342 homes destroyed will be rebuilt.",
     "digits exchanged", [15342]),
    ("More than 2,381 people are missing.\nIn the north 2,318 people are missing.",
     "digits exchanged", [2318]),
    ("Donors pledged $1,234,567 in aid.\nThe $1,243,567 in aid pledged will help.",
     "digits exchanged", [1234567, 1243567]),
    # a digit dropped or doubled
    ("At least 67,183 people were killed.\nIn all, 6,183 people were killed.",
     "digit dropped or doubled", [6183]),
    ("At least 67,183 people were killed.\nIn all, 671,183 people were killed.",
     "digit dropped or doubled", [671183]),
    ("At least 4,512 homes were destroyed.\nThe 45,512 homes destroyed will be rebuilt.",
     "digit dropped or doubled", [45512]),
    ("At least 4,512 people were killed.\nIn all, 452 people were killed.",
     "digit dropped or doubled", [452]),
    ("About 12,840 people are missing.\nOf these, families of the 1,840 people missing met officials.",
     "digit dropped or doubled", [1840]),
    ("In all, 67,1183 people were killed.", "digit dropped or doubled", [67, 1183]),
    # units
    ("Donors pledged about $2.1 billion in aid.\nThe $2.1 million in aid pledged will help.",
     "unit", [2_100_000]),
    ("Donors pledged about $2.1 million in aid.\nThe $2,100 in aid pledged will help.", "unit", [2100]),
    ("Donors pledged about $350 million in aid.\nThe $350 billion in aid pledged will help.",
     "unit", [350e9]),
    ("Unemployment is about 4.8 percent.\nUnemployment is 0.048 percent.", "unit", [0.00048]),
    ("Some 1,250 homes were destroyed.\nThe 1.25 million homes destroyed will be rebuilt.",
     "unit", [1_250_000]),
    # headline against body
    ("Flood kills 84 people\nThe flood killed 48 people on the coast, police said.",
     "headline against body", [84]),
    ("Ferry sinks, 31 people missing\nThe coastguard said 13 people were missing.",
     "headline against body", [31]),
    ("Storm destroys 3,000 homes\nThe storm destroyed 1,200 homes, officials said.",
     "headline against body", [3000]),
    ("More than 60 people killed in blast\nThe blast killed 48 people, police said.",
     "headline against body", [60]),
    ("Fewer than 20 people killed in blast\nThe blast killed at least 48 people, police said.",
     "headline against body", [20]),
    ("At least 41 people killed in blast\nThe blast killed at least 14 people, police said.",
     "headline against body", [41]),
    # old and new
    ("The toll rose to 41 from 48.", "old and new", [41, 48]),
    ("The toll rose from 48 to 41.", "old and new", [41, 48]),
    ("Unemployment fell to 5.2 percent from 4.8 percent.", "old and new", [0.048, 0.052]),
    ("The number of people missing dropped from 13 to 31.", "old and new", [13, 31]),
    ("The toll was 41, up from 48.", "old and new", [41, 48]),
    ("The number of missing people was 31, down from 13.", "old and new", [13, 31]),
    ("Aid pledged climbed to $41 million from $48 million.", "old and new", [41e6, 48e6]),
    # parts
    ("Of the 48 people held, 60 were released.", "part above its total", [60]),
    ("Of 48 people who were held, 60 were released.", "part above its total", [60]),
    ("So far 60 of the 48 hostages are free.", "part above its total", [60]),
    ("At least 31 out of 28 schools were closed.", "part above its total", [31]),
    ("The blast killed 48 people, including 60 children.", "part above its total", [60]),
    ("The blast killed 48 people, among them 60 children.", "part above its total", [60]),
    # shares
    ("Some 112 percent of voters backed the plan.", "share above all", [1.12]),
    ("Turnout of 104 percent was reported in two towns.", "share above all", [1.04]),
    ("About 130% of the city's homes were damaged.", "share above all", [1.3]),
    ("Fully 101 per cent of the workers voted to strike.", "share above all", [1.01]),
]  # fmt: skip

HONEST: list[str] = [
    # roundings and refinements
    "More than 67,000 people were killed.\nAt least 67,183 people were killed.",
    "Some 4,500 people were killed.\nIn all, 4,512 people were killed.",
    "Flood kills nearly 50 people\nThe flood killed 48 people.",
    "Flood kills 50 people\nThe flood killed 48 people.",
    "Storm destroys 1,000 homes\nThe storm destroyed 1,200 homes, officials said.",
    "Dozens of people killed in blast\nThe blast killed 48 people.",
    "Up to 50 people killed in blast\nThe blast killed 48 people.",
    "Over 40 people killed in blast\nThe blast killed 48 people.",
    "Blast kills 48 people\nThe blast killed more than 40 people.",
    "More than 100 people killed in blast\nThe blast killed 183 people.",
    # two sources
    "The army says 1,400 people were killed.\nThe union says 1,900 people were killed.",
    "Flood kills 84 people\nPolice said the flood killed 48 people. Doctors said it killed 84 people.",
    "Police put the number of missing people at 1,208.\nAid groups say 1,310 people are missing.",
    "The army says 4,100 people were killed.\nThe union says 1,400 people were killed.",
    # old values
    "The toll rose to 48 from 41.",
    "The toll rose to 67,183 from 61,783.",
    "The toll was 67,183, up from 61,783.",
    "So far 67,183 people were killed, compared with 61,783 last week.",
    "The toll stands at 67,183. An earlier count of 76,183 people killed was wrong.",
    "Correction: 67,183 people were killed, not 76,183.",
    "The number of missing people fell from 31 to 13.",
    "The number of people missing was 13, down from 31.",
    # other series
    "The flood killed 10 people.\nThe storm destroyed 100 homes.",
    "The flood killed 4,512 people.\nThe storm destroyed 5,412 homes.",
    "The flood killed 120 people.\nThe storm killed 1,200 people.",
    "Donors pledged $2 million in aid.\nLast year donors pledged $2 billion in aid.",
    "The flood killed 4,512 people.\nPlans call for 5,412 people to be moved.",
    # short numbers
    "The blast killed 48 people.\nThe quake killed 84 people.",
    "The blast killed three people.\nThe quake killed 30 people.",
    "The blast killed 312 people.\nThe quake killed 231 people.",
    # headlines
    "Flood kills 48 people\nThe flood killed 48 people. Another killed 12 people in May.",
    "Three people killed in crash\nThe crash killed two women and one child at noon.",
    "Flood kills 84 people\nThe river rose. A total of 84 died. In March a flood killed 48 people.",
    "Flood kills 14 more people\nThe toll rose to 62 from 48.",
    "Flood kills 84 people\nThe water came at night and left mud in the streets.",
    "Flood kills 2,000 people\nA bus crash nearby killed 12 people on Monday.",
    "Hundreds of people killed in floods\nThe floods killed 12 people in one village.",
    # moves that are none of a number against itself
    "She rose from 48th place to 41st.",
    "The club climbed from number 48 to number 41 in the ranking.",
    "The town fell from level 3 to level 4 of the alert.",
    "Losses fell from 3 to 1.2 million.",
    "Prices rose between 3 and 2 percent a month.",
    "The toll did not rise from 48 to 41.",
    "The temperature fell to minus 3 from minus 5 and then rose again.",
    "The toll rose to more than 41 from 48.",
    "Aid rose by $3 million to $41 million.",
    # parts
    "Of the 48 people held, 20 were released.",
    "So far 20 of the 48 hostages are free.",
    "The blast killed 48 people, including 20 children.",
    "Two families, including nine people, were moved.",
    "The fire burnt 12 houses, including 60 rooms.",
    "The blast killed 48 people. Since the war began, 20,000 children have been killed.",
    "Of the three banks, 1,200 branches were closed.",
    "At least 48 people were killed.\nIn the capital, 50 were hurt.",
    "Visitors gave the hotel 12 out of 10.",
    # shares
    "Some 88 percent of voters backed the plan.",
    "All, or 100 percent of voters, backed the plan.",
    "Prices rose by 150 percent.",
    "Sales were 130 percent of last year's level.",
    "The number of patients grew 120 percent.",
    "The hospital is at 120 percent of its capacity.",
    "Debt stands at 140% of the country's output.",
    "It cost 112 percent of people's savings, they said.",
    "It drew 150 percent of last year's voters.",
    # the look of numbers
    "He was born on March 1,2019 in the north.",
    "The population is 1,234,567.",
]  # fmt: skip
