"""The second opinion on acts: a model apart from the rules, heard where it is sure of another class."""

from __future__ import annotations

import pytest

from newsledger.extract.positions.second_opinion import CLASSES, doubt_of, features, probabilities, root_class
from newsledger.extract.training.acts import Told, macro_f1, own_ways, split, train
from tests.unit.extract.position_cases import STRIKE, read


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("ACTOR rejected the offer", "reject"),
        ("ACTOR demanded that ACTOR pay", "request"),
        ("ACTOR threatened to walk out", "threaten"),
        ("ACTOR accused ACTOR of lying", "accuse"),
        ("ACTOR praised the plan", "support"),
        ("ACTOR imposed sanctions on ACTOR", "sanction"),
        ("ACTOR released the prisoners", "yield"),
    ],
)
def test_plain_acts_are_told(text: str, act: str) -> None:
    told = probabilities(text)
    assert max(told, key=lambda name: told[name]) == act
    assert sum(told.values()) == pytest.approx(1)
    assert tuple(told) == CLASSES


def test_names_case_and_marks_of_actors_do_not_matter() -> None:
    assert features("ACTOR Rejected it.") == features("ACTOR rejected it")
    assert features("ACTOR rejected it") != features("actor rejected it")


def test_doubt_is_named_where_the_model_is_sure_and_only_there() -> None:
    assert doubt_of("support", "ACTOR threatened to punish ACTOR") == "threaten"
    assert doubt_of("threaten", "ACTOR threatened to punish ACTOR") is None
    assert doubt_of("support", "the of a") is None


def test_conceding_and_retreating_are_one_class() -> None:
    assert {root_class("concede"), root_class("retreat")} == {"yield"}
    assert doubt_of("concede", "ACTOR released the prisoners") is None


def test_positions_carry_the_doubt_or_none() -> None:
    (position,) = read(STRIKE, "The Dockers' Union rejected automation.")[0]
    assert (position.act, position.act_doubt) == ("reject", None)


def test_training_learns_what_it_is_told_and_is_repeatable() -> None:
    told = [
        Told(f"ACTOR {verb} ACTOR {n}", act, str(n))
        for n in range(6)
        for verb, act in (("hit", "assault"), ("fed", "aid"))
    ]
    one, other = train(told, steps=200), train(told, steps=200)
    assert (one.features == other.features).all()
    assert macro_f1(one, told) == (1.0, 1.0)


def test_own_ways_cover_every_class_and_the_split_is_by_name() -> None:
    ways = list(own_ways())
    assert {way.act for way in ways} == set(CLASSES)
    learnt, tested = split(ways)
    assert len(learnt) + len(tested) == len(ways)
    assert not {w.name for w in learnt} & {w.name for w in tested}
