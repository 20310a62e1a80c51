"""Hashed n-grams of characters and words, computed for a whole batch at once.

A text becomes a bag: bucket numbers with weights of Euclidean length 1. Buckets are hashes, so a
trained model holds no word of what it was trained on. All texts of a batch are laid end to end as
code points; n-grams are then rolling polynomial hashes over one array, without a loop over texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from enrich.text import reading

BITS = 18
"""Buckets are numbers below 2 ** BITS."""

CHARACTERS = (2, 3, 4, 5)
"""Lengths of character n-grams; they cross the spaces between words."""

_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
_MIX = np.uint64(0xD6E8FEB86659FD93)
_NEWLINE = 10

Words64 = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Bags:
    """Bags of a batch of texts, end to end.

    Attributes:
        starts: Position of each text's first bucket, one more at the end.
        buckets: Bucket numbers, ascending within a text.
        weights: Damped counts, unit length within a text.
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
    hashes, owners = _join([*_characters(codes, owner), *_words(codes, owner)])
    return _count(hashes, owners, len(texts))


def _characters(
    codes: Words64, owner: npt.NDArray[np.int64]
) -> list[tuple[Words64, npt.NDArray[np.int64]]]:
    found = []
    inner = codes != _NEWLINE
    rolling = codes + np.uint64(1)
    for length in range(2, max(CHARACTERS) + 1):
        rolling = rolling[:-1] * _BASE + codes[length - 1 :]
        if length in CHARACTERS:
            whole = (owner[: len(rolling)] == owner[length - 1 :]) & inner[length - 1 :]
            found.append((_finish(rolling[whole], length), owner[: len(rolling)][whole]))
    return found


def _words(
    codes: Words64, owner: npt.NDArray[np.int64]
) -> list[tuple[Words64, npt.NDArray[np.int64]]]:
    kind = _kinds(codes)
    begins = np.flatnonzero((kind[1:] > 0) & ((kind[1:] != kind[:-1]) | (kind[1:] == 2))) + 1
    ends = np.flatnonzero((kind[:-1] > 0) & ((kind[1:] != kind[:-1]) | (kind[:-1] == 2))) + 1
    powers = _powers(len(codes) + 1, _BASE)
    prefix = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum((codes + np.uint64(1)) * powers[:-1])]
    )
    word = (prefix[ends] - prefix[begins]) * _powers(len(codes) + 1, _INVERSE)[begins]
    found, owns = [(_finish(word, 11), owner[begins])], owner[begins]
    pair, triple = (
        word[:-1] * _BASE + _finish(word[1:], 12),
        word[:-2] * _BASE + _finish(word[1:-1], 13),
    )
    same = owns[:-1] == owns[1:]
    found.append((_finish(pair[same], 14), owns[:-1][same]))
    same = owns[:-2] == owns[2:]
    found.append((_finish((triple * _MIX + word[2:])[same], 15), owns[:-2][same]))
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


def _join(
    parts: list[tuple[Words64, npt.NDArray[np.int64]]],
) -> tuple[Words64, npt.NDArray[np.int64]]:
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _count(hashes: Words64, owners: npt.NDArray[np.int64], texts: int) -> Bags:
    buckets = (hashes * _BASE) >> np.uint64(64 - BITS)
    keys = (owners.astype(np.uint64) << np.uint64(BITS)) | buckets
    keys.sort()
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    counts = np.diff(np.append(first, len(keys)))
    keys = keys[first]
    owner = (keys >> np.uint64(BITS)).astype(np.int64)
    starts = np.searchsorted(owner, np.arange(texts + 1))
    weights = (1.0 + np.log(counts)).astype(np.float32)
    norms = np.sqrt(np.add.reduceat(weights**2, starts[:-1]))
    return Bags(
        starts=starts,
        buckets=(keys & np.uint64(2**BITS - 1)).astype(np.int64),
        weights=(weights / np.repeat(norms, np.diff(starts))).astype(np.float32),
    )
