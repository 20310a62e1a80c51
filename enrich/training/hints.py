"""What other labelled sets know that helps to tell feelings and kinds of replies.

Each set trains heads of its own; their outputs become a few more inputs of the heads that ship. All
of it is linear, so the sum is folded into the shipped weights: it costs nothing when tagging.
Rows whose text is in the labelled sets are left out, or their hints would be too good to be true.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from enrich.features import BUCKETS
from enrich.model import SENTIMENTS
from enrich.training import data
from enrich.training.data import Row
from enrich.training.fit import Array, fit, matrix
from enrich.workers import workers

log = logging.getLogger(__name__)

Read = Callable[[Row], list[float]]


@dataclass(frozen=True)
class Hint:
    """One set that gives hints.

    Attributes:
        name: In logs and ablations.
        files: Where its rows are.
        read: The outputs to learn, from a row.
        exclusive: Whether exactly one of them holds.
        every: Only each so-many-th row is used.
    """

    name: str
    files: tuple[str, ...]
    read: Read
    exclusive: bool = False
    every: int = 1


def _feeling(row: Row) -> list[float]:
    return [float(row["sentiment"] == label) for label in SENTIMENTS]


def _asks(row: Row) -> list[float]:
    if "tweet_act" in row:
        return [float(row["tweet_act"] == "QUE"), float(row["tweet_act"] == "REQ")]
    return [float("q" in row["sentence_type"].lower()), float(row["fine_act"] == "REQUEST")]


def _emotions(row: Row) -> list[float]:
    found = set(row["emotions"])
    groups = (
        {"gratitude"},
        {"admiration"},
        {"annoyance", "disappointment", "anger", "disapproval"},
        {"curiosity", "confusion"},
    )
    return [float(bool(found & group)) for group in groups]


HINTS = (
    Hint(
        "sentiment_de",
        ("sentiment/germeval2017_train_twitter_de.jsonl", "sentiment/sb10k_train_de.jsonl"),
        _feeling,
        True,
    ),
    Hint("sentiment_en", ("sentiment/semeval2017_train_en.jsonl",), _feeling, True, 3),
    Hint(
        "complaint_en",
        ("intent/complaints_acl2019_en.jsonl",),
        lambda row: [float(row["complaint"])],
    ),
    Hint("asks", ("intent/tweet_act_en.jsonl", "intent/speech_acts_sentences_de.jsonl"), _asks),
    Hint("emotions", ("intent/goemotions_en.jsonl",), _emotions, every=2),
    Hint(
        "feedback",
        ("intent/ijcnlp2017_feedback_en.jsonl",),
        lambda row: [float(k in row["labels"]) for k in ("complaint", "request", "comment")],
    ),
    Hint("stars", ("sentiment/eon_trustpilot_de.jsonl",), lambda row: [float(row["stars_geq4"])]),
)


def hint_weights(
    folder: Path, labelled: Collection[str], processes: int = 2
) -> dict[str, tuple[Array, Array]]:
    """Weights and biases of each set's heads.

    Args:
        folder: Of the training data.
        labelled: Keys (`data.key`) of texts to leave out.
        processes: How many sets are learnt at a time.
    """
    with workers(processes, "fork") as pool:
        learn = partial(_learn, folder, frozenset(labelled))
        return dict(zip([h.name for h in HINTS], pool.map(learn, range(len(HINTS))), strict=True))


def _learn(folder: Path, labelled: frozenset[str], number: int) -> tuple[Array, Array]:
    hint = HINTS[number]
    rows = [row for file in hint.files for row in data.training_rows(folder, file)[:: hint.every]]
    rows = [row for row in rows if data.key(row["text"]) not in labelled]
    y = np.array([hint.read(row) for row in rows])
    if hint.exclusive:
        known = y.sum(axis=1) == 1
        rows, y = [row for row, is_known in zip(rows, known, strict=True) if is_known], y[known]
    log.info("hints from %s: %d texts", hint.name, len(rows))
    texts = [row["text"] for row in rows]
    return fit(matrix(texts), y, np.ones(len(rows)), 3e-5, hint.exclusive, steps=50)


def join(hints: dict[str, tuple[Array, Array]], names: Collection[str]) -> tuple[Array, Array]:
    """The weights (buckets × outputs) and biases of some sets side by side."""
    some = [hints[name] for name in names] or [
        (np.zeros((BUCKETS, 0), np.float32), np.zeros(0, np.float32))
    ]
    return np.concatenate([w for w, _ in some], axis=1), np.concatenate([b for _, b in some])
