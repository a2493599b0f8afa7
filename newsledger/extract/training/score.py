"""Scores of a pipeline on a treebank: raw text by paragraph, or gold words.

Everything is counted over character spans, so that a word the tokenizer cut otherwise is an error of
both sides, as in the CoNLL 2018 shared task. Arcs leave out punctuation, as spaCy's scorer does;
relation names are compared with their subtypes.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc

from newsledger.extract.training.tokens import gold_doc, plain_doc
from newsledger.extract.training.treebank import Document

#: The relations that extraction stands on.
RELATIONS: tuple[str, ...] = (
    "nummod",
    "nsubj",
    "nsubj:pass",
    "obj",
    "ccomp",
    "conj",
    "acl:relcl",
    "appos",
    "parataxis",
)
#: Batch of paragraphs given to the pipeline at once; larger ones gain no speed on a CPU.
BATCH = 64

Fact = tuple[object, ...]


@dataclass(slots=True)
class Tally:
    """Facts found, true and common to both, under one name each."""

    found: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    common: Counter[str] = field(default_factory=Counter)

    def add(self, found: dict[str, set[Fact]], true: dict[str, set[Fact]]) -> None:
        """Count the facts of one paragraph."""
        for name in found.keys() | true.keys():
            ours, theirs = found.get(name, set()), true.get(name, set())
            self.found[name] += len(ours)
            self.true[name] += len(theirs)
            self.common[name] += len(ours & theirs)

    def update(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        self.found.update(other.found)
        self.true.update(other.true)
        self.common.update(other.common)

    def f1(self, name: str) -> float:
        """Return the F1 of one name in percent, 0 when nothing of it was found or true."""
        total = self.found[name] + self.true[name]
        return 200.0 * self.common[name] / total if total else 0.0

    def scores(self) -> dict[str, float]:
        """Return the F1 of every name in percent, to two decimals."""
        return {name: round(self.f1(name), 2) for name in sorted(self.true)}


def _facts(doc: Doc) -> dict[str, set[Fact]]:
    """Return what a Doc states, by name: words, tags, lemmas, arcs, relations, sentences."""
    facts: dict[str, set[Fact]] = {"sentence": {(s.start_char, s.end_char) for s in doc.sents}}
    for token in doc:
        span = (token.idx, token.idx + len(token))
        head = (token.head.idx, token.head.idx + len(token.head))
        stated = {
            "token": span,
            "xpos": (*span, token.tag_),
            "upos": (*span, token.pos_),
            "lemma": (*span, token.lemma_),
            "feats": (*span, str(token.morph)),
        }
        if token.dep_ != "punct":
            stated |= {"uas": (*span, *head), "las": (*span, *head, token.dep_)}
            stated[token.dep_] = (*span, *head)
        for name, fact in stated.items():
            facts.setdefault(name, set()).add(fact)
    return facts


def paragraphs(nlp: Language, documents: Iterable[Document]) -> list[Doc]:
    """Return the gold paragraphs of treebank documents."""
    return [gold_doc(nlp, group) for document in documents for group in document.paragraphs()]


def tally(nlp: Language, gold: list[Doc], *, own_tokens: bool = True) -> Tally:
    """Return the counts of a pipeline over gold paragraphs.

    Args:
        nlp: The pipeline.
        gold: The paragraphs, from `paragraphs`.
        own_tokens: True to start from raw text, False to give the pipeline the gold words.
    """
    given = [doc.text if own_tokens else plain_doc(nlp, doc) for doc in gold]
    counts = Tally()
    for found, true in zip(nlp.pipe(given, batch_size=BATCH), gold, strict=True):
        counts.add(_facts(found), _facts(true))
    return counts


def report(scores: dict[str, float]) -> str:
    """Return the main scores in one line of text, percent."""
    names = ("token", "sentence", "xpos", "upos", "feats", "lemma", "uas", "las", *RELATIONS)
    return " ".join(f"{name}={scores.get(name, 0.0):.2f}" for name in names)
