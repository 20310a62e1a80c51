"""Texts that nobody has labelled, read by the teacher: whole ones, and what is made of any others.

The teacher is the accurate model's network as trained without the held-out fold. Its answers are
kept by the hash of the text (`taught.npz`), which is made again from the data. Parts of a post and
new ones (`enrich.training.made`) show what each part of a text does to an answer.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from enrich.arrays import read_arrays, write_arrays
from enrich.training import data
from enrich.training.data import HELD_OUT, INTENT_FILE, REPLY_FILE
from enrich.training.fit import Array
from enrich.training.made import FEW, made

FILE = data.HERE / "taught.npz"

NEAR = (
    "sentiment/germeval2017_train_twitter_de.jsonl",
    "sentiment/eon_trustpilot_de.jsonl",
    "threads/ibm_messages.jsonl",
    "intent/complaints_acl2019_en.jsonl",
)
"""Files of posts to companies."""

THINNED = {"sentiment/semeval2017_train_en.jsonl": 12_000, "intent/goemotions_en.jsonl": 5_000}
"""How many texts of large files are read."""

WEIGHT = {"near": 1.0, "far": 0.3, "part": 0.3, "made": 0.3}
"""How much a text counts: whole posts to companies, other whole texts, parts, made-up ones."""

_CUT = re.compile(
    r"(?<=[.!?…;:\n])\s+|,\s+|\s[-–—]+\s|\s+(?=(?:und|aber|weil|dass|but|because|and)\s)"
)


@dataclass(frozen=True)
class Taught:
    """A text for the teacher.

    Attributes:
        text: What it reads.
        kind: A key of `WEIGHT`.
    """

    text: str
    kind: str


def texts(folder: Path) -> list[Taught]:
    """All texts, none of them twice or in the held-out fold or measured on.

    Args:
        folder: Of the data.
    """
    given = data.rows(folder, INTENT_FILE)
    closed = data.keys_measured(folder, with_fold=False)
    seen: set[str] = set()

    def fresh(text: str) -> bool:
        content = data.content_hash(text)
        if content in seen or len(text.strip()) < 3 or data.fold(text) == HELD_OUT:
            return False
        if data.key(text) in closed:
            return False
        seen.add(content)
        return True

    near = [(t, _domain(f)) for f in NEAR for t in _texts(folder, f) if fresh(t)]
    far = [text for file in _far() for text in _texts(folder, file) if fresh(text)]
    near += [(row["text"], data.domain(row)) for row in given if fresh(row["text"])]
    found = [Taught(text, "near") for text, _ in near] + [Taught(text, "far") for text in far]
    own = [(row["text"], row["file"]) for row in data.written()]
    parts = chain.from_iterable(_parts(text) for text, _ in near + own)
    found += [Taught(part, "part") for part in parts if fresh(part)]
    new = chain(made(near), made(own, FEW))
    return found + [Taught(text, "made") for text in new if fresh(text)]


def rows(folder: Path, known: Collection[str]) -> list[data.Row]:
    """The texts with the teacher's probabilities (`intents`) and their `weight`.

    Args:
        folder: Of the data.
        known: Keys of texts that people have labelled, which are left out as a whole.
    """
    file = read_arrays(FILE)
    said = dict(zip(file["steps"].cumsum().tolist(), file["intents"] / 255.0, strict=True))
    return [
        {"text": one.text, "lang": "", "intents": answer.tolist(), "weight": WEIGHT[one.kind]}
        for one in texts(folder)
        if (answer := said.get(_number(one.text))) is not None
        and (one.kind in ("part", "made") or data.key(one.text) not in known)
    ]


def write(some: Sequence[Taught], answers: Array) -> None:
    """Keeps the teacher's probabilities, in steps of 1/255.

    Hashes are kept in their order, as the step from each to the next: that takes the least space.
    """
    numbers, first = np.unique([_number(one.text) for one in some], return_index=True)
    steps = np.diff(numbers, prepend=0).astype(np.uint32)
    write_arrays(FILE, {"steps": steps, "intents": np.round(answers[first] * 255).astype(np.uint8)})


def _number(text: str) -> int:
    """The first half of a text's hash; of 400,000 texts some 20 share theirs with another one."""
    return int(data.content_hash(text)[:8], 16)


def _domain(file: str) -> str:
    """Of a file, which is one by itself where its posts are about neither company."""
    found = data.domain({"file": file})
    return file if found == data.REST else found


def _far() -> list[str]:
    apart = {*NEAR, INTENT_FILE, REPLY_FILE}
    return [s.file for s in data.sources() if s.use == "train" and s.file not in apart]


def _texts(folder: Path, file: str) -> list[str]:
    found = [row["text"] for row in data.training_rows(folder, file)]
    size = min(THINNED.get(file, len(found)), len(found))
    return [found[at] for at in np.linspace(0, len(found) - 1, size).astype(int)]


def _parts(text: str) -> Iterator[str]:
    """Clauses, and two in a row where there are more."""
    parts = [part.strip() for part in _CUT.split(text) if part and part.strip()]
    if len(parts) > 1:
        yield from (part for part in parts if len(part.split()) > 2)
    if len(parts) > 2:
        yield from (f"{one}, {other}" for one, other in pairwise(parts))
