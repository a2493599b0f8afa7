# ruff: noqa: E501 - one case a line reads better than a folded one
"""Positions in a factory dispute of our own: purposes, demands, datelines, headlines, transcripts, anaphors."""

from __future__ import annotations

import pytest

from tests.unit.extract.position_cases import PLANT, read, stances

Expected = set[tuple[str, str, str]]

NO_STANCE: list[tuple[str, Expected]] = [
    ("The walkout began on Monday, with organisers saying it aimed to pressure Corvane for a ballot.", set()),
    ("Corvane said the walkout aimed to pressure the government for an inquiry.", set()),
    ("Analysts said the Metal Workers Union aimed to pressure the council into a vote on the offer.", set()),
    ("Corvane accused the Metal Workers Union of hypocrisy over the merger.", set()),
    ("Dagny Holt called the union hypocritical for opposing job cuts.", set()),
    ("The Greens accused the council of hypocrisy for backing school closures.", set()),
    ("Corvane is to discuss the merger with ministers on Tuesday.", set()),
    ("Corvane and the Metal Workers Union are to negotiate job cuts next week.", set()),
    ("The government has not ruled out a tax rise.", set()),
    ("Ministers did not rule out new taxes.", set()),
    ("The government refused to rule out a wealth tax.", set()),
    ("The bill, sponsored by the Greens, calls for a wealth tax.", set()),
    ("The Greens' plan calls for a wealth tax.", set()),
    ("The government's document calls for an independent inquiry.", set()),
    ("The Greens proposed a bill that calls for a wealth tax.", {("greens", "taxes", "supports")}),
    ("The council's report recommends an independent inquiry.", set()),
    ("The Greens put forward a plan for a wealth tax.", {("greens", "taxes", "supports")}),
    ("The council will consider an independent inquiry.", set()),
    ("The council is due to vote on school closures on Friday.", set()),
    ("Corvane wants to discuss the merger.", set()),
    ("The Metal Workers Union is seeking talks on job cuts.", set()),
]  # fmt: skip

DATELINES: list[tuple[str, Expected]] = [
    ("ALDEMAR, Lorvane (Littoral Press) — Corvane rejected the merger on Monday.", {("company", "merger", "opposes")}),
    ("ALDEMAR, Lorvane (Littoral Press) — The union agreed to a ballot.", {("union", "vote", "supports")}),
    ("ALDEMAR — Corvane rejected the merger on Monday.", {("company", "merger", "opposes")}),
    ("Aldemar, Lorvane (Littoral Press) — Corvane rejected the merger on Monday.", {("company", "merger", "opposes")}),
    ("ALDEMAR (LP) - Corvane rejected the merger on Monday.", {("company", "merger", "opposes")}),
    ("Aldemar, 3 March (Littoral Press) - Corvane rejected the merger on Monday.", {("company", "merger", "opposes")}),
    ("Aldemar (Littoral Press) — Corvane rejected the merger on Monday.", {("company", "merger", "opposes")}),
    ("ALDEMAR, March 3 (Littoral Press) -- Corvane rejected the merger.", {("company", "merger", "opposes")}),
]  # fmt: skip

DEMANDS: list[tuple[str, Expected]] = [
    ("The Metal Workers Union would suspend the strike only if Corvane withdraws its plan to cut 300 jobs.", {("union", "job-cuts", "opposes"), ("union", "strike", "conditional")}),
    ("The Metal Workers Union will not call off the strike unless Corvane drops the job cuts.", {("union", "job-cuts", "opposes"), ("union", "strike", "conditional")}),
    ("The Metal Workers Union will not accept the pay offer until the company scraps its job cuts.", {("union", "job-cuts", "opposes"), ("union", "pay", "conditional")}),
    ("Corvane would agree to the merger provided that the council holds a public inquiry.", {("company", "inquiry", "supports"), ("company", "merger", "conditional")}),
    ("The council will back the merger as long as there are no redundancies.", {("council", "job-cuts", "opposes"), ("council", "merger", "conditional")}),
    ("The council offered to accept the merger in exchange for an end to school closures.", {("council", "merger", "conditional"), ("council", "school", "opposes")}),
    ("The Greens would support a tax rise in exchange for a public inquiry.", {("greens", "inquiry", "supports"), ("greens", "taxes", "conditional")}),
    ("The union said it would not return to work before the company dropped its merger.", {("union", "merger", "opposes"), ("union", "strike", "conditional")}),
    ("Corvane would not improve its pay offer unless the union drops its opposition to the merger.", {("company", "merger", "supports"), ("company", "pay", "conditional")}),
    ("If the council approves the merger, the Metal Workers Union will call off the walkout.", {("union", "merger", "supports"), ("union", "strike", "conditional")}),
    ("The union would go on strike if the company goes ahead with job cuts.", {("union", "job-cuts", "opposes"), ("union", "strike", "conditional")}),
]  # fmt: skip

