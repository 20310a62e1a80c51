"""Hashed n-grams of characters, words and clusters of words, computed for a whole batch at once.

A text becomes a bag: bucket numbers with weights, of Euclidean length 1 for what is written and for
what kinds of words it is written with. Buckets are hashes, so a trained model holds no word of what
it was trained on. All texts of a batch are laid end to end as
code points; n-grams are then rolling polynomial hashes over one array, without a loop over texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from enrich.clusters import clusters
from enrich.text import reading

BITS = 18
"""What is written has buckets with numbers below 2 ** BITS; clusters have those behind them."""

CLUSTER_BITS = 17
"""Clusters have 2 ** CLUSTER_BITS buckets."""

BUCKETS = 2**BITS + 2**CLUSTER_BITS
"""How many buckets there are."""

CHARACTERS = (2, 3, 4, 5)
"""Lengths of character n-grams; they cross the spaces between words."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
_MIX = np.uint64(0xD6E8FEB86659FD93)
_NEWLINE = 10

Words64 = npt.NDArray[np.uint64]
Owned = tuple[Words64, npt.NDArray[np.int64]]
"""Hashes, and which text each is from."""


@dataclass(frozen=True)
class Bags:
    """Bags of a batch of texts, end to end.

    Attributes:
        starts: Position of each text's first bucket, one more at the end.
        buckets: Bucket numbers, ascending within a text.
        weights: Damped counts, unit length within a text for either kind of buckets.
    """

    starts: npt.NDArray[np.int64]
    buckets: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.starts) - 1


def bags(texts: Sequence[str], hidden: Sequence[str] | None = None) -> Bags:
    """The bags of some texts.

    Args:
        texts: Any texts.
        hidden: What `enrich.text.hide` makes of their beginnings, if at hand.

    >>> len(bags(["Wo bleibt mein Paket?", ""]))
    2
    """
    read = map(reading, texts, hidden) if hidden else map(reading, texts)
    joined = "\n".join(f" {one}" for one in read) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    ends = codes == _NEWLINE
    owner = np.cumsum(ends) - ends
    word, owns = _words(codes, owner)
    written = _join([*_characters(codes, owner), *_phrases(word, owns)])
    return _beside(
        _count(*written, len(texts), BITS),
        _count(*_join(_alike(word, owns)), len(texts), CLUSTER_BITS),
    )


def word_hashes(words: Sequence[str]) -> Words64:
    """What `enrich.clusters` knows words by; each without a space in it."""
    codes = np.frombuffer(("\n".join(words) + "\n").encode("utf-32-le"), "<u4").astype(np.uint64)
    ends = np.flatnonzero(codes == _NEWLINE)
    return _spans(codes, np.append(0, ends[:-1] + 1), ends)


def _characters(codes: Words64, owner: npt.NDArray[np.int64]) -> list[Owned]:
    found = []
    inner = codes != _NEWLINE
    rolling = codes + np.uint64(1)
    for length in range(2, max(CHARACTERS) + 1):
        rolling = rolling[:-1] * _BASE + codes[length - 1 :]
        if length in CHARACTERS:
            whole = (owner[: len(rolling)] == owner[length - 1 :]) & inner[length - 1 :]
            found.append((_finish(rolling[whole], length), owner[: len(rolling)][whole]))
    return found


def _words(codes: Words64, owner: npt.NDArray[np.int64]) -> Owned:
    kind = _kinds(codes)
    begins = np.flatnonzero((kind[1:] > 0) & ((kind[1:] != kind[:-1]) | (kind[1:] == 2))) + 1
    ends = np.flatnonzero((kind[:-1] > 0) & ((kind[1:] != kind[:-1]) | (kind[:-1] == 2))) + 1
    return _spans(codes, begins, ends), owner[begins]


def _spans(codes: Words64, begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Words64:
    """Hashes of stretches of the text, wherever they stand."""
    powers = _powers(len(codes) + 1, _BASE)
    prefix = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum((codes + np.uint64(1)) * powers[:-1])]
    )
    found: Words64 = (prefix[ends] - prefix[begins]) * _powers(len(codes) + 1, _INVERSE)[begins]
    return found


