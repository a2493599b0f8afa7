"""Docs out of treebank words, the words as the treebank cuts them."""

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from newsledger.extract.training.treebank import Sentence


def _copy_norms(nlp: Language, doc: Doc) -> None:
    """Give the words the normal forms that the tokenizer would give them (``n't`` -> ``not``).

    A Doc made from words knows only the lexicon's normal forms; the model would meet other ones in
    use than it saw in training.
    """
    norms = {(token.idx, len(token)): token.norm_ for token in nlp.tokenizer(doc.text)}
    for token in doc:
        norm = norms.get((token.idx, len(token)))
        if norm is not None:
            token.norm_ = norm


def gold_doc(nlp: Language, sentences: Sequence[Sentence]) -> Doc:
    """Return the sentences as one annotated Doc, a paragraph without any newline.

    Args:
        nlp: The pipeline whose vocabulary the Doc shares.
        sentences: Consecutive sentences of one document.
    """
    tokens = [token for sentence in sentences for token in sentence.tokens]
    spaces = [token.space for token in tokens[:-1]] + [False]
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(heads)
        heads += [offset + token.head for token in sentence.tokens]
        starts += [place == 0 for place in range(len(sentence.tokens))]
    doc = Doc(
        nlp.vocab,
        words=[token.form for token in tokens],
        spaces=spaces,
        tags=[token.xpos for token in tokens],
        pos=[token.upos for token in tokens],
        morphs=[token.feats for token in tokens],
        lemmas=[token.lemma for token in tokens],
        heads=heads,
        deps=[token.deprel for token in tokens],
    )
    _copy_norms(nlp, doc)
    return doc


def plain_doc(nlp: Language, gold: Doc) -> Doc:
    """Return a Doc with the words and spaces of a gold one, and no annotation."""
    words, spaces = [token.text for token in gold], [bool(token.whitespace_) for token in gold]
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for token, annotated in zip(doc, gold, strict=True):
        token.norm_ = annotated.norm_
    return doc
