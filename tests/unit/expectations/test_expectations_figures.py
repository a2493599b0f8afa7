"""Each planted defect of a figure is caught by its own expectation, and by nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from schemas.audit import Audit
from tests.unit.expectations.rows import Row, after, audited, check, failed, figure, gathered

ALONE: dict[str, tuple[str, list[Row], str]] = {
    # name of the case: expectation, rows, words of the reason
    "no such qualifier": ("qualifier_in_vocabulary", [figure(qualifier="roughly")], "roughly"),
    "no such modality": ("modality_in_vocabulary", [figure(modality="rumoured")], "rumoured"),
    "no such aspect": ("aspect_in_vocabulary", [figure(aspect="yearly", indicator=None)], "yearly"),
    "another text at the offsets": (
        "evidence_verbatim",
        [figure(text_slice="4,513 people"), figure(figure_id="f2"), figure(figure_id="f3")],
        'the text has "4,513 people" where the evidence "4,512 people" should be',
    ),
    "no text at all": (
        "evidence_verbatim",
        [figure(text_slice=None), figure(figure_id="f2"), figure(figure_id="f3")],
        "4,512 people",
    ),
    "offsets beyond the text": (
        "offsets_inside_text",
        [figure(evidence_start=1990, evidence_end=2002, text_slice="4,512 peop")],
        "1990 to 2002, the text has 2000 characters",
    ),
    "offsets reversed": ("offsets_inside_text", [figure(evidence_start=40, evidence_end=40)], "40 to 40"),
    "no value": ("value_finite", [figure(float("nan"), evidence="many", indicator=None)], "missing"),
    "endless value": ("value_finite", [figure(float("inf"), evidence="many", indicator=None)], "inf"),
    "upside down": (
        "interval_sane",
        [figure(15, qualifier="range", value_low=15.0, value_high=10.0)],
        "upside down: 15 to 10",
    ),
    "outside its interval": (
        "interval_sane",
        [figure(9, qualifier="range", value_low=10.0, value_high=15.0)],
        "9 lies outside its own interval 10 to 15",
    ),
    "a range with one end": ("interval_sane", [figure(10, qualifier="range", value_high=None)], "both ends"),
    "exact with an open end": ("interval_sane", [figure(10, value_high=None)], "both ends"),
    "at least, but closed": (
        "interval_sane",
        [figure(10, qualifier="at_least", value_high=12.0)],
        "at least",
    ),
    "more than, but closed": (
        "interval_sane",
        [figure(10, qualifier="more_than", value_high=12.0)],
        "open above",
    ),
    "nearly, but from nought": ("interval_sane", [figure(10, qualifier="nearly", value_low=0.0)], "nearly"),
    "less than, but closed": (
        "interval_sane",
        [figure(10, qualifier="less_than", value_low=0.0)],
        "open below",
    ),
    "up to, without an end": ("interval_sane", [figure(10, qualifier="up_to", value_high=None)], "up to"),
    "an id given twice": ("id_unique", [figure(times=2)], "given to 2 different records"),
    "of no document": (
        "document_present",
        [figure(document_known=False, text_slice=None, text_length=None, story_known=None)],
        "no document of no document:d1, version 1",
    ),
    "of no story": ("story_known", [figure(story_known=False)], 'the story "flood"'),
    "of another text": ("version_follows", [figure(is_taken=True)], "claims to be version 1"),
    "pages of evidence": (
        "evidence_length",
        [figure(evidence="4,512 people " * 160, evidence_end=40 + 13 * 160, text_length=9000)],
        "2080 characters",
    ),
    "fewer than none": ("count_not_negative", [figure(-3)], "-3 persons"),
    "more than the whole": (
        "share_within_whole",
        [figure(1.25, unit="share", indicator_unit="share", aspect="current")],
        "125% is more than the whole",
    ),
    "of a day to come": (
        "as_of_not_after_publication",
        [figure(as_of=date(2026, 3, 9))],
        "2026-03-09, the document was published on 2026-03-07",
    ),
    "unknown indicator": ("indicator_known", [figure(indicator_known=False)], "no indicator 'displaced'"),
    "another unit": ("unit_agrees", [figure(unit="EUR")], 'counted in "EUR", the indicator in "person"'),
    "below the bounds": ("within_bounds", [figure(3, indicator_low=10.0)], "3 is below 10"),
    "above the bounds": (
        "within_bounds",
        [
            figure(3, figure_id="f2", indicator_high=10.0),
            figure(1_200_000, indicator_high=1e6, document_id="d2"),
        ],
        "1,200,000 is above 1,000,000",
    ),
    "exchanged within the article": (
        "digit_exchange",
        [figure(5412), figure(4512, figure_id="f2", qualifier="at_least", attributed_to="the ministry")],
        "5,412 is 4,512 with digits exchanged; the same article states 4,512 elsewhere",
    ),
    "exchanged, the better one without qualifier but attributed": (
        "digit_exchange",
        [figure(4512, figure_id="f2", attributed_to="the ministry"), figure(5412)],
        "5,412 is 4,512 with digits exchanged",
    ),
    "exchanged, a rounded figure decides": (
        "digit_exchange",
        [
            figure(5412),
            figure(4512, figure_id="f2"),
            figure(4500, figure_id="f3", qualifier="more_than", value_high=None),
        ],
        "5,412 is 4,512 with digits exchanged",
    ),
    "exchanged against the last reading": (
        "digit_exchange",
        [figure(5412, **after(4512))],
        "5,412 is 4,512 with digits exchanged; the last reading was 4,512 (2026-03-06)",
    ),
    "exchanged against other documents": (
        "digit_exchange",
        [figure(5412, others_same_day=[4512.0, 4512.0])],
        "5,412 is 4,512 with digits exchanged; 2 other documents of the day state 4,512",
    ),
    "exchanged and small, but others and the last reading contradict": (
        "digit_exchange",
        [figure(74, aspect="current", others_same_day=[47.0], **after(48))],
        "74 is 47 with digits exchanged; another document of the day states 47",
    ),
    "exchanged share": (
        "digit_exchange",
        [figure(0.2145, unit="person", aspect="current", **after(0.1245))],
        "0.2145 is 0.1245 with digits exchanged",
    ),
    "digit dropped": (
        "digit_dropped_or_doubled",
        [figure(451, aspect="current", **after(4512))],
        "451 is 4,512 with a digit dropped; the last reading was 4,512",
    ),
    "digit doubled": (
        "digit_dropped_or_doubled",
        [figure(45112, others_same_day=[4512.0, 4500.0])],
        "45,112 is 4,512 with a digit too many; 2 other documents of the day state 4,512",
    ),
    "a nought too many within the article": (
        "digit_dropped_or_doubled",
        [figure(45120), figure(4512, figure_id="f2", qualifier="about")],
        "45,120 is 4,512 with a digit too many; the same article states 4,512 elsewhere",
    ),
    "about ten times": (
        "digit_dropped_or_doubled",
        [figure(46_200, **after(4512))],
        "46,200 is about ten times 4,512; the last reading was 4,512 (2026-03-06)",
    ),
    "thousand for million": (
        "unit_slip",
        [figure(2_100, unit="EUR", indicator_unit="EUR", aspect="current", **after(2_100_000))],
        "2,100 is about 1,000 times less than 2,100,000",
    ),
    "billion for million within the article": (
        "unit_slip",
        [figure(3e9), figure(3e6, figure_id="f2", attributed_to="the treasury")],
        "3,000,000,000 is about 1,000 times 3,000,000",
    ),
    "percent for share": (
        "unit_slip",
        [figure(0.0045, unit="share", indicator_unit="share", aspect="current", **after(0.45))],
        "0.0045 is about 100 times less than 0.45 (percent and share mixed up); the last reading was 0.45",
    ),
    "percent for share, as other documents have it": (
        "unit_slip",
        [
            figure(
                0.0045, unit="share", indicator_unit="share", aspect="current", others_same_day=[0.45, 0.45]
            )
        ],
        "0.0045 is about 100 times less than 0.45 (percent and share mixed up); 2 other documents",
    ),
    "a total that falls": (
        "cumulative_fall",
        [figure(4431, **after(4512))],
        "4,431 is less than 4,512, the last reading (2026-03-06), of a number that only grows",
    ),
    "a total said to be below": (
        "cumulative_fall",
        [figure(4000, qualifier="less_than", **after(4512))],
        "4,000 is less than 4,512",
    ),
    "a leap": (
        "implausible_step",
        [figure(7300, indicator_step=0.2, **after(4512))],
        "7,300 is a rise by 62% from 4,512, the last reading (2026-03-06); the codebook finds 20% plausible",
    ),
    "a drop": (
        "implausible_step",
        [figure(900, aspect="current", indicator_step=0.5, **after(4512))],
        "900 is a fall by 80% from 4,512",
    ),
    "a range beyond the step": (
        "implausible_step",
        [
            figure(
                8000,
                qualifier="range",
                value_low=7000.0,
                value_high=9000.0,
                indicator_step=0.2,
                **after(4512),
            )
        ],
        "7,000 is a rise by 55%",
    ),
}


@pytest.fixture(scope="module")
def planted() -> Audit:
    """Return one audit of all cases; Great Expectations takes a third of a second each time."""
    return audited(figures=gathered({name: rows for name, (_, rows, _) in ALONE.items()}))


@pytest.mark.parametrize("name", ALONE)
def test_a_planted_defect_is_caught_by_its_own_expectation_alone(name: str, planted: Audit) -> None:
    expectation, _, words = ALONE[name]
    caught = check(planted, "figures", expectation)
    assert not caught.success
    holds = [hold for hold in planted.holds if hold.record_id.startswith(f"{name}:")]
    if caught.severity == "critical":
        assert (caught.sample, holds) == (f"{name}:f1", [])
        return
    (hold,) = holds
    assert (hold.record_kind, hold.record_id, hold.expectation) == ("figure", f"{name}:f1", expectation)
    assert words in hold.reason
    assert "(also:" not in hold.reason


GOOD: dict[str, list[Row]] = {
    "exact": [figure()],
    "every open qualifier": [
        figure(4512, figure_id=word, qualifier=word, document_id=word)
        for word in ("at_least", "more_than", "nearly", "less_than", "up_to", "about")
    ],
    "range and vague": [
        figure(12, qualifier="range", value_low=10.0, value_high=15.0),
        figure(
            10_000, figure_id="f2", document_id="d2", qualifier="vague", value_low=1e4, value_high=99_999.0
        ),
    ],
    "untracked, in any unit": [figure(12, indicator=None, unit="EUR", indicator_unit=None)],
    "on the bounds": [figure(10, indicator_low=10.0, indicator_high=10.0)],
    "a total restated rounded": [figure(4500, **after(4512))],
    "a total restated as more than": [figure(4000, qualifier="more_than", **after(4512))],
    "a total about the same": [figure(4400, qualifier="about", **after(4512))],
    "a total as of long before": [figure(1200, as_of=date(2026, 2, 1), indicator_step=0.1, **after(4512))],
    "a total that falls, as two other documents say": [
        figure(4431, others_same_day=[4431.0, 4430.0], **after(4512))
    ],
    "a leap two other documents report": [
        figure(7300, indicator_step=0.2, others_same_day=[7300.0, 7000.0], **after(4512))
    ],
    "a period's count under an indicator of totals": [
        figure(12, aspect="period", indicator_aspect="cumulative", indicator_step=0.1, **after(4512))
    ],
    "a step as large as plausible": [figure(5414, indicator_step=0.2, **after(4512))],
    "more than less is no drop": [
        figure(900, aspect="current", qualifier="more_than", indicator_step=0.2, **after(4512))
    ],
    "up to more is no leap": [
        figure(9000, aspect="current", qualifier="up_to", indicator_step=0.2, **after(4512))
    ],
    "a planned number is no rival": [figure(5412), figure(4512, figure_id="f2", modality="planned")],
    "a planned number has no past": [figure(1200, modality="planned", indicator_step=0.1, **after(4512))],
    "a hypothetical number with exchanged digits": [figure(5412, modality="hypothetical", **after(4512))],
    "a small exchange that is a plausible step": [
        figure(41, aspect="current", indicator_step=2.0, **after(14))
    ],
    "a small exchange without a step": [figure(312, aspect="current", **after(231))],
    "a small exchange within an article": [
        figure(48, aspect="current"),
        figure(84, figure_id="f2", aspect="current"),
    ],
    "a long number whose last digits rise": [figure(4521, **after(4512))],
    "an exchange another document confirms": [figure(5412, others_same_day=[5412.0], **after(4512))],
    "one document against one other": [figure(5412, others_same_day=[4512.0])],
    "exchanged digits of another indicator": [figure(5412), figure(4512, figure_id="f2", indicator="dead")],
    "exchanged digits of another article": [figure(5412), figure(4512, figure_id="f2", document_id="d2")],
    "exchanged digits of another day": [figure(5412), figure(4512, figure_id="f2", as_of=date(2026, 1, 1))],
    "three digits changed round": [figure(5124, **after(4512))],
    "three to thirty": [figure(30, **after(3))],
    "a hundred and twenty to twelve hundred": [figure(1200, **after(120))],
    "ten times, and plausibly so": [figure(45_120, indicator_step=20.0, **after(4512))],
    "one to a thousand": [figure(1000, **after(1))],
    "a hundred times is a slip of shares alone": [figure(45_000, **after(450))],
    "a percent and all": [figure(1, unit="share", indicator_unit="share", aspect="current", **after(0.01))],
    "no last reading to compare with": [figure(7300, indicator_step=0.2)],
    "a last reading of nought": [figure(7300, indicator_step=0.2, **after(0))],
    "a last reading open below": [
        figure(4000, **after(4512, previous_low=None, previous_qualifier="nearly"))
    ],
}


@pytest.fixture(scope="module")
def sound() -> Audit:
    return audited(figures=gathered(GOOD))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_figure_is_not_held(name: str, sound: Audit) -> None:
    assert [hold for hold in sound.holds if hold.record_id.startswith(f"{name}:")] == []


def test_good_figures_fail_no_check(sound: Audit) -> None:
    assert failed(sound) == {}


def test_two_values_nothing_decides_between_are_both_held() -> None:
    result = audited(figures=[figure(5412), figure(4512, figure_id="f2")])
    assert [(h.record_id, h.expectation) for h in result.holds] == [
        ("f1", "digit_exchange"),
        ("f2", "digit_exchange"),
    ]
    assert all(h.reason.endswith("and nothing tells which of the two is right") for h in result.holds)


def test_the_last_reading_decides_before_the_words_of_the_article() -> None:
    rows = [
        figure(5412, attributed_to="the ministry", qualifier="at_least", **after(4500)),
        figure(4512, figure_id="f2", **after(4500)),
    ]
    assert failed(audited(figures=rows)) == {"digit_exchange": ["f1"]}


def test_the_numbers_of_a_table_are_no_rivals_of_each_other() -> None:
    numbers = [5412.0, 4512.0, *(1000.0 + 37 * n for n in range(12))]
    rows = [figure(value, figure_id=f"f{n}") for n, value in enumerate(numbers)]
    assert failed(audited(figures=rows)) == {}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_rows_decides_nothing(order: tuple[int, ...]) -> None:
    rows = [
        figure(5412),
        figure(4512, figure_id="f2", attributed_to="the ministry"),
        figure(3, figure_id="f3", document_id="d2", unit="EUR"),
    ]
    assert audited(figures=[rows[i] for i in order]) == audited(figures=rows)


def test_a_figure_that_fails_twice_is_held_once_and_the_reason_names_both() -> None:
    result = audited(figures=[figure(5412, indicator_step=0.1, **after(4512))])
    (hold,) = result.holds
    assert hold.expectation == "digit_exchange"
    assert hold.reason.endswith("(also: implausible step)")
    assert list(failed(result)) == ["digit_exchange", "implausible_step"]


@pytest.mark.parametrize(("broken", "blocked"), [(1, False), (2, False), (3, True)])
def test_too_much_ungrounded_evidence_blocks_the_batch(broken: int, blocked: bool) -> None:
    rows = [
        figure(figure_id=f"f{n}", document_id=f"d{n}", text_slice="else" if n < broken else "4,512 people")
        for n in range(4)
    ]
    result = audited(figures=rows, failure_share=0.5)
    assert result.is_blocked is blocked
    assert check(result, "figures", "evidence_verbatim").failed == broken


def test_other_failing_rows_never_block_however_many() -> None:
    result = audited(figures=[figure(unit="EUR")], failure_share=0.01)
    assert not result.is_blocked
    assert len(result.holds) == 1


def test_a_word_outside_the_vocabulary_is_held_and_blocks_where_it_is_the_rule() -> None:
    """A single record is an accident; a batch of them is a broken extractor."""
    rows = [figure(qualifier="roughly"), figure(figure_id="f2"), figure(figure_id="f3", qualifier="roughly")]
    alone = audited(figures=rows[:2])
    assert not alone.is_blocked
    assert [(h.record_id, h.expectation) for h in alone.holds] == [("f1", "qualifier_in_vocabulary")]
    assert audited(figures=rows).is_blocked


def test_a_codebook_value_of_any_python_type_is_read() -> None:
    whole: dict[str, Any] = {"indicator_low": 1, "indicator_high": 10_000, "indicator_step": 1}
    assert failed(audited(figures=[figure(4512, **whole, **after(4000))])) == {}


def test_a_figure_its_own_text_speaks_against_is_warned_of_and_not_held() -> None:
    slip = "old and new: the text tells of a rise from 48 to 41"
    result = audited(figures=[figure(41, slip=slip), figure(4512, figure_id="f2", document_id="d2")])
    assert failed(result) == {"slip_in_text": ["f1"]}
    assert (check(result, "figures", "slip_in_text").severity, result.holds) == ("warning", ())
    assert not result.is_blocked


def test_exchanged_digits_in_a_text_are_held_as_well_as_warned_of() -> None:
    slip = "digits exchanged: 5,412 is 4,512 with two digits exchanged"
    rows = [figure(5412, slip=slip), figure(4512, figure_id="f2", attributed_to="the ministry")]
    result = audited(figures=rows)
    assert failed(result) == {"digit_exchange": ["f1"], "slip_in_text": ["f1"]}
    assert [hold.expectation for hold in result.holds] == ["digit_exchange"]
