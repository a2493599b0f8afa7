"""Plots put days and values where they belong, at any width, and say their name."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from newsledger.publish import plots
from newsledger.publish.plots import Days, Dot, Run, Step, Values

DAY = date(2031, 5, 10)


def steps(*values: float) -> list[Step]:
    return [Step(DAY + timedelta(days=n), value, value, value) for n, value in enumerate(values)]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=8))
def test_values_keep_their_order_and_stay_inside(values: list[float]) -> None:
    scale = Values(values, 10, 200, "count")
    heights = [scale.at(value) for value in sorted(values)]
    assert heights == sorted(heights, reverse=True)
    assert all(10 <= height <= 200 for height in heights)


@given(st.lists(st.dates(date(1990, 1, 1), date(2100, 1, 1)), min_size=1, max_size=8))
def test_days_keep_their_order_and_stay_inside(days: list[date]) -> None:
    scale = Days(days)
    places = [scale.at(day) for day in sorted(days)]
    assert places == sorted(places)
    assert all(0 <= place <= 1000 for place in places)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_ticks_lie_inside_and_are_few(low: float, span: float) -> None:
    found = plots.ticks(low, low + span)
    assert len(found) <= 6
    assert all(low - span * 1e-6 <= tick <= low + span * (1 + 1e-6) for tick in found)


def test_a_value_holds_until_the_next_is_known() -> None:
    drawn = parsed(plots.history(steps(10, 10, 20), [], "count", "History"))
    path = next(p.get("d", "") for p in drawn.iter("path") if p.get("class") == "r")
    moves = re.findall(r"[MHVh][^MHVh]*", path)
    assert moves[0].startswith("M30 ")
    assert [move[0] for move in moves[1:]] == ["H", "V", "H", "V", "h"]
    # The second day says the same height as the first, the third a higher one (less far from above).
    heights = [float(move[1:]) for move in moves if move[0] == "V"]
    assert float(moves[0].split()[1]) == heights[0] > heights[1]


def test_open_and_disputed_readings_are_marked() -> None:
    shown = [Step(DAY, 10, 10, None), Step(DAY + timedelta(days=1), 12, None, 12, is_disputed=True)]
    drawn = parsed(plots.history(shown, [], "count", "History"))
    assert [text.text for text in drawn.iter("text") if text.get("class") == "u"] == ["↑", "↓"]
    assert [circle.get("class") for circle in drawn.iter("circle")] == ["p", "o"]


def test_a_band_is_drawn_between_the_ends_of_a_range_only() -> None:
    ranged = parsed(plots.history([Step(DAY, 15, 10, 20), *steps(15)[:0]], [], "count", "History"))
    exact = parsed(plots.history(steps(15, 16), [], "count", "History"))
    assert next(p.get("d") for p in ranged.iter("path") if p.get("class") == "b")
    assert not next(p.get("d") for p in exact.iter("path") if p.get("class") == "b")


def test_what_was_known_first_leads_to_what_is_known_now() -> None:
    first, now = steps(10, 40), steps(10, 20)
    drawn = parsed(plots.vintage(first, now, [], "count", "Vintage"))
    circles = [(circle.get("class"), circle.get("cx")) for circle in drawn.iter("circle")]
    assert circles == [("o", "97%"), ("p", "97%")]


def test_stances_are_told_by_their_shape() -> None:
    runs = [
        Run(DAY, DAY + timedelta(days=2), "opposes"),
        Run(DAY + timedelta(days=3), DAY + timedelta(days=3), "supports"),
    ]
    drawn = parsed(plots.lanes([("Union", runs)], "Stances"))
    assert [t.text for t in drawn.iter("text") if (t.get("class") or "").startswith("k")] == ["▼", "▲"]


def test_sides_of_a_dispute_stand_apart_and_equal_ones_need_no_plot() -> None:
    assert plots.dots([Dot("48", 48, 48, 48), Dot("48", 48, 48, 48)], "count", "Dots") == ""
    drawn = parsed(plots.dots([Dot("48", 48, 48, 48), Dot("at least 60", 60, 60, None)], "count", "Dots"))
    assert [c.get("cx") for c in drawn.iter("circle")] == ["3%", "97%"]
    assert next(line.get("x2") for line in drawn.iter("line") if line.get("class") == "w") == "100%"


def test_names_are_escaped_and_every_plot_has_one() -> None:
    evil = '"><script>alert(1)</script>'
    for svg in (
        plots.history(steps(1, 2), [(evil, steps(1, 2))], "count", evil),
        plots.lanes([(evil, [Run(DAY, DAY, "supports")])], evil),
        plots.bars([(DAY, 3, 1)], evil),
        plots.delays([(evil, 2.0)], evil),
        plots.sparkline(steps(1, 2), evil),
    ):
        drawn = parsed(svg)
        assert drawn.get("role") == "img"
        assert drawn.get("aria-label") == evil
        assert not list(drawn.iter("script"))


def test_nothing_is_drawn_of_nothing() -> None:
    assert plots.history([], [], "count", "x") == ""
    assert plots.lanes([], "x") == plots.bars([], "x") == plots.delays([], "x") == ""
    assert plots.sparkline(steps(1), "x") == ""
