"""Slips of the pen that one text shows: flagged with the reason in words, and nothing honest flagged."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsledger.extract.figures.slips import Passage, flag_slips
from newsledger.extract.numbers.digits import is_exchanged, significant
from schemas.figure import Aspect, Figure, Modality, Qualifier, Slip

from .slip_cases import HONEST, INDICATORS, SLIPS
from .test_extract_stories import codebook, read

BOOK = codebook(deepcopy(INDICATORS))


def flags(text: str) -> dict[float, str]:
    """Return value and flag of the figures of a text that are flagged."""
    return {f.value: f.slip for f in read(text, deepcopy(INDICATORS)) if f.slip}


@pytest.mark.parametrize(("text", "kind", "flagged"), SLIPS, ids=[text for text, _, _ in SLIPS])
def test_a_slip_is_flagged_with_its_kind(text: str, kind: str, flagged: list[float]) -> None:
    if not all(f.indicator for f in read(text, deepcopy(INDICATORS))) and sorted(flags(text)) != sorted(
        flagged
    ):
        pytest.xfail(
            "the matcher does not take the slipped number for the indicator, so there is nothing to flag"
        )
    found = flags(text)
    assert sorted(found) == pytest.approx(sorted(flagged))
    assert {slip.partition(":")[0] for slip in found.values()} == {kind}


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_number_is_not_flagged(text: str) -> None:
    assert flags(text) == {}


def figure(value: float, name: str = "f1", **changes: object) -> Figure:
    """Return an exact, reported count of people killed, on a line of its own."""
    at = 100 * (1 + int(name[1:]))
    base = Figure(
        figure_id=name, document_id="d", version=1, story="test", indicator="killed", counted="people",
        predicate="killed", value=value, value_low=value, value_high=value, qualifier=Qualifier.EXACT,
        unit="person", modality=Modality.REPORTED, aspect=Aspect.CUMULATIVE, attributed_to=None, place=None,
        as_of=date(2024, 3, 14), as_of_source="document", evidence=f"{value:,.0f} people killed",
        evidence_start=at, evidence_end=at + 20, rule="", extractor="x", codebook_version="1",
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def flagged(*figures: Figure, passages: tuple[Passage, ...] = ()) -> dict[str, str]:
    """Return the flags of figures by figure."""
    return {f.figure_id: f.slip for f in flag_slips(figures, passages, BOOK) if f.slip}


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[int, int]:
    """Return a number of four significant digits or more and itself with any two digits exchanged."""
    number = draw(st.integers(1_000, 9_999_999_999).filter(lambda n: significant(str(n)) >= 4))
    digits = list(str(number))
    i, j = draw(st.integers(0, len(digits) - 1)), draw(st.integers(0, len(digits) - 1))
    digits[i], digits[j] = digits[j], digits[i]
    other = int("".join(digits))
    if other == number or digits[0] == "0":
        return draw(exchanges())
    return number, other


@given(exchanges())
def test_any_two_digits_exchanged_are_flagged_whichever_comes_first(pair: tuple[int, int]) -> None:
    one, other = map(float, pair)
    first = flagged(figure(one, "f1"), figure(other, "f2"))
    again = flagged(figure(other, "f2"), figure(one, "f1"))
    assert set(first) == {"f1", "f2"}
    assert first == again
    assert all(slip.startswith(f"{Slip.EXCHANGE}: ") for slip in first.values())


@given(exchanges())
def test_the_better_supported_of_two_is_never_the_one_flagged(pair: tuple[int, int]) -> None:
    known = figure(float(pair[0]), "f2", attributed_to="the ministry")
    assert set(flagged(figure(float(pair[1])), known)) == {"f1"}


@given(
    st.integers(10, 999_999_999),
    st.integers(1, 8),
    st.sampled_from(["half", "down", "up"]),
    st.booleans(),
)
def test_a_rounding_is_never_flagged(number: int, places: int, way: str, is_headline: bool) -> None:
    step = 10 ** min(places, len(str(number)) - 1)
    low = number // step * step
    qualifier = {"half": Qualifier.EXACT, "down": Qualifier.MORE_THAN, "up": Qualifier.NEARLY}[way]
    value = {"half": low if number - low < step / 2 else low + step, "down": low, "up": low + step}[way]
    start = 0 if is_headline else 150
    rounded = figure(float(value), "f1", qualifier=qualifier, evidence_start=start, evidence_end=start + 20)
    text = (Passage(0, "A headline without numbers", is_headline=True), Passage(100, "x" * 300, False))
    assume(way != "up" or value - number <= value / 10)  # nobody calls 11 "nearly 20"
    assume(not is_exchanged(str(value), str(number)))  # 2,381,301 and 2,381,310: nobody can tell
    assert flagged(rounded, figure(float(number), "f2"), passages=text) == {}


@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=8), st.randoms())
def test_the_order_of_the_figures_decides_nothing(values: list[int], chance: Random) -> None:
    figures = [figure(float(v), f"f{n}") for n, v in enumerate(values)]
    shuffled = chance.sample(figures, len(figures))
    assert flagged(*figures) == flagged(*shuffled)
    assert [f.figure_id for f in flag_slips(shuffled, (), BOOK)] == [f.figure_id for f in shuffled]


@pytest.mark.parametrize(
    "changes",
    [
        {"as_of": date(2024, 3, 13)},
        {"aspect": Aspect.PERIOD},
        {"indicator": "missing"},
        {"indicator": None},
        {"modality": Modality.PLANNED},
        {"modality": Modality.DENIED},
        {"qualifier": Qualifier.RANGE},
    ],
)
def test_numbers_of_different_things_are_no_rivals(changes: dict[str, object]) -> None:
    assert flagged(figure(67_183), figure(76_183, "f2", **changes)) == {}


def test_numbers_of_different_places_are_no_rivals() -> None:
    assert flagged(figure(67_183, place="Aru"), figure(76_183, "f2", place="Belo")) == {}


def test_the_numbers_of_a_table_are_no_rivals() -> None:
    table = [figure(1_000.0 + 37 * n, f"f{n}") for n in range(12)]
    assert flagged(*table, figure(67_183, "f20"), figure(76_183, "f21")) == {}


def test_a_figure_wrong_in_two_ways_names_the_second() -> None:
    text = "Flood kills 76,183 people\nThe army said the flood killed 67,183 people."
    (slip,) = flags(text).values()
    assert slip == (
        "digits exchanged: 76,183 is 67,183 with two digits exchanged; the same text states 67,183 elsewhere"
        " (also: headline against body)"
    )


def test_the_flag_says_what_to_compare() -> None:
    text = "Flood kills 84 people\nThe flood killed 48 people on the coast, police said."
    if not all(f.indicator for f in read(text, deepcopy(INDICATORS))):
        pytest.xfail("the matcher does not take one of the numbers for the indicator")
    assert flags("Flood kills 84 people\nThe flood killed 48 people on the coast, police said.") == {
        84.0: "headline against body: the headline says 84, the text below 48"
    }


def test_a_text_without_figures_has_no_flags() -> None:
    assert flag_slips((), (Passage(0, "Nothing to count.", is_headline=False),), BOOK) == ()


def test_nothing_but_the_flag_is_changed() -> None:
    figures = (figure(67_183), figure(76_183, "f2"))
    assert tuple(replace(f, slip=None) for f in flag_slips(figures, (), BOOK)) == figures
