"""How often a true number is held, and how often a slip is: invented series of totals, seed fixed."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations

import pytest

from schemas.audit import Audit
from tests.unit.expectations.rows import Row, after, audited, figure

EACH = 1500


def swapped(value: int, chance: random.Random) -> int | None:
    """Return a value with two digits exchanged that differs by a twentieth, or None if it has none."""
    digits = str(value)
    found = set()
    for i, j in combinations(range(len(digits)), 2):
        changed = list(digits)
        changed[i], changed[j] = changed[j], changed[i]
        other = int("".join(changed))
        if changed[0] != "0" and abs(other - value) >= 0.05 * max(other, value):
            found.add(other)
    return chance.choice(sorted(found)) if found else None


def true_rise(chance: random.Random, mean: float) -> list[Row]:
    """Return a total that rose since the last reading, alone in its article."""
    before = int(10 ** chance.uniform(2.3, 5.3))
    value = before + 1 + int(before * chance.expovariate(1 / mean))
    return [figure(float(value), **after(float(before)))]


def from_to(chance: random.Random) -> list[Row]:
    """Return a total that rose, in an article that states the old one too."""
    (risen,) = true_rise(chance, 0.1)
    return [risen, figure(float(risen["previous_value"]), qualifier="at_least")]


def small_count(chance: random.Random) -> list[Row]:
    """Return a small count that moved either way, where another document repeats the old one."""
    before = chance.randint(5, 300)
    value = max(1, before + chance.randint(-30, 30))
    others = [float(before)]
    return [figure(float(value), aspect="current", others_same_day=others, **after(float(before)))]


def slip_inside(chance: random.Random) -> list[Row]:
    """Return a slip, and the right value with its source elsewhere in the article."""
    while True:
        value = int(10 ** chance.uniform(3.1, 5.3))
        if slip := swapped(value, chance):
            return [
                figure(float(slip)),
                figure(float(value), qualifier="at_least", attributed_to="the ministry"),
            ]


def slip_between(chance: random.Random) -> list[Row]:
    """Return a slip of today's value, which another document states; the last reading is a little older."""
    while True:
        before = int(10 ** chance.uniform(3.1, 5.3))
        value = before + int(before * chance.expovariate(1 / 0.005))
        if slip := swapped(value, chance):
            return [figure(float(slip), others_same_day=[float(value)], **after(float(before)))]


@pytest.fixture(scope="module")
def held() -> Audit:
    chance = random.Random(7)
    kinds: dict[str, Callable[[], list[Row]]] = {
        "slow": lambda: true_rise(chance, 0.02),
        "fast": lambda: true_rise(chance, 0.3),
        "from-to": lambda: from_to(chance),
        "small": lambda: small_count(chance),
        "slip inside": lambda: slip_inside(chance),
        "slip between": lambda: slip_between(chance),
    }
    rows = [
        {**row, "figure_id": f"{kind}:{n}:{place}", "document_id": f"{kind}:{n}"}
        for kind, make in kinds.items()
        for n in range(EACH)
        for place, row in enumerate(make())
    ]
    return audited(figures=rows)


def share(held: Audit, kind: str, place: int = 0) -> float:
    ids = [hold.record_id.split(":") for hold in held.holds]
    return sum(1 for name, _, where in ids if (name, where) == (kind, str(place))) / EACH


@pytest.mark.parametrize(
    ("kind", "most"), [("slow", 0.002), ("fast", 0.002), ("from-to", 0.004), ("small", 0.015)]
)
def test_true_numbers_are_hardly_ever_held(held: Audit, kind: str, most: float) -> None:
    assert share(held, kind) <= most


@pytest.mark.parametrize(("kind", "least"), [("slip inside", 0.94), ("slip between", 0.99)])
def test_slips_are_held(held: Audit, kind: str, least: float) -> None:
    assert share(held, kind) >= least


def test_the_right_value_beside_a_slip_is_kept(held: Audit) -> None:
    assert share(held, "slip inside", place=1) == 0
