"""Fits linear heads to hard or soft labels by L-BFGS, and calibrates them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix, hstack, vstack  # type: ignore[import-untyped]

from enrich.components.heads import sigmoid, softmax
from enrich.features import BUCKETS, bags, read

Array = npt.NDArray[Any]

HINT_SIZE = 0.3
"""Spread of a hint beside the n-grams, whose vector has length 1: larger is trusted sooner."""

PRECISE = {"urgent": 0.5}
"""Precision that cuts leave at least, by label, even where F1 would have more false alarms."""

STEPS = 100
"""Iterations of a fit at most; fewer leave a head half learnt (.723 where .738 can be had)."""


def matrix(texts: Sequence[str]) -> csr_matrix:
    """The bags of texts as a sparse matrix; kept for heads that learn from the same texts."""
    return _matrix(tuple(texts))


@lru_cache(maxsize=8)
def _matrix(texts: tuple[str, ...]) -> csr_matrix:
    parts = []
    for at in range(0, len(texts), 512):
        some = bags(read(texts[at : at + 512]))
        parts.append(
            csr_matrix((some.weights, some.buckets, some.starts), shape=(len(some), BUCKETS))
        )
    return vstack(parts).tocsr()


def fit(
    x: csr_matrix, y: Array, weight: Array, l2: float, exclusive: bool, steps: int = STEPS
) -> tuple[Array, Array]:
    """A linear head. Texts of no weight and buckets that only one text has are left out.

    Args:
        x: One row per text.
        y: One column per label: 0, 1 or a probability between.
        weight: Of each text (one column) or of each text and label.
        l2: Strength of the penalty on weights, per unit of total weight.
        exclusive: Whether exactly one label holds (softmax) or each stands alone (sigmoid).
        steps: Iterations at most.

    Returns:
        Weights (buckets × labels) and bias (labels).
    """
    counted = np.flatnonzero(weight.reshape(len(weight), -1).sum(axis=1) > 0)
    if len(counted) < len(weight):
        x, y, weight = x[counted], y[counted], weight[counted]
    used = np.flatnonzero(np.asarray(x.getnnz(axis=0)) > 1)
    small, across = x[:, used].tocsr(), x[:, used].T.tocsr()
    size, labels = len(used), y.shape[1]
    weight = weight.reshape(len(weight), -1)
    total = float(weight.sum() / weight.shape[1])

    def loss(flat: Array) -> tuple[float, Array]:
        w, b = flat[: size * labels].reshape(size, labels), flat[size * labels :]
        z = np.asarray(small @ w.astype(np.float32) + b, float)
        p = softmax(z) if exclusive else sigmoid(z)
        p = np.clip(p, 1e-7, 1 - 1e-7)
        each = -y * np.log(p) if exclusive else -(y * np.log(p) + (1 - y) * np.log(1 - p))
        gradient = (p * y.sum(axis=1, keepdims=True) - y if exclusive else p - y) * weight
        flat_gradient = np.concatenate(
            [(across @ gradient.astype(np.float32) + l2 * total * w).ravel(), gradient.sum(axis=0)]
        )
        return float(
            (each * weight).sum() + 0.5 * l2 * total * (w * w).sum()
        ) / total, flat_gradient / total

    start = np.zeros((size + 1) * labels)
    best = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 8}
    ).x
    weights = np.zeros((x.shape[1], labels), np.float32)
    weights[used] = best[: size * labels].reshape(size, labels)
    return weights, best[size * labels :].astype(np.float32)


def fit_with_hints(
    x: csr_matrix, y: Array, weight: Array, l2: float, exclusive: bool, hints: tuple[Array, Array]
) -> tuple[Array, Array]:
    """A linear head that may also use the outputs of others; the result is one linear head again.

    Args:
        x: One row per text, see `fit`.
        y: One column per label.
        weight: Of each text.
        l2: Strength of the penalty.
        exclusive: Whether exactly one label holds.
        hints: Weights and biases of the other heads (`enrich.training.hints.join`).
    """
    outputs = np.asarray(x @ hints[0] + hints[1])
    middle, spread = outputs.mean(axis=0), outputs.std(axis=0) / HINT_SIZE
    w, b = fit(
        hstack([x, csr_matrix((outputs - middle) / spread)]).tocsr(), y, weight, l2, exclusive
    )
    own, on_hints = w[: x.shape[1]], w[x.shape[1] :] / spread[:, None]
    return own + hints[0] @ on_hints, b + (hints[1] - middle) @ on_hints


def platt(logits: Array, y: Array) -> tuple[float, float]:
    """Scale and shift that turn logits into probabilities that hold, one label."""

    def loss(at: Array) -> float:
        p = np.clip(sigmoid(logits * at[0] + at[1]), 1e-7, 1 - 1e-7)
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(found[0]), float(found[1])


def platts(logits: Array, y: Array) -> tuple[Array, Array]:
    """Scales and shifts of several labels, a column each."""
    pairs = np.array([platt(logits[:, at], y[:, at]) for at in range(y.shape[1])])
    return pairs[:, 0], pairs[:, 1]


def temperature(logits: Array, y: Array) -> float:
    """What logits are multiplied with so that probabilities hold, where exactly one label does."""
    tried = np.geomspace(0.2, 5.0, 60)
    losses = [
        -np.log((softmax(np.asarray(logits * each, np.float32)) * y).sum(axis=1) + 1e-9).mean()
        for each in tried
    ]
    return float(tried[int(np.argmin(losses))])


def best_cut(probabilities: Array, precise: float = 0.0) -> float:
    """The probability from which F1 is highest, as far as the probabilities hold.

    What is expected by calibrated probabilities depends less on luck than what a few hundred texts
    happen to be (Lipton, Elkan and Naryanaswamy 2014: such a cut is half the F1 that it gives).

    Args:
        probabilities: Of one label, calibrated; some above 0.
        precise: Precision that the cut should leave, if any does.
    """
    p = np.sort(probabilities)[::-1]
    right, said = np.cumsum(p), np.arange(1, len(p) + 1)
    expected, enough = 2 * right / (said + p.sum()), right / said >= precise
    return float(p[int(np.where(enough, expected, -1).argmax() if enough.any() else 0)])


def best_cuts(said: Array, labels: Sequence[str]) -> list[float]:
    """The best cut of each label, a column each, with what precision `PRECISE` wants of it."""
    return [best_cut(said[:, at], PRECISE.get(label, 0.0)) for at, label in enumerate(labels)]


def f1(truth: Array, said: Array) -> float:
    """F1 of a yes/no label."""
    both = float((truth & said).sum())
    return 2 * both / max(1.0, float(truth.sum() + said.sum()))