def _phrases(word: Words64, owns: npt.NDArray[np.int64]) -> list[Owned]:
    """Words, pairs and triples."""
    found = [(_finish(word, 11), owns)]
    pair, triple = (
        word[:-1] * _BASE + _finish(word[1:], 12),
        word[:-2] * _BASE + _finish(word[1:-1], 13),
    )
    same = owns[:-1] == owns[1:]
    found.append((_finish(pair[same], 14), owns[:-1][same]))
    same = owns[:-2] == owns[2:]
    found.append((_finish((triple * _MIX + word[2:])[same], 15), owns[:-2][same]))
    return found


def _alike(word: Words64, owns: npt.NDArray[np.int64]) -> list[Owned]:
    """Clusters of words: alone, in pairs; large ones in triples and across a word, too."""
    coarse, fine = clusters()(word)
    next_, after = owns[:-1] == owns[1:], owns[:-2] == owns[2:]
    found = []
    for salt, numbers in ((21, coarse), (31, fine)):
        known = numbers > 0
        found.append((_finish(numbers[known], salt), owns[known]))
        pair = _finish(numbers[:-1], salt + 1) + _finish(numbers[1:], salt + 2)
        found.append((_finish(pair[next_], salt + 3), owns[:-1][next_]))
    first, last = _finish(coarse[:-2], 41), _finish(coarse[2:], 42)
    across = first + last
    triple = across + _finish(coarse[1:-1], 43)
    found.append((_finish(across[after], 44), owns[:-2][after]))
    found.append((_finish(triple[after], 45), owns[:-2][after]))
    return found


def _kinds(codes: Words64) -> npt.NDArray[np.int8]:
    """0 for space and plain punctuation, 1 for letters and digits, 2 for signs that stand alone."""
    kind = np.zeros(len(codes), np.int8)
    kind[(codes >= 48) & (codes <= 57) | (codes >= 97) & (codes <= 122) | (codes >= 0xC0)] = 1
    kind[(codes == 64) | (codes == 35) | (codes == 95)] = 1
    kind[
        (codes >= 0x2010) & (codes < 0x2E00)
        | (codes >= 0xE000) & (codes < 0xF900)
        | (codes > 0x1F000)
    ] = 2
    kind[(codes == 33) | (codes == 63) | (codes == 58) | (codes == 41) | (codes == 40)] = 2
    return kind


def _powers(count: int, base: np.uint64) -> Words64:
    steps = np.full(count, base, np.uint64)
    steps[0] = 1
    return np.cumprod(steps, dtype=np.uint64)


def _finish(hashes: Words64, salt: int) -> Words64:
    mixed = (
        hashes ^ (hashes >> np.uint64(29)) ^ np.uint64(salt * 0x1F83D9ABFB41BD6B % 2**64)
    ) * _MIX
    return mixed ^ (mixed >> np.uint64(32))


def _join(parts: list[Owned]) -> Owned:
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _count(hashes: Words64, owners: npt.NDArray[np.int64], texts: int, bits: int) -> Bags:
    buckets = (hashes * _BASE) >> np.uint64(64 - bits)
    keys = (owners.astype(np.uint64) << np.uint64(bits)) | buckets
    keys.sort()
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
    counts = np.diff(np.append(first, len(keys)))
    keys = keys[first]
    owner = (keys >> np.uint64(bits)).astype(np.int64)
    starts = np.searchsorted(owner, np.arange(texts + 1))
    weights = (1.0 + np.log(counts)).astype(np.float32)
    norms = np.sqrt(np.bincount(owner, weights**2, texts))
    return Bags(
        starts=starts,
        buckets=(keys & np.uint64(2**bits - 1)).astype(np.int64),
        weights=(weights / norms[owner]).astype(np.float32),
    )


def _beside(one: Bags, other: Bags) -> Bags:
    """Each text's two bags as one."""
    sizes = np.diff(one.starts), np.diff(other.starts)
    starts = one.starts + other.starts
    places = [
        np.repeat(starts[:-1] - bag.starts[:-1] + shift, size) + np.arange(len(bag.buckets))
        for bag, size, shift in ((one, sizes[0], 0), (other, sizes[1], sizes[0]))
    ]
    buckets = np.empty(int(starts[-1]), np.int64)
    weights = np.empty(len(buckets), np.float32)
    for bag, place, behind in zip((one, other), places, (0, 2**BITS), strict=True):
        buckets[place], weights[place] = bag.buckets + behind, bag.weights
    return Bags(starts, buckets, weights)
