"""A floor under the packaged second opinion on acts, measured on sentences nothing was learnt from."""

from __future__ import annotations

from pathlib import Path

from newsledger.extract.positions.second_opinion import load_weights
from newsledger.extract.training.acts import macro_f1, measured_sentences, split


def test_packaged_weights_reach_the_floor(shared: Path) -> None:
    tested = split(list(measured_sentences(shared / "data/plover/PLV_train.tsv")))[1]
    f1, accuracy = macro_f1(load_weights(), tested)
    assert f1 >= 0.53
    assert accuracy >= 0.57
