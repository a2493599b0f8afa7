"""The language model's shared network, computed faster with the same weights.

Three things are done otherwise than in the stock pipeline (docs/performance.md says what each is worth):
matrices are multiplied by NumPy's BLAS, which knows the processor; the vector of a word, which depends on
its spelling alone, is kept; and the layers that look to both sides are computed without what only training
needs. The sums are those of the stock pipeline up to the rounding of single floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

Floats = NDArray[np.float32]

MOST_VECTORS = 50_000
"""Different words whose vectors are kept (512 bytes each); when there are more, the keeping starts anew."""
_MIXERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64
)
"""Odd numbers by which the four facts of a spelling (hashes of 64 bits) make one key."""
EPSILON = np.float32(1e-8)
"""Added to the variance, as in thinc's LayerNorm."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of one layer: a maxout and the normalisation after it.

    Attributes:
        weights: of the maxout, inputs by pieces times outputs, the pieces one after the other.
        bias: of the maxout, in the same order.
        pieces: number of pieces.
        scale: of the normalisation.
        shift: of the normalisation.
    """

    weights: Floats
    bias: Floats
    pieces: int
    scale: Floats
    shift: Floats

    def apply(self, inputs: Floats) -> Floats:
        """Return the layer's outputs, a row for every row of the inputs."""
        sums = inputs @ self.weights
        sums += self.bias
        width = len(self.scale)
        best = sums[:, :width]
        for piece in range(1, self.pieces):
            best = np.maximum(best, sums[:, piece * width : (piece + 1) * width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + EPSILON
        best *= (np.float32(1) / np.sqrt(variance))[:, None]
        best *= self.scale
        best += self.shift
        return best


def _named(name: str, model: Model[Any, Any]) -> list[Model[Any, Any]]:
    """Return the parts of a network that have a name, in order."""
    return [node for node in model.walk() if node.name == name]


def _layer(maxout: Model[Any, Any], norm: Model[Any, Any]) -> _Layer:
    """Return the weights of a layer of the stock pipeline."""
    weights = maxout.get_param("W")  # outputs, pieces, inputs
    outputs, pieces, inputs = weights.shape
    return _Layer(
        np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs).T),
        np.ascontiguousarray(maxout.get_param("b").T.reshape(-1)),
        pieces,
        norm.get_param("G"),
        norm.get_param("b"),
    )


class _Network:
    """Reads the vectors of the words of documents.

    Args:
        stock: the shared network of the stock pipeline.
    """

    def __init__(self, stock: Model[Any, Any]) -> None:
        embed, encode = stock.layers
        extract, *self._embedding = embed.layers
        self._columns: list[int] = extract.attrs["columns"]
        self.width: int = embed.get_dim("nO")
        self._layers = [
            _layer(*parts)
            for parts in zip(_named("maxout", encode), _named("layernorm", encode), strict=True)
        ]
        self._known: dict[int, int] = {}
        self._vectors = np.zeros((0, self.width), dtype=np.float32)

    def read(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return the vectors of the words of each document."""
        width, apart = self.width, len(self._layers)
        lengths = [len(doc) for doc in docs]
        starts = [*accumulate((n + apart for n in lengths), initial=apart)]
        rows = np.zeros((starts[-1], width), dtype=np.float32)
        # Between documents stand as many empty rows as there are layers, so that none looks into another;
        # the stock network does the same, and the rows next to a document come to hold something.
        places = np.concatenate([np.arange(a, a + n) for a, n in zip(starts, lengths, strict=False)])
        rows[places] = self._embedded(docs)
        around = np.zeros((len(rows), 3 * width), dtype=np.float32)
        for layer in self._layers:
            around[1:, :width] = rows[:-1]
            around[:, width : 2 * width] = rows
            around[:-1, 2 * width :] = rows[1:]
            rows += layer.apply(around)
        return [rows[start : start + n] for start, n in zip(starts, lengths, strict=False)]

    def _embedded(self, docs: Sequence[Doc]) -> Floats:
        """Return the vectors of the words by themselves."""
        features = np.concatenate([doc.to_array(self._columns) for doc in docs])
        keys = (features * _MIXERS).sum(axis=1, dtype=np.uint64).tolist()
        if len(self._known) > MOST_VECTORS:
            self._known.clear()
            self._vectors = self._vectors[:0]
        new: dict[int, int] = {}
        for place, key in enumerate(keys):
            if key not in self._known and key not in new:
                new[key] = place
        if new:
            found: Any = [features[list(new.values())]]
            for layer in self._embedding:
                found = layer.predict(found)
            self._known.update(
                zip(new, range(len(self._vectors), len(self._vectors) + len(new)), strict=True)
            )
            self._vectors = np.concatenate([self._vectors, *found])
        return self._vectors[[self._known[key] for key in keys]]


def quicken(nlp: Language) -> None:
    """Make a loaded pipeline compute its vectors as this module does; what it reads stays the same."""
    ops = NumpyOps(use_blis=False)
    for _, part in nlp.pipeline:
        for node in cast("Any", part).model.walk():
            node.ops = ops
    shared = cast("Tok2Vec", nlp.get_pipe("tok2vec"))
    network = _Network(shared.model)

    def _forward(model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Any]:
        if is_train:
            raise ValueError("a quickened pipeline cannot be trained: load the model with spacy.load")
        return network.read(docs), None

    shared.model = Model("quick_network", _forward, dims={"nO": network.width}, ops=ops)
