"""Reads the training data; every text passes `enrich.text.hide` on its way into features."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import orjson

from enrich.arrays import read_arrays
from enrich.evaluate import labelled
from enrich.model import INTENTS, ModelError, TextIn
from enrich.tagging import tag_texts
from enrich.text import hide

HERE = Path(__file__).parent
FOLDS = 5
HELD_OUT = 0
"""The fold that is held out."""

INTENT_FILE = "intent/customer_intent_labelled.jsonl"
REPLY_FILE = "replies/reply_kind_labelled.jsonl"

_REPOST = re.compile(r"^(?:rt\s+@user:?\s*)+")
_MARKED = re.compile(r"(-|[cqpu]+)(\??)\t(\S[^\t]*)")
_LETTERS = re.compile(r"[^a-zäöüß]+")

Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """One file of the data folder, as `sources.toml` describes it."""

    file: str
    use: str
    heads: tuple[str, ...]
    licence: str
    what: str


def sources() -> list[Source]:
    """All sources, those that only measure included."""
    entries = tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))["source"]
    return [
        Source(e["file"], e["use"], tuple(e["heads"]), e["licence"], e["what"]) for e in entries
    ]


def rows(data: Path, file: str) -> list[Row]:
    """The rows of one file.

    Raises:
        ModelError: the file is not in the data folder, or `sources.toml` does not know it.
    """
    if file not in {source.file for source in sources()}:
        raise ModelError(
            f"{file} is not in enrich/training/sources.toml; enter its licence and use first"
        )
    path = data / file
    if not path.is_file():
        raise ModelError(f"{path} is missing; name the folder of the training data with --data")
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def training_rows(data: Path, file: str) -> list[Row]:
    """The rows of a file that may train.

    Raises:
        ModelError: the file may only measure.
    """
    if not any(source.file == file and source.use == "train" for source in sources()):
        raise ModelError(f"{file} may not train (see enrich/training/sources.toml)")
    return rows(data, file)


def own(name: str) -> list[Row]:
    """Texts of our own writing, `training/<name>.jsonl`."""
    lines = (HERE / f"{name}.jsonl").read_bytes().splitlines()
    return [orjson.loads(line) for line in lines if line.strip()]


def written() -> list[Row]:
    """Posts of our own writing that train, each with its intents and the file that it stands in.

    Raises:
        ModelError: a line has another form than `training/written/README.md` says.
    """
    return [row for file in sorted((HERE / "written").glob("*.tsv")) for row in _marked(file)]


def _marked(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield {"file": file.stem, **_mark(line.rstrip("\n"), f"{file}:{number}")}


def _mark(line: str, place: str) -> Row:
    found = _MARKED.fullmatch(line)
    if not found:
        raise ModelError(f"{place}: a line is marks (some of cqpu, or -), a tab and a text")
    marks, doubt, text = found.groups()
    return {
        "text": text,
        "sure": int(not doubt),
        **{label: int(label[0] in marks) for label in INTENTS},
    }


def measured_own() -> tuple[list[str], npt.NDArray[np.float64]]:
    """Posts of our own writing that nobody learns from: texts, and a column per intent."""
    rows = own("posts_measured")
    return [row["text"] for row in rows], np.array([flags(row) for row in rows], float)


def fold(text: str) -> int:
    """Which of the folds a text belongs to: reposts and near copies fall into the same one."""
    return (
        int.from_bytes(hashlib.blake2b(key(text).encode(), digest_size=8).digest(), "big") % FOLDS
    )


def key(text: str) -> str:
    """What reposts and near copies of a text share: its first letters."""
    return _LETTERS.sub(
        "", _REPOST.sub("", hide(text).lower()).replace("@user", "").replace("http", "")
    )[:50]


def given(folder: Path) -> list[Row]:
    """The rows of the intents; where we have read one again, its labels are the mean."""
    rows = training_rows(folder, INTENT_FILE)
    again = readings()
    return [_mean(row, [row, *again.get(content_hash(row["text"]), [])]) for row in rows]


def labelled_by_us(folder: Path) -> list[Row]:
    """Rows of other files of the data that we have labelled; where we did so twice, the mean."""
    labels = readings()
    done = {content_hash(row["text"]) for row in rows(folder, INTENT_FILE)}
    files = [s.file for s in sources() if s.use == "train" and s.file != INTENT_FILE]
    found = []
    for file in [*files, "threads/ibm_messages.jsonl"]:
        for row in training_rows(folder, file):
            content = content_hash(row["text"])
            if content in labels and content not in done:
                done.add(content)
                some = {"text": row["text"], "lang": row["lang"], "file": file}
                found.append(_mean(some, labels[content]))
    return found


def readings() -> dict[str, list[Row]]:
    """How we have labelled texts of the data, by their hash: once, or several times.

    Raises:
        ModelError: a line of `labels.tsv` has another form than `written/README.md` says.
    """
    found: dict[str, list[Row]] = {}
    for row in _marked(HERE / "labels.tsv"):
        found.setdefault(row["text"], []).append(row)
    return found


def _mean(row: Row, readings: Sequence[Row]) -> Row:
    names = (*INTENTS, "sure")
    return row | {name: sum(each[name] for each in readings) / len(readings) for name in names}


def corrected(path: Path | None) -> list[Row]:
    """Posts whose intents people have corrected, from what `horch correct --export` writes.

    Intents that nobody corrected are taken as the fast model tags them: whoever corrected the post
    has seen them and let them stand, where that model tags.

    Raises:
        ModelError: the file cannot be read.
    """
    if path is None:
        return []
    rows: list[Row] = [row for row in labelled(path) if any(label in row for label in INTENTS)]
    texts: list[TextIn] = [{"text": row["text"]} for row in rows]
    return [
        {**{label: tags[label] for label in INTENTS}, "lang": tags["lang"], **row}
        for row, tags in zip(rows, cast("Iterator[Row]", tag_texts(texts)), strict=True)
    ]


def count(name: str) -> int:
    """How many rows a file (or the folder) of our own has."""
    if name == "written":
        return len(written())
    if name == "labels.tsv":
        return len(readings())
    if not name.endswith(".npz"):
        return len(own(name.removesuffix(".jsonl")))
    return len(read_arrays(HERE / name)["intents"])


def held_out(folder: Path, file: str) -> list[Row]:
    """The rows of a file that are in the held-out fold."""
    return [row for row in rows(folder, file) if fold(row["text"]) == HELD_OUT]


def keys_measured(folder: Path, with_fold: bool = True) -> frozenset[str]:
    """What texts that are measured on share with their copies, with or without the fold."""
    texts = [
        row["text"]
        for source in sources()
        if source.use == "measure" and source.heads
        for row in rows(folder, source.file)
    ]
    for file in (INTENT_FILE, REPLY_FILE) if with_fold else ():
        texts += [row["text"] for row in held_out(folder, file)]
    return frozenset(key(text) for text in texts) - {""}


def content_hash(text: str) -> str:
    """What labels of ours are kept by: no text can be read from it."""
    return hashlib.sha256(hide(text).encode()).hexdigest()[:16]


REST = "all others"
"""The domain of posts about neither of the two companies that most are about."""


def domain(row: Row) -> str:
    """Where a row of the intents comes from: railway, energy, or the mostly English rest."""
    origin = row["file"].split("/")[-1] if "file" in row else str(row["id"]).split(":", 1)[0]
    if origin.startswith(("ge_", "germeval2017")):
        return "railway"
    return "energy supplier" if origin.startswith("eon") else REST


def flags(row: Row) -> list[float]:
    """The intents of a row as 0 and 1, or between where its readings differ."""
    return [float(row[label]) for label in INTENTS]
