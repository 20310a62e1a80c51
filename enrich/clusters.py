"""Words of a kind: numbers that words share which mean alike, so that rare ones are known too.

A word is looked up by its hash; the numbers come from the accurate model's encoder, which has read
each word by itself (`enrich.training.accurate.teach`). No word stands in the file.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from enrich.arrays import read_arrays

FILE = Path(__file__).parent / "models" / "clusters.npz"

SIGNS = ("?", "!", ":", "(", ")")
"""Have a cluster of their own."""

Numbers = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Clusters:
    """What each known word belongs to.

    Attributes:
        words: Hashes, ascending.
        coarse: The number of each word's large cluster, from 1.
        fine: The number of its small one, from 1.
    """

    words: Numbers
    coarse: npt.NDArray[np.uint16]
    fine: npt.NDArray[np.uint16]

    def __call__(self, words: Numbers) -> tuple[Numbers, Numbers]:
        """The large and the small clusters of words, given by hash; 0 for those not known."""
        at, known = self.find(words)
        coarse, fine = self.coarse[at] * known, self.fine[at] * known
        return coarse.astype(np.uint64), fine.astype(np.uint64)

    def find(self, words: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """The place of each word among those known, and whether it is."""
        at = np.searchsorted(self.words, words)
        at[at == len(self.words)] = 0
        return at, self.words[at] == words


@cache
def clusters() -> Clusters:
    """The clusters that ship, read once per process.

    Raises:
        ModelError: the file is missing or damaged.
    """
    return Clusters(**read_arrays(FILE))
