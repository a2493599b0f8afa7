"""The tokenizer: spaCy's English rules and a few more infixes, and Docs out of treebank words."""

from collections.abc import Sequence

import spacy
from spacy.lang.char_classes import ALPHA
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from newsledger.extract.training.treebank import Sentence

#: What spaCy's English leaves in one piece and both treebanks split. The first five come from the
#: differences on UD_English-GUM train (token F on its news 99.4 -> 99.8).
EXTRA_INFIXES: tuple[str, ...] = (
    rf"(?<=[0-9])-(?=[{ALPHA}])",  # 20-point
    rf"(?<=[{ALPHA}])-(?=[0-9])",  # mid-2023
    r"(?<=[\w.,;:!?%)\]\"'”’])[–—](?=\S)",  # 1930–1950, the end—and
    rf"(?<=[{ALPHA}0-9])/(?=[{ALPHA}0-9])",  # and/or, 24/7
    rf"(?<=[{ALPHA}]\.)-(?=[{ALPHA}])",  # U.S.-backed
    r"(?<=\w)[“”](?=\w)",  # a quotation mark glued to both its neighbours
)


def blank() -> Language:
    """Return an English pipeline with our tokenizer and no component.

    The rules are saved with the tokenizer, so that the trained model needs no code of ours.
    """
    nlp = spacy.blank("en")
    infixes = [*nlp.Defaults.infixes, *EXTRA_INFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


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
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(heads)
        heads += [offset + token.head for token in sentence.tokens]
        starts += [place == 0 for place in range(len(sentence.tokens))]
    doc = Doc(
        nlp.vocab,
        words=[token.form for token in tokens],
        spaces=[token.space for token in tokens],
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
