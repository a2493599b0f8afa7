"""The fast forms of the language model's work say what the stock ones say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc as ModelDoc

import newsledger.extract
from newsledger.extract.language.text import load_model, parse
from newsledger.extract.language.tokens import Doc

TEXT = (
    'RAFAH, Gaza (AP) — At least 1,200 people, 20 of whom are "missing", were killed since Oct. 7, the '
    "ministry said on Monday.  She couldn't say who’d done it; aides did.\n"
    "Half the 3.5bn-dollar fund - the U.N.-backed one - won't open until March, he told them."
)


@pytest.fixture(scope="module")
def stock() -> Language:
    """Return the model as spaCy loads it."""
    return spacy.load(Path(newsledger.extract.__file__).parent / "model")


@pytest.fixture(scope="module")
def docs(stock: Language) -> list[ModelDoc]:
    """Return the paragraphs of a text as spaCy holds them."""
    return [stock(line) for line in TEXT.split("\n")]


def test_words_say_what_the_model_says(docs: list[ModelDoc]) -> None:
    plain = ("i", "idx", "text", "lower_", "lemma_", "tag_", "pos_", "dep_", "whitespace_", "like_num")
    signs = ("is_alpha", "is_lower", "is_upper", "is_punct", "is_quote")
    for doc in docs:
        for own, theirs in zip(Doc(doc), doc, strict=True):
            for name in (*plain, *signs):
                assert getattr(own, name) == getattr(theirs, name), (own, name)
            assert len(own) == len(theirs)


def test_the_tree_is_the_models(docs: list[ModelDoc]) -> None:
    for doc in docs:
        words = Doc(doc)
        for own, theirs in zip(words, doc, strict=True):
            assert own.head.i == theirs.head.i
            assert [c.i for c in own.children] == [c.i for c in theirs.children]
            assert [c.i for c in own.subtree] == [c.i for c in theirs.subtree]
            assert (own.left_edge.i, own.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
            assert own.is_sent_start == bool(theirs.is_sent_start)
            assert own.is_sent_end == bool(theirs.is_sent_end)
            assert (own.sent.start, own.sent.end) == (theirs.sent.start, theirs.sent.end)
            below = [other.i for other in words if own.is_ancestor(other)]
            assert below == [other.i for other in doc if theirs.is_ancestor(other)]


def test_stretches_are_the_models(docs: list[ModelDoc]) -> None:
    for doc in docs:
        words = Doc(doc)
        assert [(s.start, s.end) for s in words.sents] == [(s.start, s.end) for s in doc.sents]
        for start in range(len(doc)):
            for end in (start + 1, start + 4, len(doc) + 3):
                own, theirs = words[start:end], doc[start:end]
                assert (own.start, own.end, own.text) == (theirs.start, theirs.end, theirs.text)
                assert (own.start_char, own.end_char) == (theirs.start_char, theirs.end_char)
                assert own.root.i == theirs.root.i
                assert [t.i for t in own[:-1]] == [t.i for t in theirs[:-1]]
                assert own[-1].i == theirs[-1].i
        assert (words[-3:].text, words[-1].i) == (doc[-3:].text, doc[-1].i)
        with pytest.raises(IndexError):
            words[len(doc)]
        with pytest.raises(IndexError):
            words[0].nbor(-1)


def test_characters_find_the_models_words(docs: list[ModelDoc]) -> None:
    for doc in docs:
        words = Doc(doc)
        for start in range(-1, len(doc.text) + 2):
            for end in (start + 1, start + 7, start + 40):
                theirs = doc.char_span(start, end, alignment_mode="expand") if start >= 0 else None
                own = words.char_span(start, end, alignment_mode="expand")
                assert (own is None) == (theirs is None), (start, end)
                if own is not None and theirs is not None:
                    assert (own.start, own.end) == (theirs.start, theirs.end)


def test_the_quick_network_computes_what_the_stock_one_does(stock: Language) -> None:
    lines = [*TEXT.split("\n"), "Yes.", TEXT.split("\n", maxsplit=1)[0]]
    given = [stock.make_doc(line) for line in lines]
    found = load_model().get_pipe("tok2vec").predict(given)
    for own, theirs in zip(found, stock.get_pipe("tok2vec").predict(given), strict=True):
        np.testing.assert_allclose(own, theirs, atol=1e-4)


def test_a_quickened_model_reads_what_the_stock_one_reads(stock: Language) -> None:
    own, theirs = parse(TEXT, load_model()), parse(TEXT, stock)
    for quick, slow in zip(own.paragraphs, theirs.paragraphs, strict=True):
        for a, b in zip(quick.doc, slow.doc, strict=True):
            assert (a.tag_, a.pos_, a.lemma_, a.dep_, a.head.i) == (
                b.tag_,
                b.pos_,
                b.lemma_,
                b.dep_,
                b.head.i,
            )


def test_a_quickened_model_is_not_trained() -> None:
    nlp = load_model()
    with pytest.raises(ValueError, match=r"spacy\.load"):
        nlp.get_pipe("tok2vec").model([nlp.make_doc("Aid arrived.")], is_train=True)
