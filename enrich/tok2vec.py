"""Reads the words of a text in their order, each beside its neighbours: what a bag cannot see.

A word known to the clusters has a vector, any other one is the sum of how it is spelt; two layers
then look at each word and the ones beside it, as spaCy's own tok2vec does, and what is largest and
what is usual in a text is weighed. Learnt by `enrich.training.tok2vec`.
"""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from thinc.api import (
    Dropout,
    LayerNorm,
    Linear,
    Model,
    Ragged,
    Relu,
    chain,
    concatenate,
    expand_window,
    reduce_max,
    reduce_mean,
    residual,
    with_array,
)

from enrich.clusters import clusters
from enrich.features import Places, Read
from enrich.words import spelling

WIDTH = 64
"""Numbers in a vector."""
LAYERS = 2
"""Each looks one word further."""
LONGEST = 96
"""Words of a text that are read."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Tok2Vec:
    """What reads words in their order.

    Attributes:
        known: A vector for each word of the clusters, in their order; what begins a text, last.
        spelt: A vector for each bucket of `enrich.words`; a word has their sum, divided by the root
            of their number.
        net: From the vectors of each text to logits.
    """

    known: Floats
    spelt: Floats
    net: Model[Ragged, Any]

    def __call__(self, texts: Read) -> Floats:
        """Logits, one row per text."""
        some, lengths = first_words(texts)
        return np.asarray(self.net.predict(ragged(self._vectors(texts, some, lengths), lengths)))

    def times(self, share: float) -> "Tok2Vec":
        """One whose logits are so many times as large."""
        net = self.net.copy()
        for name in ("W", "b"):
            net.layers[-1].set_param(name, np.float32(share) * net.layers[-1].get_param(name))
        return Tok2Vec(self.known, self.spelt, net)

    def _vectors(self, texts: Read, some: Places, lengths: npt.NDArray[np.int32]) -> Floats:
        """A row for what begins each text and for each of its words."""
        number, is_known = clusters().find(texts.words[some])
        begins = np.cumsum(lengths) - lengths
        place = np.arange(len(some)) + np.repeat(np.arange(len(lengths)) + 1, lengths - 1)
        found = np.empty((len(some) + len(lengths), WIDTH), np.float32)
        found[begins] = self.known[-1]
        found[place[is_known]] = self.known[number[is_known]]
        starts, buckets = spelling(texts, some[~is_known])
        if len(buckets):
            sums = np.add.reduceat(self.spelt[buckets], starts[:-1], axis=0)
            found[place[~is_known]] = sums / np.sqrt(np.diff(starts))[:, None]
        return found


def first_words(texts: Read) -> tuple[Places, npt.NDArray[np.int32]]:
    """Which words are read, and how many rows each text has, what begins it included."""
    starts = np.searchsorted(texts.owns, np.arange(texts.size + 1))
    some = np.flatnonzero(np.arange(len(texts.owns)) - starts[texts.owns] < LONGEST)
    return some, (np.minimum(np.diff(starts), LONGEST) + 1).astype(np.int32)


def ragged(rows: npt.NDArray[Any], lengths: npt.NDArray[Any]) -> Ragged:
    """Rows of so many texts, as thinc's layers take them."""
    return Ragged(cast("Any", rows), cast("Any", lengths))


def network(labels: int, silent: tuple[float, float] = (0.0, 0.0)) -> Model[Ragged, Any]:
    """The layers, not learnt yet.

    Args:
        labels: How many logits come out.
        silent: Shares of the numbers that are left out while learning: of each word, of each text.
    """
    layers = [
        residual(chain(expand_window(1), with_array(Relu(WIDTH, 3 * WIDTH, normalize=True))))
        for _ in range(LAYERS)
    ]
    beginning: Model[Any, Any] = with_array(chain(LayerNorm(WIDTH), Dropout(silent[0])))
    net: Model[Ragged, Any] = chain(
        beginning,
        *layers,
        concatenate(reduce_max(), reduce_mean()),
        Dropout(silent[1]),
        Linear(labels, 2 * WIDTH),
    )
    net.initialize(X=ragged(np.zeros((1, WIDTH), np.float32), np.ones(1, np.int32)))
    return net
