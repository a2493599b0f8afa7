"""The colours of the page can be read by everybody: WCAG 2.2 AA, in light and in dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = (files("newsledger.publish") / "templates" / "style.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--(\w+):(#[0-9a-f]+)", block)) for block in re.findall(r":root\{[^}]*\}", STYLE)[:2]
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(char * 2 for char in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link", "up", "down", "clash", "calm", "warn"])
def test_text_stands_out_from_its_ground(scheme: dict[str, str], ink: str) -> None:
    for ground in ("bg", "paper"):
        assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_marked_numbers_and_notices_stand_out(scheme: dict[str, str]) -> None:
    assert contrast(scheme["markink"], scheme["mark"]) >= 4.5
    assert contrast(scheme["ink"], scheme["warnbg"]) >= 4.5
    assert contrast(scheme["link"], scheme["warnbg"]) >= 4.5


def test_dark_print_and_small_screens_are_provided_for() -> None:
    for part in ("prefers-color-scheme:dark", "@media print", "max-width:44rem", "focus-visible"):
        assert part in STYLE
