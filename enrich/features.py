"""Hashed n-grams of characters, words and clusters of words, computed for a whole batch at once.

A text becomes a bag: bucket numbers with weights, of Euclidean length 1 for what is written and for
what kinds of words it is written with. Buckets are hashes, so a trained model holds no word of what
it was trained on. All texts of a batch are laid end to end as
code points; n-grams are then rolling polynomial hashes over one array, without a loop over texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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

BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
_MIX = np.uint64(0xD6E8FEB86659FD93)
_NEWLINE = 10

Words64 = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Owned = tuple[Words64, Places]
"""Hashes, and which text each is from."""


@dataclass(frozen=True)
class Read:
    """Texts as the models read them, laid end to end as code points.

    Attributes:
        size: How many texts there are.
        codes: A space before each text, a line's end behind it.
        owner: Which text each code point is from.
        begins: Where each word begins; signs that stand alone are words too.
        ends: Where it ends.
    """

    size: int
    codes: Words64
    owner: Places
    begins: Places
    ends: Places

    @cached_property
    def words(self) -> Words64:
        """The hash of each word, which `enrich.clusters` knows it by."""
        return self.hashes(self.begins, self.ends)

    @cached_property
    def owns(self) -> Places:
        """Which text each word is from."""
        return self.owner[self.begins]

    def hashes(self, begins: Places, ends: Places) -> Words64:
        """Those of any stretches of the code points: the same wherever they stand."""
        found: Words64 = (self._sums[ends] - self._sums[begins]) * self._shifts[begins]
        return found

    @cached_property
    def _sums(self) -> Words64:
        rising = _powers(len(self.codes), BASE)
        return np.append(np.uint64(0), np.cumsum((self.codes + np.uint64(1)) * rising))

    @cached_property
    def _shifts(self) -> Words64:
        return _powers(len(self.codes) + 1, _INVERSE)


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


def read(texts: Sequence[str], hidden: Sequence[str] | None = None) -> Read:
    """Some texts, laid end to end.

    Args:
        texts: Any texts.
        hidden: What `enrich.text.hide` makes of their beginnings, if at hand.
    """
    parts = map(reading, texts, hidden) if hidden else map(reading, texts)
    codes = _codes("\n".join(f" {one}" for one in parts) + "\n")
    ends = codes == _NEWLINE
    kind = _kinds(codes)
    turns = kind[1:] != kind[:-1]
    begins = np.flatnonzero((kind[1:] > 0) & (turns | (kind[1:] == 2))) + 1
    stops = np.flatnonzero((kind[:-1] > 0) & (turns | (kind[:-1] == 2))) + 1
    return Read(len(texts), codes, np.cumsum(ends) - ends, begins, stops)


def read_words(words: Sequence[str]) -> Read:
    """Some words, each a text by itself and without a space or a mark of style."""
    codes = _codes("".join(f" {word}\n" for word in words))
    ends = codes == _NEWLINE
    stops = np.flatnonzero(ends)
    begins = np.append(0, stops[:-1] + 1) + 1
    return Read(len(words), codes, np.cumsum(ends) - ends, begins, stops)


def word_hashes(words: Sequence[str]) -> Words64:
    """What `enrich.clusters` knows words by; each without a space in it."""
    return read_words(words).words


def bags(texts: Read) -> Bags:
    """The bags of some texts.

    >>> len(bags(read(["Wo bleibt mein Paket?", ""])))
    2
    """
    word, owns = texts.words, texts.owns
    written = _join([*_characters(texts.codes, texts.owner), *_phrases(word, owns)])
    return _beside(
        _count(*written, texts.size, BITS),
        _count(*_join(_alike(word, owns)), texts.size, CLUSTER_BITS),
    )


def _codes(joined: str) -> Words64:
    return np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").astype(np.uint64)


def _characters(codes: Words64, owner: npt.NDArray[np.int64]) -> list[Owned]:
    found = []
    inner = codes != _NEWLINE
    rolling = codes + np.uint64(1)
    for length in range(2, max(CHARACTERS) + 1):
        rolling = rolling[:-1] * BASE + codes[length - 1 :]
        if length in CHARACTERS:
            whole = (owner[: len(rolling)] == owner[length - 1 :]) & inner[length - 1 :]
            found.append((finish(rolling[whole], length), owner[: len(rolling)][whole]))
    return found


def _phrases(word: Words64, owns: npt.NDArray[np.int64]) -> list[Owned]:
    """Words, pairs and triples."""
    found = [(finish(word, 11), owns)]
    pair, triple = (
        word[:-1] * BASE + finish(word[1:], 12),
        word[:-2] * BASE + finish(word[1:-1], 13),
    )
    same = owns[:-1] == owns[1:]
    found.append((finish(pair[same], 14), owns[:-1][same]))
    same = owns[:-2] == owns[2:]
    found.append((finish((triple * _MIX + word[2:])[same], 15), owns[:-2][same]))
    return found


def _alike(word: Words64, owns: npt.NDArray[np.int64]) -> list[Owned]:
    """Clusters of words: alone, in pairs; large ones in triples and across a word, too."""
    coarse, fine = clusters()(word)
    next_, after = owns[:-1] == owns[1:], owns[:-2] == owns[2:]
    found = []
    for salt, numbers in ((21, coarse), (31, fine)):
        known = numbers > 0
        found.append((finish(numbers[known], salt), owns[known]))
        pair = finish(numbers[:-1], salt + 1) + finish(numbers[1:], salt + 2)
        found.append((finish(pair[next_], salt + 3), owns[:-1][next_]))
    first, last = finish(coarse[:-2], 41), finish(coarse[2:], 42)
    across = first + last
    triple = across + finish(coarse[1:-1], 43)
    found.append((finish(across[after], 44), owns[:-2][after]))
    found.append((finish(triple[after], 45), owns[:-2][after]))
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


def finish(hashes: Words64, salt: int) -> Words64:
    """Hashes of another kind: each salt is one."""
    mixed = (
        hashes ^ (hashes >> np.uint64(29)) ^ np.uint64(salt * 0x1F83D9ABFB41BD6B % 2**64)
    ) * _MIX
    return mixed ^ (mixed >> np.uint64(32))


def _join(parts: list[Owned]) -> Owned:
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _count(hashes: Words64, owners: npt.NDArray[np.int64], texts: int, bits: int) -> Bags:
    buckets = bucket(hashes, bits)
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


def bucket(hashes: Words64, bits: int) -> Words64:
    """Bucket numbers below 2 ** bits."""
    found: Words64 = (hashes * BASE) >> np.uint64(64 - bits)
    return found


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
