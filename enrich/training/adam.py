"""Learning in small batches that use few rows of an array: Adam (Kingma and Ba, 2015)."""

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from enrich.training.fit import Array

_MEAN, _SQUARE, _TINY = 0.9, 0.999, 1e-8


class Adam:
    """Changes an array in its place; rows that are not named stay as they are."""

    def __init__(self, values: Array) -> None:
        self.values, self.count = values, 0
        self.mean, self.square = np.zeros_like(values), np.zeros_like(values)

    def step(self, gradient: Array, size: float, rows: Array | slice = slice(None)) -> None:
        """One step of a size against a gradient, for some rows."""
        self.count += 1
        mean = self.mean[rows] = _MEAN * self.mean[rows] + (1 - _MEAN) * gradient
        square = self.square[rows] = _SQUARE * self.square[rows] + (1 - _SQUARE) * gradient**2
        size *= np.sqrt(1 - _SQUARE**self.count) / (1 - _MEAN**self.count)
        self.values[rows] -= size * mean / (np.sqrt(square) + _TINY)


def used(x: csr_matrix) -> tuple[Array, csr_matrix]:
    """Which columns a batch has anything in, ascending, and the batch with these alone."""
    columns, inverse = np.unique(x.indices, return_inverse=True)
    return columns, csr_matrix((x.data, inverse, x.indptr), (x.shape[0], len(columns)))
