"""Floors under the figures read in the labelled real articles, with the scorer's own functions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval.labelled import corpus, scores

FLOORS = {"figures/number": 0.97, "figures/bounds": 0.97, "figures/tracked": 0.97}


@pytest.mark.parametrize(("name", "floor"), FLOORS.items(), ids=list(FLOORS))
def test_figures_of_labelled_articles(shared: Path, name: str, floor: float) -> None:
    precision, recall, f1, misses, extras = scores(shared, corpus(shared))[name]
    shown = [m["evidence"] for m in misses], [(e["evidence"], e["indicator"]) for e in extras]
    assert f1 >= floor, f"precision {precision:.3f}, recall {recall:.3f}, missed and extra: {shown}"


def test_evidence_is_verbatim(shared: Path) -> None:
    labelled = corpus(shared)
    figures = [(doc, figure) for doc, read in labelled.read.items() for figure in read.figures]
    assert figures
    for doc, figure in figures:
        assert labelled.texts[doc][figure.evidence_start : figure.evidence_end] == figure.evidence
