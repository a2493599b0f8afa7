"""corrections.yml: what is wrong is named with file, line, key, value and the nearest valid one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schemas.corrections import Correction, CorrectionsFile
from schemas.errors import ConfigError
from schemas.yaml_file import read_yaml

GOOD = """\
corrections:
  - target: f1a2b3c4d5e6f7a8
    action: release
    reason: The ministry confirmed it.
    who: Ada
    decided: 2026-03-09
    source: https://ministry.example/count
    expect: {value: 41, expectation: cumulative_fall}
  - {target: f0000000000000001, action: correct, field: indicator, value: null, reason: elsewhere, who: Ada}
  - {target: f0000000000000001, action: correct, field: value, value: 12.5, reason: misread, who: Ada}
  - {target: d0000000000000001, action: reject, reason: a parody, who: Ada}
"""


def read(folder: Path, text: str) -> tuple[Correction, ...]:
    path = folder / "corrections.yml"
    path.write_text(text)
    return read_yaml(path, CorrectionsFile).decisions


def entry(**changes: str) -> str:
    keys = {"target": "f0000000000000001", "action": "reject", "reason": "a parody", "who": "Ada", **changes}
    lines = [f"    {key}: {value}" for key, value in keys.items() if value != "-"]
    return "corrections:\n  -" + "\n".join(lines)[3:] + "\n"


def test_a_good_file_is_read(tmp_path: Path) -> None:
    first, second, third, fourth = read(tmp_path, GOOD)
    assert first.decided == date(2026, 3, 9)
    assert first.expect == {"value": 41, "expectation": "cumulative_fall"}
    assert (second.field, second.value, third.value, fourth.field) == ("indicator", None, 12.5, None)
    assert len({d.decision_id for d in (first, second, third, fourth)}) == 4


@pytest.mark.parametrize("text", ["corrections:\n", "corrections: []\n"])
def test_a_file_without_decisions_has_none(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (entry(action="relese"), "action 'relese' is unknown; did you mean 'release'?"),
        (entry(reazon="x"), "unknown key 'reazon'; did you mean 'reason'?"),
        (entry(who="-"), "who: Field required"),
        (entry(reason="''"), "reason: String should have at least 3 characters"),
        (entry(reason="'    '"), "reason is empty"),
        (entry(action="correct", field="valu", value="3"), "field 'valu' is unknown; did you mean 'value'?"),
        (entry(action="correct", field="value"), "needs field (what) and value (to what)"),
        (entry(action="correct", value="3"), "needs field (what) and value (to what)"),
        (entry(field="value", value="3"), "field and value belong to the action 'correct', not to 'reject'"),
        (entry(action="correct", field="value", value="many"), "value must be a finite number, not 'many'"),
        (entry(action="correct", field="value", value=".inf"), "value must be a finite number, not inf"),
        (entry(action="correct", field="value", value="true"), "value must be a finite number, not True"),
        (entry(action="correct", field="value", value="null"), "value cannot be null"),
        (
            entry(action="correct", field="stance", value="oposes"),
            "stance 'oposes' is unknown; did you mean 'opposes'?",
        ),
        (entry(action="correct", field="as_of", value="May"), "as_of must be a day (2026-03-07), not 'May'"),
        (entry(action="correct", field="place", value="7"), "place must be words, not 7"),
        (entry(expect="{valeu: 3}"), "expect 'valeu' is unknown; did you mean 'value'?"),
        (entry(decided="soon"), "decided: Input should be a valid date"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    assert told in str(caught.value)
    assert "corrections.yml:" in str(caught.value)
    assert "corrections.0" in str(caught.value)


def test_two_decisions_on_one_matter_are_refused(tmp_path: Path) -> None:
    two = GOOD + "  - {target: d0000000000000001, action: release, reason: no parody, who: Eve}\n"
    with pytest.raises(ConfigError, match="corrections 4 and 5 both decide release or reject"):
        read(tmp_path, two)
