"""Figures: interval, source, day, place, modality and indicator of quantities in sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract import Extractor, codebook_version, extract
from newsledger.extract.check import check_examples, explain_text
from newsledger.extract.language.text import load_model
from newsledger.extract.stories import stories_of
from schemas.codebook import Codebook
from schemas.figure import Figure
from tests.eval.labelled import document

from .test_extract_stories import DAY, INJURED, KILLED, MISSING, codebook, read

SINCE_A_START = {**KILLED, "aspect": "cumulative"}


PIECES = [
    "12",
    "people",
    "killed",
    ",",
    ".",
    "“",
    "”",
    "\n",
    "5%",
    "$3m",
    "of",
    "the",
    "in",
    "dozens",
    "1,000",
    "–",
    "one",
]


def one(text: str, **indicator: Any) -> Figure:
    figures = [f for f in read(text, {"killed": {**KILLED, **indicator}}) if f.indicator]
    assert len(figures) == 1, figures
    return figures[0]


def test_interval_and_evidence() -> None:
    figure = one("Israel's campaign has killed more than 67,000 people in the enclave.")
    assert (figure.value, figure.value_low, figure.value_high) == (67000, 67000, None)
    assert figure.evidence == "killed more than 67,000 people"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("At least 41 people were killed, according to the health ministry.", "the health ministry"),
        ("The mayor said 41 people were killed.", "The mayor"),
        ("A fire killed 41 people on Monday, police said.", "police"),
        ("A fire killed 41 people.", None),
    ],
)
def test_source(text: str, source: str | None) -> None:
    assert one(text).attributed_to == source


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The blast killed 41 people.", "reported"),
        ("The government denied that 300 people had been killed.", "denied"),
        ("If the dam broke, 10,000 people could be killed.", "hypothetical"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert str(one(text).modality) == modality


def test_planned_release_is_told_from_a_release() -> None:
    released = {"freed": {"counts": ["prisoners"], "predicates": ["released"]}}
    assert str(read("The country will free 90 prisoners.", released)[0].modality) == "planned"
    assert str(read("The country freed 90 prisoners.", released)[0].modality) == "reported"


def test_day_of_a_figure_is_read_from_its_own_verb() -> None:
    assert one("Twelve people were killed on Tuesday, medics said.").as_of == date(2024, 3, 12)
    assert one("At least 41 people have been killed since October 2023.").as_of_source == "document"
    assert one("It was the deadliest quake since 1999, when 17,000 people died.").as_of == date(1999, 1, 1)


def test_a_rate_is_not_a_total() -> None:
    text = "The fighting killed 72 people over the past 24 hours."
    assert not any(f.indicator for f in read(text, {"killed": SINCE_A_START}))
    assert one(text, aspect="period").value == 72


def test_parts_and_increments_are_not_the_total() -> None:
    text = "Seventeen people, including five children, have died. Three more bodies brought the toll to 20."
    assert [f.value for f in read(text, {"killed": SINCE_A_START}) if f.indicator] == [17, 20]


def test_another_place_does_not_match() -> None:
    places: dict[str, dict[str, Any]] = {"killed": {**KILLED, "places": ["Northland"]}}
    assert [f.indicator for f in read("Strikes killed 12 people in Southland.", places)] == [None]
    assert [f.indicator for f in read("Strikes killed 12 people in Northland.", places)] == ["killed"]


def test_never_and_context() -> None:
    guarded: dict[str, dict[str, Any]] = {
        "killed": {**KILLED, "never": ["soldiers"], "context": ["earthquake"]}
    }
    assert [f.indicator for f in read("The earthquake killed 12 people.", guarded)] == ["killed"]
    assert [f.indicator for f in read("The earthquake killed 12 soldiers.", guarded)] == [None]
    assert [f.indicator for f in read("The flood killed 12 people.", guarded)] == [None]


def test_an_untracked_figure_is_kept_with_the_reason() -> None:
    figure = read("The storm cut power to more than 400,000 homes.", {"killed": KILLED})[0]
    assert (figure.indicator, figure.counted, str(figure.qualifier)) == (None, "homes", "more_than")
    assert "killed" in figure.rule


def test_a_part_of_a_whole() -> None:
    indicators: dict[str, dict[str, Any]] = {
        "held": {"counts": ["hostages"], "predicates": ["held"]},
        "alive": {"counts": ["hostages"], "predicates": ["alive"], "part_of": "held"},
    }
    text = "There are 48 remaining hostages in the area, 20 of whom are alive."
    assert [(f.indicator, f.value) for f in read(text, indicators)] == [("held", 48), ("alive", 20)]


def test_who_speaks_is_no_figure() -> None:
    assert read("Three senior officials said the talks would go on.", {"killed": KILLED}) == []


def test_ids_are_stable_and_differ() -> None:
    text = "Twelve people were killed. Twelve people were killed."
    first, again = (read(text, {"killed": KILLED}) for _ in range(2))
    assert [f.figure_id for f in first] == [f.figure_id for f in again]
    assert len({f.figure_id for f in first}) == 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=30,
    )
)
def test_any_words_give_verbatim_evidence(pieces: list[str]) -> None:
    read(" ".join(pieces), {"killed": KILLED})  # asserts that evidence is verbatim


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    read(text + " 12 people were killed", {"killed": KILLED})


def test_examples_of_a_codebook_are_run() -> None:
    book = codebook(
        {
            "killed": {
                **KILLED,
                "examples": [
                    {"text": "The fire killed 12 people.", "value": 12},
                    {"text": "The fire killed 12 people.", "value": 13},
                    {"text": "The fire hurt 12 people.", "value": None},
                ],
            }
        }
    )
    results = check_examples(book, load_model())
    assert [r.is_right for r in results] == [True, False, True]
    assert (results[1].where, results[1].expected, results[1].got) == (
        "indicators.killed.examples[1]",
        "13",
        "12",
    )


def test_a_text_is_explained() -> None:
    rows = explain_text(
        "The fire killed 12 people and cost $3m.", codebook({"killed": dict(KILLED)}), load_model()
    )
    assert [(row.key, row.evidence) for row in rows] == [("killed", "killed 12 people"), ("", "cost $3m")]
    assert all(row.rule for row in rows)


def test_codebook_version_follows_the_content() -> None:
    one_book, other = codebook({"killed": dict(KILLED)}), codebook({"killed": {**KILLED, "never": ["dogs"]}})
    assert codebook_version(one_book) == codebook_version(codebook({"killed": dict(KILLED)}))
    assert codebook_version(one_book) != codebook_version(other)
    assert codebook_version(one_book).startswith("1+")


def test_a_story_needs_enough_of_its_words_and_none_of_the_others() -> None:
    def book(story: str, **match: Any) -> Codebook:
        return Codebook.model_validate({"story": story, "title": "T", "version": "1", "match": match})

    books = [
        book("ferry", any=["ferry", "coastguard"], at_least=2),
        book("boat-race", any=["ferry", "boat"], at_least=1, none=["sank"]),
        book("quake", any=["earthquake"], at_least=1),
    ]
    assert stories_of("A ferry sank; coastguards searched.", books) == ("ferry",)
    assert stories_of("The ferry won.", books) == ("boat-race",)


TOLLS: dict[str, dict[str, Any]] = {"killed": KILLED, "wounded": INJURED, "missing": MISSING}


def tolls(text: str, **more: dict[str, Any]) -> list[Figure]:
    """Return the figures of a text that belong to an indicator."""
    return [f for f in read(text, {**{k: dict(v) for k, v in TOLLS.items()}, **more}) if f.indicator]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (
            "Provost Mira Dahl said the slide killed 12 people. She said 40 people were missing.",
            ["Provost Mira Dahl", "Provost Mira Dahl"],
        ),
        (
            "The transport ministry said 12 people had died. It put the wounded at 40.",
            ["The transport ministry", "The transport ministry"],
        ),
        (
            "Paramedics said 12 people died in the crash. By noon they counted 14 dead.",
            ["Paramedics", "Paramedics"],
        ),
        ("At least 31 people were killed, according to her.", [None]),
        ("The registrar, who keeps the list, says 31 people have been killed.", ["The registrar"]),
        ("The IFRC said 12 people had been killed.", ["The IFRC"]),
        ("Some said 12 people had been killed.", [None]),
        ("We counted 14 dead.", [None]),
        ("Most of them said 14 people died.", [None]),
        ("Neighbours and local clerks said 12 people died.", ["Neighbours and local clerks"]),
        ("Tenants and police, who came late, said 12 people died.", ["Tenants and police"]),
        ("Lena Brix, 44, said 12 people died.", ["Lena Brix"]),
    ],
)
def test_a_source_is_a_name_and_never_a_pronoun(text: str, sources: list[str | None]) -> None:
    assert [f.attributed_to for f in tolls(text)] == sources


def test_a_pronoun_is_not_resolved_over_two_paragraphs() -> None:
    text = "The mayor said 12 people died.\nRoads shut.\nTrains stopped.\nShe said 40 people were missing."
    assert [f.attributed_to for f in tolls(text)] == ["The mayor", None]


def test_a_source_that_is_an_actor_has_the_codebooks_name() -> None:
    book = codebook({"killed": dict(KILLED)})
    data = book.model_dump()
    data["actors"] = {"nra": {"name": "National Rescue Agency", "kind": "organisation", "aliases": ["NRA"]}}
    text = "The NRA said 12 people had been killed. The NRA’s rival said 13 people had been killed."
    found = Extractor(Codebook.model_validate(data), load_model()).read(document("d", text, DAY), day=DAY)
    assert [f.attributed_to for f in found.figures] == ["National Rescue Agency", "The NRA’s rival"]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("A woman of 70 died in the flood.", "woman of 70"),
        ("A boy of nine was killed.", "boy of nine"),
        ("Ines Moreau, 41, was killed.", "Ines Moreau, 41"),
        ("A man aged 52 was killed.", "man aged 52"),
        ("A 9-year-old girl was killed.", "9-year-old"),
    ],
)
def test_an_age_counts_nobody(text: str, evidence: str) -> None:
    assert [(f.indicator, f.unit, f.evidence) for f in read(text, TOLLS)] == [(None, "age", evidence)]


def test_a_list_of_ages_counts_nobody() -> None:
    found = read("Three sisters, aged 4, 7 and 9, were killed with a man aged 30 to 35.", TOLLS)
    assert [(f.value, f.unit) for f in found] == [
        (3, "person"),
        (4, "age"),
        (7, "age"),
        (9, "age"),
        (30, "age"),
    ]
    people = read("A man aged 70, and 12 people in a bus, were killed.", TOLLS)
    assert [(f.value, f.unit) for f in people] == [(70, "age"), (12, "person")]


def test_the_whole_named_first_is_not_what_is_said_of_its_part() -> None:
    assert [f.value for f in tolls("Of the 30 passengers, 12 were killed.")] == [12]
    assert [f.value for f in tolls("Of 31 killed, 12 were women.")] == [31]


def test_a_crew_of_seven_is_no_age() -> None:
    assert [f.unit for f in read("A crew of 7 was killed.", TOLLS)] == ["person"]


@pytest.mark.parametrize("text", ["A man in his 60s was killed.", "A mother of three was killed."])
def test_what_only_describes_a_person_is_no_figure(text: str) -> None:
    assert read(text, TOLLS) == []


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("The toll in the valley stands at 31.", "toll in the valley stands at 31"),
        ("Nurses counted 33 dead by dusk.", "counted 33 dead"),
        ("In the hamlets above Stone Quay, 18 were killed.", "18 were killed"),
        ("Of the dead, clerks say 31 were pupils.", "31 were pupils"),
    ],
)
def test_evidence_says_what_is_counted(text: str, evidence: str) -> None:
    assert [f.evidence for f in read(text, TOLLS)] == [evidence]


@pytest.mark.parametrize(
    ("headline", "indicator", "value"),
    [
        ("4,132 people evacuated", "moved", 4132),
        ("Six killed in mill blast", "killed", 6),
        ("86 hurt as tram hits bridge", "wounded", 86),
        ("Nearly 200 arrested", "arrested", 200),
        ("Over 300 evacuated after dam leak", "moved", 300),
    ],
)
def test_headlines_without_a_verb_are_read(headline: str, indicator: str, value: float) -> None:
    found = tolls(
        headline,
        moved={"counts": ["people"], "predicates": ["evacuated"]},
        arrested={"counts": ["people"], "predicates": ["arrested"]},
    )
    assert [(f.indicator, f.value) for f in found] == [(indicator, value)]


@pytest.mark.parametrize(
    ("text", "aspect", "day"),
    [
        ("The storm has killed 31 people, the mayor said on Wednesday.", "current", date(2024, 3, 13)),
        ("At least 29 people were missing on Tuesday, the agency said.", "current", date(2024, 3, 12)),
        ("The storm killed 31 people on Monday, the mayor said on Wednesday.", "period", date(2024, 3, 11)),
    ],
)
def test_a_day_of_saying_is_no_period(text: str, aspect: str, day: date) -> None:
    (figure,) = tolls(text)
    assert (str(figure.aspect), figure.as_of, figure.as_of_source) == (aspect, day, "text")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The board reported that 24 people were missing. That was wrong.", "denied"),
        ("The board reported that 24 people were missing.\nThe figure has since been corrected.", "denied"),
        ("The claim of 300 dead is false.", "denied"),
        ("Reports that 300 people were killed are untrue, the governor said.", "denied"),
        ("The army rejected a claim that 300 people were killed.", "denied"),
        ("The board reported that 24 people were missing. That was on Monday.", "reported"),
        ("The army denied it had fired, but said 12 people were killed.", "reported"),
        ("The report said 12 people were killed and called the alarm false.", "reported"),
    ],
)
def test_withdrawn_and_denied_numbers(text: str, modality: str) -> None:
    assert {str(f.modality) for f in tolls(text)} == {modality}


RELIEF = {"unit": "EUR", "counts": ["relief money"], "predicates": ["pledged"]}


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Lenders pledged €5 million to mend the dyke.", "relief"),
        ("Lenders pledged 5 million euros on Monday.", "relief"),
        ("Lenders pledged €5 million in arms.", None),
        ("Lenders pledged $5 million to mend the dyke.", None),
        ("The dyke cost €5 million.", None),
    ],
)
def test_a_currency_alone_is_money(text: str, indicator: str | None) -> None:
    found = read(text, {"killed": dict(KILLED), "relief": dict(RELIEF)})
    assert [f.indicator for f in found] == [indicator]
    assert indicator or "relief" in found[0].rule


def test_who_is_left_out_is_not_counted() -> None:
    text = "All but 4 of the 30 hikers have been accounted for."
    assert [(f.indicator, f.value) for f in tolls(text)] == [("missing", 4)]
    rescued = {"counts": ["people"], "predicates": ["rescued"]}
    assert 4 not in [f.value for f in tolls("All but 4 hikers were rescued.", rescued=rescued)]


def test_a_table_run_together_is_one_refusal() -> None:
    text = "Twelve people were killed.\n" + "a 1 " * 20_000
    book = codebook({"killed": dict(KILLED)})
    found = extract(document("d", text, DAY), book, load_model(), day=DAY)
    assert [f.value for f in found.figures] == [12]
    assert [(r.kind, r.reason) for r in found.refusals] == [
        ("figure", "more numbers than a sentence is read for")
    ]
    refusal = found.refusals[0]
    assert text[refusal.evidence_start : refusal.evidence_end] == refusal.evidence


def test_an_extractor_reads_many_documents_as_one_reads_each() -> None:
    book, model = codebook({"killed": dict(KILLED)}), load_model()
    documents = [document(str(n), f"The fire killed {n} people.", DAY) for n in (12, 13, 14)]
    extractor = Extractor(book, model)
    read_together = [extractor.read(d, day=DAY) for d in documents]
    assert read_together == [extract(d, book, model, day=DAY) for d in documents]
    assert [found.figures[0].value for found in read_together] == [12, 13, 14]
