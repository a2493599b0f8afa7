"""The pipeline's parts: one shared network, tagger, morphologizer, lemmatizer and parser."""

from dataclasses import dataclass
from typing import Any

from spacy.language import Language

from newsledger.extract.training.tokenizer import blank


@dataclass(frozen=True, slots=True)
class Size:
    """The network's measures.

    The defaults are the shipped model's. Against spaCy's quickstart measures (width 96, depth 4,
    5000 rows, 8 words of state) they were worth about one point of LAS on both dev treebanks, at
    0.6 of the speed, together with the changes told in the model's licence note.

    Attributes:
        width: Numbers per word.
        depth: Layers of the window encoder, each looking one word further to both sides.
        rows: Rows of the hash tables of normal form, prefix, suffix and shape.
        hidden: Width of the parser's hidden layer.
        maxout: Pieces of the parser's maxout.
        wide_state: Whether the parser looks at 13 words around stack and buffer instead of 8.
    """

    width: int = 128
    depth: int = 6
    rows: tuple[int, int, int, int] = (10000, 1000, 2500, 2500)
    hidden: int = 128
    maxout: int = 2
    wide_state: bool = True


def _tok2vec(size: Size) -> dict[str, Any]:
    """Return the configuration of the shared network."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": size.width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": list(size.rows),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": size.width,
            "depth": size.depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _listener(size: Size) -> dict[str, Any]:
    """Return the configuration of a part that reads the shared network's output."""
    return {
        "@architectures": "spacy.Tok2VecListener.v1",
        "width": size.width,
        "upstream": "tok2vec",
    }


def _classifier(size: Size) -> dict[str, Any]:
    """Return the configuration of a part that labels single words."""
    return {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": _listener(size)}


def _parser(size: Size) -> dict[str, Any]:
    """Return the configuration of the parser's network."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": size.wide_state,
        "hidden_width": size.hidden,
        "maxout_pieces": size.maxout,
        "use_upper": True,
        "nO": None,
        "tok2vec": _listener(size),
    }


def build(size: Size) -> Language:
    """Return the untrained pipeline, made of stock spaCy parts only."""
    nlp = blank()
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(size)})
    nlp.add_pipe("tagger", config={"model": _classifier(size)})
    nlp.add_pipe("morphologizer", config={"model": _classifier(size)})
    nlp.add_pipe("trainable_lemmatizer", config={"model": _classifier(size)})
    nlp.add_pipe("parser", config={"model": _parser(size)})
    return nlp
