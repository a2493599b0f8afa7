"""Plots as inline SVG that fit any width: shapes stretch with the page, letters and symbols keep their size.

Places along the x axis are percentages of the plot's width. Lines lie in an inner drawing of 1000 units that
is stretched (``preserveAspectRatio="none"``) while their strokes are not; colours and dashes come from the
stylesheet, so that dark mode and print need nothing here. A plot never stands alone: whoever shows one gives
its table too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from newsledger.publish import wording
from newsledger.publish.display import clipped

WIDTH = 1000
"""Units of the stretched drawing."""
LEFT, RIGHT = 30, 970
"""Where data begin and end in it, so that a symbol at an end is not cut."""
TOP, LANE = 18, 34
"""Pixels above the first mark; height of a lane."""
SERIES = 6
"""Series a plot tells apart by colour and dash; the stylesheet has as many."""

STANCES = {"supports": "▲", "opposes": "▼", "conditional": "◆"}
"""A stance's symbol: told by shape as well as by colour."""


@dataclass(frozen=True, slots=True)
class Step:
    """A value from one day on. ``low`` and ``high`` bound what it asserts; None is open."""

    day: date
    value: float
    low: float | None
    high: float | None
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stance an actor kept from one day to another."""

    first: date
    last: date
    stance: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One side of a disagreement: what is said, and between which values."""

    words: str
    value: float
    low: float | None
    high: float | None