HOLDERS: list[tuple[str, Expected]] = [
    ("Mayor Lena Ostby said she backed an independent inquiry.", {("ostby", "inquiry", "supports")}),
    ("Mayor Lena Ostby said she opposed the merger.", {("ostby", "merger", "opposes")}),
    ("The mayor, Lena Ostby, said she opposed the merger.", {("ostby", "merger", "opposes")}),
    ("Deputy Prime Minister Lena Ostby said he would not back the tax rise.", {("ostby", "taxes", "opposes")}),
    ("Corvane Steel posted a loss. Its chief executive, Dagny Holt, said the plant was too old. She urged the council to approve the merger.", {("company", "merger", "supports")}),
    ("The Metal Workers Union said its members would reject the pay offer.", {("union", "pay", "opposes")}),
    ("The Metal Workers Union said its members would not accept job cuts.", {("union", "job-cuts", "opposes")}),
    ("Corvane agreed to a ballot after the council agreed to an independent inquiry.", {("company", "vote", "supports"), ("council", "inquiry", "supports")}),
    ("“I welcome the independent inquiry,” Lena Ostby said.", {("ostby", "inquiry", "supports")}),
    ("“We welcome the inquiry,” said Dagny Holt.", {("company", "inquiry", "supports")}),
    ("Corvane drops job cuts\n\nThe steelmaker met staff.", {("company", "job-cuts", "opposes")}),
    ("Union rejects pay offer\n\nThe Metal Workers Union met.", {("union", "pay", "opposes")}),
    ("Metal Workers Union rejects pay offer\n\nIt met.", {("union", "pay", "opposes")}),
    ("Ostby: no new taxes\n\nLena Ostby spoke.", {("ostby", "taxes", "opposes")}),
    ("Lena Ostby: No new taxes\n\nThe mayor spoke.", {("ostby", "taxes", "opposes")}),
    ("Corvane scraps merger\n\nThe firm said so.", {("company", "merger", "opposes")}),
    ("Lena Ostby praised the inquiry.", {("ostby", "inquiry", "supports")}),
    ("Lena Ostby hailed the merger as a fresh start.", {("ostby", "merger", "supports")}),
    ("Corvane hailed the end of the strike.", {("company", "strike", "opposes")}),
    ("PENCE: We reject the pay offer.", {("union", "pay", "opposes")}),
    ("RUFUS PENCE: We will never accept job cuts.", {("union", "job-cuts", "opposes")}),
    ("HOLT: I support the merger.\nPENCE: I do not.", {("company", "merger", "supports")}),
    ("The council discussed an independent inquiry. Lena Ostby backs it.", {("ostby", "inquiry", "supports")}),
    ("The council discussed an independent inquiry. Lena Ostby opposes the idea.", {("ostby", "inquiry", "opposes")}),
    ("A wealth tax was on the table. The Greens support it.", {("greens", "taxes", "supports")}),
    ("The talks covered the merger and job cuts. The union opposes it.", set()),
    ("There will be a public inquiry. Corvane said it would not accept one.", {("company", "inquiry", "opposes")}),
    ("The council discussed a ballot. The union left the door open to one.", set()),
    ("The government will reopen the border once cases fall.", {("government", "border", "conditional")}),
    ("The government said it would reopen the border once cases fall below 100.", {("government", "border", "conditional")}),
]  # fmt: skip

