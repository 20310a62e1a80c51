"""How words are spelt: the n-grams of characters of each word, by which unknown ones are read."""

import numpy as np
import numpy.typing as npt

from enrich.features import BASE, Places, Read, Words64, bucket, finish

BITS = 16
"""Spellings have 2 ** BITS buckets."""

LENGTHS = (3, 4, 5)
"""Of the n-grams, which know where a word begins and ends, but not what stands beside it."""

_SPACE = np.uint64(32)
_SALT = 50

Spelt = tuple[Places, npt.NDArray[np.int64]]


def spelling(texts: Read, some: Places) -> Spelt:
    """The n-grams of some words.

    Args:
        texts: Where the words stand.
        some: Which words, by their place among all.

    Returns:
        Where the buckets of each word begin, one more at the end; the buckets. None lacks any.
    """
    begins, ends = texts.begins[some], texts.ends[some]
    found, owners = [], []
    for length in LENGTHS:
        counts = np.maximum(ends - begins + 3 - length, 0)
        owner = np.repeat(np.arange(len(some)), counts)
        behind = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        found.append(_grams(texts, begins[owner] - 1 + behind, length, behind, counts[owner]))
        owners.append(owner)
    owner = np.concatenate(owners)
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(len(some) + 1))
    return starts, np.concatenate(found)[order].astype(np.int64)


def _grams(texts: Read, begins: Places, length: int, at: Places, of: Places) -> Words64:
    """Buckets of n-grams; what stands before and behind a word counts as a space."""
    codes, hashes = texts.codes, texts.hashes(begins, begins + length)
    hashes[at == 0] += _SPACE - codes[begins[at == 0]]
    last = at == of - 1
    hashes[last] += (_SPACE - codes[begins[last] + length - 1]) * BASE ** np.uint64(length - 1)
    return bucket(finish(hashes, _SALT + length), BITS)
