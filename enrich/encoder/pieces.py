"""Splits text into the encoder's pieces: the likeliest way to put each word together (Viterbi)."""

import re
import unicodedata
from functools import cache

from enrich.encoder.package import package
from enrich.text import LONGEST, hide, usable

LONGEST_PIECES = 96
"""Pieces of a post that the encoder reads, start and end included."""

REMEMBERED = 50_000
"""Words whose pieces are kept."""

_SPACE = "▁"
_MANY = re.compile(r"(?:@user\s+){2,}")
_STRETCHED = re.compile(r"(\S)\1{3,}")
_WORTH_OF_UNKNOWN = -30.0


def plain(text: str) -> str:
    """The text as the encoder reads it: handles, addresses and links hidden, stretches cut.

    >>> plain("@anna @bert  Wo bleibt mein Paket?????? https://example.com/x")
    '@user Wo bleibt mein Paket??? http'
    """
    text = hide(usable(text[:LONGEST]))
    text = _STRETCHED.sub(r"\1\1\1", _MANY.sub("@user ", text))
    return " ".join(unicodedata.normalize("NFKC", text).split())


class Pieces:
    """Turns words into numbers of pieces."""

    def __init__(self) -> None:
        source = package()
        self.special = source.special
        self.number = {piece: at for at, piece in enumerate(source.pieces)}
        self.scores = source.scores
        self.longest = max(map(len, source.pieces))
        self.known: dict[str, list[int]] = {}

    def __call__(self, text: str) -> list[int]:
        """The pieces of a text, start and end included."""
        found = [self.special.start]
        for word in plain(text).split(" "):
            if len(found) >= LONGEST_PIECES - 1:
                break
            if word:
                found += self.word(word)
        return [*found[: LONGEST_PIECES - 1], self.special.end]

    def word(self, word: str) -> list[int]:
        """The pieces of a word."""
        if (found := self.known.get(word)) is None:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            found = self.known[word] = self.split(_SPACE + word)
        return found

    def split(self, word: str) -> list[int]:
        """The likeliest pieces; a letter that no piece has becomes the unknown one."""
        size = len(word)
        best = [0.0] + [float("-inf")] * size
        came: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + self.longest) + 1):
                number = self.number.get(word[start:end])
                if number is None:
                    if end > start + 1:
                        continue
                    number, score = self.special.unknown, here + _WORTH_OF_UNKNOWN
                else:
                    score = here + self.scores[number]
                if score > best[end]:
                    best[end], came[end] = score, (start, number)
        found = []
        while size:
            size, number = came[size]
            found.append(number)
        return found[::-1]


@cache
def pieces() -> Pieces:
    """The splitter, made once per process."""
    return Pieces()