class Days:
    """Places days along the x axis; a single day stands in the middle."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first, self.last = min(days), max(days)
        self._span = (self.last - self.first).days

    def at(self, day: date, shift: float = 0.0) -> float:
        """Return where a day stands, in units; ``shift`` is a part of a day."""
        if self._span == 0:
            return (LEFT + RIGHT) / 2
        share = ((day - self.first).days + shift) / self._span
        return LEFT + min(1.0, share) * (RIGHT - LEFT)

    def labels(self, y: float) -> str:
        """Return the names of the first, the middle and the last day below the axis."""
        if self._span == 0:
            return _text(50, y, short_day(self.first), "m")
        parts = [
            _text(0, y, short_day(self.first, year=True), "s"),
            _text(100, y, short_day(self.last, year=True), "e"),
        ]
        if self._span > 20:
            parts.append(_text(50, y, short_day(self.first + timedelta(days=self._span // 2)), "m"))
        return "".join(parts)


class Values:
    """Places values along the y axis between two heights, with a little room around them."""

    def __init__(self, values: Sequence[float], top: float, bottom: float, unit: str) -> None:
        low, high = min(values), max(values)
        room = (high - low) * 0.08 or max(abs(high) * 0.1, 0.5)
        self._low = 0.0 if low >= 0 and low < (high - low) else low - room
        self._high = high + room
        self._top, self._bottom, self._unit = top, bottom, unit

    def at(self, value: float) -> float:
        """Return the height of a value, in pixels from above, kept inside the plot."""
        share = (value - self._low) / (self._high - self._low)
        return self._bottom - min(1.0, max(0.0, share)) * (self._bottom - self._top)

    def grid(self) -> str:
        """Return lines at round values, each with its name above it at the left."""
        parts = []
        for value in ticks(self._low, self._high):
            y = self.at(value)
            parts.append(f'<line class="g" x1="0" x2="100%" y1="{_n(y)}" y2="{_n(y)}"/>')
            parts.append(_text(0, y - 3, wording.number_words(value, self._unit), "s"))
        return "".join(parts)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return at most ``count`` + 1 round values of an interval: steps of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / count
    if rough <= 0 or not math.isfinite(rough):
        return [low]
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough * 0.999)
    first = math.ceil(low / step)
    return [round(n * step, 10) for n in range(first, math.floor(high / step) + 1)]


def short_day(day: date, *, year: bool = False) -> str:
    """Return a day as an axis names it: "7 Mar" or "7 Mar 2026"."""
    return f"{day.day} {wording.MONTHS[day.month - 1][:3]}{f' {day.year}' if year else ''}"


def sparkline(steps: Sequence[Step], title: str) -> Markup:
    """Return a small step line of values, or nothing where there are not two."""
    if len(steps) < 2:
        return Markup("")
    days, values = Days([s.day for s in steps]), Values([s.value for s in steps], 3, 25, "")
    path = _stairs(steps, days.at, lambda step: values.at(step.value))
    last = (
        f'<circle class="p" cx="{_pc(days.at(steps[-1].day))}" cy="{_n(values.at(steps[-1].value))}" r="3"/>'
    )
    return _svg(28, title, _stretched(28, f'<path class="r" d="{path}"/>') + last, "spark")


def history(
    readings: Sequence[Step], outlets: Sequence[tuple[str, Sequence[Step]]], unit: str, title: str
) -> Markup:
    """Return the history of an indicator: readings as steps with their band, a step line for each outlet.

    Args:
        readings: one step a day, oldest first.
        outlets: name and steps of the outlets to show, at most :data:`SERIES`.
        unit: of the values.
        title: what a screen reader says of the plot.
    """
    if not readings:
        return Markup("")
    height = 230
    every = [*readings, *(step for _, steps in outlets for step in steps)]
    days = Days([s.day for s in every])
    ends = [end for s in readings for end in (s.low, s.high) if end is not None]
    values = Values([*(s.value for s in every), *ends], TOP, height - 24, unit)
    lines = [f'<path class="b" d="{_band(readings, days, values)}"/>']
    for number, (_, steps) in enumerate(outlets[:SERIES], 1):
        drawn = _stairs(steps, days.at, lambda step, shift=number: values.at(step.value) + shift * 1.4)  # type: ignore[misc]
        lines.append(f'<path class="s s{number}" d="{drawn}"/>')
    lines.append(f'<path class="r" d="{_stairs(readings, days.at, lambda s: values.at(s.value))}"/>')
    marks = "".join(_mark(step, days, values) for step in readings)
    body = values.grid() + _stretched(height, "".join(lines)) + marks + days.labels(height - 6)
    return _svg(height, title, body)


def vintage(
    first: Sequence[Step], now: Sequence[Step], between: Sequence[Step], unit: str, title: str
) -> Markup:
    """Return what was known when: the values as first published, as known now, and the revisions between.

    Args:
        first: each day's first value.
        now: each day's value of the latest revision.
        between: values of revisions that are neither.
        unit: of the values.
        title: what a screen reader says of the plot.
    """
    height = 200
    every = [*first, *now, *between]
    days = Days([s.day for s in every])
    values = Values([s.value for s in every], TOP, height - 24, unit)
    lines = f'<path class="v" d="{_stairs(first, days.at, lambda s: values.at(s.value))}"/>'
    lines += f'<path class="r" d="{_stairs(now, days.at, lambda s: values.at(s.value))}"/>'
    latest = {step.day: step for step in now}
    marks = ""
    for step in [*first, *between]:
        final = latest.get(step.day)
        if final is not None and final.value != step.value:
            x, y = _pc(days.at(step.day)), _n(values.at(step.value))
            marks += f'<line class="v" x1="{x}" x2="{x}" y1="{y}" y2="{_n(values.at(final.value))}"/>'
            marks += f'<circle class="o" cx="{x}" cy="{y}" r="4"/>'
            marks += f'<circle class="p" cx="{x}" cy="{_n(values.at(final.value))}" r="4"/>'
    return _svg(height, title, values.grid() + _stretched(height, lines) + marks + days.labels(height - 6))


def lanes(rows: Sequence[tuple[str, Sequence[Run]]], title: str) -> Markup:
    """Return stances over time, a lane each: a symbol where one begins, a line while it lasts."""
    runs = [run for _, own in rows for run in own]
    if not runs:
        return Markup("")
    days = Days([day for run in runs for day in (run.first, run.last)])
    height = TOP + len(rows) * LANE + 18
    parts = []
    for number, (name, own) in enumerate(rows):
        y = TOP + number * LANE + 18
        parts.append(_text(0, y - 16, clipped(name, 44), "s"))
        parts.append(f'<line class="g" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        for run in own:
            x1, x2 = days.at(run.first), days.at(run.last)
            kind = run.stance if run.stance in STANCES else "conditional"
            if x2 > x1:
                parts.append(f'<line class="k {kind}" x1="{_pc(x1)}" x2="{_pc(x2)}" y1="{y}" y2="{y}"/>')
            parts.append(f'<text class="k {kind}" x="{_pc(x1)}" y="{y + 5}">{STANCES[kind]}</text>')
    return _svg(height, title, "".join(parts) + days.labels(height - 4))


def bars(rows: Sequence[tuple[date, int, int]], title: str) -> Markup:
    """Return a bar a day: a count, and the part of it that is drawn lighter (reprints, failures)."""
    if not rows:
        return Markup("")
    height, bottom = 120, 98
    days = Days([row[0] for row in rows])
    most = max(1, *(row[1] for row in rows))
    span = max(1, (days.last - days.first).days)
    width = max(0.3, min(6.0, 94 / span * 0.7))
    parts = [f'<line class="g" x1="0" x2="100%" y1="{bottom}" y2="{bottom}"/>']
    for day, count, lighter in rows:
        x = days.at(day) / 10 - width / 2
        tall, light = count / most * (bottom - TOP), lighter / most * (bottom - TOP)
        parts.append(_bar("q", x, bottom - tall, width, tall - light))
        if lighter:
            parts.append(_bar("q2", x, bottom - light, width, light))
    return _svg(height, title, "".join(parts) + _text(0, TOP - 5, str(most), "s") + days.labels(height - 4))


def dots(sides: Sequence[Dot], unit: str, title: str) -> Markup:
    """Return the sides of a disagreement about a number, a lane each: a dot, a line over what it asserts."""
    ends = [end for dot in sides for end in (dot.low, dot.high) if end is not None]
    numbers = [dot.value for dot in sides] + ends
    if len(sides) < 2 or max(numbers) == min(numbers):
        return Markup("")
    height = TOP + len(sides) * LANE + 12
    low, high = min(numbers), max(numbers)
    place: Callable[[float], float] = lambda v: LEFT + (v - low) / (high - low) * (RIGHT - LEFT)  # noqa: E731
    parts = []
    for number, dot in enumerate(sides):
        y = TOP + number * LANE + 16
        start = place(dot.low) if dot.low is not None else 0.0
        end = place(dot.high) if dot.high is not None else float(WIDTH)
        parts.append(_text(0, y - 14, clipped(dot.words, 50), "s"))
        parts.append(f'<line class="g" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        if end > start:
            parts.append(f'<line class="w" x1="{_pc(start)}" x2="{_pc(end)}" y1="{y}" y2="{y}"/>')
        parts.append(
            f'<circle class="{"p" if number == 0 else "o"}" cx="{_pc(place(dot.value))}" cy="{y}" r="5"/>'
        )
    parts.append(_text(0, height - 2, wording.number_words(low, unit), "s"))
    parts.append(_text(100, height - 2, wording.number_words(high, unit), "e"))
    return _svg(height, title, "".join(parts))


def delays(rows: Sequence[tuple[str, float]], title: str) -> Markup:
    """Return how many hours after the first an outlet came, a dot each, in the order given."""
    if not rows:
        return Markup("")
    most = max(1.0, *(hours for _, hours in rows))
    parts = ['<line class="g" x1="0" x2="100%" y1="34" y2="34"/>']
    for number, (_, hours) in enumerate(rows):
        x = LEFT + hours / most * (RIGHT - LEFT)
        parts.append(f'<circle class="o" cx="{_pc(x)}" cy="{34 + (number % 5 - 2) * 6}" r="4"/>')
    parts.append(_text(0, 66, "first", "s") + _text(100, 66, f"{most:.0f} hours later", "e"))
    return _svg(70, title, "".join(parts))


def _mark(step: Step, days: Days, values: Values) -> str:
    """Return the mark of a reading: a ring where it is disputed, arrows where its interval is open."""
    x, y = _pc(days.at(step.day)), values.at(step.value)
    kind = "o" if step.is_disputed else "p"
    mark = f'<circle class="{kind}" cx="{x}" cy="{_n(y)}" r="{4 if step.is_disputed else 2.5}"/>'
    if step.high is None and step.low is not None:
        mark += f'<text class="u" x="{x}" y="{_n(y - 5)}">↑</text>'
    if step.low is None and step.high is not None:
        mark += f'<text class="u" x="{x}" y="{_n(y + 14)}">↓</text>'
    return mark


def _band(steps: Sequence[Step], days: Days, values: Values) -> str:
    """Return the areas between the two ends of closed intervals, each as wide as its reading lasts."""
    parts = []
    for number, step in enumerate(steps):
        if step.low is None or step.high is None or step.low == step.high:
            continue
        x1 = days.at(step.day)
        x2 = days.at(steps[number + 1].day) if number + 1 < len(steps) else min(RIGHT, x1 + 14)
        top, bottom = values.at(step.high), values.at(step.low)
        parts.append(f"M{_n(x1)} {_n(top)}H{_n(x2)}V{_n(bottom)}H{_n(x1)}Z")
    return "".join(parts)


def _stairs(steps: Sequence[Step], x_of: Callable[[date], float], y_of: Callable[[Step], float]) -> str:
    """Return a step line: a value holds until the next one is known."""
    parts: list[str] = []
    for step in steps:
        x, y = _n(x_of(step.day)), _n(y_of(step))
        parts.append(f"H{x}V{y}" if parts else f"M{x} {y}")
    return "".join([*parts, "h8"])


def _bar(kind: str, x: float, y: float, width: float, height: float) -> str:
    place = f'x="{_n(x)}%" y="{_n(y)}" width="{_n(width)}%" height="{_n(max(0.0, height))}"'
    return f'<rect class="{kind}" {place}/>'


def _text(percent: float, y: float, words: str, anchor: str) -> str:
    return f'<text class="t {anchor}" x="{_n(percent)}%" y="{_n(y)}">{escape(words)}</text>'


def _stretched(height: int, body: str) -> str:
    return (
        f'<svg x="0" y="0" width="100%" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' preserveAspectRatio="none">{body}</svg>'
    )


def _svg(height: int, title: str, body: str, kind: str = "plot") -> Markup:
    """Return a drawing that a screen reader meets as one picture with a name."""
    size = 'width="96"' if kind == "spark" else 'width="100%"'
    name = escape(clipped(title, 200))
    return Markup(  # noqa: S704 - numbers are ours, words are escaped
        f'<svg class="{kind}" {size} height="{height}" role="img" aria-label="{name}">{body}</svg>'
    )


def _pc(units: float) -> str:
    return f"{_n(units / 10)}%"


def _n(number: float) -> str:
    """Return a number with at most one decimal: a tenth of a pixel is invisible, and digits weigh."""
    return f"{number:.1f}".removesuffix(".0")
