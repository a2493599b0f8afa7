# ruff: noqa: E501 - one case a line reads better than a folded one
"""Positions in texts of our own about unlike stories: a strike, a budget, a merger, a court, a summit, a war."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codebook import Codebook
from schemas.position import Stance
from tests.unit.extract.position_cases import BUDGET, CLIMATE, COURT, MERGER, PEACE, STRIKE, read, stances

Expected = set[tuple[str, str, str]]

CASES: list[tuple[Codebook, str, Expected]] = [
    # plain stances, direct and indirect
    (STRIKE, "The Dockers' Union demanded a pay rise of nine percent on Tuesday.", {("dockers", "pay-rise", "supports")}),
    (STRIKE, "Havenport Authority rejected the pay rise.", {("port", "pay-rise", "opposes")}),
    (STRIKE, "The pay rise was rejected by the Havenport Authority late on Thursday.", {("port", "pay-rise", "opposes")}),
    (STRIKE, "“We will not accept a pay freeze,” said Mara Lindqvist, the union's leader.", {("dockers", "pay-rise", "supports")}),
    (STRIKE, "Mara Lindqvist said her members would not return to work.", {("dockers", "strike", "supports")}),
    (STRIKE, "Tomas Okoro, who runs the port, said automation was essential to its survival.", {("port", "automation", "supports")}),
    (STRIKE, "The Dockers' Union voted against automation, and ministers welcomed the end of the walkout.",
     {("dockers", "automation", "opposes"), ("government", "strike", "opposes")}),
    (STRIKE, "The Dockers' Union met managers for a third day. The union called for industrial action from Monday.", {("dockers", "strike", "supports")}),
    (STRIKE, "Havenport Authority balked at higher pay but offered automation training.", {("port", "pay-rise", "opposes")}),
    (BUDGET, "The Greens ruled out any increase in the fuel tax.", {("greens", "fuel-tax", "opposes")}),
    (BUDGET, "Irena Voss defended the spending plan, saying it was the only way to balance the books.", {("irena-voss", "budget", "supports")}),
    (BUDGET, "“Raising the fuel tax would be a disaster for families,” Paul Desta told reporters.", {("paul-desta", "fuel-tax", "opposes")}),
    (BUDGET, "Liberal leaders said they would back the budget.", {("liberals", "budget", "supports")}),
    (BUDGET, "According to the Finance Ministry, the budget must pass before June.", {("finance-ministry", "budget", "supports")}),
    (BUDGET, "Paul Desta denounced the school cuts as a betrayal.", {("paul-desta", "cuts", "opposes")}),
    (BUDGET, "The Liberals voted for the budget bill; the Greens voted against it.", {("liberals", "budget", "supports"), ("greens", "budget", "opposes")}),
    (MERGER, "The Competition Commission blocked the merger on Friday.", {("regulator", "merger", "opposes")}),
    (MERGER, "The Competition Commission vetoed the takeover.", {("regulator", "merger", "opposes")}),
    (MERGER, "Norvik and Skyline Air have agreed to the merger.", {("norvik", "merger", "supports"), ("skyline", "merger", "supports")}),
    (MERGER, "Norvik has no intention of abandoning the takeover, Helga Brandt said.", {("norvik", "merger", "supports")}),
    (MERGER, "Helga Brandt, the chief executive of Norvik, said the airline opposed the sale of slots.", {("norvik", "slots", "opposes")}),
    (COURT, "Prosecutors opposed bail for the former mayor.", {("prosecutors", "bail", "opposes")}),
    (COURT, "Lena Hart denied taking bribes.", {("lena-hart", "guilt", "opposes")}),
    (COURT, "The defence asked the court to overturn the verdict.", {("defence", "appeal", "supports")}),
    (COURT, "The Supreme Court refused to quash the verdict.", {("court", "appeal", "opposes")}),
    (CLIMATE, "Brazil, India and the European Union called for a loss and damage fund.",
     {("brazil", "fund", "supports"), ("india", "fund", "supports"), ("eu", "fund", "supports")}),
    (CLIMATE, "Saudi negotiators resisted any phase-out of coal.", {("saudi", "phase-out", "opposes")}),
    (CLIMATE, "An Indian official said New Delhi could not support a fossil fuel phase-out.", {("india", "phase-out", "opposes")}),
    (CLIMATE, "Several countries, including Brazil and India, backed the climate fund.", {("brazil", "fund", "supports"), ("india", "fund", "supports")}),
    (PEACE, "The Hill Front said it wanted an amnesty for its fighters.", {("hill-front", "amnesty", "supports")}),
    (PEACE, "President Anton Reyes vowed there would be no amnesty.", {("anton-reyes", "amnesty", "opposes")}),
    (PEACE, "Anton Reyes urged the rebels to end the war.", {("anton-reyes", "truce", "supports")}),
    (PEACE, "Veria and the Hill Front resumed talks. Both sides want a truce.", {("veria", "truce", "supports"), ("hill-front", "truce", "supports")}),
    (PEACE, "The Hill Front's longstanding refusal to admit monitors has angered Veria.", {("hill-front", "observers", "opposes")}),
]  # fmt: skip

CONDITIONS: list[tuple[Codebook, str, Expected]] = [
    (STRIKE, "The Dockers' Union will not call off the strike unless wages go up.", {("dockers", "strike", "conditional")}),
    (BUDGET, "The Greens will support the budget only if the school cuts are dropped.", {("greens", "budget", "conditional")}),
    (BUDGET, "The Liberals said they would accept the fuel tax in exchange for lower income tax.", {("liberals", "fuel-tax", "conditional")}),
    (MERGER, "The regulator, the Competition Commission, approved the merger on condition that Norvik sell some routes.", {("regulator", "merger", "conditional")}),
    (MERGER, "Norvik would agree to sell its slots provided that Skyline did the same.", {("norvik", "slots", "conditional")}),
    (PEACE, "The Hill Front said it would not admit observers until the army had left the valley.", {("hill-front", "observers", "conditional")}),
    (PEACE, "If the prisoners are freed, the Hill Front will accept a truce.", {("hill-front", "truce", "conditional")}),
    (PEACE, "Veria is ready to grant an amnesty as long as the rebels hand in their rifles.", {("veria", "amnesty", "conditional")}),
    (PEACE, "The Hill Front's commanders would not agree to any deal without foreign observers.", {("hill-front", "observers", "supports")}),
    (PEACE, "Anton Reyes vowed to keep fighting until the last rebel surrendered.", {("anton-reyes", "truce", "opposes")}),
    (CLIMATE, "India will phase out coal only after rich countries pay.", {("india", "phase-out", "conditional")}),
]  # fmt: skip

NOTHING: list[tuple[Codebook, str]] = [
    # weak denials: neither for nor against
    (STRIKE, "Havenport Authority has not ruled out a pay rise."),
    (BUDGET, "The Greens have not yet agreed to the budget."),
    (MERGER, "Norvik did not call for the sale of slots."),
    (CLIMATE, "Brazil refused to rule out a phase-out of coal."),
    # a cut sentence may hide what turns it round
    (PEACE, "The Hill Front demanded an amnesty..."),
    # dated long before
    (BUDGET, "In 2019, Paul Desta voted for the fuel tax."),
    # non-answers
    (STRIKE, "Havenport Authority declined to comment on the pay rise."),
    (BUDGET, "Irena Voss said nothing about the fuel tax."),
    (MERGER, "Norvik would not say whether it backed the sale of slots."),
    (COURT, "The Supreme Court has yet to rule on bail."),
    # details, talks, questions, agenda
    (STRIKE, "The Dockers' Union discussed the timetable for the pay rise."),
    (PEACE, "Veria and the Hill Front are negotiating the mechanism for an amnesty."),
    (PEACE, "The Hill Front sought clarification on the terms of the truce."),
    (CLIMATE, "Will India phase out coal?"),
    (CLIMATE, "Brazil hosted talks on the climate fund."),
    # hypotheticals and forecasts
    (BUDGET, "The Greens may support the budget."),
    (BUDGET, "The Liberals are expected to reject the fuel tax."),
    (MERGER, "If Norvik abandons the takeover, shares could fall."),
    (MERGER, "Analysts wonder whether the Competition Commission opposes the merger."),
    # history
    (PEACE, "In the past the Hill Front had demanded an amnesty."),
    (STRIKE, "The Dockers' Union had previously opposed automation."),
    # stances ascribed by an opponent
    (PEACE, "Anton Reyes said the Hill Front does not want a truce."),
    (STRIKE, "Tomas Okoro accused the Dockers' Union of rejecting automation."),
    (COURT, "Prosecutors claimed that Lena Hart supports the verdict."),
    # others' stances, and documents
    (BUDGET, "Farmers fiercely oppose the fuel tax, Irena Voss was told."),
    (BUDGET, "Green voters reject the budget."),
    (CLIMATE, "Critics say the climate fund must be closed."),
    # deontic: who must do it takes no stance
    (CLIMATE, "India must accept the phase-out of coal, activists said."),
    # facts
    (STRIKE, "The strike at Havenport enters its third week."),
    (MERGER, "Norvik flew 3 million passengers before the merger."),
]  # fmt: skip

COMPOSED: list[tuple[Codebook, str, Expected]] = [
    (CLIMATE, "Neither India nor Brazil supports the climate fund.", {("india", "fund", "opposes"), ("brazil", "fund", "opposes")}),
    (CLIMATE, "Saudi energy minister Abdul Karim said his country would never accept a phase-out of coal.", {("saudi", "phase-out", "opposes")}),
    (CLIMATE, "The European Union has no plans to abandon the climate fund.", {("eu", "fund", "supports")}),
    (CLIMATE, "While India opposes the climate fund, Brazil is in favour of it.", {("india", "fund", "opposes"), ("brazil", "fund", "supports")}),
    (MERGER, "The Competition Commission sued to block the takeover.", {("regulator", "merger", "opposes")}),
    (MERGER, "Norvik said it remained committed to the merger.", {("norvik", "merger", "supports")}),
    (MERGER, "Norvik could accept the sale of slots if Skyline Air did too.", {("norvik", "slots", "conditional")}),
    (COURT, "The defence filed a motion for bail.", {("defence", "bail", "supports")}),
    (COURT, "Prosecutors argued that bail would be a mistake.", {("prosecutors", "bail", "opposes")}),
    (PEACE, "“Our fighters want an amnesty, and we insist on it,” said Dita Moro of the Hill Front.", {("hill-front", "amnesty", "supports")}),
    (PEACE, "Hill Front spokesman Ivo Lanz said the movement rejected any amnesty that left its leaders out.", {("hill-front", "amnesty", "opposes")}),
    (STRIKE, "Ministers are pressing the Dockers' Union to call off the walkout.", {("government", "strike", "opposes")}),
    (BUDGET, "Lawmakers from the Green Alliance dislike the budget.", set()),
]  # fmt: skip

REVERSALS: list[tuple[Codebook, str, Expected]] = [
    (PEACE, "Having long refused observers, the Hill Front now says it would welcome monitors.", {("hill-front", "observers", "supports")}),
    (BUDGET, "The Liberals, who once opposed the fuel tax, now support it. The Liberals endorsed the fuel tax.", {("liberals", "fuel-tax", "supports")}),
    (STRIKE, "After rejecting automation for years, the Dockers' Union came round to automated cranes.", {("dockers", "automation", "supports")}),
    (MERGER, "Skyline Air reiterated its support for the merger.", {("skyline", "merger", "supports")}),
    (BUDGET, "Paul Desta did not oppose the budget.", {("paul-desta", "budget", "supports")}),
    (BUDGET, "Paul Desta denied that he opposed the budget.", set()),
    (STRIKE, "The Dockers' Union never rejected automation, Mara Lindqvist said.", {("dockers", "automation", "supports")}),
    (COURT, "The defence called the verdict a travesty. “The verdict is unacceptable,” Lena Hart said.", {("defence", "appeal", "supports"), ("lena-hart", "appeal", "supports")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("codebook", "text", "expected"), CASES, ids=lambda v: v[:50] if isinstance(v, str) else ""
)
def test_stance_is_read(codebook: Codebook, text: str, expected: Expected) -> None:
    assert stances(codebook, text) == expected


@pytest.mark.parametrize(
    ("codebook", "text", "expected"), CONDITIONS, ids=lambda v: v[:50] if isinstance(v, str) else ""
)
def test_condition_makes_the_stance_conditional(codebook: Codebook, text: str, expected: Expected) -> None:
    assert expected <= stances(codebook, text)
    assert {s for s in stances(codebook, text) if s[1] in {e[1] for e in expected}} == expected


@pytest.mark.parametrize(("codebook", "text"), NOTHING, ids=lambda v: v[:50] if isinstance(v, str) else "")
def test_no_stance_is_read_where_none_is_taken(codebook: Codebook, text: str) -> None:
    assert stances(codebook, text) == set()


@pytest.mark.parametrize(
    ("codebook", "text", "expected"), REVERSALS, ids=lambda v: v[:50] if isinstance(v, str) else ""
)
def test_only_the_present_stance_counts(codebook: Codebook, text: str, expected: Expected) -> None:
    assert stances(codebook, text) == expected


@pytest.mark.parametrize(
    ("codebook", "text", "expected"), COMPOSED, ids=lambda v: v[:50] if isinstance(v, str) else ""
)
def test_signs_multiply_along_the_clause(codebook: Codebook, text: str, expected: Expected) -> None:
    assert stances(codebook, text) == expected


def test_condition_speaker_act_and_day_are_kept() -> None:
    text = "Hill Front negotiator Dita Moro said on Wednesday the group would not admit observers unless the army left."
    (position,) = read(PEACE, text)[0]
    assert position.condition == "unless the army left"
    assert (position.actor, position.speaker, position.act) == ("hill-front", "dita-moro", "reject")
    assert position.said_on == date(2031, 3, 12)


def test_stance_ascribed_by_an_opponent_is_refused_and_counted() -> None:
    found, refused = read(PEACE, "Anton Reyes said the Hill Front opposes a truce.")
    assert found == []
    assert [r.reason for r in refused] == ["ascribed by another"]


def test_sentence_that_breaks_off_is_refused() -> None:
    found, refused = read(PEACE, "The Hill Front demanded an amnesty…")
    assert found == []
    assert [r.reason for r in refused] == ["clause cut"]


WORDS = [
    "Veria",
    "Dita",
    "Moro",
    "Anton",
    "Reyes",
    "he",
    "it",
    "they",
    "said",
    "says",
    "told",
    "refuses",
    "to",
    "demanded",
    "a",
    "truce",
    "the",
    "amnesty",
    "observers",
    "unless",
    "if",
    "not",
    "never",
    "no",
    "without",
    "“",
    "”",
    '"',
    ",",
    ".",
    "?",
    ";",
    "—",
    "and",
    "but",
    "or",
    "which",
    "who",
    "such",
    "an",
    "arrangement",
    "will",
    "would",
    "could",
    "must",
    "be",
    "is",
    "was",
    "vowed",
    "denied",
    "keep",
    "fighting",
    "by",
    "of",
    "for",
    "against",
    "neither",
    "nor",
    "\n",
    "is",
    "expected",
    "plan",
    "refusal",
    "'s",
    "Hill",
    "Front",
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_text_is_read_without_error_and_evidence_is_verbatim(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found, refused = read(PEACE, text)
    assert all(text[r.evidence_start : r.evidence_end] == r.evidence for r in refused)
    assert all(p.condition is None or p.condition in p.evidence for p in found)
    assert all((p.condition is not None) == (p.stance == Stance.CONDITIONAL) for p in found)