MIXED: list[tuple[str, Expected]] = [
    ("Corvane reportedly backs the merger. Dagny Holt said the company opposed the merger.", {("company", "merger", "opposes")}),
    ("Corvane had rejected the merger. Corvane now supports the merger.", {("company", "merger", "supports")}),
    ("The Greens support the merger. The Greens reject the merger.", {("greens", "merger", "opposes"), ("greens", "merger", "supports")}),
    ("Government officials said they opposed a tax rise.", {("government", "taxes", "opposes")}),
    ("The group's negotiators rejected the merger.", set()),
    ("Ministers backed an independent inquiry, but the council dismissed the idea.", {("council", "inquiry", "opposes"), ("government", "inquiry", "supports")}),
    ("Lena Ostby urged the government to hold a public inquiry.", {("ostby", "inquiry", "supports")}),
    ("Corvane warned that it would close the plant unless the council approved the merger.", {("company", "merger", "supports")}),
    ("The union threatened to walk out if Corvane goes ahead with the merger.", {("union", "merger", "opposes")}),
    ("The Greens will vote against the merger unless there is a public inquiry.", {("greens", "inquiry", "supports"), ("greens", "merger", "conditional")}),
    ("The Greens said they could back the tax rise if ministers held an inquiry.", {("greens", "inquiry", "supports"), ("greens", "taxes", "conditional")}),
    ("The inquiry was opposed by Corvane.", {("company", "inquiry", "opposes")}),
    ("Corvane did not say whether it supports the merger.", set()),
    ("The strike has cost Corvane 3 million crowns, the company said.", set()),
    ("The union called the pay offer an insult.", {("union", "pay", "opposes")}),
    ("The union is considering a ballot.", set()),
    ("Critics of the merger say the council backs it.", set()),
    ("It is up to the council whether to approve the merger, Corvane said.", set()),
    ("The union is expected to accept the pay offer.", set()),
    ("Government drops tax rise\n\nThe government met.", {("government", "taxes", "opposes")}),
    ("Greens demand wealth tax\n\nThe Greens met.", {("greens", "taxes", "supports")}),
    ("The Greens, which support a wealth tax, welcomed the inquiry.", {("greens", "inquiry", "supports"), ("greens", "taxes", "supports")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NO_STANCE, ids=lambda v: v[:60] if isinstance(v, str) else "")
def test_purpose_accusation_agenda_and_paper_are_no_stance(text: str, expected: Expected) -> None:
    assert stances(PLANT, text) == expected


@pytest.mark.parametrize(("text", "expected"), DATELINES, ids=lambda v: v[:60] if isinstance(v, str) else "")
def test_dateline_is_no_part_of_the_evidence(text: str, expected: Expected) -> None:
    found, _ = read(PLANT, text)
    assert {(p.actor, p.issue, p.stance.value) for p in found} == expected
    assert not any("Press" in p.evidence or p.evidence.lower().startswith("aldemar") for p in found)


@pytest.mark.parametrize(("text", "expected"), DEMANDS, ids=lambda v: v[:60] if isinstance(v, str) else "")
def test_whoever_makes_something_his_condition_wants_it(text: str, expected: Expected) -> None:
    assert stances(PLANT, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [*HOLDERS, *MIXED], ids=lambda v: v[:60] if isinstance(v, str) else ""
)
def test_holder_is_found_behind_titles_labels_headlines_and_pronouns(text: str, expected: Expected) -> None:
    assert stances(PLANT, text) == expected


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Corvane would accept the merger only if the inquiry clears the site, Dagny Holt told Radio Lorvane.", "only if the inquiry clears the site"),
        ("Corvane will accept the merger only if nobody is forced out, three days after it had welcomed a ballot.", "only if nobody is forced out"),
        ("The Metal Workers Union would back the merger as long as no plant shuts, its leader, Rufus Pence, said on Monday.", "as long as no plant shuts"),
        ("Corvane said it would not agree to the inquiry unless the minister resigned, a day after talks broke down.", "unless the minister resigned"),
        ("The Greens will support the merger if rents fall and wages rise, according to Lena Ostby's office.", None),
        ("The government will reopen the border once cases fall.", "once cases fall"),
    ],
)  # fmt: skip
def test_condition_is_the_condition_clause_alone(text: str, condition: str | None) -> None:
    assert [p.condition for p in read(PLANT, text)[0] if p.condition] == ([condition] if condition else [])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The Metal Workers Union met. The union's leader, Rufus Pence, said the union rejected the merger.",
            "pence",
        ),
        ("Government officials rejected the merger.", None),
        ("Government minister Ana Brusk rejected the merger.", "Ana Brusk"),
        ("A UN probe backed a public inquiry.", None),
        ("The Metal Workers Union met. The union's negotiators rejected the merger.", None),
    ],
)
def test_speaker_is_a_person_or_an_office_or_nobody(text: str, speaker: str | None) -> None:
    assert [p.speaker for p in read(PLANT, text)[0]] == [speaker]
