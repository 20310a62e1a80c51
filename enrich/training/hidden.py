"""A hidden layer beside a linear head, learnt from very many texts: most read by the teacher alone.

What words mean together is not the sum of what each means; a few units that are silent below zero
can say so. Trained in small batches with Adam, parts of each text left out at random (by seed).
"""

import logging
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from enrich.components.heads import sigmoid
from enrich.training.adam import Adam, used
from enrich.training.fit import Array

log = logging.getLogger(__name__)

UNITS = 24
ROUNDS = 3
BATCH = 256
STEP = 4e-3
LEFT_OUT = 0.5
"""Share of its buckets that a text goes without while learning."""
SILENT = 0.1
"""Share of the units that are silent meanwhile."""
SHRINK = 2e-4
"""How much smaller weights get at each step."""
SPREAD = 0.04
"""Of the first weights: small, so that rare buckets add no noise."""
NOTHING = 0.05
"""Smaller weights of units are left out: mostly what they began with. Halves the file."""
SEED = 4


@dataclass(frozen=True)
class Hidden:
    """Units that are silent below zero.

    Attributes:
        weights: Buckets × units.
        bias: Of each unit.
        out: Units × labels: what a unit that speaks adds to each label.
    """

    weights: Array
    bias: Array
    out: Array

    def __call__(self, x: csr_matrix) -> Array:
        """What they add to the logits, one row per text."""
        return np.asarray(np.maximum(x @ self.weights + self.bias, 0) @ self.out)


def fit_hidden(x: csr_matrix, y: Array, weight: Array) -> tuple[tuple[Array, Array], Hidden]:
    """Learns a linear head (weights, bias) and units beside it.

    Args:
        x: One row per text, see `fit.fit`.
        y: One column per label, each standing alone: 0, 1 or a probability between.
        weight: Of each text.
    """
    chance = np.random.default_rng(SEED)
    labels = y.shape[1]
    weights = np.zeros((x.shape[1], labels + UNITS), np.float32)
    weights[:, labels:] = chance.normal(0, SPREAD, (x.shape[1], UNITS))
    bias = np.zeros(labels + UNITS, np.float32)
    out = chance.normal(0, SPREAD, (UNITS, labels)).astype(np.float32)
    steps = [Adam(values) for values in (weights, bias, out)]
    count = max(1, ROUNDS * (x.shape[0] // BATCH))
    for at in range(count):
        if at % max(1, count // ROUNDS) == 0:
            order = chance.permutation(x.shape[0])
            log.info("hidden layer: step %d of %d", at, count)
        start = at % max(1, count // ROUNDS) * BATCH
        rows = order[start : start + BATCH]
        some = x[rows]
        some.data = some.data * (chance.random(len(some.data)) >= LEFT_OUT) / (1 - LEFT_OUT)
        columns, small = used(some)
        found = np.asarray(small @ weights[columns] + bias)
        speaks = (found[:, labels:] > 0) * (chance.random((len(rows), UNITS)) >= SILENT)
        units = found[:, labels:] * speaks / (1 - SILENT)
        said = np.asarray(found[:, :labels] + units @ out, np.float32)
        wrong = sigmoid(said) - y[rows]
        wrong *= weight[rows, None] / (weight[rows].sum() * labels)
        behind = np.concatenate([wrong, wrong @ out.T * speaks / (1 - SILENT)], axis=1)
        size = STEP * max(0.02, 1 - at / count)
        steps[0].step(np.asarray(small.T @ behind, np.float32), size, columns)
        steps[1].step(behind.sum(axis=0), size)
        steps[2].step(units.T @ wrong, size)
        weights[columns] *= 1 - SHRINK
    weights[np.asarray(x.getnnz(axis=0)) < 2] = 0  # never learnt, or by heart
    weights[:, labels:][np.abs(weights[:, labels:]) < NOTHING] = 0
    linear = weights[:, :labels], bias[:labels]
    return linear, Hidden(weights[:, labels:], bias[labels:], out)
