"""Trains what reads words in their order (`enrich.tok2vec`), from texts that the teacher has read.

A word's vector begins as what the teacher says about the word alone, and is learnt beside that of
its clusters and of how it is spelt. Parts of all this are left out at random (by seed) meanwhile.
"""

import logging
from collections.abc import Sequence
from typing import cast

import numpy as np
import thinc.api as thinc
from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]

from enrich.arrays import read_arrays
from enrich.clusters import clusters
from enrich.components.heads import sigmoid
from enrich.features import Read, read
from enrich.tok2vec import WIDTH, Tok2Vec, first_words, network, ragged
from enrich.training import data
from enrich.training.adam import Adam, used
from enrich.training.fit import Array
from enrich.words import BITS, spelling

log = logging.getLogger(__name__)

FILE = data.HERE / "vectors.npz"

ROUNDS = 2
BATCH = 256
STEP, TABLE_STEP = 3e-3, 4e-3
"""Of the layers, and of the vectors that they read."""
SHRINK = 0.01
"""How much smaller the layers' weights get, times the step."""
SPREAD = 0.05
"""Of the first vectors of spellings and clusters."""
GIVEN = 0.15
"""The same of the teacher's vectors."""
SILENT = (0.05, 0.15)
"""Shares that are left out while learning: of each word's numbers, of each text's."""
NOT_SPELT, NOT_READ = 0.3, 0.05
"""The same of spellings, and of words as a whole."""
WARM_UP = 100
SEED = 1


class _Table:
    """The rows of one table: known words, what begins a text, clusters, spellings."""

    def __init__(self) -> None:
        known = clusters()
        fine, coarse = int(known.fine.max()) + 1, int(known.coarse.max()) + 1
        self.begin = len(known.words)
        self.fine = self.begin + 1
        self.coarse = self.fine + fine
        self.spelt = self.coarse + coarse
        self.size = self.spelt + 2**BITS

    def first(self, chance: np.random.Generator) -> Array:
        """The table before anything is learnt."""
        values = chance.normal(0, SPREAD, (self.size, WIDTH)).astype(np.float32)
        values[: self.begin] = GIVEN * vectors()
        return values

    def sums(self, texts: Read, some: Array) -> csr_matrix:
        """Of which rows the vector of each word is the sum."""
        number, is_known = clusters().find(texts.words[some])
        starts, buckets = spelling(texts, some)
        size, counts = (len(some), self.size), np.diff(starts)
        found = csr_matrix(
            (np.repeat(counts**-0.5, counts), buckets + self.spelt, starts), size, np.float32
        )
        at, number = np.flatnonzero(is_known), number[is_known]
        for row in self.rows(number):
            found = found + csr_matrix((np.ones(len(at), np.float32), (at, row)), size)
        return found.tocsr()

    def rows(self, number: Array) -> tuple[Array, Array, Array]:
        """Those of known words by themselves, and of their clusters."""
        known = clusters()
        return number, self.fine + known.fine[number], self.coarse + known.coarse[number]

    def finished(self, values: Array, x: csr_matrix, words: Array) -> tuple[Array, Array]:
        """The vectors of known words as they ship, and of spellings.

        Args:
            values: Of the table.
            x: What words of texts are the sums of.
            words: Their hashes.
        """
        number, is_known = clusters().find(words)
        known = values[: self.begin + 1].copy()
        known[:-1] = sum(values[row] for row in self.rows(np.arange(self.begin)))
        seen, first = np.unique(number[is_known], return_index=True)
        known[seen] = x[np.flatnonzero(is_known)[first]] @ values
        return known, values[self.spelt :]


def vectors() -> Array:
    """What the teacher says about each word of the clusters, evened out."""
    found: Array = read_arrays(FILE)["vectors"].astype(np.float32)
    return np.asarray(found / found.std())


def fit_tok2vec(texts: Sequence[str], y: Array, weight: Array) -> Tok2Vec:
    """Learns to read.

    Args:
        texts: Very many.
        y: One column per label, each standing alone: 0, 1 or a probability between.
        weight: Of each text.
    """
    chance, labels = np.random.default_rng(SEED), y.shape[1]
    thinc.fix_random_seed(SEED)
    table = _Table()
    x, starts, words = _summed(texts, table)
    values = table.first(chance)
    net = network(labels, SILENT)
    cast("Array", net.layers[-1].get_param("W")).fill(0)  # it says nothing yet
    layers = thinc.Adam(STEP, L2=SHRINK, grad_clip=0.0)
    steps = Adam(values)
    count = ROUNDS * max(1, len(texts) // BATCH)
    for at in range(count):
        if at % (count // ROUNDS) == 0:
            order = chance.permutation(len(texts))
            log.info("tok2vec: step %d of %d", at, count)
        start = at % (count // ROUNDS) * BATCH
        some = order[start : start + BATCH]
        rows, lengths = _some(starts, some, x.shape[0] - 1, chance)
        sums = x[rows]
        spelt, kept = sums.indices >= table.spelt, chance.random(len(sums.data)) >= NOT_SPELT
        sums.data[spelt] *= kept[spelt] / (1 - NOT_SPELT) ** 0.5
        columns, small = used(sums)
        said, back = net.begin_update(ragged(small @ values[columns], lengths))
        wrong = (sigmoid(said) - y[some]) * weight[some, None] / (weight[some].sum() * labels)
        behind = back(wrong.astype(np.float32)).data
        size = max(0.02, 1 - at / count) * min(1.0, (at + 1) / WARM_UP)
        layers.learn_rate = STEP * size
        net.finish_update(layers)
        steps.step(small.T @ behind, TABLE_STEP * size, columns)
    return Tok2Vec(*table.finished(values, x, words), net)


def _summed(texts: Sequence[str], table: _Table) -> tuple[csr_matrix, Array, Array]:
    """Sums for all words (and, last, for what begins a text), where texts start, hashes."""
    parts, lengths, words = [], [], []
    for at in range(0, len(texts), 2_000):
        some = read(texts[at : at + 2_000])
        first, sizes = first_words(some)
        parts.append(table.sums(some, first))
        lengths.append(sizes - 1)
        words.append(some.words[first])
    begin = csr_matrix(([np.float32(1)], ([0], [table.begin])), (1, table.size))
    starts = np.append(0, np.cumsum(np.concatenate(lengths)))
    return vstack([*parts, begin]).tocsr(), starts, np.concatenate(words)


def _some(
    starts: Array, texts: Array, begin: int, chance: np.random.Generator
) -> tuple[Array, Array]:
    """The words of some texts, without those left out, what begins each before them."""
    counts = starts[texts + 1] - starts[texts]
    owner = np.repeat(np.arange(len(texts)), counts)
    words = np.arange(len(owner)) + np.repeat(starts[texts] - (np.cumsum(counts) - counts), counts)
    kept = chance.random(len(words)) >= NOT_READ
    lengths = np.bincount(owner[kept], minlength=len(texts)) + 1
    found = np.full(lengths.sum(), begin)
    found[np.arange(kept.sum()) + owner[kept] + 1] = words[kept]
    return found, lengths.astype(np.int32)
